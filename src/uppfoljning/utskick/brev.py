"""The message that a report goes out in: subject, words and attachment, and the bytes of the message (RFC 5322)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

from uppfoljning.model.mottagare import Avsandare, Mottagare
from uppfoljning.swedish import datum, plain_spaces

Slag = Literal["kvartal", "halvar", "slut"]

_READ_FIRST: dict[Slag, str] = {
    "kvartal": "Första sidan räcker för den som har tio minuter.",
    "halvar": "De två första sidorna räcker för den som har tio minuter.",
    "slut": "De två första sidorna räcker för den som har tio minuter.",
}


_MESSAGE_ID = 32
"""How much of the key: enough to be alone in the world, and short enough to stand on one line of the head."""


@dataclass(frozen=True, slots=True)
class Rapportfil:
    """A finished report for one forum, with what its message says of it.

    ``exempel`` is what the report says of its invented data, empty when it has none. ``stangd``: the period is closed.
    """

    namn: str
    innehall: bytes = field(repr=False)
    slag: Slag
    period: str
    rubrik: str
    overenskommelse: str
    kommun: str
    forum: str
    forum_namn: str
    per: str
    exempel: str
    stangd: bool
    sammantrade: date | None = None
    diarienummer: str = ""

    @property
    def sha256(self) -> str:
        """The checksum of the file."""
        return hashlib.sha256(self.innehall).hexdigest()


@dataclass(frozen=True, slots=True)
class Brev:
    """What a receiver is sent. ``ersatter``: the day when they were sent the version that this one replaces."""

    amne: str
    text: str
    ersatter: date | None = None


def write_brev(rapport: Rapportfil, avsandare: Avsandare, egen_text: str | None, ersatter: date | None = None) -> Brev:
    """The subject and the words. ``egen_text`` is the sender's own, and comes first."""
    amne = f"{rapport.rubrik}, {rapport.kommun}"
    if ersatter is not None:
        amne = f"Ny version: {amne}"
    if rapport.exempel:
        amne = f"EXEMPEL: {amne}"
    stycken = ["Hej!"]
    if rapport.exempel:
        stycken.append(f"Det här är ett prov, inte en verklig rapport. {rapport.exempel}.")
    if egen_text:
        stycken.append(egen_text.strip())
    stycken.append(
        f"{rapport.rubrik} är bifogad som PDF-fil. Den följer upp ”{rapport.overenskommelse}”, är gjord för "
        f"{rapport.forum_namn} och visar läget {rapport.per}. {_READ_FIRST[rapport.slag]}"
    )
    if ersatter is not None:
        stycken.append(f"Det här är en ny version. Den ersätter rapporten som du fick {datum(ersatter)}.")
    if rapport.sammantrade is not None:
        case = f" (diarienummer {rapport.diarienummer})" if rapport.diarienummer else ""
        stycken.append(f"{rapport.forum_namn} har sitt sammanträde {datum(rapport.sammantrade)}{case}.")
    stycken.append("Har du frågor? Svara på det här brevet.")
    stycken.append(avsandare.namn)
    stycken.append(
        f"Bilaga: {rapport.namn}, {storlek(len(rapport.innehall))}\nKontrollsumma (SHA-256): {rapport.sha256}"
    )
    text = "\n\n".join(_printable(stycke) for stycke in stycken) + "\n"
    return Brev(" ".join(_printable(amne).split()), text, ersatter)


def storlek(antal_byte: int) -> str:
    """A size as people say it: '312 kB', '1,2 MB' (in thousands)."""
    if antal_byte < 1_000_000:
        return f"{max(1, round(antal_byte / 1000))} kB"
    return f"{antal_byte / 1_000_000:.1f} MB".replace(".", ",")


def write_message(
    brev: Brev, rapport: Rapportfil, avsandare: Avsandare, mottagare: Mottagare, *, nyckel: str, tid: str
) -> bytes:
    """The message to one receiver, in ASCII with CRLF. ``tid`` is its Date; its Message-ID comes from ``nyckel``."""
    message = _message(brev, rapport, avsandare)
    message["To"] = _address(mottagare.namn or "", mottagare)
    message["Date"] = tid
    message["Message-ID"] = f"<{nyckel[:_MESSAGE_ID]}@{avsandare.adress.doman}>"
    return message.as_bytes()


def write_draft(brev: Brev, rapport: Rapportfil, avsandare: Avsandare, mottagare: tuple[Mottagare, ...]) -> bytes:
    """The message as a draft that a mail program opens and a person sends: without date, the receivers in Bcc.

    ``X-Unsent`` is what Outlook and Thunderbird know a draft by.
    """
    message = _message(brev, rapport, avsandare)
    message["To"] = Address(avsandare.namn, avsandare.adress.lokal, avsandare.adress.doman)
    message["Bcc"] = [_address(one.namn or "", one) for one in mottagare]
    message["X-Unsent"] = "1"
    return message.as_bytes()


def _message(brev: Brev, rapport: Rapportfil, avsandare: Avsandare) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(avsandare.namn, avsandare.adress.lokal, avsandare.adress.doman)
    if avsandare.svar_till is not None:
        message["Reply-To"] = Address("", avsandare.svar_till.lokal, avsandare.svar_till.doman)
    message["Subject"] = brev.amne
    message.set_content(brev.text, cte="quoted-printable")
    message.add_attachment(rapport.innehall, maintype="application", subtype="pdf", filename=rapport.namn)
    message.set_boundary(f"=_{rapport.sha256[:32]}")  # an equals sign and a line stand in no part's encoded text
    message["Content-Language"] = "sv"
    return message


def _address(namn: str, mottagare: Mottagare) -> Address:
    return Address(namn, mottagare.adress.lokal, mottagare.adress.doman)


def _printable(text: str) -> str:
    """Ordinary spaces, and no control characters but line breaks."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in plain_spaces(text))
