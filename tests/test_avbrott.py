"""A run that is killed, at whatever step, leaves nothing that stops the next: the same command then does it all."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

import frysbygge
import skickabygge
from conftest import run_tool
from frysbygge import tree
from uppfoljning.load.files import new_folder, write_atomic
from uppfoljning.load.temporary import free_name, leftovers
from varm import POSSIBLE, WARM

needs_fork = pytest.mark.skipif(not POSSIBLE, reason="no fork")

TABLE = "Period: 1 jan – 30 jun\nBrott\t2021\t2022\nRån\t1\t2\nHot\t3\t4\n"
SURVEY = "fraga;2023;2024\nOtrygg ute;30;31\nAntal svarande;400;410\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, and files to read into it."""
    folder = frysbygge.project(tmp_path_factory.mktemp("hel") / "p", 1)
    skickabygge.write_list(folder, 587)
    (folder / "tabell.txt").write_text(TABLE, encoding="utf-8")
    (folder / "enkat.csv").write_text(SURVEY, encoding="utf-8")
    return folder


def killed(folder: Path, order: str, step: int) -> int:
    done = WARM.run(tuple(order.split()), cwd=folder, env=dict(os.environ), once=True, kill_at=step)
    return int(done[0].returncode)


def check_killed_at(step: int, order: str, whole: Path, folder: Path) -> bool:
    """Whether there was such a step. What was left stops neither validera nor the same command, and is then gone."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    code = killed(folder, order, step)
    if code == 0:
        return False
    assert code == -signal.SIGKILL
    assert run_tool("validera", cwd=folder).returncode == 0, step
    again = WARM.run(tuple(order.split()), cwd=folder, env=dict(os.environ), once=True)[0]
    assert again.returncode == 0, (step, again.stderr)
    left = tree(folder)
    assert [name for name in left if name.endswith(".tmp")] == [], step
    untouched = shutil.copytree(whole, folder.with_name("orord"), dirs_exist_ok=True)
    assert WARM.run(tuple(order.split()), cwd=untouched, env=dict(os.environ), once=True)[0].returncode == 0
    assert left == tree(untouched), step
    shutil.rmtree(untouched)
    return True


QUICK = [
    "enkat importera enkat.csv --kalla enkat",
    "compstat importera tabell.txt",
    "kvartal 2022-K1 --html",
    "skicka 2022-K1 --till utskott",
]


@needs_fork
@pytest.mark.parametrize("order", QUICK)
def test_killed_at_every_step_the_same_command_then_does_it_all(order: str, whole: Path, tmp_path: Path) -> None:
    steps = 1
    while check_killed_at(steps, order, whole, tmp_path / "p"):
        steps += 1
    assert steps > 2  # there were at least a file on its way to the disk, and one about to get its name


@needs_fork
@pytest.mark.parametrize("step", [2, 12, 40])
def test_a_closing_that_is_killed_can_be_done_again(step: int, whole: Path, tmp_path: Path) -> None:
    assert check_killed_at(step, "frys 2022-K1", whole, tmp_path / "p")


@needs_fork
@pytest.mark.tung
def test_a_closing_that_is_killed_at_any_step_can_be_done_again(whole: Path, tmp_path: Path) -> None:
    steps = 1
    while check_killed_at(steps, "frys 2022-K1", whole, tmp_path / "p"):
        steps += 1
    assert steps > 40


# --- what is a leftover, and what may belong to a run under way ---


def test_what_a_run_that_has_ended_left_is_cleared_and_what_may_be_under_way_is_not(tmp_path: Path) -> None:
    mine = free_name(tmp_path / "fil.csv").name
    ended = mine.replace(str(os.getpid()), "999999999")
    elsewhere = f".fil.csv.uppfoljning-00000000-{os.getpid()}.tmp"
    foreign = ".annat.4711.tmp"
    for name in (mine, ended, elsewhere, foreign):
        (tmp_path / name).write_bytes(b"halv")
    os.utime(tmp_path / foreign, (0, 0))
    write_atomic(tmp_path / "ny.csv", b"hel")
    assert {p.name for p in tmp_path.iterdir()} == {mine, elsewhere, foreign, "ny.csv"}
    day_old = time.time() - 25 * 3600
    os.utime(tmp_path / elsewhere, (day_old, day_old))
    with new_folder(tmp_path / "mapp"):
        assert elsewhere not in leftovers(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {mine, foreign, "ny.csv", "mapp"}


@needs_fork
def test_what_a_closing_on_another_machine_left_is_told(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "p")
    left = folder / "data/frysta/.2022-K1.uppfoljning-00000000-1.tmp"
    left.mkdir(parents=True)
    done = WARM.run(("frys", "2022-K1"), cwd=folder, env=dict(os.environ), once=True)[0]
    assert done.returncode == 0
    assert f"data/frysta/{left.name} är rester av ett avbrutet försök." in done.stderr
    assert left.is_dir()
