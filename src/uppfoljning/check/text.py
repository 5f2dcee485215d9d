"""Rules about every text in every file: no personnummer, and only characters the report's typeface has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uppfoljning.personal import find_personnummer
from uppfoljning.problem import Plats, Problem
from uppfoljning.rutnat import Cell, Rutnat
from uppfoljning.yamlnod import Nod, Yamlfil

# The characters of ordinary Swedish prose, which the typeface has: only others need the whole table.
PERSONNUMMER = (
    "personnummer",
    "Här står ett personnummer eller samordningsnummer.",
    "Ta bort det. Personuppgifter får inte stå i uppföljningen; de blir också kvar i versionshistoriken.",
)
_UNCOMMON = re.compile("[^\t\n\r -~åäöÅÄÖéÉ–—…”’§]")


def check_text(files: Iterable[Yamlfil], tables: Iterable[Rutnat] = ()) -> Iterator[Problem]:
    """All problems with texts; also in files that could not be read as YAML."""
    for rutnat in tables:
        yield from _check_table(rutnat)
    for file in files:
        yield from _check_personnummer(file)
        if file.rot is not None:
            yield from _check_glyphs(file, file.rot)


def _check_personnummer(file: Yamlfil) -> Iterator[Problem]:
    for rad, text in enumerate(file.rader, 1):
        for start, end in find_personnummer(text):
            yield file.problem_at(
                rad,
                start + 1,
                *PERSONNUMMER,
                end - start,
            )


def _check_table(rutnat: Rutnat) -> Iterator[Problem]:
    for rad, text in enumerate(rutnat.rader, 1):
        for start, end in find_personnummer(text):
            yield rutnat.problem(Cell("", Plats(rutnat.fil, rad, start + 1), end - start), *PERSONNUMMER)
    for row in rutnat.tabell:
        for cell in row:
            if _UNCOMMON.search(cell.text):
                yield from _missing_in_cell(rutnat, cell)


def _missing_in_cell(rutnat: Rutnat, cell: Cell) -> Iterator[Problem]:
    from uppfoljning.glyphs import MISSING

    for character in sorted(set(MISSING.findall(cell.text))):
        place = cell.plats._replace(kolumn=cell.plats.kolumn + cell.text.find(character))
        yield rutnat.problem(Cell("", place), *_missing(f"U+{ord(character):04X}"), "varning")


def _missing(code: str) -> tuple[str, str, str]:
    return (
        "tecken-saknas",
        f"Tecknet {code} finns inte i rapportens typsnitt och skrivs som [{code}].",
        "Byt det mot ett vanligt tecken.",
    )


def _check_glyphs(file: Yamlfil, nod: Nod) -> Iterator[Problem]:
    if isinstance(nod.barn, dict):
        for child in nod.barn.values():
            yield from _check_glyphs(file, child)
    elif isinstance(nod.barn, list):
        for child in nod.barn:
            yield from _check_glyphs(file, child)
    elif isinstance(nod.varde, str) and _UNCOMMON.search(nod.varde):
        from uppfoljning.glyphs import MISSING

        for character in sorted(set(MISSING.findall(nod.varde))):
            code = f"U+{ord(character):04X}"
            rad, kolumn = _locate(file, nod, character)
            yield file.problem_at(
                rad,
                kolumn,
                *_missing(code),
                1,
                "varning",
            )


def _locate(file: Yamlfil, nod: Nod, character: str) -> tuple[int, int]:
    """Line and column where ``character`` stands from the node's own place on."""
    for rad in range(nod.rad, len(file.rader) + 1):
        kolumn = file.rader[rad - 1].find(character, nod.kolumn - 1 if rad == nod.rad else 0)
        if kolumn >= 0:
            return rad, kolumn + 1
    return nod.rad, nod.kolumn
