"""Text as people paste or save it → rows of cells, line by line, since a paste mixes prose, headings and tables.

A line's cells are told by tabs, else by bars, semicolons, columns of spaces or commas, each only where the line and its
neighbours show that it is meant; a line without any such is one cell. A file that is CSV throughout is read as CSV.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, split_rows
from uppfoljning.formats.decode import LINE_BREAK
from uppfoljning.formats.grid import Cell, Rutnat
from uppfoljning.formats.refusals import clean, too_large
from uppfoljning.text.numbers import NO_VALUE, read_number, read_year
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Plats, Problem

_QUOTED = re.compile(r'(?:(?<=[;,\t\n])|\A)"(?:[^"]|"")*"(?=[;,\t\r\n]|\Z)')
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=([;,\t])[ ;,]*(?:\r\n|\r|\n)", re.IGNORECASE)
_TAG = re.compile(r"</?(?:i|b|u|em|strong|span|sup|sub|small|font|p|br|a|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_GAP = re.compile(r"(?<=\S)[ \u00a0\u2007]{2,}(?=\S)")
_RULE = re.compile(r"(?:[|+][ \t]*)?:?[-=]{2,}:?[ \t]*(?:[|+][ \t]*:?[-=]*:?[ \t]*)+")
_BAR = re.compile(r"(?<!\\)\|")
_DECIMALS_ALONE = re.compile(r"[0-9],[0-9]+%?[ \u00a0]+[-−–]?[0-9]+,[0-9]")
_LONGEST_ROW = 50_000
_SENTENCE = re.compile(r".{20,}[.!?]$")


def read_lines(text: str, fil: str, noticed: tuple[str, ...] = ()) -> Rutnat | tuple[Problem, ...]:
    """The rows of a text, one for each line; a markdown table's rule is none."""
    text = text.replace("\x0b", " ").replace("\x0c", " ")
    whole = _read_csv(text, fil)
    if isinstance(whole, Problem):
        return (whole,)
    if whole is not None:
        return replace(whole, noteringar=noticed)
    lines = LINE_BREAK.split(text)
    if len(lines) > 2 * MAX_ROWS:
        return (too_large(fil),)
    table: list[tuple[Cell, ...]] = []
    faults: list[Problem] = []
    total = 0
    for number, (line, separator) in enumerate(zip(lines, _separators(lines), strict=True), start=1):
        if separator == "rule":
            continue
        row, found = _row(line, separator, number, fil)
        faults += found
        total += len(row)
        if len(row) > MAX_COLUMNS or total > MAX_CELLS:
            return (too_large(fil),)
        table.append(row)
    while table and not table[-1]:
        table.pop()
    if len(table) > MAX_ROWS:
        return (too_large(fil),)
    return Rutnat(fil, tuple(table), [mask(line) for line in lines], noticed, tuple(faults))


def _read_csv(text: str, fil: str) -> Rutnat | Problem | None:
    """The rows of a text that is CSV from beginning to end, or None when it is not."""
    told = _SEPARATOR_LINE.match(text)
    if told is not None:
        grid = split_rows(text, fil, told[1])
        return (
            grid if isinstance(grid, Problem) else Rutnat(fil, ((), *map(_without_markup, grid.tabell[1:])), grid.rader)
        )
    plain = _QUOTED.sub("x", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line for line in plain.split("\n") if line.strip()]
    for separator in "\t;,":
        counts = {line.count(separator) for line in lines}
        # Without quotes a line of tabs is the same read alone; the quotes may hold line breaks.
        meant = separator != "\t" or plain.count("\n") < text.count("\n")
        if len(lines) > 1 and len(counts) == 1 and counts != {0} and meant and _is_csv(lines, separator):
            grid = split_rows(text, fil, separator)
            if isinstance(grid, Problem):
                return grid
            return replace(grid, tabell=tuple(map(_without_markup, grid.tabell)))
    return None


