"""What is checked in a table once its rows have been read: its file's name, its sums, and whether shares are shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uppfoljning.formats.grid import Cell
from uppfoljning.model.tabell import Serie, Tabell, counts_things
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold

_FILE_NAME = re.compile(r"(?:[a-z0-9]+-)*?([0-9]{4})-([0-9]{2})(?:-uttag-[0-9a-zåäö-]+)?\.csv", re.IGNORECASE)


def check_file_name(tabell: Tabell) -> Iterator[Problem]:
    """The name of a compstat file says the year and month that its figures go to; it must say the same as the file."""
    if tabell.period is None or tabell.rutnat is None or not tabell.ar:
        return
    name = tabell.fil.rpartition("/")[2]
    right = f"{tabell.sista_ar}-{tabell.period.manad:02}"
    if tabell.kalla != "compstat":
        right = f"{tabell.kalla}-{right}"
    instead = f"Finns den redan: {right}-uttag-ÅÅÅÅ-MM-DD.csv, med dagen då siffrorna togs ut."
    found = _FILE_NAME.fullmatch(name)
    if found is None:
        yield tabell.rutnat.problem(
            None,
            "fel-filnamn",
            "Filens namn ska säga vilket år och vilken månad siffrorna sträcker sig till.",
            f"Döp om filen till {right}.csv. {instead}",
        )
    elif f"{found[1]}-{found[2]}" != right[-len("2021-09") :]:
        yield tabell.rutnat.problem(
            None,
            "fel-period",
            f"Filens namn säger {found[1]}-{found[2]}, men tabellen gäller {tabell.period} {tabell.sista_ar}.",
            f"Döp om filen till {right}.csv, eller rätta perioden i filen.",
        )


def check_sums(tabell: Tabell) -> Iterator[Problem]:
    """A group's sum row is the sum of its rows, unless the file itself records that the source disagrees.

    Only counts have sums: 'Totalt' in a table of shares is the share of all.
    """
    if tabell.rutnat is None or tabell.enhet != "antal":
        return
    parts = _parts(tabell)
    for total in (s for s in tabell.serier if s.is_sum):
        for ar, counted in _counted(parts.get(_group(total), ()), total):
            stated = total.varden.get(ar)
            if stated is None or round(stated) == counted or is_recorded(tabell, total, ar):
                continue
            yield tabell.rutnat.problem(
                find_cell(tabell.rutnat.tabell, total.platser.get(ar)),
                "fel-summa",
                f"Summan stämmer inte: raderna {'i ' + total.nyckel.grupp if total.nyckel.grupp else 'ovanför'} blir "
                f"{counted} för {ar}, men här står {stated:.0f}.",
                f"Rätta den siffra som är fel. Stämmer båda med källan: lägg till raden avvikelse;"
                f"{sum_name(total, ar)};vad som skiljer.",
            )


def _parts(tabell: Tabell) -> dict[tuple[str, ...], list[Serie]]:
    """The rows of each group that are no sums, by all of their key but the name."""
    found: dict[tuple[str, ...], list[Serie]] = {}
    for serie in tabell.serier:
        if not serie.is_sum:
            found.setdefault(_group(serie), []).append(serie)
    return found


def _group(serie: Serie) -> tuple[str, ...]:
    return tuple(part for place, part in enumerate(serie.jamford) if place != 2)


def _counted(parts: Sequence[Serie], total: Serie) -> Iterator[tuple[int, int]]:
    """The years in which a sum row can be worked out from the rows of its group, and what they make."""
    for ar in total.varden:
        values = [part.varden.get(ar) for part in parts]
        known = [round(v) for v in values if v is not None]
        if values and len(known) == len(values):
            yield ar, sum(known)


def check_shares(tabell: Tabell) -> Iterator[Problem]:
    """Shares that all are at most one, some with decimals, were probably meant as shares of one and not as per cent."""
    if tabell.rutnat is None or tabell.enhet != "procent":
        return
    shares = [
        (value, serie.platser.get(ar))
        for serie in tabell.serier
        if not counts_things(tabell.enhet, serie.nyckel.namn)
        for ar, value in serie.varden.items()
        if value is not None
    ]
    broken = [(value, place) for value, place in shares if value % 1]
    if not broken or any(value > 1 for value, _ in shares):
        return
    cell = find_cell(tabell.rutnat.tabell, broken[0][1])
    shown = cell.text if cell is not None else ""
    yield tabell.rutnat.problem(
        cell,
        "andel-av-ett",
        f"Siffrorna ser ut som andelar av ett, men läses som procent: {shown} blir {shown} procent, inte "
        f"{_percent(broken[0][0])}.",
        "Skriv alla andelar i procent. Är de verkligen så små behöver inget göras.",
        "varning",
    )


def _percent(share: float) -> str:
    return plain_number(100 * share)


def sum_name(total: Serie, ar: int) -> str:
    """How a sum's cell is named where a deviation is recorded: 'Summa Hushåll 2021'."""
    return " ".join(filter(None, (total.nyckel.namn, total.nyckel.omrade, total.nyckel.grupp, str(ar))))


def cell_name(tabell: Tabell, serie: Serie, ar: int) -> str:
    """How a figure is named where a deviation is recorded: 'Rån 2021', with area and group where they are needed."""
    alone = not any(s is not serie and s.jamford.namn == serie.jamford.namn for s in tabell.serier)
    return f"{serie.nyckel.namn} {ar}" if alone else sum_name(serie, ar)


def is_recorded(tabell: Tabell, serie: Serie, ar: int) -> bool:
    """Whether the file records a deviation for just this figure; a name that fits several rows excuses none of them.

    A row's whole name is always its own: a row without a group is called what another row is called for short.
    """
    recorded = {_plain(note.var) for note in tabell.avvikelser}
    whole = _plain(sum_name(serie, ar))
    if whole in recorded:
        return True
    others = {name for s in tabell.serier if s is not serie for name in _names(s)}
    return any(f"{name}{ar}" in recorded for name in _names(serie) - others)


def _names(serie: Serie) -> set[str]:
    """Everything that a row may be called: its name alone, or with its group, its area or both, in either order."""
    name, area, group = serie.nyckel.namn, serie.nyckel.omrade, serie.nyckel.grupp
    ways = ((name,), (name, area), (name, group), (name, area, group), (name, group, area), (group, name))
    return {_plain("".join(parts)) for parts in ways}


def _plain(text: str) -> str:
    return fold(text.replace(",", "").replace(":", ""))


def find_cell(rows: Sequence[tuple[Cell, ...]], place: Plats | None) -> Cell | None:
    """The cell at a place."""
    return next((cell for row in rows for cell in row if cell.plats == place), None)
