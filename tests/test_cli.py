"""The command line as its users meet it: Swedish, with the right exit code, the path alone on stdout, no tracebacks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import ROOT, Run
from data_pdf.kor import first_on_path
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project

ENGLISH = re.compile(
    r"\b(usage|errors?|missing|options?|try|no such|required|default|arguments|commands?|show|this message|exit|"
    r"unexpected|unknown|invalid|value|does not|requires?|got|str|integer|path|traceback|exception|file|directory|"
    r"permission|denied|not found)\b",
    re.IGNORECASE,
)


def english_words(text: str) -> list[str]:
    """English words of the command-line library in ``text``; names of flags and paths don't count."""
    return ENGLISH.findall(re.sub(r"\S*/\S*|--\S+", " ", text))


def folder_with(project: Path, *, report: bytes) -> Path:
    """An older report where the new one is to be written."""
    old = project / "rapporter" / "2022-K1-kvartal.pdf"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(report)
    return old


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project with answers for two quarters of 2022."""
    filer = [answers([answer()]), answers([answer()], kvartal="2022-K2")]
    return write_project(tmp_path / "litet", agreement(), [area([insats()])], filer)


# --- Swedish ---


@pytest.mark.parametrize("command", [[], ["validera"], ["status"], ["kvartal"], ["frys"]])
def test_help_is_swedish(command: list[str], run: Run) -> None:
    done = run(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Användning: uppfoljning")
    assert "Flaggor:" in done.stdout
    assert english_words(done.stdout) == []


@pytest.mark.parametrize("command", [[], ["validera"], ["status"], ["kvartal"], ["frys"]])
def test_no_sentence_of_the_help_is_cut_off(command: list[str], run: Run) -> None:
    assert "..." not in run(*command, "--help").stdout


def test_without_arguments_the_help_is_shown_as_a_usage_error(run: Run) -> None:
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Kommandon:" in done.stderr
    assert english_words(done.stderr) == []


USAGE_ERRORS: list[tuple[list[str], str]] = [
    (["kvartl"], 'kommandot kvartl finns inte. Menade du "kvartal"?'),
    (["xyz"], "Kommandona är: compstat, enkat, frys, halvar, jamfor, kvartal, skicka, status, validera."),
    ([""], "kommandot"),
    (["--xyz"], "flaggan --xyz finns inte"),
    (["kvartal", "--htm"], 'flaggan --htm finns inte. Menade du "--html"?'),
    (["kvartal", "-x"], "flaggan -x finns inte"),
    (["kvartal", "--per"], "flaggan --per behöver ett värde"),
    (["status", "--format"], "flaggan --format behöver ett värde"),
    (["validera", "--katalog"], "flaggan --katalog behöver ett värde"),
    (["kvartal", "2022-K1", "till"], "för många argument: till"),
    (["validera", "till", "flera"], "för många argument: till flera"),
    (["kvartal", "--html=ja"], "flaggan --html tar inget värde"),
    (["validera", "--strikt=1"], "flaggan --strikt tar inget värde"),
    (["kvartal", "2022-K5"], '"2022-K5" är inget kvartal. Skriv till exempel 2022-K1.'),
    (["status", ""], '"" är inget kvartal'),
    (
        ["status", "2022-H1"],
        "2022-H1 är ett halvår. Skriv ett kvartal, till exempel 2022-K2, eller kör halvar 2022-H1.",
    ),
    (["kvartal", "2030-K1"], "2030-K1 ligger utanför överenskommelsen, som omfattar 2022-K1 till 2023-K4."),
    (["kvartal", "--per", "igår"], '"igår" är inget datum. Skriv ÅÅÅÅ-MM-DD'),
    (["kvartal", "--per", "2022-02-31"], '"2022-02-31" är inget datum'),
    (["kvartal", "2022-K2", "--per", "2022-03-31"], "ligger före 2022-K2, som börjar 2022-04-01"),
    (["validera", "--format", "jsn"], 'Formatet "jsn" finns inte. Menade du "json"?'),
    (["status", "--format", "github"], "Formaten är: json, text."),
    (
        ["kvartal", "--mottagare", "trygghetsutskotet"],
        'Forumet "trygghetsutskotet" finns inte. Menade du "trygghetsutskottet"?',
    ),
    (["kvartal", "--mottagare", ""], "Forumen är: est-styrgrupp, trygghetsutskottet."),
    (["kvartal", "--katalog", "finns-inte"], "Mappen finns-inte finns inte."),
    (["status", "--katalog", "src"], "har ingen undermapp data/"),
    (["validera", "--katalog", "data"], "Ange mappen ovanför."),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE_ERRORS, ids=[" ".join(a) or "–" for a, _ in USAGE_ERRORS])
def test_a_usage_error_is_told_in_swedish_with_code_2(arguments: list[str], said: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert english_words(done.stderr) == []


def test_an_unknown_flag_is_answered_with_flags_only(run: Run) -> None:
    shown = run("kvartal", "-x").stderr.split("Flaggorna är: ")[1].split("\n")[0].rstrip(".").split(", ")
    assert {"--html", "--katalog", "--per"} <= set(shown)
    assert [name for name in shown if not name.startswith("-")] == []


def test_outside_every_project_the_way_on_is_told(run: Run, tmp_path: Path) -> None:
    done = run("validera", cwd=tmp_path)
    assert done.returncode == 2
    assert "Ingen projektmapp hittades här eller ovanför" in done.stderr
    assert "--katalog" in done.stderr


def test_a_file_given_as_the_project_folder_is_not_called_missing(run: Run) -> None:
    done = run("validera", "--katalog", "README.md")
    assert done.returncode == 2
    assert "finns inte" not in done.stderr


def test_commands_are_read_without_case(run: Run) -> None:
    assert run("VALIDERA").returncode == 0


def test_the_version_is_told(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"uppfoljning \d+\.\d+\.\d+\n", done.stdout)


# --- exit codes ---


def test_data_without_faults_gives_0(run: Run, small: Path) -> None:
    done = run("validera", cwd=small)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Inga fel.\n")


def test_warnings_give_0_and_with_strikt_1(run: Run, small: Path) -> None:
    path = small / "data" / "insatser.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ska göras", "ska 中 göras"), encoding="utf-8")
    done = run("validera", cwd=small)
    assert done.returncode == 0
    assert "varning: Tecknet U+4E2D" in done.stdout
    assert done.stderr == "Inga fel och 1 varning.\n"
    assert run("validera", "--strikt", cwd=small).returncode == 1
    assert run("kvartal", "--html", cwd=small).returncode == 0


def break_data(project: Path) -> None:
    """Put a fault in the data."""
    path = project / "data" / "insatser.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("beskrivning:", "beskrivnig:"), encoding="utf-8")


@pytest.mark.parametrize("command", ["validera", "status", "kvartal"])
def test_a_fault_in_the_data_gives_1(command: str, run: Run, small: Path) -> None:
    break_data(small)
    done = run(command, cwd=small)
    assert done.returncode == 1
    assert "fel: " in (done.stdout if command == "validera" else done.stderr)
    assert english_words(done.stderr) == []


def test_a_report_that_can_not_be_written_gives_3(run: Run, small: Path) -> None:
    (small / "rapporter").write_text("en fil i vägen", encoding="utf-8")
    done = run("kvartal", "--html", cwd=small)
    assert (done.returncode, done.stdout) == (3, "")
    assert "kunde inte skrivas" in done.stderr
    assert english_words(done.stderr) == []


@pytest.mark.parametrize("name", ["a" * 300 + ".html", "saknas/rapport.html", "/proc/rapport.html"])
def test_whatever_the_system_says_about_a_file_is_told_in_swedish(name: str, run: Run, small: Path) -> None:
    (small / "saknas").write_text("", encoding="utf-8")
    done = run("kvartal", "2022-K1", "--html", "--ut", name, cwd=small)
    assert done.returncode == 3
    assert english_words(done.stderr.replace(name, "")) == []


def with_hook(folder: Path, **env: str) -> dict[str, str]:
    """An environment in which tests/data_pdf/sitecustomize_avbrott.py runs when Python starts."""
    folder.mkdir()
    shutil.copy(ROOT / "tests/data_pdf/sitecustomize_avbrott.py", folder / "sitecustomize.py")
    return {"PYTHONPATH": first_on_path(folder), **env}


@pytest.mark.parametrize("function", ["pipeline.granska.granska", "pipeline.kvartal.kvartalsvy"])
def test_a_fault_of_ours_gives_70_without_traceback_and_without_the_data(
    function: str, run: Run, small: Path, tmp_path: Path
) -> None:
    old = folder_with(small, report=b"%PDF gammal")
    done = run("kvartal", "2022-K1", cwd=small, env=with_hook(tmp_path / "krok", PROV_FEL=function))
    assert (done.returncode, done.stdout) == (70, "")
    assert "Det är vårt fel, inte ditt" in done.stderr
    assert "ValueError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hemlig text" not in done.stderr
    assert old.read_bytes() == b"%PDF gammal"


# --- what is written where ---


def test_the_path_is_alone_on_stdout(run: Run, small: Path) -> None:
    done = run("kvartal", "2022-K1", cwd=small)
    target = small / "rapporter" / "2022-K1-kvartal.pdf"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    assert target.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in target.parent.iterdir()) == [target.name]


def test_without_a_quarter_the_latest_with_answers_is_chosen_and_named(run: Run, small: Path) -> None:
    done = run("kvartal", "--html", cwd=small)
    assert done.stdout == f"{small / 'rapporter' / '2022-K2-kvartal.html'}\n"
    assert "2022-K2" in done.stderr
    shutil.rmtree(small / "data" / "aterkoppling" / "2022-K2")
    done = run("status", "--format", "json", cwd=small)
    assert json.loads(done.stdout)["period"] == "2022-K1"
    assert "2022-K1, det senaste som har svar" in done.stderr


def test_without_any_answers_the_first_quarter_is_chosen_and_not_said_to_have_answers(run: Run, small: Path) -> None:
    shutil.rmtree(small / "data" / "aterkoppling")
    done = run("kvartal", "--html", cwd=small)
    assert done.stdout == f"{small / 'rapporter' / '2022-K1-kvartal.html'}\n"
    assert "2022-K1" in done.stderr
    assert "som har svar" not in done.stderr


@pytest.mark.parametrize("written", ["2022-K1", "2022K1", "k1 2022", "K1 2022", "2022-Q1", "2022-k1", " 2022-K1 "])
def test_a_quarter_is_read_however_it_is_written(written: str, run: Run, small: Path) -> None:
    done = run("status", written, "--format", "json", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["period"] == "2022-K1"


def status(run: Run, *arguments: str) -> dict[str, object]:
    """The state of the repository's own data as JSON."""
    done = run("status", "2022-K1", "--format", "json", *arguments)
    assert done.returncode == 0
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_default_reference_date_is_the_last_day_to_answer(run: Run) -> None:
    assert status(run, "--per", "2022-04-30") == status(run)


