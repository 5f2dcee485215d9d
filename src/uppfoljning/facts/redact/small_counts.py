"""Which figures are withheld so that no small count about individuals is told, by a rule that a reader can check.

A protected row's figure below five is small. Where there is one, every sum row of the same area, year and period is
withheld, in every source; and of two accumulated figures of a year that are less than five apart the later one, and
the sum rows with it. What can be worked out all the same is said in ``docs/data.md``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby, product
from math import isclose
from typing import NamedTuple

from uppfoljning.model import Indikator
from uppfoljning.model.period import Ackumulerat
from uppfoljning.model.tabell import SVARANDE, Enhet, Serie, Tabell, plain_area
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import fold

SMALL = 5
"""Counts about individuals below this are not shown."""

_SUMS = ("summa", "total", "samtlig", "alla", "hela", "sammanlag")
_SUM_ANYWHERE = re.compile(r"\w*summa[ns]?|sum|tot|total(?:t|a|summa)?|sammanlag(?:t|da)")
_WHOLE_AREA = re.compile("(?:hela|samtliga|alla)?(?:kommunen?|omraden|kommundelar)?(?:totalt?|summa)?")
_YEAR = Ackumulerat(12)
_FEWEST_ROWS = 3  # of two rows that are equal neither is the sum of the other
_SVARANDE = fold(SVARANDE)

Rad = tuple[str, ...]
"""A row's identity: its area, group, name, kön and årskurs, each as compared."""


class Talnyckel(NamedTuple):
    """What a figure is about, whichever source has it."""

    rad: Rad
    period: Ackumulerat | None
    ar: int


class Siffra(NamedTuple):
    """A source's figure, the same in all its extracts."""

    kalla: str
    enhet: Enhet
    tal: Talnyckel


class Dolt(NamedTuple):
    """The figures that are withheld, and those of them that some extract has as small."""

    alla: Set[Siffra]
    sma: Set[Siffra]


class Tabellrad(NamedTuple):
    """A row of a table, and the values that it has."""

    tabell: Tabell
    serie: Serie
    rad: Rad
    varden: Mapping[int, float]

    @classmethod
    def of(cls, tabell: Tabell, serie: Serie, kommun: str) -> Tabellrad:
        """The row of a series. Without an area of its own it is about the table's, or the municipality."""
        grupp, namn, *about = serie.jamford[1:]
        rad = (plain_whole(serie.nyckel.omrade or tabell.omrade, kommun), grupp, namn, *map(_part, about))
        return cls(tabell, serie, rad, {ar: v for ar, v in serie.varden.items() if v is not None})

    @property
    def period(self) -> Ackumulerat | None:
        """What the counts are added up over: a count with only its year is of the whole year."""
        return _YEAR if self.tabell.period is None and self.tabell.enhet == "antal" else self.tabell.period

    @property
    def is_sum(self) -> bool:
        """Whether the name says that the row is made of others."""
        return _says_sum(self.serie.nyckel.namn)

    def siffra(self, ar: int) -> Siffra:
        """The figure of a year."""
        return Siffra(self.tabell.kalla, self.tabell.enhet, Talnyckel(self.rad, self.period, ar))

    def is_protected(self, indikator: Indikator) -> bool:
        """Whether an indicator protects the row by its name or group, in any area and, for counts, in any source."""
        if not indikator.skydda_sma_tal or (indikator.kalla != self.tabell.kalla and self.tabell.enhet != "antal"):
            return False
        if indikator.grupp is not None and fold(indikator.grupp) != self.rad[1]:
            return False
        if indikator.serie is None:
            return indikator.grupp is not None
        return fold(indikator.serie) == self.rad[2]


def plain_whole(area: str, kommun: str) -> str:
    """An area's name as compared: 'Hela kommunen', 'Totalt' and no name at all are the municipality."""
    return plain_area(kommun if _WHOLE_AREA.fullmatch(fold(area)) else area)


def find_hidden(underlag: Underlag) -> Dolt:
    """The figures that must not be shown, of all tables."""
    protecting = [i for i in underlag.indikatorer.indikatorer if i.skydda_sma_tal]
    tabeller = [t for t in underlag.tabeller if protecting and t.enhet != "rang"]
    rows = [Tabellrad.of(t, serie, underlag.overenskommelse.kommun) for t in tabeller for serie in t.serier]
    answered: dict[Siffra, float] = {}
    for row, ar, number in _figures(r for r in rows if r.rad[2] == _SVARANDE):
        who = _who(row.siffra(ar), row.rad[3:])
        answered[who] = min(number, answered.get(who, number))
    rows = [row for row in rows if row.rad[2] != _SVARANDE]
    named = [(row, any(row.is_protected(i) for i in protecting)) for row in rows]
    codes = {row.serie.kod for row, is_named in named if is_named} - {""}
    protected = [row for row, is_named in named if is_named or (row.serie.kod in codes and row.tabell.enhet == "antal")]
    small = {row.siffra(ar) for row, ar, value in _figures(protected) if _is_small(row.siffra(ar), value, answered)}
    told = small | _near(protected, small)
    sums = _sums(rows, {siffra.tal for siffra in told})
    return Dolt(told | {row.siffra(ar) for row, ar, _ in _figures(rows) if row.siffra(ar).tal in sums}, small)


def _says_sum(name: str) -> bool:
    """Whether a name says that it is of others together: 'Samtliga brott', 'Brott, alla', 'Brott, totalt (urval)'."""
    words = [fold(word) for word in re.findall(r"\w+", name)]
    edges = (*words[:1], *words[-1:])
    return any(word.startswith(_SUMS) for word in edges) or any(_SUM_ANYWHERE.fullmatch(word) for word in words)


