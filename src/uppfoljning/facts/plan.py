"""Does the plan hold? Derived from dates, frequency and aim, as codes and numbers; :mod:`uppfoljning.words.plan` tells.

*Försenad* only when a set date has passed or the year that a frequency counts in has ended. Before that it is at most a
*risk*, and only when what remains can hardly be done: there are fewer than 30 days for each and it would take more than
twice the agreed pace, or a month or quarter that should have had its own has passed without, or the work is paused.
Without a date, a frequency or an aim it can't be judged, and is never green. Figures about crime never enter here.

An answer may *override* the derivation. While no newer answer has come, the override of an earlier quarter holds until
the next frist after that answer has passed; then it has lapsed, and the derived status holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from uppfoljning.facts.lage import Insatslage, Lage, total
from uppfoljning.model import Frekvens, Frekvensperiod, Moment, Planbedomning
from uppfoljning.model.codes import LATE
from uppfoljning.model.period import Kvartal, days_between, month_end
from uppfoljning.model.underlag import Svarspost, Underlag, active_span

_WORST_FIRST: tuple[Planbedomning, ...] = ("forsenad", "risk_for_forsening", "gar_inte_att_bedoma", "enligt_plan")
_HARD_PACE = 2
_HARD_DAYS = 30
_MONTHS: dict[Frekvensperiod, int] = {"ar": 12, "kvartal": 3, "manad": 1}

Hinder = Literal["plan", "svar", "ansvarig", "avbruten", "satt"]
Delkod = Literal[
    "ingen_ansvarig", "arbetet_avbrutet", "inget_att_mata", "obesvarad", "arbetet_pausat",
    "moment_klart", "moment_obesvarat", "moment_forsenat", "moment_framat", "start_passerad", "antal",
]  # fmt: skip
"""What a verdict on one commitment is about, and how it turned out."""
Mattkod = Literal["natt", "svar_saknas", "tiden_slut", "efter_takten", "hinner_knappt", "pa_vag"]
"""How a count stands: reached, not known, too late, behind the month or quarter, hardly to be done, under way."""
Omatt = Literal["moment", "frekvens", "malsattning"]
"""What an insats has that can't be measured against."""


@dataclass(frozen=True, slots=True)
class Matt:
    """A count beside what is agreed, in the year ``ar`` or of the whole aim (None), until the day ``slut``.

    ``saknade`` are the quarters without the counting aktör's answer, ``vantas`` that the only one is still awaited.
    ``efter`` is how many should have been done already, of ``takt`` a month or quarter (``per``); ``planerade`` are the
    days ahead on which what remains is planned, ``dagar`` how many days are left.
    """

    kod: Mattkod
    enhet: str
    klara: int
    av: int
    slut: date
    ar: int | None = None
    per: Frekvensperiod | None = None
    saknade: tuple[Kvartal, ...] = ()
    vantas: bool = False
    efter: int = 0
    takt: int = 1
    planerade: tuple[date, ...] = ()
    dagar: int = 0

    @property
    def kvar(self) -> int:
        """What remains."""
        return self.av - self.klara


@dataclass(frozen=True, slots=True)
class Del:
    """The verdict on one commitment. ``frist`` is its last day, where it has one.

    ``hinder`` is what stands in the way of a verdict, where there is none; ``matt`` is the count, where one is made;
    ``moment`` the milestone that it is about, ``klart`` the day when it was reached; ``start`` the day as agreed when
    the insats should have begun; ``omatt`` what there is that can't be measured against.
    """

    bedomning: Planbedomning
    kod: Delkod
    frist: date | None = None
    hinder: Hinder | None = None
    matt: Matt | None = None
    moment: Moment | None = None
    klart: date | None = None
    start: str = ""
    omatt: tuple[Omatt, ...] = ()


@dataclass(frozen=True, slots=True)
class Utgangen:
    """An override that has lapsed: who set it to what, in the answer for which quarter, and the day that has passed."""

    aktor: str
    plan: Planbedomning
    kvartal: Kvartal
    frist: date


@dataclass(frozen=True, slots=True)
class Planlage:
    """The verdict on the whole insats. ``overstyrd_av`` is the aktör whose answer overrode the derivation, and why.

    ``overstyrd_kvartal`` is the quarter of that answer; ``utgangna`` are the overrides that no longer hold.
    """

    bedomning: Planbedomning
    delar: tuple[Del, ...]
    harledd: Planbedomning
    overstyrd_av: str | None = None
    overstyrd_skal: str | None = None
    overstyrd_kvartal: Kvartal | None = None
    utgangna: tuple[Utgangen, ...] = ()

    @property
    def hinder(self) -> Hinder | None:
        """What stands in the way of a verdict, where there is none."""
        if self.bedomning != "gar_inte_att_bedoma":
            return None
        if self.overstyrd_av is not None:
            return "satt"
        return next((d.hinder for d in self.delar if d.hinder is not None), None)


