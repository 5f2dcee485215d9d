"""Tables in any format people have: ordinary files give exact cells and places, all others an exact Swedish refusal."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kalkylbygge as bygge
from uppfoljning.formats import open as oppna
from uppfoljning.formats import safe_archive as zipvakt
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.open import read_table
from uppfoljning.formats.refusals import number_text
from uppfoljning.formats.xlsx import percent_decimals
from uppfoljning.text.problem import Problem, format_text

PASTE = "Kopiera tabellen i programmet och klistra in den: skriv - i stället för filens namn."
RESAVE = "Öppna filen i Excel eller LibreOffice och spara den som .xlsx, .ods eller CSV."
HARMFUL = "Läs inte in den. Be avsändaren om tabellen på nytt, eller kopiera den och klistra in den med -."
UNPACK = "Packa upp den och ange tabellen i den."
VALUES = (
    "Kopiera tabellen, välj Klistra in special, Värden i en ny arbetsbok och spara den, "
    "eller klistra in tabellen som text: skriv - i stället för filens namn."
)
BROKEN = (
    "trasig-fil",
    "Filen är skadad och går inte att läsa, kanske för att den inte laddades ned helt.",
    "Hämta eller spara den på nytt, eller kopiera tabellen och klistra in den: skriv - i stället för filens namn.",
)
BOMB = ("zip-bomb", "Filen blir orimligt stor när den packas upp (högst 20 MB läses).", HARMFUL)
EMPTY = ("tom-fil", "Det finns inget att läsa.", "Kontrollera att rätt fil är vald.")
NO_TEXT = ("fel-filtyp", "Det här är varken text eller ett kalkylblad.", f"Kontrollera filen. {PASTE}")
TOO_LARGE = (
    "for-stor-tabell",
    "Tabellen är för stor: högst 20000 rader, 200 kolumner och 400000 celler läses.",
    "Ta bort det som inte hör till tabellen, eller dela upp den i flera filer.",
)


def grid(content: bytes | str, blad: str | None = None) -> Rutnat:
    found = read_table(content.encode() if isinstance(content, str) else content, "f", blad)
    assert isinstance(found, Rutnat), found
    return found


def texts(content: bytes | str, blad: str | None = None) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(content, blad).tabell]


def places(content: bytes | str) -> list[list[tuple[str, int, int, int]]]:
    """Every cell with its line, column and length."""
    return [[(c.text, c.plats.rad, c.plats.kolumn, c.langd) for c in row] for row in grid(content).tabell]


def refusal(content: bytes | str, blad: str | None = None) -> tuple[str, str, str]:
    """Code, message and advice of the one refusal."""
    found = read_table(content.encode() if isinstance(content, str) else content, "f", blad)
    assert isinstance(found, tuple), found
    (problem,) = found
    assert problem.plats.fil == "f"
    assert problem.niva == "fel"
    return problem.kod, problem.meddelande, problem.atgard


def place(content: bytes, blad: str | None = None) -> str:
    found = read_table(content, "f", blad)
    assert isinstance(found, tuple)
    return str(found[0].plats)


# --- text ---


def test_a_paste_of_prose_headings_and_tables_keeps_every_line_and_place() -> None:
    text = "Rubrik\n\nBrott\t2020\t2021\nStöld \t43\t\n<i>Period: 1 jan – 30 sep</i>\nRån\t\t7\n\n"
    assert places(text) == [
        [("Rubrik", 1, 1, 6)],
        [],
        [("Brott", 3, 1, 5), ("2020", 3, 7, 4), ("2021", 3, 12, 4)],
        [("Stöld", 4, 1, 5), ("43", 4, 8, 2)],
        [("Period: 1 jan – 30 sep", 5, 4, 22)],
        [("Rån", 6, 1, 3), ("", 6, 5, 1), ("7", 6, 6, 1)],
    ]
    assert grid(text).rader[3] == "Stöld \t43\t"


def test_a_markdown_table_loses_its_rule_and_keeps_its_places() -> None:
    assert places("| Brott | 2021 |\n|:---|---:|\n| Stöld | 43 |\n| Rån | |\n") == [
        [("Brott", 1, 3, 5), ("2021", 1, 11, 4)],
        [("Stöld", 3, 3, 5), ("43", 3, 11, 2)],
        [("Rån", 4, 3, 3)],
    ]


def test_columns_of_spaces_need_three_cells_and_a_heading_of_years_starts_in_the_second() -> None:
    assert texts("Text i  löpande rad\n           2020   2021\nStöld  43   45\nRån av person  1 416  45,5\n") == [
        ["Text i löpande rad"],
        ["", "2020", "2021"],
        ["Stöld", "43", "45"],
        ["Rån av person", "1 416", "45,5"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Antalet ökade, men inte mycket.\nDet berodde, tror vi, på annat.",
        "Andel 43,5 17,2\nRån 42,5 16,2",
        "43,5\n17,2",
        "Stöld 43,5\nRån 17,2",
        "Först det ena; sedan det andra.",
        "Det här är första meningen.  Det här är andra meningen.  Och en tredje.",
    ],
)
def test_prose_and_decimal_commas_are_not_split(text: str) -> None:
    assert texts(text) == [[" ".join(line.split())] for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Brott;2020;2021\nStöld;43,5;45\n", [["Brott", "2020", "2021"], ["Stöld", "43,5", "45"]]),
        ("Brott,2020,2021\nStöld,43,45\n", [["Brott", "2020", "2021"], ["Stöld", "43", "45"]]),
        ('Brott,2021\n"Rån, väpnat",7\n', [["Brott", "2021"], ["Rån, väpnat", "7"]]),
        ('"Rån\nmed vapen"\t2021\n"Stöld ""x"""\t43\n', [["Rån med vapen", "2021"], ['Stöld "x"', "43"]]),
        ("sep=;\nBrott;2021\nRån;7\n", [[], ["Brott", "2021"], ["Rån", "7"]]),
        (
            "Tabell 3\n\nBrott;2021\nRån;7\nKälla: A; B\n",
            [["Tabell 3"], [], ["Brott", "2021"], ["Rån", "7"], ["Källa: A; B"]],
        ),
        ("Brott,2021,2022\nRån,7,8\n\nSlut.\n", [["Brott", "2021", "2022"], ["Rån", "7", "8"], [], ["Slut."]]),
        ("a\u00adb &amp; c\t<b>1</b>&nbsp;416<br>\n", [["ab & c", "1 416"]]),
        ("Unga <18 år & AT&T\t5", [["Unga <18 år & AT&T", "5"]]),
        ('"Utv 20-21"\tx\nförsök "skarpt"\t5', [["Utv 20-21", "x"], ['försök "skarpt"', "5"]]),
    ],
)  # fmt: skip
def test_each_kind_of_text_gives_its_cells(text: str, rows: list[list[str]]) -> None:
    assert texts(text) == rows


