"""Decisions are followed up: a question waits, with its age, until an outcome settles it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4, insats, svar, underlag
from conftest import Run
from uppfoljning.check import check
from uppfoljning.facts.beslut import Fraga
from uppfoljning.facts.compare.avtryck_json import Frystavtryck, read_avtryck, write_avtryck
from uppfoljning.facts.compare.keys import Avtryck
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import Bedomd, judge_all
from uppfoljning.model import Beslut
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Beslutsrad, Svarspost, Underlag
from uppfoljning.report.kvartal.report import imprint, kvartal_view
from uppfoljning.report.sections.changes import find_changes
from uppfoljning.report.sections.decisions import decision_list
from uppfoljning.report.views.kvartal import Rapportvy
from uppfoljning.report.views.parts import Beslutslistavy
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import plain_spaces

VEM = "Vem tar över?"
ASKED = svar(beslut_behovs={"fraga": VEM, "senast": date(2022, 6, 15)})
"""Asked on 10 April 2022, for K1."""


def utfall(kind: str = "bifall", day: date = date(2022, 6, 9), kvartal: Kvartal = K1, **fields: Any) -> Beslutsrad:
    """An outcome in ``beslut.yaml``, by default of what Fritid asked about A-1 for K1."""
    raw: dict[str, Any] = {"insats": "A-1", "aktor": "fritid", "kvartal": str(kvartal), "utfall": kind, "datum": day}
    found = Beslut.model_validate({**raw, "text": f"Svaret är {kind}", **fields})
    return Beslutsrad(found, Plats("data/beslut.yaml", day.day, 5))


def told(kind: str = "bifall", day: date = date(2022, 6, 9), kvartal: Kvartal = K1) -> dict[str, Any]:
    """The same, as a field of an answer."""
    return {"beslut": [{"kvartal": str(kvartal), "utfall": kind, "datum": day, "text": f"Svaret är {kind}"}]}


def made(*found: Svarspost | Beslutsrad, rows: list[dict[str, Any]] | None = None) -> Underlag:
    posts = tuple(post for post in found if isinstance(post, Svarspost))
    settled = tuple(post for post in found if isinstance(post, Beslutsrad))
    return replace(underlag(rows or [insats(ansvariga=["fritid", "polisen"])], posts), beslutsrader=settled)


def questions(kvartal: Kvartal, *found: Svarspost | Beslutsrad, per: date | None = None) -> tuple[Fraga, ...]:
    return merge(made(*found), kvartal, per).insatser[0].fragor


def states(fragor: tuple[Fraga, ...]) -> list[tuple[str, str]]:
    """Each question's words, and 'open' or what settled it."""
    return [(f.fraga.fraga, "open" if f.oppen else f.senaste.utfall if f.senaste else "") for f in fragor]


# --- when an outcome counts ---


@pytest.mark.parametrize(
    ("per", "state"), [(date(2022, 6, 8), "open"), (date(2022, 6, 9), "bifall"), (date(2023, 1, 1), "bifall")]
)
def test_a_recorded_outcome_counts_from_its_own_day(per: date, state: str) -> None:
    assert states(questions(K1, ASKED, utfall(), per=per)) == [(VEM, state)]


def test_the_first_quarters_own_report_still_says_that_the_question_waits() -> None:
    assert states(questions(K1, ASKED, utfall())) == [(VEM, "open")]
    assert states(questions(K2, ASKED, utfall())) == [(VEM, "bifall")]


def test_an_outcome_in_an_answer_counts_with_that_answers_quarter_whatever_its_day() -> None:
    later = svar(kvartal=K2, **told(day=date(2022, 4, 12)))
    assert states(questions(K1, ASKED, later, per=date(2022, 12, 31))) == [(VEM, "open")]
    assert states(questions(K2, ASKED, later)) == [(VEM, "bifall")]


def test_a_correction_may_take_back_an_outcome() -> None:
    mended = svar(kvartal=K3, rattar={"kvartal": "2022-K2", "skal": "Det var en annan fråga."})
    assert states(questions(K2, ASKED, svar(kvartal=K2, **told()), mended)) == [(VEM, "bifall")]
    assert states(questions(K3, ASKED, svar(kvartal=K2, **told()), mended)) == [(VEM, "open")]


# --- asked again ---


