"""An insats with its plan: what the parts of the report are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from uppfoljning.facts.lage import Handelse, Insatslage, Lage
from uppfoljning.model import Frekvens, Planbedomning
from uppfoljning.model.period import Kvartal, days_between, month_end
from uppfoljning.model.underlag import Svarspost, Underlag, active_span, counted_by, counted_unit, shown_id
from uppfoljning.text.swedish import capitalized, datum, lista, number_word

_WORST_FIRST: tuple[Planbedomning, ...] = ("forsenad", "risk_for_forsening", "gar_inte_att_bedoma", "enligt_plan")
_HARD_PACE = 2
_HARD_DAYS = 30
_MONTHS = {"ar": 12, "kvartal": 3, "manad": 1}

Hinder = Literal["plan", "svar", "ansvarig", "avbruten", "satt"]


@dataclass(frozen=True, slots=True)
class Matt:
    """A count beside what is agreed, in the year ``ar`` or of the whole aim (None). ``rest`` is what remains."""

    enhet: str
    klara: int
    av: int
    ar: int | None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Del:
    """The verdict on one commitment, in words without a final full stop. ``frist`` is its last day, where it has one.

    ``hinder`` is what stands in the way of a verdict, where there is none; ``matt`` is the count, where one is made.
    """

    bedomning: Planbedomning
    text: str
    frist: date | None = None
    hinder: Hinder | None = None
    matt: Matt | None = None


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
        return (Del("gar_inte_att_bedoma", "Ingen ansvarig är utsedd, så ingen kan svara", hinder="ansvarig"),)
    stated = {a.genomforande for a in lage.aktorer}
    if stated == {"avbruten"}:
        return (Del("gar_inte_att_bedoma", "Insatsen är avbruten", hinder="avbruten"),)
    delar = [
        *_moment(lage, per),
        *_start(lage, per),
        *_frekvens(lage, kvartal, per, span),
        *_malsattning(lage, per, *span),
    ]
    if not delar:
        return (
            Del("gar_inte_att_bedoma", f"Inget antal eller datum att mäta mot: {_why_unplanned(lage)}", hinder="plan"),
        )
    if stated == {None} and all(d.bedomning == "enligt_plan" for d in delar):
        delar.append(Del("gar_inte_att_bedoma", "Inget svar har lämnats", hinder="svar"))
    if stated == {"pausad"} and any(d.bedomning == "enligt_plan" and d.frist for d in delar):
        delar.append(Del("risk_for_forsening", "Arbetet är pausat"))
    return tuple(delar)


def _why_unplanned(lage: Insatslage) -> str:
    insats = lage.insats
    reasons = []
    if insats.moment:
        reasons.append("momentet har inget datum")
    if insats.frekvens is not None:
        reasons.append("det står inte hur många gånger")
    if insats.malsattning is not None:
        reasons.append("målet anges inte i antal")
    return lista(reasons) if reasons else "varken mål, antal eller datum anges"


def _moment(lage: Insatslage, per: date) -> Iterator[Del]:
    for moment in lage.insats.moment:
        done = lage.klara.get(moment.id)
        if done is not None:
            yield Del("enligt_plan", f"{moment.rubrik}: klart {datum(done.datum)}")
        elif moment.senast is not None:
            last = moment.senast.till
            text = f"{moment.rubrik}: skulle vara klart senast {datum(last)}"
            spoken = any(q >= Kvartal.of(last) for a in lage.aktorer for q in a.besvarade_kvartal)
            if per > last and not spoken:
                yield Del("gar_inte_att_bedoma", f"{text}, och inget svar säger ännu om det är klart", last, "svar")
            elif per > last:
                yield Del("forsenad", f"{text}, men är inte rapporterat klart", last)
            else:
                yield Del("enligt_plan", f"{moment.rubrik}: ska vara klart senast {datum(last)}", last)


def _start(lage: Insatslage, per: date) -> Iterator[Del]:
    start = lage.insats.start
    stated = {a.genomforande for a in lage.aktorer}
    if start is not None and per > start.till and stated == {"inte_paborjad"}:
        yield Del("forsenad", f"Skulle ha startat {start.text} men är inte påbörjad", start.till)


def _unanswered(lage: Insatslage) -> tuple[Kvartal, ...]:
    """Quarters for which the counting aktör's answer is missing or awaited."""
    counter = counted_by(lage.insats)
    return next((a.saknade_kvartal for a in lage.aktorer if a.aktor == counter), ())


def _lacking(lage: Insatslage, quarters: tuple[Kvartal, ...]) -> str:
    """'svar saknas för kvartal 3 2022', or that it is still awaited."""
    named = lista([f"kvartal {q.nr} {q.ar}" for q in quarters])
    counter = counted_by(lage.insats)
    awaited = any(a.aktor == counter and a.status == "invantas" for a in lage.aktorer)
    return f"svar {'väntas' if awaited and len(quarters) == 1 else 'saknas'} för {named}"


