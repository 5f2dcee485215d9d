"""A grid → what it says: series by year with the cell of each value, the period, and what the source worked out.

Everything doubtful is told, and what can't be read is a fault at its cell. Nothing is guessed: what the table leaves
out has to be given on the command line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.inlasning.block import Block, find_blocks, heading_text
from uppfoljning.inlasning.kolumner import Kolumner, Raknadkolumn
from uppfoljning.period import Ackumulerat, find_accumulated, find_month
from uppfoljning.problem import Plats, Problem
from uppfoljning.rutnat import Cell, Rutnat
from uppfoljning.statistik import SUMMA, SVARANDE, Serie, Serienyckel, Slag, same_area
from uppfoljning.swedish import fold
from uppfoljning.talform import read_number, strip_footnote

_AREA = re.compile(
    r".+(?:\slän|\skommun|\spolisområde|\sstad)|(?:hela )?(?:landet|riket|sverige)|region\s.+|.+region|lpo\s.+|"
    r"lokalpolisområde\s.+|polisområde\s.+|polisregion\s.+",
    re.IGNORECASE,
)
_NUMBER_ANSWERED = frozenset({"n", "antalsvarande", "antalsvar", "bas", "antalbesvarade", "antalpersoner"})


class Raknad(NamedTuple):
    """A difference or percentage that the source states, with its cell."""

    serie: Serienyckel
    kolumn: Raknadkolumn
    cell: Cell


@dataclass
class Tolkning:
    """What a grid was understood to say. Values stand in ``serier``; places are those of the source's cells."""

    rutnat: Rutnat
    slag: Slag
    serier: list[Serie] = field(default_factory=list)
    ar: list[int] = field(default_factory=list)
    preliminara: set[int] = field(default_factory=set)
    perioder: dict[Ackumulerat, Cell] = field(default_factory=dict)
    raknade: list[Raknad] = field(default_factory=list)
    kallans_ar: dict[int, Cell] = field(default_factory=dict)
    uttag: str = ""
    omrade: str = ""
    rubrik: str = ""
    ar_bra: bool = False
    fotnoter: int = 0
    utan_varde: int = 0
    hoppade_kolumner: list[str] = field(default_factory=list)
    hoppade_rader: int = 0
    problem: list[Problem] = field(default_factory=list)

    def note(self, cell: Cell | None, kod: str, meddelande: str, atgard: str) -> None:
        """A fault at a cell of the source."""
        self.problem.append(self.rutnat.problem(cell, kod, meddelande, atgard))


def interpret(rutnat: Rutnat, slag: Slag, kommun: str, namn: str | None = None) -> Tolkning:
    """What a grid says. ``namn`` is the crime or question, for a table whose rows are municipalities."""
    found = Tolkning(rutnat, slag)
    blocks, loose = find_blocks(rutnat.tabell)
    if not blocks:
        found.note(
            None,
            "ingen-tabell",
            "Ingen tabell med årtal hittades.",
            "Ta med årtalen, med en kolumn eller en rad för varje år. I inklistrad text ska kolumnerna skiljas åt "
            "med tabb, semikolon eller minst två blanksteg.",
        )
        return found
    texts = [cell for block in blocks for cell in (*block.rubrik, *block.rubriker)] + loose
    _around(found, texts, kommun)
    for block in blocks:
        _Reader(found, block, namn).read()
    _areas_of_groups(found)
    _check_rows(found)
    found.hoppade_rader = len(loose)
    return found


def _around(found: Tolkning, texts: Sequence[Cell], kommun: str) -> None:
    """What headings, captions and prose around the tables say: period, extraction, area, source."""
    for cell in texts:
        period = find_accumulated(cell.text)
        if period is not None:
            found.perioder.setdefault(period, cell)
        elif re.match(r"\s*period", cell.text, re.IGNORECASE) and re.search(r"\d", cell.text):
            found.note(
                cell,
                "ogiltig-period",
                f'"{cell.text}" är ingen period från årets början.',
                "Siffrorna ska vara ackumulerade från den 1 januari, till exempel 1 jan – 30 sep. Be om sådana.",
            )
        if re.search(r"\bsol\b.*statistik|statistik\.bra\.se|\bbrå\b", cell.text, re.IGNORECASE):
            found.ar_bra = True
        if re.search(r"\b(?:bild|tabell|källa|uttag|uttaget|hämtad|hämtat|compstat)\b", cell.text, re.IGNORECASE):
            found.uttag = found.uttag or find_month(cell.text)
        short = re.sub(r"s?\s+kommun$", "", kommun, flags=re.IGNORECASE)
        if re.search(rf"\b{re.escape(short)}", cell.text, re.IGNORECASE):
            found.omrade = short


