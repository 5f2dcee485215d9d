"""What a grid was understood to say, while it is put together: values, places, and everything there is to tell.

A cell becomes the value of a year, or a fault there: what is no number, and what can't be a count or a share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.importing.columns import StatedColumn
from uppfoljning.model.period import Ackumulerat
from uppfoljning.model.tabell import SVARANDE, Serie, Serienyckel, Tabellslag
from uppfoljning.text.numbers import Tal, has_thousand_marks, read_number, strip_footnote
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, shorten


class StatedFigure(NamedTuple):
    """A difference or percentage that the source states, with its cell; ``serie`` is the place among the series."""

    serie: int
    column: StatedColumn
    cell: Cell


@dataclass
class Interpretation:
    """What a grid was understood to say. Values stand in ``serier``; places are those of the source's cells.

    ``inherited`` are the places among the series of those that got their group from a row above, ``filled`` of those
    whose own cell for it was blank.
    """

    rutnat: Rutnat
    slag: Tabellslag
    serier: list[Serie] = field(default_factory=list)
    ar: list[int] = field(default_factory=list)
    preliminara: set[int] = field(default_factory=set)
    perioder: dict[Ackumulerat, Cell] = field(default_factory=dict)
    period_faulty: bool = False
    stated: list[StatedFigure] = field(default_factory=list)
    source_years: dict[int, Cell] = field(default_factory=dict)
    uttag: str = ""
    omrade: str = ""
    rubrik: str = ""
    is_bra: bool = False
    footnotes: int = 0
    without_value: int = 0
    inherited: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    empty_years: list[int] = field(default_factory=list)
    shares: dict[tuple[int, int], bool] = field(default_factory=dict)
    skipped_columns: list[str] = field(default_factory=list)
    skipped_sums: list[str] = field(default_factory=list)
    skipped_rows: int = 0
    problem: list[Problem] = field(default_factory=list)

    def note(self, cell: Cell | None, kod: str, meddelande: str, atgard: str) -> None:
        """A fault at a cell of the source."""
        self.problem.append(self.rutnat.problem(cell, kod, meddelande, atgard))


_LARGEST = 1e9
_SHOWN = 60


def read_value(found: Interpretation, cell: Cell, nyckel: Serienyckel, serie: int, ar: int) -> float | None:
    """The value in a cell, of a series with this place among them; None for no value, and for what is a fault."""
    number = read_number(cell.text)
    if number == "saknas":
        return None
    name, shown = shorten(nyckel.text, _SHOWN), shorten(cell.text, _SHOWN)
    if has_thousand_marks(cell.text) and (number is None or is_count(found, nyckel)):
        found.note(
            cell,
            "tusental",
            f'{name}: "{shown}" går inte att läsa säkert. Punkt och komma är här decimaltecken.',
            "Skilj tusental åt med blanksteg, till exempel 1 416 280.",
        )
        return None
    if number is None:
        found.note(
            cell,
            "inget-tal",
            f'{name}: "{shown}" är inget tal.',
            "Rätta cellen. Saknas siffran: skriv .. eller låt cellen vara tom.",
        )
        return None
    found.footnotes += strip_footnote(cell.text) != cell.text
    wrong = next(_wrong(number, shown, counted=is_count(found, nyckel)), None)
    if wrong is not None:
        kod, text, help_text = wrong
        found.note(cell, kod, f"{name}: {text}", help_text)
        return None
    if not is_count(found, nyckel):
        found.shares[serie, ar] = number.procent
    return float(f"{number.varde:.10g}")  # as many digits as the file holds


def is_count(found: Interpretation, nyckel: Serienyckel) -> bool:
    """Whether a row holds counts rather than shares."""
    return found.slag == "compstat" or nyckel.namn == SVARANDE or fold(nyckel.namn).startswith("antal")


def _wrong(number: Tal, shown: str, *, counted: bool) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a number where it stands: a code, what is wrong and how to mend it."""
    if number.varde < 0:
        yield "negativt-tal", f'"{shown}" är negativt.', "Rätta cellen. Ett antal eller en andel är noll eller större."
    if counted and number.procent:
        yield (
            "inget-antal",
            f'här väntas ett antal, men cellen säger "{shown}".',
            "Rätta cellen. Är kolumnen en förändring: ge den en rubrik som säger det, till exempel Utv 20-21.",
        )
    if counted and number.decimaler:
        yield (
            "inget-antal",
            f'här väntas ett antal, men cellen säger "{shown}".',
            "Rätta cellen. Ett antal har inga decimaler; tusental skiljs åt med blanksteg.",
        )
    if not counted and number.varde > 100:
        yield (
            "over-hundra",
            f'en andel kan inte vara över 100 procent, men cellen säger "{shown}".',
            "Rätta cellen. Är raden ett antal: låt namnet börja med Antal.",
        )
    if number.varde > _LARGEST:
        yield "for-stort-tal", f'"{shown}" är orimligt stort.', "Rätta cellen."
