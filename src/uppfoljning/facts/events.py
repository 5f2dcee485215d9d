"""What has happened, as counted: by day or as a quarter's total, what counts by what is written, and sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from uppfoljning.model import Utfallshandelse
from uppfoljning.model.period import Kvartal
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import fold


@dataclass(frozen=True, slots=True)
class Handelse:
    """An event, or a quarter's total, with its source. ``raknas``: whether it is of the kind that is promised.

    What counts is called by the insats's unit; what doesn't, by its own word.
    """

    handelse: Utfallshandelse
    vad: str
    aktor: str
    kvartal: Kvartal
    kalla: Plats
    raknas: bool = True
    enhet: tuple[str, bool] = field(init=False)
    """``vad`` as compared, and whether it counts: the two are never added up together."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "enhet", (fold(self.vad), self.raknas))

    def is_within(self, first: date, last: date) -> bool:
        """Whether it happened between two days; a total without a day lies in its whole quarter."""
        day = self.handelse.datum
        if day is not None:
            return first <= day <= last
        return self.kvartal.start <= last and self.kvartal.slut >= first


K = TypeVar("K", bound=Hashable)


class Summa(NamedTuple):
    """Events added up: what they are called, as first written, and how many (antal)."""

    vad: str
    antal: int


def add_up(handelser: Iterable[Handelse], by: Callable[[Handelse], K]) -> dict[K, Summa]:
    """Events added up by a key, in the order in which the keys come."""
    sums: dict[K, Summa] = {}
    for h in handelser:
        key = by(h)
        vad, number = sums.get(key, (h.vad, 0))
        sums[key] = Summa(vad, number + h.handelse.antal)
    return sums


def total(handelser: Iterable[Handelse]) -> int:
    """Events added up (antal)."""
    return sum(h.handelse.antal for h in handelser)


def is_counted(handelse: Utfallshandelse, enhet: str | None) -> bool:
    """Whether an event is of the kind that is promised: by what it says of itself, else by its word; never a guess."""
    if handelse.raknas is not None:
        return handelse.raknas
    return handelse.vad is None or (enhet is not None and fold(handelse.vad) == fold(enhet))


def counted_event(handelse: Utfallshandelse, enhet: str | None, aktor: str, kvartal: Kvartal, kalla: Plats) -> Handelse:
    """An event as counted, where ``enhet`` is what the insats counts, if anything."""
    if enhet is None:
        return Handelse(handelse, handelse.vad or "tillfällen", aktor, kvartal, kalla, handelse.raknas is not False)
    counted = is_counted(handelse, enhet)
    return Handelse(handelse, enhet if counted else handelse.vad or enhet, aktor, kvartal, kalla, counted)


def event_order(h: Handelse) -> tuple[date, str, str, str, int]:
    """By day, a total without one at the end of its quarter; then so that the order of answers makes no difference."""
    return h.handelse.datum or h.kvartal.slut, h.aktor, h.vad, h.handelse.plats or "", h.handelse.antal


def is_at(plats: str, promised: str) -> bool:
    """Whether a place is the promised one, or in it: 'Bro torg' is in 'Bro', and 'Brogård' isn't."""
    return re.search(rf"(?<!\w){re.escape(promised.casefold())}(?!\w)", plats.casefold()) is not None
