"""One connection to a mail server: always encrypted, its certificate verified, one message to one receiver at a time.

:mod:`smtplib` holds the connection. The hand-over of the message is done step by step, since only the step in which
something went wrong tells whether the message may have been taken.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from types import TracebackType

from uppfoljning.mail.credentials import Credentials
from uppfoljning.mail.log_in import log_in
from uppfoljning.mail.server_words import Outcome, ServerError, clean, final, reason, refusal, timed_out, tls_words
from uppfoljning.model.mottagare import Server

_LAST_REPLY = 10
"""How many times longer the server may take over the last answer: ten minutes for one (RFC 5321, 4.5.3.2.6)."""
_OK = 250
_RECIPIENT_OK = {250, 251}
_GO_AHEAD = 354
_LOGIN_FIRST = 530
_SIZE_DIGITS = 15


class Connection:
    """A connection, opened and logged in. Raises :class:`ServerError`."""

    def __init__(self, server: Server, credentials: Credentials | None, own_name: str) -> None:
        self.server = server
        self.credentials = credentials
        self.fresh = True
        self.smtp = self._connect(own_name)
        try:
            self._encrypt()
            if credentials is not None:
                log_in(self.smtp, server.vard, credentials)
        except BaseException:
            self.smtp.close()
            raise

    def __enter__(self) -> Connection:
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
        return int(size) if size.isdecimal() and len(size) <= _SIZE_DIGITS and int(size) > 0 else None

    def send(self, sender: str, receiver: str, content: bytes, before_data: Callable[[], None]) -> Outcome:
        """Hand over one message. ``before_data`` is called when the receiver is accepted, before anything is given.

        Raises :class:`ServerError` when the sender is refused, whoever the receiver is.
        """
        first, self.fresh = self.fresh, False
        try:
            size = f"size={len(content)}" if self.smtp.has_extn("size") else ""
            code, reply = self.smtp.mail(sender, [size] if size else [])
            if 500 <= code < 600 and first:
                raise ServerError(self._sender_refused(code, reply))
            if 500 <= code < 600:  # perhaps it takes no more in one connection: a new one will tell
                self.smtp.close()
                return Outcome("uppskjuten", f"servern tog inte emot fler: {self._clean(code, reply, receiver)}")
            if code != _OK:
                return self._refused(code, reply, receiver)
            code, reply = self.smtp.rcpt(receiver)
            if code not in _RECIPIENT_OK:
                return self._refused(code, reply, receiver)
            before_data()
            code, reply = self.smtp.docmd("DATA")
            if code != _GO_AHEAD:
                return self._refused(code, reply, receiver)
            # Without its last line, a full stop, no server may take the message (RFC 5321, 4.1.1.4).
            self.smtp.send(_stuffed(content))
        except (OSError, smtplib.SMTPException) as error:
            self.smtp.close()
            return Outcome("uppskjuten", f"förbindelsen bröts innan mejlet var överlämnat ({reason(error)})")
        return self._finish(receiver)

    def _refused(self, code: int, reply: bytes, receiver: str) -> Outcome:
        """What became of a message that was not handed over.

        After an answer that means nothing, answers may be out of step, and the connection can't be used any more.
        """
        found = refusal(code, self._hide(reply, receiver))
        if found is None:
            self.smtp.close()
            return Outcome("uppskjuten", "servern svarade obegripligt innan mejlet var överlämnat")
        return found

    def _finish(self, receiver: str) -> Outcome:
        """The last line, after which the message is the server's; without an answer, nobody can tell."""
        try:
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(self.server.tidsgrans * _LAST_REPLY)
            self.smtp.send(b".\r\n")
            code, reply = self.smtp.getreply()
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(self.server.tidsgrans)
        except (OSError, smtplib.SMTPException) as error:
            self.smtp.close()
            return Outcome("okant", f"mejlet överlämnades, men servern svarade inte ({reason(error)})")
        found = final(code, self._hide(reply, receiver))
        if found.event == "okant":
            self.smtp.close()
        return found

    def _sender_refused(self, code: int, reply: bytes) -> str:
        vard = self.server.vard
        if code == _LOGIN_FIRST:
            return (
                f"Servern {vard} kräver inloggning ({self._clean(code, reply)}). Ta bort inloggning: false ur "
                "data/mottagare.yaml."
            )
        return (
            f"Servern {vard} tar inte emot mejl från avsändaren ({self._clean(code, reply)}). Kontrollera avsandare i "
            "data/mottagare.yaml, och att kontot får skicka från den adressen."
        )

    def reset(self) -> bool:
        """Make ready for the next message; False when the connection is gone."""
        try:
            return self.smtp.sock is not None and self.smtp.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            self.smtp.close()
            return False

    def _connect(self, own_name: str) -> smtplib.SMTP:
        vard, port, tidsgrans = self.server.vard, self.server.port, self.server.tidsgrans
        try:
            if self.server.tls_from_start:
                context = ssl.create_default_context()
                return smtplib.SMTP_SSL(vard, port, own_name, timeout=tidsgrans, context=context)
            return smtplib.SMTP(vard, port, own_name, timeout=tidsgrans)
        except ssl.SSLError as error:
            raise ServerError(tls_words(vard, port, error)) from None
        except smtplib.SMTPConnectError as error:
            if error.smtp_code < 100:
                raise ServerError(
                    f"Det som svarar på {vard}, port {port}, är ingen e-postserver. Kontrollera vard och port i "
                    "data/mottagare.yaml."
                ) from None
            raise ServerError(
                f"Servern {vard} släpper inte in oss ({self._clean(error.smtp_code, error.smtp_error)}).",
                temporary=error.smtp_code < 500,
            ) from None
        except socket.gaierror:
            raise ServerError(
                f"E-postservern {vard} hittas inte. Kontrollera vard i data/mottagare.yaml, och att datorn har nät.",
                temporary=True,
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            if timed_out(error):
                raise ServerError(
                    f"E-postservern {vard} svarar inte på port {port} inom {tidsgrans} sekunder. Kontrollera port och "
                    "sakerhet i data/mottagare.yaml, och att nätet släpper fram.",
                    temporary=True,
                ) from None
            raise ServerError(
                f"E-postservern {vard} går inte att nå på port {port} ({reason(error)}). Kontrollera vard och port i "
                "data/mottagare.yaml.",
                temporary=True,
            ) from None

    def _encrypt(self) -> None:
        """STARTTLS, unless the connection is encrypted already. Nothing is ever said in clear but the greeting."""
        vard, port = self.server.vard, self.server.port
        try:
            self._hello()
            if self.server.tls_from_start:
                return
            if not self.smtp.has_extn("starttls"):
                raise ServerError(
                    f"Servern {vard} erbjuder ingen kryptering på port {port} (STARTTLS), och då skickas inget. "
                    "Kontrollera port i data/mottagare.yaml: vanligen 587, eller 465 med sakerhet: tls. Erbjuder "
                    "servern det annars kan någon på vägen ha tagit bort det; tala med den som sköter e-posten."
                )
            self.smtp.starttls(context=ssl.create_default_context())
            self._hello()
        except ssl.SSLError as error:
            raise ServerError(tls_words(vard, port, error)) from None
        except smtplib.SMTPResponseException as error:
            raise ServerError(
                f"Servern {vard} kunde inte börja kryptera ({self._clean(error.smtp_code, error.smtp_error)}).",
                temporary=error.smtp_code < 500,
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            raise ServerError(
                f"Förbindelsen med servern {vard} bröts i början ({reason(error)}).", temporary=True
            ) from None

    def _hello(self) -> None:
        code, reply = self.smtp.ehlo()
        if not 200 <= code < 300:
            raise ServerError(
                f"Servern {self.server.vard} svarar inte som en e-postserver ({self._clean(code, reply)}).",
                temporary=400 <= code < 500,
            )

    def _clean(self, code: int, reply: bytes | str, receiver: str = "") -> str:
        return clean(code, self._hide(reply.encode("utf-8") if isinstance(reply, str) else reply, receiver))

    def _hide(self, reply: bytes, receiver: str) -> bytes:
        """An answer without the secret and the receiver's name, before anything in it is cut or put together."""
        text = reply.decode("utf-8", "replace")
        if self.credentials is not None:
            text = self.credentials.hide(text)
        local_part = receiver.rpartition("@")[0]
        if local_part:
            text = re.sub(rf"(?<!\w){re.escape(local_part)}(?!\w)", "•••", text, flags=re.IGNORECASE)
        return text.encode("utf-8")


def _stuffed(content: bytes) -> bytes:
    """The message as it goes over the line: a full stop first in a line is doubled, and the last line ended."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
