"""The half-yearly and the final report as files: two pages and an annex, structure, attachments, the same bytes."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import ROOT, Exempel, Run
from data_pdf.kor import first_on_path
from data_pdf.ovanliga import HALF_YEARLY, fifteen_questions, long_case
from data_pdf.pdfreader import OUTSIDE, bookmarks, page_pieces, structure
from data_pdf.rendera import half_yearly, pdf_and_log
from data_pdf.sidor import HALF_YEARLY_CLAIMS, Sidor, broken_claims
from test_allt import conformance

LIGHT = {"femton frågor", "inget forum", "andra halvåret"}
"""What make test tries; the other unusual projects are tried with the heavy tests."""
OWN = {
    "utskottet": ("2022-H1",),
    "styrgruppen": ("2022-H1", "--mottagare", "est-styrgrupp"),
    "slut": ("2022-H1", "--slut"),
}


# --- the pages ---


@pytest.mark.parametrize("slut", [False, pytest.param(True, marks=pytest.mark.tung)], ids=["halvar", "slut"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in LIGHT else pytest.mark.tung) for name in HALF_YEARLY]
)
def test_every_claim_about_the_pages_holds_for_unusual_data(name: str, slut: bool, tmp_path: Path) -> None:
    content, log = pdf_and_log(half_yearly(HALF_YEARLY[name](tmp_path / "p"), slut=slut))
    assert log == ()
    assert broken_claims(content, HALF_YEARLY_CLAIMS) == {}


@pytest.mark.tung
@pytest.mark.parametrize("build", [fifteen_questions, long_case], ids=lambda build: build.__name__)
def test_every_claim_about_the_pages_holds_for_the_steering_groups_report(build: Any, tmp_path: Path) -> None:
    content, log = pdf_and_log(half_yearly(build(tmp_path / "p"), forum="styrgrupp"))
    assert log == ()
    assert broken_claims(content, HALF_YEARLY_CLAIMS) == {}


STYLES = {
    "the_annex_begins_on_page_three_at_the_latest": ".spalter { break-before: page }",
    "page_one_holds_the_proposals_and_what_goes_well_badly_and_is_unsure": ".rad { padding: 4mm }",
}


@pytest.mark.tung
@pytest.mark.parametrize("claim", STYLES)
def test_the_claim_notices_a_style_that_breaks_it(claim: str) -> None:
    rapport = half_yearly(ROOT, "2022-H1")
    content, _ = pdf_and_log(rapport._replace(html=rapport.html.replace("</style>", f"{STYLES[claim]}</style>", 1)))
    assert claim in broken_claims(content, HALF_YEARLY_CLAIMS)


# --- the project's own reports ---


@pytest.fixture(params=OWN)
def content(request: pytest.FixtureRequest, exempel: Exempel) -> bytes:
    return exempel("halvar", *OWN[request.param])


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.mark.tung
def test_every_claim_about_the_pages_holds_for_the_projects_own_data(content: bytes) -> None:
    assert broken_claims(content, HALF_YEARLY_CLAIMS) == {}
    sidor = Sidor(content)
    annex = next(p.page for p in sidor.pieces if (e := p.within("H2")) is not None and e.text == "Bilaga: insatserna")
    filled = [min(p.drawn.y for p in page) for page in sidor.pages[:2]]
    sidor.close()
    assert annex == 3
    assert max(filled) < 250  # of 842 points: neither of the two pages is left half empty


def test_headings_start_with_h1_and_skip_no_level(pdf: pikepdf.Pdf) -> None:
    levels = [int(e.role[1]) for e in structure(pdf).walk() if re.fullmatch(r"H[1-6]", e.role)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_every_insats_and_huvudomrade_has_a_bookmark_and_every_chart_an_alternative_text(pdf: pikepdf.Pdf) -> None:
    titles = [title for _, title in bookmarks(pdf)]
    assert sum(bool(re.match(r"(IUO|VÅL|TOM|UNG)-\d ", title)) for title in titles) == 25
    assert {"Våld", "Trygga offentliga miljöer", "Förslag till beslut", "Bilaga: insatserna"} <= set(titles)
    figures = structure(pdf).find("Figure")
    assert len(figures) > 20
    assert [e for e in figures if not str(e.obj.get("/Alt", "")).strip()] == []


def test_all_text_belongs_to_an_element_or_is_an_artifact(pdf: pikepdf.Pdf) -> None:
    loose = [
        piece.text
        for page in pdf.pages
        for piece in page_pieces(page)
        if piece.tag != "/Artifact" and piece.mcid == OUTSIDE and piece.text.strip()
    ]
    assert loose == []


def test_the_view_and_the_figures_are_attached(pdf: pikepdf.Pdf) -> None:
    names = list(pdf.attachments)
    assert sorted(Path(name).suffix for name in names) == [".csv", ".json"]
    assert all(name.startswith(("2022-H1-halvar-", "2022-H1-slut-")) for name in names)
    view = json.loads(next(a for n, a in pdf.attachments.items() if n.endswith(".json")).get_file().read_bytes())
    assert view["forslag"]
    assert view["slag"] in {"halvar", "slut"}


def test_the_document_is_dated_by_the_day_the_state_is_judged_at(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20220815")
    assert str(pdf.Root.Lang) == "sv"


def test_the_page_numbers_on_page_one_lead_to_their_sections(pdf: pikepdf.Pdf) -> None:
    (line,) = [p.text for p in page_pieces(pdf.pages[0]) if p.text.startswith("Sidor: ")]
    told = dict(re.findall(r"([a-zåäö]+) (\d+)", line))
    order = [page.obj.objgen for page in pdf.pages]

    def page_of(heading: str) -> str:
        element = next(e for e in structure(pdf).find("H2") if e.text == heading)
        return str(order.index(_page(element)) + 1)

    assert told == {
        "insatserna": page_of("Bilaga: insatserna"),
        "ändringarna": page_of("Alla ändringar"),
        "statistiken": page_of("Statistik och enkäter"),
        "metoden": page_of("Så är rapporten gjord"),
    }


def _page(element: Any) -> Any:
    kid = element.obj.K
    while isinstance(kid, pikepdf.Array):
        kid = kid[0]
    return (kid.get("/Pg") if isinstance(kid, pikepdf.Dictionary) else element.obj.Pg).objgen


@pytest.mark.pdfprofil
@pytest.mark.tung
def test_the_files_conform_to_pdfua_1_and_pdfa_3a(exempel: Exempel, tmp_path: Path) -> None:
    for name, arguments in OWN.items():
        (tmp_path / f"{name}.pdf").write_bytes(exempel("halvar", *arguments))
    for name in ("femton frågor", "långt ärende", "inget forum", "långa namn"):
        made, _ = pdf_and_log(half_yearly(HALF_YEARLY[name](tmp_path / name), slut=True))
        (tmp_path / f"{name}.pdf").write_bytes(made)
    files = sorted(tmp_path.glob("*.pdf"))
    done = conformance(*files)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS ua1") == done.stdout.count("PASS 3a") == len(files)


# --- the same bytes ---

REVERSED = """
import os, pathlib
_scandir, _iterdir, _listdir = os.scandir, pathlib.Path.iterdir, os.listdir
pathlib.Path.iterdir = lambda self: iter(sorted(_iterdir(self), reverse=True))
os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)
"""
"""Makes folders list their files backwards. A test writes this as ``sitecustomize.py``."""
KINDS: dict[str, tuple[str, ...]] = {
    "halvar.pdf": (),
    "slut.pdf": ("--slut",),
    "halvar.docx": ("--word",),
    "slut.docx": ("--slut", "--word"),
    "halvar.html": ("--html",),
}


@pytest.mark.tung
@pytest.mark.parametrize("name", KINDS)
def test_folder_zone_locale_seed_and_the_order_of_files_change_no_byte(name: str, run: Run, tmp_path: Path) -> None:
    arguments = ("halvar", "2022-H1", *KINDS[name])
    assert run(*arguments, "--ut", str(tmp_path / name)).returncode == 0
    one = tmp_path / "en annan mapp" / "med å"
    shutil.copytree(ROOT / "data", one / "data")
    (tmp_path / "omvant").mkdir()
    (tmp_path / "omvant" / "sitecustomize.py").write_text(REVERSED, encoding="utf-8")
    other = {
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": first_on_path(tmp_path / "omvant"),
    }
    assert run(*arguments, "--ut", name, cwd=one, env=other).returncode == 0
    assert (one / name).read_bytes() == (tmp_path / name).read_bytes()
    swedish = {"TZ": "Europe/Stockholm", "LC_ALL": "sv_SE.UTF-8", "PYTHONHASHSEED": "1"}
    assert run(*arguments, "--ut", str(tmp_path / f"svensk-{name}"), env=swedish).returncode == 0
    assert (tmp_path / f"svensk-{name}").read_bytes() == (tmp_path / name).read_bytes()


def test_an_answer_that_changes_changes_the_bytes_and_the_checksum(project: Path, run: Run) -> None:
    def made() -> tuple[bytes, str]:
        assert run("halvar", "2022-H1", "--html", "--ut", "r.html", cwd=project).returncode == 0
        text = (project / "r.html").read_text(encoding="utf-8")
        return text.encode("utf-8"), re.findall(r"Kontrollsumma ([0-9a-f]{16})", text)[0]

    before = made()
    path = project / "data" / "halvar" / "2022-H1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("EXEMPEL 2022-001", "EXEMPEL 2022-009"), encoding="utf-8")
    after = made()
    assert before[0] != after[0]
    assert before[1] != after[1]
