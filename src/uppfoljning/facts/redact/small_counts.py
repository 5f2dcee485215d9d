"""Which figures must not be shown, so that no small count about individuals can be worked out from those that are.

Small counts are taken out, then what by its name or by the figures tells of them, and last whatever more is needed for
every hidden figure to be able to have been another: for each of them another table is found that shows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations
from math import comb, prod
from typing import NamedTuple

from uppfoljning.facts.figures.statistics import MIN_YEARS
from uppfoljning.model.tabell import SVARANDE, Serie, Tabell, newest_first, plain_area
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import fold

Rad = tuple[str, ...]
"""A row's identity: its area, group, name, kön and årskurs, each as compared."""
Tal = Mapping[Rad, Mapping[int, int]]
Arsrad = tuple[int, ...]

_SUMS = ("summa", "total", "samtliga", "alla", "hela")

PER_CENT = 100
"""What one per cent is in a table of shares."""
_ALL = 100 * PER_CENT
_BASE = 10**12
_SHAPES = 8  # so many sets of years in common are tried, the longest first
_WAYS = 1000  # among fewer possible relations than this, one that holds in all years is none by chance
_NO_CHANCE = 10_000  # two rows with so many possible figures aren't the same by chance, however small they are
_FEW = 5
_SIZES = ((40, 4), (120, 3), (400, 2))  # in a table of up to so many rows: how many rows are tried beside a row


class Samband(NamedTuple):
    """A whole and its parts. Without ``hel`` the parts are all there is: 100 per cent."""

    hel: Rad | None
    delar: tuple[Rad, ...]

    @property
    def rader(self) -> tuple[Rad, ...]:
        """Every row of the relation, the whole first."""
        return self.delar if self.hel is None else (self.hel, *self.delar)


def is_sum_name(name: str) -> bool:
    """Whether a row's name, folded, says that it is made of others: a sum, or 'Samtliga brott'."""
    return name.startswith(_SUMS)


