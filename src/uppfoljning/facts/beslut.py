"""Questions that wait for a decision: since when, what has come of them, and whether they are settled.

A question is one aktör's words about one insats. It stands until an outcome settles it, in a later answer or in
``beslut.yaml``, also when later answers are silent about it; asked again after that, it is a new question. A correction
may put it in other words or withdraw it, but not what has already been settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from uppfoljning.model import BeslutBehovs, Svarsbeslut
from uppfoljning.model.codes import SETTLED
from uppfoljning.model.period import Kvartal, days_between
from uppfoljning.model.underlag import Beslutspost, Beslutsrad, Svarspost, Underlag
from uppfoljning.text.swedish import fold

Svarskedja = Sequence[Svarspost]
"""The answers for one insats, aktör and quarter: those that were replaced, oldest first, then the one that holds."""

_Asked = dict[tuple[str, Kvartal], list[Beslutspost]]


@dataclass(frozen=True, slots=True)
class Fraga:
    """A question as last put in ``post``; ``stalld`` is the day it was first put.

    ``stallda`` are the quarters whose answers put it, in order; ``utfall`` is what has come of it, oldest first.
    """

    post: Svarspost
    fraga: BeslutBehovs
    stallda: tuple[Kvartal, ...]
    stalld: date
    utfall: tuple[Beslutspost, ...] = ()

    @property
    def aktor(self) -> str:
        """Who asks."""
        return self.post.aktor

    @property
    def forst(self) -> Kvartal:
        """The quarter whose answer first put it."""
        return self.stallda[0]

    @property
    def kvartal(self) -> Kvartal:
        """The quarter whose answer last put it."""
        return self.stallda[-1]

    @property
    def avgjord(self) -> Beslutspost | None:
        """What settled it."""
        return next((found for found in self.utfall if found.beslut.utfall in SETTLED), None)

    @property
    def senaste(self) -> Svarsbeslut | None:
        """What settled it, else the last that came of it."""
        found = self.avgjord or (self.utfall[-1] if self.utfall else None)
        return found.beslut if found is not None else None

    @property
    def oppen(self) -> bool:
        """Whether it still waits."""
        return self.avgjord is None

    def is_overdue(self, per: date) -> bool:
        """Whether it still waits after its last day."""
        return self.oppen and self.fraga.is_overdue(per)

    def alder(self, per: date) -> int:
        """Days from when it was first put until it was settled, or until ``per`` while it waits."""
        settled = self.avgjord
        return max(days_between(self.stalld, per if settled is None else settled.beslut.datum), 0)

    def is_settled_before(self, day: date) -> bool:
        """Whether it had been settled when something was said on that day."""
        settled = self.avgjord
        return settled is not None and settled.beslut.datum < day


@dataclass(frozen=True, slots=True)
class _Put:
    """A question in one quarter's answer: as last worded there, its day, and the day of those very words."""

    post: Svarspost
    fraga: BeslutBehovs
    stalld: date
    ordad: date
    utfall: tuple[Beslutspost, ...]

    @property
    def ord(self) -> str:
        """Its words as compared."""
        return fold(self.fraga.fraga)

    @property
    def settled(self) -> bool:
        """Whether it is settled."""
        return any(found.beslut.utfall in SETTLED for found in self.utfall)


def find_questions(chains: Iterable[Svarskedja], recorded: Iterable[Beslutspost], per: date) -> tuple[Fraga, ...]:
    """The questions about one insats in the order they were first put, settled ones too, as known on ``per``.

    ``chains`` are in the order of their quarters. Outcomes in the answers that hold count as those do, the ones in
    ``recorded`` from their own day; neither the order of files nor that of the posts in them makes a difference.
    """
    chains = list(chains)
    known = _by_quarter(chains, recorded, per)
    by_words: dict[tuple[str, str], list[Fraga]] = {}
    for chain in chains:
        _, aktor, kvartal = chain[-1].target
        for put in _puts(chain, known.get((aktor, kvartal), [])):
            same = by_words.setdefault((aktor, put.ord), [])
            if same and not same[-1].is_settled_before(put.ordad):
                same[-1] = _again(same[-1], put, kvartal)
            else:
                same.append(Fraga(put.post, put.fraga, (kvartal,), put.stalld, put.utfall))
    found = [fraga for same in by_words.values() for fraga in same]
    return tuple(sorted(found, key=lambda f: (f.forst, f.stalld, f.aktor, fold(f.fraga.fraga))))


def name_deciders(underlag: Underlag, post: Svarspost) -> Svarspost:
    """The answer with those who decide by name, also where an id is written."""
    svar, changes = post.svar, dict[str, Any]()
    if svar.beslut_behovs is not None:
        changes["beslut_behovs"] = underlag.med_namn(svar.beslut_behovs)
    if svar.beslut:
        changes["beslut"] = tuple(map(underlag.med_namn, svar.beslut))
    return post._replace(svar=svar.model_copy(update=changes)) if changes else post


