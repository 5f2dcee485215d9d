"""What a receiver may not see is taken out here, before any view is made, and never in a template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from uppfoljning.errors import UsageError
from uppfoljning.forandring import MIN_YEARS
from uppfoljning.model import Forum
from uppfoljning.statistik import SVARANDE, Not, Serie, Tabell, plain_area
from uppfoljning.swedish import fold, suggest
from uppfoljning.underlag import Underlag

SMALL = 5
"""Counts about individuals below this are not shown."""

_SUMS = ("summa", "total", "samtliga", "alla", "hela")
_UNTOLD = "Texten visas inte, eftersom den kan röja ett tal under fem."


def choose_mottagare(underlag: Underlag, forum: str | None) -> Forum | None:
    """The receiver: the forum named, else the first that may see intern notes; None when there is none such.

    Raises :class:`UsageError` when no forum has that name.
    """
    known = underlag.overenskommelse.forum
    if forum is None:
        return next((f for f in known if f.ser_intern), None)
    for candidate in known:
        if candidate.id == forum:
            return candidate
    raise UsageError(f'Forumet "{forum}" finns inte. {suggest(forum, (f.id for f in known), "Forumen är")}'.rstrip())


def redact(underlag: Underlag, mottagare: Forum | None) -> Underlag:
    """The underlag as ``mottagare`` may see it; without one, nothing intern is left. Raw texts are always left out."""
    if mottagare is not None and mottagare.ser_intern:
        return replace(underlag, filer={}, tabeller=hide_small(underlag))
    return replace(
        underlag,
        filer={},
        tabeller=hide_small(underlag),
        svar=tuple(post._replace(svar=post.svar.model_copy(update={"intern": None})) for post in underlag.svar),
    )


def hide_small(underlag: Underlag) -> tuple[Tabell, ...]:
    """The tables without their raw text, and without what would say something about individuals.

    A protected series (``skydda_sma_tal``) loses every count below five, wherever it stands, and the figures that
    would give such a count away are taken out with it: sums, other groups and areas of the same series, and a row that
    is always this one and another together. Files of one survey are read as one, since they are shown as one.
    """
    pools: dict[tuple[str, ...], list[Tabell]] = {}
    for tabell in underlag.tabeller:
        name = (tabell.kalla, tabell.enhet) if tabell.period is None else (tabell.fil, str(tabell.span))
        pools.setdefault(name, []).append(tabell)
    hidden = {id(t): found for pool in pools.values() if (found := _Skydd(underlag, pool).hidden()) for t in pool}
    return tuple(_without(tabell, hidden.get(id(tabell), {}), underlag) for tabell in underlag.tabeller)


Ar = frozenset[int]
Varden = Mapping[int, float | None]
Rad = tuple[str, ...]
"""A row's identity: its area, group, name, kön and årskurs, each as compared."""


def _identity(serie: Serie, tabell: Tabell, kommun: str) -> Rad:
    return (plain_area(serie.nyckel.omrade or tabell.omrade or kommun), *serie.nyckel.folded[1:])


class _Rader(NamedTuple):
    """The values of a row, gathered over the files of a pool."""

    serie: Serie
    varden: dict[int, float | None]


