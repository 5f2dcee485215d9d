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
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_SWITCH = frozenset({"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"})
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
_COMMENT = re.compile(r"[ \t]+(#)[^\s#]")
_CURLY = "“”„‟«»"


class Nod:
    """A value with its place. ``barn`` holds the nodes below it, ``nycklar`` the places of a mapping's keys.

    ``skadad``: something below it was refused and taken out.
    """

    __slots__ = ("barn", "kolumn", "langd", "nycklar", "rad", "skadad", "varde")

    def __init__(
        self, varde: Any, rad: int, kolumn: int, langd: int, barn: dict[str, Nod] | list[Nod] | None = None
    ) -> None:
        self.varde = varde
        self.rad = rad
        self.kolumn = kolumn
        self.langd = langd
        self.barn = barn
        self.nycklar: dict[str, tuple[int, int]] = {}
        self.skadad = False

    def child(self, step: str | int) -> Nod | None:
        """The node below at a key or a position, or None."""
        if isinstance(self.barn, dict):
            return self.barn.get(step) if isinstance(step, str) else None
        if isinstance(self.barn, list) and isinstance(step, int) and step < len(self.barn):
            return self.barn[step]
        return None

    def remove(self, step: str | int) -> None:
        """Take out the node below at a key or a position."""
        if isinstance(self.barn, dict):
            del self.barn[str(step)]
        elif isinstance(self.barn, list) and isinstance(step, int):
            del self.barn[step]


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
    maskerade: dict[int, str] = field(default_factory=dict)

    def problem_at(
        self, rad: int, kolumn: int, kod: str, meddelande: str, atgard: str, langd: int = 1, niva: Niva = "fel"
    ) -> Problem:
        """A problem at a place in this file, with the line as it stands but for personnummer, which are masked."""
        place = Plats(self.fil, rad, kolumn)
        return Problem(place, kod, mask(meddelande), mask(atgard), niva, self.shown_line(rad), langd)

    def shown_line(self, rad: int) -> str:
        """A line as it may be shown, with personnummer masked; kept, for a long line may hold many problems."""
        if rad not in self.maskerade:
            text = self.rader[rad - 1] if 0 < rad <= len(self.rader) else ""
            self.maskerade[rad] = mask(text)
        return self.maskerade[rad]

    def explain_habits(self) -> None:
        """Add what word processors leave behind; a syntax error from there on is thereby explained and goes."""
        from uppfoljning.yamlmessages import explain_habits

        found = list(explain_habits(self))
        first = min((p.plats.rad for p in found if p.kod != "krumma-citattecken"), default=None)
        keys = {(p.plats.rad, p.plats.kolumn) for p in found}
        self.problem = [
            p
            for p in self.problem
            if not (p.kod == "yaml" and first is not None and p.plats.rad >= first)
            and not (p.kod == "okant-falt" and p.plats[1:] in keys)
        ]
        self.problem.extend(p for p in found if p not in self.problem)

    def nod(self, vag: tuple[str | int, ...]) -> Nod | None:
        """The node at a path of keys and positions, or the nearest one above it that exists."""
        nod = self.beskuren or self.rot
        for steg in vag:
            below = nod.child(steg) if nod is not None else None
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

        result.problem.append(explain_syntax(result, error))
    except yaml.YAMLError:
        result.problem.append(
            result.problem_at(1, 1, "yaml", "Filen går inte att läsa som YAML.", "Spara den på nytt.")
        )
    if result.problem:
        result.explain_habits()
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
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        return Problem(
            whole,
            "fel-filtyp",
            "Det här är en bild eller en packad fil, inte en textfil.",
            "Ta bort den, eller lägg rätt fil här.",
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
            rad_text=mask(lines[-1] + line),
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
            parent = self.stack[-1][0] if self.stack else None
            if parent is not None and isinstance(parent.barn, dict) and parent.barn.pop("<<", None) is not None:
                del parent.varde["<<"]
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
            self.check_comment(event.end_mark)
        self.place(nod, mark)

    def check_comment(self, end: Any) -> None:
        """Warn of text that YAML takes for a comment: ``#1`` after a value, without a space after the number sign."""
        line = self.result.rader[end.line] if end.line < len(self.result.rader) else ""
        found = _COMMENT.match(line, end.column)
        if found:
            rad, kolumn = end.line + 1, found.start(1) + 1
            meddelande = "Texten efter # läses som en kommentar och kommer inte med."
            atgard = "Hör den till värdet: sätt citattecken runt hela texten."
            self.result.problem.append(
                self.result.problem_at(rad, kolumn, "kommentar", meddelande, atgard, niva="varning")
            )

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
