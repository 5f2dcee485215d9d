"""A closed period's report is given out as it was, byte for byte, with what has changed in the data since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning.cli.project import as_seen_from_here, summary
from uppfoljning.cli.report_file import choose_target, write
from uppfoljning.cli.terminal import item, note, note_lines
from uppfoljning.errors import DataError, SkadadError, UsageError
from uppfoljning.load.frysta import read_fryst
from uppfoljning.model.frysta import Frysning, Frysperiod, last_quarter
from uppfoljning.output.formats import ReportFormat
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kinds import P, ReportKind, V
from uppfoljning.report.views.parts import Stangtkvartalvy
from uppfoljning.text.problem import format_text
from uppfoljning.text.swedish import datum, plain_spaces


class ReportOrder(NamedTuple):
    """What was asked for beside the period. ``template`` is the user's own, for a format that takes one."""

    per: date | None
    mottagare: str | None
    ut: Path | None
    format: ReportFormat
    template: bytes | None


def closed_report(
    project: Path,
    granskat: Granskat,
    kind: ReportKind[P, V],
    wanted: P | None,
    order: ReportOrder,
    chosen: Callable[[str, Granskat], str],
) -> int | None:
    """The exit code when the period is closed and its report has been given out; None when it is open.

    ``chosen`` says which period was chosen when none was asked for.
    """
    period, said = wanted, ""
    if wanted is None and granskat.underlag is not None and not granskat.fel:
        period = kind.choose(granskat.underlag, None)
        said = chosen(str(period), granskat)
    stop_if_damaged(project, granskat, period)
    frysning = granskat.frysta.stangda.get(str(period)) if granskat.frysta is not None else None
    if frysning is None:
        return None
    if said:
        note(said)
    return deliver(project, granskat, frysning, order)


def stop_if_damaged(project: Path, granskat: Granskat, period: Frysperiod | None) -> None:
    """Raises :class:`DataError`, with everything that is wrong with it printed, when the period's folder is damaged."""
    if granskat.frysta is None or str(period) not in granskat.frysta.skadade:
        return
    start = f"data/frysta/{period}"
    problems = [p for p in granskat.problem if f"{p.plats.fil}/".startswith(f"{start}/")]
    for problem in problems:
        note_lines(format_text(as_seen_from_here(problem, project)) + "\n")
    note(f"{summary(len(problems), 0)} {period} är stängt, men det stängda går inte att lita på. Inget har skrivits.")
    raise DataError(tuple(problems))


def deliver(project: Path, granskat: Granskat, frysning: Frysning, order: ReportOrder) -> int:
    """Give out a closed period's report, and tell what has changed since. The exit code."""
    from uppfoljning.pipeline.frys import CLOSED_AS
    from uppfoljning.pipeline.frys_check import report_again, report_for

    period, manifest = frysning.period, frysning.manifest
    if order.per is not None and order.per != manifest.per:
        raise UsageError(
            f"{period} är stängt, med läget per {manifest.per.isoformat()}, och rapporten görs inte om per en annan "
            f'dag. Måste det ske: öppna {period} igen med uppfoljning frys {period} --oppna --skal "…".'
        )
    wanted = report_for(granskat, frysning, order.mottagare)
    target = choose_target(order.ut, project, f"{Path(wanted.fil).stem}{order.format.ending}")
    if order.format == CLOSED_AS:
        content = read_fryst(project, frysning, wanted.fil)
    else:
        content = order.format.make(report_again(project, frysning, wanted), order.template).content
    note(plain_spaces(f"{period} är stängt {datum(manifest.stangd)}: det här är rapporten som den var då."))
    tell_changes(granskat, frysning)
    return write(target, content, 0)


def tell_changes(granskat: Granskat, frysning: Frysning) -> None:
    """What has changed in the data since, or why that can't be told."""
    from uppfoljning.pipeline.frys_check import changed_since

    if granskat.fel or granskat.underlag is None:
        note(
            f"Underlaget har nu {len(granskat.fel)} fel, så det går inte att säga vad som har ändrats sedan dess. "
            "Kör uppfoljning validera."
        )
        return
    if last_quarter(frysning.period, granskat.underlag.kvartal()) not in granskat.underlag.kvartal():
        note(f"{frysning.period} ligger inte längre inom överenskommelsens tid.")
        return
    try:
        changes = changed_since(granskat, frysning)
    except SkadadError as error:  # of another version of the tool: the report is the file all the same
        note(f"Det går inte att säga vad som har ändrats sedan dess. {error}")
        return
    if not changes.kvartal:
        note("Inget av det som rapporterades har ändrats i underlaget sedan dess.")
        return
    note("Ändrat i underlaget sedan dess:")
    note_lines("\n".join(change_lines(changes.kvartal)))


def change_lines(quarters: Sequence[Stangtkvartalvy]) -> Iterator[str]:
    """Every change as a line."""
    for k in quarters:
        for rad in k.rader:
            about = " ".join(filter(None, (rad.insats, rad.rubrik)))
            yield from (plain_spaces(line) for line in item(f"{about}. {rad.mening}"))
        if k.fler:
            yield f"  {k.fler}"
