"""The lists of sections: what they hold is what stands in the reports, in the contents and in the templates."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from conftest import ROOT
from data_pdf.rendera import half_yearly, report
from test_arkitektur import SOURCE, TEMPLATES, modules, parsed, templates
from uppfoljning.output.formats import Rapport
from uppfoljning.output.html import render_html
from uppfoljning.report.halvar.sections import halvar_sections
from uppfoljning.report.kvartal.sections import kvartal_sections
from uppfoljning.report.sections.avsnitt import Avsnitt, Rapportdel, present, with_ways
from uppfoljning.report.views.base import Lankvy
from uppfoljning.report.views.halvar import Halvarsvy
from uppfoljning.report.views.kvartal import Rapportvy

HEADING = '<h2 id="{{ avsnitt.ankare }}">{{ avsnitt.rubrik }}</h2>'
BOX = "lardomar.html.j2"
"""The one section whose heading a macro prints, as that of the boxes beside it."""
KINDS = ("kvartal", "halvar", "slut")
SAID_OF_OTHERS = {"Svaren"}
"""Headings that are the name of something else as well: here of a kind of change."""


@pytest.fixture(scope="module")
def reports() -> dict[str, Rapport]:
    return {
        "kvartal": report(ROOT, "2022-K2"),
        "halvar": half_yearly(ROOT, "2022-H1"),
        "slut": half_yearly(ROOT, "2022-H1", slut=True),
    }


def parts_of(vy: Rapportvy | Halvarsvy) -> tuple[Rapportdel, ...]:
    return kvartal_sections(vy) if isinstance(vy, Rapportvy) else halvar_sections(vy)


def listed(vy: Rapportvy | Halvarsvy) -> list[Avsnitt]:
    """Every section of the list, there or not; without the boxes that have no anchor."""
    return [a for part in parts_of(vy) for a in part.avsnitt if a.ankare]


@pytest.fixture(params=KINDS)
def rapport(request: pytest.FixtureRequest, reports: dict[str, Rapport]) -> Rapport:
    return reports[request.param]


def test_every_section_has_its_own_anchor_and_heading_and_a_template_that_prints_them(rapport: Rapport) -> None:
    sections = listed(rapport.vy)
    assert len(sections) > 14
    for values in ([a.ankare for a in sections], [a.rubrik for a in sections]):
        assert [value for value, times in Counter(values).items() if times > 1 or not value] == []
    for section in sections:
        text = (TEMPLATES / section.mall).read_text(encoding="utf-8")
        assert text.count(HEADING) == (section.mall != BOX), section.mall
    assert "{{ ruta(vy, avsnitt.ankare) -}}" in (TEMPLATES / BOX).read_text(encoding="utf-8")


def test_the_report_has_the_sections_of_the_list_in_its_order_with_a_row_each_in_the_contents(rapport: Rapport) -> None:
    sections = list(present(parts_of(rapport.vy)))
    headed = re.findall(r'<h2 id="([^"]*)">([^<]*)</h2>', rapport.html.replace("\u00a0", " "))
    assert headed == [(a.ankare, a.rubrik) for a in sections]
    assert rapport.vy.innehall == tuple(row for a in sections for row in (Lankvy(a.ankare, a.rubrik), *a.under))
    for row in rapport.vy.innehall:
        assert rapport.html.count(f' id="{row.ankare}"') == 1


def test_every_section_of_the_lists_is_in_one_of_the_reports(reports: dict[str, Rapport]) -> None:
    there = {a.ankare for r in reports.values() for a in present(parts_of(r.vy))}
    # Nothing has changed in a closed quarter, and nothing is too long for the two pages.
    assert {a.ankare for r in reports.values() for a in listed(r.vy)} - there == {"stangt", "helt"}


def test_a_template_that_prints_the_heading_of_a_section_is_in_a_list(reports: dict[str, Rapport]) -> None:
    named = {a.mall for r in reports.values() for part in parts_of(r.vy) for a in part.avsnitt}
    assert {path.name for path in templates() if "avsnitt.rubrik" in path.read_text(encoding="utf-8")} == named - {BOX}
    headings = [h for path in templates() for h in re.findall(r"<h2[^>]*\bid=.*", path.read_text(encoding="utf-8"))]
    of_macro = '<h2{% if ankare %} id="{{ ankare }}"{% endif %}>{{ b.rubrik }}</h2>'
    assert set(headings) == {HEADING, of_macro}
    assert headings.count(of_macro) == 1


def test_every_template_is_used(reports: dict[str, Rapport]) -> None:
    from_the_lists = {
        name
        for r in reports.values()
        for part in parts_of(r.vy)
        for name in (part.mall, *(a.mall for a in part.avsnitt))
    }
    named = {
        name
        for path in templates()
        for name in re.findall(r'{% (?:include|extends|from) "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {path.name for path in templates()} - from_the_lists - named == {"kvartal.html.j2", "halvar.html.j2"}


def test_a_template_is_named_by_the_code_and_never_by_the_data() -> None:
    from jinja2 import nodes

    chosen = {
        node.template.node.name + "." + node.template.attr  # type: ignore[attr-defined]
        for path in templates()
        for node in parsed(path).find_all(nodes.Include)
        if not isinstance(node.template, nodes.Const)
    }
    assert chosen == {"del.mall", "avsnitt.mall"}


def literals() -> Iterator[tuple[str, str]]:
    """Every text in the source but docstrings, and every text between the tags of a template; with where it stands."""
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield str(path.relative_to(SOURCE)), node.value
    for path in templates():
        text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.S)
        yield from ((path.name, found) for found in re.findall(r"(?<=>)[^<>]+(?=<)", text))


def test_a_heading_stands_once_in_source_and_templates(reports: dict[str, Rapport]) -> None:
    of_the_data = {h.rubrik for h in _quarter(reports).huvudomraden}
    headings = {a.rubrik for r in reports.values() for a in listed(r.vy)} - of_the_data - SAID_OF_OTHERS
    assert len(headings) > 20
    places: dict[str, list[str]] = {heading: [] for heading in headings}
    for place, text in literals():
        said = text.strip(" \n:.(")
        if said in headings:
            places[said].append(place)
    assert {heading: found for heading, found in places.items() if len(found) != 1} == {}


def _quarter(reports: dict[str, Rapport]) -> Rapportvy:
    vy = reports["kvartal"].vy
    assert isinstance(vy, Rapportvy)
    return vy


def test_the_shortcuts_and_the_margin_name_sections_that_are_always_there(rapport: Rapport) -> None:
    sections = listed(rapport.vy)
    assert rapport.vy.vagar == tuple(Lankvy(a.ankare, a.genvag) for a in sections if a.genvag)
    margin = re.findall(r'([a-zåäö]+) " target-counter\("#([a-z]+)", page\)', rapport.html.partition("<body")[0])
    assert margin == [(a.sida, a.ankare) for a in sections if a.sida]
    assert len(margin) >= 4
    assert all(a.vy is not None for a in sections if a.genvag or a.sida)
    assert "{sidor}" not in rapport.html


def test_a_text_that_looks_like_the_place_of_the_margin_changes_no_style(reports: dict[str, Rapport]) -> None:
    vy = _quarter(reports)
    hostile = replace(vy, underrubrik='content: "Sidor: {sidor}" Sidor: {sidor}', dokumenttitel="{sidor}")
    made = [render_html(each, "kvartal.html.j2", kvartal_sections(each)) for each in (vy, hostile)]
    styles = [re.findall(r"<style.*?</style>", html, re.S) for html in made]
    assert styles[0] == styles[1]
    assert '<meta name="description" content="content: &#34;Sidor: {sidor}&#34; Sidor: {sidor}">' in made[1]


def test_a_section_that_is_not_there_has_no_row_and_no_way(reports: dict[str, Rapport]) -> None:
    here = Avsnitt("a", "A", "a.html.j2", (), genvag="till a", under=(Lankvy("x", "X"),))
    made = with_ways(
        _quarter(reports),
        [Rapportdel((here, replace(here, ankare="b").of(None), Avsnitt("", "Ruta", "r.html.j2", ())))],
    )
    assert (made.innehall, made.vagar) == ((Lankvy("a", "A"), Lankvy("x", "X")), (Lankvy("a", "till a"),))
