"""What the commands print: data on stdout, everything else on stderr."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

from uppfoljning import flode
from uppfoljning.discover import MOTTAGARFIL, find_project
from uppfoljning.errors import DataError, UsageError
from uppfoljning.period import Halvar, Kvartal
from uppfoljning.problem import Problem, as_dict, as_gitlab, format_github, format_text, visible
from uppfoljning.swedish import plural, suggest


def _out(text: str) -> None:
    sys.stdout.write(text + "\n")


def _err(text: str) -> None:
    sys.stderr.write(text + "\n")


def check_format(value: str, allowed: tuple[str, ...]) -> None:
    """Raises :class:`UsageError` for an unknown output format."""
    if value not in allowed:
        raise UsageError(f'Formatet "{value}" finns inte. {suggest(value, allowed, "Formaten är")}')


def parse_period(text: str | None) -> Kvartal | None:
    """A quarter given on the command line. Raises :class:`UsageError` when it can't be read as one."""
    if text is None:
        return None
    found = Kvartal.parse(text)
    if found is None:
        half = Halvar.parse(text)
        if half is not None:
            last = Kvartal.of(half.slut)
            raise UsageError(f"{half} är ett halvår. Skriv ett kvartal, till exempel {last}, eller kör halvar {half}.")
        raise UsageError(f'"{text}" är inget kvartal. Skriv till exempel 2022-K1.')
    return found


def parse_per(text: str | None) -> date | None:
    """A reference date given on the command line. Raises :class:`UsageError` when it is none."""
    if text is None:
        return None
    try:
        if len(text) != len("2022-04-30"):
            raise ValueError
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(f'"{text}" är inget datum. Skriv ÅÅÅÅ-MM-DD, till exempel 2022-04-30.') from None


def summary(fel: int, varningar: int) -> str:
    """How many faults and warnings there are: '2 fel och 1 varning', closed by a full stop."""
    if not fel and not varningar:
        return "Inga fel."
    return f"{antal_fel(fel)} och {plural(varningar, 'varning', 'varningar')}."


def antal_fel(fel: int) -> str:
    """How many faults there are: 'Inga fel' or '2 fel'."""
    return f"{fel} fel" if fel else "Inga fel"


def as_seen_from_here(problem: Problem, project: Path) -> Problem:
    """The problem with its file as the user would type it here, with forward slashes on every system."""
    path = project / problem.plats.fil
    try:
        shown = Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive on Windows
        shown = path.as_posix()
    return problem._replace(plats=problem.plats._replace(fil=shown))


def validera(katalog: Path | None, format_: str, *, strikt: bool) -> int:
    """``validera``: everything that is wrong, in one of four formats. The exit code."""
    check_format(format_, ("text", "json", "github", "gitlab"))
    project = find_project(katalog, Path.cwd())
    granskat = flode.granska(project)
    found = sorted((*granskat.problem, *_about_receivers(project, granskat)), key=lambda p: p.sort_key)
    problems = [as_seen_from_here(p, project) for p in found]
    fel = sum(p.niva == "fel" for p in problems)
    varningar = len(problems) - fel
    if format_ == "gitlab":
        from uppfoljning.export import json_text

        sys.stdout.write(json_text(as_gitlab(problems)))
    elif format_ == "json":
        from uppfoljning.export import json_text

        sys.stdout.write(json_text([as_dict(p) for p in problems]))
    elif format_ == "github":
        for problem in problems:
            _out(format_github(problem))
    else:
        for problem in problems:
            _out(format_text(problem) + "\n")
    _err(summary(fel, varningar))
    return 1 if fel or (strikt and varningar) else 0


def _about_receivers(project: Path, granskat: flode.Granskat) -> tuple[Problem, ...]:
    """What is wrong with the list of receivers, where there is one. It stops what is sent, and no report."""
    if not os.path.lexists(project / "data" / MOTTAGARFIL):
        return ()
    from uppfoljning.utskick.mottagarlista import read_mottagare

    lista = read_mottagare(project, granskat.underlag)
    return lista.problem if lista is not None else ()


def read_or_stop(katalog: Path | None) -> tuple[Path, flode.Granskat]:
    """The project and its data; prints every problem and raises :class:`DataError` when there are faults."""
    project = find_project(katalog, Path.cwd())
    granskat = flode.granska(project)
    stop_at_faults(project, granskat)
    return project, granskat


def stop_at_faults(project: Path, granskat: flode.Granskat, undone: str = "Inget har skrivits") -> None:
    """Prints every problem and raises :class:`DataError` when there are faults; ``undone`` is what hasn't been done."""
    if granskat.fel or granskat.underlag is None:
        for problem in granskat.problem:
            _err(format_text(as_seen_from_here(problem, project)) + "\n")
        _err(f"{summary(len(granskat.fel), len(granskat.varningar))} {undone}: rätta felen först.")
        raise DataError(granskat.problem)


