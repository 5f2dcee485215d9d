"""Where a sentence or a clause ends: a long text shortened so that what is left reads as one."""

from __future__ import annotations

import re

from uppfoljning.text.swedish import shorten

_NEW_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")


_SHORTENED = re.compile(r"(\.\w+|\b(ca|dvs|kap|kl|nr))\.$", re.IGNORECASE)


_CLAUSE = re.compile(
    r"(?=[,;:]\s)|\s(?=[–(])|\s(?=(för att|så att|där|eftersom|när|samt)\s)|(?<!\bde)(?<!\bde[mnt])(?<!\bså)\s(?=som\s)"
)


def cut_at_clause(text: str, length: int) -> str:
    """``text`` in at most ``length`` characters, cut where a clause ends if one does in its latter half."""
    if len(text) <= length:
        return text
    ends = [m.start() for m in _CLAUSE.finditer(text) if length // 2 <= m.start() < length]
    ends = [
        end for end in ends if text.count("(", 0, end) <= text.count(")", 0, end) and not _within_figures(text, end)
    ]
    return text[: ends[-1]].rstrip(" ,;:") + "…" if ends else shorten(text, length)


def _within_figures(text: str, end: int) -> bool:
    """Whether a place lies between two figures, as in '8 – 12 år' and '1, 2 och 3'."""
    return text[:end].rstrip()[-1:].isdecimal() and text[end:].lstrip(" ,;:–(")[:1].isdecimal()


def first_sentence(text: str) -> str:
    """The first sentence of a text on one line, without its full stop. 't.ex.' ends none."""
    for space in _NEW_SENTENCE.finditer(text):
        if not _SHORTENED.search(text[: space.start()]):
            text = text[: space.start()]
            break
    return text.rstrip().rstrip(".")
