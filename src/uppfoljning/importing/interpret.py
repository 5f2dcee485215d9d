"""A grid → what it says: series by year with the cell of each value, the period, and what the source worked out.

Everything doubtful is told, and what can't be read is a fault at its cell. Nothing is guessed: what the table leaves
out has to be given on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.importing.blocks import Block, GridContents, find_blocks, heading_text
from uppfoljning.importing.columns import ColumnLayout, ValueColumn, part_of_year
from uppfoljning.importing.interpretation import Interpretation, StatedFigure, read_value
from uppfoljning.importing.review import go_through
from uppfoljning.importing.surroundings import read_around, says_period
from uppfoljning.model.tabell import SUMMA, SVARANDE, Serie, Serienyckel, Tabellslag, same_area
from uppfoljning.text.numbers import strip_footnote
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import fold, shorten

_NUMBER_ANSWERED = frozenset({"n", "antalsvarande", "antalsvar", "bas", "antalbesvarade", "antalpersoner"})
_TOTALS = frozenset({"summa", "totalt", "total", "summatotalt"})
_ABOUT_ALL = re.compile(r"\d{4}|anmälda|tabell|statistik|compstat", re.IGNORECASE)


def interpret(rutnat: Rutnat, slag: Tabellslag, kommun: str, namn: str | None = None) -> Interpretation:
    """What a grid says. ``namn`` is the crime or question, for a table whose rows are municipalities."""
    found = Interpretation(rutnat, slag)
    contents = find_blocks(rutnat.tabell)
    if not contents.blocks:
        _note_no_table(found, contents)
        return found
    headings = [cell for block in contents.blocks for cell in (*block.rubrik, *block.rubriker)]
    read_around(found, headings, contents.loose, kommun)
    found.skipped_columns += [cell.text for cell in contents.skipped]
    for block in contents.blocks:
        _BlockReader(found, block, namn, kommun).read()
    go_through(found)
    found.skipped_rows = len(contents.loose)
    return found


def _note_no_table(found: Interpretation, contents: GridContents) -> None:
    part = next((cell for row in found.rutnat.tabell for cell in row if part_of_year(cell)), None)
    if part is not None:
        found.note(
            part,
            "del-av-ar",
            f'"{part.text}" är en del av ett år.',
            "Siffrorna ska vara ackumulerade från den 1 januari, med en kolumn för varje år. Be om sådana.",
        )
        return
    if contents.empty:
        found.note(
            contents.empty[0].rubrik[0],
            "inga-rader",
            "Under årtalen står inga siffror.",
            "Ta med raderna under. I inklistrad text ska kolumnerna skiljas åt med tabb, semikolon eller minst två "
            "blanksteg.",
        )
        return
    found.note(
        None,
        "ingen-tabell",
        "Ingen tabell med årtal hittades.",
        "Ta med årtalen, med en kolumn eller en rad för varje år. I inklistrad text ska kolumnerna skiljas åt "
        "med tabb, semikolon eller minst två blanksteg.",
    )


@dataclass
class _BlockReader:
    """Reads the rows of one block into the interpretation."""

    found: Interpretation
    block: Block
    namn: str | None
    kommun: str
    grupp: str = ""
    sums: set[tuple[str, str]] = field(default_factory=set)

    def read(self) -> None:
        columns = self.block.columns()
        self._years(columns)
        self.found.skipped_columns += [cell.text for cell in columns.skipped]
        title = self._title()
        self._areas_for_names(columns)
        roles = columns.roles
        lacks_name = "namn" not in roles.values()
        if lacks_name and not (self.namn or title):
            self.found.note(
                self.block.rubrik[0],
                "namn-saknas",
                "Raderna är områden, och tabellen säger inte vad siffrorna gäller.",
                "Skriv det efter flaggan --namn, till exempel --namn Cykelstöld.",
            )
            return
        for group, row in self.block.rows:
            words: dict[str, str] = {role: row[i].text for i, role in roles.items() if i < len(row)}
            if not any(words.values()):
                self.found.note(
                    next(cell for cell in row if cell.text),
                    "namn-saknas",
                    "Raden har inget namn.",
                    "Skriv först på raden vad siffrorna gäller.",
                )
                continue
            self._check_beyond(row)
            if fold(words.get("omrade", "")) in _TOTALS:
                self.found.skipped_sums.append(words["omrade"])
                continue
            heading = strip_footnote(group.text) if group is not None else "" if lacks_name else title
            self._take(columns, row, words, heading, title if lacks_name else "")

    def _areas_for_names(self, columns: ColumnLayout) -> None:
        """Take a first column without a known heading for areas, when --namn is given or our own name stands there."""
        place = next((i for i, role in columns.roles.items() if role == "namn"), None)
        if place is None:
            return
        names = [row[place].text for _, row in self.block.rows if place < len(row)]
        if columns.name_assumed and (self.namn or any(name and same_area(name, self.kommun) for name in names)):
            columns.roles[place] = "omrade"
        elif self.namn:
            self.found.note(
                self.block.rubrik[place],
                "namn-anges-redan",
                f'Kolumnen "{shorten(self.block.rubrik[place].text, 60)}" säger redan vad siffrorna gäller.',
                "Ta bort flaggan --namn.",
            )

    def _check_beyond(self, row: Sequence[Cell]) -> None:
        beyond = next((cell for cell in row[self.block.width :] if cell.text), None)
        if beyond is not None:
            self.found.note(
                beyond,
                "cell-utan-rubrik",
                f'"{shorten(beyond.text, 60)}" står i en kolumn utan rubrik, till höger om tabellen.',
                "Ta bort cellen. Har raden förskjutits av ett komma eller semikolon i ett namn: sätt namnet inom "
                "citattecken.",
            )

    def _title(self) -> str:
        """The line nearest above the table, when it is a heading and says no more than that."""
        for cell in reversed(self.block.rubriker[-2:]):
            about_all = _ABOUT_ALL.search(cell.text)
            if heading_text(cell) and not says_period(cell) and not about_all:
                return strip_footnote(cell.text)
            if about_all and heading_text(cell) and not self.found.rubrik:
                self.found.rubrik = cell.text
        return ""

    def _years(self, columns: ColumnLayout) -> None:
        seen: dict[tuple[int, str, str], Cell] = {}
        for column in columns.values:
            key = (column.ar, column.omrade, column.kon)
            if key in seen:
                self.found.note(
                    column.cell,
                    "ar-tva-ganger",
                    f"År {column.ar} finns två gånger.",
                    "Rätta årtalet, eller ta bort den ena kolumnen.",
                )
            seen.setdefault(key, column.cell)
            self.found.source_years.setdefault(column.ar, column.cell)
            if column.preliminar:
                self.found.preliminara.add(column.ar)

    def _take(
        self, columns: ColumnLayout, row: Sequence[Cell], words: dict[str, str], heading: str, title: str
    ) -> None:
        """The series that a row holds: one, or one for each area or sex that its columns name."""
        name = self._name(words.get("namn", "") or self.namn or title)
        group, inherited = self._group(words, heading, name)
        parts: dict[tuple[str, str], list[ValueColumn]] = {}
        for column in columns.values:
            parts.setdefault((column.omrade, column.kon), []).append(column)
        for (area, sex), own in parts.items():
            nyckel = Serienyckel(
                omrade=strip_footnote(words.get("omrade", "") or area),
                grupp=group,
                namn=name,
                kon=strip_footnote(words.get("kon", "") or sex).lower(),
                arskurs=strip_footnote(words.get("arskurs", "")),
            )
            number = self._series(columns, row, nyckel, own, may_lack=bool(area))
            if number is not None and inherited:
                self.found.inherited.add(number)
                self.found.filled |= {number} if self.grupp else set()
            if number is not None and len(parts) == 1:
                self._worked_out(columns, row, number)
        if len(parts) > 1:
            self.found.skipped_columns += [column.cell.text for column in columns.stated]

    def _group(self, words: dict[str, str], heading: str, name: str) -> tuple[str, bool]:
        """The group of a row, and whether it comes from a row above: a heading, or a cell merged over several rows."""
        written = strip_footnote(words.get("grupp", ""))
        area = words.get("omrade", "")
        if written:
            self.grupp = written
        elif "grupp" not in words or not self.grupp:
            return heading, bool(heading)
        elif name == SUMMA and (self.grupp, area) in self.sums:
            return "", False
        if name == SUMMA:
            self.sums.add((self.grupp, area))
        return self.grupp, not written

    def _name(self, text: str) -> str:
        plain = strip_footnote(text)
        self.found.footnotes += plain != text
        folded = fold(plain)
        if self.found.slag == "compstat" and (folded in _TOTALS or folded.startswith("summa")):
            return SUMMA
        if self.found.slag == "enkat" and folded.rstrip(".:=") in _NUMBER_ANSWERED:
            return SVARANDE
        return plain

    def _series(
        self,
        columns: ColumnLayout,
        row: Sequence[Cell],
        nyckel: Serienyckel,
        own: Sequence[ValueColumn],
        *,
        may_lack: bool,
    ) -> int | None:
        """Add a series and give its place among them; None for an area's columns where the row has nothing."""
        number = len(self.found.serier)
        values: dict[int, float | None] = {}
        places: dict[int, Plats] = {}
        for column in own:
            if column.ar in values:
                continue
            cell = row[column.nr] if column.nr < len(row) else None
            values[column.ar] = read_value(self.found, cell, nyckel, number, column.ar) if cell is not None else None
            if cell is not None:
                places[column.ar] = cell.plats
        empty = sum(value is None for value in values.values())
        if may_lack and nyckel.namn != SVARANDE and empty == len(values):
            return None
        self.found.without_value += empty
        code = next((row[i].text for i, role in columns.roles.items() if role == "brottskod" and i < len(row)), "")
        place = next(cell.plats for cell in row if cell.text)
        self.found.serier.append(Serie(nyckel, values, places, place, code))
        return number

    def _worked_out(self, columns: ColumnLayout, row: Sequence[Cell], number: int) -> None:
        for column in columns.stated:
            if column.nr < len(row) and row[column.nr].text:
                self.found.stated.append(StatedFigure(number, column, row[column.nr]))
