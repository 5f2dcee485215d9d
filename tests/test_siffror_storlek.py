"""Figures in large or hostile amounts: the work grows with the input and not with its square."""

from __future__ import annotations

import pytest

from sifferbygge import rad, tabell
from uppfoljning.check import tables as siffror
from uppfoljning.formats.csv import split_rows
from uppfoljning.formats.open import read_table as read_any
from uppfoljning.load.tables.read import read_table
from uppfoljning.text.numbers import read_number, strip_footnote
from uppfoljning.text.problem import Problem


@pytest.mark.parametrize(
    "text", ["*" * 3000 + " OBS", "Rån " + "*" * 60 + " se not", "¹" * 5000 + "x", " 1)" * 3000 + "y"]
)
def test_a_name_of_many_marks_is_read_at_once(text: str) -> None:
    assert strip_footnote(text) == text.rstrip()
    assert read_number(text) is None


def test_a_footnote_after_a_long_name_is_still_taken_off() -> None:
    assert strip_footnote("Misshandel utomhus " * 5 + "*") == ("Misshandel utomhus " * 5).rstrip()


def test_forty_extracts_of_fifty_rows_are_held_together_in_one_pass() -> None:
    rows = [rad(f"Brott {n}", 10, 10, 10) for n in range(50)]
    tables = [tabell(*rows, till=2000 + n // 4, manad=3 * (n % 4) + 3) for n in range(40)]
    assert list(siffror.accumulated(tables)) == []


def test_four_thousand_groups_with_a_sum_each_are_added_up_once() -> None:
    rows = "".join(f"G{n};Rån;1\nG{n};Hot;2\nG{n};Summa;3\n" for n in range(4000))
    rutnat = split_rows(f"period;jan–sep\n\ngrupp;brott;2021\n{rows}", "data/compstat/2021-09.csv")
    assert not isinstance(rutnat, Problem)
    found, problems = read_table(rutnat, "compstat")
    assert found is not None
    assert len(found.serier) == 12_000
    assert problems == []


@pytest.mark.parametrize("line", ["x" + "<b>" * 12_000, " " * 30_000 + "x|", "<" * 20_000 + ">"])
def test_a_hostile_line_of_pasted_text_is_read_at_once(line: str) -> None:
    assert read_any(f"Rån\t1\n{line}\n".encode(), "f") is not None
