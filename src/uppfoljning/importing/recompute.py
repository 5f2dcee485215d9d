"""The source's own sums, differences and percentages, worked out again: each cell that disagrees is named."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from uppfoljning.formats.grid import Cell
from uppfoljning.importing.columns import Measure, StatedColumn
from uppfoljning.importing.interpretation import Interpretation, StatedFigure
from uppfoljning.load.tables.check import cell_name, is_recorded, sum_name
from uppfoljning.model.period import Ackumulerat
from uppfoljning.model.tabell import Serie, Tabell, newest_first
from uppfoljning.text.numbers import Tal, read_number
from uppfoljning.text.swedish import lista, plural

_HELP = "Rätta cellen. Står det så i källan: kör igen med --trots-avvikelser, så skrivs avvikelsen upp."


class Avvikelse(NamedTuple):
    """A cell that disagrees with other figures: what it is about, what the source and the sum say, and what to do.

    ``recordable``: whether the new file may record it and be written all the same.
    """

    cell: Cell | None
    var: str
    text: str
    kod: str = "stammer-inte"
    atgard: str = _HELP
    recordable: bool = True


class Recomputation(NamedTuple):
    """What was worked out again, and what disagreed."""

    sums: int
    differences: int
    percentages: int
    avvikelser: tuple[Avvikelse, ...]

    @property
    def words(self) -> str:
        """What was worked out again: '10 summor, 17 differenser och 16 procenttal'; empty for nothing."""
        counts = [
            plural(self.sums, "summa", "summor") if self.sums else "",
            plural(self.differences, "differens", "differenser") if self.differences else "",
            plural(self.percentages, "procenttal", "procenttal") if self.percentages else "",
        ]
        return lista([text for text in counts if text])


class Cells:
    """The cells of a grid by their place, looked up many times."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._at = {cell.plats: cell for row in rows for cell in row}

    def of(self, serie: Serie, ar: int) -> Cell | None:
        """The cell of a series's value."""
        place = serie.platser.get(ar)
        return self._at.get(place) if place is not None else None


def recompute(found: Interpretation) -> Recomputation:
    """Every sum, difference and percentage of the source against the table's own values."""
    sums = list(_sums(found)) if found.slag == "compstat" else []
    kinds = _kinds(found)
    checked: list[tuple[Measure, Avvikelse | None]] = []
    for stated in found.stated:
        pair = _years(found, stated)
        if pair is not None:
            kind = kinds[stated.column]
            checked.append((kind, _disagrees(found, stated, kind, *pair)))
    wrong = [a for a in (*(a for _, a in checked), *sums) if a is not None]
    return Recomputation(
        len(sums),
        sum(kind == "antal" for kind, _ in checked),
        sum(kind == "procent" for kind, _ in checked),
        tuple(wrong),
    )


def _sums(found: Interpretation) -> Iterator[Avvikelse | None]:
    """For each sum that can be worked out: how it disagrees, or None."""
    cells = Cells(found.rutnat.tabell)
    groups: dict[tuple[str, ...], list[Serie]] = defaultdict(list)
    areas: dict[tuple[str, ...], list[Serie]] = defaultdict(list)
    group_sums: dict[tuple[str, ...], list[Serie]] = defaultdict(list)
    for serie in found.serier:
        if not serie.is_sum:
            groups[_part(serie)].append(serie)
            areas[_part(serie)[1:]].append(serie)
        elif serie.nyckel.grupp:
            group_sums[_part(serie)[1:]].append(serie)
    for total in found.serier:
        if not total.is_sum:
            continue
        part = _part(total)
        ways = [groups[part]]
        if not total.nyckel.grupp:
            # The sum of everything: of its rows, or of the groups' own sums where the source has them.
            ways = [areas[part[1:]], [*groups[part], *group_sums[part[1:]]], groups[part]]
        for ar, stated in total.varden.items():
            counted = [value for value in (_counted(parts, ar) for parts in ways) if value is not None]
            if stated is None or not counted:
                continue
            if round(stated) in counted:
                yield None
                continue
            yield Avvikelse(
                cells.of(total, ar),
                sum_name(total, ar),
                f"Källan anger {stated:.0f}, men raderna blir {counted[0]}.",
            )


def _part(serie: Serie) -> tuple[str, ...]:
    """What a sum has in common with its rows, the group first."""
    omrade, grupp, _, kon, arskurs = serie.jamford
    return grupp, omrade, kon, arskurs


