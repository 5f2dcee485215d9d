"""The part of the report view that a meeting is led by: what to take first, what to ask, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.grundvy import Ankarvy, Faktavy, Statusvy


@dataclass(frozen=True, slots=True)
class Motespunktvy:
    """A point of the meeting: when, what, why, and who should be there to answer.

    ``insatser`` is empty for figures, which ``ankare`` leads to; ``rubrik`` is empty where there are several.
    """

    tid: str
    insatser: tuple[Ankarvy, ...]
    ankare: str
    rubrik: str
    skal: Faktavy
    aven: str
    vem: str


@dataclass(frozen=True, slots=True)
class Fragavy:
    """A question to an aktör about an insats. ``kort`` says why it is asked, in the meeting's order."""

    insats: str
    ankare: str
    rubrik: str
    aktor: str
    fraga: str
    kort: str


@dataclass(frozen=True, slots=True)
class Motesvy:
    """The order of an hour's meeting. ``resten`` are the points that the hour has no room for."""

    ingress: str
    punkter: tuple[Motespunktvy, ...]
    resten: tuple[Motespunktvy, ...]
    ovriga: str
    fragor: tuple[Fragavy, ...]
    fragor_ingress: str


@dataclass(frozen=True, slots=True)
class Andringsradvy:
    """One change: ``vad``, as it was and as it is. ``mening`` says the same as a sentence. ``insats`` may be empty."""

    slag: str
    insats: str
    ankare: str
    rubrik: str
    vad: str
    fran: Statusvy
    till: Statusvy
    mening: str


@dataclass(frozen=True, slots=True)
class Andringsgruppvy:
    """The changes of one kind."""

    rubrik: str
    rader: tuple[Andringsradvy, ...]


@dataclass(frozen=True, slots=True)
class Andratvy:
    """What has changed between two quarters. ``sedan`` names the earlier; empty when there is none."""

    sedan: str
    forut: str
    nu: str
    ingress: str
    grupper: tuple[Andringsgruppvy, ...]


@dataclass(frozen=True, slots=True)
class Jamforvy:
    """What ``jamfor`` tells: two quarters, when each is judged, which are compared as reported, and what differs."""

    version: int
    slag: str
    fran: str
    till: str
    fran_per: str
    till_per: str
    underrubrik: str
    exempel: str
    stangda: tuple[str, ...]
    andrat: Andratvy
