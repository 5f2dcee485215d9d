"""Who owes answers for a quarter, and how many have come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.facts.lage import Insatslage
from uppfoljning.facts.plan import Bedomd


def answers_due(current: Iterable[Insatslage]) -> tuple[int, int, int]:
    """Answers due for the quarter, given, and of these after the last day."""
    due = given = late = 0
    for insats in current:
        for a in insats.aktorer:
            due += a.status != "behovs_inte"
            given += a.har_svarat
            late += a.dagar_sen > 0
    return due, given, late


def mostly_silent(current: Sequence[Bedomd]) -> bool:
    """Whether so few have answered that a verdict on the whole would mislead: fewer than half of those due by now."""
    due, given, _ = answers_due(b.lage for b in current)
    awaited = any(a.status == "invantas" for b in current for a in b.lage.aktorer)
    return due > 0 and 2 * given < due and not awaited
