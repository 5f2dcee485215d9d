"""The committee's paper in Word: every text is there, the bytes are the same, and a template that won't do is told."""

from __future__ import annotations

import dataclasses
import os
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conftest import ROOT
from uppfoljning.errors import UsageError
from uppfoljning.formats.safe_archive import unpack
from uppfoljning.output.word import own_template, write_docx
from uppfoljning.output.word.tags import fields_of
from uppfoljning.output.word.template import TYPES, pack
from uppfoljning.report.views.skrivelse import Skrivelseavsnitt, Skrivelsevy

VY = Skrivelsevy(
    rubrik="Redovisning av överenskommelsen, första halvåret 2022",
    undertitel="Tjugofem insatser",
    mottagare="Trygghetsutskottet",
    kommun="Upplands-Bro kommun",
    diarienummer="KS 22/0123",
    datum="31 augusti 2022",
    datum_iso="2022-08-31",
    handlaggare="Brottsförebyggande samordnare",
    exempel="Exempel: svaren är påhittade.",
    forslag=("Utskottet noterar redovisningen.", "Utskottet ger samordnaren i uppdrag att sätta mål & datum."),
    sammanfattning=("Fler än 3 men < 5 möten hölls.", "”Huskurage” går enligt plan – ‘nästan’."),
    avsnitt=(
        Skrivelseavsnitt("Ärendet", ("Redovisas varje halvår.",), ()),
        Skrivelseavsnitt("Så går arbetet", ("Åtta av tio.",), ("VÅL-1: enligt plan", 'UNG-3: "försenad" > allt')),
        Skrivelseavsnitt("Så utvecklas problemet", (), ("Ingen säker förändring",)),
    ),
    beslutsunderlag=("Denna tjänsteskrivelse", "Halvårsrapport 2022-H1"),
    dokumenttitel="Tjänsteskrivelse & redovisning 2022-H1",
)
EMPTY = Skrivelsevy("Rubrik", "", "", "", "", "", "2022-08-31", "", "", (), (), (), (), "Titel")
NOT_IN_THE_BODY = {"datum_iso", "dokumenttitel"}


def texts(value: Any) -> Iterator[str]:
    """Every text of a view, but for those that stand in the file's properties."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    else:
        for field in dataclasses.fields(value):
            if field.name not in NOT_IN_THE_BODY:
                yield from texts(getattr(value, field.name))


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def p(*runs: str) -> str:
    """A paragraph of runs, as XML."""
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: str) -> str:
    inside = "".join(f"<w:tr><w:tc>{row}</w:tc></w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="5000"/></w:tblGrid>{inside}</w:tbl>'


def template(body: str) -> bytes:
    """A municipality's template with this body; its headers are those of the tool's own."""
    parts = parts_of(own_template())
    xml = parts["word/document.xml"].decode("utf-8")
    whole = re.sub(r"<w:body>.*</w:p>(?=<w:sectPr>)", lambda _: f"<w:body>{body}", xml, flags=re.DOTALL)
    return pack({**parts, "word/document.xml": whole.encode("utf-8")})


def with_parts(**replaced: tuple[str, str, str]) -> bytes:
    """The tool's own template where a text of a part has been exchanged: name=(part, from, to)."""
    parts = parts_of(own_template())
    for part, old, new in replaced.values():
        assert old in parts[part].decode("utf-8")
        parts[part] = parts[part].decode("utf-8").replace(old, new).encode("utf-8")
    return pack(parts)


def refusal(mall: bytes, vy: Skrivelsevy = VY) -> str:
    with pytest.raises(UsageError) as caught:
        write_docx(vy, mall)
    return str(caught.value)


FILLED = p("{{ r.exempel }}") + p("{{ r.rubrik }}")


# --- the paper ---


def test_every_text_of_the_view_is_a_paragraph_of_the_paper() -> None:
    written = paragraphs(write_docx(VY, None))
    facts = {
        VY.datum: "Datum:",
        VY.diarienummer: "Diarienummer:",
        VY.handlaggare: "Handläggare:",
        VY.mottagare: "Till:",
    }
    wanted = [f"{facts[text]}\t{text}" if text in facts else text for text in texts(VY)]
    assert [text for text in wanted if text not in written] == []


