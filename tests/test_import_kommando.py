"""The commands as they are run: what is written, what is said, and that a failed import leaves data/ as it was."""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest

import kalkylbygge as bygge
from conftest import run_tool, run_without_rights
from importbygge import PERIOD, importera, lines, section_7, snapshot
from uppfoljning.cli.commands import importera as importtext
from uppfoljning.importing.plan import ImportOptions

SMALL = lines(PERIOD, "Brott | 2020 | 2021", "Rån | 1 | 2", "Hot | 3 | 4", "Summa | 4 | 6")


@pytest.fixture
def empty(project: Path) -> Path:
    """The project without any figures, and without indicators that ask for some."""
    for file in (*(project / "data" / "compstat").iterdir(), *(project / "data" / "enkater").iterdir()):
        file.unlink()
    sources = project / "data" / "indikatorer.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").split("\nindikatorer:")[0], encoding="utf-8")
    return project


def test_section_7_pasted_as_it_stands_is_read_into_an_empty_folder_and_all_is_then_valid(project: Path) -> None:
    (project / "data" / "compstat" / "2021-09.csv").unlink()
    before = snapshot(project)
    ran = importera(project, "-", stdin=section_7())
    assert (ran.returncode, ran.stdout) == (0, f"{project / 'data' / 'compstat' / '2021-09.csv'}\n")
    after = snapshot(project)
    assert list(set(after) - set(before)) == ["data/compstat/2021-09.csv"]
    assert {name: after[name] for name in before} == before
    assert run_tool("validera", cwd=project).returncode == 0
    assert ran.stderr == (
        "Så har tabellen förståtts:\n"
        "  Källa: compstat. Område: Upplands-Bro.\n"
        "  Period: januari–september, åren 2017–2021.\n"
        "  Preliminärt: 2021.\n"
        "  Uttag: oktober 2021.\n"
        "  15 rader och 2 summor.\n"
        "  2 rader text utan siffror hoppades över.\n"
        "  Omräknat: 10 summor, 17 differenser och 16 procenttal; allt stämmer.\n"
        "\n"
        "                                  2017  2018  2019  2020  2021\n"
        "  Hushåll\n"
        "    Bilstöld                        43    56    29    29    34\n"
        "    Cykelstöld                      72    81    98    67    50\n"
        "    Inbrott i bostad               121    45    37    63    36\n"
        "    Stöld ur fordon                133   141   101   153   241\n"
        "    Summa                          369   323   265   312   361\n"
        "  Person\n"
        "    Bedrägeri (urval)               28    27    31    46    37\n"
        "    Fickstöld                       13    21    14    18    17\n"
        "    Fridskränkning                   9    13     5     7    12\n"
        "    Hot                             87    99    87    97    90\n"
        "    Misshandel utomhus (0–14 år)    10    17    11    20    13\n"
        "    Misshandel utomhus (15– år)     33    76    51    62    52\n"
        "    Mord/dråp                        2     0     3     3     0\n"
        "    Mord/dråp, försök                6     2     9     7     4\n"
        "    Rån                             19    35     9    17    15\n"
        "    Sexuellt ofredande              22    11     6    17    20\n"
        "    Våldtäkt, utomhus                4     1     0     0     0\n"
        "    Summa                          233   302   226   294   260\n"
        "\n"
        "Ingen indikator använder ännu: Bedrägeri (urval). Vill ni följa den: lägg till en indikator i "
        "data/indikatorer.yaml, med källa, serie och huvudområde.\n"
    )


def test_the_same_table_twice_is_written_once(empty: Path) -> None:
    importera(empty, "-", stdin=section_7())
    before = snapshot(empty)
    again = importera(empty, "-", stdin=section_7())
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr.endswith("\nSamma siffror finns redan i data/compstat/2021-09.csv. Inget har skrivits.\n")
    assert snapshot(empty) == before


def test_section_7_is_what_the_project_holds_already(project: Path) -> None:
    before = snapshot(project)
    ran = importera(project, "-", stdin=section_7())
    assert ran.returncode == 0
    assert "Samma siffror finns redan i data/compstat/2021-09.csv." in ran.stderr
    assert snapshot(project) == before


