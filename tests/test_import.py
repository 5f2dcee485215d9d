"""Tables as people have them are understood as what they say, in every layout, and checked against themselves."""

from __future__ import annotations

from typing import Any

import pytest

import kalkylbygge as bygge
from importbygge import PERIOD, faults, lines, plan, printed, section_7, values
from uppfoljning.cli.commands.importera import table_lines

RAN_HOT = {"Rån": [1, 3], "Hot": [2, 4]}


# --- layouts ---


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(["Brott | 2020 | 2021", "Rån | 1 | 3", "Hot | 2 | 4"], RAN_HOT, id="wide"),
        pytest.param(["| 2020 | 2021", "Rån | 1 | 3", "Hot | 2 | 4"], RAN_HOT, id="no heading over the names"),
        pytest.param(["Brott | år 2020 | 2021 prel.", "Rån | 1 | 3", "Hot | 2 | 4"], RAN_HOT, id="år and prel."),
        pytest.param(["Brott | 2021 | 2020", "Rån | 3 | 1", "Hot | 4 | 2"], RAN_HOT, id="latest year first"),
        pytest.param(["Brott | Antal 2020 | Antal 2021", "Rån | 1 | 3", "Hot | 2 | 4"], RAN_HOT, id="Antal 2020"),
        pytest.param(
            ["Brott | jan–sep 2020 | jan–sep 2021", "Rån | 1 | 3", "Hot | 2 | 4"], RAN_HOT, id="period in each column"
        ),
        pytest.param(["År | Rån | Hot", "2020 | 1 | 2", "2021 | 3 | 4"], RAN_HOT, id="years down"),
        pytest.param(["| Rån | Hot", "2020 | 1 | 2", "2021 | 3 | 4"], RAN_HOT, id="years down without a heading"),
        pytest.param(
            ["År | Brott | Antal", "2020 | Rån | 1", "2021 | Rån | 3", "2020 | Hot | 2", "2021 | Hot | 4"],
            RAN_HOT,
            id="one value a row",
        ),
        pytest.param(
            ["Brott | År | Antal | Per 100 000 inv", "Rån | 2020 | 1 | 3,2", "Rån | 2021 | 3 | 6,5"],
            {"Rån": [1, 3]},
            id="one value a row with a rate",
        ),
        pytest.param(
            ["| 2020 | | 2021 |", "| Antal | Per 100 000 inv. | Antal | Per 100 000 inv.", "Rån | 1 | 3,2 | 3 | 6,5"],
            {"Rån": [1, 3]},
            id="two measures under each year",
        ),
        pytest.param(
            ["Grupp | Brott | 2020 | 2021", "A | Rån | 1 | 3", " | Hot | 2 | 4", "B | Mord | 0 | 1"],
            {"A / Rån": [1, 3], "A / Hot": [2, 4], "B / Mord": [0, 1]},
            id="blank cells below a group",
        ),
        pytest.param(
            ["Brott | 2020 | 2021", "A", "Rån | 1 | 3", "Summa | 1 | 3", "B", "Hot | 2 | 4"],
            {"A / Rån": [1, 3], "A / Summa": [1, 3], "B / Hot": [2, 4]},
            id="group headings inside",
        ),
        pytest.param(
            ["A", "", "Brott | 2020 | 2021", "Rån | 1 | 3", "", "B", "", "Brott | 2020 | 2021", "Hot | 2 | 4"],
            {"A / Rån": [1, 3], "B / Hot": [2, 4]},
            id="a table for each group",
        ),
        pytest.param(
            ["| A | | B |", "År | Rån | Summa | Hot | Summa", "2020 | 1 | 1 | 2 | 2", "2021 | 3 | 3 | 4 | 4"],
            {"A / Rån": [1, 3], "A / Summa": [1, 3], "B / Hot": [2, 4], "B / Summa": [2, 4]},
            id="years down, groups over the columns",
        ),
        pytest.param(
            ["Anmälda brott i urval 2021", "Brott | 2020 | 2021", "Rån | 1 | 3", "", "Källa: Polisen.", "* prel."],
            {"Rån": [1, 3]},
            id="title above and notes below",
        ),
        pytest.param(["Brott | 2021", "Rån | 1"], {"Rån": [1]}, id="a single year"),
        pytest.param(["År | Rån | Hot", "2021 | 1 | 2"], {"Rån": [1], "Hot": [2]}, id="a single year, down"),
        pytest.param(
            ["Kommun | År | Brott | Antal", "Upplands-Bro | 2021 | Rån | 1", "Håbo | 2021 | Rån | 3"],
            {"Rån": [1], "Rån, Håbo": [3]},
            id="municipalities, one value a row",
        ),
    ],
)
def test_a_table_of_any_layout_is_understood_as_what_it_says(rows: list[str], wanted: dict[str, list[float]]) -> None:
    found = plan(lines(PERIOD, *rows))
    assert values(found) == wanted
    assert found.tabell is not None and str(found.tabell.period) == "jan–sep"
    assert found.fil == "compstat/2021-09.csv"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            ["Fråga | Kön | Årskurs | 2018 | 2020", "Rökt | Pojkar | åk 9 | 12 | 10", "Rökt | Flickor | åk 9 | 8 | 9"],
            {"Rökt, pojkar, åk 9": [12, 10], "Rökt, flickor, åk 9": [8, 9]},
        ),
        (
            ["Fråga | Pojkar 2018 | Flickor 2018 | Pojkar 2020 | Flickor 2020", "Rökt | 12 | 8 | 10 | 9"],
            {"Rökt, pojkar": [12, 10], "Rökt, flickor": [8, 9]},
        ),
        (
            ["| Pojkar | | Flickor |", "Fråga | 2018 | 2020 | 2018 | 2020", "Rökt | 12 | 10 | 8 | 9"],
            {"Rökt, pojkar": [12, 10], "Rökt, flickor": [8, 9]},
        ),
        (["Fråga | Upplands-Bro 2020 | Länet 2020", "Rökt | 12 | 10"], {"Rökt": [12], "Rökt, Länet": [10]}),
        (["Fråga | Kommunen 2020 | Länet 2020", "Rökt | 12 | 10"], {"Rökt": [12], "Rökt, Länet": [10]}),
        (
            ["Fråga | 2018 | 2020", "Rökt | 12,5 % | 33,3333333333333333", "Totalt | 12 | 20", "n= | .. | 326"],
            {"Rökt": [12.5, 33.33333333], "Totalt": [12, 20], "Antal svarande": [None, 326]},
        ),
        (["Fråga | 2017 | 2018 | 2020", "Rökt | .. | 12 | 10"], {"Rökt": [12, 10]}),
    ],
)
def test_a_survey_is_understood_with_its_sexes_grades_and_areas(rows: list[str], wanted: dict[str, Any]) -> None:
    found = plan(lines(*rows), "enkat")
    assert values(found) == wanted
    assert found.fil == "enkater/stockholmsenkaten-2020.csv"


