"""Does a figure say that something has changed? Each rule against figures worked by hand and against scipy's."""

from __future__ import annotations

import ast
import math
import random
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from conftest import ROOT
from uppfoljning.facts.figures.statistics import (
    Antalsutslag,
    expected_range,
    judge_count,
    judge_share,
    needed_number,
    per_100_000,
    round_half_up,
    spread,
    two_shares,
    wilson,
)
from uppfoljning.formats.csv import read_csv
from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.read import read_table

Z = float(stats.norm.ppf(0.975))
THOUSANDS = settings(max_examples=3 * settings().max_examples)  # in make test-slump thousands

years = st.lists(st.integers(0, 400), min_size=3, max_size=5) | st.lists(st.integers(0, 12), min_size=3, max_size=5)
many_years = st.lists(st.integers(0, 50_000), min_size=3, max_size=9)
counts = st.integers(0, 800)
shares = st.integers(0, 100) | st.floats(0, 100)
numbers = st.integers(1, 20_000)
effects = st.sampled_from([1.0, 1.2, 1.5, 2.0, 3.7])

# The table of the field notes: computed independently, φ by scipy's chisquare and the limits by root-finding.
FACIT = """
133 141 101 153 → 241 | 3.7475  | 87.6924 | 185.3049 | +2.3025 | fler
72 81 98 67     → 50  | 3.0000  | 49.1803 | 117.0224 | −0.9069 | ingen
121 45 37 63    → 36  | 21.6291 | 9.1247  | 175.8048 | −0.5868 | ingen_vid
87 99 87 97     → 90  | 3.0000  | 59.5239 | 132.6788 | −0.2950 | ingen
43 56 29 29     → 34  | 4.2866  | 15.8367 | 72.9551  | +0.3027 | ingen
28 27 31 46     → 37  | 3.0000  | 14.6746 | 58.5281  | −0.5686 | ingen
9 13 5 7        → 12  | 1.8500  | 1.8417  | 19.6000  | +0.8340 | ingen_vid
6 2 9 7         → 4   | 1.6000  | 0.9223  | 14.9192  | −0.6977 | ingen_vid
2 0 3 3         → 0   | 1.2000  | 0       | 7.1399   | –       | fa
0 0 0 0         → 3   | 1.0000  | 0       | 2.5424   | –       | fa
0 0 0 0         → 5   | 1.0000  | 0       | 2.5424   | –       | fa_fler
45 37 63        → 36  | 3.6690  | 22.7768 | 83.2860  | −1.4247 | ingen
20 20 20        → 40  | 3.0000  | 6.1474  | 41.5355  | +1.5026 | ingen_vid
5 5 5 5         → 0   | 1.5000  | 0.5786  | 13.0228  | −1.9700 | farre
""".strip().splitlines()


def judge(earlier: Sequence[int], value: int) -> Antalsutslag:
    """The verdict where the last of the earlier years is the year before."""
    return judge_count(earlier, value, earlier[-1])


@pytest.mark.parametrize("line", FACIT, ids=lambda line: " ".join(line.split("|")[0].split()))
def test_every_row_of_the_facit_comes_out_to_four_decimals(line: str) -> None:
    series, phi, low, high, z, kod = (part.strip() for part in line.split("|"))
    earlier, _, value = series.partition("→")
    found = judge([int(e) for e in earlier.split()], int(value))
    assert (f"{found.phi:.4f}", f"{found.hog:.4f}") == (phi, high)
    assert found.lag == pytest.approx(float(low), abs=0.00005)
    assert (found.z_fjol is None) == (z == "–")
    if found.z_fjol is not None:
        assert f"{found.z_fjol:+.4f}".replace("-", "−") == z
    assert found.kod == kod


# Every row of the source's two tables, in their order: the outcome for 2021, and what it is against 2020 alone.
SOURCE = {
    "Bilstöld": ("ingen", None),
    "Cykelstöld": ("ingen", None),
    "Inbrott i bostad": ("ingen_vid", None),
    "Stöld ur fordon": ("fler", "fler"),
    "Bedrägeri (urval)": ("ingen", None),
    "Fickstöld": ("ingen_vid", None),
    "Fridskränkning": ("ingen_vid", None),
    "Hot": ("ingen", None),
    "Misshandel utomhus (0–14 år)": ("ingen_vid", None),
    "Misshandel utomhus (15– år)": ("ingen", None),
    "Mord/dråp": ("fa", None),
    "Mord/dråp, försök": ("ingen_vid", None),
    "Rån": ("ingen_vid", None),
    "Sexuellt ofredande": ("ingen_vid", None),
    "Våldtäkt, utomhus": ("fa", None),
}


