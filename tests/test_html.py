"""The HTML of the report: the same as the PDF is made of, well-formed, and no text of the data ever becomes markup."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pikepdf
import pytest
from pydantic import BaseModel

from conftest import ROOT, Run
from data_pdf.pdfreader import drawn_outside, font_objects, page_text, squeeze, structure
from data_pdf.projekt import Yaml, agreement, answer, answers, area, insats, write_file, write_half_year, write_project
from data_pdf.rendera import half_yearly, pdf_and_log, report
from uppfoljning.model import (
    Aterkopplingsfil,
    Beslutsfil,
    Halvarsfil,
    Insatsfil,
    Kvartalsfil,
    Overenskommelse,
    Text,
)
from uppfoljning.output.html import self_contained, templates_folder
from uppfoljning.output.pdf import write_pdf
from uppfoljning.pipeline.granska import granska

VOID = {"meta", "link", "br", "hr", "img", "col", "input", "wbr", "area", "base", "embed", "source", "track"}
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "section",
        "div",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "span",
    ),
    *("header", "nav", "details", "summary", "ul", "li", "main", "footer"),
    *("b", "a", "br", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    *("svg", "path", "rect", "circle", "polyline"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "id", "href", "scope", "colspan", "role", "viewbox", "tabindex"),
    *("http-equiv", "media", "aria-label", "aria-labelledby", "data-rubrik"),
    *("data-titel", "data-parter", "data-exempel", "d", "x", "y", "width", "height", "cx", "cy", "r", "points"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray"),
    *("aria-labelledby",),
}


@dataclass
class Parsed(HTMLParser):
    """An HTML text taken apart strictly: every element closed in its place."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag == "p" and "p" in self.open_tags:
            self.faults.append("<p> inside <p>")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open_tags[-1] if self.open_tags else "", data))

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    def all_of(self, *names: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.tags if tag in names]

    @property
    def text(self) -> str:
        return "".join(data for tag, data in self.texts if tag != "style")


def parse(html: str) -> Parsed:
    """Parse, and close."""
    parsed = Parsed()
    parsed.feed(html)
    parsed.close()
    return parsed


@pytest.fixture(scope="session")
def html() -> str:
    return report(ROOT, "2022-K1").html


REPORTS: dict[str, Callable[[], str]] = {
    "kvartal": lambda: report(ROOT, "2022-K1").html,
    "halvar": lambda: half_yearly(ROOT, "2022-H1").html,
    "slut": lambda: half_yearly(ROOT, "2022-H1", slut=True).html,
}


@pytest.fixture(scope="session", params=REPORTS)
def any_html(request: pytest.FixtureRequest) -> str:
    return REPORTS[request.param]()


# --- the repository's own data ---


