"""A reader who works on all that is published can't find out a small count about individuals.

The attacker here knows how the tables are made: which rows are sums of which, that '<5' is none to four, and that a
figure taken out of a row whose small counts would be marked is five or more. Every figure is invented.
"""

from __future__ import annotations

import io
import json
import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from bygge import K1, K2, K3, insats, svar, underlag
from conftest import ROOT, run_tool
from data_pdf.pdfreader import page_pieces, structure
from sifferbygge import Rad, data, enkat, indikator, rad, rapport, tabell
from test_redact_siffror import without_compstat
from uppfoljning.check.small_numbers import find_small
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.facts.lage import merge
from uppfoljning.facts.redact.redact import hide_small, redact, safe_warnings
from uppfoljning.facts.redact.small_counts import Sambandssok
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.model.tabell import Tabell
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.output.json import as_json
from uppfoljning.report.kvartal.report import kvartal_view
from uppfoljning.text.problem import Plats, Problem

SIG = indikator("SIG", skydda_sma_tal=True)
TALKS = insats(individinsats=True, redovisa_antal=True, ansvariga=["fritid", "polisen"])


# --- counts in answers ---


def told(*counts: tuple[str, int], aktor: str = "fritid", kvartal: Any = K1, **fields: Any) -> Svarspost:
    """An answer with counts, an event each, on the first days of its quarter."""
    events = [
        {"datum": kvartal.start.replace(day=day), "antal": number, "vad": vad}
        for day, (vad, number) in enumerate(counts, 1)
    ]
    return svar("A-1", aktor, kvartal, utfall={"handelser": events}, kommentar="Arbetet går som det ska.", **fields)


def view_of(*posts: Svarspost, kvartal: Any = K1, forum: str | None = None, **fields: Any) -> tuple[Underlag, Any]:
    project = underlag([{**TALKS, **fields}], posts)
    mottagare = next((f for f in project.overenskommelse.forum if f.id == forum), None)
    safe = redact(project, mottagare)
    return safe, kvartal_view(safe, merge(safe, kvartal), mottagare, (), ())


def outcome(*posts: Svarspost, **more: Any) -> list[str]:
    """What the answers of the insats say under 'Utfall'."""
    _, view = view_of(*posts, **more)
    (shown,) = view.huvudomraden[0].insatser
    return [fact.text for answer in shown.svar for fact in answer.stycken if fact.etikett == "Utfall"]


def test_a_quarters_count_is_told_and_below_five_only_that_it_is() -> None:
    assert outcome(told(("samtal", 12))) == ["Samtal: 12."]
    assert {tuple(outcome(told(("samtal", n)))) for n in range(5)} == {("Samtal: <5 (färre än fem).",)}
    assert outcome(told(("samtal", 5))) == ["Samtal: 5."]


def test_events_of_the_same_kind_are_one_sum_however_they_are_written_and_days_are_not_told() -> None:
    posts = told(("Samtal", 2), ("samtal", 2), ("SAMTAL", 3), ("familjer", 1), ("familjer", 1))
    assert outcome(posts) == ["Samtal: 7; familjer: <5 (färre än fem)."]
    assert outcome(told(("samtal", 2), ("samtal", 2))) == ["Samtal: <5 (färre än fem)."]


def test_of_three_kinds_one_could_be_the_others_together_so_none_is_told_beside_a_small_one() -> None:
    assert outcome(told(("samtal", 9), ("med polis", 6), ("utan polis", 3))) == [
        "Samtal: minst 5; med polis: minst 5; utan polis: <5 (färre än fem)."
    ]
    assert outcome(told(("samtal", 19), ("med polis", 12), ("utan polis", 7))) == [
        "Samtal: 19; med polis: 12; utan polis: 7."
    ]


def test_without_leave_to_tell_counts_none_is_told_even_where_one_stands() -> None:
    assert outcome(told(("samtal", 12)), redovisa_antal=False) == []