def test_per_moves_the_reference_date_and_only_what_is_judged_by_it(run: Run) -> None:
    usual, moved = status(run), status(run, "--per", "2022-05-20")
    assert (usual["per"], moved["per"]) == ("30\u00a0april 2022", "20\u00a0maj 2022")
    unmoved = ("period", "rubrik", "underrubrik", "svarsoversikt", "svarssumma", "oppet", "underlag", "varningar")
    assert [key for key in unmoved if usual[key] != moved[key]] == []
    assert said(usual) == said(moved)
    assert len(said(usual)) > 25


def said(view: dict[str, object]) -> list[object]:
    """Every answer in a view, without how it stands to the plan."""
    return [
        (insats["insats"], svar["aktor"], svar["status"], svar["stycken"])
        for area in view["huvudomraden"]  # type: ignore[attr-defined]  # plain JSON
        for insats in area["insatser"]
        for svar in insats["svar"]
    ]


def test_dates_ahead_lie_after_the_reference_date(run: Run) -> None:
    # The police plan their first day of checks for 4 May, the meeting about domestic violence is on the 11th.
    def ahead(view: dict[str, object]) -> list[str]:
        return [row["datum"] for row in view["forsta_sidan"]["datum"]]  # type: ignore[index]  # plain JSON

    assert "4\u00a0maj 2022" in ahead(status(run))
    moved = ahead(status(run, "--per", "2022-05-04"))
    assert "4\u00a0maj 2022" not in moved
    assert "9\u00a0maj 2022" in moved


