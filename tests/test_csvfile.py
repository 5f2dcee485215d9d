"""CSV text to cells: the same values as the standard library's reader, with the place of each."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, find_separator, read_csv, split_rows
from uppfoljning.formats.grid import Rutnat
from uppfoljning.text.problem import Problem

CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters=';,"'), max_size=12).map(
    lambda text: " ".join(text.split())
)


def grid(text: str, separator: str | None = None) -> Rutnat:
    found = split_rows(text, "a.csv", separator)
    assert isinstance(found, Rutnat)
    return found


def texts(found: Rutnat) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.tabell]


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows without empty cells and rows at their ends, which is how the reader gives them."""
    kept = []
    for row in rows:
        end = len(row)
        while end and not row[end - 1]:
            end -= 1
        kept.append(row[:end])
    while kept and not kept[-1]:
        kept.pop()
    return kept


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6), st.sampled_from(";,\t"))
def test_what_csv_writer_writes_is_read_as_csv_reader_reads_it(rows: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    read = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator))
    assert texts(grid(out.getvalue(), separator)) == trimmed(read) == trimmed(rows)


@settings(deadline=None)
@given(st.text(alphabet='ab;,\t"\r\n\x85\u2028 åÄ', max_size=60))
def test_every_cell_stands_where_its_place_says(text: str) -> None:
    found = grid(text)
    for row in found.tabell:
        for cell in row:
            line = found.rader[cell.plats.rad - 1]
            assert 1 <= cell.plats.kolumn <= len(line) + 1
            if cell.text and line[cell.plats.kolumn - 1] != '"':
                assert line[cell.plats.kolumn - 1] == cell.text[0]


def test_decimal_commas_do_not_outvote_semicolons() -> None:
    text = "Misshandel, försök;43,5\nInbrott, försök;17,2\n"
    assert find_separator(text) == ";"
    assert texts(grid(text)) == [["Misshandel, försök", "43,5"], ["Inbrott, försök", "17,2"]]


def test_separators_within_quotes_are_not_counted() -> None:
    assert find_separator('"a;b;c",1\n"d;e;f",2\n') == ","


def faults(found: Rutnat) -> list[tuple[str, int, int]]:
    return [(p.kod, p.plats.rad, p.plats.kolumn) for p in found.lasfel]


def test_an_open_quote_swallows_no_row() -> None:
    found = grid('a;1;2\nb;"c;3\nd;"e;4\n')
    assert texts(found) == [["a", "1", "2"], ["b", "c", "3"], ["d", "e", "4"]]
    assert faults(found) == [("oppet-citattecken", 2, 3), ("oppet-citattecken", 3, 3)]


def test_a_quote_that_is_closed_on_another_row_has_swallowed_the_figures_between() -> None:
    found = grid('a;"b;1 234\nc;d";2\n')
    assert texts(found) == [["a", "b", "1 234"], ["c", 'd"', "2"]]
    assert faults(found) == [("oppet-citattecken", 1, 3)]


def test_text_after_a_closing_quote_is_told_where_it_begins() -> None:
    found = grid('"a" b;1\n')
    assert texts(found) == [["a b", "1"]]
    assert faults(found) == [("text-efter-citattecken", 1, 5)]


def test_a_line_break_within_quotes_is_one_cell_as_a_spreadsheet_writes_it() -> None:
    found = grid('"a;\r\nb ""c""";1\r\n"d\ne"\r\n')
    assert texts(found) == [['a; b "c"', "1"], ["d e"]]
    assert not found.lasfel


def test_a_control_character_is_a_fault_with_its_place_and_the_rows_are_not_read() -> None:
    found = read_csv("a;1\nRå\x1b[31mn;2\n".encode(), "a.csv")
    assert isinstance(found, Rutnat)
    assert not found.tabell
    assert faults(found) == [("styrtecken", 2, 3)]


@pytest.mark.tung
@pytest.mark.parametrize(
    "text",
    ["x\n" * (MAX_ROWS + 1), "x;" * (MAX_COLUMNS + 1), (";" * 199 + "x\n") * (MAX_CELLS // 200 + 1)],
    ids=["rows", "columns", "cells"],
)
def test_a_table_that_is_too_large_is_refused(text: str) -> None:
    found = split_rows(text, "a.csv", ";")
    assert isinstance(found, Problem)
    assert found.meddelande == "Tabellen är för stor: högst 20000 rader, 200 kolumner och 400000 celler läses."


def test_a_workbook_in_a_csv_file_is_told_apart() -> None:
    found = read_csv(b"PK\x03\x04", "a.csv")
    assert isinstance(found, Problem)
    assert found.kod == "fel-filtyp"