def test_asked_again_while_it_waits_it_is_the_same_question_with_its_first_day_and_latest_words() -> None:
    again = svar(kvartal=K2, beslut_behovs={"fraga": "vem  tar över?", "senast": date(2022, 9, 1)})
    (found,) = questions(K2, ASKED, again)
    assert (found.stalld, found.stallda, found.fraga.senast) == (ASKED.lamnad, (K1, K2), date(2022, 9, 1))
    for kvartal in (K1, K2):
        assert states(questions(K2, ASKED, again, utfall(kvartal=kvartal, day=date(2022, 7, 12))))[0][1] == "bifall"


def test_a_question_was_first_put_on_the_first_of_its_days_also_when_the_earlier_quarters_answer_came_late() -> None:
    late = ASKED._replace(lamnad=date(2022, 8, 20))
    (found,) = questions(K2, late, svar(kvartal=K2, beslut_behovs={"fraga": VEM}))
    assert (found.stalld, found.forst) == (date(2022, 7, 10), K1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 7, 9), [(VEM, "bifall"), (VEM, "open")]),
        (date(2022, 7, 10), [(VEM, "bifall")]),
        (date(2022, 7, 11), [(VEM, "bifall")]),
    ],
)
def test_asked_again_after_the_day_it_was_settled_it_is_a_new_question(
    day: date, expected: list[tuple[str, str]]
) -> None:
    again = svar(kvartal=K2, beslut_behovs={"fraga": VEM}, lamnad=date(2022, 7, 10))
    found = questions(K2, ASKED, again, utfall(day=day))
    assert states(found) == expected
    if len(found) == 2:
        assert (found[1].stalld, found[1].forst) == (date(2022, 7, 10), K2)


def test_what_was_put_off_and_is_asked_again_is_the_same_question() -> None:
    again = svar(kvartal=K2, beslut_behovs={"fraga": VEM})
    (found,) = questions(K2, ASKED, again, utfall("bordlagt"))
    assert found.oppen
    assert found.stalld == ASKED.lamnad


def test_an_outcome_is_about_the_question_of_its_own_quarter_and_of_no_other() -> None:
    other = svar(kvartal=K2, beslut_behovs={"fraga": "Var?"})
    again = svar(kvartal=K3, beslut_behovs={"fraga": VEM})
    found = questions(K3, ASKED, other, again, utfall(kvartal=K2, day=date(2022, 8, 1)))
    assert states(found) == [(VEM, "open"), ("Var?", "bifall")]


def test_the_same_question_by_two_aktorer_is_settled_for_the_one_that_the_outcome_names() -> None:
    other = svar(aktor="polisen", beslut_behovs={"fraga": VEM})
    found = questions(K2, ASKED, other, utfall(aktor="polisen"))
    assert [(f.aktor, f.oppen) for f in found] == [("fritid", True), ("polisen", False)]


# --- corrections ---


def corrected(words: str | None, day: date) -> Svarspost:
    asked = {"beslut_behovs": {"fraga": words}} if words else {}
    return svar(kvartal=K2, rattar={"kvartal": "2022-K1", "skal": "Fel."}, lamnad=day, **asked)


def test_a_correction_in_other_words_keeps_the_age_of_a_question_that_waits() -> None:
    (found,) = questions(K2, ASKED, corrected("Vem tar över efter Fritid?", date(2022, 5, 20)))
    assert (found.fraga.fraga, found.stalld, found.forst) == ("Vem tar över efter Fritid?", ASKED.lamnad, K1)


def test_an_outcome_is_about_the_words_that_stood_on_its_day() -> None:
    reworded = corrected("Får vi dubbelt så mycket?", date(2022, 7, 1))
    assert states(questions(K2, ASKED, reworded, utfall())) == [(VEM, "bifall"), ("Får vi dubbelt så mycket?", "open")]
    both = questions(K2, ASKED, reworded, utfall(), utfall("avslag", date(2022, 8, 1)), per=date(2022, 8, 15))
    assert states(both) == [(VEM, "bifall"), ("Får vi dubbelt så mycket?", "avslag")]


def test_a_correction_that_copies_a_settled_question_does_not_ask_it_anew() -> None:
    assert states(questions(K2, ASKED, corrected(VEM, date(2022, 7, 1)), utfall())) == [(VEM, "bifall")]
    again = svar(kvartal=K2, beslut_behovs={"fraga": VEM})
    copy = svar(kvartal=K3, rattar={"kvartal": "2022-K2", "skal": "Fel."}, beslut_behovs={"fraga": VEM})
    assert states(questions(K3, ASKED, again, copy, utfall(day=date(2022, 7, 20)))) == [(VEM, "bifall")]


