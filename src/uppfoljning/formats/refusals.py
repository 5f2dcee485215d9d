"""What the readers of different formats share: refusals as values, clean text of a cell, and numbers as text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.decode import CONTROL
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem

PASTE = "Kopiera tabellen i programmet och klistra in den: skriv - i stället för filens namn."
"""The way that is always open, whatever the file turned out to be."""

_INVISIBLE = re.compile(f"{CONTROL.pattern}|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def refuse(fil: str, kod: str, meddelande: str, atgard: str, cell: str = "") -> Problem:
    """A refusal of the file, or of a cell in it, with personal data masked."""
    return Problem(Plats(fil, cell=mask(cell)), kod, mask(meddelande), mask(atgard))


def too_large(fil: str) -> Problem:
    """The refusal of a table with more cells than are read."""
    return refuse(
        fil,
        "for-stor-tabell",
        f"Tabellen är för stor: högst {MAX_ROWS} rader, {MAX_COLUMNS} kolumner och {MAX_CELLS} celler läses.",
        "Ta bort det som inte hör till tabellen, eller dela upp den i flera filer.",
    )


def clean(text: str) -> str:
    """A cell's text with single spaces, without characters that can't be seen and with its letters as one character."""
    return nfc(" ".join(_INVISIBLE.sub("", " ".join(text.split())).split()))


def number_text(value: float | str, factor: int = 1, decimals: int | None = None) -> str:
    """A number as Swedish text: '43', '17,25'. Fifteen digits count, as in a spreadsheet, so no noise is left.

    ``factor`` is 100 for a share shown in percent; ``decimals`` rounds as the spreadsheet shows it.
    """
    try:
        with localcontext() as context:
            context.prec = 40
            number = Decimal(f"{float(value):.15g}") * factor
            if not number.is_finite():
                return str(value)
            if decimals is not None:
                number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
            text = f"{number:f}"
    except (InvalidOperation, ValueError, OverflowError):
        return str(value)
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace(".", ",")


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
