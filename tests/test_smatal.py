"""A small count about individuals is not printed, and no sum or step from which it follows by the rule on the page.

What a table is and what is printed of it stand beside each other. Every figure is invented.
"""

from __future__ import annotations

import io
import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bygge import K1, K2, K3, insats, svar, underlag
from conftest import ROOT, run_tool
from data_pdf.pdfreader import page_pieces, structure
from sifferbygge import data, enkat, indikator, rad, rapport, tabell
from test_redact_siffror import without_compstat
from uppfoljning.check.protected_series import check_found, check_other_sources
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.facts.lage import merge
from uppfoljning.facts.redact.redact import hide_small, redact, safe_warnings
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.model.known import Kanda
from uppfoljning.model.tabell import Not, Serie, Tabell
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


def test_the_repositorys_own_answers_get_no_such_warning() -> None:
    done = run_tool("validera", "--format", "json")
    assert [p for p in json.loads(done.stdout) if p["kod"] == "litet-tal-i-text"] == []


# --- figures: the rule ---

Tryckt = dict[str, tuple[str, ...]]
PERSON = {"grupp": "Person"}


def as_printed(tabell: Tabell) -> Tryckt:
    """The figures of a redacted table as printed, by the rows' names: more than any report shows."""
    return {
        s.nyckel.text: tuple(
            ("<5" if ar in s.sma else "..") if ar in s.dolda else "" if v is None else f"{v:.0f}"
            for ar, v in s.varden.items()
        )
        for s in tabell.serier
    }


def printed(*tabeller: Tabell, skyddad: dict[str, Any] = SIG) -> tuple[Tryckt, ...]:
    """What is printed of some tables, where SIG is protected."""
    return tuple(as_printed(t) for t in hide_small(data(tabeller, [skyddad])))


def total(*rader: Sequence[float]) -> tuple[int, ...]:
    return tuple(int(sum(column)) for column in zip(*rader, strict=True))


def test_where_a_protected_figure_is_small_every_sum_row_of_the_area_goes_that_year() -> None:
    rows = [
        rad("SIG", 9, 3, **PERSON), rad("Hot", 40, 41, **PERSON), rad("Summa", 49, 44, **PERSON),
        rad("Stöld", 7, 8, grupp="Hushåll"), rad("Summa brott mot hushåll", 7, 8, grupp="Hushåll"),
        rad("Samtliga brott", 56, 52),
    ]  # fmt: skip
    assert printed(tabell(*rows)) == (
        {
            "SIG": ("9", "<5"),
            "Hot": ("40", "41"),
            "Summa": ("49", ".."),
            "Stöld": ("7", "8"),
            "Summa brott mot hushåll": ("7", ".."),
            "Samtliga brott": ("56", ".."),
        },
    )


def test_so_does_every_sum_row_of_another_source_for_the_same_area_and_period_and_no_other() -> None:
    own = tabell(rad("SIG", 12, 3), rad("Hot", 82, 83), omrade="Exempelköping")
    whole = rad("Samtliga brott", 94, 86, grupp="Alla")
    other = tabell(rad("Hot", 82, 83), whole, kalla="bra", omrade="Exempelköpings kommun")
    longer = tabell(whole, kalla="bra", manad=12)
    county = tabell(rad("Hot", 900, 901), whole, kalla="bra", omrade="Uppsala län")
    _, *others = printed(own, other, longer, county)
    assert [t["Samtliga brott"] for t in others] == [("94", ".."), ("94", "86"), ("94", "86")]


@pytest.mark.parametrize(
    "name",
    ["Summa", "Totalt", "Total", "Samtliga brott", "Alla brott", "Hela kommunen", "Totalt antal anmälda brott",
     "Brott totalt", "Brott mot person (summa)", "Antal, sammanlagt",
     "Samtliga brott mot person", "Brott mot person, totalt (urval)", "Delsumma person", "Tot.",
     "Alla brott mot person"],
)  # fmt: skip
def test_a_row_is_a_sum_when_its_name_begins_or_ends_by_saying_so(name: str) -> None:
    assert printed(tabell(rad("SIG", 9, 3), rad("Hot", 40, 41), rad(name, 60, 61)))[0][name] == ("60", "..")