def _counted(parts: Sequence[Serie], ar: int) -> int | None:
    """The sum of these rows in a year; None when there are none or some value is missing."""
    values = [part.varden.get(ar) for part in parts]
    known = [value for value in values if value is not None]
    return round(math.fsum(known)) if values and len(known) == len(values) else None


def _years(found: Interpretation, stated: StatedFigure) -> tuple[float, float] | None:
    """The values that a stated difference is between; None when it can't be worked out."""
    values = found.serier[stated.serie].varden
    before, after = values.get(stated.column.fran), values.get(stated.column.till)
    known = before is not None and after is not None and isinstance(read_number(stated.cell.text), Tal)
    return (before, after) if known and before is not None and after is not None else None


def _kinds(found: Interpretation) -> dict[StatedColumn, Measure]:
    """Whether each column holds differences or percentages: as it says, else what most of its cells agree with."""
    kinds: dict[StatedColumn, Measure] = {}
    for column in dict.fromkeys(r.column for r in found.stated):
        mine = [(r, pair) for r in found.stated if r.column == column and (pair := _years(found, r)) is not None]
        right = {
            kind: sum(_disagrees(found, stated, kind, *pair) is None for stated, pair in mine)
            for kind in ("antal", "procent")
        }
        says_count = column.slag == "procent" or "antal" in column.cell.text.lower()
        kinds[column] = column.slag if says_count or right["procent"] <= right["antal"] else "procent"
    return kinds


def _disagrees(found: Interpretation, stated: StatedFigure, kind: str, before: float, after: float) -> Avvikelse | None:
    number = read_number(stated.cell.text)
    if not isinstance(number, Tal):
        return None
    what = f"{found.serier[stated.serie].nyckel.text}, {stated.column.cell.text}"
    if kind == "procent" and not before:
        if not after and not number.varde:
            return None
        text = f"Källan anger {stated.cell.text}, men {stated.column.fran} är noll, och då finns ingen procentsats."
        return Avvikelse(stated.cell, what, text)
    right = after - before if kind == "antal" else 100 * (after - before) / before
    if abs(number.varde - right) <= 0.5 * 10**-number.decimaler + 1e-9:
        return None
    shown = f"{_half_up(right, number.decimaler):.{number.decimaler}f}".replace(".", ",").replace("-", "−")
    sign = " procent" if kind == "procent" else ""
    return Avvikelse(stated.cell, what, f"Källan anger {stated.cell.text}, men det blir {shown}{sign}.")


def _half_up(value: float, decimals: int) -> float:
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def fallen(new: Tabell, existing: Iterable[Tabell]) -> Iterator[Avvikelse]:
    """Figures that are lower than those of an earlier period of the same year, or higher than a later period's."""
    if new.period is None:
        return
    latest: dict[tuple[str, int, int], Tabell] = {}
    for other in reversed(newest_first(t for t in existing if t.kalla == new.kalla)):
        if other.span is not None:
            latest[other.span] = other
    cells = Cells(new.rutnat.tabell if new.rutnat is not None else ())
    for other in latest.values():
        if other.period is not None and other.period != new.period:
            yield from _against(new, new.period, other, other.period, cells)


def _against(
    new: Tabell, period: Ackumulerat, other: Tabell, other_period: Ackumulerat, cells: Cells
) -> Iterator[Avvikelse]:
    twins = other.by_key()
    later = period.manad > other_period.manad
    for key, serie in new.by_key().items():
        twin = twins.get(key)
        for ar, value in serie.varden.items() if twin is not None else ():
            before = twin.varden.get(ar) if twin is not None else None
            if twin is None or value is None or before is None or (before <= value if later else before >= value):
                continue
            name = cell_name(new, serie, ar)
            never = "Det som läggs ihop över året kan inte minska."
            if later:
                text = f"Här står {value:.0f} för {period}, men {other.fil} har redan {before:.0f} för {other_period}."
                yield Avvikelse(cells.of(serie, ar), name, f"{text} {never}", "lagre-an-tidigare")
            elif not is_recorded(other, twin, ar):
                text = f"Här står {value:.0f} för {period}, men {other.fil} har bara {before:.0f} för {other_period}."
                yield Avvikelse(
                    cells.of(serie, ar),
                    name,
                    f"{text} {never}",
                    "hogre-an-senare",
                    f"Rätta den siffra som är fel. Har källan ändrat sina siffror: lägg till en rad före tabellen i "
                    f"{other.fil}, avvikelse;{cell_name(other, twin, ar)};vad som har ändrats, och kör igen.",
                    recordable=False,
                )
