"""A report written to its file: where, in which format, and in which instead when the machine can't make it."""

from __future__ import annotations

import os
from pathlib import Path

from uppfoljning.cli.terminal import note, note_lines, write_out
from uppfoljning.errors import UsageError
from uppfoljning.load.files import on_disk
from uppfoljning.output.formats import FORMATS, Rapport, ReportFormat
from uppfoljning.output.made import UnavailableFormatError


def write_report(
    rapport: Rapport, project: Path, ut: Path | None, format_: ReportFormat, template: bytes | None
) -> int:
    """Write a report and print its path; in another format, said on stderr, without Pango. The exit code."""
    target = choose_target(ut, project, f"{rapport.namn}{format_.ending}")
    try:
        made = format_.make(rapport, template)
    except UnavailableFormatError as missing:
        if format_.instead is None:
            raise
        other = FORMATS[format_.instead]
        note_lines(str(missing))
        note("Rapporten skrivs i stället som HTML: öppna den i en webbläsare och välj Skriv ut, Spara som PDF.")
        return write(target.with_suffix(other.ending), other.make(rapport, template).content, missing.exit_code)
    for line in made.log:
        note(f"När PDF-filen skapades: {line}")
    return write(target, made.content, 0)


def choose_target(ut: Path | None, project: Path, name: str) -> Path:
    """Where the report is written: ``rapporter/`` in the project, the folder given, or the file given.

    Raises :class:`UsageError` rather than overwrite anything that isn't a report.
    """
    if ut is None:
        return project / "rapporter" / name
    ut = on_disk(ut)
    target = ut / name if ut.is_dir() else ut
    ending = Path(name).suffix
    if target.suffix.lower() != ending:
        raise UsageError(f"--ut {ut}: filens namn ska sluta på {ending}, eller vara en mapp som finns.")
    if (project / "data").resolve() in target.resolve().parents:
        raise UsageError(f"--ut {ut}: i data/ ligger underlaget. Välj en annan mapp, till exempel rapporter/.")
    if os.path.lexists(target) and not target.is_symlink() and not target.is_file():
        raise UsageError(f"--ut {ut}: där ligger något annat än en vanlig fil, och det skrivs inte över.")
    return target


def write(target: Path, content: bytes, code: int) -> int:
    """Write the report and print its path. The exit code."""
    from uppfoljning.load.files import write_atomic

    write_atomic(target, content)
    return write_out(target, code)
