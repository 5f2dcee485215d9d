"""What a file is, by its first bytes and its parts, and the refusals of those that hold no table to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from uppfoljning.formats.refusals import PASTE, refuse
from uppfoljning.text.problem import Problem

_RESAVE = "Öppna filen i Excel eller LibreOffice och spara den som .xlsx, .ods eller CSV."
_TABLE = "Ange en tabell som .xlsx, .ods, HTML, CSV eller text."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS: tuple[tuple[str, str, str, str], ...] = (
    (
        "EncryptedPackage",
        "losenord",
        "Arbetsboken är skyddad med lösenord och går inte att läsa.",
        "Öppna den i Excel, ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och spara den på nytt.",
    ),
    ("WordDocument", "word", "Det här är ett Word-dokument (.doc), inget kalkylblad.", PASTE),
    ("PowerPoint Document", "fel-filtyp", "Det här är en presentation i det gamla formatet .ppt.", PASTE),
    ("__substg1.0_", "fel-filtyp", "Det här är ett sparat e-postmeddelande (.msg).", PASTE),
    ("Workbook", "gammalt-xls", "Det här är en arbetsbok i det gamla formatet .xls, som inte läses.", _RESAVE),
    ("Book", "gammalt-xls", "Det här är en arbetsbok i det gamla formatet .xls, som inte läses.", _RESAVE),
)

_PICTURE = "Det här är en bild. Siffror i bilder läses inte."
_PACKED = "Det här är en packad fil."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x89PNG", "bild", _PICTURE),
    (rb"\xff\xd8\xff", "bild", _PICTURE),
    (rb"GIF8[79]a", "bild", _PICTURE),
    (rb"BM.{4}\x00\x00\x00\x00", "bild", _PICTURE),
    (rb"II\*\x00|MM\x00\*", "bild", _PICTURE),
    (rb"RIFF.{4}WEBP", "bild", _PICTURE),
    (rb".{4}ftyp(?:heic|heix|mif1|avif)", "bild", _PICTURE),
    (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!|BZh[1-9]|\xfd7zXZ", "packad", _PACKED),
)
_XML_SIGNS = ("urn:schemas-microsoft-com:office:spreadsheet", "office:document ", "opendocument:xmlns:office")

Zipslag = Literal["xlsx", "ods"]


def refuse_kind(content: bytes, fil: str) -> Problem | None:
    """Why a file is refused for what its bytes show it to be, or None. A zip archive passes; its parts decide."""
    if content.startswith(_OLE):
        return _refuse_ole(content, fil)
    if b"%PDF-" in content[:1024]:
        return refuse(
            fil,
            "pdf",
            "Det här är en PDF. Tabeller i en PDF går inte att läsa säkert.",
            "Markera tabellen i PDF-läsaren, kopiera den och klistra in den: skriv - i stället för filens namn. "
            "Kontrollera siffrorna efteråt.",
        )
    for pattern, kod, message in _SIGNATURES:
        if re.match(pattern, content, re.DOTALL):
            help_text = "Packa upp den och ange tabellen i den." if kod == "packad" else _TABLE
            return refuse(fil, kod, message, help_text)
    if content.startswith(b"{\\rtf"):
        return refuse(fil, "fel-filtyp", "Det här är ett dokument i formatet RTF.", PASTE)
    return None


def _refuse_ole(content: bytes, fil: str) -> Problem:
    for name, kod, message, help_text in _OLE_KINDS:
        if name.encode("utf-16-le") in content:
            return refuse(fil, kod, message, help_text)
    return refuse(fil, "fel-filtyp", "Det här är en fil i ett äldre Office-format, som inte läses.", _RESAVE)


def refuse_text(text: str, fil: str) -> Problem | None:
    """Why a text is refused for being another format's text, or None."""
    start = text[:4000].lstrip()
    if start.startswith("{") and re.search(r'"url"\s*:\s*"https://docs\.google\.com/|"doc_id"\s*:', start):
        return refuse(
            fil,
            "gsheet",
            "Det här är bara en genväg till ett kalkylark hos Google; tabellen ligger inte i filen.",
            "Öppna kalkylarket i webbläsaren, välj Arkiv, Ladda ned, Microsoft Excel (.xlsx) och ange den filen.",
        )
    if start.startswith("<?xml") and any(sign in start for sign in _XML_SIGNS):
        return refuse(
            fil, "xml-kalkylblad", "Det här är ett kalkylblad sparat som XML, och sådana läses inte.", _RESAVE
        )
    if re.match(r"MIME-Version:|From:.*\r?\n(?:.*\r?\n){0,5}MIME-Version:", start):
        return refuse(
            fil,
            "webbarkiv",
            "Det här är ett webbarkiv (.mht) eller ett e-postmeddelande.",
            "Öppna det i webbläsaren, kopiera tabellen och klistra in den: skriv - i stället för filens namn.",
        )
    return None


def zip_kind(names: Iterable[str], types: bytes, mimetype: bytes, fil: str) -> Zipslag | Problem:
    """What a zip archive with these parts is; ``types`` is ``[Content_Types].xml``, ``mimetype`` OpenDocument's."""
    parts = set(names)
    lower = {name.lower() for name in parts}
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return _opendocument(mimetype, fil)
    if b"sheet.binary.macroEnabled" in types or "xl/workbook.bin" in lower:
        return refuse(fil, "xlsb", "Det här är en binär arbetsbok (.xlsb), som inte läses.", _RESAVE)
    if b"sheet.macroEnabled" in types or "vbaproject.bin" in {name.rpartition("/")[2] for name in lower}:
        return refuse(
            fil,
            "makron",
            "Arbetsboken innehåller makron (program) och läses inte.",
            "Spara den som vanlig arbetsbok (.xlsx) utan makron.",
        )
    if b"spreadsheetml.sheet.main+xml" in types or b"spreadsheetml.template.main+xml" in types:
        return "xlsx"
    if b"wordprocessingml" in types:
        return refuse(fil, "word", "Det här är ett Word-dokument (.docx), inget kalkylblad.", PASTE)
    if b"presentationml" in types:
        return refuse(fil, "fel-filtyp", "Det här är en presentation (.pptx), inget kalkylblad.", PASTE)
    if any(name.startswith("index/") or name == "index.zip" for name in lower):
        return refuse(
            fil,
            "numbers",
            "Det här är ett kalkylark från Numbers, som inte läses.",
            "Öppna det i Numbers och välj Arkiv, Exportera till, Excel eller CSV.",
        )
    return refuse(
        fil, "packad", "Det här är en packad fil (zip), inget kalkylblad.", "Packa upp den och ange tabellen i den."
    )


def _opendocument(mimetype: bytes, fil: str) -> Zipslag | Problem:
    kind = mimetype.removeprefix(b"application/vnd.oasis.opendocument.")
    if kind.startswith(b"spreadsheet"):
        return "ods"
    if kind.startswith(b"text"):
        return refuse(fil, "word", "Det här är ett textdokument (.odt), inget kalkylblad.", PASTE)
    return refuse(fil, "fel-filtyp", "Det här är ett OpenDocument av annat slag än kalkylblad.", PASTE)
