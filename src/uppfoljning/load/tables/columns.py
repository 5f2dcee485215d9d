"""The row of headings in a file of figures: which column holds what, and which years there are."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uppfoljning.formats.grid import Cell
from uppfoljning.load.tables.head import Huvud
from uppfoljning.model.tabell import KOLUMNER, NAMNKOLUMN
from uppfoljning.text.numbers import read_year
from uppfoljning.text.swedish import fold, lista, nearest, suggest

_DIFFERENCE = re.compile(
    r"^\+/[-−–]$|±|\butv|förändr|forandr|ändring|diff|skillnad|%|procent|^\D{0,12}(?:[0-9]{2}|[0-9]{4})\s*[-–/]\s*[0-9]{2,4}$",
    re.IGNORECASE,
)


class Arskolumn(NamedTuple):
    """A column of a year's values."""

    ar: int
    cell: Cell


@dataclass
class Kolumner:
    """The columns below one row of headings, by their place; what is wrong with the row is noted in the head.

    ``ar_sakra``: no heading makes it doubtful which the last year is.
    """

    huvud: Huvud
    rad: tuple[Cell, ...]
    namn: dict[int, str] = field(default_factory=dict)
    arskolumner: dict[int, Arskolumn] = field(default_factory=dict)
    preliminara: set[int] = field(default_factory=set)
    ar_sakra: bool = True

    def __post_init__(self) -> None:
        self.namnkolumn = NAMNKOLUMN[self.huvud.slag]
        unknown = [cell for place, cell in enumerate(self.rad) if not self._take(place, cell)]
        if not self.har_namn:
            unknown = self._note_missing(unknown)
        for cell in unknown:
            self._note_unknown(cell)
        self._check_years()

    @property
    def ar(self) -> list[int]:
        """The years, oldest first."""
        return sorted({kolumn.ar for kolumn in self.arskolumner.values()})

    @property
    def har_namn(self) -> bool:
        """Whether there is a column that says what each row is about."""
        return self.namnkolumn in self.namn.values()

    def plats(self, namn: str) -> int | None:
        """Which column has a heading; None when none has."""
        return next((place for place, name in self.namn.items() if name == namn), None)

    def _take(self, place: int, cell: Cell) -> bool:
        """Whether a heading could be used; one that stands twice is noted."""
        year, name = read_year(cell.text), fold(cell.text)
        if year is not None:
            self.arskolumner[place] = Arskolumn(year[0], cell)
            self.preliminara |= {year[0]} if year[1] else set()
        elif name not in KOLUMNER[self.huvud.slag]:
            return False
        elif name in self.namn.values():
            self.huvud.note(cell, "dubbel-kolumn", f'Kolumnen "{cell.text}" finns två gånger.', "Ta bort den ena.")
        else:
            self.namn[place] = name
        return True

    def _note_missing(self, unknown: list[Cell]) -> list[Cell]:
        """Note that the column of names is missing; the unknown headings that are left to be told."""
        wanted = self.namnkolumn
        near = next((c for c in unknown if nearest(c.text, [wanted])), None)
        blank = next((c for c in unknown if not c.text), None)
        if near is not None:
            text = f'Kolumnen "{near.text}" är okänd, och "{wanted}" saknas.'
            self.huvud.note(near, "kolumn-saknas", text, f'Menade du "{wanted}"?')
        elif blank is not None:
            self.huvud.note(
                blank, "kolumn-saknas", f'Kolumnen "{wanted}" saknas.', f'Skriv "{wanted}" som rubrik över namnen.'
            )
        else:
            help_text = f'Lägg till en kolumn med rubriken "{wanted}" före årtalen.'
            self.huvud.note(self.rad[0], "kolumn-saknas", f'Kolumnen "{wanted}" saknas.', help_text)
        return [cell for cell in unknown if cell not in {near, blank}]

    def _note_unknown(self, cell: Cell) -> None:
        text = f'Kolumnen "{cell.text}" är okänd.' if cell.text else "En kolumn har ingen rubrik."
        if _DIFFERENCE.search(cell.text):
            self.huvud.note(cell, "okand-kolumn", text, "Ta bort kolumnen; skillnader räknas ut av verktyget.")
            return
        self.ar_sakra = False
        left = [name for name in KOLUMNER[self.huvud.slag] if name not in self.namn.values()]
        if re.fullmatch("[0-9]{4}", cell.text):
            text, help_text = f"{cell.text} kan inte vara rätt årtal.", "Rätta årtalet."
        elif not cell.text:
            help_text = "Skriv rubriken, eller ta bort kolumnen."
        else:
            help_text = suggest(cell.text, left, "Här får stå ett årtal eller") or "Ta bort kolumnen."
        self.huvud.note(cell, "okand-kolumn", text, help_text)

    def _check_years(self) -> None:
        columns = list(self.arskolumner.values())
        years = [column.ar for column in columns]
        doubled = [ar for ar, number in Counter(years).items() if number > 1]
        if doubled or years != sorted(years):
            self.ar_sakra = False
        missing = self._missing()
        if len(doubled) == len(missing) == 1 and years.count(doubled[0]) == 2:
            self._note_wrong_year(columns, doubled[0], missing[0])
            return
        for ar in doubled:
            again = [column.cell for column in columns if column.ar == ar][1]
            self.huvud.note(
                again,
                "ar-tva-ganger",
                f"År {ar} finns två gånger.",
                "Ta bort den ena kolumnen, eller rätta årtalet.",
            )
        if not doubled:
            self._note_order(columns)
        self._note_gaps(columns, missing)

    def _missing(self) -> list[int]:
        """The years between the first and the last without a column; surveys aren't made every year."""
        if self.huvud.slag != "compstat" or not self.ar:
            return []
        return [ar for ar in range(self.ar[0], self.ar[-1]) if ar not in self.ar]

    def _note_wrong_year(self, columns: Sequence[Arskolumn], doubled: int, missing: int) -> None:
        first, second = (column.cell for column in columns if column.ar == doubled)
        self.huvud.note(
            first if missing < doubled else second,
            "ar-tva-ganger",
            f"{doubled} finns två gånger och {missing} saknas.",
            "Rätta årtalet.",
        )

    def _note_order(self, columns: Sequence[Arskolumn]) -> None:
        pairs = list(itertools.pairwise(columns))
        wrong = [(before, after) for before, after in pairs if after.ar < before.ar]
        if not wrong:
            return
        before, after = wrong[0]
        text = f"År {after.ar} står efter {before.ar}."
        if len(wrong) == len(pairs) > 1:
            text = "Åren står i omvänd ordning."
        self.huvud.note(after.cell, "ar-i-oordning", text, "Ställ åren i ordning, det äldsta först.")

    def _note_gaps(self, columns: Sequence[Arskolumn], missing: Sequence[int]) -> None:
        for before, after in itertools.pairwise(sorted(columns, key=lambda column: column.ar)):
            gap = [str(ar) for ar in missing if before.ar < ar < after.ar]
            if gap:
                self.huvud.note(
                    after.cell,
                    "ar-saknas",
                    f"År {lista(gap)} saknas mellan {before.ar} och {after.ar}.",
                    "Lägg till kolumnen, med .. i de rader som saknar siffra.",
                )
