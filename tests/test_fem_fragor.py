"""The five questions: each answer is true with what is known at the quarter, and honest where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, K3, K4, insats, svar, underlag
from sifferbygge import data, indikator, rad, tabell
from uppfoljning.facts.figures.judge import follow
from uppfoljning.facts.lage import Lage, merge
from uppfoljning.facts.plan import Bedomd, judge
from uppfoljning.facts.redact.redact import redact
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.sections.dates import coming_dates
from uppfoljning.report.sections.five_questions import five_questions

EFFECT, COMMITMENTS, PROCESS, REPORTED, TOLD = range(5)
BOTH = ["styrgrupp", "utskott"]


def judged(underlag_: Underlag, kvartal: Kvartal, per: date | None = None) -> tuple[Lage, list[Bedomd]]:
    lage = merge(underlag_, kvartal, per)
    bedomda = [Bedomd(i, judge(i, kvartal, lage.per)) for i in lage.insatser]
    return lage, [b for b in bedomda if b.lage.aktuell]


def answers(underlag_: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> list[str]:
    lage, current = judged(underlag_, kvartal, per)
    return [f.text for f in five_questions(underlag_, lage, current, follow(underlag_, kvartal))]


def answer(which: int, *rows: dict[str, Any], posts: tuple[Svarspost, ...] = (), kvartal: Kvartal = K1) -> str:
    return answers(underlag(list(rows), posts), kvartal)[which]


def calendar(kvartal: Kvartal, per: date | None = None, **fields: Any) -> list[str]:
    """The answers of a project whose calendar is all that is said of it."""
    return answers(underlag([insats()], kalender=fields), kvartal, per)


# --- effect ---


def test_without_figures_nothing_is_said_of_effect() -> None:
    assert answer(EFFECT, insats()) == (
        "Det finns ingen statistik i underlaget. Om arbetet har gett effekt går därför inte att säga."
    )


@pytest.mark.parametrize(
    ("values", "till", "expected"),
    [
        (
            (50, 51, 49, 50, 150),
            2021,
            "Det går inte att säga om problemen har minskat: all statistik är äldre än överenskommelsen. Siffrorna är "
            "ett utgångsläge att jämföra med senare och visar ingen effekt av arbetet.",
        ),
        (
            (50, 51, 49, 50, 150),
            2022,
            "Den enda serie från överenskommelsens tid som går att bedöma har ändrats tydligt. En ändrad siffra är "
            "inget bevis för att arbetet har gett effekt: den kan ha andra orsaker.",
        ),
        (
            (50, 51, 49, 50, 51),
            2022,
            "Den enda serie från överenskommelsens tid som går att bedöma visar ingen tydlig förändring. Det visar "
            "varken att arbetet har gett effekt eller att det saknar effekt.",
        ),
    ],
)
def test_a_change_is_no_proof_of_effect_and_what_was_before_is_none(
    values: tuple[int, ...], till: int, expected: str
) -> None:
    known = data([tabell(rad("Rån", *values), till=till)], [indikator("Rån")])
    assert answers(known, K4)[EFFECT] == expected


# --- commitments ---


def test_the_commitments_are_counted_by_how_far_they_have_come_and_by_plan() -> None:
    dated = {"moment": [{"id": "m", "rubrik": "Klart", "senast": date(2022, 3, 1)}]}
    text = answer(
        COMMITMENTS,
        insats("A-1", **dated),
        insats("A-2", ansvariga=["fritid", "polisen"]),
        insats("A-3", ansvariga=[]),
        posts=(svar("A-1"), svar("A-2", genomforande="genomford")),
    )
    assert text == (
        "Av tre åtaganden: ett genomfört, ett pågår och ett utan svar. Av tre insatser: en är försenad och två går "
        "inte att bedöma."
    )


def test_commitments_known_only_from_an_earlier_quarter_are_told_apart() -> None:
    rows = [insats(f"A-{n}") for n in range(13)]
    first = [svar(f"A-{n}") for n in range(13)]
    now = [svar(f"A-{n}", kvartal=K2) for n in range(1, 12)] + [svar("A-12", kvartal=K2, oforandrat=True)]
    text = answer(COMMITMENTS, *rows, posts=(*first, *now), kvartal=K2)
    assert text.startswith("Av 13 åtaganden: 13 pågår (varav ett enligt ett tidigare svar). Av 13 insatser: ")


def test_an_override_counts_as_the_plan() -> None:
    override = {"plan": "risk_for_forsening", "skal": "Tiden är knapp."}
    text = answer(COMMITMENTS, insats(), posts=(svar(overstyrning=override),))
    assert text == "Av ett åtagande: ett pågår. Av en insats: en riskerar att försenas."


def test_with_no_insatser_or_nobody_responsible_it_says_so() -> None:
    assert answer(COMMITMENTS) == "Ingen insats ingår i kvartalet."
    assert answer(COMMITMENTS, insats(ansvariga=[])) == (
        "Ingen har åtagit sig något: ingen ansvarig är utsedd. Av en insats: en går inte att bedöma."
    )


# --- process ---


def test_answers_disagreements_open_questions_and_lacking_owners_are_told() -> None:
    late = svar("A-1", lamnad=date(2022, 5, 9), beslut_behovs={"fraga": "Vem?", "senast": date(2022, 4, 20)})
    text = answer(
        PROCESS,
        insats("A-1", ansvariga=["fritid", "polisen", "skola"]),
        insats("A-2", ansvariga=[]),
        posts=(late, svar("A-1", "polisen", genomforande="genomford", beslut_behovs={"fraga": "Var?"})),
    )
    assert text == (
        "2 av 3 svar har kommit, varav ett efter sista svarsdag; ett saknas. Aktörerna svarar olika om Å-1, och ingen "
        "är ansvarig för Å-2. Två frågor väntar på beslut, varav en vars sista dag har passerat."
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([None], "En fråga väntar på beslut."),
        ([date(2022, 4, 20)], "En fråga väntar på beslut; sista dagen har passerat."),
        ([None, date(2022, 4, 30)], "Två frågor väntar på beslut."),
    ],
)
def test_open_questions_are_counted_and_so_are_those_whose_day_has_passed(
    asked: list[date | None], expected: str
) -> None:
    questions = [{"fraga": f"Vem {n}?", "senast": day} for n, day in enumerate(asked)]
    rows = [insats(f"A-{n}") for n in range(len(asked))]
    posts = tuple(svar(f"A-{n}", beslut_behovs=q) for n, q in enumerate(questions))
    assert answer(PROCESS, *rows, posts=posts).endswith(expected)


def test_a_question_on_an_insats_that_has_ended_still_waits() -> None:
    ended = insats("A-1", period={"till": date(2022, 3, 31)})
    posts = (svar("A-1", beslut_behovs={"fraga": "Vem?"}), svar("A-2", kvartal=K2))
    text = answer(PROCESS, ended, insats("A-2"), posts=posts, kvartal=K2)
    assert text.endswith("En fråga väntar på beslut; insatsen ingår inte i kvartalet.")
    other = svar("A-2", kvartal=K2, beslut_behovs={"fraga": "Var?", "senast": date(2022, 7, 1)})
    text = answer(PROCESS, ended, insats("A-2"), posts=(posts[0], other), kvartal=K2)
    assert text.endswith(
        "Två frågor väntar på beslut, varav en vars sista dag har passerat och en om en insats som inte ingår i "
        "kvartalet."
    )


def test_without_answers_nothing_is_said_of_agreement() -> None:
    assert answer(PROCESS, insats()) == "Inget av 1 svar har kommit; ett saknas. Ingen fråga väntar på beslut."
    awaited = answers(underlag([insats()]), K1, date(2022, 4, 10))[PROCESS]
    assert awaited == "Inget av 1 svar har kommit; ett väntas. Ingen fråga väntar på beslut."
    assert answer(PROCESS) == "Inga svar skulle lämnas för kvartalet. Ingen fråga väntar på beslut."


def test_many_insatser_without_an_owner_are_counted_after_the_first() -> None:
    rows = [insats(f"A-{n}", ansvariga=[]) for n in range(1, 10)]
    assert "Å-1, Å-2, Å-3, Å-4, Å-5, Å-6 och tre till." in answer(PROCESS, *rows)


# --- reported ---

H1 = {"halvar": "2022-H1", "forum": BOTH}
UNKNOWN = (
    "Det finns ingen uppgift om att halvår 1 2022 är redovisat för Styrgruppen och Utskottet, och ingen dag är satt."
)


@pytest.mark.parametrize(
    ("redovisning", "expected"),
    [
        (
            H1,
            UNKNOWN,
        ),
        ({**H1, "forum": []}, "Det finns ingen uppgift om att halvår 1 2022 är redovisat, och ingen dag är satt."),
        (
            {**H1, "datum": date(2022, 9, 20)},
            "Halvår 1 2022 ska redovisas den 20\u00a0september 2022 för Styrgruppen och Utskottet.",
        ),
        (
            {**H1, "datum": date(2022, 7, 10)},
            "Halvår 1 2022 skulle redovisas den 10\u00a0juli 2022 för Styrgruppen och Utskottet, men det finns ingen "
            "uppgift om att det är gjort.",
        ),
        (
            {**H1, "datum": date(2022, 7, 10), "redovisad": date(2022, 7, 12)},
            "Halvår 1 2022 redovisades den 12\u00a0juli 2022 för Styrgruppen och Utskottet.",
        ),
        (
            {**H1, "redovisad": date(2022, 9, 1)},
            UNKNOWN,
        ),
    ],
)
def test_a_half_year_that_is_over_is_told_as_it_was_known_on_the_reference_day(
    redovisning: dict[str, Any], expected: str
) -> None:
    # The reference day of the second quarter is 30 July.
    assert calendar(K2, redovisningar=[redovisning])[REPORTED] == expected


def test_a_half_year_that_is_missing_in_the_calendar_is_missed() -> None:
    assert calendar(K2)[REPORTED] == "Det finns ingen uppgift om att halvår 1 2022 är redovisat, och ingen dag är satt."


def test_before_any_half_year_is_over_nothing_should_have_been_presented() -> None:
    nothing = "Inget halvår är slut än, så inget skulle ha redovisats."
    assert calendar(K1, redovisningar=[H1])[REPORTED] == nothing
    assert calendar(K2, date(2022, 6, 30), redovisningar=[H1])[REPORTED] == nothing


def test_in_the_agreements_last_quarter_every_half_year_is_told_in_at_most_three_sentences() -> None:
    rows = [
        {**H1, "redovisad": date(2022, 9, 20)},
        {"halvar": "2022-H2", "forum": ["utskott"], "datum": date(2023, 3, 1)},
        {"halvar": "2023-H1", "forum": ["utskott"]},
        {"halvar": "2023-H2", "forum": ["utskott"], "datum": date(2024, 3, 1)},
    ]
    assert calendar(Kvartal(2023, 4), redovisningar=rows)[REPORTED] == (
        "Halvår 1 2022 redovisades den 20\u00a0september 2022 för Styrgruppen och Utskottet; halvår 2 2023 ska "
        "redovisas den 1\u00a0mars 2024 för Utskottet. Halvår 2 2022 skulle redovisas den 1\u00a0mars 2023 för "
        "Utskottet, men det finns ingen uppgift om att det är gjort. Det finns ingen uppgift om att halvår 1 2023 är "
        "redovisat för Utskottet, och ingen dag är satt."
    )


def test_what_is_presented_is_no_longer_a_date_ahead_or_a_date_to_set() -> None:
    def ahead(**redovisning: Any) -> list[str]:
        known = underlag([insats()], kalender={"redovisningar": [{**H1, **redovisning}]})
        lage, current = judged(known, K2)
        return [d.datum for d in coming_dates(known, lage, current) if "redovis" in d.text.lower()]

    assert ahead() == ["Inget datum satt"]
    assert ahead(datum=date(2022, 9, 20)) == ["20\u00a0september 2022"]
    assert ahead(redovisad=date(2022, 7, 12)) == ahead(datum=date(2022, 9, 20), redovisad=date(2022, 7, 12)) == []
    assert ahead(redovisad=date(2022, 9, 1)) == ["Inget datum satt"]


# --- told ---


def test_the_citizens_answer_tells_what_was_known_on_the_reference_day_latest_first() -> None:
    unknown = "Det finns ingen uppgift om att medborgarna har fått veta resultatet."
    told = [
        {"datum": date(2022, 4, 2), "vad": "Artikel i tidningen"},
        {"datum": date(2022, 8, 30), "vad": "Öppet möte i Bro."},
    ]
    assert calendar(K1)[TOLD] == unknown
    assert calendar(K1, date(2022, 4, 1), information=told)[TOLD] == unknown
    assert calendar(K1, information=told)[TOLD] == "2\u00a0april 2022: Artikel i tidningen."
    assert calendar(K3, information=told)[TOLD] == (
        "30\u00a0augusti 2022: Öppet möte i Bro. 2\u00a0april 2022: Artikel i tidningen."
    )


def test_at_most_three_occasions_are_told() -> None:
    told = [{"datum": date(2022, 4, n), "vad": f"Möte {n}"} for n in range(1, 6)]
    assert calendar(K1, information=told)[TOLD].count("Möte") == 3


# --- all five ---


@pytest.mark.parametrize("kvartal", [K1, K2, Kvartal(2023, 4)])
@pytest.mark.parametrize("rows", [[], [insats(ansvariga=[])], [insats(individinsats=True)]])
def test_every_answer_is_one_to_three_sentences_for_any_project(rows: list[dict[str, Any]], kvartal: Kvartal) -> None:
    one_part = [{"id": "kommunen", "namn": "Kommunen", "uppfoljare": "samordnare"}]
    known = underlag(rows, parter=one_part, aktorer=[{"id": "fritid", "namn": "Fritid", "del_av": "kommunen"}])
    found = answers(known, kvartal)
    assert len(found) == 5
    assert [text for text in found if not 1 <= text.count(". ") + text.endswith(".") <= 3] == []


def test_a_committee_gets_the_same_answers_and_nothing_internal() -> None:
    known = underlag([insats()], (svar(intern="Hemligt"),))
    seen = answers(redact(known, known.overenskommelse.forum[1]))
    assert seen == answers(known)
    assert "Hemligt" not in " ".join(seen)


def test_answers_of_a_later_quarter_change_nothing() -> None:
    known = underlag([insats()], (svar(),))
    later = replace(known, svar=(*known.svar, svar(kvartal=K2, genomforande="genomford")))
    assert answers(later, K1) == answers(known, K1)