@pytest.mark.parametrize("name", ["Hot", "Överfall", "Brott mot alla slags djur", "Ärenden"])
def test_and_no_sum_when_it_does_not(name: str) -> None:
    assert printed(tabell(rad("SIG", 9, 3), rad("Rån", 40, 41), rad(name, 60, 61)))[0][name] == ("60", "61")


def test_so_is_every_row_of_a_group_of_wholes_but_not_where_the_protected_row_is_in_it() -> None:
    rows = [
        rad("SIG", 9, 3, **PERSON),
        rad("Hot", 40, 41, **PERSON),
        rad("Brott mot person", 49, 45, grupp="Alla brott"),
    ]
    assert printed(tabell(*rows))[0]["Brott mot person"] == ("49", "..")
    rows = [
        rad(name, *values, grupp="Alla brott") for name, values in (("SIG", (9, 3)), ("Hot", (40, 41)), ("Rån", (5, 6)))
    ]
    assert printed(tabell(*rows))[0] == {"SIG": ("9", "<5"), "Hot": ("40", "41"), "Rån": ("5", "6")}


@pytest.mark.parametrize(
    "omrade", ["Exempelköpings kommun", "EXEMPELKÖPING", "Hela kommunen", "Kommunen", "Totalt", "Samtliga områden"]
)
def test_however_the_municipality_is_named(omrade: str) -> None:
    own = tabell(rad("SIG", 9, 3), rad("Hot", 40, 41), omrade="Exempelköping")
    for other in (
        tabell(rad("Summa", 49, 44), kalla="bra", omrade=omrade),
        tabell(rad("Summa", 49, 44, omrade=omrade), kalla="bra"),
    ):
        assert list(printed(own, other)[1].values()) == [("49", "..")]


def test_a_count_of_a_year_without_period_is_of_the_whole_year() -> None:
    own = tabell(rad("SIG", 9, 3), rad("Hot", 40, 41), manad=12)
    other = enkat(rad("Alla ärenden", 49, 44), rad("SIG", 9, 4), kalla="soc", enhet="antal")
    assert printed(own, other)[1] == {"Alla ärenden": ("49", ".."), "SIG": ("9", "<5")}
    whole = enkat(rad("SIG", 12, 22), kalla="soc", enhet="antal")
    assert printed(tabell(rad("SIG", 9, 12)), whole)[1] == {"SIG": ("..", "22")}


def test_the_same_crime_by_its_code_is_protected_whatever_it_is_called() -> None:
    own, other = (
        tabell(rad("SIG", 9, 3, kod="0801")),
        tabell(rad("Ärenden", 9, 2, kod="0801"), rad("Rån", 2, 2), kalla="bra"),
    )
    assert printed(own, other)[1] == {"Ärenden": ("9", "<5"), "Rån": ("2", "2")}


A, B, C, D, E = (41, 52, 37, 64), (12, 19, 23, 11), (88, 71, 93, 79), (31, 36, 25, 47), (66, 58, 49, 71)
SECRET = (9, 8, 7, 3)


@pytest.mark.parametrize("parts", [2, 3, 4, 5])
@pytest.mark.parametrize("first", [False, True])
def test_a_row_that_is_the_sum_of_its_own_group_is_withheld_whatever_it_is_called(parts: int, *, first: bool) -> None:
    values = [SECRET, A, B, C, D][:parts]
    rows = [rad("SIG", *SECRET, **PERSON), *(rad(f"Rad {n}", *v, **PERSON) for n, v in enumerate(values[1:]))]
    rows.insert(0 if first else len(rows), rad("Ärenden", *total(*values), **PERSON))
    (found,) = printed(tabell(*rows, rad("Annat", *E, grupp="Annat")))
    assert found["Ärenden"] == (*map(str, total(*values)[:3]), "..")
    assert [name for name, row in found.items() if row[3] == ".."] == ["Ärenden"]