def source_rows() -> dict[str, Antalsutslag]:
    rutnat = read_csv((ROOT / "data" / "compstat" / "2021-09.csv").read_bytes(), "data/compstat/2021-09.csv")
    assert isinstance(rutnat, Rutnat)
    tabell, problems = read_table(rutnat, "compstat")
    assert tabell is not None
    assert not problems
    assert tabell.ar == (2017, 2018, 2019, 2020, 2021)
    found = {}
    for serie in tabell.serier:
        if not serie.is_sum:
            *earlier, value = (int(serie.varden[ar] or 0) for ar in tabell.ar)
            found[serie.nyckel.namn] = judge(earlier, value)
    return found


def test_of_the_sources_15_rows_exactly_one_is_a_clear_change() -> None:
    rows = source_rows()
    assert len(rows) == 15
    assert {name: (found.kod, found.mot_fjol) for name, found in rows.items()} == SOURCE
    assert [name for name, found in rows.items() if found.kod in {"fler", "farre"}] == ["Stöld ur fordon"]
    assert (rows["Stöld ur fordon"].varde, rows["Stöld ur fordon"].spann) == (241, (88, 185))
    assert rows["Stöld ur fordon"].procent_mot_snittet == 83
    assert [name for name, found in rows.items() if found.procent_mot_snittet is not None] == ["Stöld ur fordon"]


def test_what_sounds_large_in_the_source_says_nothing() -> None:
    rows = source_rows()
    assert (rows["Cykelstöld"].varde, rows["Cykelstöld"].spann) == (50, (50, 117))
    fridskrankning, mord = rows["Fridskränkning"], rows["Mord/dråp"]
    assert (fridskrankning.tidigare[-1], fridskrankning.varde) == (7, 12)  # +71 % in the source
    assert (mord.tidigare[-1], mord.varde) == (3, 0)  # −100 % in the source
    for found in (fridskrankning, mord):
        assert found.procent_mot_snittet is None
        assert found.mot_fjol is None


@given(earlier=years)
@THOUSANDS
def test_how_uneven_the_years_are_is_what_scipys_chisquare_says(earlier: list[int]) -> None:
    mean = sum(earlier) / len(earlier)
    if not mean:
        assert spread(earlier) == 1
        return
    observed = float(stats.chisquare(earlier).statistic) / (len(earlier) - 1)
    assert spread(earlier) == pytest.approx(max(observed, min(3, 1 + mean / 10)), rel=1e-9)


@given(earlier=years)
@THOUSANDS
def test_the_limits_are_where_root_finding_puts_them(earlier: list[int]) -> None:
    mean, number = sum(earlier) / len(earlier), len(earlier)
    error = math.sqrt(spread(earlier) * (1 + 1 / number))

    def z(value: float) -> float:
        return 2 * (math.sqrt(value + 0.375) - math.sqrt(mean + 0.375)) / error

    low, high = expected_range(earlier)
    assert high == pytest.approx(optimize.brentq(lambda y: z(y) - Z, mean, 100 * mean + 1000, xtol=1e-9), rel=1e-5)
    below = optimize.brentq(lambda y: z(y) + Z, -0.375, mean) if z(-0.375) < -Z else 0.0
    assert low == pytest.approx(max(0.0, below), rel=1e-5, abs=1e-5)


@given(earlier=years, value=counts)
@THOUSANDS
def test_against_last_year_alone_it_is_the_difference_of_roots_over_its_error(earlier: list[int], value: int) -> None:
    found, mean, last = judge(earlier, value), sum(earlier) / len(earlier), earlier[-1]
    if mean < 5 or max(value, last) < 5:
        assert (found.z_fjol, found.mot_fjol) == (None, None)
        return
    # Each root has the variance φ/4, by the Anscombe transform; so their difference has φ/2.
    difference = stats.norm(0, math.sqrt(spread(earlier) / 2))
    p = 2 * difference.sf(abs(math.sqrt(value + 0.375) - math.sqrt(last + 0.375)))
    assert found.z_fjol is not None
    assert 2 * stats.norm.sf(abs(found.z_fjol)) == pytest.approx(p, rel=1e-9, abs=1e-12)
    assume(abs(p - 0.05) > 1e-6)
    assert found.mot_fjol == (("fler" if value > last else "farre") if p < 0.05 else None)


