"""``skicka``: what is shown first, what may be sent at all, and that a person or a number says so."""

from __future__ import annotations

import hashlib
import io
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
import yaml

import frysbygge
import skickabygge as bygge
from conftest import ROOT, Run
from postserver import Certifikat, Regel, parse, server
from skickabygge import RAPPORT, SKARPT, SKICKA, TRE, journal, send


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = bygge.project(tmp_path_factory.mktemp("skicka") / "p")
    bygge.write_list(folder, 587)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


NO_SERVER = bygge.environment(None, {})


# --- the preview ---


def test_the_preview_shows_everything_and_sends_nothing(folder: Path) -> None:
    done = send(folder, NO_SERVER, *SKICKA)
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    assert shown.startswith("Förhandsvisning: inget skickas.\n")
    for adress in TRE:
        assert f"<{adress}>: ska skickas" in shown
    content = bygge.report(folder)
    assert f"Bilaga    {RAPPORT}, {round(len(content) / 1000)} kB" in shown
    assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in shown
    assert "Ämne      Uppföljning första halvåret 2022: brottsförebyggande samverkan, Provkommunen\n" in shown
    assert "  | Hej!\n" in shown
    assert "uppfoljning skicka 2022-H1 --till utskott --skarpt" in shown
    assert not (folder / "utskick").exists()


def test_the_eml_file_is_a_draft_with_the_report_and_hidden_receivers(folder: Path) -> None:
    send(folder, NO_SERVER, *SKICKA)
    message = parse((folder / "rapporter" / "2022-H1-halvar-utskott.eml").read_bytes())
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["trygghet@example.se"]
    assert [a.addr_spec for a in message["Bcc"].addresses] == ["ordforande@xn--rksmrgs-5wao1o.se", *TRE[1:]]
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (RAPPORT, "application/pdf")
    assert attached.get_content() == bygge.report(folder)
    assert not message.defects


def test_the_preview_gives_the_same_bytes_each_time(folder: Path) -> None:
    eml = folder / "rapporter" / "2022-H1-halvar-utskott.eml"
    send(folder, NO_SERVER, *SKICKA)
    first = eml.read_bytes()
    send(folder, {**NO_SERVER, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}, *SKICKA)
    assert eml.read_bytes() == first


def test_the_senders_own_words_the_meeting_and_the_case_stand_in_the_message(folder: Path) -> None:
    path = folder / "data" / "mottagare.yaml"
    own = "  utskott:\n    text: |\n      Inför mötet på onsdag.\n\n      Ta med den.\n"
    path.write_text(path.read_text(encoding="utf-8").replace("  utskott:\n", own), encoding="utf-8")
    frysbygge.write(
        folder,
        "halvar/2022-H1.yaml",
        "halvar: 2022-H1\narenden:\n  - {forum: utskott, diarienummer: KS 2022/17, sammantrade: 2022-09-21}\n",
    )
    shown = send(folder, NO_SERVER, *SKICKA).stdout
    assert "  | Inför mötet på onsdag.\n  |\n  | Ta med den.\n" in shown
    assert re.search(
        r"  \| Rapporten har \w+ förslag till beslut för Utskottet vid sammanträdet 21 september 2022 "
        r"\(diarienummer KS 2022/17\)\. De står på första sidan\.\n",
        shown,
    )


def test_another_person_can_have_the_answers(folder: Path) -> None:
    path = folder / "data" / "mottagare.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "example.se}\nserver", "example.se, svar_till: info@example.org}\nserver"
    )
    path.write_text(text, encoding="utf-8")
    assert "Svar till info@example.org" in send(folder, NO_SERVER, *SKICKA).stdout
    message = parse((folder / "rapporter" / "2022-H1-halvar-utskott.eml").read_bytes())
    assert message["Reply-To"] == "info@example.org"


# --- only what should go ---


