"""The report's figures as text for a terminal: the same numbers and the same verdicts, without charts."""

from __future__ import annotations

import re

from uppfoljning.cli.radbrytning import item, wrap
from uppfoljning.problem import visible
from uppfoljning.report.siffervy import Sifferradvy, Siffertabellvy
from uppfoljning.report.view import Rapportvy
from uppfoljning.swedish import plain_spaces

_NAME = 34
_CHART = re.compile(r" ?I diagrammet [^.]*\.")  # how to read a chart that isn't there


def format_figures(vy: Rapportvy) -> str:
    """How the problem of each huvudområde develops, every table with its verdicts, and what no figure covers."""
    lines = [f"{vy.rubrik}, statistik och enkäter", vy.statistik.sammanfattning]
    if vy.exempel:
        lines.insert(1, f"[{vy.exempel}]")
    for rad in vy.statistik.lasning:
        lines += item(f"{rad.etikett}: {rad.text}")
    lines += ["", "Så utvecklas problemet"]
    for omrade in vy.huvudomraden:
        lines += item(f"{omrade.rubrik}: {omrade.problemet}")
    for tabell in vy.statistik.tabeller:
        lines += ["", tabell.rubrik, *wrap(_CHART.sub("", tabell.ingress)), "", *_table(tabell)]
        lines += ["", *wrap(tabell.fot)] if tabell.fot else []
    lines += ["", "Det som siffrorna inte täcker"]
    for fynd in vy.statistik.fynd:
        lines += item(f"{fynd.etikett}: {fynd.text}")
    return plain_spaces("\n".join(visible(line) for line in lines))


def _table(tabell: Siffertabellvy) -> list[str]:
    """The rows in columns that line up; a verdict stands last, however long it is."""
    rows = [rad for grupp in tabell.grupper for rad in grupp.rader]
    values = [_cells(tabell, rad) for rad in rows]
    head = [*tabell.ar, *filter(None, (tabell.jamforelse, tabell.vantat))]
    widths = [max(len(cell) for cell in column) for column in zip(head, *values, strict=True)]
    lines = [_line("", head, widths, "Bedömning")]
    number = 0
    for grupp in tabell.grupper:
        if grupp.rubrik:
            lines.append(grupp.rubrik)
        for rad in grupp.rader:
            lines.append(_line(rad.namn, values[number], widths, rad.bedomning))
            lines += [f"    {notis}" for notis in rad.tillagg]
            number += 1
    return lines


def _cells(tabell: Siffertabellvy, rad: Sifferradvy) -> list[str]:
    extra = [cell for shown, cell in ((tabell.jamforelse, rad.jamforelse), (tabell.vantat, rad.vantat)) if shown]
    return [*rad.varden, *extra]


def _line(name: str, cells: list[str], widths: list[int], verdict: str) -> str:
    shown = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    columns = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {shown:<{_NAME}}  {columns}  {verdict}".rstrip()