class Sambandssok:
    """Searches rows that may be added together, in the order in which they stand; ``andelar``: they are shares."""

    def __init__(self, rader: Tal, *, andelar: bool = False) -> None:
        self.rader = rader
        self.andelar = andelar
        whole = all(v % PER_CENT == 0 for row in rader.values() for v in row.values())
        self.unit = (PER_CENT if whole else PER_CENT // 10) if andelar else 0

    def with_row(self, rad: Rad) -> tuple[Samband, ...]:
        """The relations that a row is part of."""
        found: dict[Samband, None] = {}
        for years in self._shapes(rad):
            nothing = {r for r, row in self.rader.items() if not any(row.get(ar) for ar in years)} - {rad}
            for samband in (*self._sums(rad, years), *self._runs(rad, years)):
                parts = tuple(sorted(set(samband.delar) - nothing))
                found.setdefault(Samband(samband.hel, parts))
        return tuple(s for s in found if self._holds(s))

    def _shapes(self, rad: Rad) -> list[Arsrad]:
        """The sets of years that the row has in common with others."""
        own = frozenset(self.rader[rad])
        shapes = {own & frozenset(row) for row in self.rader.values()}
        shapes |= {a & b for a, b in combinations(sorted(shapes, key=sorted), 2)}
        least = 1 if self.andelar else MIN_YEARS
        return sorted((tuple(sorted(s)) for s in shapes if len(s) >= least), key=lambda s: (-len(s), s))[:_SHAPES]

    def _covering(self, years: Arsrad) -> dict[Rad, tuple[int, ...]]:
        return {r: tuple(row[ar] for ar in years) for r, row in self.rader.items() if all(ar in row for ar in years)}

    def _sums(self, rad: Rad, years: Arsrad) -> Iterator[Samband]:
        """Sums of a few rows anywhere in the table. A row's years make one number, so that sums are sums of numbers."""
        coded = {
            r: sum(v * _BASE**i for i, v in enumerate(values))
            for r, values in self._covering(years).items()
            if r == rad or any(values)
        }
        own = coded.pop(rad)
        most = next((size for rows, size in _SIZES if len(coded) <= rows), 1)
        sought = _Delsummor(list(coded.items()), most)
        yield from (Samband(rad, delar) for delar in sought.adding_up_to(own, most))
        wholes: list[tuple[Rad | None, int]] = [*coded.items()]
        if self.andelar:
            wholes.append((None, sum(_ALL * _BASE**i for i in range(len(years)))))
        for hel, code in wholes:
            for rest in sought.adding_up_to(code - own, most):
                if hel not in rest:
                    yield Samband(hel, (rad, *rest))

    def _runs(self, rad: Rad, years: Arsrad) -> Iterator[Samband]:
        """A whole with any number of parts right above or below it; in a table of shares also those that make 100."""
        rows = list(self._covering(years).items())
        for place, (hel, values) in enumerate(rows):
            for way in (rows[:place][::-1], rows[place + 1 :]):
                for delar in self._adding_up(way, values):
                    if len(delar) > 1 and (hel == rad or rad in delar) and any(values):
                        yield Samband(hel, delar)
        for place in range(len(rows) if self.andelar else 0):
            for delar in self._adding_up(rows[place:], (_ALL,) * len(years)):
                if len(delar) > 1 and rad in delar:
                    yield Samband(None, delar)

    def _adding_up(
        self, rows: Sequence[tuple[Rad, tuple[int, ...]]], goal: tuple[int, ...]
    ) -> Iterator[tuple[Rad, ...]]:
        """The first rows of a list, as many as add up to a goal; with shares, as nearly as they are rounded."""
        added = [0] * len(goal)
        for number, (_, values) in enumerate(rows, 1):
            added = [a + v for a, v in zip(added, values, strict=True)]
            slack = self._slack(number)
            if any(a > g + slack for a, g in zip(added, goal, strict=True)):
                return
            if all(abs(a - g) <= slack for a, g in zip(added, goal, strict=True)):
                yield tuple(r for r, _ in rows[:number])

    def _slack(self, parts: int) -> int:
        """How far rounded shares may be from what they add up to."""
        return self.unit * (parts + 1) // 2 if parts > 1 else 0

    def _holds(self, samband: Samband) -> bool:
        """Whether a relation holds in every year that its rows have in common, and is no coincidence."""
        first, *others = (self.rader[rad] for rad in samband.rader)
        years = [ar for ar in first if all(ar in row for row in others)]
        parts = [self.rader[rad] for rad in samband.delar]
        wholes = [self.rader[samband.hel][ar] if samband.hel is not None else _ALL for ar in years]
        slack = self._slack(len(parts))
        if any(abs(sum(p[ar] for p in parts) - whole) > slack for ar, whole in zip(years, wholes, strict=True)):
            return False
        if samband.hel is None:
            return len(years) > 1 or (len(parts) == 2 and self._stand_together(samband))
        if len(years) < MIN_YEARS or not any(wholes) or self._is_backwards(samband):
            return False
        if len(parts) == 2 and any(parts[0][ar] and parts[1][ar] for ar in years):
            return True
        if not all(any(part[ar] for ar in years) for part in parts):
            # A row that always is none is part of every whole: only of one in its own group can it be known to be.
            near = self._stand_together(samband) or len({rad[1] for rad in samband.rader}) == 1
            return near and not any(is_sum_name(rad[2]) for rad in samband.delar)
        evidence = prod(1 + whole // (self.unit or 1) for whole in wholes)
        if len(parts) == 1:
            return sum(whole >= _FEW for whole in wholes) >= MIN_YEARS or evidence > _NO_CHANCE
        return self._stand_together(samband) or comb(len(self.rader) - 1, len(parts)) <= max(evidence, _WAYS)

    def _is_backwards(self, samband: Samband) -> bool:
        """Whether a sum by name would be a part of a row of its own group."""
        hel = samband.hel
        if hel is None or is_sum_name(hel[2]):
            return False
        return any(is_sum_name(rad[2]) and rad[:2] == hel[:2] for rad in samband.delar)

    def _stand_together(self, samband: Samband) -> bool:
        """Whether the rows of a relation follow each other, with the whole first or last."""
        places = [place for place, rad in enumerate(self.rader) if rad in samband.rader]
        order = list(self.rader)
        return places[-1] - places[0] == len(places) - 1 and samband.hel in {None, order[places[0]], order[places[-1]]}


class _Delsummor:
    """Looks up which few of some numbers make a sum; those of two are kept, so that four cost no more than two."""

    def __init__(self, numbers: Sequence[tuple[Rad, int]], most: int) -> None:
        self.numbers = numbers
        self.single: dict[int, list[int]] = {}
        for i, (_, number) in enumerate(numbers):
            self.single.setdefault(number, []).append(i)
        self.pairs: dict[int, list[tuple[int, int]]] = {}
        if most > 1:
            for (i, (_, a)), (j, (_, b)) in combinations(enumerate(numbers), 2):
                self.pairs.setdefault(a + b, []).append((i, j))

    def adding_up_to(self, goal: int, most: int) -> Iterator[tuple[Rad, ...]]:
        """Every choice of one to ``most`` of the numbers that makes the goal."""
        found: set[tuple[int, ...]] = {(i,) for i in self.single.get(goal, ())}
        if most > 1:
            found.update(self.pairs.get(goal, ()))
        if most > 2:
            for i, (_, number) in enumerate(self.numbers):
                found.update((i, *pair) for pair in self.pairs.get(goal - number, ()) if i < pair[0])
        if most > 3:
            for number, pairs in self.pairs.items():
                for other in self.pairs.get(goal - number, ()):
                    found.update((*pair, *other) for pair in pairs if pair[0] < other[0] and not {*pair} & {*other})
        for chosen in sorted(found):
            yield tuple(self.numbers[i][0] for i in chosen)


SMALL = 5
"""Counts about individuals below this are not shown."""

_TRIES = 200
_WITHOUT_END = 10**9

Cell = tuple[Rad, int]
"""A figure: its row and year."""


class Rakneverk:
    """The figures of a table: counts, or shares in hundredths of a per cent.

    ``small`` are the figures hidden for what they are, ``protected`` the rows whose small counts are printed as '<5'.
    ``sums`` are the rows that are sums by name, each with the protected rows that belong to it though they are none.
    """

    def __init__(
        self,
        rows: dict[Rad, dict[int, int]],
        small: set[Cell],
        protected: frozenset[Rad],
        sums: Mapping[Rad, tuple[Rad, ...]],
        *,
        share: bool,
    ) -> None:
        self.rows = rows
        self.small = sorted((rad, ar) for rad, ar in small if ar in rows.get(rad, ()))
        self.protected = protected
        self.sums = sums
        self.share = share
        self.unit = PER_CENT if share else 1
        shown = {rad: {ar: v for ar, v in row.items() if (rad, ar) not in small} for rad, row in rows.items()}
        # With the hidden figures too: a row may be hidden in nearly every year.
        self.searches = [
            Sambandssok(found, andelar=share) for values in (shown, rows) for found in _lists(values, share=share)
        ]
        self.shown = shown
        self.known: dict[Rad, tuple[Samband, ...]] = {}

    def relations(self, rad: Rad) -> tuple[Samband, ...]:
        """The relations that a row is part of."""
        if rad not in self.known:
            found = chain.from_iterable(s.with_row(rad) for s in self.searches if rad in s.rader)
            self.known[rad] = tuple(dict.fromkeys(self._whole(samband) for samband in found))
        return self.known[rad]

    def _whole(self, samband: Samband) -> Samband:
        """A sum with those of its parts that were none, and so aren't seen in the figures."""
        if samband.hel is None:
            return samband
        # A part may be a sum itself, in which the row is counted already, there or in its part of the municipality.
        counted = {rad[1:] for del_ in samband.delar for rad in (del_, *self.sums.get(del_, ()))}
        unseen = [rad for rad in self.sums.get(samband.hel, ()) if rad[1:] not in counted]
        return samband._replace(delar=tuple(sorted((*samband.delar, *unseen))))

    def at(self, ar: int, rader: Iterable[Rad]) -> list[Samband]:
        """The relations of some rows in which every row has a figure in a year."""
        found = dict.fromkeys(s for rad in rader for s in self.relations(rad))
        return [s for s in found if all(ar in self.rows[r] for r in s.rader)]

    def take_out_parts(self, cells: set[Cell]) -> None:
        """Take out the parts of each small figure, which are small too, and the rows that alone would tell it."""
        for rad, ar in self.small:
            cells.update((r, ar) for s in self.at(ar, [rad]) if s.hel == rad for r in s.delar)
            low, high, below, above = self._bounds(cells, rad, ar)
            if low >= high:
                cells.update((r, ar) for r in (above if high == 0 else below))

    def take_out_what_tells(self, cells: set[Cell], rad: Rad, ar: int, is_small: Callable[[float], bool]) -> None:
        """Take out the whole from which a small figure that a protected row lacks in a year could be worked out."""
        for samband in self.relations(rad) if rad in self.rows else ():
            others = [r for r in samband.rader if r != rad]
            if any(ar not in self.rows[r] for r in others):
                continue
            signs = [1 if r == samband.hel else -1 for r in others]
            missing = abs(sum(s * self.rows[r][ar] for s, r in zip(signs, others, strict=True)))
            if is_small(missing / self.unit):
                cells.add((others[0], ar))

    def take_out_wholes(self, cells: set[Cell]) -> None:
        """Take out every whole of which a hidden figure is a part, and the whole of which that is a part."""
        waiting = [(rad, ar) for rad, ar in sorted(cells) if ar in self.rows.get(rad, ())]
        while waiting:
            rad, ar = waiting.pop()
            for samband in self.at(ar, [rad]):
                if samband.hel is not None and (samband.hel, ar) not in cells:
                    cells.add((samband.hel, ar))
                    waiting.append((samband.hel, ar))

    def loosen(self, cells: set[Cell]) -> None:
        """Take out figures until every hidden one could have been another, with all that is shown the same."""
        for ar in sorted({ar for _, ar in cells}):
            hidden = sorted(rad for rad in self.rows if (rad, ar) in cells and ar in self.rows[rad])
            left = list(hidden)
            while left:
                rad, relations = left[-1], self.at(ar, hidden)
                more = None if _Byte(self, cells, ar, relations).is_free(rad) else self._one_more(cells, ar, rad)
                if more is None:
                    left.pop()
                    continue
                cells.add((more, ar))
                hidden.append(more)
                left.insert(0, more)

    def _one_more(self, cells: set[Cell], ar: int, rad: Rad) -> Rad | None:
        """The next to take out: of the relations nearest the figure, a whole first, else the smallest part."""
        reached = {rad}
        while True:
            near = self.at(ar, sorted(reached))
            shown = [(r != s.hel, self.rows[r][ar], r) for s in near for r in s.rader if (r, ar) not in cells]
            if shown:
                return min(shown)[2]
            further = reached.union(*(s.rader for s in near))
            if further == reached:
                return None
            reached = further

    def _bounds(self, cells: set[Cell], rad: Rad, ar: int) -> tuple[int, int, list[Rad], list[Rad]]:
        """Between what a small count must lie by the rows that it may hold, or may be part of; and these rows.

        A row may be part of another that never is smaller; shares of different questions are no parts.
        """
        low, high = 0, SMALL - 1
        below: list[Rad] = []
        above: list[Rad] = []
        own = self.shown[rad]
        for other, row in self.rows.items() if not self.share else ():
            if other == rad or other[0] != rad[0] or ar not in row or (other, ar) in cells:
                continue
            years = (self.rows[rad].keys() & row.keys()) - {ar}
            # A hidden figure of the row may be anything from none to four, whatever it is.
            least = [(row[y], own.get(y, SMALL - 1)) for y in years]
            most = [(row[y], own.get(y, 0)) for y in years]
            if len(years) < MIN_YEARS or not any(row[y] for y in years):
                continue
            if all(a >= b for a, b in least):
                above.append(other)
                high = min(high, row[ar])
            elif all(a <= b for a, b in most) and row[ar] < SMALL:
                below.append(other)
                low = max(low, row[ar])
        return low, high, [r for r in below if self.rows[r][ar] == low], [r for r in above if self.rows[r][ar] == high]

    def span(self, cells: set[Cell], rad: Rad, ar: int) -> tuple[int, int]:
        """Between what a hidden figure can be, as far as its mark tells: '<5', or taken out to protect another."""
        value = self.rows[rad][ar]
        if self.share:
            return 0, 100 * PER_CENT
        if rad in self.protected and value < SMALL:
            low, high, *_ = self._bounds(cells, rad, ar)
            return min(low, value), max(high, value)
        return SMALL if rad in self.protected else 0, _WITHOUT_END


def _lists(rows: Mapping[Rad, dict[int, int]], *, share: bool) -> list[dict[Rad, dict[int, int]]]:
    """The rows that may be added together: those of an area, and a row's in several areas; shares, of one group."""
    lists: dict[tuple[object, ...], dict[Rad, dict[int, int]]] = {}
    for rad, row in rows.items():
        by_group, by_area, by_row = (0, rad[0], *rad[3:]), (0, rad[0]), (1, *rad[1:])
        for name in (by_group,) if share else (by_group, by_area, by_row):
            lists.setdefault(name, {})[rad] = row
    unique = {tuple(found): found for found in lists.values() if len(found) > 1}
    return list(unique.values())


class _Byte:
    """Looks for another set of hidden figures that gives all that is shown: one is changed, and others make up for it.

    When one is found, no reader can tell which of the two is true. Not finding one proves nothing; more is then hidden.
    """

    def __init__(self, table: Rakneverk, cells: set[Cell], ar: int, relations: Sequence[Samband]) -> None:
        self.table = table
        self.cells = cells
        self.ar = ar
        self.relations = relations
        self.tries = 0

    def is_free(self, rad: Rad) -> bool:
        """Whether a figure could have been one more or one less."""
        for step in (self.table.unit, -self.table.unit):
            self.tries = _TRIES
            if self._fits(rad, step) and self._mended({rad: step}):
                return True
        return False

    def _fits(self, rad: Rad, step: int) -> bool:
        low, high = self.table.span(self.cells, rad, self.ar)
        return low <= self.table.rows[rad][self.ar] + step <= high

    def _mended(self, changed: Mapping[Rad, int]) -> bool:
        """Whether the relations that a change breaks can be mended by changing other hidden figures."""
        self.tries -= 1
        broken = next(((s, gap) for s in self.relations if (gap := _gap(s, changed))), None)
        if broken is None:
            return True
        samband, gap = broken
        for rad in samband.rader:  # the whole first: it has no highest value
            step = gap if rad == samband.hel else -gap
            if rad in changed or (rad, self.ar) not in self.cells or not self._fits(rad, step):
                continue
            if self.tries > 0 and self._mended({**changed, rad: step}):
                return True
        return False


def _gap(samband: Samband, changed: Mapping[Rad, int]) -> int:
    """How much the parts of a relation have become more than the whole."""
    whole = changed.get(samband.hel, 0) if samband.hel is not None else 0
    return sum(changed.get(rad, 0) for rad in samband.delar) - whole


Ar = frozenset[int]


class Dolt(NamedTuple):
    """The years taken out of a row, and those of them where some extract has a small figure itself."""

    ar: Ar
    sma: Ar


def identity(serie: Serie, tabell: Tabell, kommun: str) -> Rad:
    """What a row is about, the same however it is written and wherever it stands."""
    return (plain_area(serie.nyckel.omrade or tabell.omrade or kommun), *serie.jamford[1:])


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