@pytest.mark.parametrize(
    ("rows", "namn", "wanted"),
    [
        (["Kommun | 2020 | 2021", "Upplands-Bro | 1 | 3", "Håbo | 2 | 4", "Totalt | 3 | 7"], "Rån", [1, 3]),
        (["Cykelstöld", "Kommun | 2020 | 2021", "Upplands-Bro | 1 | 3", "Håbo | 2 | 4"], "", [1, 3]),
        (["År | Upplands-Bro | Håbo", "2020 | 1 | 2", "2021 | 3 | 4"], "Rån", [1, 3]),
        (["| 2020 | 2021", "Upplands-Bro kommun | 1 | 3", "Håbo kommun | 2 | 4"], "Rån", [1, 3]),
    ],
)
def test_rows_that_are_areas_are_series_of_what_is_named(rows: list[str], namn: str, wanted: list[float]) -> None:
    found = plan(lines(PERIOD, *rows), namn=namn)
    name = namn or "Cykelstöld"
    told = values(found)
    assert told.pop(name) == wanted
    assert list(told) in ([f"{name}, Håbo"], [f"{name}, Håbo kommun"])
    assert any(line.startswith("1 annat område följer med som jämförelse: Håbo") for line in found.understood)


@pytest.mark.parametrize(
    "rows",
    [
        ["Kommun | 2020 | 2021", "Upplands-Bro | 1 | 3"],
        ["År | Upplands-Bro | Håbo", "2020 | 1 | 2", "2021 | 3 | 4"],
    ],
)
def test_rows_that_are_areas_need_a_name(rows: list[str]) -> None:
    found = plan(lines(PERIOD, *rows))
    assert faults(found) == [("2:1", "namn-saknas")]
    assert "--namn Cykelstöld" in printed(found)