def test_a_semicolon_in_quotes_keeps_its_line_in_a_mixed_paste() -> None:
    assert places('Rubrik\n"Rån; väpnat";2;7\n')[1] == [("Rån; väpnat", 2, 1, 11), ("2", 2, 15, 1), ("7", 2, 17, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    found = grid("Rån;å\nx;1".encode(encoding))
    assert found.tabell[0][0][:2] == ("Rån", ("f", 1, 1, ""))
    assert found.noteringar == ()


@pytest.mark.parametrize("before", ["", "Rubrik\n"])
def test_what_made_the_quotes_uncertain_follows_the_rows(before: str) -> None:
    (fault,) = grid(f'{before}Brott;2020;2021\n"Rån;7;8\n').lasfel
    assert (fault.kod, fault.plats.rad, fault.plats.kolumn) == ("oppet-citattecken", 2 + bool(before), 1)


def test_windows_1252_is_read_and_said() -> None:
    content = "Rån – väpnat\t7".encode("cp1252")
    assert texts(content) == [["Rån – väpnat", "7"]]
    assert grid(content).noteringar == (
        "Filen är inte sparad som UTF-8 och lästes som Windows-1252. Kontrollera att å, ä och ö blev rätt.",
    )


def test_a_stray_control_character_becomes_a_space_and_is_said() -> None:
    text = "Rån\x01väpnat\t7\n" + "Stöld\t43\n" * 10
    assert texts(text)[0] == ["Rån väpnat", "7"]
    assert grid(text).noteringar == ("Osynliga styrtecken i texten togs bort.",)


def test_a_sheet_asked_for_in_a_text_is_answered() -> None:
    assert grid("a\tb", "Blad1").noteringar == ("--blad gäller bara kalkylblad och användes inte.",)


@pytest.mark.tung
@pytest.mark.parametrize("text", ["x\n" * 20_001, "\t".join("x" * 201), ("\t" * 199 + "x\n") * 2001])
def test_a_text_with_too_many_rows_or_columns_is_refused(text: str) -> None:
    assert refusal(text) == TOO_LARGE


# --- HTML ---


def test_a_page_gives_title_headings_and_tables_with_places() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Brott &amp; brott</title><style>p{}</style></head>\n"
        "<body><h1>Anmälda\nbrott</h1><!-- <td>bort</td> --><script>if (a<b) x()</script>\n"
        "<table><caption>Tabell 1</caption>\n<tr><th>Brott<th>2021</tr>\n"
        "  <tr><td>Rån<td>1&nbsp;416</table>Källa: <b>x</b>.<p>Slut"
    )
    assert places(page) == [
        [("Brott & brott", 1, 35, 13)],
        [("Anmälda brott", 2, 11, 7)],
        [],
        [("Tabell 1", 4, 17, 8)],
        [("Brott", 5, 5, 4), ("2021", 5, 14, 4)],
        [("Rån", 6, 7, 4), ("1 416", 6, 14, 4)],
        [],
        [("Källa: x.", 6, 36, 6)],
        [("Slut", 6, 55, 4)],
    ]


def test_spans_become_a_cell_and_empty_ones() -> None:
    page = (
        "<table><tr><th rowspan=2>A<th colspan='2'>B<th>C<tr><th>D<th>E<th>F"
        "<tr><td rowspan=0 colspan=0>G<td>H<td>I<td>J<tr><td>K<td>L</table>"
    )
    assert texts(page) == [["A", "B", "", "C"], ["", "D", "E", "F"], ["G", "H", "I", "J"], ["", "K", "L"]]


def test_an_absurd_span_is_cut_and_costs_nothing() -> None:
    page = "<table><tr><td colspan=1000000>A<tr><td>B<td rowspan=99999999999999999999>C</table>"
    assert texts(page) == [["A"], ["B", "C"]]


def test_a_piece_of_a_table_without_its_beginning_is_a_table() -> None:
    assert texts("<tr><td>Rån<td>7</tr><tr><td>Stöld</td></tr>") == [["Rån", "7"], ["Stöld"]]


def test_a_table_within_a_table_comes_in_reading_order() -> None:
    page = "<table><tr><td>x<table><tr><td>1<td>2</table>y<td>z</table>"
    assert texts(page) == [["x"], [], ["1", "2"], [], ["y"], ["z"]]


def test_lines_before_the_markup_keep_their_lines() -> None:
    assert texts("# ett\n# två\n<table><tr><td>1</table>") == [["# ett"], ["# två"], [], ["1"]]


def test_footnote_marks_and_hidden_cells_are_taken_out_and_said() -> None:
    page = (
        "<table><tr><td>Rån<sup>1)</sup><td hidden>9<td style='display: none'>8<td>5<sup>a</sup>"
        "<td>m<sup>2</sup><td>10<sup>-3 upphöjt</sup><tr hidden><td>7</table>"
    )
    assert texts(page) == [["Rån", "5", "m2", "10-3 upphöjt"]]
    assert grid(page).noteringar == (
        "3 dolda celler på sidan lästes inte.",
        "Upphöjda notmärken togs bort: 1), a.",
    )


def test_a_page_in_windows_1252_is_read() -> None:
    found = grid("<html><meta charset=iso-8859-1><td>Rån".encode("cp1252"))
    assert found.tabell[0][0].text == "Rån"
    assert found.noteringar == (oppna.READ_AS_1252,)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table>" * 300 + "x", ("djup-html", "Sidans HTML är nästlad orimligt djupt och läses inte.", PASTE)),
        ("<html>" + "<a b='" * 100, ("trasig-html", "Sidans HTML är trasig: många taggar saknar sitt slut.", PASTE)),
        ("<table>" + "<tr><td>x" * 20_010, TOO_LARGE),
        ("<table><tr>" + "<td>x" * 201, TOO_LARGE),
        ("<html><body><script>x()</script></body></html>", EMPTY),
    ],
)
def test_a_hostile_or_empty_page_is_refused(page: str, expected: tuple[str, str, str]) -> None:
    assert refusal(page) == expected


