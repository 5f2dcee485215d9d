"""In what order an hour's meeting takes what needs attention: by rules that are printed, never by a hidden score.

Each insats stands once, at the first rule it meets, with every reason there is; an aktör that is silent on several is
one point. A rule has its minutes; what doesn't fit in the hour is still listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from uppfoljning.facts.compare.differences import is_turned
from uppfoljning.facts.compare.keys import Andring
from uppfoljning.facts.lage import Insatslage, Lage
from uppfoljning.facts.oenighet import find_oenighet
from uppfoljning.facts.plan import Planlage
from uppfoljning.facts.stillestand import Stillestand
from uppfoljning.model import Genomforande
from uppfoljning.model.codes import LATE, RESTING, STOPPED
from uppfoljning.model.underlag import ended

Regel = Literal["beslut", "forsenad", "avbruten", "oenighet", "pausad", "risk", "inget_svar", "fraga", "utslag"]

MOTESTID = 60
"""How long the meeting is, in minutes."""
REGLER: tuple[tuple[Regel, int], ...] = (
    ("beslut", 8),
    ("forsenad", 6),
    ("avbruten", 5),
    ("oenighet", 5),
    ("pausad", 4),
    ("risk", 4),
    ("inget_svar", 3),
    ("fraga", 3),
    ("utslag", 3),
)
"""The rules in their order, each with the minutes that a point of it is given."""
_HALTED: tuple[tuple[Regel, frozenset[Genomforande]], ...] = (("avbruten", STOPPED), ("pausad", RESTING))
"""What has come to a halt since the quarter before."""
SILENT_TOGETHER = 3
"""From this number of insatser up, those that the same aktörer are silent on are one point."""


@dataclass(frozen=True, slots=True)
class Skal:
    """A rule that is met, by whom where that is someone; ``rang`` orders points within the rule, lowest first."""

    regel: Regel
    aktorer: tuple[str, ...] = ()
    rang: int = 0


@dataclass(frozen=True, slots=True)
class Punkt:
    """A point: its insatser (none where it is the changed verdict on a series), why it is there, and its minutes.

    ``fran`` and ``till`` count minutes from the meeting's start; ``ryms`` is whether it ends within the hour.
    """

    insatser: tuple[str, ...]
    skal: tuple[Skal, ...]
    andring: Andring | None = None
    fran: int = 0
    till: int = 0

    @property
    def regel(self) -> Regel:
        """The first rule it meets, which gives it its place."""
        return self.skal[0].regel

    @property
    def ryms(self) -> bool:
        """Whether the point ends within the meeting."""
        return self.till <= MOTESTID


def plan_meeting(
    lage: Lage,
    planer: Mapping[str, Planlage],
    stillestand: Mapping[str, Sequence[Stillestand]],
    andringar: Sequence[Andring],
) -> tuple[Punkt, ...]:
    """The points in order."""
    order = [regel for regel, _ in REGLER]
    halted: dict[Regel, set[str]] = {
        regel: {
            a.nyckel.insats
            for a in andringar
            if a.nyckel.slag == "genomforande" and a.till is not None and a.till.kod in codes
        }
        for regel, codes in _HALTED
    }
    found = []
    for i in lage.insatser:
        skal = tuple(_reasons(lage, i, planer[i.insats.id], stillestand.get(i.insats.id, ()), halted))
        if skal:
            found.append(Punkt((i.insats.id,), skal))
    found = list(_together(found))
    found += [Punkt((), (Skal("utslag"),), a) for a in andringar if a.nyckel.slag == "utslag" and is_turned(a)]
    found.sort(key=lambda point: (order.index(point.regel), point.skal[0].rang))
    minutes, clock = dict(REGLER), 0
    timed = []
    for point in found:
        end = clock + minutes[point.regel]
        timed.append(replace(point, fran=clock, till=end))
        clock = end
    return tuple(timed)


def _together(points: Sequence[Punkt]) -> Iterator[Punkt]:
    """The points, with those where only the same aktörer's silence is the reason made one when they are several."""
    silent: dict[tuple[str, ...], list[Punkt]] = {}
    for point in points:
        if point.regel == "inget_svar" and len(point.skal) == 1 and point.skal[0].aktorer:
            silent.setdefault(point.skal[0].aktorer, []).append(point)
    merged = {aktorer: same for aktorer, same in silent.items() if len(same) >= SILENT_TOGETHER}
    for point in points:
        same = merged.get(point.skal[0].aktorer, []) if point.regel == "inget_svar" and len(point.skal) == 1 else []
        if not same:
            yield point
        elif same[0] is point:
            longest = min(p.skal[0].rang for p in same)
            together = tuple(insats for p in same for insats in p.insatser)
            yield Punkt(together, (replace(point.skal[0], rang=longest),))


def _reasons(
    lage: Lage, i: Insatslage, plan: Planlage, stuck: Sequence[Stillestand], halted: Mapping[Regel, set[str]]
) -> Iterator[Skal]:
    """Every rule that an insats meets, in the rules' order; one outside the quarter may still wait for a decision."""
    if i.beslut:
        asked = [f.fraga.senast or date.max for f in i.beslut]
        yield Skal("beslut", tuple(dict.fromkeys(f.aktor for f in i.beslut)), min(asked).toordinal())
    if not i.aktuell:
        return
    everyone = tuple(a.aktor for a in i.aktorer)
    if plan.bedomning == "forsenad":
        yield Skal("forsenad", everyone)
    if i.insats.id in halted["avbruten"]:
        yield Skal("avbruten", tuple(a.aktor for a in i.aktorer if a.genomforande in STOPPED))
    differing = find_oenighet(i, lage.kvartal)
    if differing:
        yield Skal("oenighet", tuple(dict.fromkeys(aktor for o in differing for aktor, _ in o.sagt)))
    if i.insats.id in halted["pausad"]:
        yield Skal("pausad", tuple(a.aktor for a in i.aktorer if a.genomforande in RESTING))
    over = ended(i.insats, lage.per) is not None
    worried = (
        () if over else tuple(a.aktor for a in i.aktorer if a.egen_bedomning in LATE and a.genomforande not in STOPPED)
    )
    if plan.bedomning == "risk_for_forsening":
        yield Skal("risk", everyone)
    elif worried and plan.bedomning != "forsenad":
        yield Skal("risk", worried, 1)
    silent = [a for a in i.aktorer if a.status == "inget_svar"]
    if silent:
        yield Skal("inget_svar", tuple(a.aktor for a in silent), -max(len(a.saknade_kvartal) for a in silent))
    elif not i.aktorer:
        yield Skal("inget_svar", rang=1)
    if stuck:
        yield Skal("fraga", tuple(dict.fromkeys(s.aktor for s in stuck)))
