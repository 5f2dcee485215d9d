"""Rules about every text in every file: no personnummer, and only characters the report's typeface has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uppfoljning.personal import find_personnummer
from uppfoljning.problem import Problem
from uppfoljning.yamlnod import Nod, Yamlfil

# The characters of ordinary Swedish prose, which the typeface has: only others need the whole table.
_UNCOMMON = re.compile("[^\t\n\r -~åäöÅÄÖéÉ–—…”’§]")


def check_text(files: Iterable[Yamlfil]) -> Iterator[Problem]:
    """All problems with texts; also in files that could not be read as YAML."""
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
                "personnummer",
                "Här står ett personnummer eller samordningsnummer.",
                "Ta bort det. Personuppgifter får inte stå i uppföljningen; de blir också kvar i versionshistoriken.",
                end - start,
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
                "tecken-saknas",
                f"Tecknet {code} finns inte i rapportens typsnitt och skrivs som [{code}].",
                "Byt det mot ett vanligt tecken.",
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
