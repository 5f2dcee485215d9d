"""Which rows of a table add up to another: found from the figures themselves, since a table seldom says so.

A relation must hold in every year that its rows have in common, and in so many years or figures that it is no
coincidence. Figures are whole numbers here: counts, or shares in hundredths of a per cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb, prod
from typing import NamedTuple

from uppfoljning.forandring import MIN_YEARS

Rad = tuple[str, ...]
"""A row's identity: its area, group, name, kön and årskurs, each as compared."""
Tal = Mapping[Rad, Mapping[int, int]]
Ar = tuple[int, ...]

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

    def _shapes(self, rad: Rad) -> list[Ar]:
        """The sets of years that the row has in common with others."""
        own = frozenset(self.rader[rad])
        shapes = {own & frozenset(row) for row in self.rader.values()}
        shapes |= {a & b for a, b in combinations(sorted(shapes, key=sorted), 2)}
        least = 1 if self.andelar else MIN_YEARS
        return sorted((tuple(sorted(s)) for s in shapes if len(s) >= least), key=lambda s: (-len(s), s))[:_SHAPES]

    def _covering(self, years: Ar) -> dict[Rad, tuple[int, ...]]:
        return {r: tuple(row[ar] for ar in years) for r, row in self.rader.items() if all(ar in row for ar in years)}

    def _sums(self, rad: Rad, years: Ar) -> Iterator[Samband]:
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

    def _runs(self, rad: Rad, years: Ar) -> Iterator[Samband]:
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
