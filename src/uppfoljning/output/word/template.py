"""A Word template → its parts, when it is one and harmless; and parts → a .docx that tells nothing of its making."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

from uppfoljning.errors import UsageError
from uppfoljning.formats.safe_archive import MAX_UNPACKED, Nothing, Wanted, local, read_xml, unpack
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import lista

TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The archive. Content types come first, as readers expect; then the package's relations, then all else by name."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, name != "_rels/.rels", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0  # otherwise the system that it was made on
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name], compresslevel=9)
    return made.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCX = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOTX = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_SAVE_AS = "Öppna den i Word, välj Arkiv, Spara som och filformatet Word-dokument (.docx)."

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", f"Det är en fil i det gamla formatet .doc, eller en med lösenord. {_SAVE_AS}"),
    (b"%PDF", "Det är en PDF. Ange den Word-fil som den gjordes av."),
    (b"{\\rtf", f"Det är ett dokument i formatet RTF. {_SAVE_AS}"),
)
_ARCHIVE = {
    "losenord": "Filen är skyddad med lösenord. Ta bort lösenordet och spara den på nytt.",
    "zip-delar": "Filen innehåller orimligt många delar. Gör mallen på nytt i Word.",
    "zip-namn": "Filen innehåller en del vars namn pekar utanför filen, som i ett angrepp. Använd den inte.",
    "zip-bomb": (
        "Filen blir orimligt stor när den packas upp, som i ett angrepp "
        f"(högst {MAX_UNPACKED // 1_000_000} MB läses). Är det bilderna: komprimera dem i Word."
    ),
    "doctype": "Filen innehåller en DOCTYPE-deklaration, som aldrig finns i ett Word-dokument. Använd den inte.",
}
"""What ``formats`` says of an archive, said of a template."""
_BROKEN = "Filen är skadad, kanske för att den inte laddades ned helt. Hämta eller spara den på nytt."

_FETCHING = {"INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "INCLUDE", "DDE", "DDEAUTO", "LINK", "DATABASE", "RD"}
"""Word's fields that read another file or address. https://support.microsoft.com/office, 'List of field codes'."""
_PROGRAMS = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|attachedtoolbars\.bin|(?:activex|customui|webextensions)/.*"
    r"|embeddings/.*(?<!\.xlsx))$",
    re.IGNORECASE,
)
"""Macros, add-ins that start with the paper, and embedded objects, which may hold anything; a chart's table may not."""
_HARMLESS = {"hyperlink", "attachedTemplate"}
"""Relations that may lead out: a link waits for a click, and ``fyll`` cuts off the template that a file came from."""


def open_template(content: bytes) -> dict[str, bytes]:
    """Every part by its name, as a document (.docx) also when it was saved as a template (.dotx).

    Raises :class:`UsageError` with what is wrong and how to mend it.
    """
    for signature, message in _SIGNATURES:
        if content.startswith(signature):
            raise _refused([message])
    if not content.startswith(b"PK"):
        raise _refused([f"Det är inget Word-dokument. {_SAVE_AS}"])
    parts = unpack(content, "mall")
    if isinstance(parts, Problem):
        raise _refused([_ARCHIVE.get(parts.kod, _BROKEN)])
    types = parts.get(TYPES, b"")
    kind = _wrong_kind(parts, types)
    if kind:
        raise _refused([kind])
    if _hides_xml(types):
        raise _refused([_BROKEN])
    harm = list(dict.fromkeys(_harm(parts)))
    if harm:
        raise _refused(harm)
    return {**parts, TYPES: types.replace(_DOTX, _DOCX)}


def _refused(reasons: Iterable[str]) -> UsageError:
    return UsageError("\n".join(["Word-mallen kan inte användas:", *(f"  – {reason}" for reason in reasons)]))


