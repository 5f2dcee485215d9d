"""CSV text → rows of cells with the line and column of each. The separator is found, quotes are understood.

The standard library's reader gives no columns, which is why the rows are split here; a test holds the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from uppfoljning.problem import Plats, Problem
from uppfoljning.rutnat import Cell, Rutnat
from uppfoljning.textfile import LINE_BREAK, decode

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
"""Cells of a table, the empty ones between others included. A table of figures has some thousands."""

_SEPARATORS = ";\t,"
_QUOTED = re.compile(r'"[^"]*"')


def read_csv(content: bytes, fil: str) -> Rutnat | Problem:
    """The rows of a CSV file, or why it can't be read as text."""
    text = decode(content, fil, "Läs in det med uppfoljning compstat importera eller uppfoljning enkat importera.")
    return text if isinstance(text, Problem) else split_rows(text, fil)


def split_rows(text: str, fil: str, separator: str | None = None) -> Rutnat | Problem:
    """The rows of CSV text. Without a separator, the one that stands in most lines is taken."""
    mark = re.escape(separator or find_separator(text))
    cell = re.compile(rf'(?:"((?:[^"]|"")*)"([^{mark}\r\n]*)|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at = total = 0
    while at <= len(text):
        found = cell.match(text, at)
        if found is None:  # never happens: the last alternative matches anything
            break
        raw = found[3] if found[3] is not None else found[1].replace('""', '"') + found[2]
        stripped = " ".join(raw.split())
        lead = len(raw) - len(raw.lstrip()) if found[3] is not None else 0
        line = bisect_right(starts, at + lead)
        place = Plats(fil, line, at + lead - starts[line - 1] + 1)
        row.append(Cell(stripped, place, max(len(stripped), 1)))
        at = found.end()
        if found[4] in {"", "\n", "\r", "\r\n"}:
            while row and not row[-1].text:
                row.pop()
            rows.append(tuple(row))
            total += len(row)
            row = []
            if not found[4]:
                break
        if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS or total > MAX_CELLS:
            return Problem(
                Plats(fil, line, 1),
                "for-stor-tabell",
                f"Tabellen är för stor: högst {MAX_ROWS} rader, {MAX_COLUMNS} kolumner och {MAX_CELLS} celler läses.",
                "Ta bort det som inte hör till tabellen, eller dela upp den i flera filer.",
            )
    while rows and not rows[-1]:
        rows.pop()
    return Rutnat(fil, tuple(rows), LINE_BREAK.split(text))


def find_separator(text: str) -> str:
    """The separator of CSV text: what stands in most lines outside quotes, semicolon before tab before comma.

    How often each occurs says nothing: a table of semicolons may hold more decimal commas than that.
    """
    lines = _QUOTED.sub("", text).splitlines()
    return max(_SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