@dataclass
class _Reader:
    """Reads the rows of one block into the interpretation."""

    found: Tolkning
    block: Block
    namn: str | None

    def read(self) -> None:
        columns = self.block.kolumner()
        self._years(columns)
        self.found.hoppade_kolumner += [cell.text for cell in columns.hoppade]
        title = self._title()
        roles = columns.roller
        lacks_name = "namn" not in roles.values()
        if lacks_name and not (self.namn or title):
            self.found.note(
                self.block.rubrik[0],
                "namn-saknas",
                "Raderna är områden, och tabellen säger inte vad siffrorna gäller.",
                "Skriv det efter flaggan --namn, till exempel --namn Cykelstöld.",
            )
            return
        for group, row in self.block.rader:
            words: dict[str, str] = {role: row[i].text for i, role in roles.items() if i < len(row)}
            if not any(words.values()):
                self.found.note(row[0], "namn-saknas", "Raden har inget namn.", "Skriv vad siffrorna gäller.")
                continue
            heading = strip_footnote(group.text) if group is not None else "" if lacks_name else title
            for nyckel, wanted in self._keys(columns, words, heading, title if lacks_name else ""):
                self._row(columns, row, nyckel, wanted)

    def _title(self) -> str:
        """The line nearest above the table, when it is a heading and says no more than that."""
        for cell in reversed(self.block.rubriker[-2:]):
            about_all = re.search(r"\d{4}|anmälda|tabell|statistik|compstat", cell.text, re.IGNORECASE)
            if heading_text(cell) and find_accumulated(cell.text) is None and not about_all:
                return strip_footnote(cell.text)
            if about_all and heading_text(cell) and not self.found.rubrik:
                self.found.rubrik = cell.text
        return ""

    def _years(self, columns: Kolumner) -> None:
        seen: dict[tuple[int, str, str], Cell] = {}
        for column in columns.varden:
            key = (column.ar, column.omrade, column.kon)
            if key in seen:
                self.found.note(
                    column.cell, "ar-tva-ganger", f"År {column.ar} finns två gånger.", "Ta bort den ena kolumnen."
                )
            seen.setdefault(key, column.cell)
            self.found.kallans_ar.setdefault(column.ar, column.cell)
            if column.preliminar:
                self.found.preliminara.add(column.ar)

    def _keys(
        self, columns: Kolumner, words: dict[str, str], heading: str, title: str
    ) -> Iterator[tuple[Serienyckel, tuple[str, str]]]:
        """The series that a row holds: one, or one for each area or sex that its columns name."""
        name = self._name(words.get("namn", "") or self.namn or title)
        for area, sex in dict.fromkeys((c.omrade, c.kon) for c in columns.varden):
            place = words.get("omrade", "") or area
            yield (
                Serienyckel(
                    omrade=strip_footnote(place),
                    grupp=words.get("grupp", "") or heading,
                    namn=name,
                    kon=(words.get("kon", "") or sex).lower(),
                    arskurs=words.get("arskurs", ""),
                ),
                (area, sex),
            )

    def _name(self, text: str) -> str:
        plain = strip_footnote(text)
        self.found.fotnoter += plain != text
        folded = fold(plain)
        if folded in {"summa", "totalt", "total", "summatotalt"} or folded.startswith("summa"):
            return SUMMA
        if self.found.slag == "enkat" and folded.rstrip(".:=") in _NUMBER_ANSWERED:
            return SVARANDE
        return plain

    def _row(self, columns: Kolumner, row: Sequence[Cell], nyckel: Serienyckel, wanted: tuple[str, str]) -> None:
        values: dict[int, float | None] = {}
        places: dict[int, Plats] = {}
        for column in columns.varden:
            if (column.omrade, column.kon) != wanted or column.ar in values:
                continue
            cell = row[column.nr] if column.nr < len(row) else None
            values[column.ar] = self._value(cell, nyckel) if cell is not None else None
            if cell is not None:
                places[column.ar] = cell.plats
            self.found.utan_varde += values[column.ar] is None
        if nyckel.namn == SVARANDE or any(v is not None for v in values.values()) or not wanted[0]:
            code = next((row[i].text for i, role in columns.roller.items() if role == "brottskod" and i < len(row)), "")
            self.found.serier.append(Serie(nyckel, values, places, row[0].plats, code))
        for worked_out in columns.raknade:
            if worked_out.nr < len(row) and row[worked_out.nr].text:
                self.found.raknade.append(Raknad(nyckel, worked_out, row[worked_out.nr]))

    def _value(self, cell: Cell, nyckel: Serienyckel) -> float | None:
        found, note = read_number(cell.text), self.found.note
        if found == "saknas":
            return None
        if found is None:
            note(
                cell,
                "inget-tal",
                f'{nyckel.text}: "{cell.text}" är inget tal.',
                "Rätta cellen. Saknas siffran: skriv .. eller låt cellen vara tom.",
            )
            return None
        self.found.fotnoter += strip_footnote(cell.text) != cell.text
        counted = self.found.slag == "compstat" or nyckel.namn == SVARANDE or fold(nyckel.namn).startswith("antal")
        if found.varde < 0:
            note(cell, "negativt-tal", f"{nyckel.text}: talet är negativt.", "Rätta cellen.")
        elif counted and (found.decimaler or found.procent):
            note(
                cell,
                "inget-antal",
                f'{nyckel.text}: här väntas ett antal, men cellen säger "{cell.text}".',
                "Rätta cellen. En punkt eller ett komma är decimaltecken; tusental skiljs åt med blanksteg.",
            )
        elif not counted and found.varde > 100:
            note(cell, "over-hundra", f"{nyckel.text}: en andel kan inte vara över 100 procent.", "Rätta cellen.")
        else:
            return found.varde
        return None