def _wrong_kind(parts: Mapping[str, bytes], types: bytes) -> str:
    if b"macroEnabled" in types or any(_PROGRAMS.search(name) for name in parts):
        return f"Den innehåller makron, tillägg eller inbäddade objekt. Ta bort dem. {_SAVE_AS}"
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        return "Det är ett OpenDocument (.odt). Spara det som Word-dokument (.docx)."
    if _DOCX not in types and _DOTX not in types:
        return f"Det är inget Word-dokument, utan en packad fil av annat slag. {_SAVE_AS}"
    relations = parts.get("_rels/.rels", b"")
    if b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" in relations:
        return (
            "Den är sparad i formatet Strict Open XML. "
            "Öppna den i Word och spara den som vanligt Word-dokument (.docx)."
        )
    return "" if b"relationships/officeDocument" in relations else _BROKEN


def _hides_xml(types: bytes) -> bool:
    """True when the listing of types makes XML of a file with another ending, which would go by the scan below."""
    listing = Wanted("Override", "Default")
    if read_xml(types, listing, TYPES) is not None:
        return True
    for _, listed in listing.found:
        kind, name = listed.get("ContentType", ""), listed.get("PartName", "") or f".{listed.get('Extension', '')}"
        if kind.endswith("xml") and not kind.startswith("image/") and not name.lower().endswith((".xml", ".rels")):
            return True
    return False


class _PartScan(Nothing):
    """Gathers what a part leads to and what must not go out with the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.outward: list[tuple[str, str]] = []
        self.fields: list[str] = []
        self.seen: set[str] = set()
        self._open: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        super().start(tag, attrib)
        name, values = local(tag), {local(key): value for key, value in attrib.items()}
        if name == "Relationship" and values.get("TargetMode") == "External":
            self.outward.append((values.get("Type", "").rpartition("/")[2], values.get("Target", "")))
        if not tag.startswith(f"{{{WORD}}}"):
            return
        self.seen.add(name)
        if name == "fldSimple":
            self.fields.append(values.get("instr", ""))
        if name == "fldChar" and values.get("fldCharType") == "begin":
            self._open.append("")
        elif name == "fldChar" and self._open:
            # Once for 'separate' and once for 'end'; the second adds an empty name.
            self.fields.append(self._open[-1])
            self._open[-1] = ""
            if values.get("fldCharType") == "end":
                self._open.pop()

    def data(self, text: str) -> None:
        if self._open and self.path[-1] == "instrText":
            self._open[-1] += text


def _harm(parts: Mapping[str, bytes]) -> Iterable[str]:
    for name, content in parts.items():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        scan = _PartScan()
        problem = read_xml(content, scan, name)
        if problem is not None:
            yield _ARCHIVE.get(problem.kod, _BROKEN)
            continue
        for kind, target in scan.outward:
            if kind not in _HARMLESS or (kind == "attachedTemplate" and re.match(r"(?:https?|ftp):", target, re.I)):
                yield _outward(kind, target)
        words = {field.split()[0].upper() for field in scan.fields if field.strip()}
        if words & _FETCHING:
            yield (
                f"Den har fältkoden {lista(sorted(words & _FETCHING))}, som hämtar något utifrån när dokumentet "
                "öppnas. Klistra in innehållet i stället (i Word visar Alt+F9 fältkoderna)."
            )
        if {"altChunk"} & scan.seen:
            yield "Den har ett inbäddat dokument av annat slag. Klistra in dess text i stället."
        if scan.seen & {"ins", "del", "moveFrom", "moveTo"} or any(seen.endswith("PrChange") for seen in scan.seen):
            yield (
                "Den har spårade ändringar, som skulle följa med i handlingen med namn på den som ändrat. "
                "Välj Granska, Acceptera, Acceptera alla ändringar i Word, stäng av spårningen och spara."
            )
        if "comment" in scan.seen:
            yield (
                "Den har kommentarer, som skulle följa med i handlingen med namn på den som skrivit dem. "
                "Välj Granska, Ta bort, Ta bort alla kommentarer i Word och spara."
            )


def _outward(kind: str, target: str) -> str:
    what = {
        "image": "en bild som är länkad",
        "attachedTemplate": "en mall på en annan plats",
        "oleObject": "ett objekt som är länkat",
    }.get(kind, "något")
    return (
        f"Den hämtar {what} ({target[:100]}) när dokumentet öppnas. "
        "Infoga innehållet i dokumentet i stället för att länka till det."
    )
