"""A closed period's report is given out as it was, byte for byte, with what has changed in the data since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning.cli.project import as_seen_from_here, choose_target, chosen, chosen_half_year, summary, write
from uppfoljning.cli.terminal import item, note, note_lines
from uppfoljning.errors import DataError, SkadadError, UsageError
from uppfoljning.load.frysta import read_fryst
from uppfoljning.model.frysta import Frysning, Frysperiod, last_quarter
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kvartal import Rapport, make_html
from uppfoljning.report.views.parts import Stangtkvartalvy
from uppfoljning.text.problem import format_text
from uppfoljning.text.swedish import datum, plain_spaces


class Form(NamedTuple):
    """Another form of a report than PDF: what is added to its name, and how it is made."""

    slut: str
    gor: Callable[[Rapport], bytes]


AS_HTML = Form(".html", make_html)


class Bestallning(NamedTuple):
    """What was asked for beside the period; without ``form``, the PDF."""

    per: date | None
    mottagare: str | None
    ut: Path | None
    form: Form | None


def closed_quarter(project: Path, granskat: Granskat, wanted: Kvartal | None, asked: Bestallning) -> int | None:
    """The exit code when the quarter is closed and its report has been given out; None when it is open."""
    from uppfoljning.facts.lage import latest_kvartal

    if wanted is None and granskat.underlag is not None and not granskat.fel:
        latest = latest_kvartal(granskat.underlag)
        return _closed(project, granskat, latest, asked, chosen(str(latest), granskat))
    return _closed(project, granskat, wanted, asked)


def closed_half_year(project: Path, granskat: Granskat, wanted: Halvar | None, asked: Bestallning) -> int | None:
    """The exit code when the half-year is closed and its report has been given out; None when it is open."""
    from uppfoljning.pipeline.halvar import choose_half_year

    if wanted is None and granskat.underlag is not None and not granskat.fel:
        latest = choose_half_year(granskat.underlag, None)
        return _closed(project, granskat, latest, asked, chosen_half_year(str(latest), granskat))
    return _closed(project, granskat, wanted, asked)


def _closed(
    project: Path, granskat: Granskat, period: Frysperiod | None, asked: Bestallning, said: str = ""
) -> int | None:
    stop_if_damaged(project, granskat, period)
    frysning = granskat.frysta.stangda.get(str(period)) if granskat.frysta is not None else None
    if frysning is None:
        return None
    if said:
        note(said)
    return deliver(project, granskat, frysning, asked)


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


def deliver(project: Path, granskat: Granskat, frysning: Frysning, asked: Bestallning) -> int:
    """Give out a closed period's report, and tell what has changed since. The exit code."""
    from uppfoljning.pipeline.frys_check import report_again, report_for

    period, manifest, form = frysning.period, frysning.manifest, asked.form
    if asked.per is not None and asked.per != manifest.per:
        raise UsageError(
            f"{period} är stängt, med läget per {manifest.per.isoformat()}, och rapporten görs inte om per en annan "
            f'dag. Måste det ske: öppna {period} igen med uppfoljning frys {period} --oppna --skal "…".'
        )
    wanted = report_for(granskat, frysning, asked.mottagare)
    name = Path(wanted.fil)
    target = choose_target(asked.ut, project, f"{name.stem}{form.slut}" if form is not None else name.name)
    if form is not None:
        content = form.gor(report_again(project, frysning, wanted))
    else:
        content = read_fryst(project, frysning, wanted.fil)
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
