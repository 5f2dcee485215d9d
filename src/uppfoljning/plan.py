"""Does the plan hold? Derived from dates, frequency and aim, and told in words.

*Försenad* only when a set date has passed or the year that a frequency counts in has ended. Before that it is at most a
*risk*, and only when what remains can hardly be done: there are fewer than 30 days for each and it would take more than
twice the agreed pace, or a month or quarter that should have had its own has passed without, or the work is paused.
Without a date, a frequency or an aim it can't be judged, and is never green. Figures about crime never enter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from uppfoljning.model import Frekvens, Planbedomning
from uppfoljning.period import Kvartal, days_between
from uppfoljning.state import Handelse, Insatslage, counted_unit
from uppfoljning.swedish import capitalized, datum, lista, number_word
from uppfoljning.underlag import counted_by

_WORST_FIRST: tuple[Planbedomning, ...] = ("forsenad", "risk_for_forsening", "gar_inte_att_bedoma", "enligt_plan")
_HARD_PACE = 2
_HARD_DAYS = 30

Hinder = Literal["plan", "svar", "ansvarig", "avbruten"]


@dataclass(frozen=True, slots=True)
class Del:
    """The verdict on one commitment, in words without a final full stop. ``frist`` is its last day, where it has one.

    ``hinder`` is what stands in the way of a verdict, where there is none.
    """

    bedomning: Planbedomning
    text: str
    frist: date | None = None
    hinder: Hinder | None = None


@dataclass(frozen=True, slots=True)
class Planlage:
    """The verdict on the whole insats. ``overstyrd_av`` is the aktör whose answer overrode the derivation, and why."""

    bedomning: Planbedomning
    delar: tuple[Del, ...]
    harledd: Planbedomning
    overstyrd_av: str | None = None
    overstyrd_skal: str | None = None

    @property
    def hinder(self) -> Hinder | None:
        """What stands in the way of a verdict, where there is none."""
        if self.bedomning != "gar_inte_att_bedoma":
            return None
        return next((d.hinder for d in self.delar if d.hinder is not None), None)


def judge(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> Planlage:
    """The plan status of an insats at ``per``, with the data of all quarters up to ``kvartal``.

    ``span`` is the first and last day on which the insats is to be carried out; its end is the frist of an aim that
    names none.
    """
    delar = _parts(lage, kvartal, per, span)
    derived = min((d.bedomning for d in delar), key=_WORST_FIRST.index)
    overrides = sorted(
        (
            (a.innehall.post.svar.overstyrning, a.aktor)
            for a in lage.aktorer
            if a.innehall is not None and a.innehall.post.svar.overstyrning is not None
        ),
        key=lambda pair: (_WORST_FIRST.index(pair[0].plan), pair[1]),
    )
    if overrides:
        override, aktor = overrides[0]
        return Planlage(override.plan, delar, derived, aktor, override.skal)
    return Planlage(derived, delar, derived)


def _parts(lage: Insatslage, kvartal: Kvartal, per: date, span: tuple[date, date]) -> tuple[Del, ...]:
    if not lage.insats.ansvariga:
        return (Del("gar_inte_att_bedoma", "Ingen ansvarig är utsedd, så ingen kan svara", hinder="ansvarig"),)
    stated = {a.genomforande for a in lage.aktorer}
    if stated == {"avbruten"}:
        return (Del("gar_inte_att_bedoma", "Insatsen är avbruten", hinder="avbruten"),)
    delar = [
        *_moment(lage, per),
        *_start(lage, per),
        *_frekvens(lage, kvartal, per),
        *_malsattning(lage, kvartal, per, *span),
    ]
    if not delar:
        return (Del("gar_inte_att_bedoma", f"Mål eller plan saknas: {_why_unplanned(lage)}", hinder="plan"),)
    if stated == {None} and all(d.bedomning == "enligt_plan" for d in delar):
        delar.append(Del("gar_inte_att_bedoma", "Inget svar har lämnats", hinder="svar"))
    if stated == {"pausad"} and any(d.bedomning == "enligt_plan" and d.frist for d in delar):
        delar.append(Del("risk_for_forsening", "Arbetet är pausat"))
    return tuple(delar)


def _why_unplanned(lage: Insatslage) -> str:
    insats = lage.insats
    reasons = []
    if insats.moment:
        reasons.append("inget datum är satt")
    if insats.frekvens is not None:
        reasons.append("hur ofta går inte att räkna")
    if insats.malsattning is not None:
        reasons.append("målet går inte att räkna")
    return lista(reasons) if reasons else "varken datum, antal eller mål anges"


def _moment(lage: Insatslage, per: date) -> Iterator[Del]:
    for moment in lage.insats.moment:
        done = lage.klara.get(moment.id)
        if done is not None:
            yield Del("enligt_plan", f"{moment.rubrik}: klart {datum(done.datum)}")
        elif moment.senast is not None:
            last = moment.senast.till
            text = f"{moment.rubrik}: skulle vara klart senast {datum(last)}"
            if per > last and all(a.innehall is None for a in lage.aktorer):
                yield Del("gar_inte_att_bedoma", f"{text}, och inget svar säger om det är klart", last, "svar")
            elif per > last:
                yield Del("forsenad", f"{text}, men är inte rapporterat klart", last)
            else:
                yield Del("enligt_plan", f"{moment.rubrik}: ska vara klart senast {datum(last)}", last)


def _start(lage: Insatslage, per: date) -> Iterator[Del]:
    start = lage.insats.start
    stated = {a.genomforande for a in lage.aktorer}
    if start is not None and per > start.till and stated == {"inte_paborjad"}:
        yield Del("forsenad", f"Skulle ha startat {start.text} men är inte påbörjad", start.till)


def _unanswered(lage: Insatslage, first: Kvartal) -> tuple[Kvartal, ...]:
    """Quarters from ``first`` on for which the counting aktör has given no answer."""
    counter = counted_by(lage.insats)
    for aktor in lage.aktorer:
        if aktor.aktor == counter:
            return tuple(q for q in aktor.saknade_kvartal if q >= first)
    return ()


def _count(handelser: tuple[Handelse, ...], first: date, last: date) -> int:
    return sum(h.handelse.antal for h in handelser if first <= h.handelse.datum <= last)


def _frekvens(lage: Insatslage, kvartal: Kvartal, per: date) -> Iterator[Del]:
    frekvens = lage.insats.frekvens
    if frekvens is None or frekvens.antal is None or frekvens.per is None:
        return
    years = sorted({q.ar for q in _quarters_answered_or_due(lage, kvartal)})
    for ar in years:
        yield _one_year(lage, frekvens, ar, kvartal, per)


def _quarters_answered_or_due(lage: Insatslage, kvartal: Kvartal) -> set[Kvartal]:
    found = {kvartal}
    for aktor in lage.aktorer:
        found |= set(aktor.saknade_kvartal)
    return found | {h.kvartal for h in lage.handelser}


def _one_year(lage: Insatslage, frekvens: Frekvens, ar: int, kvartal: Kvartal, per: date) -> Del:
    each = {"ar": 1, "kvartal": 4, "manad": 12}[frekvens.per or "ar"]
    wanted = (frekvens.antal or 0) * each
    end = date(ar, 12, 31)
    done = _count(lage.raknade, date(ar, 1, 1), end)
    text = f"{done} av {wanted} {counted_unit(lage.insats)} under {ar}"
    if done >= wanted:
        return Del("enligt_plan", text)
    missing = tuple(q for q in _unanswered(lage, Kvartal(ar, 1)) if q.ar == ar)
    if missing:
        return Del(
            "gar_inte_att_bedoma", f"Minst {text}; svar saknas för {lista([str(q) for q in missing])}", end, "svar"
        )
    if per > end:
        return Del("forsenad", f"{text}; året är slut", end)
    behind = 0
    if each > 1:
        last = min(kvartal.slut, end)
        passed = last.month * each // 12
        behind = max((frekvens.antal or 0) * passed - done, 0)
    rest, planned = _rest(lage, wanted - done, per, end)
    if behind:
        word = "månad" if frekvens.per == "manad" else "kvartal"
        return Del("risk_for_forsening", f"{text}; {number_word(behind)} saknas, eftersom varje {word} ska ha sin", end)
    if _is_hard(wanted - done - planned, per, end, wanted, 365):
        return Del("risk_for_forsening", f"{text}; {rest}, på {days_between(per, end)} dagar", end)
    return Del("enligt_plan", f"{text}; {rest}" if each == 1 else text, end)


def _is_hard(undated: int, per: date, end: date, wanted: int, span: int) -> bool:
    """Whether what remains without a date can hardly be done: under 30 days each, and over twice the agreed pace."""
    each = min(_HARD_DAYS, span / (_HARD_PACE * wanted))
    return undated > 0 and days_between(per, end) < undated * each


def _malsattning(lage: Insatslage, kvartal: Kvartal, per: date, start: date, slut: date) -> Iterator[Del]:
    mal = lage.insats.malsattning
    if mal is None or mal.antal is None:
        return
    end = mal.senast.till if mal.senast is not None else slut
    done = sum(h.handelse.antal for h in lage.raknade)
    text = f"{done} av {mal.antal} {mal.enhet} till {datum(end)}"
    if done >= mal.antal:
        yield Del("enligt_plan", text)
        return
    first = min((q for a in lage.aktorer for q in a.saknade_kvartal), default=kvartal)
    missing = _unanswered(lage, first)
    if missing:
        yield Del(
            "gar_inte_att_bedoma", f"Minst {text}; svar saknas för {lista([str(q) for q in missing])}", end, "svar"
        )
    elif per > end:
        yield Del("forsenad", f"{text}; tiden är ute", end)
    else:
        rest, planned = _rest(lage, mal.antal - done, per, end)
        if _is_hard(mal.antal - done - planned, per, end, mal.antal, max(days_between(start, end), 1)):
            yield Del("risk_for_forsening", f"{text}; {rest}, på {days_between(per, end)} dagar", end)
        else:
            yield Del("enligt_plan", text, end)


def _rest(lage: Insatslage, remaining: int, per: date, end: date) -> tuple[str, int]:
    """'två återstår, varav en är planerad' and how many of them have a date ahead of ``per``."""
    days = sorted(
        {
            planned.datum
            for a in lage.aktorer
            if a.innehall is not None and a.aktor == counted_by(lage.insats)
            for planned in a.innehall.post.svar.planerat
            if planned.raknas and per < planned.datum <= end
        }
    )
    planned = min(len(days), remaining)
    words = f"{number_word(remaining)} återstår"
    if not planned:
        return f"{words} och inget datum är satt", 0
    shown = lista([datum(day) for day in days[:planned]])
    if planned == remaining:
        return f"{words}, planerad {shown}" if remaining == 1 else f"{words}, planerade {shown}", planned
    undated = number_word(remaining - planned)
    return f"{words}: {number_word(planned)} planerad {shown}, {undated} utan datum", planned


def describe(plan: Planlage) -> str:
    """The verdict's reasons as sentences."""
    relevant = [d for d in plan.delar if d.text]
    return " ".join(f"{capitalized(d.text)}." for d in relevant)