def test_areas_without_our_own_are_only_comparisons() -> None:
    found = plan(lines(PERIOD, "Kommun | 2020 | 2021", "Håbo | 1 | 2", "Sigtuna | 3 | 4"), namn="Rån")
    assert "Ingen rad gäller Upplands-Bro kommun; raderna blir bara jämförelser." in found.understood
    assert values(found) == {"Rån, Håbo": [1, 2], "Rån, Sigtuna": [3, 4]}


# --- cells ---


@pytest.mark.parametrize("mark", [".", "..", "…", "–", "-", "−", "‑", "—", "", "uppgift saknas"])
def test_an_empty_mark_is_no_value(mark: str) -> None:
    assert values(plan(f"{PERIOD}\nBrott\t2020\t2021\nRån\t{mark}\t0\nHot\t1\t2\n")) == {
        "Rån": [None, 0],
        "Hot": [1, 2],
    }


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f", "\u2007", ""])
def test_thousands_are_set_apart_by_any_space(space: str) -> None:
    text = f"{PERIOD}\nBrott\t2020\t2021\nRån\t1{space}416{space}280\t12{space}000\n"
    assert values(plan(text)) == {"Rån": [1416280, 12000]}


@pytest.mark.parametrize("mark", ["¹", "*", " 1)", "[a]", "²)", "**"])
def test_a_footnotes_mark_is_taken_away_and_told(mark: str) -> None:
    found = plan(f"{PERIOD}\nBrott\t2020\t2021\nRån{mark}\t1\t43{mark}\n")
    assert values(found) == {"Rån": [1, 43]}
    assert "2 fotnotstecken togs bort." in found.understood


@pytest.mark.parametrize("minus", ["-", "−", "‑", "–"])
def test_a_difference_is_worked_out_again_whatever_its_minus(minus: str) -> None:
    found = plan(f"{PERIOD}\nBrott\t2020\t2021\tUtv 20-21\tUtv 20-21\nRån\t72\t50\t{minus}22\t{minus}30,6%\n")
    assert "Omräknat: 1 differens och 1 procenttal; allt stämmer." in found.understood


def test_of_two_columns_of_one_name_that_are_whole_numbers_the_figures_tell_which_is_per_cent() -> None:
    rows = ["Brott | 2020 | 2021 | Utv 20-21 | Utv 20-21", "Rån | 2 | 3 | 1 | 50", "Hot | 4 | 2 | −2 | −50"]
    assert "Omräknat: 2 differenser och 2 procenttal; allt stämmer." in plan(lines(PERIOD, *rows)).understood


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Rån | 0 | 3 | 100,0%", "Källan anger 100,0%, men 2020 är noll, och då finns ingen procentsats."),
        ("Rån | 3 | 4 | 33,4%", "Källan anger 33,4%, men det blir 33,3 procent."),
        ("Rån | 8 | 7 | -12,4%", "Källan anger -12,4%, men det blir −12,5 procent."),
        ("Rån | 0 | 0 | 0,0%", ""),
        ("Rån | 8 | 7 | -12,5%", ""),
        ("Rån | 8 | 7 | ..", ""),
        ("Rån | .. | 7 | 10%", ""),
    ],
)
def test_a_percentage_is_right_to_its_last_digit_or_named(row: str, told: str) -> None:
    found = plan(lines(PERIOD, "Brott | 2020 | 2021 | Utv 20-21", row))
    assert faults(found) == ([("3:9", "stammer-inte")] if told else [])
    assert told in printed(found)


# --- sums ---


GROUPS = ["Brott | 2020 | 2021", "A", "Rån | 1 | 3", "Mord | 1 | 0", "B", "Hot | 2 | 4"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([*GROUPS, "Totalt | 4 | 7"], ""),
        ([*GROUPS, "Totalt | 4 | 8"], "Summa 2021: Källan anger 8, men raderna blir 7."),
        ([*GROUPS, "Summa | 2 | 4", "Totalt | 4 | 7"], ""),
        ([*GROUPS, "Summa | 2 | 4", "Totalt | 5 | 7"], "Summa 2020: Källan anger 5, men raderna blir 4."),
        ([*GROUPS[:4], "Summa | 2 | 3", *GROUPS[4:], "Summa | 2 | 4", "Totalt | 4 | 7"], ""),
        (
            [*GROUPS[:4], "Summa | 2 | 3", *GROUPS[4:], "Summa | 2 | 5"],
            "Summa B 2021: Källan anger 5, men raderna blir 4.",
        ),
        (["Brott | 2020 | 2021", "Rån | 1 | 3", "Hot | 2 | 4", "Summa | 3 | 7"], ""),
        (["Brott | 2020 | 2021", "Rån | 1 | ..", "Hot | 2 | 4", "Summa | 3 | 7"], ""),
    ],
)
def test_a_sum_is_that_of_its_group_and_a_total_without_a_group_that_of_all(rows: list[str], wrong: str) -> None:
    found = plan(lines(PERIOD, *rows))
    assert [p.meddelande for p in found.problem] == ([wrong] if wrong else [])