def test_a_report_that_is_not_made_of_todays_data_is_not_sent(folder: Path) -> None:
    send(folder, NO_SERVER, *SKICKA)
    frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
    before = bygge.report(folder)
    for args in (SKICKA, SKARPT):
        done = send(folder, NO_SERVER, *args)
        assert done.returncode == 1
        assert "är inte aktuell. Inget har skickats." in done.stderr
        assert "uppfoljning halvar 2022-H1 --mottagare utskott" in done.stderr
    assert bygge.report(folder) == before
    assert send(folder, NO_SERVER, "halvar", "2022-H1", "--mottagare", "utskott").returncode == 0
    assert send(folder, NO_SERVER, *SKICKA).returncode == 0


@pytest.mark.tung
def test_invented_data_is_not_sent_unless_told_and_then_it_says_so(project: Path) -> None:
    bygge.write_list(project, 587, till="trygghetsutskottet")
    arguments = ["skicka", "2022-H1", "--till", "trygghetsutskottet"]
    refused = send(project, NO_SERVER, *arguments)
    assert refused.returncode == 1
    assert "den har påhittade uppgifter (Exempel – svaren är påhittade, statistiken är verklig)" in refused.stderr
    assert "--exempel" in refused.stderr
    assert not (project / "rapporter").exists()
    shown = send(project, NO_SERVER, *arguments, "--exempel").stdout
    assert (
        "Ämne      EXEMPEL: Uppföljning första halvåret 2022: brottsförebyggande samverkan, Upplands-Bro kommun"
        in shown
    )
    assert "  | Det här är ett prov, inte en verklig rapport. Exempel – svaren är påhittade" in shown


@pytest.mark.parametrize(
    ("period", "till", "intern"),
    [("2022-K1", "styrgrupp", True), ("2022-K1", "utskott", False), ("2022-H1", "styrgrupp", False)],
)
def test_each_forum_gets_its_own_report_and_the_committee_nothing_intern(
    period: str, till: str, intern: bool, folder: Path
) -> None:
    bygge.write_list(folder, 587, till=till)
    done = send(folder, NO_SERVER, "skicka", period, "--till", till)
    assert done.returncode == 0, done.stderr
    slag = "kvartal" if "K" in period else "halvar"
    message = parse((folder / "rapporter" / f"{period}-{slag}-{till}.eml").read_bytes())
    (attached,) = message.iter_attachments()
    assert ("uppsagd" in everything_in(attached.get_content())) == intern


