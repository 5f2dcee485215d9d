"""The merged state at a period: a fold over all answers up to and including it.

The order of answers and their split into files don't matter; a later quarter never changes an earlier state; a
correction replaces exactly the answer it corrects, from the quarter in which it was given.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from uppfoljning.facts.beslut import Fraga, find_questions, name_deciders
from uppfoljning.facts.events import Handelse, add_up, counted_event, event_order
from uppfoljning.model import Genomforande, Huvudomrade, Insats, Planbedomning
from uppfoljning.model.codes import DONE, OVER
from uppfoljning.model.period import Kvartal, days_between
from uppfoljning.model.underlag import (
    Beslutspost,
    Svarspost,
    Underlag,
    active_span,
    answer_chains,
    counted_by,
    counted_unit,
    is_active,
    shown_id,
)
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import fold

Svarsstatus = Literal["lamnad", "oforandrat", "inget_att_rapportera", "inget_svar", "invantas", "behovs_inte"]

Target = tuple[str, str, Kvartal]


@dataclass(frozen=True, slots=True)
class Gallande:
    """The answer that holds for a target, and those that it replaced, oldest first."""

    post: Svarspost
    ersatta: tuple[Svarspost, ...] = ()


@dataclass(frozen=True, slots=True)
class KlartMomentLage:
    """A milestone reported as reached: the earliest date, who said so where, and for which quarter."""

    moment: str
    datum: date
    aktor: str
    kalla: Plats
    kvartal: Kvartal


@dataclass(frozen=True, slots=True)
class Aktorslage:
    """One aktör on one insats, with its name; a party stands for its missing aktör.

    ``svar`` is this quarter's answer, ``innehall`` the latest that says something. ``dagar_sen`` counts days after the
    last day to answer (0: in time). ``saknade_kvartal`` are the quarters for which an answer is missing or still
    awaited, ``besvarade_kvartal`` those for which there is one. ``klart`` are the last answers that all say that the
    work is done, the first of them first.
    """

    aktor: str
    namn: str
    status: Svarsstatus
    dagar_sen: int = 0
    svar: Gallande | None = None
    innehall: Gallande | None = None
    saknade_kvartal: tuple[Kvartal, ...] = ()
    besvarade_kvartal: tuple[Kvartal, ...] = ()
    klart: tuple[Gallande, ...] = ()

    @property
    def har_svarat(self) -> bool:
        """Whether there is an answer for the quarter."""
        return self.status in {"lamnad", "oforandrat", "inget_att_rapportera"}

    @property
    def genomforande(self) -> Genomforande | None:
        """The last genomförande that the aktör stated."""
        return self.innehall.post.svar.genomforande if self.innehall else None

    @property
    def egen_bedomning(self) -> Planbedomning | None:
        """The aktör's own judgement of the plan, from its last answer with content."""
        return self.innehall.post.svar.egen_bedomning if self.innehall else None


@dataclass(frozen=True, slots=True)
class Insatslage:
    """One insats at the period. ``handelser`` hold every aktör's; ``raknade`` only what is counted towards the plan.

    ``visat_id`` is the id as shown, ``raknare`` the aktör whose count is used and ``enhet`` what is counted, if any.
    ``tid`` is the first and last day on which it is to be carried out, ``avtalstid`` those of the agreement.
    ``planerad_plats`` is where something was planned, by aktör and day.
    ``rattade`` are the answers that replaced others; ``fragor`` every question for decision, oldest first.
    """

    huvudomrade: Huvudomrade
    insats: Insats
    visat_id: str
    raknare: str | None
    enhet: str | None
    aktuell: bool
    aktorer: tuple[Aktorslage, ...]
    handelser: tuple[Handelse, ...]
    klara: Mapping[str, KlartMomentLage]
    rattade: tuple[Gallande, ...] = ()
    fragor: tuple[Fraga, ...] = ()
    tid: tuple[date, date] = (date.min, date.max)
    avtalstid: tuple[date, date] = (date.min, date.max)
    planerad_plats: Mapping[tuple[str, date], str] = field(default_factory=dict)

    @property
    def beslut(self) -> tuple[Fraga, ...]:
        """The questions that still wait for a decision."""
        return tuple(f for f in self.fragor if f.oppen)

    def reported_by(self, aktor: str | None) -> dict[str, int]:
        """What an aktör has reported to have happened, by unit as first written, added up over the quarters (antal)."""
        mine = [h for h in self.handelser if h.aktor == aktor]
        same = (fold(self.enhet or ""), False)  # has the name of what counts, and doesn't
        return {found.vad: found.antal for key, found in add_up(mine, lambda h: h.enhet).items() if key != same}

    @property
    def raknade(self) -> tuple[Handelse, ...]:
        """The events that count towards frequency and aim: the counting aktör's, of the unit that is counted."""
        if self.enhet is None:
            return ()
        return tuple(h for h in self.handelser if h.aktor == self.raknare and h.raknas)


