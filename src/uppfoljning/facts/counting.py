"""How a count stands beside what is agreed: of a year, a quarter or a month, or of the whole aim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from uppfoljning.facts.lage import Insatslage, total
from uppfoljning.facts.verdict import Del, Matt
from uppfoljning.model import Frekvens, Frekvensperiod
from uppfoljning.model.period import Kvartal, days_between, month_end

_HARD_PACE = 2


_HARD_DAYS = 30


_MONTHS: dict[Frekvensperiod, int] = {"ar": 12, "kvartal": 3, "manad": 1}


def _unanswered(lage: Insatslage) -> tuple[Kvartal, ...]:
    """Quarters for which the counting aktör's answer is missing or awaited."""
    return next((a.saknade_kvartal for a in lage.aktorer if a.aktor == lage.raknare), ())


def _is_awaited(lage: Insatslage) -> bool:
    """Whether the counting aktör's answer for the quarter may still come."""
    return any(a.aktor == lage.raknare and a.status == "invantas" for a in lage.aktorer)


def judge_frekvens(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> Iterator[Del]:
    """The verdict on each year that a frequency counts in, up to the quarter's."""
    frekvens = lage.insats.frekvens
    if frekvens is None or frekvens.antal is None or frekvens.per is None:
        return
    for ar in range(span[0].year, min(kvartal.ar, span[1].year) + 1):
        first, last = max(span[0], date(ar, 1, 1)), min(span[1], date(ar, 12, 31))
        yield _one_year(lage, frekvens, (first, last), kvartal, per)


def _wanted(frekvens: Frekvens, first: date, last: date) -> int:
    """How many are agreed for the whole months from ``first`` to ``last``; of a year's number, its share."""
    months = last.month - first.month + 1 - (first.day > 1) - (last.day < month_end(last.year, last.month).day)
    return max((frekvens.antal or 0) * months // _MONTHS[frekvens.per or "ar"], 0)


def _one_year(lage: Insatslage, frekvens: Frekvens, days: tuple[date, date], kvartal: Kvartal, per: date) -> Del:
    first, end = days
    wanted = max(_wanted(frekvens, first, end), 1)
    done = total(h for h in lage.raknade if first <= h.handelse.datum <= end)
    matt = Matt(
        "natt",
        lage.enhet or "",
        done,
        wanted,
        end,
        end.year,
        frekvens.per,
        takt=frekvens.antal or 1,
        dagar=days_between(per, end),
    )
    missing = tuple(q for q in _unanswered(lage) if q.ar == end.year)
    if matt.kvar > 0 and not missing and per <= end and frekvens.per != "ar":
        behind = _wanted(frekvens, first, _last_whole(frekvens, min(kvartal.slut, per, end))) - done
        if behind > 0:
            return Del("risk_for_forsening", "antal", end, matt=replace(matt, kod="efter_takten", efter=behind))
    return _judge_count(lage, matt, missing, per, 365)


def _judge_count(lage: Insatslage, matt: Matt, missing: tuple[Kvartal, ...], per: date, span: int) -> Del:
    """The verdict on a count: reached, unknown, too late, fine, or hardly possible in what is left of ``span`` days."""
    if matt.kvar <= 0:
        return Del("enligt_plan", "antal", matt=matt)
    if missing:
        unknown = replace(matt, kod="svar_saknas", saknade=missing, vantas=_is_awaited(lage))
        return Del("gar_inte_att_bedoma", "antal", matt.slut, "svar", unknown)
    if per > matt.slut:
        return Del("forsenad", "antal", matt.slut, matt=replace(matt, kod="tiden_slut"))
    planned = _planned(lage, matt.kvar, per, matt.slut)
    if _is_hard(matt.kvar - len(planned), per, matt.slut, matt.av, span):
        hard = replace(matt, kod="hinner_knappt", planerade=planned)
        return Del("risk_for_forsening", "antal", matt.slut, matt=hard)
    return Del("enligt_plan", "antal", matt.slut, matt=replace(matt, kod="pa_vag", planerade=planned))


def _last_whole(frekvens: Frekvens, day: date) -> date:
    """The last day of the latest whole month or quarter of the year at ``day``; 1 January where none has passed."""
    months = _MONTHS[frekvens.per or "ar"]
    passed = day.month if day == month_end(day.year, day.month) else day.month - 1
    passed -= passed % months
    return month_end(day.year, passed) if passed else date(day.year, 1, 1)


def judge_malsattning(lage: Insatslage, per: date, start: date, slut: date) -> Iterator[Del]:
    """The verdict on an aim in numbers: until its own day, else until ``slut``."""
    mal = lage.insats.malsattning
    if mal is None or mal.antal is None:
        return
    end = mal.senast.till if mal.senast is not None else slut
    done = total(lage.raknade)
    matt = Matt("natt", mal.enhet or "", done, mal.antal, end, dagar=days_between(per, end))
    yield _judge_count(lage, matt, _unanswered(lage), per, max(days_between(start, end), 1))


def _is_hard(undated: int, per: date, end: date, wanted: int, span: int) -> bool:
    """Whether what remains without a date can hardly be done: under 30 days each, and over twice the agreed pace."""
    each = min(_HARD_DAYS, span / (_HARD_PACE * wanted))
    return undated > 0 and days_between(per, end) < undated * each


def _planned(lage: Insatslage, remaining: int, per: date, end: date) -> tuple[date, ...]:
    """The days ahead of ``per`` on which what remains is planned, the first of them where there are more."""
    days = {
        planned.datum
        for a in lage.aktorer
        if a.innehall is not None and a.aktor == lage.raknare
        for planned in a.innehall.post.svar.planerat
        if planned.raknas and per < planned.datum <= end
    }
    return tuple(sorted(days)[:remaining])