def everything_in(pdf: bytes) -> str:
    """Every stream of a PDF: its attached data have the report's words, whatever the fonts have made of them."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [bytes(o.read_bytes()) for o in opened.objects if isinstance(o, pikepdf.Stream)]
    return "\n".join(stream.decode("utf-8", "replace") for stream in streams)


@pytest.mark.tung
def test_a_closed_report_is_sent_as_it_was_closed_also_when_the_data_have_changed(tmp_path: Path, run: Run) -> None:
    folder = frysbygge.project(tmp_path / "p", 1)
    assert run("frys", "2022-K1", cwd=folder).returncode == 0
    frysbygge.change_all(folder)
    bygge.write_list(folder, 587)
    done = send(folder, NO_SERVER, "skicka", "2022-K1", "--till", "utskott")
    assert done.returncode == 0, done.stderr
    closed = (folder / "data/frysta/2022-K1/rapporter/2022-K1-kvartal-utskott.pdf").read_bytes()
    assert (folder / "rapporter/2022-K1-kvartal-utskott.pdf").read_bytes() == closed
    assert hashlib.sha256(closed).hexdigest() in done.stdout
    assert "Ändrat i underlaget sedan dess:" in done.stderr
    assert "är inte stängt" not in done.stdout


@pytest.mark.tung
def test_a_closed_report_with_intern_notes_is_not_sent_to_a_forum_that_may_no_longer_see_them(
    tmp_path: Path, run: Run
) -> None:
    folder = frysbygge.project(tmp_path / "p", 1)
    assert run("frys", "2022-K1", cwd=folder).returncode == 0
    path = folder / "data" / "overenskommelse.yaml"
    avtal = yaml.safe_load(path.read_text(encoding="utf-8"))
    avtal["forum"][0]["ser_intern"] = False
    path.write_text(yaml.safe_dump(avtal, allow_unicode=True, sort_keys=False), encoding="utf-8")
    bygge.write_list(folder, 587, till="styrgrupp")
    done = send(folder, NO_SERVER, "skicka", "2022-K1", "--till", "styrgrupp")
    assert done.returncode == 1
    assert "fick se interna anteckningar" in done.stderr
    assert not (folder / "rapporter").exists()


@pytest.mark.tung
def test_faults_in_the_data_or_in_a_closed_folder_stop_it(tmp_path: Path, folder: Path, run: Run) -> None:
    frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "genomforande: pagar", "genomforande: pagr")
    done = send(folder, NO_SERVER, *SKICKA)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Inget har skickats: rätta felen först." in done.stderr
    closed = frysbygge.project(tmp_path / "stangd", 1)
    assert run("frys", "2022-K1", cwd=closed).returncode == 0
    (closed / "data/frysta/2022-K1/laget.txt").write_text("ändrad", encoding="utf-8")
    bygge.write_list(closed, 587)
    damaged = send(closed, NO_SERVER, "skicka", "2022-K1", "--till", "utskott")
    assert damaged.returncode == 1
    assert "det stängda går inte att lita på" in damaged.stderr


def test_a_second_version_is_warned_of_named_in_the_message_and_in_ci_asked_for(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port, TRE[1:])
        env = bygge.environment(certifikat.ca)
        two = (*SKARPT[:-3], "2", "--paus", "0")
        assert send(folder, env, *two).returncode == 0
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
        shutil.rmtree(folder / "rapporter")
        bygge.write_list(folder, lada.port)  # one more receiver, who has had neither
        shown = send(folder, env, *SKICKA)
        assert "Obs: 2 mottagare har fått, eller kan ha fått, en annan version." in shown.stdout
        assert "Texten ovan gäller dem. De andra får den utan" in shown.stdout
        assert re.search(r"Ledamot 2 <.*>: ska skickas, som ny version \(fick en annan 20..-", shown.stdout)
        assert re.search(r"Ledamot 1 <.*>: ska skickas\n", shown.stdout)
        refused = send(folder, env, *SKARPT)
        assert refused.returncode == 1
        assert "--ny-version" in refused.stderr
        assert len(lada.inkommet) == 2
        assert send(folder, env, *SKARPT, "--ny-version").returncode == 0
        subjects = {
            to.partition("@")[0]: brev["Subject"]
            for to, brev in zip(lada.mottagare()[2:], lada.brev()[2:], strict=True)
        }
        plain = "Uppföljning första halvåret 2022: brottsförebyggande samverkan, Provkommunen"
        assert subjects["ordforande"] == plain
        assert subjects["registrator"] == f"Ny version: {plain}"
        assert send(folder, env, *SKARPT, "--ny-version").returncode == 0
        assert len(lada.inkommet) == 5


def test_the_final_report_is_sent_with_slut(folder: Path) -> None:
    shown = send(folder, NO_SERVER, *SKICKA, "--slut").stdout
    assert "2022-H1-slut-utskott.pdf" in shown
    assert "--till utskott --slut --skarpt" in shown


def test_a_report_that_weasyprint_complained_of_is_not_sent(folder: Path, tmp_path: Path) -> None:
    # The real WeasyPrint, with a word in the style sheet that it doesn't know.
    hook = tmp_path / "krok"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import uppfoljning.output.html as r\nmade = r.render_html\n"
        "r.render_html = lambda *given: made(*given).replace('<style>', '<style>p { okänd-egenskap: 1 }', 1)\n",
        encoding="utf-8",
    )
    done = send(folder, {**NO_SERVER, "PYTHONPATH": str(hook)}, *SKICKA)
    assert done.returncode == 1
    assert "något gick fel när PDF-filen skapades" in done.stderr
    assert not (folder / "rapporter").exists()


# --- who says so ---


# Where the machine has no terminals (a bare chroot), a stand-in says that it is one.
_STAND_IN = """
import io, sys
class Terminal(io.StringIO):
    def isatty(self):
        return True
