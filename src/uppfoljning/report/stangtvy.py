"""The part of the report view about closed quarters: what has changed in their data since."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.motesvy import Andringsradvy


@dataclass(frozen=True, slots=True)
class Stangtkvartalvy:
    """A closed quarter whose data have changed. ``ingress`` says when it was closed; ``fler`` counts what isn't shown.

    In ``rader``, ``fran`` is what was reported and ``till`` what the data say now.
    """

    period: str
    rubrik: str
    ingress: str
    rader: tuple[Andringsradvy, ...]
    fler: str = ""


@dataclass(frozen=True, slots=True)
class Stangtvy:
    """What has changed in closed quarters; without any, ``kvartal`` is empty and nothing is shown."""

    ingress: str
    kvartal: tuple[Stangtkvartalvy, ...]


@dataclass(frozen=True, slots=True)
class Avstamdvy:
    """A row of who has agreed to the report: a function, and the day, empty until there is one."""

    funktion: str
    datum: str
