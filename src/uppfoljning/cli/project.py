"""What the commands share: a project read, or stopped at its faults, and the period that was chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from uppfoljning.cli.terminal import err
from uppfoljning.errors import DataError
from uppfoljning.load.discover import find_project
from uppfoljning.load.files import on_disk
from uppfoljning.model.period import Halvar
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.text.problem import Problem, format_text
from uppfoljning.text.swedish import plural


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


_WORKSPACES = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR"}
"""Where a build service says that the repository lies, by the format of problems that it reads."""


def as_the_repository_has_it(problem: Problem, project: Path, format_: str) -> Problem:
    """The problem with its file as seen from the root of the repository, which is where a build service looks for it.

    Where there is no repository, as seen from here.
    """
    project = project.resolve()
    path = on_disk(project / problem.plats.fil)
    for root in _roots(project, format_):
        if path.is_relative_to(root):
            return problem._replace(plats=problem.plats._replace(fil=path.relative_to(root).as_posix()))
    return as_seen_from_here(problem, project)


def _roots(project: Path, format_: str) -> Iterator[Path]:
    """What may be the root of the repository: where the build service says, then the nearest with ``.git`` upwards."""
    for variable in (_WORKSPACES[format_], *_WORKSPACES.values()):
        if os.environ.get(variable):
            yield Path(os.environ[variable]).resolve()
    yield from (folder for folder in (project / "data", project, *project.parents) if os.path.lexists(folder / ".git"))


def read_or_stop(katalog: Path | None) -> tuple[Path, Granskat]:
    """The project and its data; prints every problem and raises :class:`DataError` when there are faults."""
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    stop_at_faults(project, granskat)
    return project, granskat


def stop_at_faults(project: Path, granskat: Granskat, undone: str = "Inget har skrivits") -> None:
    """Prints every problem and raises :class:`DataError` when there are faults; ``undone`` is what hasn't been done."""
    if granskat.fel or granskat.underlag is None:
        for problem in granskat.problem:
            err(format_text(as_seen_from_here(problem, project)) + "\n")
        err(f"{summary(len(granskat.fel), len(granskat.varningar))} {undone}: rätta felen först.")
        raise DataError(granskat.problem)


def chosen_quarter(period: str, granskat: Granskat) -> str:
    """Which quarter was chosen when none was asked for, and why."""
    answered = granskat.underlag is not None and any(str(post.kvartal) == period for post in granskat.underlag.svar)
    why = "det senaste som har svar" if answered else "överenskommelsens första; inga svar finns ännu"
    return f"Kvartal: {period}, {why}. Vill du ha ett annat: skriv till exempel 2022-K1 efter kommandot."


def chosen_half_year(halvar: str, granskat: Granskat) -> str:
    """Which half-year was chosen when none was asked for, and why."""
    from uppfoljning.pipeline.halvar import is_answered

    found, underlag = Halvar.parse(halvar), granskat.underlag
    if found is None or underlag is None or not underlag.svar:
        why = "överenskommelsens första; inga svar finns ännu"
    elif is_answered(underlag, found):
        why = "det senaste vars sista kvartal har svar"
    else:
        why = "det senaste som har svar"
    return f"Halvår: {halvar}, {why}. Ett annat: skriv till exempel 2022-H1."
