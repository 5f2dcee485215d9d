"""What is given on the command line, read."""

from __future__ import annotations

from datetime import date, datetime

from uppfoljning.errors import UsageError
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.text.swedish import suggest


def check_format(value: str, allowed: tuple[str, ...]) -> None:
    """Raises :class:`UsageError` for an unknown output format."""
    if value not in allowed:
        raise UsageError(f'Formatet "{value}" finns inte. {suggest(value, allowed, "Formaten är")}')


def parse_period(text: str | None) -> Kvartal | None:
    """A quarter given on the command line. Raises :class:`UsageError` when it can't be read as one."""
    if text is None:
        return None
    found = Kvartal.parse(text)
    if found is None:
        half = Halvar.parse(text)
        if half is not None:
            last = Kvartal.of(half.slut)
            raise UsageError(f"{half} är ett halvår. Skriv ett kvartal, till exempel {last}, eller kör halvar {half}.")
        raise UsageError(f'"{text}" är inget kvartal. Skriv till exempel 2022-K1.')
    return found


def parse_per(text: str | None) -> date | None:
    """A reference date given on the command line. Raises :class:`UsageError` when it is none."""
    if text is None:
        return None
    try:
        if len(text) != len("2022-04-30"):
            raise ValueError
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(f'"{text}" är inget datum. Skriv ÅÅÅÅ-MM-DD, till exempel 2022-04-30.') from None
