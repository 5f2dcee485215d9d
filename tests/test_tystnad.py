"""Silence never improves: what was late, at risk, stopped or paused stays so until an answer says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, K3, K4, insats, svar, underlag
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import Planlage, judge_all
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.kvartal.report import kvartal_view
from uppfoljning.report.views.kvartal import Rapportvy
from uppfoljning.words.plan import describe

MANAD = {"frekvens": {"antal": 1, "per": "manad", "enhet": "utskick"}}
TRE = {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"}}


def plan(data: Underlag, kvartal: Kvartal, per: date | None = None) -> Planlage:
    return judge_all(data, merge(data, kvartal, per))["A-1"]


def page(data: Underlag, kvartal: Kvartal) -> Rapportvy:
    return kvartal_view(data, merge(data, kvartal), None, (), ())


def test_a_count_that_was_behind_stays_so_while_nobody_answers() -> None:
    data = underlag([insats("A-1", **MANAD)], (svar("A-1"), svar("A-1", kvartal=K2)))
    assert plan(data, K2).bedomning == "risk_for_forsening"
    for kvartal in (K3, K4):
        found = plan(data, kvartal)
        assert (found.bedomning, found.kvarstar) == ("risk_for_forsening", K2)
        assert describe(found).startswith(
            "Risk för försening enligt svaret för kvartal 2 2022, inget nytt svar. Utskick "
        )


def test_a_new_answer_says_otherwise() -> None:
    done = {"utfall": {"handelser": [{"antal": 9}]}}
    data = underlag([insats("A-1", **MANAD)], (svar("A-1"), svar("A-1", kvartal=K2), svar("A-1", kvartal=K3, **done)))
    assert (plan(data, K3).bedomning, plan(data, K3).kvarstar) == ("enligt_plan", None)


def test_a_date_says_otherwise_only_for_the_worse() -> None:
    override = {"overstyrning": {"plan": "risk_for_forsening", "skal": "Ingen tid."}}
    due = {"moment": [{"id": "m", "rubrik": "Klart", "senast": date(2022, 8, 1)}], "ansvariga": ["fritid", "skola"]}
    data = underlag([insats("A-1", **due)], (svar("A-1", kvartal=K2, **override), svar("A-1", "skola", K3)))
    assert plan(data, K3).bedomning == "forsenad"


def test_what_was_fine_is_not_made_late_by_silence() -> None:
    data = underlag([insats("A-1", **TRE)], (svar("A-1", kvartal=K1),))
    assert plan(data, K1).bedomning == "enligt_plan"
    assert plan(data, K2).bedomning == "gar_inte_att_bedoma"


def test_another_aktors_answer_does_not_lift_what_the_one_who_counts_was_late_with() -> None:
    fields = {**MANAD, "ansvariga": ["fritid", "skola"], "raknas_av": "fritid"}
    data = underlag([insats("A-1", **fields)], (svar("A-1"), svar("A-1", kvartal=K2), svar("A-1", "skola", K3)))
    assert (plan(data, K3).bedomning, plan(data, K3).kvarstar) == ("risk_for_forsening", K2)


def test_a_start_that_passes_without_a_word_is_a_finding() -> None:
    data = underlag([insats("A-1", start="våren 2022")], ())
    found = plan(data, K2, date(2022, 7, 20))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "svar")
    assert describe(found) == "Skulle ha startat våren 2022; inget svar säger om det har börjat."


@pytest.mark.parametrize("state", ["pausad", "avbruten"])
def test_paused_and_stopped_work_deviates_with_its_reason_also_a_quarter_later(state: str) -> None:
    stopped = svar("A-1", kvartal=K2, genomforande=state, orsak="Ingen kan leda gruppen.")
    data = underlag([insats("A-1", ansvariga=["fritid", "skola"])], (stopped, svar("A-1", "skola", K2)))
    now, later = page(data, K2).forsta_sidan.sent, page(data, K3).forsta_sidan.sent
    assert [(r.status.kod, r.text) for r in now] == [(state, "Fritid: Ingen kan leda gruppen.")]
    assert [r.status.kod for r in later] == [state]
    assert later[0].text.replace("\u00a0", " ").startswith("Fritid (kvartal 2 2022")


def untrue(data: Underlag, kvartal: Kvartal) -> list[str]:
    """Sentences of page one that tell silence as good news, or as nothing new."""
    sida = page(data, kvartal).forsta_sidan
    told = " ".join([sida.huvudmening, *sida.meningar, sida.inget_avviker])
    said = (
        "ingen är försenad",
        "ingen har blivit",
        "har ingen insats",
        "bättre",
        "Ingen försening",
        "Inga datum eller antal",
    )
    return [words for words in said if words in told]


@pytest.mark.parametrize("posts", [(), (svar("A-1", kvartal=K2),)], ids=["never", "not since"])
def test_no_headline_says_that_nothing_is_late_when_nobody_has_answered(posts: tuple[Svarspost, ...]) -> None:
    fields: list[dict[str, Any]] = [insats("A-1", **MANAD), insats("A-2", **TRE), insats("A-3")]
    assert untrue(underlag(fields, posts), K4) == []