def test_a_question_is_withdrawn_by_a_correction_without_it_unless_it_was_settled() -> None:
    gone = corrected(None, date(2022, 7, 1))
    assert questions(K2, ASKED, gone) == ()
    assert questions(K2, ASKED, gone, utfall("bordlagt")) == ()
    assert states(questions(K2, ASKED, gone, utfall())) == [(VEM, "bifall")]
    assert states(questions(K1, ASKED, gone)) == [(VEM, "open")]


# --- put off, sent back, settled ---


def test_what_is_put_off_or_sent_back_waits_until_it_is_settled() -> None:
    steps = [
        utfall("bordlagt", date(2022, 5, 2)),
        utfall("aterremiss", date(2022, 5, 20)),
        utfall("bifall", date(2022, 6, 9)),
    ]
    seen = [states(questions(K1, ASKED, *steps, per=s.uppgifter.datum))[0][1] for s in steps]
    assert seen == ["open", "open", "bifall"]
    (found,) = questions(K2, ASKED, *steps)
    assert [u.beslut.utfall for u in found.utfall] == ["bordlagt", "aterremiss", "bifall"]


@pytest.mark.parametrize("kind", ["bifall", "avslag", "inte_aktuellt"])
def test_what_is_settled_stays_so_also_when_it_is_put_off_on_the_same_day_or_after(kind: str) -> None:
    for day in (date(2022, 6, 9), date(2022, 6, 30)):
        assert states(questions(K2, ASKED, utfall("bordlagt", day), utfall(kind))) == [(VEM, kind)]


@pytest.mark.parametrize(
    ("per", "days"),
    [
        (date(2022, 4, 9), 0),
        (date(2022, 4, 10), 0),
        (date(2022, 4, 11), 1),
        (date(2022, 6, 8), 59),
        (date(2022, 6, 9), 60),
        (date(2022, 12, 31), 60),
    ],
)
def test_the_age_counts_days_from_the_answer_until_the_outcome(per: date, days: int) -> None:
    assert questions(K1, ASKED, utfall(), per=per)[0].alder(per) == days


def test_a_question_put_off_past_its_last_day_is_overdue_and_a_settled_one_is_not() -> None:
    per = date(2022, 8, 15)
    assert questions(K1, ASKED, utfall("bordlagt"), per=per)[0].is_overdue(per)
    assert not questions(K1, ASKED, utfall(), per=per)[0].is_overdue(per)


# --- order ---

WORDS = ["Vem?", "Var?"]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Svarspost | Beslutsrad, ...]:
    """Answers for three quarters by two aktörer, corrections of them, and outcomes of any kind, sensible or not."""
    found: list[Svarspost | Beslutsrad] = []
    for kvartal in (K1, K2, K3):
        for aktor in ("fritid", "polisen"):
            if not draw(st.booleans()):
                continue
            asked = draw(st.sampled_from([None, *WORDS]))
            fields: dict[str, Any] = {"beslut_behovs": {"fraga": asked}} if asked else {}
            if kvartal > K1 and draw(st.booleans()):
                fields |= told(draw(st.sampled_from(["bifall", "bordlagt"])), kvartal.start, K1)
            found.append(svar("A-1", aktor, kvartal, fil=f"{kvartal}-{aktor}", **fields))
            if draw(st.booleans()):
                again = draw(st.sampled_from([None, *WORDS]))
                later = {"beslut_behovs": {"fraga": again}} if again else {}
                day = kvartal.slut + timedelta(days=draw(st.integers(11, 60)))
                mends = {"kvartal": str(kvartal), "skal": "Fel."}
                found.append(svar("A-1", aktor, kvartal, rattar=mends, lamnad=day, fil=f"{kvartal}-{aktor}-2", **later))
    for nr in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["bifall", "avslag", "annat_beslut", "aterremiss", "bordlagt", "inte_aktuellt"]))
        day = date(2022, 4, 1) + timedelta(days=draw(st.integers(0, 3)) * 60)
        of = draw(st.sampled_from([K1, K2, K3]))
        aktor = draw(st.sampled_from(["fritid", "polisen"]))
        found.append(utfall(kind, day, of, aktor=aktor, text=f"Beslut {nr}"))
    return tuple(found)


def without_places(fragor: tuple[Fraga, ...]) -> list[tuple[Any, ...]]:
    return [(f.aktor, f.fraga, f.stallda, f.stalld, [u.beslut for u in f.utfall]) for f in fragor]