def test_a_revised_figure_without_a_day_is_refused_and_with_one_stands_beside(empty: Path) -> None:
    importera(empty, "-", "--uttag", "2021-10-12", stdin=SMALL)
    first = snapshot(empty)
    revised = SMALL.replace("3\t4", "3\t5").replace("4\t6", "4\t7")
    refused = importera(empty, "-", stdin=revised)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Så har tabellen förståtts:\n"
        "  Källa: compstat. Område: Upplands-Bro (tabellen säger inget om det).\n"
        "  Period: januari–september, åren 2020–2021.\n"
        "  Preliminärt: 2021.\n"
        "  Uttag: framgår inte. Dagen kan anges med --uttag.\n"
        "  2 rader och 1 summa.\n"
        "  Omräknat: 2 summor; allt stämmer.\n"
        "  Reviderat sedan data/compstat/2021-09.csv: Hot 2021 4 → 5, Summa 2021 6 → 7.\n"
        "\n"
        "                        2020  2021\n"
        "    Rån                    1     2\n"
        "    Hot                    3     5\n"
        "    Summa                  4     7\n"
        "\n"
        "inklistrad text: fel: Det finns redan andra siffror för jan–sep 2021 i data/compstat/2021-09.csv, och det går "
        "inte att se vilka som är senast.\n"
        "       Så rättar du: Säg vilken dag den nya tabellen togs ut, så här: --uttag ÅÅÅÅ-MM-DD.\n"
        "\n"
        "1 fel och 0 varningar. Inget har skrivits.\n"
    )
    assert snapshot(empty) == first
    later = importera(empty, "-", "--uttag", "2022-01-15", stdin=revised)
    assert later.returncode == 0
    assert later.stdout.endswith("2021-09-uttag-2022-01-15.csv\n")
    after = snapshot(empty)
    assert {name: after[name] for name in first} == first
    assert run_tool("validera", cwd=empty).returncode == 0


@pytest.mark.parametrize(
    ("content", "args"),
    [
        (SMALL.replace("4\t6", "4\t7"), []),
        (SMALL.replace("Rån\t1", "Rån\tett"), []),
        (SMALL.replace("2020\t2021", "2021\t2021"), []),
        (SMALL.replace("Rån", "=Rån"), []),
        (SMALL.replace("Rån", "Rån 811218-9876"), []),
        (SMALL.replace(PERIOD, ""), []),
        (SMALL, ["--period", "jan–jun"]),
        (SMALL, ["--uttag", "2021-08-01"]),
        (SMALL, ["--prova"]),
        ("", []),
        ("Ingen tabell här.", []),
        (b"%PDF-1.7 x", []),
        (b"PK\x03\x04skadad", []),
    ],
)
def test_an_import_that_stops_leaves_every_file_as_it_was(empty: Path, content: str | bytes, args: list[str]) -> None:
    before = snapshot(empty)
    ran = importera(empty, "-", *args, stdin=content)
    assert ran.returncode == (0 if "--prova" in args else 2 if not content else 1)
    assert ran.stdout == ""
    assert ("Inget har skrivits" in ran.stderr) == bool(content)
    assert snapshot(empty) == before


def test_a_day_of_extraction_before_the_period_has_ended_is_told(empty: Path) -> None:
    ran = importera(empty, "-", "--uttag", "2021-08-01", stdin=SMALL)
    assert ran.stderr.endswith(
        "inklistrad text: fel: Uttaget är gjort innan perioden jan–sep 2021 var slut.\n"
        "       Så rättar du: Ange rätt dag med --uttag, eller kontrollera tabellens period och årtal.\n"
        "\n"
        "1 fel och 0 varningar. Inget har skrivits.\n"
    )


def test_a_survey_that_differs_from_one_already_there_is_refused(project: Path) -> None:
    text = lines("Fråga | 2020 | 2021", "Klotter | 53 | 40")
    ran = importera(project, "-", "--kalla", "trygghetsmatningen", stdin=text, command="enkat")
    assert ran.returncode == 1
    assert (
        "inklistrad text:2:9: fel: Klotter 2020 är 53 här, men 54 i data/enkater/trygghetsmatningen-2021.csv.\n"
        in ran.stderr
    )


def test_a_survey_in_a_workbook_is_read_to_its_own_file(empty: Path) -> None:
    rows = [["Fråga", "Kön", "Årskurs", 2018, 2022], ["Rökt", "Flickor", "åk 9", 12.5, 11], ["n", None, None, 300, 290]]
    (empty / "enkät.ods").write_bytes(bygge.ods({"Blad1": rows}))
    ran = importera(empty, "enkät.ods", "--kalla", "stockholmsenkaten", command="enkat")
    assert ran.returncode == 0, ran.stderr
    written = (empty / "data" / "enkater" / "stockholmsenkaten-2022.csv").read_text(encoding="utf-8")
    assert written == (
        "\ufeffkalla;stockholmsenkaten\nomrade;Upplands-Bro\nenhet;procent\n\nfraga;kon;arskurs;2018;2022\n"
        "Rökt;flickor;åk 9;12,5;11\nAntal svarande;;;300;290\n"
    )
    assert run_tool("validera", cwd=empty).returncode == 0