@dataclass(frozen=True, slots=True)
class Lage:
    """The state of the whole agreement at ``kvartal``, judged at ``per``."""

    kvartal: Kvartal
    per: date
    sista_svarsdag: date
    insatser: tuple[Insatslage, ...]
    exempel: bool
    senaste_svar: date | None = None
    kvartal_i_ordning: tuple[Kvartal, ...] = field(default=())


def effective(svar: Iterable[Svarspost], kvartal: Kvartal) -> dict[Target, Gallande]:
    """The answer that holds for each (insats, aktör, quarter) as known at ``kvartal``, corrections applied."""
    chains = answer_chains(post for post in svar if post.kvartal <= kvartal)
    return {target: Gallande(chain[-1], chain[:-1]) for target, chain in chains.items()}


def latest_kvartal(underlag: Underlag) -> Kvartal:
    """The latest quarter that has answers, else the agreement's first."""
    known = set(underlag.kvartal())
    answered = [post.kvartal for post in underlag.svar if post.kvartal in known]
    return max(answered, default=underlag.kvartal()[0])


def merge(underlag: Underlag, kvartal: Kvartal, per: date | None = None) -> Lage:
    """The state at ``kvartal``. ``per`` is the reference date; by default the quarter's last day to answer."""
    last_day = underlag.sista_svarsdag(kvartal)
    reference = per or last_day
    gallande = effective(underlag.svar, kvartal)
    by_insats: dict[str, dict[Target, Gallande]] = defaultdict(dict)
    for target, answer in gallande.items():
        by_insats[target[0]][target] = answer
    recorded: dict[str, list[Beslutspost]] = defaultdict(list)
    for found in underlag.beslut:
        recorded[found.insats].append(found)
    quarters = tuple(q for q in underlag.kvartal() if q <= kvartal)
    insatser = tuple(
        _merge_insats(underlag, huvudomrade, insats, by_insats[insats.id], recorded[insats.id], quarters, reference)
        for huvudomrade, insats, _ in underlag.insatser()
    )
    used = [post for answer in gallande.values() for post in (answer.post, *answer.ersatta)]
    settled = [b for i in insatser for f in i.fragor for b in f.utfall]
    return Lage(
        kvartal=kvartal,
        per=reference,
        sista_svarsdag=last_day,
        insatser=insatser,
        exempel=underlag.overenskommelse.exempel
        or any(post.exempel for post in used)
        or any(b.exempel for b in settled)
        or any(rad.uppgifter.exempel for rad in underlag.ovriga_beslut(reference))
        or any(c.exempel and c.datum <= kvartal.slut for _, i, _ in underlag.insatser() for c in i.historik),
        senaste_svar=max((post.lamnad for post in used), default=None),
        kvartal_i_ordning=underlag.kvartal(),
    )


def merge_one(
    underlag: Underlag, huvudomrade: Huvudomrade, insats: Insats, posts: Iterable[Svarspost], kvartal: Kvartal
) -> Insatslage:
    """How one insats stood at an earlier quarter's last day to answer, by ``posts``, which are the answers on it."""
    return _merge_insats(
        underlag,
        huvudomrade,
        insats,
        effective(posts, kvartal),
        (),
        tuple(q for q in underlag.kvartal() if q <= kvartal),
        underlag.sista_svarsdag(kvartal),
    )


