"""Which figures must not be shown, so that no small count about individuals can be worked out from those that are.

Small counts are taken out, then what by its name or by the figures tells of them, and last whatever more is needed for
every hidden figure to be able to have been another: for each of them another table is found that shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from uppfoljning.rakneverk import SMALL, Cell, Rakneverk
from uppfoljning.samband import PER_CENT, Rad, is_sum_name
from uppfoljning.statistik import SVARANDE, Serie, Tabell, newest_first, plain_area
from uppfoljning.swedish import fold
from uppfoljning.underlag import Underlag

Ar = frozenset[int]


class Dolt(NamedTuple):
    """The years taken out of a row, and those of them where some extract has a small figure itself."""

    ar: Ar
    sma: Ar


def identity(serie: Serie, tabell: Tabell, kommun: str) -> Rad:
    """What a row is about, the same however it is written and wherever it stands."""
    return (plain_area(serie.nyckel.omrade or tabell.omrade or kommun), *serie.nyckel.folded[1:])


def find_hidden(underlag: Underlag, tabeller: Sequence[Tabell]) -> dict[Rad, Dolt]:
    """What must not be shown of tables with the same source, unit and period: extracts, years and files together.

    A figure that is taken out of one of them is taken out of all, so that no other extract of it tells what it was.
    """
    return _Skydd(underlag, tabeller).hidden()


def gathered(tabeller: Iterable[Tabell]) -> Iterator[list[Tabell]]:
    """The tables in groups that have the same figures: by source, unit and what a year is counted over."""
    groups: dict[tuple[object, ...], list[Tabell]] = {}
    for tabell in tabeller:
        groups.setdefault((tabell.kalla, tabell.enhet, tabell.period), []).append(tabell)
    yield from groups.values()


class _Rader(NamedTuple):
    """The values of a row, gathered over the tables; where they differ, the lowest."""

    serie: Serie
    varden: dict[int, float | None]


class _Skydd:
    """Which figures of some tables must not be shown."""

    def __init__(self, underlag: Underlag, tabeller: Sequence[Tabell]) -> None:
        self.underlag = underlag
        self.kommun = underlag.overenskommelse.kommun
        self.tabeller = tabeller
        self.enhet = tabeller[0].enhet
        self.rows = self._rows()

    def hidden(self) -> dict[Rad, Dolt]:
        """For each row concerned: the years taken out, and those of them where it is small itself."""
        rows = self.rows
        small = {rad: years for rad, row in rows.items() if (years := self._small(rad, row))}
        unknown = {
            rad: frozenset(ar for ar, v in row.varden.items() if v is None)
            for rad, row in rows.items()
            if any(v is None for v in row.varden.values()) and self._is_protected(rad)
        }
        found: dict[Rad, set[int]] = {rad: set(years) for rad, years in small.items()}
        for rad in {**small, **unknown}:
            for other, row in rows.items():
                if other != rad and self._tells(rad, other):
                    found.setdefault(other, set()).update(small.get(rad, frozenset()) & set(row.varden))
                    # A year that the protected row lacks: the sum would still tell what it was.
                    if rad in small and adds_up(row.serie):
                        found[other] |= unknown.get(rad, frozenset()) & set(row.varden)
        cells = {(rad, ar) for rad, years in found.items() for ar in years}
        if cells or unknown:
            self._close(cells, small, unknown)
        taken: dict[Rad, set[int]] = {}
        for rad, ar in cells:
            taken.setdefault(rad, set()).add(ar)
        return {rad: Dolt(frozenset(years), small.get(rad, frozenset())) for rad, years in taken.items()}

    def _close(self, cells: set[Cell], small: Mapping[Rad, Ar], unknown: Mapping[Rad, Ar]) -> None:
        """Take out more until no table tells what any hidden figure is: each by itself, and all read as one."""
        groups = [[t] for t in self.tabeller] + ([list(self.tabeller)] if len(self.tabeller) > 1 else [])
        taken = {(rad, ar) for rad, years in small.items() for ar in years}
        tables = [self._figures(group, taken) for group in groups]
        for table in tables:
            table.take_out_parts(cells)
            for rad, years in unknown.items():
                for ar in years:
                    table.take_out_what_tells(cells, rad, ar, partial(self.is_small, rad, ar))
        before = -1
        while before != len(cells):
            before = len(cells)
            for table in tables:
                table.take_out_wholes(cells)
                table.loosen(cells)

    def _figures(self, tabeller: Sequence[Tabell], taken: set[Cell]) -> Rakneverk:
        """The figures of a table, or of several read as one, where the latest extract's hold."""
        share = self.enhet == "procent"
        rows: dict[Rad, dict[int, int]] = {}
        for tabell in reversed(newest_first(tabeller)):
            for serie in tabell.serier:
                rad = identity(serie, tabell, self.kommun)
                if self.enhet != "rang" and not (share and rad[2] == fold(SVARANDE)):
                    values = {
                        ar: round(v * PER_CENT if share else v) for ar, v in serie.varden.items() if v is not None
                    }
                    rows.setdefault(rad, {}).update(values)
        protected = frozenset(rad for rad in rows if self._is_protected(rad) and not self.rows[rad].serie.is_sum)
        none = [rad for rad in sorted(protected) if rows[rad] and not any(rows[rad].values())]
        sums = {
            other: tuple(rad for rad in none if rad != other and self._tells(rad, other))
            for other in rows
            if adds_up(self.rows[other].serie)
        }
        return Rakneverk(rows, taken, protected, sums, share=share)

    def _rows(self) -> dict[Rad, _Rader]:
        rows: dict[Rad, _Rader] = {}
        for tabell in self.tabeller:
            for serie in tabell.serier:
                rad = identity(serie, tabell, self.kommun)
                known = rows.setdefault(rad, _Rader(serie, {})).varden
                for ar, value in serie.varden.items():
                    values = [v for v in (known.get(ar), value) if v is not None]
                    known[ar] = min(values, default=None)
        return rows

    def _small(self, rad: Rad, row: _Rader) -> Ar:
        if self.enhet == "rang" or row.serie.is_sum or not self._is_protected(rad):
            return frozenset()
        return frozenset(ar for ar, v in row.varden.items() if v is not None and self.is_small(rad, ar, v))

    def is_small(self, rad: Rad, ar: int, value: float) -> bool:
        """Whether a protected figure stands for fewer than five; a share of an unknown number does when it is none."""
        if self.enhet == "antal":
            return value < SMALL
        own = (rad[0], fold(SVARANDE), *rad[3:])
        whole = (rad[0], fold(SVARANDE), *([""] * len(rad[3:])))
        for twin in (own, whole):  # no group is larger than all who answered
            numbers = [r.varden.get(ar) for i, r in self.rows.items() if (i[0], *i[2:]) == twin]
            number = next((n for n in numbers if n is not None), None)
            if number is not None:
                return round(value * number / 100) < SMALL
        return value == 0

    def _is_protected(self, rad: Rad) -> bool:
        """Whether an indicator protects a row by its name or group, in any area and, for counts, in any source."""
        return any(
            i.skydda_sma_tal
            and (i.serie or i.grupp)
            and (i.kalla == self.tabeller[0].kalla or self.enhet == "antal")
            and (i.serie is None or fold(i.serie) == rad[2])
            and (i.grupp is None or fold(i.grupp) == rad[1])
            for i in self.underlag.indikatorer.indikatorer
        )

    def _tells(self, rad: Rad, other: Rad) -> bool:
        """Whether another row by its name would tell, with the rest of what is shown, what a hidden one is."""
        if other[1:3] == rad[1:3]:
            own = plain_area(self.kommun)
            named = any(i.omrade and fold(i.serie or rad[2]) == rad[2] for i in self.underlag.indikatorer.indikatorer)
            # Another group of the same area; else another area, where the hidden one is a part of the municipality.
            return other[0] == rad[0] or (rad[0] != own and (other[0] != own or named))
        if other[0] != rad[0] or not adds_up(self.rows[other].serie):
            return False
        beside = (r for r, row in self.rows.items() if r[:2] == other[:2] and not adds_up(row.serie))
        return other[1] in {rad[1], ""} or next(beside, None) is None


def adds_up(serie: Serie) -> bool:
    """Whether a row's name says that it is made of others."""
    return serie.is_sum or is_sum_name(fold(serie.nyckel.namn.split()[0]))
