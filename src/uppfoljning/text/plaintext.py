"""A text as its reader sees it: one kind of space and dash, ordinary digits and nothing invisible, each with its place.

What looks like a number to a reader must be found as one, whatever characters it was pasted as.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_SAME_LENGTH = {" ": "\u00a0\u2009\u202f", "-": "–−‐‑‒"}
_ODD = re.compile(" {2,}|[^\\W\\d_]?[\u0300-\u034e\u0350-\u036f]+|[^\x00-\x7fåäöÅÄÖéÉ—…”’§•]")
_RUN = re.compile(" {2,}")
_INVISIBLE = {"\u034f", "\u20e3", *map(chr, range(0xFE00, 0xFE10))}


def nfc(text: str) -> str:
    """``text`` with a letter and its marks as one character where there is one: some programs write å as a and a ring.

    Everything that is read is made so where it comes in; places are those of the text as it stands in its file.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Plaintext(NamedTuple):
    """``text`` as it is seen. ``places`` has the place of each character in the text it was made from."""

    text: str
    places: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text stands in the text it was made from."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def plain(text: str) -> Plaintext:
    """The text with its look-alikes replaced (Unicode's NFKC), and without characters that can't be seen.

    A run of spaces is one, as in the report.
    """
    if text.isascii() and _RUN.search(text) is None:
        return Plaintext(text, None)
    for usual, others in _SAME_LENGTH.items():
        for other in others:
            text = text.replace(other, usual)
    if _ODD.search(text) is None:
        return Plaintext(text, None)
    pieces, places, end = [], [], 0
    for odd in _ODD.finditer(text):
        seen = " " if _RUN.match(odd[0]) else _seen(odd[0])
        pieces += [text[end : odd.start()], seen]
        places += [*range(end, odd.start()), *[odd.start()] * len(seen)]
        end = odd.end()
    return Plaintext("".join([*pieces, text[end:]]), [*places, *range(end, len(text))])


@functools.lru_cache(1000)
def _seen(character: str) -> str:
    """What one character is read as, or a letter with its marks.

    A raised figure stays as it is: it is the mark of a note, not part of a number.
    """
    if len(character) > 1:
        return unicodedata.normalize("NFKC", character)
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Cf" or character in _INVISIBLE:
        return ""
    seen = unicodedata.normalize("NFKC", character)
    return character if any(c.isdecimal() for c in seen) else seen