@given(histories(), st.randoms(use_true_random=False), st.sampled_from([K1, K2, K3]))
def test_neither_the_order_of_the_posts_nor_their_places_make_a_difference(
    found: tuple[Svarspost | Beslutsrad, ...], random: Any, kvartal: Kvartal
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    places = random.sample(range(1, 1000), len(shuffled))
    moved = [
        post._replace(kalla=Plats("data/beslut.yaml", place, 5)) if isinstance(post, Beslutsrad) else post
        for post, place in zip(shuffled, places, strict=True)
    ]
    assert without_places(questions(kvartal, *moved)) == without_places(questions(kvartal, *found))


@given(histories(), st.integers(0, 400))
def test_a_later_day_never_opens_what_was_settled_nor_makes_what_waits_younger(
    found: tuple[Svarspost | Beslutsrad, ...], days: int
) -> None:
    early, late = date(2022, 4, 1) + timedelta(days=days), date(2022, 4, 1) + timedelta(days=days + 50)
    before, after = (questions(K3, *found, per=per) for per in (early, late))
    settled = {(f.aktor, f.fraga.fraga, f.forst) for f in before if not f.oppen}
    assert settled <= {(f.aktor, f.fraga.fraga, f.forst) for f in after if not f.oppen}
    for f in before:
        assert f.alder(early) <= f.alder(late)


# --- what changed ---


def kept(avtryck: Avtryck) -> Avtryck:
    """An imprint as it comes back from a closed quarter's file."""
    return read_avtryck(write_avtryck(Frystavtryck(avtryck)).encode("utf-8")).avtryck


def changes(first: tuple[Any, ...], later: tuple[Any, ...], per: date | None = None) -> list[tuple[str, str]]:
    """The decisions' rows between K1, closed with ``first``, and K2 with ``later`` known too: before and after."""
    old, new = made(*first), made(*first, *later)
    fran, till = kept(imprint(old, merge(old, K1))), imprint(new, merge(new, K2, per))
    groups = [g for g in find_changes(new, fran, till).vy.grupper if g.rubrik == "Besluten"]
    return [(plain_spaces(r.fran.ord), plain_spaces(r.till.ord)) for g in groups for r in g.rader]


WAITED = "Öppen, behövs senast 15 juni 2022"


def test_the_comparison_tells_a_new_question_an_overdue_and_a_settled_one() -> None:
    assert changes((svar(),), (svar(kvartal=K2, beslut_behovs={"fraga": VEM}),)) == [("–", "Öppen")]
    assert changes((ASKED,), (), date(2022, 6, 15)) == []
    assert changes((ASKED,), ()) == [(WAITED, "Öppen, behövdes senast 15 juni 2022")]
    assert changes((ASKED,), (utfall(),)) == [(WAITED, "Bifall 9 juni 2022: Svaret är bifall")]
    assert changes((ASKED,), (svar(kvartal=K2, **told("inte_aktuellt")),)) == [
        (WAITED, "Inte längre aktuellt 9 juni 2022: Svaret är inte_aktuellt")
    ]


def test_the_comparison_tells_that_a_question_was_put_off_and_put_off_once_more() -> None:
    off = utfall("bordlagt", date(2022, 4, 20))
    assert changes((ASKED,), (utfall("bordlagt"),), date(2022, 6, 15)) == [
        (WAITED, "Bordlagt 9 juni 2022: Svaret är bordlagt")
    ]
    assert changes((ASKED, off), (utfall("bordlagt"),), date(2022, 6, 15)) == [
        ("Bordlagt 20 april 2022: Svaret är bordlagt", "Bordlagt 9 juni 2022: Svaret är bordlagt")
    ]
    assert changes((ASKED, off), ()) == [
        (
            "Bordlagt 20 april 2022: Svaret är bordlagt",
            "Bordlagt 20 april 2022; sista dagen har passerat: Svaret är bordlagt",
        )
    ]


def test_the_comparison_tells_a_question_settled_and_asked_anew_as_two() -> None:
    again = svar(kvartal=K2, beslut_behovs={"fraga": VEM})
    assert changes((ASKED,), (utfall(), again)) == [(WAITED, "Bifall 9 juni 2022: Svaret är bifall"), ("–", "Öppen")]


def test_the_comparison_is_silent_of_a_question_that_waits_as_before() -> None:
    asked = svar(beslut_behovs={"fraga": VEM})
    assert changes((asked,), (svar(kvartal=K2, beslut_behovs={"fraga": VEM}),)) == []
    assert changes((asked, utfall(day=date(2022, 4, 20))), ()) == []


# --- the list ---


def listed(fran: Avtryck | None, kvartal: Kvartal, *found: Svarspost | Beslutsrad) -> Beslutslistavy:
    data = made(*found, rows=[insats(f"A-{n}", ansvariga=["fritid", "polisen"]) for n in range(1, 12)])
    lage = merge(data, kvartal)
    planer = judge_all(data, lage)
    return decision_list(data, lage, [Bedomd(i, planer[i.insats.id]) for i in lage.insatser], fran)


def report(kvartal: Kvartal, *found: Svarspost | Beslutsrad, per: date | None = None) -> Rapportvy:
    data = made(*found)
    return kvartal_view(data, merge(data, kvartal, per), None, (), ())


def empty(kvartal: Kvartal = K1) -> Avtryck:
    return Avtryck(kvartal, kvartal.slut, {})


def asks(nr: int, aktor: str = "fritid", senast: date | None = None, day: date | None = None) -> Svarspost:
    return svar(f"A-{nr}", aktor, beslut_behovs={"fraga": f"Fråga {nr}?", "senast": senast}, lamnad=day)


LATE = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("found", "lead"),
    [
        ((), "Ingen fråga väntar på beslut, och ingen har avgjorts sedan kvartal 1 2022."),
        ((asks(1),), "En fråga väntar på beslut. Ingen har avgjorts sedan kvartal 1 2022."),
        ((asks(1), asks(2)), "Två frågor väntar på beslut. Ingen har avgjorts sedan kvartal 1 2022."),
        (
            (asks(1, senast=LATE),),
            "En fråga väntar på beslut, och sista dagen har passerat. Ingen har avgjorts sedan kvartal 1 2022.",
        ),
        (
            (asks(1, senast=LATE), asks(2), utfall(insats="A-2")),
            "En fråga väntar på beslut, och sista dagen har passerat. En har avgjorts sedan kvartal 1 2022.",
        ),
        (
            (asks(1, senast=LATE), asks(2)),
            "Två frågor väntar på beslut, en av dem efter sista dagen. Ingen har avgjorts sedan kvartal 1 2022.",
        ),
        (
            (asks(1, senast=LATE), asks(2, senast=LATE)),
            "Två frågor väntar på beslut, och sista dagen har passerat för alla. Ingen har avgjorts sedan kvartal 1 "
            "2022.",
        ),
        ((asks(1), utfall()), "Ingen fråga väntar på beslut. En fråga har avgjorts sedan kvartal 1 2022."),
        (
            (asks(1), asks(2), utfall(), utfall(insats="A-2")),
            "Ingen fråga väntar på beslut. Två frågor har avgjorts sedan kvartal 1 2022.",
        ),
        (
            (asks(1), asks(2), asks(3), utfall(), utfall(insats="A-2")),
            "En fråga väntar på beslut. Två har avgjorts sedan kvartal 1 2022.",
        ),
    ],
)
def test_the_lead_says_how_many_wait_and_how_many_were_settled(found: tuple[Any, ...], lead: str) -> None:
    assert listed(empty(), K2, *found).ingress == lead


