"""Makes a report in this process, to see what WeasyPrint had to say."""

from __future__ import annotations

import warnings
from pathlib import Path

from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.output.formats import FORMATS, Rapport
from uppfoljning.pipeline.granska import granska
from uppfoljning.pipeline.kinds import HALVAR, KVARTAL, SLUT
from uppfoljning.pipeline.report import make_report


def report(project: Path, kvartal: str | None = None, forum: str | None = None) -> Rapport:
    """The report of a project whose data must be without faults."""
    granskat = granska(project)
    assert granskat.fel == ()
    return make_report(KVARTAL, granskat, Kvartal.parse(kvartal) if kvartal else None, None, forum)


def half_yearly(project: Path, halvar: str | None = None, forum: str | None = None, *, slut: bool = False) -> Rapport:
    """The half-yearly or the final report of a project whose data must be without faults."""
    granskat = granska(project)
    assert granskat.fel == ()
    return make_report(SLUT if slut else HALVAR, granskat, Halvar.parse(halvar) if halvar else None, None, forum)


def pdf_and_log(rapport: Rapport) -> tuple[bytes, tuple[str, ...]]:
    """The PDF and everything that was logged on the way."""
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its own colour profile open; nothing that we could close.
        warnings.simplefilter("ignore", ResourceWarning)
        made = FORMATS["pdf"].make(rapport, None)
    return made.content, made.log


def html_file(rapport: Rapport) -> bytes:
    """The report as a single HTML file."""
    return FORMATS["html"].make(rapport, None).content