def test_such_a_row_is_withheld_in_every_source_and_in_an_extract_that_lacks_the_small_row() -> None:
    whole = rad("Ärenden", *total(SECRET, A))
    own = tabell(rad("SIG", *SECRET), rad("A", *A), whole, uttag="2022-10-01")
    later = tabell(rad("A", *A), whole, fil="b.csv", uttag="2022-11-01")
    next_year = tabell(rad("A", *A, 50), rad("Ärenden", *total(SECRET, A), 61), till=2023, fil="c.csv")
    other = tabell(rad("A", *A), whole, kalla="bra")
    for found in printed(own, later, next_year, other):
        assert found["Ärenden"][:4] == ("50", "60", "44", "..")


def test_of_rows_that_are_the_sum_only_since_the_rest_is_none_the_one_that_always_is_goes() -> None:
    rows = [rad("Ärenden", 46, 60, 64), rad("SIG", 9, 8, 0), rad("Hot", 37, 52, 64)]
    assert printed(tabell(*rows)) == (
        {"Ärenden": ("46", "60", ".."), "SIG": ("9", "8", "<5"), "Hot": ("37", "52", "64")},
    )


def test_two_equal_rows_and_rows_that_all_are_none_are_no_sums() -> None:
    assert printed(tabell(rad("SIG", 9, 3), rad("Mord", 1, 3)))[0]["Mord"] == ("1", "3")
    rows = [rad("SIG", 9, 0), rad("Mord", 1, 0), rad("Dråp", 2, 0)]
    assert [printed(tabell(*rows))[0][name] for name in ("Mord", "Dråp")] == [("1", "0"), ("2", "0")]


def test_among_sixty_rows_nothing_is_taken_out_by_coincidence() -> None:
    rnd = random.Random(3)  # noqa: S311  (figures to test with, not secrets)
    for _ in range(5):
        rows = [rad("SIG", 9, 12, 7, 8, 3)]
        rows += [rad(f"Rad {n}", *(rnd.randint(0, 20 + 5 * n) for _ in range(5))) for n in range(60)]
        assert [name for name, row in printed(tabell(*rows))[0].items() if {"..", "<5"} & {*row}] == ["SIG"]


def test_a_row_for_all_kon_or_arskurser_is_the_sum_of_those_that_are_about_one() -> None:
    rows = [
        rad("SIG", 9, 3, kon="pojkar", arskurs="åk 9"), rad("SIG", 9, 30, kon="flickor", arskurs="åk 9"),
        rad("SIG", 18, 33, arskurs="åk 9"), rad("SIG", 20, 20, kon="pojkar"), rad("SIG", 60, 70), rad("Hot", 70, 80),
    ]  # fmt: skip
    assert [row[1] for row in printed(tabell(*rows))[0].values()] == ["<5", "30", "..", "..", "..", "80"]


def test_a_sum_for_the_municipality_is_withheld_when_it_is_the_sum_of_its_parts() -> None:
    north, south = {"omrade": "Norra byn"}, {"omrade": "Södra byn"}
    rows = [
        rad("SIG", 9, 3, **north), rad("Hot", 40, 41, **north), rad("Summa", 49, 44, **north),
        rad("SIG", 8, 9, **south), rad("Hot", 30, 31, **south), rad("Summa", 38, 40, **south),
        rad("SIG", 17, 12), rad("Hot", 70, 72), rad("Summa", 87, 84),
    ]  # fmt: skip
    assert [row[1] for row in printed(tabell(*rows))[0].values()] == [
        "<5",
        "41",
        "..",
        "9",
        "31",
        "40",
        "..",
        "72",
        "..",
    ]
    other = tabell(rad("Samtliga brott", 87, 84), kalla="bra")
    assert printed(tabell(*rows), other)[1] == {"Samtliga brott": ("87", "..")}


