"""Texts that must not be written into a file of figures: personal data, what spreadsheets take for formulas, prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from uppfoljning.check.texts import told
from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.importing.interpretation import Interpretation
from uppfoljning.model.tabell import Serie
from uppfoljning.text.personal_data.find import find_uppgifter
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import shorten

LONGEST = 200
_FORMULA = re.compile(r"[=+@]|-\s*[^\W\d_]")


def like_formula(text: str) -> bool:
    """Whether a spreadsheet that opens the file would take a text for a formula."""
    return _FORMULA.match(unicodedata.normalize("NFKC", text[:5])) is not None


def find_personal(rutnat: Rutnat) -> Iterator[Problem]:
    """Each piece of personal data in a cell or a line of text."""
    for row in rutnat.tabell:
        for cell in row:
            for found in find_uppgifter(cell.text):
                column = cell.plats.kolumn + found.start if cell.plats.kolumn else 0
                place = cell.plats._replace(kolumn=column)
                yield rutnat.problem(Cell("", place, found.end - found.start), *told(found.slag))


def check_names(found: Interpretation) -> None:
    """Names of rows, groups and areas that can't be written as they are are faults at their cells."""
    cells: dict[str, Cell] = {}
    for row in found.rutnat.tabell:
        for cell in row:
            cells.setdefault(cell.text, cell)
    if found.rubrik:
        _check_name(found, found.rubrik, cells.get(found.rubrik))
    told: set[str] = set()
    for serie in found.serier:
        for text in (*serie.nyckel, serie.kod):
            if text in told or not text:
                continue
            told.add(text)
            _check_name(found, text, cells.get(text) or _at(serie))


def _at(serie: Serie) -> Cell | None:
    return Cell("", serie.plats) if serie.plats is not None else None


def _check_name(found: Interpretation, text: str, cell: Cell | None) -> None:
    if like_formula(text):
        found.note(
            cell,
            "formel-i-namn",
            f'"{shorten(text, 60)}" börjar med {text[0]} och skulle bli en formel när filen öppnas som kalkylblad.',
            f"Ta bort tecknet {text[0]} först i namnet.",
        )
    elif len(text) > LONGEST:
        found.note(
            cell,
            "for-langt-namn",
            f'"{shorten(text, 60)}" är {len(text)} tecken långt. Ett namn får ha högst {LONGEST}.',
            "Korta namnet. Är det löpande text: ta inte med den.",
        )
