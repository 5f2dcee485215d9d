"""A table as it came, from whatever kind of file: rows of cells, each with its text and its place.

Nothing in it is understood yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.text.personal_data.find import mask, mask_line
from uppfoljning.text.problem import Niva, Plats, Problem


class Cell(NamedTuple):
    """A cell: its text without surrounding space, where it stands, and how many characters it takes there."""

    text: str
    plats: Plats
    langd: int = 1


@dataclass(frozen=True, slots=True)
class Rutnat:
    """The rows of one file, sheet or pasted text, in reading order; an empty row is an empty tuple.

    A line of prose is a row of one cell. ``rader`` are the file's own lines, for showing the offending one; a
    spreadsheet has none. ``noteringar`` says in Swedish what was taken out on the way (hidden sheets, footnote marks).
    ``lasfel`` is what made the reading of the rows uncertain.
    """

    fil: str
    tabell: tuple[tuple[Cell, ...], ...]
    rader: Sequence[str] = field(default=())
    noteringar: tuple[str, ...] = ()
    lasfel: tuple[Problem, ...] = ()

    def problem(self, cell: Cell | None, kod: str, meddelande: str, atgard: str, niva: Niva = "fel") -> Problem:
        """A problem at a cell, or with the file as a whole; personal data in the line is masked."""
        if cell is None:
            return Problem(Plats(self.fil), kod, mask(meddelande), mask(atgard), niva)
        text = mask_line(self.rader, cell.plats.rad)
        return Problem(cell.plats, kod, mask(meddelande), mask(atgard), niva, text, max(cell.langd, 1))