def test_and_not_when_the_other_areas_only_are_a_comparison() -> None:
    rows = [rad("SIG", 9, 23), rad("SIG", 4, 3, omrade="Håbo"), rad("SIG", 80, 90, omrade="Uppsala län")]
    (found,) = printed(tabell(*rows, rad("Summa", 90, 91)))
    assert list(found.values()) == [("9", "23"), ("<5", "<5"), ("80", "90"), ("90", "91")]


def accumulated(*values: float, **falt: Any) -> list[str]:
    """What is printed of SIG for jan–mar, jan–jun, jan–sep and jan–dec of a year, in that order."""
    tables = [tabell(rad("SIG", v), manad=3 * n, fil=f"{n}.csv", **falt) for n, v in enumerate(values, 1)]
    return [found["SIG"][0] for found in printed(*tables)]


def test_of_two_accumulated_figures_less_than_five_apart_the_later_is_withheld() -> None:
    assert accumulated(5, 7) == ["5", ".."]
    assert accumulated(5, 9, 10, 14) == ["5", "..", "10", ".."]
    assert accumulated(6, 11, 16, 21) == ["6", "11", "16", "21"]
    assert accumulated(6, 6) == ["6", ".."]


def test_after_a_small_one_which_is_taken_for_four_so_that_what_it_was_decides_nothing() -> None:
    for first in range(5):
        assert accumulated(first, 8, 9, 13) == ["<5", "..", "9", ".."]


def test_a_figure_of_another_year_is_not_compared_but_one_of_another_source_is() -> None:
    for kalla in ("compstat", "bra"):
        tables = [tabell(rad("SIG", 20, 30), manad=3), tabell(rad("SIG", 41, 32), manad=6, kalla=kalla)]
        assert printed(*tables) == ({"SIG": ("20", "30")}, {"SIG": ("41", "..")})
    same_time = [tabell(rad("SIG", 20, 30), manad=3), tabell(rad("SIG", 21, 30), manad=3, kalla="bra")]
    assert printed(*same_time) == ({"SIG": ("20", "30")}, {"SIG": ("21", "30")})


def test_the_municipalitys_row_is_withheld_also_when_its_parts_have_files_of_their_own() -> None:
    parts = [tabell(rad("SIG", n, m, omrade=o), fil=f"{o}.csv") for o, n, m in (("Norra", 8, 3), ("Södra", 7, 9))]
    for kalla in ("compstat", "bra"):
        whole = tabell(rad("SIG", 15, 12), fil="kommun.csv", kalla=kalla)
        assert printed(*parts, whole)[2] == {"SIG": ("15", "..")}


def test_a_row_of_all_is_a_sum_whatever_its_column_says() -> None:
    for word in ("", "alla", "Totalt"):
        rows = [rad("SIG", 9, 3, kon="pojkar"), rad("SIG", 20, 30, kon="flickor"), rad("SIG", 29, 33, kon=word)]
        assert list(printed(tabell(*rows))[0].values())[-1] == ("29", "..")


def test_the_sums_go_with_a_figure_that_is_withheld_for_its_step_and_no_unprotected_row_has_steps() -> None:
    rows = [[rad("SIG", n), rad("Hot", 40 + n), rad("Summa", 40 + 2 * n)] for n in (5, 7)]
    assert printed(tabell(*rows[0], manad=3), tabell(*rows[1], manad=6)) == (
        {"SIG": ("5",), "Hot": ("45",), "Summa": ("50",)},
        {"SIG": ("..",), "Hot": ("47",), "Summa": ("..",)},
    )


def test_a_share_that_stands_for_fewer_than_five_goes_with_the_share_of_all() -> None:
    rows = [rad("Hot", 12, 3, kon="pojkar"), rad("Hot", 12, 10, kon="flickor"), rad("Hot", 12, 7), rad("Snus", 3, 3)]
    numbers = [rad("Antal svarande", 100, 100, kon=k) for k in ("pojkar", "flickor")] + [
        rad("Antal svarande", 200, 200)
    ]
    (found,) = hide_small(data([enkat(*rows, *numbers)], [indikator("Hot", "enkat", skydda_sma_tal=True)]))
    assert [sorted(s.dolda) for s in found.serier] == [[2022], [], [2022], [], [], [], []]