def test_answers_in_time_are_not_called_late_when_the_reference_date_is_earlier(run: Run) -> None:
    # One answer of four comes on 29 April, in time; the reference date is the 21st.
    method = json.dumps(status(run, "--per", "2022-04-21")["metod"], ensure_ascii=False)
    assert "Svar som har lämnats efter referensdagen, till och med 4\u00a0maj 2022, är med;" in method
    assert "de som kom efter sista svarsdag är märkta." in method


def test_a_named_receiver_gets_a_file_of_its_own_name(run: Run, small: Path) -> None:
    first = run("kvartal", "2022-K1", "--html", cwd=small)
    second = run("kvartal", "2022-K1", "--html", "--mottagare", "utskott", cwd=small)
    assert (first.returncode, second.returncode) == (0, 0)
    names = sorted(path.name for path in (small / "rapporter").iterdir())
    assert names == ["2022-K1-kvartal-utskott.html", "2022-K1-kvartal.html"]
    assert "<b>Till</b> Utskottet" in (small / "rapporter" / names[0]).read_text(encoding="utf-8")
    assert "<b>Till</b> Styrgruppen" in (small / "rapporter" / names[1]).read_text(encoding="utf-8")


def test_ut_chooses_the_place_and_makes_the_folders(run: Run, small: Path) -> None:
    done = run("kvartal", "2022-K1", "--html", "--ut", "ny/mapp/åäö rapport.html", cwd=small)
    assert (done.returncode, done.stdout) == (0, "ny/mapp/åäö rapport.html\n")
    assert (small / "ny/mapp/åäö rapport.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert not (small / "rapporter").exists()


@pytest.mark.parametrize("below", [".", "data", "data/aterkoppling/2022-K1", "rapporter"])
def test_the_project_is_found_from_any_folder_inside_it(below: str, run: Run, small: Path) -> None:
    (small / "rapporter").mkdir()
    done = run("kvartal", "2022-K1", "--html", cwd=small / below)
    assert (done.returncode, done.stdout) == (0, f"{small / 'rapporter' / '2022-K1-kvartal.html'}\n")


def test_a_new_report_replaces_the_old_one_with_the_umasks_permissions(run: Run, small: Path) -> None:
    old = folder_with(small, report=b"%PDF gammal")
    before = os.umask(0o027)
    try:
        assert run("kvartal", "2022-K1", cwd=small).returncode == 0
    finally:
        os.umask(before)
    assert len(old.read_bytes()) > 10_000
    assert old.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_a_run_that_fails_on_the_data_leaves_the_old_report(run: Run, small: Path) -> None:
    old = folder_with(small, report=b"%PDF gammal")
    break_data(small)
    done = run("kvartal", "2022-K1", cwd=small)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Inget har skrivits: rätta felen först." in done.stderr
    assert old.read_bytes() == b"%PDF gammal"
    assert [path.name for path in old.parent.iterdir()] == [old.name]


# --- interruptions ---

MOMENTS = {
    "while the data is read": "open insatser.yaml",
    "while WeasyPrint is imported": "import weasyprint",
    "while the fonts are read": "open SourceSans3-Regular.ttf",
    "when the temporary file is opened": "open 2022-K1-kvartal.pdf.",
    "just before the old report is replaced": "os.rename .2022-K1-kvartal.pdf",
}


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(moment, id=name, marks=() if moment.startswith("open insatser") else pytest.mark.tung)
        for name, moment in MOMENTS.items()
    ],
)
def test_ctrl_c_leaves_the_old_report_and_nothing_else(moment: str, run: Run, small: Path, tmp_path: Path) -> None:
    old = folder_with(small, report=b"%PDF gammal")
    done = run("kvartal", "2022-K1", cwd=small, env=with_hook(tmp_path / "krok", PROV_AVBRYT=moment))
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Avbrutet. Inget har ändrats.\n")
    assert old.read_bytes() == b"%PDF gammal"
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_status_into_head_prints_one_line_and_no_traceback(run: Run) -> None:
    command = f"set -o pipefail; '{sys.executable}' -m uppfoljning status 2022-K1 | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Uppföljning kvartal 1 2022, läget per 30 april 2022\n"