def test_without_a_comparable_year_before_nothing_is_said_against_it() -> None:
    assert judge_count([133, 141, 101, 153], 241).z_fjol is None
    assert judge_count([133, 141, 101, 153], 241).mot_fjol is None


@given(earlier=years, value=counts)
@THOUSANDS
def test_the_outcome_is_the_one_that_the_design_tells(earlier: list[int], value: int) -> None:
    found, mean = judge(earlier, value), sum(earlier) / len(earlier)
    low, high = expected_range(earlier)
    if mean < 5:
        assert found.kod == ("fa_fler" if value >= 5 and value > high else "fa")
    elif low <= value <= high:
        assert found.kod == ("ingen_vid" if low <= mean / 2 and high >= 2 * mean else "ingen")
    else:
        assert found.kod == ("fler" if value > high else "farre")


ORDER = {"farre": 0, "ingen": 1, "ingen_vid": 1, "fa": 1, "fler": 2, "fa_fler": 2}


@given(earlier=years, value=counts, more=counts)
@THOUSANDS
def test_a_higher_figure_never_gives_a_lower_outcome(earlier: list[int], value: int, more: int) -> None:
    assert ORDER[judge(earlier, value).kod] <= ORDER[judge(earlier, value + more).kod]


@given(earlier=years)
@THOUSANDS
def test_a_figure_is_inside_exactly_when_it_is_within_the_printed_range(earlier: list[int]) -> None:
    assume(sum(earlier) / len(earlier) >= 5)
    first, last = judge(earlier, 0).spann
    for value in {0, first - 1, first, first + 1, (first + last) // 2, last - 1, last, last + 1, 10 * last}:
        if value >= 0:
            assert (first <= value <= last) == judge(earlier, value).kod.startswith("ingen")


@given(earlier=many_years, value=counts)
@THOUSANDS
def test_only_the_five_latest_earlier_years_matter(earlier: list[int], value: int) -> None:
    found = judge(earlier, value)
    assert found == judge(earlier[-5:], value)
    assert found.tidigare == tuple(earlier[-5:])


@given(earlier=years, value=counts, seed=st.integers())
@THOUSANDS
def test_the_order_of_the_earlier_years_does_not_matter_for_the_range(
    earlier: list[int], value: int, seed: int
) -> None:
    mixed = random.Random(seed).sample(earlier, len(earlier))  # noqa: S311 - a test's own
    one, other = judge_count(earlier, value), judge_count(mixed, value)
    assert (one.kod, one.phi, one.lag, one.hog, one.spann) == (other.kod, other.phi, other.lag, other.hog, other.spann)


@pytest.mark.parametrize("earlier", [[], [60], [60, 70]])
def test_fewer_than_three_years_are_too_few_whatever_the_figure(earlier: list[int]) -> None:
    for value in (0, 65, 100_000):
        found = judge_count(earlier, value, 60)
        assert (found.kod, found.z_fjol, found.procent_mot_snittet) == ("for_fa_ar", None, None)
        assert found.tidigare == tuple(earlier)


@given(earlier=years, value=counts)
@example(earlier=[22, 21, 21], value=200)  # 837.5 exactly
@THOUSANDS
def test_a_percentage_stands_only_beside_a_clear_verdict_and_with_both_figures_at_least_20(
    earlier: list[int], value: int
) -> None:
    found, mean = judge(earlier, value), Fraction(sum(earlier), len(earlier))
    if found.kod not in {"fler", "farre"} or value < 20 or mean < 20:
        assert found.procent_mot_snittet is None
        return
    exact = 100 * (value - mean) / mean
    away_from_zero = math.floor(abs(exact) + Fraction(1, 2))
    assert found.procent_mot_snittet == (away_from_zero if exact >= 0 else -away_from_zero)


def test_a_percentage_is_kept_back_just_below_20() -> None:
    assert judge([20, 20, 20, 20], 60).procent_mot_snittet == 200
    assert judge([20, 20, 20, 19], 60).kod == "fler"
    assert judge([20, 20, 20, 19], 60).procent_mot_snittet is None
    assert judge([100, 100, 100, 100], 20).procent_mot_snittet == -80
    assert judge([100, 100, 100, 100], 19).kod == "farre"
    assert judge([100, 100, 100, 100], 19).procent_mot_snittet is None


def test_halves_are_rounded_away_from_zero() -> None:
    assert [round_half_up(v) for v in (0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.4, -2.4, 0)] == [
        1,
        2,
        3,
        -1,
        -2,
        -3,
        2,
        -2,
        0,
    ]
    assert judge([200, 200, 200], 301).procent_mot_snittet == 51  # 50.5
    assert judge([200, 200, 200], 79).procent_mot_snittet == -61  # −60.5


@given(k=st.integers(3, 5), value=counts, last=counts)
@settings(deadline=None)
def test_years_without_a_single_crime_are_judged_without_dividing_by_zero(k: int, value: int, last: int) -> None:
    found = judge_count([0] * k, value, last)
    assert (found.snitt, found.phi, found.lag, found.z_fjol) == (0, 1, 0, None)
    assert found.procent_mot_snittet is None
    assert found.kod == ("fa_fler" if value >= 5 else "fa")


# The survey's facit: 500 answers both years (the number of 2020 is in fact missing), design effect 1.5.
SURVEY = [
    ("Klotter", 54, 40, -3.62, "lagre"),
    ("Mörka områden", 66, 58, -2.13, "lagre"),
    ("Oro för överfall", 45, 38, -1.83, "ingen"),
    ("Nedskräpning", 70, 64, -1.65, "ingen"),
    ("Skadegörelse", 59, 53, -1.56, "ingen"),
    ("Otrygg ute", 36, 33, -0.81, "ingen"),
    ("Moped", 55, 58, 0.78, "ingen"),
    ("Ungdomar stör", 45, 44, -0.26, "ingen"),
]


@pytest.mark.parametrize(("name", "before", "now", "z", "kod"), SURVEY)
def test_every_row_of_the_surveys_facit_comes_out(name: str, before: int, now: int, z: float, kod: str) -> None:
    found = judge_share((2020, before, 500), (2021, now, 500))
    assert found.z is not None
    assert round(found.z, 2) == z
    assert (found.kod, found.skillnad, found.saknas, found.behov) == (kod, now - before, (), None)


def test_wilsons_interval_comes_out_as_in_the_facit() -> None:
    assert [round(limit, 2) for limit in wilson(40, 300)] == [33.46, 46.92]
    assert [round(limit, 2) for limit in wilson(33, 500, 1)] == [29.02, 37.24]


@given(answers=numbers, data=st.data())
@THOUSANDS
def test_wilsons_interval_is_scipys_where_nothing_is_divided(answers: int, data: Any) -> None:
    yes = data.draw(st.integers(0, answers))
    right = stats.binomtest(yes, answers).proportion_ci(0.95, method="wilson")
    low, high = wilson(100 * yes / answers, answers, 1)
    assert low / 100 == pytest.approx(float(right.low), rel=1e-6, abs=1e-9)
    assert high / 100 == pytest.approx(float(right.high), rel=1e-6, abs=1e-9)


@given(share=st.floats(0.1, 99.9), answers=numbers, effect=effects)
@THOUSANDS
def test_wilsons_limits_are_the_shares_that_the_answer_lies_just_within(
    share: float, answers: int, effect: float
) -> None:
    p, n = share / 100, answers / effect

    def squared(true: float) -> float:
        return (p - true) ** 2 - Z**2 * true * (1 - true) / n

    low, high = wilson(share, answers, effect)
    assert low / 100 == pytest.approx(optimize.brentq(squared, 0, p), rel=1e-5, abs=1e-9)
    assert high / 100 == pytest.approx(optimize.brentq(squared, p, 1), rel=1e-5, abs=1e-9)


@given(share=shares, answers=numbers, effect=effects)
@THOUSANDS
def test_wilsons_interval_holds_the_share_and_stays_within_0_and_100(share: float, answers: int, effect: float) -> None:
    low, high = wilson(share, answers, effect)
    assert -1e-9 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 100 + 1e-9


@given(before=shares, now=shares, n1=numbers, n2=numbers, effect=effects)
@THOUSANDS
def test_the_z_of_two_shares_is_the_root_of_scipys_chi_square(
    before: float, now: float, n1: int, n2: int, effect: float
) -> None:
    first, second = n1 / effect, n2 / effect
    pooled = (before * first + now * second) / (first + second)
    assume(0.01 < pooled < 99.99)
    table = [
        [first * before / 100, first * (1 - before / 100)],
        [second * now / 100, second * (1 - now / 100)],
    ]
    square = float(stats.chi2_contingency(table, correction=False).statistic)
    right = math.copysign(math.sqrt(square), now - before)
    assert two_shares(before, n1, now, n2, effect) == pytest.approx(right, rel=1e-6, abs=1e-5)


@given(before=shares, now=shares, n1=numbers, n2=numbers)
@THOUSANDS
def test_two_shares_compared_the_other_way_round_give_the_same_with_the_other_sign(
    before: float, now: float, n1: int, n2: int
) -> None:
    assert two_shares(before, n1, now, n2) == pytest.approx(-two_shares(now, n2, before, n1), abs=1e-9)


@pytest.mark.parametrize("share", [0, 100])
@given(n1=numbers, n2=numbers)
@settings(deadline=None)
def test_nobody_or_everybody_in_both_years_is_no_change_and_divides_by_nothing(share: int, n1: int, n2: int) -> None:
    assert two_shares(share, n1, share, n2) == 0
    found = judge_share((2020, share, n1), (2021, share, n2))
    assert (found.kod, found.skillnad, found.z) == ("ingen", 0, 0)
    assert needed_number(share, share, n1) is None


def test_the_first_survey_has_nothing_to_be_compared_with() -> None:
    assert judge_share(None, (2021, 33, 500)).kod == "ingen_tidigare"


@pytest.mark.parametrize(
    ("n1", "n2", "missing"), [(None, 500, (2020,)), (500, None, (2021,)), (None, None, (2020, 2021)), (0, 500, (2020,))]
)
def test_a_year_without_its_number_of_answers_cannot_be_judged(
    n1: int | None, n2: int | None, missing: tuple[int, ...]
) -> None:
    found = judge_share((2020, 54, n1), (2021, 40, n2))
    assert (found.kod, found.skillnad, found.z, found.saknas) == ("antal_saknas", -14, None, missing)
    assert (found.behov is None) == (len(missing) == 2)


def sure(unknown: float, n: int, known: float, known_number: int, effect: float) -> bool:
    return abs(two_shares(unknown, n, known, known_number, effect)) > 1.959964


@given(unknown=shares, known=shares, known_number=st.integers(1, 3000), effect=effects)
@THOUSANDS
def test_the_needed_number_is_the_smallest_sample_that_is_sure(
    unknown: float, known: float, known_number: int, effect: float
) -> None:
    found = needed_number(unknown, known, known_number, effect)
    if found is None:
        assert not any(sure(unknown, n, known, known_number, effect) for n in (1, 10, 100, 1000, 10_000, 100_000))
        return
    assert sure(unknown, found, known, known_number, effect)
    assert found == 1 or not sure(unknown, found - 1, known, known_number, effect)


def test_the_needed_number_is_told_for_whichever_year_lacks_its_own() -> None:
    assert judge_share((2020, 54, None), (2021, 40, 500)).behov == 84
    assert judge_share((2020, 54, 84), (2021, 40, 500)).kod == "lagre"
    assert judge_share((2020, 54, 83), (2021, 40, 500)).kod == "ingen"

    assert judge_share((2020, 40, 500), (2021, 54, None)).behov == 84
    assert judge_share((2020, 40, 500), (2021, 54, 84)).kod == "hogre"
    assert judge_share((2020, 40, 500), (2021, 54, 83)).kod == "ingen"


def test_a_difference_that_no_sample_would_have_made_sure_needs_no_number() -> None:
    assert judge_share((2020, 45, None), (2021, 44, 500)).behov is None


@given(before=shares, now=shares, known_number=numbers)
@THOUSANDS
def test_with_the_needed_number_in_its_place_the_difference_is_sure_and_with_one_less_it_is_not(
    before: float, now: float, known_number: int
) -> None:
    for first, second in ((None, known_number), (known_number, None)):
        needed = judge_share((2020, before, first), (2021, now, second)).behov
        if needed is not None:
            clear = "hogre" if now > before else "lagre"
            assert judge_share((2020, before, first or needed), (2021, now, second or needed)).kod == clear
            if needed > 1:
                one_less = judge_share((2020, before, first or needed - 1), (2021, now, second or needed - 1))
                assert one_less.kod == "ingen"


@given(count=st.integers(0, 10**6), population=st.integers(1, 10**7))
@settings(deadline=None)
def test_per_100_000_turns_back_into_the_count(count: int, population: int) -> None:
    assert per_100_000(count, population) * population / 100_000 == pytest.approx(count)


def test_the_module_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "src" / "uppfoljning" / "facts" / "figures" / "statistics.py").read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
