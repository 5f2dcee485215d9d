"""The kinds of report: one table, asked wherever something depends on the kind.

A new kind, say a yearly report, touches this table and the code of it in :mod:`uppfoljning.model.codes`, a folder in
``report/`` with its view, a template in ``templates/``, and the command that makes it in ``cli/``. What is closed, sent
and written then follows from the table. (A period of a new sort must first be one: ``model/period``, ``model/frysta``.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.output.attachments import view_and_figures
from uppfoljning.pipeline.halvar import (
    choose_forum,
    choose_half_year,
    half_year_context,
    half_year_sections,
    halvarsvy,
    skrivelse,
)
from uppfoljning.pipeline.kvartal import choose_quarter, kvartalsvy, quarter_context, quarter_forum, quarter_sections

if TYPE_CHECKING:
    from datetime import date

    from uppfoljning.facts.compare.since_closing import Sammanhang
    from uppfoljning.facts.lage import Lage
    from uppfoljning.model import Forum, Halvarsfil
    from uppfoljning.model.codes import Rapportslag
    from uppfoljning.model.frysta import Frysperiod
    from uppfoljning.model.underlag import Underlag
    from uppfoljning.output.attachments import Attachment
    from uppfoljning.pipeline.granska import Granskat
    from uppfoljning.report.sections.avsnitt import Rapportdel
    from uppfoljning.report.views.base import Dokumentvy
    from uppfoljning.report.views.halvar import Halvarsvy
    from uppfoljning.report.views.kvartal import Rapportvy
    from uppfoljning.report.views.skrivelse import Skrivelsevy

P = TypeVar("P", bound="Frysperiod")
V = TypeVar("V", bound="Dokumentvy")


@dataclass(frozen=True, slots=True)
class ReportKind(Generic[P, V]):
    """A kind of report, of periods ``P``, whose view is ``V``. Its title stands in the view."""

    code: Rapportslag
    """Also in the names of its files, and in the journal."""
    command: str
    """What makes it on the command line, with ``{period}`` in it."""
    period: type[P]
    template: str
    """The template in ``templates/`` that shows the view."""
    choose: Callable[[Underlag, P | None], P]
    """The period asked for, else the one that is meant when none is. Raises :class:`UsageError`."""
    choose_forum: Callable[[Underlag, P, str | None], Forum | None]
    """The forum named, else the one that the report is made for. Raises :class:`UsageError`."""
    view: Callable[[Granskat, P, date | None, Forum | None], V]
    """The view for a forum. Raises :class:`UsageError` for a period or a reference date that can't be."""
    sections: Callable[[V], tuple[Rapportdel, ...]]
    """The sections that the template prints, in their order."""
    context: Callable[[Granskat, P, Lage], Sammanhang | None]
    """What it takes from closed quarters."""
    attachments: Callable[[str, V], tuple[Attachment, ...]]
    """What is embedded in its PDF, by the report's name."""
    read_first: str
    """What its mail advises one who is short of time."""
    closes: bool
    """Whether it is the report that is closed with its period."""
    intern: bool = False
    """Whether it has what is intern, for a forum that may see it; then each forum's data are others too."""
    for_forum: bool = False
    """Whether it is always made for one forum: the file is named after it also when nobody named it."""
    particulars: Callable[[Underlag, P], Halvarsfil] | None = None
    """What a file of the data says of the report itself: its case at each forum, its own day."""
    particulars_file: str = ""
    """That file, with ``{period}`` in it."""
    paper: Callable[[V], Skrivelsevy] | None = None
    """The view of the paper that goes with it to a committee."""


KVARTAL: ReportKind[Kvartal, Rapportvy] = ReportKind(
    code="kvartal",
    command="kvartal {period}",
    period=Kvartal,
    template="kvartal.html.j2",
    choose=choose_quarter,
    choose_forum=quarter_forum,
    view=kvartalsvy,
    sections=quarter_sections,
    context=lambda granskat, _, lage: quarter_context(granskat, lage),
    attachments=view_and_figures,
    read_first="Har du tio minuter: läs första sidan.",
    closes=True,
    intern=True,
)
HALVAR: ReportKind[Halvar, Halvarsvy] = ReportKind(
    code="halvar",
    command="halvar {period}",
    period=Halvar,
    template="halvar.html.j2",
    choose=choose_half_year,
    choose_forum=choose_forum,
    view=partial(halvarsvy, slag="halvar"),
    sections=half_year_sections,
    context=lambda granskat, halvar, _: half_year_context(granskat, halvar),
    attachments=view_and_figures,
    read_first="Har du tio minuter: läs de två första sidorna.",
    closes=True,
    for_forum=True,
    particulars=lambda underlag, halvar: underlag.halvarsuppgifter(halvar, slut=False),
    particulars_file="data/halvar/{period}.yaml",
    paper=skrivelse,
)
SLUT: ReportKind[Halvar, Halvarsvy] = replace(
    HALVAR,
    code="slut",
    command="halvar {period} --slut",
    view=partial(halvarsvy, slag="slut"),
    closes=False,
    particulars=lambda underlag, halvar: underlag.halvarsuppgifter(halvar, slut=True),
    particulars_file="data/halvar/{period}-slut.yaml",
)
KINDS: dict[Rapportslag, ReportKind[Any, Any]] = {kind.code: kind for kind in (KVARTAL, HALVAR, SLUT)}
"""The kinds by their codes."""


def kind_closing(period: Frysperiod) -> ReportKind[Any, Any]:
    """The kind of report that a period is closed with."""
    return next(kind for kind in KINDS.values() if kind.closes and isinstance(period, kind.period))
