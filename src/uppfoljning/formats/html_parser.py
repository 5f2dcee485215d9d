"""The page as a stream of tags and text, put together to rows. Used by :mod:`uppfoljning.formats.html`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from uppfoljning.formats.csv import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from uppfoljning.formats.grid import Cell
from uppfoljning.formats.html_table import Table, TooLargeError, spans
from uppfoljning.formats.refusals import clean
from uppfoljning.text.problem import Plats

Attributes = list[tuple[str, str | None]]

_MAX_DEPTH = 250
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr",),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "label", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "tt", "u", "var"),
    }
)
_DROPPED = frozenset(
    {
        *("script", "style", "template", "noscript", "select", "button", "textarea", "svg", "iframe", "object"),
    }
)
_CELLS = frozenset({"td", "th"})
_CLOSED_BY: dict[str, frozenset[str]] = {
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": frozenset({"td", "th", "tr", "caption", "colgroup"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "caption"})),
    "li": frozenset({"li"}),
    **dict.fromkeys(("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"), frozenset({"p"})),
}
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_MARK = re.compile(
    r"[\s,]*[(\[]?(?:[0-9]{1,2}|[A-Za-zÅÄÖåäö]|[*†‡§]{1,3})[)\]]?(?:[\s,]+(?:[0-9]{1,2}|[a-z]|\*))*[)\]]?\s*"
)
_UNIT = re.compile(r"(?:\b|\d)[kcdm]?m$")


class Reader(HTMLParser):
    """Gathers ``rows``. Hidden cells are counted in ``hidden_cells``, footnote marks kept in ``marks`` in order."""

    def __init__(self, fil: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[tuple[Cell, ...]] = []
        self.hidden_cells = 0
        self.marks: dict[str, None] = {}
        self.too_deep = False
        self._fil = fil
        self._total = 0
        self._open: list[tuple[str, bool]] = []
        self._dropped = 0
        self._tables: list[Table] = []
        self._in_cell = False
        self._spans = (1, 1)
        self._text: list[str] = []
        self._place = Plats(fil, 1, 1)
        self._length = 1
        self._sup: list[str] | None = None
        self._hidden_text = False

    def finish(self) -> tuple[tuple[Cell, ...], ...]:
        """Close what the page left open; its rows without empty ones at the ends."""
        self._close_down_to(0)
        self._flush()
        while self._tables:
            self._end_table()
        while self.rows and not self.rows[-1]:
            self.rows.pop()
        first = next((i for i, row in enumerate(self.rows) if row), 0)
        return tuple(self.rows[first:])

    # --- the parser's calls ---

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """An element begins; what it closes without saying so is closed first."""
        if self.too_deep:
            return
        if tag in _VOID:
            if tag in {"br", "hr"}:
                self._break()
            return
        self._close_implied(tag)
        self.too_deep = len(self._open) >= _MAX_DEPTH
        values = {name: value or "" for name, value in attrs}
        hidden = tag in _DROPPED or _is_hidden(values)
        if tag in _CELLS and (hidden or self._dropped):
            self._hidden_text = False
        self._open.append((tag, hidden))
        self._dropped += hidden
        if self._dropped:
            return
        if tag == "sup":
            self._sup = []
        elif tag == "table":
            self._start_table()
        elif tag == "tr":
            self._start_row()
        elif tag in _CELLS:
            self._start_cell(values)
        elif tag not in _INLINE:
            self._break()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """``<td/>`` opens a cell, as in a browser; other elements closed at once are."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag not in _CELLS | {"tr", "table", "div", "p"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, with all that is still open in it. One that never began is passed over."""
        if self.too_deep:
            return
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                self._close_down_to(depth)
                return
            if self._open[depth][0] == "table":
                return

    def handle_data(self, data: str) -> None:
        """Text: of a cell, of a note, hidden, or loose."""
        if self.too_deep:
            return
        if self._dropped:
            self._hidden_text = self._hidden_text or not data.isspace()
        elif self._sup is not None:
            self._sup.append(data)
        elif not self._open and not self._tables and "\n" in data:
            self._lines(data)
        else:
            self._add(data)

    # --- text ---

    def _add(self, data: str) -> None:
        if not self._in_cell and not self._text and data.strip():
            lead = data[: len(data) - len(data.lstrip())]
            rad, kolumn = self.getpos()
            line_starts = lead.rfind("\n")
            kolumn = kolumn + len(lead) if line_starts < 0 else len(lead) - line_starts - 1
            self._place = Plats(self._fil, rad + lead.count("\n"), kolumn + 1)
            self._length = max(len(data.strip().partition("\n")[0].rstrip()), 1)
        if self._text or data.strip() or self._in_cell:
            self._text.append(data)

    def _lines(self, data: str) -> None:
        """Text outside all markup keeps its lines, as text does."""
        rad, kolumn = self.getpos()
        for number, line in enumerate(data.split("\n")):
            if line.strip():
                self._flush()
                column = (0 if number else kolumn) + len(line) - len(line.lstrip())
                self._place = Plats(self._fil, rad + number, column + 1)
                self._length = len(line.strip())
                self._text = [line]

    def _break(self) -> None:
        """A block begins or ends: a space within a cell, a new row outside."""
        if self._in_cell:
            self._text.append(" ")
        elif not self._dropped:
            self._flush()

    def _flush(self) -> None:
        """Loose text up to here becomes a row of one cell."""
        text = clean("".join(self._text))
        self._text = []
        if text:
            self._emit((Cell(text, self._place, self._length),))

    def _emit(self, row: tuple[Cell, ...]) -> None:
        end = len(row)
        while end and not row[end - 1].text:
            end -= 1
        self._total += len(row)
        if len(row) > MAX_COLUMNS or self._total > MAX_CELLS or len(self.rows) > MAX_ROWS:
            raise TooLargeError
        if end or (self.rows and self.rows[-1]):
            self.rows.append(row[:end])

    def _end_sup(self) -> None:
        text = "".join(self._sup or [])
        self._sup = None
        before = "".join(self._text[-3:]).rstrip()
        if (
            len(text) < 30
            and _MARK.fullmatch(text)
            and before
            and not (text.strip() in {"2", "3"} and _UNIT.search(before))
        ):
            self.marks[text.strip()] = None
        else:
            self._add(text)

    # --- what is open ---

    def _close_implied(self, tag: str) -> None:
        """Close what a start tag closes without saying so, within its own table."""
        closed = _CLOSED_BY.get(tag)
        if closed is None:
            return
        for depth in range(len(self._open) - 1, -1, -1):
            name = self._open[depth][0]
            if name == "table":
                break
            if name in closed and (tag not in {"p", "div", "li"} or not self._cell_above(depth)):
                self._close_down_to(depth)

    def _cell_above(self, depth: int) -> bool:
        return any(name in _CELLS for name, _ in self._open[depth + 1 :])

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            tag, hidden = self._open.pop()
            self._dropped -= hidden
            if hidden or self._dropped:
                self.hidden_cells += tag in _CELLS and self._hidden_text
                self._hidden_text = self._hidden_text and tag not in _CELLS
            elif tag == "sup" and self._sup is not None:
                self._end_sup()
            elif tag == "table":
                self._end_table()
            elif tag == "tr":
                self._end_row()
            elif tag in _CELLS:
                self._end_cell()
            elif tag not in _INLINE:
                self._break()

    # --- tables ---

    def _start_table(self) -> None:
        """A table within a cell is laid out after what the row holds so far: such rows are for looks."""
        if self._in_cell:
            self._end_cell()
        if self._tables:
            self._end_row()
        self._flush()
        self._emit(())
        self._tables.append(Table())

    def _end_table(self) -> None:
        self._flush()
        if self._tables:
            self._end_row()
            self._tables.pop()
            self._emit(())

    def _start_row(self) -> None:
        if not self._tables:
            self._start_table()
        self._flush()
        self._end_row()
        self._tables[-1].row = []

    def _start_cell(self, values: dict[str, str]) -> None:
        if not self._tables or self._tables[-1].row is None:
            self._start_row()
        self._flush()
        self._spans = spans(values)
        rad, kolumn = self.getpos()
        self._place = Plats(self._fil, rad, kolumn + 1)
        self._length = len((self.get_starttag_text() or "<").partition("\n")[0].rstrip()) or 1
        self._in_cell = True

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        self._in_cell = False
        text = clean("".join(self._text))
        self._text = []
        if self._tables:
            self._tables[-1].add(text, self._place, self._length, *self._spans)

    def _end_row(self) -> None:
        self._end_cell()
        if not self._tables or self._tables[-1].row is None:
            return
        self._emit(self._tables[-1].end_row())


def _is_hidden(values: dict[str, str]) -> bool:
    return ("hidden" in values and values["hidden"] != "until-found") or bool(
        _INVISIBLE.search(values.get("style", ""))
    )
