"""Figures as they were read: a table per file, a series per row, a value per year. What they mean comes later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from uppfoljning.formats.grid import Rutnat
from uppfoljning.model.period import Ackumulerat, Tidpunkt
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import fold

Tabellslag = Literal["compstat", "enkat"]
Enhet = Literal["antal", "procent", "rang"]

SUMMA = "Summa"
SVARANDE = "Antal svarande"
"""The name of a survey's row that says how many answered."""
ABOUT_THE_SURVEY = (SVARANDE, "Antal tillfrågade", "Svarsandel")
"""Rows that tell of a survey itself, as their sources call them."""
NAMNKOLUMN: dict[Tabellslag, str] = {"compstat": "brott", "enkat": "fraga"}
KOLUMNER: dict[Tabellslag, tuple[str, ...]] = {
    "compstat": ("omrade", "grupp", "brott", "brottskod"),
    "enkat": ("omrade", "grupp", "fraga", "kon", "arskurs"),
}
"""The columns of a file of figures but the years, and which of them says what a row is about."""


class Not(NamedTuple):
    """Something to know about a table: what it is about (may be empty), and what."""

    var: str
    text: str


class Serienyckel(NamedTuple):
    """What tells one series of a source from another. ``del_`` is a survey's group in words: 'pojkar, årskurs 9'."""

    omrade: str
    grupp: str
    namn: str
    kon: str = ""
    arskurs: str = ""

    @property
    def del_(self) -> str:
        """The group that the series is about: 'pojkar, åk 9'; empty for all."""
        return ", ".join(filter(None, (self.kon, self.arskurs)))

    @property
    def folded(self) -> Serienyckel:
        """The key as compared between files: without case, diacritics and separators."""
        return Serienyckel(*(fold(part) for part in self))

    @property
    def text(self) -> str:
        """The series in words, for messages."""
        return ", ".join(filter(None, (self.namn, self.del_, self.omrade)))


@dataclass(frozen=True, slots=True)
class Serie:
    """One row: its values by year (None: no value), and where each stands.

    Counts are whole numbers (antal anmälda brott), shares are per cent, ranks are 1 for the highest. ``dolda`` are the
    years whose value was taken out to protect individuals; of these, ``sma`` are those where it was itself a count
    below five, and the rest would have given such a count away.
    """

    nyckel: Serienyckel
    varden: Mapping[int, float | None]
    platser: Mapping[int, Plats] = field(default_factory=dict)
    plats: Plats | None = None
    kod: str = ""
    dolda: frozenset[int] = frozenset()
    sma: frozenset[int] = frozenset()
    jamford: Serienyckel = field(init=False, compare=False)
    """The key as compared between files."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "jamford", self.nyckel.folded)

    @property
    def is_sum(self) -> bool:
        """Whether the row is the sum of its group."""
        return self.jamford.namn in {"summa", "totalt", "total"}


@dataclass(frozen=True, slots=True)
class Tabell:
    """One file of figures, from one extract of one source.

    ``period`` is what a year's counts are added up over (compstat only). ``uttag``: when the figures were extracted.
    ``preliminara`` are the years whose figures may still change. ``hanvisning``: where they were taken from.
    """

    fil: str
    slag: Tabellslag
    kalla: str
    enhet: Enhet
    ar: tuple[int, ...]
    serier: tuple[Serie, ...]
    omrade: str = ""
    period: Ackumulerat | None = None
    uttag: Tidpunkt | None = None
    preliminara: frozenset[int] = frozenset()
    hanvisning: str = ""
    rubrik: str = ""
    rattelser: tuple[Not, ...] = ()
    anmarkningar: tuple[Not, ...] = ()
    avvikelser: tuple[Not, ...] = ()
    exempel: bool = False
    rutnat: Rutnat | None = None
    fel: bool = False

    @property
    def sista_ar(self) -> int:
        """The latest year that the table has a column for."""
        return self.ar[-1]

    @property
    def span(self) -> tuple[str, int, int] | None:
        """(source, last year, last month): what two extracts of the same figures have in common."""
        return (self.kalla, self.sista_ar, self.period.manad) if self.period is not None else None

    @property
    def text(self) -> str:
        """All that the table says, as text that is the same for the same figures; for a checksum."""
        rows = sorted(f"{serie.nyckel} {sorted(serie.varden.items())}" for serie in self.serier)
        head = (self.slag, self.kalla, self.enhet, self.period, self.uttag, self.omrade, sorted(self.preliminara))
        told = (self.rubrik, self.hanvisning, self.exempel)
        return "\n".join([repr((head, told)), repr((self.rattelser, self.anmarkningar, self.avvikelser)), *rows])

    def by_key(self) -> dict[tuple[str, ...], Serie]:
        """The series by their folded keys."""
        return {serie.jamford: serie for serie in self.serier}


def newest_first(tabeller: Iterable[Tabell]) -> list[Tabell]:
    """Extracts of the same figures, the latest first; one without a date is taken for the oldest."""
    return sorted(tabeller, key=lambda t: (t.uttag.till.isoformat() if t.uttag else "", t.fil), reverse=True)


def plain_area(name: str) -> str:
    """An area's name as compared: 'Exempelköpings kommun' and 'Exempelköping' are the same."""
    return fold(name).removesuffix("kommun").removesuffix("s")


def same_area(one: str, other: str) -> bool:
    """Whether two names are of the same municipality: 'Upplands-Bro' and 'Upplands-Bro kommun' are."""
    return plain_area(one) == plain_area(other)


def counts_things(enhet: Enhet, namn: str) -> bool:
    """Whether a row holds whole numbers: counts, places in a ranking, or how many answered a survey."""
    return enhet != "procent" or fold(namn).startswith("antal")
