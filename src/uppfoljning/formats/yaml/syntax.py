"""A YAML syntax error → what is really wrong, and the line as it should be written.

The parser says where it gave up, which is often after the slip. So the lines there are looked at for the slips that
people make: a colon inside a text, a blank that is missing, a quotation mark or a bracket left open, a wrong indent.
Each mend is tried before it is told.
Below the advice's first line stands what is to be written; the first line itself never repeats what stands in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from uppfoljning.formats.yaml.build import LOADER
from uppfoljning.formats.yaml.indents import ended, folded, glued, indent, no_colon, no_hyphen, tab
from uppfoljning.formats.yaml.lines import Mend, Trouble
from uppfoljning.formats.yaml.marks import (
    colon_before_bracket,
    colon_in_text,
    extra_bracket,
    in_bracket,
    list_beside,
    odd_start,
    open_bracket,
    quote_above,
    quotes,
)
from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.text.problem import Problem

_SURE: tuple[Callable[[Trouble], Mend | None], ...] = (
    tab,
    ended,
    glued,
    colon_before_bracket,
    quotes,
    list_beside,
    open_bracket,
    in_bracket,
    extra_bracket,
    odd_start,
    colon_in_text,
)
"""What shows on a line itself, in the order in which it is looked for."""
_LIKELY: tuple[Callable[[Trouble], Iterator[Mend]], ...] = (no_colon, folded, no_hyphen, indent, quote_above)
"""What only shows by how lines stand below each other: of all that it may be, what lets most of the file be read."""

# For the rest. libyaml has no error codes, only these phrases; the first one found in its message decides.
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


_END = 1_000_000_000

# Where these are what the parser was reading, the fault is at their beginning and not where it gave up.
_STARTED = ("quoted scalar", "simple key", "flow mapping", "flow sequence")


def explain_syntax(file: Yamlfil, error: Any) -> Problem:
    """A YAML syntax error as a problem in Swedish, at the place to mend."""
    slip = _explain(file, error)
    if slip is not None:
        return slip
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


def _explain(file: Yamlfil, error: Any) -> Problem | None:
    """The slip behind a syntax error as a problem at its own place, or None where it is none of the usual ones."""
    trouble = Trouble(file, error)
    for search in _SURE:
        found = search(trouble)
        if found is not None and _reach(trouble, found) > 0:
            return _problem(file, found)
    best, furthest = None, 0
    for each in _LIKELY:
        for found in each(trouble):
            reach = _reach(trouble, found)
            if reach > furthest:
                best, furthest = found, reach
            if reach == _END:
                return _problem(file, found)
    return _problem(file, best) if best is not None else None


def _problem(file: Yamlfil, mend: Mend) -> Problem:
    atgard = "\n".join([mend.atgard + (":" if mend.rader else ""), *mend.rader])
    return file.problem_at(mend.rad, mend.kolumn, "yaml", mend.meddelande, atgard)


def _reach(trouble: Trouble, mend: Mend) -> int:
    """How many more lines can be read once the mend is made, ``_END`` where all of the file can; 0 for none."""
    rader = list(trouble.file.rader)
    at = (mend.byter or mend.rad) - 1
    rader[at : at + 1] = mend.rader
    loader = LOADER("\n".join(rader))
    try:
        while loader.check_event():
            loader.get_event()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return max(mark.line + 1 - trouble.rad - len(mend.rader) + 1, 0) if mark is not None else 0
    except yaml.YAMLError:
        return 0
    return _END
