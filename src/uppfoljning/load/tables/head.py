"""The head of a file of figures: a row for each thing to know about the table, key first, before the row of years."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.model.period import Ackumulerat, Tidpunkt, read_moment
from uppfoljning.model.tabell import KOLUMNER, Enhet, Not, Tabellslag
from uppfoljning.text.candidates import Labels, advise
from uppfoljning.text.numbers import read_year
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, nearest, suggest

_SINGLE = ("kalla", "rubrik", "hanvisning", "omrade", "period", "uttag", "preliminar", "enhet", "exempel")
_NOTES = ("rattelse", "anmarkning", "avvikelse")
_ONLY: dict[Tabellslag, frozenset[str]] = {
    "compstat": frozenset({"period", "preliminar", "avvikelse"}),
    "enkat": frozenset({"enhet"}),
}
NYCKLAR = frozenset({*_SINGLE, *_NOTES})
_NAMES = frozenset({"brott", "fraga", "grupp"})
_ENHETER: tuple[Enhet, ...] = ("procent", "antal", "rang")
_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@dataclass
class Huvud:
    """What the head says, with the cell of each key, and the notes in the order they stand."""

    slag: Tabellslag
    rutnat: Rutnat
    celler: dict[str, Cell] = field(default_factory=dict)
    noter: dict[str, list[Not]] = field(default_factory=dict)
    problem: list[Problem] = field(default_factory=list)
    kallor: Labels = field(default_factory=dict)

    def text(self, nyckel: str, otherwise: str = "") -> str:
        """The value of a key."""
        return self.celler[nyckel].text if nyckel in self.celler else otherwise

    def note(self, cell: Cell | None, kod: str, meddelande: str, atgard: str) -> None:
        """A fault in the head."""
        self.problem.append(self.rutnat.problem(cell, kod, meddelande, atgard))

    @property
    def period(self) -> Ackumulerat | None:
        """What a year's figures are added up over; noted as a fault when it is missing or can't be read."""
        cell = self.celler.get("period")
        if cell is None:
            self.note(
                None,
                "period-saknas",
                "Filen säger inte vilken period av året siffrorna gäller.",
                "Lägg till en rad före tabellen, till exempel period;jan–sep.",
            )
            return None
        found = Ackumulerat.parse(cell.text)
        if found is None:
            self.note(
                cell,
                "ogiltig-period",
                f'"{cell.text}" går inte att läsa som en period från årets början.',
                "Skriv till exempel jan–sep eller helår. Siffrorna ska vara ackumulerade från den 1 januari.",
            )
        return found

    @property
    def uttag(self) -> Tidpunkt | None:
        """When the figures were extracted, where the head says so."""
        cell = self.celler.get("uttag")
        if cell is None or not cell.text:
            return None
        found = read_moment(cell.text)
        if found is None:
            is_day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell.text)
            self.note(
                cell,
                "ogiltigt-uttag",
                f"Datumet {cell.text} finns inte." if is_day else f'"{cell.text}" går inte att läsa som en tidpunkt.',
                "Rätta datumet." if is_day else "Skriv till exempel 2021-10-12 eller oktober 2021.",
            )
        return found

    def flag(self, nyckel: str) -> bool:
        """A key that says ja or nej; nej when it is left out."""
        cell = self.celler.get(nyckel)
        if cell is None or cell.text.casefold() in {"ja", "nej", ""}:
            return cell is not None and cell.text.casefold() == "ja"
        self.note(cell, "ja-eller-nej", f"Efter {nyckel} ska det stå ja eller nej.", "Skriv ja eller nej.")
        return False

    @property
    def kalla(self) -> str:
        """The id of the source."""
        cell = self.celler.get("kalla")
        if cell is not None and _ID.fullmatch(cell.text):
            return cell.text
        if cell is not None:
            self.note(
                cell,
                "ogiltig-kalla",
                "Efter kalla ska källans id stå, som i indikatorer.yaml: a–z, A–Z, siffror och bindestreck.",
                f"{advise(cell.text, self.kallor) or 'Skriv till exempel compstat.'} Källans fulla namn står i "
                "indikatorer.yaml, och var siffrorna är hämtade skrivs efter hanvisning.",
            )
        elif self.slag == "enkat":
            self.note(
                None, "kalla-saknas", "Filen säger inte vilken enkät det är.", "Lägg till en rad: kalla;enkatens-id."
            )
        return "compstat" if self.slag == "compstat" else "?"

    @property
    def enhet(self) -> Enhet:
        """What the figures are: counts in compstat, else as the head says, per cent when it says nothing."""
        if self.slag == "compstat":
            return "antal"
        cell = self.celler.get("enhet")
        for enhet in _ENHETER:
            if cell is not None and cell.text.casefold() == enhet:
                return enhet
        if cell is not None:
            self.note(
                cell, "okand-enhet", f'Enheten "{cell.text}" finns inte.', suggest(cell.text, _ENHETER, "Enheterna är")
            )
        return "procent"


def is_year_row(row: tuple[Cell, ...]) -> bool:
    """Whether a row may be the table's own head: it names a year in some cell after the first.

    A head may begin with the column of areas, which is called as a key is: then it names another column too.
    """
    named = any(fold(cell.text) in _NAMES for cell in row[1:])
    return any(read_year(cell.text) for cell in row[1:]) and (named or fold(row[0].text) not in NYCKLAR)


def is_heading(row: tuple[Cell, ...], slag: Tabellslag) -> bool:
    """Whether a row is a table's head without doubt: it names a known column, and all else in it may be years."""
    texts = [cell.text for cell in row if cell.text]
    known = sum(fold(text) in KOLUMNER[slag] for text in texts)
    years = sum(read_year(text) is not None for text in texts)
    return known > 0 and years > 0 and (years > 1 or known + years == len(texts))


