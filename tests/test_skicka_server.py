"""``skicka`` and the mail server: always encrypted and verified, never a secret shown, every refusal told as help."""

from __future__ import annotations

import base64
import contextlib
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

import skickabygge as bygge
from postserver import ANVANDARE, EXPIRED, LOSENORD, TOKEN, Certifikat, Regel, authority, free_port, server
from skickabygge import SKARPT, SKICKA, TRE, journal, send

pytestmark = pytest.mark.tung  # a mail server for every test

FIRST = "ordforande@xn--rksmrgs-5wao1o.se"
ALL = [FIRST, *TRE[1:]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = bygge.project(tmp_path_factory.mktemp("skicka") / "p")
    bygge.write_list(folder, 587)
    assert send(folder, bygge.environment(None), *SKICKA).returncode == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


# --- it arrives ---


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "TLS from the start"])
def test_each_receiver_gets_a_message_of_their_own_with_the_report_intact(
    implicit: bool, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), implicit=implicit) as lada:
        bygge.write_list(folder, lada.port, implicit=implicit)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert lada.mottagare() == ALL
        assert lada.anslutningar == 1
    identities = set()
    for rcpt, brev in zip(lada.mottagare(), lada.brev(), strict=True):
        assert [a.addr_spec for a in brev["To"].addresses] == [rcpt]
        assert brev["To"].addresses[0].display_name == f"Ledamot {ALL.index(rcpt) + 1}"
        assert brev["From"].addresses[0].display_name == "Trygghet, Provkommunen"
        assert brev["Bcc"] is None and brev["X-Unsent"] is None
        assert brev["Content-Language"] == "sv"
        assert abs(parsedate_to_datetime(brev["Date"]).timestamp() - time.time()) < 600
        identities.add(brev["Message-ID"])
        (attached,) = brev.iter_attachments()
        assert attached.get_content() == bygge.report(folder)
        assert attached.get_filename() == bygge.RAPPORT
        body = brev.get_body()
        assert body is not None
        assert "Samverkansöverenskommelse mellan Provkommunen och polisen" in body.get_content()
        assert not brev.defects
    assert len(identities) == 3
    for content in (content for _, content in lada.inkommet):
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_message_id_is_the_journals_key(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        assert send(folder, bygge.environment(certifikat.ca), *SKARPT).returncode == 0
    keys = [p["nyckel"] for p in journal(folder) if p["handelse"] == "skickad"]
    assert [brev["Message-ID"] for brev in lada.brev()] == [f"<{key[:32]}@example.se>" for key in keys]


@pytest.mark.parametrize(
    ("ways", "secrets"),
    [
        (("PLAIN",), {"UPPFOLJNING_SMTP_LOSENORD": LOSENORD}),
        (("LOGIN",), {"UPPFOLJNING_SMTP_LOSENORD": LOSENORD}),
        (("XOAUTH2",), {"UPPFOLJNING_SMTP_TOKEN": TOKEN}),
        (("PLAIN", "XOAUTH2"), {"UPPFOLJNING_SMTP_TOKEN": TOKEN, "UPPFOLJNING_SMTP_ANVANDARE": ANVANDARE}),
    ],
    ids=["PLAIN", "LOGIN", "XOAUTH2", "XOAUTH2 beside PLAIN"],
)
def test_it_logs_in_with_a_password_or_a_token_and_shows_neither(
    ways: tuple[str, ...], secrets: dict[str, str], folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), ways=ways) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca, secrets), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert len(lada.inkommet) == 3
    assert lada.login
    check_no_secret(folder, done, next(iter(secrets.values())))


def check_no_secret(folder: Path, done: subprocess.CompletedProcess[str], secret: str) -> None:
    """Nothing that was printed or written has the secret, plain or as it goes over the line."""
    forms = [secret, *(base64.b64encode(s.encode()).decode() for s in (secret, f"\0{ANVANDARE}\0{secret}"))]
    texts = [done.stdout, done.stderr]
    texts += [p.read_bytes().decode("utf-8", "replace") for p in folder.rglob("*") if p.is_file()]
    assert len(texts) > 6
    assert not [form for form in forms for text in texts if form in text]


def test_a_server_that_repeats_the_secret_is_not_quoted(folder: Path, certifikat: Certifikat) -> None:
    plain = base64.b64encode(f"\0{ANVANDARE}\0{LOSENORD}".encode()).decode()
    with server(certifikat.context(), Regel("auth", f"535 5.7.8 AUTH PLAIN {plain} är fel")) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
        assert "godtog inte inloggningen som trygghet@example.se (535 5.7.8)" in done.stderr
        check_no_secret(folder, done, LOSENORD)


