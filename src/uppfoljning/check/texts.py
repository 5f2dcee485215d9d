"""Rules about every text in every file: no personal data, and only characters the report's typeface has."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.text.personal_data.find import SLAG, Personuppgift, Uppgift, find_uppgifter, mask
from uppfoljning.text.problem import Plats, Problem

_MEND: dict[Personuppgift, str] = {
    "personnummer": "Ta bort det.",
    "telefonnummer": "Skriv funktionen i stället.",
    "epostadress": "Skriv funktionen i stället.",
}
# The characters of ordinary Swedish prose, which the typeface has: only others need the whole table.
_UNCOMMON = re.compile("[^\t\n\r -~åäöÅÄÖéÉ–—…”’§]")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def told(slag: Personuppgift) -> tuple[str, str, str]:
    """Code, message and the way to mend it for one kind of personal data."""
    rest = "Personuppgifter får inte stå i uppföljningen; de blir också kvar i versionshistoriken."
    return slag, f"Här står {SLAG[slag]}.", f"{_MEND[slag]} {rest}"


def check_text(files: Iterable[Yamlfil], tables: Iterable[Rutnat] = ()) -> Iterator[Problem]:
    """All problems with texts; also in files that could not be read as YAML.

    A personnummer is an error wherever it stands; a telephone number or an e-mail address where it may reach a report,
    which a comment can't.
    """
    for rutnat in tables:
        yield from _check_table(rutnat)
    for file in files:
        yield from _check_lines(file)
        if file.rot is not None:
            yield from _check_values(file, file.rot)
            yield from _check_glyphs(file, file.rot)


def _check_lines(file: Yamlfil) -> Iterator[Problem]:
    """Personnummer in any line, and all else in the lines of a file that has no values to look in."""
    for rad, text in enumerate(file.rader, 1):
        for found in find_uppgifter(text.replace("\t", " ")):
            if found.slag != "personnummer":
                comment = _COMMENT.search(text)
                if file.rot is not None or (comment is not None and comment.start() < found.start):
                    continue
            yield file.problem_at(rad, found.start + 1, *told(found.slag), found.end - found.start)


class _Text(NamedTuple):
    """A key or a value, and where it begins."""

    rad: int
    kolumn: int
    text: str


def _texts(file: Yamlfil, nod: Nod) -> Iterator[_Text]:
    if isinstance(nod.barn, dict):
        yield from (_Text(*place, key) for key, place in nod.nycklar.items())
        for child in nod.barn.values():
            yield from _texts(file, child)
    elif isinstance(nod.barn, list):
        for child in nod.barn:
            yield from _texts(file, child)
    elif isinstance(nod.varde, str):
        yield _Text(nod.rad, nod.kolumn, nod.varde.replace("\n", " ").replace("\t", " "))
    elif isinstance(nod.varde, int | float):
        start = nod.kolumn - 1
        yield _Text(nod.rad, nod.kolumn, file.rader[nod.rad - 1][start : start + nod.langd])


def _check_values(file: Yamlfil, rot: Nod) -> Iterator[Problem]:
    """Each telephone number and e-mail address in a key or a value, and personnummer that lines don't show."""
    hits = [(text, found) for text in _texts(file, rot) for found in find_uppgifter(text.text)]
    if not hits:
        return
    source = "\n".join(file.rader)
    starts = [0]
    for line in file.rader:
        starts.append(starts[-1] + len(line) + 1)
    begins = sorted({starts[text.rad - 1] + text.kolumn - 1 for text in _texts(file, rot)})
    ends = dict(zip(begins, [*begins[1:], len(source)], strict=True))
    searched: dict[_Text, int] = {}
    for text, found in hits:
        begin = starts[text.rad - 1] + text.kolumn - 1
        written = _written(text.text[found.start : found.end])
        place = written.search(source, max(begin, searched.get(text, 0)), ends[begin])
        if place is None:
            yield _hidden(file, text, found)
            continue
        searched[text] = place.end()
        rad = bisect_right(starts, place.start())
        first_line = place[0].split("\n")[0].rstrip()
        if found.slag != "personnummer" or first_line != place[0]:
            yield file.problem_at(rad, place.start() - starts[rad - 1] + 1, *told(found.slag), len(first_line))


def _written(text: str) -> re.Pattern[str]:
    """How a piece of a value may stand in the file.

    A space may be a line break with an indent after it, and a letter with a mark two characters.
    """
    return re.compile(r"[ \t]*(?:\n[ \t]*)*".join("".join(map(_either, word)) for word in text.split(" ")))


def _either(character: str) -> str:
    apart = unicodedata.normalize("NFD", character)
    whole = re.escape(character)
    return whole if apart == character else f"(?:{whole}|{re.escape(apart)})"


def _hidden(file: Yamlfil, text: _Text, found: Uppgift) -> Problem:
    """A problem with what stands in the file in another form, as escapes do; its line is shown without its letters."""
    file.maskerade[text.rad] = re.sub(r"\w", "•", file.shown_line(text.rad))
    return file.problem_at(text.rad, text.kolumn, *told(found.slag))


def _check_table(rutnat: Rutnat) -> Iterator[Problem]:
    lines = set()
    for rad, line in enumerate(rutnat.rader, 1):
        for found in find_uppgifter(line):
            lines.add(rad)
            yield rutnat.problem(
                Cell("", Plats(rutnat.fil, rad, found.start + 1), found.end - found.start), *told(found.slag)
            )
    for row in rutnat.tabell:
        for cell in row:
            for found in find_uppgifter(cell.text) if cell.plats.rad not in lines else ():
                yield rutnat.problem(cell._replace(langd=1), *told(found.slag))
            if _UNCOMMON.search(cell.text):
                yield from _missing_in_cell(rutnat, cell)


def _missing_in_cell(rutnat: Rutnat, cell: Cell) -> Iterator[Problem]:
    from uppfoljning.text.glyphs import MISSING

    for character in sorted(set(MISSING.findall(mask(cell.text)))):
        line = rutnat.rader[cell.plats.rad - 1] if 0 < cell.plats.rad <= len(rutnat.rader) else ""
        found = _written(character).search(line, max(cell.plats.kolumn - 1, 0))
        place = cell.plats._replace(kolumn=found.start() + 1) if found is not None else cell.plats
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
        from uppfoljning.text.glyphs import MISSING

        for character in sorted(set(MISSING.findall(mask(nod.varde)))):
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
    written = _written(character)
    for rad in range(nod.rad, len(file.rader) + 1):
        found = written.search(file.rader[rad - 1], nod.kolumn - 1 if rad == nod.rad else 0)
        if found is not None:
            return rad, found.start() + 1
    return nod.rad, nod.kolumn
