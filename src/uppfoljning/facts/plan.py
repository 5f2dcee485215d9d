"""Does the plan hold? Derived from dates, frequency and aim, as codes and numbers; :mod:`uppfoljning.words.plan` tells.

*Försenad* only when a set date has passed or the year that a frequency counts in has ended. Before that it is at most a
*risk*, and only when what remains can hardly be done: there are fewer than 30 days for each and it would take more than
twice the agreed pace, or a month or quarter that should have had its own has passed without, or the work is paused.
Without a date, a frequency or an aim it can't be judged, and is never green. Figures about crime never enter here.

An answer may *override* the derivation. While no newer answer has come, the override of an earlier quarter holds until
the next frist after that answer has passed; then it has lapsed, and the derived status holds.

*Silence never improves.* What was late or at risk by the last answer stays so until a new answer, or a date, says
otherwise: an override to late or at risk doesn't lapse for a better judgement, and a count that nobody has answered
about since is what it was then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from uppfoljning.facts.counting import judge_frekvens, judge_malsattning
from uppfoljning.facts.lage import Aktorslage, Insatslage, Lage, merge_one
from uppfoljning.facts.verdict import Del, Hinder, Matt, Omatt
from uppfoljning.model import Planbedomning
from uppfoljning.model.codes import LATE, RESTING, STOPPED, UNBEGUN
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag, ended

Visat = Literal[Planbedomning, "malet_natt"]
"""The verdict on a plan as shown."""
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
    ``kvarstar`` is the quarter by whose answers the plan was late or at risk, for the reasons in ``delar_da``, where no
    answer has come since.
    """

    bedomning: Planbedomning
    delar: tuple[Del, ...]
    harledd: Planbedomning
    overstyrd_av: str | None = None
    overstyrd_skal: str | None = None
    overstyrd_kvartal: Kvartal | None = None
    utgangna: tuple[Utgangen, ...] = ()
    kvarstar: Kvartal | None = None
    delar_da: tuple[Del, ...] = ()

    @property
    def visat(self) -> Visat:
        """The verdict as shown: an aim that is met is called so where nothing else is wrong."""
        return "malet_natt" if self.bedomning == "enligt_plan" and self.natt is not None else self.bedomning

    @property
    def natt(self) -> Matt | None:
        """The count of the whole aim, when it is reached."""
        return next((d.matt for d in self.delar if d.matt is not None and d.matt.ar is None and d.matt.kvar <= 0), None)

    @property
    def hinder(self) -> Hinder | None:
        """What stands in the way of a verdict, where there is none."""
        if self.bedomning != "gar_inte_att_bedoma":
            return None
        if self.overstyrd_av is not None:
            return "satt"
        return next((d.hinder for d in self.delar if d.hinder is not None), None)


def judge(lage: Insatslage, kvartal: Kvartal, per: date) -> Planlage:
    """The plan status of an insats at ``per``, with the data of all quarters up to ``kvartal``."""
    delar = _parts(lage, kvartal, per)
    derived = min((d.bedomning for d in delar), key=_WORST_FIRST.index)
    holding, lapsed = [], []
    for a in lage.aktorer:
        override = a.innehall.post.svar.overstyrning if a.innehall is not None else None
        if a.innehall is None or override is None:
            continue
        given = a.innehall.post.target[2]
        passed = _passed_frist(delar, a.innehall.post, per) if given < kvartal else None
        if passed is None or (override.plan in LATE and not _is_worse(derived, override.plan)):
            holding.append((override, a.aktor, given))
        else:
            lapsed.append(Utgangen(a.aktor, override.plan, given, passed))
    utgangna = tuple(sorted(lapsed, key=lambda u: (_WORST_FIRST.index(u.plan), u.aktor)))
    if not holding:
        return Planlage(derived, delar, derived, utgangna=utgangna)
    override, aktor, given = min(holding, key=lambda found: (_WORST_FIRST.index(found[0].plan), found[1]))
    return Planlage(override.plan, delar, derived, aktor, override.skal, given, utgangna)


def _is_worse(one: Planbedomning, other: Planbedomning) -> bool:
    """Whether one verdict is worse than another."""
    return _WORST_FIRST.index(one) < _WORST_FIRST.index(other)


def _passed_frist(delar: tuple[Del, ...], post: Svarspost, per: date) -> date | None:
    """The first frist that has passed since an answer: since it was given, or its quarter ended if that was later."""
    since = max(post.lamnad, post.target[2].slut)
    return min((d.frist for d in delar if d.frist is not None and since < d.frist < per), default=None)


