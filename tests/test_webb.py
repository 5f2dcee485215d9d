"""The HTML report as a page of its own: one file with its typeface in it, where one finds one's way."""

from __future__ import annotations

import io
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from conftest import ROOT, Exempel, Run
from data_pdf.ovanliga import long_case, no_forum
from data_pdf.pdfreader import squeeze, structure
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from data_pdf.rendera import half_yearly, html_file, report
from test_html import Parsed, parse
from uppfoljning.errors import MiljoError
from uppfoljning.output.formats import Rapport
from uppfoljning.output.html import self_contained, templates_folder
from uppfoljning.text.glyphs import MISSING

FONTS = ROOT / "templates" / "fonts"
CUTS = sorted(path.stem for path in FONTS.glob("*.ttf"))
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
)


@pytest.fixture(scope="session")
def rapport() -> Rapport:
    return report(ROOT, "2022-K2")


@pytest.fixture(scope="session")
def html(rapport: Rapport) -> str:
    return html_file(rapport).decode("utf-8")


# --- one file ---


def test_every_address_in_the_file_is_inside_the_file(html: str) -> None:
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,24})", html)
    assert {a.partition(",")[0].partition(";")[0] for a in addresses} == {"data:font/woff2", "data:image/svg+xml"}
    assert html.count("data:font/woff2;base64,") == len(CUTS)
    parsed = parse(html)
    links = [attrs.get("href") or "" for _, attrs in parsed.tags if "href" in attrs]
    assert [link for link in links if not link.startswith("#")] == []
    assert not {"src", "srcset", "poster", "data", "action", "ping"} & {
        name for _, attrs in parsed.tags for name in attrs
    }
    assert "@import" not in html


def test_the_file_forbids_the_browser_everything_but_its_own_style_fonts_and_shapes(html: str) -> None:
    parsed = parse(html)
    policies = [a.get("content") for _, a in parsed.all_of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]
    # The policy holds for what comes after it, so only the encoding may come before.
    assert next(a for _, a in parsed.all_of("meta")) == {"charset": "utf-8"}
    assert html.index("Content-Security-Policy") < html.index("<style")


def test_the_file_is_the_pdfs_html_but_for_the_fonts(rapport: Rapport, html: str) -> None:
    without = re.sub(r'url\("data:font/woff2;[^"]+"\) format\("woff2"\)', "URL", html)
    assert without == re.sub(r'url\("typsnitt:[^"]+"\) format\("truetype"\)', "URL", rapport.html)
    assert without.count("URL") == len(CUTS)


def test_the_file_is_the_same_each_time_and_small_enough_to_send(run: Run, tmp_path: Path, html: str) -> None:
    target = tmp_path / "k2.html"
    done = run("kvartal", "2022-K2", "--html", "--ut", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes() == html.encode("utf-8")
    assert len(target.read_bytes()) < 500_000


def test_text_of_the_data_is_never_taken_for_a_font(tmp_path: Path) -> None:
    text = 'url("typsnitt:SourceSans3-It.ttf") format("truetype")'
    folder = write_project(tmp_path / "p", agreement(), [area([insats()])], [answers([answer(kommentar=text)])])
    written = html_file(report(folder, "2022-K1")).decode("utf-8")
    assert written.count("data:font/woff2") == len(CUTS)
    assert "typsnitt:SourceSans3-It.ttf" in parse(written).text


def test_an_installation_without_the_fonts_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("uppfoljning.output.html.templates_folder", lambda: tmp_path)
    with pytest.raises(MiljoError, match="typsnitt saknas"):
        self_contained('url("typsnitt:SourceSans3-It.ttf") format("truetype")')


# --- the typeface inside it ---


@pytest.mark.parametrize("cut", CUTS)
def test_the_embedded_face_has_every_character_that_a_report_may_show(cut: str) -> None:
    has = set(TTFont(FONTS / f"{cut}.woff2").getBestCmap())
    shown = {n for n in range(0x20, 0x110000) if not 0xD800 <= n < 0xE000 and not MISSING.match(chr(n))}
    assert len(shown) > 1500
    assert shown - has <= {0xAD}  # a soft hyphen is shown as a hyphen or not at all


@pytest.mark.parametrize("cut", CUTS)
def test_the_embedded_face_looks_like_the_pdfs_and_bears_no_reserved_name(cut: str) -> None:
    whole, web = TTFont(FONTS / f"{cut}.ttf"), TTFont(FONTS / f"{cut}.woff2")
    assert web["head"].unitsPerEm == whole["head"].unitsPerEm
    characters = web.getBestCmap()
    widths = [(web["hmtx"][glyph][0], whole["hmtx"][whole.getBestCmap()[n]][0]) for n, glyph in characters.items()]
    assert [pair for pair in widths if pair[0] != pair[1]] == []
    assert len({web["hmtx"][characters[ord(digit)]][0] for digit in "0123456789"}) == 1
    names = {n: web["name"].getDebugName(n) or "" for n in (0, 1, 2, 3, 4, 6, 13, 16)}
    assert [n for n in (1, 2, 3, 4, 6, 16) if "source" in names[n].lower()] == []
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]


@pytest.mark.tung
@pytest.mark.parametrize("cut", CUTS[:1])
def test_the_script_makes_the_web_fonts_that_are_shipped(cut: str) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_webfonts.py"))
    characters = script["shared_characters"](sorted(FONTS.glob("*.ttf")))
    made = TTFont(io.BytesIO(script["web_font"](FONTS / f"{cut}.ttf", characters)))
    shipped = TTFont(FONTS / f"{cut}.woff2")
    assert made.keys() == shipped.keys()
    for table in ("glyf", "cmap", "hmtx", "name", "GPOS", "GSUB"):
        assert made.getTableData(table) == shipped.getTableData(table), table