def test_the_parts_come_in_the_order_that_committees_are_used_to() -> None:
    document = docx.Document(BytesIO(write_docx(VY, None)))
    headings = [(q.style.name, q.text) for q in document.paragraphs if q.style and q.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", VY.rubrik),
        ("Heading 2", "Förslag till beslut"),
        ("Heading 2", "Sammanfattning"),
        ("Heading 2", "Ärendet"),
        ("Heading 2", "Så går arbetet"),
        ("Heading 2", "Så utvecklas problemet"),
        ("Heading 2", "Beslutsunderlag"),
    ]
    assert [q.text for q in document.paragraphs][-1] == "Ansvarig chef"


def test_the_proposals_are_a_real_numbered_list_of_their_own() -> None:
    document = docx.Document(BytesIO(write_docx(VY, None)))
    numbered = [q.text for q in document.paragraphs if q.style and q.style.name == "List Number"]
    bullets = [q.text for q in document.paragraphs if q.style and q.style.name == "List Bullet"]
    assert numbered == list(VY.forslag)
    assert bullets == [*VY.avsnitt[1].punkter, *VY.avsnitt[2].punkter, *VY.beslutsunderlag]
    number_of = {
        name: document.styles[name].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
        for name in ("List Number", "List Bullet")
    }
    assert number_of == {"List Number": "1", "List Bullet": "2"}
    formats = [f.get(qn("w:val")) for f in document.part.numbering_part.element.iter(qn("w:numFmt"))]
    assert formats == ["decimal", "bullet"]


def test_what_is_empty_leaves_neither_label_nor_heading() -> None:
    assert paragraphs(write_docx(EMPTY, None)) == ["Tjänsteskrivelse", "Rubrik", "\t", "Ansvarig chef"]


def test_an_example_is_told_at_the_top_and_in_the_header_of_every_page() -> None:
    document = docx.Document(BytesIO(write_docx(VY, None)))
    written = [q.text for q in document.paragraphs]
    assert written.index(VY.exempel) < written.index(VY.rubrik)
    (section,) = document.sections
    assert section.different_first_page_header_footer
    assert VY.exempel in [q.text for q in section.header.paragraphs]
    assert VY.exempel in [q.text for q in section.first_page_header.paragraphs]
    assert f"{VY.kommun}\t{VY.diarienummer}" in [q.text for q in section.header.paragraphs]


def test_without_examples_nothing_speaks_of_them_and_the_headers_are_whole() -> None:
    content = write_docx(dataclasses.replace(VY, exempel=""), None)
    parts = parts_of(content)
    assert not any(b"xempel:" in part for name, part in parts.items() if name != "word/styles.xml")
    for name in ("word/header1.xml", "word/header2.xml"):
        assert etree.fromstring(parts[name])[-1].tag == qn("w:p")


def test_every_page_has_its_number() -> None:
    parts = parts_of(write_docx(VY, None))
    for name in ("word/footer1.xml", "word/footer2.xml"):
        footer = etree.fromstring(parts[name])
        assert "".join(footer.itertext()) == "Sida 1 av 1"
        assert [f.get(qn("w:instr")).strip() for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_paper_is_a4_in_swedish_and_opens_in_the_word_of_today() -> None:
    content = write_docx(VY, None)
    (section,) = docx.Document(BytesIO(content)).sections
    assert section.page_width and section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    parts = parts_of(content)
    assert b'<w:lang w:val="sv-SE"' in parts["word/styles.xml"]
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]
    assert b"w:txbxContent" not in parts["word/document.xml"]
    assert b"<w:tbl>" not in parts["word/document.xml"]