def test_a_share_of_none_is_hidden_and_one_of_the_whole_survey_when_its_own_number_is_not_known() -> None:
    chosen = [indikator("Hot", "enkat", skydda_sma_tal=True)]
    assert [s.dolda for s in hide_small(data([enkat(rad("Hot", 12, 0))], chosen))[0].serier] == [{2022}]
    rows = [rad("Hot", 12, 3, kon="pojkar"), rad("Antal svarande", 100, 100)]
    assert hide_small(data([enkat(*rows)], chosen))[0].serier[0].dolda == {2022}


def test_a_figure_that_an_earlier_extract_hid_is_hidden_still_and_not_called_below_five() -> None:
    first = tabell(rad("SIG", *SECRET), uttag="2022-10-01")
    later = tabell(rad("SIG", 9, 8, 7, 6), uttag="2022-11-01", fil="b.csv")
    assert printed(first, later) == ({"SIG": ("9", "8", "7", "<5")}, {"SIG": ("9", "8", "7", "..")})


def test_the_sum_of_a_protected_group_is_withheld_and_small_when_it_is_small() -> None:
    rows = [rad("SIG", 9, 1, **PERSON), rad("Avhopp", 9, 2, **PERSON), rad("Summa", 18, 3, **PERSON)]
    group = indikator("Enskilda", grupp="Person", skydda_sma_tal=True)
    assert printed(tabell(*rows), skyddad=group)[0]["Summa"] == ("18", "<5")
    rows[2] = rad("Ärenden, alla", 18, 13, **PERSON)
    assert printed(tabell(*rows), skyddad=group)[0]["Ärenden, alla"] == ("18", "..")


def test_what_the_documents_say_that_the_rule_does_not_cover() -> None:
    """A whole of some rows of its group or in another, the parts of a small row, and what is left of 100 per cent."""
    rows = [rad("SIG", *SECRET), rad("A", *A), rad("B", *B), rad("Ärenden", *total(SECRET, A))]
    assert printed(tabell(*rows))[0]["Ärenden"] == ("50", "60", "44", "67")
    rows = [rad("SIG", *SECRET), rad("A", *A), rad("Ärenden", *total(SECRET, A), grupp="Socialtjänsten")]
    assert printed(tabell(*rows))[0]["Ärenden"] == ("50", "60", "44", "67")
    rows = [rad("SIG", 9, 3), rad("SIG nya", 5, 2), rad("SIG gamla", 4, 1)]
    assert printed(tabell(*rows))[0]["SIG nya"] == ("5", "2")
    rows = [rad("Ja", 12, 3), rad("Nej", 88, 97), rad("Antal svarande", 100, 100)]
    (found,) = hide_small(data([enkat(*rows)], [indikator("Ja", "enkat", skydda_sma_tal=True)]))
    assert [sorted(s.dolda) for s in found.serier] == [[2022], [], []]
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    told = text.partition("### Vad som ändå kan räknas fram")[2]
    assert [*map(str.strip, re.findall(r"^- \*\*(.*?)\.\*\*", told, re.MULTILINE))] == [
        "En helhet som inte heter summa",
        "Delarna av en skyddad rad",
        "Det som är kvar till 100 procent",
        "Ett tal som källan inte anger",
        "Två källor mot varandra",
        "En rad som har bytt namn",
        "Det som är publicerat på annat håll",
    ]


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


# --- the reader who subtracts ---

values = st.integers(0, 60)
counts = st.integers(0, 4) | st.integers(5, 30)


