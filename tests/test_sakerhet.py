"""What must never happen: a leak, a fetch, a control sequence on the terminal, a broken or half-written report."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socketserver
import stat
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
import yaml

from conftest import ROOT, Run, run_without_rights
from data_pdf.kor import first_on_path
from data_pdf.pdfreader import bookmarks, every_stream, everything_said
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from uppfoljning.errors import MiljoError
from uppfoljning.load.files import write_atomic
from uppfoljning.output.html import templates_folder
from uppfoljning.output.pdf import write_pdf

DAY = datetime(2022, 4, 30)
OLD = b"%PDF-1.7 den gamla rapporten"

# --- intern notes ---


def planted(project: Path) -> list[str]:
    """Plant a note of its own in every answer, and give the notes of the answers that K2's report shows."""
    notes = []
    for path in sorted((project / "data" / "aterkoppling").rglob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, svar in enumerate(content["svar"]):
            svar["intern"] = f"Hemlig{path.parent.name[-2:]}{path.stem.replace('-', '')}nr{number}slut"
            if path.parent.name == "2022-K2" and "rattar" not in svar:
                notes.append(svar["intern"])
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert len(notes) >= 25
    return notes


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    project = tmp_path_factory.mktemp("hemligt") / "projekt"
    shutil.copytree(ROOT / "data", project / "data")
    return project, planted(project)


@pytest.mark.tung
def test_intern_notes_are_nowhere_in_the_committees_pdf(secret: tuple[Path, list[str]], run: Run) -> None:
    project, _ = secret
    assert run("kvartal", "2022-K2", "--mottagare", "trygghetsutskottet", cwd=project).returncode == 0
    content = (project / "rapporter" / "2022-K2-kvartal-trygghetsutskottet.pdf").read_bytes()
    said = everything_said(content)
    assert "Trygghetsutskottet" in said
    assert "2022-K2-kvartal-trygghetsutskottet.json" in said
    assert "Hemlig" not in said
    assert "Internt,lämnarintestyrgruppen" not in said
    assert [stream for stream in every_stream(content) if b"Hemlig" in stream or b"H\x00e\x00m\x00l" in stream] == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [title for _, title in bookmarks(pdf) if "Hemlig" in title] == []


@pytest.mark.tung
def test_intern_notes_stand_in_the_steering_groups_pdf_and_its_data(secret: tuple[Path, list[str]], run: Run) -> None:
    project, notes = secret
    assert run("kvartal", "2022-K2", "--mottagare", "est-styrgrupp", cwd=project).returncode == 0
    content = (project / "rapporter" / "2022-K2-kvartal-est-styrgrupp.pdf").read_bytes()
    said = everything_said(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        data = pdf.attachments["2022-K2-kvartal-est-styrgrupp.json"].get_file().read_bytes().decode("utf-8")
    assert [note for note in notes if said.count(note) < 2] == []
    assert [note for note in notes if note not in data] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["kvartal", "2022-K2", "--html", "--mottagare", "trygghetsutskottet", "--ut", "utskott.html"],
        ["status", "2022-K2"],
        ["status", "2022-K2", "--format", "json"],
        ["validera"],
        ["validera", "--format", "json"],
    ],
    ids=" ".join,
)
def test_intern_notes_are_nowhere_in_what_others_may_see(
    arguments: list[str], secret: tuple[Path, list[str]], run: Run
) -> None:
    project, _ = secret
    done = run(*arguments, cwd=project)
    assert done.returncode == 0
    assert "Hemlig" not in done.stdout + done.stderr
    if "--ut" in arguments:
        assert "Hemlig" not in (project / "utskott.html").read_text(encoding="utf-8")


