"""Personal data in free text: personnummer and samordningsnummer, which no file of the project may hold.

A day of 01–31 (or 61–91 for samordningsnummer), an optional century, a separator or none, and a correct check digit by
Luhn's formula (Skatteverket, SKV 704). Organisationsnummer have a third digit of 2 or more and don't match a month.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DASH = "\\-+–−‐‑\u00ad"
_SIX = re.compile(r"\d{6}")
_NUMBER = (
    rf"(?<![0-9])(?P<century>1[89]|20)?(?P<six>[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01]))"
    rf"[ \u00a0\u2009\u202f]?[{_DASH}]?[ \u00a0\u2009\u202f]?(?P<four>[0-9]{{4}})(?![0-9])"
)


def luhn(digits: str) -> bool:
    """Whether ten digits carry a correct check digit."""
    total = 0
    for position, character in enumerate(digits):
        product = int(character) * (2 - position % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


def find_personnummer(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each personnummer or samordningsnummer in ``text``, also in digits of other widths."""
    if not _SIX.search(text):
        return
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text)
        if len(plain) != len(text):
            if any(find_personnummer(plain)):
                yield 0, len(text)
            return
        text = plain
    for found in re.finditer(_NUMBER, text):
        if luhn(found["six"] + found["four"]):
            yield found.span()


def mask(text: str) -> str:
    """``text`` with the digits of every personnummer replaced, so that a message never repeats one."""
    pieces, end = [], 0
    for start, stop in find_personnummer(text):
        pieces += [text[end:start], re.sub(r"\d", "•", text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])
