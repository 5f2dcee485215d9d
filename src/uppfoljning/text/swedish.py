"""Swedish for readers: dates, numbers, lists, plural, and the nearest word to a misspelt one."""

from __future__ import annotations

import difflib
import re
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


_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")


def spelled(number: int) -> str:
    """A number below a hundred in letters, as one may write it; larger ones as figures."""
    if number < len(_SMALL):
        return number_word(number)
    if number < 20:
        return _TEENS[number - 13]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (_SMALL[ones] if ones else "")
    return antal(number)


def ordinal(number: int) -> str:
    """'första' … 'tolfte', then '13:e'."""
    if 0 <= number < len(_ORDINALS):
        return _ORDINALS[number]
    return f"{number}:{'a' if number % 10 in {1, 2} and number % 100 not in {11, 12} else 'e'}"


def plural(number: int, one: str, many: str) -> str:
    """'1 insats' or '4 insatser'."""
    return f"{antal(number)} {one if number == 1 else many}"


_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|mailto:|www\.|[^\s@]+@[^\s@]+\.\w|(?:[\w-]+[/\\])*[\w-]{2,}(?:\.[\w-]+)*\.[a-z][a-z0-9]+\b)"
)
"""What an address, a mail address or the name of a file begins as: its letters are its own, also first in a text."""


def capitalized(text: str) -> str:
    """``text`` with its first letter in upper case and the rest untouched. An address is as it is."""
    return text if _ADDRESS.match(text) else text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A text with its first letter small, for the middle of a sentence. 'EST' and an address are as they are."""
    return text if text[1:2].isupper() or _ADDRESS.match(text) else text[:1].lower() + text[1:]


_CLOSED = re.compile(r"[.!?…:][”\"’'»]*\Z")


def is_closed(text: str) -> bool:
    """Whether a text has an end mark of its own, also before a closing quotation mark."""
    return _CLOSED.search(text) is not None


def sentence(text: str) -> str:
    """``text`` closed by a full stop where it has no end mark of its own: another sentence may follow."""
    text = text.rstrip()
    return text if is_closed(text) else f"{text.rstrip(' ,;')}."


def as_label(text: str) -> str:
    """A text before what belongs to it: with a colon, unless it has an end mark of its own."""
    return text if is_closed(text) else f"{text}:"


def one_line(text: str) -> str:
    """A text without line breaks, and one blank where there were several."""
    return " ".join(text.split())


def shorten(text: str, length: int) -> str:
    """``text`` cut at a space to at most ``length`` characters, with an ellipsis where something was cut.

    Never beside a number, which belongs to what stands before and after it (250 000 kr, 3 av 12, nr 5) unless a mark
    parts them, and never after an abbreviation. A text with no other space is cut at its last one, and without any in
    its word.
    """
    if len(text) <= length:
        return text
    spaces = [at for at in (length - 1, *range(length - 3, 0, -1)) if text[at] == " "]
    end = next((at for at in spaces if may_cut(text, at)), spaces[0] if spaces else length - 1)
    return text[:end].rstrip(" .,;:–") + "…"


def cut_short(text: str, length: int) -> str:
    """``text`` in at most ``length`` characters, cut inside a word, as where columns line up, but beside no number."""
    at = length - 1
    beside = [*text[:at].split(" ")[-2:], *text[at:].split(" ")[:2]]
    if len(text) <= length or any(c.isdecimal() for word in beside for c in word):
        return shorten(text, length)
    return f"{text[:at]}…"


_BOUND_BEFORE = re.compile(
    r"(?:[0-9]|[0-9]:\w|§|\w\.\w+\.?|(?<!\w)(?:ca|cirka|dvs|ex|inkl|jfr|kap|kl|max|min|nr|resp|[^\W\diåöIÅÖ])\.?)\Z",
    re.IGNORECASE,
)
"""How a text ends that can't be without the next word: in a number, or in an abbreviation or a part of one."""
_BOUND_AFTER = re.compile(r"[0-9%]|[^\W\diåöIÅÖ]\b")
"""How a text begins that can't be without the word before: with a number, or a single letter, as in 'bl a'."""


def may_cut(text: str, at: int) -> bool:
    """Whether a text may end before the space at a place."""
    before, after = text[:at], text[at:].lstrip()
    parted = before[-1:] in set(",;:!?") and not before[-2:-1].isdecimal()
    return _BOUND_BEFORE.search(before) is None and (parted or _BOUND_AFTER.match(after) is None)


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
    return f"{kind}: {', '.join(names)}."


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
