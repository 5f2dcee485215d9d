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
from dataclasses import dataclass
from datetime import date

from uppfoljning.facts.counting import judge_frekvens, judge_malsattning
from uppfoljning.facts.lage import Insatslage, Lage
from uppfoljning.facts.verdict import Del, Hinder, Omatt
from uppfoljning.model import Planbedomning
from uppfoljning.model.codes import LATE, RESTING, STOPPED, UNBEGUN
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag, active_span

_WORST_FIRST: tuple[Planbedomning, ...] = ("forsenad", "risk_for_forsening", "gar_inte_att_bedoma", "enligt_plan")


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
    if stated <= STOPPED:
        return (Del("gar_inte_att_bedoma", "arbetet_avbrutet", hinder="avbruten"),)
    delar = [
        *_moment(lage, per),
        *_start(lage, per),
        *judge_frekvens(lage, kvartal, per, span),
        *judge_malsattning(lage, per, *span),
    ]
    if not delar:
        return (Del("gar_inte_att_bedoma", "inget_att_mata", hinder="plan", omatt=tuple(_unmeasured(lage))),)
    if stated == {None} and all(d.bedomning == "enligt_plan" for d in delar):
        delar.append(Del("gar_inte_att_bedoma", "obesvarad", hinder="svar"))
    if stated <= RESTING and any(d.bedomning == "enligt_plan" and d.frist for d in delar):
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
    if start is not None and per > start.till and stated <= UNBEGUN:
        yield Del("forsenad", "start_passerad", start.till, start=start.text)


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