def quarters(first: int, second: int, third: int, other: int) -> list[Svarspost]:
    """Three quarters, the first corrected, and another aktör who counts the same."""
    return [
        told(("samtal", first)),
        told(("samtal", second), kvartal=K2),
        told(("samtal", third), kvartal=K2, rattar={"kvartal": K1, "skal": "Fel antal."}),
        told(("samtal", third), kvartal=K3),
        told(("samtal", other), aktor="polisen"),
        told(("samtal", other), aktor="polisen", kvartal=K2),
    ]


small = st.integers(0, 4)


@settings(max_examples=20, deadline=None)
@given(st.tuples(small, small, small, small), st.tuples(small, small, small, small))
def test_whatever_the_small_counts_are_every_report_is_the_same(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    for forum in ("styrgrupp", "utskott", None):
        for kvartal in (K1, K2, K3):
            reports = []
            for numbers in (one, other):
                safe, view = view_of(*quarters(*numbers), kvartal=kvartal, forum=forum)
                reports.append((as_json(view), fingerprint(safe, merge(safe, kvartal))))
            assert reports[0] == reports[1]


def test_a_count_stands_with_its_own_answer_and_nowhere_else_and_is_never_added_up_or_compared() -> None:
    _, view = view_of(*quarters(7771, 7772, 7773, 7774), kvartal=K2)
    text = as_json(view).replace("\u2009", "")
    assert sorted(re.findall(r"\b(?:777\d|15\d{3}|23\d{3}|31\d{3})\b", text)) == ["7772", "7774"]
    _, later = view_of(*quarters(7771, 7772, 7773, 7774), kvartal=K3)
    assert sorted(re.findall(r"777\d", as_json(later).replace("\u2009", ""))) == ["7773", "7774"]


def test_a_corrected_count_does_not_stand_beside_the_old_one() -> None:
    posts = (told(("samtal", 7771)), told(("samtal", 3), rattar={"kvartal": K1, "skal": "Fel antal."}))
    _, view = view_of(*posts)
    assert "7771" not in as_json(view).replace("\u2009", "")
    assert outcome(*posts) == ["Samtal: <5 (färre än fem)."]


def test_the_checksum_follows_what_is_told() -> None:
    sums = []
    for number in (0, 4, 12, 13):
        safe, _ = view_of(told(("samtal", number)))
        sums.append(fingerprint(safe, merge(safe, K1)))
    assert sums[0] == sums[1]
    assert len(set(sums)) == 3


def test_an_answer_with_a_count_is_not_taken_for_one_that_stands_still() -> None:
    posts = (told(("samtal", 9)), told(("samtal", 12), kvartal=K2))
    safe, _ = view_of(*posts, ansvariga=["fritid"])
    assert find_stillestand(merge(safe, K2), merge(safe, K1)) == {}
    without, _ = view_of(*(p._replace(svar=p.svar.model_copy(update={"utfall": type(p.svar.utfall)()})) for p in posts))
    assert find_stillestand(merge(without, K2), merge(without, K1)) != {}


@pytest.mark.parametrize(
    "text",
    ["tre ungdomar", "Två av de unga männen", "2 samtal", "en person", "1–2 familjer", "3 st ungdomar",
     "fyra nya ärenden", "ett barn", "noll samtal", "Inga orossamtal", "bara två ungdomar"],
)  # fmt: skip
def test_a_text_that_states_a_small_number_of_people_is_found(text: str) -> None:
    assert find_small(f"Under våren: {text} i Bro.")


@pytest.mark.parametrize(
    "text",
    ["en gång", "ett möte", "två möten", "den 2 mars", "2022-03-01 samtal", "UNG-2 ungdomar", "12 ungdomar",
     "14 samtal",
     "ett samtal", "färre än 5 samtal", "kl. 14.02 samtal", "3 % av ungdomarna", "en kontakt med familjer",
     "över 18 år",
     "1\u00a0000 ungdomar", "tredje ungdomsmötet", "två skolor", "en ny lokal", "10–14 ungdomar", "några ungdomar"],
)  # fmt: skip
def test_days_ids_larger_numbers_and_ordinary_phrases_state_nobody(text: str) -> None:
    assert find_small(f"Under våren: {text} i Bro.") == ""


def test_the_repositorys_own_answers_get_no_such_warning() -> None:
    done = run_tool("validera", "--format", "json")
    assert [p for p in json.loads(done.stdout) if p["kod"] == "litet-tal-i-text"] == []


# --- figures: relations between rows ---

Tal = dict[str, tuple[float | None, ...]]


def shown(*rader: Rad, **falt: Any) -> Tal:
    """The rows of a table as published, where SIG is protected."""
    (found,) = hide_small(data([tabell(*rader, **falt)], [SIG]))
    return {s.nyckel.namn: tuple(s.varden.values()) for s in found.serier}


def total(*rader: Sequence[float]) -> tuple[int, ...]:
    return tuple(int(sum(column)) for column in zip(*rader, strict=True))


A, B, C, D, E = (41, 52, 37, 64), (12, 19, 23, 11), (88, 71, 93, 79), (31, 36, 25, 47), (66, 58, 49, 71)
SECRET = (9, 8, 7, 3)


@pytest.mark.parametrize("parts", [2, 3, 4, 5])
@pytest.mark.parametrize("scattered", [False, True])
def test_the_whole_that_a_small_count_is_part_of_is_taken_out_however_many_parts_it_has(
    parts: int, scattered: bool
) -> None:
    values = [SECRET, A, B, C, D][:parts]
    rows = [rad("SIG", *SECRET), *(rad(f"Rad {n}", *v) for n, v in enumerate(values[1:]))]
    rows.append(rad("Ärenden", *total(*values)))
    if scattered:
        rows = [rows[-1], rad("Annat", *E), *rows[:-1]]
    found = shown(*rows)
    assert found["Ärenden"] == (*total(*values)[:3], None)
    assert [name for name, row in found.items() if row[3] is None] == sorted(("SIG", "Ärenden"), key=list(found).index)


def test_a_whole_of_any_number_of_parts_is_found_where_they_stand_together() -> None:
    rnd = random.Random(7)  # noqa: S311  (figures to test with, not secrets)
    values = [SECRET, *(tuple(rnd.randint(0, 60) for _ in SECRET) for _ in range(11))]
    rows = [rad("SIG" if n == 0 else f"Rad {n}", *v) for n, v in enumerate(values)]
    found = shown(*rows, rad("Ärenden", *total(*values)), rad("Annat", *E))
    assert found["Ärenden"][3] is None


def test_the_whole_of_a_whole_goes_too() -> None:
    inner = total(SECRET, A)
    rows = [rad("SIG", *SECRET), rad("A", *A), rad("Inre", *inner), rad("B", *B), rad("Yttre", *total(inner, B))]
    assert [name for name, row in shown(*rows).items() if row[3] is None] == ["SIG", "Inre", "Yttre"]


def test_a_sum_in_a_part_of_the_municipality_is_not_what_the_sums_of_the_others_leave() -> None:
    north, south = total(SECRET, A), total(C, B)
    rows = [
        rad("SIG", *SECRET, omrade="Norra byn"), rad("Hot", *A, omrade="Norra byn"),
        rad("Summa", *north, omrade="Norra byn"),
        rad("SIG", *C, omrade="Södra byn"), rad("Hot", *B, omrade="Södra byn"),
        rad("Summa", *south, omrade="Södra byn"),
        rad("Summa", *total(north, south)),
    ]  # fmt: skip
    (found,) = hide_small(data([tabell(*rows)], [SIG]))
    hidden = {(s.nyckel.omrade, s.nyckel.namn) for s in found.serier if s.dolda}
    assert {("Norra byn", "SIG"), ("Norra byn", "Summa"), ("", "Summa")} <= hidden


def test_the_parts_of_a_small_count_are_small_too_however_many_they_are() -> None:
    parts = [(4, 3, 2, 1), (3, 3, 3, 1), (2, 2, 2, 1)]
    rows = [rad("SIG", *total(*parts)), *(rad(f"SIG del {n}", *v) for n, v in enumerate(parts)), rad("Hot", *A)]
    assert [name for name, row in shown(*rows).items() if row[3] is None] == [
        "SIG",
        "SIG del 0",
        "SIG del 1",
        "SIG del 2",
    ]


def test_two_alternatives_that_make_a_hundred_per_cent_are_hidden_together() -> None:
    rows = [rad("Ja", 12, 3), rad("Nej", 88, 97), rad("Antal svarande", 100, 100)]
    (found,) = hide_small(data([enkat(*rows)], [indikator("Ja", "enkat", skydda_sma_tal=True)]))
    assert {s.nyckel.namn: s.dolda for s in found.serier} == {
        "Ja": {2022}, "Nej": {2022}, "Antal svarande": frozenset()
    }  # fmt: skip


def test_three_rounded_alternatives_too() -> None:
    rows = [rad("Ofta", 12, 3), rad("Ibland", 33, 41), rad("Aldrig", 56, 57), rad("Antal svarande", 100, 100)]
    (found,) = hide_small(data([enkat(*rows)], [indikator("Ofta", "enkat", skydda_sma_tal=True)]))
    assert [s.nyckel.namn for s in found.serier if s.dolda] == ["Ofta", "Ibland"]


def test_a_share_of_none_is_hidden_and_one_of_the_whole_survey_when_its_own_number_is_not_known() -> None:
    chosen = [indikator("Hot", "enkat", skydda_sma_tal=True)]
    assert [s.dolda for s in hide_small(data([enkat(rad("Hot", 12, 0))], chosen))[0].serier] == [{2022}]
    rows = [rad("Hot", 12, 3, kon="pojkar"), rad("Antal svarande", 100, 100)]
    assert hide_small(data([enkat(*rows)], chosen))[0].serier[0].dolda == {2022}


def test_a_row_that_always_is_at_least_as_large_and_now_is_none_says_that_so_is_the_small_one() -> None:
    rows = [rad("SIG", 9, 8, 7, 0), rad("Inskrivna", 14, 9, 20, 0), rad("Hot", *A)]
    assert [name for name, row in shown(*rows).items() if row[3] is None] == ["SIG", "Inskrivna"]


def test_a_row_that_always_is_at_most_as_large_and_now_is_four_says_that_so_is_the_small_one() -> None:
    rows = [rad("SIG", 9, 8, 7, 4), rad("varav nya", 4, 2, 6, 4), rad("Hot", *A)]
    assert [name for name, row in shown(*rows).items() if row[3] is None] == ["SIG", "varav nya"]


def test_an_extract_that_lacks_the_row_does_not_show_the_sum_that_another_hides() -> None:
    first = tabell(rad("SIG", *SECRET), rad("A", *A), rad("Ärenden", *total(SECRET, A)), uttag="2022-10-01")
    later = tabell(rad("A", *A), rad("Ärenden", *total(SECRET, A)), uttag="2022-11-01", fil="b.csv")
    next_year = tabell(
        rad("A", *A, 50), rad("Ärenden", *total(SECRET, A), 61), till=2023, uttag="2023-10-01", fil="c.csv"
    )
    for found in hide_small(data([first, later, next_year], [SIG])):
        row = next(s for s in found.serier if s.nyckel.namn == "Ärenden")
        assert row.varden[2022] is None
        assert row.varden[2021] == 44


def test_a_figure_that_an_earlier_extract_hid_is_hidden_still_and_not_called_below_five() -> None:
    first = tabell(rad("SIG", *SECRET), uttag="2022-10-01")
    later = tabell(rad("SIG", 9, 8, 7, 6), uttag="2022-11-01", fil="b.csv")
    one, two = (found.serier[0] for found in hide_small(data([first, later], [SIG])))
    assert (one.dolda, one.sma, two.dolda, two.sma) == ({2022}, {2022}, {2022}, frozenset())


def test_a_figure_that_is_missing_is_not_what_a_whole_and_the_other_parts_leave() -> None:
    rows = [rad("SIG", 9, 8, 7, 6, None), rad("A", *A, 50), rad("Ärenden", *total((9, 8, 7, 6), A), 52)]
    assert shown(*rows)["Ärenden"][4] is None
    rows[2] = rad("Ärenden", *total((9, 8, 7, 6), A), 59)
    assert shown(*rows)["Ärenden"][4] == 59


def test_among_sixty_rows_nothing_is_taken_out_by_coincidence() -> None:
    rnd = random.Random(3)  # noqa: S311  (figures to test with, not secrets)
    for _ in range(5):
        rows = [rad("SIG", 9, 12, 7, 8, 3)]
        rows += [rad(f"Rad {n}", *(rnd.randint(0, 20 + 5 * n) for _ in range(5))) for n in range(60)]
        assert [name for name, row in shown(*rows).items() if None in row] == ["SIG"]


def test_a_relation_of_four_parts_among_sixty_rows_is_found() -> None:
    rnd = random.Random(5)  # noqa: S311  (figures to test with, not secrets)
    rows = {("", "", f"Rad {n}"): {ar: rnd.randint(20, 400) for ar in range(2018, 2023)} for n in range(60)}
    parts = [("", "", f"Rad {n}") for n in (3, 17, 41, 59)]
    rows["", "", "Hel"] = {ar: sum(rows[part][ar] for part in parts) for ar in range(2018, 2023)}
    (found,) = Sambandssok(rows).with_row(parts[2])
    assert (found.hel, set(found.delar)) == (("", "", "Hel"), set(parts))


def test_a_warning_that_repeats_a_figure_of_a_table_with_hidden_ones_is_not_printed() -> None:
    made = data([tabell(rad("SIG", *SECRET), fil="data/compstat/x.csv")], [SIG])
    warnings = [
        Problem(Plats("data/compstat/x.csv", 9, 1), "kod", "0,03 blir 0,03 procent.", niva="varning"),
        Problem(Plats("data/compstat/x.csv", 9, 1), "kod", "Cellen för 2022 är tom.", niva="varning"),
        Problem(Plats("data/insatser.yaml", 9, 1), "kod", "Det blir 3.", niva="varning"),
    ]
    found = [p.meddelande for p in safe_warnings(redact(made, None), warnings)]
    assert found[1:] == ["Cellen för 2022 är tom.", "Det blir 3."]
    assert not re.search(r"\d", found[0])


# --- the attacker ---

Cell = tuple[str, int]
Helhet = tuple[str, tuple[str, ...]]
"""What the attacker knows to belong together: a whole's name and its parts'."""


def possible(published: Mapping[str, str], wholes: Sequence[Helhet], protected: str) -> dict[str, tuple[float, float]]:
    """The least and the most that each hidden figure of one year can be, by integer programming over all that is known.

    ``published`` maps a row to its figure as printed: a number, '<5' or '..'.
    """
    names = list(published)
    low = np.zeros(len(names))
    high = np.full(len(names), 10_000.0)
    for i, name in enumerate(names):
        text = published[name].replace("\u2009", "")
        if text == "<5":
            high[i] = 4
        elif text == "..":
            low[i] = 5 if name == protected else 0
        else:
            low[i] = high[i] = int(text)
    rows = np.array([[(n == whole) - (n in parts) * 1.0 for n in names] for whole, parts in wholes]).reshape(
        -1, len(names)
    )
    known = LinearConstraint(rows, 0, 0)
    found = {}
    for i, name in enumerate(names):
        if published[name] in {"<5", ".."}:
            ends = []
            for sign in (1, -1):
                goal = np.zeros(len(names))
                goal[i] = sign
                done = milp(goal, constraints=known, bounds=Bounds(low, high), integrality=np.ones(len(names)))
                assert done.success, (published, wholes)
                ends.append(round(sign * done.fun))
            found[name] = (ends[0], ends[1])
    return found


def as_printed(tabeller: Sequence[Tabell]) -> Iterator[dict[str, str]]:
    """The figures of each year of each table as printed: the whole redacted table, more than any report shows."""
    for found in tabeller:
        for ar in found.ar:
            yield {
                s.nyckel.namn: ("<5" if ar in s.sma else "..") if ar in s.dolda else f"{s.varden[ar]:.0f}"
                for s in found.serier
            }


row_of_values = st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Rad], list[Helhet]]:
    """A small table in which some rows are others together, wholes of wholes too, in any order."""
    secret = draw(st.lists(st.integers(0, 4) | st.integers(5, 30), min_size=4, max_size=4))
    rows: dict[str, tuple[int, ...]] = {"SIG": tuple(secret)}
    for n in range(draw(st.integers(1, 5))):
        rows[f"Rad {n}"] = tuple(draw(row_of_values))
    wholes: list[Helhet] = []
    for n in range(draw(st.integers(1, 3))):
        most = min(5, len(rows))
        parts = draw(st.lists(st.sampled_from(list(rows)), min_size=2, max_size=most, unique=True)) if most > 1 else []
        name = f"Hel {n}"
        if any(total(*(rows[p] for p in parts))):
            wholes.append((name, tuple(parts)))
            rows[name] = total(*(rows[p] for p in parts))
    order = draw(st.permutations(list(rows)))
    return [rad(name, *rows[name]) for name in order], wholes


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_no_hidden_figure_of_a_small_table_has_only_one_possible_value(world: tuple[list[Rad], list[Helhet]]) -> None:
    rows, wholes = world
    for printed in as_printed(hide_small(data([tabell(*rows)], [SIG]))):
        for name, (least, most) in possible(printed, wholes, "SIG").items():
            assert least < most, (name, printed, wholes)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_nor_with_two_extracts_of_which_one_leaves_the_row_out(
    world: tuple[list[Rad], list[Helhet]], later: list[int]
) -> None:
    rows, wholes = world
    left_out = tabell(*(r for r in rows if r[0].namn != "SIG"), fil="b.csv", uttag="2022-11-01")
    first, second = as_published(hide_small(data([tabell(*rows, uttag="2022-10-01"), left_out], [SIG])))
    for one, other in zip(first, second, strict=True):
        # What either shows is known of both.
        joined = {name: other.get(name, text) if text == ".." else text for name, text in one.items()}
        for least, most in possible(joined, wholes, "SIG").values():
            assert least < most, (joined, wholes)


