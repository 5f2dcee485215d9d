"""What ``compstat importera`` and ``enkat importera`` print: what was understood and what is wrong, beside the path."""

from __future__ import annotations

import sys
from pathlib import Path

from uppfoljning import flode
from uppfoljning.cli.utskrift import note, summary, write_out
from uppfoljning.discover import find_project
from uppfoljning.errors import DataError, UsageError
from uppfoljning.inlasning.importplan import Importplan, Val
from uppfoljning.inlasning.oppna import MAX_BYTES
from uppfoljning.problem import format_text, visible
from uppfoljning.statistik import Slag, Tabell

_PASTED = "inklistrad text"
_MAX_ROWS = 60
_NAME = 40


def importera(katalog: Path | None, fil: str, slag: Slag, val: Val, blad: str | None, *, prova: bool) -> int:
    """Read a table, tell what it says, and write it as a new file in ``data/``. The exit code.

    Raises :class:`DataError` when something stands in the way; nothing is then written.
    """
    project = find_project(katalog, Path.cwd())
    content, shown = _content(fil)
    plan = flode.planera_import(project, content, shown, slag, val, blad)
    _tell(plan)
    if plan.fel:
        number = sum(p.niva == "fel" for p in plan.problem)
        note(f"{summary(number, len(plan.problem) - number)} Inget har skrivits.")
        raise DataError(plan.problem)
    if plan.redan:
        note(f"Samma siffror finns redan i {plan.redan}. Inget har skrivits.")
        return 0
    if prova:
        note(f"Inget har skrivits (--prova). Filen skulle bli data/{plan.fil}.")
        return 0
    target = flode.skriv_import(project, plan)
    for line in flode.efter_import(project, plan):
        note(line)
    return write_out(target)


def _content(fil: str) -> tuple[bytes, str]:
    """The bytes of a file, or of what is pasted when it is called ``-``, and the name to show for them."""
    if fil == "-":
        if sys.stdin.isatty():
            ending = "Ctrl+Z och Enter" if sys.platform == "win32" else "Ctrl+D"
            note(f"Klistra in tabellen och avsluta med {ending} på en egen rad.")
        return sys.stdin.buffer.read(MAX_BYTES + 1), _PASTED
    content = flode.las_fil(Path(fil), MAX_BYTES)
    if isinstance(content, str):
        raise UsageError(f"{visible(fil)}: {content}")
    return content, fil


def _tell(plan: Importplan) -> None:
    if plan.forstatt:
        note("Så har tabellen förståtts:")
        for line in plan.forstatt:
            note(f"  {line}")
    if plan.tabell is not None:
        for line in table_lines(plan.tabell):
            note(line)
    for problem in plan.problem:
        sys.stderr.write("\n" + format_text(problem) + "\n")
    if plan.problem:
        sys.stderr.write("\n")


def table_lines(tabell: Tabell) -> list[str]:
    """The table as it was read, in columns that line up; the first rows of a long one."""
    shown = tabell.serier[:_MAX_ROWS]
    rows = [[_shown(s.varden.get(ar)) for ar in tabell.ar] for s in shown]
    widths = [max(len(str(ar)), *(len(row[i]) for row in rows)) for i, ar in enumerate(tabell.ar)]
    head = "  ".join(str(ar).rjust(width) for ar, width in zip(tabell.ar, widths, strict=True))
    lines = ["", f"  {'':<{_NAME}}  {head}"]
    group = None
    for serie, row in zip(shown, rows, strict=True):
        heading = serie.nyckel.grupp
        if heading != group and heading:
            lines.append(f"  {heading}")
        group = heading
        name = serie.nyckel.text
        name = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        lines.append(f"    {name:<{_NAME - 2}}  " + "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)))
    if len(tabell.serier) > _MAX_ROWS:
        lines.append(f"    … och {len(tabell.serier) - _MAX_ROWS} rader till")
    return [*lines, ""]


def _shown(value: float | None) -> str:
    return ".." if value is None else f"{value:.10g}".replace(".", ",")
