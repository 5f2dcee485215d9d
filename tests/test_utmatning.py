"""Who reads what is printed, and whether anybody does, changes nothing of what is done; what is lost is told with 3."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer

import frysbygge
import skickabygge
from frysbygge import tree
from uppfoljning.cli.app import app
from varm import POSSIBLE, WARM

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="no fork")

TABLE = "Period: 1 jan – 30 jun\nBrott\t2021\t2022\nRån\t1\t2\nHot\t3\t4\n"
SURVEY = "fraga;2023;2024\nOtrygg ute;30;31\nAntal svarande;400;410\n"
BROKEN = "broken"
"""Stands first in an order of one that is to be run on data with a fault."""

ORDERS: dict[str, list[tuple[str, ...]]] = {
    "validera": [(), ("--format", "json"), (BROKEN,), (BROKEN, "--format", "github"), (BROKEN, "--format", "gitlab")],
    "status": [("2022-K1",), ("2022-K1", "--format", "json"), ("2022-K1", "--underlag"), ("2022-K9",), (BROKEN,)],
    "jamfor": [("2022-K2",), ("2022-K2", "--format", "json")],
    "kvartal": [("2022-K1", "--html"), ("2022-K9",), (BROKEN,)],
    "halvar": [("2022-H1", "--html"), ("2022-H1", "--word", "--html")],
    "frys": [("2022-K1",), ("2022-K1", "--kontrollera"), ("2022-K1", "--oppna", "--skal", "Fel datum")],
    "skicka": [("2022-K1", "--till", "utskott"), ("2022-K1", "--till", "ingen"), ("2022-K1",)],
    "compstat importera": [("tabell.txt",), ("tabell.txt", "--prova"), ("saknas.txt",)],
    "enkat importera": [("enkat.csv", "--kalla", "enkat")],
    "": [("--version",), ("--help",), (), ("validerra",)],
}
"""What is asked of each command: something that goes well, and something that doesn't."""


def commands(group: Any, before: str = "") -> Iterator[str]:
    """Every command by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_is_tried() -> None:
    assert set(commands(typer.main.get_command(app))) == set(ORDERS) - {""}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small project, ready for each command; the same with a fault in it; and with its quarter closed."""
    whole = frysbygge.project(tmp_path_factory.mktemp("hel") / "p", 1)
    frysbygge.add_second_quarter(whole)
    skickabygge.write_list(whole, 587)
    (whole / "tabell.txt").write_text(TABLE, encoding="utf-8")
    (whole / "enkat.csv").write_text(SURVEY, encoding="utf-8")
    broken = shutil.copytree(whole, tmp_path_factory.mktemp("fel") / "p")
    frysbygge.edit(broken, "insatser.yaml", "beskrivning:", "beskrivnig:")
    closed = shutil.copytree(whole, tmp_path_factory.mktemp("stangd") / "p")
    assert run(closed, ("frys", "2022-K1")).returncode == 0
    return {"whole": whole, "broken": broken, "closed": closed}


def run(folder: Path, args: tuple[str, ...], streams: Mapping[str, str] | None = None) -> Any:
    return WARM.run(args, cwd=folder, env=dict(os.environ), once=True, streams=streams)[0]


def tried(folders: dict[str, Path], order: tuple[str, ...], folder: Path, streams: Mapping[str, str]) -> Any:
    """What an order gives in a project of its own: the process as it ended, and every file there is then."""
    kind = "broken" if BROKEN in order else "closed" if {"--kontrollera", "--oppna"} & set(order) else "whole"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(folders[kind], folder)
    done = run(folder, tuple(word for word in order if word != BROKEN), streams)
    return done, tree(folder)


LIGHT = {"validera", "kvartal"}


@pytest.mark.parametrize("command", [pytest.param(c, marks=() if c in LIGHT else pytest.mark.tung) for c in ORDERS])
def test_a_command_does_the_same_whoever_reads_it(command: str, folders: dict[str, Path], tmp_path: Path) -> None:
    for asked in ORDERS[command]:
        order = (*command.split(), *asked)
        plain, files = tried(folders, order, tmp_path / "p", {})
        for streams in ({"stdout": "gone", "stderr": "gone"}, {"stderr": "closed"}, {"stderr": "full"}):
            done, left = tried(folders, order, tmp_path / "p", streams)
            assert (done.returncode, left) == (plain.returncode, files), (order, streams)
            assert "stdout" in streams or done.stdout == plain.stdout, (order, streams)
        for how, why in (("closed", "utmatningen (stdout) är stängd"), ("full", "disken är full")):
            done, left = tried(folders, order, tmp_path / "p", {"stdout": how})
            assert left == files, (order, how)
            assert done.returncode == (3 if plain.stdout else plain.returncode), (order, how)
            told = f"Resultatet kunde inte skrivas ut: {why}." in done.stderr
            assert told == bool(plain.stdout), (order, how)


def test_a_path_that_can_not_be_printed_is_told_beside(folders: dict[str, Path], tmp_path: Path) -> None:
    done, _ = tried(folders, ("kvartal", "2022-K1", "--html"), tmp_path / "p", {"stdout": "full"})
    report = tmp_path / "p" / "rapporter" / "2022-K1-kvartal.html"
    assert done.stderr.splitlines()[-2:] == [
        f"Skrivet: {report}",
        "Resultatet kunde inte skrivas ut: disken är full.",
    ]


# --- as users start it: what the interpreter does on its way out is part of it ---

SHELL = [
    ("status 2022-K1 | true", 0),
    ("status 2022-K1 --format json | head -1", 0),
    ("validerra 2>&1 | true", 2),
    ("--help >&- 2>&-", 3),
    ("--help 2>&- 0<&-", 0),
    ("--help 1</dev/null", 3),
    ("--help > /dev/full 2>&1", 3),
]


@pytest.mark.parametrize(("command", "code"), SHELL, ids=[c for c, _ in SHELL])
def test_the_process_ends_with_the_commands_own_code(command: str, code: int, folders: dict[str, Path]) -> None:
    script = f"'{sys.executable}' -m uppfoljning {command}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=folders["whole"], capture_output=True, text=True, check=False)
    assert done.returncode == code
    for word in ("Traceback", "vårt fel", "Exception", "BrokenPipe"):
        assert word not in done.stderr


def test_what_is_said_beside_comes_as_it_is_said(folders: dict[str, Path]) -> None:
    script = f"'{sys.executable}' -m uppfoljning jamfor 2022-K2 2>&1 | cat"
    done = subprocess.run(["bash", "-c", script], cwd=folders["whole"], capture_output=True, text=True, check=False)
    first, second, *_ = done.stdout.splitlines()
    assert (first, second) == (
        "Jämför 2022-K2 med kvartalet före, 2022-K1.",
        "Ändrat från 2022-K1 till 2022-K2",
    )


def test_a_pipe_that_does_not_wait_gets_everything(folders: dict[str, Path]) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    command = [sys.executable, "-m", "uppfoljning", "status", "2022-K1", "--format", "json"]
    with subprocess.Popen(command, cwd=folders["whole"], stdout=writer, stderr=subprocess.PIPE) as process:
        os.close(writer)
        with os.fdopen(reader, "rb") as stream:
            content = stream.read()
    assert process.returncode == 0
    assert content.decode() == run(folders["whole"], ("status", "2022-K1", "--format", "json")).stdout


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    command = f"mkdir x; cd x; rmdir ../x; '{sys.executable}' -m uppfoljning validera"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Något på datorn hindrade körningen (systemets felkod 2).")