def as_published(tabeller: Sequence[Tabell]) -> tuple[list[dict[str, str]], ...]:
    return tuple(list(as_printed([t])) for t in tabeller)


def test_the_attacker_does_find_what_is_not_protected_well_enough() -> None:
    """Were only the count itself hidden, or the whole alone of two with the same parts, it would be found."""
    assert possible({"SIG": "<5", "A": "41", "Hel": "44"}, [("Hel", ("SIG", "A"))], "SIG") == {"SIG": (3, 3)}
    chain = [("Inre", ("SIG", "A")), ("Yttre", ("Inre", "B"))]
    printed = {"SIG": "<5", "A": "41", "Inre": "..", "B": "10", "Yttre": "54"}
    assert possible(printed, chain, "SIG")["SIG"] == (3, 3)
    assert possible({"SIG": "<5", "Två": "<5", "Hel": "8"}, [("Hel", ("SIG", "Två"))], "SIG")["SIG"] == (4, 4)


# --- all that leaves a project ---

FORUM = ("est-styrgrupp", "trygghetsutskottet")
PARTS = ("Sociala insatsgrupper", "Ofredande", "Olovlig förföljelse", "Olaga hot", "Hot på nätet")
WHOLE = "Ärenden om enskilda"
TABLE = """kalla;compstat
omrade;Upplands-Bro
period;{period}
uttag;{uttag}
preliminar;ja
exempel;ja

grupp;brott;2018;2019;2020;2021;2022
Person;Sociala insatsgrupper;9;7;8;7;{secret}
Person;Ofredande;31;42;37;40;36
Person;Olovlig förföljelse;12;18;11;15;17
Person;Olaga hot;25;21;29;24;22
Person;Hot på nätet;50;51;52;53;7103
Ärenden;Ärenden om enskilda;127;139;137;139;{whole}
Hushåll;Klotter;20;21;22;23;24
"""
PROTECTED = """
  - id: sig
    namn: Sociala insatsgrupper
    huvudomrade: UNG
    kalla: compstat
    serie: Sociala insatsgrupper
    skydda_sma_tal: true
"""
SHOWN_COUNT = 7217


