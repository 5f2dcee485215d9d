"""Every fault a project folder can have, one folder a case, with the exact text that the coordinator reads.

A case is ``tests/fall/<name>/``: ``in/data/`` holds the files that differ from ``_bas/data``, ``gor.py`` makes what git
can't keep (links, pipes, odd bytes), ``argument.txt`` has extra arguments, a line each. ``vantat.txt`` is the exit code
and then all of stdout; where nothing could be read at all, ``stderr.txt`` is all of stderr.
"""

from __future__ import annotations

import json
import re
import runpy
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import run_without_rights, start_tool
from uppfoljning.text.problem import visible

FALL = Path(__file__).parent / "fall"
CASES = sorted(path.name for path in FALL.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))

_HEAD = re.compile(r"^(?P<fil>\S.*?)(?::(?P<rad>\d+):(?P<kolumn>\d+))?: (?P<niva>fel|varning): ", re.MULTILINE)
_GITHUB = re.compile(
    r"::(?P<niva>error|warning) file=(?P<fil>[^,]*)(?:,line=(?P<rad>\d+),col=(?P<kolumn>\d+),.*?)?,title="
)
_PERSONNUMMER = re.compile(r"(?<!\d)(?:\d\d)?\d{6}[^\w\n]{0,3}\d{4}(?!\d)")

Place = tuple[str, int | None, int | None, str]


@dataclass(frozen=True)
class Outcome:
    code: int
    stdout: str
    stderr: str


def lay_out(name: str, folder: Path) -> Path:
    """The case as a project in ``folder``; the folder to run in."""
    shutil.copytree(FALL / "_bas" / "data", folder / "in" / "data")
    if (FALL / name / "in").is_dir():
        shutil.copytree(FALL / name / "in", folder / "in", dirs_exist_ok=True)
    if (FALL / name / "gor.py").is_file():
        runpy.run_path(str(FALL / name / "gor.py"))["gor"](folder / "in" / "data")
    return folder / "in"


def arguments_of(name: str) -> list[str]:
    path = FALL / name / "argument.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def validera(folder: Path, *runs: list[str]) -> list[Outcome]:
    """What ``uppfoljning validera`` says in a folder, once for each list of arguments; permissions hold for it."""
    done = run_without_rights(*(("validera", *arguments) for arguments in runs), cwd=folder)
    return [Outcome(one.returncode, one.stdout, one.stderr) for one in done]


def expected(name: str) -> tuple[int, str]:
    first, _, rest = (FALL / name / "vantat.txt").read_text(encoding="utf-8").partition("\n")
    return int(first.removeprefix("exit ")), rest


def places(pattern: re.Pattern[str], text: str) -> list[Place]:
    words = {"error": "fel", "warning": "varning"}
    return [
        (
            found["fil"].replace("%25", "%").replace("%3A", ":").replace("%2C", ","),
            int(found["rad"]) if found["rad"] else None,
            int(found["kolumn"]) if found["kolumn"] else None,
            words.get(found["niva"], found["niva"]),
        )
        for found in pattern.finditer(text)
    ]


@pytest.mark.parametrize("name", CASES)
def test_validera_prints_exactly_the_expected_text_and_the_other_formats_agree(name: str, open_folder: Path) -> None:
    folder, arguments = lay_out(name, open_folder), arguments_of(name)
    forms = () if "--format" in arguments else ("json", "github", "gitlab")
    outcome, *in_other_forms = validera(folder, arguments, *([*arguments, "--format", form] for form in forms))
    code, stdout = expected(name)
    assert outcome.stdout == stdout
    assert outcome.code == code
    if (FALL / name / "stderr.txt").is_file():
        assert outcome.stderr == (FALL / name / "stderr.txt").read_text(encoding="utf-8")
    else:
        levels = [place[3] for place in places(_HEAD, stdout)]
        count = summary(levels.count("fel"), levels.count("varning"))
        assert outcome.stderr.splitlines()[-1:] == [count]
    check_safe(outcome)

    if in_other_forms:
        as_json, as_github, as_gitlab = in_other_forms
        for form in in_other_forms:
            check_safe(form)
            assert form.code == code
        if code != 2:
            found = [(visible(p["fil"]), p["rad"], p["kolumn"], p["niva"]) for p in json.loads(as_json.stdout)]
            assert found == places(_HEAD, stdout)
            listed = json.loads(as_gitlab.stdout)
            lines = [(p["location"]["path"], p["location"]["lines"]["begin"], p["severity"]) for p in listed]
            severity = {"fel": "major", "varning": "minor"}
            assert lines == [(fil, rad or 1, severity[niva]) for fil, rad, _, niva in places(_HEAD, stdout)]
            assert len({p["fingerprint"] for p in listed}) == len(listed)
            assert {p["check_name"] for p in listed} == {p["kod"] for p in json.loads(as_json.stdout)}
        assert places(_GITHUB, as_github.stdout) == places(_HEAD, stdout)
        assert len(as_github.stdout.splitlines()) == len(places(_HEAD, stdout))


def check_safe(outcome: Outcome) -> None:
    """Nothing that a terminal would obey, no personnummer, and none of Python's own words."""
    printed = outcome.stdout + outcome.stderr
    assert "Traceback" not in printed
    assert not {c for c in printed if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}} - {"\n", "\u00ad"}
    assert not _PERSONNUMMER.findall(re.sub(r'"fingerprint": "[0-9a-f]{64}"', "", printed))


def summary(fel: int, varningar: int) -> str:
    if not fel and not varningar:
        return "Inga fel."
    return f"{fel or 'Inga'} fel och {varningar} varning{'' if varningar == 1 else 'ar'}."


@pytest.mark.parametrize("name", ["utan-fel", "allt-pa-en-gang", "katalog-som-inte-finns", "tecken-som-saknas-strikt"])
def test_a_process_started_as_users_start_it_gives_the_same(name: str, open_folder: Path) -> None:
    folder, arguments = lay_out(name, open_folder), arguments_of(name)
    done = start_tool("validera", *arguments, cwd=folder)
    assert Outcome(done.returncode, done.stdout, done.stderr) == validera(folder, arguments)[0]


def test_from_a_folder_further_down_places_are_shown_as_seen_from_there(open_folder: Path) -> None:
    folder = lay_out("okand-aktor-i-svarsfil", open_folder) / "data" / "aterkoppling" / "2022-K1"
    (outcome,) = validera(folder, [])
    assert outcome.stdout.startswith('fritid.yaml:3:8: fel: Aktören "fritids" finns inte.\n')
    assert outcome.code == 1


def test_every_case_holds_a_fault_of_its_own() -> None:
    """A folder without files or arguments would test the base once more (which one case does on purpose)."""
    empty = [name for name in CASES if not {"in", "gor.py", "argument.txt"} & {p.name for p in (FALL / name).iterdir()}]
    assert empty == ["utan-fel"]


def test_the_base_has_no_personnummer_and_the_cases_only_invented_ones() -> None:
    numbers = set()
    for path in FALL.rglob("*"):
        if path.is_file():
            numbers |= {re.sub(r"\D", "", n)[-10:] for n in _PERSONNUMMER.findall(path.read_text(encoding="utf-8"))}
    assert numbers <= {"1212121212", "1212721219", "2120000001"}