# --- workbooks ---


def _styled(workbook: Any) -> None:
    sheet = workbook["Blad1"]
    sheet["B2"].number_format = "0.0%"
    sheet["C2"].number_format = "0%"
    sheet.merge_cells("A4:C4")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True


ORDINARY = bygge.xlsx(
    {
        "Blad1": [
            ["Brott", 2020, 43.0],
            ["Rån\nmed vapen", 0.172, 0.5],
            [0.1 + 0.2, date(2021, 9, 30), datetime(2021, 1, 2, 3, 4)],
            ["Sammanfogad"],
            [],
            [True, time(3, 4), -1e-7, None, "1\u00a0416"],
        ],
        "Tomt": [],
    },
    _styled,
)


def test_an_xlsx_gives_exact_cells_and_places() -> None:
    found = grid(ORDINARY)
    assert [[c.text for c in row] for row in found.tabell] == [
        ["Brott", "2020", "43"],
        ["Rån med vapen", "17,2%", "50%"],
        ["0,3", "2021-09-30", "2021-01-02 03:04"],
        ["Sammanfogad"],
        [],
        ["SANT", "03:04", "-0,0000001", "", "1 416"],
    ]
    assert str(found.tabell[1][2].plats) == "f, Blad1!C2"
    assert found.tabell[0][0].langd == 5
    assert found.rader == ()
    assert found.noteringar == ('Bladet "Blad1" har 1 dold rad och 1 dold kolumn, som lästes som resten.',)


