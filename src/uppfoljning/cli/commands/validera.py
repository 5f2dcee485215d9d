"""``validera``: everything that is wrong, in one of four formats."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from uppfoljning.cli.arguments import check_format
from uppfoljning.cli.project import as_seen_from_here, as_the_repository_has_it, summary
from uppfoljning.cli.terminal import err, out
from uppfoljning.load.discover import find_project
from uppfoljning.load.names import MOTTAGARFIL
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.text.problem import Problem, as_dict, as_gitlab, format_github, format_text


def validera(katalog: Path | None, format_: str, *, strikt: bool) -> int:
    """``validera``: everything that is wrong, in one of four formats. The exit code."""
    check_format(format_, ("text", "json", "github", "gitlab"))
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    found = sorted((*granskat.problem, *_about_receivers(project, granskat)), key=lambda p: p.sort_key)
    if format_ in {"github", "gitlab"}:
        problems = [as_the_repository_has_it(p, project, format_) for p in found]
    else:
        problems = [as_seen_from_here(p, project) for p in found]
    fel = sum(p.niva == "fel" for p in problems)
    varningar = len(problems) - fel
    if format_ == "gitlab":
        from uppfoljning.text.json_text import json_text

        sys.stdout.write(json_text(as_gitlab(problems)))
    elif format_ == "json":
        from uppfoljning.text.json_text import json_text

        sys.stdout.write(json_text([as_dict(p) for p in problems]))
    elif format_ == "github":
        for problem in problems:
            out(format_github(problem))
    else:
        for problem in problems:
            out(format_text(problem) + "\n")
    err(summary(fel, varningar))
    return 1 if fel or (strikt and varningar) else 0


def _about_receivers(project: Path, granskat: Granskat) -> tuple[Problem, ...]:
    """What is wrong with the list of receivers, where there is one. It stops what is sent, and no report."""
    if not os.path.lexists(project / "data" / MOTTAGARFIL):
        return ()
    from uppfoljning.mail.receivers import read_mottagare

    lista = read_mottagare(project, granskat.underlag)
    return lista.problem if lista is not None else ()