def _by_quarter(chains: Sequence[Svarskedja], recorded: Iterable[Beslutspost], per: date) -> _Asked:
    """What is known to have come of questions, by whose they were and in the answer for which quarter, oldest first."""
    known: _Asked = {}
    posts = [b for b in recorded if b.beslut.datum <= per]
    posts += [found for chain in chains for found in outcomes_in(chain[-1])]
    for found in sorted(posts, key=_order):
        known.setdefault((found.aktor, found.beslut.kvartal), []).append(found)
    return known


def outcomes_in(post: Svarspost) -> Iterator[Beslutspost]:
    """The outcomes that an answer tells; each is placed where the answer stands."""
    for i, found in enumerate(post.svar.beslut):
        yield Beslutspost(post.svar.insats, post.aktor, found, post.exempel, post.kalla, (*post.vag, "beslut", i))


def _order(post: Beslutspost) -> tuple[Any, ...]:
    """By day, and what settles last on its day; then by what is said, so that places make no difference."""
    found = post.beslut
    said = (found.utfall, found.text, found.av or "", found.diarienummer or "", found.paragraf or "")
    return found.datum, found.utfall in SETTLED, said, post.kalla, post.vag


def _puts(chain: Svarskedja, outcomes: Sequence[Beslutspost]) -> list[_Put]:
    """The questions of one quarter's answer: the one that stands, and any that was settled before it was reworded.

    A correction that puts the question in other words puts no new one, unless it was settled by then; one without a
    question withdraws it, unless it has been settled.
    """
    asking = [post for post in chain if post.svar.beslut_behovs is not None]
    got: dict[int, list[Beslutspost]] = {}
    for found in outcomes if asking else ():
        worded = [i for i, post in enumerate(asking) if post.lamnad <= found.beslut.datum]
        got.setdefault(id(asking[worded[-1] if worded else 0]), []).append(found)
    puts: list[_Put] = []
    withdrawn = True
    for post in chain:
        asked, mine = post.svar.beslut_behovs, tuple(got.get(id(post), ()))
        if asked is None:
            if puts and not withdrawn and not puts[-1].settled:
                puts.pop()
            withdrawn = True
            continue
        last = puts[-1] if puts and not withdrawn else None
        withdrawn = False
        same = last is not None and last.ord == fold(asked.fraga)
        if last is not None and (same or not last.settled):
            ordad = last.ordad if same else post.lamnad
            puts[-1] = _Put(post, asked, last.stalld, ordad, (*last.utfall, *mine))
        else:
            puts.append(_Put(post, asked, post.lamnad, post.lamnad, mine))
    return puts


def _again(fraga: Fraga, put: _Put, kvartal: Kvartal) -> Fraga:
    """A question that waits and is put once more."""
    return replace(
        fraga,
        post=put.post,
        fraga=put.fraga,
        stallda=fraga.stallda if fraga.kvartal == kvartal else (*fraga.stallda, kvartal),
        stalld=min(fraga.stalld, put.stalld),
        utfall=tuple(sorted((*fraga.utfall, *put.utfall), key=_order)),
    )


@dataclass(frozen=True, slots=True)
class Arendefraga:
    """A question about no insats, that ``beslut.yaml`` alone tells of. ``rader`` is what came of it, oldest first."""

    rader: tuple[Beslutsrad, ...]

    @property
    def fraga(self) -> str:
        """Its words, as last put."""
        return self.rader[-1].uppgifter.fraga or ""

    @property
    def senaste(self) -> Beslutsrad:
        """What settled it, else the last that came of it."""
        return next((rad for rad in self.rader if rad.uppgifter.utfall in SETTLED), self.rader[-1])

    @property
    def oppen(self) -> bool:
        """Whether it still waits."""
        return self.senaste.uppgifter.utfall not in SETTLED


def other_matters(rader: Iterable[Beslutsrad]) -> tuple[Arendefraga, ...]:
    """The questions about no insats, by their quarter and words, in the order in which something first came of them."""

    def order(rad: Beslutsrad) -> tuple[Any, ...]:
        said = rad.uppgifter.model_dump_json()  # so that places make no difference
        return rad.uppgifter.datum, rad.uppgifter.utfall in SETTLED, said

    found: dict[tuple[Kvartal, str], list[Beslutsrad]] = {}
    for rad in sorted(rader, key=order):
        if rad.uppgifter.fraga is not None:
            found.setdefault((rad.uppgifter.kvartal, fold(rad.uppgifter.fraga)), []).append(rad)
    return tuple(Arendefraga(tuple(same)) for same in found.values())