def test_a_total_of_all_groups_in_a_column_of_groups_is_no_part_of_the_last() -> None:
    rows = ["Grupp | Brott | 2020 | 2021", "A | Rån | 1 | 3", " | Summa | 1 | 3", "B | Hot | 2 | 4", " | Summa | 2 | 4"]
    found = plan(lines(PERIOD, *rows, " | Totalt | 3 | 7"))
    assert list(values(found)) == ["A / Rån", "A / Summa", "B / Hot", "B / Summa", "Summa"]
    told = "2 rader utan grupp fick gruppen från raden ovanför, som i sammanslagna celler."
    assert told in found.understood
    assert "Omräknat: 6 summor; allt stämmer." in found.understood


def test_a_wrong_sum_is_recorded_when_that_is_asked_for() -> None:
    found = plan(lines(PERIOD, "Brott | 2021", "Rån | 1", "Hot | 2", "Summa | 5"), trots_avvikelser=True)
    assert [(p.niva, p.atgard) for p in found.problem] == [
        ("varning", "Avvikelsen skrivs upp i filen och syns i rapporten.")
    ]
    assert "\navvikelse;Summa 2021;Källan anger 5, men raderna blir 3.\n" in found.content


# --- what it says of itself ---


def test_section_7_is_understood_line_by_line() -> None:
    found = plan(section_7())
    assert found.understood == (
        "Källa: compstat. Område: Upplands-Bro.",
        "Period: januari–september, åren 2017–2021.",
        "Preliminärt: 2021.",
        "Uttag: oktober 2021.",
        "15 rader och 2 summor.",
        "2 rader text utan siffror hoppades över.",
        "Omräknat: 10 summor, 17 differenser och 16 procenttal; allt stämmer.",
    )
    assert found.problem == ()
    told = values(found)
    assert len(told) == 17
    assert told["Hushåll / Stöld ur fordon"] == [133, 141, 101, 153, 241]
    assert told["Person / Summa"] == [233, 302, 226, 294, 260]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "html"])
def test_the_same_table_from_any_kind_of_file_has_the_same_values(kind: str) -> None:
    rows: list[list[Any]] = [
        ["Period: 1 jan – 30 sep"],
        ["Grupp", "Brott", 2020, "2021 prel."],
        ["Person", "Rån", 1416, 3],
        [None, "Hot", "..", 4],
    ]
    text = [["" if c is None else str(c) for c in row] for row in rows]
    content: bytes = {
        "xlsx": lambda: bygge.xlsx({"Blad1": rows}),
        "ods": lambda: bygge.ods({"Blad1": rows}),
        "csv": lambda: "\r\n".join(";".join(row) for row in text).encode("cp1252"),
        "html": lambda: (
            "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in text) + "</table>"
        ).encode(),
    }[kind]()
    found = plan(content)
    assert values(found) == {"Person / Rån": [1416, 3], "Person / Hot": [None, 4]}
    assert "\ngrupp;brott;2020;2021 prel.\nPerson;Rån;1416;3\nPerson;Hot;..;4\n" in found.content


def test_a_page_of_the_bra_database_is_read_with_areas_as_comparisons() -> None:
    def row(*cells: str) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    page = (
        "<!DOCTYPE HTML><html><head><title>Sol, online statistik, Resultat</title></head><body>"
        "<table><tr><td>Anmälda brott</td></tr></table><table>"
        '<tr><td rowspan="3"></td><th colspan="2">År</th></tr>'
        "<tr><th>2015</th><th>2016 prel.</th></tr><tr><th>Antal</th><th>Antal</th></tr>"
        f"{row('Hela landet', '', '')}{row('Totalt antal brott', '1&nbsp;503&nbsp;399', '1&nbsp;502&nbsp;023')}"
        f"{row('Region Nord', '', '')}{row('Totalt antal brott', '97&nbsp;297', '..')}</table></body></html>"
    )
    found = plan(page)
    assert values(found) == {
        "Totalt antal brott, Hela landet": [1503399, 1502023],
        "Totalt antal brott, Region Nord": [97297, None],
    }
    assert found.fil == "compstat/bra-2016-12.csv"
    assert "Ingen rad gäller Upplands-Bro kommun; raderna blir bara jämförelser." in found.understood


