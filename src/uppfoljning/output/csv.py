"""The report's figures as CSV, for the PDF's attachment: what the pages show, ready for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uppfoljning.report.views.figures import Statistikvy


class FiguresView(Protocol):
    """The view of a report that has figures."""

    @property
    def statistik(self) -> Statistikvy:
        """The figures."""


def as_csv(view: FiguresView) -> str:
    """The report's figures as CSV for spreadsheets: a line per value, semicolons, exactly as the pages show them.

    A spreadsheet would run a text that begins as a formula does, so such a text gets an apostrophe first.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(("tabell", "grupp", "rad", "kolumn", "varde", "bedomning"))
    for tabell in view.statistik.tabeller:
        for grupp in tabell.grupper:
            for rad in grupp.rader:
                cells = [*zip(tabell.ar, rad.varden, strict=True)]
                cells += [
                    (name, v) for name, v in ((tabell.jamforelse, rad.jamforelse), (tabell.vantat, rad.vantat)) if name
                ]
                for column, value in cells:
                    row = (tabell.rubrik, grupp.rubrik, rad.namn, column, value, rad.bedomning)
                    writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + target.getvalue()


def _harmless(text: str) -> str:
    plain = text.replace("\u2009", " ").replace("\u00a0", " ")
    return (
        f"'{plain}"
        if plain.startswith(("=", "+", "@", "＝", "＋", "＠", "－")) or (plain.startswith("-") and len(plain) > 1)
        else plain
    )
