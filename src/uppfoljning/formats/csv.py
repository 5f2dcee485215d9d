"""CSV text → rows of cells with the line and column of each. The separator is found, quotes are understood.

The standard library's reader gives no columns, which is why the rows are split here; a test holds the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.formats.decode import CONTROL, LINE_BREAK, decode
from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
"""Cells of a table, the empty ones between others included. A table of figures has some thousands."""

_SEPARATORS = ";\t,"
_QUOTED = re.compile(r'"[^"]*"')
_LINE_ENDS = {"", "\n", "\r", "\r\n"}
_OPEN = (
    "oppet-citattecken",
    "Citattecknet avslutas inte på samma rad.",
    "Ta bort det, eller sätt ett till direkt efter texten.",
)
_TEXT_AFTER = (
    "text-efter-citattecken",
    "Texten fortsätter efter citattecknet som avslutar den.",
    "Ta bort citattecknen, eller sätt dem runt hela texten.",
)


def read_csv(content: bytes, fil: str) -> Rutnat | Problem:
    """The rows of a CSV file, or why it can't be read as text. With a control character in it there are no rows."""
    text = decode(content, fil, _way_on(content, fil))
    if isinstance(text, Problem):
        return text
    control = CONTROL.search(text)
    return split_rows(text, fil) if control is None else _refuse_control(text, fil, control)


def _way_on(content: bytes, fil: str) -> str:
    """What to do with a workbook or a document that is called .csv."""
    document = b"word/document.xml" in content or b"opendocument.text" in content[:200]
    if content.startswith(b"%PDF") or document:
        return "Ta bort filen. Be om siffrorna som kalkylblad, eller skriv av dem till en .csv-fil."
    ending = ".xls" if content.startswith(b"\xd0\xcf") else ".xlsx"
    if b"opendocument.spreadsheet" in content[:200]:
        ending = ".ods"
    command = "enkat" if "/enkater/" in f"/{fil}" else "compstat"
    return (
        f"Är det ett kalkylblad: byt namn till {ending}, flytta filen ut ur data/ och läs in den med uppfoljning "
        f"{command} importera."
    )


def _refuse_control(text: str, fil: str, control: re.Match[str]) -> Rutnat:
    rader = LINE_BREAK.split(text)
    before = [0, *(found.end() for found in LINE_BREAK.finditer(text, 0, control.start()))]
    place = Plats(fil, len(before), control.start() - before[-1] + 1)
    problem = Rutnat(fil, (), rader).problem(
        Cell("", place),
        "styrtecken",
        f"Här står ett osynligt styrtecken (U+{ord(control[0]):04X}).",
        "Ta bort tecknet. Det följer ofta med när text klistras in från ett annat program.",
    )
    return Rutnat(fil, (), rader, lasfel=(problem,))


def split_rows(text: str, fil: str, separator: str | None = None) -> Rutnat | Problem:
    """The rows of CSV text. Without a separator, the one that stands in most lines is taken."""
    return _Splitter(text, fil, separator or find_separator(text)).run()


class _Read(NamedTuple):
    """A cell as read: its text, how far into the text of the file it begins, what ended it, and where the next is."""

    text: str
    start: int
    mark: str
    end: int


@dataclass
class _Splitter:
    """Reads one text, cell by cell."""

    text: str
    fil: str
    mark: str
    faults: list[tuple[Cell, tuple[str, str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        mark = re.escape(self.mark)
        self.quoted = re.compile(rf'"([^"]*(?:""[^"]*)*)"([^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)')
        self.plain = re.compile(rf"([^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)")
        # A figure between separators, in a text of several lines: the quote has swallowed cells.
        self.swallowed = re.compile(rf"{mark}[0-9][0-9., \u00a0]*(?:{mark}|[\r\n])")
        self.starts = [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]

    def run(self) -> Rutnat | Problem:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        at = total = 0
        while True:
            read = self.cell(at)
            stripped = " ".join(read.text.split())
            row.append(Cell(nfc(stripped), self.place(read.start), max(len(stripped), 1)))
            at = read.end
            if read.mark in _LINE_ENDS:
                while row and not row[-1].text:
                    row.pop()
                rows.append(tuple(row))
                total += len(row)
                row = []
                if not read.mark:
                    return self.put_together(rows)
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS or total > MAX_CELLS:
                return self.too_large(read.start)

    def cell(self, at: int) -> _Read:
        """The cell at a place; what is wrong with its quotes is noted, and the text is read without them."""
        found = self.quoted.match(self.text, at) if self.text.startswith('"', at) else None
        if found is not None and self.is_whole(found):
            return _Read(found[1].replace('""', '"') + found[2].rstrip(), at, found[3], found.end())
        if self.text.startswith('"', at):
            self.note(at, _OPEN)
            at += 1
        plain = self.plain.match(self.text, at)
        assert plain is not None  # noqa: S101 - the pattern matches anything
        lead = len(plain[1]) - len(plain[1].lstrip())
        return _Read(plain[1], at + lead, plain[2], plain.end())

    def is_whole(self, found: re.Match[str]) -> bool:
        """Whether what stands between two quotes is one cell's text; text after them is noted where it is."""
        several_lines = "\n" in found[1] or "\r" in found[1]
        if several_lines and (found[2].strip() or self.swallowed.search(found[1])):
            return False
        if found[2].strip():
            self.note(found.start(2) + len(found[2]) - len(found[2].lstrip()), _TEXT_AFTER)
        return True

    def note(self, at: int, told: tuple[str, str, str]) -> None:
        self.faults.append((Cell("", self.place(at)), told))

    def place(self, at: int) -> Plats:
        line = bisect_right(self.starts, at)
        return Plats(self.fil, line, at - self.starts[line - 1] + 1)

    def put_together(self, rows: list[tuple[Cell, ...]]) -> Rutnat:
        while rows and not rows[-1]:
            rows.pop()
        rader = LINE_BREAK.split(self.text)
        bare = Rutnat(self.fil, (), rader)
        return Rutnat(
            self.fil, tuple(rows), rader, lasfel=tuple(bare.problem(cell, *told) for cell, told in self.faults)
        )

    def too_large(self, at: int) -> Problem:
        return Problem(
            self.place(at)._replace(kolumn=1),
            "for-stor-tabell",
            f"Tabellen är för stor: högst {MAX_ROWS} rader, {MAX_COLUMNS} kolumner och {MAX_CELLS} celler läses.",
            "Ta bort det som inte hör till tabellen, eller dela upp den i flera filer.",
        )


def find_separator(text: str) -> str:
    """The separator of CSV text: what stands in most lines outside quotes, semicolon before tab before comma.

    How often each occurs says nothing: a table of semicolons may hold more decimal commas than that.
    """
    lines = _QUOTED.sub("", text).splitlines()
    return max(_SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
