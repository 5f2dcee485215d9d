"""The small charts: the range where it is judged, no line through what was not measured, and words that say it all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conftest import ROOT
from sifferbygge import data, enkat, indikator, rad, rapport, serie, sifferlage, tabell
from uppfoljning.facts.figures.judge import Serielage
from uppfoljning.report.sections.diagram import draw, intervals, scale_top
from uppfoljning.report.sections.tables import shown_years
from uppfoljning.report.views.figures import Diagramvy

CLEAR = (133, 141, 101, 153, 241)
INSIDE = (87, 99, 87, 97, 90)


def chart(underlag: Any, namn: str = "Hot") -> Diagramvy:
    (found,) = [
        r.diagram
        for t in rapport(underlag).statistik.tabeller
        for g in t.grupper
        for r in g.rader
        if r.namn == namn and r.diagram is not None
    ]
    return found


def counted(*values: int | None, **falt: Any) -> Diagramvy:
    return chart(data([tabell(rad("Hot", *values))], [indikator("Hot", **falt)]))


def svg(view: Diagramvy) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return str(environment.get_template("statistik.html.j2").module.diagram(view))  # type: ignore[attr-defined]


def in_lines(view: Diagramvy) -> set[float]:
    """The places of the points that some line goes through."""
    return {float(point.split(",")[0]) for line in view.linjer for point in line.split()}


# --- the expected range ---


def test_the_expected_range_is_drawn_at_the_year_it_judges_and_nowhere_else() -> None:
    view = counted(*INSIDE)
    ((x, y, width, height),) = view.spann
    last = view.punkter[-1]
    assert float(x) + float(width) / 2 == pytest.approx(float(last.x))
    assert all(not float(x) <= float(p.x) <= float(x) + float(width) for p in view.punkter[:-1])
    assert float(y) <= float(last.y) <= float(y) + float(height)


def test_a_point_outside_the_range_is_drawn_outside_and_filled() -> None:
    view = counted(*CLEAR)
    ((_, y, _, _),) = view.spann
    assert float(view.punkter[-1].y) < float(y)
    assert [p.kod for p in view.punkter] == ["tidigare"] * 4 + ["utanfor"]
    assert [p.kod for p in counted(*INSIDE).punkter][-1] == "innanfor"


@pytest.mark.parametrize("values", [(40, 42, 50), (2, 0, 3, 3, 0), (0, 0, 0, 0, 9), (40, 42, 50, 51, None)])
def test_without_a_verdict_there_is_no_range(values: tuple[int | None, ...]) -> None:
    assert counted(*values).spann == ()


def test_after_a_break_in_the_current_year_there_is_no_range() -> None:
    assert counted(90, 90, 90, 90, 12, avbrott=[{"ar": 2022, "text": "Ny räkning."}]).spann == ()


def test_a_share_has_its_interval_at_each_year_whose_number_is_known_and_no_range() -> None:
    table = enkat(rad("Hot", 40, 42, 50), rad("Antal svarande", 500, None, 500))
    view = chart(data([table]))
    assert view.spann == ()
    assert [x for x, _, _ in view.osakerhet] == [view.punkter[0].x, view.punkter[2].x]


# --- the line ---


def test_the_line_is_never_drawn_through_a_year_without_a_value() -> None:
    view = counted(10, 11, None, 12, 13)
    assert len(view.linjer) == 2
    assert [len(line.split()) for line in view.linjer] == [2, 2]
    assert len(view.punkter) == 4


def test_nor_past_a_year_without_a_survey() -> None:
    source = {"id": "enkat", "namn": "Enkäten", "ingen_matning": [{"ar": 2021, "text": "Ingen mätning."}]}
    view = chart(data([enkat(rad("Hot", 30, 36), ar=(2020, 2022))], kallor=[source]))
    assert view.linjer == ()
    assert len(view.tomma) == 1
    assert float(view.punkter[0].x) < float(view.tomma[0]) < float(view.punkter[1].x)


def test_nor_between_two_rounds_with_a_year_between() -> None:
    assert chart(data([enkat(rad("Hot", 30, 36), ar=(2020, 2022))])).linjer == ()


def test_nor_across_a_break_which_is_drawn_between_the_years() -> None:
    view = counted(90, 91, 10, 11, 12, avbrott=[{"ar": 2020, "text": "Ny räkning."}])
    assert [len(line.split()) for line in view.linjer] == [2, 3]
    assert float(view.punkter[1].x) < float(view.avbrott[0]) < float(view.punkter[2].x)


def test_an_unbroken_series_is_one_line_through_every_point() -> None:
    view = counted(*INSIDE)
    assert len(view.linjer) == 1
    assert in_lines(view) == {float(p.x) for p in view.punkter}


# --- the scale ---


def test_the_scale_begins_at_zero() -> None:
    view = counted(0, 100, 50, 100, 0)
    assert view.punkter[0].y == view.baslinje
    zero, middle, top = (float(view.punkter[n].y) for n in (0, 2, 1))
    assert zero - middle == pytest.approx(middle - top, abs=0.11)


def test_the_rows_of_one_question_share_a_scale() -> None:
    table = enkat(rad("Hot", 20, 40, kon="pojkar"), rad("Hot", 10, 20, kon="flickor"))
    boys, girls = (chart(data([table]), namn) for namn in ("Pojkar", "Flickor"))
    assert girls.punkter[1].y == boys.punkter[0].y


# --- the words ---


def test_the_alternative_text_says_the_values_the_verdict_and_what_was_expected() -> None:
    assert counted(*CLEAR).titel == (
        "Hot: tydligt fler än vanligt, 83\u00a0% fler än snittet 132; även tydligt fler än 2021; väntat 2022: 88–185. "
        "133 (2018), 141 (2019), 101 (2020), 153 (2021) och 241 (2022)."
    )


def test_it_says_which_year_had_no_survey_only_where_the_chart_shows_it() -> None:
    notes = [{"ar": ar, "text": "Ingen mätning."} for ar in (2010, 2021)]
    source = {"id": "enkat", "namn": "Enkäten", "ingen_matning": notes}
    view = chart(data([enkat(rad("Hot", 30, 36), ar=(2020, 2022))], kallor=[source]))
    assert view.titel == "Hot: kan inte bedömas: antal svarande 2020 och 2022 saknas. " + (
        "30\u00a0% (2020) och 36\u00a0% (2022). 2021: ingen mätning."
    )


def test_the_title_is_the_first_thing_in_the_picture_and_text_in_it_stays_text() -> None:
    view = chart(data([tabell(rad("Hot <b>&", *INSIDE))]), "Hot <b>&")
    text = svg(view)
    assert re.match(r'\s*<svg class="diagram" role="img" viewBox="0 0 100 26"><title>Hot &lt;b&gt;&amp;: ', text)


# --- what is not drawn ---


@pytest.mark.parametrize("values", [(40,), (None, None, 40), (None, None, None, 7)])
def test_a_single_value_is_no_chart(values: tuple[int | None, ...]) -> None:
    lage = serie(data([tabell(rad("Hot", *values))]), "Hot")
    assert draw(lage, [ar for ar, _ in lage.visade]) is None


def test_a_series_with_a_hidden_value_draws_nothing() -> None:
    lage = serie(data([tabell(rad("Hot", 40, 41, 3, 42, 43))], [indikator("Hot", skydda_sma_tal=True)]), "Hot")
    assert draw(lage, [ar for ar, _ in lage.visade]) is None


def test_a_sum_is_no_chart() -> None:
    (view,) = rapport(data([tabell(rad("Hot", *INSIDE), rad("Summa", *INSIDE))])).statistik.tabeller
    assert [r.diagram is None for r in view.grupper[0].rader] == [False, True]


# --- any input ---

values = st.lists(st.none() | st.integers(0, 10**6) | st.integers(0, 6), min_size=1, max_size=9)
shares = st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=9)
numbers = st.lists(st.none() | st.integers(1, 10_000), min_size=9, max_size=9)
notes = st.lists(st.integers(2010, 2024), max_size=3, unique=True)


def inside(view: Diagramvy) -> None:
    """Every number of a chart lies in the picture."""
    width, height = float(view.bredd), float(view.hojd)
    points = [(float(p.x), float(p.y)) for p in view.punkter]
    points += [(float(x), float(y)) for line in view.linjer for x, y in (p.split(",") for p in line.split())]
    for x, y, w, h in view.spann:
        assert float(w) > 0
        assert float(h) >= 0
        points += [(float(x), float(y)), (float(x) + float(w), float(y) + float(h))]
    for x, top, bottom in view.osakerhet:
        points += [(float(x), float(top)), (float(x), float(bottom))]
    points += [(float(x), 0) for x in (*view.avbrott, *view.tomma)]
    assert all(0 <= x <= width and 0 <= y <= height + 0.05 for x, y in points)
    assert all(y <= float(view.baslinje) + 0.05 for _, y in points)


def drawn(lage: Serielage, years: Sequence[int], top: float | None) -> Diagramvy | None:
    view = draw(lage, years, top)
    if view is not None:
        inside(view)
        shown = {ar: v for ar, v in lage.visade if v is not None and ar in years}
        assert len(view.punkter) == len(shown)
        assert len(view.spann) <= 1
    return view


@settings(deadline=None)
@given(values, notes, notes)
def test_a_chart_of_counts_stays_inside_its_picture(
    found: list[int | None], broken: list[int], empty: list[int]
) -> None:
    source = {"id": "compstat", "namn": "Compstat", "ingen_matning": [{"ar": a, "text": "x"} for a in empty]}
    breaks = [{"ar": a, "text": "Ny räkning."} for a in broken]
    data_ = data([tabell(rad("Hot", *found))], [indikator("Hot", avbrott=breaks)], kallor=[source])
    (table,) = sifferlage(data_).tabeller
    assume(table.serier)
    drawn(table.serier[0], shown_years(table), None)


@settings(deadline=None)
@given(shares, numbers, notes, notes, st.booleans())
def test_a_chart_of_shares_stays_inside_its_picture(
    found: list[float | None], answered: list[int | None], broken: list[int], empty: list[int], own_scale: bool
) -> None:
    source = {
        "id": "enkat", "namn": "Enkäten", "ingen_matning": [{"ar": a, "text": "x"} for a in empty],
        "avbrott": [{"ar": a, "text": "Ny fråga."} for a in broken],
    }  # fmt: skip
    table = enkat(rad("Hot", *found), rad("Antal svarande", *answered[: len(found)]))
    lagen = [t for t in sifferlage(data([table], kallor=[source])).tabeller if t.serier]
    assume(lagen)
    lage = lagen[0].serier[0]
    view = drawn(lage, shown_years(lagen[0]), None if own_scale else scale_top([lage]))
    rapport(data([table], kallor=[source]))
    if view is not None:
        assert len(view.osakerhet) <= len(intervals(lage))


@given(values)
def test_the_same_figures_give_the_same_picture(found: list[int | None]) -> None:
    views = [[svg(d) for d in charts(found)] for _ in range(2)]
    assert views[0] == views[1]


def charts(found: list[int | None]) -> list[Diagramvy]:
    view = rapport(data([tabell(rad("Hot", *found))]))
    return [r.diagram for t in view.statistik.tabeller for g in t.grupper for r in g.rader if r.diagram]


@given(values, st.data())
def test_no_line_ever_joins_two_years_that_do_not_follow_each_other(
    found: list[int | None], more: st.DataObject
) -> None:
    broken = more.draw(notes)
    breaks = [{"ar": a, "text": "Ny räkning."} for a in broken]
    lage = serie(data([tabell(rad("Hot", *found))], [indikator("Hot", avbrott=breaks)]), "Hot")
    years = [ar for ar, _ in lage.visade]
    view = draw(lage, years)
    assume(view is not None)
    assert view is not None
    step = 100 / len(years)
    for line in view.linjer:
        xs = [float(p.split(",")[0]) for p in line.split()]
        places = [round(x / step - 0.5) for x in xs]
        assert places == list(range(places[0], places[0] + len(places)))
        assert not any(years[p] in broken for p in places[1:])
