"""What the columns of a table are, from its heading: names of rows, values of a year, what the source worked out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from uppfoljning.formats.grid import Cell
from uppfoljning.model.period import Ackumulerat
from uppfoljning.text.numbers import Tal, read_number, read_year
from uppfoljning.text.swedish import MANADER, fold

Role = Literal["namn", "omrade", "grupp", "kon", "arskurs", "brottskod"]
Measure = Literal["antal", "procent"]

AREA_WORDS = frozenset(
    ["kommun", "kommuner", "omrade", "region", "lan", "lokalpolisomrade", "polisomrade", "polisregion", "ort", "stad"]
)
_ROLES: dict[str, Role] = {
    **dict.fromkeys(AREA_WORDS, "omrade"),
    **dict.fromkeys(("brott", "brottstyp", "brottskategori", "fraga", "pastaende", "indikator", "amne"), "namn"),
    **dict.fromkeys(("grupp", "brottsgrupp", "huvudgrupp", "kategori"), "grupp"),
    **dict.fromkeys(("kon", "konskategori"), "kon"),
    **dict.fromkeys(("arskurs", "klass", "skolform", "alder", "aldersgrupp"), "arskurs"),
    **dict.fromkeys(("brottskod", "brottskoder", "kod"), "brottskod"),
}
_SEXES = frozenset(["pojkar", "flickor", "kvinnor", "man", "tjejer", "killar"])
_COUNT_WORDS = frozenset(
    [
        "antal",
        "antalbrott",
        "anmaldabrott",
        "antalanmaldabrott",
        "andel",
        "procent",
        "%",
        "andel%",
        "andeliprocent",
        "varde",
        "utfall",
    ]
)
_NOT_FIGURES = frozenset(["mal", "malvarde", "prognos", "budget", "riktvarde"])
_PART_OF_YEAR = re.compile(
    rf"(?:kv(?:artal)?|tertial|halvår|vecka|[kqht])\.? ?[0-9]{{0,2}}|(?:{'|'.join(MANADER)})|våren|hösten|sommaren",
    re.IGNORECASE,
)
_LONGEST_STEP = 3
"""Years between two rounds of a survey."""
WITHOUT_HEADING = "en utan rubrik"
PER_CAPITA = re.compile(r"per\s*(?:100|10|1)\W?000|/\s*100\W?000|invånare", re.IGNORECASE)
_SPAN = re.compile(r"(?<![0-9])(?P<fran>[0-9]{4}|[0-9]{2})\s*[-–/−]\s*(?P<till>[0-9]{4}|[0-9]{2})(?![0-9])")
_WITH_YEAR = re.compile(r"(?P<ord>\D.*?)[\s,]+(?P<ar>(?:19|20)[0-9]{2}.*)")


class ValueColumn(NamedTuple):
    """A column of values for one year; ``omrade`` or ``kon`` where the heading names one: 'Länet 2020'."""

    nr: int
    ar: int
    preliminar: bool
    cell: Cell
    omrade: str = ""
    kon: str = ""


class StatedColumn(NamedTuple):
    """A column that the source has worked out from two years: a difference (antal) or a percentage."""

    nr: int
    cell: Cell
    fran: int
    till: int
    slag: Measure


@dataclass
class ColumnLayout:
    """The columns of one table. ``name_assumed``: no heading says that the column of names is one."""

    roles: dict[int, Role] = field(default_factory=dict)
    name_assumed: bool = False
    values: list[ValueColumn] = field(default_factory=list)
    stated: list[StatedColumn] = field(default_factory=list)
    skipped: list[Cell] = field(default_factory=list)

    @property
    def ar(self) -> list[int]:
        """The years, in the order of the columns."""
        return list(dict.fromkeys(k.ar for k in self.values))


def year_cells(row: Sequence[Cell]) -> int:
    """How many cells of a row, after the first, name a year."""
    return sum(_value_heading(cell, 0) is not None for cell in row[1:])


def is_heading(row: Sequence[Cell]) -> bool:
    """Whether a row is the heading of a table with a column a year: years after the first cell, no other numbers."""
    years = year_cells(row)
    others = [c for c in row if c.text and _value_heading(c, 0) is None and isinstance(read_number(c.text), Tal)]
    return years > 0 and not others and not read_year(row[0].text)


def may_be_figures(row: Sequence[Cell], heading: Sequence[Cell], *, adjacent: bool) -> bool:
    """Whether a row that looks like a heading may be figures below one: 1 995 crimes look like the year.

    ``adjacent``: nothing stands between it and the table above.
    """
    before = list(itertools.takewhile(lambda cell: not _value_heading(cell, 0), row))
    words = {fold(cell.text) for cell in before} - {""}
    known = {*_ROLES, *(fold(cell.text) for cell in heading)}
    if not words or words & known or any(Ackumulerat.parse(cell.text) for cell in before):
        return False
    years = [found.ar for cell in row[1:] if (found := _value_heading(cell, 0)) is not None]
    steps = {after - before for before, after in itertools.pairwise(years)}
    return adjacent or len(steps) != 1 or not 0 < abs(steps.pop()) <= _LONGEST_STEP


def _value_heading(cell: Cell, index: int) -> ValueColumn | None:
    year = read_year(cell.text)
    if year is not None:
        return ValueColumn(index, year[0], year[1], cell)
    found = _WITH_YEAR.fullmatch(cell.text)
    year = read_year(found["ar"]) if found is not None else None
    if found is None or year is None or len(found["ord"]) > 40 or _SPAN.search(cell.text) or ":" in found["ord"]:
        return None
    word = found["ord"].strip(" ,")
    if fold(word) in {"ar", *_COUNT_WORDS} or Ackumulerat.parse(word) is not None:
        return ValueColumn(index, year[0], year[1], cell)
    if fold(word).startswith(("utv", "forandr", "diff", "andring", "snitt", "medel", "period", "jan")):
        return None
    if fold(word) in _NOT_FIGURES or _PART_OF_YEAR.fullmatch(word):
        return None
    sex = fold(word) in _SEXES
    return ValueColumn(index, year[0], year[1], cell, "" if sex else word, word.lower() if sex else "")


def part_of_year(cell: Cell) -> bool:
    """Whether a heading names a part of a year that isn't counted from its beginning: 'Kv 3 2021'."""
    found = _WITH_YEAR.fullmatch(cell.text)
    return found is not None and len(cell.text) <= 40 and _PART_OF_YEAR.fullmatch(found["ord"].strip(" ,")) is not None