def _merge_insats(
    underlag: Underlag,
    huvudomrade: Huvudomrade,
    insats: Insats,
    answers: Mapping[Target, Gallande],
    recorded: Iterable[Beslutspost],
    quarters: tuple[Kvartal, ...],
    per: date,
) -> Insatslage:
    kvartal = quarters[-1]
    active = tuple(q for q in quarters if is_active(underlag.overenskommelse, insats, q))
    aktorer = tuple(
        _merge_aktor(underlag, insats, ansvarig.aktor, answers, active, kvartal, per) for ansvarig in insats.ansvariga
    )
    posts = sorted(answers.items(), key=lambda item: (item[0][2], item[0][1]))
    enhet = counted_unit(insats)
    handelser = [
        counted_event(h, enhet, target[1], target[2], answer.post.kalla)
        for target, answer in posts
        for h in answer.post.svar.utfall.handelser
    ]
    klara: dict[str, KlartMomentLage] = {}
    for target, answer in posts:
        for klart in answer.post.svar.utfall.klara_moment:
            known = klara.get(klart.moment)
            if known is None or klart.datum < known.datum:
                klara[klart.moment] = KlartMomentLage(
                    klart.moment, klart.datum, target[1], answer.post.kalla, target[2]
                )
    return Insatslage(
        huvudomrade=huvudomrade,
        insats=insats,
        visat_id=shown_id(huvudomrade, insats.id),
        raknare=counted_by(insats),
        enhet=enhet,
        aktuell=kvartal in active,
        aktorer=aktorer,
        handelser=tuple(sorted(handelser, key=event_order)),
        klara=klara,
        rattade=tuple(answer for _, answer in posts if answer.ersatta),
        fragor=find_questions(
            ([name_deciders(underlag, post) for post in (*answer.ersatta, answer.post)] for _, answer in posts),
            recorded,
            per,
        ),
        tid=active_span(underlag.overenskommelse, insats),
        avtalstid=(underlag.overenskommelse.giltig_fran, underlag.overenskommelse.giltig_till),
        planerad_plats={
            (target[1], p.datum): p.plats
            for target, answer in posts
            for p in answer.post.svar.planerat
            if p.plats is not None
        },
    )


def _merge_aktor(
    underlag: Underlag,
    insats: Insats,
    aktor: str,
    answers: Mapping[Target, Gallande],
    active: tuple[Kvartal, ...],
    kvartal: Kvartal,
    per: date,
) -> Aktorslage:
    mine = {target[2]: answer for target, answer in answers.items() if target[1] == aktor}
    with_content = [q for q in sorted(mine) if mine[q].post.svar.genomforande is not None]

    def is_over(before: Kvartal) -> bool:
        """Whether the aktör had reported its work as ended before a quarter."""
        earlier = [q for q in with_content if q < before]
        return bool(earlier) and mine[earlier[-1]].post.svar.genomforande in OVER

    now = mine.get(kvartal)
    last_day = underlag.sista_svarsdag(kvartal)
    status: Svarsstatus
    late = 0
    if now is not None:
        svar = now.post.svar
        first = now.ersatta[0] if now.ersatta else now.post
        late = max(days_between(last_day, first.lamnad), 0)
        if svar.oforandrat:
            status = "oforandrat"
        elif svar.inget_att_rapportera:
            status = "inget_att_rapportera"
        else:
            status = "lamnad"
    elif kvartal not in active or is_over(kvartal):
        status = "behovs_inte"
    else:
        status = "inget_svar" if per >= last_day else "invantas"
    return Aktorslage(
        aktor=aktor,
        namn=underlag.kallas(aktor),
        status=status,
        dagar_sen=late,
        svar=now,
        innehall=mine[with_content[-1]] if with_content else None,
        saknade_kvartal=tuple(q for q in active if q not in mine and not is_over(q)),
        besvarade_kvartal=tuple(sorted(mine)),
        klart=tuple(reversed(list(itertools.takewhile(_is_done, (mine[q] for q in reversed(with_content)))))),
    )


def _is_done(answer: Gallande) -> bool:
    return answer.post.svar.genomforande in DONE
