"""YAML text → plain values and the place of each. Strict where YAML is treacherous, and never a crash.

PyYAML's own loader keeps the last of two equal keys, reads ``no`` as false, ``010`` as eight and ``12:30`` as 750, and
may exhaust memory or stack on hostile input. Here its parser only supplies events; values are built from them in one
loop with a stack of its own, and every doubt becomes a :class:`Problem` with a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from uppfoljning.personal import mask
from uppfoljning.problem import Niva, Plats, Problem

MAX_DEPTH = 64
MAX_NODES = 200_000
_MAX_DIGITS = 18

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_SWITCH = frozenset({"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"})
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
_CURLY = "“”„‟«»"


class Nod:
    """A value with its place. ``barn`` holds the nodes below it, ``nycklar`` the places of a mapping's keys."""

    __slots__ = ("barn", "kolumn", "langd", "nycklar", "rad", "varde")

    def __init__(
        self, varde: Any, rad: int, kolumn: int, langd: int, barn: dict[str, Nod] | list[Nod] | None = None
    ) -> None:
        self.varde = varde
        self.rad = rad
        self.kolumn = kolumn
        self.langd = langd
        self.barn = barn
        self.nycklar: dict[str, tuple[int, int]] = {}


@dataclass(eq=False)
class Yamlfil:
    """What one file held. ``rot`` is None when it could not be read as YAML at all.

    ``beskuren`` is a copy of ``rot`` without what the model refused, when there was any such thing; paths follow it.
    """

    fil: str
    rader: list[str]
    rot: Nod | None = None
    beskuren: Nod | None = None
    problem: list[Problem] = field(default_factory=list)

    def problem_at(
        self, rad: int, kolumn: int, kod: str, meddelande: str, atgard: str, langd: int = 1, niva: Niva = "fel"
    ) -> Problem:
        """A problem at a place in this file, with the line as it stands but for personnummer, which are masked."""
        text = self.rader[rad - 1] if 0 < rad <= len(self.rader) else ""
        place = Plats(self.fil, rad, kolumn)
        return Problem(place, kod, mask(meddelande), mask(atgard), niva, mask(text), langd)

    def nod(self, vag: tuple[str | int, ...]) -> Nod | None:
        """The node at a path of keys and positions, or the nearest one above it that exists."""
        nod = self.beskuren or self.rot
        for steg in vag:
            if nod is None or nod.barn is None:
                break
            if isinstance(nod.barn, dict):
                below = nod.barn.get(steg) if isinstance(steg, str) else None
            else:
                below = nod.barn[steg] if isinstance(steg, int) and steg < len(nod.barn) else None
            if below is None:
                break
            nod = below
        return nod

    def key_place(self, vag: tuple[str | int, ...]) -> tuple[int, int] | None:
        """Line and column of the key that the path ends with, or None when there is no such key."""
        parent = self.nod(vag[:-1])
        return parent.nycklar.get(str(vag[-1])) if parent is not None else None


class _StopError(Exception):
    """Raised inside the loop when the rest of the file can't be made sense of; the problem is already noted."""


def read_yaml(content: bytes, fil: str) -> Yamlfil:
    """Parse the bytes of one file. Everything wrong with it stands in ``problem`` of the result; nothing is raised."""
    text = _decode(content, fil)
    if isinstance(text, Problem):
        return Yamlfil(fil, [], problem=[text])
    result = Yamlfil(fil, _LINE_BREAK.split(text))
    control = _CONTROL.search(text)
    if control is not None:
        rad = len(_LINE_BREAK.findall(text, 0, control.start())) + 1
        kolumn = control.start() - max((m.end() for m in _LINE_BREAK.finditer(text, 0, control.start())), default=0) + 1
        result.problem.append(
            result.problem_at(
                rad,
                kolumn,
                "styrtecken",
                f"Här står ett osynligt styrtecken (U+{ord(control[0]):04X}).",
                "Ta bort tecknet. Det följer ofta med när text klistras in från ett annat program.",
            )
        )
        return result
    builder = _Builder(result)
    try:
        result.rot = builder.build(text)
    except _StopError:
        result.rot = None
    except yaml.MarkedYAMLError as error:
        from uppfoljning.yamlmessages import explain_syntax

        mark = error.problem_mark or error.context_mark
        result.problem.append(explain_syntax(result, error, (mark.line + 1, mark.column + 1) if mark else (1, 1)))
    except yaml.YAMLError:
        result.problem.append(
            result.problem_at(1, 1, "yaml", "Filen går inte att läsa som YAML.", "Spara den på nytt.")
        )
    if result.problem:
        from uppfoljning.yamlmessages import explain_habits

        result.problem.extend(explain_habits(result))
    return result