@pytest.mark.parametrize("kind", ["password", "token"])
def test_the_secret_may_be_in_the_computers_keyring(
    kind: str, folder: Path, certifikat: Certifikat, tmp_path: Path
) -> None:
    service, secret = ("uppfoljning", LOSENORD) if kind == "password" else ("uppfoljning-token", TOKEN)
    env = bygge.environment(certifikat.ca, {})
    env |= {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring", "XDG_DATA_HOME": str(tmp_path / "ring")}
    program = f"import keyring; keyring.set_password({service!r}, {ANVANDARE!r}, {secret!r})"
    subprocess.run([sys.executable, "-c", program], env=env, check=True)
    with server(certifikat.context(), ways=("PLAIN", "XOAUTH2")) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, env, *SKARPT)
        assert done.returncode == 0, done.stderr
        check_no_secret(folder, done, secret)
        assert len(lada.inkommet) == 3


def test_a_server_without_login_is_used_when_the_list_says_so(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), login=False) as lada:
        bygge.write_list(folder, lada.port, extra=", inloggning: false")
        assert send(folder, bygge.environment(certifikat.ca, {}), *SKARPT).returncode == 0
        assert (len(lada.inkommet), lada.login) == (3, [])


# --- patience ---


def test_a_receiver_that_is_put_off_is_tried_again_and_the_others_do_not_wait(
    folder: Path, certifikat: Certifikat
) -> None:
    rules = [Regel("rcpt", "450 4.2.0 Greylisted", TRE[1]), Regel("slut", "451 4.3.0 Try later", TRE[1])]
    with server(certifikat.context(), *rules) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert lada.mottagare() == [FIRST, TRE[2], TRE[1]]
        assert "1 mottagare återstår: försök 2 av 4 om 0 sekunder." in done.stderr


def test_patience_has_an_end_and_the_next_run_goes_on(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("rcpt", "450 4.2.0 Greylisted", TRE[1], ganger=2)) as lada:
        bygge.write_list(folder, lada.port)
        env = bygge.environment(certifikat.ca)
        done = send(folder, env, *SKARPT, "--forsok", "2")
        assert done.returncode == 3
        assert "har inte fått den (mottagarens brevlåda går inte att nå just nu: 450 4.2.0 Greylisted)" in done.stdout
        assert "De som inte har fått den får den med: uppfoljning skicka 2022-H1 --till utskott --skarpt" in done.stdout
        assert send(folder, env, *SKARPT).returncode == 0
        assert sorted(lada.mottagare()) == sorted(ALL)


@pytest.mark.parametrize(
    ("regel", "said"),
    [
        (Regel("rcpt", "550 5.1.1 No such user", TRE[1]), "adressen finns inte hos mottagaren: 550 5.1.1 No such user"),
        (Regel("rcpt", "552 5.2.2 Mailbox full", TRE[1]), "mottagarens brevlåda är full: 552 5.2.2 Mailbox full"),
        (Regel("data", "554 Nej", TRE[1]), "servern tar inte emot mejlet: 554 Nej"),
        (Regel("slut", "550 5.7.1 Spam", TRE[1]), "servern tar inte emot mejl från avsändaren till mottagaren"),
        (Regel("slut", "552 5.3.4 Too big", TRE[1]), "mejlet är för stort för servern: 552 5.3.4 Too big"),
    ],
    ids=lambda value: value.vad if isinstance(value, Regel) else "",
)
def test_one_refused_receiver_does_not_stop_the_others(
    regel: Regel, said: str, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), regel, largest=None) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
        assert lada.mottagare() == [FIRST, TRE[2]]
        assert f"Mottagare 2 <{TRE[1]}>: avvisat av servern" in done.stderr
        assert f"har inte fått den ({said}" in done.stdout
        assert "2 av 3 mottagare har fått" in done.stdout
        assert [p["handelse"] for p in journal(folder)].count("avvisad") == 1


def test_a_server_that_closes_between_messages_is_called_again(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("mail", "421 4.7.0 Too many", ganger=1)) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert sorted(lada.mottagare()) == sorted(ALL)


# --- answers at the wrong step ---


@pytest.mark.parametrize(
    "regel",
    [
        Regel("rcpt", "252 2.1.5 Cannot verify", TRE[1]),
        Regel("data", "250 Ok", TRE[1]),
        Regel("mail", "251 Ok"),
        Regel("rcpt", "250 Ok\r\n250 Ok", TRE[1]),
        Regel("rcpt", "hej", TRE[1]),
    ],
    ids=lambda regel: f"{regel.steg}: {regel.vad!r}",
)
def test_an_answer_at_the_wrong_step_never_counts_as_delivered(
    regel: Regel, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), regel) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stdout + done.stderr
        assert sorted(lada.mottagare()) == sorted(ALL)  # tried again in a new connection


