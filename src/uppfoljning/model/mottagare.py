"""``mottagare.yaml``: who is sent the reports, from whom and through which server. Never under version control.

A user name, a password or a token has no place here; they come from the environment or the keyring
(:mod:`uppfoljning.mail.credentials`).
"""

from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from uppfoljning.model.fields import ForumId, Lista, Modell, OgiltigtError, Text
from uppfoljning.text.mail_address import Adress, AdressfelError, parse_adress, parse_vard

_LONGEST_LINE = 200


def _adress(value: Any) -> Adress:
    if isinstance(value, Adress):
        return value
    if not isinstance(value, str):
        raise OgiltigtError("Här ska det stå en e-postadress.", "Skriv till exempel registrator@example.se.")
    try:
        return parse_adress(value)
    except AdressfelError as error:
        raise OgiltigtError(str(error), error.atgard) from None


def _vard(value: Any) -> str:
    if not isinstance(value, str):
        raise OgiltigtError("Här ska det stå namnet på en e-postserver.", "Skriv till exempel smtp.example.se.")
    try:
        return parse_vard(value)
    except AdressfelError as error:
        raise OgiltigtError(str(error), error.atgard) from None


def _rad(value: Any) -> str:
    """A name on a line of its own: a break would begin a new field in the head of the message."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _LONGEST_LINE or not text.replace("\u00a0", " ").isprintable():
        raise OgiltigtError(
            f"Här ska det stå ett namn på en enda rad, högst {_LONGEST_LINE} tecken.",
            "Ta bort radbrytningar och osynliga tecken, och sätt citattecken om namnet ser ut som ett tal.",
        )
    return text


AdressFalt = Annotated[
    Adress,
    PlainValidator(_adress),
    PlainSerializer(lambda a: a.visad, return_type=str),
    WithJsonSchema({"type": "string", "format": "idn-email"}),
]
VardFalt = Annotated[str, PlainValidator(_vard), WithJsonSchema({"type": "string"})]
RadFalt = Annotated[str, PlainValidator(_rad), WithJsonSchema({"type": "string", "maxLength": _LONGEST_LINE})]

Sakerhet = Literal["starttls", "tls"]
_TLS_PORT = 465
"""RFC 8314, section 3.3: submission over TLS from the first byte."""


class Avsandare(Modell):
    """Who sends: a function, its address, and where answers go when that is another."""

    namn: RadFalt
    adress: AdressFalt
    svar_till: AdressFalt | None = None


class Server(Modell):
    """The mail server: always encrypted. ``tidsgrans`` is in seconds."""

    vard: VardFalt
    port: int = Field(default=587, ge=1, le=65535)
    sakerhet: Sakerhet | None = Field(default=None, description="starttls eller tls; annars det som porten brukar ha.")
    inloggning: bool = Field(default=True, description="false om servern tar emot från den här datorn utan inloggning.")
    tidsgrans: int = Field(default=60, ge=1, le=600, description="Hur många sekunder servern får på sig att svara.")

    @property
    def tls_from_start(self) -> bool:
        """Whether the connection is encrypted before the first word, and not by STARTTLS."""
        return self.sakerhet == "tls" or (self.sakerhet is None and self.port == _TLS_PORT)


class Mottagare(Modell):
    """One who is sent the report, in a message of their own."""

    adress: AdressFalt
    namn: RadFalt | None = None


class Forummottagare(Modell):
    """Those who are sent the reports of one forum, and words of the sender's own in every message to it."""

    text: Text | None = None
    mottagare: Lista[Mottagare]


class Mottagarfil(Modell):
    """``mottagare.yaml``."""

    avsandare: Avsandare
    server: Server | None = None
    forum: dict[ForumId, Forummottagare]
