"""Periods: how people write them, what days they hold, and that they come back as they were."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.model.period import Halvar, Kvartal, Tidpunkt, days_between, month_end, quarters

years = st.integers(1900, 2200)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
kvartal = st.builds(Kvartal, years, st.integers(1, 4))


@pytest.mark.parametrize(
    "text",
    [
        "2022-K1",
        "2022-k1",
        "2022K1",
        "2022 K1",
        "2022 k1",
        "K1 2022",
        "k1 2022",
        "K1-2022",
        "2022-Q1",
        "2022q1",
        "Q1 2022",
        " 2022-K1 ",
    ],
)
def test_every_spelling_of_a_quarter_is_read(text: str) -> None:
    assert Kvartal.parse(text) == Kvartal(2022, 1)


@pytest.mark.parametrize("text", ["2022-H2", "2022H2", "2022 h2", "H2 2022", "h2-2022"])
def test_every_spelling_of_a_half_year_is_read(text: str) -> None:
    assert Halvar.parse(text) == Halvar(2022, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "K1",
        "2022-K0",
        "2022-K5",
        "22-K1",
        "12022-K1",
        "2022--K1",
        "2022-K12",
        "2022-1",
        "kvartal 1 2022",
        "K12022",
        "1899-K4",
        "2201-K1",
        "2022-K1\n2022-K2",
        "٢٠٢٢-K",
        "2022-H1",
    ],
)
def test_what_is_no_quarter_is_refused(text: str) -> None:
    assert Kvartal.parse(text) is None


@pytest.mark.parametrize("text", ["", "2022", "2022-H0", "2022-H3", "1899-H1", "2022-K1"])
def test_what_is_no_half_year_is_refused(text: str) -> None:
    assert Halvar.parse(text) is None


@given(kvartal)
def test_a_quarter_written_out_is_read_back(period: Kvartal) -> None:
    assert Kvartal.parse(str(period)) == period


@given(years, st.integers(1, 2))
def test_a_half_year_written_out_is_read_back(ar: int, nr: int) -> None:
    assert Halvar.parse(str(Halvar(ar, nr))) == Halvar(ar, nr)


@given(st.text(max_size=12))
def test_whatever_is_read_as_a_quarter_is_a_quarter_of_a_reasonable_year(text: str) -> None:
    period = Kvartal.parse(text)
    assert period is None or (1 <= period.nr <= 4 and 1900 <= period.ar <= 2200)


@given(days)
def test_a_day_lies_in_its_quarter_and_in_its_half_year(day: date) -> None:
    assert Kvartal.of(day).start <= day <= Kvartal.of(day).slut
    assert Halvar.of(day).start <= day <= Halvar.of(day).slut


@given(kvartal)
def test_the_next_quarter_begins_the_day_after(period: Kvartal) -> None:
    assert period.next().start - period.slut == timedelta(days=1)
    assert period < period.next()


@pytest.mark.parametrize(
    ("period", "start", "slut"),
    [
        (Kvartal(2022, 1), date(2022, 1, 1), date(2022, 3, 31)),
        (Kvartal(2022, 2), date(2022, 4, 1), date(2022, 6, 30)),
        (Kvartal(2022, 3), date(2022, 7, 1), date(2022, 9, 30)),
        (Kvartal(2022, 4), date(2022, 10, 1), date(2022, 12, 31)),
        (Halvar(2022, 1), date(2022, 1, 1), date(2022, 6, 30)),
        (Halvar(2022, 2), date(2022, 7, 1), date(2022, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(period: Kvartal | Halvar, start: date, slut: date) -> None:
    assert (period.start, period.slut) == (start, slut)


def test_february_ends_on_its_leap_day() -> None:
    assert (month_end(2023, 2), month_end(2024, 2)) == (date(2023, 2, 28), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("written", "first", "last", "shown"),
    [
        (date(2022, 5, 1), date(2022, 5, 1), date(2022, 5, 1), "1 maj 2022"),
        (2022, date(2022, 1, 1), date(2022, 12, 31), "2022"),
        ("2022-05", date(2022, 5, 1), date(2022, 5, 31), "maj 2022"),
        ("maj 2022", date(2022, 5, 1), date(2022, 5, 31), "maj 2022"),
        ("  Maj   2022 ", date(2022, 5, 1), date(2022, 5, 31), "maj 2022"),
        ("februari 2024", date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
        ("våren 2022", date(2022, 1, 1), date(2022, 6, 30), "våren 2022"),
        ("sommaren 2022", date(2022, 6, 1), date(2022, 8, 31), "sommaren 2022"),
        ("hösten 2021", date(2021, 7, 1), date(2021, 12, 31), "hösten 2021"),
        ("Hösten 2021", date(2021, 7, 1), date(2021, 12, 31), "hösten 2021"),
        ("2022-K2", date(2022, 4, 1), date(2022, 6, 30), "kvartal 2 2022"),
        ("k2 2022", date(2022, 4, 1), date(2022, 6, 30), "kvartal 2 2022"),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31), "halvår 2 2022"),
    ],
)
def test_a_point_in_time_is_the_interval_it_says(
    written: date | int | str, first: date, last: date, shown: str
) -> None:
    assert Tidpunkt.parse(written) == Tidpunkt(first, last, shown)


@pytest.mark.parametrize(
    "written",
    [
        *("", "snart", "i höst", "hösten", "hösten 21", "hösten 0000", "våren 2201", "maj 1899"),
        *("2022-13", "2022-00", "2201-01", "31/3 2022", "31 mars 2022"),
        *(22, 1899, 2201, -1),
    ],
)
def test_what_is_no_point_in_time_is_refused(written: int | str) -> None:
    assert Tidpunkt.parse(written) is None


@given(st.text(max_size=20) | st.integers() | days)
def test_a_point_in_time_never_ends_before_it_begins(written: date | int | str) -> None:
    found = Tidpunkt.parse(written)
    assert found is None or found.fran <= found.till


def test_the_quarters_of_an_agreement_are_all_that_it_touches_in_order() -> None:
    assert [str(k) for k in quarters(date(2022, 3, 31), date(2023, 1, 1))] == [
        "2022-K1",
        "2022-K2",
        "2022-K3",
        "2022-K4",
        "2023-K1",
    ]
    assert quarters(date(2022, 1, 1), date(2022, 1, 1)) == (Kvartal(2022, 1),)
    assert len(quarters(date(2022, 1, 1), date(2023, 12, 31))) == 8
    assert quarters(date(2022, 4, 1), date(2022, 3, 31)) == ()


@given(days, st.integers(0, 4000))
def test_a_day_of_the_interval_lies_in_exactly_one_of_its_quarters(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = quarters(first, last)
    assert found[0] == Kvartal.of(first) and found[-1] == Kvartal.of(last)
    assert all(b == a.next() for a, b in itertools.pairwise(found))


@given(days, days)
def test_days_between_is_signed_and_adds_up(earlier: date, later: date) -> None:
    assert earlier + timedelta(days=days_between(earlier, later)) == later
    assert days_between(earlier, later) == -days_between(later, earlier)
