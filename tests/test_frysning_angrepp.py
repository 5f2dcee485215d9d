"""Whatever is done to the closed periods, nothing outside the project is touched, and nothing of them is misused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import frysbygge as bygge
from conftest import Run, run_without_rights
from frysbygge import FRYST, tree
from uppfoljning.load.files import new_folder, write_atomic

HISTORY = Path("data/frysta/historik")
PERSONAL = "".join(map(str, (19, 12, 12, 12, "-", 12, 12)))


@pytest.fixture(scope="module")
def closed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from conftest import run_tool

    folder = bygge.project(tmp_path_factory.mktemp("stangt") / "p", 1)
    assert run_tool("frys", "2022-K1", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """The project with its first quarter closed, free to be changed."""
    shutil.copytree(closed_once, tmp_path / "p")
    return tmp_path / "p"


@pytest.mark.tung
@pytest.mark.parametrize("place", ["data/frysta", str(FRYST), f"{FRYST}/rapporter", str(HISTORY)])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_cannot_be_read_is_told_and_no_report_is_made_anew(
    place: str, mode: int, closed_once: Path, open_folder: Path
) -> None:
    closed = shutil.copytree(closed_once, open_folder / "p")
    (closed / HISTORY / "2022-K1-1").mkdir(parents=True)
    around = [Path(place), *Path(place).parents]
    opening = [("frys", "2022-K1", "--oppna", "--skal", "Fel")] if FRYST not in around else []
    (closed / place).chmod(mode)
    try:
        check, made, *opened = run_without_rights(("validera",), ("kvartal", "2022-K2"), *opening, cwd=closed)
    finally:
        (closed / place).chmod(0o755)
    assert (check.returncode, made.returncode, made.stdout) == (1, 1, "")
    assert f"{place}: fel: Du har inte behörighet att läsa mappen." in check.stdout
    assert not (closed / "rapporter").exists()
    for done in opened:
        assert done.returncode in {1, 3}
        assert "behörighet" in done.stderr
        assert (closed / FRYST).is_dir()


def test_a_linked_history_is_told_and_nothing_is_written_through_it(closed: Path, run: Run) -> None:
    outside = closed.parent / "utanfor"
    outside.mkdir()
    (closed / HISTORY).symlink_to(outside)
    check = run("validera", cwd=closed)
    assert (check.returncode, "data/frysta/historik: fel: Det här är en länk" in check.stdout) == (1, True)
    done = run("frys", "2022-K1", "--oppna", "--skal", "Fel", cwd=closed)
    assert (done.returncode, done.stdout, list(outside.iterdir())) == (2, "", [])
    assert (closed / FRYST).is_dir()


def test_thousands_of_folders_in_each_other_are_no_crash(closed: Path, run: Run) -> None:
    inner = os.open(closed / FRYST, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("a", dir_fd=inner)
        outer, inner = inner, os.open("a", os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(os.open("ny.txt", os.O_CREAT | os.O_WRONLY, dir_fd=inner))
    os.close(inner)
    done = run("validera", cwd=closed)
    subprocess.run(["rm", "-rf", closed / FRYST / "a"], check=True)
    assert done.returncode == 1
    assert "frysta/2022-K1/a/a/" in done.stdout


@pytest.mark.tung
def test_a_file_in_the_folders_place_can_be_opened_and_the_next_time_gets_a_number_of_its_own(
    closed: Path, run: Run
) -> None:
    shutil.rmtree(closed / FRYST)
    (closed / FRYST).write_text("x", encoding="utf-8")
    for reason in ("Mappen var en fil", "En gång till"):
        assert run("frys", "2022-K1", "--oppna", "--skal", reason, cwd=closed).returncode == 0
        assert run("frys", "2022-K1", cwd=closed).returncode == 0
    assert sorted(p.name for p in (closed / HISTORY).iterdir()) == ["2022-K1-1", "2022-K1-2"]
    assert "Mappen var en fil" in (closed / HISTORY / "2022-K1-1/oppnad.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", ["a\x1b[31mb", "a\u202eb", "\u200b", "a\x7fb", os.fsdecode(b"a\xff"), "…"])
def test_a_reason_that_is_no_text_is_refused(reason: str, closed: Path, run: Run) -> None:
    before = tree(closed / "data")
    done = run("frys", "2022-K1", "--oppna", "--skal", reason, cwd=closed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "osynliga tecken, eller inga bokstäver" in done.stderr
    assert tree(closed / "data") == before


def test_personal_data_written_into_a_reason_afterwards_stops_the_report_and_is_not_repeated(
    closed: Path, run: Run
) -> None:
    assert run("frys", "2022-K1", "--oppna", "--skal", "Fel siffra", cwd=closed).returncode == 0
    path = closed / HISTORY / "2022-K1-1/oppnad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Fel siffra", f"Se {PERSONAL}"), encoding="utf-8")
    done = run("kvartal", "2022-K1", cwd=closed)
    assert (done.returncode, done.stdout) == (1, "")
    assert "historik/2022-K1-1/oppnad.yaml: fel: Skälet innehåller ett personnummer" in done.stderr
    assert PERSONAL[-4:] not in done.stderr


# --- an imprint or a manifest that another version wrote, its checksums in order ---


def forge(folder: Path, fil: str, content: bytes) -> None:
    """Replace a file, with every checksum that says what it was."""
    places = ["frysning.yaml", "kontrollsummor.sha256"] if fil != "frysning.yaml" else ["kontrollsummor.sha256"]
    changed = {fil: content}
    for place in places:
        text = (folder / place).read_bytes()
        for name, new in changed.items():
            text = text.replace(_sum((folder / name).read_bytes()), _sum(new))
        changed[place] = text
    for name, new in changed.items():
        (folder / name).write_bytes(new)


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


Imprint = dict[str, Any]

UNKNOWN: dict[str, Callable[[Imprint], object]] = {
    "a code": lambda a: a["varden"][0].update(slag="plan", kod="framtida"),
    "a number for a text": lambda a: a["varden"][0].update(kod=5),
    "a text for a number": lambda a: a["varden"][0].update(ar="x"),
    "an event": lambda a: a["varden"][0].update(slag="historik", vad="framtida", kod="hande"),
    "no values": lambda a: a.update(varden=[1]),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_this_version_has_no_words_for_is_told_and_the_closed_report_is_given_out_all_the_same(
    name: str, closed: Path, run: Run
) -> None:
    imprint = json.loads((closed / FRYST / "avtryck.json").read_bytes())
    UNKNOWN[name](imprint)
    forge(closed / FRYST, "avtryck.json", json.dumps(imprint).encode())
    given = run("kvartal", "2022-K1", cwd=closed)
    assert given.returncode == 0, given.stderr
    assert "Det går inte att säga vad som har ändrats sedan dess. Avtrycket i data/frysta/2022-K1/" in given.stderr
    pdf = "rapporter/2022-K1-kvartal.pdf"
    assert (closed / pdf).read_bytes() == (closed / FRYST / pdf).read_bytes()
    later = run("status", "2022-K2", cwd=closed)
    assert (later.returncode, later.stdout) == (1, "")


@pytest.mark.parametrize("wanted", [["frys", "2022-K1", "--kontrollera"], ["kvartal", "2022-K1", "--html"]])
def test_a_report_for_a_forum_that_the_data_lack_is_told(wanted: list[str], closed: Path, run: Run) -> None:
    manifest = (closed / FRYST / "frysning.yaml").read_bytes()
    forge(closed / FRYST, "frysning.yaml", manifest.replace(b'forum: "utskott"', b'forum: "nytt"'))
    forum = ["--mottagare", "nytt"] if wanted[0] == "kvartal" else []
    done = run(*wanted, *forum, cwd=closed)
    assert done.returncode == 1
    assert "har en rapport för forumet nytt, som inte finns i underlaget bredvid" in done.stderr


@pytest.mark.tung
def test_two_reports_exchanged_with_their_checksums_are_seen_when_they_are_made_again(closed: Path, run: Run) -> None:
    one, other = (f"rapporter/2022-K1-kvartal-{forum}.pdf" for forum in ("styrgrupp", "utskott"))
    content = (closed / FRYST / one).read_bytes()
    forge(closed / FRYST, other, content)
    done = run("frys", "2022-K1", "--kontrollera", cwd=closed)
    assert done.returncode == 1
    assert f"{other}: gjord på nytt ur underlaget, samma text men inte samma byte." in done.stdout
    assert "jämför kontrollsumman med den i protokollet" in done.stdout
    now = hashlib.sha256((closed / FRYST / "kontrollsummor.sha256").read_bytes()).hexdigest()
    assert f"Kontrollsumma nu: {now}" in done.stdout


# --- written beside what a killed run left ---


def test_what_a_killed_run_with_the_same_process_id_left_is_in_nobodys_way(tmp_path: Path) -> None:
    left = tmp_path / f".mapp.{os.getpid()}.tmp"
    left.mkdir()
    (tmp_path / f".fil.{os.getpid()}.tmp").write_bytes(b"halv")
    with new_folder(tmp_path / "mapp") as folder:
        (folder / "a").write_bytes(b"hel")
    write_atomic(tmp_path / "fil", b"hel")
    assert (tmp_path / "mapp/a").read_bytes() == (tmp_path / "fil").read_bytes() == b"hel"
    assert list(left.iterdir()) == []
