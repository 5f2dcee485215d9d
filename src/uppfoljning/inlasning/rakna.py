"""The source's own sums, differences and percentages, worked out again: each cell that disagrees is named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from uppfoljning.inlasning.tolka import Raknad, Tolkning
from uppfoljning.period import Ackumulerat
from uppfoljning.rutnat import Cell
from uppfoljning.statistik import Serie, Tabell
from uppfoljning.swedish import lista, plural
from uppfoljning.tabellkontroll import cell_name, find_cell, sum_name
from uppfoljning.talform import Tal, read_number


class Avvikelse(NamedTuple):
    """A cell that disagrees with the table's other cells: what it is about, and what the source and the sum say."""

    cell: Cell | None
    var: str
    text: str
    kod: str = "stammer-inte"


class Kontroll(NamedTuple):
    """What was worked out again, and what disagreed."""

    summor: int
    differenser: int
    procenttal: int
    avvikelser: tuple[Avvikelse, ...]

    @property
    def ord(self) -> str:
        """What was worked out again: '10 summor, 17 differenser och 16 procenttal'; empty for nothing."""
        counts = [
            plural(self.summor, "summa", "summor") if self.summor else "",
            plural(self.differenser, "differens", "differenser") if self.differenser else "",
            plural(self.procenttal, "procenttal", "procenttal") if self.procenttal else "",
        ]
        return lista([text for text in counts if text])


def recompute(found: Tolkning) -> Kontroll:
    """Every sum, difference and percentage of the source against the table's own values."""
    sums = list(_sums(found))
    worked_out = [(r, _disagrees(found, r)) for r in found.raknade if isinstance(read_number(r.cell.text), Tal)]
    wrong = [a for a in (*(w for _, w in worked_out), *(a for a in sums)) if a is not None]
    return Kontroll(
        len(sums),
        sum(r.kolumn.slag == "antal" for r, _ in worked_out),
        sum(r.kolumn.slag == "procent" for r, _ in worked_out),
        tuple(wrong),
    )


def _sums(found: Tolkning) -> Iterator[Avvikelse | None]:
    """For each sum that can be worked out: how it disagrees, or None."""
    for total in found.serier:
        if not total.is_sum:
            continue
        parts = [s for s in found.serier if not s.is_sum and s.nyckel[:2] == total.nyckel[:2]]
        for ar, stated in total.varden.items():
            values = [part.varden.get(ar) for part in parts]
            known = [v for v in values if v is not None]
            if stated is None or len(known) < len(values) or not values:
                continue
            counted = round(math.fsum(known))
            if counted == round(stated):
                yield None
                continue
            yield Avvikelse(
                find_cell(found.rutnat.tabell, total.platser.get(ar)),
                sum_name(total, ar),
                f"Källan anger {stated:.0f}, men raderna blir {counted}.",
            )


def _disagrees(found: Tolkning, stated: Raknad) -> Avvikelse | None:
    serie = next((s for s in found.serier if s.nyckel == stated.serie), None)
    number = read_number(stated.cell.text)
    if serie is None or not isinstance(number, Tal):
        return None
    before, after = serie.varden.get(stated.kolumn.fran), serie.varden.get(stated.kolumn.till)
    if before is None or after is None:
        return None
    what = f"{stated.serie.text}, {stated.kolumn.cell.text}"
    if stated.kolumn.slag == "antal":
        right: float | None = after - before
    else:
        right = 100 * (after - before) / before if before else None
    if right is None:
        return Avvikelse(stated.cell, what, f"Källan anger {stated.cell.text}, men {stated.kolumn.fran} är noll.")
    if abs(number.varde - right) <= 0.5 * 10**-number.decimaler + 1e-9:
        return None
    shown = f"{_half_up(right, number.decimaler):.{number.decimaler}f}".replace(".", ",").replace("-", "−")
    sign = " procent" if stated.kolumn.slag == "procent" else ""
    return Avvikelse(stated.cell, what, f"Källan anger {stated.cell.text}, men det blir {shown}{sign}.")


def _half_up(value: float, decimals: int) -> float:
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def fallen(new: Tabell, existing: Iterable[Tabell]) -> Iterator[Avvikelse]:
    """Figures that are lower than those of an earlier period of the same year, or higher than a later period's."""
    if new.period is None:
        return
    for other in existing:
        if other.kalla != new.kalla or other.period is None or other.period == new.period:
            continue
        yield from _against(new, new.period, other, other.period)


def _against(new: Tabell, period: Ackumulerat, other: Tabell, other_period: Ackumulerat) -> Iterator[Avvikelse]:
    rows: Sequence[tuple[tuple[str, ...], Serie]] = tuple(other.by_key().items())
    mine = new.by_key()
    for key, twin in rows:
        serie = mine.get(key)
        if serie is None:
            continue
        for ar, value in serie.varden.items():
            before = twin.varden.get(ar)
            later = period.manad > other_period.manad
            if value is None or before is None or (before <= value if later else before >= value):
                continue
            where = "redan" if later else "bara"
            yield Avvikelse(
                find_cell(new.rutnat.tabell, serie.platser.get(ar)) if new.rutnat is not None else None,
                cell_name(new, serie, ar),
                f"Här står {value:.0f} för {period}, men {other.fil} har {where} {before:.0f} för {other_period}. Det "
                "som läggs ihop över året kan inte minska.",
                "lagre-an-tidigare" if later else "hogre-an-senare",
            )