@pytest.mark.parametrize(
    "arguments", [["status", "2022-K2"], ["status", "2022-K1", "--underlag"], ["jamfor", "2022-K2"]], ids=" ".join
)
def test_what_a_terminal_shows_can_be_searched_with_ordinary_spaces(arguments: list[str], run: Run) -> None:
    text = run(*arguments).stdout
    assert len(text) > 1000
    assert set(text) & set("\u00a0\u2009\u202f") == set()


# --- annotations: places as the repository has them ---

PLACE = "kommuner/Ö vik/data/insatser.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder with a project further down, which has a fault."""
    root = tmp_path / "arkiv på disk"
    break_data(write_project(root / "kommuner" / "Ö vik", agreement(), [area([insats()])], []))
    return root


def annotated(run: Run, cwd: Path, *arguments: str, **env: str) -> tuple[set[str], set[str]]:
    """The files that annotations name, at GitHub and at GitLab. Their own variables are empty but for ``env``."""
    env = {"GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": "", **env}
    at_github = run("validera", "--format", "github", *arguments, cwd=cwd, env=env)
    at_gitlab = run("validera", "--format", "gitlab", *arguments, cwd=cwd, env=env)
    assert (at_github.returncode, at_gitlab.returncode) == (1, 1)
    files = re.findall(r"file=(.*?),", at_github.stdout)
    return set(files), {problem["location"]["path"] for problem in json.loads(at_gitlab.stdout)}


