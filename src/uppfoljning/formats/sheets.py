"""Sheets of a workbook, whatever its format: which one is read, what in it is refused, and its cells as a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.formats.refusals import clean, column_letters, refuse, too_large
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import antal, lista, plural, shorten, suggest

ERROR_TEXT = re.compile(r"#[A-ZÅÄÖ][A-ZÅÄÖ/0-9]+[!?]|#N/A|(?:Err|Fel):[0-9]{3}")
"""What a cell shows for a value that could not be worked out, in a spreadsheet in English or Swedish."""
_SHOWN = 3


@dataclass(slots=True)
class Sheet:
    """A sheet as its format's reader found it, before any cell is understood.

    ``formler`` and ``felvarden`` are cells with what stands in them, ``utanfor`` the first cell with a value beyond
    the last row or column that is read, ``hojd`` and ``bredd`` the last row and column with anything in. ``part`` is
    the part of the archive that holds the sheet, in formats where each has one.
    """

    namn: str
    dold: bool = False
    tom: bool = True
    hojd: int = 0
    bredd: int = 0
    dolda_rader: int = 0
    dolda_kolumner: int = 0
    formler: list[tuple[str, str]] = field(default_factory=list)
    felvarden: list[tuple[str, str]] = field(default_factory=list)
    utanfor: str = ""
    part: str = ""

    def __post_init__(self) -> None:
        self.namn = nfc(self.namn)


def cell_name(row: int, column: int) -> str:
    """A cell's name within its sheet: C7."""
    return f"{column_letters(column)}{row}"


def choose(sheets: Sequence[Sheet], wanted: str | None, fil: str) -> Sheet | Problem:
    """The sheet to read: the one asked for, or the only one that is seen and holds anything."""
    visible = [sheet for sheet in sheets if not sheet.dold]
    if wanted is not None:
        return _named(sheets, visible, wanted, fil)
    filled = [sheet for sheet in visible if not sheet.tom]
    if len(filled) == 1:
        return filled[0]
    if filled:
        return refuse(
            fil,
            "flera-blad",
            f"Arbetsboken har {len(filled)} blad med innehåll: {lista([_quoted(sheet.namn) for sheet in filled])}.",
            f'Säg vilket som ska läsas med --blad NAMN, till exempel --blad "{filled[0].namn}".',
        )
    hidden = any(sheet.dold and not sheet.tom for sheet in sheets)
    return refuse(
        fil,
        "tomt-kalkylblad",
        "Det står inget i arbetsboken utom i dolda blad, och de läses inte." if hidden else "Arbetsboken är tom.",
        "Ta fram bladet och spara arbetsboken."
        if hidden
        else "Kontrollera att rätt fil är vald och att den är sparad.",
    )


def _named(sheets: Sequence[Sheet], visible: Sequence[Sheet], wanted: str, fil: str) -> Sheet | Problem:
    plain = wanted.strip().casefold()
    exact = [sheet for sheet in sheets if sheet.namn == wanted]
    alike = exact or [sheet for sheet in sheets if sheet.namn.strip().casefold() == plain]
    if not alike:
        return refuse(
            fil,
            "okant-blad",
            f'Arbetsboken har inget blad som heter "{wanted}".',
            suggest(wanted, [sheet.namn for sheet in visible], "Bladen är") or "Arbetsboken har inga blad som syns.",
        )
    sheet = alike[0]
    if sheet.dold:
        return refuse(
            fil,
            "dolt-blad",
            f'Bladet "{sheet.namn}" är dolt, och dolda blad läses inte.',
            "Högerklicka på ett blads flik, välj Ta fram (i LibreOffice Visa blad) och spara arbetsboken.",
        )
    if sheet.tom:
        return refuse(
            fil,
            "tomt-kalkylblad",
            f'Bladet "{sheet.namn}" är tomt.',
            "Välj ett annat blad, eller kontrollera att arbetsboken är sparad.",
        )
    return sheet