def test_an_xlsx_by_another_program_gives_the_same() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Brott", 2021])
        sheet.write(1, 0, "Rån")
        sheet.write_number(1, 1, 0.0725, workbook.add_format({"num_format": "0.00%"}))
        sheet.merge_range("A3:B3", "Slut")

    assert texts(bygge.xlsx_by_writer(fill)) == [["Brott", "2021"], ["Rån", "7,25%"], ["Slut"]]


def test_cells_without_references_are_counted() -> None:
    rows = "<row><c><v>1</v></c><c><v>2.50</v></c></row><row><c t='inlineStr'><is><t>hej</t></is></c></row>"
    assert texts(bygge.xlsx_by_hand(rows)) == [["1", "2,5"], ["hej"]]


def test_an_ods_gives_exact_cells_and_places() -> None:
    found = grid(bygge.ods({"Blad 1": [["Brott", 2020, None], ["Rån", 43.5, "x"]], "Dolt": [["y"]]}, hidden=["Dolt"]))
    assert [[c.text for c in row] for row in found.tabell] == [["Brott", "2020"], ["Rån", "43,5", "x"]]
    assert str(found.tabell[1][1].plats) == "f, Blad 1!B2"
    assert found.noteringar == ('Dolda blad lästes inte: "Dolt".',)


ODS_ROWS = """<table:table table:name="T"><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell office:value-type="percentage" office:value="0.172"><text:p>17,20%</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3">
<office:annotation><text:p>kommentar</text:p></office:annotation><text:p>3,00</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2021-09-30"/>
<table:table-cell office:value-type="date" office:date-value="2021-09-30T10:20:00"/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell office:value-type="string"
 table:number-columns-spanned="2"><text:p>a<text:s text:c="2"/>b<text:span>c</text:span></text:p><text:p>d</text:p>
</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>e</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table>"""


def test_an_ods_with_repeated_empty_cells_to_the_end_of_the_sheet_is_ordinary() -> None:
    found = grid(bygge.ods_by_hand(ODS_ROWS))
    assert [[c.text for c in row] for row in found.tabell] == [
        ["17,20%", "3", "3", "2021-09-30", "2021-09-30 10:20", "SANT"],
        ["a bc d", "", "e"],
        ["a bc d", "", "e"],
    ]
    assert found.noteringar == ('Bladet "T" har 2 dolda rader och 1 dold kolumn, som lästes som resten.',)


@pytest.mark.parametrize("make", [bygge.xlsx, bygge.ods])
def test_the_only_sheet_that_holds_anything_is_read_and_others_asked_for(make: Any) -> None:
    two = make({"Antal": [[1]], "Tomt": [], "Andel": [[2]]})
    assert texts(make({"Tomt": [], "Antal": [[1]]})) == [["1"]]
    assert texts(two, "Andel") == texts(two, " andel") == [["2"]]
    assert refusal(two) == (
        "flera-blad",
        'Arbetsboken har 2 blad med innehåll: "Antal" och "Andel".',
        'Säg vilket som ska läsas med --blad NAMN, till exempel --blad "Antal".',
    )
    assert refusal(two, "Antl") == (
        "okant-blad",
        'Arbetsboken har inget blad som heter "Antl".',
        'Menade du "Antal"?',
    )
    assert refusal(two, "x")[2] == "Bladen är: Andel, Antal, Tomt."
    assert refusal(two, "Tomt") == (
        "tomt-kalkylblad",
        'Bladet "Tomt" är tomt.',
        "Välj ett annat blad, eller kontrollera att arbetsboken är sparad.",
    )
    assert refusal(make({"Tomt": []})) == (
        "tomt-kalkylblad",
        "Arbetsboken är tom.",
        "Kontrollera att rätt fil är vald och att den är sparad.",
    )


def _hide(workbook: Any) -> None:
    workbook["Dolt"].sheet_state = "veryHidden"


def test_a_hidden_sheet_is_not_read_even_when_named() -> None:
    content = bygge.xlsx({"Dolt": [["x"]], "Syns": [["y"]]}, _hide)
    assert texts(content) == [["y"]]
    assert grid(content).noteringar == ('Dolda blad lästes inte: "Dolt".',)
    assert refusal(content, "Dolt") == (
        "dolt-blad",
        'Bladet "Dolt" är dolt, och dolda blad läses inte.',
        "Högerklicka på ett blads flik, välj Ta fram (i LibreOffice Visa blad) och spara arbetsboken.",
    )
    assert refusal(bygge.xlsx({"Dolt": [["x"]], "Syns": []}, _hide)) == (
        "tomt-kalkylblad",
        "Det står inget i arbetsboken utom i dolda blad, och de läses inte.",
        "Ta fram bladet och spara arbetsboken.",
    )