def read_columns(
    heading: Sequence[Cell], below: Sequence[Sequence[Cell]], measures: Sequence[Cell] = ()
) -> ColumnLayout:
    """The columns of the table with this heading, of which ``below`` are the rows.

    ``measures`` is the row just under the years that says what each column measures, where there is one.
    """
    found = ColumnLayout()
    first = next(i for i, cell in enumerate(heading) if i and _value_heading(cell, i))
    _take_names(found, heading[:first], below)
    current: ValueColumn | None = None
    for i in range(first, max(len(heading), len(measures))):
        cell = heading[i] if i < len(heading) else measures[i]._replace(text="")
        measure = measures[i] if i < len(measures) and measures[i].text else None
        own = _value_heading(cell, i) if cell.text else None
        if own is not None:
            current = own
        elif cell.text or not (measure and current):
            current = None
        if PER_CAPITA.search(cell.text) or (measure and PER_CAPITA.search(measure.text)):
            found.skipped.append(measure or cell)
        elif current is not None:
            found.values.append(current._replace(nr=i, cell=cell if cell.text or not measure else measure))
        elif cell.text:
            _take_other(found, i, cell, below)
        elif any(i < len(row) and row[i].text for row in below):
            found.skipped.append(cell._replace(text=WITHOUT_HEADING))
    return found


def _take_names(found: ColumnLayout, heading: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> None:
    """The columns before the first year: each has a role by its heading, or the first free one is the names."""
    for i, cell in enumerate(heading):
        role = _ROLES.get(fold(cell.text))
        if role is not None and role not in found.roles.values():
            found.roles[i] = role
    free = [i for i in range(len(heading)) if i not in found.roles]
    if free and "namn" not in found.roles.values() and "omrade" not in found.roles.values():
        found.roles[free.pop(0)] = "namn"
        found.name_assumed = True
    for i in free:
        if any(i < len(row) and row[i].text for row in below):
            found.skipped.append(heading[i] if heading[i].text else heading[i]._replace(text=WITHOUT_HEADING))


def _take_other(found: ColumnLayout, index: int, cell: Cell, below: Sequence[Sequence[Cell]]) -> None:
    """A column that is neither a name nor a year: worked out by the source when it holds numbers, else skipped."""
    texts = [row[index].text for row in below if index < len(row) and row[index].text]
    numbers = [n for n in map(read_number, texts) if isinstance(n, Tal)]
    years = found.ar
    if not numbers or len(years) < 2:
        found.skipped.append(cell)
        return
    span = _SPAN.search(cell.text)
    first, last = years[-2], years[-1]
    if span is not None:
        first, last = (int(span[name]) if len(span[name]) == 4 else 2000 + int(span[name]) for name in ("fran", "till"))
        if first not in years or last not in years:
            found.skipped.append(cell)
            return
    elif not fold(cell.text).startswith(("utv", "forandr", "diff", "andring", "+", "%", "procent", "skillnad")):
        found.skipped.append(cell)
        return
    percent = any(n.procent for n in numbers) or "%" in cell.text or any(n.decimaler for n in numbers)
    found.stated.append(StatedColumn(index, cell, first, last, "procent" if percent else "antal"))


def repeats_years(row: Sequence[Cell]) -> bool:
    """Whether a heading names some year more than once, so that something above must tell the columns apart."""
    years = [cell.text for cell in row if read_year(cell.text)]
    return len(set(years)) < len(years)


def is_measures(row: Sequence[Cell]) -> bool:
    """Whether a row under the years only says what is measured: 'Antal', 'Per 100 000 inv.'."""
    texts = [cell.text for cell in row if cell.text]
    return bool(texts) and all(fold(t) in _COUNT_WORDS or PER_CAPITA.search(t) for t in texts)
