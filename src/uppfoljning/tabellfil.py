"""A file of figures → a table, or every fault in it with its row and column. Pure: the rows have been read already."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.period import Ackumulerat, Tidpunkt
from uppfoljning.problem import Plats, Problem
from uppfoljning.rutnat import Cell, Rutnat
from uppfoljning.statistik import Enhet, Not, Serie, Serienyckel, Slag, Tabell
from uppfoljning.swedish import fold, lista, suggest
from uppfoljning.tabellhuvud import Huvud, read_head
from uppfoljning.talform import read_number, read_year

_NAME: dict[Slag, str] = {"compstat": "brott", "enkat": "fraga"}
_COLUMNS: dict[Slag, tuple[str, ...]] = {
    "compstat": ("omrade", "grupp", "brott", "brottskod"),
    "enkat": ("omrade", "grupp", "fraga", "kon", "arskurs"),
}
_FILE_NAME = re.compile(r"(?:[a-z0-9]+-)*?([0-9]{4})-([0-9]{2})(?:-uttag-[0-9a-zåäö-]+)?\.csv", re.IGNORECASE)
_LARGEST = 1e9


def read_table(rutnat: Rutnat, slag: Slag) -> tuple[Tabell | None, list[Problem]]:
    """The table of a file in ``data/compstat`` or ``data/enkater``, and its faults; None when there is no table."""
    huvud, first = read_head(rutnat, slag)
    if first >= len(rutnat.tabell):
        huvud.note(
            None,
            "tabell-saknas",
            "Filen har ingen rad med årtal, så det går inte att se vad siffrorna gäller.",
            f"Skriv en rad före siffrorna: {';'.join(_COLUMNS[slag][1:3])};2021;2022.",
        )
        return None, huvud.problem
    reader = _Reader(huvud, rutnat.tabell[first])
    serier = tuple(filter(None, (reader.row(row) for row in rutnat.tabell[first + 1 :] if row)))
    if not serier:
        huvud.note(reader.head[0], "inga-rader", "Tabellen har inga rader.", "Lägg till siffrorna under årtalen.")
    tabell = _put_together(huvud, reader, serier)
    problems = huvud.problem
    if tabell.period is not None:
        problems = [*problems, *check_file_name(tabell)]
    problems += check_sums(tabell)
    return _marked(tabell, problems), problems


def _marked(tabell: Tabell, problems: Iterable[Problem]) -> Tabell:
    from dataclasses import replace

    return replace(tabell, fel=any(p.niva == "fel" for p in problems))


def _put_together(huvud: Huvud, reader: _Reader, serier: tuple[Serie, ...]) -> Tabell:
    year_notes = frozenset(reader.preliminara)
    period: Ackumulerat | None = None
    if huvud.slag == "compstat":
        period = huvud.period
        year_notes |= frozenset(reader.ar[-1:]) if huvud.flag("preliminar") else frozenset()
    uttag: Tidpunkt | None = huvud.uttag
    notes: dict[str, tuple[Not, ...]] = {k: tuple(v) for k, v in huvud.noter.items()}
    return Tabell(
        fil=huvud.rutnat.fil,
        slag=huvud.slag,
        kalla=huvud.kalla,
        enhet=reader.enhet,
        ar=tuple(reader.ar),
        serier=serier,
        omrade=huvud.text("omrade"),
        period=period,
        uttag=uttag,
        preliminara=year_notes,
        hanvisning=huvud.text("hanvisning"),
        rubrik=huvud.text("rubrik"),
        rattelser=notes.get("rattelse", ()),
        anmarkningar=notes.get("anmarkning", ()),
        avvikelser=notes.get("avvikelse", ()),
        exempel=huvud.flag("exempel"),
        rutnat=huvud.rutnat,
    )


class _Kolumn(NamedTuple):
    ar: int
    cell: Cell


@dataclass
class _Reader:
    """Reads the rows below one row of headings."""

    huvud: Huvud
    head: tuple[Cell, ...]
    namn: dict[int, str] = field(default_factory=dict)
    years: dict[int, _Kolumn] = field(default_factory=dict)
    preliminara: set[int] = field(default_factory=set)
    seen: dict[tuple[str, ...], Plats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slag: Slag = self.huvud.slag
        self.enhet: Enhet = self.huvud.enhet
        known = _COLUMNS[self.slag]
        for i, cell in enumerate(self.head):
            year = read_year(cell.text)
            folded = fold(cell.text)
            if year is not None:
                self.years[i] = _Kolumn(year[0], cell)
                if year[1]:
                    self.preliminara.add(year[0])
            elif folded in known and folded not in self.namn.values():
                self.namn[i] = folded
            else:
                again = folded in known
                self.huvud.note(
                    cell,
                    "dubbel-kolumn" if again else "okand-kolumn",
                    f'Kolumnen "{cell.text}" finns två gånger.' if again else f'Kolumnen "{cell.text}" är okänd.',
                    "Ta bort den ena." if again else suggest(cell.text, known, "Här får stå ett årtal eller"),
                )
        if _NAME[self.slag] not in self.namn.values():
            self.huvud.note(
                self.head[0],
                "kolumn-saknas",
                f'Kolumnen "{_NAME[self.slag]}" saknas.',
                f'Lägg till en kolumn med rubriken "{_NAME[self.slag]}" före årtalen.',
            )
        self._check_years()

    @property
    def ar(self) -> list[int]:
        return sorted({kolumn.ar for kolumn in self.years.values()})

    def _check_years(self) -> None:
        columns = list(self.years.values())
        for before, after in itertools.pairwise(columns):
            if any(after.ar == c.ar for c in columns[: columns.index(after)]):
                kod, text, help_text = "ar-tva-ganger", f"År {after.ar} finns två gånger.", "Ta bort den ena kolumnen."
            elif after.ar < before.ar:
                kod, text = "ar-i-oordning", f"År {after.ar} står efter {before.ar}."
                help_text = "Ställ åren i ordning, det äldsta först."
            elif self.slag == "compstat" and after.ar > before.ar + 1:
                missing = [str(ar) for ar in range(before.ar + 1, after.ar)]
                kod, text = "ar-saknas", f"År {lista(missing)} saknas mellan {before.ar} och {after.ar}."
                help_text = "Lägg till kolumnen, med .. i de rader som saknar siffra."
            else:
                continue
            self.huvud.note(after.cell, kod, text, help_text)

    def row(self, row: tuple[Cell, ...]) -> Serie | None:
        """The series of a row; faults are noted, and None is given when it has no name."""
        words = {name: row[i].text for i, name in self.namn.items() if i < len(row)}
        name = words.get(_NAME[self.slag], "")
        if not name:
            first = next(cell for cell in row if cell.text)
            self.huvud.note(first, "namn-saknas", "Raden har inget namn.", "Skriv vad siffrorna gäller.")
            return None
        nyckel = Serienyckel(
            words.get("omrade", ""), words.get("grupp", ""), name, words.get("kon", ""), words.get("arskurs", "")
        )
        if nyckel.folded in self.seen:
            self.huvud.note(
                row[0],
                "rad-tva-ganger",
                f"{nyckel.text} finns redan på rad {self.seen[nyckel.folded].rad}.",
                "Ta bort den ena raden, eller skilj dem åt med grupp eller omrade.",
            )
        self.seen.setdefault(nyckel.folded, row[0].plats)
        for cell in row[len(self.head) :]:
            if cell.text:
                self.huvud.note(
                    cell,
                    "cell-utan-ar",
                    f'"{cell.text}" står utanför tabellen: kolumnen har inget årtal.',
                    "Skriv årtalet överst i kolumnen, eller ta bort cellen.",
                )
        values = {k.ar: self._value(row[i], nyckel) if i < len(row) else None for i, k in self.years.items()}
        places = {k.ar: row[i].plats for i, k in self.years.items() if i < len(row)}
        return Serie(nyckel, values, places, row[0].plats, self._code(row))

    def _code(self, row: tuple[Cell, ...]) -> str:
        column = next((i for i, name in self.namn.items() if name == "brottskod"), None)
        cell = row[column] if column is not None and column < len(row) else None
        if cell is None or not cell.text:
            return ""
        if not re.fullmatch(r"[0-9]{4}", cell.text):
            lost = re.fullmatch(r"[0-9]{1,3}", cell.text)
            self.huvud.note(
                cell,
                "ogiltig-brottskod",
                f'Brottskoden "{cell.text}" har inte fyra siffror.',
                f"Skriv {cell.text.zfill(4)}; kalkylprogram tar bort nollor i början av tal."
                if lost
                else "Skriv de fyra siffrorna.",
            )
        return cell.text

    def _value(self, cell: Cell, nyckel: Serienyckel) -> float | None:
        found = read_number(cell.text)
        if found == "saknas":
            return None
        if found is None:
            self._wrong(cell, "inget-tal", f'"{cell.text}" är inget tal.', "Skriv talet, eller .. om det saknas.")
            return None
        value, counted = found.varde, self.enhet != "procent" or fold(nyckel.namn).startswith("antal")
        if found.procent and counted:
            self._wrong(cell, "procent-dar-antal-vantas", "Här väntas ett antal, inte procent.", "Skriv antalet.")
        elif value < 0:
            self._wrong(cell, "negativt-tal", "Talet är negativt.", "Skriv ett tal som är noll eller större.")
        elif counted and found.decimaler:
            self._wrong(
                cell,
                "decimaler-i-antal",
                "Ett antal kan inte ha decimaler.",
                "Skriv ett heltal. En punkt är här decimaltecken; tusental skiljs åt med blanksteg.",
            )
        elif not counted and value > 100:
            self._wrong(cell, "over-hundra", "En andel kan inte vara över 100 procent.", "Rätta siffran.")
        elif value > _LARGEST:
            self._wrong(cell, "for-stort-tal", "Talet är orimligt stort.", "Rätta siffran.")
        else:
            return value
        return None

    def _wrong(self, cell: Cell, kod: str, text: str, help_text: str) -> None:
        self.huvud.note(cell, kod, text, help_text)


def check_file_name(tabell: Tabell) -> Iterator[Problem]:
    """The name of a compstat file says the year and month that its figures go to; it must say the same as the file."""
    if tabell.period is None or tabell.rutnat is None or not tabell.ar:
        return
    name = tabell.fil.rpartition("/")[2]
    right = f"{tabell.sista_ar}-{tabell.period.manad:02}"
    found = _FILE_NAME.fullmatch(name)
    if found is None:
        yield tabell.rutnat.problem(
            None,
            "fel-filnamn",
            "Filens namn ska säga vilket år och vilken månad siffrorna sträcker sig till.",
            f"Döp om filen till {right}.csv.",
        )
    elif f"{found[1]}-{found[2]}" != right:
        yield tabell.rutnat.problem(
            None,
            "fel-period",
            f"Filens namn säger {found[1]}-{found[2]}, men tabellen gäller {tabell.period} {tabell.sista_ar}.",
            f"Döp om filen till {right}.csv, eller rätta perioden i filen.",
        )


def check_sums(tabell: Tabell) -> Iterator[Problem]:
    """A group's sum row is the sum of its rows, unless the file itself records that the source disagrees."""
    recorded = {fold(note.var) for note in tabell.avvikelser}
    for total in tabell.serier:
        if not total.is_sum or tabell.rutnat is None:
            continue
        parts = [s for s in tabell.serier if not s.is_sum and s.nyckel[:2] == total.nyckel[:2]]
        for ar, stated in total.varden.items():
            values = [part.varden.get(ar) for part in parts]
            if stated is None or not values or any(v is None for v in values):
                continue
            counted = sum(v for v in values if v is not None)
            if counted == stated or fold(sum_name(total, ar)) in recorded:
                continue
            yield tabell.rutnat.problem(
                find_cell(tabell.rutnat.tabell, total.platser.get(ar)),
                "fel-summa",
                f"Summan stämmer inte: raderna {'i ' + total.nyckel.grupp if total.nyckel.grupp else 'ovanför'} blir "
                f"{counted:.0f} för {ar}, men här står {stated:.0f}.",
                f"Rätta den siffra som är fel. Stämmer båda med källan: lägg till raden avvikelse;"
                f"{sum_name(total, ar)};vad som skiljer.",
            )


def sum_name(total: Serie, ar: int) -> str:
    """How a sum's cell is named where a deviation is recorded: 'Summa Hushåll 2021'."""
    return " ".join(filter(None, (total.nyckel.namn, total.nyckel.omrade, total.nyckel.grupp, str(ar))))


def find_cell(rows: Sequence[tuple[Cell, ...]], place: Plats | None) -> Cell | None:
    """The cell at a place."""
    return next((cell for row in rows for cell in row if cell.plats == place), None)
