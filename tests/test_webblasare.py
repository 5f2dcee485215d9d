"""The HTML report in a real browser: for a telephone, a desk, a keyboard, a screen reader and a printer."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import ROOT
from data_pdf.ovanliga import long_case
from data_pdf.rendera import half_yearly, html_file, report
from test_allt import unusual
from test_html import fonts_of
from webblasare import DESK, PHONE, SHAPES_AWAY, SMALL_PHONE, TABLES_UNROLLED, axe, chromium, faults, open_page

pytestmark = pytest.mark.tung

FACES = 3
PAGES = ("K1", "K2", "utskottet", "ovanligt", "halvar", "slut", "långt ärende")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports as files: two quarters, the committee's, one of an odd project, and half-yearly and final ones."""
    folder = tmp_path_factory.mktemp("sidor")
    wanted = {
        "K1": report(ROOT, "2022-K1"),
        "K2": report(ROOT, "2022-K2"),
        "utskottet": report(ROOT, "2022-K2", "trygghetsutskottet"),
        "ovanligt": report(unusual(folder / "projekt"), "2022-K1"),
        "halvar": half_yearly(ROOT, "2022-H1"),
        "slut": half_yearly(ROOT, "2022-H1", slut=True),
        "långt ärende": half_yearly(long_case(folder / "långt"), slut=True),
    }
    for name, made in wanted.items():
        (folder / f"{name}.html").write_bytes(html_file(made))
    return {name: folder / f"{name}.html" for name in wanted}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def show(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """``show("K1", PHONE)``: the page in a window that is closed afterwards."""
    opened: list[Any] = []

    def open_one(name: str, size: tuple[int, int] = DESK) -> Any:
        opened.append(open_page(browser, pages[name], size))
        return opened[-1]

    yield open_one
    for page in opened:
        page.context.close()


@pytest.mark.parametrize("size", [SMALL_PHONE, DESK], ids=["telefon", "skrivbord"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong(name: str, size: tuple[int, int], show: Any) -> None:
    page = show(name, size)
    page.evaluate("() => document.querySelector('details').open = true")
    found = axe(page)
    assert faults(found, "violations") == []
    assert len(found["passes"]) > 35
    # What axe couldn't decide because of the shapes and the scrolled tables, it can decide without them.
    page.add_style_tag(content=SHAPES_AWAY + TABLES_UNROLLED)
    found = axe(page)
    assert faults(found, "violations") == []
    # axe looks for a row group's cells to the right of its heading, but that fills the row; the cells are below it.
    groups = "() => [...document.querySelectorAll('table:has(th[scope=rowgroup])')].length"
    explained = [fault for fault in faults(found, "incomplete") if fault[0] == "th-has-data-cells"]
    assert faults(found, "incomplete") == explained
    assert len(explained) == page.evaluate(groups)


def test_axe_would_find_a_planted_fault(show: Any) -> None:
    page = show("K1")
    page.evaluate(
        "() => { document.documentElement.lang = ''; document.querySelector('main').insertAdjacentHTML('beforeend',"
        """ '<img src="data:,"><p style="color:#ccc">Blek text</p><h5>Överhoppad nivå</h5>'); }"""
    )
    rules = {rule for rule, _ in faults(axe(page), "violations")}
    assert rules >= {"image-alt", "color-contrast", "heading-order", "html-has-lang"}


def test_nothing_but_the_file_is_asked_for_and_only_its_own_face_is_used(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["K2"].as_uri())
    page.evaluate("() => document.fonts.ready")
    assert [url for url in asked if not url.startswith("data:")] == [pages["K2"].as_uri()]
    assert page.evaluate("() => [...document.fonts].map(f => f.status)") == ["loaded"] * FACES
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    used: dict[str, int] = {}
    for selector in ("main p", "main td", "main th", "main h2", "main h3", "nav a", "header p"):
        for node in client.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
            for font in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
                kind = f"{font['familyName']} {'egen' if font['isCustomFont'] else 'datorns'}"
                used[kind] = used.get(kind, 0) + int(font["glyphCount"])
    page.context.close()
    assert set(used) == {"Uppfoljning Sans egen"}
    assert sum(used.values()) > 10_000


def test_the_policy_stops_what_someone_plants_in_the_file(browser: Any, pages: dict[str, Path], tmp_path: Path) -> None:
    planted = (
        '<img src="http://127.0.0.1:9/spion.png" alt="Spion"><script>document.title = "kapad"</script>'
        '<link rel="stylesheet" href="http://127.0.0.1:9/s.css"><iframe title="Spion" src="http://127.0.0.1:9/"></iframe>'
    )
    page_file = tmp_path / "planterad.html"
    page_file.write_text(
        pages["K1"].read_text(encoding="utf-8").replace("</main>", f"{planted}</main>"), encoding="utf-8"
    )
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    title = page.title()
    page.context.close()
    assert "kapad" not in title
    refused = [text for text in said if "Content Security Policy" in text]
    assert len(refused) == 4


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_and_nothing_sticks_out(name: str, width: int, show: Any) -> None:
    page = show(name, (width, 700))
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
    outside = """() => [...document.querySelectorAll('body *')].filter(e => {
        if (!e.checkVisibility() || e.closest('.rullbar *, .hoppa, thead')) return false;
        const r = e.getBoundingClientRect(); return r.width > 0 && (r.right > innerWidth + 0.5 || r.left < -0.5);
    }).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30))"""
    assert page.evaluate(outside) == []
    cells = """() => [...document.querySelectorAll('td, th')].filter(c => c.checkVisibility()
        && !c.closest('.staplad thead') && c.scrollWidth > c.clientWidth + 1).map(c => c.textContent.trim())"""
    assert page.evaluate(cells) == []


SMALL_TEXT = """(least) => { const found = {}; for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || !e.checkVisibility()) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    if (parseFloat(getComputedStyle(e).fontSize) >= least) continue;
    found[`${e.tagName}.${e.className}`] = e.textContent.slice(0, 20);
} return found; }"""


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE], ids=str)
def test_no_text_on_a_telephone_is_smaller_than_16_pixels(size: tuple[int, int], show: Any) -> None:
    page = show("K2", size)
    assert page.evaluate(SMALL_TEXT, 16) == {}
    assert page.evaluate(SMALL_TEXT, 18) != {}  # the measure measures


def test_the_boxes_of_page_one_stand_in_one_column_on_a_telephone_and_two_on_a_desk(show: Any) -> None:
    lefts = (
        "() => new Set([...document.querySelectorAll('.spalter .ruta')].map(e => e.getBoundingClientRect().left)).size"
    )
    assert show("K2", PHONE).evaluate(lefts) == 1
    assert show("K2", DESK).evaluate(lefts) == 2


FOCUSED = """() => { const e = document.activeElement, r = e.getBoundingClientRect();
    return {what: e.className || e.tagName.toLowerCase(), href: e.getAttribute('href'), id: e.id,
    seen: r.top >= 0 && r.bottom <= innerHeight + 1, outline: getComputedStyle(e).outlineStyle}; }"""


def test_the_tab_key_goes_to_the_way_past_then_through_the_contents(show: Any) -> None:
    page = show("K2", DESK)
    contents = page.evaluate("() => [...document.querySelectorAll('nav a')].map(e => e.getAttribute('href'))")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert (first["what"], first["seen"]) == ("hoppa", True)
    reached = []
    for _ in contents:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert [at["href"] for at in reached] == contents
    assert {at["outline"] for at in reached} == {"solid"}


def test_the_way_past_leads_into_the_report(show: Any) -> None:
    page = show("K2", PHONE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)["id"] == "rapporten"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=str)