def test_forty_proposals_and_long_texts_are_all_there() -> None:
    long = "Ett ord i taget, åäö & <så> vidare. " * 400
    vy = dataclasses.replace(
        VY,
        forslag=tuple(f"Förslag {number}. {long[: number * 30]}" for number in range(1, 41)),
        avsnitt=tuple(Skrivelseavsnitt(f"Avsnitt {number}", (long,), ("x" * 500,)) for number in range(30)),
    )
    written = paragraphs(write_docx(vy, None))
    for text in (*vy.forslag, *(a.rubrik for a in vy.avsnitt), long):
        assert text in written


def test_line_breaks_stay_and_characters_that_xml_has_not_are_spelled_out() -> None:
    vy = dataclasses.replace(
        VY, sammanfattning=("Första\nandra\r\ntredje\u2028fjärde", "Tyst\x07 tecken\x00 och \ud800.", "A\tb")
    )
    written = paragraphs(write_docx(vy, None))
    assert "Första\nandra\ntredje\nfjärde" in written
    assert "Tyst[U+0007] tecken[U+0000] och [U+D800]." in written
    assert "A\tb" in written


def test_what_looks_like_a_tag_in_the_data_is_only_text() -> None:
    said = ("{{ r.rubrik }} och {% for x in y %}", "{{ 1/0 }}", "{# inget #}", "</w:t></w:r></w:p><w:p/>", "{_{ a }_}")
    written = paragraphs(write_docx(dataclasses.replace(VY, sammanfattning=said), None))
    assert [text for text in said if text not in written] == []


LINES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)


@settings(max_examples=50)
@given(st.lists(LINES, max_size=5))
def test_any_text_comes_out_as_it_went_in(said: list[str]) -> None:
    written = paragraphs(write_docx(dataclasses.replace(VY, sammanfattning=tuple(said)), None))
    assert [text for text in said if text not in written] == []


# --- the file ---


def test_the_file_tells_its_title_and_day_and_nothing_of_who_made_it() -> None:
    properties = docx.Document(BytesIO(write_docx(VY, None))).core_properties
    day = datetime(2022, 8, 31, tzinfo=UTC)
    assert (properties.title, properties.language, properties.revision) == (VY.dokumenttitel, "sv-SE", 1)
    assert (properties.created, properties.modified) == (day, day)
    assert (properties.author, properties.last_modified_by) == ("uppfoljning", "uppfoljning")


def test_who_made_the_template_and_where_it_lay_stays_out_of_the_paper() -> None:
    someone = "Någon-annans-namn"
    core = (
        "docProps/core.xml",
        "<dc:creator>uppfoljning</dc:creator>",
        f"<dc:creator>{someone}</dc:creator><cp:lastModifiedBy>{someone}</cp:lastModifiedBy>"
        f"<cp:keywords>{someone}</cp:keywords><cp:lastPrinted>2020-01-01T00:00:00Z</cp:lastPrinted>",
    )
    office = "http://schemas.openxmlformats.org"
    parts = parts_of(with_parts(core=core))
    parts["docProps/app.xml"] = (
        f'<Properties xmlns="{office}/officeDocument/2006/extended-properties"><Manager>{someone}</Manager>'
        "</Properties>"
    ).encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{office}/officeDocument/2006/relationships/extended-properties"'
        ' Target="docProps/app.xml"/></Relationships>'.encode(),
    )
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:defaultTabStop", b'<w:attachedTemplate r:id="rId1"/><w:defaultTabStop'
    )
    parts["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" TargetMode="External"'
        f' Type="{office}/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/{someone}/m.dotx"/>'
        "</Relationships>"
    ).encode()
    parts["word/people.xml"] = (
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        f'<w15:person w15:author="{someone}"/></w15:people>'
    ).encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId40" Type="http://schemas.microsoft.com/office/2011/relationships/people"'
        b' Target="people.xml"/></Relationships>',
    )
    made = parts_of(write_docx(VY, pack(parts)))
    assert [name for name, content in made.items() if someone.encode() in content] == []
    assert b"attachedTemplate" not in made["word/settings.xml"]
    assert b"lastPrinted" not in made["docProps/core.xml"]


WRITE = """
import sys
from test_word import VY
from uppfoljning.output.word import write_docx
sys.stdout.buffer.write(write_docx(VY, None))
"""


@pytest.mark.parametrize(("seed", "zone", "locale"), [("1", "UTC", "C"), ("77", "Pacific/Auckland", "sv_SE.UTF-8")])
def test_the_same_view_gives_the_same_bytes_in_any_process(seed: str, zone: str, locale: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE],
        env={
            **os.environ,
            **{"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT / "tests")},
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    assert done.stdout == write_docx(VY, None)


def test_nothing_in_the_archive_tells_when_or_where_it_was_made() -> None:
    with zipfile.ZipFile(BytesIO(write_docx(VY, None))) as archive:
        infos = archive.infolist()
    assert {(info.date_time, info.create_system, info.extra) for info in infos} == {((1980, 1, 1, 0, 0, 0), 0, b"")}
    assert infos[0].filename == TYPES
    assert isinstance(unpack(write_docx(VY, None), "x"), dict)


def test_the_template_is_what_its_script_makes() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_tjansteskrivelse.py"))
    assert own_template() == script["content"]()


# --- a municipality's own template ---


def test_a_template_split_into_runs_by_word_is_filled_in() -> None:
    body = (
        p("{", "{ r.exem", "pel }", "}")
        + p("Rubrik: {{ r.", "rubrik }} slut")
        + p("{%p i", "f r.forslag %}")
        + p("Ja")
        + p("{%p end", "if %}")
    )
    assert paragraphs(write_docx(VY, template(body))) == [VY.exempel, f"Rubrik: {VY.rubrik} slut", "Ja"]


def test_rows_of_a_table_are_repeated_and_an_empty_list_leaves_no_broken_table() -> None:
    rows = table(p("{%tr for f in r.forslag %}"), p("{{ f }}"), p("{%tr endfor %}"))
    full = docx.Document(BytesIO(write_docx(VY, template(FILLED + rows + p("Efter")))))
    assert [row.cells[0].text for row in full.tables[0].rows] == list(VY.forslag)
    none = docx.Document(BytesIO(write_docx(EMPTY, template(FILLED + rows + p("Efter")))))
    assert none.tables == []
    assert none.paragraphs[-1].text == "Efter"


def test_a_cell_whose_only_paragraph_falls_away_is_still_a_cell_to_word() -> None:
    cell = table(p("{%p if r.undertitel %}") + p("{{ r.undertitel }}") + p("{%p endif %}"))
    document = docx.Document(BytesIO(write_docx(EMPTY, template(FILLED + cell))))
    assert document.tables[0].cell(0, 0).paragraphs[-1].text == ""


def test_filters_and_word_s_own_quotes_work_in_a_tag() -> None:
    body = FILLED + p("{{ r.forslag|join(“ / ”) }}") + p("{{ r.rubrik|upper }}") + p("{{ r.undertitel or ‘–’ }}")
    body += p("{% for a in r.avsnitt %}{{ loop.index }} {{ a.rubrik }} {% endfor %}")
    written = paragraphs(write_docx(VY, template(body)))
    assert " / ".join(VY.forslag) in written
    assert VY.rubrik.upper() in written
    assert "1 Ärendet 2 Så går arbetet 3 Så utvecklas problemet " in written


def test_a_file_saved_as_a_word_template_is_a_template_too() -> None:
    dotx = with_parts(types=(TYPES, "wordprocessingml.document.main", "wordprocessingml.template.main"))
    assert write_docx(VY, dotx) == write_docx(VY, None)


def test_an_ordinary_link_in_the_template_is_kept() -> None:
    relation = (
        '<Relationship Id="rId20" TargetMode="External" Target="https://kommunen.example/"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    parts = parts_of(with_parts(r=("word/_rels/document.xml.rels", "</Relationships>", relation)))
    assert b"https://kommunen.example/" in parts_of(write_docx(VY, pack(parts)))["word/_rels/document.xml.rels"]


def external(kind: str, target: str) -> bytes:
    relation = (
        f'<Relationship Id="rId20" TargetMode="External" Target="{target}"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    return with_parts(r=("word/_rels/document.xml.rels", "</Relationships>", relation))


def field_code(*pieces: str) -> str:
    inside = "".join(f"<w:r><w:instrText>{escape(piece)}</w:instrText></w:r>" for piece in pieces)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inside}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def bomb() -> bytes:
    return pack({**parts_of(own_template()), "word/media/stor.bin": bytes(21_000_000)})


NOT_A_TEMPLATE = {
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gamla formatet .doc, eller en med lösenord"),
    "a PDF": (b"%PDF-1.7\n", "Det är en PDF"),
    "a text": (b"Hej!", "inget Word-dokument"),
    "nothing": (b"", "inget Word-dokument"),
    "half a file": (own_template()[:3000], "Filen är skadad"),
    "a zip of something else": (pack({"a.txt": b"a"}), "packad fil av annat slag"),
    "a bomb": (bomb(), "orimligt stor"),
    "a .docm": (
        with_parts(
            t=(
                TYPES,
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "vnd.ms-word.document.macroEnabled.main",
            )
        ),
        "makron",
    ),
    "macros without saying so": (pack({**parts_of(own_template()), "word/vbaProject.bin": b"x"}), "makron"),
    **{
        f"something that may start with the paper, {name}": (
            pack({**parts_of(own_template()), name: b"<a/>"}),
            "makron, tillägg eller inbäddade objekt",
        )
        for name in (
            *("word/embeddings/oleObject1.bin", "word/embeddings/bok.xlsm", "customUI/customUI14.xml"),
            *("word/webextensions/taskpanes.xml", "word/attachedToolbars.bin", "word/activeX/activeX1.xml"),
        )
    },
    "a DOCTYPE": (
        with_parts(d=("word/document.xml", "<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document')),
        "DOCTYPE",
    ),
    "XML by another name": (
        with_parts(t=(TYPES, "</Types>", '<Default Extension="bin" ContentType="a/header+xml"/></Types>')),
        "Filen är skadad",
    ),
    "comments": (
        pack(
            {
                **parts_of(own_template()),
                "word/comments.xml": b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                b'<w:comment w:id="1" w:author="x"/></w:comments>',
            }
        ),
        "kommentarer",
    ),
    "parts that don't hang together": (
        with_parts(r=("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="finns-inte.xml"')),
        "hänger inte ihop inuti",
    ),
    "broken XML": (with_parts(d=("word/document.xml", "</w:body>", "")), "Filen är skadad"),
    "a linked picture": (external("image", "http://utanfor.example/bild.png"), "en bild som är länkad (http://utanfor"),
    "a template on the net": (
        external("attachedTemplate", "https://utanfor.example/m.dotm"),
        "en mall på en annan plats",
    ),
    "a linked film": (external("video", "https://utanfor.example/"), "Den hämtar något (https://utanfor"),
    "a field that fetches": (
        template(FILLED + field_code(" INCLUDE", 'PICTURE "http://x.example/"')),
        "INCLUDEPICTURE",
    ),
    "tracked changes": (
        template(FILLED + '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>ny</w:t></w:r></w:ins></w:p>'),
        "spårade ändringar",
    ),
}


@pytest.mark.parametrize("name", NOT_A_TEMPLATE)
def test_a_file_that_is_no_template_or_would_do_harm_is_refused_with_help(name: str) -> None:
    content, said = NOT_A_TEMPLATE[name]
    told = refusal(content)
    assert told.startswith("Word-mallen kan inte användas:\n  – ")
    assert said in told


def test_a_field_that_fetches_nothing_is_no_fault() -> None:
    body = FILLED + field_code(' HYPERLINK "https://kommunen.example/LINK"') + field_code(" TOC \\o ")
    assert write_docx(VY, template(body)).startswith(b"PK")


BAD_TAGS = {
    "an unknown field": (
        [p("Nr {{ r.diarenummer }}")],
        "Fältet diarenummer finns inte. Menade du diarienummer? Fälten är r.rubrik, r.und",
    ),
    "where it stands": ([p("Nr {{ r.diarenummer }}")], "I brödtexten: ”Nr {{ r.diarenummer }}”."),
    "a field of a part": (
        [p("{%p for a in r.avsnitt %}"), p("{{ a.titel }}"), p("{%p endfor %}")],
        "Fälten är rubrik, stycken och punkter",
    ),
    "without r": ([p("{{ rubrik }}")], "Namnet rubrik finns inte. Skriv r.rubrik."),
    "a loop without end": (
        [p("{%p for f in r.forslag %}"), p("{{ f }}")],
        "{%p for f in r.forslag %} avslutas aldrig; {% endfor %} saknas",
    ),
    "an end without a loop": ([p("{%p endfor %}")], "har inget {% for … %} som det avslutar"),
    "else alone": ([p("{%p else %}")], "står inte inom någon {% if"),
    "half a tag": ([p("{{ r.rubrik }")], "bara sin början eller sitt slut"),
    "a tag over two paragraphs": ([p("{{ r.rubrik"), p("}}")], "i ett och samma stycke"),
    "a tag that isn't": ([p("{% include 'x' %}")], "finns inte. Taggarna är for"),
    "an expression that isn't": ([p("{{ r..rubrik }}")], "Ett uttryck går inte att förstå"),
    "text beside a paragraph's tag": ([p("{%p if r.forslag %} Viktigt"), p("{%p endif %}")], "måste stå ensam där"),
    "two tags in a paragraph": ([p("{%p if r.forslag %}{%p endif %}")], "måste stå ensam där"),
    "a row's tag outside a table": ([p("{%tr for f in r.forslag %}"), p("{%tr endfor %}")], "utanför tabell"),
    "text in a row of a tag": (
        [table(p("{%tr for f in r.forslag %}") + p("Text"), p("{{ f }}"), p("{%tr endfor %}"))],
        "hela sin tabellrad",
    ),
    "a list as a text": ([p("{{ r.forslag }}")], "är en lista och kan inte skrivas ut"),
    "a loop over a text": ([p("{%p for f in r.rubrik %}"), p("{%p endfor %}")], "det här är ingen"),
    "a calculation": ([p("{{ 'x' * 1000000000 }}")], "räknar inte"),
    "a call": ([p("{{ r.rubrik.upper() }}")], "anropar inga funktioner"),
    "a way out": ([p("{{ r.__class__.__mro__ }}")], "Fältet __class__ finns inte"),
    "another filter": ([p("{{ r.rubrik|pprint }}")], "Filtret pprint finns inte"),
    "a letter before": ([p("{{p r.rubrik }}")], "skriv fältet utan bokstav före"),
    "loops without number": ([p("{% if r.rubrik %}" * 1500 + "{% endif %}" * 1500)], "för många inuti varandra"),
    "a tag without end or measure": ([p("{{ r.rubrik" + "|upper" * 200 + " }}")], "bara sin början eller sitt slut"),
    "a loop out of its table": ([table(p("{% for f in r.forslag %}")), p("{{ f }}{% endfor %}")], "inte hänger ihop"),
}


@pytest.mark.parametrize("name", BAD_TAGS)
def test_a_fault_in_the_tags_is_told_with_the_way_to_mend_it(name: str) -> None:
    body, said = BAD_TAGS[name]
    told = refusal(template(FILLED + "".join(body)))
    assert told.startswith("Word-mallen ")
    assert said in told


def test_all_faults_are_told_at_once_also_those_that_this_view_would_not_reach() -> None:
    body = p("{{ r.rubrk }}") + p("{%p if not r.rubrik %}") + p("{{ r.datm }}") + p("{%p endif %}")
    header = ("word/header1.xml", "{{ r.kommun }}", "{{ r.komun }}")
    parts = parts_of(with_parts(h=header))
    told = refusal(pack({**parts, "word/document.xml": parts_of(template(body))["word/document.xml"]}))
    assert [line.split(".")[1] for line in told.splitlines()[1:]] == [
        " Menade du rubrik? Fälten är r",
        " Menade du datum? Fälten är r",
        " Menade du kommun? Fälten är r",
    ]
    assert "I sidhuvudet: ”{{ r.komun }}" in told


def bare(body: str) -> bytes:
    """A template with this body and nothing in its headers."""
    parts = parts_of(template(body))
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    empty = f'<w:hdr xmlns:w="{namespace}"><w:p/></w:hdr>'.encode()
    return pack({**parts, "word/header1.xml": empty, "word/header2.xml": empty})


def test_a_template_without_fields_is_told_so_instead_of_being_delivered_as_it_is() -> None:
    told = refusal(bare(p("Tjänsteskrivelse") + p("[Rubrik]")))
    assert "Den har inga fält" in told
    assert all(f"r.{name}" in told for name in fields_of(Skrivelsevy))


def test_invented_data_are_not_put_into_a_paper_that_does_not_say_so() -> None:
    silent = bare(p("{{ r.rubrik }}"))
    assert "{{ r.exempel }}" in refusal(silent)
    assert paragraphs(write_docx(dataclasses.replace(VY, exempel=""), silent)) == [VY.rubrik]


def test_a_field_where_none_is_filled_in_is_told() -> None:
    told = refusal(
        with_parts(c=("docProps/core.xml", "<dc:title>", "<dc:subject>{{ r.kommun }}</dc:subject><dc:title>"))
    )
    assert "dokumentets egenskaper" in told
    chart = pack({**parts_of(own_template()), "word/charts/chart1.xml": b"<c>{{ r.rubrik }}</c>"})
    assert "word/charts/chart1.xml" in refusal(chart)


def test_footnotes_are_filled_in_once() -> None:
    office = "http://schemas.openxmlformats.org"
    parts = parts_of(template(FILLED))
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{office}/wordprocessingml/2006/main"><w:footnote w:id="2">{p("{{ r.undertitel }}")}'
        "</w:footnote></w:footnotes>"
    ).encode()
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>',
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId30" Type="{office}/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>".encode(),
    )
    made = parts_of(write_docx(dataclasses.replace(VY, undertitel="{{ a & b }}"), pack(parts)))
    assert "".join(etree.fromstring(made["word/footnotes.xml"]).itertext()) == "{{ a & b }}"


# --- the document about templates ---


def test_the_document_names_every_field_and_no_other() -> None:
    text = (ROOT / "docs" / "tjansteskrivelse.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `\{\{ (r|a)\.(\w+) \}\}` \|", text, re.MULTILINE)
    loops = re.findall(r"^\| `(r|a)\.(\w+)` \(lista\) \|", text, re.MULTILINE)
    named = rows + loops
    assert sorted(name for of, name in named if of == "r") == sorted(fields_of(Skrivelsevy))
    assert sorted(name for of, name in named if of == "a") == sorted(fields_of(Skrivelseavsnitt))
    assert {name for of, name in loops if of == "r"} == {
        name for name, of in fields_of(Skrivelsevy).items() if of is not str
    }


def test_the_example_in_the_document_is_a_template_that_works() -> None:
    text = (ROOT / "docs" / "tjansteskrivelse.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    written = paragraphs(write_docx(VY, template("".join(p(line) for line in example.splitlines() if line))))
    missing = [text for text in texts(VY) if not any(text in line for line in written)]
    assert missing == []


# --- in another program than Word ---


@pytest.mark.tung
def test_the_paper_opens_in_libreoffice_with_every_text(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice saknas: sudo apt-get install libreoffice-writer-nogui"
    paper = tmp_path / "skrivelse.docx"
    paper.write_bytes(write_docx(VY, None))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    done = subprocess.run(
        [office, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, paper],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert paper.with_suffix(".pdf").is_file(), done.stdout + done.stderr
    found = subprocess.run(
        ["pdftotext", "-layout", paper.with_suffix(".pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    plain = " ".join(found.split())
    assert [text for text in texts(VY) if text not in plain] == []
    assert re.search(r"1\. +Utskottet noterar.*2\. +Utskottet ger", found, re.DOTALL)
    assert "Sida 1 av " in plain
