"""An .xlsx workbook → the cells of one sheet. Every part is looked through before openpyxl gets to see it.

openpyxl gives the values with their formats; formulas, errors, cells far out and hidden sheets are found beforehand.
It is handed an archive of only the XML that was looked through, so that nothing else in the file can reach it.
"""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from uppfoljning.formats.csv import MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.refusals import number_text, refuse
from uppfoljning.formats.safe_archive import Nothing, Wanted, broken, read_xml
from uppfoljning.formats.sheets import ERROR_TEXT, Sheet, cell_name, choose, notices, refuse_cells, to_grid
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Problem

_MAIN = re.compile(r"spreadsheetml\.(?:sheet|template)\.main\+xml$")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,9})")
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TRUE = {"1", "true", "on"}


class _SheetScan(Nothing):
    """Goes through a sheet's XML and notes on its :class:`Sheet` what decides whether it may be read."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._row = self._column = 0
        self._type = ""
        self._text: list[str] = []
        self._formula: str | None = None

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        super().start(tag, attrib)
        name = self.path[-1]
        if name == "row":
            self._row, self._column = _whole(attrib.get("r"), self._row + 1), 0
            self._sheet.dolda_rader += attrib.get("hidden") in _TRUE
        elif name == "c":
            found = _REFERENCE.fullmatch(attrib.get("r", ""))
            self._column = _column_number(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
            self._type, self._formula = attrib.get("t", "n"), None
        elif name == "col" and attrib.get("hidden") in _TRUE:
            first, last = _whole(attrib.get("min"), 1), _whole(attrib.get("max"), 1)
            # Hiding everything to the right of a table is common, and says nothing about the table.
            self._sheet.dolda_kolumner += max(min(last, MAX_COLUMNS) - first + 1, 0) if last < 16_384 else 0
        self._text = []

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        name, text = self.path[-1], "".join(self._text)
        if name == "f":
            self._formula = text
            self._sheet.formler.append((cell_name(self._row, self._column), f"={text}"))
        if name in {"v", "f"} or (name == "t" and "is" in self.path):
            self._note(text, name)
        self._text = []
        super().end(tag)

    def _note(self, text: str, name: str) -> None:
        if not text and name != "f":
            return
        sheet = self._sheet
        sheet.tom, sheet.hojd, sheet.bredd = False, max(sheet.hojd, self._row), max(sheet.bredd, self._column)
        where = cell_name(self._row, self._column)
        if (self._row > MAX_ROWS or self._column > MAX_COLUMNS) and not sheet.utanfor:
            sheet.utanfor = where
        if name == "v" and self._type == "e" and self._formula is None:
            sheet.felvarden.append((where, text))


def read_xlsx(parts: dict[str, bytes], fil: str, wanted: str | None) -> Rutnat | tuple[Problem, ...]:
    """The cells of the sheet ``wanted``, or of the only one that holds anything."""
    documents = {name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    sheets = _sheets(documents, fil)
    by_part = {} if isinstance(sheets, Problem) else {sheet.part: sheet for sheet in sheets}
    for name, document in documents.items():
        refusal = read_xml(document, _SheetScan(by_part[name]) if name in by_part else Nothing(), fil)
        if refusal is not None:
            return (refusal,)
    if isinstance(sheets, Problem):
        return (sheets,)
    chosen = choose(sheets, wanted, fil)
    if isinstance(chosen, Problem):
        return (chosen,)
    refusals = refuse_cells(chosen, fil)
    if refusals:
        return refusals
    cells = _values(documents, chosen)
    if cells is None:
        return (broken(fil),)
    errors = [(cell_name(*at), text) for at, text in cells.items() if ERROR_TEXT.fullmatch(text)]
    if errors:
        chosen.felvarden = errors
        return refuse_cells(chosen, fil)
    return to_grid(cells, chosen, fil, notices(sheets, chosen))


def _sheets(documents: dict[str, bytes], fil: str) -> list[Sheet] | Problem:
    """The worksheets in the order of their tabs; charts on sheets of their own are left out."""
    types = Wanted("Override")
    read_xml(documents.get("[Content_Types].xml", b""), types, fil)
    names = [a.get("PartName", "").lstrip("/") for _, a in types.found if _MAIN.search(a.get("ContentType", ""))]
    workbook = names[0] if names else ""
    folder, base = posixpath.split(workbook)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if workbook not in documents or relations not in documents:
        return broken(fil)
    listed, targets = Wanted("sheet"), Wanted("Relationship")
    read_xml(documents[workbook], listed, fil)
    read_xml(documents[relations], targets, fil)
    if any("purl.oclc.org" in tag for tag, _ in listed.found):
        return refuse(
            fil,
            "strikt-xlsx",
            "Arbetsboken är sparad som Strict Open XML, som inte läses.",
            "Spara den som vanlig Excel-arbetsbok (.xlsx).",
        )
    where = {
        a.get("Id"): posixpath.normpath(posixpath.join("/", folder, a.get("Target", ""))).lstrip("/")
        for _, a in targets.found
        if a.get("Type", "").endswith("/worksheet") and a.get("TargetMode") != "External"
    }
    return [
        Sheet(a.get("name", ""), a.get("state", "visible") != "visible", part=where[a.get("id")])
        for _, a in listed.found
        if where.get(a.get("id")) in documents
    ]


def _values(documents: dict[str, bytes], sheet: Sheet) -> dict[tuple[int, int], str] | None:
    """The text of every cell that holds anything, or None when the workbook does not hang together."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in documents.items():
            archive.writestr(name, part)
    cells: dict[tuple[int, int], str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no type information

            workbook = load_workbook(packed, read_only=True, data_only=False, keep_links=False)
            read = next(found for found in workbook.worksheets if nfc(found.title) == sheet.namn)
            rows = read.iter_rows(max_row=sheet.hojd, max_col=sheet.bredd)
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row, start=1):
                    if cell.value is not None:
                        cells[number, column] = _text(cell)
        except Exception:
            # The library answers a damaged workbook with whatever it stumbles on, so there is no shorter list.
            return None
    return cells


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, int | float):
        decimals = percent_decimals(cell.number_format or "")
        return number_text(value) if decimals is None else f"{number_text(value, 100, decimals)}%"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return re.sub(r"_x000[9AaDd]_", " ", str(value))


def percent_decimals(number_format: str) -> int | None:
    """How many decimals a format shows a share in percent with: 1 for '0.0%'; None when it is no percent format."""
    plain = _FORMAT_NOISE.sub("", number_format).partition(";")[0]
    if "%" not in plain:
        return None
    return min(sum(plain.partition(".")[2].count(digit) for digit in "0#?"), 15)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else otherwise