def test_a_heading_jumped_to_is_seen_and_not_covered(size: tuple[int, int], show: Any) -> None:
    page = show("K2", size)
    if size == PHONE:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["what"] == "summary"
        page.keyboard.press("Enter")
    page.click("nav a[href='#metod']")
    covered = """() => { const r = document.getElementById('metod').getBoundingClientRect();
        return document.elementFromPoint(r.left + 5, r.top + r.height / 2).closest('h2')?.id; }"""
    assert page.evaluate(covered) == "metod"


def test_a_wide_table_is_scrolled_with_the_arrow_keys(show: Any) -> None:
    page = show("K2", SMALL_PHONE)
    regions = page.evaluate(
        "() => [...document.querySelectorAll('.rullbar')].filter(e => e.scrollWidth > e.clientWidth).length"
    )
    assert regions >= 5
    page.evaluate("() => document.querySelector('[aria-labelledby=svar]').focus()")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 30", timeout=5000)


def test_a_stacked_table_is_still_a_table_to_a_screen_reader(show: Any) -> None:
    page = show("K2", SMALL_PHONE)
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    table = client.send("DOM.querySelector", {"nodeId": root, "selector": ".lagestabell"})["nodeId"]
    counted = {}
    for role in ("columnheader", "rowheader", "cell", "row"):
        nodes = client.send("Accessibility.queryAXTree", {"nodeId": table, "role": role})["nodes"]
        counted[role] = len([node for node in nodes if not node["ignored"]])
    assert counted == {"columnheader": 3, "rowheader": 4, "cell": 8, "row": 5}


def test_what_the_browser_prints_is_a4_with_page_numbers_shapes_and_only_our_face(show: Any, tmp_path: Path) -> None:
    printed = tmp_path / "utskrift.pdf"
    content = show("K2").pdf(path=str(printed), prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sizes = {tuple(round(float(n)) for n in page.mediabox) for page in pdf.pages}
        number = len(pdf.pages)
    assert len(sizes) == 1
    assert all(abs(a - b) <= 1 for a, b in zip(*sizes, (0, 0, 595, 842), strict=True))
    assert {name.replace("-", "").lower() for name in fonts_of(content)} <= {
        f"uppfoljningsans{cut}" for cut in ("regular", "semibold", "it")
    }
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    assert [n for n in range(1, number + 1) if f"Sida {n} ({number})" not in text] == []
    assert text.count("en del av uppgifterna är påhittade") >= number
    assert "Hoppa till rapporten" not in text
    subprocess.run(["pdftoppm", "-r", "60", "-singlefile", printed, tmp_path / "sida"], check=True)
    *_, pixels = (tmp_path / "sida.ppm").read_bytes().split(b"\n", 3)
    drawn = {pixels[n : n + 3] for n in range(0, len(pixels), 3)}
    assert b"\x2f\x6f\x4f" in drawn  # the green dot of what goes by plan, which browsers leave out unless asked
