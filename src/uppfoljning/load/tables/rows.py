"""The rows of a file of figures → series; what doesn't belong in the table is told where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from uppfoljning.formats.grid import Cell
from uppfoljning.load.tables.columns import Kolumner
from uppfoljning.load.tables.head import NYCKLAR, Huvud, is_heading
from uppfoljning.model.tabell import Enhet, Serie, Serienyckel, counts_things
from uppfoljning.text.numbers import Tal, read_number
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import fold, lista

_LARGEST = 1e9
_FOOTNOTE = re.compile(
    r"(?:\*|[0-9¹²³]\)|källa|not\b|anm\.|anmärkning|kommentar|siffrorna|uppgifterna|tabellen)|.*:\s|(?:\S+\s+){3,}\S*\.$",
    re.IGNORECASE,
)
Row = tuple[Cell, ...]


@dataclass
class Rader:
    """Reads the rows below one row of headings; faults are noted in the head."""

    huvud: Huvud
    kolumner: Kolumner
    har_fel: bool = False
    seen: dict[tuple[str, ...], Plats] = field(default_factory=dict)
    serier: list[Serie] = field(default_factory=list)
    grupp: str = ""
    utan_grupp: list[Cell] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.enhet: Enhet = self.huvud.enhet
        self.namnplats = self.kolumner.plats(self.kolumner.namnkolumn)
        self.gruppplats = self.kolumner.plats("grupp")

    def read(self, rows: Sequence[Row]) -> tuple[Serie, ...]:
        """The series of the rows, up to where another table begins."""
        rows = self._until_next_table([row for row in rows if row])
        for number, row in enumerate(rows):
            if self._is_outside(row):
                self._note_outside(row, rows[number + 1 :])
            else:
                self._take(row)
        self._note_missing_group()
        return tuple(self.serier)

    def _note(self, cell: Cell, kod: str, text: str, help_text: str) -> None:
        self.har_fel = True
        self.huvud.note(cell, kod, text, help_text)

    def _until_next_table(self, rows: list[Row]) -> list[Row]:
        """The rows of this table. A head that only repeats this one's is told, and what is below it still read."""
        headings = [number for number, row in enumerate(rows) if self._is_heading(row)]
        for number in headings:
            self._note(
                rows[number][0],
                "ny-tabell",
                "Här börjar en ny tabell, men en fil kan bara ha en.",
                "Ta bort raden om tabellerna har samma år, annars lägg den andra tabellen i en egen fil.",
            )
        other = next((n for n in headings if _texts(rows[n]) != _texts(self.kolumner.rad)), len(rows))
        while 0 < other < len(rows) and _is_head_row(rows[other - 1]):
            other -= 1
        return [row for number, row in enumerate(rows[:other]) if number not in headings]

    def _is_heading(self, row: Row) -> bool:
        if is_heading(row, self.huvud.slag):
            return True
        years = [(place, column.cell.text) for place, column in self.kolumner.arskolumner.items()]
        return len(years) > 1 and all(place < len(row) and row[place].text == text for place, text in years)

    def _is_outside(self, row: Row) -> bool:
        """Whether a row is none of the table's: a footnote, a group's name alone, or a row of the head."""
        texts = [cell for cell in row if cell.text]
        if any(read_number(cell.text) is not None for cell in texts):
            return False
        if _FOOTNOTE.match(texts[0].text) or _is_head_row(row):
            return True
        named = self.namnplats is not None and self.namnplats < len(row) and bool(row[self.namnplats].text)
        return len(texts) == 1 and not named

    def _note_outside(self, row: Row, below: Sequence[Row]) -> None:
        first = next(cell for cell in row if cell.text)
        heading = not _FOOTNOTE.match(first.text) and any(not self._is_outside(other) for other in below)
        help_text = "Skriv den före tabellen, efter hanvisning eller anmarkning."
        if _is_head_row(row):
            help_text = "Skriv den före tabellen."
        elif heading:
            help_text = "Ta bort den. Är det en grupp: skriv dess namn på varje rad, i en kolumn som heter grupp."
        self._note(first, "rad-utanfor-tabellen", "Raden hör inte till tabellen.", help_text)

    def _take(self, row: Row) -> None:
        """Add the series of a row, or note why there is none."""
        words = {name: row[place].text for place, name in self.kolumner.namn.items() if place < len(row)}
        name = words.get(self.kolumner.namnkolumn, "")
        if not name:
            first = next(cell for cell in row if cell.text)
            self._note(first, "namn-saknas", "Raden har inget namn.", "Skriv vad siffrorna gäller.")
            return
        nyckel = Serienyckel(
            words.get("omrade", ""), words.get("grupp", ""), name, words.get("kon", ""), words.get("arskurs", "")
        )
        values = {
            column.ar: self._value(row[place], name) if place < len(row) else None
            for place, column in self.kolumner.arskolumner.items()
        }
        places = {c.ar: row[place].plats for place, c in self.kolumner.arskolumner.items() if place < len(row)}
        serie = Serie(self._in_group(row, nyckel, values), values, places, row[0].plats, self._code(row))
        self._check_twice(row, serie.nyckel)
        self._check_beyond(row)
        self._check_shifted(row, values)
        self.serier.append(serie)

    def _in_group(self, row: Row, nyckel: Serienyckel, values: dict[int, float | None]) -> Serienyckel:
        """The key, with the group of the rows above where merged cells have left it out, which is noted later."""
        if self.gruppplats is None:
            return nyckel
        if nyckel.grupp:
            self._note_missing_group()
            self.grupp = nyckel.grupp
        elif self.grupp and not self._is_grand_total(nyckel, values):
            self.utan_grupp.append(row[self.gruppplats])
            return nyckel._replace(grupp=self.grupp)
        return nyckel

    def _is_grand_total(self, nyckel: Serienyckel, values: dict[int, float | None]) -> bool:
        """Whether a sum without a group is one of all the groups: the one above has its own, or the sum is right."""
        if not Serie(nyckel, {}).is_sum:
            return False
        if any(s.is_sum and s.nyckel.grupp == self.grupp for s in self.serier):
            return True
        parts = [s for s in self.serier if not s.is_sum]
        right = all(v is None or v == sum(s.varden.get(ar) or 0 for s in parts) for ar, v in values.items())
        return right and len({s.nyckel.grupp for s in parts}) > 1

    def _note_missing_group(self) -> None:
        """One fault for all rows below a group's name that lack it."""
        if not self.utan_grupp:
            return
        numbers = [cell.plats.rad for cell in self.utan_grupp]
        where = f"rad {lista([str(n) for n in numbers])}" if len(numbers) < 3 else f"rad {numbers[0]}–{numbers[-1]}"
        self._note(
            self.utan_grupp[0],
            "grupp-saknas",
            f"Gruppen saknas på {where}.",
            f'Skriv gruppens namn på varje rad, här "{self.grupp}"; sammanslagna celler har det bara på den första. '
            "Rader utan grupp ställs överst.",
        )
        self.utan_grupp = []

    def _check_twice(self, row: Row, nyckel: Serienyckel) -> None:
        if nyckel.folded in self.seen:
            self._note(
                row[self.namnplats or 0],
                "rad-tva-ganger",
                f'Raden "{nyckel.text}" finns redan på rad {self.seen[nyckel.folded].rad}.',
                "Ta bort den ena raden, eller skilj dem åt med grupp eller omrade.",
            )
        self.seen.setdefault(nyckel.folded, row[0].plats)

    def _check_beyond(self, row: Row) -> None:
        for cell in row[len(self.kolumner.rad) :]:
            if cell.text:
                self._note(
                    cell,
                    "cell-utan-ar",
                    f'"{cell.text}" står utanför tabellen: kolumnen har inget årtal.',
                    "Skriv årtalet överst i kolumnen, eller ta bort cellen.",
                )

    def _check_shifted(self, row: Row, values: dict[int, float | None]) -> None:
        """A separator too few moves every figure one column to the left, and the last one is lost in silence."""
        for place, name in self.kolumner.namn.items():
            if name == "brottskod" or place >= len(row) or not isinstance(read_number(row[place].text), Tal):
                continue
            self._note(
                row[place],
                "tal-i-namnkolumn",
                f'"{row[place].text}" är ett tal, men står i kolumnen {name}.',
                "Räkna skiljetecknen på raden; ett för lite flyttar alla siffror ett steg.",
            )
        empty = [
            str(column.ar)
            for place, column in self.kolumner.arskolumner.items()
            if values[column.ar] is None and (place >= len(row) or not row[place].text)
        ]
        if empty:
            self.huvud.problem.append(
                self.huvud.rutnat.problem(
                    row[self.namnplats or 0],
                    "tom-cell",
                    f"Cellen för {lista(empty)} är tom.",
                    "Skriv .. om siffran saknas. Annars kan ett skiljetecken för lite ha flyttat raden.",
                    "varning",
                )
            )

    def _code(self, row: Row) -> str:
        column = self.kolumner.plats("brottskod")
        cell = row[column] if column is not None and column < len(row) else None
        if cell is None or not cell.text:
            return ""
        if not re.fullmatch(r"[0-9]{4}", cell.text):
            lost = re.fullmatch(r"[0-9]{1,3}", cell.text)
            self._note(
                cell,
                "ogiltig-brottskod",
                f'Brottskoden "{cell.text}" har inte fyra siffror.',
                f"Skriv {cell.text.zfill(4)}; kalkylprogram tar bort nollor i början av tal."
                if lost
                else "Skriv de fyra siffrorna.",
            )
        return cell.text

    def _value(self, cell: Cell, name: str) -> float | None:
        found = read_number(cell.text)
        if found == "saknas":
            return None
        if found is None:
            self._note(cell, "inget-tal", f'"{cell.text}" är inget tal.', "Skriv talet, eller .. om det saknas.")
            return None
        wrong = next(self._wrong(found, name), None)
        if wrong is not None:
            self._note(cell, *wrong)
            return None
        return found.varde

    def _wrong(self, found: Tal, name: str) -> Iterator[tuple[str, str, str]]:
        """What is wrong with a number where it stands: a code, what is wrong and how to mend it."""
        counted = counts_things(self.enhet, name)
        rank = self.enhet == "rang" and not fold(name).startswith("antal")
        if found.procent and counted:
            if rank:
                yield (
                    "procent-dar-antal-vantas",
                    "Här väntas en plats i en rangordning, inte procent.",
                    "Skriv platsen.",
                )
            yield "procent-dar-antal-vantas", "Här väntas ett antal, inte procent.", "Skriv antalet."
        if found.varde < 0:
            yield "negativt-tal", "Talet är negativt.", "Skriv ett tal som är noll eller större."
        if counted and found.decimaler and rank:
            yield "decimaler-i-antal", "En plats i en rangordning är ett heltal.", "Skriv ett heltal, till exempel 3."
        if counted and found.decimaler:
            yield (
                "decimaler-i-antal",
                "Ett antal kan inte ha decimaler.",
                "Skriv ett heltal. En punkt är här decimaltecken; tusental skiljs åt med blanksteg.",
            )
        if not counted and found.varde > 100:
            yield "over-hundra", "En andel kan inte vara över 100 procent.", "Rätta siffran."
        if found.varde > _LARGEST:
            yield "for-stort-tal", "Talet är orimligt stort.", "Rätta siffran."


def _texts(row: Row) -> list[str]:
    return [fold(cell.text) for cell in row]


def _is_head_row(row: Row) -> bool:
    """Whether a row below the headings is one of those that stand before them."""
    return fold(row[0].text) in NYCKLAR and len(row) > 1
