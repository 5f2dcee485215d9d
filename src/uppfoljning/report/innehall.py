"""The sections of the report in their order, and those that page one leads to."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.report.grundvy import Lankvy
from uppfoljning.report.words import clean
from uppfoljning.underlag import Underlag

SHORTCUTS = (
    Lankvy("motet", "mötets ordning"),
    Lankvy("andrat", "det som har ändrats"),
    Lankvy("parter", "parternas åtaganden"),
    Lankvy("statistik", "statistiken"),
    Lankvy("kvalitet", "uppföljningens kvalitet"),
    Lankvy("metod", "metoden"),
)
"""What a reader of page one is most likely to look for."""


def contents(underlag: Underlag, *, stangt: bool = False) -> Iterator[Lankvy]:
    """Every section, with the headings that the template gives them; ``stangt``: closed quarters have changed."""
    yield Lankvy("motet", "Mötets ordning")
    yield Lankvy("fragor", "Frågor till aktörerna")
    yield Lankvy("andrat", "Det här har ändrats")
    if stangt:
        yield Lankvy("stangt", "Ändrat efter stängning")
    yield Lankvy("beslut", "Beslut: väntande och avgjorda")
    for huvudomrade in underlag.huvudomraden:
        yield Lankvy(f"huvudomrade-{huvudomrade.id.lower()}", clean(huvudomrade.rubrik))
    yield Lankvy("parter", "Parternas åtaganden")
    yield Lankvy("statistik", "Statistik och enkäter")
    yield Lankvy("siffermetod", "Så läses siffrorna")
    yield Lankvy("svar", "Vem har svarat")
    yield Lankvy("oppet", "Det som är öppet, och våra tolkningar")
    yield Lankvy("kvalitet", "Uppföljningens kvalitet")
    yield Lankvy("fel", "Varningar om underlaget")
    yield Lankvy("metod", "Så är rapporten gjord")
    yield Lankvy("underlag", "Underlag och versioner")
    yield Lankvy("avstamd", "Avstämd av")
