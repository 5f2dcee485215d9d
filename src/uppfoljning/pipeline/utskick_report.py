"""Which report a forum is sent, and whether it may go: its own, made of the data as they are, or as it was closed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning.errors import SkadadError, UppfoljningError, UsageError
from uppfoljning.load.files import Refusal, read_regular, write_atomic
from uppfoljning.load.frysta import MAX_BYTES, frysta_mapp, read_fryst
from uppfoljning.mail.message import OutgoingReport
from uppfoljning.model import Forum
from uppfoljning.model.frysta import UNDERLAG, VY, Frysning, Frysperiod, quarters_of
from uppfoljning.output.formats import FORMATS
from uppfoljning.pipeline.frys_check import report_for
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.kinds import ReportKind
from uppfoljning.pipeline.receiver import choose_mottagare
from uppfoljning.pipeline.report import make_report, report_name
from uppfoljning.text.swedish import datum, plain_spaces

SENT_AS = FORMATS["pdf"]
"""The format that reports are sent in."""


class SendingStoppedError(UppfoljningError):
    """The report must not be sent as it is; the message says why and what to do."""

    exit_code = 1


class SendOrder(NamedTuple):
    """What is asked to be sent: a kind of report, of a period, to a forum.

    ``exempel``: also when it is invented. ``korning``: the run that may use what it has reserved.
    """

    kind: ReportKind[Any, Any]
    period: Frysperiod
    forum: str
    per: date | None = None
    exempel: bool = False
    korning: str = ""


def the_forum(granskat: Granskat, name: str) -> Forum:
    """The forum asked for. Raises :class:`UsageError` when there is none of that name."""
    if granskat.underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    forum = choose_mottagare(granskat.underlag, name)
    if forum is None:
        raise UsageError("Överenskommelsen har inget forum.")
    return forum


def finished_report(project: Path, granskat: Granskat, forum: Forum, order: SendOrder) -> OutgoingReport:
    """The report that a forum is to have, when it is fit to be sent. ``granskat`` must be without faults.

    Raises :class:`SendingStoppedError` when it may not go, and :class:`UsageError` for a period that isn't there.
    """
    frysning = granskat.frysta.stangda.get(str(order.period)) if granskat.frysta is not None else None
    if frysning is not None and order.kind.closes:
        rapport = _closed(project, granskat, frysning, forum, order)
    else:
        rapport = _made(granskat, forum, order)
    if rapport.exempel and not order.exempel:
        raise SendingStoppedError(
            f"Rapporten går inte att skicka: den har påhittade uppgifter ({rapport.exempel}). Ta bort det som är märkt "
            "exempel: true ur data/. Är det ett prov: lägg till --exempel, så säger mejlet det."
        )
    return rapport


def _made(granskat: Granskat, forum: Forum, order: SendOrder) -> OutgoingReport:
    """The report made of the data as they are now, for this forum's eyes."""
    rapport = make_report(order.kind, granskat, order.period, order.per, forum.id)
    made = SENT_AS.make(rapport, None)
    if made.log:
        raise SendingStoppedError(
            "\n".join(
                [
                    "Rapporten skickas inte, för något gick fel när PDF-filen skapades:",
                    *(f"  {line}" for line in made.log),
                ]
            )
        )
    view = json.loads(FORMATS["json"].make(rapport, None).content)
    return _described(granskat, forum, order, made.content, view, rapport.datum, stangd=False)


def _closed(project: Path, granskat: Granskat, frysning: Frysning, forum: Forum, order: SendOrder) -> OutgoingReport:
    """The report as it was closed, byte for byte."""
    period = frysning.period
    if order.per is not None and order.per != frysning.manifest.per:
        raise UsageError(f"{period} är stängt, med läget per {frysning.manifest.per.isoformat()}. Kör utan --per.")
    listed = report_for(granskat, frysning, forum.id)
    if order.kind.intern and not forum.ser_intern:
        then = granska(frysta_mapp(project) / str(period) / UNDERLAG).underlag
        known = then.overenskommelse.forum if then is not None else ()
        if not any(f.id == forum.id and not f.ser_intern for f in known):
            raise SendingStoppedError(
                f"{period} stängdes när {forum.namn} fick se interna anteckningar, och rapporten kan ha sådana. Nu får "
                f'forumet inte se dem. Öppna {period} med uppfoljning frys {period} --oppna --skal "…" och stäng igen.'
            )
    view = json.loads(read_fryst(project, frysning, VY))
    if not isinstance(view, dict) or not all(
        isinstance(view.get(name), str) for name in ("rubrik", "underrubrik", "exempel")
    ):
        raise SkadadError(f"data/frysta/{period}/{VY} har ett annat innehåll än den här versionen kan läsa.")
    content = read_fryst(project, frysning, listed.fil)
    return _described(granskat, forum, order, content, view, frysning.manifest.per, stangd=True)


def _described(
    granskat: Granskat,
    forum: Forum,
    order: SendOrder,
    content: bytes,
    view: dict[str, Any],
    per: date,
    *,
    stangd: bool,
) -> OutgoingReport:
    """The report with what its message says of it, as its view has it: made now, or when the period was closed."""
    kind, period, underlag = order.kind, order.period, granskat.underlag
    if underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    asked = quarters_of(period)
    cases = kind.particulars(underlag, period).arenden if kind.particulars is not None else ()
    case = next((c for c in cases if c.forum == forum.id), None)
    return OutgoingReport(
        namn=f"{report_name(kind, period, forum)}{SENT_AS.ending}",
        content=content,
        media_type=SENT_AS.media_type,
        slag=kind.code,
        period=str(period),
        rubrik=view["rubrik"],
        overenskommelse=view["underrubrik"],
        kommun=underlag.overenskommelse.kommun,
        forum=forum.id,
        forum_namn=forum.namn,
        per=plain_spaces(datum(per)),
        read_first=kind.read_first,
        exempel=view["exempel"],
        stangd=stangd,
        intern=kind.intern and forum.ser_intern,
        forslag=len(view.get("forslag", ())),
        utan_svar=not any(post.kvartal in asked for post in underlag.svar),
        sammantrade=case.sammantrade if case is not None else None,
        diarienummer=(case.diarienummer or "") if case is not None else "",
    )


def lay_out(fil: Path, rapport: OutgoingReport, order: SendOrder) -> bool:
    """Whether the report had to be written to ``rapporter/`` now. One that lies there must be the one to be sent.

    Raises :class:`SendingStoppedError`.
    """
    there = read_regular(fil, MAX_BYTES)
    if isinstance(there, Refusal):
        if there.kod != "saknas":
            raise SendingStoppedError(f"{fil}: {there.meddelande} Inget har skickats. {there.atgard}")
        write_atomic(fil, rapport.content)
        return True
    if there != rapport.content:
        command = order.kind.command.format(period=rapport.period)
        day = f" --per {order.per.isoformat()}" if order.per is not None and not rapport.stangd else ""
        why = (
            f"{rapport.period} är stängt, och det här är inte den stängda rapporten."
            if rapport.stangd
            else f"Den är inte den som underlaget ger nu, per {rapport.per}."
        )
        raise SendingStoppedError(
            f"{fil} är inte aktuell. Inget har skickats. {why} Gör om den och läs den innan den skickas:\n"
            f"  uppfoljning {command} --mottagare {rapport.forum}{day}"
        )
    return False