def _without_markup(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    cells = [cell._replace(text=_plain(cell.text)) for cell in row]
    while cells and not cells[-1].text:
        cells.pop()
    return tuple(cells)


def _is_csv(lines: list[str], separator: str) -> bool:
    """Whether lines with equally many of a separator are a table's, and not sentences or decimal commas."""
    if separator == "\t":
        return True
    joined = "\n".join(lines)
    marks = joined.count(separator)
    spaced = joined.count(f"{separator} ")
    if separator == ";":
        return spaced * 3 <= marks or any(_is_figure(cell) for line in lines for cell in line.split(";"))
    decimal = len(re.findall(r"(?<=[0-9]),(?=[0-9])", joined))
    alone = decimal == marks and all(line.count(",") == 1 for line in lines)
    return spaced * 3 <= marks and not alone and not _DECIMALS_ALONE.search(joined)


def _separators(lines: list[str]) -> Iterator[str]:
    """What separates each line's cells: a character, "gap" for columns of spaces, "rule", or "" for nothing at all."""
    kinds = [_kind(line) for line in lines]
    start = 0
    while start < len(lines):
        stop = start + 1
        while stop < len(lines) and kinds[stop] == kinds[start] and kinds[start][0] in {";", ","}:
            stop += 1
        separator, count = kinds[start]
        if separator in {";", ","}:
            group = [_QUOTED.sub("x", line) for line in lines[start:stop]]
            single = separator == ";" and count > 1 and any(_is_figure(cell) for cell in group[0].split(";"))
            meant = (stop - start > 1 or single) and _is_csv(group, separator)
            separator = separator if meant else ""
        yield from [separator] * (stop - start)
        start = stop


def _kind(line: str) -> tuple[str, int]:
    """The separator that a line alone speaks for, and how many times it stands there when its neighbours matter."""
    if len(line) > _LONGEST_ROW:
        return "", 0
    if "\t" in line:
        return "\t", 0
    if "|" in line or "+" in line:
        if _RULE.fullmatch(line.strip()):
            return "rule", 0
        bars = len(_BAR.findall(line))
        if bars > 1 and (line.lstrip().startswith("|") or line.count(" | ") > 1):
            return "|", 0
    plain = _QUOTED.sub("x", line)
    if ";" in plain:
        count = plain.count(";")
        # A list of sources or words below a table is no row of it.
        listed = plain.count("; ") == count and not any(_is_figure(cell) for cell in plain.split(";"))
        return ";", -count if listed else count
    cells = _GAP.split(line.strip())
    figures = sum(_is_figure(cell) for cell in cells)
    if len(cells) > 2 and not any(_SENTENCE.match(cell) for cell in cells[:-1]):
        return "gap", 0
    if len(cells) == 2 and figures == 2 and line.startswith("  "):
        return "gap", 0
    if "," in plain:
        return ",", plain.count(",")
    return "", 0


def _is_figure(cell: str) -> bool:
    cell = cell.strip()
    return cell not in NO_VALUE and (read_year(cell) is not None or isinstance(read_number(cell), tuple))


def _row(line: str, separator: str, number: int, fil: str) -> tuple[tuple[Cell, ...], list[Problem]]:
    """A line's cells with their places, without the empty ones at its end, and what is wrong with its quotes."""
    if separator in {";", ","}:
        grid = split_rows(line, fil, separator)
        if isinstance(grid, Problem):
            return (), [grid._replace(plats=grid.plats._replace(rad=number))]
        cells = [cell._replace(plats=cell.plats._replace(rad=number)) for row in grid.tabell for cell in row]
        return _without_markup(tuple(cells)), [
            fault._replace(plats=fault.plats._replace(rad=number)) for fault in grid.lasfel
        ]
    cells = [_cell(line, start, stop, number, fil) for start, stop in _spans(line, separator)]
    if separator == "gap" and len(cells) > 1 and line.startswith("  ") and all(_is_figure(c.text) for c in cells):
        # A heading of years alone stands over the figures: the column of names has no heading.
        cells.insert(0, Cell("", Plats(fil, number, 1)))
    while cells and not cells[-1].text:
        cells.pop()
    return tuple(cells), []


def _spans(line: str, separator: str) -> Iterator[tuple[int, int]]:
    """Start and end of each cell in a line."""
    start, end = 0, len(line)
    if separator == "|":
        start += re.match(r"\s*\|?", line).end()  # type: ignore[union-attr]  # an empty match is a match too
        end = len(re.sub(r"(?<!\\)\|\s*$", "", line))
    pattern = {"\t": re.compile("\t"), "|": _BAR, "gap": _GAP}.get(separator)
    if pattern is not None:
        for found in pattern.finditer(line, start, max(start, end)):
            yield start, found.start()
            start = found.end()
    yield start, max(start, end)


def _cell(line: str, start: int, stop: int, number: int, fil: str) -> Cell:
    """The cell between two places in a line: its text without markup, from its first to its last character."""
    while start < stop:
        tag = _TAG.match(line, start, stop)
        if tag is not None:
            start = tag.end()
        elif line[start].isspace() or line[start] == "\ufeff":
            start += 1
        else:
            break
    raw = line[start:stop].rstrip()
    while raw.endswith(">") and (at := raw.rfind("<")) >= 0 and _TAG.fullmatch(raw, at):
        raw = raw[:at].rstrip()
    if len(raw) > 1 and raw[0] == raw[-1] == '"' and '"' not in raw[1:-1].replace('""', ""):
        text = raw[1:-1].replace('""', '"')
    else:
        text = raw
    return Cell(_plain(text), Plats(fil, number, start + 1), max(len(raw), 1))


def _plain(text: str) -> str:
    if "<" in text:
        text = _TAG.sub(lambda tag: " " if tag[0].lower().startswith(("<br", "<p", "<div")) else "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return clean(text.replace("\\|", "|"))
