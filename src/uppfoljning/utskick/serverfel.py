"""Why a mail server can't be used, in Swedish. The library's and the system's own words are in another language."""

from __future__ import annotations

import smtplib
import ssl

from uppfoljning.errors import MiljoError


class ServerfelError(MiljoError):
    """The server can't be used. ``tillfalligt``: it may be worth another try."""

    def __init__(self, text: str, *, tillfalligt: bool = False) -> None:
        super().__init__(text)
        self.tillfalligt = tillfalligt


def timed_out(error: Exception) -> bool:
    """Whether the server took too long. smtplib makes another exception of it, with the first one as its context."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def reason(error: Exception) -> str:
    """Why a connection ended, in a few words."""
    if timed_out(error):
        return "servern svarade inte i tid"
    if isinstance(error, ConnectionRefusedError):
        return "ingen server svarar där"
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError | ssl.SSLEOFError):
        return "servern lade på"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"servern svarade {error.smtp_code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"systemets felkod {error.errno}"
    return type(error).__name__


_CERTIFICATE = {
    9: "serverns certifikat gäller inte än; kontrollera datorns klocka",
    18: "serverns certifikat är utfärdat av servern själv",
    19: "serverns certifikat kommer från en utfärdare som datorn inte litar på",
    20: "serverns certifikat kommer från en utfärdare som datorn inte litar på",
    21: "serverns certifikat kommer från en utfärdare som datorn inte litar på",
    62: "serverns certifikat gäller ett annat namn",
    64: "serverns certifikat gäller ett annat namn",
}
_EXPIRED = 10
_UNKNOWN_ISSUER = {18, 19, 20, 21}
"""OpenSSL's X509_V_ERR_*, which stay the same from version to version."""


def tls_words(vard: str, port: int, error: ssl.SSLError) -> str:
    """Why there is no encrypted connection, and what to look at."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code == _EXPIRED:
            return (
                f"Certifikatet för servern {vard} har gått ut, så det går inte att lita på förbindelsen. Inget har "
                "skickats, inte heller lösenordet. Säg till den som sköter e-posten."
            )
        own = (
            " Har kommunen en egen utfärdare: peka ut den med SSL_CERT_FILE (docs/utskick.md)."
            if error.verify_code in _UNKNOWN_ISSUER
            else ""
        )
        why = _CERTIFICATE.get(error.verify_code, f"serverns certifikat godtas inte (kod {error.verify_code})")
        return (
            f"Servern {vard} är kanske inte den som den utger sig för att vara: {why}. Inget har skickats, inte heller "
            f"lösenordet. Kontrollera vard i data/mottagare.yaml, och tala annars med den som sköter e-posten.{own}"
        )
    if error.reason in {"WRONG_VERSION_NUMBER", "UNEXPECTED_EOF_WHILE_READING", "HTTP_REQUEST"}:
        return (
            f"Servern {vard} talar inte TLS från början på port {port}. Kontrollera port och sakerhet i "
            "data/mottagare.yaml: 587 med starttls, eller 465 med tls."
        )
    return f"Servern {vard} och den här datorn kunde inte enas om en kryptering ({error.reason or 'okänt skäl'})."
