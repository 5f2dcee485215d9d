"""The pipeline for what is sent: a finished report, to those who haven't got it; and what a person says of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning.errors import UsageError
from uppfoljning.load.files import read_regular
from uppfoljning.load.frysta import MAX_BYTES
from uppfoljning.mail.credentials import read_credentials
from uppfoljning.mail.journal import DeliveryState, ReportId, key_of, versions_of
from uppfoljning.mail.journal_file import JournalFile
from uppfoljning.mail.message import Brev, OutgoingReport, draft_of, write_brev, write_draft
from uppfoljning.mail.select import Delivery, Selection, choose
from uppfoljning.mail.send import Patience, Sending, entry_of, send_all
from uppfoljning.model import Forum
from uppfoljning.model.mottagare import Forummottagare, Mottagare, Mottagarfil, Server
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kinds import ReportKind
from uppfoljning.pipeline.report import report_name
from uppfoljning.pipeline.utskick_report import (
    SENT_AS,
    SendingStoppedError,
    SendOrder,
    finished_report,
    lay_out,
    the_forum,
)
from uppfoljning.text.swedish import lista, suggest


class Utskick(NamedTuple):
    """A report that may go, its kind, its file in ``rapporter/``, if that was made just now, and who is to have it."""

    kind: ReportKind[Any, Any]
    rapport: OutgoingReport
    fil: Path
    made_now: bool
    receivers: Mottagarfil
    forum: Forummottagare
    selection: Selection

    def brev(self, delivery: Delivery | None = None) -> Brev:
        """The words to one receiver; without one, those that are true for all who are to be sent it now."""
        new = delivery.ny_version if delivery is not None else bool(self.selection.ny_version)
        return write_brev(self.rapport, self.receivers.avsandare, self.forum.text, ny_version=new)


def prepare(project: Path, granskat: Granskat, mottagare: Mottagarfil, order: SendOrder) -> Utskick:
    """The report that a forum is to have, made anew or as it was closed, when it is fit to be sent.

    ``granskat`` must be without faults. Raises :class:`SendingStoppedError` when the report may not go, and
    :class:`UsageError` for a forum or a period that isn't there. A report not yet in ``rapporter/`` is written there.
    """
    forum = the_forum(granskat, order.forum)
    chosen = _receivers(mottagare, forum)
    rapport = finished_report(project, granskat, forum, order)
    fil = project / "rapporter" / rapport.namn
    new = lay_out(fil, rapport, order)
    selection = choose(rapport.id, chosen.mottagare, JournalFile(project).read(), order.korning)
    return Utskick(order.kind, rapport, fil, new, mottagare, chosen, selection)


def _receivers(mottagare: Mottagarfil, forum: Forum) -> Forummottagare:
    """Those of a forum. Raises :class:`SendingStoppedError` when there are none."""
    found = mottagare.forum.get(forum.id)
    if found is not None and found.mottagare:
        return found
    known = [name for name, f in mottagare.forum.items() if f.mottagare]
    there = f" Där finns mottagare för {lista(known)}." if known else ""
    add = f"minst en under {forum.id}" if found is not None else f"{forum.id} under forum"
    raise SendingStoppedError(f"{forum.namn} har inga mottagare i data/mottagare.yaml.{there} Lägg till {add}.")


def draft(utskick: Utskick, deliveries: tuple[Delivery, ...]) -> bytes:
    """The message as a file for a mail program, to those who are to be sent it now."""
    receivers = tuple(v.mottagare for v in deliveries)
    return write_draft(utskick.brev(), utskick.rapport, utskick.receivers.avsandare, receivers)


def find_receivers(mottagare: tuple[Mottagare, ...], adresser: Sequence[str], forum: str) -> tuple[Mottagare, ...]:
    """Those meant by the addresses given, or by 'alla'. Raises :class:`UsageError` for one who is none of them."""
    if "alla" in adresser:
        return mottagare
    by_name = {name: m for m in mottagare for name in (m.adress.visad.casefold(), m.adress.nyckel)}
    found = []
    for adress in adresser:
        match = by_name.get(adress.strip().casefold())
        if match is None:
            help_text = suggest(adress, [m.adress.visad for m in mottagare], "Mottagarna är")
            raise UsageError(f"{adress} är ingen av mottagarna för {forum}. {help_text}")
        found.append(match)
    return tuple(found)


def choose_again(utskick: Utskick, adresser: Sequence[str]) -> tuple[Delivery, ...]:
    """Those to be sent it although they may have it. Raises :class:`UsageError` for one who surely has, or hasn't."""
    selection = utskick.selection
    wanted = {m.adress for m in find_receivers(utskick.forum.mottagare, adresser, utskick.rapport.forum_namn)}
    may = {v.nyckel for v in (*selection.unknown, *selection.confirmed)}
    if "alla" in adresser:
        may = {v.nyckel for v in selection.unknown}
    chosen = tuple(v for v in selection.everyone if v.mottagare.adress in wanted)
    for delivery in chosen if "alla" not in adresser else ():
        if delivery.nyckel not in may:
            why = (
                "har redan fått rapporten"
                if delivery in selection.sent
                else "har inte fått rapporten, och får den utan det"
            )
            raise UsageError(
                f"{delivery.mottagare.adress.visad} {why}. --skicka-igen gäller när det är okänt om den kom fram."
            )
    return tuple(v for v in chosen if v.nyckel in may)


class Settled(NamedTuple):
    """What was written down as delivered: the version of the report and its receivers, and how all stand with it."""

    rapport: ReportId
    mottagare: tuple[Mottagare, ...]
    selection: Selection