def test_a_fault_in_a_workbook_is_told_by_sheet_and_cell(empty: Path) -> None:
    rows = [[PERIOD], ["Brott", 2020, 2021, "Utv 20-21"], ["Rån", 1, "ett", 1], ["Hot", 3, 4, 2]]
    (empty / "siffror.xlsx").write_bytes(bygge.xlsx({"Compstat": rows}))
    ran = importera(empty, "siffror.xlsx")
    assert ran.returncode == 1
    assert ran.stderr.endswith(
        'siffror.xlsx, Compstat!C3: fel: Rån: "ett" är inget tal.\n'
        "       Så rättar du: Rätta cellen. Saknas siffran: skriv .. eller låt cellen vara tom.\n"
        "\n"
        "siffror.xlsx, Compstat!D4: fel: Hot, Utv 20-21: Källan anger 2, men det blir 1.\n"
        "       Så rättar du: Rätta cellen. Står det så i källan: kör igen med --trots-avvikelser, så skrivs "
        "avvikelsen upp.\n"
        "\n"
        "2 fel och 0 varningar. Inget har skrivits.\n"
    )


def test_a_disagreement_may_be_recorded_and_the_project_is_then_valid(empty: Path) -> None:
    ran = importera(empty, "-", "--trots-avvikelser", stdin=SMALL.replace("4\t6", "4\t7"))
    assert ran.returncode == 0
    assert "inklistrad text:5:9: varning: Summa 2021: Källan anger 7, men raderna blir 6.\n" in ran.stderr
    assert "Så rättar du: Avvikelsen skrivs upp i filen och syns i rapporten.\n" in ran.stderr
    written = (empty / "data" / "compstat" / "2021-09.csv").read_text(encoding="utf-8")
    assert "\navvikelse;Summa 2021;Källan anger 7, men raderna blir 6.\n" in written
    assert run_tool("validera", cwd=empty).returncode == 0


def test_a_file_that_is_there_but_cannot_be_read_is_told_before_anything_is_compared(project: Path) -> None:
    (project / "data" / "compstat" / "2021-09.csv").write_text("brott;2021\nRån;ett\n", encoding="utf-8")
    before = snapshot(project)
    ran = importera(project, "-", stdin=SMALL.replace("30 sep", "30 jun"))
    assert ran.returncode == 1
    assert (
        "data/compstat/2021-09.csv: fel: Den här filen har fel, så den nya tabellen kan inte jämföras med den.\n"
        "       Så rättar du: Kör uppfoljning validera, rätta felen där och kör sedan igen.\n"
    ) in ran.stderr
    assert snapshot(project) == before


def test_what_the_project_lacks_once_the_file_is_written_is_told(project: Path) -> None:
    (project / "data" / "compstat" / "2021-09.csv").unlink()
    ran = importera(project, "-", stdin=SMALL.replace("Rån", "Rånn"))
    assert ran.returncode == 0
    assert "Filen är skriven, men underlaget har nu 1 fel, det första i data/indikatorer.yaml:" in ran.stderr
    assert ran.stderr.endswith("Kör uppfoljning validera.\n")


def test_rows_that_indicators_name_and_the_new_table_lacks_never_stop_the_report(project: Path) -> None:
    (project / "data" / "compstat" / "2021-09.csv").unlink()
    assert importera(project, "-", stdin=SMALL).returncode == 0
    assert run_tool("kvartal", "2022-K1", "--html", cwd=project).returncode == 0


def test_an_unknown_source_is_told_with_the_one_that_is_alike(empty: Path) -> None:
    ran = importera(empty, "-", "--kalla", "compstatt", stdin=SMALL)
    assert (
        'Källan "compstatt" finns inte i data/indikatorer.yaml. Lägg till den där under kallor, med id och namn. '
        'Menade du "compstat"? Ta i så fall bort filen och läs in igen med --kalla compstat.\n'
    ) in ran.stderr


# --- how the command was called ---