def test_an_answer_to_the_whole_message_that_means_nothing_leaves_it_unknown(
    folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), Regel("lagrad", "354 Go on", TRE[1])) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 3
        assert "Mottagare 2 <registrator@example.se>: okänt om den har kommit fram" in done.stdout
        assert sorted(lada.mottagare()) == sorted(ALL)


def test_a_server_that_takes_few_in_one_connection_is_called_again_for_the_rest(
    folder: Path, certifikat: Certifikat
) -> None:
    # The first is refused nothing; the second MAIL of the connection is.
    with server(certifikat.context(), Regel("mail", "vanta 0"), Regel("mail", "550 5.7.0 Too many")) as lada:
        bygge.write_list(folder, lada.port)
        done = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert done.returncode == 0, done.stderr
        assert sorted(lada.mottagare()) == sorted(ALL)


def test_login_first_is_told_as_such(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port, extra=", inloggning: false")
        assert "kräver inloggning (530" in refused(folder, bygge.environment(certifikat.ca))


# --- refusals ---


def refused(folder: Path, env: dict[str, str], *extra: str) -> str:
    """A run that sends nothing; what it says. Nobody's report is left unknown."""
    done = send(folder, env, *SKARPT, "--forsok", "2", *extra)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "0 av 3 mottagare har fått" in done.stdout
    assert "okänt" not in done.stdout
    assert "Traceback" not in done.stderr
    check_no_secret(folder, done, LOSENORD)
    return done.stderr


def test_a_wrong_password_is_told_and_nothing_is_sent(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca, {"UPPFOLJNING_SMTP_LOSENORD": "fel lösen"}))
        assert "godtog inte inloggningen som trygghet@example.se (535" in said
        assert "Lösenordet kom från miljövariabeln UPPFOLJNING_SMTP_LOSENORD." in said
        assert lada.inkommet == []


def test_an_old_token_is_told(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), ways=("XOAUTH2",)) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca, {"UPPFOLJNING_SMTP_TOKEN": "gammalt"}))
        assert "Ett token gäller oftast bara en timme" in said
        assert lada.inkommet == []


@pytest.mark.parametrize(
    ("ways", "secrets", "said"),
    [
        (("XOAUTH2",), {"UPPFOLJNING_SMTP_LOSENORD": LOSENORD}, "tar inga lösenord, bara XOAUTH2."),
        (("PLAIN",), {"UPPFOLJNING_SMTP_TOKEN": TOKEN}, "tar inte XOAUTH2, bara PLAIN."),
        (("PLAIN",), {}, "Lösenordet till e-postservern localhost saknas."),
        (
            ("PLAIN",),
            {"UPPFOLJNING_SMTP_LOSENORD": "a", "UPPFOLJNING_SMTP_TOKEN": "b"},
            "Ta bort den som inte ska användas.",
        ),
        (("PLAIN",), {"UPPFOLJNING_SMTP_LOSENORD": "hemligt\n"}, "har en radbrytning i sig"),
        (("PLAIN",), {"UPPFOLJNING_SMTP_LOSENORD": "l\udcf6sen"}, "har tecken som inte är UTF-8"),
    ],
)
def test_a_login_that_can_not_work_is_told_before_any_secret_is_given(
    ways: tuple[str, ...], secrets: dict[str, str], said: str, folder: Path, certifikat: Certifikat
) -> None:
    with server(certifikat.context(), ways=ways) as lada:
        bygge.write_list(folder, lada.port)
        assert said in refused(folder, bygge.environment(certifikat.ca, secrets))
        assert (lada.login, lada.inkommet) == ([], [])


def test_microsofts_refusal_of_passwords_leads_to_the_ways_there_are(folder: Path, certifikat: Certifikat) -> None:
    words = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."
    with server(certifikat.context(), Regel("auth", words)) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert "Använd XOAUTH2" in said
        assert ".eml-filen" in said


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "TLS from the start"])
@pytest.mark.parametrize("fault", ["expired", "another name", "unknown authority"])
def test_a_certificate_that_is_not_the_servers_stops_before_the_password(
    fault: str, implicit: bool, folder: Path, certifikat: Certifikat, tmp_path: Path
) -> None:
    other = authority(tmp_path)
    context, why = {
        "expired": (certifikat.context(slut=EXPIRED), "har gått ut"),
        "another name": (certifikat.context("smtp.example.org"), "gäller ett annat namn"),
        "unknown authority": (other.context(), "en utfärdare som datorn inte litar på"),
    }[fault]
    with server(context, implicit=implicit) as lada:
        bygge.write_list(folder, lada.port, implicit=implicit)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert why in said
        assert "Inget har skickats, inte heller lösenordet." in said
        assert (lada.login, lada.inkommet) == ([], [])


