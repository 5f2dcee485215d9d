"""Logging in to a mail server (RFC 4954): a password by PLAIN or LOGIN, a token by XOAUTH2.

Not smtplib's own login, which can't send å and tries out-of-date ways first.
"""

from __future__ import annotations

import base64
import re
import smtplib

from uppfoljning.utskick.inloggning import TOKEN, Inloggning, plain_response, xoauth2_response
from uppfoljning.utskick.serverfel import ServerfelError, reason

_LOGGED_IN = 235
_CHALLENGE = 334
_LONGEST_LIST = 200
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
_NO_PASSWORDS = re.compile(r"5\.7\.139|5\.7\.9|basic auth|application-specific", re.IGNORECASE)


def log_in(smtp: smtplib.SMTP, vard: str, inloggning: Inloggning) -> None:
    """Log in on a connection that is encrypted. Raises :class:`ServerfelError`, which never repeats the secret."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    _require("XOAUTH2" if inloggning.ar_token else "LOGIN", offered, vard)
    try:
        kod, svar = _authenticate(smtp, inloggning, offered)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerfelError(
            f"Förbindelsen med servern {vard} bröts vid inloggningen ({reason(error)}).", tillfalligt=True
        ) from None
    if kod == _LOGGED_IN:
        return
    # What a server answers here may repeat what it was given, so only its numbers are.
    words = svar.decode("ascii", "replace")
    number = _ENHANCED.match(words)
    said = f"{kod} {number[0]}" if number else str(kod)
    if 400 <= kod < 500:
        raise ServerfelError(f"Servern {vard} kan inte logga in någon just nu ({said}).", tillfalligt=True)
    who = f"Servern {vard} godtog inte inloggningen som {inloggning.anvandare} ({said})."
    if inloggning.ar_token:
        help_text = f"Ett token gäller oftast bara en timme: hämta ett nytt till {TOKEN}."
    elif _NO_PASSWORDS.search(words):
        help_text = (
            f"Servern tar inte längre lösenord från program. Använd XOAUTH2, med ett token i {TOKEN}, eller öppna "
            ".eml-filen i ett e-postprogram."
        )
    else:
        help_text = f"Lösenordet kom från {inloggning.kalla}. Har det bytts: spara det nya."
    raise ServerfelError(f"{who} {help_text}")


def _authenticate(smtp: smtplib.SMTP, inloggning: Inloggning, offered: list[str]) -> tuple[int, bytes]:
    if inloggning.ar_token:
        kod, svar = smtp.docmd("AUTH", f"XOAUTH2 {_b64(xoauth2_response(inloggning))}")
        # A refusal first comes as a challenge with the reason, to be answered with nothing.
        return smtp.docmd("") if kod == _CHALLENGE else (kod, svar)
    if "PLAIN" in offered:
        return smtp.docmd("AUTH", f"PLAIN {_b64(plain_response(inloggning))}")
    kod, svar = smtp.docmd("AUTH", "LOGIN")
    for part in (inloggning.anvandare, inloggning.hemlighet):
        if kod == _CHALLENGE:
            kod, svar = smtp.docmd(_b64(part.encode("utf-8")))
    return kod, svar


def _require(way: str, offered: list[str], vard: str) -> None:
    """Raises :class:`ServerfelError`, before anything secret is said, when the server doesn't take what we have."""
    if way in offered or (way == "LOGIN" and "PLAIN" in offered):
        return
    if not offered:
        raise ServerfelError(
            f"Servern {vard} erbjuder ingen inloggning. Tar den emot utan: skriv inloggning: false under server i "
            "data/mottagare.yaml."
        )
    known = ", ".join(word for word in offered if word.replace("-", "").isalnum())[:_LONGEST_LIST]
    if way == "XOAUTH2":
        raise ServerfelError(f"Servern {vard} tar inte XOAUTH2, bara {known}. Ta bort {TOKEN} och använd ett lösenord.")
    if "XOAUTH2" in offered:
        raise ServerfelError(
            f"Servern {vard} tar inga lösenord, bara {known}. Använd XOAUTH2, med ett token i {TOKEN}."
        )
    raise ServerfelError(f"Servern {vard} tar inte lösenord (PLAIN eller LOGIN), bara {known}.")


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
