"""The parts of a view that reports share: decisions, commitments, quality, the meeting, changes, closed quarters."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.views.base import Ankarvy, Faktavy, Statusvy


@dataclass(frozen=True, slots=True)
class Beslutsradvy:
    """A question for decision. ``status`` says whether it waits, ``utfall`` since when or what came of it.

    Without an insats, ``rubrik`` says that it is about none.
    """

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


@dataclass(frozen=True, slots=True)
class Atagandevy:
    """One aktör's share of an insats: what is promised, what is done and how it stands, and what is open."""

    insats: str
    ankare: str
    rubrik: str
    aktor: str
    lovat: str
    gjort: str
    oppet: str


@dataclass(frozen=True, slots=True)
class Partvy:
    """A party's commitments. ``rubrik`` names it and counts them in words."""

    rubrik: str
    rader: tuple[Atagandevy, ...]


@dataclass(frozen=True, slots=True)
class Medverkanvy:
    """The insatser after ``inledning``, which says what they have in common."""

    inledning: str
    insatser: tuple[Ankarvy, ...]


@dataclass(frozen=True, slots=True)
class Parternasvy:
    """All commitments of the parties, in one table with a group of rows for each, and what no row can say."""

    ingress: str
    grupper: tuple[Partvy, ...]
    medverkan: tuple[Medverkanvy, ...]


@dataclass(frozen=True, slots=True)
class Kvalitetsradvy:
    """What one insats has of what a follow-up needs: a word with a shape for each column."""

    insats: str
    ankare: str
    rubrik: str
    celler: tuple[Statusvy, ...]


@dataclass(frozen=True, slots=True)
class Kvalitetsvy:
    """How well the insatser can be followed, and five questions about it. ``kalla``: where the questions are from."""

    ingress: str
    kolumner: tuple[str, ...]
    rader: tuple[Kvalitetsradvy, ...]
    summa: tuple[str, ...]
    forklaring: str
    fragor: tuple[Faktavy, ...]
    kalla: str


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