sys.stdin = Terminal(sys.argv.pop(1) + "\\n")
from uppfoljning.cli import main
main()
"""


def typed(folder: Path, env: dict[str, str], answer: str) -> tuple[int, str]:
    """The tool in a terminal, with an answer typed at its question."""
    arguments = [*SKICKA, "--skarpt", "--paus", "0"]
    try:
        leader, follower = pty.openpty()
    except OSError:
        done = send_program(folder, env, _STAND_IN, answer, *arguments)
        return done.returncode, done.stdout + done.stderr
    with subprocess.Popen(
        [sys.executable, "-m", "uppfoljning", *arguments],
        cwd=folder,
        env=env,
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        os.write(leader, f"{answer}\n".encode())
        out, err = process.communicate(timeout=120)
    os.close(leader)
    os.close(follower)
    return process.returncode, out + err


def send_program(folder: Path, env: dict[str, str], program: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *args], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.tung
def test_the_stand_in_for_a_terminal_is_asked_too(folder: Path) -> None:
    done = send_program(folder, NO_SERVER, _STAND_IN, "2", *SKICKA, "--skarpt")
    assert (done.returncode, "men mottagarna är 3. Inget har skickats." in done.stderr) == (2, True)


@pytest.mark.tung
def test_the_number_of_receivers_is_typed_before_anything_is_sent(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        for wrong in ("2", "", "ja", "3 st"):
            code, said = typed(folder, env, wrong)
            assert code == 2
            assert "men mottagarna är 3. Inget har skickats." in said
        assert (lada.inkommet, lada.anslutningar) == ([], 0)
        code, said = typed(folder, env, "3")
        assert code == 0, said
        assert "Skriv antalet mottagare hos Utskottet för att skicka: " in said
        assert f"Ledamot 1 <{TRE[0]}>: har fått den" in said
        assert len(lada.inkommet) == 3


BAD_CALLS: list[tuple[list[str], int, str]] = [
    (["--skarpt"], 2, "Här går det inte att fråga."),
    (["--skarpt", "--ja", "2"], 2, "--ja 2 stämmer inte: mottagarna är 3."),
    (["--ja", "3"], 2, "--ja hör ihop med --skarpt"),
    (["--reservera", "--ja", "3"], 2, "--reservera hör ihop med"),
    (["--framme", TRE[1], "--skarpt"], 2, "Kör det för sig."),
    (["--framme", "nagon@example.se"], 2, "är ingen av mottagarna för Utskottet."),
    (["--skicka-igen", TRE[1]], 2, "har inte fått rapporten, och får den utan det."),
    (["--paus", "nan"], 2, "--paus 0 till 600 sekunder"),
    (["--skarpt", "--ja", "3", "--paus", "inf"], 2, "--paus 0 till 600 sekunder"),
    (["--forsok", "0"], 2, "--forsok ska vara 1 till 8"),
    (["--ja", "tre"], 2, "Fel: --ja ska vara ett heltal, till exempel 3."),
    (["--per", "2022-13-01"], 2, "är inget datum"),
]


@pytest.mark.parametrize(("extra", "code", "said"), BAD_CALLS, ids=[" ".join(e) for e, _, _ in BAD_CALLS])
def test_what_can_not_be_carried_out_is_said_and_nothing_is_sent(
    extra: list[str], code: int, said: str, folder: Path
) -> None:
    done = send(folder, bygge.environment(None), *SKICKA, *extra)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "utskick").exists()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["skicka", "2022-H9", "--till", "utskott"], 2, '"2022-H9" är varken kvartal eller halvår.'),
        (["skicka", "2022-K1", "--till", "utskott", "--slut"], 2, "2022-K1 är ett kvartal. Skriv 2022-H1."),
        (["skicka", "2031-H1", "--till", "utskott"], 2, "2031-H1 ligger utanför överenskommelsen"),
        (["skicka", "2022-H1", "--till", "utskotet"], 2, 'Menade du "utskott"?'),
        (["skicka", "2022-H1", "--till", "styrgrupp"], 1, "Styrgruppen har inga mottagare i data/mottagare.yaml."),
        (["skicka", "2022-H1"], 2, "flaggan --till saknas"),
    ],
)
def test_a_period_or_forum_that_is_not_there_is_said(args: list[str], code: int, said: str, folder: Path) -> None:
    done = send(folder, NO_SERVER, *args)
    assert done.returncode == code
    assert said in done.stderr


def test_without_the_list_it_says_how_to_make_one(folder: Path) -> None:
    (folder / "data" / "mottagare.yaml").unlink()
    done = send(folder, NO_SERVER, *SKICKA)
    assert done.returncode == 1
    assert "Filen data/mottagare.yaml saknas" in done.stderr
    assert "docs/utskick.md" in done.stderr


def test_faults_in_the_list_stop_what_is_sent_and_no_report(folder: Path) -> None:
    frysbygge.edit(folder, "mottagare.yaml", "tredje.ledamoten@example.se", "tredje.ledamoten@")
    done = send(folder, NO_SERVER, *SKICKA)
    assert done.returncode == 1
    assert "data/mottagare.yaml:8:35: fel: Det här är ingen e-postadress." in done.stderr
    assert send(folder, NO_SERVER, "halvar", "2022-H1").returncode == 0
    assert send(folder, NO_SERVER, "validera").returncode == 1


def test_what_was_sent_by_hand_is_written_down_and_not_sent_again(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        nothing = send(folder, env, *SKICKA, "--framme", "alla")
        assert (nothing.returncode, nothing.stdout) == (2, "")
        assert "Kör först utan --framme." in nothing.stderr
        assert send(folder, env, *SKICKA).returncode == 0
        noted = send(folder, env, *SKICKA, "--framme", "alla")
        assert noted.returncode == 0
        assert noted.stdout.count("har fått den enligt dig") == 3
        assert send(folder, env, *SKARPT).returncode == 0
        assert lada.inkommet == []
        assert [p["handelse"] for p in journal(folder)] == ["framme"] * 3


def test_what_came_is_written_down_as_the_version_that_was_sent_also_when_the_data_have_changed(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel("lagrad", "lagg_pa", TRE[1])) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT).returncode == 3
        first = next(p["sha256"] for p in journal(folder))
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
        done = send(folder, env, *SKICKA, "--framme", TRE[1])
        assert done.returncode == 0, done.stderr
        assert (journal(folder)[-1]["handelse"], journal(folder)[-1]["sha256"]) == ("framme", first)
        shutil.rmtree(folder / "rapporter")
        assert "3 mottagare har fått, eller kan ha fått, en annan version" in send(folder, env, *SKICKA).stdout


def test_a_draft_sent_by_hand_is_written_down_as_the_report_in_it(folder: Path) -> None:
    assert send(folder, NO_SERVER, *SKICKA).returncode == 0
    sent = hashlib.sha256(bygge.report(folder)).hexdigest()
    frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
    assert send(folder, NO_SERVER, *SKICKA, "--framme", TRE[0]).returncode == 3
    assert [(p["handelse"], p["sha256"]) for p in journal(folder)] == [("framme", sent)]


def test_where_it_can_not_be_told_which_version_came_it_is_asked(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("lagrad", "lagg_pa", TRE[1])) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT).returncode == 3
        first = journal(folder)[0]["sha256"]
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
        shutil.rmtree(folder / "rapporter")
        assert send(folder, env, *SKICKA).returncode == 0  # a draft of the new version, to all three
        second = hashlib.sha256(bygge.report(folder)).hexdigest()
        before = journal(folder)
        for which in (TRE[1], "alla"):
            asked = send(folder, env, *SKICKA, "--framme", which)
            assert (asked.returncode, journal(folder)) == (2, before)
            assert f"{TRE[1]}: vilken har kommit? Inget har skrivits upp." in asked.stderr
        assert send(folder, env, *SKICKA, "--framme", "alla", "--ny-version").returncode == 0
        assert {p["sha256"] for p in journal(folder)[len(before) :]} == {second}
        (folder / "rapporter" / "2022-H1-halvar-utskott.eml").unlink()
        assert send(folder, env, *SKICKA, "--framme", TRE[1]).returncode == 0
        assert journal(folder)[-1]["sha256"] == first
        shown = send(folder, env, *SKICKA).stdout
        assert "sedan en nyare" not in shown  # what is said of the older one later makes it no newer


def test_a_draft_from_before_the_sending_is_gone_so_that_nobody_is_taken_for_having_it(
    folder: Path, certifikat: Certifikat
) -> None:
    rules = [Regel("rcpt", "550 5.1.1 Nej", TRE[1]), Regel("lagrad", "lagg_pa", TRE[2])]
    with server(certifikat.context(), *rules) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKICKA).returncode == 0
        assert send(folder, env, *SKARPT).returncode == 3
        done = send(folder, env, *SKICKA, "--framme", "alla")
        assert done.returncode == 3
        assert [p["handelse"] for p in journal(folder)].count("framme") == 1
        assert f"Ledamot 2 <{TRE[1]}>: har inte fått den" in done.stdout


@pytest.mark.tung
def test_what_is_written_down_needs_no_data_without_faults_and_no_flag_of_the_sending(
    project: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel("lagrad", "lagg_pa")) as lada:
        bygge.write_list(project, lada.port, TRE[1:2], till="trygghetsutskottet")
        env = bygge.environment(certifikat.ca)
        sent = ["skicka", "2022-H1", "--till", "trygghetsutskottet"]
        assert send(project, env, *sent, "--exempel", "--skarpt", "--ja", "1").returncode == 3
        frysbygge.edit(project, "aterkoppling/2022-K2/polisen.yaml", "aktor: polisen", "aktor: polisn")
        done = send(project, env, *sent, "--katalog", ".", "--framme", TRE[1])
        assert done.returncode == 0, done.stderr
        assert (journal(project)[-1]["handelse"], journal(project)[-1]["exempel"]) == ("framme", "ja")


@pytest.mark.tung
def test_what_a_person_wrote_down_by_mistake_can_be_undone(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        send(folder, env, *SKICKA)
        assert send(folder, env, *SKICKA, "--framme", TRE[1]).returncode == 3
        preview = send(folder, env, *SKICKA, "--skicka-igen", TRE[1])
        assert "skickas igen, som du har sagt" in preview.stdout
        command = f"uppfoljning skicka 2022-H1 --till utskott --skicka-igen {TRE[1]} --skarpt"
        assert f"Skicka härifrån: {command}\n" in preview.stdout
        assert send(folder, env, *SKARPT, "--skicka-igen", TRE[1]).returncode == 0
        assert len(lada.inkommet) == 3
        refused = send(folder, env, *SKARPT, "--skicka-igen", TRE[1])
        assert refused.returncode == 2
        assert "har redan fått rapporten" in refused.stderr


def test_a_trial_is_no_earlier_version_of_the_real_report(project: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(project, lada.port, TRE[1:2], till="trygghetsutskottet")
        env = bygge.environment(certifikat.ca)
        trial = ["skicka", "2022-H1", "--till", "trygghetsutskottet", "--exempel", "--skarpt", "--ja", "1"]
        assert send(project, env, *trial).returncode == 0
        assert journal(project)[-1]["exempel"] == "ja"
        assert "kan ha fått" not in send(project, env, *trial[:5]).stdout


@pytest.mark.tung
def test_a_version_that_went_out_after_is_told_and_the_older_is_not_sent_again(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT).returncode == 0
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
        shutil.rmtree(folder / "rapporter")
        time.sleep(1.1)  # the journal's times are in seconds
        assert send(folder, env, *SKARPT, "--ny-version").returncode == 0
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet är klart.", "Arbetet pågår.")
        shutil.rmtree(folder / "rapporter")
        done = send(folder, env, *SKARPT, "--ny-version")
        assert done.returncode == 0
        assert "har fått den här och sedan en nyare" in done.stdout
        assert len(lada.inkommet) == 6


def test_a_report_with_intern_notes_says_so_before_it_goes(folder: Path) -> None:
    bygge.write_list(folder, 587, till="styrgrupp")
    shown = send(folder, NO_SERVER, "skicka", "2022-K1", "--till", "styrgrupp").stdout
    assert "Obs: rapporten kan ha interna anteckningar, som bara Styrgruppen ska se." in shown
    assert "Skicka den inte vidare." in shown


def test_a_period_without_answers_is_asked_about(folder: Path) -> None:
    assert (
        "inget svar har kommit för 2022-K4" in send(folder, NO_SERVER, "skicka", "2022-K4", "--till", "utskott").stdout
    )
    assert "inget svar" not in send(folder, NO_SERVER, *SKICKA).stdout


@pytest.mark.tung
def test_a_reader_that_goes_away_does_not_stop_what_is_being_sent(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        command = " ".join([sys.executable, "-m", "uppfoljning", *SKARPT])
        env = bygge.environment(certifikat.ca)
        piped = f"{command} 2>&1 | grep --max-count=1 skickat; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", piped], cwd=folder, env=env, capture_output=True, check=False)
        assert (done.returncode, len(lada.inkommet)) == (0, 3)


@pytest.mark.tung
def test_a_reader_that_has_gone_before_anything_is_shown_stops_nothing(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        command = " ".join([sys.executable, "-m", "uppfoljning", *SKARPT])
        shell = f"{command} > >(true) 2>&1"
        env = bygge.environment(certifikat.ca)
        done = subprocess.run(["bash", "-c", shell], cwd=folder, env=env, capture_output=True, check=False)
        assert (done.returncode, len(lada.inkommet)) == (0, 3)


@pytest.mark.tung
def test_what_can_not_be_shown_is_not_sent(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        command = " ".join([sys.executable, "-m", "uppfoljning", *SKARPT])
        env = bygge.environment(certifikat.ca)
        for target in ("/dev/full", "&-"):
            shell = f"{command} >{target}"
            done = subprocess.run(
                ["bash", "-c", shell], cwd=folder, env=env, capture_output=True, text=True, check=False
            )
            assert (done.returncode, lada.inkommet) == (3, [])
            assert "Inget har skickats." in done.stderr


def test_in_a_log_persons_addresses_are_masked_and_in_the_journal_always(folder: Path, certifikat: Certifikat) -> None:
    with server(
        certifikat.context(),
        Regel("rcpt", "550 5.1.1 tredje.ledamoten=example.se: tredje.ledamoten finns inte", TRE[2]),
    ) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
    assert not list(folder.rglob("*.eml"))
    written = (folder / "utskick" / "journal.jsonl").read_text(encoding="utf-8")
    for text in (done.stdout, done.stderr, written):
        assert "tredje.ledamoten" not in text
        assert "ordforande" not in text
        assert "Ledamot" not in text
        assert "registrator@example.se" in text  # a function's


# --- what it says of itself ---


def test_the_help_names_every_option_in_swedish(run: Run) -> None:
    shown = run("skicka", "--help").stdout
    for option in (
        "--till",
        "--skarpt",
        "--ja",
        "--exempel",
        "--framme",
        "--skicka-igen",
        "--ny-version",
        "--reservera",
    ):
        assert option in shown
    assert "losenord" not in shown.lower()


def test_the_example_of_the_documents_is_a_list_without_faults(tmp_path: Path, run: Run) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    text = (ROOT / "docs" / "utskick.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    (tmp_path / "data" / "mottagare.yaml").write_text(example[1], encoding="utf-8")
    done = run("validera", cwd=tmp_path)
    assert "mottagare.yaml" not in done.stdout
    shown = send(tmp_path, NO_SERVER, "skicka", "2022-H1", "--till", "trygghetsutskottet", "--exempel")
    assert shown.returncode == 0, shown.stderr
