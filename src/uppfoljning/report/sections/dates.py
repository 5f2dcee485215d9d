"""Dates ahead: what the agreement sets, what the aktörer have planned, and what has no date yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Redovisning
from uppfoljning.model.codes import LATE, STOPPED
from uppfoljning.model.period import Halvar
from uppfoljning.model.underlag import Underlag, ended
from uppfoljning.report.views.kvartal import Datumvy
from uppfoljning.text.swedish import capitalized, datum, lista, number_word
from uppfoljning.words.common import clean, kvartal_text

MAX_DATES = 6


def coming_dates(underlag: Underlag, lage: Lage, current: Sequence[Bedomd], since: date | None = None) -> list[Datumvy]:
    """The agreement's own dates always, the nearest of the planned, and how many more there are.

    ``since`` is a day after the reference day that they must lie after, for a paper of that day; those of what is late,
    at risk or to be decided then come before the others.
    """
    first_day = max(since, lage.per) if since is not None else lage.per
    fixed, undated = _agreed_dates(underlag, lage, first_day)
    ahead: list[tuple[bool, date, str]] = []
    for b in current:
        if ended(b.lage.insats, lage.per) is not None:
            continue
        planned: list[tuple[date, str]] = []
        for a in b.lage.aktorer:
            events = a.innehall.post.svar.planerat if a.innehall is not None else ()
            planned += [(p.datum, f"{p.vad} ({b.visat_id})") for p in events]
        for fraga in b.lage.beslut:
            last = fraga.fraga.senast
            if last is not None:
                planned.append((last, f"beslut behövs senast ({b.visat_id})"))
        stopped = {a.genomforande for a in b.lage.aktorer} <= STOPPED
        for moment in b.lage.insats.moment if not stopped or not b.lage.aktorer else ():
            if moment.senast is not None and moment.id not in b.lage.klara:
                planned.append((moment.senast.till, f"sista dag för: {moment.rubrik} ({b.visat_id})"))
        waits = since is None or not _is_pressing(b)
        ahead += [(waits, day, text) for day, text in set(planned) if day > first_day]
    room = max(MAX_DATES - len(fixed) - len(undated), 2)
    ahead.sort()
    rows = sorted({*fixed, *((day, text) for _, day, text in ahead[:room])})
    dated = [Datumvy(datum(day), clean(capitalized(text))) for day, text in rows]
    dated += [Datumvy("Inget datum satt", clean(capitalized(text))) for text in undated]
    if len(ahead) > room:
        rest = len(ahead) - room
        more = "Ett annat datum" if rest == 1 else f"{capitalized(number_word(rest))} andra datum"
        dated.append(Datumvy("", f"{more} står vid {'sin' if rest == 1 else 'respektive'} insats."))
    return dated


def _is_pressing(b: Bedomd) -> bool:
    """Whether an insats is late, at risk or waits for a decision."""
    return b.plan.bedomning in LATE or bool(b.lage.beslut) or any(a.egen_bedomning in LATE for a in b.lage.aktorer)


def _agreed_dates(underlag: Underlag, lage: Lage, first_day: date) -> tuple[list[tuple[date, str]], list[str]]:
    """Dates after a day that the agreement itself sets, and those it should have set."""
    avtal = underlag.overenskommelse
    forum = {f.id: f.namn for f in avtal.forum}
    dated: list[tuple[date, str]] = []
    undated: list[str] = []
    upcoming = next(
        (q for q in underlag.kvartal() if q >= lage.kvartal and underlag.sista_svarsdag(q) > first_day), None
    )
    if upcoming is not None:
        dated.append((underlag.sista_svarsdag(upcoming), f"sista svarsdag för {kvartal_text(upcoming)}"))
    for mote in avtal.kalender.moten:
        who = f", {forum[mote.forum]}" if mote.forum in forum else ""
        dated.append((mote.datum, f"{mote.rubrik}{who}"))
    for redovisning in avtal.kalender.redovisningar:
        if redovisning.redovisad is not None and redovisning.redovisad <= lage.per:
            continue
        for day, names in presented(underlag, redovisning).items():
            whom = for_whom(names)
            half = redovisning.halvar
            if day is not None:
                year = "" if day.year == half.ar else f" {half.ar}"
                dated.append((day, f"halvår {half.nr}{year} redovisas{whom}"))
            elif half == Halvar.of(lage.kvartal.start):
                undated.append(f"redovisning av halvår {half.nr} {half.ar}{whom}")
    if avtal.forlangning is not None:
        dated.append((avtal.forlangning.samrad_senast, "sista dag för samråd om förlängning"))
    dated.append((avtal.giltig_till, "överenskommelsen löper ut"))
    return [(day, text) for day, text in dated if day > first_day], undated


def for_whom(names: Sequence[str]) -> str:
    """' för EST styrgrupp och Trygghetsutskottet', or nothing where no forum is named."""
    return f" för {lista(list(names))}" if names else ""


def presented(underlag: Underlag, redovisning: Redovisning) -> dict[date | None, list[str]]:
    """Whom a half-year is presented for, by day: the calendar's, else the forum's own in the half-year's file."""
    names = {f.id: f.namn for f in underlag.overenskommelse.forum}
    found: dict[date | None, list[str]] = {} if redovisning.forum else {redovisning.datum: []}
    for forum in redovisning.forum:
        if forum in names:
            day = redovisning.datum or underlag.sammantrade(redovisning.halvar, forum)
            found.setdefault(day, []).append(clean(names[forum]))
    return found
