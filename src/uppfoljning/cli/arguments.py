"""What is given on the command line, read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from uppfoljning.errors import UsageError
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.text.swedish import lista, suggest

if TYPE_CHECKING:
    from uppfoljning.output.formats import Format

FORMAT_OPTIONS: dict[Format, str] = {"html": "--html", "docx": "--word"}
"""What asks for a format of a report other than PDF."""


def check_format(value: str, allowed: tuple[str, ...]) -> None:
    """Raises :class:`UsageError` for an unknown output format."""
    if value not in allowed:
        raise UsageError(f'Formatet "{value}" finns inte. {suggest(value, allowed, "Formaten är")}')


def choose_format(asked: Sequence[Format]) -> Format:
    """The format of a report, PDF unless another is asked for. Raises :class:`UsageError` for more than one."""
    if len(asked) > 1:
        options = lista([FORMAT_OPTIONS.get(code, f"--{code}") for code in asked])
        raise UsageError(f"{options} går inte ihop. Kör kommandot en gång för varje.")
    return asked[0] if asked else "pdf"


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


def parse_half_year(text: str | None) -> Halvar | None:
    """A half-year given on the command line. Raises :class:`UsageError` when it can't be read as one."""
    if text is None:
        return None
    found = Halvar.parse(text)
    if found is None:
        kvartal = Kvartal.parse(text)
        instead = f"{kvartal} är ett kvartal. Skriv {Halvar.of(kvartal.start)}." if kvartal is not None else ""
        raise UsageError(instead or f'"{text}" är inget halvår. Skriv till exempel 2022-H1.')
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