def _areas_of_groups(found: Tolkning) -> None:
    """Headings within a table that are areas ('Hela landet', 'Blekinge län') and not groups of crimes."""
    groups = Counter(s.nyckel.grupp for s in found.serier if s.nyckel.grupp)
    areas = [g for g in groups if _AREA.fullmatch(g) or (found.omrade and same_area(g, found.omrade))]
    if not groups or len(areas) * 2 < len(groups) or any(s.nyckel.omrade for s in found.serier):
        return
    found.serier = [
        _with_key(s, s.nyckel._replace(omrade=s.nyckel.grupp, grupp="")) if s.nyckel.grupp else s for s in found.serier
    ]
    found.raknade = [r._replace(serie=r.serie._replace(omrade=r.serie.grupp, grupp="")) for r in found.raknade]


def _with_key(serie: Serie, nyckel: Serienyckel) -> Serie:
    return Serie(nyckel, serie.varden, serie.platser, serie.plats, serie.kod)


def _check_rows(found: Tolkning) -> None:
    """Each series stands once, and for counts each year between the first and the last has a column."""
    seen: dict[tuple[str, ...], Serie] = {}
    for serie in found.serier:
        if serie.nyckel.folded in seen:
            cell = Cell(serie.nyckel.namn, serie.plats or Plats(found.rutnat.fil), len(serie.nyckel.namn))
            found.note(
                cell,
                "rad-tva-ganger",
                f"{serie.nyckel.text} finns två gånger i tabellen.",
                "Ta bort den ena raden, eller läs in tabellerna var för sig.",
            )
        seen.setdefault(serie.nyckel.folded, serie)
    found.ar = sorted(found.kallans_ar)
    if found.slag != "compstat":
        return
    for before, after in zip(found.ar, found.ar[1:], strict=False):
        if after > before + 1:
            found.note(
                found.kallans_ar[after],
                "ar-saknas",
                f"År {before + 1}{f'–{after - 1}' if after > before + 2 else ''} saknas mellan {before} och {after}.",
                "Ta med kolumnen, med .. i de celler som saknar siffra.",
            )