@st.composite
def tables(draw: st.DrawFn) -> list[Tabell]:
    """Tables of one or two sources and periods, whose groups have a protected row or none and sums of two kinds."""
    made = []
    sources = st.sampled_from([(kalla, manad) for kalla in ("compstat", "bra") for manad in (3, 6)])
    for kalla, manad in sorted(draw(st.sets(sources, min_size=1))):
        rows = []
        for grupp in ("Person", "Hushåll"):
            columns = [draw(st.lists(values, min_size=2, max_size=2)) for _ in range(draw(st.integers(1, 3)))]
            group = [rad(f"{grupp} {n}", *v, grupp=grupp) for n, v in enumerate(columns)]
            if draw(st.booleans()):
                columns.append(draw(st.lists(counts, min_size=2, max_size=2)))
                group.append(rad("SIG", *columns[-1], grupp=grupp))
            for name in draw(st.sets(st.sampled_from(["Summa", "Ärenden"]))):
                group.append(rad(name, *total(*columns), grupp=grupp))
            rows += draw(st.permutations(group))
        if draw(st.booleans()):
            rows.append(rad("Samtliga brott", *total(*(v for nyckel, v, _ in rows if nyckel.namn != "Summa"))))
        made.append(tabell(*rows, kalla=kalla, manad=manad, fil=f"{kalla}-{manad}.csv"))
    return made


def is_sum_of(serie: Serie, group: Sequence[Serie], ar: int) -> bool:
    """Whether a reader who knew every figure would call a row a sum: by its name, or of the rest of its group."""
    rest = [s.varden[ar] or 0 for s in group if s is not serie and s.nyckel.namn != "Summa"]
    value = serie.varden[ar]
    return serie.nyckel.namn in {"Summa", "Samtliga brott"} or (len(rest) > 1 and bool(value) and value == sum(rest))


@settings(max_examples=200, deadline=None)
@given(tables())
def test_no_printed_sum_minus_the_other_printed_rows_of_its_group_is_a_small_protected_figure(
    made: list[Tabell],
) -> None:
    safe = hide_small(data(made, [SIG]))
    for before, after in zip(made, safe, strict=True):
        same_period = [t for t in made if t.period == before.period]
        for ar in before.ar:
            secret = [s.varden[ar] or 0 for t in same_period for s in t.serier if s.nyckel.namn == "SIG"]
            few = {value for value in secret if value < 5}
            for true, row in zip(before.serier, after.serier, strict=True):
                whole = row.nyckel.namn == "Samtliga brott"
                mates = [s for s in before.serier if whole or s.nyckel.grupp == row.nyckel.grupp]
                value = row.varden[ar]
                if value is not None and is_sum_of(true, mates, ar):
                    shown = [s for s in after.serier if s is not row and (whole or s.nyckel.grupp == row.nyckel.grupp)]
                    assert value - sum(s.varden[ar] or 0 for s in shown if s.nyckel.namn != "Summa") not in few


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=4))
def test_no_two_printed_figures_of_a_year_are_less_than_five_apart(steps: list[int]) -> None:
    shown = [text for text in accumulated(*accumulate(steps)) if text != ".."]
    numbers = [4 if text == "<5" else int(text) for text in shown]
    assert all(later - earlier >= 5 for earlier, later in pairwise(numbers) if later != 4)
    assert all(text == "<5" or int(text) >= 5 for text in shown)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(small, small), min_size=2, max_size=2), st.lists(values, min_size=2, max_size=2))
def test_what_is_withheld_does_not_depend_on_what_the_small_figure_is(
    secrets: list[tuple[int, int]], others: list[int]
) -> None:
    def made(secret: tuple[int, int]) -> tuple[Tryckt, ...]:
        both = total(secret, others)
        rows = [rad("SIG", *secret), rad("Hot", *others), rad("Summa", *both)]
        return printed(tabell(*rows), tabell(rad("Hot", *others), rad("Brott totalt", *both), kalla="bra"))

    assert made(secrets[0]) == made(secrets[1])


# --- what is to be protected is found ---


def lost(*tabeller: Tabell, skyddad: dict[str, Any] = SIG) -> list[tuple[str, str]]:
    """The files with a fault, and how grave it is."""
    found = replace(data(tabeller, [skyddad]), kanda=Kanda({"kallor": {"compstat": (), "bra": (), "enkat": ()}}))
    return [(p.plats.fil.rpartition("/")[2], p.niva) for p in check_found(found)]


