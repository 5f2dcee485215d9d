"""The formats that a report is written in: one table, asked by the command line, by closing and by mail.

A new format touches this table, a module beside it that makes it, and the option of the command line that asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from uppfoljning.errors import UsageError
from uppfoljning.output.made import Made

if TYPE_CHECKING:
    from uppfoljning.output.attachments import Attachment
    from uppfoljning.report.views.base import Dokumentvy
    from uppfoljning.report.views.skrivelse import Skrivelsevy

Format = Literal["pdf", "html", "docx", "json"]


class Rapport(NamedTuple):
    """A report ready to be written: its name without ending, its HTML, the view it shows, its day, and whom it is for.

    ``attachments`` makes what is embedded in it, and ``paper`` the view of the paper that goes with it, if one does.
    """

    namn: str
    html: str
    vy: Dokumentvy
    datum: date
    mottagare: str
    attachments: Callable[[], tuple[Attachment, ...]]
    paper: Callable[[], Skrivelsevy] | None = None


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format: what a file's name ends with after the report's own, its media type, and how the file is made.

    ``make`` takes the user's own template, where the format has such. ``of_paper``: it is the paper that goes with the
    report, which some kinds have. ``instead``: the format for a machine that can't make this one, for which ``make``
    raises :class:`uppfoljning.output.made.UnavailableFormatError`.
    """

    code: Format
    ending: str
    media_type: str
    make: Callable[[Rapport, bytes | None], Made]
    of_paper: bool = False
    instead: Format | None = None


# The makers import their modules when they are called: making HTML loads neither WeasyPrint nor docxtpl.


def _pdf(rapport: Rapport, template: bytes | None) -> Made:
    from uppfoljning.output.html import templates_folder
    from uppfoljning.output.pdf import write_pdf

    day = datetime(rapport.datum.year, rapport.datum.month, rapport.datum.day)
    return write_pdf(rapport.html, templates_folder() / "fonts", day, rapport.attachments())


def _html(rapport: Rapport, template: bytes | None) -> Made:
    from uppfoljning.output.html import self_contained

    return Made(self_contained(rapport.html).encode("utf-8"))


def _docx(rapport: Rapport, template: bytes | None) -> Made:
    from uppfoljning.output.word import write_docx

    if rapport.paper is None:
        raise UsageError("En tjänsteskrivelse görs ur halvårsrapporten eller slutrapporten.")
    return Made(write_docx(rapport.paper(), template))


def _json(rapport: Rapport, template: bytes | None) -> Made:
    from uppfoljning.output.json import as_json

    return Made(as_json(rapport.vy).encode("utf-8"))


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: dict[Format, ReportFormat] = {
    one.code: one
    for one in (
        ReportFormat("pdf", ".pdf", "application/pdf", _pdf, instead="html"),
        ReportFormat("html", ".html", "text/html", _html),
        ReportFormat("docx", "-tjansteskrivelse.docx", _WORD, _docx, of_paper=True),
        ReportFormat("json", ".json", "application/json", _json),
    )
}
"""The formats by their codes."""
