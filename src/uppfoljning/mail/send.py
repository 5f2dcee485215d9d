"""Sends a report to those who are to have it, one message each, and writes down every step before it is taken."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import formatdate

from uppfoljning.mail.credentials import Inloggning
from uppfoljning.mail.journal import Handelse, Post, Rapportid
from uppfoljning.mail.journal_file import Journalfil, now
from uppfoljning.mail.message import Brev, Rapportfil, storlek, write_message
from uppfoljning.mail.select import Vald
from uppfoljning.mail.server_words import ServerfelError, Utfall
from uppfoljning.mail.smtp import Forbindelse
from uppfoljning.model.mottagare import Avsandare, Mottagare, Server
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.swedish import plural

_LONGER = 3
"""Each wait is so many times longer than the one before: a server that holds back strangers lets them in after some
minutes (greylisting, RFC 6647)."""


@dataclass(frozen=True, slots=True)
class Talamod:
    """How many times to try those who are put off, and how many seconds to wait before the second time."""

    forsok: int = 4
    paus: float = 30


@dataclass(frozen=True, slots=True)
class Sandning:
    """All that sending needs. ``brev`` writes the message of one receiver, ``namn`` is what one is called."""

    rapport: Rapportfil
    avsandare: Avsandare
    server: Server
    inloggning: Inloggning | None
    brev: Callable[[Vald], Brev]
    journal: Journalfil
    korning: str
    talamod: Talamod
    namn: Callable[[Mottagare], str]
    beratta: Callable[[str], None]


def post_of(rapport: Rapportid, vald: Vald, handelse: Handelse, svar: str = "", korning: str = "") -> Post:
    """A line of the journal about one receiver, here and now."""
    return Post(
        tid=now(),
        handelse=handelse,
        nyckel=vald.nyckel,
        rapport=rapport.namn,
        sha256=rapport.sha256,
        slag=rapport.slag,
        period=rapport.period,
        forum=rapport.forum,
        mottagare=mask(vald.mottagare.adress.visad),
        svar=svar,
        korning=korning,
        exempel="ja" if rapport.exempel else "",
    )


def send_all(sandning: Sandning, valda: tuple[Vald, ...]) -> None:
    """Send to each, and try those again who are put off. The journal has what became of each.

    Raises :class:`ServerfelError` when the server can't be used at all; those not yet sent are then written down as
    such.
    """
    found: dict[str, Utfall] = {}
    left = list(valda)
    wait = sandning.talamod.paus
    for attempt in range(1, sandning.talamod.forsok + 1):
        try:
            for vald, utfall in _round(sandning, left):
                found[vald.nyckel] = utfall
        except ServerfelError as error:
            rest = [v for v in left if found.get(v.nyckel, _PUT_OFF).slag == "uppskjuten"]
            if not error.tillfalligt or attempt == sandning.talamod.forsok:
                sandning.journal.add(*(_post(sandning, v, "uppskjuten", UNUSABLE) for v in rest))
                raise
            sandning.beratta(str(error))
        left = [v for v in left if found.get(v.nyckel, _PUT_OFF).slag == "uppskjuten"]
        if not left or attempt == sandning.talamod.forsok:
            break
        again = f"{plural(len(left), 'mottagare', 'mottagare')} återstår: försök {attempt + 1}"
        sandning.beratta(f"{again} av {sandning.talamod.forsok} om {plain_number(wait)} sekunder.")
        time.sleep(wait)
        wait *= _LONGER


UNUSABLE = "e-postservern gick inte att använda"
"""What is kept of why a server took nothing at all; the whole reason is told once, when it happens."""
_PUT_OFF = Utfall("uppskjuten", "")


def _round(sandning: Sandning, valda: list[Vald]) -> Iterator[tuple[Vald, Utfall]]:
    """One try for each over one connection, which is opened again when the server closes it."""
    with contextlib.ExitStack() as stack:
        forbindelse = stack.enter_context(_connect(sandning))
        for number, vald in enumerate(valda):
            if number and not forbindelse.reset():
                forbindelse = stack.enter_context(_connect(sandning))
            yield vald, _send_one(sandning, forbindelse, vald)


def _connect(sandning: Sandning) -> Forbindelse:
    forbindelse = Forbindelse(sandning.server, sandning.inloggning, sandning.avsandare.adress.doman)
    largest = forbindelse.largest
    needed = len(sandning.rapport.innehall) * 137 // 100 + 20_000  # base64 in lines, and the head and the words
    if largest is not None and needed > largest:
        forbindelse.close()
        raise ServerfelError(
            f"Mejlet är för stort för servern {sandning.server.vard}: ungefär {storlek(needed)}, och servern tar högst "
            f"{storlek(largest)}. Inget har skickats. Be den som sköter e-posten höja gränsen."
        )
    return forbindelse


def _send_one(sandning: Sandning, forbindelse: Forbindelse, vald: Vald) -> Utfall:
    content = write_message(
        sandning.brev(vald),
        sandning.rapport,
        sandning.avsandare,
        vald.mottagare,
        nyckel=vald.nyckel,
        tid=formatdate(localtime=True),
    )

    def before_data() -> None:
        sandning.journal.add(_post(sandning, vald, "skickar"))

    utfall = forbindelse.send(sandning.avsandare.adress.skickad, vald.mottagare.adress.skickad, content, before_data)
    sandning.journal.add(_post(sandning, vald, utfall.slag, utfall.ord))
    sandning.beratta(f"{sandning.namn(vald.mottagare)}: {WORDS[utfall.slag]}")
    return utfall


def _post(sandning: Sandning, vald: Vald, handelse: Handelse, svar: str = "") -> Post:
    return post_of(sandning.rapport.id, vald, handelse, svar, sandning.korning)


WORDS = {
    "skickad": "skickat",
    "avvisad": "avvisat av servern",
    "uppskjuten": "uppskjutet av servern",
    "okant": "okänt om det kom fram",
}
"""What became of a message, in a word."""
