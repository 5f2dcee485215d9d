"""A table of a page while it is put together: a cell over several columns and rows becomes one and empty ones."""

from __future__ import annotations

import re

from uppfoljning.formats.csv import MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.grid import Cell
from uppfoljning.text.problem import Plats


class TooLargeError(Exception):
    """The page holds more rows, columns or cells than are read. Never leaves the package."""


class Table:
    """A table under way. ``row`` is the open row, None between rows."""

    def __init__(self) -> None:
        self.row: list[Cell] | None = None
        self._below: dict[int, int] = {}
        """For each column, how many rows more a cell from above still reaches into."""

    def add(self, text: str, plats: Plats, langd: int, across: int, down: int) -> None:
        """A cell that reaches over so many columns and rows: its text first, then empty cells."""
        self._fill(plats, langd)
        room = MAX_COLUMNS - len(self.row or ())
        for position in range(max(min(across, room), 1)):
            self._append(Cell("" if position else text, plats, langd), down - 1)

    def end_row(self) -> tuple[Cell, ...]:
        """Close the open row."""
        row = self.row or []
        if row:
            self._fill(row[-1].plats, row[-1].langd)
        for column in range(len(row), max(self._below, default=-1) + 1):
            self._below[column] = max(self._below.get(column, 0) - 1, 0)
        self.row = None
        return tuple(row)

    def _fill(self, plats: Plats, langd: int) -> None:
        """Empty cells where cells of the rows above reach down."""
        while self.row is not None and self._below.get(len(self.row), 0) > 0:
            self._append(Cell("", plats, langd), 0)

    def _append(self, cell: Cell, down: int) -> None:
        if self.row is None:
            return
        column = len(self.row)
        if column >= MAX_COLUMNS:
            if cell.text:
                raise TooLargeError
            return
        self._below[column] = max(self._below.get(column, 0) - 1, down)
        self.row.append(cell)


def spans(values: dict[str, str]) -> tuple[int, int]:
    """How many columns and rows a cell reaches over. A rowspan of 0 is to the end of the table."""
    return _span(values.get("colspan"), MAX_COLUMNS, 1), _span(values.get("rowspan"), MAX_ROWS, MAX_ROWS)


def _span(text: str | None, most: int, zero: int) -> int:
    found = re.match(r"\s*\+?([0-9]+)", text or "")
    if found is None:
        return 1
    digits = found[1].lstrip("0")
    return min(int(digits[:9]), most) if digits else zero