def monthly(manad: int, *names: str, **falt: Any) -> Tabell:
    return tabell(*(rad(name, 9, 12) for name in names), manad=manad, fil=f"{manad}.csv", **falt)


def test_a_table_that_reaches_further_than_the_last_one_with_the_row_is_a_fault_and_an_earlier_one_a_warning() -> None:
    assert lost(monthly(3, "SIG"), monthly(6, "SIG-ärenden"), monthly(9, "SIG")) == [("6.csv", "fel")]
    assert lost(monthly(3, "Hot"), monthly(6, "sig", "Hot")) == [("3.csv", "varning")]
    assert lost(monthly(3, "SIG"), monthly(6, "Sig")) == lost(monthly(6, "Hot", kalla="bra")) == lost() == []


def test_of_two_extracts_of_the_same_figures_the_later_one_has_it() -> None:
    with_it, without = monthly(6, "SIG", uttag="2022-07-01"), monthly(6, "Hot", uttag="2022-08-01")
    assert lost(with_it, replace(without, fil="ny.csv")) == [("ny.csv", "fel")]
    assert lost(replace(without, uttag=None), with_it) == []


def test_of_a_survey_some_file_of_the_last_round_has_it() -> None:
    hot = indikator("Hot", "enkat", skydda_sma_tal=True)
    old, new = enkat(rad("Hot", 3, 4), till=2021, fil="a.csv"), enkat(rad("Hotad", 3, 4), till=2022, fil="b.csv")
    assert lost(old, new, skyddad=hot) == [("b.csv", "fel")]
    assert lost(old, new, enkat(rad("Hot", 5), till=2022, fil="c.csv"), skyddad=hot) == []
    assert lost(enkat(rad("Hotad", 3, 4), till=2020, fil="d.csv"), old, skyddad=hot) == []


def test_a_note_on_the_series_in_the_table_says_that_someone_knows() -> None:
    note = (Not("sig", "Redovisas inte i den här tabellen."),)
    assert lost(monthly(3, "SIG"), monthly(6, "Hot", anmarkningar=note)) == []
    assert lost(monthly(3, "Hot", anmarkningar=note)) == [("", "fel")]  # where no table has it, the name is wrong


def test_a_faulty_table_may_have_lost_the_row_for_its_own_fault() -> None:
    assert lost(monthly(3, "Hot", fel=True)) == []


# --- another source ---


def test_another_source_of_the_same_area_and_period_is_a_warning_until_someone_has_looked() -> None:
    own = tabell(rad("SIG", 9, 3), fil="data/compstat/2022-09.csv")

    def warned(**falt: Any) -> list[str]:
        other = tabell(rad("Hot", 9, 3), fil="data/compstat/bra-2022-09.csv", **{"kalla": "bra", **falt})
        found = [*check_other_sources(data([own, other], [SIG]))]
        assert {p.niva for p in found} <= {"varning"}
        return [p.plats.fil for p in found]

    assert warned() == ["data/compstat/bra-2022-09.csv"]
    assert warned(anmarkningar=(Not("sig", "Prövat."),)) == []
    assert warned(anmarkningar=(Not("Hot", "Prövat."),)) != []
    assert warned(manad=6) == warned(omrade="Uppsala län") == warned(till=2019) == warned(kalla="compstat") == []


# --- all that leaves a project ---

