"""Names of files: the same however å is encoded, what computers leave behind, and advice that can be followed."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

import frysbygge
from conftest import Run, run_tool
from frysbygge import FRYST
from test_fall import lay_out
from uppfoljning.model.frysta import checksum
from uppfoljning.text.file_names import copied_from, copy_and_original, is_left_behind
from varm import POSSIBLE, WARM


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def rename_all(folder: Path, form: str) -> int:
    """Rename what lies below a folder, as git on macOS does; how many names that changed."""
    changed = 0
    for where, _, files in os.walk(folder):
        for name in files:
            if (other := unicodedata.normalize(form, name)) != name:
                Path(where, name).rename(Path(where, other))
                changed += 1
    return changed


# --- a closed quarter, and the names in it ---


@pytest.fixture(scope="module")
def closed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter closed where a file of answers had a name with a ring of its own, and computers had left things."""
    folder = frysbygge.project(tmp_path_factory.mktemp("stangt") / "p", 1)
    answers = folder / "data/aterkoppling/2022-K1"
    (answers / "a1.yaml").rename(answers / nfd("fritids svår fråga.yaml"))
    for path in (folder / "data/._insatser.yaml", answers / "._a1.yaml", answers / "a1.yaml.orig", answers / "Icon\r"):
        path.write_bytes(b"\x00\x05\x16\x07")
    done = run_once("frys", "2022-K1", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def run_once(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """As ``run``, but for that a PDF of the same text as before isn't made again."""
    if not POSSIBLE:
        return run_tool(*args, cwd=cwd)
    return WARM.run(args, cwd=cwd, env=dict(os.environ), once=True)[0]


@pytest.mark.tung
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_closed_quarter_is_whole_however_its_names_are_encoded(form: str, closed_once: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(closed_once, tmp_path / "p")
    assert rename_all(folder / "data", form) >= 1
    assert run_once("validera", cwd=folder).returncode == 0
    assert run_once("kvartal", "2022-K1", cwd=folder).returncode == 0
    controlled = run_once("frys", "2022-K1", "--kontrollera", cwd=folder)
    assert controlled.returncode == 0, controlled.stdout
    assert "samma fil byte för byte" in controlled.stdout


def test_the_lists_of_a_closed_quarter_have_one_encoding_whatever_the_folder_had(closed_once: Path) -> None:
    for name in ("frysning.yaml", "kontrollsummor.sha256"):
        text = (closed_once / FRYST / name).read_text(encoding="utf-8")
        assert text == nfc(text)
        assert "underlag/data/aterkoppling/2022-K1/fritids svår fråga.yaml" in text


def test_a_closing_that_listed_the_other_encoding_is_whole_too(closed_once: Path, tmp_path: Path, run: Run) -> None:
    folder = shutil.copytree(closed_once, tmp_path / "p")
    manifest = folder / FRYST / "frysning.yaml"
    before = manifest.read_bytes()
    manifest.write_text(nfd(before.decode()), encoding="utf-8")
    sums = folder / FRYST / "kontrollsummor.sha256"
    listed = nfd(sums.read_text(encoding="utf-8"))
    listed = listed.replace(checksum(before), checksum(manifest.read_bytes()))
    sums.write_text(listed, encoding="utf-8")
    assert run("validera", cwd=folder).returncode == 0


def test_two_files_in_a_closed_quarter_with_one_name_are_told(closed_once: Path, tmp_path: Path, run: Run) -> None:
    folder = shutil.copytree(closed_once, tmp_path / "p")
    answers = folder / FRYST / "underlag/data/aterkoppling/2022-K1"
    shutil.copy(answers / "fritids svår fråga.yaml", answers / nfd("fritids svår fråga.yaml"))
    done = run("validera", cwd=folder)
    assert done.returncode == 1
    assert "fritids svår fråga.yaml: fel: Två filer har samma namn" in done.stdout


# --- what is named on the command line ---


def test_files_and_folders_on_the_command_line_are_found_however_they_are_encoded(tmp_path: Path, run: Run) -> None:
    folder = frysbygge.project(tmp_path / nfd("Bålsta") / "p", 1)
    for form in (nfc, nfd):
        katalog = form(str(folder))
        assert run("validera", "--katalog", katalog, cwd=tmp_path).returncode == 0
        (folder / nfd("enkät.csv")).write_text("fraga;2023;2024\nOtrygg ute;30;31\n", encoding="utf-8")
        read = run("enkat", "importera", form("enkät.csv"), "--kalla", "enkat", "--prova", cwd=folder)
        assert read.returncode == 0, read.stderr
    (folder / nfd("våra rapporter")).mkdir()
    (folder / nfd("våra rapporter") / nfd("första.html")).write_bytes(b"")
    for name in ("våra rapporter", "våra rapporter/första.html"):
        done = run("kvartal", "2022-K1", "--html", "--ut", nfc(name), cwd=folder)
        assert done.returncode == 0, done.stderr
        assert Path(folder, done.stdout.rstrip("\n")).is_file()
    assert sorted(nfc(p.name) for p in folder.iterdir()) == ["data", "enkät.csv", "våra rapporter"]
    assert sorted(nfc(p.name) for p in (folder / nfd("våra rapporter")).iterdir()) == [
        "2022-K1-kvartal.html",
        "första.html",
    ]


def test_a_template_is_found_however_its_name_is_encoded(tmp_path: Path, run: Run) -> None:
    folder = frysbygge.project(tmp_path / "p", 1)
    (folder / nfd("vår mall.docx")).write_bytes(b"ingen mall")
    told = [
        run("halvar", "2022-H1", "--word", "--mall", form("vår mall.docx"), cwd=folder).stderr for form in (nfc, nfd)
    ]
    assert all("finns inte" not in text for text in told)
    assert nfc(told[0]) == nfc(told[1])


# --- what computers leave behind ---


def test_what_computers_leave_behind_is_neither_copied_into_a_closed_quarter_nor_told_there(
    closed_once: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(closed_once, tmp_path / "p")
    names = {path.name for path in (folder / FRYST / "underlag").rglob("*") if path.is_file()}
    assert len(names) > 5
    assert {name for name in names if is_left_behind(name)} == set()
    for name in (".DS_Store", "._frysning.yaml", "frysning.yaml.orig", "underlag/data/Thumbs.db"):
        (folder / FRYST / name).write_bytes(b"\x00")
    (folder / FRYST / "rapporter/@eaDir").mkdir()
    (folder / FRYST / "rapporter/@eaDir/x").write_bytes(b"\x00")
    assert run_once("frys", "2022-K1", "--kontrollera", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    "name", ["orig.yaml", "fritid.orig.yaml", "~a.yaml", "#a#.yaml", ".a.yaml", "Icon.csv", "a.yml"]
)
def test_what_ends_as_data_does_is_never_passed_over(name: str) -> None:
    assert not is_left_behind(name)
    assert not is_left_behind(name.upper())


# --- names of copies ---


def test_a_name_that_is_only_longer_is_no_copys() -> None:
    names = {"kommunen.yaml", "polisen.yaml", "2022-06.csv", "bra-2021.csv"}
    for name in (
        *("kommunen-skola.yaml", "kommunen-KS.yaml", "kommunen-uppdatering.yaml", "kommunen-skoldatorer.yaml"),
        *("polisen-2022-K1.yaml", "polisens svar.yaml", "2022-06-uttag-2022-07-08.csv", "bra-2021-12.csv"),
        *("kommunen.yaml", "Kommunen.yaml", "kommunen 2.yaml", "kopia.yaml"),
    ):
        assert copied_from(name, names) is None, name
    assert copied_from("kommunen 2.yaml", names, numbered=True) == "kommunen.yaml"


def test_of_two_files_the_copy_is_the_one_that_is_called_so() -> None:
    assert copy_and_original("a/k.yaml", "a/k 2.yaml") == ("k 2.yaml", "k.yaml")
    assert copy_and_original("a/svar (1).yaml", "a/k.yaml") == ("svar (1).yaml", "k.yaml")
    assert copy_and_original("a/k-lov.yaml", "a/k.yaml") is None


def test_a_hostile_name_costs_nothing() -> None:
    for tail in ("AA1-" * 50 + "!", " (kopia" * 30, "-kopia1" * 30 + "!", "-A1A" * 60 + "!", "_conflict" * 25 + "\n"):
        assert copied_from(f"insatser-{tail}.yaml", {"insatser.yaml"}, numbered=True) is None


# --- advice that can be followed ---


def test_who_does_as_told_about_copies_has_a_valid_project_with_the_right_files_untouched(tmp_path: Path) -> None:
    folder = lay_out("kopior-bredvid-ratt-fil", tmp_path)
    shutil.rmtree(folder / "data/frysta")
    for name in ("compstat", "enkater"):
        shutil.rmtree(folder / "data" / name)
    untouched = lay_out("utan-fel", tmp_path / "orord") / "data"
    told = 0
    for _ in range(3):
        for line in run_tool("validera", cwd=folder).stdout.splitlines():
            found = re.match(r"(?P<place>data/.*?): fel: ", line)
            if found:
                place = folder / found["place"]
            removed = re.search(r"Ta sedan bort (?P<name>.*?)\.(?: Är den ingen kopia.*)?$", line)
            if removed:
                assert removed["name"] == place.name
                shutil.rmtree(place) if place.is_dir() else place.unlink()
                told += 1
    assert told > 20
    assert run_tool("validera", cwd=folder).returncode == 0
    for path in untouched.rglob("*.yaml"):
        assert (folder / "data" / path.relative_to(untouched)).read_bytes() == path.read_bytes()


def test_who_renames_as_told_has_a_valid_project(tmp_path: Path) -> None:
    folder = lay_out("kopior-utan-ratt-fil", tmp_path)
    for name in ("beslut-LAPTOP1.yaml", "Kopia av beslut.yaml"):
        (folder / "data" / name).unlink()
    shutil.rmtree(folder / "data/frysta")
    lines = run_tool("validera", cwd=folder).stdout.splitlines()
    for line, advice in itertools.pairwise(lines):
        place, right = re.match(r"(data/.*?): fel: ", line), re.search(r'ska heta "(.*?)"', advice)
        if place and right:
            (folder / place[1]).rename((folder / place[1]).with_name(right[1]))
    assert run_tool("validera", cwd=folder).returncode == 0
