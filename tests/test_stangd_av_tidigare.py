"""What an earlier version closed is read, told and compared by every later one, and never judged by newer rules.

``stangd_av_0.1.0/`` is the example with its first quarter closed by version 0.1.0. Nothing in it is ever changed: a
later version that can't live with it is wrong.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from conftest import Run
from uppfoljning import __version__
from uppfoljning.model.underlag import Underlag
from uppfoljning.pipeline.frys_check import copy_of
from uppfoljning.pipeline.granska import granska
from uppfoljning.text.problem import Plats, Problem

CLOSED = Path(__file__).parent / "stangd_av_0.1.0"
FRYST = CLOSED / "data" / "frysta" / "2022-K1"


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The project, free to get reports."""
    shutil.copytree(CLOSED, tmp_path / "p")
    return tmp_path / "p"


def test_the_folder_is_the_one_that_was_closed_then() -> None:
    sums = (FRYST / "kontrollsummor.sha256").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == "274b9f931f38094346a246e5491774c5d64165cf6da06d37fa8cfabe1661d03d"
    listed = [line.split("  ", 1) for line in sums.decode("utf-8").splitlines()]
    found = {p.relative_to(FRYST).as_posix() for p in FRYST.rglob("*") if p.is_file()}
    assert {name for _, name in listed} | {"kontrollsummor.sha256"} == found
    for digest, name in listed:
        assert hashlib.sha256((FRYST / name).read_bytes()).hexdigest() == digest


def test_it_is_read_without_a_fault(closed: Path, run: Run) -> None:
    done = run("validera", cwd=closed)
    assert done.returncode == 0, done.stdout
    assert "frysta" not in done.stdout


def test_its_report_is_the_closed_file_byte_for_byte(closed: Path, run: Run) -> None:
    done = run("kvartal", "2022-K1", cwd=closed)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).read_bytes() == (FRYST / "rapporter" / "2022-K1-kvartal.pdf").read_bytes()


def test_the_next_quarter_is_compared_with_what_was_reported_and_nothing_is_told_as_changed_since(
    closed: Path, run: Run
) -> None:
    done = run("jamfor", "2022-K1", "2022-K2", cwd=closed)
    assert done.returncode == 0, done.stderr
    assert "TOM-2 Trygghetsmätning och gemensam analys. Planen: Försenad, förut enligt plan." in done.stdout
    assert "2022-K1 är stängt: jämförelsen gäller det som rapporterades då." in done.stderr
    told = run("kvartal", "2022-K1", cwd=closed)
    assert "Inget av det som rapporterades har ändrats i underlaget sedan dess." in told.stderr


@pytest.mark.tung
def test_made_again_by_another_version_it_is_another_version_and_never_altered(closed: Path, run: Run) -> None:
    done = run("frys", "2022-K1", "--kontrollera", cwd=closed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2022-K1: 31 filer stämmer med kontrollsummorna." in done.stdout
    assert f"Stängt med andra versioner: uppfoljning 0.1.0 (nu {__version__})" in done.stdout


def test_the_copy_is_not_judged_by_a_rule_that_came_later(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(underlag: Underlag) -> list[Problem]:
        return [Problem(Plats("data/insatser.yaml", 1, 1), "ny-regel", "Så får det inte stå längre.", "Ändra.")]

    monkeypatch.setattr("uppfoljning.pipeline.granska.check", newer)
    granskat = granska(closed)
    assert [p.kod for p in granskat.fel] == ["ny-regel"]
    assert granskat.frysta is not None
    copy = copy_of(closed, granskat.frysta.stangda["2022-K1"])
    assert copy.underlag is not None
    assert copy.fel == ()


def test_what_it_does_not_remember_is_unknown_and_not_changed(closed: Path, run: Run) -> None:
    path = closed / "data" / "insatser.yaml"
    lowered = path.read_text(encoding="utf-8").replace("malsattning: {antal: 6,", "malsattning: {antal: 4,")
    assert lowered != path.read_text(encoding="utf-8")
    path.write_text(lowered, encoding="utf-8")
    assert run("validera", cwd=closed).stderr.strip() == "Inga fel."
    told = run("jamfor", "2022-K1", "2022-K2", cwd=closed).stdout
    assert "Målsättningen" not in told
    assert "Planen: Försenad, förut enligt plan." in told
