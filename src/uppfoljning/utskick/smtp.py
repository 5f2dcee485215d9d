"""One connection to a mail server: always encrypted, its certificate verified, one message to one receiver at a time.

:mod:`smtplib` holds the connection. The hand-over of the message is done step by step, since only the step in which
something went wrong tells whether the message may have been taken.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from types import TracebackType

from uppfoljning.model.mottagare import Server
from uppfoljning.utskick.inloggning import TOKEN, Inloggning, plain_response, xoauth2_response
from uppfoljning.utskick.serverfel import ServerfelError, reason, timed_out, tls_words
from uppfoljning.utskick.svar import Utfall, clean, outcome

_LAST_REPLY = 10
"""How many times longer the server may take over the last answer: ten minutes for one (RFC 5321, 4.5.3.2.6)."""
_GREETING = 220
_GO_AHEAD = 354
_LOGGED_IN = 235
_CHALLENGE = 334


class Forbindelse:
    """A connection, opened and logged in. Raises :class:`ServerfelError`."""

    def __init__(self, server: Server, inloggning: Inloggning | None, eget_namn: str) -> None:
        self.server = server
        self.inloggning = inloggning
        self.smtp = self._connect(eget_namn)
        try:
            self._encrypt()
            self._login()
        except BaseException:
            self.smtp.close()
            raise

    def __enter__(self) -> Forbindelse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:  # perhaps amid a message, where a word of farewell would be part of it
            self.smtp.close()

    def close(self) -> None:
        """Take leave, as far as the server listens."""
        try:
            if self.smtp.sock is not None:
                self.smtp.quit()
        except (OSError, smtplib.SMTPException):
            self.smtp.close()

    @property
    def largest(self) -> int | None:
        """The largest message that the server takes, in bytes, when it says (RFC 1870)."""
        size = self.smtp.esmtp_features.get("size", "").strip()
        return int(size) if size.isdecimal() and int(size) > 0 else None

    def send(self, fran: str, till: str, content: bytes, before_data: Callable[[], None]) -> Utfall:
        """Hand over one message. ``before_data`` is called when the receiver is accepted, before anything is given.

        Raises :class:`ServerfelError` when the sender is refused, whoever the receiver is.
        """
        try:
            size = f"size={len(content)}" if self.smtp.has_extn("size") else ""
            kod, svar = self.smtp.mail(fran, [size] if size else [])
            if 500 <= kod < 600:
                raise ServerfelError(
                    f"Servern {self.server.vard} tar inte emot brev från avsändaren ({self._clean(kod, svar)}). "
                    "Kontrollera avsandare i data/mottagare.yaml, och att kontot får skicka från den adressen."
                )
            if kod != 250:
                return self._outcome(kod, svar)
            kod, svar = self.smtp.rcpt(till)
            if kod not in {250, 251}:
                return self._outcome(kod, svar)
            before_data()
            kod, svar = self.smtp.docmd("DATA")
            if kod != _GO_AHEAD:
                return self._outcome(kod, svar)
            # Without its last line, a full stop, no server may take the message (RFC 5321, 4.1.1.4).
            self.smtp.send(_stuffed(content))
        except (OSError, smtplib.SMTPException) as error:
            self.smtp.close()
            return Utfall("uppskjuten", f"förbindelsen bröts innan brevet var överlämnat ({reason(error)})")
        return self._finish()

    def _finish(self) -> Utfall:
        """The last line, after which the message is the server's; without an answer, nobody can tell."""
        try:
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(self.server.tidsgrans * _LAST_REPLY)
            self.smtp.send(b".\r\n")
            kod, svar = self.smtp.getreply()
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(self.server.tidsgrans)
        except (OSError, smtplib.SMTPException) as error:
            self.smtp.close()
            return Utfall("okant", f"brevet överlämnades, men servern svarade inte ({reason(error)})")
        if not 200 <= kod < 600:
            return Utfall("okant", f"brevet överlämnades, men servern svarade obegripligt ({self._clean(kod, svar)})")
        return self._outcome(kod, svar)

    def reset(self) -> bool:
        """Make ready for the next message; False when the connection is gone."""
        try:
            return self.smtp.sock is not None and self.smtp.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            self.smtp.close()
            return False

    def _connect(self, eget_namn: str) -> smtplib.SMTP:
        vard, port, tidsgrans = self.server.vard, self.server.port, self.server.tidsgrans
        try:
            if self.server.tls_from_start:
                context = ssl.create_default_context()
                return smtplib.SMTP_SSL(vard, port, eget_namn, timeout=tidsgrans, context=context)
            return smtplib.SMTP(vard, port, eget_namn, timeout=tidsgrans)
        except ssl.SSLError as error:
            raise ServerfelError(tls_words(vard, port, error)) from None
        except smtplib.SMTPConnectError as error:
            raise ServerfelError(
                f"Servern {vard} släpper inte in oss ({self._clean(error.smtp_code, error.smtp_error)}).",
                tillfalligt=error.smtp_code < 500,
            ) from None
        except socket.gaierror:
            raise ServerfelError(
                f"E-postservern {vard} hittas inte. Kontrollera vard i data/mottagare.yaml, och att datorn har nät.",
                tillfalligt=True,
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            if timed_out(error):
                raise ServerfelError(
                    f"E-postservern {vard} svarar inte på port {port} inom {tidsgrans} sekunder. Kontrollera port och "
                    "sakerhet i data/mottagare.yaml, och att nätet släpper fram.",
                    tillfalligt=True,
                ) from None
            raise ServerfelError(
                f"E-postservern {vard} går inte att nå på port {port} ({reason(error)}). Kontrollera vard och port i "
                "data/mottagare.yaml.",
                tillfalligt=True,
            ) from None

    def _encrypt(self) -> None:
        """STARTTLS, unless the connection is encrypted already. Nothing is ever said in clear but the greeting."""
        vard, port = self.server.vard, self.server.port
        try:
            self._hello()
            if self.server.tls_from_start:
                return
            if not self.smtp.has_extn("starttls"):
                raise ServerfelError(
                    f"Servern {vard} erbjuder ingen kryptering på port {port} (STARTTLS), och då skickas inget. "
                    "Kontrollera port i data/mottagare.yaml: vanligen 587, eller 465 med sakerhet: tls. Erbjuder "
                    "servern det annars kan någon på vägen ha tagit bort det; tala med den som sköter e-posten."
                )
            kod, svar = self.smtp.starttls(context=ssl.create_default_context())
            if kod != _GREETING:
                raise ServerfelError(
                    f"Servern {vard} kunde inte börja kryptera ({self._clean(kod, svar)}).", tillfalligt=kod < 500
                )
            self._hello()
        except ssl.SSLError as error:
            raise ServerfelError(tls_words(vard, port, error)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise ServerfelError(
                f"Förbindelsen med servern {vard} bröts i början ({reason(error)}).", tillfalligt=True
            ) from None

    def _hello(self) -> None:
        kod, svar = self.smtp.ehlo()
        if not 200 <= kod < 300:
            raise ServerfelError(
                f"Servern {self.server.vard} svarar inte som en e-postserver ({self._clean(kod, svar)}).",
                tillfalligt=400 <= kod < 500,
            )

    def _login(self) -> None:
        if self.inloggning is None:
            return
        offered = self.smtp.esmtp_features.get("auth", "").upper().split()
        vard = self.server.vard
        try:
            kod, svar = self._authenticate(self.inloggning, offered)
        except (OSError, smtplib.SMTPException) as error:
            raise ServerfelError(
                f"Förbindelsen med servern {vard} bröts vid inloggningen ({reason(error)}).", tillfalligt=True
            ) from None
        if kod == _LOGGED_IN:
            return
        said = self._clean(kod, svar)
        if 400 <= kod < 500:
            raise ServerfelError(f"Servern {vard} kan inte logga in någon just nu ({said}).", tillfalligt=True)
        if self.inloggning.ar_token:
            help_text = f"Ett token gäller oftast bara en timme: hämta ett nytt till {TOKEN}."
        elif re.search(r"5\.7\.139|basic auth|disabled|5\.7\.9|application-specific", said, re.IGNORECASE):
            help_text = (
                f"Servern tar inte längre lösenord från program. Använd XOAUTH2, med ett token i {TOKEN}, eller öppna "
                ".eml-filen i ett e-postprogram."
            )
        else:
            help_text = "Kontrollera användarnamn och lösenord. Har lösenordet bytts: spara det nya."
        raise ServerfelError(f"Servern {vard} godtog inte inloggningen ({said}). {help_text}")

    def _authenticate(self, inloggning: Inloggning, offered: list[str]) -> tuple[int, bytes]:
        """RFC 4954. Not smtplib's own login, which can't send å and tries out-of-date ways first."""
        if inloggning.ar_token:
            self._require("XOAUTH2", offered)
            kod, svar = self.smtp.docmd("AUTH", f"XOAUTH2 {_b64(xoauth2_response(inloggning))}")
            # A refusal first comes as a challenge with the reason, to be answered with nothing.
            return self.smtp.docmd("") if kod == _CHALLENGE else (kod, svar)
        if "PLAIN" in offered:
            return self.smtp.docmd("AUTH", f"PLAIN {_b64(plain_response(inloggning))}")
        self._require("LOGIN", offered)
        kod, svar = self.smtp.docmd("AUTH", "LOGIN")
        for part in (inloggning.anvandare, inloggning.hemlighet):
            if kod == _CHALLENGE:
                kod, svar = self.smtp.docmd(_b64(part.encode("utf-8")))
        return kod, svar

    def _require(self, way: str, offered: list[str]) -> None:
        if way in offered:
            return
        vard = self.server.vard
        if not offered:
            raise ServerfelError(
                f"Servern {vard} erbjuder ingen inloggning. Tar den emot utan: skriv inloggning: false under server i "
                "data/mottagare.yaml."
            )
        known = ", ".join(offered)
        if way == "LOGIN" and "XOAUTH2" in offered:
            raise ServerfelError(
                f"Servern {vard} tar inga lösenord, bara {known}. Använd XOAUTH2, med ett token i {TOKEN}."
            )
        wanted = "XOAUTH2" if way == "XOAUTH2" else "lösenord (PLAIN eller LOGIN)"
        raise ServerfelError(f"Servern {vard} tar inte {wanted}, bara {known}.")

    def _clean(self, kod: int, svar: bytes | str) -> str:
        return self._hide(clean(kod, svar.encode("utf-8") if isinstance(svar, str) else svar))

    def _outcome(self, kod: int, svar: bytes) -> Utfall:
        found = outcome(kod, svar)
        return found._replace(ord=self._hide(found.ord))

    def _hide(self, text: str) -> str:
        return self.inloggning.hide(text) if self.inloggning is not None else text


def _stuffed(content: bytes) -> bytes:
    """The message as it goes over the line: a full stop first in a line is doubled, and the last line ended."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
