"""The part of the report view that shows figures: indicators, tables, charts and how they are read."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.views.base import Faktavy


@dataclass(frozen=True, slots=True)
class Indikatorsvy:
    """What a huvudområde's indicators say, gathered by verdict. ``tydlig``: something has clearly changed."""

    etikett: str
    text: str
    tydlig: bool


@dataclass(frozen=True, slots=True)
class Punktvy:
    """A point of a chart. ``kod``: tidigare, innanfor or utanfor (the expected range)."""

    x: str
    y: str
    kod: str


@dataclass(frozen=True, slots=True)
class Diagramvy:
    """A small chart, in units of its own. ``titel`` says the finding: it is all that a screen reader gets.

    ``spann`` is the expected range, at the year it judges; ``osakerhet`` the interval of a share; ``avbrott`` and
    ``tomma`` are the places of a series break and of years without a survey.
    """

    titel: str
    bredd: str
    hojd: str
    baslinje: str
    linjer: tuple[str, ...]
    punkter: tuple[Punktvy, ...]
    spann: tuple[tuple[str, str, str, str], ...]
    osakerhet: tuple[tuple[str, str, str], ...]
    avbrott: tuple[str, ...]
    tomma: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sifferradvy:
    """A row of figures: a value per year, another area's, the expected range, a chart and one verdict in words.

    ``bedomd`` is the position among ``varden``, from 1, of the value that is judged.
    """

    namn: str
    tillagg: tuple[str, ...]
    varden: tuple[str, ...]
    bedomd: int
    jamforelse: str
    vantat: str
    diagram: Diagramvy | None
    bedomning: str
    tydlig: bool
    summa: bool


@dataclass(frozen=True, slots=True)
class Siffergruppvy:
    """The rows of a group; without a heading where the table has no groups."""

    rubrik: str
    rader: tuple[Sifferradvy, ...]


@dataclass(frozen=True, slots=True)
class Siffertabellvy:
    """A table of figures. ``vantat`` and ``jamforelse`` are the headings of columns that not every table has."""

    slag: str
    ankare: str
    rubrik: str
    ingress: str
    diagramtext: str
    ar: tuple[str, ...]
    jamforelse: str
    vantat: str
    kolumner: int
    grupper: tuple[Siffergruppvy, ...]
    fot: str


@dataclass(frozen=True, slots=True)
class Statistikvy:
    """All figures, what is missing, how they are read, and what is wrong or doubtful in the sources."""

    sammanfattning: str
    lasning: tuple[Faktavy, ...]
    tabeller: tuple[Siffertabellvy, ...]
    fynd: tuple[Faktavy, ...]
    metod: tuple[Faktavy, ...]
    noter: tuple[Faktavy, ...]