def judge(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> Planlage:
    """The plan status of an insats at ``per``, with the data of all quarters up to ``kvartal``.

    ``span`` is the first and last day on which the insats is to be carried out; its end is the frist of an aim that
    names none.
    """
    delar = _parts(lage, kvartal, per, span)
    derived = min((d.bedomning for d in delar), key=_WORST_FIRST.index)
    holding, lapsed = [], []
    for a in lage.aktorer:
        override = a.innehall.post.svar.overstyrning if a.innehall is not None else None
        if a.innehall is None or override is None:
            continue
        given = a.innehall.post.target[2]
        passed = _passed_frist(delar, a.innehall.post, per) if given < kvartal else None
        if passed is None:
            holding.append((override, a.aktor, given))
        else:
            lapsed.append(Utgangen(a.aktor, override.plan, given, passed))
    utgangna = tuple(sorted(lapsed, key=lambda u: (_WORST_FIRST.index(u.plan), u.aktor)))
    if not holding:
        return Planlage(derived, delar, derived, utgangna=utgangna)
    override, aktor, given = min(holding, key=lambda found: (_WORST_FIRST.index(found[0].plan), found[1]))
    return Planlage(override.plan, delar, derived, aktor, override.skal, given, utgangna)


def _passed_frist(delar: tuple[Del, ...], post: Svarspost, per: date) -> date | None:
    """The first frist that has passed since an answer: since it was given, or its quarter ended if that was later."""
    since = max(post.lamnad, post.target[2].slut)
    return min((d.frist for d in delar if d.frist is not None and since < d.frist < per), default=None)


def judge_all(underlag: Underlag, lage: Lage) -> dict[str, Planlage]:
    """The plan status of every insats of a merged state, by the insats's id."""
    avtal = underlag.overenskommelse
    return {i.insats.id: judge(i, lage.kvartal, lage.per, active_span(avtal, i.insats)) for i in lage.insatser}


def _parts(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> tuple[Del, ...]:
    if not lage.insats.ansvariga:
        return (Del("gar_inte_att_bedoma", "ingen_ansvarig", hinder="ansvarig"),)
    stated = {a.genomforande for a in lage.aktorer}
    if stated == {"avbruten"}:
        return (Del("gar_inte_att_bedoma", "arbetet_avbrutet", hinder="avbruten"),)
    delar = [
        *_moment(lage, per),
        *_start(lage, per),
        *_frekvens(lage, kvartal, per, span),
        *_malsattning(lage, per, *span),
    ]
    if not delar:
        return (Del("gar_inte_att_bedoma", "inget_att_mata", hinder="plan", omatt=tuple(_unmeasured(lage))),)
    if stated == {None} and all(d.bedomning == "enligt_plan" for d in delar):
        delar.append(Del("gar_inte_att_bedoma", "obesvarad", hinder="svar"))
    if stated == {"pausad"} and any(d.bedomning == "enligt_plan" and d.frist for d in delar):
        delar.append(Del("risk_for_forsening", "arbetet_pausat"))
    return tuple(delar)


def _unmeasured(lage: Insatslage) -> Iterator[Omatt]:
    insats = lage.insats
    if insats.moment:
        yield "moment"
    if insats.frekvens is not None:
        yield "frekvens"
    if insats.malsattning is not None:
        yield "malsattning"


def _moment(lage: Insatslage, per: date) -> Iterator[Del]:
    for moment in lage.insats.moment:
        done = lage.klara.get(moment.id)
        if done is not None:
            yield Del("enligt_plan", "moment_klart", moment=moment, klart=done.datum)
        elif moment.senast is not None:
            last = moment.senast.till
            spoken = any(q >= Kvartal.of(last) for a in lage.aktorer for q in a.besvarade_kvartal)
            if per > last and not spoken:
                yield Del("gar_inte_att_bedoma", "moment_obesvarat", last, "svar", moment=moment)
            elif per > last:
                yield Del("forsenad", "moment_forsenat", last, moment=moment)
            else:
                yield Del("enligt_plan", "moment_framat", last, moment=moment)


def _start(lage: Insatslage, per: date) -> Iterator[Del]:
    start = lage.insats.start
    stated = {a.genomforande for a in lage.aktorer}
    if start is not None and per > start.till and stated == {"inte_paborjad"}:
        yield Del("forsenad", "start_passerad", start.till, start=start.text)


def _unanswered(lage: Insatslage) -> tuple[Kvartal, ...]:
    """Quarters for which the counting aktör's answer is missing or awaited."""
    return next((a.saknade_kvartal for a in lage.aktorer if a.aktor == lage.raknare), ())


def _is_awaited(lage: Insatslage) -> bool:
    """Whether the counting aktör's answer for the quarter may still come."""
    return any(a.aktor == lage.raknare and a.status == "invantas" for a in lage.aktorer)


def _frekvens(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> Iterator[Del]:
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


def _malsattning(lage: Insatslage, per: date, start: date, slut: date) -> Iterator[Del]:
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


@dataclass(frozen=True, slots=True)
class Bedomd:
    """An insats with its plan."""

    lage: Insatslage
    plan: Planlage

    @property
    def visat_id(self) -> str:
        """The id as shown."""
        return self.lage.visat_id


def sees_risk(b: Bedomd) -> bool:
    """Whether an aktör sees a risk or a delay that the derivation doesn't, or has overridden one."""
    if b.plan.bedomning in LATE:
        return False
    return any(a.egen_bedomning in LATE for a in b.lage.aktorer)
