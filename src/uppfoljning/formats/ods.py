"""An .ods workbook → the cells of one sheet, straight from its XML. Repeated cells are only spelled out when few."""

from __future__ import annotations

import re

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.refusals import number_text, refuse, too_large
from uppfoljning.formats.safe_archive import Nothing, broken, local, read_xml
from uppfoljning.formats.sheets import ERROR_TEXT, Sheet, cell_name, choose, notices, refuse_cells, to_grid
from uppfoljning.text.numbers import Tal, read_number
from uppfoljning.text.problem import Problem

_CELLS = {"table-cell", "covered-table-cell"}


class _Sheets(Nothing):
    """Goes through ``content.xml`` and gathers its sheets and their cells."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.cells: list[dict[tuple[int, int], str]] = []
        self.overfull: set[int] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._left = MAX_CELLS
        self._open = False
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] = {}
        self._text: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        super().start(tag, attrib)
        name = self.path[-1]
        parent = self.path[-2] if len(self.path) > 1 else ""
        if not self._open:
            self._outside(name, parent, {local(key): value for key, value in attrib.items()})
        elif name in {"table-row", "table-column", "p", "s", "tab", "line-break"} or name in _CELLS:
            self._inside(name, parent, {local(key): value for key, value in attrib.items()})

    def _outside(self, name: str, parent: str, values: dict[str, str]) -> None:
        if name == "style":
            self._style = values.get("name", "")
        elif name == "table-properties" and values.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table" and parent == "spreadsheet":
            hidden = values.get("style-name") in self._hidden_styles
            self.sheets.append(Sheet(values.get("name", ""), hidden))
            self.cells.append({})
            self._open, self._row, self._rows = True, 0, 0

    def _inside(self, name: str, parent: str, values: dict[str, str]) -> None:
        if name == "table-row":
            self._row, self._rows = self._row + self._rows, _times(values, "number-rows-repeated")
            self._row += not self._row
            self._column = self._columns = 0
            if values.get("visibility") in {"collapse", "filter"}:
                self.sheets[-1].dolda_rader += self._rows if self._rows < MAX_ROWS else 0
        elif name == "table-column":
            times = _times(values, "number-columns-repeated")
            if values.get("visibility") == "collapse" and times < MAX_COLUMNS:
                self.sheets[-1].dolda_kolumner += times
        elif name in _CELLS and parent == "table-row":
            self._column, self._columns = (
                self._column + self._columns or 1,
                _times(values, "number-columns-repeated"),
            )
            self._cell, self._text = values, []
        elif self._of_the_cell(parent):
            self._text.append(" ")

    def _of_the_cell(self, parent: str) -> bool:
        """Whether this is the cell's own text, and not a comment's or a drawing's."""
        return parent in {*_CELLS, "p", "span", "a"} and not {"annotation", "frame", "shapes", "custom-shape"} & set(
            self.path
        )

    def data(self, text: str) -> None:
        if self._open and self.path[-1] in {"p", "span", "a"} and self._of_the_cell(self.path[-1]):
            self._text.append(text)

    def end(self, tag: str) -> None:
        super().end(tag)
        name, parent = local(tag), self.path[-1] if self.path else ""
        if name == "table" and parent == "spreadsheet":
            self._open = False
        elif self._open and name in _CELLS and parent == "table-row":
            self._close_cell()

    def _close_cell(self) -> None:
        shown = " ".join("".join(self._text).split())
        formula = self._cell.get("formula")
        text = _value(self._cell, shown)
        if formula is None and not text.strip():
            return
        sheet, cells = self.sheets[-1], self.cells[-1]
        sheet.tom = False
        where = cell_name(self._row, self._column)
        last_row, last_column = self._row + self._rows - 1, self._column + self._columns - 1
        if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
            sheet.utanfor = sheet.utanfor or cell_name(last_row, last_column)
        elif formula is not None:
            sheet.formler.append((where, re.sub(r"^[a-z]+:(?==)", "", formula)))
        elif ERROR_TEXT.fullmatch(text) or self._cell.get("value-type") == "error":
            sheet.felvarden.append((where, text))
        elif self._rows * self._columns > self._left:
            self.overfull.add(len(self.sheets) - 1)
        else:
            self._left -= self._rows * self._columns
            for row in range(self._row, last_row + 1):
                for column in range(self._column, last_column + 1):
                    cells[row, column] = text


def read_ods(parts: dict[str, bytes], fil: str, wanted: str | None) -> Rutnat | tuple[Problem, ...]:
    """The cells of the sheet ``wanted``, or of the only one that holds anything."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b"") or "encrypted-package" in parts:
        return (
            refuse(
                fil,
                "losenord",
                "Kalkylbladet är skyddat med lösenord och går inte att läsa.",
                "Öppna det i LibreOffice, välj Arkiv, Spara som, avmarkera Spara med lösenord och spara det på nytt.",
            ),
        )
    found = _Sheets()
    for name, part in parts.items():
        if name.endswith((".xml", ".rdf")):
            refusal = read_xml(part, found if name == "content.xml" else Nothing(), fil)
            if refusal is not None:
                return (refusal,)
    if not found.sheets:
        return (broken(fil),)
    chosen = choose(found.sheets, wanted, fil)
    if isinstance(chosen, Problem):
        return (chosen,)
    refusals = refuse_cells(chosen, fil)
    if refusals:
        return refusals
    number = next(i for i, sheet in enumerate(found.sheets) if sheet is chosen)
    if number in found.overfull:
        return (too_large(fil),)
    return to_grid(found.cells[number], chosen, fil, notices(found.sheets, chosen))


def _value(cell: dict[str, str], shown: str) -> str:
    """A cell's value as text. What it shows is rounded and styled, so the value itself is taken where there is one."""
    kind = cell.get("value-type", "")
    if kind in {"float", "currency"} and "value" in cell:
        return number_text(cell["value"])
    if kind == "percentage" and "value" in cell:
        number = read_number(shown)
        return f"{number_text(cell['value'], 100, number.decimaler if isinstance(number, Tal) else None)}%"
    if kind == "date" and "date-value" in cell:
        day, _, clock = cell["date-value"].partition("T")
        return day if clock[:8] in {"", "00:00:00"} else f"{day} {clock[:5]}"
    if kind == "boolean" and "boolean-value" in cell:
        return "SANT" if cell["boolean-value"] == "true" else "FALSKT"
    return shown or cell.get("string-value", "")


def _times(values: dict[str, str], name: str) -> int:
    text = values.get(name, "1")
    return max(int(text), 1) if re.fullmatch(r"[0-9]{1,9}", text) else 1
