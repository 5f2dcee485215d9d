"""``kvartal`` and ``halvar``: a report for a forum; of a closed period, the report as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.cli.arguments import FORMAT_OPTIONS, choose_format, parse_half_year, parse_per, parse_period
from uppfoljning.cli.commands.closed import ReportOrder, closed_report
from uppfoljning.cli.project import chosen_half_year, chosen_quarter, stop_at_faults
from uppfoljning.cli.report_file import write_report
from uppfoljning.cli.terminal import note
from uppfoljning.errors import UsageError
from uppfoljning.load.discover import find_project
from uppfoljning.load.files import Refusal, read_regular
from uppfoljning.output.formats import FORMATS, Format
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.kinds import KINDS, P, ReportKind, V
from uppfoljning.pipeline.report import make_report
from uppfoljning.text.swedish import plural

if TYPE_CHECKING:
    from uppfoljning.model.codes import Rapportslag

_MAX_TEMPLATE = 20_000_000


class ReportOptions(NamedTuple):
    """What was given on the command line: ``formats`` are those asked for in place of PDF."""

    period: str | None
    per: str | None
    mottagare: str | None
    ut: Path | None
    formats: tuple[Format, ...]
    mall: Path | None = None


def kvartal(katalog: Path | None, options: ReportOptions) -> int:
    """``kvartal``: writes the report and prints its path. The exit code."""
    return _report(katalog, KINDS["kvartal"], parse_period(options.period), options, chosen_quarter)


def halvar(katalog: Path | None, slag: Rapportslag, options: ReportOptions) -> int:
    """``halvar``: writes the report on a half-year, or the final one, and prints its path. The exit code."""
    return _report(katalog, KINDS[slag], parse_half_year(options.period), options, chosen_half_year)


def _report(
    katalog: Path | None,
    kind: ReportKind[P, V],
    wanted: P | None,
    options: ReportOptions,
    chosen: Callable[[str, Granskat], str],
) -> int:
    """``chosen`` says which period was chosen when none was asked for."""
    order = _order(options)
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    if granskat.frysta is not None and kind.closes:
        code = closed_report(project, granskat, kind, wanted, order, chosen)
        if code is not None:
            return code
    stop_at_faults(project, granskat)
    rapport = make_report(kind, granskat, wanted, order.per, order.mottagare)
    if wanted is None:
        note(chosen(rapport.vy.period, granskat))
    if kind.for_forum and order.mottagare is None:
        who = rapport.mottagare or "ingen; överenskommelsen har inget forum"
        note(f"Mottagare: {who}. Ett annat forum: --mottagare.")
    if order.format.of_paper and rapport.paper is not None and not rapport.paper().diarienummer:
        fil = kind.particulars_file.format(period=rapport.vy.period)
        note(f"Diarienummer saknas i skrivelsen. Skriv det under arenden i {fil}.")
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    return write_report(rapport, project, order.ut, order.format, order.template)


def _order(options: ReportOptions) -> ReportOrder:
    """What was given, read. Raises :class:`UsageError` for what can't be, or doesn't go together."""
    per, format_ = parse_per(options.per), FORMATS[choose_format(options.formats)]
    if options.mall is not None and not format_.of_paper:
        option = FORMAT_OPTIONS["docx"]
        raise UsageError(f"--mall hör ihop med {option}. Lägg till {option}.")
    template = read_template(options.mall) if options.mall is not None else None
    return ReportOrder(per, options.mottagare, options.ut, format_, template)


def read_template(path: Path) -> bytes:
    """The user's Word template. Raises :class:`UsageError` when it can't be read."""
    content = read_regular(path, _MAX_TEMPLATE)
    if isinstance(content, Refusal):
        advice = "Kontrollera sökvägen." if content.kod == "saknas" else content.atgard
        raise UsageError(f"--mall {path}: {content.meddelande} {advice}")
    return content