def build(folder: Path, secret: int, talks: int) -> Path:
    """The repository's own project with a small count in a table and others in answers, one of them corrected."""
    project = folder / "projekt"
    shutil.copytree(ROOT / "data", project / "data")
    for file in (project / "data/compstat").iterdir():
        file.unlink()
    for name, period, uttag in (
        ("2022-03.csv", "jan–mar", "2022-04-05"),
        ("2022-06-uttag-2022-07-05.csv", "jan–jun", "2022-07-05"),
        ("2022-06.csv", "jan–jun", "2022-08-01"),
    ):
        text = TABLE.format(period=period, uttag=uttag, secret=secret, whole=7178 + secret)
        (project / "data/compstat" / name).write_text(text, encoding="utf-8")
    file = project / "data/indikatorer.yaml"
    lines = [
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if "kalla: compstat" not in line or "id: compstat" in line
    ]
    file.write_text(without_compstat("\n".join(lines)) + PROTECTED, encoding="utf-8")
    insert(project / "data/insatser.yaml", "ansvariga: [polisen, socialtjansten]\n", "        redovisa_antal: true\n")
    answers = project / "data/aterkoppling"
    insert(answers / "2022-K1/polisen.yaml", ANSWER, events("2022-02-13", talks, "2022-03-29", 0))
    insert(answers / "2022-K2/polisen.yaml", ANSWER, events("2022-04-13", 4 - talks, "2022-05-29", 0))
    insert(answers / "2022-K2/socialtjansten.yaml", ANSWER, events("2022-04-13", SHOWN_COUNT - 1, "2022-05-29", 1))
    correction = ANSWER.replace("genomforande", "rattar: {kvartal: 2022-K1, skal: Fel antal.}\n    genomforande", 1)
    with (answers / "2022-K2/polisen.yaml").open("a", encoding="utf-8") as target:
        target.write("\n" + correction + events("2022-02-13", (talks + 2) % 5, "2022-03-29", 0))
    return project


