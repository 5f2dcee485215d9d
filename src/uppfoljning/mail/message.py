"""The message that a report goes out in: subject, words and attachment, and the bytes of the message (RFC 5322)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header, decode_header, make_header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import formataddr, getaddresses
from typing import NamedTuple

from uppfoljning.mail.journal import ReportId
from uppfoljning.model.codes import Rapportslag
from uppfoljning.model.mottagare import Avsandare, Mottagare
from uppfoljning.text.mail_address import Adress
from uppfoljning.text.swedish import datum, number_word, plain_spaces

_EXEMPEL = "EXEMPEL: "
_POLICY = compat32.clone(linesep="\r\n")
_MESSAGE_ID = 32
"""How much of the key: enough to be alone in the world, and short enough to stand on one line of the head."""


@dataclass(frozen=True, slots=True)
class OutgoingReport:
    """A finished report for one forum, with what its message says of it.

    ``read_first`` is the advice to one who is short of time. ``exempel`` is what the report says of its invented data,
    empty when it has none. ``stangd``: the period is closed.
    ``intern``: it may have intern notes. ``forslag``: how many proposals for decision it has. ``utan_svar``: nobody has
    answered for the period.
    """

    namn: str
    content: bytes = field(repr=False)
    media_type: str
    slag: Rapportslag
    period: str
    rubrik: str
    overenskommelse: str
    kommun: str
    forum: str
    forum_namn: str
    per: str
    read_first: str
    exempel: str
    stangd: bool
    intern: bool = False
    forslag: int = 0
    utan_svar: bool = False
    sammantrade: date | None = None
    diarienummer: str = ""

    @property
    def id(self) -> ReportId:
        """What the journal knows it by."""
        sha256 = hashlib.sha256(self.content).hexdigest()
        return ReportId(self.namn, sha256, self.slag, self.period, self.forum, bool(self.exempel))


@dataclass(frozen=True, slots=True)
class Brev:
    """What a receiver is sent."""

    subject: str
    text: str


def write_brev(
    rapport: OutgoingReport, avsandare: Avsandare, own_text: str | None, *, ny_version: bool = False
) -> Brev:
    """The subject and the words. ``own_text`` is the sender's own. ``ny_version``: the receiver may have another."""
    subject = f"{rapport.rubrik}: brottsförebyggande samverkan, {rapport.kommun}"
    if ny_version:
        subject = f"Ny version: {subject}"
    if rapport.exempel:
        subject = f"{_EXEMPEL}{subject}"
    paragraphs = ["Hej!"]
    if rapport.exempel:
        paragraphs.append(f"Det här är ett prov, inte en verklig rapport. {rapport.exempel}.")
    paragraphs.append(
        f"Här är rapporten ”{rapport.rubrik}” till {rapport.forum_namn}, om ”{rapport.overenskommelse}”. Läget avser "
        f"{rapport.per}."
    )
    if ny_version:
        paragraphs.append("Det är en ny version. Har du fått rapporten tidigare ersätter den här den.")
    paragraphs += filter(None, [_decisions(rapport), (own_text or "").strip(), rapport.read_first])
    if rapport.intern:
        paragraphs.append(
            f"Rapporten kan ha interna anteckningar, bara för {rapport.forum_namn}. Skicka den inte vidare."
        )
    paragraphs += ["Har du frågor? Svara på det här mejlet.", avsandare.namn]
    text = "\n\n".join(_printable(paragraph) for paragraph in paragraphs) + "\n"
    return Brev(" ".join(_printable(subject).split()), text)


def _decisions(rapport: OutgoingReport) -> str:
    """What the receivers are to decide, and when. Said so that it is true also after that day."""
    when = f" {datum(rapport.sammantrade)}" if rapport.sammantrade is not None else ""
    case = f" (diarienummer {rapport.diarienummer})" if rapport.diarienummer else ""
    if rapport.forslag:
        many = f"{number_word(rapport.forslag, neuter=True)} förslag till beslut"
        meeting = f" vid sammanträdet{when}" if when else ""
        return f"Rapporten har {many} för {rapport.forum_namn}{meeting}{case}. De står på första sidan."
    if when:
        return f"Rapporten tas upp vid sammanträdet{when}{case}."
    return f"Diarienummer: {rapport.diarienummer}." if case else ""


