"""YAML text → plain values and the place of each. Strict where YAML is treacherous, and never a crash.

PyYAML's own loader keeps the last of two equal keys, reads ``no`` as false, ``010`` as eight and ``12:30`` as 750, and
may exhaust memory or stack on hostile input. Here its parser only supplies events; values are built from them in one
loop with a stack of its own, and every doubt becomes a :class:`Problem` with a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from uppfoljning.formats.decode import CONTROL, LINE_BREAK, decode
from uppfoljning.formats.yaml.build import Builder, StopReadingError
from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.text.problem import Problem

# libyaml has no error codes, only these phrases; the first one found in its message decides.
_PHRASES: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "Här står ett kolon där inget fält kan börja.",
        "Kontrollera indraget på den här raden och raden ovanför. Har texten ett kolon: sätt citattecken runt texten.",
    ),
    (
        "could not find expected ':'",
        "Ett kolon saknas efter fältets namn, eller så står raden med fel indrag.",
        "Skriv fältets namn, kolon, blanksteg och värdet, rakt under fälten ovanför.",
    ),
    (
        "did not find expected key",
        "Raden passar inte in i blocket ovanför.",
        "Kontrollera indraget och att citattecken står i par. Text efter ett avslutande citattecken går inte.",
    ),
    (
        "did not find expected '-' indicator",
        "Raden står varken rakt under fälten ovanför eller som en ny punkt i listan.",
        "Rätta indraget; en ny punkt börjar med ett bindestreck och ett blanksteg.",
    ),
    (
        "block sequence entries are not allowed",
        "En lista kan inte börja här.",
        "Börja listan på en egen rad under fältets namn.",
    ),
    (
        "did not find expected ',' or",
        "En parentes [ eller { saknar sitt slut, eller så saknas ett komma.",
        "Sätt ut ] eller }, eller skriv ett komma mellan värdena.",
    ),
    (
        "unexpected end of stream",
        "Ett citattecken eller en parentes öppnas men stängs aldrig.",
        "Sätt ut det tecken som saknas.",
    ),
    (
        "found unknown escape",
        "Efter ett omvänt snedstreck står ett tecken som inte kan stå där.",
        "Skriv två omvända snedstreck (\\\\), eller byt citattecknen mot enkla (').",
    ),
    (
        "found character that cannot start any token",
        "Raden börjar med ett tecken som inte kan stå här.",
        "Byt tabb mot blanksteg. Börjar texten med @, ` eller %: sätt citattecken runt den.",
    ),
    (
        "undefined alias",
        "En hänvisning med stjärna kan inte användas här.",
        "Sätt citattecken runt texten om stjärnan hör dit.",
    ),
    ("found undefined tag", "Ett ord som börjar med utropstecken kan inte stå här.", "Sätt citattecken runt texten."),
    ("did not find expected alphabetic", "Texten kan inte börja med * eller &.", "Sätt citattecken runt texten."),
    ("did not find expected <document start>", "Härifrån går filen inte att läsa.", "Kontrollera indraget på raden."),
)


# Where these are what the parser was reading, the fault is at their beginning and not where it gave up.
_STARTED = ("quoted scalar", "simple key", "flow mapping", "flow sequence")


def explain_syntax(file: Yamlfil, error: Any) -> Problem:
    """A YAML syntax error as a problem in Swedish, at the place to mend."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and error.context_mark.line < mark.line and any(w in error.context for w in _STARTED):
        mark = error.context_mark
    rad, kolumn = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    while rad > 1 and (rad > len(file.rader) or not file.rader[rad - 1].strip()):
        rad -= 1
        kolumn = len(file.rader[rad - 1]) + 1
    text = f"{error.problem or ''} {error.context or ''}"
    for phrase, meddelande, atgard in _PHRASES:
        if phrase in text:
            return file.problem_at(rad, kolumn, "yaml", meddelande, atgard)
    return file.problem_at(
        rad, kolumn, "yaml", "Raden går inte att läsa som YAML.", "Kontrollera indrag, kolon och citattecken."
    )


_TAB_INDENT = re.compile(r"^ *(\t)")
_ODD_SPACE = re.compile(r"^[ \t]*(?:-[ \t]+)*-?(?:\w[\w-]*:[ \t]*)?([\u00a0\u2007\u2009\u202f\u3000])")
_CURLY_KEY = re.compile(r"^\s*(?:- )?([“”„‟][^:“”„‟]*[“”„‟]):(?: |$)")


def _habits(file: Yamlfil) -> Iterator[Problem]:
    """What word processors leave behind and YAML trips on; asked for only when the file has a problem already."""
    for rad, text in enumerate(file.rader, 1):
        found = _TAB_INDENT.match(text)
        if found and text.strip():
            yield file.problem_at(
                rad, found.start(1) + 1, "tabb", "Raden är indragen med en tabb.", "Använd blanksteg i stället."
            )
        found = _ODD_SPACE.match(text)
        if found:
            yield file.problem_at(
                rad,
                found.start(1) + 1,
                "hart-blanksteg",
                "Här står ett hårt blanksteg, som ser ut som ett vanligt men inte fungerar i YAML.",
                "Ta bort det och skriv ett vanligt blanksteg. Det följer ofta med från Word eller en webbsida.",
            )
        found = _CURLY_KEY.match(text)
        if found:
            yield file.problem_at(
                rad,
                found.start(1) + 1,
                "krumma-citattecken",
                "Fältets namn står inom krumma citattecken.",
                "Skriv namnet utan citattecken.",
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
        result.problem.append(explain_syntax(result, error))
    except yaml.YAMLError:
        result.problem.append(
            result.problem_at(1, 1, "yaml", "Filen går inte att läsa som YAML.", "Spara den på nytt.")
        )
    if result.problem:
        explain_habits(result)
    return result


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