def test_without_an_earlier_report_the_lead_names_none() -> None:
    assert listed(None, K1).ingress == "Ingen fråga väntar på beslut, och ingen har avgjorts."
    assert listed(None, K1, ASKED).ingress == "En fråga väntar på beslut. Ingen har avgjorts."


def test_those_that_have_waited_longest_come_first_then_the_settled_latest_first_else_in_the_plans_order() -> None:
    found = listed(
        None,
        K2,
        *(asks(10, day=date(2022, 4, 20)), asks(2, day=date(2022, 4, 20)), asks(7, day=date(2022, 4, 3))),
        *(asks(n) for n in (4, 11, 3)),
        utfall(insats="A-4"),
        utfall(insats="A-11", day=date(2022, 7, 1)),
        utfall(insats="A-3"),
    )
    assert [r.insats for r in found.rader] == ["Å-7", "Å-2", "Å-10", "Å-11", "Å-3", "Å-4"]


def test_a_row_says_since_when_by_whom_until_when_and_what_came_of_it() -> None:
    asked = svar(beslut_behovs={"fraga": VEM, "av": "styrgrupp", "senast": date(2022, 6, 15)})
    off = utfall("bordlagt", av="styrgrupp", diarienummer="EXEMPEL 2022-003", text="Frågan tas upp igen.")
    (row,) = listed(None, K2, asked, off).rader
    assert (row.status.kod, row.status.ord) == ("forfallen", "Öppen, sista dagen har passerat")
    assert plain_spaces(row.utfall) == (
        "Ställd 10 april 2022, öppen i 111 dagar. Behövdes senast 15 juni 2022. Beslutas av Styrgruppen. "
        "Bordlagt 9 juni 2022, Styrgruppen: Frågan tas upp igen (EXEMPEL 2022-003)."
    )
    (row,) = listed(None, K2, asked, off, utfall(day=date(2022, 7, 1), text="Kommunen tar över", exempel=True)).rader
    assert (row.status.kod, row.status.ord) == ("avgjord", "Bifall")
    assert plain_spaces(row.utfall).endswith(
        "(Påhittat exempel) Bifall 1 juli 2022: Kommunen tar över. Ställd 10 april 2022, öppen i 82 dagar."
    )


