"""A problem in the data, as a value: where, what is wrong, how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Niva = Literal["fel", "varning"]

_PRINTED_WIDTH = 96
_CONTEXT_BEFORE = 40
_LONGEST_LINE = 10_000


class Plats(NamedTuple):
    """A place in a file. ``rad`` and ``kolumn`` count from 1; 0 means the file as a whole.

    ``cell`` names the place in a spreadsheet instead, sheet and cell: ``Blad1!C7``.
    """

    fil: str
    rad: int = 0
    kolumn: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.fil}, {self.cell}"
        if not self.rad:
            return self.fil
        return f"{self.fil}:{self.rad}:{self.kolumn}"


class Problem(NamedTuple):
    """One fault or warning. ``kod`` is stable and may be searched for; texts are Swedish.

    ``rad_text`` is the offending line as it stands, ``langd`` the number of characters the caret marks.
    """

    plats: Plats
    kod: str
    meddelande: str
    atgard: str = ""
    niva: Niva = "fel"
    rad_text: str = ""
    langd: int = 1

    @property
    def sort_key(self) -> tuple[Plats, str, str]:
        """Order of presentation: by place, then by code and text."""
        return (self.plats, self.kod, self.meddelande)


def visible(text: str) -> str:
    """``text`` with control, bidi and other invisible characters spelled out, so a terminal only ever prints them.

    Tabs become a single space to keep the caret under its character. Soft hyphens and no-break spaces pass.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(c) for c in text)


def _visible_character(character: str) -> str:
    if character == "\t":
        return " "
    if character in "\u00a0\u202f\u2009\u00ad":
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
        return f"[U+{ord(character):04X}]"
    return character


def _excerpt(problem: Problem) -> tuple[str, str]:
    """The part of the line that fits and the marker line below it, both ready to print."""
    start = max(problem.plats.kolumn - 1, 0)
    text = problem.rad_text
    first = 0
    if len(text) > _PRINTED_WIDTH:
        first = max(0, min(start - _CONTEXT_BEFORE, len(text) - _PRINTED_WIDTH))
    shown = text[first : first + _PRINTED_WIDTH]
    lead = visible(shown[: start - first])
    marked = visible(shown[start - first : start - first + max(problem.langd, 1)])
    prefix, suffix = ("…" if first else ""), ("…" if first + len(shown) < len(text) else "")
    return prefix + visible(shown) + suffix, " " * _cells(prefix + lead) + "^" * max(_cells(marked), 1)


def _cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes: combining characters none, wide ones two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text
    )


def format_text(problem: Problem) -> str:
    """The problem as the coordinator reads it: place, what is wrong, the line with a caret, how to mend it."""
    lines = [f"{visible(str(problem.plats))}: {problem.niva}: {visible(problem.meddelande)}"]
    if problem.plats.rad and problem.rad_text.strip():
        shown, marker = _excerpt(problem)
        gutter = f"{problem.plats.rad:>6} | "
        lines += [gutter + shown, " " * (len(gutter) - 2) + "| " + marker]
    if problem.atgard:
        # Below the advice's first line stands what is to be written, with its indent, under the line as it is now.
        first, *rest = problem.atgard.split("\n")
        lines += [f"       Så rättar du: {visible(first)}", *(f"       | {visible(line)}" for line in rest)]
    return "\n".join(lines)


def _told(problem: Problem) -> str:
    """What is wrong and how to mend it, without the line; what is to be written stands on lines of its own."""
    text = " ".join(filter(None, (problem.meddelande, problem.atgard)))
    return "\n".join(visible(line) for line in text.split("\n"))


def format_github(problem: Problem) -> str:
    """The problem as a workflow command of GitHub Actions."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    kind = "error" if problem.niva == "fel" else "warning"
    place = [f"file={escape_property(visible(problem.plats.fil))}"]
    if problem.plats.rad:
        place += [
            f"line={problem.plats.rad}",
            f"col={problem.plats.kolumn}",
            f"endColumn={problem.plats.kolumn + max(problem.langd, 1)}",
        ]
    place.append(f"title={escape_property(problem.kod)}")
    return f"::{kind} {','.join(place)}::{escape(_told(problem))}"


def as_gitlab(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems as a code quality report of GitLab. Its fingerprints tell problems apart, also two alike in a file."""
    import hashlib

    seen: dict[str, int] = {}
    found: list[dict[str, object]] = []
    for problem in problems:
        # Not the line: a problem that has moved is the same problem.
        identity = "\n".join((problem.plats.fil, problem.kod, problem.meddelande, problem.rad_text.strip()))
        seen[identity] = seen.get(identity, 0) + 1
        found.append(
            {
                "description": _told(problem),
                "check_name": problem.kod,
                "fingerprint": hashlib.sha256(f"{identity}\n{seen[identity]}".encode("utf-8", "replace")).hexdigest(),
                "severity": "major" if problem.niva == "fel" else "minor",
                "location": {
                    "path": visible(problem.plats.fil.removeprefix("./")),
                    "lines": {"begin": max(problem.plats.rad, 1)},
                },
            }
        )
    return found


def as_dict(problem: Problem) -> dict[str, object]:
    """The problem as plain values for ``--format json``."""
    return {
        "fil": problem.plats.fil,
        "rad": problem.plats.rad or None,
        "kolumn": problem.plats.kolumn or None,
        **({"cell": problem.plats.cell} if problem.plats.cell else {}),
        "niva": problem.niva,
        "kod": problem.kod,
        "meddelande": problem.meddelande,
        "atgard": problem.atgard or None,
        "rad_text": problem.rad_text if 0 < len(problem.rad_text) <= _LONGEST_LINE else None,
    }