@pytest.mark.parametrize("rows", [["Rån | 1995 | 2003"], ["", "Våld", "Rån | 1995 | 1970"], ["Hot | - | 2010", "| | "]])
def test_figures_that_look_like_years_begin_no_new_table(rows: list[str]) -> None:
    found = plan(lines(PERIOD, "Brott | 2020 | 2021", "Stöld | 5 | 6", *rows))
    assert len(values(found)) == 2
    assert found.tabell is not None and found.tabell.ar == (2020, 2021)


def test_a_merged_group_cell_of_a_workbook_counts_for_the_rows_below() -> None:
    rows: list[list[Any]] = [[PERIOD], ["Grupp", "Brott", 2021], ["A", "Rån", 1], [None, "Hot", 2], ["B", "Mord", 3]]
    content = bygge.xlsx({"Blad1": rows}, lambda book: book["Blad1"].merge_cells("A3:A4"))
    assert list(values(plan(content))) == ["A / Rån", "A / Hot", "B / Mord"]


def test_what_is_left_out_or_assumed_is_said() -> None:
    rows = [
        "Brott | Ort | 2019 | 2020 | 2021 | 2022 | | Kommentar",
        "Rån | Bro | | 1 | 2 | | 7 | ja",
        "Hot | | .. | .. | 3",
    ]
    assert plan(lines(PERIOD, *rows)).understood == (
        "Källa: compstat. Område: Upplands-Bro (tabellen säger inget om det).",
        "Period: januari–september, åren 2020–2021.",
        "Preliminärt: 2021.",
        "Uttag: framgår inte. Dagen kan anges med --uttag.",
        "2 rader.",
        "1 annat område följer med som jämförelse: Bro.",
        "Åren 2019 och 2022 har inga siffror och tas inte med.",
        "1 cell utan värde.",
        "Kolumner som inte läses: en utan rubrik, Kommentar.",
        "Tabellen har inga summor eller skillnader att räkna om.",
    )


@pytest.mark.parametrize(
    ("caption", "uttag"),
    [
        ("Källa: Compstat, 12 oktober 2021", "2021-10-12"),
        ("Uttag 2021-10-12", "2021-10-12"),
        ("Bild: Compstat oktober 2021.", "oktober 2021"),
        ("Tabell 1: januari–september 2021", ""),
        ("Tabell 1: läget i augusti 2021", ""),
    ],
)
def test_a_caption_tells_the_day_of_extraction_unless_the_period_had_not_ended(caption: str, uttag: str) -> None:
    found = plan(lines(PERIOD, "Brott | 2020 | 2021", "Rån | 1 | 2", "", caption))
    assert (f"\nuttag;{uttag}\n" in found.content) == bool(uttag)
    assert ("\nuttag;" in found.content) == bool(uttag)


@pytest.mark.parametrize(
    ("text", "kalla"),
    [
        ("Källa: Brå", "bra"),
        ("statistik.bra.se", "bra"),
        ("Brå har egna siffror, som vi pratade om i går.", "compstat"),
        ("Källa: Compstat, inte Brå", "compstat"),
    ],
)
def test_the_source_is_bra_only_where_the_table_says_so(text: str, kalla: str) -> None:
    found = plan(lines(PERIOD, "Brott | 2020 | 2021", "Rån | 1 | 2", "", text))
    assert found.tabell is not None and found.tabell.kalla == kalla


# --- as shown in the terminal ---


def test_a_wide_table_shows_its_last_years_within_a_hundred_characters() -> None:
    years = range(1990, 2022)
    text = f"{PERIOD}\nBrott\t" + "\t".join(map(str, years)) + "\n" + "Ett mycket långt namn på ett brott " * 3
    found = plan(text + "\t1 416 280" * len(years) + "\n")
    assert found.tabell is not None
    shown = table_lines(found.tabell)
    assert max(map(len, shown)) <= 100
    assert shown[1].endswith("     2020     2021")
    assert shown[-2] == "    Även åren 1990–2015 är lästa."


def test_a_long_table_shows_its_first_rows() -> None:
    found = plan(lines(PERIOD, "Brott | 2021", *(f"Brott {n} | {n}" for n in range(100))))
    assert found.tabell is not None
    assert table_lines(found.tabell)[-2] == "    … och 40 rader till"