def _decode(content: bytes, fil: str) -> str | Problem:
    whole = Plats(fil)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return Problem(
            whole,
            "fel-filtyp",
            "Det här är ett kalkylblad, Word-dokument eller en PDF, inte en textfil.",
            "Spara innehållet som ren text i en .yaml-fil.",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:2000].count(0) > len(content[:2000]) // 4 > 0:
        return Problem(
            whole,
            "kodning",
            'Filen är sparad som UTF-16 ("Unicode").',
            "Spara om den som UTF-8: i Anteckningar under Arkiv, Spara som, Kodning UTF-8.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        lines = _LINE_BREAK.split(before)
        line = re.split(rb"\r\n|\n|\r", content[error.start :])[0].decode("cp1252", "replace")
        return Problem(
            Plats(fil, len(lines), len(lines[-1]) + 1),
            "kodning",
            "Filen är inte sparad som UTF-8; ett tecken går inte att läsa (ofta å, ä eller ö).",
            "Spara om den som UTF-8: i Anteckningar under Arkiv, Spara som, Kodning UTF-8.",
            rad_text=lines[-1] + line,
        )


class _Builder:
    """Turns the parser's events into one node, noting every doubt on the way."""

    def __init__(self, result: Yamlfil) -> None:
        self.result = result
        self.stack: list[tuple[Nod, str | None]] = []
        self.root: Nod | None = None
        self.nodes = 0
        self.documents = 0

    def note(self, mark: Any, kod: str, meddelande: str, atgard: str, langd: int = 1, niva: Niva = "fel") -> None:
        self.result.problem.append(
            self.result.problem_at(mark.line + 1, mark.column + 1, kod, meddelande, atgard, langd, niva)
        )

    def build(self, text: str) -> Nod | None:
        loader = _LOADER(text)
        while loader.check_event():
            self.take(loader.get_event())
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

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.note(
                event.start_mark,
                "alias",
                f"En hänvisning med stjärna (*{event.anchor}) används inte här.",
                "Skriv ut texten i stället. Är stjärnan en del av texten: sätt citattecken runt hela texten.",
                len(event.anchor or "") + 1,
            )
            mark: Any = event.start_mark
            self.place(Nod(None, mark.line + 1, mark.column + 1, 1), mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.note(
                    event.start_mark,
                    "flera-dokument",
                    "Här börjar ett andra dokument (---) i samma fil.",
                    "Dela upp innehållet i två filer, eller ta bort raden med ---.",
                    3,
                )
                raise _StopError

    def open(self, event: Any) -> None:
        mark = event.start_mark
        if len(self.stack) >= MAX_DEPTH:
            self.note(
                mark, "for-djupt", f"Fler än {MAX_DEPTH} nivåer i varandra.", "Räkna parenteserna; något saknar slut."
            )
            raise _StopError
        self.check_tag(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        nod = Nod({} if mapping else [], mark.line + 1, mark.column + 1, 1, {} if mapping else [])
        self.place(nod, mark)
        self.stack.append((nod, None))

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        self.check_tag(event)
        on_one_line = event.end_mark.line == mark.line
        length = event.end_mark.column - mark.column if on_one_line else 1
        nod = Nod(event.value, mark.line + 1, mark.column + 1, max(length, 1))
        if self.stack and self.stack[-1][1] is None and isinstance(self.stack[-1][0].barn, dict):
            self.place(nod, mark)
            return
        if event.implicit[0] and not event.style:
            nod.varde = self.resolve(event.value, mark, nod.langd)
        self.place(nod, mark)

    def check_tag(self, event: Any) -> None:
        if event.tag and event.tag != "!":
            self.note(
                event.start_mark,
                "tagg",
                f"En YAML-tagg ({event.tag}) används inte här.",
                "Ta bort ordet som börjar med utropstecken. Hör det till texten: sätt citattecken runt hela texten.",
            )

    def place(self, nod: Nod, mark: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.note(mark, "for-stor", "Filen har orimligt många värden.", "Dela upp den i flera filer.")
            raise _StopError
        if not self.stack:
            self.root = nod
            return
        parent, key = self.stack[-1]
        if isinstance(parent.barn, list):
            parent.barn.append(nod)
            parent.varde.append(nod.varde)
        elif key is None:
            self.place_key(parent, nod, mark)
        elif isinstance(parent.barn, dict):
            self.stack[-1] = (parent, None)
            if key not in parent.barn:
                parent.barn[key] = nod
                parent.varde[key] = nod.varde

    def place_key(self, parent: Nod, nod: Nod, mark: Any) -> None:
        if not isinstance(nod.varde, str) or nod.barn is not None:
            self.note(mark, "nyckel", "Här väntades ett fältnamn.", "Skriv fältets namn, kolon och sedan värdet.")
            raise _StopError
        first = parent.nycklar.get(nod.varde)
        if first is not None:
            self.note(
                mark,
                "dubblett",
                f'Fältet "{nod.varde}" står två gånger i samma block; första gången på rad {first[0]}.',
                "Ta bort det ena, eller flytta det till rätt block.",
                nod.langd,
            )
        else:
            parent.nycklar[nod.varde] = (nod.rad, nod.kolumn)
        self.stack[-1] = (parent, nod.varde)

    def resolve(self, text: str, mark: Any, langd: int) -> Any:
        """The value of a scalar without quotes: null, true/false, a number, a date or the text itself."""
        if text in _NULL:
            return None
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        first = text[0]
        if first in "+-.0123456789":
            return self.resolve_number(text, mark, langd)
        if text in _SWITCH:
            self.note(
                mark,
                "tvetydigt",
                f'"{text}" utan citattecken läses som ja eller nej av en del program och som text av andra.',
                f'Skriv true eller false om det är ja eller nej, annars "{text}" med citattecken.',
                langd,
            )
        elif first in _CURLY and (len(text) == 1 or text[-1] in _CURLY):
            self.note(
                mark,
                "krumma-citattecken",
                "De krumma citattecknen runt värdet är inga citattecken för YAML utan blir en del av texten.",
                'Byt dem mot raka citattecken (") eller ta bort dem. De sätts ofta in av Word.',
                langd,
                "varning",
            )
        return text

    def resolve_number(self, text: str, mark: Any, langd: int) -> Any:
        if _INT.fullmatch(text) and len(text) <= _MAX_DIGITS:
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        found = _DATE.fullmatch(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                self.note(
                    mark, "omojligt-datum", f"Datumet {text} finns inte.", "Skriv ett datum som finns: ÅÅÅÅ-MM-DD.", 10
                )
                return None
        if _LEADING_ZERO.fullmatch(text):
            self.note(
                mark,
                "inledande-nolla",
                f"{text} börjar med en nolla och läses olika av olika program.",
                f'Skriv "{text}" med citattecken om nollan ska vara kvar, annars talet utan nolla.',
                langd,
            )
        elif _SEXAGESIMAL.fullmatch(text):
            self.note(
                mark,
                "tvetydigt",
                f"{text} utan citattecken läses som ett tal av en del program.",
                f'Skriv "{text}" med citattecken.',
                langd,
            )
        return text
