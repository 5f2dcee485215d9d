"""The measurement of false alarms counts right, on invented figures, and says so when it has nothing to measure on."""

from __future__ import annotations

import random
import statistics
import sys
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "bench"))

import falsklarm
from falsklarm import Andel, Bedomning

STEADY = (100,) * 6
JUMP = (100, 100, 100, 100, 100, 400)
SMALL = (0, 1, 0, 2, 1, 0)

FIL = """omrade,brottstyp,2014,2015,2016,2017,2018,2019
Norr,Stöld,100,100,100,100,100,100
Söder,Stöld,100,100,100,100,100,400
Söder,Rån,0,1,0,2,1,0
Väster,Rån,3,,5,6,7,8
"""


def write(folder: Path, text: str = FIL) -> Path:
    path = folder / "siffror.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_rows_are_read_in_the_order_of_the_years_and_one_that_lacks_a_year_is_left_out(tmp_path: Path) -> None:
    assert falsklarm.read_rows(write(tmp_path)) == [STEADY, JUMP, SMALL]


def test_the_years_are_shuffled_within_each_row_and_the_same_way_every_time() -> None:
    verdicts = falsklarm.judge_shuffled([JUMP], earlier=5, rounds=600)
    # The jump comes last one time of six, and only then is there an alarm.
    assert falsklarm.alarms(verdicts) == Andel(sum(v.snitt == 100 for v in verdicts), 600)
    assert 70 < falsklarm.alarms(verdicts).antal < 130
    assert verdicts == falsklarm.judge_shuffled([JUMP], earlier=5, rounds=600)
    assert verdicts != falsklarm.judge_shuffled([JUMP], earlier=5, rounds=600, seed=1)


def test_rows_too_few_to_be_judged_count_only_among_all_rows() -> None:
    verdicts = falsklarm.judge_shuffled([STEADY, JUMP, SMALL, SMALL], earlier=5, rounds=100)
    clear = falsklarm.alarms(verdicts).antal
    assert clear > 0
    assert falsklarm.alarms(verdicts) == Andel(clear, 200)
    assert falsklarm.alarms_of_all(verdicts) == Andel(clear, 400)


def test_each_verdict_falls_in_one_band() -> None:
    verdicts = [
        Bedomning(5, "ingen"),
        Bedomning(20, "farre"),
        Bedomning(20.5, "fler"),
        Bedomning(100, "ingen_vid"),
        Bedomning(101, "fler"),
        Bedomning(4, "fa_fler"),
        Bedomning(0, "for_fa_ar"),
    ]
    assert falsklarm.alarms(verdicts) == Andel(3, 5)
    assert falsklarm.alarms(verdicts, -1, 20) == Andel(1, 2)
    assert falsklarm.alarms(verdicts, 20, 50) == Andel(1, 1)
    assert falsklarm.alarms(verdicts, 50, 100) == Andel(0, 1)
    assert falsklarm.alarms(verdicts, 100) == Andel(1, 1)


def test_nothing_judged_is_no_share_rather_than_none_of_100() -> None:
    assert Andel(0, 0).av_100 is None
    assert Andel(1, 8).av_100 == 12.5


def test_a_doubling_is_looked_for_in_the_rows_near_the_mean_only() -> None:
    assert falsklarm.near([STEADY, JUMP, SMALL, (80,) * 6, (79,) * 6], 100) == [STEADY, (80,) * 6]
    assert falsklarm.doubled_rows([STEADY, JUMP, SMALL], 100, earlier=4, rounds=10) == Andel(10, 10)
    # 40 is within the range that three or more years of 20 give, as the figures worked by hand says.
    assert falsklarm.doubled_rows([(20,) * 6], 20, earlier=3, rounds=10) == Andel(0, 10)


def test_the_usual_spread_is_the_middle_one_of_five_years_in_a_row() -> None:
    row = (90, 100, 110, 100, 100, 140)
    spans = [row[:5], row[1:]]
    spreads = [statistics.variance(span) / statistics.mean(span) for span in spans]
    assert falsklarm.usual_spread([row, SMALL], 106) == pytest.approx(sum(spreads) / 2)
    assert falsklarm.usual_spread([STEADY], 100) == 1
    assert falsklarm.usual_spread([SMALL], 100) == 1


@pytest.mark.parametrize(("mean", "spread"), [(20, 1), (20, 3), (100, 2.5)])
def test_invented_counts_have_the_mean_and_the_spread_that_are_asked_for(mean: float, spread: float) -> None:
    chance = random.Random(3)  # noqa: S311 - a test's own
    counts = [falsklarm.invented(chance, mean, spread) for _ in range(4000)]
    assert statistics.mean(counts) == pytest.approx(mean, rel=0.03)
    assert statistics.variance(counts) / statistics.mean(counts) == pytest.approx(spread, rel=0.1)


def test_a_doubling_of_large_even_figures_is_always_seen_and_of_small_uneven_ones_seldom() -> None:
    assert falsklarm.doubled_invented(200, 1, earlier=4, times=100) == Andel(100, 100)
    found = falsklarm.doubled_invented(8, 4, earlier=4, times=100).av_100
    assert found is not None
    assert found < 40


def test_it_prints_the_shares_of_a_file_in_swedish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(falsklarm, "ROUNDS", 2)
    assert falsklarm.main(write(tmp_path, "\n".join(line for line in FIL.splitlines() if "400" not in line))) == 0
    printed = capsys.readouterr().out
    assert "Åren blandade 2 gånger inom var och en av 2 rader." in printed
    rows = {" ".join(line.split()[:-3]): line.split()[-3:] for line in printed.splitlines()[3:]}
    assert rows["alla rader, även för få för att bedöma"] == ["0,0", "0,0", "0,0"]
    assert rows["snitt över 100"] == ["–", "–", "–"]
    assert rows["från ungefär 100, verkliga rader"] == ["100,0", "100,0", "100,0"]


def test_without_the_file_it_says_so_and_what_was_measured_before_and_nothing_has_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPPFOLJNING_KALIBRERING", str(tmp_path / "borta.csv"))
    assert falsklarm.main() == 0
    printed = capsys.readouterr().out
    assert f"Filen {tmp_path / 'borta.csv'} finns inte, så mätningen görs inte om." in printed
    assert "6,6 av 100" in printed


def test_a_file_without_rows_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert falsklarm.main(write(tmp_path, FIL.splitlines()[0])) == 0
    assert "har inga rader, så mätningen görs inte om." in capsys.readouterr().out
