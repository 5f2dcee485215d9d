"""A YAML file as values with the place of each, and the problems that were found in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from uppfoljning.text.personal_data.find import mask, mask_line
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Niva, Plats, Problem


class Nod:
    """A value with its place. ``barn`` holds the nodes below it, ``nycklar`` the places of a mapping's keys.

    ``skadad``: something below it was refused and taken out.
    """

    __slots__ = ("barn", "kolumn", "langd", "nycklar", "rad", "skadad", "varde")

    def __init__(
        self, varde: Any, rad: int, kolumn: int, langd: int, barn: dict[str, Nod] | list[Nod] | None = None
    ) -> None:
        self.varde = varde
        self.rad = rad
        self.kolumn = kolumn
        self.langd = langd
        self.barn = barn
        self.nycklar: dict[str, tuple[int, int]] = {}
        self.skadad = False

    def child(self, step: str | int) -> Nod | None:
        """The node below at a key or a position, or None."""
        if isinstance(self.barn, dict):
            return self.barn.get(step) if isinstance(step, str) else None
        if isinstance(self.barn, list) and isinstance(step, int) and step < len(self.barn):
            return self.barn[step]
        return None

    def remove(self, step: str | int) -> None:
        """Take out the node below at a key or a position."""
        if isinstance(self.barn, dict):
            del self.barn[str(step)]
        elif isinstance(self.barn, list) and isinstance(step, int):
            del self.barn[step]


@dataclass(eq=False)
class Yamlfil:
    """What one file held. ``rot`` is None when it could not be read as YAML at all.

    ``beskuren`` is a copy of ``rot`` without what the model refused, when there was any such thing; paths follow it.
    """

    fil: str
    rader: list[str]
    rot: Nod | None = None
    beskuren: Nod | None = None
    problem: list[Problem] = field(default_factory=list)
    maskerade: dict[int, str] = field(default_factory=dict)

    def problem_at(
        self, rad: int, kolumn: int, kod: str, meddelande: str, atgard: str, langd: int = 1, niva: Niva = "fel"
    ) -> Problem:
        """A problem at a place in this file, with the line as it stands but for personal data, which is masked."""
        place = Plats(self.fil, rad, kolumn)
        return Problem(place, kod, mask(meddelande), mask(atgard), niva, self.shown_line(rad), langd)

    def shown_line(self, rad: int) -> str:
        """A line as it may be shown, with personal data masked; kept, for a long line may hold many problems."""
        if rad not in self.maskerade:
            self.maskerade[rad] = mask_line(self.rader, rad)
        return self.maskerade[rad]

    def nod(self, vag: tuple[str | int, ...]) -> Nod | None:
        """The node at a path of keys and positions, or the nearest one above it that exists."""
        nod = self.beskuren or self.rot
        for steg in vag:
            below = nod.child(steg) if nod is not None else None
            if below is None:
                break
            nod = below
        return nod

    def key_place(self, vag: tuple[str | int, ...]) -> tuple[int, int] | None:
        """Line and column of the key that the path ends with, or None when there is no such key."""
        parent = self.nod(vag[:-1])
        return parent.nycklar.get(str(vag[-1])) if parent is not None else None

    def key_length(self, vag: tuple[str | int, ...]) -> int:
        """How many characters the key that a path ends with takes in its line, where å may stand as two."""
        key, place = str(vag[-1]), self.key_place(vag)
        line = self.rader[place[0] - 1][place[1] - 1 :] if place is not None else ""
        lengths = range(len(key), min(3 * len(key), len(line)) + 1)
        return next((length for length in lengths if nfc(line[:length]) == key), len(key))

    def place_of_part(self, nod: Nod, start: int, end: int) -> tuple[int, int, int] | None:
        """Line, column and length of a part of a text, to the end of its line at most; None where it is not as written.

        White space may stand otherwise in the file; an escaped letter is another than the one it is read as.
        """
        text, found = str(nod.varde), None
        rad, kolumn = nod.rad, nod.kolumn - 1
        first = self.rader[rad - 1][kolumn : kolumn + 1]
        if first in {"|", ">"}:
            rad, kolumn = rad + 1, 0
        elif first in {"'", '"'}:
            kolumn += 1
        for i, letter in enumerate(text[:end]):
            if letter.isspace():
                continue
            while rad <= len(self.rader) and not self.rader[rad - 1][kolumn:].strip():
                rad, kolumn = rad + 1, 0
            line = self.rader[rad - 1] if rad <= len(self.rader) else ""
            while line[kolumn : kolumn + 1].isspace():
                kolumn += 1
            width = 1  # å may stand as two
            while nfc(line[kolumn : kolumn + width]) != letter:
                width += 1
                if not unicodedata.combining(line[kolumn + width - 1 : kolumn + width] or " "):
                    return None
            if i >= start and (found is None or found[0] == rad):
                first_column = found[1] if found else kolumn + 1
                found = (rad, first_column, kolumn + width + 1 - first_column)
            kolumn += 2 if first == letter == "'" else width
        return found