def read_head(rutnat: Rutnat, slag: Tabellslag, kallor: Labels) -> tuple[Huvud, int]:
    """The head of a file and the number of the row (from 0) where the table begins; faults stand in the head."""
    huvud = Huvud(slag, rutnat, kallor=kallor)
    start = _table_start(rutnat, slag)
    for row in rutnat.tabell[:start]:
        if row:
            _take(huvud, row, alone=start == len(rutnat.tabell))
    return huvud, start


def _table_start(rutnat: Rutnat, slag: Tabellslag) -> int:
    """Where the table begins. 'Utskriven;2022' before it names a year too, but is no head when one follows."""
    maybe = [number for number, row in enumerate(rutnat.tabell) if row and is_year_row(row)]
    years = {n: sum(read_year(cell.text) is not None for cell in rutnat.tabell[n]) for n in maybe}
    sure = [n for n in maybe if years[n] > 1 or is_heading(rutnat.tabell[n], slag)]
    return next(iter([*sure, *maybe]), len(rutnat.tabell))


def _take(huvud: Huvud, row: tuple[Cell, ...], *, alone: bool) -> None:
    """Take a row of the head. ``alone``: no table follows, so what is unknown may well be the table itself."""
    known = [k for k in (*_SINGLE, *_NOTES) if k not in _ONLY["enkat" if huvud.slag == "compstat" else "compstat"]]
    nyckel = next((k for k in known if k == fold(row[0].text)), None)
    values = [cell for cell in row[1:] if cell.text]
    if nyckel is None:
        near = None if fold(row[0].text) in NYCKLAR else nearest(row[0].text, known)
        if near is not None or not alone:
            first = next(cell for cell in row if cell.text)
            huvud.note(
                first,
                "okand-rad",
                f'"{first.text}" hör inte hemma före tabellen.',
                f'Menade du "{near}"?' if near else "Ta bort raden, eller skriv den efter hanvisning eller anmarkning.",
            )
    elif nyckel in _NOTES:
        where, text = (values[0].text, values[1].text) if len(values) > 1 else ("", values[0].text if values else "")
        if len(values) not in {1, 2}:
            huvud.note(
                row[0],
                "for-manga-celler" if values else "tom-rad",
                f"Raden {nyckel} ska ha en text, och kanske först vad den gäller.",
                f'Skriv {nyckel};vad det gäller;texten. Sätt " runt en text som innehåller semikolon.',
            )
        elif text:
            huvud.noter.setdefault(nyckel, []).append(Not(where, text))
    elif nyckel in huvud.celler:
        huvud.note(
            row[0],
            "dubbel-rad",
            f"Raden {nyckel} finns redan på rad {huvud.celler[nyckel].plats.rad}.",
            "Ta bort den ena.",
        )
    elif len(values) > 1:
        huvud.note(
            values[1],
            "for-manga-celler",
            f"Raden {nyckel} har mer än ett värde.",
            'Behåll ett. Sätt " runt en text som innehåller semikolon.',
        )
    elif values:
        huvud.celler[nyckel] = values[0]
