"""A grid → its tables: where each begins, which headings stand over it, and its rows; lying tables are turned.

A table is known by its row of years. Where the years run down the first column the table is turned, and where each row
is one value (år, brott, antal) it is spread out, so that every table that leaves here has a column a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from uppfoljning.inlasning.kolumner import AREA_WORDS, Kolumner, is_heading, is_measures, read_columns
from uppfoljning.rutnat import Cell
from uppfoljning.swedish import fold
from uppfoljning.talform import Tal, read_number, read_year

Rad = tuple[Cell, ...]

_LONGEST_HEADING = 60
_VALUE_WORDS = frozenset(["antal", "antalbrott", "anmaldabrott", "antalanmaldabrott", "andel", "varde", "procent"])


@dataclass
class Block:
    """One table. ``rubriker`` stand above it, the nearest last; ``rader`` pair a group's heading with a row."""

    rubrik: Rad
    rubriker: list[Cell]
    rader: list[tuple[Cell | None, Rad]] = field(default_factory=list)
    matt: Rad = ()

    def kolumner(self) -> Kolumner:
        """What its columns are."""
        return read_columns(self.rubrik, [row for _, row in self.rader], self.matt)


def find_blocks(rows: Sequence[Rad]) -> tuple[list[Block], list[Cell]]:
    """Every table in a grid, and the lines of text that belong to none."""
    rows = _upright(rows)
    blocks: list[Block] = []
    loose: list[Cell] = []
    pending: list[Cell] = []
    current: Block | None = None
    group: Cell | None = None
    for row in rows:
        filled = [cell for cell in row if cell.text]
        if not filled:
            continue
        if is_heading(row):
            current = Block(row, pending)
            blocks.append(current)
            pending, group = [], None
        elif len(filled) == 1 and filled[0] is row[0]:
            pending.append(filled[0])
        elif current is not None and not current.rader and is_measures(row):
            current.matt = row
        elif current is not None and _has_values(row):
            if pending:
                loose += pending[:-1]
                group, pending = pending[-1], []
            current.rader.append((group, row))
        else:
            loose += pending
            pending = [cell for cell in filled if cell.text]
    return [b for b in blocks if b.rader], loose + pending


def _has_values(row: Rad) -> bool:
    return any(cell.text for cell in row[1:])


def heading_text(cell: Cell) -> bool:
    """Whether a line above a table is a heading rather than prose."""
    return len(cell.text) <= _LONGEST_HEADING and not cell.text.endswith((".", ":", ";"))


def _upright(rows: Sequence[Rad]) -> list[Rad]:
    """The rows with every lying or drawn-out table turned so that each year has a column."""
    found: list[Rad] = []
    i = 0
    while i < len(rows):
        end = _down(rows, i)
        if end:
            found += _long(rows[i:end]) or _turned(rows[i:end])
        else:
            found.append(rows[i])
        i = end or i + 1
    return found


def _down(rows: Sequence[Rad], start: int) -> int:
    """Where a table ends that begins with row ``start`` and has years downwards; 0 when none begins there."""
    head = rows[start]
    names = [cell for cell in head if cell.text]
    if len(names) < 2 or any(read_year(cell.text) or isinstance(read_number(cell.text), Tal) for cell in names):
        return 0
    column = year_column(head, rows[start + 1 : start + 2])
    if column is None:
        return 0
    end = start + 1
    while end < len(rows) and len(rows[end]) > column and _belongs(rows[end], column):
        end += 1
    return end if end - start > 2 else 0


def year_column(head: Rad, below: Sequence[Rad]) -> int | None:
    """The column that holds years downwards: the one called År, else the first."""
    for i, cell in enumerate(head):
        if fold(cell.text) in {"ar", "period"} and below and i < len(below[0]) and read_year(below[0][i].text):
            return i
    return 0 if below and below[0] and read_year(below[0][0].text) else None


def _belongs(row: Rad, column: int) -> bool:
    text = row[column].text
    return read_year(text) is not None or fold(text).startswith(("utv", "forandr", "diff", "skillnad"))


def _turned(rows: Sequence[Rad]) -> list[Rad]:
    """Years downwards, names across → years across."""
    width = max(len(row) for row in rows)
    blank = Cell("", rows[0][0].plats)
    padded = [[*row, *[blank] * (width - len(row))] for row in rows]
    first = padded[0][0]
    corner = first if fold(first.text) in AREA_WORDS else first._replace(text="")
    turned = [tuple(column) for column in zip(*padded, strict=True)]
    return [(corner, *turned[0][1:]), *(row for row in turned[1:] if row[0].text)]


def _long(rows: Sequence[Rad]) -> list[Rad] | None:
    """One value a row (år, brott, antal) → years across; None when the table is not of that kind."""
    head = rows[0]
    column = year_column(head, rows[1:2])
    values = [i for i, cell in enumerate(head) if fold(cell.text) in _VALUE_WORDS]
    names = [i for i in range(len(head)) if i not in {column, *values} and head[i].text]
    if column is None or len(values) != 1 or not names:
        return None
    years: dict[str, Cell] = {}
    spread: list[tuple[Rad, dict[str, Cell]]] = []
    latest: dict[tuple[str, ...], int] = {}
    for row in rows[1:]:
        blank = Cell("", row[0].plats)
        named = tuple(row[i] if i < len(row) else blank for i in names)
        key, year = tuple(cell.text for cell in named), row[column].text
        years.setdefault(year, row[column])
        if key not in latest or year in spread[latest[key]][1]:  # a year given twice becomes a row of its own
            latest[key] = len(spread)
            spread.append((named, {}))
        spread[latest[key]][1][year] = row[values[0]] if values[0] < len(row) else blank
    order, blank = sorted(years), Cell("", rows[0][0].plats)
    heading = (*(head[i] for i in names), *(years[ar] for ar in order))
    return [heading, *((*named, *(given.get(ar, blank) for ar in order)) for named, given in spread)]