def test_a_server_that_does_not_encrypt_is_not_used(folder: Path, certifikat: Certifikat) -> None:
    with server(None) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert "erbjuder ingen kryptering" in said
        assert (lada.login, lada.inkommet) == ([], [])


def test_a_server_that_can_not_begin_to_encrypt_is_told_at_once(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("starttls", "502 5.5.1 Nej", ganger=9)) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert "kunde inte börja kryptera (502 5.5.1 Nej)" in said
        assert "försök 2" not in said
        assert (lada.login, lada.inkommet) == ([], [])


def test_tls_where_the_server_begins_in_clear_is_told_as_the_wrong_port(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port, implicit=True)
        assert "talar inte TLS från början" in refused(folder, bygge.environment(certifikat.ca))


@pytest.mark.tung
def test_starttls_where_the_server_expects_tls_is_told(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), implicit=True) as lada:
        bygge.write_list(folder, lada.port, extra=", tidsgrans: 2")
        assert "Kontrollera port" in refused(folder, bygge.environment(certifikat.ca))


def test_no_server_there_is_told(folder: Path) -> None:
    bygge.write_list(folder, free_port())
    said = refused(folder, bygge.environment(None))
    assert "går inte att nå på port" in said
    assert "ingen server svarar där" in said


@pytest.mark.tung
def test_a_server_that_says_nothing_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bygge.write_list(folder, silent.getsockname()[1], extra=", tidsgrans: 1")
        assert "svarar inte på port" in refused(folder, bygge.environment(None))


def test_something_that_is_no_mail_server_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as web:

        def answer() -> None:
            with contextlib.suppress(OSError):  # until the socket is closed
                while True:
                    connection, _ = web.accept()
                    with connection:
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        bygge.write_list(folder, web.getsockname()[1])
        said = refused(folder, bygge.environment(None))
        assert "är ingen e-postserver" in said


def test_a_message_larger_than_the_server_takes_is_told_before_it_is_sent(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), largest=20_000) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert "Mejlet är för stort för servern localhost" in said
        assert "högst 20 kB" in said
        assert lada.inkommet == []


def test_a_sender_that_the_server_does_not_take_stops_for_all(folder: Path, certifikat: Certifikat) -> None:
    with server(certifikat.context(), Regel("mail", "550 5.7.60 Client does not have permissions", ganger=9)) as lada:
        bygge.write_list(folder, lada.port)
        said = refused(folder, bygge.environment(certifikat.ca))
        assert "tar inte emot mejl från avsändaren" in said
        assert lada.inkommet == []


def test_without_a_server_in_the_list_it_says_what_to_add(folder: Path) -> None:
    path = folder / "data" / "mottagare.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("server")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = send(folder, bygge.environment(None), *SKARPT)
    assert done.returncode == 1
    assert "säger inte vilken e-postserver" in done.stderr


# --- a full disk ---


def limited(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


@pytest.mark.tung
@pytest.mark.parametrize(("lines", "sent"), [(0, 0), (1, 1)], ids=["before the message", "after the answer"])
def test_a_journal_that_can_not_be_written_stops_before_anyone_else(
    lines: int, sent: int, folder: Path, certifikat: Certifikat
) -> None:
    path = folder / "utskick" / "journal.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"x" * 99 + b"#avbruten\n" + b"#avbruten\n" * 300_000)
    with server(certifikat.context()) as lada:
        bygge.write_list(folder, lada.port)
        room = path.stat().st_size + 480 * lines + 100
        done = subprocess.run(
            [sys.executable, "-m", "uppfoljning", *SKARPT],
            cwd=folder,
            env=bygge.environment(certifikat.ca),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            preexec_fn=lambda: limited(room),
        )
        assert done.returncode == 3
        assert "disken är full" in done.stderr
        assert len(lada.inkommet) == sent
        again = send(folder, bygge.environment(certifikat.ca), *SKARPT)
        assert again.returncode == (3 if sent else 0)  # the one that was taken, but not written down, is unknown
        assert sorted(lada.mottagare()) == sorted(ALL)