def notices(sheets: Sequence[Sheet], chosen: Sheet) -> tuple[str, ...]:
    """What is to be said about what is hidden: sheets that were not read, rows and columns that were."""
    said = []
    hidden = [_quoted(sheet.namn) for sheet in sheets if sheet.dold and not sheet.tom]
    if hidden:
        said.append(f"Dolda blad lästes inte: {lista(hidden)}.")
    parts = []
    if chosen.dolda_rader:
        parts.append(plural(chosen.dolda_rader, "dold rad", "dolda rader"))
    if chosen.dolda_kolumner:
        parts.append(plural(chosen.dolda_kolumner, "dold kolumn", "dolda kolumner"))
    if parts:
        said.append(f"Bladet {_quoted(chosen.namn)} har {lista(parts)}, som lästes som resten.")
    return tuple(said)


def refuse_cells(sheet: Sheet, fil: str) -> tuple[Problem, ...]:
    """The refusals of a sheet for its cells: one far out, formulas, errors. Empty when there are none."""
    found = []
    if sheet.utanfor:
        found.append(
            refuse(
                fil,
                "langt-ut",
                f"Det står något i cellen {sheet.utanfor}, långt utanför en tabell: "
                f"högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner läses.",
                "Ta bort det som står där, eller kopiera tabellen till ett nytt blad.",
                f"{sheet.namn}!{sheet.utanfor}",
            )
        )
    if sheet.formler:
        found.append(
            refuse(
                fil,
                "formel",
                f"{_several(sheet.formler, 'Cellen innehåller en formel', 'Bladet innehåller formler')}"
                f", och sådana räknas inte ut här: {_listed(sheet.formler)}.",
                "Kopiera tabellen, välj Klistra in special, Värden i en ny arbetsbok och spara den, "
                "eller klistra in tabellen som text: skriv - i stället för filens namn.",
                f"{sheet.namn}!{sheet.formler[0][0]}",
            )
        )
    if sheet.felvarden:
        found.append(
            refuse(
                fil,
                "felvarde",
                f"{_several(sheet.felvarden, 'Cellen visar ett fel', 'Bladet har celler som visar fel')}"
                f" i stället för ett värde: {_listed(sheet.felvarden)}.",
                "Rätta cellen i kalkylbladet, eller skriv .. där uppgift saknas.",
                f"{sheet.namn}!{sheet.felvarden[0][0]}",
            )
        )
    return tuple(found)


def to_grid(
    cells: dict[tuple[int, int], str], sheet: Sheet, fil: str, noticed: tuple[str, ...]
) -> Rutnat | tuple[Problem, ...]:
    """The cells of a sheet, by row and column from 1, as a grid without empty cells and rows at the ends."""
    texts = {at: text for at, raw in cells.items() if (text := clean(raw))}
    last: dict[int, int] = {}
    for row, column in texts:
        last[row] = max(column, last.get(row, 0))
    rows = max(last, default=0)
    if sum(last.values()) > MAX_CELLS or rows > MAX_ROWS or max(last.values(), default=0) > MAX_COLUMNS:
        return (too_large(fil),)

    def cell(row: int, column: int) -> Cell:
        text = texts.get((row, column), "")
        return Cell(text, Plats(fil, cell=f"{mask(sheet.namn)}!{cell_name(row, column)}"), max(len(text), 1))

    table = tuple(tuple(cell(row, column) for column in range(1, last.get(row, 0) + 1)) for row in range(1, rows + 1))
    return Rutnat(fil, table, (), noticed)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _several(found: Sequence[object], one: str, many: str) -> str:
    return one if len(found) == 1 else many


def _listed(found: Sequence[tuple[str, str]]) -> str:
    shown = [f"{cell} {shorten(text, 40)}" for cell, text in found[:_SHOWN]]
    if len(found) > _SHOWN:
        return f"{', '.join(shown)} och {antal(len(found) - _SHOWN)} till"
    return lista(shown)
