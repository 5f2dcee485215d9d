"""A section of a report as one value. Order, contents, shortcuts and the pages in the margin are made from it.

What stands here is shared by the reports, or named in one of their texts; ``kvartal/sections.py`` and
``halvar/sections.py`` are the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from uppfoljning.report.views.base import Dokumentvy, Lankvy

_Vy = TypeVar("_Vy", bound=Dokumentvy)


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section: its anchor, its heading, the template that prints it, and what of the view is printed.

    ``vy`` is None where the report at hand has no such section. ``genvag`` names it among the ways at the head of the
    report, ``sida`` among the pages in the margin of page one; it is left out where they are empty. ``under`` are
    headings inside it that have rows of their own in the contents. A box of page one has a heading but no anchor.
    """

    ankare: str
    rubrik: str
    mall: str
    vy: object = None
    genvag: str = ""
    sida: str = ""
    under: tuple[Lankvy, ...] = ()

    def of(self, vy: object) -> Avsnitt:
        """The same section with what it prints."""
        return replace(self, vy=vy)


@dataclass(frozen=True, slots=True)
class Rapportdel:
    """Sections that stand together: ``mall`` prints them in their order, in an element of the class ``klass``."""

    avsnitt: tuple[Avsnitt, ...]
    klass: str = ""
    mall: str = "del.html.j2"

    @property
    def finns(self) -> bool:
        """Whether the report at hand has any of them."""
        return any(a.vy is not None for a in self.avsnitt)


MOTET = Avsnitt("motet", "Mötets ordning", "motet.html.j2", genvag="mötets ordning", sida="mötet")
FRAGOR = Avsnitt("fragor", "Frågor till aktörerna", "fragor.html.j2")
ANDRAT = Avsnitt("andrat", "Det här har ändrats", "andrat.html.j2", genvag="det som har ändrats", sida="ändringarna")
STANGT = Avsnitt("stangt", "Ändrat efter stängning", "stangt.html.j2")
BESLUT = Avsnitt("beslut", "Beslut: väntande och avgjorda", "beslut.html.j2")
FORSLAG = Avsnitt("forslag", "Förslag till beslut", "forslag.html.j2")
LAGE = Avsnitt("lage", "Läget per huvudområde", "lage.html.j2")
SAMRAD = Avsnitt("samrad", "Underlag för samråd om förlängning", "samrad.html.j2")
LARDOMAR = Avsnitt("lardomar", "Det här har vi lärt oss", "lardomar.html.j2")
PARTER = Avsnitt("parter", "Parternas åtaganden", "parter.html.j2")
STATISTIK = Avsnitt("statistik", "Statistik och enkäter", "siffror.html.j2", genvag="statistiken", sida="statistiken")
SIFFERMETOD = Avsnitt("siffermetod", "Så läses siffrorna", "siffermetod.html.j2")
METOD = Avsnitt("metod", "Så är rapporten gjord", "fakta.html.j2", genvag="metoden", sida="metoden")
UNDERLAG = Avsnitt("underlag", "Underlag och versioner", "fakta.html.j2")


def present(delar: Iterable[Rapportdel]) -> Iterator[Avsnitt]:
    """The sections that the report at hand has, in their order."""
    return (a for part in delar for a in part.avsnitt if a.vy is not None and a.ankare)


def with_ways(vy: _Vy, delar: Iterable[Rapportdel]) -> _Vy:
    """The view with its contents and its shortcuts, made of its sections."""
    there = tuple(present(delar))
    return replace(
        vy,
        innehall=tuple(link for a in there for link in (Lankvy(a.ankare, a.rubrik), *a.under)),
        vagar=tuple(Lankvy(a.ankare, a.genvag) for a in there if a.genvag),
    )
