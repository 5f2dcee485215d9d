"""Swedish for readers: dates, numbers, lists, plural, and the nearest word to a misspelt one."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

THIN_SPACE = "\u2009"
NO_BREAK_SPACE = "\u00a0"
_SPACES = str.maketrans(dict.fromkeys((NO_BREAK_SPACE, THIN_SPACE, "\u202f"), " "))
_FOLD = str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")


def datum(day: date) -> str:
    """'30 april 2022'."""
    return f"{day.day}{NO_BREAK_SPACE}{MANADER[day.month - 1]} {day.year}"


def dag_manad(day: date) -> str:
    """'30 april', where the year is known."""
    return f"{day.day}{NO_BREAK_SPACE}{MANADER[day.month - 1]}"


def datumspann(first: date, last: date) -> str:
    """'1 januari–31 mars 2022', with the year written once when it is the same."""
    if first.year == last.year:
        return f"{first.day}{NO_BREAK_SPACE}{MANADER[first.month - 1]}–{datum(last)}"
    return f"{datum(first)}–{datum(last)}"


def plain_spaces(text: str) -> str:
    """``text`` with ordinary spaces alone, for a terminal: so that it can be searched for what one types."""
    return text.translate(_SPACES)


def antal(number: int) -> str:
    """A whole number with thin spaces between thousands and a real minus sign."""
    digits = f"{abs(number):,}".replace(",", THIN_SPACE) if abs(number) >= 10_000 else str(abs(number))
    return f"−{digits}" if number < 0 else digits


def lista(words: Sequence[str], last: str = "och") -> str:
    """'a, b och c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_SMALL = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_ORDINALS = (
    "nollte",
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
)


def number_word(number: int, neuter: bool = False) -> str:
    """Numbers up to twelve as words ('ett' when ``neuter``), larger ones as figures."""
    if number == 1 and neuter:
        return "ett"
    return _SMALL[number] if 0 <= number < len(_SMALL) else antal(number)


def ordinal(number: int) -> str:
    """'första' … 'tolfte', then '13:e'."""
    if 0 <= number < len(_ORDINALS):
        return _ORDINALS[number]
    return f"{number}:{'a' if number % 10 in {1, 2} and number % 100 not in {11, 12} else 'e'}"


def plural(number: int, one: str, many: str) -> str:
    """'1 insats' or '4 insatser'."""
    return f"{antal(number)} {one if number == 1 else many}"


def capitalized(text: str) -> str:
    """``text`` with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """``text`` closed by a full stop where it has no end mark of its own."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", ":", ".”", '."')) else f"{text}."


def as_label(text: str) -> str:
    """A text before what belongs to it: with a colon, unless it asks."""
    return text if text.endswith("?") else f"{text.rstrip(':')}:"


def one_line(text: str) -> str:
    """A text without line breaks, and one blank where there were several."""
    return " ".join(text.split())


def shorten(text: str, length: int) -> str:
    """``text`` cut at a space to at most ``length`` characters, with an ellipsis where something was cut."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rstrip()
    head = cut.rpartition(" ")[0] if text[length - 1] != " " and " " in cut else cut
    return head.rstrip(" .,;:–") + "…"


def genitive(name: str) -> str:
    """A name with the ending of the genitive: 'Upplands-Bro kommuns', and 'Borås' as it is."""
    return name if name[-1:].lower() in {"s", "x", "z"} else f"{name}s"


def fold(word: str) -> str:
    """A word without case, diacritics and separators, for comparing what people write for the same name."""
    plain = unicodedata.normalize("NFKC", word).translate(_FOLD).casefold()
    return plain.replace("_", "").replace("-", "").replace(" ", "").strip("\"'”“’„")


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like ``word``, or None when none is like enough."""
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def suggest(word: str, candidates: Iterable[str], kind: str = "Tillåtna") -> str:
    """A sentence that helps after an unknown name: the nearest one, else the ones there are."""
    names = sorted(set(candidates))
    near = nearest(word, names)
    if near is not None:
        return f'Menade du "{near}"?'
    if not names:
        return ""
    shown = ", ".join(names[:20]) + (" med flera" if len(names) > 20 else "")
    return f"{kind}: {shown}."


MANADER = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
