"""What seems to stand still: each rule is met, and nearly met, by an answer that is shown here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, insats, svar, underlag
from uppfoljning.facts.lage import merge
from uppfoljning.facts.stillestand import FEWEST_WORDS, NEARLY, Stillestand, find_stillestand, nearly_same
from uppfoljning.model.underlag import Svarspost
from uppfoljning.text.swedish import number_word
from uppfoljning.words.meeting import stuck_text

TEXT = "Vi har träffat skolan två gånger och planerar ett gemensamt upplägg inför hösten tillsammans med polisen."


def stuck(*posts: Svarspost, **fields: Any) -> list[Stillestand]:
    """What stands still at K2 in a project of one insats."""
    project = underlag([insats("A-1", **fields)], posts)
    found = find_stillestand(merge(project, K2), merge(project, K1))
    return [s for one in found.values() for s in one]


# --- nearly the same text ---


@pytest.mark.parametrize(
    "now",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace("två", "tre"),
        TEXT.replace(" och ", "\n\n"),
        TEXT + " Det fortsätter.",
    ],
)
def test_nearly_the_same_text_two_quarters_running_is_asked_about(now: str) -> None:
    assert stuck(svar(kommentar=TEXT), svar(kvartal=K2, kommentar=now)) == [
        Stillestand("samma_text", "A-1", "fritid", K1)
    ]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (TEXT, "Vi har träffat skolan en gång. Upplägget är färdigt och prövas i två klasser från augusti."),
        (TEXT, None),
        ("Pågår.", "Löper på."),
        ("", ""),
    ],
)
def test_a_text_that_says_something_else_or_nothing_is_not(then: str, now: str | None) -> None:
    assert stuck(svar(kommentar=then or None), svar(kvartal=K2, kommentar=now or None)) == []


def test_the_whole_answer_counts_not_only_its_comment() -> None:
    then = svar(avvikelse=TEXT, nasta_steg="Ringa rektorn och boka en tid.")
    same = svar(kvartal=K2, avvikelse=TEXT, nasta_steg="Ringa rektorn och boka en tid.")
    assert [s.slag for s in stuck(then, same)] == ["samma_text"]
    assert stuck(then, svar(kvartal=K2, avvikelse=TEXT, nasta_steg="Anställa en vikarie och börja om i höst.")) == []


@pytest.mark.parametrize(
    "news",
    [
        {"utfall": {"handelser": [{"datum": date(2022, 5, 2)}]}},
        {"utfall": {"klara_moment": [{"moment": "m", "datum": date(2022, 5, 2)}]}},
        {"genomforande": "genomford"},
        {"planerat": [{"datum": date(2022, 9, 1), "vad": "Start"}]},
        {"beslut_behovs": {"fraga": "Vem tar över?"}},
        {"egen_bedomning": "forsenad"},
    ],
)
def test_the_same_text_beside_something_new_is_no_standstill(news: dict[str, Any]) -> None:
    moment = [{"id": "m", "rubrik": "Modellen"}]
    assert stuck(svar(kommentar=TEXT), svar(kvartal=K2, kommentar=TEXT, **news), moment=moment) == []


def test_two_short_answers_are_the_same_only_when_they_are_equal() -> None:
    assert nearly_same("Pågår.", "pågår")
    assert not nearly_same("Pågår nu.", "Pågår inte.")
    assert not nearly_same("", "")


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_a_text_with_words_is_like_itself(one: str, other: str) -> None:
    assert nearly_same(one, other) == nearly_same(other, one)
    assert nearly_same(f"ord {one}", f"ord {one}")


def test_a_long_text_is_compared_to_its_end() -> None:
    head = " ".join(f"ord{n}" for n in range(400))
    tail, other = (" ".join(f"{word}{n}" for n in range(600)) for word in ("slut", "annat"))
    assert nearly_same(f"{head} {tail}", f"{head} {tail}")
    assert not nearly_same(f"{head} {tail}", f"{head} {other}")


def test_the_same_words_in_another_order_are_another_text() -> None:
    words = [f"ord{n}" for n in range(40)]
    assert not nearly_same(" ".join(words), " ".join(reversed(words)))


def test_the_method_page_tells_the_limits_that_are_used() -> None:
    told = stuck_text()
    assert f"minst {round(NEARLY * 100)} procent" in told
    assert f"färre än {number_word(FEWEST_WORDS)} ord" in told


@pytest.mark.parametrize("over", ["genomford", "avbruten"])
def test_nothing_is_asked_of_work_that_has_ended(over: str) -> None:
    first = svar(kommentar=TEXT, genomforande=over)
    assert stuck(first, svar(kvartal=K2, kommentar=TEXT, genomforande=over), **REVISED) == []
    assert stuck(first, svar(kvartal=K2, oforandrat=True), **REVISED) == []


# --- unchanged, passed, reworded ---


def test_unchanged_two_quarters_running_is_asked_about_and_once_is_not() -> None:
    first = svar(oforandrat=True)
    assert [s.slag for s in stuck(first, svar(kvartal=K2, oforandrat=True))] == ["oforandrat"]
    assert stuck(svar(kommentar=TEXT), svar(kvartal=K2, oforandrat=True)) == []
    nothing = {"inget_att_rapportera": True}
    assert [s.slag for s in stuck(svar(**nothing), svar(kvartal=K2, **nothing))] == ["inget_att_rapportera"]


def test_a_planned_day_that_passed_without_a_new_answer_is_asked_about() -> None:
    plans = {"planerat": [{"datum": date(2022, 5, 16), "vad": "Erbjudandet går ut"}]}
    asked = [Stillestand("planerat_passerat", "A-1", "fritid", K1, date(2022, 5, 16), "Erbjudandet går ut")]
    assert stuck(svar(**plans)) == asked
    assert stuck(svar(**plans), svar(kvartal=K2, oforandrat=True)) == asked
    assert stuck(svar(**plans), svar(kvartal=K2)) == []
    assert stuck(svar(planerat=[{"datum": date(2022, 9, 1), "vad": "Start"}])) == []


DATED = [{"id": "m", "rubrik": "Modellen", "senast": date(2022, 3, 1)}]


def test_work_that_goes_on_past_its_last_dated_milestone_is_asked_about() -> None:
    assert stuck(svar(), svar(kvartal=K2), moment=DATED) == [
        Stillestand("passerat", "A-1", "fritid", dag=date(2022, 3, 1))
    ]
    reached = {"utfall": {"klara_moment": [{"moment": "m", "datum": date(2022, 2, 2)}]}}
    assert [s.slag for s in stuck(svar(**reached), svar(kvartal=K2), moment=DATED)] == ["allt_klart"]
    assert stuck(svar(), svar(kvartal=K2, **reached), moment=DATED) == [], "it was reported only now"
    next_step = stuck(svar(**reached), svar(kvartal=K2, nasta_steg="Välja dagar."), moment=DATED)
    assert [s.nasta_steg for s in next_step] == [True]


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({"genomforande": "genomford"}, {}),
        ({"planerat": [{"datum": date(2022, 9, 1), "vad": "Start"}]}, {}),
        ({"beslut_behovs": {"fraga": "Var?", "senast": date(2022, 9, 15)}}, {}),
        ({}, {"moment": [*DATED, {"id": "n", "rubrik": "Nästa", "senast": date(2022, 12, 1)}]}),
        ({}, {"frekvens": {"antal": 3, "per": "ar", "enhet": "möten"}}),
        ({}, {"moment": [{"id": "m", "rubrik": "Odaterat"}]}),
    ],
)
def test_work_that_is_done_or_has_a_date_ahead_is_not(answer: dict[str, Any], fields: dict[str, Any]) -> None:
    assert stuck(svar(), svar(kvartal=K2, **answer), **{"moment": DATED, **fields}) == []


REVISED = {"historik": [{"handelse": "reviderad", "datum": date(2022, 5, 10), "skal": "Behov.", "andring": "Mer."}]}


def test_a_commitment_reworded_after_the_last_answer_is_asked_about_until_it_is_answered_anew() -> None:
    assert stuck(svar(), **REVISED) == [Stillestand("omformulerat", "A-1", "fritid", dag=date(2022, 5, 10))]
    assert stuck(svar(), svar(kvartal=K2, lamnad=date(2022, 7, 4)), **REVISED) == []
    assert [s.slag for s in stuck(svar(), svar(kvartal=K2, oforandrat=True), **REVISED)] == ["omformulerat"]


def test_an_insats_outside_the_quarter_and_one_that_nobody_has_answered_stand_in_no_list() -> None:
    ended = {"historik": [{"handelse": "avslutad", "datum": date(2022, 3, 1), "skal": "Klart."}]}
    assert stuck(svar(oforandrat=True), svar(kvartal=K2, oforandrat=True), **ended) == []
    assert stuck(moment=DATED) == []


def test_in_the_first_quarter_only_what_needs_no_quarter_before_it_is_asked() -> None:
    project = underlag([insats("A-1", moment=DATED)], (svar(kommentar=TEXT),))
    found = find_stillestand(merge(project, K1), None)
    assert [s.slag for s in found["A-1"]] == ["passerat"]
