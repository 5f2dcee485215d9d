"""View + parts of a judged template → the paper. docxtpl does the filling; what it passes over in silence is caught."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from uppfoljning.errors import UsageError
from uppfoljning.formats.decode import CONTROL, LINE_BREAK
from uppfoljning.formats.safe_archive import unpack
from uppfoljning.output.word.tags import TAG
from uppfoljning.output.word.template import pack
from uppfoljning.report.views.skrivelse import Skrivelsevy
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Problem

_CREATOR = "uppfoljning"
_SURROGATE = re.compile("[\ud800-\udfff]")
_APP = "docProps/app.xml"
_ABOUT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>uppfoljning</Application></Properties>"
)
"""In the template it names people, companies and hours spent."""
_HOLDS_NO_TEXT = tuple(
    qn(f"w:{name}")
    for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "txbxContent", "sdtContent", "hyperlink")
)
_DOES_NOT_HOLD = (TemplateError, SyntaxError, AttributeError, TypeError, LookupError, ValueError, RecursionError)
"""What docxtpl, python-docx, lxml and Jinja2 raise for a file that isn't what they expect; lxml's are SyntaxErrors."""
_BROKEN = (
    "Word-mallen kan inte användas:\n  – Den hänger inte ihop inuti, kanske för att ett annat program har gjort den. "
    "Öppna den i Word och spara den på nytt som Word-dokument (.docx)."
)
_TORN = (
    "Word-mallen kan inte fyllas i:\n  – Taggarna hamnar så att dokumentet inte hänger ihop. Kontrollera att "
    "{%p for %} och {%p endfor %} (eller if och endif) står i egna stycken på samma nivå: inte det ena i en "
    "tabell och det andra utanför. I en tabell upprepas hela rader med {%tr for %} och {%tr endfor %}."
)
_ENDS_WITH_PARAGRAPH = tuple(
    qn(f"w:{name}") for name in ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")
)
"""In these Word demands a paragraph last; a condition may have taken it away."""


def fill(vy: Skrivelsevy, parts: Mapping[str, bytes]) -> bytes:
    """The paper from a template that :func:`uppfoljning.output.word.tags.faults` found nothing wrong with.

    Raises :class:`UsageError` for a template that turns out not to be fillable all the same.
    """
    day = datetime.strptime(vy.datum_iso, "%Y-%m-%d")
    made = BytesIO()
    try:
        paper = _Paper(BytesIO(pack(parts)))
        paper.init_docx()
    except _DOES_NOT_HOLD:
        raise UsageError(_BROKEN) from None
    try:
        paper.render({"r": vy}, environment())
    except _DOES_NOT_HOLD:
        raise UsageError(_TORN) from None
    try:
        _cut_off_makers(paper)
        _set_properties(paper, vy.dokumenttitel, day)
        paper.save(made)
    except _DOES_NOT_HOLD:
        raise UsageError(_BROKEN) from None
    finished = unpack(made.getvalue(), "mall")
    if isinstance(finished, Problem):
        raise UsageError("Word-filen blir orimligt stor. Välj en mall med färre eller mindre bilder.")
    return pack({**finished, **({_APP: _ABOUT} if _APP in finished else {})})


def environment() -> ImmutableSandboxedEnvironment:
    """Where a template's expressions are evaluated: sandboxed, escaping, strict about undefined names."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_text)


def _text(value: Any) -> Any:
    """A value as text that XML can hold. Always escaped, also where a template has turned that off."""
    if isinstance(value, StrictUndefined):
        return value
    text = LINE_BREAK.sub("\n", value.unescape() if isinstance(value, Markup) else str(value))
    text = CONTROL.sub(_spelled, text)
    # docxtpl reads '{_{' in a text as an escape of its own, so no brace is left as it is.
    braces = str(escape(_SURROGATE.sub(_spelled, text))).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(braces)  # noqa: S704 - escaped on the line before


def _spelled(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


class _Paper(DocxTemplate):  # type: ignore[misc]  # docxtpl has no type information
    """docxtpl, but strict: it mends broken XML by dropping what it can't read, and fills in footnotes twice."""

    def patch_xml(self, src_xml: str) -> str:
        """The text as Jinja2 reads it: what a tag compares a field with is written as the field is."""
        return TAG.sub(lambda tag: nfc(tag[0]), str(super().patch_xml(src_xml)))

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        tree = super().fix_tables(xml)
        _mend(tree)
        return tree

    def build_headers_footers_xml(
        self, context: Mapping[str, Any], uri: str, jinja_env: Any = None
    ) -> Iterator[tuple[str, bytes]]:
        for key, xml in super().build_headers_footers_xml(context, uri, jinja_env):
            yield key, _mended(xml)

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        for part in self.docx.part.package.iter_parts():
            if part.content_type in {CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES}:
                xml = self.patch_xml(self.xml_to_string(parse_xml(part.blob)))
                part._blob = _mended(self.render_xml_part(xml, part, context, jinja_env).encode("utf-8"))

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """The properties are set by :func:`_set_properties`; those of the template are not expressions."""


def _mended(xml: bytes) -> bytes:
    tree = etree.fromstring(xml)
    _mend(tree)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def _mend(tree: Any) -> None:
    """Give cells and headers the paragraph that Word demands, and drop rows and tables that have been emptied.

    Raises ValueError for text that has ended up outside a paragraph, where Word would refuse the file.
    """
    for element in tree.iter(*_HOLDS_NO_TEXT):
        if "".join(filter(None, [element.text, *(child.tail for child in element)])).strip():
            raise ValueError("text outside a paragraph")
    for whole, inside in (("w:tr", "w:tc"), ("w:tbl", "w:tr")):
        for element in list(tree.iter(qn(whole))):
            if element.find(f".//{qn(inside)}") is None:
                element.getparent().remove(element)
    for element in tree.iter(*_ENDS_WITH_PARAGRAPH):
        if len(element) == 0 or element[-1].tag != qn("w:p"):
            etree.SubElement(element, qn("w:p"))


def _cut_off_makers(paper: _Paper) -> None:
    """What names people in the template: the list of who has edited it, and the path of the file it was based on."""
    for part in paper.docx.part.package.iter_parts():
        if part.content_type == CONTENT_TYPE.WML_SETTINGS and isinstance(part, XmlPart):
            for element in part.element.findall(qn("w:attachedTemplate")):
                part.element.remove(element)
                part.rels.pop(element.get(qn("r:id")), None)
        for key in [key for key, relation in part.rels.items() if relation.reltype.endswith("/people")]:
            part.rels.pop(key)


def _set_properties(paper: _Paper, title: str, day: datetime) -> None:
    properties = paper.docx.core_properties
    properties.title = _plain(title)
    properties.author = properties.last_modified_by = _CREATOR
    properties.created = properties.modified = day
    properties.language = "sv-SE"
    properties.revision = 1
    for name in ("subject", "keywords", "comments", "category", "content_status", "identifier", "version"):
        setattr(properties, name, "")
    printed = properties._element.find(qn("cp:lastPrinted"))
    if printed is not None:
        properties._element.remove(printed)


def _plain(text: str) -> str:
    return str(_text(text).unescape()).replace("\n", " ")
