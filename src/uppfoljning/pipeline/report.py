"""A report of any kind, made from what was read: view → HTML, ready to be written in a format."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from uppfoljning.errors import DataError
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.output.formats import Rapport
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kinds import P, ReportKind, V

if TYPE_CHECKING:
    from uppfoljning.facts.lage import Lage
    from uppfoljning.model import Forum
    from uppfoljning.model.underlag import Underlag


def make_report(
    kind: ReportKind[P, V], granskat: Granskat, period: P | None, per: date | None, forum: str | None
) -> Rapport:
    """The report for the forum named, else for the one that its kind is for. ``granskat`` must be without faults.

    Raises :class:`UsageError` for a period or forum that isn't there.
    """
    from uppfoljning.output.html import render_html
    from uppfoljning.words.common import clean

    if granskat.underlag is None:
        raise DataError(granskat.problem)
    chosen = kind.choose(granskat.underlag, period)
    mottagare = kind.choose_forum(granskat.underlag, chosen, forum)
    vy = kind.view(granskat, chosen, per, mottagare)
    namn = report_name(kind, chosen, mottagare if kind.for_forum or forum is not None else None)
    return Rapport(
        namn,
        render_html(vy, kind.template, kind.sections(vy)),
        vy,
        date.fromisoformat(vy.per_iso),
        clean(mottagare.namn) if mottagare is not None else "",
        partial(kind.attachments, namn, vy),
        partial(kind.paper, vy) if kind.paper is not None else None,
    )


def report_name(kind: ReportKind[P, V], period: P, forum: Forum | None) -> str:
    """The name of a report's file, without its ending."""
    return "-".join([str(period), kind.code, *([forum.id] if forum is not None else [])])


def data_sum(kind: ReportKind[P, V], underlag: Underlag, period: P, lage: Lage, forum: str | None) -> str:
    """The checksum of the data that a report stands on, as the report itself states it."""
    from uppfoljning.facts.redact.redact import redact

    seen = redact(underlag, kind.choose_forum(underlag, period, forum) if kind.intern else None)
    own = kind.particulars(seen, period).model_dump_json() if kind.particulars is not None else ""
    return fingerprint(seen, lage, own)
