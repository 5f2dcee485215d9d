"""The view of two parts that test the follow-up itself: what each party has promised, and how well it is followed."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.grundvy import Ankarvy, Faktavy, Statusvy


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