def judge_all(underlag: Underlag, lage: Lage) -> dict[str, Planlage]:
    """The plan status of every insats of a merged state, by the insats's id."""
    found = {i.insats.id: judge(i, lage.kvartal, lage.per) for i in lage.insatser}
    quiet = [i for i in lage.insatser if i.aktuell and _is_silent(found[i.insats.id], _last_answered(i), lage.kvartal)]
    if quiet:
        posts: dict[str, list[Svarspost]] = {i.insats.id: [] for i in quiet}
        for post in underlag.svar:
            if post.svar.insats in posts:
                posts[post.svar.insats].append(post)
        for i in quiet:
            found[i.insats.id] = _as_last_told(underlag, i, posts[i.insats.id], found[i.insats.id], lage.kvartal)
    return found


def _is_silent(plan: Planlage, last: Kvartal | None, kvartal: Kvartal) -> bool:
    """Whether a verdict is wanting for answers that have not come since an earlier quarter."""
    return last is not None and last < kvartal and any(d.hinder == "svar" for d in plan.delar)


def _last_answered(lage: Insatslage) -> Kvartal | None:
    """The latest quarter for which there is an answer of those that the verdict rests on: who counts, else anyone."""
    counter = lage.raknare if lage.enhet is not None else None
    answered = [
        max(a.besvarade_kvartal)
        for a in lage.aktorer
        if a.innehall is not None and (counter is None or a.aktor == counter)
    ]
    return max(answered, default=None)


def _as_last_told(
    underlag: Underlag, i: Insatslage, posts: Sequence[Svarspost], plan: Planlage, kvartal: Kvartal
) -> Planlage:
    """The plan as it was by the last answers, where that is worse than what can be said without any since."""
    last = _last_answered(i)
    worst: Planlage | None = None
    if plan.overstyrd_av is not None:
        return plan
    for q in underlag.kvartal():
        if last is None or not last <= q < kvartal:
            continue
        then = judge(merge_one(underlag, i.huvudomrade, i.insats, posts, q), q, underlag.sista_svarsdag(q))
        if then.bedomning in LATE and (worst is None or not _is_worse(worst.bedomning, then.bedomning)):
            worst = then
    if worst is None or not _is_worse(worst.bedomning, plan.bedomning):
        return plan
    reasons = tuple(d for d in worst.delar if d.bedomning == worst.bedomning)
    return replace(plan, bedomning=worst.bedomning, harledd=worst.bedomning, kvarstar=last, delar_da=reasons)


def _parts(lage: Insatslage, kvartal: Kvartal, per: date) -> tuple[Del, ...]:
    if not lage.insats.ansvariga:
        return (Del("gar_inte_att_bedoma", "ingen_ansvarig", hinder="ansvarig"),)
    stated = {a.genomforande for a in lage.aktorer}
    if stated <= STOPPED:
        return (Del("gar_inte_att_bedoma", "arbetet_avbrutet", hinder="avbruten"),)
    delar = [
        *_moment(lage, per),
        *_start(lage, per),
        *judge_frekvens(lage, kvartal, per),
        *judge_malsattning(lage, per),
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
        yield "frekvens_i_ord" if insats.frekvens.ord is not None else "frekvens"
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
    if start is None or per <= start.till:
        return
    spoken = any(q >= Kvartal.of(start.till) for a in lage.aktorer for q in a.besvarade_kvartal)
    if stated <= UNBEGUN and spoken:
        yield Del("forsenad", "start_passerad", start.till, start=start.text)
    elif stated <= UNBEGUN | {None}:
        yield Del("gar_inte_att_bedoma", "start_obesvarad", start.till, "svar", start=start.text)


@dataclass(frozen=True, slots=True)
class Bedomd:
    """An insats with its plan."""

    lage: Insatslage
    plan: Planlage

    @property
    def visat_id(self) -> str:
        """The id as shown."""
        return self.lage.visat_id


def halted_by(b: Bedomd, per: date) -> tuple[Aktorslage, ...]:
    """The aktörer that have stopped or paused their work on an insats that goes on."""
    if ended(b.lage.insats, per) is not None:
        return ()
    return tuple(a for a in b.lage.aktorer if a.genomforande in STOPPED | RESTING)


def sees_risk(b: Bedomd) -> bool:
    """Whether an aktör sees a risk or a delay, and the derivation doesn't or sees only a risk."""
    own = {a.egen_bedomning for a in b.lage.aktorer}
    if b.plan.bedomning in LATE:
        return b.plan.bedomning != "forsenad" and "forsenad" in own
    return not own.isdisjoint(LATE)