class _Skydd:
    """Which figures of some tables, shown as one, must not be shown."""

    def __init__(self, underlag: Underlag, tabeller: Sequence[Tabell]) -> None:
        self.underlag = underlag
        self.kommun = underlag.overenskommelse.kommun
        self.tabeller = tabeller
        self.rows = self._rows()
        self.by_values: dict[tuple[str, tuple[int, ...]], dict[tuple[float, ...], set[Rad]]] = {}

    def hidden(self) -> dict[Rad, tuple[Ar, Ar]]:
        """For each row concerned: the years taken out, and those of them where it is a count below five itself."""
        rows = self.rows
        small = {rad: years for rad, row in rows.items() if (years := self._small(rad, row))}
        found = dict(small)
        for rad in small:
            for other, row in rows.items():
                years = small[rad] & set(row.varden) if other != rad and self._tells(rad, other) else frozenset()
                found[other] = found.get(other, frozenset()) | years
        for rad, row in rows.items():
            # A year that the protected row lacks: the sum would still tell what it was.
            missing = frozenset(ar for ar, v in row.varden.items() if v is None)
            for other in rows if rad in small and missing else ():
                if _adds_up(rows[other].serie) and self._tells(rad, other):
                    found[other] |= missing & set(rows[other].varden)
        return {rad: (years, small.get(rad, frozenset())) for rad, years in found.items() if years}

    def _rows(self) -> dict[Rad, _Rader]:
        rows: dict[Rad, _Rader] = {}
        for tabell in self.tabeller:
            for serie in tabell.serier:
                rad = _identity(serie, tabell, self.kommun)
                known = rows.setdefault(rad, _Rader(serie, {})).varden
                for ar, value in serie.varden.items():
                    # Where files differ, the lowest: none of them may show a small count.
                    values = [v for v in (known.get(ar), value) if v is not None]
                    known[ar] = min(values, default=None)
        return rows

    def _small(self, rad: Rad, row: _Rader) -> Ar:
        enhet = self.tabeller[0].enhet
        if enhet == "rang" or row.serie.is_sum or not self._is_protected(rad):
            return frozenset()
        answered: Varden = {}
        if enhet == "procent":
            twin = (rad[0], fold(SVARANDE), *rad[3:])
            answered = next((r.varden for i, r in self.rows.items() if (i[0], *i[2:]) == twin), {})

        def is_small(ar: int, value: float) -> bool:
            if enhet == "antal":
                return value < SMALL
            number = answered.get(ar)
            return number is not None and round(value * number / 100) < SMALL

        return frozenset(ar for ar, v in row.varden.items() if v is not None and is_small(ar, v))

    def _is_protected(self, rad: Rad) -> bool:
        """Whether an indicator protects a row by its name or group, in any area and, for counts, in any source."""
        tabell = self.tabeller[0]
        return any(
            i.skydda_sma_tal
            and (i.serie or i.grupp)
            and (i.kalla == tabell.kalla or tabell.enhet == "antal")
            and (i.serie is None or fold(i.serie) == rad[2])
            and (i.grupp is None or fold(i.grupp) == rad[1])
            for i in self.underlag.indikatorer.indikatorer
        )

    def _tells(self, rad: Rad, other: Rad) -> bool:
        """Whether another row, with the rest of what is shown, would tell what a hidden one is."""
        if other[1:3] == rad[1:3]:
            own = plain_area(self.kommun)
            named = any(i.omrade and fold(i.serie or rad[2]) == rad[2] for i in self.underlag.indikatorer.indikatorer)
            # Another group of the same area; else another area, where the hidden one is a part of the municipality.
            return other[0] == rad[0] or (rad[0] != own and (other[0] != own or named))
        if other[0] != rad[0]:
            return False
        if _adds_up(self.rows[other].serie):
            beside = (r for r, row in self.rows.items() if r[:2] == other[:2] and not _adds_up(row.serie))
            return other[1] in {rad[1], ""} or next(beside, None) is None
        return self._is_whole(rad, other) or self._is_whole(other, rad)

    def _is_whole(self, rad: Rad, other: Rad) -> bool:
        """Whether another row is this one and a third together in every year, in so many that it is no coincidence."""
        part, whole = self.rows[rad].varden, self.rows[other].varden
        rest = {ar: c - a for ar, c in whole.items() if c is not None and (a := part.get(ar)) is not None}
        if len(rest) < MIN_YEARS or min(rest.values()) < 0 or not any(part[ar] and rest[ar] for ar in rest):
            return False
        return bool(self._with_values(rad[0], rest) - {rad, other})

    def _with_values(self, area: str, values: Mapping[int, float]) -> set[Rad]:
        """The rows of an area that have just these values in these years."""
        years = tuple(sorted(values))
        if (area, years) not in self.by_values:
            known = self.by_values[area, years] = {}
            for rad, row in self.rows.items():
                found = tuple(v for ar in years if (v := row.varden.get(ar)) is not None)
                if rad[0] == area and len(found) == len(years):
                    known.setdefault(found, set()).add(rad)
        return self.by_values[area, years].get(tuple(values[ar] for ar in years), set())


def _adds_up(serie: Serie) -> bool:
    """Whether a row's name says that it is made of others: a sum, or 'Samtliga brott'."""
    return serie.is_sum or fold(serie.nyckel.namn.split()[0]).startswith(_SUMS)


def _without(tabell: Tabell, hidden: Mapping[Rad, tuple[Ar, Ar]], underlag: Underlag) -> Tabell:
    if not hidden:
        return replace(tabell, rutnat=None)
    serier, names = [], []
    for serie in tabell.serier:
        years, small = hidden.get(_identity(serie, tabell, underlag.overenskommelse.kommun), (frozenset(), frozenset()))
        values = {ar: None if ar in years else value for ar, value in serie.varden.items()}
        mine = years & set(values)
        names += [fold(serie.nyckel.namn)] if mine else []
        serier.append(replace(serie, varden=values, platser={}, dolda=mine, sma=small & mine) if mine else serie)

    def safe(notes: tuple[Not, ...]) -> tuple[Not, ...]:
        return tuple(Not(n.var, _UNTOLD) if _tells_number(n, names) else n for n in notes)

    return replace(
        tabell,
        serier=tuple(serier),
        rutnat=None,
        rattelser=safe(tabell.rattelser),
        anmarkningar=safe(tabell.anmarkningar),
        avvikelser=safe(tabell.avvikelser),
    )


def _tells_number(note: Not, names: Sequence[str]) -> bool:
    """Whether a note about a row that has lost a figure holds a number other than a year."""
    about = fold(f"{note.var}{note.text}")
    words = re.sub(r"\b(?:19|20)[0-9]{2}\b", "", note.text).lower()
    named = not note.var or any(name in about for name in names)
    return named and bool(re.search(r"[0-9]|\b(?:noll|ingen|inga|en|ett|två|tre|fyra|fem)\b", words))