def test_a_question_given_after_the_reference_date_has_its_day_and_no_age() -> None:
    late = svar(beslut_behovs={"fraga": VEM}, lamnad=date(2022, 9, 1))
    (row,) = listed(None, K2, late).rader
    assert plain_spaces(row.utfall) == "Ställd 1 september 2022."
    (view,) = report(K2, late).forsta_sidan.beslut
    assert plain_spaces(view.villkor) == "Ställd 1 september 2022."


def test_a_settled_question_is_listed_once_in_the_first_report_that_knows_of_it() -> None:
    """Also when its day lies before the report of the quarter before, which could not know of it."""
    later = svar(kvartal=K2, **told(day=date(2022, 4, 12)))
    ruled = {K1: "Öppen", K2: "Bifall", K3: None}
    for kvartal, state in ruled.items():
        rows = report(kvartal, ASKED, later).beslut.rader
        assert [r.status.ord for r in rows] == ([state] if state else [])
    assert report(K3, ASKED, later).huvudomraden[0].insatser[0].avgjort != ()


def test_page_one_says_that_a_question_was_put_off_and_how_old_it_is() -> None:
    (view,) = report(K2, ASKED, utfall("bordlagt")).forsta_sidan.beslut
    assert plain_spaces(view.villkor) == (
        "Behövdes senast 15 juni 2022, fortfarande öppen. Ställd 10 april 2022, öppen i 111 dagar. "
        "Bordlagt 9 juni 2022."
    )


def test_a_settled_question_is_asked_nowhere_in_the_report() -> None:
    vy = report(K2, ASKED, svar(kvartal=K2), utfall())
    assert vy.forsta_sidan.beslut == ()
    assert not any("beslut" in m for m in vy.forsta_sidan.meningar)
    (shown,) = vy.huvudomraden[0].insatser
    assert shown.beslut == ()
    assert [plain_spaces(t) for t in shown.avgjort] == [
        f"{VEM} (Fritid, kvartal 1 2022) Bifall 9 juni 2022: Svaret är bifall."
    ]


def test_a_question_about_an_insats_that_has_ended_waits_until_it_is_said_to_be_of_no_interest() -> None:
    ended = insats(historik=[{"handelse": "avslutad", "datum": date(2022, 4, 30), "skal": "Klar."}])

    def rows(*found: Svarspost | Beslutsrad) -> list[tuple[str, str]]:
        data = made(*found, rows=[ended, insats("A-2")])
        return [(r.insats, r.status.ord) for r in kvartal_view(data, merge(data, K3), None, (), ()).beslut.rader]

    assert rows(ASKED) == [("Å-1", "Öppen, sista dagen har passerat")]
    assert rows(ASKED, utfall("inte_aktuellt", date(2022, 10, 1))) == [("Å-1", "Inte längre aktuellt")]


