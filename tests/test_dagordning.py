"""The order of an hour's meeting: which rule comes first, what orders points within it, what the hour has room for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from bygge import K1, K2, K3, insats, svar, underlag
from sifferbygge import data, indikator, rad, rapport, tabell
from test_state import INSATSER, answers
from uppfoljning.facts.dagordning import MOTESTID, REGLER, Punkt, Regel, plan_meeting
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import judge_all
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.views.parts import Motespunktvy, Motesvy
from uppfoljning.text.swedish import datum
from uppfoljning.words.codes import REGEL

LATE = {"moment": [{"id": "m", "rubrik": "Modellen", "senast": date(2022, 5, 1)}]}
ASKED = {"beslut_behovs": {"fraga": "Vem tar över?", "av": "styrgruppen", "senast": date(2022, 9, 1)}}


def points(project: Underlag, kvartal: Kvartal = K2) -> tuple[Punkt, ...]:
    lage = merge(project, kvartal)
    forra = merge(project, K1) if kvartal > K1 else None
    return plan_meeting(lage, judge_all(project, lage), find_stillestand(lage, forra), ())


def meeting(insatser: list[dict[str, Any]], *posts: Svarspost) -> Motesvy:
    """The meeting as the report shows it at K2."""
    return rapport(underlag(insatser, posts), K2).motet


def ids(punkt: Motespunktvy) -> str:
    return ", ".join(i.insats for i in punkt.insatser)


# --- which rule ---

EVERY_RULE = (
    [
        insats("A-1", ansvariga=["skola"]),
        insats("A-2"),
        insats("A-3", ansvariga=["fritid", "polisen"]),
        insats("A-4", **LATE),
        insats("A-5"),
        insats("A-6"),
        insats("A-7"),
    ],
    (
        svar("A-2", kvartal=K2, egen_bedomning="risk_for_forsening", avvikelse="Personal saknas."),
        svar("A-3", kvartal=K2, genomforande="pagar"),
        svar("A-3", "polisen", K2, genomforande="pausad"),
        svar("A-4", kvartal=K2),
        svar("A-5", kvartal=K2, **ASKED),
        svar("A-6", kvartal=K1, oforandrat=True),
        svar("A-6", kvartal=K2, oforandrat=True),
        svar("A-7", kvartal=K2),
    ),
)


def test_each_rule_gives_its_place_and_an_insats_that_meets_none_has_no_point() -> None:
    found = points(underlag(*EVERY_RULE))
    assert [(p.insatser, p.regel) for p in found] == [
        (("A-5",), "beslut"),
        (("A-4",), "forsenad"),
        (("A-3",), "oenighet"),
        (("A-2",), "risk"),
        (("A-1",), "inget_svar"),
        (("A-6",), "fraga"),
    ]


def test_a_point_is_told_with_when_what_why_and_who() -> None:
    found = meeting(*(EVERY_RULE[0], *EVERY_RULE[1]))
    assert [(p.tid, ids(p), p.skal.etikett, p.skal.text, p.vem) for p in found.punkter] == [
        (
            "0–8",
            "Å-5",
            "Beslut behövs",
            "Vem tar över? Styrgruppen beslutar. Behövs senast 1\u00a0september 2022.",
            "Fritid",
        ),
        (
            "8–14",
            "Å-4",
            "Försenad",
            "Modellen: skulle vara klart senast 1\u00a0maj 2022, men är inte rapporterat klart.",
            "Fritid",
        ),
        (
            "14–19",
            "Å-3",
            "Olika svar",
            "Fritid svarar ”pågår” och Polisen svarar ”pausad”.",
            "Fritid och Polisen",
        ),
        ("19–23", "Å-2", "Aktören ser risk", "Fritid: Personal saknas.", "Fritid"),
        ("23–26", "Å-1", "Inget svar", "Skola har aldrig svarat.", "Skola"),
        (
            "26–29",
            "Å-6",
            "Fråga till aktören",
            "Oförändrat två kvartal i rad.",
            "Fritid",
        ),
    ]
    assert found.ovriga == "Inget särskilt att ta upp: Å-7."
    assert found.ingress == (
        "Här är sex punkter, ordnade efter fasta regler, med skälet för var och en. Tillsammans tar de 29 minuter."
    )


def test_an_insats_that_meets_several_rules_stands_once_with_the_others_named() -> None:
    late_and_silent = [insats("A-1", ansvariga=["fritid", "polisen"], **LATE)]
    (point,) = meeting(late_and_silent, svar(kvartal=K2, **ASKED)).punkter
    assert point.skal.etikett == "Beslut behövs"
    assert point.aven == "Även: försenad och inget svar från Polisen."
    assert point.vem == "Fritid och Polisen"


def test_within_decisions_the_earliest_deadline_comes_first_and_one_without_last() -> None:
    def asks(insats_id: str, senast: date | None) -> Svarspost:
        return svar(insats_id, kvartal=K2, beslut_behovs={"fraga": f"Fråga {insats_id}?", "senast": senast})

    rows = [insats(f"A-{n}") for n in (1, 2, 3)]
    posts = asks("A-1", None), asks("A-2", date(2022, 12, 1)), asks("A-3", date(2022, 6, 1))
    found = meeting(rows, *posts).punkter
    assert [ids(p) for p in found] == ["Å-3", "Å-2", "Å-1"]
    assert found[0].skal.text == "Fråga A-3? Behövdes senast 1\u00a0juni 2022."


def test_the_aktor_that_has_been_silent_longest_comes_first_and_an_insats_without_aktor_last() -> None:
    rows = [insats("A-1", ansvariga=[]), insats("A-2"), insats("A-3", ansvariga=["skola"])]
    found = meeting(rows, svar("A-2")).punkter
    assert [(ids(p), p.skal.text, p.vem) for p in found] == [
        ("Å-3", "Skola har aldrig svarat.", "Skola"),
        ("Å-2", "Fritid svarade senast för kvartal 1 2022.", "Fritid"),
        ("Å-1", "Ingen ansvarig är utsedd, så ingen kan svara.", "Ingen utsedd"),
    ]


def test_a_verdict_that_has_turned_is_a_point_about_the_figures() -> None:
    calm, high = (20, 20, 20, 20, 20), (20, 20, 20, 20, 60)
    project = data([tabell(rad("Rån", *calm), manad=3), tabell(rad("Rån", *high), manad=6)], [indikator("Rån")])
    found = rapport(project, K2).motet.punkter[-1]
    assert (found.insatser, found.ankare, found.rubrik, found.skal.etikett) == (
        (), "statistik", "Compstat", "Ny bedömning av statistiken",
    )  # fmt: skip
    assert found.skal.text == (
        "Rån: Tydligt fler än vanligt (jan–jun 2022), förut ingen säker förändring (jan–mar 2022)."
    )


def test_nothing_to_take_up_is_said() -> None:
    found = meeting([insats("A-1")], svar(kvartal=K2))
    assert (found.punkter, found.ingress) == (
        (),
        "Inget kräver mötets tid: ingen regel för vad som ska tas upp först är uppfylld.",
    )


def test_work_that_was_stopped_since_the_quarter_before_is_taken_up_with_its_reason() -> None:
    stopped = svar(kvartal=K2, genomforande="avbruten", orsak="Lokalen är såld.")
    (point,) = meeting([insats("A-1")], svar(), stopped).punkter
    assert (point.skal.etikett, point.skal.text) == ("Avbruten", "Fritid: Lokalen är såld.")
    assert rapport(underlag([insats("A-1")], (svar(), stopped)), K3).motet.punkter == (), "told once"


def test_an_aktor_that_is_silent_on_several_insatser_is_one_point() -> None:
    rows = [insats(f"A-{n}") for n in range(1, 5)] + [insats("B-1", ansvariga=["skola"])]
    found = meeting(rows, svar("A-4")).punkter
    assert [(ids(p), p.tid, p.skal.text) for p in found] == [
        (
            "Å-1, Å-2, Å-3, Å-4",
            "0–3",
            "Fritid har inte svarat för de här fyra insatserna. Vad gäller nu, och när kommer svaren?",
        ),
        ("B-1", "3–6", "Skola har aldrig svarat."),
    ]


def test_several_questions_of_an_insats_are_counted_beside_the_one_to_be_settled_first() -> None:
    two = {"ansvariga": ["fritid", "polisen"]}
    asks = [
        svar("A-1", aktor, K2, beslut_behovs={"fraga": f"Fråga från {aktor}?", "senast": day})
        for aktor, day in (("fritid", date(2022, 12, 1)), ("polisen", date(2022, 9, 1)))
    ]
    (point,) = meeting([insats("A-1", **two)], *asks).punkter
    assert point.skal.text == f"Fråga från polisen? Behövs senast {datum(date(2022, 9, 1))}. Och en fråga till."


ENDED = {"historik": [{"handelse": "avslutad", "datum": date(2022, 3, 1), "skal": "Klart."}]}


def test_a_question_on_an_insats_that_has_ended_still_waits_for_its_decision() -> None:
    report = rapport(underlag([insats("A-1", **ENDED)], (svar(**ASKED),)), K2)
    assert [p.skal.etikett for p in report.motet.punkter] == ["Beslut behövs"]
    assert [b.fraga for b in report.forsta_sidan.beslut] == ["Vem tar över?"]
    assert not any("fråga" in r.mening.lower() for g in report.andrat.grupper for r in g.rader)


def test_one_that_has_missed_a_single_quarter_is_not_said_never_to_have_answered() -> None:
    (point,) = rapport(underlag([insats("A-1")]), K1).motet.punkter
    assert point.skal.text == "Fritid har inte svarat."


def test_a_figure_that_its_source_has_corrected_is_not_said_to_have_turned() -> None:
    calm, high = (20, 20, 20, 20, 20), (20, 20, 20, 20, 60)
    first = tabell(rad("Rån", *high), manad=3, uttag="2022-04-05")
    later = tabell(rad("Rån", *calm), manad=3, uttag="2022-06-10", fil="data/compstat/ny.csv")
    points = rapport(data([first, later], [indikator("Rån")]), K2).motet.punkter
    assert [p.skal.etikett for p in points if not p.insatser] == ["Källan har ändrat siffran"]


def test_an_aktor_that_sees_a_delay_itself_is_said_to_see_a_delay() -> None:
    (point,) = meeting([insats("A-1")], svar(kvartal=K2, egen_bedomning="forsenad")).punkter
    assert point.skal.etikett == "Aktören ser försening"


def test_nothing_more_is_expected_of_an_insats_that_has_ended_but_its_last_answer() -> None:
    ended = {"historik": [{"handelse": "avslutad", "datum": date(2022, 6, 1), "skal": "Klart."}]}
    plans = {"planerat": [{"datum": date(2022, 7, 1), "vad": "Start"}, {"datum": date(2022, 12, 1), "vad": "Slut"}]}
    report = rapport(underlag([insats("A-1", **ended)], (svar(egen_bedomning="forsenad", **plans),)), K2)
    (point,) = report.motet.punkter
    assert (point.skal.etikett, point.aven) == ("Inget svar", f"Insatsen slutade {datum(date(2022, 6, 1))}.")
    assert (report.motet.fragor, report.forsta_sidan.aktorens_risk) == ((), ())
    assert not any("Slut" in d.text for d in report.forsta_sidan.datum)


# --- the hour ---


def test_what_the_hour_has_no_room_for_is_still_listed() -> None:
    rows = [insats(f"A-{n}", **LATE) for n in range(1, 13)]
    found = meeting(rows, *(svar(f"A-{n}", kvartal=K2) for n in range(1, 13)))
    assert (len(found.punkter), found.punkter[-1].tid, len(found.resten)) == (10, "54–60", 2)
    assert found.ingress.endswith(
        "De tio första ryms på 60 minuter; de två sista hinns inte med om varje punkt får sin tid."
    )


@settings(max_examples=40)
@given(answers())
def test_points_follow_the_rules_and_the_clock_for_any_answers(posts: tuple[Svarspost, ...]) -> None:
    found = points(underlag(INSATSER, posts))
    order, minutes = [regel for regel, _ in REGLER], dict(REGLER)
    places = [order.index(p.regel) for p in found]
    assert places == sorted(places)
    assert len({i for p in found for i in p.insatser}) == sum(len(p.insatser) for p in found)
    clock = 0
    for p in found:
        assert (p.fran, p.till - p.fran) == (clock, minutes[p.regel])
        assert p.ryms == (p.till <= MOTESTID)
        assert [order.index(s.regel) for s in p.skal] == sorted({order.index(s.regel) for s in p.skal})
        clock = p.till


@pytest.mark.parametrize(("regel", "minutes"), REGLER)
def test_the_method_page_lists_every_rule_with_its_minutes(regel: Regel, minutes: int) -> None:
    (told,) = [m.text for m in rapport(underlag([insats()])).metod if m.etikett == "Mötets ordning"]
    assert f"{REGEL[regel].lower()} ({minutes} minuter)" in told
