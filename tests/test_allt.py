"""The heavy tests of ``make test-allt``: veraPDF's rules on the PDFs, and a real browser on the HTML."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import ROOT, Run
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project

pytestmark = pytest.mark.tung

WORD = "ordutanblanksteg" * 19


def conformance(*files: Path) -> subprocess.CompletedProcess[str]:
    """What veraPDF's rules for PDF/UA-1 and PDF/A-3a say about the files."""
    validator = os.environ.get("PDF_VALIDATE")
    assert validator, "Sätt PDF_VALIDATE till skriptet som prövar PDF:er: PDF_VALIDATE=…/validate make test-allt"
    return subprocess.run(
        [*shlex.split(validator), "ua1,3a", *map(str, files)], capture_output=True, encoding="utf-8", check=False
    )


def unusual(folder: Path) -> Path:
    """A project with nobody responsible, an empty huvudområde, very long words and characters the font lacks."""
    said = answer(kommentar=f"{WORD}\n\n中 → ✓ 👮", avvikelse="A" * 300, egen_bedomning="forsenad", intern="Internt.")
    areas = [
        area([insats(rubrik=f"Rubrik 中 {WORD}"[:200]), insats("OMR-2", ansvariga=[])]),
        area([], "TOM", rubrik="Det tomma området"),
    ]
    return write_project(folder, agreement(), areas, [answers([said])])


@pytest.mark.pdfprofil
def test_the_reports_pass_verapdfs_rules_for_pdfua_1_and_pdfa_3a(run: Run, tmp_path: Path) -> None:
    wanted = {
        "k1.pdf": ["2022-K1"],
        "k2.pdf": ["2022-K2"],
        "utskottet.pdf": ["2022-K2", "--mottagare", "trygghetsutskottet"],
        "utan-svar.pdf": ["2022-K4"],
        "exempelkoping.pdf": ["2023-K4", "--katalog", str(ROOT / "exempel")],
    }
    for name, arguments in wanted.items():
        assert run("kvartal", *arguments, "--ut", str(tmp_path / name)).returncode == 0
    done = conformance(*(tmp_path / name for name in wanted))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS ua1") == done.stdout.count("PASS 3a") == len(wanted)


@pytest.mark.pdfprofil
def test_the_report_of_an_unusual_project_passes_too(run: Run, tmp_path: Path) -> None:
    project = unusual(tmp_path / "p")
    assert run("kvartal", "2022-K1", "--ut", str(tmp_path / "r.pdf"), cwd=project).returncode == 0
    done = conformance(tmp_path / "r.pdf")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.pdfprofil
def test_the_validator_notices_a_pdf_that_does_not_conform(tmp_path: Path) -> None:
    import pikepdf

    plain = tmp_path / "vanlig.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    done = conformance(plain)
    assert done.returncode == 1
    assert "FAIL" in done.stdout


# --- in a browser ---


def chromium(page: Path, profile: Path, *arguments: str) -> str:
    """What headless Chromium prints for a page, with nothing of its own on the network."""
    program = shutil.which("chromium")
    assert program, "Chromium saknas: sudo apt-get install chromium"
    done = subprocess.run(
        [
            program,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            *arguments,
            page.as_uri(),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Headings(HTMLParser):
    """Collects the headings of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.open = tag
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open:
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] = (self.open, self.found[-1][1] + data)


def test_the_html_opens_in_a_browser_with_its_headings(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "k1.html"
    assert run("kvartal", "2022-K1", "--html", "--ut", str(page)).returncode == 0
    headings = Headings(chromium(page, tmp_path / "profil", "--dump-dom")).found
    assert headings == Headings(page.read_text(encoding="utf-8")).found
    assert headings[0] == ("h1", "Uppföljning kvartal\u00a01\u00a02022")
    below = [text for level, text in headings if level == "h3"]
    assert len([text for text in below if re.match(r"(IUO|VÅL|TOM|UNG)-[0-9]", text)]) == 25
    assert len(below) == 25 + 3 + 2 + 1  # three tables of figures, two parts of how they are read, five questions


def measured(page: Path, width: int, folder: Path) -> tuple[int, int, list[str]]:
    """The width that a page needs, the width it is given, and the table cells whose words run into the next cell."""
    # Windows of a headless browser have a least width; a frame of a telephone's width has none.
    frame = folder / "ram.html"
    inside = page.read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    frame.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><iframe style="width:{width}px;height:844px;border:0" srcdoc="{inside}">'
        "</iframe><script>addEventListener('load', () => {"
        "  const d = document.querySelector('iframe').contentDocument, e = d.documentElement;"
        "  const heads = [...d.querySelectorAll('thead')].filter(h => getComputedStyle(h).clipPath !== 'none');"
        "  const out = [...d.querySelectorAll('td, th')].filter(c => c.scrollWidth > c.clientWidth + 1"
        "    && !heads.includes(c.closest('thead')));"
        "  document.title = [e.scrollWidth, e.clientWidth, ...out.map(c => c.textContent.trim())].join('|');"
        "});</script>",
        encoding="utf-8",
    )
    dom = chromium(frame, folder / "profil", "--virtual-time-budget=4000", "--dump-dom")
    found = re.search(r"<title>(\d+)\|(\d+)\|?(.*?)</title>", dom, re.DOTALL)
    assert found, dom[:500]
    return int(found[1]), int(found[2]), [cell for cell in found[3].split("|") if cell]


@pytest.mark.parametrize("width", [390, 1100])
@pytest.mark.parametrize("data", ["the repository's own", "unusual"])
def test_nothing_runs_out_of_the_screen_or_into_the_next_cell(data: str, width: int, run: Run, tmp_path: Path) -> None:
    project = ROOT if data != "unusual" else unusual(tmp_path / "p")
    page = tmp_path / "k1.html"
    assert run("kvartal", "2022-K1", "--html", "--ut", str(page), cwd=project).returncode == 0
    needed, given, cells = measured(page, width, tmp_path)
    assert width - 20 <= given <= width
    assert needed <= given
    assert cells == []


def test_the_html_draws_a_page_that_is_not_blank(run: Run, tmp_path: Path) -> None:
    page, picture = tmp_path / "k1.html", tmp_path / "k1.png"
    assert run("kvartal", "2022-K1", "--html", "--ut", str(page)).returncode == 0
    chromium(page, tmp_path / "profil", "--window-size=1000,1400", f"--screenshot={picture}")
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 50_000
