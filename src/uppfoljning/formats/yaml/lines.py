"""The lines of a file taken apart: where its fields, points and texts begin, and where a parser gave up among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from uppfoljning.formats.yaml.node import Yamlfil

_LINE = re.compile(
    r"(?P<indrag>[ \t]*)(?P<streck>(?:-[ \t]+)*)"
    r"(?:(?P<namn>[^\s:#\[\]{},\"'&*!|>%@`-][^:#]*?)\s*:(?:[ \t]+|$))?(?P<rest>.*)"
)
_FIELD = re.compile(r"[\w-]+:(?:\s|$)")
_NAMES = re.compile(r"(?:^[ \t]*(?:-[ \t]+)*|[{,]\s*)([a-z_]+):(?=\s|$)", re.MULTILINE)


class Line(NamedTuple):
    """A line of the file: its indent, whether it is a point, its field and the rest."""

    rad: int
    text: str
    indrag: int
    streck: bool
    namn: str
    rest: str

    @property
    def start(self) -> int:
        """Where its field or text begins, after the hyphen."""
        return len(self.text) - len(self.text.lstrip(" \t-")) if self.streck else self.indrag

    @property
    def before(self) -> str:
        """The line up to the rest: indent, hyphen, field and colon."""
        return self.text[: len(self.text) - len(self.rest)]


class Mend(NamedTuple):
    """What is wrong at a place, and how to mend it: by writing ``rader`` instead, of line ``byter`` if another."""

    rad: int
    kolumn: int
    meddelande: str
    atgard: str
    rader: tuple[str, ...] = ()
    byter: int = 0


class Trouble:
    """A syntax error with the lines around it."""

    def __init__(self, file: Yamlfil, error: Any) -> None:
        self.file = file
        mark, context = error.problem_mark, error.context_mark
        self.said = f"{error.problem or ''} {error.context or ''}"
        self.rad: int
        self.kolumn: int
        self.rad, self.kolumn = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.from_rad, self.from_kolumn = (context.line + 1, context.column + 1) if context else (self.rad, self.kolumn)
        self.names = set(_NAMES.findall("\n".join(file.rader)))

    def line(self, rad: int) -> Line:
        """A line taken apart."""
        text = self.file.rader[rad - 1] if 0 < rad <= len(self.file.rader) else ""
        found = _LINE.fullmatch(text)
        if found is None:  # a line break that no editor shows
            return Line(rad, text, 0, False, "", text)
        return Line(rad, text, len(found["indrag"]), bool(found["streck"]), found["namn"] or "", found["rest"])

    def above(self, rad: int) -> Iterator[Line]:
        """The lines above one that say something, nearest first."""
        for number in range(min(rad - 1, len(self.file.rader)), 0, -1):
            line = self.line(number)
            if line.text.strip() and not line.text.lstrip().startswith("#"):
                yield line

    def previous(self, rad: int) -> Line:
        """The nearest line above that says something."""
        return next(self.above(rad), self.line(0))


class Tabs:
    """Indents of tabs as blanks, line by line: like the line above, or as the same indent was before."""

    def __init__(self) -> None:
        self.fields = [0]
        self.points = [0]
        self.opens = False
        self.known: dict[str, int] = {"": 0}

    def mend(self, text: str) -> str:
        """The line with blanks for the tabs that it begins with."""
        content = text.lstrip(" \t")
        if not content:
            return text
        indent = text[: len(text) - len(content)]
        blanks = len(indent)
        if "\t" in indent:
            open_ = self.points if content.startswith("-") else self.fields
            seen = 4 * indent.count("\t") + indent.count(" ")
            likely = min(open_, key=lambda one: (abs(one - seen), -one))
            is_text = not content.startswith("-") and not _FIELD.match(content)
            blanks = self.known.setdefault(indent, self.fields[-1] + 2 if self.opens or is_text else likely)
        point = re.match(r"(?:-[ \t]+)+", content)
        start = blanks + (len(point[0]) if point else 0)
        if point:
            self.points = [*(one for one in self.points if one < blanks), blanks]
        if _FIELD.match(content[start - blanks :]):
            self.fields = [*(one for one in self.fields if one < start), start]
        self.opens = content.rstrip().endswith(":")
        return " " * blanks + content
