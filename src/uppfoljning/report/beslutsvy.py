"""The part of a report view that follows up decisions: what was asked, since when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.grundvy import Statusvy


@dataclass(frozen=True, slots=True)
class Beslutsradvy:
    """A question for decision. ``status`` says whether it waits, ``utfall`` since when or what came of it."""

    fraga: str
    insats: str
    ankare: str
    rubrik: str
    aktor: str
    status: Statusvy
    utfall: str


@dataclass(frozen=True, slots=True)
class Beslutslistavy:
    """The questions that wait, those that have waited longest first, and those that were settled, latest first."""

    ingress: str
    rader: tuple[Beslutsradvy, ...]
