"""Makes a report in this process, to see what WeasyPrint had to say."""

from __future__ import annotations

import warnings
from pathlib import Path

from uppfoljning import flode, halvarsflode
from uppfoljning.period import Halvar, Kvartal


def report(project: Path, kvartal: str | None = None, forum: str | None = None) -> flode.Rapport:
    """The report of a project whose data must be without faults."""
    granskat = flode.granska(project)
    assert granskat.fel == ()
    return flode.kvartalsrapport(granskat, Kvartal.parse(kvartal) if kvartal else None, None, forum)


def half_yearly(
    project: Path, halvar: str | None = None, forum: str | None = None, *, slut: bool = False
) -> flode.Rapport:
    """The half-yearly or the final report of a project whose data must be without faults."""
    granskat = flode.granska(project)
    assert granskat.fel == ()
    return halvarsflode.halvarsrapport(granskat, Halvar.parse(halvar) if halvar else None, None, forum, slut=slut)


def pdf_and_log(rapport: flode.Rapport) -> tuple[bytes, tuple[str, ...]]:
    """The PDF and everything that was logged on the way."""
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its own colour profile open; nothing that we could close.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf = flode.make_pdf(rapport)
    return pdf.innehall, pdf.logg