def test_the_html_file_is_what_the_pdf_is_made_of_with_the_fonts_inside(html: str, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "k1.html"
    done = run("kvartal", "2022-K1", "--html", "--ut", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    assert target.read_bytes() == self_contained(html).encode("utf-8")


def test_the_html_is_well_formed(any_html: str) -> None:
    parsed = parse(any_html)
    assert any_html.startswith("<!DOCTYPE html>\n")
    assert (parsed.faults, parsed.open_tags, parsed.other) == ([], [], [])
    assert {tag for tag, _ in parsed.tags} <= ALLOWED


def test_ids_are_unique_and_every_link_leads_to_one(any_html: str) -> None:
    parsed = parse(any_html)
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    links = [attrs.get("href") or "" for _, attrs in parsed.all_of("a")]
    assert len(ids) == len(set(ids)) >= 29
    assert len(links) >= 10
    assert [link for link in links if link.removeprefix("#") not in ids] == []


def test_the_html_is_swedish_and_titled(html: str) -> None:
    parsed = parse(html)
    assert parsed.all_of("html") == [("html", {"lang": "sv"})]
    assert [data for tag, data in parsed.texts if tag == "title"][:1] == [
        "Uppföljning kvartal 1 2022, Upplands-Bro kommun och Lokalpolisområde Järfälla/Upplands-Bro"
    ]
    assert ("meta", {"charset": "utf-8"}) in parsed.tags


def test_headings_start_with_h1_and_skip_no_level(any_html: str) -> None:
    levels = [int(tag[1]) for tag, _ in parse(any_html).tags if re.fullmatch(r"h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_every_header_cell_has_a_scope_and_every_table_a_head(any_html: str) -> None:
    parsed = parse(any_html)
    assert {attrs.get("scope") for _, attrs in parsed.all_of("th")} == {"col", "row", "rowgroup"}
    assert len(parsed.all_of("table")) == len(parsed.all_of("thead")) >= 4


def test_nothing_is_fetched_and_nothing_runs(any_html: str) -> None:
    parsed = parse(any_html)
    # The one address is the XML namespace inside the drawn shapes, which names and fetches nothing.
    urls = set(re.findall(r"(?:https?|ftp|file)://[^'\"\s>)]+", any_html))
    assert urls <= {"http://www.w3.org/2000/svg"}
    sources = re.findall(r"url\(\s*[\"']?([a-z]+:)?", any_html)
    assert set(sources) == {"typsnitt:", "data:"}
    assert "@import" not in any_html
    names = {name for _, attrs in parsed.tags for name in attrs}
    assert names <= ATTRIBUTES


PAGES = (
    'mötet " target-counter("#motet", page) " · ändringarna " target-counter("#andrat", page) " · åtagandena " '
    'target-counter("#parter", page) " · statistiken " target-counter("#statistik", page) " · metoden " '
    'target-counter("#metod", page)'
)
"""What the margin of page one says: the tool's own names of some sections."""


def test_no_text_of_the_data_stands_in_the_stylesheet(html: str) -> None:
    parsed = parse(html)
    css = "".join(data for tag, data in parsed.texts if tag == "style")
    names = ("rapport.css", "kvartal.css", "skarm.css", "utskrift.css")
    files = [(templates_folder() / name).read_text(encoding="utf-8") for name in names]
    assert css.split() == "".join(files).replace('{sidor}"', PAGES).split()


# --- hostile text in every field ---

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {{ 7777*7777 }} {% raw %} {# x #} \"><img src=x> ' onclick=x </style> "
    "url(http://x) ]]> <!-- &amp; 中"
)
SHOWN = HOSTILE.replace("中", "[U+4E2D]")


def text(name: str) -> str:
    """A hostile text that says which field it stands in."""
    return f"Fält-{name}: {HOSTILE}"


def hostile_project(folder: Path) -> Path:
    """A project in which every field that takes free text holds hostile text."""
    day = date(2022, 6, 30)
    avtal = {
        "rubrik": text("avtal.rubrik"),
        "kommun": text("kommun"),
        "kommunkod": "0001",
        "giltig_fran": date(2022, 1, 1),
        "giltig_till": date(2022, 12, 31),
        "forlangning": {
            "ar": 2,
            "villkor": text("villkor"),
            "samrad_senast": day,
            "kalla": text("forlangning.kalla"),
        },
        "kalla": {"dokument": text("dokument"), "datum": date(2022, 1, 1)},
        "parter": [
            {"id": "kommunen", "namn": text("part"), "kortnamn": text("kortnamn"), "uppfoljare": text("uppfoljare")}
        ],
        "aktorer": [
            {
                "id": aktor,
                "namn": text(aktor),
                "kortnamn": text(f"{aktor}.kortnamn"),
                "del_av": "kommunen",
                "kallas_aven": [text(f"{aktor}.kallas")],
                "tolkning": text(f"{aktor}.tolkning"),
            }
            for aktor in ("a1", "a2")
        ],
        "samverkanspartner": [{"id": "p1", "namn": text("partner")}],
        "forum": [
            {"id": "styrgrupp", "namn": text("forum"), "medlemmar": [text("medlem")], "ser_intern": True},
        ],
        "kalender": {
            "moten": [{"datum": day, "rubrik": text("mote"), "forum": "styrgrupp"}],
            "redovisningar": [{"halvar": "2022-H1", "forum": ["styrgrupp"]}],
            "information": [{"datum": date(2022, 2, 1), "vad": text("information.vad")}],
            "tolkning": text("kalender.tolkning"),
        },
        "oppet": [text("avtal.oppet")],
    }
    measure = {
        "rubrik": text("insats.rubrik"),
        "kortrubrik": text("kortrubrik"),
        "platser": [text("plats")],
        "beskrivning": text("insats.beskrivning"),
        "ansvariga": [
            {"aktor": aktor, "atagande": text(f"{aktor}.atagande"), "tolkning": text(f"{aktor}.ansvarig.tolkning")}
            for aktor in ("a1", "a2")
        ],
        "samverkanspartner": ["p1"],
        "frekvens": {"antal": 3, "per": "ar", "enhet": text("enhet"), "ord": text("frekvens.ord")},
        "moment": [
            {"id": "klar", "rubrik": text("moment"), "senast": day, "tolkning": text("moment.tolkning")},
            {"id": "gjord", "rubrik": text("moment.gjort")},
        ],
        "malsattning": {
            "antal": 6,
            "enhet": text("enhet"),
            "ord": text("mal.ord"),
            "utgangslage": text("utgangslage"),
        },
        "raknas_av": "a1",
        "historik": [
            {"handelse": "reviderad", "datum": date(2022, 2, 1), "skal": text("skal"), "andring": text("andring")}
        ],
        "tolkning": [text("insats.tolkning")],
        "oppet": [text("insats.oppet")],
        "kalla": {"avsnitt": text("avsnitt")},
    }
    said: Yaml = {
        "genomforande": "pagar",
        "egen_bedomning": "risk_for_forsening",
        "plats": text("svar.plats"),
        "muntligt": {"datum": date(2022, 2, 5), "antecknat_av": text("antecknat_av")},
        "utfall": {
            "handelser": [{"datum": date(2022, 2, 3), "antal": 2, "plats": text("plats"), "vad": text("enhet")}],
            "klara_moment": [{"moment": "gjord", "datum": date(2022, 2, 4)}],
        },
        "kommentar": text("kommentar"),
        "avvikelse": text("avvikelse"),
        "orsak": text("orsak"),
        "nasta_steg": text("nasta_steg"),
        "planerat": [{"datum": date(2022, 5, 20), "vad": text("planerat"), "plats": text("planerat.plats")}],
        "beslut_behovs": {
            "fraga": text("fraga"),
            "av": text("beslut.av"),
            "senast": date(2022, 6, 1),
            "forslag": text("forslag"),
            "skal": text("beslut.skal"),
            "utan_beslut": text("utan_beslut"),
            "kostnad": text("kostnad"),
        },
        "lardom": text("lardom"),
        "overstyrning": {"plan": "forsenad", "skal": text("overstyrning.skal")},
        "intern": text("intern"),
    }
    other = {**said, "utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 1, "vad": text("enhet")}]}}
    later = {**said, "rattar": {"kvartal": "2022-K1", "skal": text("rattar.skal")}, "lamnad": date(2022, 7, 3)}
    later["muntligt"] = {"datum": date(2022, 7, 1), "antecknat_av": text("antecknat_av")}
    outcome = {"kvartal": "2022-K1", "utfall": "bordlagt", "datum": date(2022, 5, 9), "text": text("beslut.text")}
    outcome |= {"av": text("beslut.av"), "diarienummer": text("diarienummer"), "paragraf": text("paragraf")}
    settled = {"insats": "OMR-2", "inget_att_rapportera": True, "beslut": [outcome]}
    areas = [
        area(
            [insats("OMR-1", **measure), insats("OMR-2", **{**measure, "oppet": []})],
            rubrik=text("omrade"),
            beskrivning=text("omrade.beskrivning"),
            kalla={"avsnitt": text("omrade.avsnitt")},
        )
    ]
    filer = [
        answers([answer("OMR-1", **said), answer("OMR-2", **said)]),
        answers([answer("OMR-1", **other)], aktor="a2"),
        answers([answer("OMR-1", **later), settled], kvartal="2022-K2", lamnad=date(2022, 7, 4)),
    ]
    project = write_project(folder, agreement(**avtal), areas, filer)
    case = {"forum": "styrgrupp", "diarienummer": text("arende"), "forslag": [text("arende.forslag")]}
    uppgifter: Yaml = {
        "handlaggare": [text("handlaggare")],
        "arenden": [case],
        "lardomar": [text("lardomar")],
        "skal": [text("halvar.skal")],
        "ekonomi": text("ekonomi"),
        "barnperspektiv": text("barnperspektiv"),
        "skickas_till": [text("skickas_till")],
        "gjort": [text("gjort")],
        "beslutsunderlag": [text("beslutsunderlag")],
    }
    write_half_year(project, uppgifter)
    write_half_year(project, uppgifter, "2022-H1-slut")
    write_file(project, "beslut.yaml", {"beslut": [{**outcome, "fraga": text("beslut.fraga")}]})
    for kvartal in ("2022-K1", "2022-K2"):
        about = {"kvartal": kvartal, "kommentar": text("kvartal.kommentar")}
        write_file(project, f"kvartal/{kvartal}.yaml", about)
    return project


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_project(tmp_path_factory.mktemp("fientligt") / "projekt")


@pytest.fixture(scope="session")
def hostile_html(hostile: Path) -> dict[str, str]:
    made = {quarter: report(hostile, quarter).html for quarter in ("2022-K1", "2022-K2")}
    return {**made, "halvar": half_yearly(hostile).html, "slut": half_yearly(hostile, slut=True).html}


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all models below it."""
    yield model
    for hint in get_type_hints(model, include_extras=True).values():
        for part in _parts(hint):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from models(part)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


def free_text_fields() -> set[tuple[str, str]]:
    """(model, field) of every field that takes free text."""
    return {
        (model.__name__, name)
        for top in (Overenskommelse, Insatsfil, Aterkopplingsfil, Beslutsfil, Halvarsfil, Kvartalsfil)
        for model in models(top)
        for name, hint in get_type_hints(model, include_extras=True).items()
        if any(part == Text for part in _parts(hint))
    }


def hostile_fields(value: Any) -> Iterator[tuple[str, str]]:
    """(model, field) of every field that holds hostile text in what was read."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            found = getattr(value, name)
            if any(
                isinstance(t, str) and t.endswith(HOSTILE) for t in (found if isinstance(found, tuple) else [found])
            ):
                yield type(value).__name__, name
            yield from hostile_fields(found)
    elif isinstance(value, tuple):
        for item in value:
            yield from hostile_fields(item)


def test_every_free_text_field_of_the_model_is_hostile_in_the_hostile_project(hostile: Path) -> None:
    underlag = granska(hostile).underlag
    assert underlag is not None
    read = (underlag.overenskommelse, underlag.huvudomraden, *(p.svar for p in underlag.svar))
    posts = (*underlag.halvar, *underlag.kvartalsfiler, *underlag.beslutsrader)
    held = set(hostile_fields((*read, *(p.uppgifter for p in posts))))
    fields = free_text_fields()
    assert len(fields) >= 40
    assert ("Svar", "intern") in fields
    assert fields - held == set()


@pytest.mark.parametrize("quarter", ["2022-K1", "2022-K2", "halvar", "slut"])
def test_hostile_text_never_becomes_markup(quarter: str, hostile_html: dict[str, str]) -> None:
    parsed = parse(hostile_html[quarter])
    assert (parsed.faults, parsed.open_tags, parsed.other) == ([], [], [])
    assert {tag for tag, _ in parsed.tags} <= ALLOWED
    assert len(parsed.all_of("style")) == 2
    names = {name for _, attrs in parsed.tags for name in attrs}
    assert names <= ATTRIBUTES


@pytest.mark.parametrize("quarter", ["2022-K1", "2022-K2", "halvar", "slut"])
def test_hostile_text_is_never_evaluated_and_never_reaches_the_stylesheet(
    quarter: str, hostile_html: dict[str, str]
) -> None:
    parsed = parse(hostile_html[quarter])
    assert "60481729" not in hostile_html[quarter]
    count = Counter(
        {word: parsed.text.count(word) for word in ("{{ 7777*7777 }}", "{% raw %}", "<script>", "</style>")}
    )
    assert min(count.values()) > 40
    css = "".join(data for tag, data in parsed.texts if tag == "style")
    assert css
    assert "Fält-" not in css


def test_hostile_text_is_shown_as_it_was_written(hostile_html: dict[str, str]) -> None:
    shown = " ".join((parse(hostile_html["2022-K1"]).text + parse(hostile_html["2022-K2"]).text).split())
    names = set(re.findall(r"Fält-[a-z0-9_.]+", shown))
    assert len(names) > 35
    assert [name for name in names if f"{name}: {SHOWN}" not in shown] == []


@pytest.mark.tung
def test_hostile_text_makes_a_pdf_without_a_word_from_weasyprint_and_only_our_fonts(hostile: Path) -> None:
    content, log = pdf_and_log(report(hostile, "2022-K2"))
    assert log == ()
    assert fonts_of(content) <= OUR_FONTS
    with pikepdf.open(io.BytesIO(content)) as pdf:
        read = squeeze(structure(pdf).text)
    assert squeeze(f"Fält-nasta_steg: {SHOWN}") in read


# --- unusual projects ---

OUR_FONTS = {"Source-Sans-3", "Source-Sans-3-Semi-Bold", "Source-Sans-3-Italic"}


def fonts_of(content: bytes) -> set[str]:
    """The names of every embedded font."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {re.sub(r"^/[A-Z]{6}\+|,$", "", str(font.BaseFont)) for font in font_objects(pdf)}


def long_title(folder: Path) -> tuple[Path, list[str]]:
    title = ("Gemensam uppföljning av trygghetsskapande åtgärder i centrum " * 4)[:200].strip()
    return write_project(folder, agreement(), [area([insats(rubrik=title)])], [answers([answer()])]), [title]


def unbroken_word(folder: Path) -> tuple[Path, list[str]]:
    word = "ordutanblanksteg" * 19
    svar = answer(kommentar=word, avvikelse=word, beslut_behovs={"fraga": f"{word[:130]}?"})
    measure = insats(rubrik=word[:300], beskrivning=word, oppet=[word])
    avtal = agreement(aktorer=[{"id": "a1", "namn": word[:300], "del_av": "kommunen"}])
    return write_project(folder, avtal, [area([measure])], [answers([svar])]), [word]


def twelve_aktorer(folder: Path) -> tuple[Path, list[str]]:
    ids = [f"a{n}" for n in range(1, 13)]
    avtal = agreement(aktorer=[{"id": i, "namn": f"Enheten {i}", "del_av": "kommunen"} for i in ids])
    filer = [answers([answer(kommentar=f"Svaret från {i}.")], aktor=i) for i in ids]
    said = [f"Svaret från {i}." for i in ids]
    return write_project(folder, avtal, [area([insats(ansvariga=ids, raknas_av="a1")])], filer), said


def long_answer(folder: Path) -> tuple[Path, list[str]]:
    words = " ".join(f"mening {n} om arbetet." for n in range(230))[:5000]
    said = answer(kommentar=f"{words}\n\nSista stycket.")
    return write_project(folder, agreement(), [area([insats()])], [answers([said])]), [words, "Sista stycket."]


def empty_area(folder: Path) -> tuple[Path, list[str]]:
    areas = [area([insats()]), area([], "TOM", rubrik="Det tomma området")]
    return write_project(folder, agreement(), areas, [answers([answer()])]), ["Det tomma området", "0 insatser"]


def nobody_responsible(folder: Path) -> tuple[Path, list[str]]:
    areas = [area([insats(ansvariga=[])])]
    return write_project(folder, agreement(), areas), ["Ingen ansvarig är utsedd"]


def no_answers(folder: Path) -> tuple[Path, list[str]]:
    return write_project(folder, agreement(), [area([insats()])]), [
        "Inga svar finns ännu.",
        "Inget av 1 svar har kommit",
    ]


def last_quarter(folder: Path) -> tuple[Path, list[str]]:
    said = answers([answer()], kvartal="2022-K4", lamnad=date(2023, 1, 11))
    return write_project(folder, agreement(), [area([insats()])], [said]), ["Uppföljning kvartal 4 2022"]


def hundred_insatser(folder: Path) -> tuple[Path, list[str]]:
    areas = [area([insats(f"O{n}-{m}") for m in range(1, 11)], f"O{n}") for n in range(1, 11)]
    said = [answer(f"O{n}-{m}", avvikelse="Något tar längre tid.") for n in range(1, 11) for m in range(1, 11)]
    for svar in said:
        svar["egen_bedomning"] = "risk_for_forsening"
        svar["beslut_behovs"] = {"fraga": f"Vad ska gälla för {svar['insats']}?"}
    return write_project(folder, agreement(), areas, [answers(said)]), ["Insats O10-10", "av 100 svar har kommit"]


def unusual_letters(folder: Path) -> tuple[Path, list[str]]:
    # Chinese, an emoji with a joiner, Arabic, a combining ring (as a Mac writes å), an arrow, a non-breaking hyphen.
    written = "A 中 B 👮\u200d♀ C مرحبا D a\u030a E → F n\u2011n G"
    shown = "A [U+4E2D] B [U+1F46E]"
    said = answer(kommentar=written, avvikelse=written)
    measure = insats(rubrik=f"Rubrik {written}", beskrivning=written)
    avtal = agreement(aktorer=[{"id": "a1", "namn": f"Aktör {written}", "del_av": "kommunen"}])
    return write_project(folder, avtal, [area([measure])], [answers([said])]), [shown, "å E", "[U+200D]"]


UNUSUAL = [
    long_title,
    unbroken_word,
    twelve_aktorer,
    long_answer,
    empty_area,
    nobody_responsible,
    no_answers,
    last_quarter,
    hundred_insatser,
    unusual_letters,
]


LIGHT = {nobody_responsible, no_answers, unusual_letters}
"""What make test tries; the others are tried with the heavy tests."""


@pytest.mark.parametrize(
    "build",
    [pytest.param(b, id=b.__name__, marks=() if b in LIGHT else pytest.mark.tung) for b in UNUSUAL],
)
def test_an_unusual_project_becomes_a_pdf_that_says_it_all_in_our_own_fonts(build: Any, tmp_path: Path) -> None:
    folder, words = build(tmp_path / "projekt")
    rapport = report(folder)
    parsed = parse(rapport.html)
    assert (parsed.faults, parsed.open_tags) == ([], [])
    content, log = pdf_and_log(rapport)
    assert log == ()
    assert fonts_of(content) <= OUR_FONTS
    with pikepdf.open(io.BytesIO(content)) as pdf:
        read = unicodedata.normalize("NFC", squeeze(structure(pdf).text)).casefold()
        assert [word for word in words if squeeze(word).casefold() not in read] == []
        assert drawn_outside(pdf) == []


def test_text_outside_the_page_would_be_found() -> None:
    html = (
        '<html lang="sv"><title>x</title><style>@page { size: A4; margin: 20mm; }</style><h1>Innanför</h1>'
        f'<p style="margin-left: 900px; width: 9px">Utanför</p><p>{"lång" * 60}</p>'
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        content = write_pdf(html, templates_folder() / "fonts", datetime(2022, 1, 1)).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(drawn_outside(pdf)) == 2


@pytest.mark.tung
def test_the_first_page_fits_on_one_page_also_with_100_insatser(tmp_path: Path) -> None:
    folder, _ = hundred_insatser(tmp_path / "projekt")
    content, _ = pdf_and_log(report(folder))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = page_text(pdf.pages[0])
        assert "Läget per huvudområde" in page
        assert "Område O10" in page


def test_a_missing_character_is_spelled_out_wherever_it_stands(hostile_html: dict[str, str]) -> None:
    assert "中" not in hostile_html["2022-K1"] + hostile_html["2022-K2"]
    assert hostile_html["2022-K1"].count("[U+4E2D]") > 40