def _part(word: str) -> str:
    """Which kön or årskurs a row is about; empty for all of them."""
    return "" if word.startswith(_SUMS) else word


def _figures(rows: Iterable[Tabellrad]) -> Iterator[tuple[Tabellrad, int, float]]:
    for row in rows:
        for ar, value in row.varden.items():
            yield row, ar, value


def _who(siffra: Siffra, del_: Rad) -> Siffra:
    """The figure of how many answered, in the part of the survey that a share is about or in another."""
    return siffra._replace(tal=siffra.tal._replace(rad=(siffra.tal.rad[0], "", _SVARANDE, *del_)))


def _is_small(siffra: Siffra, value: float, answered: Mapping[Siffra, float]) -> bool:
    """Whether a protected figure stands for fewer than five; a share of an unknown number does when it is none."""
    if siffra.enhet == "antal":
        return value < SMALL
    # No group is larger than all who answered.
    number = answered.get(_who(siffra, siffra.tal.rad[3:]), answered.get(_who(siffra, ("", ""))))
    return value == 0 if number is None else round(value * number / 100) < SMALL


def _near(protected: Iterable[Tabellrad], small: Set[Siffra]) -> set[Siffra]:
    """The accumulated figures that are less than five more than one shown earlier in the year; '<5' is taken for four.

    Only what is shown is compared, so that what is withheld tells nothing of the figures that are.
    """
    values: dict[Siffra, list[float]] = defaultdict(list)
    for row, ar, value in _figures(row for row in protected if row.period is not None):
        values[row.siffra(ar)].append(value)
    found: set[Siffra] = set()
    shown: dict[object, float] = defaultdict(float)
    for _, of_period in groupby(sorted(values, key=_when), key=_when):
        reached: dict[object, float] = {}
        for siffra in of_period:
            of_year = (siffra.enhet, siffra.tal.rad, siffra.tal.ar)
            if siffra in small:
                reached[of_year] = max(reached.get(of_year, 0), SMALL - 1)
            elif min(values[siffra]) < shown[of_year] + SMALL:
                found.add(siffra)
            else:
                reached[of_year] = max(reached.get(of_year, 0), *values[siffra])
        for about, most in reached.items():
            shown[about] = max(shown[about], most)
    return found


def _when(siffra: Siffra) -> tuple[int, ...]:
    """The period of a figure, in the order of the year."""
    return tuple(siffra.tal.period or ())


def _sums(rows: Sequence[Tabellrad], told: Set[Talnyckel]) -> set[Talnyckel]:
    """The figures of the sums in the area of one that is not told, and in the municipality that it is a part of.

    A row is a sum by its name, when it is as much as all other rows of its group, and when it is about all kön,
    årskurser or parts of the municipality that another row is about one of.
    """
    groups: dict[object, list[Tabellrad]] = defaultdict(list)
    areas: dict[object, dict[Rad, Tabellrad]] = defaultdict(dict)
    for row in rows:  # an area may have a file, or a source, of its own
        same = areas[row.tabell.enhet, row.period, row.rad[1:]]
        known = same.get(row.rad, row)
        same[row.rad] = known._replace(varden={**row.varden, **known.varden})
        if not row.is_sum:
            groups[id(row.tabell), row.rad[:2], row.rad[3:]].append(row)
    covering: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for same in areas.values():
        for whole in _wholes(list(same.values()), told):
            for row in same.values():
                covering[row.rad[0], whole.period, whole.ar].add(whole.rad[0])
    found: set[Talnyckel] = set()
    places: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for tal in told:
        (area, grupp, namn, kon, arskurs), period, ar = tal
        around = {area, *covering[area, period, ar]}
        for each in around:
            places[each, period, ar].add(grupp)
        wider = product(around, {grupp}, {namn}, {kon, ""}, {arskurs, ""})
        found |= {Talnyckel(rad, period, ar) for rad in wider} - {tal}
    sums = {row.siffra(ar).tal for row, ar, _ in _figures(rows) if row.is_sum}
    sums.update(whole for group in groups.values() for whole in _wholes(group, told))
    found |= {tal for tal in sums if (tal.rad[0], tal.period, tal.ar) in places}
    for row, ar, _ in _figures(row for row in rows if _says_sum(row.serie.nyckel.grupp)):
        # A group of wholes stands beside those that have the parts; where it has the small row too, it is all there is.
        within = places.get((row.rad[0], row.period, ar))
        if within is not None and row.rad[1] not in within:
            found.add(row.siffra(ar).tal)
    return found


def _wholes(rows: Sequence[Tabellrad], told: Set[Talnyckel]) -> Iterable[Talnyckel]:
    """The figures that are as much as those of all other rows together, one a year.

    Where two are, the others are none: then the one that is in most years, or the last.
    """
    number = Counter(ar for _, ar, _ in _figures(rows))
    total = {ar: sum(row.varden.get(ar, 0) for row in rows) for ar, n in number.items() if n >= _FEWEST_ROWS}
    equal = [(row, ar) for row, ar, v in _figures(rows) if ar in total and isclose(2 * v, total[ar])]
    equal = [(row, ar) for row, ar in equal if row.siffra(ar).tal not in told]
    often = Counter(row.rad for row, ar in equal if row.varden[ar])
    seldom_first = sorted((pair for pair in equal if often[pair[0].rad]), key=lambda pair: often[pair[0].rad])
    return {ar: row.siffra(ar).tal for row, ar in seldom_first}.values()
