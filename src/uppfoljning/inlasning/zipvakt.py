"""A zip archive → its parts as bytes, when it is harmless: few parts, plain names, and little when unpacked.

Sizes are measured by unpacking with a cap, since an archive may claim anything about itself.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from uppfoljning.inlasning.besked import refuse
from uppfoljning.problem import Problem

MAX_UNPACKED = 20_000_000
MAX_PARTS = 500
_MAX_RATIO = 200
_RATIO_FROM = 1_000_000
"""Small parts may be packed as hard as they like; a megabyte of figures is never packed two hundred times over."""

_HARMFUL = "Läs inte in den. Be avsändaren om tabellen på nytt, eller kopiera den och klistra in den med -."


def unpack(content: bytes, fil: str) -> dict[str, bytes] | Problem:
    """Every part of an archive by its name, or why it is refused. Nothing in it is opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, EOFError, NotImplementedError, OverflowError):
        return broken(fil)
    refusal = _refuse_listing(members, fil)
    if refusal is not None:
        return refusal
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in members:
        part = _unpack_member(content, info, left)
        if part is None or info.filename in parts:
            return broken(fil)
        if len(part) > left:
            return _bomb(fil)
        if len(part) > _RATIO_FROM and len(part) > _MAX_RATIO * info.compress_size:
            return refuse(
                fil, "zip-bomb", "Filen är packad så hårt som inga vanliga kalkylblad är, som i ett angrepp.", _HARMFUL
            )
        left -= len(part)
        parts[info.filename] = part
    return parts


def broken(fil: str) -> Problem:
    """The refusal of an archive or workbook that does not hang together."""
    return refuse(
        fil,
        "trasig-fil",
        "Filen är skadad och går inte att läsa, kanske för att den inte laddades ned helt.",
        "Hämta eller spara den på nytt, eller kopiera tabellen och klistra in den: skriv - i stället för filens namn.",
    )


def _refuse_listing(members: list[zipfile.ZipInfo], fil: str) -> Problem | None:
    if len(members) > MAX_PARTS:
        return refuse(fil, "zip-delar", f"Filen innehåller {len(members)} delar; högst {MAX_PARTS} läses.", _HARMFUL)
    for info in members:
        # zipfile cuts a name at a NUL, so the name as it stands in the archive is looked at too.
        names = (info.filename, info.orig_filename)
        if any(n.startswith(("/", "\\")) or ".." in n.replace("\\", "/").split("/") or n[1:2] == ":" for n in names):
            return refuse(
                fil, "zip-namn", "Filen innehåller en del vars namn pekar utanför filen, som i ett angrepp.", _HARMFUL
            )
        if info.flag_bits & 0x1:
            return refuse(
                fil,
                "losenord",
                "Filen är skyddad med lösenord och går inte att läsa.",
                "Ta bort lösenordet och spara filen på nytt.",
            )
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        return _bomb(fil)
    return None


def _bomb(fil: str) -> Problem:
    return refuse(
        fil,
        "zip-bomb",
        f"Filen blir orimligt stor när den packas upp (högst {MAX_UNPACKED // 1_000_000} MB läses).",
        _HARMFUL,
    )


def _unpack_member(content: bytes, info: zipfile.ZipInfo, cap: int) -> bytes | None:
    """The bytes of one part, at most one more than ``cap``; None when it is not what the listing says."""
    header = content[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        return None
    start = info.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
    packed = content[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            part = zlib.decompressobj(-15).decompress(packed, cap + 1)
        except zlib.error:
            return None
    else:
        return None
    if len(part) <= cap and (len(part) != info.file_size or zlib.crc32(part) != info.CRC):
        return None
    return part
