"""Each receiver gets the report exactly once: through kills, cuts, delays, retries and two runs at once.

Where nobody can tell whether it came, it is named, and waits for a person.
"""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

import frysbygge
import skickabygge as bygge
from postserver import Certifikat, Regel, Steg, server
from skickabygge import SKARPT, SKICKA, TRE, journal, send

pytestmark = pytest.mark.tung  # a mail server for every test

FIRST, SECOND, THIRD = ("ordforande@xn--rksmrgs-5wao1o.se", TRE[1], TRE[2])
ALL = [FIRST, SECOND, THIRD]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bygge.project(tmp_path_factory.mktemp("skicka") / "p")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


BEFORE_THE_MESSAGE: list[Steg] = ["hej", "auth", "mail", "rcpt"]
IN_THE_MESSAGE: list[Steg] = ["data", "mitt", "slut"]
TAKEN: list[Steg] = ["lagrad", "svarad"]


@pytest.mark.tung
@pytest.mark.parametrize("steg", BEFORE_THE_MESSAGE)
def test_killed_before_the_message_the_next_run_sends_to_all_who_lack_it(
    steg: Steg, folder: Path, certifikat: Certifikat
) -> None:
    till = "" if steg in {"hej", "auth", "mail"} else SECOND
    with server(certifikat.context(), Regel(steg, "doda", till)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT, lada=lada).returncode == -9
        assert lada.mottagare() == ([FIRST] if steg == "rcpt" else [])
        again = send(folder, env, *SKARPT)
        assert again.returncode == 0, again.stderr
        assert lada.mottagare() == ALL


