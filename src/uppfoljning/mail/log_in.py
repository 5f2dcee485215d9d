"""Logging in to a mail server: with what it takes of what we have, saying nothing secret before that is known."""

from __future__ import annotations

import base64
import re
import smtplib

from uppfoljning.mail.credentials import TOKEN, Credentials, plain_response, xoauth2_response
from uppfoljning.mail.server_words import ServerError, reason

_LOGGED_IN = 235
_CHALLENGE = 334
_LONGEST_LIST = 200
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
_NO_PASSWORDS = re.compile(r"5\.7\.139|5\.7\.9|basic auth|application-specific", re.IGNORECASE)


def log_in(smtp: smtplib.SMTP, vard: str, credentials: Credentials) -> None:
    """Log in on a connection that is encrypted. Raises :class:`ServerError`, which never repeats the secret."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    _require("XOAUTH2" if credentials.is_token else "LOGIN", offered, vard)
    try:
        code, reply = _authenticate(smtp, credentials, offered)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerError(
            f"Förbindelsen med servern {vard} bröts vid inloggningen ({reason(error)}).", temporary=True
        ) from None
    if code == _LOGGED_IN:
        return
    # What a server answers here may repeat what it was given, so only its numbers are.
    words = reply.decode("ascii", "replace")
    number = _ENHANCED.match(words)
    said = f"{code} {number[0]}" if number else str(code)
    if 400 <= code < 500:
        raise ServerError(f"Servern {vard} kan inte logga in någon just nu ({said}).", temporary=True)
    who = f"Servern {vard} godtog inte inloggningen som {credentials.user} ({said})."
    if credentials.is_token:
        help_text = f"Ett token gäller oftast bara en timme: hämta ett nytt till {TOKEN}."
    elif _NO_PASSWORDS.search(words):
        help_text = (
            f"Servern tar inte längre lösenord från program. Använd XOAUTH2, med ett token i {TOKEN}, eller öppna "
            ".eml-filen i ett e-postprogram."
        )
    else:
        help_text = f"Lösenordet kom från {credentials.source}. Har det bytts: spara det nya."
    raise ServerError(f"{who} {help_text}")


def _authenticate(smtp: smtplib.SMTP, credentials: Credentials, offered: list[str]) -> tuple[int, bytes]:
    if credentials.is_token:
        code, reply = smtp.docmd("AUTH", f"XOAUTH2 {_b64(xoauth2_response(credentials))}")
        # A refusal first comes as a challenge with the reason, to be answered with nothing.
        return smtp.docmd("") if code == _CHALLENGE else (code, reply)
    if "PLAIN" in offered:
        return smtp.docmd("AUTH", f"PLAIN {_b64(plain_response(credentials))}")
    code, reply = smtp.docmd("AUTH", "LOGIN")
    for part in (credentials.user, credentials.secret):
        if code == _CHALLENGE:
            code, reply = smtp.docmd(_b64(part.encode("utf-8")))
    return code, reply


def _require(way: str, offered: list[str], vard: str) -> None:
    """Raises :class:`ServerError`, before anything secret is said, when the server doesn't take what we have."""
    if way in offered or (way == "LOGIN" and "PLAIN" in offered):
        return
    if not offered:
        raise ServerError(
            f"Servern {vard} erbjuder ingen inloggning. Tar den emot utan: skriv inloggning: false under server i "
            "data/mottagare.yaml."
        )
    known = ", ".join(word for word in offered if word.replace("-", "").isalnum())[:_LONGEST_LIST]
    if way == "XOAUTH2":
        raise ServerError(f"Servern {vard} tar inte XOAUTH2, bara {known}. Ta bort {TOKEN} och använd ett lösenord.")
    if "XOAUTH2" in offered:
        raise ServerError(f"Servern {vard} tar inga lösenord, bara {known}. Använd XOAUTH2, med ett token i {TOKEN}.")
    raise ServerError(f"Servern {vard} tar inte lösenord (PLAIN eller LOGIN), bara {known}.")


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
