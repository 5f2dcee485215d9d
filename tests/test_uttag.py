"""Which extract holds at a quarter: by the period it covers, the latest of the same period, whole or joined."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4
from sifferbygge import data, enkat, indikator, rad, rapport, sifferlage, tabell
from uppfoljning.facts.figures.extracts import Revidering, Uttag, choose
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Tabell


def held(
    tabeller: Iterable[Tabell], kvartal: Kvartal = K4, order: tuple[str, ...] = ("compstat", "enkat")
) -> list[Uttag]:
    return list(choose(tabeller, kvartal, order))


@pytest.mark.parametrize(
    ("manad", "first"),
    [(1, K1), (3, K1), (4, K2), (6, K2), (9, K3), (10, K4), (12, K4)],
)
def test_a_table_is_known_from_the_quarter_on_whose_last_day_its_period_has_ended(manad: int, first: Kvartal) -> None:
    table = tabell(rad("Rån", 9, 7), manad=manad)
    known = [k for k in (K1, K2, K3, K4) if held([table], k)]
    assert known == [k for k in (K1, K2, K3, K4) if k >= first]


def test_what_came_late_is_in_the_report_of_the_quarter_it_is_about() -> None:
    table = tabell(rad("Rån", 9, 7), manad=3, uttag="2023-02-01")
    assert [u.tabell for u in held([table], K1)] == [table]


def test_the_table_that_reaches_furthest_is_the_current_one_and_the_older_are_kept() -> None:
    march, june = tabell(rad("Rån", 9, 2), manad=3), tabell(rad("Rån", 9, 5), manad=6)
    before = tabell(rad("Rån", 9), manad=12, till=2021)
    found = held([before, march, june], K2)
    assert [(u.tabell, u.aktuellt) for u in found] == [(june, True), (march, False), (before, False)]
    assert [(u.tabell, u.aktuellt) for u in held([before, march, june], K1)] == [(march, True), (before, False)]


def test_the_later_extract_of_the_same_period_wins_and_names_each_revised_figure_and_sums_with_their_group() -> None:
    first = tabell(
        rad("Hot", 40, 41, grupp="Person"),
        rad("Rån", 9, 9, grupp="Person"),
        rad("Summa", 49, 50, grupp="Person"),
        uttag="2022-10-05",
    )
    later = tabell(
        rad("Hot", 40, 44, grupp="Person"),
        rad("Rån", 9, 9, grupp="Person"),
        rad("Summa", 49, 53, grupp="Person"),
        uttag="2022-10-20",
    )
    (found,) = held([later, first])
    assert found.tabell is later
    assert found.revideringar == (Revidering("Hot", 2022, 41, 44), Revidering("Summa Person", 2022, 50, 53))
    told = [f.text for f in rapport(data([first, later])).statistik.fynd if f.etikett.startswith("Ändrat")]
    assert told == ["Hot 2022 reviderad 41 → 44 och Summa Person 2022 reviderad 50 → 53."]


def test_a_revision_is_told_against_the_extract_before_not_the_first() -> None:
    tables = [tabell(rad("Hot", 40, n), uttag=f"2022-10-0{n - 40}") for n in (41, 42, 44)]
    (found,) = held(tables)
    assert found.revideringar == (Revidering("Hot", 2022, 42, 44),)


def test_a_value_that_is_taken_back_or_comes_later_is_told_without_a_made_up_number() -> None:
    first = tabell(rad("Hot", None, 41), rad("Rån", 3, 7), uttag="2022-10-05")
    later = tabell(rad("Hot", 12, 41), rad("Rån", 3, None), uttag="2022-10-20")
    told = [f.text for f in rapport(data([first, later])).statistik.fynd if f.etikett.startswith("Ändrat")]
    assert told == ["Hot 2021 reviderad ingen siffra → 12 och Rån 2022 reviderad 7 → ingen siffra."]


def test_an_extract_without_a_date_is_the_oldest() -> None:
    dated, undated = tabell(rad("Hot", 1, 2), uttag="2022-10-05"), tabell(rad("Hot", 1, 9), fil="data/compstat/z.csv")
    for order in ([dated, undated], [undated, dated]):
        (found,) = held(order)
        assert (found.tabell, found.revideringar) == (dated, (Revidering("Hot", 2022, 9, 2),))


def test_the_same_figures_again_revise_nothing() -> None:
    (found,) = held([tabell(rad("Hot", 1, 2), uttag=f"2022-10-0{day}") for day in (3, 4)])
    assert found.revideringar == ()


def test_another_source_is_another_table_and_never_the_same_series() -> None:
    compstat, bra = tabell(rad("Hot", 40, 41)), tabell(rad("Hot", 50, 60), kalla="bra", uttag="2022-11-01")
    found = held([bra, compstat])
    assert [(u.tabell.kalla, u.revideringar, u.aktuellt) for u in found] == [("compstat", (), True), ("bra", (), True)]


def test_the_sources_come_in_the_order_they_are_listed_and_unlisted_last() -> None:
    tables = [tabell(rad("Hot", 1, 2), kalla=k) for k in ("aaa", "compstat", "bra")]
    assert [u.tabell.kalla for u in held(tables, order=("compstat", "bra"))] == ["compstat", "bra", "aaa"]


def test_the_rounds_of_a_survey_are_joined_over_files() -> None:
    old = enkat(rad("Otrygg", 30), till=2018, fil="a.csv", hanvisning="Rapport 2018")
    new = enkat(rad("Otrygg", 33), rad("Klotter", 40), till=2020, fil="b.csv", hanvisning="Rapport 2020")
    (found,) = held([new, old])
    assert found.tabell.ar == (2018, 2020)
    assert [(s.nyckel.namn, dict(s.varden)) for s in found.tabell.serier] == [
        ("Otrygg", {2018: 30, 2020: 33}),
        ("Klotter", {2020: 40}),
    ]
    assert found.tabell.hanvisning == "Rapport 2018; Rapport 2020"


def test_where_two_files_of_a_survey_give_a_figure_the_later_extract_wins_and_the_change_is_named() -> None:
    first = enkat(rad("Otrygg", 30, 31.5), uttag="2022-05-01", fil="b.csv")
    later = enkat(rad("Otrygg", None, 34.5), uttag="2022-09-01", fil="a.csv")
    (found,) = held([first, later])
    assert found.tabell.serier[0].varden == {2021: 30, 2022: 34.5}
    assert found.revideringar == (Revidering("Otrygg", 2022, 31.5, 34.5),)
    told = [f.text for f in rapport(data([first, later])).statistik.fynd if f.etikett.startswith("Ändrat")]
    assert told == ["Otrygg 2022 reviderad 31,5\u00a0% → 34,5\u00a0%."]


def test_what_a_later_round_changed_is_no_part_of_an_earlier_quarters_report() -> None:
    first = enkat(rad("Otrygg", 30, 31), till=2023, uttag="2023-05-01", fil="b.csv")
    later = enkat(rad("Otrygg", 30, 35), till=2023, uttag="2023-09-01", fil="a.csv")
    assert [u.revideringar for u in held([first, later], K4)] == [()]
    assert [len(u.revideringar) for u in held([first, later], Kvartal(2023, 4))] == [1]


def test_two_municipalities_files_are_not_mixed_in_a_row() -> None:
    mine = enkat(rad("Otrygg", 30), till=2020, omrade="Exempelköping", fil="a.csv")
    other = enkat(rad("Otrygg", 80), till=2021, omrade="Annanstad", fil="b.csv")
    (found,) = held([mine, other])
    assert [(s.nyckel.omrade, dict(s.varden)) for s in found.tabell.serier] == [
        ("Exempelköping", {2020: 30}),
        ("Annanstad", {2021: 80}),
    ]
    assert [s.varde for t in sifferlage(data([mine, other])).tabeller for s in t.serier] == [30]


def test_a_survey_of_a_later_year_is_not_known_yet() -> None:
    assert held([enkat(rad("Otrygg", 30), till=2023)], K4) == []


def test_shares_and_a_ranking_of_one_survey_are_two_tables() -> None:
    ranking = enkat(rad("Torget", 1), enhet="rang", fil="r.csv")
    assert [u.tabell.enhet for u in held([ranking, enkat(rad("Otrygg", 30))])] == ["procent", "rang"]


def test_a_source_without_any_table_is_no_table_and_its_indicator_says_that_figures_are_missing() -> None:
    found = sifferlage(data([], [indikator("Hot")]))
    assert (found.tabeller, found.indikatorer[0].serier) == ((), ())
    assert held([]) == []


years = st.sampled_from([2020, 2021, 2022])
tables = st.builds(
    lambda kalla, till, manad, dag, values, nr: tabell(
        rad("Hot", *values[:3]), rad("Rån", *values[3:]), till=till, manad=manad, kalla=kalla,
        uttag=f"2022-12-{dag:02}" if dag else None, fil=f"{nr}.csv",
    ),
    st.sampled_from(["compstat", "bra"]), years, st.sampled_from([3, 9]), st.integers(0, 20),
    st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(0, 10**6),
)  # fmt: skip
surveys = st.builds(
    lambda till, dag, values, nr: enkat(
        rad("Otrygg", *values), till=till, uttag=f"2022-12-{dag:02}" if dag else None, fil=f"{nr}.csv"
    ),
    years, st.integers(0, 20), st.lists(st.integers(0, 99), min_size=2, max_size=2), st.integers(0, 10**6),
)  # fmt: skip


@given(st.lists(tables | surveys, max_size=7, unique_by=lambda t: t.fil), st.randoms(use_true_random=False))
def test_the_order_of_files_makes_no_difference(found: list[Tabell], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert held(shuffled) == held(found)
