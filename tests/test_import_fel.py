"""What is wrong with a table is told at its cell, with the way to mend it, and nothing is then to be written."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import kalkylbygge as bygge
from importbygge import PERIOD, faults, lines, plan, printed, values
from uppfoljning.importing import plan as importplan
from uppfoljning.importing.options import ImportOptions, wrong

# --- bad cells, years and rows ---


HEAD = "Brott | 2020 | 2021"


@pytest.mark.parametrize(
    ("rows", "place", "kod", "told", "help_text"),
    [
        (
            [HEAD, "Rån | 1 | okänt"],
            "3:7",
            "inget-tal",
            'Rån: "okänt" är inget tal.',
            "Rätta cellen. Saknas siffran: skriv .. eller låt cellen vara tom.",
        ),
        (
            [HEAD, "Rån | 1.416.280 | 2"],
            "3:5",
            "tusental",
            'Rån: "1.416.280" går inte att läsa säkert. Punkt och komma är här decimaltecken.',
            "Skilj tusental åt med blanksteg, till exempel 1 416 280.",
        ),
        (
            [HEAD, "Rån | 1.416 | 2"],
            "3:5",
            "tusental",
            'Rån: "1.416" går inte att läsa säkert. Punkt och komma är här decimaltecken.',
            "Skilj tusental åt med blanksteg, till exempel 1 416 280.",
        ),
        (
            [HEAD, "Rån | 1,5 | 2"],
            "3:5",
            "inget-antal",
            'Rån: här väntas ett antal, men cellen säger "1,5".',
            "Rätta cellen. Ett antal har inga decimaler; tusental skiljs åt med blanksteg.",
        ),
        (
            [HEAD, "Rån | 15 % | 2"],
            "3:5",
            "inget-antal",
            'Rån: här väntas ett antal, men cellen säger "15 %".',
            "Rätta cellen. Är kolumnen en förändring: ge den en rubrik som säger det, till exempel Utv 20-21.",
        ),
        (
            [HEAD, "Rån | −1 | 2"],
            "3:5",
            "negativt-tal",
            'Rån: "−1" är negativt.',
            "Rätta cellen. Ett antal eller en andel är noll eller större.",
        ),
        (
            [HEAD, "Rån | 99999999999 | 2"],
            "3:5",
            "for-stort-tal",
            'Rån: "99999999999" är orimligt stort.',
            "Rätta cellen.",
        ),
        (
            [HEAD, "Rån | 1 | 2 | 7"],
            "3:9",
            "cell-utan-rubrik",
            '"7" står i en kolumn utan rubrik, till höger om tabellen.',
            "Ta bort cellen. Har raden förskjutits av ett komma eller semikolon i ett namn: sätt namnet inom "
            "citattecken.",
        ),
        (
            [HEAD, "| 1 | 2"],
            "3:2",
            "namn-saknas",
            "Raden har inget namn.",
            "Skriv först på raden vad siffrorna gäller.",
        ),
        (
            ["Brott | 2018 | 2021", "Rån | 1 | 2"],
            "2:12",
            "ar-saknas",
            "År 2019–2020 saknas mellan 2018 och 2021.",
            "Ta med kolumnen, med .. i de celler som saknar siffra.",
        ),
        (
            ["Brott | 2020 | 2021 | 2021", "Rån | 1 | 2 | 3"],
            "2:17",
            "ar-tva-ganger",
            "År 2021 finns två gånger.",
            "Rätta årtalet, eller ta bort den ena kolumnen.",
        ),
        (
            [HEAD, "Rån | 1 | 2", "RÅN | 1 | 2"],
            "4:1",
            "rad-tva-ganger",
            'Raden "RÅN" finns redan på rad 3, med samma siffror.',
            "Ta bort den ena. Gäller de olika saker: skilj dem åt med en kolumn Grupp eller en rubrik över dem.",
        ),
        (
            [HEAD, "Rån | 1 | 2", PERIOD, HEAD, "Rån | 1 | 3"],
            "6:1",
            "rad-tva-ganger",
            'Raden "Rån" finns redan på rad 3, med andra siffror.',
            "Ta bort den ena. Gäller de olika saker: skilj dem åt med en kolumn Grupp eller en rubrik över dem.",
        ),
        (
            [HEAD, "Rån | .. | –"],
            "t",
            "inga-siffror",
            "Tabellen har inga siffror, bara tomma celler.",
            "Kontrollera att rätt tabell är vald, och att siffrorna följde med när den kopierades.",
        ),
        (
            [HEAD],
            "2:1",
            "inga-rader",
            "Under årtalen står inga siffror.",
            "Ta med raderna under. I inklistrad text ska kolumnerna skiljas åt med tabb, semikolon eller minst två "
            "blanksteg.",
        ),
        (
            ["Brott | Kv 3 2020 | Kv 3 2021", "Rån | 1 | 2"],
            "2:7",
            "del-av-ar",
            '"Kv 3 2020" är en del av ett år.',
            "Siffrorna ska vara ackumulerade från den 1 januari, med en kolumn för varje år. Be om sådana.",
        ),
        (
            [HEAD, "Rån | 1 | 2", "Hot | 1 | 2", "Summa | 2 | 5"],
            "5:9",
            "stammer-inte",
            "Summa 2021: Källan anger 5, men raderna blir 4.",
            "Rätta cellen. Står det så i källan: kör igen med --trots-avvikelser, så skrivs avvikelsen upp.",
        ),
        (
            [HEAD, "Sexuellt ofredande, 811218-9876 | 1 | 2"],
            "3:21",
            "personnummer",
            "Här står ett personnummer eller samordningsnummer.",
            "Ta bort det. Personuppgifter får inte stå i uppföljningen; de blir också kvar i versionshistoriken.",
        ),
        (
            [HEAD, "Rån, ring 070-174 06 05 | 1 | 2"],
            "3:11",
            "telefonnummer",
            "Här står ett telefonnummer.",
            "Skriv funktionen i stället. Personuppgifter får inte stå i uppföljningen; de blir också kvar i "
            "versionshistoriken.",
        ),
        (
            [HEAD, "Rån, se tolvan@exempel.se | 1 | 2"],
            "3:9",
            "epostadress",
            "Här står en persons e-postadress.",
            "Skriv funktionen i stället. Personuppgifter får inte stå i uppföljningen; de blir också kvar i "
            "versionshistoriken.",
        ),
        (
            [HEAD, f"{'x' * 201} | 1 | 2"],
            "3:1",
            "for-langt-namn",
            f'"{"x" * 59}…" är 201 tecken långt. Ett namn får ha högst 200.',
            "Korta namnet. Är det löpande text: ta inte med den.",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    rows: list[str], place: str, kod: str, told: str, help_text: str
) -> None:
    found = plan(lines(PERIOD, *rows))
    assert faults(found) == [(place, kod)]
    assert [(p.meddelande, p.atgard) for p in found.problem] == [(told, help_text)]


@pytest.mark.parametrize("name", ["=SUM(A1)", "+Rån", "@Rån", "-Rån", "- varav rån", "＝Rån"])
@pytest.mark.parametrize("row", ["{} | 1 | 2", "Rån | 1 | 2\n{}\nHot | 1 | 2"])
def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_refused(name: str, row: str) -> None:
    found = plan(lines(PERIOD, HEAD, row.format(name)))
    ((_, kod),) = faults(found)
    assert kod == "formel-i-namn"
    assert f'"{name}" börjar med {name[0]} och skulle bli en formel när filen öppnas som kalkylblad.' in printed(found)


@pytest.mark.parametrize("name", ["-5 grader", "Mord/dråp", "15– år", "0–14 år", "–Rån", "Hot = våld", "'Rån"])
def test_a_name_that_is_no_formula_is_kept(name: str) -> None:
    assert name in values(plan(lines(PERIOD, HEAD, f"{name} | 1 | 2")))


def test_a_place_in_a_workbook_is_sheet_and_cell() -> None:
    rows: list[list[Any]] = [
        [PERIOD],
        ["Brott", 2020, 2021],
        ["Rån", 1, "okänt"],
        ["Rån", 1, 1],
        ["Mord, 811218-9876", 1, 2],
    ]
    content = bygge.xlsx({"Blad 1": rows[:4]})
    found = plan(content)
    assert faults(found) == [("Blad 1!C3", "inget-tal"), ("Blad 1!A4", "rad-tva-ganger")]
    assert "finns redan i cellen Blad 1!A3, med andra siffror." in printed(found)
    refused = plan(bygge.xlsx({"Blad 1": rows}))
    assert faults(refused) == [("Blad 1!A5", "personnummer")]
    assert (refused.understood, refused.tabell) == ((), None)


def test_a_personnummer_is_never_repeated() -> None:
    found = plan(lines(PERIOD, HEAD, "Rån 811218-9876 | 1 | okänt"))
    assert "9876" not in printed(found)
    assert "••••••-••••" in printed(found)


@pytest.mark.parametrize("secret", ["070-174 06 05", "tolvan@exempel.se"])
def test_a_sheet_named_after_a_person_is_never_repeated(secret: str) -> None:
    found = plan(
        bygge.xlsx({f"Rån {secret}": [["Period", "jan–sep"], ["Brott", "2020", "2021"], ["Rån", "1", "okänt"]]})
    )
    assert "06 05" not in printed(found)
    assert "tolvan" not in printed(found)
    assert "inget-tal" in [kod for _, kod in faults(found)]


# --- shares ---


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["Fråga | 2018 | 2020", "Rökt | 0,36 | 0,4"], "Siffrorna ser ut som andelar av ett: 0,36 skulle"),
        (
            ["Fråga | 2018 | 2020", "Rökt | 36 | 0,4", "Hotad | 12 | 0,12"],
            "Siffrorna för 2020 ser ut som andelar av ett",
        ),
        (["Fråga | 2018 | 2020", "Rökt | 0,36 % | 0,4 %"], ""),
        (["Fråga | 2018 | 2020", "Rökt | 1 | 0"], ""),
        (["Fråga | 2018 | 2020", "Rökt | 0,5 | 12"], ""),
        (["Fråga | 2018 | 2020", "Rökt | 36 | 40", "Antal svarande | 300 | 1"], ""),
    ],
)
def test_shares_of_one_are_refused_rather_than_read_as_per_cent(rows: list[str], told: str) -> None:
    found = plan(lines(*rows), "enkat")
    assert [kod for _, kod in faults(found)] == (["andel-av-ett"] if told else [])
    assert told in printed(found)


def test_a_share_over_a_hundred_is_refused() -> None:
    found = plan(lines("Fråga | 2020", "Rökt | 102"), "enkat")
    assert faults(found) == [("2:6", "over-hundra")]
    assert 'Rökt: en andel kan inte vara över 100 procent, men cellen säger "102".' in printed(found)


# --- the period ---


@pytest.mark.parametrize(
    "spelling",
    [
        *("Period: 1 jan – 30 sep", "Period: 1 jan - 30 sep 2021", "januari–september", "Jan.-sept.", "jan till sep"),
        *("1 januari 2021 – 30 september 2021", "2021-01-01 – 2021-09-30", "Anmälda brott 1 jan t.o.m. 30 sep 2021"),
    ],
)
def test_a_period_in_another_spelling_is_the_same_period(spelling: str) -> None:
    found = plan(lines(PERIOD, HEAD, "Rån | 1 | 2", "", spelling, HEAD, "Hot | 1 | 2"))
    assert list(values(found)) == ["Rån", "Hot"]


@pytest.mark.parametrize(
    "period",
    [
        "Period: 1 feb – 30 sep",
        "Period: 1 jan – 15 sep",
        "Period: 5 jan – 30 sep",
        "Period: kvartal 3",
        "juli–september 2021",
    ],
)
def test_a_period_that_is_no_whole_months_from_the_first_of_january_is_refused(period: str) -> None:
    found = plan(lines(period, HEAD, "Rån | 1 | 2"), period="jan–sep")
    assert faults(found) == [("1:1", "ogiltig-period")]
    assert f'"{period}" är ingen period av hela månader från årets början.' in printed(found)


def test_a_period_in_prose_is_not_the_tables() -> None:
    text = "Satsningen i februari–mars gick bra.\n" + lines(PERIOD, HEAD, "Rån | 1 | 2", "", "Åter i jan–jun 2022.")
    found = plan(text)
    assert faults(found) == []
    assert found.tabell is not None and str(found.tabell.period) == "jan–sep"


@pytest.mark.parametrize(
    ("above", "between", "period", "place", "kod"),
    [
        ([], [], "", "t", "period-saknas"),
        ([PERIOD], ["Period: 1 jan – 30 jun"], "", "4:1", "olika-perioder"),
        ([PERIOD], [], "jan–jun", "1:1", "fel-period"),
    ],
)
def test_the_period_must_be_one_and_known(
    above: list[str], between: list[str], period: str, place: str, kod: str
) -> None:
    found = plan(lines(*above, HEAD, "Rån | 1 | 2", *between, HEAD, "Hot | 1 | 2"), period=period)
    assert faults(found) == [(place, kod)]


# --- what the command line says ---


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (ImportOptions(), ""),
        (ImportOptions("bra", "jan–sep", "2021-10-12", "Håbo", "Rån", "R", "H"), ""),
        (ImportOptions("Polisens statistik"), '--kalla "Polisens statistik" är inget id.'),
        (ImportOptions("../x"), '--kalla "../x" är inget id.'),
        (ImportOptions("x" * 41), "högst 40 tecken"),
        (ImportOptions(period="kv 3"), '--period "kv 3" är ingen period av hela månader från årets början.'),
        (ImportOptions(uttag="i går"), '--uttag "i går" är ingen dag eller månad.'),
        (ImportOptions(uttag="2021-02-30"), '--uttag "2021-02-30" är ingen dag eller månad.'),
        (ImportOptions(rubrik="=1+1"), "--rubrik börjar med = och skulle bli en formel"),
        (ImportOptions(hanvisning="811218-9876"), "--hanvisning innehåller ett personnummer"),
        (ImportOptions(rubrik="Ring 070-174 06 05"), "--rubrik innehåller ett telefonnummer"),
        (ImportOptions(omrade="tolvan@exempel.se"), "--omrade innehåller en persons e-postadress"),
        (ImportOptions(kalla="0701740605@"), '--kalla "••••••••••@" är inget id'),
        (ImportOptions(namn="x" * 201), "--namn är 201 tecken lång. Högst 200 får plats."),
    ],
)
def test_a_flag_that_cannot_be_used_is_explained(options: ImportOptions, told: str) -> None:
    assert (wrong(options, "compstat") == "") == (told == "")
    assert told in wrong(options, "compstat")


def test_a_survey_needs_its_id() -> None:
    assert wrong(ImportOptions(), "enkat") == "--kalla behöver enkätens id, till exempel --kalla stockholmsenkaten."


def test_a_name_beside_a_column_of_names_is_refused() -> None:
    found = plan(lines(PERIOD, HEAD, "Rån | 1 | 2"), namn="Hot")
    assert faults(found) == [("2:1", "namn-anges-redan")]


# --- what can't be written ---


def test_a_total_of_groups_beside_rows_without_a_group_cannot_be_written_and_says_so() -> None:
    rows = [
        HEAD,
        "Hot | 5 | 5",
        "A",
        "Rån | 1 | 3",
        "Summa | 1 | 3",
        "B",
        "Mord | 1 | 0",
        "Summa | 1 | 0",
        "Totalt | 7 | 8",
    ]
    found = plan(lines(PERIOD, *rows))
    assert faults(found) == [("t", "gar-inte-att-skriva")]
    assert "till exempel Övrigt, eller ta bort totalraden." in printed(found)


def test_a_table_that_would_not_be_read_back_alike_is_refused_and_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    write = importplan.csv_text
    monkeypatch.setattr(importplan, "csv_text", lambda t, u: write(dataclasses.replace(t, serier=t.serier[:1]), u))
    found = plan(lines(PERIOD, HEAD, "Rån | 1 | 2", "Hot | 3 | 4"))
    assert faults(found) == [("t", "gar-inte-att-skriva")]
