"""What a mail server's answer means, why it can't be used, and what became of a message, in Swedish.

RFC 5321 and RFC 3463 number the answers; the library's and the system's own words are in another language.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from typing import Literal, NamedTuple

from uppfoljning.errors import MiljoError
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import visible


class ServerError(MiljoError):
    """The server can't be used. ``temporary``: it may be worth another try."""

    def __init__(self, text: str, *, temporary: bool = False) -> None:
        super().__init__(text)
        self.temporary = temporary


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


OutcomeCode = Literal["skickad", "avvisad", "uppskjuten", "okant"]

_LONGEST = 300
_ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})(?!\S)")

_BY_ENHANCED = {
    "1.1": "adressen finns inte hos mottagaren",
    "1.2": "mottagarens domän finns inte",
    "1.3": "adressen går inte att använda",
    "1.8": "servern känner inte avsändarens domän",
    "1.10": "mottagarens domän tar inte emot e-post",
    "2.1": "mottagarens brevlåda är stängd",
    "2.2": "mottagarens brevlåda är full",
    "2.3": "mejlet är för stort för mottagaren",
    "3.4": "mejlet är för stort för servern",
    "7.0": "servern tar inte emot mejlet",
    "7.1": "servern tar inte emot mejl från avsändaren till mottagaren",
    "7.60": "avsändaren får inte skicka från den adressen",
}
_BY_CODE = {
    421: "servern stänger just nu",
    450: "mottagarens brevlåda går inte att nå just nu",
    451: "servern kan inte ta emot mejlet just nu",
    452: "servern har inte plats just nu",
    550: "mottagarens brevlåda går inte att nå",
    551: "mottagaren finns inte på den servern",
    552: "mejlet är för stort, eller brevlådan full",
    553: "adressen går inte att använda",
    554: "servern tar inte emot mejlet",
}


class Outcome(NamedTuple):
    """What became of a message, and the words for it."""

    event: OutcomeCode
    words: str


def refusal(code: int, reply: bytes) -> Outcome | None:
    """What an answer means that isn't the one hoped for: refused for good, or to be tried again; None for no answer."""
    if not 400 <= code < 600:
        return None
    return Outcome("avvisad" if code >= 500 else "uppskjuten", f"{meaning(code, reply)}: {clean(code, reply)}")


def final(code: int, reply: bytes) -> Outcome:
    """What the answer to a whole message means. Only 2xx says that it was taken, only 4xx and 5xx that it wasn't."""
    if 200 <= code < 300:
        return Outcome("skickad", clean(code, reply))
    return refusal(code, reply) or Outcome("okant", "mejlet överlämnades, men servern svarade obegripligt")


def meaning(code: int, reply: bytes) -> str:
    """What a refusal means, in a few words."""
    found = _ENHANCED.match(reply.decode("ascii", "replace"))
    if code < 500 and found and found[2] == "7":
        return "servern vill att vi försöker igen senare"
    by_enhanced = _BY_ENHANCED.get(f"{found[2]}.{found[3]}") if found else None
    return by_enhanced or _BY_CODE.get(code) or ("servern avvisade mejlet" if code >= 500 else "servern bad oss vänta")


def clean(code: int, reply: bytes) -> str:
    """The server's own words on one line, short, with nothing invisible or personal in them."""
    text = " ".join(reply.decode("utf-8", "replace").split())
    text = mask(visible(text))
    return f"{code} {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}".rstrip()
