"""In what order an hour's meeting takes what needs attention: by rules that are printed, never by a hidden score.

Each insats stands once, at the first rule it meets, with every reason there is. A rule has its minutes; what doesn't
fit in the hour is still listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from uppfoljning.jamforelse import Andring, is_turned
from uppfoljning.oenighet import find_oenighet
from uppfoljning.plan import Planlage
from uppfoljning.state import Insatslage, Lage
from uppfoljning.stillestand import Stillestand

Regel = Literal["beslut", "forsenad", "oenighet", "risk", "inget_svar", "star_still", "utslag"]

MOTESTID = 60
"""How long the meeting is, in minutes."""
REGLER: tuple[tuple[Regel, int], ...] = (
    ("beslut", 8),
    ("forsenad", 6),
    ("oenighet", 5),
    ("risk", 4),
    ("inget_svar", 3),
    ("star_still", 3),
    ("utslag", 3),
)
"""The rules in their order, each with the minutes that a point of it is given."""
_LATE = {"forsenad", "risk_for_forsening"}


@dataclass(frozen=True, slots=True)
class Skal:
    """A rule that is met, by whom where that is someone; ``rang`` orders points within the rule, lowest first."""

    regel: Regel
    aktorer: tuple[str, ...] = ()
    rang: float = 0


@dataclass(frozen=True, slots=True)
class Punkt:
    """A point: an insats (or, without one, the change of verdict on a series), why it is there, and its minutes.

    ``fran`` and ``till`` count minutes from the meeting's start; ``ryms`` is whether it ends within the hour.
    """

    insats: str
    skal: tuple[Skal, ...]
    andring: Andring | None
    fran: int
    till: int

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
    found: list[tuple[str, tuple[Skal, ...], Andring | None]] = []
    for i in lage.insatser:
        if i.aktuell:
            skal = tuple(_reasons(lage, i, planer[i.insats.id], stillestand.get(i.insats.id, ())))
            if skal:
                found.append((i.insats.id, skal, None))
    found += [("", (Skal("utslag"),), a) for a in andringar if a.nyckel.slag == "utslag" and is_turned(a)]
    found.sort(key=lambda point: (order.index(point[1][0].regel), point[1][0].rang))
    minutes = dict(REGLER)
    points, clock = [], 0
    for insats, skal, andring in found:
        end = clock + minutes[skal[0].regel]
        points.append(Punkt(insats, skal, andring, clock, end))
        clock = end
    return tuple(points)


def _reasons(lage: Lage, i: Insatslage, plan: Planlage, stuck: Sequence[Stillestand]) -> Iterator[Skal]:
    """Every rule that an insats meets, in the rules' order."""
    if i.beslut:
        asked = [p.svar.beslut_behovs.senast or date.max for p in i.beslut if p.svar.beslut_behovs is not None]
        yield Skal("beslut", tuple(dict.fromkeys(p.aktor for p in i.beslut)), min(asked).toordinal())
    everyone = tuple(a.aktor for a in i.aktorer)
    if plan.bedomning == "forsenad":
        yield Skal("forsenad", everyone)
    differing = find_oenighet(i, lage.kvartal)
    if differing:
        yield Skal("oenighet", tuple(dict.fromkeys(aktor for o in differing for aktor, _ in o.sagt)))
    worried = tuple(a.aktor for a in i.aktorer if a.egen_bedomning in _LATE)
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
        yield Skal("star_still", tuple(dict.fromkeys(s.aktor for s in stuck)))