FORUM = ("est-styrgrupp", "trygghetsutskottet")
TABLE = """kalla;compstat
omrade;Upplands-Bro
period;{period}
uttag;{uttag}
preliminar;ja
exempel;ja

grupp;brott;2018;2019;2020;2021;2022
{rader}
"""
QUARTER = """Person;Sociala insatsgrupper;2;1;3;1;{secret}
Person;Ofredande;11;12;17;10;16
Person;Olaga hot;15;11;19;14;12
Person;Hot på nätet;20;21;22;23;2103
Person;Ärenden om enskilda;48;45;61;48;{small}
Ärenden;Samtliga ärenden;148;145;161;148;{whole}"""
HALF_YEAR = """Person;Sociala insatsgrupper;9;10;13;12;{secret}
Person;Ofredande;31;42;37;40;36
Person;Olaga hot;25;21;29;24;22
Person;Hot på nätet;50;51;52;53;7103
Person;Ärenden om enskilda;115;124;131;129;{small}
Ärenden;Samtliga ärenden;215;224;231;229;{whole}"""
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
    for name, period, uttag, rows, rest in (
        ("2022-03.csv", "jan–mar", "2022-04-05", QUARTER, 2131),
        ("2022-06-uttag-2022-07-05.csv", "jan–jun", "2022-07-05", HALF_YEAR, 7161),
        ("2022-06.csv", "jan–jun", "2022-08-01", HALF_YEAR, 7161),
    ):
        numbers = rows.format(secret=secret, small=rest + secret, whole=rest + 100 + secret)
        text = TABLE.format(period=period, uttag=uttag, rader=numbers)
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


def said(project: Path) -> dict[str, bytes]:
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
    return said(projects[0]), said(projects[1])


@pytest.fixture(scope="module", params=["html", "terminal", pytest.param("pdf", marks=pytest.mark.tung)])
def published_twice(request: pytest.FixtureRequest, projects: tuple[Path, Path], printed_twice: Twice) -> Twice:
    """What the two publish."""
    if request.param == "terminal":
        return printed_twice
    return outputs(projects[0], request.param), outputs(projects[1], request.param)


@pytest.mark.tung
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
            assert not re.search(r"\b(?:71|72|21|22)(?:6[1-5]|3[1-5])\b", text), name
            assert not re.search(
                r"\b13 februari|\b29 mars|\b13 april|\b29 maj|2022-(?:02-13|03-29|04-13|05-29)", text
            ), name
            assert not re.search(r"\b[0-9]\s*hembesök|hembesök[:(\s]+[0-9]\b", text, re.IGNORECASE), name
            assert not re.search(r"Sociala insatsgrupper(?: 2022)?[ :;]+[0-4]\b", text), name
    everything = "".join("".join(texts(n, c)) for n, c in published_twice[0].items())
    assert "7103" in re.sub(r"\u2009", "", everything)
    assert str(SHOWN_COUNT) in re.sub(r"\u2009", "", everything)
    assert "<5 (färre än fem)" in everything or "&lt;5 (färre än fem)" in everything


def test_the_printed_table_of_a_project_follows_the_rule(printed_twice: Twice) -> None:
    told = json.loads(printed_twice[0]["status 2022-K2 --underlag --format json"])
    (found,) = [t for t in told["tabeller"] if t["slag"] == "compstat"]
    assert {r["namn"]: r["varden"] for g in found["grupper"] for r in g["rader"]} == {
        "Sociala insatsgrupper": ["9", "10", "13", "12", "<5"],
        "Ofredande": ["31", "42", "37", "40", "36"],
        "Olaga hot": ["25", "21", "29", "24", "22"],
        "Hot på nätet": ["50", "51", "52", "53", "7103"],
        "Ärenden om enskilda": ["115", "124", "131", "129", ".."],
        "Samtliga ärenden": ["215", "224", "231", "229", ".."],
    }


def test_the_reports_view_says_nothing_more_than_the_redacted_table() -> None:
    """Means, ranges, verdicts and charts are made of what is left, so a hidden year is in none of them."""
    rows = [rad("SIG", 9, 12, 7, 3, 14), rad("Hot", *A, 50)]
    view = rapport(data([tabell(*rows)], [SIG]))
    row = view.statistik.tabeller[0].grupper[0].rader[0]
    assert (row.varden, row.vantat, row.diagram) == (("9", "12", "7", "<5", "14"), "–", None)
    assert row.bedomning == "För få för att bedöma"
