"""Writes templates/tjansteskrivelse.docx, the tool's own Word template. Run it after changing anything here.

The parts are written out rather than made with python-docx, whose blank document brings along a hundred styles that
nobody uses, American settings and a thumbnail. Measures are twentieths of a point (dxa); a font's size is half points.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from uppfoljning.output.word.template import TYPES, pack

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "templates" / "tjansteskrivelse.docx"

_FONT = "Arial"  # in every Word; where it is missing, LibreOffice has one of the same widths
_DARK, _GREY = "1F2937", "4B5563"
_MARGIN, _TEXT_WIDTH, _LABEL = 1418, 9070, 2268

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'


def paragraph(style: str, *runs: str) -> str:
    """A paragraph in a style. Each run is text; one that is a tab becomes one."""
    inside = "".join(
        "<w:r><w:tab/></w:r>" if run == "\t" else f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
        for run in runs
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>'


def tag(text: str) -> str:
    """A paragraph that is nothing but a tag, and is gone when the paper has been filled in."""
    return paragraph("Normal", f"{{%p {text} %}}")


def when(condition: str, *paragraphs: str) -> str:
    """Paragraphs that are there only when there is something to say."""
    return tag(f"if {condition}") + "".join(paragraphs) + tag("endif")


def each(name: str, of: str, *paragraphs: str) -> str:
    """Paragraphs for each item of a list."""
    return tag(f"for {name} in {of}") + "".join(paragraphs) + tag("endfor")


def fact(label: str, name: str) -> str:
    """A label and its field, or nothing."""
    return when(f"r.{name}", paragraph("Uppgift", f"{label}:", "\t", f"{{{{ r.{name} }}}}"))


def body() -> str:
    """The paper, in the order that Swedish committees are used to."""
    return "".join(
        [
            when("r.kommun", paragraph("Avsandare", "{{ r.kommun }}")),
            paragraph("Dokumenttyp", "Tjänsteskrivelse"),
            fact("Datum", "datum"),
            fact("Diarienummer", "diarienummer"),
            fact("Handläggare", "handlaggare"),
            fact("Till", "mottagare"),
            when("r.exempel", paragraph("Exempel", "{{ r.exempel }}")),
            paragraph("Heading1", "{{ r.rubrik }}"),
            when("r.undertitel", paragraph("Subtitle", "{{ r.undertitel }}")),
            when(
                "r.forslag",
                paragraph("Heading2", "Förslag till beslut"),
                each("f", "r.forslag", paragraph("ListNumber", "{{ f }}")),
            ),
            when(
                "r.sammanfattning",
                paragraph("Heading2", "Sammanfattning"),
                each("s", "r.sammanfattning", paragraph("Normal", "{{ s }}")),
            ),
            each(
                "a",
                "r.avsnitt",
                paragraph("Heading2", "{{ a.rubrik }}"),
                each("s", "a.stycken", paragraph("Normal", "{{ s }}")),
                each("p", "a.punkter", paragraph("ListBullet", "{{ p }}")),
            ),
            when(
                "r.beslutsunderlag",
                paragraph("Heading2", "Beslutsunderlag"),
                each("b", "r.beslutsunderlag", paragraph("ListBullet", "{{ b }}")),
            ),
            when("r.handlaggare", paragraph("Signature", "\t"), paragraph("Underskrift", "{{ r.handlaggare }}")),
            paragraph("Signature", "\t"),
            paragraph("Underskrift", "Ansvarig chef"),
        ]
    )


def document() -> str:
    """The main part: the body and the page."""
    references = "".join(
        f'<w:{kind}Reference w:type="{type_}" r:id="{relation}"/>'
        for kind, type_, relation in (
            ("header", "default", "rId4"),
            ("header", "first", "rId5"),
            ("footer", "default", "rId6"),
            ("footer", "first", "rId7"),
        )
    )
    page = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}"'
        ' w:header="709" w:footer="709" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body()}{page}</w:body></w:document>"


def header(*paragraphs: str) -> str:
    """A page header, where the line about examples comes last."""
    invented = when("r.exempel", paragraph("Exempelhuvud", "{{ r.exempel }}"))
    return f"{_HEAD}<w:hdr {_NAMESPACES}>{''.join(paragraphs)}{invented}</w:hdr>"


def footer() -> str:
    """'Sida 1 av 3', counted by the program that shows the paper."""

    def counted(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{_HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">Sida </w:t></w:r>{counted("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> av </w:t></w:r>{counted("NUMPAGES")}</w:p></w:ftr>'
    )


def style(id_: str, name: str, paragraph_: str = "", run: str = "", *, following: str = "Normal") -> str:
    """A paragraph style. The names of Word's own are English in the file and shown in the reader's language."""
    own = "" if name[0].islower() or name in _BUILT_IN else ' w:customStyle="1"'
    first = id_ == "Normal"
    default = ' w:default="1"' if first else ""
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{id_}"><w:name w:val="{name}"/>'
        + ("" if first else f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/>')
        + f"<w:qFormat/><w:pPr>{paragraph_}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_BUILT_IN = {"Normal", "Subtitle", "List Number", "List Bullet", "Signature"}


def _size(half_points: int, colour: str = "", *, bold: bool = False) -> str:
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _line(side: str) -> str:
    return f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="{_GREY}"/>'


def styles() -> str:
    """The styles, all of which the template uses."""
    frame = f"<w:pBdr>{''.join(map(_line, ('top', 'left', 'bottom', 'right')))}</w:pBdr>"
    heading = "<w:keepNext/><w:keepLines/>"
    made = [
        style("Normal", "Normal"),
        style("Avsandare", "Avsändare", _space(0, 0), _size(24, _DARK, bold=True), following="Dokumenttyp"),
        style("Dokumenttyp", "Dokumenttyp", _space(0, 240), _size(22, _GREY), following="Uppgift"),
        style(
            "Uppgift",
            "Uppgift",
            f'<w:tabs><w:tab w:val="left" w:pos="{_LABEL}"/></w:tabs>{_space(0, 40)}'
            f'<w:ind w:left="{_LABEL}" w:hanging="{_LABEL}"/>',
            _size(20),
            following="Uppgift",
        ),
        style("Exempel", "Exempel", f"{frame}{_space(240, 120)}<w:ind w:left='142' w:right='142'/>", "<w:b/><w:bCs/>"),
        style(
            "Heading1",
            "heading 1",
            f'{heading}{_space(480, 120, 252)}<w:outlineLvl w:val="0"/>',
            _size(36, _DARK, bold=True),
        ),
        style("Subtitle", "Subtitle", f"{heading}{_space(0, 120)}", _size(24, _GREY)),
        style(
            "Heading2",
            "heading 2",
            f'{heading}{_space(320, 80)}<w:outlineLvl w:val="1"/>',
            _size(26, _DARK, bold=True),
        ),
        style("ListNumber", "List Number", f"<w:keepLines/>{_in_list(1)}{_space(0, 100)}", following="ListNumber"),
        style("ListBullet", "List Bullet", f"{_in_list(2)}{_space(0, 60)}", following="ListBullet"),
        style(
            "Signature",
            "Signature",
            "<w:keepNext/><w:keepLines/>"
            f'<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4536"/></w:tabs>{_space(600, 0)}',
            following="Underskrift",
        ),
        style("Underskrift", "Underskrift", f"<w:keepNext/><w:keepLines/>{_space(40, 0)}", _size(20)),
        style(
            "Header",
            "header",
            f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH}"/></w:tabs>{_space(0, 60)}',
            _size(18, _GREY),
            following="Header",
        ),
        style("Exempelhuvud", "Exempelhuvud", _space(0, 160), _size(18, _DARK, bold=True), following="Header"),
        style("Footer", "footer", f'{_space(0, 0)}<w:jc w:val="right"/>', _size(18, _GREY), following="Footer"),
    ]
    return (
        f"{_HEAD}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
        f'{_size(21)}<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 140, 276)}</w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(made)}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style></w:styles>'
    )


def _in_list(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def numbering() -> str:
    """The two lists: the numbered proposals and the bullets, each with a numbering of its own."""

    def kind(number: int, format_: str, text: str, style_: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:pStyle w:val="{style_}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="510" w:hanging="510"/></w:pPr></w:lvl></w:abstractNum>'
        )

    lists = kind(0, "decimal", "%1.", "ListNumber") + kind(1, "bullet", "•", "ListBullet")
    uses = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>' for number in (1, 2))
    return f"{_HEAD}<w:numbering {_NAMESPACES}>{lists}{uses}</w:numbering>"


def settings() -> str:
    """How the paper behaves: as of the Word of today, with Swedish signs."""
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:defaultTabStop w:val="1304"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="sv-SE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


_PARTS = (
    ("styles", "styles", "styles"),
    ("numbering", "numbering", "numbering"),
    ("settings", "settings", "settings"),
    ("header1", "header", "header"),
    ("header2", "header", "header"),
    ("footer1", "footer", "footer"),
    ("footer2", "footer", "footer"),
)
"""File, kind of relation and content type; the n-th is rIdn."""


def content() -> bytes:
    """The template, the same bytes each time."""
    types = "".join(
        f'<Override PartName="/word/{file}.xml" ContentType="{_OFFICE}.{type_}+xml"/>' for file, _, type_ in _PARTS
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{file}.xml"/>'
        for number, (file, kind, _) in enumerate(_PARTS, start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    texts = {
        TYPES: f'{_HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tjänsteskrivelse</dc:title>'
        "<dc:creator>uppfoljning</dc:creator><dc:language>sv-SE</dc:language></cp:coreProperties>",
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/header1.xml": header(paragraph("Header", "{{ r.kommun }}", "\t", "{{ r.diarienummer }}")),
        "word/header2.xml": header(),
        "word/footer1.xml": footer(),
        "word/footer2.xml": footer(),
    }
    return pack({name: text.encode("utf-8") for name, text in texts.items()})


_CORE = "application/vnd.openxmlformats-package.core-properties"

if __name__ == "__main__":
    TARGET.write_bytes(content())