# --- finding one's way ---


def within(parsed: Parsed, outer: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags from one landmark to the next."""
    names = [tag for tag, _ in parsed.tags]
    start = names.index(outer)
    ends = [n for n, tag in enumerate(names) if n > start and tag in {"header", "nav", "main", "footer"}]
    return parsed.tags[start : ends[0] if ends else len(names)]


def test_the_page_has_its_landmarks_and_starts_with_a_way_past_them(html: str) -> None:
    parsed = parse(html)
    landmarks = [(tag, a.get("aria-label")) for tag, a in parsed.all_of("header", "nav", "main", "footer")]
    assert landmarks == [("header", None), ("nav", "Innehåll"), ("main", None), ("footer", None)]
    (first, *_) = parsed.all_of("a", "summary")
    (main,) = parsed.all_of("main")
    assert first == ("a", {"class": "hoppa", "href": f"#{main[1]['id']}"})
    assert main[1]["tabindex"] == "-1"  # so that the link moves the reader there, not only the view


def test_the_list_of_contents_leads_to_every_section_in_its_order(html: str) -> None:
    parsed = parse(html)
    listed = [a.get("href") for tag, a in within(parsed, "nav") if tag == "a"]
    headed = [f"#{a['id']}" for tag, a in within(parsed, "main") if tag == "h2" and "id" in a]
    assert listed == ["#rapporten", *headed]
    assert len(headed) >= 12


HALF_YEARLY: dict[str, Callable[[Path], Rapport]] = {
    "halvar": lambda _: half_yearly(ROOT, "2022-H1"),
    "slut": lambda _: half_yearly(ROOT, "2022-H1", slut=True),
    "långt ärende": lambda folder: half_yearly(long_case(folder / "p"), slut=True),
    "inget forum": lambda folder: half_yearly(no_forum(folder / "p")),
}


@pytest.mark.parametrize("name", HALF_YEARLY)
def test_the_half_yearly_contents_lead_to_every_section_in_its_order(name: str, tmp_path: Path) -> None:
    parsed = parse(HALF_YEARLY[name](tmp_path).html)
    listed = [a.get("href") for tag, a in within(parsed, "nav") if tag == "a"]
    ids = [(tag, a["id"] or "") for tag, a in within(parsed, "main") if "id" in a]
    headed = [f"#{i}" for tag, i in ids if tag == "h2" or (tag == "h3" and i.startswith("huvudomrade-"))]
    assert listed == ["#rapporten", *headed]
    assert len(headed) >= 9


def test_what_is_only_for_the_screen_is_not_in_the_pdf(exempel: Exempel, html: str) -> None:
    screen = [tag for tag, a in parse(html).tags if a.get("class") == "bara-skarm"]
    assert screen == ["header", "nav", "footer"]
    with pikepdf.open(io.BytesIO(exempel("kvartal", "2022-K2"))) as pdf:
        read = squeeze(structure(pdf).text)
    assert squeeze("Mötets ordning") in read
    assert [t for t in ("Hoppa till rapporten", "Överblick", "Till innehållet") if squeeze(t) in read] == []


def tables(html: str) -> Iterator[tuple[dict[str, str | None], dict[str, str | None], str]]:
    """Every table's attributes, those of the element just around it, and what stands inside."""
    for found in re.finditer(r"<(\w+)([^>]*)>\s*<table([^>]*)>(.*?)</table>|<table([^>]*)>(.*?)</table>", html, re.S):
        around, own, inside = found[2] or "", found[3] if found[3] is not None else found[5], found[4] or found[6]
        yield (*(dict(re.findall(r'([\w-]+)="([^"]*)"', text)) for text in (own, around)), inside)  # type: ignore[misc]


def test_every_table_scrolls_in_a_named_region_or_is_stacked_with_its_roles_kept(html: str) -> None:
    ids = {attrs.get("id"): tag for tag, attrs in parse(html).tags}
    names, stacked = [], 0
    for own, around, inside in tables(html):
        classes = (own.get("class") or "").split()
        if "staplad" in classes:
            # Safari has forgotten what is a table once its rows are shown as blocks.
            stacked += 1
            assert own.get("role") == "table"
            bare = re.findall(r"<(?:thead|tbody|tr|th|td)\b(?![^>]*\brole=)[^>]*>", inside)
            assert bare == []
        elif around.get("class") == "rullbar":
            assert (around.get("tabindex"), around.get("role")) == ("0", "region")
            label = around.get("aria-labelledby")
            assert label is None or (ids.get(label) or "").startswith("h")
            names.append(label or around["aria-label"])
        else:
            assert "Underskrift" in inside  # three narrow columns that fit; the layout tests see to it
    assert len(names) == len(set(names)) >= 5
    assert all(names)
    assert stacked == 6


def test_widths_are_asked_for_only_where_the_pdfs_renderer_does_not_look(html: str) -> None:
    css = (templates_folder() / "skarm.css").read_text(encoding="utf-8")
    queries = re.findall(r"^( *)@media (.*?) \{", css, re.MULTILINE)
    assert [query for indent, query in queries if not indent] == ["print", "screen"]
    assert all("(" in query for indent, query in queries if indent)
    assert '<style media="print and (min-width: 1px)">' in html