@pytest.mark.tung
@pytest.mark.parametrize("steg", [*IN_THE_MESSAGE, "lagrad"])
def test_killed_from_the_message_on_it_is_unknown_named_and_waits_for_a_person(
    steg: Steg, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel(steg, "doda", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT, lada=lada).returncode == -9
        taken = steg == "lagrad"
        assert lada.mottagare() == [FIRST, *([SECOND] if taken else [])]

        again = send(folder, env, *SKARPT)
        assert again.returncode == 3
        assert f"Mottagare 2 <{SECOND}>: okänt om den har kommit fram" in again.stdout
        assert "2 av 3 mottagare har fått" in again.stdout
        assert sorted(lada.mottagare()) == sorted([FIRST, THIRD, *([SECOND] if taken else [])])
        once_more = send(folder, env, *SKARPT)
        assert (once_more.returncode, len(lada.inkommet)) == (3, 3 if taken else 2)

        settle = ["--framme", SECOND] if taken else ["--skicka-igen", SECOND, "--skarpt", "--ja", "3"]
        settled = send(folder, env, *SKICKA, *settle)
        assert settled.returncode == 0, settled.stderr
        assert "3 av 3 mottagare har fått" in settled.stdout
        assert sorted(lada.mottagare()) == sorted(ALL)
        assert send(folder, env, *SKARPT).returncode == 0
        assert sorted(lada.mottagare()) == sorted(ALL)


def test_killed_when_the_server_had_answered_nobody_gets_it_twice(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("svarad", "doda", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT, lada=lada).returncode == -9
        again = send(folder, env, *SKARPT)
        # The answer may or may not have been written down when the process died; either way nobody is sent it again.
        assert again.returncode in {0, 3}
        assert sorted(lada.mottagare()) == sorted(ALL)


@pytest.mark.tung
def test_interrupted_by_hand_it_says_who_has_it_and_the_rest_get_theirs_later(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel("rcpt", "vanta 5", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        process = bygge.start(folder, env, *SKARPT)
        assert lada.lagrat.wait(60)
        time.sleep(0.5)  # the server is now slow about the second receiver
        process.send_signal(signal.SIGINT)
        done = bygge.finish(process)
        assert done.returncode == 130
        assert "Avbrutet." in done.stderr
        assert "Inget har ändrats" not in done.stderr
        assert "1 av 3 mottagare har fått" in done.stdout
        assert send(folder, env, *SKARPT).returncode == 0
        assert lada.mottagare() == ALL


def test_a_connection_cut_amid_the_message_is_sent_again_or_told_as_unknown(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel("mitt", "lagg_pa", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        # A short message may be on its way, all of it, before the client hears that nobody listens any more.
        if done.returncode:
            assert f"Mottagare 2 <{SECOND}>: okänt om den har kommit fram" in done.stdout
            assert lada.mottagare() == [FIRST, THIRD]
        else:
            assert lada.mottagare() == [FIRST, THIRD, SECOND]


@pytest.mark.parametrize("steg", ["hej", "auth", "mail", "rcpt", "data"])
def test_a_connection_cut_before_the_message_is_whole_is_tried_again_in_the_same_run(
    steg: Steg, folder: Path, certifikat: Certifikat
) -> None:
    till = SECOND if steg in {"rcpt", "data"} else ""
    with server(certifikat.context(), Regel(steg, "lagg_pa", till)) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert sorted(lada.mottagare()) == sorted(ALL)
        assert len(lada.inkommet) == 3


@pytest.mark.parametrize("steg", ["slut", "lagrad"])
def test_a_connection_cut_when_the_message_was_whole_is_unknown_and_the_others_get_theirs(
    steg: Steg, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel(steg, "lagg_pa", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
        assert f"Mottagare 2 <{SECOND}>: okänt om det kom fram" in done.stderr
        assert "mejlet överlämnades, men servern svarade inte (servern lade på)" in done.stdout
        assert sorted(lada.mottagare()) == sorted([FIRST, THIRD, *([SECOND] if steg == "lagrad" else [])])
        assert [p["handelse"] for p in journal(folder)][-4:-2] == ["skickar", "okant"]


@pytest.mark.tung
def test_a_server_that_never_answers_the_whole_message_is_unknown_too(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("lagrad", "vanta 30", SECOND)) as lada:
        bygge.write_list(folder, lada.port, extra=", tidsgrans: 1")
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
        assert "servern svarade inte i tid" in done.stdout
        assert sorted(lada.mottagare()) == sorted(ALL)


@pytest.mark.tung
def test_a_slow_server_is_waited_for(folder: Path, certifikat: Certifikat) -> None:
    rules = [Regel(steg, "vanta 1.5", SECOND) for steg in ("rcpt", "data", "lagrad")]
    with server(certifikat.context(), *rules) as lada:
        bygge.write_list(folder, lada.port, extra=", tidsgrans: 4")
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert lada.mottagare() == ALL


@pytest.mark.tung
def test_two_runs_at_once_send_once(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("lagrad", "vanta 2")) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKICKA).returncode == 0  # the report is made, so that both come to send at once
        first, second = (bygge.start(folder, env, *SKARPT) for _ in range(2))
        ended = [bygge.finish(process) for process in (first, second)]
        assert sorted(lada.mottagare()) == sorted(ALL)
        assert sorted(done.returncode for done in ended)[0] == 0
        lost = next((done for done in ended if done.returncode), None)
        if lost is not None:
            assert "Ett annat utskick" in lost.stderr


@pytest.mark.tung
def test_the_lock_ends_with_the_process_that_held_it(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("lagrad", "vanta 60")) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        held = bygge.start(folder, env, *SKARPT)
        assert lada.lagrat.wait(60)
        busy = send(folder, env, *SKARPT)
        assert busy.returncode == 3
        assert "Ett annat utskick från samma projektmapp pågår." in busy.stderr
        held.kill()
        bygge.finish(held)
        after = send(folder, env, *SKARPT)
        assert after.returncode == 3  # the first one is unknown
        assert sorted(lada.mottagare()) == sorted(ALL)


def test_the_same_report_made_again_is_the_same_and_not_sent_again(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT).returncode == 0
        shutil.rmtree(folder / "rapporter")
        bygge.write_list(folder, lada.port, (*(a.upper() for a in TRE[1:]), TRE[0]))
        done = send(folder, env, *SKARPT)
        assert done.returncode == 0
        assert "Det finns ingen kvar att skicka till nu." in done.stdout
        assert lada.mottagare() == ALL


# --- the journal ---


def test_every_step_is_on_the_disk_before_it_is_taken(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("data", "doda", FIRST)) as lada:
        bygge.write_list(folder, lada.port)
        send(folder, bygge.environment(certifikat.ca), *SKARPT, lada=lada)
    (line,) = journal(folder)
    assert line["handelse"] == "skickar"
    assert line["mottagare"] == "••••••••••@räksmörgås.se"
    assert line["rapport"] == bygge.RAPPORT


def test_an_unfinished_last_line_is_passed_over_and_the_next_begins_anew(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        path = folder / "utskick" / "journal.jsonl"
        path.parent.mkdir()
        path.write_text('{"format": 1, "tid": "2026-11-', encoding="utf-8")
        assert send(folder, env, *SKARPT).returncode == 0
        assert path.read_text(encoding="utf-8").splitlines()[0].endswith("#avbruten")
        again = send(folder, env, *SKARPT)
        assert again.returncode == 0, again.stderr
        assert lada.mottagare() == ALL


def test_a_damaged_journal_stops_everything(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKARPT).returncode == 0
        path = folder / "utskick" / "journal.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([lines[0], lines[1][:40], *lines[2:]]) + "\n", encoding="utf-8")
        done = send(folder, env, *SKARPT)
        assert done.returncode == 1
        assert "rad 2 går inte att läsa" in done.stderr
        assert len(lada.inkommet) == 3


def test_a_reservation_keeps_other_runs_away_and_lets_its_own_send(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        mine = ["--korning", "17-1"]
        assert send(folder, env, *SKICKA, "--reservera", "--ja", "3", *mine).returncode == 0
        other = send(folder, env, *SKARPT, "--korning", "18-1")
        assert other.returncode == 3
        assert other.stdout.count("okänt om den har kommit fram (körningen 17-1 tog på sig den") == 3
        assert send(folder, env, *SKARPT).returncode == 3
        assert lada.inkommet == []
        assert send(folder, env, *SKARPT, *mine).returncode == 0
        assert lada.mottagare() == ALL


def test_a_reservation_that_nobody_told_of_counts_as_a_version_that_may_have_come(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKICKA, "--reservera", "--ja", "3", "--korning", "17-1").returncode == 0
        frysbygge.edit(folder, "aterkoppling/2022-K2/a1.yaml", "Arbetet pågår.", "Arbetet är klart.")
        shutil.rmtree(folder / "rapporter")
        refused = send(folder, env, *SKARPT)
        assert refused.returncode == 1
        assert "--ny-version" in refused.stderr
        assert lada.inkommet == []


@pytest.mark.tung
def test_a_run_that_is_interrupted_lets_go_of_those_it_never_came_to(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("rcpt", "vanta 5", SECOND)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        assert send(folder, env, *SKICKA, "--reservera", "--ja", "3", "--korning", "17-1").returncode == 0
        process = bygge.start(folder, env, *SKARPT, "--korning", "17-1")
        assert lada.lagrat.wait(60)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert bygge.finish(process).returncode == 130
        assert send(folder, env, *SKARPT).returncode == 0
        assert lada.mottagare() == ALL


def test_a_run_without_a_password_lets_go_too(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        none = bygge.environment(certifikat.ca, {})
        mine = ["--korning", "17-1"]
        assert send(folder, none, *SKICKA, "--reservera", "--ja", "3", *mine).returncode == 0
        assert send(folder, none, *SKARPT, *mine).returncode == 3
        assert send(folder, bygge.environment(certifikat.ca), *SKARPT).returncode == 0
        assert lada.mottagare() == ALL


def test_a_run_that_could_not_send_lets_go_of_what_it_had_reserved(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        good, bad = (
            bygge.environment(certifikat.ca, {"UPPFOLJNING_SMTP_LOSENORD": s}) for s in (bygge.LOSENORD, "fel")
        )
        mine = ["--korning", "17-1"]
        assert send(folder, bad, *SKICKA, "--reservera", "--ja", "3", *mine).returncode == 0
        assert send(folder, bad, *SKARPT, *mine).returncode == 3
        unreserved = send(folder, good, *SKARPT, "--korning", "17-2")
        assert unreserved.returncode == 3
        assert unreserved.stdout.count("har inte fått den") == 3
        assert lada.inkommet == []
        assert send(folder, good, *SKICKA, "--reservera", "--ja", "3", "--korning", "17-2").returncode == 0
        assert send(folder, good, *SKARPT, "--korning", "17-2").returncode == 0
        assert lada.mottagare() == ALL
