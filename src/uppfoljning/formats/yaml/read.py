"""YAML text → plain values and the place of each. Strict where YAML is treacherous, and never a crash.

PyYAML's own loader keeps the last of two equal keys, reads ``no`` as false, ``010`` as eight and ``12:30`` as 750, and
may exhaust memory or stack on hostile input. Here its parser only supplies events; values are built from them in one
loop with a stack of its own, and every doubt becomes a :class:`Problem` with a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from uppfoljning.formats.decode import CONTROL, LINE_BREAK, decode
from uppfoljning.formats.yaml.build import MAX_DEPTH, TOO_DEEP, Builder, StopReadingError
from uppfoljning.formats.yaml.lines import Tabs
from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.formats.yaml.syntax import explain_syntax
from uppfoljning.text.problem import Problem

_TAB_INDENT = re.compile(r"^ *(\t)")
_ODD_SPACE = re.compile(r"^[ \t]*(?:-[ \t]+)*-?(?:\w[\w-]*:[ \t]*)?([\u00a0\u2007\u2009\u202f\u3000])")
_CURLY_KEY = re.compile(r"^\s*(?:- )?([“”„‟][^:“”„‟]*[“”„‟]):(?: |$)")


def _habits(file: Yamlfil) -> Iterator[Problem]:
    """What word processors leave behind and YAML trips on; asked for only when the file has a problem already."""
    tabs = Tabs()
    for rad, text in enumerate(file.rader, 1):
        mended = tabs.mend(text)
        found = _TAB_INDENT.match(text)
        if found and text.strip():
            advice = f"Använd blanksteg i stället:\n{mended}"
            yield file.problem_at(rad, found.start(1) + 1, "tabb", "Raden är indragen med en tabb.", advice)
        found = _ODD_SPACE.match(text)
        if found:
            yield file.problem_at(
                rad,
                found.start(1) + 1,
                "hart-blanksteg",
                "Här står ett hårt blanksteg, som ser ut som ett vanligt men inte fungerar i YAML.",
                "Skriv ett vanligt blanksteg i stället. Det följer ofta med från Word eller en webbsida:\n"
                + text.replace(found[1], " "),
            )
        found = _CURLY_KEY.match(text)
        if found:
            yield file.problem_at(
                rad,
                found.start(1) + 1,
                "krumma-citattecken",
                "Fältets namn står inom krumma citattecken.",
                f"Skriv namnet utan citattecken:\n{text.replace(found[1], found[1][1:-1], 1)}",
                len(found[1]),
            )


def read_yaml(content: bytes, fil: str) -> Yamlfil:
    """Parse the bytes of one file. Everything wrong with it stands in ``problem`` of the result; nothing is raised."""
    text = decode(content, fil)
    if isinstance(text, Problem):
        return Yamlfil(fil, [], problem=[text])
    result = Yamlfil(fil, LINE_BREAK.split(text))
    control = CONTROL.search(text)
    if control is not None:
        rad = len(LINE_BREAK.findall(text, 0, control.start())) + 1
        kolumn = control.start() - max((m.end() for m in LINE_BREAK.finditer(text, 0, control.start())), default=0) + 1
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
    builder = Builder(result)
    try:
        result.rot = builder.build(text)
    except StopReadingError:
        result.rot = None
    except yaml.MarkedYAMLError as error:
        deep = "nesting depth" in (error.problem or "")  # PyYAML 6.0.4 stops before its events do
        result.problem.append(too_deep(result, text) if deep else explain_syntax(result, error))
    except yaml.YAMLError:
        result.problem.append(
            result.problem_at(1, 1, "yaml", "Filen går inte att läsa som YAML.", "Spara den på nytt.")
        )
    if result.problem:
        explain_habits(result)
    return result


def too_deep(file: Yamlfil, text: str) -> Problem:
    """That brackets stand inside each other too deep, at the first one that does."""
    at = next(islice(re.finditer(r"[\[{]", text), MAX_DEPTH, None)).start()
    rad = len(LINE_BREAK.findall(text, 0, at)) + 1
    kolumn = at - max((m.end() for m in LINE_BREAK.finditer(text, 0, at)), default=0) + 1
    return file.problem_at(rad, kolumn, *TOO_DEEP)


def explain_habits(file: Yamlfil) -> None:
    """Add what word processors leave behind; a syntax error from there on is thereby explained and goes."""
    found = list(_habits(file))
    first = min((p.plats.rad for p in found if p.kod != "krumma-citattecken"), default=None)
    keys = {(p.plats.rad, p.plats.kolumn) for p in found}
    file.problem = [
        p
        for p in file.problem
        if not (p.kod == "yaml" and first is not None and p.plats.rad >= first)
        and not (p.kod == "okant-falt" and p.plats[1:3] in keys)
    ]
    file.problem.extend(p for p in found if p not in file.problem)
