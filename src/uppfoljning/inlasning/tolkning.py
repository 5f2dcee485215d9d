"""What a grid was understood to say, while it is put together: values, places, and everything there is to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.inlasning.kolumner import Raknadkolumn
from uppfoljning.period import Ackumulerat
from uppfoljning.problem import Problem
from uppfoljning.rutnat import Cell, Rutnat
from uppfoljning.statistik import Serie, Slag


class Raknad(NamedTuple):
    """A difference or percentage that the source states, with its cell; ``serie`` is the place among the series."""

    serie: int
    kolumn: Raknadkolumn
    cell: Cell


@dataclass
class Tolkning:
    """What a grid was understood to say. Values stand in ``serier``; places are those of the source's cells.

    ``arvda`` are the places among the series of those that got their group from a row above, ``fyllda`` of those whose
    own cell for it was blank.
    """

    rutnat: Rutnat
    slag: Slag
    serier: list[Serie] = field(default_factory=list)
    ar: list[int] = field(default_factory=list)
    preliminara: set[int] = field(default_factory=set)
    perioder: dict[Ackumulerat, Cell] = field(default_factory=dict)
    period_fel: bool = False
    raknade: list[Raknad] = field(default_factory=list)
    kallans_ar: dict[int, Cell] = field(default_factory=dict)
    uttag: str = ""
    omrade: str = ""
    rubrik: str = ""
    ar_bra: bool = False
    fotnoter: int = 0
    utan_varde: int = 0
    arvda: set[int] = field(default_factory=set)
    fyllda: set[int] = field(default_factory=set)
    tomma_ar: list[int] = field(default_factory=list)
    andelar: dict[tuple[int, int], bool] = field(default_factory=dict)
    hoppade_kolumner: list[str] = field(default_factory=list)
    hoppade_summor: list[str] = field(default_factory=list)
    hoppade_rader: int = 0
    problem: list[Problem] = field(default_factory=list)

    def note(self, cell: Cell | None, kod: str, meddelande: str, atgard: str) -> None:
        """A fault at a cell of the source."""
        self.problem.append(self.rutnat.problem(cell, kod, meddelande, atgard))