def test_another_decision_than_the_one_asked_for_settles_the_question() -> None:
    other = utfall("annat_beslut", text="Frågan prövas i budgeten", paragraf="14")
    assert states(questions(K2, ASKED, other)) == [(VEM, "annat_beslut")]
    (row,) = listed(None, K2, ASKED, other).rader
    assert (row.status.kod, row.status.ord) == ("avgjord", "Annat beslut")
    assert plain_spaces(row.utfall).startswith("Annat beslut 9 juni 2022: Frågan prövas i budgeten (§ 14).")


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ({"diarienummer": "KS 2022/1", "paragraf": "§ 14"}, "(KS 2022/1, § 14)."),
        ({"diarienummer": "KS 2022/1"}, "(KS 2022/1)."),
        ({"paragraf": "14"}, "(§ 14)."),
        ({}, "Svaret är bifall."),
    ],
)
def test_the_paragraph_stands_with_the_diarienummer(papers: dict[str, str], told: str) -> None:
    (row,) = listed(None, K2, ASKED, utfall(**papers)).rader
    assert plain_spaces(row.utfall).removesuffix(" Ställd 10 april 2022, öppen i 60 dagar.").endswith(told)


# --- several insatser, or none ---


def test_one_entry_about_several_insatser_settles_the_question_about_each() -> None:
    together = utfall(insats=None, insatser=["A-2", "A-1"])
    rows = listed(None, K2, asks(1), asks(2), asks(3), together).rader
    assert [(r.insats, r.status.ord) for r in rows] == [("Å-3", "Öppen"), ("Å-1", "Bifall"), ("Å-2", "Bifall")]
    assert faults(asks(1), asks(2), together, rows=3) == []


FRITT = {"insats": None, "aktor": None}
NYTT_AVTAL = "Ska överenskommelsen förlängas?"


def fritt(kind: str = "bifall", day: date = date(2022, 6, 9), **fields: Any) -> Beslutsrad:
    """A decision about no insats."""
    return utfall(kind, day, **{**FRITT, "fraga": NYTT_AVTAL, **fields})


def test_a_decision_about_no_insats_is_listed_once_in_the_first_report_that_knows_of_it() -> None:
    listed_in = {K1: [], K2: [(NYTT_AVTAL, "Bifall")], K3: []}
    for kvartal, rows in listed_in.items():
        vy = report(kvartal, ASKED, fritt())
        assert [(r.fraga, r.status.ord) for r in vy.beslut.rader if not r.insats] == rows
    row = report(K2, fritt(exempel=True, av="styrgrupp")).beslut.rader[0]
    assert (row.insats, row.ankare, row.aktor, row.rubrik) == ("", "", "", "Beslut som inte gäller någon insats")
    assert plain_spaces(row.utfall) == "(Påhittat exempel) Bifall 9 juni 2022, Styrgruppen: Svaret är bifall."


def test_a_decision_about_no_insats_is_counted_and_stands_among_the_others_by_its_day() -> None:
    found = listed(None, K2, asks(1), asks(2), utfall(day=date(2022, 6, 1)), fritt(), utfall(insats="A-2", day=LATE))
    assert found.ingress == "Ingen fråga väntar på beslut. Tre frågor har avgjorts."
    assert [r.insats for r in found.rader] == ["", "Å-1", "Å-2"]


def test_a_matter_that_is_put_off_waits_in_every_report_until_it_is_settled() -> None:
    off, settled = fritt("bordlagt"), fritt("annat_beslut", date(2022, 9, 14))
    for kvartal, rows in {K1: [], K2: ["Öppen"], K3: ["Annat beslut"], K4: []}.items():
        assert [r.status.ord for r in report(kvartal, off, settled).beslut.rader] == rows
    assert [r.status.ord for r in report(K3, off).beslut.rader] == ["Öppen"]
    assert report(K3, off).beslut.ingress == "En fråga väntar på beslut. Ingen har avgjorts sedan kvartal 2 2022."


def test_the_comparison_tells_of_a_decision_about_no_insats() -> None:
    told = changes((), (fritt("bordlagt"), fritt(day=date(2022, 7, 1))))
    assert told == [("–", "Bifall 1 juli 2022: Svaret är bifall")]
    assert changes((fritt("bordlagt", date(2022, 4, 12)),), (fritt(),)) == [
        ("Bordlagt 12 april 2022: Svaret är bordlagt", "Bifall 9 juni 2022: Svaret är bifall")
    ]


def test_a_matter_is_settled_once_each_time_it_is_raised() -> None:
    assert faults(fritt("bordlagt"), fritt(day=date(2022, 7, 1))) == []
    assert faults(fritt(), fritt("avslag", date(2022, 7, 1))) == ["dubblett"]
    assert faults(fritt(), fritt("avslag", date(2022, 7, 1), kvartal=K2)) == []


# --- rules and the whole tool ---


def faults(*found: Svarspost | Beslutsrad, rows: int = 1) -> list[str]:
    plan = [insats(f"A-{n + 1}", ansvariga=["fritid", "polisen"]) for n in range(rows)]
    return [p.kod for p in check(made(*found, rows=plan)) if "beslut" in p.kod or p.kod == "dubblett"]


