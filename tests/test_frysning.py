"""A closed quarter stays closed: its report is the same bytes for ever, and what changes after that is told."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

import frysbygge as bygge
from conftest import ROOT, Run
from data_pdf.kor import first_on_path
from frysbygge import CHANGES, FRYST, tree
from uppfoljning import __version__

PDF = "2022-K1-kvartal.pdf"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory, runner: Run) -> Path:
    """The small project, agreed for two quarters, with the reports of the first as they were before it was closed."""
    folder = bygge.project(tmp_path_factory.mktemp("frys") / "p", 1, 2)
    for forum in ([], ["--mottagare", "utskott"]):
        assert runner("kvartal", "2022-K1", *forum, cwd=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def runner() -> Run:
    """The tool, for fixtures that are made once."""
    from conftest import run_tool

    return run_tool


@pytest.fixture(scope="module")
def closed_once(draft: Path, tmp_path_factory: pytest.TempPathFactory, runner: Run) -> Path:
    folder = tmp_path_factory.mktemp("stangt") / "p"
    shutil.copytree(draft, folder)
    done = runner("frys", "2022-K1", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{folder / FRYST}\n"
    return folder


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """The project with its first quarter closed, free to be changed; no reports are left of the time before."""
    shutil.copytree(closed_once, tmp_path / "p", ignore=shutil.ignore_patterns("rapporter*.tmp"))
    shutil.rmtree(tmp_path / "p" / "rapporter")
    return tmp_path / "p"


@pytest.fixture(scope="module")
def both_once(closed_once: Path, tmp_path_factory: pytest.TempPathFactory, runner: Run) -> Path:
    """After the first quarter was closed the data changed; then the second came, and was closed."""
    folder = tmp_path_factory.mktemp("bada") / "p"
    shutil.copytree(closed_once, folder)
    bygge.change_all(folder)
    bygge.add_second_quarter(folder)
    assert runner("frys", "2022-K2", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def both(both_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(both_once, tmp_path / "p")
    return tmp_path / "p"


def told(text: str) -> list[str]:
    """The lines with a dash, whole."""
    rows: list[str] = []
    for line in text.split("\n"):
        if line.startswith("  - "):
            rows.append(line[4:])
        elif line.startswith("    ") and rows:
            rows[-1] += f" {line.strip()}"
    return rows


def in_view(view: dict[str, object]) -> list[str]:
    """What a view says has changed since quarters were closed."""
    rows = [r for k in view["stangt"]["kvartal"] for r in k["rader"]]  # type: ignore[index]  # plain JSON
    return [
        re.sub(r"[\u00a0\u2009]", " ", " ".join(filter(None, (r["insats"], f"{r['rubrik']}.", r["mening"]))))
        for r in rows
    ]


def attached(pdf: Path) -> dict[str, object]:
    """The view that is attached to a report."""
    with pikepdf.open(pdf) as document:
        name = f"{pdf.stem}.json"
        found: dict[str, object] = json.loads(document.attachments[name].get_file().read_bytes())
        return found


# --- the report of a closed quarter ---


def test_what_is_closed_is_what_was_just_reported(draft: Path, closed_once: Path) -> None:
    closed = tree(closed_once / FRYST / "rapporter")
    assert {fil: content for fil, content in closed.items() if "styrgrupp" not in fil} == tree(draft / "rapporter")


@pytest.mark.parametrize("forum", ["", "styrgrupp", "utskott"])
def test_after_every_change_the_report_is_the_same_bytes_and_stderr_tells_the_changes(
    forum: str, closed: Path, run: Run
) -> None:
    bygge.change_all(closed)
    bygge.add_second_quarter(closed)
    done = run("kvartal", "2022-K1", *(["--mottagare", forum] if forum else []), cwd=closed)
    name = f"2022-K1-kvartal{'-' if forum else ''}{forum}.pdf"
    assert (done.returncode, done.stdout) == (0, f"{closed / 'rapporter' / name}\n")
    assert (closed / "rapporter" / name).read_bytes() == (closed / FRYST / "rapporter" / name).read_bytes()
    assert done.stderr.startswith("2022-K1 är stängt 10 maj 2022: det här är rapporten som den var då.\n")
    assert told(done.stderr) == CHANGES


def test_without_changes_stderr_says_that_nothing_has_changed(closed: Path, run: Run) -> None:
    bygge.add_second_quarter(closed)
    done = run("kvartal", "2022-K1", cwd=closed)
    assert done.stderr.endswith("Inget av det som rapporterades har ändrats i underlaget sedan dess.\n")


def test_status_and_the_next_report_tell_exactly_the_changes(closed: Path, run: Run) -> None:
    bygge.change_all(closed)
    bygge.add_second_quarter(closed)
    text = run("status", "2022-K2", cwd=closed).stdout
    section = text.split("Ändrat efter stängning: Kvartal 1 2022. Stängt 10 maj 2022.\n")[1].split("\n\n")[0]
    assert told(section) == CHANGES
    assert in_view(json.loads(run("status", "2022-K2", "--format", "json", cwd=closed).stdout)) == CHANGES
    own = run("status", "2022-K1", cwd=closed)
    assert "Ändrat efter stängning: Kvartal 1 2022." in own.stdout
    assert own.stderr == (
        "2022-K1 är stängt. Här visas läget enligt underlaget som det är nu; rapporten ändras inte.\n"
    )
    assert run("kvartal", "2022-K2", cwd=closed).returncode == 0
    assert in_view(attached(closed / "rapporter/2022-K2-kvartal.pdf")) == CHANGES


def test_a_report_without_changes_has_no_such_section(closed: Path, run: Run) -> None:
    bygge.add_second_quarter(closed)
    assert run("kvartal", "2022-K2", "--html", cwd=closed).returncode == 0
    assert "Ändrat efter stängning" not in (closed / "rapporter/2022-K2-kvartal.html").read_text(encoding="utf-8")


def test_a_later_extract_of_the_same_figures_is_told_as_revised_and_only_there(closed: Path, run: Run) -> None:
    table = (closed / "data/compstat/2022-03.csv").read_text(encoding="utf-8-sig")
    bygge.edit(closed, "compstat/2022-03.csv", "period;", "uttag;2022-04-08\nperiod;")
    later = table.replace("period;", "uttag;2022-07-01\nperiod;").replace("42;41", "42;44")
    bygge.write(closed, "compstat/2022-03-uttag-2022-07-01.csv", later)
    bygge.add_second_quarter(closed)
    view = json.loads(run("status", "2022-K2", "--format", "json", cwd=closed).stdout)
    assert in_view(view) == CHANGES[:1]
    assert [r["vad"] for g in view["andrat"]["grupper"] for r in g["rader"] if r["slag"] == "siffra"] == []


@pytest.mark.tung
def test_a_change_is_told_once_and_a_new_one_is_told_from_there(both: Path, run: Run) -> None:
    assert in_view(attached(both / "data/frysta/2022-K2/rapporter/2022-K2-kvartal.pdf")) == CHANGES
    third = ("status", "2022-K3", "--format", "json")
    assert in_view(json.loads(run(*third, cwd=both).stdout)) == []
    bygge.revise(both, "42;44", "42;46")
    assert in_view(json.loads(run(*third, cwd=both).stdout)) == [CHANGES[0].replace("41 → 44", "44 → 46")]


def test_an_answer_that_is_gone_is_told(closed: Path, run: Run) -> None:
    bygge.edit(closed, "aterkoppling/2022-K1/a1.yaml", "insats: OMR-1", "insats: OMR-2")
    path = closed / "data/aterkoppling/2022-K1/a1.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**raw, "svar": raw["svar"][1:]}, allow_unicode=True), encoding="utf-8")
    rows = told(run("kvartal", "2022-K1", cwd=closed).stderr)
    assert rows[0] == "OMR-1 Insats OMR-1. Svar från Fritid, kvartal 1 2022: svaret finns inte längre i underlaget."


def test_faults_in_the_data_of_today_do_not_stop_a_closed_report(closed: Path, run: Run) -> None:
    bygge.write(closed, "insatser.yaml", "huvudomraden: [\n")
    done = run("kvartal", "2022-K1", cwd=closed)
    assert done.returncode == 0
    assert (closed / "rapporter" / PDF).read_bytes() == (closed / FRYST / "rapporter" / PDF).read_bytes()
    assert "Underlaget har nu 1 fel, så det går inte att säga vad som har ändrats sedan dess." in done.stderr
    assert run("kvartal", "2022-K2", cwd=closed).returncode == 1


def test_another_day_is_refused_and_the_same_day_is_not(closed: Path, run: Run) -> None:
    done = run("kvartal", "2022-K1", "--per", "2022-05-02", cwd=closed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "2022-K1 är stängt, med läget per 2022-04-30" in done.stderr
    assert run("kvartal", "2022-K1", "--per", "2022-04-30", cwd=closed).returncode == 0


def test_html_of_a_closed_quarter_is_made_from_what_was_closed(draft: Path, closed: Path, run: Run) -> None:
    bygge.change_all(closed)
    for folder in (closed, draft):
        assert run("kvartal", "2022-K1", "--html", cwd=folder).returncode == 0
    name = "rapporter/2022-K1-kvartal.html"
    assert (closed / name).read_bytes() == (draft / name).read_bytes()


def test_a_forum_that_came_later_has_no_closed_report_and_one_that_has_gone_still_has(closed: Path, run: Run) -> None:
    bygge.edit(closed, "overenskommelse.yaml", "id: utskott", "id: namnd")
    new = run("kvartal", "2022-K1", "--mottagare", "namnd", cwd=closed)
    assert (new.returncode, new.stdout) == (2, "")
    assert 'då fanns ingen rapport för forumet "namnd". Rapporter finns för: styrgrupp och utskott.' in new.stderr
    assert run("kvartal", "2022-K1", "--mottagare", "utskott", cwd=closed).returncode == 0
    wrong = run("kvartal", "2022-K1", "--mottagare", "namden", cwd=closed)
    assert (wrong.returncode, wrong.stderr) == (2, 'Forumet "namden" finns inte. Menade du "namnd"?\n')


def test_jamfor_compares_with_what_was_reported(closed: Path, run: Run) -> None:
    bygge.add_second_quarter(closed)
    before = run("jamfor", "2022-K1", "2022-K2", cwd=closed)
    assert before.stderr == "2022-K1 är stängt: jämförelsen gäller det som rapporterades då.\n"
    bygge.edit(closed, "aterkoppling/2022-K1/a1.yaml", "genomforande: pagar", "genomforande: inte_paborjad")
    after = run("jamfor", "2022-K1", "2022-K2", cwd=closed)
    assert "inte påbörjad" not in after.stdout
    assert "Genomförandet, Fritid: Inte påbörjad, förut pågår." in after.stdout.replace("\n    ", " ")


# --- closing ---


def test_an_unagreed_quarter_is_refused_with_the_very_lines_to_add(tmp_path: Path, run: Run) -> None:
    folder = bygge.project(tmp_path / "p")
    done = run("frys", "2022-K1", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    head, rest = done.stderr.split("med rätt dag:\n")
    assert "2022-K1 är inte avstämt av samordnare och kommunpolis, och kan inte stängas." in head
    assert "lägg till det här under kalender i data/overenskommelse.yaml" in head
    assert not (folder / "data/frysta").exists()
    lines = rest.replace("ÅÅÅÅ-MM-DD", "2022-05-10")
    bygge.edit(folder, "overenskommelse.yaml", "kalender:\n  avstamningar: []\n", f"kalender:\n{lines}")
    # Agreed to, it is refused only for a day that is too early: the lines are right.
    assert "1 svar väntas" in run("frys", "2022-K1", "--per", "2022-04-15", cwd=folder).stderr
    second = run("frys", "2022-K2", cwd=folder).stderr.split("med rätt dag:\n")[1]
    assert [line.strip() for line in second.splitlines()] == [
        "- {kvartal: 2022-K2, part: kommunen, datum: ÅÅÅÅ-MM-DD}",
        "- {kvartal: 2022-K2, part: polisen, datum: ÅÅÅÅ-MM-DD}",
    ]


def test_a_half_year_that_the_agreement_begins_in_asks_only_for_the_quarters_in_it(tmp_path: Path, run: Run) -> None:
    folder = bygge.project(tmp_path / "p")
    shutil.rmtree(folder / "data/aterkoppling")
    bygge.edit(folder, "overenskommelse.yaml", "giltig_fran: 2022-01-01", "giltig_fran: 2022-04-01")
    done = run("frys", "2022-H1", cwd=folder)
    assert done.returncode == 1
    assert "kvartal: 2022-K2" in done.stderr
    assert "2022-K1" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["2022-K1", "--per", "2022-04-15"], 2, "1 svar väntas, och sista svarsdag är 2022-04-30"),
        (["2024-K1"], 2, "2024-K1 ligger utanför överenskommelsen"),
        (["våren"], 2, '"våren" är varken kvartal eller halvår'),
        (["2022-K1", "--skal", "Fel"], 2, "--skal hör ihop med --oppna"),
        (["2022-K1", "--oppna", "--kontrollera"], 2, "Välj antingen --oppna eller --kontrollera"),
        (["2022-K1", "--oppna", "--skal", "Fel"], 2, "2022-K1 är inte stängt, så det finns inget att öppna"),
        (["2022-K1", "--kontrollera"], 2, "2022-K1 är inte stängt, så det finns inget att kontrollera"),
    ],
)
def test_what_cannot_be_closed_is_told_and_nothing_is_written(
    arguments: list[str], code: int, said: str, draft: Path, run: Run
) -> None:
    done = run("frys", *arguments, cwd=draft)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert not (draft / "data/frysta").exists()


def test_a_quarter_with_faults_is_not_closed(tmp_path: Path, run: Run) -> None:
    folder = bygge.project(tmp_path / "p", 1)
    bygge.edit(folder, "aterkoppling/2022-K1/a1.yaml", "insats: OMR-1", "insats: OMR-9")
    done = run("frys", "2022-K1", cwd=folder)
    assert done.returncode == 1
    assert "OMR-9" in done.stderr
    assert not (folder / "data/frysta").exists()


def test_a_closed_quarter_is_not_closed_again(closed: Path, run: Run) -> None:
    before = tree(closed / "data")
    bygge.revise(closed)
    done = run("frys", "2022-K1", cwd=closed)
    assert (done.returncode, done.stdout) == (0, f"{closed / FRYST}\n")
    assert done.stderr == "2022-K1 är redan stängt, 10 maj 2022. Inget har ändrats.\n"
    assert tree(closed / FRYST) == {
        fil.removeprefix("frysta/2022-K1/"): content for fil, content in before.items() if fil.startswith("frysta/")
    }


def test_the_folder_holds_what_can_be_read_and_checked_by_hand(closed: Path) -> None:
    files = tree(closed / FRYST)
    names = ["", "-styrgrupp", "-utskott"]
    assert sorted(files) == sorted(
        [
            *("avtryck.json", "frysning.yaml", "kontrollsummor.sha256", "laget.txt", "rapport.json"),
            *(f"rapporter/2022-K1-kvartal{name}.pdf" for name in names),
            *("underlag/sammanhang.json", "underlag/data/aterkoppling/2022-K1/a1.yaml"),
            *("underlag/data/compstat/2022-03.csv", "underlag/data/enkater/enkat-2022.csv"),
            *(f"underlag/data/{name}.yaml" for name in ("overenskommelse", "insatser", "indikatorer")),
        ]
    )
    for fil, content in files.items():
        if fil.startswith("underlag/data/"):
            assert content == (closed / fil.removeprefix("underlag/")).read_bytes()
    manifest = yaml.safe_load(files["frysning.yaml"])
    assert manifest["period"] == "2022-K1"
    assert {"weasyprint", "pydyf", "pango", "harfbuzz", "fonttools", "jinja2", "python"} <= set(manifest["bibliotek"])
    assert [a["funktion"] for a in manifest["avstamd"]] == ["samordnare", "kommunpolis"]
    assert "läget per 30 april 2022" in files["laget.txt"].decode("utf-8")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "kontrollsummor.sha256"],
        cwd=closed / FRYST,
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stdout
    assert len(files["kontrollsummor.sha256"].splitlines()) == len(files) - 1


def test_addresses_and_intern_notes_are_only_where_they_were(tmp_path: Path, run: Run) -> None:
    folder = bygge.project(tmp_path / "p", 1)
    bygge.write(folder, "mottagare.yaml", "mottagare: []\n")
    assert run("frys", "2022-K1", cwd=folder).returncode == 0
    files = tree(folder / FRYST)
    assert not [fil for fil in files if "mottagare" in fil]
    assert bygge.INTERNT.encode("utf-8") in files["underlag/data/aterkoppling/2022-K1/a1.yaml"]
    for fil in ("avtryck.json", "rapport.json", "laget.txt", "frysning.yaml", "underlag/sammanhang.json"):
        assert b"uppsagd" not in files[fil]


@pytest.mark.tung
def test_two_folders_time_zones_locales_and_hash_seeds_give_the_same_bytes_in_every_file(
    tmp_path: Path, closed: Path, run: Run
) -> None:
    other = bygge.project(tmp_path / "en annan mapp åäö" / "p", 1, 2)
    for path in sorted(other.rglob("*"), reverse=True):
        os.utime(path, (0, 0))
    odd = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"}
    done = run("frys", "k1 2022", "--katalog", str(other), env=odd)
    assert done.returncode == 0, done.stderr
    assert tree(other / FRYST) == tree(closed / FRYST)


@pytest.mark.tung
def test_an_open_earlier_quarter_and_late_answers_are_noted(tmp_path: Path, run: Run) -> None:
    folder = bygge.project(tmp_path / "p", 1, 2)
    bygge.add_second_quarter(folder)
    bygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "2022-07-11", "2022-08-20")
    done = run("frys", "2022-K2", cwd=folder)
    assert done.returncode == 0
    assert "Obs: 2022-K1 är inte stängt." in done.stderr
    assert "Obs: 2 svar i rapporten har lämnats efter avstämningen." in done.stderr


# --- a folder that isn't what it was ---


def damaged(folder: Path, run: Run, *commands: list[str]) -> str:
    """What is said of a damaged folder, which stops what depends on it and is never used."""
    check = run("validera", cwd=folder)
    assert check.returncode == 1
    for command in commands:
        done = run(*command, cwd=folder)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert "data/frysta/2022-K1" in done.stderr
    assert not (folder / "rapporter").exists()
    return check.stdout


@pytest.mark.parametrize(
    "fil",
    [
        *("avtryck.json", "frysning.yaml", "kontrollsummor.sha256", "laget.txt", "rapport.json"),
        *(f"rapporter/{PDF}", "underlag/sammanhang.json", "underlag/data/overenskommelse.yaml"),
        "underlag/data/compstat/2022-03.csv",
    ],
)
def test_an_edited_file_is_named_and_nothing_of_it_is_used(fil: str, closed: Path, run: Run) -> None:
    path = closed / FRYST / fil
    content = path.read_bytes()
    place = content.index(b"r")
    path.write_bytes(content[:place] + b"R" + content[place + 1 :])
    assert f"data/frysta/2022-K1/{fil}: fel: " in damaged(closed, run, ["kvartal", "2022-K1"])


def test_a_missing_an_added_and_a_linked_file_are_named(closed: Path, run: Run) -> None:
    folder = closed / FRYST
    (folder / "laget.txt").unlink()
    (folder / "rapporter/ny.pdf").write_bytes(b"%PDF")
    (folder / "rapport.json").rename(closed / "rapport.json")
    (folder / "rapport.json").symlink_to(closed / "rapport.json")
    depending = (["kvartal", "2022-K1"], ["kvartal", "2022-K2"], ["jamfor"], ["status"], ["frys", "2022-K1"])
    said = damaged(closed, run, *depending)
    assert "frysning-skadad" in run("validera", "--format", "json", cwd=closed).stdout
    assert "data/frysta/2022-K1/laget.txt: fel: Filen saknas." in said
    assert "data/frysta/2022-K1/rapporter/ny.pdf: fel: Filen hör inte till det som stängdes." in said
    assert "data/frysta/2022-K1/rapport.json: fel: Här ligger en länk" in said


@pytest.mark.tung
def test_a_pdf_with_other_line_ends_is_damaged_but_text_files_are_not(closed: Path, run: Run) -> None:
    folder = closed / FRYST
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".json", ".csv", ".txt", ".sha256"}):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert run("validera", cwd=closed).returncode == 0
    assert run("kvartal", "2022-K1", cwd=closed).returncode == 0
    checked = run("frys", "2022-K1", "--kontrollera", cwd=closed)
    assert checked.stdout.count("samma fil byte för byte") == 3, checked.stdout
    pdf = folder / "rapporter" / PDF
    pdf.write_bytes(pdf.read_bytes().replace(b"\n", b"\r\n", 1))
    assert f"data/frysta/2022-K1/rapporter/{PDF}: fel: " in run("validera", cwd=closed).stdout


def test_a_damaged_quarter_can_be_opened_and_is_kept_marked_as_damaged(closed: Path, run: Run) -> None:
    (closed / FRYST / "rapporter" / PDF).write_bytes(b"%PDF-skadad")
    kept = tree(closed / FRYST)
    done = run("frys", "2022-K1", "--oppna", "--skal", "PDF-filen var skadad", cwd=closed)
    assert done.returncode == 0, done.stderr
    history = closed / "data/frysta/historik/2022-K1-1"
    assert tree(history / "frysning") == kept
    assert yaml.safe_load((history / "oppnad.yaml").read_text(encoding="utf-8"))["skadad"] is True
    assert run("validera", cwd=closed).returncode == 0


def test_a_damaged_quarter_does_not_stop_the_report_of_another_closed_one(both: Path, run: Run) -> None:
    (both / FRYST / "laget.txt").write_text("Allt är bra.\n", encoding="utf-8")
    done = run("kvartal", "2022-K2", cwd=both)
    assert done.returncode == 0
    assert "Underlaget har nu 1 fel" in done.stderr


# --- opening ---


def test_opening_asks_for_a_reason(closed: Path, run: Run) -> None:
    before = tree(closed / "data")
    number = "".join(map(str, (19, 12, 12, 12, "-", 12, 12)))
    for reason, said in (
        ([], "Ange varför 2022-K1 öppnas."),
        (["--skal", "  "], "Ange varför 2022-K1 öppnas."),
        (["--skal", "a" * 501], "Skälet är för långt"),
        (["--skal", f"Svar från {number}"], "Skälet innehåller personuppgifter"),
    ):
        done = run("frys", "2022-K1", "--oppna", *reason, cwd=closed)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert tree(closed / "data") == before


@pytest.mark.tung
def test_history_is_kept_and_the_new_report_says_why_it_was_opened(both: Path, run: Run) -> None:
    first = tree(both / FRYST)
    done = run("frys", "2022-K1", "--oppna", "--skal", "Skolan hade   inte svarat", cwd=both)
    assert (done.returncode, done.stdout) == (0, f"{both / 'data/frysta/historik/2022-K1-1'}\n")
    assert "2022-K2 är stängt och jämfördes med det som nu har öppnats." in done.stderr
    assert tree(both / "data/frysta/historik/2022-K1-1/frysning") == first
    again = run("frys", "2022-K1", cwd=both)
    assert "Obs: avstämningen är densamma som när 2022-K1 stängdes förra gången." in again.stderr
    view = attached(both / FRYST / "rapporter" / PDF)
    rows = [r["text"] for r in view["underlag"] if r["etikett"] == "Tidigare stängt"]  # type: ignore[attr-defined]  # JSON
    assert [re.sub("\u00a0", " ", text) for text in rows] == [
        "Kvartalet stängdes 10 maj 2022 och öppnades igen. Skäl: Skolan hade inte svarat."
    ]
    manifest = yaml.safe_load((both / FRYST / "frysning.yaml").read_text(encoding="utf-8"))
    assert [(t["nr"], t["skal"]) for t in manifest["tidigare"]] == [(1, "Skolan hade inte svarat")]
    # The second quarter was compared with the first as it was closed then, and is still made again from its folder.
    checked = run("frys", "2022-K2", "--kontrollera", cwd=both)
    assert checked.returncode == 0
    assert checked.stdout.count("samma fil byte för byte") == 3
    assert run("frys", "2022-K1", "--oppna", "--skal", "En gång till", cwd=both).returncode == 0
    assert sorted(p.name for p in (both / "data/frysta/historik").iterdir()) == ["2022-K1-1", "2022-K1-2"]


@pytest.mark.tung
def test_what_an_older_closing_had_told_of_it_is_not_taken_from_the_new_one(both: Path, run: Run) -> None:
    assert run("frys", "2022-K1", "--oppna", "--skal", "Siffran var fel", cwd=both).returncode == 0
    bygge.revise(both, "42;44", "42;41")
    assert run("frys", "2022-K1", cwd=both).returncode == 0
    view = json.loads(run("status", "2022-K3", "--format", "json", cwd=both).stdout)
    quarters = [k["period"] for k in view["stangt"]["kvartal"]]
    assert quarters == ["2022-K2"]  # where 44 was reported; the new closing of the first quarter says 41 itself


# --- made again ---


@pytest.mark.tung
def test_control_says_which_versions_differ_and_whether_the_text_is_the_same(closed: Path, run: Run) -> None:
    same = run("frys", "2022-K1", "--kontrollera", cwd=closed)
    assert (same.returncode, same.stderr) == (0, "")
    assert same.stdout.splitlines()[0] == "2022-K1: 14 filer stämmer med kontrollsummorna."
    assert same.stdout.count("samma fil byte för byte") == 3
    folder = closed / FRYST
    text = (folder / "frysning.yaml").read_text(encoding="utf-8")
    _forge(
        folder, "frysning.yaml", text.replace(f'verktyg: "uppfoljning {__version__}"', 'verktyg: "uppfoljning 0.0.9"')
    )
    older = run("frys", "2022-K1", "--kontrollera", cwd=closed)
    assert older.returncode == 0
    assert f"Stängt med andra versioner: uppfoljning 0.0.9 (nu {__version__})." in older.stdout
    wrong = re.sub(r'html_sha256: "[0-9a-f]{64}"', f'html_sha256: "{"0" * 64}"', text)
    _forge(folder, "frysning.yaml", wrong)
    assert run("kvartal", "2022-K1", "--html", cwd=closed).returncode == 2


def _forge(folder: Path, fil: str, text: str) -> None:
    """Change the manifest with its checksum, as another version of the tool would have written it."""
    import hashlib

    before = hashlib.sha256((folder / fil).read_bytes()).hexdigest()
    (folder / fil).write_text(text, encoding="utf-8", newline="")
    after = hashlib.sha256((folder / fil).read_bytes()).hexdigest()
    sums = folder / "kontrollsummor.sha256"
    sums.write_text(sums.read_text(encoding="utf-8").replace(before, after), encoding="utf-8", newline="")


# --- interrupted, refused, at the same time ---


def start(folder: Path, *arguments: str, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "uppfoljning", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **more,  # type: ignore[call-overload]  # passed on as they are
    )


def killing(folder: Path, kind: str, moment: str) -> dict[str, str]:
    """An environment in which the process is hit by a signal at a moment."""
    folder.mkdir()
    source = (ROOT / "tests/data_pdf/sitecustomize_avbrott.py").read_text(encoding="utf-8")
    (folder / "sitecustomize.py").write_text(source.replace("signal.SIGINT", f"signal.{kind}"), encoding="utf-8")
    return {**os.environ, "PYTHONPATH": first_on_path(folder), "PROV_AVBRYT": moment}


@pytest.mark.tung
@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("open .avtryck.json", "SIGKILL"),
        ("os.rename frysta/.2022-K1", "SIGKILL"),
        ("open .kontrollsummor.sha256", "SIGINT"),
    ],
)
def test_a_run_that_is_killed_leaves_no_half_closed_quarter(
    moment: str, kind: str, draft: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "p"
    shutil.copytree(draft, folder)
    process = start(folder, "frys", "2022-K1", env=killing(tmp_path / "krok", kind, moment))
    process.communicate()
    assert process.returncode == (-signal.SIGKILL if kind == "SIGKILL" else 130)
    assert not (folder / FRYST).exists()
    left = [p.name for p in (folder / "data/frysta").iterdir()]
    assert (left == []) == (kind == "SIGINT")
    assert run("validera", cwd=folder).returncode == 0
    if moment.startswith("os.rename"):
        done = run("frys", "2022-K1", cwd=folder)
        assert done.returncode == 0
        assert done.stderr.startswith("2022-K1 är stängt")
        assert [p.name for p in (folder / "data/frysta").iterdir()] == ["2022-K1"]


def test_opening_that_is_killed_leaves_the_quarter_closed_and_can_be_done_again(
    closed: Path, tmp_path: Path, run: Run
) -> None:
    env = killing(tmp_path / "krok", "SIGKILL", "os.rename frysta/2022-K1")
    process = start(closed, "frys", "2022-K1", "--oppna", "--skal", "Först", env=env)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert run("validera", cwd=closed).returncode == 0
    assert "är stängt" in run("kvartal", "2022-K1", cwd=closed).stderr
    assert run("frys", "2022-K1", "--oppna", "--skal", "Sedan", cwd=closed).returncode == 0
    history = closed / "data/frysta/historik"
    assert [p.name for p in history.iterdir()] == ["2022-K1-1"]
    assert "Sedan" in (history / "2022-K1-1/oppnad.yaml").read_text(encoding="utf-8")


def test_a_full_disk_is_told_and_leaves_nothing(draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(draft, folder)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, 16_000))

    process = start(folder, "frys", "2022-K1", preexec_fn=little_room)
    out, err = process.communicate()
    assert (process.returncode, out) == (3, "")
    assert "disken är full" in err
    assert "Errno" not in err
    assert list((folder / "data/frysta").iterdir()) == []


def test_without_pango_nothing_is_closed(draft: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "p"
    shutil.copytree(draft, folder)
    (tmp_path / "krok").mkdir()
    shutil.copy(ROOT / "tests/data_pdf/sitecustomize_utan_pango.py", tmp_path / "krok/sitecustomize.py")
    done = run("frys", "2022-K1", cwd=folder, env={"PYTHONPATH": first_on_path(tmp_path / "krok")})
    assert (done.returncode, done.stdout) == (3, "")
    assert "Pango saknas" in done.stderr
    assert list((folder / "data/frysta").iterdir()) == []


@pytest.mark.tung
def test_of_two_runs_at_once_one_closes_the_quarter_whole(draft: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "p"
    shutil.copytree(draft, folder)
    processes = [start(folder, "frys", "2022-K1") for _ in range(2)]
    ended = [(p.communicate()[1], p.returncode) for p in processes]
    assert 0 in {code for _, code in ended}
    assert {code for _, code in ended} <= {0, 3}, ended
    for said, code in ended:
        assert code == 0 or "finns redan och skrivs inte över. Inget har ändrats." in said
    assert [p.name for p in (folder / "data/frysta").iterdir()] == ["2022-K1"]
    assert run("frys", "2022-K1", "--kontrollera", cwd=folder).returncode == 0


# --- the half-year, the real data, and what validera costs ---


@pytest.mark.tung
def test_a_half_year_is_closed_when_both_its_quarters_are_agreed(closed: Path, run: Run) -> None:
    bygge.add_second_quarter(closed)
    assert run("halvar", "2022-H1", cwd=closed).returncode == 0
    draft = tree(closed / "rapporter")
    done = run("frys", "2022-H1", cwd=closed)
    assert done.returncode == 0, done.stderr
    bygge.change_all(closed)
    stored = json.loads((closed / "data" / "frysta" / "2022-H1" / "rapport.json").read_text(encoding="utf-8"))
    assert (stored["slag"], stored["period"]) == ("halvar", "2022-H1")
    given = run("halvar", "2022-H1", cwd=closed)
    assert given.returncode == 0
    assert tree(closed / "rapporter") == draft
    assert CHANGES[0] in told(given.stderr)
    assert run("frys", "2022-H1", "--kontrollera", cwd=closed).returncode == 0


def test_the_agreed_days_stand_in_the_report_and_invented_ones_are_marked(run: Run) -> None:
    view = json.loads(run("status", "2022-K1", "--format", "json").stdout)
    assert [(r["funktion"], r["datum"].replace("\u00a0", " ")) for r in view["avstamd_av"]] == [
        ("Brottsförebyggande samordnare", "10 maj 2022 (påhittat exempel)"),
        ("Kommunpolis", "10 maj 2022 (påhittat exempel)"),
    ]
    later = json.loads(run("status", "2022-K2", "--format", "json").stdout)
    assert [r["datum"] for r in later["avstamd_av"]] == ["", ""]


@pytest.mark.tung
def test_the_repositorys_own_first_quarter_can_be_closed(project: Path, run: Run) -> None:
    assert run("kvartal", "2022-K1", cwd=project).returncode == 0
    done = run("frys", "2022-K1", cwd=project)
    assert done.returncode == 0
    assert done.stderr.startswith(
        "2022-K1 är stängt 10 maj 2022, avstämt av brottsförebyggande samordnare och kommunpolis"
    )
    assert (project / FRYST / "rapporter" / PDF).read_bytes() == (project / "rapporter" / PDF).read_bytes()


def test_validera_reads_imprints_only_for_what_was_promised_and_makes_none(closed: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from uppfoljning.pipeline.granska import granska;"
        "found = granska(Path('.'));"
        "print(len(found.frysta.stangda), sorted(m for m in sys.modules if m in"
        " {'uppfoljning.report.views.kvartal', 'uppfoljning.output.html', 'weasyprint', 'jinja2'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=closed, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "1 []\n"


Change = Callable[[Path], None]


@pytest.mark.parametrize("change", [bygge.revise, bygge.answer_late, bygge.rewrite_answer])
def test_what_is_changed_and_changed_back_is_not_told(change: Change, closed: Path, run: Run) -> None:
    before = tree(closed / "data")
    change(closed)
    assert told(run("kvartal", "2022-K1", cwd=closed).stderr)
    for fil in set(tree(closed / "data")) - set(before):
        (closed / "data" / fil).unlink()
    for fil, content in before.items():
        (closed / "data" / fil).write_bytes(content)
    assert told(run("kvartal", "2022-K1", cwd=closed).stderr) == []


# --- what is promised after a closing ---

MOVED = "Momentet Klart: senast 30 november 2023, förut senast 30 november 2022."
NAMED = "historik: [{handelse: reviderad, datum: 2022-06-02, andring: Klart först 30 november 2023., skal: Beslut.}]"


def move(folder: Path, historik: str = "") -> None:
    """The first insats's milestone is put off a year."""
    bygge.edit(folder, "insatser.yaml", "      senast: 2022-11-30\n", "      senast: 2023-11-30\n")
    if historik:
        bygge.edit(folder, "insatser.yaml", "    rubrik: Insats OMR-1\n", f"    rubrik: Insats OMR-1\n    {historik}\n")


