"""YAML text → plain values and the place of each. Strict where YAML is treacherous, and never a crash.

PyYAML's own loader keeps the last of two equal keys, reads ``no`` as false, ``010`` as eight and ``12:30`` as 750, and
may exhaust memory or stack on hostile input. Here its parser only supplies events; values are built from them in one
loop with a stack of its own, and every doubt becomes a :class:`Problem` with a place.
"""

from __future__ import annotations

import yaml

from uppfoljning.problem import Problem
from uppfoljning.textfile import CONTROL, LINE_BREAK, decode
from uppfoljning.yamlbuild import Builder, StopReadingError
from uppfoljning.yamlnod import Yamlfil


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
        from uppfoljning.yamlmessages import explain_syntax

        result.problem.append(explain_syntax(result, error))
    except yaml.YAMLError:
        result.problem.append(
            result.problem_at(1, 1, "yaml", "Filen går inte att läsa som YAML.", "Spara den på nytt.")
        )
    if result.problem:
        result.explain_habits()
    return result
