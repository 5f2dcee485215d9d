"""A zip archive → its parts as bytes, when it is harmless: few parts, plain names, little when unpacked; and their XML.

Nothing with a DOCTYPE is read, and no tree is built: what is read calls a target that keeps what it wants.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Protocol

from uppfoljning.formats.refusals import refuse
from uppfoljning.text.problem import Problem

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


_MAX_DEPTH = 200


class Target(Protocol):
    """What receives the elements. Names come as the parser gives them, ``{namespace}name``; :func:`local` cuts them."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Text inside it."""

    def close(self) -> None:
        """The document has ended."""


class Nothing:
    """A target that keeps nothing: the document is only held to be sound. Others are built on it."""

    def __init__(self) -> None:
        self.path: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Note where in the document this is; one that is absurdly deep is not read."""
        self.path.append(local(tag))
        if len(self.path) > _MAX_DEPTH:
            raise ValueError("too deep")

    def end(self, tag: str) -> None:
        """Leave the element."""
        self.path.pop()

    def data(self, text: str) -> None:
        """Text is not kept."""

    def close(self) -> None:
        """Nothing to hand over."""


class Wanted(Nothing):
    """A target that keeps the attributes of elements with certain local names, in order."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = frozenset(names)
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Keep the attributes, by local name, when the element is one of those wanted."""
        super().start(tag, attrib)
        if self.path[-1] in self._names:
            self.found.append((tag, {local(name): value for name, value in attrib.items()}))


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def read_xml(content: bytes, target: Target, fil: str) -> Problem | None:
    """Send a document to ``target``; the refusal when it is unsound or declares a DOCTYPE or an entity."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # has no type information
    from defusedxml.ElementTree import DefusedXMLParser, ParseError  # type: ignore[import-untyped]  # likewise

    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException:
        return refuse(
            fil,
            "doctype",
            "Filen innehåller en DOCTYPE-deklaration, som aldrig finns i ett vanligt kalkylblad.",
            "Läs inte in den. Be avsändaren om tabellen på nytt, eller kopiera den och klistra in den med -.",
        )
    except (ParseError, ValueError, LookupError):
        return broken(fil)
    return None
