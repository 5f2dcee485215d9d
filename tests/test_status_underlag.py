"""``status --underlag``: the report's figures in the terminal and as data, with the same verdicts."""

from __future__ import annotations

import json

import pytest

from conftest import ROOT, Run
from uppfoljning.text.swedish import plain_spaces


@pytest.mark.parametrize("quarter", ["2022-K1", "2022-K2"])
def test_the_data_is_the_reports_own_part_about_figures(quarter: str, run: Run) -> None:
    alone = run("status", quarter, "--underlag", "--format", "json")
    whole = run("status", quarter, "--format", "json")
    assert (alone.returncode, alone.stderr) == (0, "")
    assert json.loads(alone.stdout) == json.loads(whole.stdout)["statistik"]


def test_the_text_holds_every_verdict_every_value_and_every_heading_of_the_data(run: Run) -> None:
    data = json.loads(run("status", "2022-K1", "--underlag", "--format", "json").stdout)
    text = run("status", "2022-K1", "--underlag").stdout
    lines = text.splitlines()
    rows = [rad for tabell in data["tabeller"] for grupp in tabell["grupper"] for rad in grupp["rader"]]
    assert len(rows) == 15 + 2 + 8 + 21
    for rad in rows:
        name = rad["namn"][:30]
        found = [
            line for line in lines if line.strip().startswith(name) and line.endswith(plain_spaces(rad["bedomning"]))
        ]
        assert any(all(plain_spaces(value) in line for value in rad["varden"]) for line in found), rad["namn"]
    assert [t["rubrik"] for t in data["tabeller"] if t["rubrik"] not in text] == []


def test_of_the_plans_15_rows_just_one_is_told_as_a_clear_change(run: Run) -> None:
    text = run("status", "2022-K1", "--underlag").stdout
    clear = [line.strip() for line in text.splitlines() if "  Tydligt" in line]
    assert [line.partition("  ")[0] for line in clear] == ["Stöld ur fordon"]
    assert "88–185" in clear[0]
    assert clear[0].endswith("Tydligt fler än vanligt, 83 % fler än snittet 132; även tydligt fler än 2020")


def test_in_the_terminal_nothing_is_said_of_charts(run: Run) -> None:
    assert "diagram" not in run("status", "2022-K1", "--underlag").stdout.lower()


def test_nothing_but_the_figures_is_printed_and_nothing_is_written(run: Run) -> None:
    before = sorted(p for p in (ROOT / "rapporter").glob("*")) if (ROOT / "rapporter").is_dir() else []
    done = run("status", "--underlag")
    assert done.stderr.startswith("Kvartal: 2022-K2")
    assert "Beslut behövs" not in done.stdout
    after = sorted(p for p in (ROOT / "rapporter").glob("*")) if (ROOT / "rapporter").is_dir() else []
    assert after == before
