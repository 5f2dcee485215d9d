"""The parser's events → one node, in a loop with a stack of its own: no depth or alias of the input can hurt it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.formats.yaml.scalars import (
    DATE,
    FALSE,
    FLOAT,
    INT,
    LEADING_ZERO,
    NULL,
    SEXAGESIMAL,
    SWITCH,
    TRUE,
)
from uppfoljning.formats.yaml.write import quoted
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Niva, Plats, Problem

MAX_DEPTH = 64
TOO_DEEP = ("for-djupt", f"Fler än {MAX_DEPTH} nivåer i varandra.", "Räkna parenteserna; något saknar slut.")
MAX_NODES = 200_000
_MAX_DIGITS = 18

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_COMMENT = re.compile(r"[ \t]+(#)[^\s#]")
_NOTHING_BUT_COMMENT = re.compile(r"[ \t]+(#)\s*[^\s#]")
_CURLY = "“”„‟«»"


class StopReadingError(Exception):
    """Raised inside the loop when the rest of the file can't be made sense of; the problem is already noted."""


class Builder:
    """Turns the parser's events into one node, noting every doubt on the way."""

    def __init__(self, result: Yamlfil) -> None:
        self.result = result
        self.stack: list[tuple[Nod, str | None]] = []
        self.root: Nod | None = None
        self.nodes = 0
        self.documents = 0
        self.restarted: list[Nod] = []

    def _note(self, mark: Any, kod: str, meddelande: str, atgard: str, langd: int = 1, niva: Niva = "fel") -> None:
        self.result.problem.append(
            self.result.problem_at(mark.line + 1, mark.column + 1, kod, meddelande, atgard, langd, niva)
        )

    def build(self, text: str) -> Nod | None:
        """The whole text as one node. Raises :class:`StopReadingError`, and whatever PyYAML's parser raises."""
        loader = LOADER(text)
        while loader.check_event():
            self._take(loader.get_event())
        if self.root is None and not self.result.problem:
            self.result.problem.append(
                Problem(
                    Plats(self.result.fil),
                    "tom-fil",
                    "Filen är tom.",
                    "Fyll i den, eller ta bort den om den inte behövs.",
                )
            )
        return self.root

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._note(
                event.start_mark,
                "alias",
                f"En hänvisning med stjärna (*{event.anchor}) används inte här.",
                "Skriv ut texten i stället. Är stjärnan en del av texten: sätt citattecken runt hela texten.",
                len(event.anchor or "") + 1,
            )
            mark: Any = event.start_mark
            self._place(Nod(None, mark.line + 1, mark.column + 1, 1), mark)
            parent = self.stack[-1][0] if self.stack else None
            if parent is not None and isinstance(parent.barn, dict) and parent.barn.pop("<<", None) is not None:
                del parent.varde["<<"]
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._note(
                    event.start_mark,
                    "flera-dokument",
                    "Här börjar ett andra dokument (---) i samma fil.",
                    "Dela upp innehållet i två filer, eller ta bort raden med ---.",
                    3,
                )
                raise StopReadingError

    def _open(self, event: Any) -> None:
        mark = event.start_mark
        if len(self.stack) >= MAX_DEPTH:
            self._note(mark, *TOO_DEEP)
            raise StopReadingError
        self._check_tag(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        nod = Nod({} if mapping else [], mark.line + 1, mark.column + 1, 1, {} if mapping else [])
        self._place(nod, mark)
        self.stack.append((nod, None))

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        self._check_tag(event)
        on_one_line = event.end_mark.line == mark.line
        length = event.end_mark.column - mark.column if on_one_line else 1
        text = nfc(event.value)
        nod = Nod(text, mark.line + 1, mark.column + 1, max(length, 1))
        if self.stack and self.stack[-1][1] is None and isinstance(self.stack[-1][0].barn, dict):
            self._place(nod, mark)
            return
        if event.implicit[0] and not event.style:
            nod.varde = self._resolve(text, mark, nod.langd)
            self._check_comment(mark, event.end_mark)
        self._place(nod, mark)

    def _check_comment(self, start: Any, end: Any) -> None:
        """Warn of text that YAML takes for a comment: all of a value, or ``#1`` after it, without a space."""
        line = self.result.rader[end.line] if end.line < len(self.result.rader) else ""
        found = (_COMMENT if start.index != end.index else _NOTHING_BUT_COMMENT).match(line, end.column)
        if found:
            rad, kolumn = end.line + 1, found.start(1) + 1
            meddelande = "Texten efter # läses som en kommentar och kommer inte med."
            atgard = "Hör den till värdet: sätt citattecken runt hela texten"
            first = start.column if start.index != end.index else found.start(1)
            written = f":\n{line[:first]}{quoted(line[first:].rstrip())}" if start.line == end.line else "."
            self.result.problem.append(
                self.result.problem_at(rad, kolumn, "kommentar", meddelande, atgard + written, niva="varning")
            )

    def _check_tag(self, event: Any) -> None:
        if event.tag and event.tag != "!":
            self._note(
                event.start_mark,
                "tagg",
                f"En YAML-tagg ({event.tag}) används inte här.",
                "Ta bort ordet som börjar med utropstecken. Hör det till texten: sätt citattecken runt hela texten.",
            )

    def _place(self, nod: Nod, mark: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._note(mark, "for-stor", "Filen har orimligt många värden.", "Dela upp den i flera filer.")
            raise StopReadingError
        if not self.stack:
            self.root = nod
            return
        parent, key = self.stack[-1]
        if isinstance(parent.barn, list):
            parent.barn.append(nod)
            parent.varde.append(nod.varde)
        elif key is None:
            self._place_key(parent, nod, mark)
        elif isinstance(parent.barn, dict):
            self.stack[-1] = (parent, None)
            if key not in parent.barn:
                parent.barn[key] = nod
                parent.varde[key] = nod.varde

    def _place_key(self, parent: Nod, nod: Nod, mark: Any) -> None:
        if not isinstance(nod.varde, str) or nod.barn is not None:
            self._note(mark, "nyckel", "Här ska det stå ett fältnamn.", "Skriv fältets namn, kolon och sedan värdet.")
            raise StopReadingError
        first = parent.nycklar.get(nod.varde)
        if first is not None:
            self._note_doubled(parent, nod, mark, first[0])
        else:
            parent.nycklar[nod.varde] = (nod.rad, nod.kolumn)
        self.stack[-1] = (parent, nod.varde)

    def _note_doubled(self, parent: Nod, nod: Nod, mark: Any, first: int) -> None:
        """A field that stands twice; the first of a point in a list most likely begins the next point."""
        if parent in self.restarted:
            return
        advice = "Ta bort det ena, eller flytta det till rätt block."
        in_list = len(self.stack) > 1 and isinstance(self.stack[-2][0].barn, list)
        before, line = self.result.rader[parent.rad - 1][: parent.kolumn - 1], self.result.rader[mark.line]
        if in_list and nod.varde == next(iter(parent.nycklar)) and before.strip() == "-":
            self.restarted.append(parent)
            advice = f"Börjar en ny punkt i listan här: sätt ett bindestreck först:\n{before}{line[mark.column :]}"
        told = f'Fältet "{nod.varde}" står två gånger i samma block; första gången på rad {first}.'
        self._note(mark, "dubblett", told, advice, nod.langd)

    def _resolve(self, text: str, mark: Any, langd: int) -> Any:
        """The value of a scalar without quotes: null, true/false, a number, a date or the text itself."""
        if text in NULL:
            return None
        if text in TRUE:
            return True
        if text in FALSE:
            return False
        first = text[0]
        if first in "+-.0123456789":
            return self._resolve_number(text, mark, langd)
        if text in SWITCH:
            self._note(
                mark,
                "tvetydigt",
                f'"{text}" utan citattecken läses som ja eller nej av en del program och som text av andra.',
                f'Skriv true eller false om det är ja eller nej, annars "{text}" med citattecken.',
                langd,
            )
        elif first in _CURLY and (len(text) == 1 or text[-1] in _CURLY):
            self._note(
                mark,
                "krumma-citattecken",
                "De krumma citattecknen runt värdet är inga citattecken för YAML utan blir en del av texten.",
                'Byt dem mot raka citattecken (") eller ta bort dem. De sätts ofta in av Word.',
                langd,
                "varning",
            )
        return text

    def _resolve_number(self, text: str, mark: Any, langd: int) -> Any:
        if INT.fullmatch(text) and len(text) <= _MAX_DIGITS:
            return int(text)
        if FLOAT.fullmatch(text):
            return float(text)
        found = DATE.fullmatch(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                turned = f"{found[1]}-{found[3]}-{found[2]}"
                advice = "Skriv ett datum som finns: ÅÅÅÅ-MM-DD."
                if "01" <= found[3] <= "12" < found[2] <= "28":
                    advice = f"Menade du {turned}? År, månad och dag skrivs i den ordningen."
                self._note(mark, "omojligt-datum", f"Datumet {text} finns inte.", advice, 10)
                return None
        if LEADING_ZERO.fullmatch(text):
            self._note(
                mark,
                "inledande-nolla",
                f"{text} börjar med en nolla och läses olika av olika program.",
                f'Skriv "{text}" med citattecken om nollan ska vara kvar, annars talet utan nolla.',
                langd,
            )
        elif SEXAGESIMAL.fullmatch(text):
            self._note(
                mark,
                "tvetydigt",
                f"{text} utan citattecken läses som ett tal av en del program.",
                f'Skriv "{text}" med citattecken.',
                langd,
            )
        return text