def _count(handelser: tuple[Handelse, ...], first: date, last: date) -> int:
    return sum(h.handelse.antal for h in handelser if first <= h.handelse.datum <= last)


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
    done = _count(lage.raknade, first, end)
    unit, left = counted_unit(lage.insats) or "", wanted - done
    text = f"{capitalized(unit)} under {end.year}: {done} av {wanted}"

    def counted(rest: str = "") -> Matt:
        return Matt(unit, done, wanted, end.year, rest)

    if left <= 0:
        return Del("enligt_plan", text, matt=counted())
    missing = tuple(q for q in _unanswered(lage) if q.ar == end.year)
    if missing:
        why = f"{text} rapporterade; {_lacking(lage, missing)}"
        return Del("gar_inte_att_bedoma", why, end, "svar", counted(_unreported(left)))
    if per > end:
        return Del(
            "forsenad", f"{text}; tiden är slut", end, matt=counted(f"{number_word(left)} saknas från {end.year}")
        )
    remains = f"{number_word(left)} återstår {end.year}"
    if frekvens.per != "ar":
        behind = _wanted(frekvens, first, _last_whole(frekvens, min(kvartal.slut, per, end))) - done
        if behind > 0:
            word = "månaden" if frekvens.per == "manad" else "kvartalet"
            each = number_word(frekvens.antal or 1)
            return Del(
                "risk_for_forsening",
                f"{text}; {number_word(behind)} saknas: det ska vara {each} i {word}",
                end,
                matt=counted(f"{remains}, varav {number_word(behind)} redan borde vara {_done_word(behind)}"),
            )
    rest, planned = _rest(lage, left, per, end)
    matt = counted(rest if frekvens.per == "ar" else remains)
    if _is_hard(left - planned, per, end, wanted, 365):
        return Del("risk_for_forsening", f"{text}; {rest}, med {days_between(per, end)} dagar kvar", end, matt=matt)
    return Del("enligt_plan", f"{text}; {rest}" if frekvens.per == "ar" else text, end, matt=matt)


def _done_word(number: int) -> str:
    return "gjord" if number == 1 else "gjorda"


def _unreported(number: int) -> str:
    """'en är inte rapporterad': it may have been done, but nobody has said so."""
    return f"{number_word(number)} är inte {'rapporterad' if number == 1 else 'rapporterade'}"


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
    done = sum(h.handelse.antal for h in lage.raknade)
    text = f"{capitalized(mal.enhet or '')} senast {datum(end)}: {done} av {mal.antal}"
    missing, left = _unanswered(lage), mal.antal - done
    matt = Matt(mal.enhet or "", done, mal.antal, None)
    if left <= 0:
        yield Del("enligt_plan", text, matt=matt)
    elif missing:
        why = f"{text} rapporterade; {_lacking(lage, missing)}"
        yield Del("gar_inte_att_bedoma", why, end, "svar", replace(matt, rest=_unreported(left)))
    elif per > end:
        yield Del("forsenad", f"{text}; tiden är ute", end, matt=replace(matt, rest=f"{number_word(left)} saknas"))
    else:
        rest, planned = _rest(lage, left, per, end)
        matt = replace(matt, rest=rest)
        if _is_hard(left - planned, per, end, mal.antal, max(days_between(start, end), 1)):
            yield Del("risk_for_forsening", f"{text}; {rest}, med {days_between(per, end)} dagar kvar", end, matt=matt)
        else:
            yield Del("enligt_plan", text, end, matt=matt)


def _is_hard(undated: int, per: date, end: date, wanted: int, span: int) -> bool:
    """Whether what remains without a date can hardly be done: under 30 days each, and over twice the agreed pace."""
    each = min(_HARD_DAYS, span / (_HARD_PACE * wanted))
    return undated > 0 and days_between(per, end) < undated * each


def _rest(lage: Insatslage, remaining: int, per: date, end: date) -> tuple[str, int]:
    """What remains in words, such as 'två återstår utan datum', and how many of it have a date ahead of ``per``."""
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
        return f"{words} utan datum", 0
    shown = lista([datum(day) for day in days[:planned]])
    if planned == remaining:
        return f"{words}, planerad {shown}" if remaining == 1 else f"{words}, planerade {shown}", planned
    undated = number_word(remaining - planned)
    return f"{words}: {number_word(planned)} planerad {shown}, {undated} utan datum", planned


def describe(plan: Planlage) -> str:
    """The verdict's reasons as sentences."""
    relevant = [d for d in plan.delar if d.text]
    return " ".join(f"{capitalized(d.text)}." for d in relevant)


@dataclass(frozen=True, slots=True)
class Bedomd:
    """An insats with its plan."""

    lage: Insatslage
    plan: Planlage

    @property
    def visat_id(self) -> str:
        """The id as shown."""
        return shown_id(self.lage.huvudomrade, self.lage.insats.id)
