"""Workbooks and archives for tests of the reading: ordinary ones by the libraries, hostile ones by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter
from odf import table as odf_table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.text import P

Rows = Sequence[Sequence[Any]]

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

ODS_HEAD = """<?xml version="1.0" encoding="UTF-8"?>%s<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet>"""
ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(content: bytes, **parts: bytes | str) -> bytes:
    """An archive with parts put in or exchanged; ``__`` in a name is ``/`` and ``_`` is ``.``."""
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return zipped({**unzipped(content), **named})


def xlsx(sheets: Mapping[str, Rows], touch: Callable[[Any], None] | None = None) -> bytes:
    """A workbook by openpyxl; ``touch`` may change it before it is saved."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if touch is not None:
        touch(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def xlsx_by_writer(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook by XlsxWriter, whose one sheet ``fill`` gets together with the workbook."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(workbook, workbook.add_worksheet("Blad1"))
    workbook.close()
    return out.getvalue()


def xlsx_by_hand(data: str, *, kind: str = "spreadsheetml.sheet", head: str = "", namespace: str = _SHEET) -> bytes:
    """A workbook whose sheet Blad1 has this XML as its rows. ``head`` goes before the sheet's root element."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES % kind,
            "_rels/.rels": f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}<worksheet xmlns="{namespace}">'
            f"<sheetData>{data}</sheetData></worksheet>",
        }
    )


def ods(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """A workbook by odfpy: numbers as floats, the rest as strings."""
    document = OpenDocumentSpreadsheet()
    style = Style(name="dolt", family="table")
    style.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(style)
    for name, rows in sheets.items():
        sheet = odf_table.Table(name=name, **({"stylename": style} if name in hidden else {}))
        for row in rows:
            line = odf_table.TableRow()
            for value in row:
                number = isinstance(value, int | float)
                kind = {"valuetype": "float", "value": str(value)} if number else {"valuetype": "string"}
                cell = odf_table.TableCell(**({} if value is None else kind))
                if value is not None:
                    cell.addElement(P(text=str(value)))
                line.addElement(cell)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def ods_by_hand(sheets: str, head: str = "") -> bytes:
    """A workbook with this XML as its sheets. ``head`` goes before the root element."""
    return zipped({"mimetype": ODS_TYPE, "content.xml": ODS_HEAD % head + sheets + ODS_FOOT})


def ole(*names: str) -> bytes:
    """The beginning of a file in the old Office container, with a directory of these streams."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory
