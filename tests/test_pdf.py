"""The finished PDF of the repository's own data: standard, structure, fonts, attachment, text, and the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from pikepdf import Name

import frysbygge
from conftest import ROOT, Exempel
from conftest import run_tool as tool
from data_pdf.pdfreader import (
    OUTSIDE,
    Element,
    Marked,
    bookmarks,
    drawn_outside,
    font_objects,
    page_pieces,
    parent_tree,
    squeeze,
    structure,
)
from data_pdf.rendera import pdf_and_log, report

QUARTERS = ("2022-K1", "2022-K2")
REFERENCE_DATES = {"2022-K1": "2022-04-30", "2022-K2": "2022-08-15"}


@dataclass
class Made:
    """A finished report: its bytes, opened, with its structure tree and the JSON inside."""

    quarter: str
    content: bytes
    pdf: pikepdf.Pdf
    pieces: list[list[Marked]]
    tree: Element
    data: dict[str, Any]

    @cached_property
    def read_text(self) -> str:
        """What a screen reader reads, without spaces, hyphens and case."""
        return squeeze(self.tree.text).casefold()

    @cached_property
    def page_one(self) -> str:
        """What stands on page one, without spaces, hyphens and case."""
        return squeeze("\n".join(piece.text for piece in self.pieces[0])).casefold()


def opened(quarter: str, content: bytes) -> Made:
    """A report, opened."""
    pdf = pikepdf.open(io.BytesIO(content))
    attached = pdf.attachments[next(name for name in pdf.attachments if name.endswith(".json"))]
    pieces = [page_pieces(page) for page in pdf.pages]
    return Made(quarter, content, pdf, pieces, structure(pdf, pieces), json.loads(attached.get_file().read_bytes()))


@pytest.fixture(scope="session")
def made_by_quarter(exempel: Exempel) -> dict[str, Made]:
    return {quarter: opened(quarter, exempel("kvartal", quarter)) for quarter in QUARTERS}


@pytest.fixture(scope="session", params=QUARTERS)
def made(request: pytest.FixtureRequest, made_by_quarter: dict[str, Made]) -> Made:
    return made_by_quarter[request.param]


@pytest.fixture(scope="session")
def k1(made_by_quarter: dict[str, Made]) -> Made:
    return made_by_quarter["2022-K1"]


# --- the standards ---


def test_the_document_has_a_swedish_title_that_is_shown_in_the_window(made: Made) -> None:
    number = made.quarter[-1]
    title = f"Uppföljning kvartal {number} 2022, Upplands-Bro kommun och Lokalpolisområde Järfälla/Upplands-Bro"
    assert str(made.pdf.docinfo["/Title"]) == title
    assert str(made.pdf.Root.Lang) == "sv"
    assert made.pdf.Root.ViewerPreferences.DisplayDocTitle is True
    with made.pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == title


def test_the_document_declares_pdfa_3a_and_pdfua_1(made: Made) -> None:
    with made.pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert made.pdf.Root.MarkInfo.Marked is True


def test_every_page_is_a4_and_tied_to_the_structure_tree(made: Made) -> None:
    keys = [page.obj.get("/StructParents") for page in made.pdf.pages]
    assert keys == list(range(len(made.pdf.pages)))
    assert {str(page.obj.get("/Tabs")) for page in made.pdf.pages} == {"/S"}
    sizes = {tuple(round(float(x)) for x in page.mediabox) for page in made.pdf.pages}
    assert sizes == {(0, 0, 595, 842)}


def test_the_document_is_dated_by_the_reference_date(made: Made) -> None:
    day = REFERENCE_DATES[made.quarter]
    stamp = f"D:{day.replace('-', '')}"
    assert str(made.pdf.docinfo["/CreationDate"]).startswith(stamp)
    assert str(made.pdf.docinfo["/ModDate"]).startswith(stamp)
    with made.pdf.open_metadata() as xmp:
        assert xmp["xmp:CreateDate"].startswith(day)
        assert xmp["xmp:ModifyDate"].startswith(day)


# --- the structure tree ---


def test_headings_start_with_h1_and_skip_no_level(made: Made) -> None:
    levels = [int(e.role[1]) for e in made.tree.walk() if re.fullmatch(r"H[1-6]", e.role)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_no_heading_paragraph_or_header_cell_is_empty(made: Made) -> None:
    empty = [e.role for e in made.tree.walk() if e.role in {"H1", "H2", "H3", "P", "TH", "Link"} and not e.text.strip()]
    assert empty == []


def test_every_table_has_rows_with_the_same_number_of_cells(made: Made) -> None:
    tables = made.tree.find("Table")
    assert len(tables) >= 4
    for table in tables:
        widths = {sum(_span(c) for c in row.children if c.role in {"TH", "TD"}) for row in table.find("TR")}
        assert len(widths) == 1, table.text
        assert min(widths) >= 2


def _span(cell: Element) -> int:
    attributes = cell.obj.get("/A")
    return int(attributes.get("/ColSpan", 1)) if isinstance(attributes, pikepdf.Dictionary) else 1


def test_every_cell_names_its_row_header_and_its_column_header(made: Made) -> None:
    for table in made.tree.find("Table"):
        rows = table.find("TR")
        headers = {str(th.obj.ID): th for th in table.find("TH")}
        columns = [str(th.obj.ID) for th in rows[0].children]
        for row in rows:
            for position, cell in enumerate(row.children):
                if cell.role == "TD":
                    named = {str(h) for h in cell.obj.A.Headers}
                    assert named <= headers.keys()
                    assert named == {str(row.children[0].obj.ID), columns[position]}, cell.text


def test_every_figure_has_an_alternative_text(made: Made) -> None:
    silent = [e for e in made.tree.find("Figure") if not str(e.obj.get("/Alt", "")).strip()]
    assert silent == []
    raster = [o for o in made.pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image]
    assert raster == []


def test_every_link_has_words_an_annotation_and_a_target_in_the_document(made: Made) -> None:
    links = made.tree.find("Link")
    assert len(links) >= 10
    assert [link.text for link in links if not link.text.strip() or link.annotations != 1] == []
    targets = set(_destinations(made.pdf))
    for page in made.pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            assert annotation.Subtype == Name.Link
            assert str(annotation.Dest) in targets
            assert str(annotation.Contents).strip()


def _destinations(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = list(pdf.Root.Names.Dests.Names)
    yield from (str(name) for name in names[::2])


def test_page_numbers_footers_and_the_example_notice_are_artifacts(made: Made) -> None:
    count = len(made.pdf.pages)
    for number, pieces in enumerate(made.pieces, 1):
        margin = [piece for piece in pieces if piece.tag == "/Artifact"]
        pages = {piece.text.strip() for piece in margin if piece.text.startswith("Sidor: ")}
        assert len(pages) == (number == 1)
        assert {piece.text.strip() for piece in margin} - pages == {
            "Exempel – svaren är påhittade, statistiken är verklig",
            "Upplands-Bro kommun · Lokalpolisområde Järfälla/Upplands-Bro",
            f"Uppföljning kvartal {made.quarter[-1]} 2022 · {number} ({count})",
        }
        assert {str(piece.properties["/Type"]) for piece in margin} == {"/Pagination"}


def test_the_page_numbers_on_page_one_lead_to_their_sections(made: Made) -> None:
    (line,) = [piece.text for piece in made.pieces[0] if piece.text.startswith("Sidor: ")]
    told = dict(re.findall(r"([a-zåäö]+) (\d+)", line))
    order = [page.obj.objgen for page in made.pdf.pages]
    at = {e.text: order.index(_page_of(e)) + 1 for e in made.tree.find("H2")}
    assert told == {
        word: str(at[heading])
        for word, heading in {
            "mötet": "Mötets ordning",
            "ändringarna": "Det här har ändrats",
            "åtagandena": "Parternas åtaganden",
            "statistiken": "Statistik och enkäter",
            "metoden": "Så är rapporten gjord",
        }.items()
    }


def test_all_other_text_belongs_to_an_element(made: Made) -> None:
    loose = [
        piece.text
        for pieces in made.pieces
        for piece in pieces
        if piece.tag != "/Artifact" and piece.mcid == OUTSIDE and piece.text.strip()
    ]
    assert loose == []


def test_the_parent_tree_names_only_elements_of_the_tree(made: Made) -> None:
    inside = {element.obj.objgen for element in made.tree.walk()}
    owners = parent_tree(made.pdf)
    assert len(owners) > 500
    assert [owner for owner in owners if owner.objgen not in inside] == []


def test_margin_text_is_not_read_in_the_middle_of_the_report(made: Made) -> None:
    assert f"({len(made.pdf.pages)})" not in made.tree.text
    assert made.read_text.count(squeeze("Exempel – svaren är påhittade, statistiken är verklig").casefold()) == 1


# --- fonts, bookmarks, attachment ---


def test_only_the_projects_typeface_is_used_and_all_of_it_is_embedded(made: Made) -> None:
    fonts = font_objects(made.pdf)
    assert fonts
    cuts = set()
    for font in fonts:
        if font.Subtype == Name.Type0:
            assert "/ToUnicode" in font
        else:
            assert "/FontFile2" in font.FontDescriptor
            family, cut = re.fullmatch(r"/[A-Z]{6}\+(Source-Sans-3)-?,?(.*)", str(font.BaseFont)).groups()
            cuts.add((family, cut))
            assert str(font.FontDescriptor.FontFamily) == "Source Sans 3"
    assert cuts <= {("Source-Sans-3", ""), ("Source-Sans-3", "Semi-Bold"), ("Source-Sans-3", "Italic")}
    assert len(cuts) >= 2


def test_there_is_a_bookmark_for_each_huvudomrade_and_each_insats(made: Made) -> None:
    huvudomraden = _yaml("insatser.yaml")["huvudomraden"]
    titles = [(level, title.replace("\u00a0", " ")) for level, title in bookmarks(made.pdf)]
    for huvudomrade in huvudomraden:
        assert titles.count((2, huvudomrade["rubrik"])) == 1
        for insats in huvudomrade["insatser"]:
            shown = insats["id"].replace("VAL-", "VÅL-")
            assert titles.count((3, f"{shown} {insats['rubrik']}")) == 1
    assert sum(len(h["insatser"]) for h in huvudomraden) == 25


def test_the_attached_data_has_its_media_type_relationship_and_the_reference_date(made: Made) -> None:
    media = {f"{made.quarter}-kvartal-siffror.csv": "/text/csv", f"{made.quarter}-kvartal.json": "/application/json"}
    assert list(made.pdf.attachments) == list(media)
    for name, attachment in made.pdf.attachments.items():
        check_attachment(made, attachment.obj, media[name])


def check_attachment(made: Made, filespec: Any, media_type: str) -> None:
    embedded = filespec.EF.F
    assert filespec.AFRelationship in {Name.Data, Name.Source}
    assert embedded.Subtype == Name(media_type)
    stamp = f"D:{REFERENCE_DATES[made.quarter].replace('-', '')}000000Z"
    assert (str(embedded.Params.CreationDate), str(embedded.Params.ModDate)) == (stamp, stamp)
    content = embedded.read_bytes()
    assert int(embedded.Params.Size) == len(content)
    assert bytes(embedded.Params.CheckSum) == hashlib.md5(content, usedforsecurity=False).digest()
    assert filespec.objgen in {entry.objgen for entry in made.pdf.Root.AF}


def test_the_attached_data_is_the_view_that_the_pages_show(made: Made) -> None:
    assert (made.data["version"], made.data["slag"], made.data["period"]) == (5, "kvartal", made.quarter)
    shown = [text for key in SHOWN for text in _texts(made.data[key])]
    assert len(shown) > 300
    assert [text for text in shown if squeeze(text).casefold() not in made.read_text] == []


def test_every_charts_finding_is_its_alternative_text(made: Made) -> None:
    rows = [r for t in made.data["statistik"]["tabeller"] for g in t["grupper"] for r in g["rader"] if r["diagram"]]
    assert len(rows) > 20
    assert [str(e.obj.Alt) for e in made.tree.find("Figure")] == [r["diagram"]["titel"] for r in rows]


SHOWN = (
    *("forsta_sidan", "vagar", "motet", "andrat", "beslut", "huvudomraden", "parter", "statistik", "oppet", "kvalitet"),
    "metod",
)


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from () if name == "diagram" else _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)
    elif isinstance(value, str) and key not in {"ankare", "kod", "ordning", "slag", "mening", "sedan", "kort"}:
        yield value


def test_the_attached_data_equals_status_as_json_for_a_receiver_with_the_same_rights(tmp_path: Path) -> None:
    small = frysbygge.project(tmp_path / "p")
    attached = made_small(small, "--mottagare", "utskott").data
    printed = json.loads(tool("status", "2022-K1", "--format", "json", cwd=small).stdout)
    # Only the name of the receiver differs: the committee here, nobody there.
    assert attached.pop("huvud")[1:] == printed.pop("huvud")
    assert attached == printed


@pytest.mark.tung
def test_weasyprint_has_nothing_to_say_and_makes_the_same_bytes_in_process(made: Made) -> None:
    content, log = pdf_and_log(report(ROOT, made.quarter))
    assert log == ()
    assert content == made.content


# --- what the pages say ---


def test_page_one_answers_alone(made: Made) -> None:
    page = made.data["forsta_sidan"]
    texts = [page["huvudmening"], *page["meningar"], page["problemet"]]
    texts += [text for b in page["beslut"] for text in (b["fraga"], b["villkor"], b["insats"], b["aktor"])]
    texts += [text for r in page["sent"] + page["aktorens_risk"] for text in (r["insats"], r["rubrik"], r["text"])]
    texts += [text for s in page["saknas"] for text in (s["aktor"], *(i["insats"] for i in s["insatser"]))]
    texts += [text for d in page["datum"] for text in (d["datum"], d["text"])]
    texts += [text for rad in page["lage"] for text in (rad["rubrik"], rad["antal"], rad["svar"], rad["problemet"])]
    assert len(texts) > 40
    assert [text for text in texts if squeeze(text).casefold() not in made.page_one] == []


def test_page_one_holds_nothing_else(made: Made) -> None:
    page = made.pdf.pages[0].obj.objgen
    headings = [e.text for e in made.tree.walk() if e.role in {"H1", "H2", "H3"} and _page_of(e) == page]
    boxes = headings[3:-1]
    assert headings[:3] == [
        f"Uppföljning kvartal {made.quarter[-1]} 2022",
        "Beslut behövs",
        "Avviker från planen",
    ]
    changed = {"2022-K1": "Rapporterat i kvartalet", "2022-K2": "Ändrat sedan kvartal 1 2022"}[made.quarter]
    assert sorted(boxes) == sorted([changed, "Inget svar", "Kommande datum"])
    assert headings[-1] == "Läget per huvudområde"


def _page_of(element: Element) -> tuple[int, int]:
    return next(e.obj.Pg.objgen for e in element.walk() if "/Pg" in e.obj)


def test_page_one_names_who_has_not_answered_according_to_the_files(made: Made) -> None:
    owing = {
        (ansvarig if isinstance(ansvarig, str) else ansvarig["aktor"], insats["id"])
        for h in _yaml("insatser.yaml")["huvudomraden"]
        for insats in h["insatser"]
        for ansvarig in insats.get("ansvariga", [])
    }
    given = {(fil["aktor"], svar["insats"]) for fil in _answer_files(made.quarter) for svar in fil["svar"]}
    names = {a["id"]: a["namn"] for a in _yaml("overenskommelse.yaml")["aktorer"]} | {"kommunen": "Kommunen"}
    expected = {(names[aktor], insats.replace("VAL-", "VÅL-")) for aktor, insats in owing - given}
    page = made.data["forsta_sidan"]
    told = {
        (s["aktor"], i["insats"]) for s in page["saknas"] for i in s["insatser"] if s["tillagg"] != "ingen kan svara"
    }
    assert told == expected


def test_the_example_notice_stands_on_every_page(made: Made) -> None:
    missing = [n for n, pieces in enumerate(made.pieces, 1) if not any("Exempel – svaren" in p.text for p in pieces)]
    assert missing == []


def test_all_25_insatser_stand_in_the_report_as_agreed(made: Made) -> None:
    insatser = [i for h in _yaml("insatser.yaml")["huvudomraden"] for i in h["insatser"]]
    texts = [i[key] for i in insatser for key in ("rubrik", "beskrivning")]
    assert len(texts) == 50
    assert [text for text in texts if squeeze(text).casefold() not in made.read_text] == []


def test_every_aktors_answer_stands_in_the_report_word_for_word(made: Made) -> None:
    texts = [text for svar in _new_answers(made.quarter) for text in _answer_texts(svar)]
    assert len(texts) > 60
    assert [text for text in texts if squeeze(text).casefold() not in made.read_text] == []


def _answer_texts(svar: dict[str, Any]) -> Iterator[str]:
    yield from (svar[key] for key in ("kommentar", "avvikelse", "orsak", "nasta_steg", "intern") if key in svar)
    yield from (planerat["vad"] for planerat in svar.get("planerat", []))
    yield from (h["plats"] for h in svar.get("utfall", {}).get("handelser", []) if "plats" in h)
    if "beslut_behovs" in svar:
        yield svar["beslut_behovs"]["fraga"]


def _new_answers(quarter: str) -> list[dict[str, Any]]:
    """The answers for the quarter itself; a correction of an earlier one is shown as a line of history."""
    return [svar for fil in _answer_files(quarter) for svar in fil["svar"] if "rattar" not in svar]


def test_a_correction_of_an_earlier_quarter_is_told_with_its_reason(made_by_quarter: dict[str, Made]) -> None:
    reasons = [svar["rattar"]["skal"] for fil in _answer_files("2022-K2") for svar in fil["svar"] if "rattar" in svar]
    assert len(reasons) >= 1
    assert [
        reason for reason in reasons if squeeze(reason).casefold() not in made_by_quarter["2022-K2"].read_text
    ] == []
    assert [reason for reason in reasons if squeeze(reason).casefold() in made_by_quarter["2022-K1"].read_text] == []


def test_what_an_aktor_says_this_quarter_never_stands_under_an_earlier_quarters_name(made: Made) -> None:
    # 'Från kvartal 1 2022:' must head only what was said then; this quarter's own comment stands above it.
    comments = {squeeze(svar["kommentar"]) for svar in _new_answers(made.quarter) if "kommentar" in svar}
    misplaced = []
    for element in made.tree.walk():
        texts = [squeeze(child.text) for child in element.children]
        heads = [i for i, text in enumerate(texts) if re.fullmatch(r"Frånkvartal\d\d{4}:", text)]
        if heads and element.role == "Div":
            misplaced += [text for text in texts[heads[0] :] if text in comments]
    assert misplaced == []


def test_no_heading_is_the_last_thing_on_a_page(made: Made) -> None:
    roles = {e.obj.objgen: e.role for e in made.tree.walk()}
    parents = {e.obj.objgen: e.obj.get("/P") for e in made.tree.walk()}
    for page, pieces in list(zip(made.pdf.pages, made.pieces, strict=True))[:-1]:
        mcids = [piece.mcid for piece in pieces if piece.mcid != OUTSIDE]
        owner = made.pdf.Root.StructTreeRoot.ParentTree.Nums[2 * int(page.obj.StructParents) + 1][mcids[-1]]
        chain = []
        while owner is not None and owner.objgen in roles:
            chain.append(roles[owner.objgen])
            owner = parents[owner.objgen]
        assert not {"H1", "H2", "H3"} & set(chain), pieces[-4:]


def test_all_text_stays_inside_the_margins(made: Made) -> None:
    assert drawn_outside(made.pdf) == []


# --- the same bytes ---


VARIATIONS: dict[str, dict[str, str]] = {
    "another time zone, another build date": {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
    "a Turkish locale": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"},
    "no locale, ASCII": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.tung
@pytest.mark.parametrize("env", VARIATIONS.values(), ids=VARIATIONS.keys())
def test_the_bytes_are_equal_in_another_environment(env: dict[str, str], k1: Made, tmp_path: Path) -> None:
    target = tmp_path / "k1.pdf"
    done = tool("kvartal", "2022-K1", "--ut", str(target), env={"PYTHONHASHSEED": "1", **env})
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == k1.content


@pytest.mark.tung
def test_the_bytes_are_equal_from_another_folder_and_working_directory(k1: Made, tmp_path: Path) -> None:
    copy = tmp_path / "en helt annan mapp"
    shutil.copytree(ROOT / "data", copy / "data")
    (tmp_path / "x" / "y").mkdir(parents=True)
    done = tool("kvartal", "2022-K1", "--katalog", str(copy), cwd=tmp_path / "x" / "y")
    assert (done.returncode, done.stderr) == (0, "")
    assert (copy / "rapporter" / "2022-K1-kvartal.pdf").read_bytes() == k1.content


def test_the_report_does_not_depend_on_the_working_directory_when_the_data_has_warnings(project: Path) -> None:
    _replace(
        project / "data/aterkoppling/2022-K1/polisen.yaml", "Rapporten till kommunen", "Rapporten 中 till kommunen"
    )
    inside = tool("kvartal", "2022-K1", "--html", "--ut", str(project / "a.html"), cwd=project)
    outside = tool("kvartal", "2022-K1", "--html", "--ut", str(project / "b.html"), "--katalog", str(project), cwd=ROOT)
    assert (inside.returncode, outside.returncode) == (0, 0)
    text = (project / "a.html").read_text(encoding="utf-8")
    assert "tecknet U+4E2D" in text.replace("Tecknet", "tecknet")
    assert text == (project / "b.html").read_text(encoding="utf-8")


def test_answers_of_a_later_quarter_leave_an_earlier_report_as_it_was(project: Path) -> None:
    with_later = tool("kvartal", "2022-K1", "--html", "--ut", str(project / "a.html"), cwd=project)
    shutil.rmtree(project / "data/aterkoppling/2022-K2")
    without = tool("kvartal", "2022-K1", "--html", "--ut", str(project / "b.html"), cwd=project)
    assert (with_later.returncode, without.returncode) == (0, 0)
    assert (project / "a.html").read_text(encoding="utf-8") == (project / "b.html").read_text(encoding="utf-8")


def made_small(project: Path, *args: str) -> Made:
    """The first quarter's report of the small project."""
    target = project / "k1.pdf"
    done = tool("kvartal", "2022-K1", "--ut", str(target), *args, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    return opened("2022-K1", target.read_bytes())


def test_a_changed_answer_changes_the_bytes_and_the_checksum(tmp_path: Path) -> None:
    small = frysbygge.project(tmp_path / "p")
    before = made_small(small)
    frysbygge.rewrite_answer(small)
    changed = made_small(small)
    assert changed.content != before.content
    assert _checksum(changed) != _checksum(before)
    assert squeeze("Arbetet går bra.").casefold() in changed.read_text


def _checksum(made: Made) -> str:
    return next(fact["text"] for fact in made.data["underlag"] if fact["etikett"] == "Data")


def test_the_reference_date_asked_for_is_the_documents_date(tmp_path: Path) -> None:
    made = made_small(frysbygge.project(tmp_path / "p"), "--per", "2022-05-20")
    assert str(made.pdf.docinfo["/CreationDate"]).startswith("D:20220520")
    assert made.data["per_iso"] == "2022-05-20"
    assert squeeze("20 maj 2022") in made.page_one


# --- reading the files that the report is made of, without the tool ---


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8"))


def _answer_files(quarter: str) -> list[Any]:
    files = sorted((ROOT / "data" / "aterkoppling" / quarter).glob("*.yaml"))
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    assert len(found) >= 6
    assert all(isinstance(fil["lamnad"], date) for fil in found)
    return found


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