ASK = (
    "Ingen tabell kom in. Kopiera tabellen, kör kommandot igen, klistra in och avsluta med "
    f"{'Ctrl+Z och Enter' if sys.platform == 'win32' else 'Ctrl+D'}. Det går också att ange en fil i stället för "
    "strecket.\n"
)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["-"], ASK),
        (
            ["finns inte.xlsx"],
            "finns inte.xlsx: Filen finns inte. Kontrollera namnet. Ligger filen i en annan mapp: skriv hela sökvägen, "
            "inom citattecken om den har blanksteg.\n",
        ),
        (["data"], "data: Det här är en mapp. Ange en fil i mappen.\n"),
        (
            ["-", "--kalla", "Polisens statistik"],
            '--kalla "Polisens statistik" är inget id. Ett id har bara a–z, A–Z, siffror och bindestreck, högst 40 '
            "tecken, till exempel compstat. Källornas id står under kallor i data/indikatorer.yaml.\n",
        ),
        (
            ["-", "--period", "kvartal 3"],
            '--period "kvartal 3" är ingen period av hela månader från årets början. Skriv till exempel jan–sep eller '
            "helår.\n",
        ),
        (
            ["-", "--uttag", "i går"],
            '--uttag "i går" är ingen dag eller månad. Skriv till exempel 2021-10-12 eller oktober 2021.\n',
        ),
    ],
)
def test_a_wrong_call_is_explained_and_gives_exit_code_2(project: Path, args: list[str], told: str) -> None:
    ran = importera(project, *args)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", told)


@pytest.mark.skipif(sys.platform == "win32", reason="has other permissions")
def test_a_file_without_permission_is_told(project: Path, open_folder: Path) -> None:
    shutil.copytree(project, open_folder / "p")
    (open_folder / "p" / "hemlig.csv").write_text(SMALL, encoding="utf-8")
    (open_folder / "p" / "hemlig.csv").chmod(0)
    (ran,) = run_without_rights(("compstat", "importera", "hemlig.csv"), cwd=open_folder / "p")
    assert ran.returncode == 2
    assert ran.stderr.startswith("hemlig.csv: Du har inte behörighet att läsa filen.")


def test_a_link_is_not_followed(project: Path) -> None:
    (project / "siffror.csv").write_text(SMALL, encoding="utf-8")
    (project / "genväg.csv").symlink_to(project / "siffror.csv")
    ran = importera(project, "genväg.csv")
    assert ran.returncode == 2
    assert ran.stderr == (
        "genväg.csv: Det här är en länk till en annan fil, och sådana följs inte. Ange filen som länken leder till.\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        SMALL.encode().replace(b"\n", b"\r\n"),
        SMALL.encode().replace(b"\n", b"\r\n") + b"\x1a\r\n",
        SMALL.encode() + b"\x1a",
        b"\xef\xbb\xbf" + SMALL.encode(),
        SMALL.encode("utf-16"),
        SMALL.encode("cp1252"),
    ],
    ids=["CRLF", "Ctrl-Z and CRLF", "Ctrl-Z", "BOM", "UTF-16", "Windows-1252"],
)
def test_what_windows_pastes_is_read_alike(empty: Path, content: bytes) -> None:
    ran = importera(empty, "-", stdin=content)
    assert ran.returncode == 0, ran.stderr
    assert "styrtecken" not in ran.stderr
    assert "\nRån;1;2\nHot;3;4\nSumma;4;6\n" in (empty / "data/compstat/2021-09.csv").read_text(encoding="utf-8")


class Terminal:
    """A terminal where somebody pastes a text and ends it."""

    def __init__(self, text: str) -> None:
        self.buffer = BytesIO(text.encode("utf-8"))

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_to_end_the_paste(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(SMALL.replace("\t", ";")))
    assert importtext.importera(empty, "-", "compstat", ImportOptions(), None, prova=True) == 0
    assert capsys.readouterr().err.startswith(
        f"Klistra in tabellen och avsluta med {'Ctrl+Z och Enter' if sys.platform == 'win32' else 'Ctrl+D'} på en egen "
        "rad.\nSå har tabellen"
    )


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(empty: Path) -> None:
    ran = importera(empty, "-", stdin=lines(PERIOD, "Brott | 2021", *(f"Brott {n} | fel" for n in range(100))))
    assert ran.stderr.count(" är inget tal.") == 40
    assert ran.stderr.endswith(
        "… och 60 till. Rätta de första och kör igen.\n\n100 fel och 0 varningar. Inget har skrivits.\n"
    )
