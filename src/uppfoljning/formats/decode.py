"""Bytes → text: UTF-8 only, and what else a file turned out to be told in words."""

from __future__ import annotations

import re

from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Plats, Problem

LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def decode(
    content: bytes, fil: str, kalkylblad: str = "Spara innehållet som ren text i en .yaml-fil."
) -> str | Problem:
    """The text of a file in UTF-8, with or without its mark, or why it can't be read as that.

    ``kalkylblad`` is the way on for one who has put a spreadsheet there.
    """
    whole = Plats(fil)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return Problem(
            whole,
            "fel-filtyp",
            "Det här är ett kalkylblad, Word-dokument eller en PDF, inte en textfil.",
            kalkylblad,
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
        lines = LINE_BREAK.split(before)
        line = re.split(rb"\r\n|\n|\r", content[error.start :])[0].decode("cp1252", "replace")
        return Problem(
            Plats(fil, len(lines), len(lines[-1]) + 1),
            "kodning",
            "Filen är inte sparad som UTF-8; ett tecken går inte att läsa (ofta å, ä eller ö).",
            "Spara om den som UTF-8: i Anteckningar under Arkiv, Spara som, Kodning UTF-8.",
            rad_text=mask(lines[-1] + line),
        )
