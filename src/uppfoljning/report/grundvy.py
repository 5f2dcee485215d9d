"""The smallest parts of a view, that all its parts share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statusvy:
    """A status: ``kod`` chooses the shape, ``ord`` says it, ``antal`` counts it where several are meant."""

    kod: str
    ord: str
    antal: str = ""


@dataclass(frozen=True, slots=True)
class Faktavy:
    """A label and its text."""

    etikett: str
    text: str


@dataclass(frozen=True, slots=True)
class Ankarvy:
    """A reference to an insats."""

    insats: str
    ankare: str
