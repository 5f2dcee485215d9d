"""What the report says of figures: every verdict word for word, page one's sentences, findings, notes and the CSV."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bygge import K1, K2, K3, K4
from conftest import run_tool
from data_pdf.pdfreader import page_pieces, squeeze
from sifferbygge import data, enkat, indikator, rad, rapport, serie, tabell
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Not, Tabell
from uppfoljning.model.underlag import Underlag
from uppfoljning.output.csv import as_csv
from uppfoljning.report.views.figures import Sifferradvy, Siffertabellvy
from uppfoljning.report.views.kvartal import Rapportvy
from uppfoljning.words.figures import aim_text, clear_details, signed, tal, verdict

PROCENT = "\u00a0%"
POINTS = "\u00a0procentenheter"
PRELIMINARY = "; preliminärt, kan ändras när året är slut"
CLEAR = (133, 141, 101, 153, 241)
FEWER = (241, 230, 250, 245, 120)
NOTHING = (87, 99, 87, 97, 90)


def row(underlag: Underlag, kvartal: Kvartal = K4) -> Sifferradvy:
    return table(underlag, kvartal).grupper[0].rader[0]


def table(underlag: Underlag, kvartal: Kvartal = K4) -> Siffertabellvy:
    (found,) = rapport(underlag, kvartal).statistik.tabeller
    return found


def count(*values: int | None, **indikatorfalt: Any) -> Sifferradvy:
    return row(data([tabell(rad("Hot", *values))], [indikator("Hot", **indikatorfalt)]))


# --- counts ---


@pytest.mark.parametrize(
    ("values", "text", "expected"),
    [
        (CLEAR, f"Tydligt fler än vanligt, 83{PROCENT} fler än snittet 132; även tydligt fler än 2021", "88–185"),
        (FEWER, f"Tydligt färre än vanligt, 50{PROCENT} färre än snittet 242; även tydligt färre än 2021", "187–304"),
        ((45, 37, 63, 36), "Ingen säker förändring", "23–83"),
        ((72, 81, 98, 67, 50), "Ingen säker förändring", "50–117"),
        ((121, 45, 37, 63, 36), "Ingen säker förändring; få eller ojämna tal", "10–175"),
        ((2, 0, 3, 3, 0), "För få för att bedöma", "–"),
        ((0, 0, 0, 0, 3), "För få för att bedöma", "–"),
        ((0, 0, 0, 0, 5), "Fler än väntat, men små tal", "–"),
        ((5, 5, 5, 5, 0), "Tydligt färre än vanligt; även tydligt färre än 2021", "1–13"),
        ((40, 42, 50), "För få jämförbara år för att bedöma", "–"),
        ((40,), "För få jämförbara år för att bedöma", "–"),
        ((40, 42, 50, None), "Siffra saknas för 2022", "–"),
    ],
)
def test_every_outcome_of_a_count_has_its_words_and_its_expected_range(
    values: tuple[int | None, ...], text: str, expected: str
) -> None:
    found = count(*values)
    assert (found.bedomning, found.vantat) == (text, expected)


@pytest.mark.parametrize(
    ("values", "addition"),
    [
        ((133, 141, 101, 153, 241), "; även tydligt fler än 2021"),
        ((80, 80, 80, 80, 110, 64), "Ingen säker förändring; däremot tydligt färre än 2021"),
        ((90, 90, 90, 90, 62, 108), "Ingen säker förändring; däremot tydligt fler än 2021"),
        ((100, 100, 100, 125, 150), ""),
        ((100, 100, 100, 100, 100), ""),
    ],
)
def test_beside_the_usual_the_year_before_is_told_only_when_it_differs_clearly(
    values: tuple[int, ...], addition: str
) -> None:
    text = count(*values).bedomning
    assert text.endswith(addition) if addition else ("även" not in text and "däremot" not in text)


def test_a_percentage_stands_only_beside_a_clear_verdict_of_figures_of_twenty_or_more() -> None:
    assert "83\u00a0%" in count(*CLEAR).bedomning
    assert "%" not in count(12, 11, 13, 12, 60).bedomning
    assert count(12, 11, 13, 12, 60).tydlig
    assert "%" not in count(*NOTHING).bedomning
    assert "%" not in count(0, 0, 0, 0, 40).bedomning


@pytest.mark.parametrize("manad", [3, 6])
@pytest.mark.parametrize("flag", [True, False])
def test_a_verdict_in_the_years_first_half_says_that_it_may_change(manad: int, flag: bool) -> None:
    marked = frozenset({2022}) if flag else frozenset()
    found = data([tabell(rad("Hot", *CLEAR), manad=manad, preliminara=marked)])
    assert verdict(serie(found, "Hot")).endswith(PRELIMINARY)


def test_a_table_says_it_once_in_full_and_beside_each_verdict_in_a_word() -> None:
    found = table(data([tabell(rad("Hot", *NOTHING), rad("Rån", *CLEAR), rad("Mord", 1, 1, 1, 1), manad=6)]))
    assert "Bedömningarna är preliminära och kan ändras när året är slut." in found.ingress
    assert [r.bedomning.endswith("; preliminärt") for r in found.grupper[0].rader] == [True, True, False]
    assert "slut" in str(found.grupper[0].rader[0].diagram)


def test_not_where_there_is_no_verdict_or_the_year_is_over() -> None:
    late = tabell(rad("Hot", *CLEAR), manad=6, uttag="2023-02-01")
    autumn = tabell(rad("Hot", *CLEAR), manad=9, preliminara=frozenset({2022}))
    for made in (late, autumn, tabell(rad("Hot", 1, 1, 1, 1), manad=3)):
        view = table(data([made]))
        assert "preliminärt" not in view.grupper[0].rader[0].bedomning
        assert "Bedömningarna är preliminära" not in view.ingress


def test_a_break_is_told_with_its_reason_and_gives_no_verdict() -> None:
    found = count(90, 90, 90, 90, 12, avbrott=[{"ar": 2022, "text": "Nytt system."}])
    assert found.bedomning == "Kan inte jämföras: ny räkning från 2022"
    assert (found.vantat, found.tillagg) == ("–", ("Serieavbrott 2022: Nytt system.",))


def test_one_row_has_one_verdict_and_a_sum_and_a_ranking_have_none() -> None:
    view = table(data([tabell(rad("Hot", *CLEAR), rad("Summa", *CLEAR))]))
    assert [r.bedomning for r in view.grupper[0].rader][1] == "bedöms inte"
    assert (view.grupper[0].rader[1].vantat, view.grupper[0].rader[1].diagram) == ("", None)
    assert "Summan bedöms inte, eftersom den blandar olika slags brott." in view.fot


def test_under_each_table_it_says_that_figures_swing_by_themselves() -> None:
    words = (
        "Siffror svänger av sig själva. Ungefär en rad av tjugo får utslag utan att något har hänt. "
        "Ingen säker förändring betyder inte oförändrat."
    )
    assert table(data([tabell(rad("Hot", *NOTHING))])).fot == words
    assert "en halvering" in table(data([tabell(rad("Hot", 121, 45, 37, 63, 36))])).fot
    assert "För få: i snitt färre än fem om året." in table(data([tabell(rad("Hot", 1, 1, 1, 1))])).fot


# --- shares ---


def share(*values: float | None, numbers: tuple[int | None, ...] = (500, 500), **kwargs: Any) -> Sifferradvy:
    answered = rad("Antal svarande", *(numbers if len(numbers) == len(values) else [numbers[-1]] * len(values)))
    rows = (rad("Klotter", *values), rad("Snus", 1, 1), answered)[: 3 if len(values) == 2 else 1]
    return row(data([enkat(*rows, **kwargs)]))


@pytest.mark.parametrize(
    ("values", "numbers", "text"),
    [
        ((54, 40), (500, 500), f"Tydligt lägre än 2021, −14{POINTS}"),
        ((40, 54.5), (500, 500), f"Tydligt högre än 2021, +14,5{POINTS}"),
        ((36, 33), (500, 500), f"Ingen säker förändring sedan 2021 (−3{POINTS})"),
        ((33, 33), (500, 500), f"Ingen säker förändring sedan 2021 (±0{POINTS})"),
        ((33.32, 33.3), (500, 500), f"Ingen säker förändring sedan 2021 (±0{POINTS})"),
        ((54, 40), (None, 500), "Kan inte bedömas: antal svarande 2021 saknas"),
        ((54, 40), (500, None), "Kan inte bedömas: antal svarande 2022 saknas"),
        ((54, 40), (None, None), "Kan inte bedömas: antal svarande 2021 och 2022 saknas"),
    ],
)
def test_every_outcome_of_a_share_has_its_words(
    values: tuple[float, float], numbers: tuple[int | None, int | None], text: str
) -> None:
    found = serie(data([enkat(rad("Klotter", *values), rad("Antal svarande", *numbers))]), "Klotter")
    assert verdict(found) == text


def test_a_first_round_has_nothing_to_be_compared_with() -> None:
    assert share(40).bedomning == "Ingen tidigare mätning"


def test_a_break_in_a_survey_is_told_also_between_two_rounds() -> None:
    for ar in (2019, 2020):
        found = data(
            [enkat(rad("Klotter", 54, 40), rad("Antal svarande", 500, 500), ar=(2018, 2020))],
            [indikator("Klotter", "enkat", avbrott=[{"ar": ar, "text": "Ny fråga."}])],
        )
        assert row(found).bedomning == f"Kan inte jämföras: ny mätning från {ar}"


def test_a_round_that_is_not_quite_comparable_says_so_beside_a_clear_verdict() -> None:
    source = {"id": "enkat", "namn": "Enkäten", "jamforbarhet": [{"ar": 2022, "text": "Ny fråga 2022."}]}
    rows = (rad("Klotter", 54, 40), rad("Snus", 9, 9), rad("Antal svarande", 500, 500))
    found = data([enkat(*rows)], [indikator("Klotter", "enkat")], kallor=[source])
    verdicts = [r.bedomning for r in table(found).grupper[0].rader]
    assert verdicts[0] == f"Tydligt lägre än 2021, −14{POINTS}; inte helt jämförbart"
    assert "inte helt jämförbart" not in verdicts[1]
    assert "Ny fråga 2022." in table(found).ingress
    assert problem(found) == (
        f"Klotter tydligt lägre än 2021, 40{PROCENT} 2022 (54{PROCENT} 2021), inte helt jämförbart; åt önskat håll."
    )


def test_percent_is_never_the_word_for_a_difference_of_shares() -> None:
    for values in ((54, 40), (40, 54), (36, 33)):
        text = verdict(serie(data([enkat(rad("K", *values), rad("Antal svarande", 500, 500))]), "K"))
        assert "procentenheter" in text
        assert "%" not in text


def test_when_one_number_is_missing_for_all_the_reason_is_told_once_with_how_many_answers_were_needed() -> None:
    rows = [rad("Klotter", 54, 40), rad("Mörkt", 66, 58), rad("Ute", 36, 33)]
    view = table(data([enkat(*rows, rad("Antal svarande", None, 500))]))
    assert [r.bedomning for r in view.grupper[0].rader] == ["Kan inte bedömas"] * 3
    assert "Hur många som svarade 2021 är inte känt, och därför kan ingen förändring bedömas." in view.ingress
    assert "Antal svarande 2022: 500." in view.ingress
    assert view.fot == (
        "Skillnaden hade varit säker om minst 84 svarat 2021 för klotter och 373 för mörkt; för den sista hade "
        "inte ens 1000 svar räckt."
    )


def test_how_many_answered_in_each_group_is_told_as_a_span() -> None:
    groups = [rad("Antal svarande", n, n + 5, n + 9, kon=k) for k, n in (("pojkar", 90), ("flickor", 120))]
    view = table(data([enkat(rad("Hot", 1, 2, 3, kon="pojkar"), *groups)]))
    assert view.ingress.endswith(
        "Antal svarande 2021 i två grupper: 95–125 i varje. Antal svarande 2022 i två grupper: 99–129 i varje."
    )


def test_rows_that_end_before_the_agreement_are_pointed_out_in_a_table_that_goes_on() -> None:
    view = table(data([enkat(rad("Hot", 9, 10), rad("Snus", 9, None))]))
    assert "Rader vars senaste siffra är från 2021 eller tidigare är ett utgångsläge" in view.ingress


def test_rows_of_several_groups_are_told_apart() -> None:
    rows = [rad("Burit vapen", 18, 8, kon=k) for k in ("pojkar", "flickor")]
    numbers = [rad("Antal svarande", 400, 400, kon=k) for k in ("pojkar", "flickor")]
    found = data([enkat(*rows, *numbers)], [indikator("Burit vapen", "enkat")])
    assert problem(found).startswith("Burit vapen (pojkar) tydligt lägre")
    assert "burit vapen (flickor) tydligt lägre" in problem(found)
    assert [(g.rubrik, [r.namn for r in g.rader]) for g in table(found).grupper] == [
        ("Burit vapen", ["Pojkar", "Flickor"])
    ]


def test_a_survey_that_counts_things_is_not_called_shares() -> None:
    view = table(data([enkat(rad("Ärenden", 40, 41), enhet="antal")]))
    assert view.ingress.startswith("Antal.")
    assert view.rubrik == "Enkäten: antal"
    assert view.grupper[0].rader[0].bedomning == "bedöms inte"


# --- how numbers are printed ---


@pytest.mark.parametrize(
    ("value", "enhet", "text"),
    [
        (None, "antal", ".."),
        (0, "antal", "0"),
        (9999, "antal", "9999"),
        (12345, "antal", "12\u2009345"),
        (1234567, "antal", "1\u2009234\u2009567"),
        (33, "procent", "33\u00a0%"),
        (33.5, "procent", "33,5\u00a0%"),
        (0, "procent", "0\u00a0%"),
        (None, "procent", ".."),
    ],
)
def test_numbers_have_thin_spaces_and_a_decimal_comma(value: float | None, enhet: str, text: str) -> None:
    assert tal(value, enhet) == text


@pytest.mark.parametrize(("value", "text"), [(5, "+5"), (-17.25, "−17,2"), (0, "±0"), (0.04, "±0"), (-0.04, "±0")])
def test_a_difference_has_a_real_sign(value: float, text: str) -> None:
    assert signed(value) == text


def test_a_range_of_large_numbers_keeps_its_thin_spaces() -> None:
    assert count(12000, 12100, 12200, 12050, 12000).vantat.count("\u2009") == 2


# --- page one: a sentence for each huvudområde ---


def problem(underlag: Underlag, kvartal: Kvartal = K4) -> str:
    return rapport(underlag, kvartal).forsta_sidan.lage[0].problemet


def lead(underlag: Underlag, kvartal: Kvartal = K4) -> str:
    return rapport(underlag, kvartal).forsta_sidan.problemet


@pytest.mark.parametrize(
    ("values", "riktning", "words"),
    [
        (CLEAR, "lagre_battre", "; inte åt önskat håll"),
        (CLEAR, "hogre_battre", "; åt önskat håll"),
        (CLEAR, "varken", ""),
        (FEWER, "lagre_battre", "; åt önskat håll"),
        (FEWER, "hogre_battre", "; inte åt önskat håll"),
        (FEWER, "varken", ""),
    ],
)
def test_a_clear_change_under_the_agreement_is_told_with_the_way_it_goes(
    values: tuple[int, ...], riktning: str, words: str
) -> None:
    found = data([tabell(rad("Hot", *values))], [indikator("Hot", riktning=riktning)])
    told = "fler än vanligt, 241 jan–sep 2022 (väntat 88–185)"
    if values is FEWER:
        told = "färre än vanligt, 120 jan–sep 2022 (väntat 187–304)"
    assert problem(found) == f"Hot tydligt {told}{words}."
    assert clear_details(serie(found, "Hot")).endswith(f"{words}.")


def test_two_indicators_that_want_different_ways_say_no_way() -> None:
    both = [indikator("Hot", id="a"), indikator("Hot", id="b", riktning="hogre_battre")]
    assert "önskat håll" not in problem(data([tabell(rad("Hot", *CLEAR))], both))


def test_of_the_others_it_says_nothing_sure_only_where_there_are_others_to_judge() -> None:
    names = [indikator("Hot"), indikator("Rån")]
    two = problem(data([tabell(rad("Hot", *CLEAR), rad("Rån", *NOTHING))], names))
    assert two.endswith("; i övrigt ingen säker förändring i det som går att bedöma.")
    few = problem(data([tabell(rad("Hot", *CLEAR), rad("Rån", 1, 0, 2, 1, 1))], names))
    assert "i övrigt" not in few


def test_before_the_agreement_it_is_where_it_starts_from_and_goes_no_way() -> None:
    found = data([tabell(rad("Hot", *CLEAR), till=2021)], [indikator("Hot")])
    assert problem(found) == ("Utgångsläge: hot tydligt fler än vanligt, 241 jan–sep 2021 (väntat 88–185).")
    assert rapport(found).huvudomraden[0].indikatorer[0].etikett == "Utgångsläge"


def test_a_clear_start_beside_newer_figures_is_never_read_as_a_change_under_the_agreement() -> None:
    old = enkat(rad("Klotter", 54, 40), rad("Antal svarande", 500, 500), till=2021)
    series = [indikator("Hot"), indikator("Klotter", "enkat")]
    assert problem(data([old, tabell(rad("Hot", *NOTHING))], series)) == (
        "Ingen säker förändring i det som går att bedöma; utgångsläge: klotter tydligt lägre än 2020, "
        f"40{PROCENT} 2021 (54{PROCENT} 2020)."
    )
    assert problem(data([old, tabell(rad("Hot", *CLEAR))], series)) == (
        "Hot tydligt fler än vanligt, 241 jan–sep 2022 (väntat 88–185); inte åt önskat håll; "
        f"utgångsläge: klotter tydligt lägre än 2020, 40{PROCENT} 2021 (54{PROCENT} 2020)."
    )


def test_nothing_sure() -> None:
    found = data([tabell(rad("Hot", *NOTHING))], [indikator("Hot")])
    assert problem(found) == "Ingen säker förändring i det som går att bedöma."
    old = data([tabell(rad("Hot", *NOTHING), till=2021)], [indikator("Hot")])
    assert problem(old) == "Utgångsläge: ingen säker förändring i det som går att bedöma."


@pytest.mark.parametrize("manad", [3, 6])
def test_page_one_says_that_a_change_in_the_first_half_may_change(manad: int) -> None:
    found = data([tabell(rad("Hot", *CLEAR), manad=manad)], [indikator("Hot")])
    assert problem(found).endswith(f"{PRELIMINARY}.")


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ([enkat(rad("Hot", 54, 40))], "antalet svarande saknas"),
        ([tabell(rad("Hot", 54, 40))], "för få jämförbara år"),
        ([enkat(rad("Hot", 40))], "tidigare siffror saknas"),
        ([tabell(rad("Hot", 1, 1, 1, 1))], "talen är för få"),
        ([tabell(rad("Hot", 54, 40, 50, None))], "siffror för 2022 saknas"),
        ([enkat(rad("Hot", 54, 40)), tabell(rad("Hot", 1, 1, 1, 1))], "antalet svarande saknas och talen är för få"),
        ([enkat(rad("Hot", 54, 40), rad("Rån", None, 3))], "antalet svarande saknas"),
    ],
)
def test_where_nothing_can_be_judged_it_says_why(tables: list[Tabell], reason: str) -> None:
    indicators = [
        indikator(n, k, id=f"{n.lower().replace('å', 'a')}-{k}") for n in ("Hot", "Rån") for k in ("enkat", "compstat")
    ]
    known = {(t.kalla, s.nyckel.namn) for t in tables for s in t.serier}
    chosen = [i for i in indicators if (i["kalla"], i["namn"]) in known]
    assert problem(data(tables, chosen)) == f"Ingen förändring går att bedöma: {reason}."


def test_a_break_in_the_current_year_is_the_reason_told() -> None:
    broken = indikator("Hot", avbrott=[{"ar": 2022, "text": "Ny räkning."}])
    found = data([tabell(rad("Hot", 9, 9, 9, 9))], [broken])
    assert problem(found) == "Ingen förändring går att bedöma: ny räkning från 2022."


def test_only_words() -> None:
    found = data([], [indikator("Utsatt", ord="Norra byn är ett utsatt område.")])
    assert problem(found) == "Norra byn är ett utsatt område."


def test_words_keep_their_capital_after_a_verdict() -> None:
    words = indikator("Utsatt", ord="Norra byn är ett utsatt område.")
    found = data([tabell(rad("Hot", *NOTHING))], [indikator("Hot"), words])
    assert problem(found) == "Ingen säker förändring i det som går att bedöma; Norra byn är ett utsatt område."


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "ett"),
        (2, "ett och två"),
        (3, "ett, två och tre"),
        (4, "ett, två, tre och fler"),
    ],
)
def test_only_indicators_that_nobody_has_figures_for(number: int, told: str) -> None:
    names = ("Ett", "Två", "Tre", "Fyra")[:number]
    missing = [{"id": f"i{n}", "namn": n, "huvudomrade": "A"} for n in names]
    for n, indicator in enumerate(missing):
        indicator["id"] = f"i{n}"
    assert problem(data([], missing)) == f"Siffror saknas för {told}."


def test_nothing_at_all() -> None:
    assert problem(data()) == "Ingen indikator är vald."


def test_of_many_clear_changes_two_are_told_and_the_rest_counted() -> None:
    for ways, rest in (
        (["varken"] * 3, "ytterligare en har ändrats tydligt"),
        (["varken"] * 5, "ytterligare tre har ändrats tydligt"),
        (["hogre_battre"] * 3, "ytterligare en har ändrats tydligt"),
        (["lagre_battre"] * 3, "ytterligare en har ändrats tydligt, inte åt önskat håll"),
        (["lagre_battre"] * 5, "ytterligare tre har ändrats tydligt, inte åt önskat håll"),
        (
            ["hogre_battre"] * 4 + ["lagre_battre"] * 2,
            "ytterligare fyra har ändrats tydligt, varav två inte åt önskat håll",
        ),
    ):
        rows = [rad(f"Brott {n}", *CLEAR) for n in range(len(ways))]
        chosen = [indikator(f"Brott {n}", riktning=way) for n, way in enumerate(ways)]
        text = problem(data([tabell(*rows)], chosen))
        assert text.count("tydligt fler") == 2
        assert text.endswith(f"; {rest}.")


def test_a_very_long_name_is_cut_on_page_one_and_stands_in_full_below() -> None:
    name = "Misshandel utomhus " + "mot någon " * 20
    view = rapport(data([tabell(rad(name, *CLEAR))], [indikator(name)]))
    assert len(view.forsta_sidan.lage[0].problemet) < 190
    assert "…" in view.forsta_sidan.lage[0].problemet
    assert view.huvudomraden[0].indikatorer[0].text.startswith(name.strip())


# --- page one: do the problems shrink? ---


def many(*rows: tuple[int, ...], till: int = 2022) -> Underlag:
    named = [rad(f"Brott {n}", *values) for n, values in enumerate(rows)]
    return data([tabell(*named, till=till)], [indikator(f"Brott {n}") for n in range(len(rows))])


@pytest.mark.parametrize(
    ("underlag", "text"),
    [
        (data(), "Det finns ingen statistik i underlaget."),
        (data([tabell(rad("Hot", *CLEAR))]), "Ingen statistik i underlaget är knuten till ett huvudområde."),
        (
            many(CLEAR, till=2021),
            "Det går inte att säga om problemen har minskat: all statistik är äldre än överenskommelsen.",
        ),
        (
            many((1, 1, 1, 1)),
            "Det går inte att säga om problemen har minskat: inga siffror från överenskommelsens tid går att bedöma.",
        ),
        (
            many(NOTHING),
            "Den enda serie från överenskommelsens tid som går att bedöma visar ingen tydlig förändring.",
        ),
        (
            many(NOTHING, NOTHING, (1, 1, 1, 1)),
            "Ingen av de två serier från överenskommelsens tid som går att bedöma visar någon tydlig förändring.",
        ),
        (many(CLEAR), "Den enda serie från överenskommelsens tid som går att bedöma har ändrats tydligt."),
        (
            many(CLEAR, NOTHING, NOTHING),
            "Av tre serier från överenskommelsens tid som går att bedöma har en ändrats tydligt.",
        ),
        (
            many(*[CLEAR] * 7, *[NOTHING] * 7),
            "Av 14 serier från överenskommelsens tid som går att bedöma har sju ändrats tydligt.",
        ),
    ],
)
def test_the_lead_on_whether_the_problems_shrink(underlag: Underlag, text: str) -> None:
    assert lead(underlag) == text


def test_a_series_that_two_huvudomraden_follow_counts_once() -> None:
    both = [indikator("Hot", id="a"), indikator("Hot", id="b", huvudomrade="B")]
    found = data([tabell(rad("Hot", *CLEAR))], both, omraden=["B"])
    assert lead(found) == "Den enda serie från överenskommelsens tid som går att bedöma har ändrats tydligt."


# --- an area's indicators, gathered by verdict ---


def test_indicators_are_gathered_clear_first_and_missing_last() -> None:
    table = tabell(
        rad("Hot", *CLEAR), rad("Rån", *NOTHING), rad("Stöld", 121, 45, 37, 63, 36), rad("Mord", 0, 1, 0, 0, 1)
    )
    chosen = [indikator(n, id=i) for n, i in (("Mord", "m"), ("Stöld", "s"), ("Rån", "r"), ("Hot", "h"))]
    missing = [{"id": f"x{n}", "namn": n.capitalize(), "huvudomrade": "A"} for n in ("a", "b")]
    lines = rapport(data([table], [*chosen, *missing])).huvudomraden[0].indikatorer
    assert [(i.etikett, i.text, i.tydlig) for i in lines] == [
        (
            "Tydlig förändring",
            f"Hot 241 (väntat 88–185) jan–sep 2022. Tydligt fler än vanligt, 83{PROCENT} fler än snittet 132; även "
            "tydligt fler än 2021; inte åt önskat håll.",
            True,
        ),
        ("Ingen säker förändring, få eller ojämna tal, jan–sep 2022", "Stöld 36 (väntat 10–175).", False),
        ("Ingen säker förändring, jan–sep 2022", "Rån 90 (väntat 60–132).", False),
        ("För få för att bedöma, jan–sep 2022", "Mord 1.", False),
        ("Siffror saknas", "A och b.", False),
    ]


def test_several_groups_of_an_indicator_are_told_as_a_span_with_decimals_kept() -> None:
    rows = [rad("Snus", 4.5, kon="flickor"), rad("Snus", 7, kon="pojkar")]
    lines = rapport(data([enkat(*rows)], [indikator("Snus", "enkat")])).huvudomraden[0].indikatorer
    assert [(i.etikett, i.text) for i in lines] == [
        ("Ingen tidigare mätning, 2022", f"Snus 4,5–7{PROCENT} i två grupper.")
    ]


# --- findings ---


def finding(underlag: Underlag, label: str) -> str | None:
    found = [f.text for f in rapport(underlag).statistik.fynd if f.etikett == label]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_huvudomrade_without_figures_is_told() -> None:
    found = data([tabell(rad("Hot", *NOTHING))], [indikator("Hot")], omraden=["B"])
    assert finding(found, "Huvudområden utan siffror") == "”Område B”."
    assert finding(data([tabell(rad("Hot", *NOTHING))], [indikator("Hot")]), "Huvudområden utan siffror") is None


def test_indicators_without_figures_are_told_with_where_they_are_named() -> None:
    missing = [
        {"id": "a", "namn": "Anmälningar", "huvudomrade": "A", "avsnitt": "avsnitt 3"},
        {"id": "b", "namn": "Ärenden", "huvudomrade": "A"},
    ]
    assert finding(data([], missing), "Indikatorer som ingen har siffror för") == (
        "Anmälningar (avsnitt 3) och Ärenden."
    )


def test_a_series_without_insats_is_told_and_a_clear_one_loudest() -> None:
    rows = [rad("Hot", *CLEAR), rad("Rån", *NOTHING), rad("Stöld", *CLEAR)]
    chosen = [indikator("Hot"), indikator("Rån"), indikator("Stöld", insatser=["A-1"])]
    assert finding(data([tabell(*rows)], chosen), "Siffror som ingen insats är knuten till") == (
        "Hot och Rån. Av dem skiljer sig tydligt: Hot."
    )


def test_names_that_hold_a_comma_are_told_apart() -> None:
    rows = [rad("Våld, utomhus", *NOTHING), rad("Rån", *NOTHING)]
    assert finding(data([tabell(*rows)]), "Siffror som inte hör till något huvudområde") == "Våld, utomhus; Rån."


def test_a_series_of_an_indicator_without_huvudomrade_is_followed_by_none() -> None:
    alone = {"id": "h", "namn": "Hot", "kalla": "compstat", "serie": "Hot"}
    found = data([tabell(rad("Hot", *NOTHING))], [alone])
    assert finding(found, "Siffror som inte hör till något huvudområde") == "Hot."


def test_crime_codes_are_told_as_none_followed_or_without_figures() -> None:
    code = {"kod": "0412", "namn": "Hot"}
    label = "Brottskoder att följa"
    assert finding(data(), label) == "I underlaget finns inga överenskomna brottskoder."
    assert finding(data(brottskoder=[code]), label) == "1 kod är överenskommen. Siffror saknas: 0412 Hot."
    counted = tabell(rad("Olaga hot", *NOTHING, kod="0412"))
    both = [code, {"kod": "0801", "namn": "Stöld", "indikator": "stold"}, {"kod": "9999", "namn": "Annat"}]
    found = data(
        [
            counted,
        ],
        [indikator("Olaga hot", id="stold")],
        brottskoder=both,
    )
    assert finding(found, label) == (
        "3 koder är överenskomna. Följs: 0412 Hot och 0801 Stöld. Siffror saknas: 9999 Annat."
    )


# --- notes, aims, population ---


def test_what_is_wrong_and_doubtful_in_a_source_stands_in_the_report_once() -> None:
    note = {"rattelser": (Not("Hot", "41 ska vara 44"),), "anmarkningar": (Not("", "Dagen saknas."),)}
    table = tabell(
        rad("Hot", *NOTHING), **note, avvikelser=(Not("Summa 2022", "Källan anger 91."),), hanvisning="Rapport 7"
    )
    again = enkat(rad("Otrygg", 30), anmarkningar=(Not("", "Dagen saknas."),))
    assert [(n.etikett, n.text) for n in rapport(data([table, again])).statistik.noter] == [
        ("Källa, Compstat", "Rapport 7."),
        ("Rättelse, Compstat", "Hot. 41 ska vara 44."),
        ("Anmärkning, Compstat", "Dagen saknas."),
        ("Stämmer inte, Compstat", "Summa 2022. Källan anger 91."),
    ]


def test_per_100_000_only_with_that_years_population() -> None:
    table = tabell(rad("Hot", *CLEAR), rad("Rån", 0, 0, 0, 0, 0))
    with_it = data([table], folkmangd=[{"ar": 2022, "antal": 30195}])
    other_year = data([table], folkmangd=[{"ar": 2021, "antal": 30195}])
    assert row(with_it).tillagg == ("798 per 100\u2009000 invånare",)
    assert row(other_year).tillagg == ()
    label = "Per invånare"
    assert [m.etikett for m in rapport(other_year).statistik.metod].count(label) == 1
    assert label not in [m.etikett for m in rapport(with_it).statistik.metod]


@pytest.mark.parametrize(
    ("mal", "riktning", "text"),
    [
        ({"varde": 50, "ar": 2023}, "lagre_battre", "Mål: högst 50 2023"),
        ({"varde": 12.5}, "hogre_battre", "Mål: minst 12,5"),
        ({"varde": 12000}, "varken", "Mål: 12\u2009000"),
        ({"ord": "färre än i länet"}, "lagre_battre", "Mål: färre än i länet"),
        ({"varde": 50, "ord": "varaktigt", "ar": 2023}, "lagre_battre", "Mål: högst 50, varaktigt 2023"),
    ],
)
def test_an_aim_stands_below_the_row(mal: dict[str, Any], riktning: str, text: str) -> None:
    assert count(*NOTHING, malsattning=mal, riktning=riktning).tillagg == (text,)


def test_without_an_aim_there_is_none() -> None:
    found = data([], [indikator("Hot")])
    assert aim_text(found.indikatorer.indikatorer[0]) == ""


def test_invented_figures_are_called_that_on_the_table_and_on_every_page() -> None:
    found = rapport(data([tabell(rad("Hot", *CLEAR), exempel=True)]))
    assert found.exempel == "Exempel – siffror i statistiken är påhittade"
    assert "Siffrorna är påhittade exempel." in found.statistik.tabeller[0].ingress


def test_the_intro_says_whose_figures_they_are_how_sure_and_from_when() -> None:
    table = tabell(
        rad("Hot", *CLEAR), till=2021, omrade="Exempelköping", uttag="oktober 2021", preliminara=frozenset({2021})
    )
    text = rapport(data([table])).statistik.tabeller[0].ingress
    assert text.startswith(
        "Antal anmälda brott i Exempelköping. Siffrorna för 2021 är preliminära. Uttag: oktober 2021. Allt är från "
        "tiden före överenskommelsen: ett utgångsläge, ingen förändring under den."
    )


def test_four_rounds_of_a_survey_are_shown_at_most_so_that_the_verdict_has_room() -> None:
    view = table(data([enkat(rad("Hot", *range(10, 16)), rad("Hot", *range(20, 26), omrade="Länet"))]))
    assert view.ar == ("2019", "2020", "2021", "2022")


def test_six_years_are_shown_at_most() -> None:
    view = table(data([tabell(rad("Hot", *[90] * 9))]))
    assert view.ar == ("2017", "2018", "2019", "2020", "2021", "2022")
    assert len(view.grupper[0].rader[0].varden) == 6


# --- the CSV ---


def lines(view: Rapportvy) -> list[list[str]]:
    text = as_csv(view)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_the_csv_has_a_line_for_each_value_as_the_pages_show_it() -> None:
    table = tabell(rad("Hot; eller så", 10, None, 12, 11, 12345, grupp="Person"))
    found = lines(rapport(data([table])))
    assert found[0] == ["tabell", "grupp", "rad", "kolumn", "varde", "bedomning"]
    assert [r[3:5] for r in found[1:]] == [
        ["2018", "10"], ["2019", ".."], ["2020", "12"], ["2021", "11"], ["2022", "12 345"], ["Väntat 2022", "3–24"],
    ]  # fmt: skip
    assert found[1][1:3] == ["Person", "Hot; eller så"]


@pytest.mark.parametrize(
    "name", ["=1+1", "+46 8", "@SUM(A1)", "-1+1|cmd", '=HYPERLINK("x")', "＝1+1", "\u00a0=1+1", "\t=1", "－1"]
)
def test_a_name_like_a_formula_is_harmless(name: str) -> None:
    table = tabell(rad(name, 10, 11, 12, 11, 12, grupp=name), rubrik=name)
    for line in lines(rapport(data([table])))[1:]:
        for cell in line:
            assert not cell.startswith(("=", "+", "@", "＝", "＋", "＠", "－", "\t", " ")), cell
            assert not cell.startswith("-") or cell == "-"


@pytest.mark.parametrize("kvartal", [K1, K2, K3])
def test_the_same_data_give_the_same_words(kvartal: Kvartal) -> None:
    found = data([tabell(rad("Hot", *CLEAR), rad("Rån", *NOTHING), manad=3)], [indikator("Hot")])
    turned = replace(found, tabeller=tuple(reversed(found.tabeller)))
    assert rapport(found, kvartal) == rapport(turned, kvartal)


# --- a year with real change, made with the real tool from the project's own table and invented figures ---


def write_invented(project: Path, name: str, period: str, ninths: int, changed: dict[str, int]) -> None:
    """A table for 2022 whose earlier years are parts of the real ones; every page must say that it is invented."""
    real = (project / "data/compstat/2021-09.csv").read_text(encoding="utf-8-sig").splitlines()
    found = [line.split(";") for line in real if line.startswith(("Hushåll;", "Person;"))]
    lines = ["kalla;compstat", "omrade;Upplands-Bro", f"period;{period}", "preliminar;ja", "exempel;ja", ""]
    lines.append("grupp;brott;2018;2019;2020;2021;2022")
    sums: dict[str, list[int]] = {}
    for group, crime, *counts in found:
        earlier = [int(n) * ninths // 9 for n in counts[1:]]
        values = [*earlier, changed.get(crime, sum(earlier) // len(earlier))]
        if crime == "Summa":
            values = sums[group]
        sums[group] = [a + b for a, b in zip(sums.get(group, [0] * 5), values, strict=True)]
        lines.append(";".join([group, crime, *map(str, values)]))
    (project / "data/compstat" / name).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def changed(project: Path) -> Path:
    write_invented(project, "2022-03.csv", "jan–mar", 3, {"Stöld ur fordon": 12, "Hot": 60})
    write_invented(project, "2022-06.csv", "jan–jun", 6, {"Stöld ur fordon": 30, "Hot": 110, "Rån": 50})
    return project


@pytest.mark.tung
def test_the_real_report_says_what_has_changed_on_one_page_that_stands_alone(changed: Path) -> None:
    target = changed / "k2.pdf"
    done = run_tool("kvartal", "2022-K2", "--katalog", str(changed), "--ut", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    pages = [squeeze(" ".join(p.text for p in page_pieces(page))) for page in pikepdf.open(target).pages]
    for sentence in (
        "Av elva serier från överenskommelsens tid som går att bedöma har tre ändrats tydligt.",
        "Hot tydligt fler än vanligt, 110 jan–jun 2022",
        "Stöld ur fordon tydligt färre än vanligt, 30 jan–jun 2022",
        "; åt önskat håll; rån tydligt fler än vanligt, 50 jan–jun 2022",
        "preliminärt, kan ändras när året är slut.",
        "Ungdomar i riskzon",
    ):
        assert squeeze(sentence) in pages[0], sentence
    assert any(squeeze("Så går arbetet.") in page for page in pages[1:])
    for number, page in enumerate(pages, 1):
        assert squeeze("Exempel – svaren och en del av siffrorna är påhittade") in page, number


@pytest.mark.parametrize(("quarter", "clear"), [("2022-K1", "två"), ("2022-K2", "tre")])
def test_the_state_in_the_terminal_and_as_data_says_the_same(changed: Path, quarter: str, clear: str) -> None:
    done = run_tool("status", quarter, "--katalog", str(changed), "--format", "json")
    view = json.loads(done.stdout)
    assert view["forsta_sidan"]["problemet"].endswith(f"har {clear} ändrats tydligt.")
    text = run_tool("status", quarter, "--katalog", str(changed), "--underlag").stdout
    assert "[Exempel – svaren och en del av siffrorna är påhittade]" in text
    for area in view["forsta_sidan"]["lage"]:
        assert " ".join(f"{area['rubrik']}: {area['problemet']}".split()) in " ".join(text.split())
    assert "preliminärt, kan ändras när året är slut" in view["forsta_sidan"]["lage"][1]["problemet"]