def size_text(size: int) -> str:
    """A size as people say it: '312 kB', '1,2 MB' (in thousands)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def write_message(
    brev: Brev, rapport: OutgoingReport, avsandare: Avsandare, mottagare: Mottagare, *, nyckel: str, tid: str
) -> bytes:
    """The message to one receiver, in ASCII with CRLF. ``tid`` is its Date; its Message-ID comes from ``nyckel``."""
    message = _message(brev, rapport, avsandare)
    message["To"] = _address(mottagare.namn, mottagare.adress)
    message["Date"] = tid
    message["Message-ID"] = f"<{nyckel[:_MESSAGE_ID]}@{avsandare.adress.doman}>"
    return message.as_bytes()


def write_draft(brev: Brev, rapport: OutgoingReport, avsandare: Avsandare, mottagare: tuple[Mottagare, ...]) -> bytes:
    """The message as a draft that a mail program opens and a person sends: without date, the receivers in Bcc.

    ``X-Unsent`` is what Outlook knows a draft by.
    """
    message = _message(brev, rapport, avsandare)
    message["To"] = _address(avsandare.namn, avsandare.adress)
    message["Bcc"] = ",\n ".join(_address(one.namn, one.adress) for one in mottagare)
    message["X-Unsent"] = "1"
    return message.as_bytes()


class Draft(NamedTuple):
    """What a draft has: the checksum of its report, its receivers in lower case, and whether it says it is a trial."""

    sha256: str
    mottagare: frozenset[str]
    exempel: bool


def draft_of(content: bytes) -> Draft | None:
    """What a draft that the tool has written has in it; None for anything else."""
    message = message_from_bytes(content)
    files = [part.get_payload(decode=True) for part in message.walk() if part.get_filename()]
    if len(files) != 1 or not isinstance(files[0], bytes):
        return None
    receivers = frozenset(address.casefold() for _, address in getaddresses(message.get_all("Bcc", [])))
    subject = str(make_header(decode_header(message.get("Subject", ""))))
    return Draft(hashlib.sha256(files[0]).hexdigest(), receivers, subject.startswith(_EXEMPEL))


def _message(brev: Brev, rapport: OutgoingReport, avsandare: Avsandare) -> MIMEMultipart:
    """Written with the older half of the library: the newer one runs words together where it folds a long head."""
    boundary = f"=_{rapport.id.sha256[:32]}"  # an equals sign and a line stand in no part's encoded text
    message = MIMEMultipart("mixed", boundary=boundary, policy=_POLICY)
    message["From"] = _address(avsandare.namn, avsandare.adress)
    if avsandare.svar_till is not None:
        message["Reply-To"] = avsandare.svar_till.skickad
    message["Subject"] = _encoded(brev.subject)
    message["Content-Language"] = "sv"
    utf8 = Charset("utf-8")
    utf8.body_encoding = QP
    body = Message(policy=_POLICY)
    body["Content-Type"] = "text/plain"
    body.set_payload(brev.text, utf8)
    message.attach(body)
    attachment = MIMENonMultipart(*rapport.media_type.split("/"), policy=_POLICY)
    attachment.set_payload(rapport.content)
    encode_base64(attachment)
    attachment.add_header("Content-Disposition", "attachment", filename=rapport.namn)
    message.attach(attachment)
    return message


def _address(namn: str | None, adress: Adress) -> str:
    """A name and an address. A name in ASCII is quoted, any other encoded (RFC 2047)."""
    if not namn:
        return adress.skickad
    return formataddr((namn, adress.skickad)) if namn.isascii() else f"{_encoded(namn)} <{adress.skickad}>"


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", header_name="Subject").encode()


def _printable(text: str) -> str:
    """Ordinary spaces, and no control characters but line breaks."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in plain_spaces(text))
