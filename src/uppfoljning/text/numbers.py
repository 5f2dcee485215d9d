"""Numbers as people write them in tables → values. Pure; what can't be read as a number is None, never a guess.

Thousands with a space of any width, decimal comma, three kinds of minus, '.', '..', '–' or nothing for no value, and a
footnote's mark after the number.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

NO_VALUE = frozenset({"", ".", "..", "...", "…", "-", "–", "—", "−", "‑", "x", "X", "n/a", "N/A", "uppgift saknas"})

_SPACES = "\u0020\u00a0\u2009\u202f\u2007\u2008"
_MINUS = "-−‑–"
_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_FOOTNOTE = re.compile(rf"\s*(?:[{_SUPERSCRIPT}]\)?|\*\)?|\s\(?[1-9]\)|[\[(][1-9a-e][\])])+$")
_LONGEST_FOOTNOTE = 40
_NUMBER = re.compile(
    rf"(?P<minus>[{_MINUS}])?\+?[{_SPACES}]?(?P<heltal>[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)"
    rf"(?:[,.](?P<decimaler>[0-9]+))?(?P<procent>[{_SPACES}]?(?:%|procent))?"
)
_MARKED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:['’][0-9]{3})+")
_YEAR = re.compile(
    rf"(?:år\s+)?(?P<ar>(?:19|20)[0-9]{{2}})\s*(?P<prel>\(?\s*(?:prel(?:iminär[at]?)?\.?|p)\s*\)?)?"
    rf"\s*(?:[{_SUPERSCRIPT}]+\)?|\*+\)?|\s?[1-9]\))?",
    re.IGNORECASE,
)


class Tal(NamedTuple):
    """A number as read: its value, how many decimals it was written with, and whether a percent sign followed."""

    varde: float
    decimaler: int = 0
    procent: bool = False


Lasning = Tal | Literal["saknas"] | None


def read_number(text: str) -> Lasning:
    """A :class:`Tal`, ``"saknas"`` for a cell that says there is no value, or None for what is no number."""
    text = text.strip()
    if text in NO_VALUE:
        return "saknas"
    found = _NUMBER.fullmatch(strip_footnote(text))
    if found is None:
        return None
    whole = re.sub(rf"[{_SPACES}]", "", found["heltal"])
    decimals = found["decimaler"] or ""
    if len(whole) > 15:
        return None
    value = float(f"{whole}.{decimals or 0}")
    return Tal(-value if found["minus"] else value, len(decimals), found["procent"] is not None)


def has_thousand_marks(text: str) -> bool:
    """Whether thousands seem to be set apart by points, commas or apostrophes: '1.416.280'. Such are never guessed."""
    return _MARKED.fullmatch(strip_footnote(text.strip()).lstrip(_MINUS)) is not None


def strip_footnote(text: str) -> str:
    """A cell's text without a footnote's mark at its end: '43¹', '43*' and '43 1)' are 43."""
    head, tail = text[:-_LONGEST_FOOTNOTE], text[-_LONGEST_FOOTNOTE:]
    return (head + _FOOTNOTE.sub("", tail)).rstrip() or text


def plain_number(value: float) -> str:
    """A number as it is written in a file: no spaces, a decimal comma, no noise of binary fractions."""
    return f"{value:.10g}".replace(".", ",")


def one_decimal(value: float) -> str:
    """A number with one decimal, or none where that is zero: '2.5', '3'."""
    return f"{value:.1f}".removesuffix(".0")


def read_year(text: str) -> tuple[int, bool] | None:
    """The year that a heading names, and whether it says that its figures are preliminary; None for no year."""
    found = _YEAR.fullmatch(text.strip())
    return None if found is None else (int(found["ar"]), found["prel"] is not None)
