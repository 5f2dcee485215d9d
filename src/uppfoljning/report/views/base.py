"""The smallest parts of a view, that all its parts share."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 5
"""Raised when the shape of any view changes."""


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


@dataclass(frozen=True, slots=True)
class Lankvy:
    """A way to a section of the report: its anchor, and its name."""

    ankare: str
    text: str


@dataclass(frozen=True, slots=True)
class Dokumentvy:
    """What every report has: which it is, of what and when, its names, its head, and the ways into it."""

    version: int
    slag: str
    period: str
    per: str
    per_iso: str
    rubrik: str
    underrubrik: str
    sidfot: str
    dokumenttitel: str
    exempel: str
    huvud: tuple[Faktavy, ...]
    innehall: tuple[Lankvy, ...]
    vagar: tuple[Lankvy, ...]
    metod: tuple[Faktavy, ...]
    underlag: tuple[Faktavy, ...]
