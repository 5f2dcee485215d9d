"""The figures at a quarter: which years may be compared, what stands for an indicator, and what is no figure at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4
from sifferbygge import data, enkat, indikator, rad, rapport, serie, sifferlage, tabell
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Serienyckel

BREAK = {"ar": 2021, "text": "Ny räkning."}


# --- which years are compared ---


def test_only_the_years_of_one_table_are_compared_so_the_span_is_always_the_same() -> None:
    whole = tabell(rad("Hot", 70, 80, 90, 100), till=2021, manad=12)
    part = tabell(rad("Hot", 10, 11, 12, 40), till=2022, manad=3)
    found = serie(data([whole, part], [indikator("Hot")]), "Hot", K1)
    assert found.tabell.period == part.period
    assert found.antal is not None
    assert (found.antal.tidigare, found.antal.varde) == ((10, 11, 12), 40)


@pytest.mark.parametrize(
    ("values", "used", "kod"),
    [
        ((10, 40), (10,), "for_fa_ar"),
        ((10, 11, 40), (10, 11), "for_fa_ar"),
        ((10, 11, 12, 60), (10, 11, 12), "fler"),
        ((9, 9, 10, 11, 12, 10, 60), (9, 10, 11, 12, 10), "fler"),
    ],
)
def test_three_to_five_of_the_latest_earlier_years_are_used(
    values: tuple[int, ...], used: tuple[int, ...], kod: str
) -> None:
    found = serie(data([tabell(rad("Hot", *values))]), "Hot")
    assert found.antal is not None
    assert (found.antal.tidigare, found.antal.kod) == (used, kod)


def test_a_year_without_a_value_is_skipped_and_never_zero() -> None:
    found = serie(data([tabell(rad("Hot", 10, None, 12, 11, 40))]), "Hot")
    assert found.antal is not None
    assert found.antal.tidigare == (10, 12, 11)
    assert found.visade[1] == (2019, None)


def test_the_year_before_alone_is_compared_only_where_it_has_a_value() -> None:
    with_it = serie(data([tabell(rad("Hot", 40, 40, 40, 40, 10))]), "Hot")
    without = serie(data([tabell(rad("Hot", 40, 40, 40, None, 10))]), "Hot")
    assert (with_it.mot_ar, without.mot_ar) == (2021, None)
    assert with_it.antal is not None and without.antal is not None
    assert (with_it.antal.mot_fjol, without.antal.z_fjol) == ("farre", None)


def test_after_a_series_break_only_the_years_from_it_on_are_compared() -> None:
    broken = {**BREAK, "ar": 2019}
    found = serie(
        data([tabell(rad("Hot", 90, 90, 10, 11, 12, 13), till=2022)], [indikator("Hot", avbrott=[broken])]), "Hot"
    )
    assert found.antal is not None
    assert (found.antal.tidigare, found.antal.kod) == ((10, 11, 12), "ingen_vid")


def test_a_break_leaves_too_few_years() -> None:
    found = serie(data([tabell(rad("Hot", 90, 90, 90, 11, 12))], [indikator("Hot", avbrott=[BREAK])]), "Hot")
    assert found.antal is not None
    assert found.antal.kod == "for_fa_ar"


def test_a_break_in_the_current_year_gives_no_comparison_at_all() -> None:
    broken = {**BREAK, "ar": 2022}
    found = serie(data([tabell(rad("Hot", 90, 90, 90, 90, 12))], [indikator("Hot", avbrott=[broken])]), "Hot")
    assert found.antal is not None
    assert (found.antal.tidigare, found.bedombar, found.mot_ar) == ((), False, None)


def test_the_year_before_a_break_is_not_compared_with_either() -> None:
    broken = {**BREAK, "ar": 2022}
    found = serie(data([tabell(rad("Hot", *[90] * 5, 12))], [indikator("Hot", avbrott=[broken])]), "Hot")
    assert found.antal is not None
    assert found.antal.z_fjol is None


@pytest.mark.parametrize("ar", [2023, 2018, 2010])
def test_a_break_after_the_quarter_or_before_the_first_column_changes_nothing(ar: int) -> None:
    plain = serie(data([tabell(rad("Hot", 90, 91, 92, 93, 12))]), "Hot")
    note = {"ar": ar, "text": "Ny räkning."}
    found = serie(data([tabell(rad("Hot", 90, 91, 92, 93, 12))], [indikator("Hot", avbrott=[note])]), "Hot")
    assert (found.antal, found.avbrott) == (plain.antal, ())


def test_a_break_of_the_source_holds_for_all_its_series_and_for_no_other_source() -> None:
    source = {"id": "compstat", "namn": "Compstat", "avbrott": [{"ar": 2022, "text": "Nytt system."}]}
    found = data([tabell(rad("Hot", 9, 9, 9, 9)), tabell(rad("Rån", 9, 9, 9, 9), kalla="bra")], kallor=[source])
    assert (serie(found, "Hot").bedombar, serie(found, "Rån").bedombar) == (False, True)


def test_a_break_is_told_from_the_quarter_it_was_known() -> None:
    note = {"ar": 2022, "text": "Ny räkning.", "fran": "2022-K2"}
    found = data([tabell(rad("Hot", 90, 90, 90, 90), manad=3)], [indikator("Hot", avbrott=[note])])
    assert [serie(found, "Hot", k).bedombar for k in (K1, K2)] == [True, False]


def test_a_survey_is_compared_with_the_round_before_however_long_ago() -> None:
    found = serie(data([enkat(rad("Hot", 10, 12), rad("Antal svarande", 900, 900), ar=(2016, 2020))]), "Hot")
    assert (found.ar, found.mot_ar) == (2020, 2016)
    assert found.andel is not None and found.andel.kod == "ingen"


def test_a_survey_across_a_break_is_not_compared() -> None:
    table = enkat(rad("Hot", 10, 30), rad("Antal svarande", 900, 900))
    found = serie(data([table], [indikator("Hot", "enkat", avbrott=[{**BREAK, "ar": 2022}])]), "Hot")
    assert (found.bedombar, found.mot_ar) == (False, None)


@given(st.lists(st.none() | st.integers(0, 300), min_size=1, max_size=9), st.integers(2010, 2024))
def test_no_value_from_before_a_break_or_after_the_quarter_is_ever_used(values: list[Any], broken: int) -> None:
    note = {"ar": broken, "text": "Ny räkning."}
    table = tabell(rad("Hot", *values), till=2022)
    found = serie(data([table], [indikator("Hot", avbrott=[note])]), "Hot")
    allowed = [v for ar, v in zip(table.ar, values, strict=True) if v is not None and ar < 2022]
    if broken <= 2022:
        allowed = [v for ar, v in zip(table.ar, values, strict=True) if v is not None and broken <= ar < 2022]
    if values[-1] is None:
        assert found.antal is None
    else:
        assert found.antal is not None
        assert list(found.antal.tidigare) == allowed[-5:]


# --- surveys ---


def test_the_number_of_answers_of_a_group_is_never_taken_from_the_whole_survey() -> None:
    table = enkat(
        rad("Hot", 10, 30, kon="pojkar"), rad("Hot", 10, 30, kon="flickor"), rad("Hot", 10, 30),
        rad("Antal svarande", 900, 900), rad("Antal svarande", 450, 450, kon="pojkar"),
    )  # fmt: skip
    found = data([table])
    assert serie(found, "Hot", kon="").svarande == ((2021, 900), (2022, 900))
    assert serie(found, "Hot", kon="pojkar").svarande == ((2021, 450), (2022, 450))
    girls = serie(found, "Hot", kon="flickor")
    assert girls.svarande == ()
    assert girls.andel is not None and girls.andel.kod == "antal_saknas"


def test_nor_from_another_group_of_questions_or_another_area() -> None:
    table = enkat(
        rad("Hot", 10, 30, grupp="Utsatthet"), rad("Antal svarande", 90, 90, grupp="Platser"),
        rad("Antal svarande", 5000, 5000, omrade="Länet"),
    )  # fmt: skip
    assert serie(data([table]), "Hot").svarande == ()


def test_the_area_may_be_written_out_or_left_out() -> None:
    table = enkat(rad("Hot", 10, 30, omrade="Exempelköping"), rad("Antal svarande", 900, 900), omrade="Exempelköping")
    assert serie(data([table]), "Hot").svarande == ((2021, 900), (2022, 900))


def test_the_surveys_own_rows_are_no_series() -> None:
    table = enkat(rad("Hot", 10), rad("Antal svarande", 900), rad("Antal tillfrågade", 1000), rad("Svarsandel", 90))
    (shown,) = sifferlage(data([table])).tabeller
    assert [s.serie.nyckel.namn for s in shown.serier] == ["Hot"]
    assert len(shown.om_enkaten) == 3


def test_a_year_without_a_survey_is_told_from_its_quarter_and_is_no_value() -> None:
    note = {"ar": 2022, "text": "Ingen mätning gjordes.", "fran": "2022-K2"}
    source = {"id": "enkat", "namn": "Enkäten", "ingen_matning": [note]}
    found = data([enkat(rad("Otrygg", 30, 33), till=2021)], kallor=[source])
    before, after = serie(found, "Otrygg", K1), serie(found, "Otrygg", K2)
    assert (before.ingen_matning, len(after.ingen_matning)) == ((), 1)
    assert (after.ar, after.varde) == (2021, 33)
    rows = [rapport(found, k).statistik.tabeller[0] for k in (K1, K2)]
    assert [r.ar for r in rows] == [("2020", "2021"), ("2020", "2021", "2022")]
    assert rows[1].grupper[0].rader[0].varden == ("30\u00a0%", "33\u00a0%", "ingen mätning")


def test_the_note_on_how_comparable_a_round_is_belongs_to_its_year_alone() -> None:
    source = {"id": "enkat", "namn": "Enkäten", "jamforbarhet": [{"ar": 2021, "text": "Ny fråga."}]}
    found = data([enkat(rad("Otrygg", 30, 33, 36), till=2022)], kallor=[source])
    assert serie(found, "Otrygg").jamforbarhet == ()
    found = data([enkat(rad("Otrygg", 30, 33), till=2021)], kallor=[source])
    assert [n.ar for n in serie(found, "Otrygg").jamforbarhet] == [2021]


def test_a_design_effect_of_the_source_is_used() -> None:
    table = enkat(rad("Otrygg", 30, 36), rad("Antal svarande", 500, 500))
    source = {"id": "enkat", "namn": "Enkäten", "designeffekt": 1.0}
    usual, own = serie(data([table]), "Otrygg"), serie(data([table], kallor=[source]), "Otrygg")
    assert usual.andel is not None and own.andel is not None
    assert (usual.andel.kod, own.andel.kod) == ("ingen", "hogre")


def test_a_later_round_than_the_quarter_is_not_shown() -> None:
    table = enkat(rad("Otrygg", 30, 33, 90), rad("Antal svarande", 500, 510, 777), till=2023)
    view = rapport(data([table]), K4).statistik.tabeller[0]
    assert view.ar == ("2021", "2022")
    assert "777" not in view.ingress


# --- before the agreement ---


@pytest.mark.parametrize(("manad", "till", "before"), [(12, 2021, True), (9, 2021, True), (1, 2022, False)])
def test_a_figure_whose_period_ended_before_the_agreement_began_is_where_it_starts_from(
    manad: int, till: int, before: bool
) -> None:
    assert serie(data([tabell(rad("Hot", 9, 9), till=till, manad=manad)]), "Hot").utgangslage is before


@pytest.mark.parametrize(("till", "before"), [(2021, True), (2022, False)])
def test_so_is_a_survey_of_an_earlier_year(till: int, before: bool) -> None:
    assert serie(data([enkat(rad("Hot", 9, 9), till=till)]), "Hot").utgangslage is before


def test_a_period_that_ended_the_day_before_the_agreement_is_before_it_and_on_its_first_day_is_not() -> None:
    table = tabell(rad("Hot", 9, 9), manad=6)
    assert serie(data([table], avtal={"giltig_fran": date(2022, 7, 1)}), "Hot").utgangslage
    assert not serie(data([table], avtal={"giltig_fran": date(2022, 6, 30)}), "Hot").utgangslage


# --- which series stand for an indicator ---


def names(*indikatorer: dict[str, Any], tabeller: list[Any], kvartal: Kvartal = K4) -> list[list[str]]:
    found = sifferlage(data(tabeller, indikatorer), kvartal)
    return [[f"{s.serie.nyckel.namn} {s.ar}" for s in i.serier] for i in found.indikatorer]


def test_an_indicator_stands_for_the_row_of_its_source_and_name_however_it_is_written() -> None:
    table = tabell(rad("Misshandel utomhus (15– år)", 9, 9), rad("Hot", 9, 9))
    assert names(indikator("x", serie="MISSHANDEL utomhus (15– år)"), tabeller=[table]) == [
        ["Misshandel utomhus (15– år) 2022"]
    ]


def test_compstat_and_bra_are_never_mixed_in_a_series() -> None:
    compstat, bra = tabell(rad("Hot", 9, 9), till=2021), tabell(rad("Hot", 70, 80), kalla="bra")
    found = sifferlage(data([compstat, bra], [indikator("Hot")]))
    (mine,) = found.indikatorer[0].serier
    assert (mine.tabell.kalla, mine.visade) == ("compstat", ((2020, 9), (2021, 9)))
    assert [s.tabell.kalla for s in found.utan_indikator] == ["bra"]


def test_an_older_period_stands_in_where_the_newest_lacks_the_series_and_its_table_is_shown_too() -> None:
    old = tabell(rad("Hot", 9, 9), rad("Rån", 8, 8), till=2021, manad=9, exempel=True)
    new = tabell(rad("Rån", 7, 7), till=2022, manad=3)
    found = data([old, new], [indikator("Hot"), indikator("Rån")])
    assert names(indikator("Hot"), indikator("Rån"), tabeller=[old, new], kvartal=K1) == [["Hot 2021"], ["Rån 2022"]]
    rows = [[r.namn for g in t.grupper for r in g.rader] for t in rapport(found, K1).statistik.tabeller]
    assert rows == [["Rån"], ["Hot"]]
    assert sifferlage(found, K1).exempel


def test_of_several_older_periods_the_latest_stands_in() -> None:
    tables = [tabell(rad("Hot", 9, 9), till=2021, manad=m) for m in (3, 12, 6)]
    found = sifferlage(data([*tables, tabell(rad("Rån", 1, 2))], [indikator("Hot")]))
    (mine,) = found.indikatorer[0].serier
    assert mine.tabell.period is not None and mine.tabell.period.manad == 12


def test_an_older_table_that_no_indicator_needs_is_not_shown() -> None:
    tables = [tabell(rad("Hot", 9, 9), till=2021), tabell(rad("Hot", 9, 9))]
    assert [t.tabell.sista_ar for t in sifferlage(data(tables, [indikator("Hot")])).tabeller] == [2022]


def test_a_series_that_no_indicator_names_is_told_as_that_and_sums_are_no_series() -> None:
    table = tabell(rad("Hot", 9, 9), rad("Bedrägeri", 9, 9), rad("Summa", 18, 18))
    found = sifferlage(data([table], [indikator("Hot")]))
    assert [s.serie.nyckel.namn for s in found.utan_indikator] == ["Bedrägeri"]
    assert [s.serie.nyckel.namn for s in found.tabeller[0].summor] == ["Summa"]
    assert found.tabeller[0].summor[0].antal is None


def test_an_indicator_of_an_area_stands_for_that_areas_row() -> None:
    table = tabell(rad("Hot", 90, 91), rad("Hot", 9, 8, omrade="Norra byn"))
    found = sifferlage(data([table], [indikator("Hot", id="a"), indikator("Hot", id="b", omrade="Norra byn")]))
    assert [[s.varde for s in i.serier] for i in found.indikatorer] == [[91], [8]]


def test_another_area_is_only_a_comparison_unless_an_indicator_names_it() -> None:
    table = enkat(rad("Hot", 9, 8), rad("Hot", 19, 18, omrade="Länet"), rad("Hot", 29, 28, omrade="Riket"))
    found = data([table], [indikator("Hot", "enkat")])
    assert [s.jamforelse for t in sifferlage(found).tabeller for s in t.serier] == [("Länet", 18)]


def test_a_comparison_is_of_the_same_year_only() -> None:
    table = enkat(rad("Hot", 9, None), rad("Hot", 19, 18, omrade="Länet"), rad("Snus", 3, 4), omrade="Exempelköping")
    shown = serie(data([table]), "Hot")
    assert (shown.ar, shown.jamforelse) == (2021, ("Länet", 19))
    view = rapport(data([table])).statistik.tabeller[0]
    assert view.jamforelse == ""


def test_an_indicator_of_a_group_stands_for_its_rows_and_a_ranking_is_told_in_words() -> None:
    ranking = enkat(
        rad("Torget", 2, grupp="Platser"), rad("Parken", 1, grupp="Platser"),
        rad("Antal svarande", 121, grupp="Platser"), enhet="rang",
    )  # fmt: skip
    found = data([ranking], [indikator("Otrygga platser", "enkat", grupp="Platser", riktning="varken")])
    view = rapport(found)
    assert view.huvudomraden[0].indikatorer[0].text == "Parken och Torget, i den ordningen 2022."
    assert view.statistik.tabeller == ()
    assert view.huvudomraden[0].problemet == "Det finns bara en rangordning, och den bedöms inte."


def test_a_place_below_five_in_a_ranking_is_not_hidden_as_a_small_count() -> None:
    ranking = enkat(rad("Torget", 2, grupp="Platser"), enhet="rang")
    found = data([ranking], [indikator("Platser", "enkat", grupp="Platser", skydda_sma_tal=True)])
    assert serie(found, "Torget").varde == 2


def test_an_indicator_in_words_or_without_any_series_has_no_figures() -> None:
    words = indikator("Utsatt", ord="Byn är ett utsatt område.")
    nobody = {"id": "n", "namn": "Anmälningar", "huvudomrade": "A"}
    assert names(words, nobody, tabeller=[tabell(rad("Hot", 9, 9))]) == [[], []]


def test_a_series_without_a_value_for_the_year_is_told_as_missing_and_never_judged() -> None:
    found = serie(data([tabell(rad("Hot", 9, 9, 9, None))]), "Hot")
    assert (found.ar, found.varde, found.antal, found.bedombar) == (2022, None, None, False)


def test_a_row_without_any_value_yet_is_left_out() -> None:
    table = enkat(rad("Hot", None, None), rad("Snus", 3, 4))
    assert [s.serie.nyckel.namn for t in sifferlage(data([table])).tabeller for s in t.serier] == ["Snus"]


# --- small counts about individuals ---


def test_a_hidden_count_is_no_value_no_verdict_and_no_part_of_a_mean() -> None:
    table = tabell(rad("SIG", 40, 40, 3, 40, 40), rad("Summa", 40, 40, 3, 40, 40))
    found = serie(data([table], [indikator("SIG", skydda_sma_tal=True)]), "SIG")
    assert (found.antal, found.serie.varden[2020], found.serie.sma) == (None, None, frozenset({2020}))


def test_a_hidden_count_from_long_ago_hinders_no_verdict() -> None:
    table = tabell(rad("SIG", 3, 40, 40, 40, 40, 40, 40))
    found = serie(data([table], [indikator("SIG", skydda_sma_tal=True)]), "SIG")
    assert found.antal is not None and found.antal.tidigare == (40, 40, 40, 40, 40)


def test_a_hidden_share_gives_no_verdict_either() -> None:
    table = enkat(rad("Hot", 2, 60), rad("Antal svarande", 100, 900))
    found = serie(data([table], [indikator("Hot", "enkat", skydda_sma_tal=True)]), "Hot")
    assert (found.andel, found.serie.dolda) == (None, frozenset({2021}))


def test_a_row_is_known_by_its_whole_key() -> None:
    assert Serienyckel("Norra", "Person", "Hot", "pojkar", "åk 9").text == "Hot, pojkar, åk 9, Norra"


def test_the_quarter_before_the_period_has_ended_shows_no_figure() -> None:
    found = data([tabell(rad("Hot", 9, 9), manad=9)], [indikator("Hot")])
    assert sifferlage(found, K2).tabeller == ()
    assert len(sifferlage(found, K3).tabeller) == 1
