"""``kvartal``: the quarterly report for a forum; of a closed quarter, the report as it was."""

from __future__ import annotations

from pathlib import Path

from uppfoljning import flode
from uppfoljning.cli.frystutskrift import AS_HTML, Bestallning, closed_quarter
from uppfoljning.cli.utskrift import chosen, note, parse_per, parse_period, stop_at_faults, write_report
from uppfoljning.discover import find_project
from uppfoljning.swedish import plural


def kvartal(
    katalog: Path | None, period: str | None, per: str | None, mottagare: str | None, ut: Path | None, *, html: bool
) -> int:
    """``kvartal``: writes the report and prints its path. The exit code."""
    wanted, reference = parse_period(period), parse_per(per)
    project = find_project(katalog, Path.cwd())
    granskat = flode.granska(project)
    if granskat.frysta is not None:
        asked = Bestallning(reference, mottagare, ut, AS_HTML if html else None)
        code = closed_quarter(project, granskat, wanted, asked)
        if code is not None:
            return code
    stop_at_faults(project, granskat)
    rapport = flode.kvartalsrapport(granskat, wanted, reference, mottagare)
    if wanted is None:
        note(chosen(rapport.vy.period, granskat))
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    return write_report(rapport, project, ut, html=html)
