"""What differs between two quarters: each kind of change, symmetric, and nothing between a quarter and itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings

from bygge import K1, K2, K3, insats, svar, underlag
from sifferbygge import data, indikator, rad, tabell
from test_state import INSATSER, answers
from uppfoljning.facts.compare.differences import compare
from uppfoljning.facts.compare.keys import Andring, Avtryck, Nyckel
from uppfoljning.facts.lage import merge
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.kvartal.report import imprint, previous


def avtryck(underlag: Underlag, kvartal: Kvartal, per: date | None = None) -> Avtryck:
    return imprint(underlag, merge(underlag, kvartal, per))


def changes(underlag: Underlag, *slag: str, fran: Kvartal = K1, till: Kvartal = K2) -> list[tuple[str, str, str]]:
    """(aktör, what or unit, before, after) of each change of some kinds."""
    found = compare(avtryck(underlag, fran), avtryck(underlag, till))
    return [
        (a.nyckel.aktor or a.nyckel.vad or a.nyckel.enhet, a.fran.kod if a.fran else "", a.till.kod if a.till else "")
        for a in found
        if a.nyckel.slag in slag
    ]


def one(*posts: Svarspost, **fields: Any) -> Underlag:
    """A project of one insats."""
    return underlag([insats("A-1", **fields)], posts)


# --- each kind ---


def test_a_plan_that_has_turned_is_a_change_with_before_and_after() -> None:
    project = one(svar(), svar(kvartal=K2), moment=[{"id": "m", "rubrik": "Modellen", "senast": date(2022, 6, 1)}])
    assert changes(project, "plan") == [("", "enligt_plan", "forsenad")]


def test_a_milestone_is_told_when_it_is_reached_and_when_its_last_day_has_passed() -> None:
    moment = [{"id": "m", "rubrik": "Modellen", "senast": date(2022, 6, 1)}]
    reached = svar(kvartal=K2, utfall={"klara_moment": [{"moment": "m", "datum": date(2022, 5, 3)}]})
    assert changes(one(svar(), reached, moment=moment), "moment") == [("m", "oppet", "klart")]
    assert changes(one(svar(), svar(kvartal=K2), moment=moment), "moment") == [("m", "oppet", "passerat")]
    assert changes(one(svar(), svar(kvartal=K2), moment=[{"id": "m", "rubrik": "Odaterat"}]), "moment") == []


def test_work_that_moves_and_an_aktor_that_changes_its_mind_are_told_by_aktor() -> None:
    project = one(
        svar(genomforande="inte_paborjad", egen_bedomning="enligt_plan"),
        svar(kvartal=K2, genomforande="pausad", egen_bedomning="risk_for_forsening"),
    )
    assert changes(project, "genomforande", "egen_bedomning") == [
        ("fritid", "enligt_plan", "risk_for_forsening"),
        ("fritid", "inte_paborjad", "pausad"),
    ]


def test_what_is_counted_is_told_as_the_sum_so_far() -> None:
    def walked(kvartal: Kvartal, antal: int) -> Svarspost:
        return svar(kvartal=kvartal, utfall={"handelser": [{"datum": kvartal.start, "antal": antal}]})

    project = one(walked(K1, 2), walked(K2, 3), frekvens={"antal": 9, "per": "ar", "enhet": "vandringar"})
    assert changes(project, "antal") == [("vandringar", "2", "5")]


def test_an_aktor_that_falls_silent_or_answers_again_is_told() -> None:
    assert changes(one(svar(), svar(kvartal=K3)), "svar") == [("fritid", "lamnat", "inget_svar")]
    assert changes(one(svar(), svar(kvartal=K3)), "svar", fran=K2, till=K3) == [("fritid", "inget_svar", "lamnat")]


def test_which_answers_have_come_since_is_known_by_their_quarter() -> None:
    project = one(svar(), svar(kvartal=K2), svar(kvartal=K3))
    found = compare(avtryck(project, K1), avtryck(project, K3))
    assert [a.nyckel for a in found if a.nyckel.slag == "svar_for"] == [
        Nyckel("svar_for", "A-1", "fritid", kvartal="2022-K2"),
        Nyckel("svar_for", "A-1", "fritid", kvartal="2022-K3"),
    ]


def test_a_question_is_told_when_it_is_asked_and_when_it_is_gone() -> None:
    asked = svar(beslut_behovs={"fraga": "Vem tar över?"})
    gone = svar(kvartal=K2, rattar={"kvartal": K1, "skal": "avgjort"}, lamnad=date(2022, 7, 2))
    assert changes(one(asked, gone), "beslut") == [("fritid", "oppen", "")]
    later = svar(kvartal=K2, beslut_behovs={"fraga": "Vem tar över?"})
    assert changes(one(svar(), later), "beslut") == [("fritid", "", "oppen")]
    assert changes(one(asked, later), "beslut") == [], "the same question asked again is no news"


def test_a_correction_is_told_once_in_the_quarter_it_was_given() -> None:
    fixed = svar(kvartal=K2, rattar={"kvartal": K1, "skal": "fel dag"})
    project = one(svar(), svar(kvartal=K2), fixed)
    assert changes(project, "rattelse") == [("fritid", "", "rattat")]
    assert changes(project, "rattelse", fran=K2, till=K3) == []


def test_two_corrections_of_an_answer_in_one_quarter_are_two_whatever_order_the_files_are_read_in() -> None:
    first, second = (
        svar(kvartal=K2, rattar={"kvartal": K1, "skal": skal}, lamnad=date(2022, 7, day))
        for skal, day in (("fel dag", 4), ("fel plats", 8))
    )
    for posts in ((svar(), first, second), (second, first, svar())):
        project = one(*posts)
        told = [a.till for a in compare(avtryck(project, K1), avtryck(project, K2)) if a.nyckel.slag == "rattelse"]
        assert [v.ord for v in told if v] == ["fel dag", "fel plats"]


def test_disagreement_is_told_when_it_begins_and_when_it_ends() -> None:
    two = {"ansvariga": ["fritid", "polisen"]}
    agree, differ = ("pagar", "pagar"), ("pagar", "pausad")

    def said(first: tuple[str, str], then: tuple[str, str]) -> Underlag:
        return one(
            *(svar(aktor=a, genomforande=g) for a, g in zip(("fritid", "polisen"), first, strict=True)),
            *(svar(aktor=a, kvartal=K2, genomforande=g) for a, g in zip(("fritid", "polisen"), then, strict=True)),
            **two,
        )

    assert changes(said(agree, differ), "oenighet") == [("genomforande", "", "olika")]
    assert changes(said(differ, agree), "oenighet") == [("genomforande", "olika", "")]


def test_an_insats_that_is_new_ends_or_is_revised_is_told_in_the_quarter_it_happened() -> None:
    new = one(historik=[{"handelse": "tillkommen", "datum": date(2022, 5, 1), "skal": "Behov."}])
    assert changes(new, "insats", "historik") == [
        ("tillkommen", "", "hande"),
        ("", "inte_aktuell", "aktuell"),
    ]
    ended = one(historik=[{"handelse": "avslutad", "datum": date(2022, 3, 1), "skal": "Klart."}])
    assert changes(ended, "insats", "historik") == [("", "aktuell", "inte_aktuell")]
    twice = {"datum": date(2022, 5, 1), "handelse": "reviderad"}
    both = one(historik=[{**twice, "skal": "x", "andring": "Ett."}, {**twice, "skal": "x", "andring": "Två."}])
    found = compare(avtryck(both, K1), avtryck(both, K2))
    assert [a.till.ord for a in found if a.till and a.nyckel.slag == "historik"] == ["Ett.", "Två."]


def test_a_text_that_was_changed_in_the_files_between_two_imprints_is_told() -> None:
    before, after = one(), one(beskrivning="Något annat ska göras.")
    found = compare(avtryck(before, K1), avtryck(after, K1))
    assert [a.nyckel for a in found] == [Nyckel("lydelse", "A-1")]


# --- figures ---

RAN = [indikator("Rån")]
CALM, HIGH = (20, 20, 20, 20, 20), (20, 20, 20, 20, 60)


def test_a_verdict_is_told_when_it_turns_and_a_new_table_when_it_has_come() -> None:
    project = data([tabell(rad("Rån", *CALM), manad=3), tabell(rad("Rån", *HIGH), manad=6)], RAN)
    assert changes(project, "utslag") == [("//ran//", "ingen_vid", "fler")]
    assert changes(project, "tabell") == [("antal", "", "finns")]


def test_a_figure_revised_by_an_extract_between_the_reference_days_is_told_with_both_values() -> None:
    first = tabell(rad("Rån", *CALM), manad=3, uttag="2022-04-05")
    later = tabell(rad("Rån", 20, 20, 20, 20, 23), manad=3, uttag="2022-06-10", fil="data/compstat/ny.csv")
    project = data([first, later], RAN)
    assert changes(project, "siffra") == [("//ran//", "20", "23")]
    assert changes(project, "siffra", fran=K2, till=K3) == []


def test_an_extract_taken_later_than_both_days_changes_nothing_between_them() -> None:
    first = tabell(rad("Rån", *CALM), manad=3, uttag="2022-04-05")
    later = tabell(rad("Rån", 20, 20, 20, 20, 23), manad=3, uttag="2023-06-10", fil="data/compstat/ny.csv")
    assert changes(data([first, later], RAN), "siffra") == []


def test_a_verdict_that_an_extract_between_the_days_turns_is_told_though_the_period_is_the_same() -> None:
    first = tabell(rad("Rån", *CALM), manad=3, uttag="2022-04-05")
    later = tabell(rad("Rån", *HIGH), manad=3, uttag="2022-06-10", fil="data/compstat/ny.csv")
    assert changes(data([first, later], RAN), "utslag") == [("//ran//", "ingen_vid", "fler")]


def test_a_row_spelled_another_way_in_a_later_extract_is_the_same_row() -> None:
    first = tabell(rad("Stöld ur fordon", *CALM), manad=3, uttag="2022-04-05")
    later = tabell(rad("STÖLD UR-FORDON", *CALM), manad=3, uttag="2022-06-10", fil="data/compstat/ny.csv")
    assert changes(data([first, later]), "utslag", "siffra") == []


def test_groups_with_a_row_of_the_same_name_are_told_apart() -> None:
    first = tabell(rad("Hot", *CALM, grupp="Unga"), rad("Hot", *CALM, grupp="Vuxna"), manad=3, uttag="2022-04-05")
    new = (20, 20, 20, 20, 21)
    later = tabell(
        rad("Hot", *CALM, grupp="Unga"), rad("Hot", *new, grupp="Vuxna"), manad=3, uttag="2022-06-10", fil="ny.csv"
    )
    project = data([first, later])
    found = compare(avtryck(project, K1), avtryck(project, K2))
    assert [a.till.namn for a in found if a.till and a.nyckel.slag == "siffra"] == ["Hot (Vuxna)"]


def test_a_comparison_is_never_made_with_a_later_day_than_its_own() -> None:
    project = one(svar(), svar(kvartal=K2), moment=[{"id": "m", "rubrik": "Modellen", "senast": date(2022, 4, 15)}])
    lage = merge(project, K2, date(2022, 4, 10))
    before = previous(project, lage)
    assert before is not None
    assert (before.kvartal, before.per) == (K1, date(2022, 4, 10))
    assert compare(imprint(project, before), imprint(project, lage))[0].nyckel.slag == "svar_for"


# --- for anything ---


@settings(max_examples=40)
@given(answers())
def test_a_comparison_the_other_way_is_the_same_with_before_and_after_exchanged(posts: tuple[Svarspost, ...]) -> None:
    project = underlag(INSATSER, posts)
    a, b = avtryck(project, K1), avtryck(project, K3)
    assert [Andring(c.nyckel, c.till, c.fran) for c in compare(a, b)] == list(compare(b, a))
    assert compare(a, a) == compare(b, b) == ()


@settings(max_examples=40)
@given(answers())
def test_changes_carried_out_on_the_earlier_imprint_give_the_later(posts: tuple[Svarspost, ...]) -> None:
    project = underlag(INSATSER, posts)
    a, b = avtryck(project, K1), avtryck(project, K2)
    values = {nyckel: varde.kod for nyckel, varde in a.varden.items()}
    for change in compare(a, b):
        if change.till is None:
            del values[change.nyckel]
        else:
            values[change.nyckel] = change.till.kod
    assert values == {nyckel: varde.kod for nyckel, varde in b.varden.items()}


@settings(max_examples=25)
@given(answers())
def test_the_order_of_answers_makes_no_difference(posts: tuple[Svarspost, ...]) -> None:
    project = underlag(INSATSER, posts)
    turned = replace(project, svar=tuple(reversed(posts)))
    assert avtryck(project, K2).varden == avtryck(turned, K2).varden


def test_an_imprint_holds_nothing_intern() -> None:
    project = one(svar(intern="HEMLIGT", kommentar="Öppet"))
    assert "HEMLIGT" not in repr(avtryck(project, K1))