def test_one_question_asked_in_two_quarters_and_settled_for_both_is_settled_twice() -> None:
    again = svar(kvartal=K2, beslut_behovs={"fraga": VEM})
    both = utfall(day=date(2022, 7, 12)), utfall("avslag", date(2022, 8, 1), K2)
    assert faults(ASKED, again, *both) == ["dubblett"]
    assert faults(ASKED, again, utfall(), utfall("avslag", date(2022, 8, 1), K2)) == [], "asked anew in between"


def test_an_outcome_told_again_in_a_correction_of_the_answer_is_told_once() -> None:
    first = svar(kvartal=K2, **told())
    mended = svar(kvartal=K3, rattar={"kvartal": "2022-K2", "skal": "En kommentar saknades."}, **told())
    assert faults(ASKED, first, mended) == []
    assert faults(ASKED, first, mended, utfall(day=date(2022, 6, 20))) == ["dubblett"]


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls: its cost without a clock."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def many(number: int, *, right: bool) -> Underlag:
    """A question each about some insatser, each settled; or else named for a quarter without one."""
    rows = [insats(f"A-{n}") for n in range(number)]
    asked = [svar(f"A-{n}", beslut_behovs={"fraga": VEM}) for n in range(number)]
    of = K1 if right else K2
    return made(*asked, *(utfall(kvartal=of, insats=f"A-{n}") for n in range(number)), rows=rows)


@pytest.mark.parametrize("right", [True, False])
def test_checking_and_merging_many_decisions_costs_in_step_with_their_number(right: bool) -> None:
    small, large = many(100, right=right), many(400, right=right)
    assert (len(check(small)), len(check(large))) == ((0, 0) if right else (100, 400))
    assert calls(lambda: check(large)) < 4.4 * calls(lambda: check(small))
    assert calls(lambda: merge(large, K2)) < 4.4 * calls(lambda: merge(small, K2))


def test_the_projects_own_question_waits_in_its_first_report_and_is_settled_in_the_next(run: Run) -> None:
    seen = {}
    for quarter in ("2022-K1", "2022-K2"):
        done = run("status", quarter, "--format", "json")
        assert done.returncode == 0
        rows = json.loads(done.stdout)["beslut"]["rader"]
        seen[quarter] = [(r["insats"], r["status"]["ord"]) for r in rows]
    assert seen == {
        "2022-K1": [("VÅL-2", "Öppen")],
        "2022-K2": [("UNG-2", "Öppen"), ("VÅL-3", "Öppen"), ("VÅL-2", "Bifall")],
    }


def test_the_terminal_tells_what_was_settled(run: Run) -> None:
    text = " ".join(run("status", "2022-K2").stdout.split())
    assert "Avgjorda frågor - VÅL-2 Vem ska äga Huskurage" in text
    assert "Bifall 9 juni 2022, EST styrgrupp: Upplands-Brohus äger" in text
    assert "Avgjorda frågor" not in run("status", "2022-K1").stdout


def test_an_outcome_added_afterwards_changes_no_report_from_before_its_day(project: Path, run: Run) -> None:
    before = run("status", "2022-K1", "--format", "json", cwd=project).stdout
    kept_file = project / "data" / "beslut.yaml"
    shutil.copy(kept_file, project / "beslut.yaml")
    kept_file.unlink()
    assert run("status", "2022-K1", "--format", "json", cwd=project).stdout == before
    rows = json.loads(run("status", "2022-K2", "--format", "json", cwd=project).stdout)["beslut"]["rader"]
    assert ("VÅL-2", "Öppen, sista dagen har passerat") in [(r["insats"], r["status"]["ord"]) for r in rows]


def test_an_invented_decision_about_no_insats_marks_the_report_and_its_change_leads_to_the_list() -> None:
    vy = report(K2, svar(), fritt(exempel=True))
    assert vy.exempel == "Exempelsvar – inte verkliga uppgifter"
    assert [r.ankare for g in vy.andrat.grupper if g.rubrik == "Besluten" for r in g.rader] == ["beslut"]


def test_the_place_of_work_with_individuals_is_a_fault() -> None:
    found = underlag([insats("A-1", individinsats=True)], (svar("A-1", plats="Finnsta"),))
    assert [p.kod for p in check(found)] == ["individuppgifter"]
