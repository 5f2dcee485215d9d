"""The half-year's report over TLS to Postfix, killed half-way and run again: everyone has it once, byte for byte."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

import skickabygge as bygge
from postserver import authority, free_port, parse
from skickabygge import send

pytestmark = pytest.mark.tung

MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = encrypt
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_end_of_data_restrictions = sleep 1
virtual_mailbox_domains = static:all
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:inkorg/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
"""


@dataclass
class Postfix:
    """Postfix with a mailbox for everyone."""

    folder: Path
    port: int
    ca: Path

    def inkorg(self) -> list[EmailMessage]:
        """Every message that has been delivered."""
        return [parse(path.read_bytes()) for path in sorted(self.folder.glob("mail/inkorg/new/*"))]

    def settled(self) -> list[EmailMessage]:
        """The same when nothing is left in the queue."""
        while any(
            p.is_file() for q in ("incoming", "active", "maildrop") for p in (self.folder / "queue" / q).rglob("*")
        ):
            time.sleep(0.2)
        return self.inkorg()


@pytest.fixture
def postfix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postfix]:
    """Postfix, started by hand with a configuration of its own."""
    program = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "Postfix saknas: sudo apt-get install postfix"
    assert os.geteuid() == 0, "Postfix startas bara av root: kör testerna med sudo."
    folder = tmp_path_factory.mktemp("postfix")
    for part in (folder, *folder.parents[:3]):
        part.chmod(0o755)
    certifikat = authority(folder)
    issued = certifikat.utfardare.issue_cert("localhost")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    for part_of_chain in issued.cert_chain_pems:
        part_of_chain.write_to_path(folder / "cert.pem", append=True)
    for name in ("etc", "queue", "data", "mail"):
        (folder / name).mkdir()
    nobody, owner = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    shutil.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    shutil.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    port = free_port()
    main = MAIN.format(folder=folder, uid=nobody.pw_uid, gid=nobody.pw_gid)
    (folder / "etc" / "main.cf").write_text(main, encoding="utf-8")
    (folder / "etc" / "master.cf").write_text(MASTER.format(port=port), encoding="utf-8")
    command = [program, "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        yield Postfix(folder, port, certifikat.ca)
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run([*command, "stop"], check=True, capture_output=True)


FORUM = "trygghetsutskottet"
EVERYONE = ["ordforande@räksmörgås.se", "registrator@example.se", *(f"ledamot{n}@example.se" for n in range(3, 7))]
SENT_TO = Counter(["ordforande@xn--rksmrgs-5wao1o.se", *EVERYONE[1:]])


def receivers(inkorg: list[EmailMessage]) -> Counter[str]:
    return Counter(message["To"].addresses[0].addr_spec for message in inkorg)


def test_killed_half_way_and_run_again_everyone_has_the_report_once(project: Path, postfix: Postfix) -> None:
    bygge.write_list(project, postfix.port, tuple(EVERYONE), till=FORUM, extra=", inloggning: false")
    env = bygge.environment(postfix.ca, {})
    arguments = ("skicka", "2022-H1", "--till", FORUM, "--exempel")
    sharp = (*arguments, "--skarpt", "--ja", str(len(EVERYONE)), "--paus", "0")

    first = bygge.start(project, env, *sharp)
    while len(postfix.inkorg()) < 2 and first.poll() is None:
        time.sleep(0.05)
    first.kill()
    bygge.finish(first)
    half = postfix.settled()
    assert 2 <= len(half) < len(EVERYONE)

    again = send(project, env, *sharp)
    assert again.returncode in {0, 3}, again.stderr
    unknown = [adress for adress in EVERYONE if f"<{adress}>: okänt" in send(project, env, *arguments).stdout]
    assert len(unknown) <= 1  # the one that was under way
    came = receivers(postfix.settled())
    for adress in unknown:
        # What the coordinator is told to do: ask whether it came, and say so.
        settle = ("--framme", adress) if came[adress] else ("--skicka-igen", adress, *sharp[len(arguments) :])
        assert send(project, env, *arguments, *settle).returncode == 0
    assert send(project, env, *sharp).returncode == 0

    inkorg = postfix.settled()
    assert receivers(inkorg) == SENT_TO
    report = (project / "rapporter" / f"2022-H1-halvar-{FORUM}.pdf").read_bytes()
    for message in inkorg:
        (attached,) = message.iter_attachments()
        assert attached.get_content() == report
        assert (
            message["Subject"]
            == "EXEMPEL: Uppföljning första halvåret 2022: brottsförebyggande samverkan, Upplands-Bro kommun"
        )
        assert not message.defects
        assert "with ESMTPS id" in message["Received"]  # over TLS