def test_one_formula_is_named_with_its_cell() -> None:
    content = bygge.xlsx({"Blad1": [["Summa", "=SUM(B2:B4)"]]})
    message = "Cellen innehåller en formel, och sådana räknas inte ut här: B1 =SUM(B2:B4)."
    assert refusal(content) == ("formel", message, VALUES)
    assert place(content) == "f, Blad1!B1"


def test_of_many_formulas_a_few_are_named_and_the_rest_counted() -> None:
    content = bygge.xlsx({"Blad1": [["=A2", f"=SUM({'B2+' * 30}B3)", "=C2", "=D2", "=E2"]]})
    assert refusal(content)[1] == (
        "Bladet innehåller formler, och sådana räknas inte ut här: "
        "A1 =A2, B1 =SUM(B2+B2+B2+B2+B2+B2+B2+B2+B2+B2+B2+B…, C1 =C2 och 2 till."
    )


def test_a_formula_in_an_ods_is_refused() -> None:
    cell = '<table:table-cell table:formula="of:=SUM([.B1])" office:value-type="float" office:value="1"/>'
    content = bygge.ods_by_hand(f'<table:table table:name="T"><table:table-row>{cell}</table:table-row></table:table>')
    assert refusal(content)[:2] == (
        "formel",
        "Cellen innehåller en formel, och sådana räknas inte ut här: A1 =SUM([.B1]).",
    )


def test_formulas_in_another_sheet_do_not_hinder() -> None:
    assert texts(bygge.xlsx({"Källa": [["=1+1"]], "Värden": [[2]]}), "Värden") == [["2"]]


@pytest.mark.parametrize(
    ("content", "where", "shown"),
    [
        (bygge.xlsx_by_hand('<row><c/><c t="e"><v>#DIV/0!</v></c></row>'), "Blad1!B1", "B1 #DIV/0!"),
        (bygge.xlsx({"A": [["#REFERENS!"]]}), "A!A1", "A1 #REFERENS!"),
        (bygge.ods({"A": [["x", "Fel:502"]]}), "A!B1", "B1 Fel:502"),
    ],
)
def test_an_error_value_is_refused_with_its_cell(content: bytes, where: str, shown: str) -> None:
    assert refusal(content) == (
        "felvarde",
        f"Cellen visar ett fel i stället för ett värde: {shown}.",
        "Rätta cellen i kalkylbladet, eller skriv .. där uppgift saknas.",
    )
    assert place(content) == f"f, {where}"


def _far_ods(row: str = "", cell: str = "") -> bytes:
    return bygge.ods_by_hand(
        f'<table:table table:name="T"><table:table-row {row}><table:table-cell {cell} office:value-type="float" '
        'office:value="1"/></table:table-row></table:table>'
    )


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (bygge.xlsx_by_hand('<row r="1"><c r="XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
        (bygge.xlsx_by_hand('<row r="20001"><c><v>1</v></c></row>'), "A20001"),
        (bygge.xlsx_by_hand('<row r="999999999"><c r="ZZZZZZZ999999999"><v>1</v></c></row>'), "ZZZZZZZ999999999"),
        (_far_ods(row='table:number-rows-repeated="1048576"'), "A1048576"),
        (_far_ods(cell='table:number-columns-repeated="201"'), "GS1"),
    ],
)
def test_a_value_far_out_is_refused_before_anything_is_spelled_out(content: bytes, cell: str) -> None:
    assert refusal(content) == (
        "langt-ut",
        f"Det står något i cellen {cell}, långt utanför en tabell: högst 20000 rader och 200 kolumner läses.",
        "Ta bort det som står där, eller kopiera tabellen till ett nytt blad.",
    )


def test_a_cell_far_out_with_only_a_style_is_ordinary() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert texts(bygge.xlsx_by_hand(rows)) == [["1"]]


def test_few_cells_that_make_a_huge_grid_are_refused() -> None:
    rows = "".join(f'<row r="{i}"><c r="GR{i}"><v>1</v></c></row>' for i in range(1, 2100))
    assert refusal(bygge.xlsx_by_hand(rows)) == TOO_LARGE
    many = _far_ods('table:number-rows-repeated="20000"', 'table:number-columns-repeated="200"')
    assert refusal(many) == TOO_LARGE


# --- files that are something else ---

