"""What the figures of a table tell of those that are taken out of it, and what more to take out so that they don't.

Which figures are taken out hangs, as far as it can, on those that are shown: otherwise just that would tell something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from uppfoljning.forandring import MIN_YEARS
from uppfoljning.samband import PER_CENT, Rad, Samband, Sambandssok

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