def view_of(run: Run, folder: Path, *arguments: str) -> Any:
    done = run("status", "2022-K2", *arguments, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_promise_that_is_moved_after_closing_is_warned_of_and_told_until_it_is_named(closed: Path, run: Run) -> None:
    move(closed)
    warned = run("validera", cwd=closed)
    assert (warned.returncode, warned.stderr.strip()) == (0, "Inga fel och 1 varning.")
    assert f"OMR-1: {MOVED} Det har ändrats sedan 2022-K1 stängdes 2022-05-10" in warned.stdout
    for told in (run("status", "2022-K2", cwd=closed), run("jamfor", "2022-K1", "2022-K2", cwd=closed)):
        assert MOVED in " ".join(told.stdout.split())
    half = run("halvar", "2022-H1", "--html", cwd=closed)
    assert MOVED in Path(half.stdout.strip()).read_text(encoding="utf-8").replace("\u00a0", " ")


def test_a_promise_that_is_moved_by_the_book_is_a_change_and_no_more(closed: Path, run: Run) -> None:
    move(closed, NAMED)
    assert run("validera", cwd=closed).stderr.strip() == "Inga fel."
    view = view_of(run, closed)
    assert (view["stangt"]["kvartal"], view["forsta_sidan"]["sent"]) == ([], [])


def test_an_insats_that_is_added_by_the_book_is_no_change_of_a_closed_quarter(closed: Path, run: Run) -> None:
    path = closed / "data/insatser.yaml"
    new = (
        "  - id: OMR-3\n    rubrik: Öppen verkstad\n    beskrivning: En verkstad hålls öppen.\n    ansvariga: [a1]\n"
        "    kalla: {avsnitt: Beslut i styrgruppen}\n"
        "    historik: [{handelse: tillkommen, datum: DAG, skal: Önskemål från unga.}]\n"
    )
    agreed = path.read_text(encoding="utf-8")
    path.write_text(agreed + new.replace("DAG", "2022-06-02"), encoding="utf-8")
    assert view_of(run, closed)["stangt"]["kvartal"] == []
    path.write_text(agreed + new.replace("DAG", "2022-03-02"), encoding="utf-8")
    assert {r["insats"] for k in view_of(run, closed)["stangt"]["kvartal"] for r in k["rader"]} == {"OMR-3"}


def test_an_answer_of_a_closed_quarter_is_not_asked_whether_its_events_count(closed: Path, run: Run) -> None:
    frekvens = "    frekvens: {antal: 4, per: ar, enhet: vandringar}\n"
    bygge.edit(closed, "insatser.yaml", "    rubrik: Insats OMR-1\n", f"    rubrik: Insats OMR-1\n{frekvens}")
    event = "  utfall: {handelser: [{datum: 2022-03-01, vad: vandring med boende}]}\n"
    bygge.edit(closed, "aterkoppling/2022-K1/a1.yaml", "- insats: OMR-1\n", f"- insats: OMR-1\n{event}")
    assert "annan-enhet" not in run("validera", "--format", "json", cwd=closed).stdout
    shutil.rmtree(closed / "data/frysta")
    assert "annan-enhet" in run("validera", "--format", "json", cwd=closed).stdout


def test_a_comparison_of_later_quarters_tells_an_unnamed_promise_too(closed: Path, run: Run) -> None:
    move(closed)
    assert MOVED in " ".join(run("jamfor", "2022-K2", "2022-K3", cwd=closed).stdout.split())
