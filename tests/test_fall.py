"""Every fault a project folder can have, one folder a case, with the exact text that the coordinator reads.

A case is ``tests/fall/<name>/``: ``in/data/`` holds the files that differ from ``_bas/data``, ``gor.py`` makes what git
can't keep (links, pipes, odd bytes), ``argument.txt`` has extra arguments, a line each. ``vantat.txt`` is the exit code
and then all of stdout; where nothing could be read at all, ``stderr.txt`` is all of stderr.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Run
from uppfoljning.text.problem import visible

FALL = Path(__file__).parent / "fall"
CASES = sorted(path.name for path in FALL.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))

_HEAD = re.compile(r"^(?P<fil>\S.*?)(?::(?P<rad>\d+):(?P<kolumn>\d+))?: (?P<niva>fel|varning): ", re.MULTILINE)
_GITHUB = re.compile(
    r"::(?P<niva>error|warning) file=(?P<fil>[^,]*)(?:,line=(?P<rad>\d+),col=(?P<kolumn>\d+),.*?)?,title="
)
_PERSONNUMMER = re.compile(r"(?<!\d)(?:\d\d)?\d{6}[^\w\n]{0,3}\d{4}(?!\d)")

# One process reads the tool's modules by running it once on the base, and then forks for each case: every case has a
# process of its own without the quarter of a second that starting takes. Root may read everything; as root the two
# rights that make it so (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH) are first dropped with PR_CAPBSET_DROP and a new
# exec, so that a file that its owner may not read is refused here as on a user's machine.
_DROP_RIGHTS = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for right in (1, 2):
    if libc.prctl(24, right, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
os.execv(sys.argv[1], sys.argv[1:])
"""
_FORK = """
import contextlib, io, json, os, sys
from uppfoljning.cli import main
sys.argv = ["uppfoljning", "validera", "--katalog", sys.argv[1]]
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    with contextlib.suppress(SystemExit):
        main()
for line in sys.stdin:
    folder, arguments, *outputs = json.loads(line)
    child = os.fork()
    if not child:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for descriptor, path in enumerate(outputs, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        sys.argv = ["uppfoljning", "validera", *arguments]
        try:
            main()
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code or 0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

Place = tuple[str, int | None, int | None, str]


@dataclass(frozen=True)
class Outcome:
    code: int
    stdout: str
    stderr: str


Validera = Callable[..., Outcome]


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


@pytest.fixture(scope="module")
def validera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Validera]:
    """Run ``uppfoljning validera`` in a folder, in a process of its own."""
    command = [sys.executable, "-c", _FORK, str(FALL / "_bas")]
    if os.geteuid() == 0:
        command = [sys.executable, "-c", _DROP_RIGHTS, *command]
    outputs = [tmp_path_factory.mktemp("utdata") / name for name in ("stdout", "stderr")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as server:

        def run_in(folder: Path, *arguments: str) -> Outcome:
            assert server.stdin and server.stdout
            print(json.dumps([str(folder), arguments, *map(str, outputs)]), file=server.stdin, flush=True)
            code = int(server.stdout.readline())
            return Outcome(code, *(path.read_bytes().decode("utf-8") for path in outputs))

        yield run_in
        assert server.stdin
        server.stdin.close()


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
def test_validera_prints_exactly_the_expected_text_and_the_other_formats_agree(
    name: str, tmp_path: Path, validera: Validera
) -> None:
    folder, arguments = lay_out(name, tmp_path), arguments_of(name)
    outcome = validera(folder, *arguments)
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

    if "--format" not in arguments:
        forms = ("json", "github", "gitlab")
        as_json, as_github, as_gitlab = (validera(folder, *arguments, "--format", form) for form in forms)
        for form in (as_json, as_github, as_gitlab):
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
def test_a_process_started_as_users_start_it_gives_the_same(
    name: str, tmp_path: Path, run: Run, validera: Validera
) -> None:
    folder, arguments = lay_out(name, tmp_path), arguments_of(name)
    done = run("validera", *arguments, cwd=folder)
    assert Outcome(done.returncode, done.stdout, done.stderr) == validera(folder, *arguments)


def test_from_a_folder_further_down_places_are_shown_as_seen_from_there(tmp_path: Path, validera: Validera) -> None:
    folder = lay_out("okand-aktor-i-svarsfil", tmp_path) / "data" / "aterkoppling" / "2022-K1"
    outcome = validera(folder)
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
