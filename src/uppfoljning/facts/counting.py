"""How a count stands beside what is agreed: of a year, a quarter or a month, or of the whole aim.

The number that was agreed is never prorated or rounded. A year that the insats or the agreement covers in part has a
number of its own, or can't be judged; of months and quarters only whole ones are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from uppfoljning.facts.events import total
from uppfoljning.facts.lage import Insatslage
from uppfoljning.facts.verdict import Del, Grans, Matt
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


def judge_frekvens(lage: Insatslage, kvartal: Kvartal, per: date) -> Iterator[Del]:
    """The verdict on each year that a frequency counts in, up to the quarter's."""
    frekvens = lage.insats.frekvens
    if frekvens is None or frekvens.antal is None or frekvens.per is None:
        return
    for ar in range(lage.tid[0].year, min(kvartal.ar, lage.tid[1].year) + 1):
        yield _one_year(lage, frekvens, ar, kvartal, per)


def agreed_number(frekvens: Frekvens, ar: int, first: date, last: date) -> int | None:
    """How many are agreed for a year, of which ``first`` to ``last`` is covered; None where nothing says.

    Of a number a year, all of it, when the whole year is covered; of months and quarters, the whole ones.
    """
    if ar in frekvens.antal_ar:
        return frekvens.antal_ar[ar]
    whole = _whole(frekvens.per or "ar", first, last)
    return (frekvens.antal or 1) * whole if whole else None


def _whole(per: Frekvensperiod, first: date, last: date) -> int:
    """How many whole years, quarters or months lie between two days of one year."""
    months = _MONTHS[per]
    begun = first.month - 1 + (first.day > 1)
    ended = last.month if last == month_end(last.year, last.month) else last.month - 1
    return max(ended // months - -(-begun // months), 0)


def _of_year(lage: Insatslage, frekvens: Frekvens, ar: int) -> tuple[date, date, int | None, int]:
    """What of a year is covered (first and last day), how many are agreed for it, and how many are done (antal)."""
    first, end = max(lage.tid[0], date(ar, 1, 1)), min(lage.tid[1], date(ar, 12, 31))
    done = total(h for h in lage.raknade if h.is_within(first, end))
    return first, end, agreed_number(frekvens, ar, first, end), done


def _one_year(lage: Insatslage, frekvens: Frekvens, ar: int, kvartal: Kvartal, per: date) -> Del:
    first, end, wanted, done = _of_year(lage, frekvens, ar)
    matt = Matt(
        "natt",
        lage.enhet or "",
        done,
        frekvens.antal or 1 if wanted is None else wanted,
        end,
        ar,
        frekvens.per,
        minst=frekvens.minst,
        takt=frekvens.antal or 1,
        dagar=days_between(per, end),
        senast=_latest_quarter(lage, kvartal, (first, end)) if frekvens.per == "kvartal" else None,
    )
    missing = tuple(q for q in _unanswered(lage) if q.ar == ar)
    if wanted is None and matt.kvar > 0:
        part = replace(matt, kod="del_av_ar", grans=_limit(lage, ar), saknade=missing)
        return Del("gar_inte_att_bedoma", "antal", hinder="del_av_ar", matt=part)
    own = ar in frekvens.antal_ar
    if matt.kvar > 0 and not missing and per <= end and frekvens.per != "ar" and not own:
        due = agreed_number(frekvens, ar, first, _last_whole(frekvens, min(kvartal.slut, per, end))) or 0
        if due > done:
            return Del("risk_for_forsening", "antal", end, matt=replace(matt, kod="efter_takten", efter=due - done))
    return _judge_count(lage, matt, missing, per, 365)


def _latest_quarter(lage: Insatslage, kvartal: Kvartal, span: tuple[date, date]) -> tuple[Kvartal, int] | None:
    """The latest whole quarter within a span, up to the report's, that has been answered about, and what it had."""
    answered = {q for a in lage.aktorer if a.aktor == lage.raknare for q in a.besvarade_kvartal}
    whole = [q for q in answered if span[0] <= q.start and q.slut <= span[1] and q <= kvartal]
    if not whole:
        return None
    last = max(whole)
    return last, total(h for h in lage.raknade if h.is_within(last.start, last.slut))


def _limit(lage: Insatslage, ar: int) -> Grans:
    """Why a year is covered in part: what began in it, or else what ended in it, and when."""
    (first, last), (avtal_first, avtal_last) = lage.tid, lage.avtalstid
    if first > date(ar, 1, 1):
        return Grans("avtalet_borjade" if first == avtal_first else "insatsen_borjade", first)
    return Grans("avtalet_slutade" if last == avtal_last else "insatsen_slutade", last)


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


def judge_malsattning(lage: Insatslage, per: date) -> Iterator[Del]:
    """The verdict on an aim in numbers: until its own day, else until the insats's last."""
    mal = lage.insats.malsattning
    if mal is None or mal.antal is None:
        return
    start, slut = lage.tid
    end = mal.senast.till if mal.senast is not None else slut
    done = total(lage.raknade)
    late = mal.senast is not None and total(h for h in lage.raknade if h.is_within(date.min, end)) < mal.antal
    dagar = days_between(per, end)
    matt = Matt("natt", mal.enhet or "", done, mal.antal, end, minst=mal.minst, dagar=dagar, for_sent=late)
    yield _judge_count(lage, matt, _unanswered(lage), per, max(days_between(start, end), 1))


def shortfall(lage: Insatslage, kvartal: Kvartal) -> Matt | None:
    """The number that was agreed and hasn't been reached: the whole aim's, else the quarter's year's."""
    mal, frekvens, ar = lage.insats.malsattning, lage.insats.frekvens, kvartal.ar
    if mal is not None and mal.antal is not None:
        matt = Matt("svar_saknas", mal.enhet or "", total(lage.raknade), mal.antal, lage.tid[1], minst=mal.minst)
        return matt if matt.kvar > 0 else None
    if frekvens is None or frekvens.antal is None or not lage.tid[0].year <= ar <= lage.tid[1].year:
        return None
    _, end, wanted, done = _of_year(lage, frekvens, ar)
    if wanted is None or done >= wanted:
        return None
    return Matt("svar_saknas", lage.enhet or "", done, wanted, end, ar, frekvens.per, minst=frekvens.minst)


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