ANSWER = "  - insats: UNG-3\n    genomforande: pagar\n    egen_bedomning: enligt_plan\n"


def events(first: str, one: int, second: str, other: int) -> str:
    return (
        "    utfall:\n      handelser:\n"
        f"        - {{datum: {first}, antal: {one}, vad: hembesök}}\n"
        f"        - {{datum: {second}, antal: {other}, vad: Hembesök}}\n"
    )


def insert(file: Path, after: str, text: str) -> None:
    before = file.read_text(encoding="utf-8")
    assert before.count(after) == 1
    file.write_text(before.replace(after, after + text), encoding="utf-8")


Twice = tuple[dict[str, bytes], dict[str, bytes]]
"""What one project gives, and the other."""


def outputs(project: Path, kind: str) -> dict[str, bytes]:
    """Everything of a kind that a receiver can get, for every forum."""
    made: dict[str, bytes] = {}
    for forum in FORUM:
        for quarter in ("2022-K1", "2022-K2"):
            name = f"{forum}-{quarter}.{kind}"
            args = [quarter, *(["--html"] if kind == "html" else []), "--mottagare", forum]
            done = run_tool("kvartal", *args, "--katalog", str(project), "--ut", str(project / name))
            assert (done.returncode, done.stderr) == (0, ""), done.stderr
            made[name] = (project / name).read_bytes()
    return made


