"""Bytes of any of the formats that people have tables in → a grid of cells. The bytes say what it is, not the name.

Nothing is worked out, fetched or run on the way. What can't be read whole and safely is refused, with the way round it.
"""

from __future__ import annotations

import codecs
import re

from uppfoljning.formats.decode import CONTROL
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.html import is_html, read_html
from uppfoljning.formats.ods import read_ods
from uppfoljning.formats.pasted_text import read_lines
from uppfoljning.formats.refusals import PASTE, refuse
from uppfoljning.formats.safe_archive import unpack
from uppfoljning.formats.sniff import refuse_kind, refuse_text, zip_kind
from uppfoljning.formats.xlsx import read_xlsx
from uppfoljning.text.problem import Problem

MAX_BYTES = 5_000_000
READ_AS_1252 = "Filen är inte sparad som UTF-8 och lästes som Windows-1252. Kontrollera att å, ä och ö blev rätt."
CONTROLS_REMOVED = "Osynliga styrtecken i texten togs bort."
SHEET_UNUSED = "--blad gäller bara kalkylblad och användes inte."

_ALLOWED = "\x0b\x0c\x85\u2028\u2029"


def read_table(content: bytes, fil: str, blad: str | None = None) -> Rutnat | tuple[Problem, ...]:
    """The cells of a table in .xlsx, .ods, HTML, CSV or text, or why it isn't read.

    ``fil`` is the name shown in places and messages; ``blad`` names the sheet of a workbook with several.
    """
    if len(content) > MAX_BYTES:
        return (
            refuse(
                fil,
                "for-stor",
                f"Filen är större än {MAX_BYTES // 1_000_000} MB och läses inte.",
                "Ta ut tabellen ur filen, eller kontrollera att rätt fil är vald.",
            ),
        )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return (_empty(fil),)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_archive(content, fil, blad)
    refusal = refuse_kind(content, fil)
    if refusal is not None:
        return (refusal,)
    return _read_text(content, fil, blad)


def _read_archive(content: bytes, fil: str, blad: str | None) -> Rutnat | tuple[Problem, ...]:
    parts = unpack(content, fil)
    if isinstance(parts, Problem):
        return (parts,)
    kind = zip_kind(parts, parts.get("[Content_Types].xml", b""), parts.get("mimetype", b""), fil)
    if isinstance(kind, Problem):
        return (kind,)
    return read_xlsx(parts, fil, blad) if kind == "xlsx" else read_ods(parts, fil, blad)


def _read_text(content: bytes, fil: str, blad: str | None) -> Rutnat | tuple[Problem, ...]:
    decoded = _decode(content)
    if decoded is None:
        return (
            refuse(fil, "fel-filtyp", "Det här är varken text eller ett kalkylblad.", f"Kontrollera filen. {PASTE}"),
        )
    text, notices = decoded
    refusal = refuse_text(text, fil)
    if refusal is not None:
        return (refusal,)
    if blad is not None:
        notices = (*notices, SHEET_UNUSED)
    grid = read_html(text, fil, notices) if is_html(text) else read_lines(text, fil, notices)
    return (_empty(fil),) if isinstance(grid, Rutnat) and not any(grid.tabell) else grid


def _empty(fil: str) -> Problem:
    return refuse(fil, "tom-fil", "Det finns inget att läsa.", "Kontrollera att rätt fil är vald.")


def _decode(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The text of the bytes and what is to be said about it; None when they are no text at all."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        said = (READ_AS_1252,) if encoding == "cp1252" else ()
        controls = [found.start() for found in CONTROL.finditer(text) if found[0] not in _ALLOWED]
        if not controls:
            return text, said
        # A stray one follows with text copied from a PDF; many of them are no text.
        if len(controls) * 50 <= len(text) and "\x00" not in text:
            return CONTROL.sub(lambda found: found[0] if found[0] in _ALLOWED else " ", text), (*said, CONTROLS_REMOVED)
    return None


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if content[:2000].count(0) * 4 > len(content[:2000]):
        return ("utf-16-le", "utf-16-be")
    # In UTF-8 a byte of å, ä or ö never stands alone; text where it does is older.
    return ("utf-8", "cp1252") if re.search(rb"[\x80-\xff]", content) else ("utf-8",)