DOCTYPE = '<!DOCTYPE a [<!ENTITY x "y">]>'
ENCRYPTED_ODS = {"mimetype": bygge.ODS_TYPE, "META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "x"}
NOT_XLS = "Det här är en arbetsbok i det gamla formatet .xls, som inte läses."
DOCTYPE_REFUSED = (
    "doctype",
    "Filen innehåller en DOCTYPE-deklaration, som aldrig finns i ett vanligt kalkylblad.",
    HARMFUL,
)
MACROS = (
    "makron",
    "Arbetsboken innehåller makron (program) och läses inte.",
    "Spara den som vanlig arbetsbok (.xlsx) utan makron.",
)
ZIP_NAME = ("zip-namn", "Filen innehåller en del vars namn pekar utanför filen, som i ett angrepp.", HARMFUL)


def _odt(kind: str) -> bytes:
    return bygge.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"})


REFUSED: dict[str, tuple[bytes, tuple[str, str, str]]] = {
    "empty": (b"", EMPTY),
    "blank": (b"\xef\xbb\xbf \r\n\t\n", EMPTY),
    "only invisible": ("\u200b\u00ad".encode(), EMPTY),
    "large": (
        b"x" * 5_000_001,
        (
            "for-stor",
            "Filen är större än 5 MB och läses inte.",
            "Ta ut tabellen ur filen, eller kontrollera att rätt fil är vald.",
        ),
    ),
    "binary": (bytes(range(256)) * 4, NO_TEXT),
    "locked xlsx": (
        bygge.ole("EncryptionInfo", "EncryptedPackage"),
        (
            "losenord",
            "Arbetsboken är skyddad med lösenord och går inte att läsa.",
            "Öppna den i Excel, ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och spara den på nytt.",
        ),
    ),
    "locked ods": (
        bygge.zipped(ENCRYPTED_ODS),
        (
            "losenord",
            "Kalkylbladet är skyddat med lösenord och går inte att läsa.",
            "Öppna det i LibreOffice, välj Arkiv, Spara som, avmarkera Spara med lösenord och spara det på nytt.",
        ),
    ),
    "xls": (bygge.ole("Root Entry", "Workbook"), ("gammalt-xls", NOT_XLS, RESAVE)),
    "older xls": (bygge.ole("Root Entry", "Book"), ("gammalt-xls", NOT_XLS, RESAVE)),
    "doc": (bygge.ole("WordDocument"), ("word", "Det här är ett Word-dokument (.doc), inget kalkylblad.", PASTE)),
    "ppt": (
        bygge.ole("PowerPoint Document"),
        ("fel-filtyp", "Det här är en presentation i det gamla formatet .ppt.", PASTE),
    ),
    "ole": (bygge.ole("x"), ("fel-filtyp", "Det här är en fil i ett äldre Office-format, som inte läses.", RESAVE)),
    "xlsb": (
        bygge.xlsx_by_hand("", kind="ms-excel.sheet.binary.macroEnabled"),
        ("xlsb", "Det här är en binär arbetsbok (.xlsb), som inte läses.", RESAVE),
    ),
    "xlsm": (bygge.xlsx_by_hand("", kind="ms-excel.sheet.macroEnabled"), MACROS),
    "macros in xlsx": (bygge.replaced(ORDINARY, xl__vbaProject_bin=b"x"), MACROS),
    "docx": (
        bygge.xlsx_by_hand("", kind="wordprocessingml.document"),
        ("word", "Det här är ett Word-dokument (.docx), inget kalkylblad.", PASTE),
    ),
    "pptx": (
        bygge.xlsx_by_hand("", kind="presentationml.presentation"),
        ("fel-filtyp", "Det här är en presentation (.pptx), inget kalkylblad.", PASTE),
    ),
    "odt": (_odt("text"), ("word", "Det här är ett textdokument (.odt), inget kalkylblad.", PASTE)),
    "odp": (
        _odt("presentation"),
        ("fel-filtyp", "Det här är ett OpenDocument av annat slag än kalkylblad.", PASTE),
    ),
    "numbers": (
        bygge.zipped({"Index/Document.iwa": b"x"}),
        (
            "numbers",
            "Det här är ett kalkylark från Numbers, som inte läses.",
            "Öppna det i Numbers och välj Arkiv, Exportera till, Excel eller CSV.",
        ),
    ),
    "zip": (
        bygge.zipped({"a.csv": b"x"}),
        ("packad", "Det här är en packad fil (zip), inget kalkylblad.", UNPACK),
    ),
    "gzip": (b"\x1f\x8b\x08\0\0", ("packad", "Det här är en packad fil.", UNPACK)),
    "pdf": (
        b"%PDF-1.7\n",
        (
            "pdf",
            "Det här är en PDF. Tabeller i en PDF går inte att läsa säkert.",
            "Markera tabellen i PDF-läsaren, kopiera den och klistra in den: skriv - i stället för filens namn. "
            "Kontrollera siffrorna efteråt.",
        ),
    ),
    "png": (
        b"\x89PNG\r\n\x1a\n",
        (
            "bild",
            "Det här är en bild. Siffror i bilder läses inte.",
            "Ange en tabell som .xlsx, .ods, HTML, CSV eller text.",
        ),
    ),
    "rtf": (b"{\\rtf1 x}", ("fel-filtyp", "Det här är ett dokument i formatet RTF.", PASTE)),
    "gsheet": (
        b'{"url": "https://docs.google.com/spreadsheets/d/x"}',
        (
            "gsheet",
            "Det här är bara en genväg till ett kalkylark hos Google; tabellen ligger inte i filen.",
            "Öppna kalkylarket i webbläsaren, välj Arkiv, Ladda ned, Microsoft Excel (.xlsx) och ange den filen.",
        ),
    ),
    "xml workbook": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        ("xml-kalkylblad", "Det här är ett kalkylblad sparat som XML, och sådana läses inte.", RESAVE),
    ),
    "mht": (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
        (
            "webbarkiv",
            "Det här är ett webbarkiv (.mht) eller ett e-postmeddelande.",
            "Öppna det i webbläsaren, kopiera tabellen och klistra in den: skriv - i stället för filens namn.",
        ),
    ),
    "strict": (
        bygge.xlsx_by_hand("", namespace="http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (
            "strikt-xlsx",
            "Arbetsboken är sparad som Strict Open XML, som inte läses.",
            "Spara den som vanlig Excel-arbetsbok (.xlsx).",
        ),
    ),
    "cut xlsx": (ORDINARY[: len(ORDINARY) // 2], BROKEN),
    "broken xml": (bygge.replaced(ORDINARY, xl__workbook_xml=b"<workbook"), BROKEN),
    "deep xml": (bygge.xlsx_by_hand("<a>" * 300 + "</a>" * 300), BROKEN),
    "xlsx without its sheets": (
        bygge.zipped({k: v for k, v in bygge.unzipped(ORDINARY).items() if "rels" not in k}),
        BROKEN,
    ),
    "xlsx without its styles": (bygge.replaced(ORDINARY, xl__styles_xml=b"<x/>"), BROKEN),
    "ods without sheets": (bygge.ods_by_hand(""), BROKEN),
    "zip with bzip2": (bygge.zipped({"a": b"x"}, zipfile.ZIP_BZIP2), BROKEN),
    "zip of 30 MB": (bygge.zipped({"a": b"0" * 30_000_000}), BOMB),
    "zip of 24 MB in two": (bygge.zipped({"a": b"0" * 12_000_000, "b": b"0" * 12_000_000}), BOMB),
    "zip packed hard": (
        bygge.zipped({"a": b"0" * 3_000_000}),
        ("zip-bomb", "Filen är packad så hårt som inga vanliga kalkylblad är, som i ett angrepp.", HARMFUL),
    ),
    "zip of 501 parts": (
        bygge.zipped({str(i): b"x" for i in range(501)}),
        ("zip-delar", "Filen innehåller 501 delar; högst 500 läses.", HARMFUL),
    ),
    "zip with ..": (bygge.zipped({"xl/../../a": b"x"}), ZIP_NAME),
    "zip with a root": (bygge.zipped({"/etc/a": b"x"}), ZIP_NAME),
    "zip with a drive": (bygge.zipped({"C:\\a": b"x"}), ZIP_NAME),
    "doctype in a sheet": (bygge.xlsx_by_hand("", head=DOCTYPE), DOCTYPE_REFUSED),
    "doctype in the workbook": (
        bygge.replaced(ORDINARY, xl__workbook_xml=f"{DOCTYPE}<workbook>&x;</workbook>"),
        DOCTYPE_REFUSED,
    ),
    "doctype in ods": (bygge.ods_by_hand("", head=DOCTYPE), DOCTYPE_REFUSED),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_words(name: str) -> None:
    content, expected = REFUSED[name]
    assert refusal(content) == expected


def test_an_archive_that_lies_about_its_size_is_never_unpacked_whole() -> None:
    content = bytearray(bygge.zipped({"a": b"0" * 30_000_000}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(content)) == BOMB


def test_an_archive_that_lies_about_its_content_is_broken() -> None:
    content = bytearray(bygge.zipped({"a": b"x" * 100}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 16] ^= 1
    assert refusal(bytes(content)) == BROKEN


def test_a_part_whose_name_is_cut_to_nothing_is_no_table() -> None:
    content = bygge.zipped({"a": b"x"})
    at = content.rfind(b"PK\x01\x02") + 46
    assert refusal(content[:at] + b"\0" + content[at + 1 :])[0] == "packad"


def test_a_part_with_a_password_is_told_apart() -> None:
    content = bytearray(ORDINARY)
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content))[1] == "Filen är skyddad med lösenord och går inte att läsa."


def test_only_what_was_looked_through_reaches_the_library() -> None:
    # A part by another name than .xml is left out: here the workbook says that its sheet is one.
    parts = bygge.unzipped(bygge.xlsx_by_hand("<row><c><v>1</v></c></row>"))
    parts["xl/worksheets/sheet1.bin"] = parts.pop("xl/worksheets/sheet1.xml")
    relations = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet1.xml", b"sheet1.bin")
    assert refusal(bygge.zipped({**parts, "xl/_rels/workbook.xml.rels": relations}))[0] == "tomt-kalkylblad"


def test_personnummer_are_masked_in_what_is_said() -> None:
    found = refusal(bygge.xlsx({"A": [['="811228-9874"']]}))
    assert "9874" not in found[1]
    assert "••••" in found[1]


# --- numbers ---


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (43, "43"),
        (43.0, "43"),
        (-0.0, "0"),
        (17.25, "17,25"),
        (0.1 + 0.2, "0,3"),
        (1e15, "1000000000000000"),
        ("x", "x"),
    ],
)
def test_a_number_becomes_swedish_text_without_noise(value: float | str, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("number_format", "decimals"),
    [("0%", 0), ("0.0%", 1), ("#,##0.00 %;[Red]-0.0%", 2), ('0.0"%"', None), ("0\\%", None), ("General", None)],
)
def test_percent_formats_say_their_decimals(number_format: str, decimals: int | None) -> None:
    assert percent_decimals(number_format) == decimals


# --- nothing makes it fall ---


def test_a_mark_of_utf_8_in_the_last_cell_leaves_no_empty_cell_behind() -> None:
    found = read_table("0;;\ufeff".encode(), "f")
    assert isinstance(found, Rutnat)
    assert [[cell.text for cell in row] for row in found.tabell] == [["0"]]


def check(found: Rutnat | tuple[Problem, ...]) -> None:
    if isinstance(found, Rutnat):
        for row in found.tabell:
            assert not row or row[-1].text
            for cell in row:
                assert cell.plats.cell or (1 <= cell.plats.rad <= len(found.rader) and cell.plats.kolumn >= 1)
                assert cell.langd >= 1
        return
    assert found
    for problem in found:
        assert problem.meddelande and problem.atgard
        assert format_text(problem).startswith("f")


TEXTISH = 'ab;,|\t \n\r-"<>&/åÄ0123456789.td–\u00a0\u2028\x85\x0c\ufeff\x01'


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.text(TEXTISH, max_size=200).map(str.encode)))
def test_no_bytes_make_it_fall(content: bytes) -> None:
    check(read_table(content, "f"))


