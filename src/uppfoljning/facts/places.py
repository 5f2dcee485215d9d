"""Where a place is promised: what has been done elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.facts.events import Handelse, is_at
from uppfoljning.facts.lage import Insatslage


class Annorstades(NamedTuple):
    """A counted event at another place than the promised ones, or (``planerad``) than the one planned for its day."""

    handelse: Handelse
    lovade: tuple[str, ...]
    planerad: bool = False


def elsewhere(lage: Insatslage) -> tuple[Annorstades, ...]:
    """The counted events at another place than promised: by the insats, or by what was planned for that very day."""
    found = []
    for h in lage.handelser:
        plats, day = h.handelse.plats, h.handelse.datum
        planned = lage.planerad_plats.get((h.aktor, day)) if day is not None else None
        if plats is None or not h.raknas:
            continue
        for promised, only in ((lage.insats.platser, False), ((planned,) if planned is not None else (), True)):
            if promised and not any(is_at(plats, p) for p in promised):
                found.append(Annorstades(h, promised, only))
                break
    return tuple(found)
