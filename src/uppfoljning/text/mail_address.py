"""E-mail addresses and mail servers' names as they are written, shown and sent. In a domain, å is sent as IDNA."""

from __future__ import annotations

from dataclasses import dataclass, field

_LONGEST = 254
"""RFC 5321, section 4.5.3.1.3, without the angle brackets."""


class AdressfelError(ValueError):
    """What is wrong with an address or a server's name, and how to write it. Never repeats what was written."""

    def __init__(self, meddelande: str, atgard: str) -> None:
        super().__init__(meddelande)
        self.atgard = atgard


@dataclass(frozen=True, slots=True)
class Adress:
    """An address: ``visad`` as people read it, ``skickad`` in ASCII alone, as it goes in the message."""

    visad: str
    skickad: str = field(repr=False)

    @property
    def lokal(self) -> str:
        """What stands before the at sign."""
        return self.skickad.rpartition("@")[0]

    @property
    def doman(self) -> str:
        """The domain, in ASCII."""
        return self.skickad.rpartition("@")[2]

    @property
    def nyckel(self) -> str:
        """The same for every way to write one mailbox. No server in use tells letters' case apart (RFC 5321, 2.4)."""
        return self.skickad.casefold()


def parse_adress(text: str) -> Adress:
    """One address, alone. Raises :class:`AdressfelError`."""
    stripped = text.strip()
    if "<" in stripped or ">" in stripped:
        raise AdressfelError("Här ska bara adressen stå.", "Skriv adressen utan < och >, och namnet i fältet namn.")
    if stripped.count("@") > 1 or any(c in stripped for c in ";, \t\r\n"):
        raise AdressfelError("Här ska det stå en enda adress.", "Skriv en mottagare per punkt, utan mellanslag.")
    lokal, at, doman = stripped.partition("@")
    if not at or not lokal or not doman:
        raise AdressfelError("Det här är ingen e-postadress.", "Skriv till exempel registrator@example.se.")
    if not lokal.isascii():
        raise AdressfelError(
            "Adressen har å, ä, ö eller ett annat ovanligt tecken före @, och det kan inte alla e-postservrar ta.",
            "Be mottagaren om en adress med bara a–z före @. Efter @ går å, ä och ö bra.",
        )
    if "." not in doman:
        raise AdressfelError("Adressen saknar punkt efter @.", "Skriv hela adressen, till exempel info@example.se.")
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(stripped, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        raise AdressfelError(
            "Det här är ingen e-postadress som går att skicka till.", "Kontrollera tecknen och domänen efter @."
        ) from None
    sent = found.ascii_email
    if sent is None or len(sent) > _LONGEST:
        raise AdressfelError("Adressen är för lång.", "Kontrollera adressen.")
    return Adress(found.normalized, sent)


def parse_vard(text: str) -> str:
    """A mail server's name or number, in ASCII. Raises :class:`AdressfelError`."""
    import ipaddress

    import idna

    wrong = AdressfelError(
        "Det här är inget namn på en e-postserver.",
        "Skriv bara serverns namn, till exempel smtp.example.se, utan smtp:// och utan port; porten skrivs i port.",
    )
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    if any(c in text for c in "/:@ \t\r\n"):
        raise wrong
    try:
        return idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise wrong from None
