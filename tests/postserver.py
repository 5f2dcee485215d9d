"""A real mail server on loopback, with TLS and login, that can be told to misbehave at any step."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gc
import os
import signal
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Literal

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

Steg = Literal["hej", "starttls", "auth", "mail", "rcpt", "data", "mitt", "slut", "lagrad", "svarad", "quit"]
"""The steps of a message: hello, login, sender, receiver, DATA, amid the message, all of it come, stored, answered."""

ANVANDARE, LOSENORD, TOKEN = "trygghet@example.se", "lösen-Hemligt/1 2", "ya29.hemligt-token-3"


@dataclass
class Regel:
    """What to do at a step: ``lagg_pa`` hangs up, ``doda`` kills the client, ``vanta`` is slow, else a reply.

    ``till``: only for a receiver whose address begins so. ``ganger``: how many times.
    """

    steg: Steg
    vad: str
    till: str = ""
    ganger: int = 1


@dataclass
class Postserver:
    """What the server has taken in, and how it behaves. ``login`` is every secret it was shown."""

    port: int = 0
    regler: list[Regel] = field(default_factory=list)
    inkommet: list[tuple[str, bytes]] = field(default_factory=list)
    login: list[bytes] = field(default_factory=list)
    anslutningar: int = 0
    pid: int = 0
    lagrat: threading.Event = field(default_factory=threading.Event)

    def mottagare(self) -> list[str]:
        """Who has been sent something, in order of arrival, as often as it came."""
        return [rcpt for rcpt, _ in self.inkommet]

    def brev(self) -> list[EmailMessage]:
        """Every message, read by a standard parser."""
        return [parse(content) for _, content in self.inkommet]

    def rule(self, steg: Steg, till: str) -> str:
        """What to do now, taken off the list when it has been done as often as it should."""
        for regel in self.regler:
            if regel.steg == steg and till.startswith(regel.till) and regel.ganger:
                regel.ganger -= 1
                return regel.vad
        return ""


def parse(content: bytes) -> EmailMessage:
    """A message as Python's own parser reads it."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


class _Session(SMTP):
    """aiosmtpd's server with a stop at each step."""

    lada: Postserver
    till = ""
    said = ""

    async def step(self, steg: Steg, *, say: bool = True) -> bool:
        """Whether the step has been taken over by a rule. Its reply is given at once, or kept in ``said``."""
        vad = self.lada.rule(steg, self.till)
        self.said = "250 Ok"  # where nobody hears it
        if not vad:
            return False
        if vad == "lagg_pa":
            assert self.transport is not None
            self.transport.abort()  # type: ignore[attr-defined]
            await asyncio.sleep(0.05)
            return True
        if vad == "doda":
            os.kill(self.lada.pid, signal.SIGKILL)
            await asyncio.sleep(0.2)
            return True
        if vad.startswith("vanta"):
            await asyncio.sleep(float(vad.removeprefix("vanta ")))
            return False
        self.said = vad
        if say:
            await self.push(vad)
        return True

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self.step("hej"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self.step("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self.step("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        self.till = ""
        if not await self.step("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        self.till = arg.partition("<")[2].partition(">")[0]
        if not await self.step("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self.step("data"):
            return
        if any(r.steg == "mitt" and r.ganger and self.till.startswith(r.till) for r in self.lada.regler):
            await self.push("354 Skriv")
            await self._reader.read(2000)
            await self.step("mitt")
            return
        await super().smtp_DATA(arg)
        await self.step("svarad")

    async def smtp_QUIT(self, arg: str) -> None:
        if not await self.step("quit"):
            await super().smtp_QUIT(arg)


class _Handler:
    def __init__(self, lada: Postserver) -> None:
        self.lada = lada

    async def handle_DATA(self, server: _Session, session: Any, envelope: Any) -> str | None:
        if await server.step("slut", say=False):
            return server.said
        for rcpt in envelope.rcpt_tos:
            self.lada.inkommet.append((rcpt, bytes(envelope.original_content)))
        self.lada.lagrat.set()
        await server.step("lagrad")
        return "250 2.0.0 Ok: queued"

    async def auth_XOAUTH2(self, server: _Session, args: list[str]) -> AuthResult:
        self.lada.login.append(base64.b64decode(args[1]))
        if self.lada.login[-1] == f"user={ANVANDARE}\x01auth=Bearer {TOKEN}\x01\x01".encode():
            return AuthResult(success=True)
        await server.push("334 " + base64.b64encode(b'{"status":"401"}').decode("ascii"))
        await server._reader.readline()
        return AuthResult(success=False, handled=False, message="535 5.7.3 Authentication unsuccessful")


class _Controller(Controller):
    lada: Postserver

    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that login is asked for where TLS was there from the start
            session = _Session(self.handler, **self.SMTP_kwargs)
        session.lada = self.lada
        self.lada.anslutningar += 1
        return session


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Certifikat:
    """A certificate authority of one's own: ``ca`` is its file, for clients to trust."""

    ca: Path
    utfardare: trustme.CA

    def context(self, name: str = "localhost", slut: datetime | None = None) -> ssl.SSLContext:
        """A server's certificate for a name, until a day."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.utfardare.issue_cert(name, not_after=slut).configure_cert(context)
        return context


def authority(folder: Path) -> Certifikat:
    """A new authority, its certificate in a file."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    return Certifikat(folder / "ca.pem", ca)


EXPIRED = datetime(2020, 1, 1, tzinfo=UTC)


@contextlib.contextmanager
def server(
    context: ssl.SSLContext | None,
    *regler: Regel,
    implicit: bool = False,
    ways: tuple[str, ...] = ("PLAIN", "LOGIN"),
    login: bool = True,
    largest: int | None = 33_554_432,
) -> Iterator[Postserver]:
    """The server while the block runs: with STARTTLS, ``implicit`` TLS, or without ``context`` none."""
    lada = Postserver(free_port(), list(regler))

    def authenticate(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        lada.login += [data.login, data.password]
        good = (data.login, data.password) == (ANVANDARE.encode(), LOSENORD.encode())
        return AuthResult(success=good, handled=good)

    kinds = {"PLAIN", "LOGIN", "XOAUTH2"}
    parameters: dict[str, Any] = {
        "authenticator": authenticate,
        "auth_required": login,
        "auth_require_tls": context is not None and not implicit,
        "auth_exclude_mechanism": kinds - set(ways) if login else kinds,
        "data_size_limit": largest,
    }
    if context is not None and not implicit:
        parameters |= {"tls_context": context, "require_starttls": True}
    elif context is not None:
        parameters["ssl_context"] = context
    controller = _Controller(
        _Handler(lada),
        hostname="127.0.0.1",
        port=lada.port,
        server_hostname="localhost",
        ready_timeout=20,
        **parameters,
    )
    controller.lada = lada
    controller.loop.set_exception_handler(lambda loop, told: None)  # clients that hang up are what is tested
    controller.start()
    lada.anslutningar = 0
    lada.lagrat.clear()
    try:
        yield lada
    finally:
        controller.stop()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # a client that hung up leaves a transport unclosed
            gc.collect()