def printed(project: Path) -> dict[str, bytes]:
    """Everything that the terminal can say."""
    made: dict[str, bytes] = {}
    for args in (
        ["status", "2022-K2", "--format", "json"],
        ["status", "2022-K1", "--format", "json"],
        ["status", "2022-K2", "--underlag", "--format", "json"],
        ["status", "2022-K2"],
        ["status", "2022-K2", "--underlag"],
        ["jamfor", "2022-K1", "2022-K2", "--format", "json"],
        ["jamfor", "2022-K1", "2022-K2"],
    ):
        done = run_tool(*args, "--katalog", str(project))
        assert done.returncode == 0, done.stderr
        made[" ".join(args)] = done.stdout.encode()
    return made


def texts(name: str, content: bytes) -> Iterator[str]:
    """All that can be read in an output: pages, alternative texts, metadata and attachments too."""
    if not name.endswith(".pdf"):
        yield content.decode("utf-8").partition("<body")[2] if name.endswith(".html") else content.decode("utf-8")
        return
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pieces = [page_pieces(page) for page in pdf.pages]
        tree = structure(pdf, pieces)
        yield from (piece.text for page in pieces for piece in page)
        yield tree.text
        yield from (str(figure.obj.Alt) for figure in tree.find("Figure"))
        yield from (attached.get_file().read_bytes().decode("utf-8") for attached in pdf.attachments.values())
        yield str(pdf.docinfo)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two projects that differ only in their small counts."""
    folder = tmp_path_factory.mktemp("smatal")
    return build(folder / "1", 1, 0), build(folder / "3", 3, 4)


@pytest.fixture(scope="module")
def printed_twice(projects: tuple[Path, Path]) -> Twice:
    return printed(projects[0]), printed(projects[1])


@pytest.fixture(scope="module", params=["html", "terminal", pytest.param("pdf", marks=pytest.mark.tung)])
def published_twice(request: pytest.FixtureRequest, projects: tuple[Path, Path], printed_twice: Twice) -> Twice:
    """What the two publish."""
    if request.param == "terminal":
        return printed_twice
    return outputs(projects[0], request.param), outputs(projects[1], request.param)


def test_projects_that_differ_only_in_small_counts_publish_the_same_bytes(published_twice: Twice) -> None:
    one, other = published_twice
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_no_text_page_attachment_or_alternative_text_holds_what_was_hidden(published_twice: Twice) -> None:
    """Bytes may be equal and still tell both: so neither the wholes, the days nor a count beside its unit is there."""
    for name, content in published_twice[1].items():
        read = [re.sub(r"[\u2009\u00a0\u202f]", "", text) for text in texts(name, content)]
        assert len(read) > 0
        for text in read:
            assert not re.search(r"\b71(?:79|8[0-2])\b", text), name
            assert not re.search(
                r"\b13 februari|\b29 mars|\b13 april|\b29 maj|2022-(?:02-13|03-29|04-13|05-29)", text
            ), name
            assert not re.search(r"\b[0-9]\s*hembesök|hembesök[:(\s]+[0-9]\b", text, re.IGNORECASE), name
            assert not re.search(r"Sociala insatsgrupper(?: 2022)?[ :;]+[0-4]\b", text), name
    everything = "".join("".join(texts(n, c)) for n, c in published_twice[0].items())
    assert "7103" in re.sub(r"\u2009", "", everything)
    assert str(SHOWN_COUNT) in re.sub(r"\u2009", "", everything)
    assert "<5 (färre än fem)" in everything or "&lt;5 (färre än fem)" in everything


def test_an_attacker_with_the_printed_table_finds_no_hidden_figure(printed_twice: Twice) -> None:
    told = json.loads(printed_twice[0]["status 2022-K2 --underlag --format json"])
    (found,) = [t for t in told["tabeller"] if t["slag"] == "compstat"]
    rows = {r["namn"]: dict(zip(found["ar"], r["varden"], strict=True)) for g in found["grupper"] for r in g["rader"]}
    assert {name for name, row in rows.items() if row["2022"] in {"<5", ".."}} == {PARTS[0], WHOLE}
    for ar in found["ar"]:
        printed = {name: row[ar] for name, row in rows.items()}
        for least, most in possible(printed, [(WHOLE, PARTS)], PARTS[0]).values():
            assert least < most
    assert possible({n: r["2022"] for n, r in rows.items()}, [(WHOLE, PARTS)], PARTS[0])[PARTS[0]] == (0, 4)


def test_the_reports_view_says_nothing_more_than_the_redacted_table() -> None:
    """Means, ranges, verdicts and charts are made of what is left, so a hidden year is in none of them."""
    rows = [rad("SIG", 9, 12, 7, 3, 14), rad("Hot", *A, 50)]
    view = rapport(data([tabell(*rows)], [SIG]))
    row = view.statistik.tabeller[0].grupper[0].rader[0]
    assert (row.varden, row.vantat, row.diagram) == (("9", "12", "7", "<5", "14"), "–", None)
    assert row.bedomning == "För få för att bedöma"