TAGS = (
    "<table> </table> <tr> <td> <td/> <th|rowspan=2> <td|colspan=3> </td> </tr> <sup> </sup> 1 x < | <p> </p> <br> "
    "<p|hidden> <td|hidden> <!-- --> <script>"
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([tag.replace("|", " ") for tag in TAGS.split()]), max_size=30))
def test_no_tags_make_it_fall(pieces: list[str]) -> None:
    check(read_table(("<html>" + "".join(pieces)).encode(), "f"))


SOURCES = [ORDINARY, bygge.ods({"A": [["x", 1], [2, 3]]}), bygge.ods_by_hand(ODS_ROWS)]


@pytest.mark.parametrize("source", SOURCES, ids=["xlsx", "ods", "ods by hand"])
def test_no_mutation_of_a_workbook_makes_it_fall(source: bytes) -> None:
    chance = random.Random(7)  # noqa: S311  # chance for a test, no secret
    parts = bygge.unzipped(source)
    for _ in range(60):
        packed = bytearray(source)
        for _ in range(chance.randint(1, 4)):
            packed[chance.randrange(len(packed))] = chance.randrange(256)
        check(read_table(bytes(packed), "f"))
        # What lies inside is reached only when the archive itself is whole.
        name = chance.choice(sorted(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 3)):
            part[chance.randrange(len(part))] = chance.choice(b"<>\"'=/0129AZaz&\x00\xff")
        check(read_table(bygge.zipped({**parts, name: bytes(part)}, zipfile.ZIP_STORED), "f"))


def test_a_library_that_falls_gives_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("openpyxl.load_workbook", fall)
    assert refusal(ORDINARY) == BROKEN


def test_the_caps_are_what_the_messages_say() -> None:
    assert (oppna.MAX_BYTES, zipvakt.MAX_UNPACKED, zipvakt.MAX_PARTS) == (5_000_000, 20_000_000, 500)
