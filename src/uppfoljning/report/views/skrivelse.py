"""The view of the paper that goes to a committee: what a Word template may print, finished texts only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skrivelseavsnitt:
    """A part of the paper under a heading of its own: paragraphs, then a list. Either may be empty."""

    rubrik: str
    stycken: tuple[str, ...]
    punkter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skrivelsevy:
    """A committee's paper. Templates call it ``r``; a field without text is the empty string, never None.

    ``forslag`` are sentences that stand alone, without their numbers. ``handlaggare`` is a function, never a person.
    ``exempel`` is empty unless something in the paper is invented; then it says so. ``datum`` is for reading,
    ``datum_iso`` the same day as ``2022-08-31``. ``dokumenttitel`` is the file's own title, for archives and readers.
    """

    rubrik: str
    undertitel: str
    mottagare: str
    kommun: str
    diarienummer: str
    datum: str
    datum_iso: str
    handlaggare: str
    exempel: str
    forslag: tuple[str, ...]
    sammanfattning: tuple[str, ...]
    avsnitt: tuple[Skrivelseavsnitt, ...]
    beslutsunderlag: tuple[str, ...]
    dokumenttitel: str
