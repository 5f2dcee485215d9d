"""How well insatser can be followed: each column's words, the sums, and what is said to be weakest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, insats, svar, underlag
from sifferbygge import rad, tabell
from uppfoljning.facts.figures.judge import follow
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import Bedomd, judge
from uppfoljning.model import Indikatorfil
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.sections.quality import quality_view
from uppfoljning.report.views.parts import Kvalitetsvy

MOMENT = {"id": "m", "rubrik": "Klart"}
DATED = {**MOMENT, "senast": date(2022, 11, 30)}
YEARLY = {"antal": 3, "per": "ar", "enhet": "vandringar"}
KOLUMNER = ("Svarande aktör", "Att mäta med", "Datum", "Indikator", "Färskt svar")


def view_of(data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> Kvalitetsvy:
    lage = merge(data, kvartal, per)
    bedomda = [Bedomd(i, judge(i, kvartal, lage.per)) for i in lage.insatser]
    return quality_view(data, lage, bedomda, follow(data, kvartal))


def words(column: str, data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> list[str]:
    """What a column says of each insats."""
    return [rad.celler[KOLUMNER.index(column)].ord for rad in view_of(data, kvartal, per).rader]


def one(column: str, *posts: Svarspost, kvartal: Kvartal = K1, per: date | None = None, **fields: Any) -> str:
    (found,) = words(column, underlag([insats(**fields)], posts), kvartal, per)
    return found


def test_every_cell_is_a_word_and_a_shape_of_its_own() -> None:
    found = view_of(underlag([insats(ansvariga=["kommunen", "polisen"], frekvens=YEARLY)]))
    assert found.kolumner == KOLUMNER
    assert [(c.kod, c.ord) for c in found.rader[0].celler] == [
        ("delvis", "Delvis"),
        ("ja", "Ja"),
        ("ja", "Ja"),
        ("nej", "Nej"),
        ("nej", "Nej"),
    ]


@pytest.mark.parametrize(
    ("ansvariga", "word"),
    [(["fritid"], "Ja"), (["fritid", "polisen"], "Ja"), (["fritid", "lpo"], "Delvis"), (["lpo"], "Nej"), ([], "Nej")],
)
def test_who_answers(ansvariga: list[str], word: str) -> None:
    assert one("Svarande aktör", ansvariga=ansvariga) == word


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"frekvens": YEARLY}, "Ja"),
        ({"malsattning": {"antal": 6, "enhet": "vandringar"}}, "Ja"),
        ({"malsattning": {"ord": "färre klagomål"}}, "Delvis"),
        ({"malsattning": {"riktning": "oka"}}, "Delvis"),
        ({"moment": [DATED]}, "Delvis"),
        ({"frekvens": {"takt": "dagligen"}}, "Nej"),
        ({"frekvens": {"ord": "systematiskt"}}, "Nej"),
        ({}, "Nej"),
    ],
)
def test_what_it_is_measured_by(fields: dict[str, Any], word: str) -> None:
    assert one("Att mäta med", **fields) == word


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"moment": [DATED]}, "Ja"),
        ({"moment": [DATED, {"id": "n", "rubrik": "Sen"}]}, "Delvis"),
        ({"moment": [MOMENT]}, "Nej"),
        ({"malsattning": {"ord": "färre klagomål", "senast": 2023}}, "Ja"),
        ({"malsattning": {"antal": 6, "enhet": "vandringar"}}, "Ja"),
        ({"frekvens": YEARLY}, "Ja"),
        ({"period": {"till": date(2022, 12, 31)}}, "Ja"),
        ({"period": {"fran": date(2022, 1, 1)}}, "Delvis"),
        ({"start": "hösten 2021"}, "Delvis"),
        ({"frekvens": {"takt": "dagligen"}}, "Nej"),
    ],
)
def test_by_when(fields: dict[str, Any], word: str) -> None:
    assert one("Datum", **fields) == word


def with_figures(indikatorer: list[dict[str, Any]], enhet: Any = "procent") -> Underlag:
    """Two insatser, and a survey whose row Otrygg has figures."""
    figures = tabell(rad("Otrygg", 33.0), till=2021, slag="enkat", enhet=enhet)
    filed = Indikatorfil.model_validate({"kallor": [{"id": "enkat", "namn": "Enkät"}], "indikatorer": indikatorer})
    return replace(underlag([insats("A-1"), insats("A-2")]), indikatorer=filed, tabeller=(figures,))


OTRYGG = {"id": "o", "namn": "Otrygg", "huvudomrade": "A", "kalla": "enkat", "serie": "Otrygg"}


@pytest.mark.parametrize(
    ("indikator", "expected"),
    [
        ({**OTRYGG, "insatser": ["A-1"]}, ["Ja", "Delvis"]),
        (OTRYGG, ["Delvis", "Delvis"]),
        ({**OTRYGG, "huvudomrade": None, "insatser": ["A-2"]}, ["Nej", "Ja"]),
        ({"id": "x", "namn": "Utan siffror", "huvudomrade": "A", "insatser": ["A-1"]}, ["Nej", "Nej"]),
        ({"id": "x", "namn": "I ord", "huvudomrade": "A", "insatser": ["A-1"], "ord": "Ja."}, ["Nej", "Nej"]),
    ],
)
def test_with_which_figures(indikator: dict[str, Any], expected: list[str]) -> None:
    assert words("Indikator", with_figures([indikator])) == expected


def test_a_ranking_is_no_figure() -> None:
    assert words("Indikator", with_figures([OTRYGG], enhet="rang")) == ["Nej", "Nej"]


@pytest.mark.parametrize(
    ("posts", "word"),
    [
        ([svar(kvartal=K2), svar(aktor="polisen", kvartal=K2, oforandrat=True)], "Ja"),
        ([svar(kvartal=K2)], "Delvis"),
        ([svar()], "Delvis"),
        ([], "Nej"),
        ([svar(genomforande="genomford"), svar(aktor="polisen", genomforande="avbruten", orsak="x")], "Ja"),
    ],
)
def test_how_fresh_the_answers_are(posts: list[Svarspost], word: str) -> None:
    assert one("Färskt svar", *posts, kvartal=K2, ansvariga=["fritid", "polisen"]) == word


def test_an_answer_from_two_quarters_ago_is_not_fresh_and_an_awaited_one_is_none() -> None:
    assert one("Färskt svar", svar(), kvartal=Kvartal(2022, 3)) == "Nej"
    assert one("Färskt svar", kvartal=K1, per=date(2022, 4, 10)) == "Nej"
    assert one("Färskt svar", svar(), ansvariga=[]) == "Nej"


# --- sums and the sentence above ---


def test_the_sums_count_only_yes() -> None:
    data = underlag(
        [insats("A-1", frekvens=YEARLY), insats("A-2", ansvariga=["lpo", "fritid"], moment=[MOMENT]), insats("A-3")],
        (svar("A-1"), svar("A-3")),
    )
    found = view_of(data)
    assert found.summa == ("2 av 3", "1 av 3", "1 av 3", "0 av 3", "2 av 3")
    assert found.ingress == "Ingen av tre insatser har en egen indikator med siffror. Ingen har Ja på allt."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (underlag([]), "Ingen insats ingår i kvartalet, så det finns inget att granska."),
        (
            underlag([insats()]),
            "Insatsen saknar ett antal att mäta med, ett datum att bli klar till, en egen indikator med "
            "siffror och alla sina svar för kvartalet.",
        ),
        (
            replace(with_figures([{**OTRYGG, "insatser": ["A-1", "A-2"]}]), svar=(svar("A-1"), svar("A-2"))),
            "Ingen av två insatser har ett antal att mäta med eller ett datum att bli klar till. Ingen har Ja på allt.",
        ),
    ],
)
def test_the_sentence_says_what_is_weakest(data: Underlag, sentence: str) -> None:
    assert view_of(data).ingress == sentence


def test_the_sentence_says_when_two_columns_are_equally_weak_or_nothing_is_lacking() -> None:
    base = with_figures([{**OTRYGG, "insatser": ["A-1", "A-2"]}])
    both = underlag([insats("A-1", frekvens=YEARLY), insats("A-2")]).huvudomraden
    tied = replace(base, huvudomraden=both, svar=(svar("A-1"), svar("A-2")))
    assert view_of(tied).ingress == (
        "Bara en av två insatser har ett antal att mäta med, och lika få har ett datum att bli klar till. "
        "En har Ja på allt."
    )
    whole = underlag([insats("A-1", frekvens=YEARLY), insats("A-2", frekvens=YEARLY)]).huvudomraden
    assert view_of(replace(tied, huvudomraden=whole)).ingress == "Båda insatserna har Ja på allt."


def test_many_insatser_are_counted_in_figures_and_only_few_of_them_are_called_few() -> None:
    base = with_figures([{**OTRYGG, "insatser": [f"A-{n}" for n in range(14)]}])
    counted = [insats(f"A-{n}", frekvens=YEARLY) for n in range(14)]
    answered = tuple(svar(f"A-{n}") for n in range(14))
    whole = replace(base, huvudomraden=underlag(counted).huvudomraden, svar=answered)
    assert view_of(whole).ingress == "Alla 14 insatser har Ja på allt."
    assert view_of(replace(whole, svar=answered[1:])).ingress == (
        "13 av 14 insatser har alla sina svar för kvartalet. 13 har Ja på allt."
    )


def test_an_insats_outside_the_quarter_is_not_judged_and_without_any_there_is_no_table() -> None:
    data = underlag([insats("A-1", period={"fran": date(2022, 7, 1)})])
    found = view_of(data)
    assert (found.rader, found.summa[0]) == ((), "0 av 0")
    assert len(view_of(data, Kvartal(2022, 3)).rader) == 1


def test_every_column_is_explained_below_the_table() -> None:
    found = view_of(underlag([insats()]))
    assert [k for k in KOLUMNER if f"{k}: " not in found.forklaring] == []
    assert found.forklaring.endswith("I övrigt står det Nej. Summan räknar bara Ja.")