def chosen(period: str, granskat: flode.Granskat) -> str:
    """Which quarter was chosen when none was asked for, and why."""
    answered = granskat.underlag is not None and any(str(post.kvartal) == period for post in granskat.underlag.svar)
    why = "det senaste som har svar" if answered else "överenskommelsens första; inga svar finns ännu"
    return f"Kvartal: {period}, {why}. Vill du ha ett annat: skriv till exempel 2022-K1 efter kommandot."


def chosen_half_year(halvar: str, granskat: flode.Granskat) -> str:
    """Which half-year was chosen when none was asked for, and why."""
    from uppfoljning.halvarsflode import is_answered

    found, underlag = Halvar.parse(halvar), granskat.underlag
    if found is None or underlag is None or not underlag.svar:
        why = "överenskommelsens första; inga svar finns ännu"
    elif is_answered(underlag, found):
        why = "det senaste vars sista kvartal har svar"
    else:
        why = "det senaste som har svar"
    return f"Halvår: {halvar}, {why}. Ett annat: skriv till exempel 2022-H1."


def note(text: str) -> None:
    """A line to the user beside the data."""
    _err(visible(text))


def write_report(rapport: flode.Rapport, project: Path, ut: Path | None, *, html: bool) -> int:
    """Write a report as PDF or HTML and print its path; without Pango as HTML, said on stderr. The exit code."""
    target = choose_target(ut, project, f"{rapport.namn}.{'html' if html else 'pdf'}")
    if html:
        return write(target, flode.make_html(rapport), 0)
    from uppfoljning.pdf import PangoMissingError

    try:
        pdf = flode.make_pdf(rapport)
    except PangoMissingError as missing:
        note_lines(str(missing))
        note("Rapporten skrivs i stället som HTML: öppna den i en webbläsare och välj Skriv ut, Spara som PDF.")
        return write(target.with_suffix(".html"), flode.make_html(rapport), missing.exit_code)
    for line in pdf.logg:
        note(f"När PDF-filen skapades: {line}")
    return write(target, pdf.innehall, 0)


def choose_target(ut: Path | None, project: Path, name: str) -> Path:
    """Where the report is written: ``rapporter/`` in the project, the folder given, or the file given.

    Raises :class:`UsageError` rather than overwrite anything that isn't a report.
    """
    if ut is None:
        return project / "rapporter" / name
    target = ut / name if ut.is_dir() else ut
    ending = Path(name).suffix
    if target.suffix.lower() != ending:
        raise UsageError(f"--ut {ut}: filens namn ska sluta på {ending}, eller vara en mapp som finns.")
    if (project / "data").resolve() in target.resolve().parents:
        raise UsageError(f"--ut {ut}: i data/ ligger underlaget. Välj en annan mapp, till exempel rapporter/.")
    if os.path.lexists(target) and not target.is_symlink() and not target.is_file():
        raise UsageError(f"--ut {ut}: där ligger något annat än en vanlig fil, och det skrivs inte över.")
    return target


def note_lines(text: str) -> None:
    """Several lines to the user beside the data."""
    for line in text.split("\n"):
        note(line)


def write(target: Path, content: bytes, code: int) -> int:
    """Write the report and print its path. The exit code."""
    from uppfoljning.files import write_atomic

    write_atomic(target, content)
    return write_out(target, code)


def write_out(target: Path, code: int = 0) -> int:
    """The path that was written, alone on stdout. The exit code."""
    _out(visible(str(target)))
    return code


def status(katalog: Path | None, period: str | None, per: str | None, format_: str, *, underlag: bool) -> int:
    """``status``: the same state as in the report, in the terminal or as JSON; or its figures. The exit code."""
    check_format(format_, ("text", "json"))
    wanted, reference = parse_period(period), parse_per(per)
    _, granskat = read_or_stop(katalog)
    vy = flode.kvartalsvy(granskat, wanted, reference, None)
    if wanted is None:
        note(chosen(vy.period, granskat))
    if granskat.frysta is not None and vy.period in granskat.frysta.stangda:
        note(f"{vy.period} är stängt. Här visas läget enligt underlaget som det är nu; rapporten ändras inte.")
    if format_ == "json":
        from uppfoljning.export import as_json

        sys.stdout.write(as_json(vy.statistik if underlag else vy))
    elif underlag:
        from uppfoljning.cli.siffertext import format_figures

        _out(format_figures(vy))
    else:
        from uppfoljning.cli.statustext import format_status

        _out(format_status(vy))
    return 0
