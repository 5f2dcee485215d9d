"""What ``compstat importera`` and ``enkat importera`` print: what was understood and what is wrong, beside the path."""

from __future__ import annotations

import sys
from pathlib import Path

from uppfoljning.cli.project import summary
from uppfoljning.cli.terminal import note, write_out
from uppfoljning.errors import DataError, UsageError
from uppfoljning.formats.open import MAX_BYTES
from uppfoljning.importing.options import ImportOptions as ImportOptions
from uppfoljning.importing.options import tidy, wrong
from uppfoljning.importing.plan import Importplan
from uppfoljning.load.discover import find_project
from uppfoljning.model.tabell import Tabell, Tabellslag
from uppfoljning.pipeline.importing import after_import, plan_file, read_file, write_import
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.problem import format_text, visible
from uppfoljning.text.swedish import cut_short, plural, shorten

_PASTED = "inklistrad text"
_MAX_ROWS = 60
_MAX_PROBLEMS = 40
_NAME = 40
_WIDTH = 100


def importera(
    katalog: Path | None, fil: str, slag: Tabellslag, options: ImportOptions, blad: str | None, *, prova: bool
) -> int:
    """Read a table, tell what it says, and write it as a new file in ``data/``. The exit code.

    Raises :class:`DataError` when something stands in the way; nothing is then written.
    """
    options = tidy(options)
    message = wrong(options, slag)
    if message:
        raise UsageError(message)
    project = find_project(katalog, Path.cwd())
    content, shown = _content(fil)
    plan = plan_file(project, content, shown, slag, options, blad)
    _tell(plan)
    if plan.fel:
        number = sum(p.niva == "fel" for p in plan.problem)
        note(f"{summary(number, len(plan.problem) - number)} Inget har skrivits.")
        raise DataError(plan.problem)
    if plan.already_in:
        note(f"Samma siffror finns redan i {plan.already_in}. Inget har skrivits.")
        return 0
    if prova:
        note(f"Inget har skrivits (--prova). Filen skulle bli data/{plan.fil}.")
        return 0
    target = write_import(project, plan)
    for line in after_import(project, plan):
        note(line)
    return write_out(target)


def _content(fil: str) -> tuple[bytes, str]:
    """The bytes of a file, or of what is pasted when it is called ``-``, and the name to show for them."""
    if fil != "-":
        content = read_file(Path(fil), MAX_BYTES)
        if isinstance(content, str):
            raise UsageError(f"{visible(fil)}: {content}")
        return content, fil
    pasted = _pasted()
    if not pasted.strip():
        raise UsageError(
            "Ingen tabell kom in. Kopiera tabellen, kör kommandot igen, klistra in och avsluta med "
            f"{_ending()}. Det går också att ange en fil i stället för strecket."
        )
    return pasted, _PASTED


def _pasted() -> bytes:
    """What stands on standard input, without the mark that ends it on Windows."""
    if sys.stdin is None:  # closed by whoever started the program
        return b""
    if sys.stdin.isatty():
        note(f"Klistra in tabellen och avsluta med {_ending()} på en egen rad.")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    bare = content.rstrip(b"\r\n")
    return bare[:-1] if bare.endswith(b"\x1a") else content


def _ending() -> str:
    return "Ctrl+Z och Enter" if sys.platform == "win32" else "Ctrl+D"


def _tell(plan: Importplan) -> None:
    if plan.understood:
        note("Så har tabellen förståtts:")
        for line in plan.understood:
            note(f"  {line}")
    if plan.tabell is not None:
        for line in table_lines(plan.tabell):
            note(line)
    for problem in plan.problem[:_MAX_PROBLEMS]:
        sys.stderr.write(format_text(problem) + "\n\n")
    if len(plan.problem) > _MAX_PROBLEMS:
        note(f"… och {len(plan.problem) - _MAX_PROBLEMS} till. Rätta de första och kör igen.")
        note("")


def table_lines(tabell: Tabell) -> list[str]:
    """The table as it was read, in columns that line up: the first rows of a long one, the last years of a wide one."""
    shown = tabell.serier[:_MAX_ROWS]
    width = min(_NAME, max(20, *(len(s.nyckel.text) + 2 for s in shown)))
    cells = {ar: [_shown(s.varden.get(ar)) for s in shown] for ar in tabell.ar}
    widths = {ar: max(len(str(ar)), *map(len, column)) for ar, column in cells.items()}
    years = _that_fit(tabell.ar, widths, _WIDTH - width - 2)
    lines = ["", f"  {'':<{width}}  " + "  ".join(str(ar).rjust(widths[ar]) for ar in years)]
    group = ""
    for row, serie in enumerate(shown):
        if serie.nyckel.grupp != group:
            lines.append(f"  {shorten(serie.nyckel.grupp, _WIDTH - 2) or '(utan grupp)'}")
        group = serie.nyckel.grupp
        name = cut_short(serie.nyckel.text, width - 2)
        lines.append(f"    {name:<{width - 2}}  " + "  ".join(cells[ar][row].rjust(widths[ar]) for ar in years))
    if len(tabell.serier) > _MAX_ROWS:
        lines.append(f"    … och {plural(len(tabell.serier) - _MAX_ROWS, 'rad', 'rader')} till")
    if len(years) < len(tabell.ar):
        lines.append(f"    Även åren {tabell.ar[0]}–{tabell.ar[len(tabell.ar) - len(years) - 1]} är lästa.")
    return [*lines, ""]


def _that_fit(years: tuple[int, ...], widths: dict[int, int], room: int) -> tuple[int, ...]:
    """The last years whose columns there is room for, at least one."""
    used, first = 0, len(years)
    while first and (first == len(years) or used + widths[years[first - 1]] + 2 <= room):
        first -= 1
        used += widths[years[first]] + 2
    return years[first:]


def _shown(value: float | None) -> str:
    return ".." if value is None else plain_number(value)
