"""What has happened to each receiver's report: a line for each event, only ever added to, and the state they add up to.

An event is written before its step is taken, so that a line may tell of something that never came to be, but nothing
comes to be without its line. A person's address is never written whole; a receiver is known by a key.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from uppfoljning.text.mail_address import Adress

FORMAT = 1
INTERRUPTED = b"#avbruten\n"
"""Ends a line that a crash or a full disk left unfinished, so that the next one begins on a line of its own."""

_YEARS = range(2000, 9000)

JournalEvent = Literal["reserverad", "skickar", "skickad", "avvisad", "uppskjuten", "okant", "framme", "igen"]
"""``reserverad``: a run on another machine may send it. ``skickar``: the message is about to be handed over.
``skickad``: the server has taken it. ``avvisad``, ``uppskjuten``: it has not. ``okant``: nobody can tell.
``framme``, ``igen``: a person says that it has come, or that it has not and shall be sent again."""

DeliveryCode = Literal["ny", "skickad", "reserverad", "okand", "inte"]
"""``inte``: it was tried, and has surely not been delivered."""

_AFTER: dict[JournalEvent, DeliveryCode] = {
    "reserverad": "reserverad",
    "skickar": "okand",
    "skickad": "skickad",
    "avvisad": "inte",
    "uppskjuten": "inte",
    "okant": "okand",
    "framme": "skickad",
    "igen": "inte",
}


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line. ``tid`` is in UTC; ``mottagare`` the address, a person's masked; ``svar`` the server's words."""

    tid: str
    handelse: JournalEvent
    nyckel: str
    rapport: str
    sha256: str
    slag: str
    period: str
    forum: str
    mottagare: str
    svar: str = ""
    korning: str = ""
    exempel: str = ""


class ReportId(NamedTuple):
    """Which report: its file's name and checksum, its kind, period and forum, and whether it is invented."""

    namn: str
    sha256: str
    slag: str
    period: str
    forum: str
    exempel: bool = False


class DeliveryState(NamedTuple):
    """Where one receiver's report stands: since when, in the server's words, and by which run it is reserved.

    ``first`` is when the first was written of it: what a person says later moves nothing in time.
    """

    code: DeliveryCode = "ny"
    tid: str = ""
    reply: str = ""
    korning: str = ""
    handelse: JournalEvent | None = None
    first: str = ""


class Journal(NamedTuple):
    """The lines in order, and the numbers of those that can't be read.

    ``interrupted``: the last one was never finished. What it would have said had not yet begun, or is told as unknown.
    """

    entries: tuple[JournalEntry, ...] = ()
    damaged: tuple[int, ...] = ()
    interrupted: bool = False


def key_of(sha256: str, period: str, adress: Adress) -> str:
    """The key of one report to one receiver: the same report for the same period goes to the same mailbox once."""
    return hashlib.sha256(f"{sha256}\n{period}\n{adress.nyckel}".encode()).hexdigest()


def line_of(entry: JournalEntry) -> bytes:
    """A line of the journal."""
    fields = {"format": FORMAT, **{k: v for k, v in dataclasses.asdict(entry).items() if v != ""}}
    return json.dumps(fields, ensure_ascii=False).encode("utf-8") + b"\n"


def separator_after(content: bytes) -> bytes:
    """What must come before the next line, for it to stand alone."""
    last = content.rpartition(b"\n")[2]
    if not last:
        return b""
    return b"\n" if _parse_line(last) is not None else INTERRUPTED


def parse(content: bytes) -> Journal:
    """The journal as it stands in its file. A line that isn't whole counts only where it is the last one."""
    lines = content.split(b"\n")
    last = lines.pop()
    entries: list[JournalEntry] = []
    faulty: list[int] = []
    for number, line in enumerate(lines, 1):
        if line.endswith(INTERRUPTED.rstrip()):
            continue
        entry = _parse_line(line.removesuffix(b"\r"))
        if entry is not None:
            entries.append(entry)
        else:
            faulty.append(number)
    if not last:
        return Journal(tuple(entries), tuple(faulty))
    entry = _parse_line(last)
    return Journal((*entries, entry) if entry is not None else tuple(entries), tuple(faulty), entry is None)


def _parse_line(line: bytes) -> JournalEntry | None:
    try:
        fields = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    names = {f.name for f in dataclasses.fields(JournalEntry)}
    if not isinstance(fields, dict) or fields.pop("format", None) != FORMAT or not set(fields) <= names:
        return None
    if not all(isinstance(value, str) for value in fields.values()) or fields.get("handelse") not in get_args(
        JournalEvent
    ):
        return None
    try:
        for value in fields.values():
            value.encode("utf-8")  # half a character is none
        moment = datetime.fromisoformat(fields["tid"])
        return JournalEntry(**fields) if moment.tzinfo is not None and moment.year in _YEARS else None
    except (TypeError, ValueError, KeyError):  # a field is missing, or is something else
        return None


def state_of(entries: Iterable[JournalEntry]) -> dict[str, DeliveryState]:
    """Where each key stands. What a server has taken stays so, and what a person has said until they say otherwise.

    A reservation takes nothing from what is unknown.
    """
    found: dict[str, DeliveryState] = {}
    for entry in entries:
        before = found.get(entry.nyckel, DeliveryState())
        if before.code == "skickad" and not (before.handelse == "framme" and entry.handelse == "igen"):
            continue
        if before.code == "okand" and entry.handelse == "reserverad":
            continue
        first = before.first or entry.tid
        found[entry.nyckel] = DeliveryState(
            _AFTER[entry.handelse], entry.tid, entry.svar, entry.korning, entry.handelse, first
        )
    return found


def versions_of(
    entries: Iterable[JournalEntry], slag: str, period: str, adress: Adress
) -> dict[ReportId, DeliveryState]:
    """Every version of a period's report that a receiver has been sent, or nearly, with where it stands."""
    same = [p for p in entries if (p.slag, p.period) == (slag, period)]
    states = state_of(same)
    found = {}
    for p in same:
        if p.nyckel == key_of(p.sha256, period, adress):
            version = ReportId(p.rapport, p.sha256, p.slag, p.period, p.forum, bool(p.exempel))
            found[version] = states[p.nyckel]
    return found


def earlier_version(entries: Iterable[JournalEntry], rapport: ReportId, adress: Adress) -> str:
    """When the receiver was first sent, or may have been sent, the latest other version of the report; else empty.

    What a run reserved and never told of may have been sent. A trial is no version of the real one.
    """
    others = (
        state
        for version, state in versions_of(entries, rapport.slag, rapport.period, adress).items()
        if version.sha256 != rapport.sha256 and (version.forum, version.exempel) == (rapport.forum, rapport.exempel)
    )
    return max((state.first for state in others if state.code in {"skickad", "okand", "reserverad"}), default="")
