"""A grid → its tables: where each begins, which headings stand over it, and its rows; lying tables are turned.

A table is known by its row of years. Where the years run down the first column the table is turned, and where each row
is one value (år, brott, antal) it is spread out, so that every table that leaves here has a column a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.formats.grid import Cell
from uppfoljning.importing.columns import (
    ColumnLayout,
    is_heading,
    is_measures,
    may_be_figures,
    read_columns,
    repeats_years,
)
from uppfoljning.importing.transpose import GridRow, upright
from uppfoljning.text.numbers import Tal, read_number, read_year

_LONGEST_HEADING = 60


@dataclass
class Block:
    """One table. ``rubriker`` stand above it, the nearest last; ``rows`` pair a group's heading with a row."""

    rubrik: GridRow
    rubriker: list[Cell]
    rows: list[tuple[Cell | None, GridRow]] = field(default_factory=list)
    measures: GridRow = ()

    def columns(self) -> ColumnLayout:
        """What its columns are."""
        return read_columns(self.rubrik, [row for _, row in self.rows], self.measures)

    @property
    def width(self) -> int:
        """How many columns have a heading."""
        return max(len(self.rubrik), len(self.measures))


class GridContents(NamedTuple):
    """What a grid holds: its tables, the lines of text that belong to none, and headings of columns left out.

    ``empty`` are headings with no row below them.
    """

    blocks: list[Block]
    loose: list[Cell]
    skipped: list[Cell]
    empty: list[Block]


def find_blocks(rows: Sequence[GridRow]) -> GridContents:
    """Every table in a grid."""
    rows, skipped = upright(rows)
    blocks: list[Block] = []
    loose: list[Cell] = []
    pending: list[Cell] = []
    current: Block | None = None
    group: Cell | None = None
    above: GridRow = ()
    adjacent = False
    for row in rows:
        filled = [cell for cell in row if cell.text]
        if not filled:
            adjacent = False
            continue
        figures = current is not None and may_be_figures(row, current.rubrik, adjacent=adjacent and not pending)
        if is_heading(row) and not figures:
            words = _spread(above, row)
            if words:
                pending = [cell for cell in pending if cell not in above]
            if current is not None and not current.rows:
                pending = [*current.rubriker, *(cell for cell in current.rubrik if cell.text), *pending]
            current = Block(words or row, pending)
            blocks.append(current)
            pending, group = [], None
        elif len(filled) == 1 and filled[0] is row[0]:
            pending.append(filled[0])
        elif current is not None and not current.rows and is_measures(row):
            current.measures = row
        elif current is not None and _has_values(row):
            if pending:
                loose += pending[:-1]
                group, pending = pending[-1], []
            current.rows.append((group, row))
        else:
            loose += pending
            pending = filled
        above, adjacent = row, True
    full = [block for block in blocks if block.rows]
    return GridContents(full, loose + pending, skipped, [block for block in blocks if not block.rows])


def _has_values(row: GridRow) -> bool:
    return any(cell.text for cell in row[1:])


def _spread(above: GridRow, heading: GridRow) -> GridRow:
    """A heading whose years stand several times, with the words above them: 'Pojkar' over 2018 and 2020; else empty."""
    words = [cell for cell in above[1:] if cell.text]
    numbers = any(read_year(c.text) or isinstance(read_number(c.text), Tal) or ":" in c.text for c in above)
    if not words or numbers or not repeats_years(heading):
        return ()
    spread, word = [heading[0]], ""
    for i, cell in enumerate(heading[1:], 1):
        word = above[i].text if i < len(above) and above[i].text else word
        spread.append(cell._replace(text=f"{word} {cell.text}") if word and read_year(cell.text) else cell)
    return tuple(spread)


def heading_text(cell: Cell) -> bool:
    """Whether a line above a table is a heading rather than prose."""
    return len(cell.text) <= _LONGEST_HEADING and not cell.text.endswith((".", ":", ";"))
