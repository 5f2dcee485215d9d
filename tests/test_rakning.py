"""Counts as they were meant: what counts is written, nothing is prorated, and an aim that is met is called so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4, insats, svar, underlag
from uppfoljning.check import check
from uppfoljning.facts.counting import agreed_number, shortfall
from uppfoljning.facts.lage import merge
from uppfoljning.facts.places import elsewhere
from uppfoljning.facts.plan import Planlage, judge_all
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.model import Frekvens
from uppfoljning.model.period import Kvartal, month_end
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.sections.insats import insats_view
from uppfoljning.words.insats import flags
from uppfoljning.words.plan import describe

TRE = {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"}}
TOLV = {"malsattning": {"antal": 12, "minst": True, "enhet": "vandringar"}}


def happened(*events: dict[str, Any], kvartal: Kvartal = K1, **fields: Any) -> Svarspost:
    return svar("A-1", kvartal=kvartal, utfall={"handelser": list(events)}, **fields)


def read(fields: dict[str, Any], *posts: Svarspost, **avtal: Any) -> Underlag:
    return underlag([insats("A-1", **fields)], posts, **avtal)


def plan(data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> Planlage:
    return judge_all(data, merge(data, kvartal, per))["A-1"]


def told(data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> str:
    return describe(plan(data, kvartal, per)).replace("\u00a0", " ")


def codes(data: Underlag) -> list[str]:
    return [p.kod for p in check(data)]


# --- what counts is written ---


def test_an_event_called_something_else_is_a_fault_until_it_says_whether_it_counts() -> None:
    walk = {"datum": date(2022, 3, 1), "vad": "vandring med boende"}
    assert codes(read(TRE, happened(walk))) == ["annan-enhet"]
    for counts, expected in ((True, "1 av 3"), (False, "0 av 3")):
        data = read(TRE, happened({**walk, "raknas": counts}))
        assert codes(data) == []
        assert f"Vandringar under 2022: {expected}" in told(data)


def test_the_agreed_word_in_another_spelling_and_no_word_at_all_count_without_being_asked() -> None:
    data = read(TRE, happened({"datum": date(2022, 3, 1), "vad": "VANDRINGAR"}, {"datum": date(2022, 3, 2)}))
    assert codes(data) == []
    assert "2 av 3" in told(data)


def test_raknas_has_nothing_to_say_where_nothing_is_counted() -> None:
    assert codes(read({}, happened({"datum": date(2022, 3, 1), "raknas": True}))) == ["raknas-utan-antal"]


def test_what_does_not_count_is_told_by_itself() -> None:
    data = read(TRE, happened({"datum": date(2022, 3, 1)}, {"datum": date(2022, 3, 2), "raknas": False}))
    lage = merge(data, K1)
    view = insats_view(data, lage, lage.insatser[0], judge_all(data, lage)["A-1"])
    (utfall,) = [s.text for s in view.svar[0].stycken if s.etikett == "Utfall"]
    assert utfall.replace("\u00a0", " ") == "Vandringar (1): 1 mars. Vandringar som inte räknas (1): 2 mars."


# --- a total without a day ---


def test_a_quarters_total_is_told_without_an_invented_day_and_added_to_the_others() -> None:
    fields = {"malsattning": {"antal": 100, "enhet": "trafikkontroller"}}
    data = read(fields, happened({"antal": 71}, {"antal": 4, "datum": date(2022, 3, 1)}))
    assert codes(data) == []
    assert "Trafikkontroller senast 31 december 2023: 75 av 100" in told(data)
    lage = merge(data, K1)
    view = insats_view(data, lage, lage.insatser[0], judge_all(data, lage)["A-1"])
    (utfall,) = [s.text for s in view.svar[0].stycken if s.etikett == "Utfall"]
    assert utfall.replace("\u00a0", " ") == "71 trafikkontroller utan angiven dag. Trafikkontroller (4): 1 mars."


def test_totals_of_several_kinds_are_told_each_by_itself() -> None:
    posts = happened(
        {"antal": 71, "vad": "trafikkontroller"}, {"antal": 30, "vad": "samtal"}, {"antal": 2, "vad": "samtal"}
    )
    lage = merge(read({}, posts), K1)
    assert lage.insatser[0].reported_by("fritid") == {"trafikkontroller": 71, "samtal": 32}


def test_an_event_has_a_day_or_a_number() -> None:
    assert codes(read({}, happened({"vad": "möten"}))) == ["handelse-utan-dag"]


# --- nothing is prorated ---


def added(day: date) -> dict[str, Any]:
    return {"historik": [{"handelse": "tillkommen", "datum": day, "skal": "Ett önskemål."}]}


def test_the_agreed_number_stands_in_a_year_that_is_covered_in_part_and_is_never_late() -> None:
    data = read({**TRE, **added(date(2022, 5, 9))}, happened({"datum": date(2022, 6, 1)}, kvartal=K2))
    for kvartal, per in ((K2, None), (K4, date(2023, 1, 30))):
        found = plan(data, kvartal, per)
        assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "del_av_ar")
    assert told(data, K2).startswith("Vandringar under 2022: 1 av 3 om året; insatsen började 9 maj")


def test_a_number_of_its_own_for_the_year_is_what_is_asked_for_then() -> None:
    own = {"frekvens": {**TRE["frekvens"], "antal_ar": {2022: 1}}, **added(date(2022, 5, 9))}
    data = read(own, happened({"datum": date(2022, 6, 1)}, kvartal=K2))
    assert plan(data, K2).bedomning == "enligt_plan"
    assert told(data, K2) == "Vandringar under 2022: 1 av 1, årets antal är nått."


def test_an_agreement_that_begins_in_the_year_is_told_as_that() -> None:
    data = read(TRE, happened({"datum": date(2022, 6, 1)}, kvartal=K2), giltig_fran=date(2022, 3, 1))
    assert "1 av 3 om året; överenskommelsen började 1 mars" in told(data, K2)


def test_more_than_a_whole_years_number_in_a_part_of_it_is_reached() -> None:
    data = read({**TRE, **added(date(2022, 5, 9))}, happened({"antal": 3}, kvartal=K2))
    assert plan(data, K2).bedomning == "enligt_plan"


@given(
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from(["ar", "kvartal", "manad"]),
    st.integers(1, 9),
    st.booleans(),
)
def test_only_whole_periods_are_asked_for(start: int, end: int, per: str, number: int, late: bool) -> None:
    first, last = date(2022, start, 2 if late else 1), month_end(2022, end)
    found = agreed_number(Frekvens.model_validate({"antal": number, "per": per, "enhet": "x"}), 2022, first, last)
    months = {m for m in range(1, 13) if date(2022, m, 1) >= first and month_end(2022, m) <= last}
    size = {"ar": 12, "kvartal": 3, "manad": 1}[per]
    whole = sum(set(range(at, at + size)) <= months for at in range(1, 13, size))
    assert found == (number * whole or None)


@pytest.mark.parametrize("per", ["kvartal", "manad"])
def test_numbers_for_single_years_belong_to_a_number_a_year(per: str) -> None:
    frekvens = {"antal": 1, "per": per, "enhet": "möten", "antal_ar": {2022: 1}}
    assert codes(read({"frekvens": frekvens}, svar())) == ["frekvens"]


# --- an aim that is met ---


def test_an_aim_that_is_met_is_called_so_in_words_and_shape() -> None:
    data = read(TOLV, happened({"antal": 20}))
    assert plan(data).visat == "malet_natt"
    assert told(data) == "Vandringar senast 31 december 2023: 20 av minst 12, målet är nått."


def test_an_aim_that_is_met_does_not_hide_a_year_that_was_not() -> None:
    data = read({**TRE, "malsattning": {"antal": 1, "enhet": "vandringar"}}, *(svar(kvartal=k) for k in (K2, K3, K4)),
                happened({"datum": date(2022, 3, 1)}))  # fmt: skip
    found = plan(data, K4, date(2023, 1, 30))
    assert (found.visat, found.natt is not None) == ("forsenad", True)


# --- done below the number ---


def done(kvartal: Kvartal = K1, **fields: Any) -> Svarspost:
    return svar("A-1", kvartal=kvartal, genomforande="genomford", **fields)


ONE = {"utfall": {"handelser": [{"datum": date(2022, 3, 1)}]}}


def asked(data: Underlag, kvartal: Kvartal) -> list[str]:
    found = find_stillestand(merge(data, kvartal), None).get("A-1", ())
    return [s.slag for s in found]


@pytest.mark.parametrize("kvartal", [K1, K2, K4])
def test_done_below_the_number_is_a_warning_and_a_question_every_quarter(kvartal: Kvartal) -> None:
    data = read(TOLV, done(**ONE))
    assert codes(data) == ["under-antalet"]
    assert asked(data, kvartal) == ["under_talet"]


@pytest.mark.parametrize(
    "explained",
    [
        (done(**ONE, avvikelse="Det blev en, inte tolv: vintern kom tidigt."),),
        (done(**ONE, orsak="Av 12 hanns en med."),),
        (done(**ONE, avvikelse="Vintern kom tidigt."), done(K2, avvikelse="Fler hanns inte med.")),
        (done(**ONE), svar("A-1", kvartal=K2)),
        (done(utfall={"handelser": [{"antal": 12}]}),),
    ],
    ids=["names the number", "names it in figures", "said when asked", "goes on", "reached"],
)
def test_it_is_asked_until_it_is_explained(explained: tuple[Svarspost, ...]) -> None:
    data = read(TOLV, *explained)
    assert "under-antalet" not in codes(data)
    assert "under_talet" not in asked(data, K2)


def test_a_reason_for_something_else_in_the_same_answer_explains_nothing() -> None:
    assert codes(read(TOLV, done(**ONE, avvikelse="Årets tredje vandring har ännu ingen dag."))) == ["under-antalet"]


# --- where a place is promised ---


def test_an_event_at_another_place_than_the_promised_is_warned_of_and_told() -> None:
    fields = {**TRE, "platser": ["Finnsta", "Råby"]}
    there, here = {"datum": date(2022, 3, 1), "plats": "Råby torg"}, {"datum": date(2022, 3, 2), "plats": "Tibble"}
    data = read(fields, happened(there, here))
    assert codes(data) == ["annan-plats"]
    assert codes(read(fields, happened(there, {**here, "raknas": True}))) == []
    lage = merge(data, K1)
    (flag,) = flags(data, lage, lage.insatser[0], judge_all(data, lage)["A-1"])
    assert flag.replace("\u00a0", " ") == "Vandringar: Tibble 2 mars 2022, lovat är Finnsta eller Råby."


def test_an_event_on_a_planned_day_at_another_place_than_the_planned_is_told() -> None:
    ahead = {"planerat": [{"datum": date(2022, 5, 1), "vad": "Vandring", "plats": "Råby"}]}
    data = read(TRE, svar("A-1", **ahead), happened({"datum": date(2022, 5, 1), "plats": "Tibble"}, kvartal=K2))
    (found,) = elsewhere(merge(data, K2).insatser[0])
    assert (found.handelse.handelse.plats, found.lovade) == ("Tibble", ("Råby",))


# --- the text says the same number ---


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Fyra vandringar om året.", True),
        ("Minst 4 trygga vandringar ska hållas.", True),
        ("Tre vandringar om året.", False),
        ("Vandringarna hålls i två områden, tre om året.", False),
        ("Fyra möten och tre vandringar.", False),
        ("Under 2022 vandringar i Råby.", False),
    ],
)
def test_another_number_of_the_same_unit_in_the_text_is_a_warning(text: str, wrong: bool) -> None:
    assert codes(read({**TRE, "beskrivning": text}, svar())) == (["annat-antal-i-text"] if wrong else [])


def test_a_year_that_the_insats_has_no_part_in_asks_for_nothing() -> None:
    data = read({**TRE, "period": {"fran": date(2023, 1, 1)}}, svar())
    lage = merge(data, K1).insatser[0]
    assert shortfall(lage, K1) is None
    found = shortfall(lage, Kvartal(2023, 1))
    assert found is not None
    assert (found.klara, found.av, found.ar) == (0, 3, 2023)