def settle(
    project: Path,
    granskat: Granskat,
    mottagare: Mottagarfil,
    order: SendOrder,
    adresser: Sequence[str],
    *,
    ny_version: bool,
) -> tuple[Settled, ...]:
    """Write down that receivers have the report: what is unknown to have come, or else what the draft has.

    No report is made, so that it is never another version than the one that was sent. The draft is removed when
    sending begins, so that it is newer than all that has been sent. With both, ``ny_version`` means the draft. Raises
    :class:`UsageError` when there is nothing to write down, or it can't be told what is meant.
    """
    forum = the_forum(granskat, order.forum)
    receivers = _receivers(mottagare, forum).mottagare
    chosen = find_receivers(receivers, adresser, forum.namn)
    name, slag = report_name(order.kind, order.period, forum), order.kind.code
    eml = project / "rapporter" / f"{name}.eml"
    content = read_regular(eml, MAX_BYTES)
    draft = draft_of(content) if isinstance(content, bytes) else None
    journal = JournalFile(project)
    with journal.held():
        entries = journal.read().entries
        found: dict[ReportId, list[Mottagare]] = {}
        for one in chosen:
            versions = versions_of(entries, slag, str(order.period), one.adress)
            unknown = [v for v, state in versions.items() if state.code in {"okand", "reserverad"}]
            drafted = []
            if draft is not None and one.adress.nyckel in draft.mottagare:
                it = ReportId(f"{name}{SENT_AS.ending}", draft.sha256, slag, str(order.period), forum.id, draft.exempel)
                drafted = [it] if all(v.sha256 != draft.sha256 for v in versions) else []
            if unknown and drafted and not ny_version:
                raise UsageError(
                    f"{one.adress.visad}: vilken har kommit? Inget har skrivits upp. Är det den förra, som är okänd: "
                    f"ta bort {eml} och kör igen. Är det den nyare, i den filen: lägg till --ny-version."
                )
            meant = drafted if drafted and (ny_version or not unknown) else unknown
            for version in meant:
                found.setdefault(version, []).append(one)
            if not meant and "alla" not in adresser:
                raise UsageError(
                    f"{one.adress.visad}: det finns inget att skriva upp. Antingen är den redan uppskriven, eller så "
                    f"står den inte som mottagare i {eml}."
                )
        if not found:
            raise UsageError(
                f"Det finns inget att skriva upp: ingen är okänd, och {eml} finns inte eller är redan uppskriven. Kör "
                "först utan --framme."
            )
        for version, those in found.items():
            keys = [(one, key_of(version.sha256, version.period, one.adress)) for one in those]
            journal.add(*(entry_of(version, Delivery(one, key, DeliveryState()), "framme") for one, key in keys))
        after = journal.read()
        return tuple(Settled(v, tuple(those), choose(v, receivers, after)) for v, those in found.items())


def reserve(project: Path, utskick: Utskick, deliveries: tuple[Delivery, ...], korning: str) -> None:
    """Write down that a run takes some receivers upon itself, before it sends to any."""
    journal = JournalFile(project)
    with journal.held():
        _refuse_changed(journal, utskick)
        journal.add(*(entry_of(utskick.rapport.id, v, "reserverad", korning=korning) for v in deliveries))


def send(
    project: Path,
    utskick: Utskick,
    igen: tuple[Delivery, ...],
    patience: Patience,
    name_of: Callable[[Mottagare], str],
    tell: Callable[[str], None],
) -> None:
    """Send to those who haven't got the report, and to those of whom a person says so. The journal tells how it went.

    Raises :class:`uppfoljning.errors.MiljoError` when the server, the login or the disk stops it.
    """
    journal = JournalFile(project)
    avsandare, server = utskick.receivers.avsandare, the_server(utskick.receivers)
    korning = utskick.selection.korning
    with journal.held():
        _refuse_changed(journal, utskick)
        try:
            credentials = read_credentials(server, avsandare)
            journal.add(*(entry_of(utskick.rapport.id, v, "igen") for v in igen))
            deliveries = utskick.selection.again({v.nyckel for v in igen}).to_send
            about = (utskick.rapport, avsandare, server, credentials)
            send_all(Sending(*about, utskick.brev, journal, korning, patience, name_of, tell), deliveries)
        finally:
            _let_go(journal, utskick)


def _let_go(journal: JournalFile, utskick: Utskick) -> None:
    """What this run had reserved and never came to is free for the next."""
    rapport, korning = utskick.rapport.id, utskick.selection.korning
    if korning:
        left = choose(rapport, utskick.forum.mottagare, journal.read(), korning).to_send
        journal.add(
            *(entry_of(rapport, v, "uppskjuten", "utskicket avbröts innan det var deras tur", korning) for v in left)
        )


def the_server(mottagare: Mottagarfil) -> Server:
    """The mail server. Raises :class:`SendingStoppedError` when none is named."""
    if mottagare.server is None:
        raise SendingStoppedError(
            "data/mottagare.yaml säger inte vilken e-postserver som ska användas. Lägg till server med vard och port "
            "(se docs/utskick.md), eller öppna .eml-filen i ett e-postprogram och skicka därifrån."
        )
    return mottagare.server


def outcome_of(project: Path, utskick: Utskick) -> Selection:
    """Where everyone's report stands now, by the journal."""
    journal = JournalFile(project).read()
    return choose(utskick.rapport.id, utskick.forum.mottagare, journal, utskick.selection.korning)


def _refuse_changed(journal: JournalFile, utskick: Utskick) -> None:
    """What was shown must still hold: another run may have sent to some of them meanwhile."""
    now = choose(utskick.rapport.id, utskick.forum.mottagare, journal.read(), utskick.selection.korning)
    if now != utskick.selection:
        raise SendingStoppedError("Ett annat utskick har hunnit före. Inget har skickats; kör kommandot igen.")
