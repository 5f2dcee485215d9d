"""Sends a report to those who are to have it, one message each, and writes down every step before it is taken."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import formatdate

from uppfoljning.mail.credentials import Credentials
from uppfoljning.mail.journal import JournalEntry, JournalEvent, ReportId
from uppfoljning.mail.journal_file import JournalFile, now
from uppfoljning.mail.message import Brev, OutgoingReport, size_text, write_message
from uppfoljning.mail.select import Delivery
from uppfoljning.mail.server_words import Outcome, ServerError
from uppfoljning.mail.smtp import Connection
from uppfoljning.model.mottagare import Avsandare, Mottagare, Server
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.swedish import plural

_LONGER = 3
"""Each wait is so many times longer than the one before: a server that holds back strangers lets them in after some
minutes (greylisting, RFC 6647)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many times to try those who are put off, and how many seconds to wait before the second time."""

    attempts: int = 4
    pause: float = 30


@dataclass(frozen=True, slots=True)
class Sending:
    """All that sending needs. ``brev`` writes the message of one receiver, ``name_of`` is what one is called."""

    rapport: OutgoingReport
    avsandare: Avsandare
    server: Server
    credentials: Credentials | None
    brev: Callable[[Delivery], Brev]
    journal: JournalFile
    korning: str
    patience: Patience
    name_of: Callable[[Mottagare], str]
    tell: Callable[[str], None]


def entry_of(
    rapport: ReportId, delivery: Delivery, handelse: JournalEvent, reply: str = "", korning: str = ""
) -> JournalEntry:
    """A line of the journal about one receiver, here and now."""
    return JournalEntry(
        tid=now(),
        handelse=handelse,
        nyckel=delivery.nyckel,
        rapport=rapport.namn,
        sha256=rapport.sha256,
        slag=rapport.slag,
        period=rapport.period,
        forum=rapport.forum,
        mottagare=mask(delivery.mottagare.adress.visad),
        svar=reply,
        korning=korning,
        exempel="ja" if rapport.exempel else "",
    )


def send_all(sending: Sending, deliveries: tuple[Delivery, ...]) -> None:
    """Send to each, and try those again who are put off. The journal has what became of each.

    Raises :class:`ServerError` when the server can't be used at all; those not yet sent are then written down as
    such.
    """
    found: dict[str, Outcome] = {}
    left = list(deliveries)
    wait = sending.patience.pause
    for attempt in range(1, sending.patience.attempts + 1):
        try:
            for delivery, outcome in _round(sending, left):
                found[delivery.nyckel] = outcome
        except ServerError as error:
            rest = [v for v in left if found.get(v.nyckel, _PUT_OFF).event == "uppskjuten"]
            if not error.temporary or attempt == sending.patience.attempts:
                sending.journal.add(*(_entry(sending, v, "uppskjuten", UNUSABLE) for v in rest))
                raise
            sending.tell(str(error))
        left = [v for v in left if found.get(v.nyckel, _PUT_OFF).event == "uppskjuten"]
        if not left or attempt == sending.patience.attempts:
            break
        again = f"{plural(len(left), 'mottagare', 'mottagare')} återstår: försök {attempt + 1}"
        sending.tell(f"{again} av {sending.patience.attempts} om {plain_number(wait)} sekunder.")
        time.sleep(wait)
        wait *= _LONGER


UNUSABLE = "e-postservern gick inte att använda"
"""What is kept of why a server took nothing at all; the whole reason is told once, when it happens."""
_PUT_OFF = Outcome("uppskjuten", "")


def _round(sending: Sending, deliveries: list[Delivery]) -> Iterator[tuple[Delivery, Outcome]]:
    """One try for each over one connection, which is opened again when the server closes it."""
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(_connect(sending))
        for number, delivery in enumerate(deliveries):
            if number and not connection.reset():
                connection = stack.enter_context(_connect(sending))
            yield delivery, _send_one(sending, connection, delivery)


def _connect(sending: Sending) -> Connection:
    connection = Connection(sending.server, sending.credentials, sending.avsandare.adress.doman)
    largest = connection.largest
    needed = len(sending.rapport.content) * 137 // 100 + 20_000  # base64 in lines, and the head and the words
    if largest is not None and needed > largest:
        connection.close()
        raise ServerError(
            f"Mejlet är för stort för servern {sending.server.vard}: ungefär {size_text(needed)}, och servern tar "
            f"högst {size_text(largest)}. Inget har skickats. Be den som sköter e-posten höja gränsen."
        )
    return connection


def _send_one(sending: Sending, connection: Connection, delivery: Delivery) -> Outcome:
    content = write_message(
        sending.brev(delivery),
        sending.rapport,
        sending.avsandare,
        delivery.mottagare,
        nyckel=delivery.nyckel,
        tid=formatdate(localtime=True),
    )

    def before_data() -> None:
        sending.journal.add(_entry(sending, delivery, "skickar"))

    outcome = connection.send(sending.avsandare.adress.skickad, delivery.mottagare.adress.skickad, content, before_data)
    sending.journal.add(_entry(sending, delivery, outcome.event, outcome.words))
    sending.tell(f"{sending.name_of(delivery.mottagare)}: {WORDS[outcome.event]}")
    return outcome


def _entry(sending: Sending, delivery: Delivery, handelse: JournalEvent, reply: str = "") -> JournalEntry:
    return entry_of(sending.rapport.id, delivery, handelse, reply, sending.korning)


WORDS = {
    "skickad": "skickat",
    "avvisad": "avvisat av servern",
    "uppskjuten": "uppskjutet av servern",
    "okant": "okänt om det kom fram",
}
"""What became of a message, in a word."""