@pytest.mark.parametrize("below", [".", "data", "data/aterkoppling"])
def test_places_are_as_the_build_service_has_them_from_any_folder(below: str, repository: Path, run: Run) -> None:
    cwd = repository / "kommuner" / "Ö vik" / below
    cwd.mkdir(exist_ok=True)
    workspace = {"GITHUB_WORKSPACE": str(repository), "CI_PROJECT_DIR": str(repository)}
    assert annotated(run, cwd, **workspace) == ({PLACE}, {PLACE})


def test_places_are_as_the_nearest_repository_has_them_where_no_service_says(repository: Path, run: Run) -> None:
    project = repository / "kommuner" / "Ö vik"
    assert annotated(run, project) == ({"data/insatser.yaml"}, {"data/insatser.yaml"})
    (repository / ".git").write_text("gitdir: /annorstädes\n", encoding="utf-8")  # a worktree's
    assert annotated(run, project / "data") == ({PLACE}, {PLACE})
    assert annotated(run, repository, "--katalog", "kommuner/Ö vik") == ({PLACE}, {PLACE})
    elsewhere = {"GITHUB_WORKSPACE": str(repository / "kommuner" / "annan"), "CI_PROJECT_DIR": "/finns/inte"}
    assert annotated(run, project, **elsewhere) == ({PLACE}, {PLACE})
    (project / ".git").mkdir()
    assert annotated(run, project / "data") == ({"data/insatser.yaml"}, {"data/insatser.yaml"})


def test_a_workspace_behind_a_link_is_the_same_workspace(repository: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "lank").symlink_to(repository)
    workspace = {"GITHUB_WORKSPACE": str(tmp_path / "lank"), "CI_PROJECT_DIR": str(tmp_path / "lank")}
    assert annotated(run, repository / "kommuner" / "Ö vik", **workspace) == ({PLACE}, {PLACE})
    katalog = ("--katalog", str(tmp_path / "lank" / "kommuner" / "Ö vik"))
    plain = {"GITHUB_WORKSPACE": str(repository), "CI_PROJECT_DIR": str(repository)}
    assert annotated(run, tmp_path, *katalog, **plain) == ({PLACE}, {PLACE})


def test_the_place_is_spelled_as_on_the_disk(repository: Path, run: Run) -> None:
    name = unicodedata.normalize("NFD", "data/aterkoppling/2022-K1/på våren.yaml")
    path = repository / "kommuner" / "Ö vik" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    github, gitlab = annotated(run, repository, "--katalog", "kommuner/Ö vik", GITHUB_WORKSPACE=str(repository))
    assert f"kommuner/Ö vik/{name}" in github & gitlab


def test_places_for_people_are_as_seen_from_here(repository: Path, run: Run) -> None:
    env = {"GITHUB_WORKSPACE": str(repository), "CI_PROJECT_DIR": str(repository)}
    cwd = repository / "kommuner" / "Ö vik" / "data"
    assert run("validera", cwd=cwd, env=env).stdout.startswith("insatser.yaml:")
    assert {p["fil"] for p in json.loads(run("validera", "--format", "json", cwd=cwd, env=env).stdout)} == {
        "insatser.yaml"
    }


# --- start-up ---


def imported(arguments: Sequence[str], cwd: Path) -> set[str]:
    """The top-level modules that a run imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "uppfoljning", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


def test_help_imports_only_what_it_needs() -> None:
    found = imported(["--help"], ROOT)
    assert "typer" in found
    assert found.isdisjoint({"weasyprint", "jinja2", "openpyxl", "rich", "pydantic", "yaml", "fontTools", "PIL"})


def test_validera_imports_nothing_that_makes_reports() -> None:
    found = imported(["validera"], ROOT)
    assert {"yaml", "pydantic"} <= found
    assert found.isdisjoint({"weasyprint", "jinja2", "openpyxl", "rich", "fontTools", "PIL"})


def test_status_imports_nothing_that_makes_pdf() -> None:
    assert imported(["status"], ROOT).isdisjoint({"weasyprint", "jinja2", "openpyxl", "rich", "fontTools", "PIL"})
