"""Tables that lie down are turned, and those with one value a row spread out, so that each year has a column."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.formats.grid import Cell
from uppfoljning.importing.columns import AREA_WORDS, PER_CAPITA
from uppfoljning.text.numbers import Tal, read_number, read_year
from uppfoljning.text.swedish import fold

GridRow = tuple[Cell, ...]

_VALUE_WORDS = frozenset(["antal", "antalbrott", "anmaldabrott", "antalanmaldabrott", "andel", "varde", "procent"])
_YEAR_WORDS = frozenset(["ar", "artal", "period"])


def upright(rows: Sequence[GridRow]) -> tuple[list[GridRow], list[Cell]]:
    """The rows with every lying or drawn-out table turned so that each year has a column, and what was left out."""
    found: list[GridRow] = []
    skipped: list[Cell] = []
    i = 0
    while i < len(rows):
        end = _down(rows, i)
        if not end:
            found.append(rows[i])
            i += 1
            continue
        groups = found.pop() if found and _is_groups(found[-1], rows[i]) else ()
        spread = _long(rows[i:end], skipped)
        found += spread or _turned(rows[i:end], groups)
        i = end
    return found, skipped


def _down(rows: Sequence[GridRow], start: int) -> int:
    """Where a table ends that begins with row ``start`` and has years downwards; 0 when none begins there."""
    head = rows[start]
    names = [cell for cell in head if cell.text]
    if any(read_year(cell.text) or isinstance(read_number(cell.text), Tal) for cell in names):
        return 0
    column = year_column(head, rows[start + 1 : start + 2])
    if column is None or all(cell is head[column] for cell in names):
        return 0
    end = start + 1
    while end < len(rows) and len(rows[end]) > column and _belongs(rows[end], column):
        end += 1
    # A single year below a heading that doesn't say so may be anything.
    return end if end - start > 2 or fold(head[column].text) in _YEAR_WORDS else 0


def year_column(head: GridRow, below: Sequence[GridRow]) -> int | None:
    """The column that holds years downwards: the one called År, else the first."""
    for i, cell in enumerate(head):
        if fold(cell.text) in _YEAR_WORDS and below and i < len(below[0]) and read_year(below[0][i].text):
            return i
    return 0 if below and below[0] and read_year(below[0][0].text) else None


def _belongs(row: GridRow, column: int) -> bool:
    text = row[column].text
    return read_year(text) is not None or fold(text).startswith(("utv", "forandr", "diff", "skillnad"))


def _is_groups(row: GridRow, head: GridRow) -> bool:
    """Whether a row just above a lying table names groups of its columns: nothing over the years, words over others."""
    words = [cell for cell in row[1:] if cell.text]
    plain = not any(read_year(c.text) or isinstance(read_number(c.text), Tal) or ":" in c.text for c in words)
    return bool(words) and not row[0].text and plain and len(row) <= len(head)


def _turned(rows: Sequence[GridRow], groups: GridRow) -> list[GridRow]:
    """Years downwards, names across → years across. ``groups`` stand over the names, each over those that follow."""
    width = max(len(row) for row in rows)
    blank = Cell("", rows[0][0].plats)
    padded = [[*row, *[blank] * (width - len(row))] for row in rows]
    first = padded[0][0]
    corner = first if fold(first.text) in AREA_WORDS else first._replace(text="")
    turned = [tuple(column) for column in zip(*padded, strict=True)]
    body = [(corner, *turned[0][1:]), *(row for row in turned[1:] if row[0].text)]
    if not groups:
        return body
    named: list[GridRow] = [(blank._replace(text="Grupp"), *body[0])]
    group = blank
    for i, row in enumerate(turned[1:], 1):
        group = groups[i] if i < len(groups) and groups[i].text else group
        if row[0].text:
            named.append((group, *row))
    return named


def _long(rows: Sequence[GridRow], skipped: list[Cell]) -> list[GridRow] | None:
    """One value a row (år, brott, antal) → years across; None when the table is not of that kind."""
    head = rows[0]
    column = year_column(head, rows[1:2])
    values = [i for i, cell in enumerate(head) if fold(cell.text) in _VALUE_WORDS]
    rates = [i for i, cell in enumerate(head) if PER_CAPITA.search(cell.text)]
    names = [i for i in range(len(head)) if i not in {column, *values, *rates} and head[i].text]
    if column is None or len(values) != 1 or not names:
        return None
    skipped += [head[i] for i in rates]
    years: dict[str, Cell] = {}
    spread: list[tuple[GridRow, dict[str, Cell]]] = []
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
