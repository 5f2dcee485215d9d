"""The few lines above the tables: what is clear, what only looks like a change, what can't be known and why."""

from __future__ import annotations

import json

import pytest

from conftest import Run
from sifferbygge import data, enkat, indikator, rad, tabell
from uppfoljning.facts.compare.keys import Nyckel, Varde
from uppfoljning.facts.figures.judge import follow
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.words.changes import value_text
from uppfoljning.words.figures import reading

CLEAR = (133, 141, 101, 153, 241)
NOTHING = (87, 99, 87, 97, 90)


def told(underlag: Underlag) -> dict[str, str]:
    """The lines by their labels."""
    return dict(reading(follow(underlag, Kvartal(2022, 4))))


def test_of_the_agreements_own_figures_it_says_what_a_politician_needs(run: Run) -> None:
    view = json.loads(run("status", "2022-K1", "--underlag", "--format", "json").stdout)
    lines = {fakta["etikett"]: fakta["text"] for fakta in view["lasning"]}
    assert lines["Tydligt"].startswith("Stöld ur fordon tydligt fler än vanligt, 241 jan–sep 2021 (väntat 88–185).")
    assert lines["Tydligt"].endswith("Ingen insats i planen är knuten till det.")
    assert lines["Ser ut som en förändring men är ingen säker"].startswith("Fridskränkning 7 → 12; Inbrott i bostad")
    assert lines["För få för att bedöma"].startswith("Mord/dråp 3 → 0;")
    assert "antalet svarande 2020 saknas" in lines["Går inte att veta"]
    assert "antalet svarande i varje grupp 2018 och 2020 saknas" in lines["Går inte att veta"]


def test_without_figures_there_is_nothing_to_read() -> None:
    assert told(data([])) == {}


def test_with_nothing_clear_it_says_so() -> None:
    assert told(data([tabell(rad("Hot", *NOTHING))], [indikator("Hot")]))["Tydligt"] == "Ingenting."


def test_a_clear_change_that_an_insats_follows_is_not_said_to_lack_one() -> None:
    found = told(data([tabell(rad("Hot", *CLEAR))], [indikator("Hot", insatser=["A-1"])]))
    assert "Ingen insats" not in found["Tydligt"]
    assert "Ingen insats" in told(data([tabell(rad("Hot", *CLEAR))], [indikator("Hot")]))["Tydligt"]


@pytest.mark.parametrize(("last", "now", "said"), [(40, 50, True), (40, 49, False), (40, 30, True), (40, 31, False)])
def test_a_step_of_a_quarter_or_more_looks_like_a_change(last: int, now: int, said: bool) -> None:
    found = told(data([tabell(rad("Hot", 20, 60, 35, last, now))], [indikator("Hot")]))
    shown = found.get("Ser ut som en förändring men är ingen säker", "")
    assert (f"Hot {last} → {now}" in shown) is said


def test_a_survey_whose_numbers_are_known_is_not_among_what_cannot_be_known() -> None:
    known = data(
        [enkat(rad("Klotter", 50, 40), rad("Antal svarande", 500, 500))], [indikator("Klotter", kalla="enkat")]
    )
    assert "Går inte att veta" not in told(known)
    unknown = data([enkat(rad("Klotter", 50, 40))], [indikator("Klotter", kalla="enkat")])
    assert "Går inte att veta" in told(unknown)


def test_a_small_count_above_what_was_expected_is_named_as_that_above_its_table_and_beside_an_earlier_verdict() -> None:
    rows = [rad("Rån", 0, 0, 0, 0, 5), rad("Mord", 1, 0, 1, 0, 0)]
    found = told(data([tabell(*rows)], [indikator("Rån"), indikator("Mord")]))
    assert found["Fler än väntat, men små tal"] == "Rån 0 → 5 (2021 → 2022)."
    assert found["För få för att bedöma"].startswith("Mord 0 → 0")
    assert value_text(Nyckel("utslag"), Varde("fa_fler", "2022")).ord == "Fler än väntat, men små tal (2022)"
    assert value_text(Nyckel("utslag"), Varde("fa", "2022")).ord == "För få för att bedöma (2022)"
