"""Whether a text says a number, a day or a name: patterns for how one may write it, in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from uppfoljning.text.swedish import MANADER, antal, fold, number_word, plain_spaces, spelled

_FORMER = re.compile(r"\b(?:förut|tidigare|i stället för|istället för|från)\s+(?:minst\s+)?[^\s,.;]+")
_UNTIL = r"(?:utgången av|slutet av|senast|till och med|till|årsskiftet)\s+(?:\w+\s+)?"
_OFTEN = r"gång\w*|per (?:år|kvartal|månad)|om året|i kvartalet|i månaden|varje (?:år|kvartal|månad)"


def without_former(text: str) -> str:
    """A text in small letters without what it says that something was: 'fyra, förut sex' says four."""
    return _FORMER.sub(" ", plain_spaces(text).casefold())


def any_of(forms: Iterable[str]) -> str:
    """One of several texts as whole words; an s may end it."""
    return rf"(?<!\w)(?:{'|'.join(re.escape(plain_spaces(form).casefold()) for form in forms)})s?(?!\w)"


def beginning(code: str) -> str:
    """A word that begins as a code without å, ä and ö does: 'lopande' is 'löpande', 'ar' is 'år' and 'året'."""
    letters = {"a": "[aåä]", "o": "[oö]"}
    if fold(code) == "ar":
        return r"(?<!\w)år(?:et|ligen)?(?!\w)"
    return rf"(?<!\w){''.join(letters.get(letter, letter) for letter in code)}"


def number_of(number: int, unit: str) -> str:
    """A number with its unit, before how often, or after a word for the aim; no day, paragraph or article."""
    forms = {str(number), antal(number), number_word(number), number_word(number, neuter=True), spelled(number)}
    one = "|".join(re.escape(plain_spaces(form).casefold()) for form in sorted(forms))
    stem = re.escape(unit[: max(len(unit) - 2, 3)].casefold())
    with_unit = rf"(?<![\w§])(?:{one})(?:\s+\w+){{0,2}}?\s+(?:{stem}\w*|{_OFTEN})"
    return rf"{with_unit}|(?<!\w)(?:mål|antal)\w*[^.]*?(?<![\w§])(?:{one})(?!\w)"


def day_of(day: date, text: str, *, year_alone: bool) -> str:
    """A day as stated, in full or as figures; its year alone where that will do and the text says until when."""
    month = MANADER[day.month - 1]
    forms = [text, f"{day.day} {month} {day.year}", day.isoformat(), f"{day.day}:e {month} {day.year}"]
    return any_of(forms) + (rf"|{_UNTIL}{day.year}" if year_alone else "")