def test_without_a_forum_that_may_see_intern_notes_nobody_does(run: Run, tmp_path: Path) -> None:
    avtal = agreement(forum=[{"id": "utskott", "namn": "Utskottet"}])
    filer = [answers([answer(intern="Hemlig not")])]
    project = write_project(tmp_path / "p", avtal, [area([insats()])], filer)
    assert run("kvartal", "--html", cwd=project).returncode == 0
    assert "Hemlig" not in (project / "rapporter" / "2022-K1-kvartal.html").read_text(encoding="utf-8")


def test_the_committees_report_is_the_same_whether_notes_exist_or_not(
    secret: tuple[Path, list[str]], run: Run, tmp_path: Path
) -> None:
    # Not even the checksum lets it be known that there is a note, or be tried out what it says.
    project, _ = secret
    without = tmp_path / "utan"
    shutil.copytree(project / "data", without / "data")
    for path in (without / "data" / "aterkoppling").rglob("*.yaml"):
        text = re.sub(r"^ +intern: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert "Hemlig" not in text
        path.write_text(text, encoding="utf-8")
    arguments = ("kvartal", "2022-K2", "--html", "--mottagare", "trygghetsutskottet", "--ut", "r.html")
    assert (run(*arguments, cwd=project).returncode, run(*arguments, cwd=without).returncode) == (0, 0)
    assert (project / "r.html").read_bytes() == (without / "r.html").read_bytes()


def test_a_correction_hides_the_intern_note_of_what_it_corrects(run: Run, tmp_path: Path) -> None:
    first = answer(intern="Hemlig not som togs bort")
    second = answer(rattar={"kvartal": "2022-K1", "skal": "Noten skulle bort."})
    filer = [answers([first]), answers([second], kvartal="2022-K2")]
    project = write_project(tmp_path / "p", agreement(), [area([insats()])], filer)
    assert run("kvartal", "2022-K2", "--html", cwd=project).returncode == 0
    html = (project / "rapporter" / "2022-K2-kvartal.html").read_text(encoding="utf-8")
    assert "Noten skulle bort." in html
    assert "Hemlig" not in html


# --- nothing is fetched ---

ADDRESSES = [
    "http://127.0.0.1:{port}/x.png",
    "https://127.0.0.1:{port}/x.png",
    "ftp://127.0.0.1:{port}/x.png",
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "typsnitt:../rapport.css",
    "typsnitt:..%2Frapport.css",
    "typsnitt:/etc/passwd",
    "typsnitt:finns-inte.ttf",
    "typsnitt:",
    "TYPSNITT:../rapport.css",
    "gopher://127.0.0.1:{port}/",
]
RELATIVE = ["/etc/passwd", "../pyproject.toml", "rapport.css", "SourceSans3-Regular.ttf", "//127.0.0.1:{port}/x.png"]
PLACES = {
    "img": '<img alt="x" src="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "font-face": '<style>@font-face {{ font-family: q; src: url("{url}"); }} p {{ font-family: q; }}</style>',
    "background": "<p style=\"background: url('{url}')\">x</p>",
    "content": "<style>p::before {{ content: url('{url}'); }}</style>",
    "list": "<ul style=\"list-style-image: url('{url}')\"><li>x</li></ul>",
    "object": '<object data="{url}" type="image/png">x</object>',
    "embed": '<embed src="{url}" type="image/png">',
    "attachment": '<link rel="attachment" href="{url}">',
    "page": "<style>@page {{ background: url('{url}'); }}</style>",
}


class Listener(socketserver.ThreadingTCPServer):
    """Counts who calls."""

    allow_reuse_address = True
    daemon_threads = True
    calls = 0


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.calls += 1


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with Listener(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def make_pdf(body: str) -> bytes:
    """The PDF of a page with ``body``."""
    html = f'<html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1><p>x</p>{body}</body></html>'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return write_pdf(html, templates_folder() / "fonts", DAY).content


def let_through(addresses: list[str], place: str, port: int) -> list[str]:
    """The addresses that a page could ask for without being refused."""
    found = []
    for address in addresses:
        url = address.format(port=port)
        try:
            make_pdf(place.format(url=url))
        except MiljoError as error:
            assert "Bara de egna typsnitten får läsas" in str(error)
        else:
            found.append(url)
    return found


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_html_that_asks_for_anything_but_the_fonts_is_refused_loudly(place: str, listener: Listener) -> None:
    assert let_through(ADDRESSES, place, listener.server_address[1]) == []
    assert listener.calls == 0


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_html_that_asks_for_a_relative_address_is_refused_loudly(place: str, listener: Listener) -> None:
    assert let_through(RELATIVE, place, listener.server_address[1]) == []
    assert listener.calls == 0


def test_the_projects_own_font_is_handed_out() -> None:
    style = PLACES["font-face"].format(url="typsnitt:SourceSans3-It.ttf")
    assert make_pdf(style).startswith(b"%PDF-")


def test_the_listener_would_notice_a_call(listener: Listener) -> None:
    import socket

    before = listener.calls
    with socket.create_connection(listener.server_address) as connection:
        connection.recv(1)
    assert listener.calls == before + 1
    listener.calls = before


def test_proxies_of_the_environment_are_never_asked(run: Run, tmp_path: Path, listener: Listener) -> None:
    proxy = f"http://127.0.0.1:{listener.server_address[1]}"
    names = [f"{scheme}_proxy" for scheme in ("http", "https", "ftp", "file", "data", "all", "typsnitt")]
    env = dict.fromkeys([*names, *(name.upper() for name in names)], proxy)
    said = answer(kommentar="<img src=http://exempel.invalid/x.png> url(http://exempel.invalid/y.png)")
    project = write_project(tmp_path / "p", agreement(), [area([insats()])], [answers([said])])
    assert run("kvartal", "2022-K1", "--ut", "utan.pdf", cwd=project).returncode == 0
    done = run("kvartal", "2022-K1", "--ut", "med.pdf", cwd=project, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert listener.calls == 0
    assert (project / "med.pdf").read_bytes() == (project / "utan.pdf").read_bytes()


def test_a_report_is_made_without_opening_any_socket(tmp_path: Path) -> None:
    project = write_project(tmp_path / "p", agreement(), [area([insats()])], [answers([answer()])])
    program = (
        "import sys\n"
        "def hook(event, args):\n"
        "    fetched = event == 'urllib.Request' and not args[0].startswith('data:')\n"
        "    if fetched or event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        sys.stderr.write(f'NÄT {event}\\n')\n"
        "sys.addaudithook(hook)\n"
        "from uppfoljning.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "kvartal", "2022-K1"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""


# --- the terminal ---

CONTROLS = {
    "escape": "\x1b[31mrött\x1b[0m",
    "title": "\x1b]0;ny titel\x07",
    "bell": "\x07",
    "backspace": "\x08\x08\x08",
    "carriage return": "synligt\rdolt",
    "C1": "\x9b31m",
    "bidi override": "\u202egnp.exe",
    "bidi isolate": "\u2066x\u2069",
    "zero width": "a\u200bb",
    "line separator": "a\u2028b",
    "delete": "\x7f",
}
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def with_text(folder: Path, text: str) -> Path:
    """A project with ``text`` in titles, names and answers."""
    avtal = agreement(aktorer=[{"id": "a1", "namn": f"Aktör {text}", "del_av": "kommunen"}])
    said = answer(
        kommentar=text, avvikelse=f"Så {text}", egen_bedomning="risk_for_forsening", beslut_behovs={"fraga": text}
    )
    return write_project(folder, avtal, [area([insats(rubrik=f"Rubrik {text}")])], [answers([said])])


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS.keys())
@pytest.mark.parametrize("command", [["validera"], ["status"], ["kvartal", "--html"]], ids=" ".join)
def test_control_characters_in_the_data_never_reach_the_terminal(
    command: list[str], text: str, run: Run, tmp_path: Path
) -> None:
    project = with_text(tmp_path / "p", text)
    done = run(*command, cwd=project)
    assert done.returncode in {0, 1}
    assert FORBIDDEN.findall(done.stdout + done.stderr) == []


@pytest.mark.parametrize("command", [["validera"], ["status"]], ids=" ".join)
@pytest.mark.parametrize("texts", [" ".join(CONTROLS.values()), CONTROLS["zero width"]], ids=["all", "accepted"])
def test_control_characters_in_the_data_are_escaped_in_output_for_machines(
    command: list[str], texts: str, run: Run, tmp_path: Path
) -> None:
    project = with_text(tmp_path / "p", texts)
    for form in ("json", "github") if command == ["validera"] else ("json",):
        done = run(*command, "--format", form, cwd=project)
        assert done.returncode in {0, 1}
        assert FORBIDDEN.findall(done.stdout + done.stderr) == []


@pytest.mark.parametrize("text", ["\x1b[31mfält", "\u202efält", "fält\x9b"], ids=["escape", "bidi", "C1"])
def test_control_characters_written_raw_never_reach_the_terminal(text: str, run: Run, tmp_path: Path) -> None:
    project = with_text(tmp_path / "p", "x")
    path = project / "data" / "insatser.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{text}: 1\n", encoding="utf-8")
    (project / "data" / f"{text}.yaml").write_text("x: 1\n", encoding="utf-8")
    for command in (["validera"], ["validera", "--format", "json"], ["status"]):
        done = run(*command, cwd=project)
        assert done.returncode == 1
        assert FORBIDDEN.findall(done.stdout + done.stderr) == []


def test_control_characters_in_arguments_never_reach_the_terminal(run: Run) -> None:
    for arguments in (
        ["\x1b[31mx"],
        ["kvartal", "\x1b[31mx"],
        ["kvartal", "--\u202ex"],
        ["status", "--format", "\x07"],
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert FORBIDDEN.findall(done.stdout + done.stderr) == []


# --- the old report is whole until the new one is ---


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_project(tmp_path / "litet", agreement(), [area([insats()])], [answers([answer()])])


def old_report(project: Path) -> Path:
    path = project / "rapporter" / "2022-K1-kvartal.pdf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.mark.tung
def test_kill_9_at_any_moment_leaves_the_old_report_or_a_whole_new_one(small: Path) -> None:
    old = old_report(small)
    command = [sys.executable, "-m", "uppfoljning", "kvartal", "2022-K1"]
    whole = subprocess.run([*command, "--ut", str(small / "hel.pdf")], cwd=small, capture_output=True, check=True)
    assert whole.returncode == 0
    new = (small / "hel.pdf").read_bytes()
    for delay in (0.0, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0):
        process = subprocess.Popen(command, cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert old.read_bytes() in {OLD, new}
    # What a killed run leaves has a name of its own and stands in nobody's way.
    left = [path.name for path in old.parent.iterdir() if path != old]
    assert [name for name in left if not (name.startswith(".") and name.endswith(".tmp"))] == []
    done = subprocess.run(command, cwd=small, capture_output=True, check=False)
    assert done.returncode == 0
    assert old.read_bytes() == new


@pytest.mark.tung
@pytest.mark.parametrize("moment", ["open 2022-K1-kvartal.pdf.", "os.rename .2022-K1-kvartal.pdf"])
def test_kill_9_in_the_middle_of_writing_leaves_the_old_report(moment: str, small: Path, tmp_path: Path) -> None:
    old = old_report(small)
    hook = tmp_path / "krok"
    hook.mkdir()
    source = (ROOT / "tests/data_pdf/sitecustomize_avbrott.py").read_text(encoding="utf-8")
    (hook / "sitecustomize.py").write_text(source.replace("signal.SIGINT", "signal.SIGKILL"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "uppfoljning", "kvartal", "2022-K1"],
        cwd=small,
        env={**os.environ, "PYTHONPATH": first_on_path(hook), "PROV_AVBRYT": moment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert old.read_bytes() == OLD


def one_message(stderr: str, reason: str) -> None:
    """One sentence about what went wrong, in words, and that the old file is still there."""
    lines = [line for line in stderr.splitlines() if line]
    assert len(lines) == 1, stderr
    assert reason in lines[0]
    assert "en eventuell äldre fil ligger kvar som den var" in lines[0]
    assert "Errno" not in lines[0]


def full_disk(folder: Path) -> bool:
    """Mount a disk of 64 kB on ``folder``; False where that isn't allowed."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.fixture
def tiny_disk(small: Path) -> Iterator[Path]:
    """The reports folder on a disk of 64 kB with an old report on it; where none can be mounted, a file limit."""
    old = old_report(small)
    if full_disk(old.parent):
        try:
            old.write_bytes(OLD)
            yield old
        finally:
            subprocess.run(["umount", str(old.parent)], check=True)
    else:
        # WeasyPrint's own temporary files are larger than the limit; an HTML file needs none.
        yield old.rename(old.with_suffix(".html"))


@pytest.mark.tung
def test_a_full_disk_gives_3_one_message_and_the_old_report(tiny_disk: Path) -> None:
    import resource

    def limit() -> None:
        # Also where no small disk could be mounted: no file may grow over 16 kB. Ignored, the signal becomes EFBIG.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, 16_000))

    (tiny_disk.parent / "annat").write_bytes(b"x" * 45_000)
    html = ["--html"] if tiny_disk.suffix == ".html" else []
    done = subprocess.run(
        [sys.executable, "-m", "uppfoljning", "kvartal", "2022-K1", *html],
        cwd=tiny_disk.parents[1],
        preexec_fn=None if os.path.ismount(tiny_disk.parent) else limit,  # noqa: PLW1509, RUF100
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    one_message(done.stderr, "disken är full")
    assert tiny_disk.read_bytes() == OLD
    assert sorted(path.name for path in tiny_disk.parent.iterdir()) == [tiny_disk.name, "annat"]


@pytest.fixture
def readable(open_folder: Path) -> Path:
    """The small project where its owner has no more rights than the folders give."""
    return write_project(open_folder / "litet", agreement(), [area([insats()])], [answers([answer()])])


def test_a_read_only_folder_gives_3_and_the_old_report(readable: Path) -> None:
    old = old_report(readable)
    old.parent.chmod(0o555)
    (done,) = run_without_rights(("kvartal", "2022-K1", "--ut", str(old)), cwd=readable)
    assert (done.returncode, done.stdout) == (3, "")
    one_message(done.stderr, "du har inte behörighet att skriva i mappen")
    assert old.read_bytes() == OLD


def test_a_folder_that_can_not_be_made_gives_3(readable: Path) -> None:
    readable.chmod(0o555)
    (done,) = run_without_rights(("kvartal", "2022-K1", "--html"), cwd=readable)
    assert (done.returncode, done.stdout) == (3, "")
    one_message(done.stderr, "du har inte behörighet att skriva i mappen")


def test_a_file_that_may_not_be_read_is_a_fault_with_its_place(readable: Path) -> None:
    (readable / "data" / "insatser.yaml").chmod(0o000)
    (done,) = run_without_rights(("validera",), cwd=readable)
    assert done.returncode == 1
    assert "data/insatser.yaml: fel: Du har inte behörighet att läsa filen." in done.stdout


@pytest.mark.parametrize("html", [[], ["--html"]], ids=["pdf", "html"])
def test_a_folder_given_for_the_report_gets_it_inside(html: list[str], small: Path, run: Run) -> None:
    target = small / "rapporter" / "en mapp.pdf"
    target.mkdir(parents=True)
    done = run("kvartal", "2022-K1", *html, "--ut", str(target), cwd=small)
    assert done.returncode == 0
    assert [path.name for path in target.iterdir()] == [f"2022-K1-kvartal.{'html' if html else 'pdf'}"]


@pytest.mark.parametrize("target", ["data/insatser.pdf", "data/insatser.yaml", "-", "rapport.docx", "/dev/null"])
def test_nothing_but_a_report_is_ever_overwritten(target: str, small: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    done = run("kvartal", "2022-K1", "--ut", target, cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--ut {target}: ")
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    assert stat.S_ISCHR(Path("/dev/null").lstat().st_mode)


def test_a_report_open_in_a_pdf_reader_on_windows_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "rapport.pdf"
    target.write_bytes(OLD)

    def locked(self: Path, other: Path) -> Path:
        raise PermissionError(13, "Access is denied", str(self), 5, str(other))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(MiljoError) as caught:
        write_atomic(target, b"ny")
    assert "filen är öppen i ett annat program. Stäng den i PDF-läsaren" in str(caught.value)
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_link_is_replaced_by_the_report_and_what_it_led_to_is_untouched(small: Path, run: Run) -> None:
    other = small / "annat.txt"
    other.write_text("orört", encoding="utf-8")
    target = small / "rapporter" / "2022-K1-kvartal.html"
    target.parent.mkdir()
    target.symlink_to(other)
    assert run("kvartal", "2022-K1", "--html", cwd=small).returncode == 0
    assert other.read_text(encoding="utf-8") == "orört"
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.tung
def test_two_runs_at_once_leave_one_whole_report(small: Path) -> None:
    command = [sys.executable, "-m", "uppfoljning", "kvartal", "2022-K1"]
    both = [subprocess.Popen(command, cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]
    assert [path.name for path in (small / "rapporter").iterdir()] == ["2022-K1-kvartal.pdf"]
    with pikepdf.open(small / "rapporter" / "2022-K1-kvartal.pdf") as pdf:
        assert len(pdf.pages) >= 2


# --- without Pango ---


@pytest.fixture
def without_pango(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "utan pango"
    folder.mkdir()
    shutil.copy(ROOT / "tests/data_pdf/sitecustomize_utan_pango.py", folder / "sitecustomize.py")
    return {"PYTHONPATH": first_on_path(folder)}


def test_without_pango_the_report_is_html_with_the_way_to_a_pdf(
    small: Path, run: Run, without_pango: dict[str, str]
) -> None:
    assert run("kvartal", "2022-K1", "--html", "--ut", "jamfor.html", cwd=small).returncode == 0
    done = run("kvartal", "2022-K1", cwd=small, env=without_pango)
    target = small / "rapporter" / "2022-K1-kvartal.html"
    assert (done.returncode, done.stdout) == (3, f"{target}\n")
    assert "biblioteket Pango saknas på den här datorn" in done.stderr
    assert "sudo apt-get install libpango-1.0-0" in done.stderr
    assert "öppna den i en webbläsare och välj Skriv ut, Spara som PDF" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == (small / "jamfor.html").read_bytes()


def test_without_pango_everything_but_the_pdf_works(small: Path, run: Run, without_pango: dict[str, str]) -> None:
    for arguments in (["validera"], ["status"], ["kvartal", "--html"], ["--help"]):
        done = run(*arguments, cwd=small, env=without_pango)
        assert done.returncode == 0
        assert "Pango" not in done.stderr


def test_without_pango_an_old_pdf_is_left_alone(small: Path, run: Run, without_pango: dict[str, str]) -> None:
    old = old_report(small)
    assert run("kvartal", "2022-K1", cwd=small, env=without_pango).returncode == 3
    assert old.read_bytes() == OLD


def test_a_missing_weasyprint_package_is_told_as_the_machines_fault(small: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "utan paketet"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import sys\nsys.modules['weasyprint'] = None\n", encoding="utf-8")
    done = run("kvartal", "2022-K1", cwd=small, env={"PYTHONPATH": first_on_path(folder)})
    assert done.returncode == 3
    assert "vårt fel" not in done.stderr
