"""YAML text → plain values and the place of each. Strict where YAML is treacherous, and never a crash.

PyYAML's own loader keeps the last of two equal keys, reads ``no`` as false, ``010`` as eight and ``12:30`` as 750, and
may exhaust memory or stack on hostile input. Here its parser only supplies events; values are built from them in one
loop with a stack of its own, and every doubt becomes a :class:`Problem` with a place.
"""

from __future__ import annotations

import re

import yaml

from uppfoljning.personal import mask
from uppfoljning.problem import Plats, Problem
from uppfoljning.yamlbuild import Builder, StopReadingError
from uppfoljning.yamlnod import Yamlfil

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


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
