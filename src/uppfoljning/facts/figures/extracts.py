"""Which extract holds at a quarter. Counts are taken whole from one extract; a survey's rounds are joined over files.

Figures are chosen by the period they cover, as answers are by their quarter: what came late is in the report of the
quarter it is about. Among extracts of the same figures the latest wins, and what it changed is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Serie, Tabell, newest_first, same_area


@dataclass(frozen=True, slots=True)
class Revidering:
    """A figure that a later extract has changed; None where there was, or is, no value."""

    namn: str
    ar: int
    fran: float | None
    till: float | None


@dataclass(frozen=True, slots=True)
class Uttag:
    """A table that holds, and what it changed. ``aktuellt``: it reaches furthest among its source's tables."""

    tabell: Tabell
    revideringar: tuple[Revidering, ...]
    aktuellt: bool


def choose(tabeller: Iterable[Tabell], kvartal: Kvartal, order: Sequence[str]) -> tuple[Uttag, ...]:
    """The tables that hold for a quarter, sources in the given order, the furthest-reaching first within each."""
    known = [t for t in tabeller if t.ar and is_known(t, kvartal)]
    names = sorted({t.kalla for t in known}, key=lambda k: (order.index(k) if k in order else len(order), k))
    found = (uttag for name in names for uttag in _of_source([t for t in known if t.kalla == name]))
    # A survey's file may hold later years too; what was changed in them belongs to a later report.
    return tuple(replace(u, revideringar=tuple(r for r in u.revideringar if r.ar <= kvartal.ar)) for u in found)


def as_known(tabeller: Iterable[Tabell], per: date) -> tuple[Tabell, ...]:
    """The tables as they could be read on a day: of extracts of the same figures, those taken after it are left out.

    The first extract stays whenever it was taken, since figures belong to their period.
    """
    found = list(tabeller)
    early = {_same_figures(t) for t in found if t.uttag is None or t.uttag.fran <= per}
    late = [t for t in newest_first(found) if t.uttag is not None and t.uttag.fran > per]
    first = {_same_figures(t): id(t) for t in late}
    dropped = {id(t) for t in late if _same_figures(t) in early or first[_same_figures(t)] != id(t)}
    return tuple(t for t in found if id(t) not in dropped)


def _same_figures(tabell: Tabell) -> tuple[object, ...]:
    """What two extracts of the same figures share: source, unit and span; all of a survey's files are of the same."""
    return tabell.kalla, tabell.enhet, tabell.span


def is_known(tabell: Tabell, kvartal: Kvartal) -> bool:
    """Whether a table's figures are of the quarter or before it."""
    if tabell.period is not None:
        return tabell.period.slut(tabell.sista_ar) <= kvartal.slut
    return tabell.ar[0] <= kvartal.ar


def _of_source(tabeller: Sequence[Tabell]) -> Iterator[Uttag]:
    spans: dict[tuple[str, int, int], list[Tabell]] = {}
    surveys: dict[str, list[Tabell]] = {}
    for tabell in newest_first(tabeller):
        if tabell.span is not None:
            spans.setdefault(tabell.span, []).append(tabell)
        else:
            surveys.setdefault(tabell.enhet, []).append(tabell)
    for place, span in enumerate(sorted(spans, reverse=True)):
        latest, *earlier = spans[span]
        yield Uttag(latest, tuple(revisions(latest, earlier)), place == 0)
    for enhet in sorted(surveys):
        merged, changed = _join(surveys[enhet])
        yield Uttag(merged, changed, True)


def revisions(tabell: Tabell, earlier: Sequence[Tabell]) -> Iterator[Revidering]:
    """What an extract changed against the one before it."""
    if not earlier:
        return
    before = earlier[0].by_key()
    for serie in tabell.serier:
        old = before.get(serie.jamford)
        if old is not None:
            yield from _changes(old, serie)


def _changes(old: Serie, new: Serie) -> Iterator[Revidering]:
    for ar, value in new.varden.items():
        if ar in old.varden and old.varden[ar] != value and ar not in new.dolda | old.dolda:
            name = f"{new.nyckel.text} {new.nyckel.grupp}".strip() if new.is_sum else new.nyckel.text
            yield Revidering(name, ar, old.varden[ar], value)


def _join(files: Sequence[Tabell]) -> tuple[Tabell, tuple[Revidering, ...]]:
    """The rounds of a survey from several files as one table; where two give the same figure, the later extract's."""
    oldest_first = list(reversed(files))
    if len(oldest_first) == 1:
        return oldest_first[0], ()
    series: dict[tuple[str, ...], Serie] = {}
    changed: list[Revidering] = []
    apart = any(not same_area(t.omrade, files[0].omrade) for t in files)
    for tabell in oldest_first:
        for row in tabell.serier:
            new = replace(row, nyckel=row.nyckel._replace(omrade=row.nyckel.omrade or tabell.omrade)) if apart else row
            old = series.get(new.jamford)
            if old is None:
                series[new.jamford] = new
                continue
            given = {ar: value for ar, value in new.varden.items() if value is not None}
            changed += [r for r in _changes(old, new) if r.fran is not None and r.till is not None]
            dolda = old.dolda | new.dolda
            values = {**old.varden, **given}
            series[new.jamford] = replace(
                old,
                varden={ar: None if ar in dolda else values.get(ar) for ar in sorted({*old.varden, *new.varden})},
                dolda=dolda,
                sma=old.sma | new.sma,
            )
    merged = replace(
        oldest_first[-1],
        ar=tuple(sorted({ar for t in oldest_first for ar in t.ar})),
        serier=tuple(series.values()),
        hanvisning="; ".join(dict.fromkeys(t.hanvisning for t in oldest_first if t.hanvisning)),
        preliminara=frozenset().union(*(t.preliminara for t in oldest_first)),
        rattelser=tuple(dict.fromkeys(n for t in oldest_first for n in t.rattelser)),
        anmarkningar=tuple(dict.fromkeys(n for t in oldest_first for n in t.anmarkningar)),
        exempel=any(t.exempel for t in oldest_first),
    )
    return merged, tuple(changed)
