"""How many rows of each kind a page has room for; what is left out is counted.

Page one of the quarter's report is measured in lines, the two pages before the half-year's annex in millimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

from uppfoljning.report.views.kvartal import Lagesradvy

PAGE = 256.0
"""What may be planned for on a page of 262: a line now and then takes more than its number of characters says."""
MOST_BESIDE = 225.0
"""As far down as page one may reach with the table of huvudområden: it is not split between pages."""
WIDE, TITLE, HALF, NAME, PROBLEM = 116, 54, 55, 29, 57
"""Characters on a line: of the page, of the title, of a column, and in the table's first and last columns."""
LEAST_ON_PAGE_TWO = 100.0
"""With less than this on page two the annex goes on right below."""
MOST = {"bra": 8, "daligt": 9, "osakert": 6, "larande": 6, "forandring": 9, "resultat": 9, "andra": 5}
FAIR = {"bra": 2, "daligt": 3, "osakert": 2, "larande": 2, "forandring": 3, "resultat": 3, "andra": 2}
LEAST = {"bra": 1, "daligt": 2, "osakert": 1, "larande": 1, "forandring": 1, "resultat": 0, "andra": 1}
"""The boxes give way to ``FAIR`` before the lists at the end of page two do, and to ``LEAST`` only after them."""
MOST_LISTED, FAIR_LISTED, FEW_LISTED, LEAST_LISTED = 8, 6, 4, 3
_TEXT, _ROW, _CELL = 4.55, 4.3, 4.1
_HEADING, _GAP, _BETWEEN = 6.0, 1.2, 2.8

Rader = Mapping[str, Sequence[str]]


def on_lines(text: str, width: int = WIDE) -> int:
    """About how many lines a text takes."""
    return max(1, ceil(len(text) / width))


def head_height(rubrik: str, underrubrik: str, facts: Sequence[str], lead: str, sentences: str, *, band: bool) -> float:
    """The head of page one, down to and with the sentences below the lead; ``band``: it says what is invented."""
    told = sum(len(text) + 4 for text in facts)
    return (
        on_lines(rubrik, TITLE) * 9.2
        + on_lines(underrubrik) * 4.8
        + 6.5
        + ceil(told / 122) * 4.5
        + 6.4
        + (7.4 if band else 0.0)
        + on_lines(lead, 98) * 5.3
        + on_lines(sentences, 118) * _TEXT
        + 3.2
    )


def proposals_height(proposals: Iterable[str], more: str) -> float:
    """The frame with the proposals; nothing where there are none."""
    rows = [*proposals, *([more] if more else [])]
    return 12.6 + sum(on_lines(text, 104) * _TEXT + 0.8 for text in rows) if rows else 0.0


def rows_height(rows: Iterable[str], width: int = WIDE) -> float:
    """Rows with a line below each."""
    return sum(on_lines(row, width) * _ROW + _GAP for row in rows)


def box_height(lead: str, rows: Sequence[str], shown: int) -> float:
    """A box: its heading, its sentence, some of its rows, and a line for the others; nothing when it is empty."""
    if not lead and not rows:
        return 0.0
    more = _ROW + _GAP if shown < len(rows) else 0.0
    said = on_lines(lead, 108) * _TEXT + 0.6 if lead else 0.0
    return _HEADING + said + rows_height(rows[:shown]) + more + _BETWEEN


def table_height(rows: Sequence[Lagesradvy], shown: int | None = None) -> float:
    """The table of huvudområden, or as many of its rows as are ``shown``."""
    taken = [
        max(
            on_lines(rad.rubrik, NAME) + on_lines(f"{rad.antal}, {rad.svar}", NAME + 4),
            len(rad.statusar),
            on_lines(rad.problemet, PROBLEM),
        )
        * _CELL
        + 1.8
        for rad in rows
    ]
    more = _ROW + _GAP if shown is not None and shown < len(rows) else 0.0
    return _HEADING + 5.6 + sum(taken[:shown]) + more + _BETWEEN


def lists_height(lists: Rader, listed: Mapping[str, int]) -> float:
    """The two columns at the end of page two, with a line for what is left out."""
    tall = (
        rows_height(rows[: listed[kind]], HALF) + (_ROW + _GAP if listed[kind] < len(rows) else 0.0)
        for kind, rows in lists.items()
    )
    return _HEADING + max(tall) + _BETWEEN


def fit_boxes(leads: Mapping[str, str], rows: Rader, kinds: Sequence[str], room: float) -> dict[str, int]:
    """How many rows of each kind to show on page one."""
    shown = {kind: min(MOST[kind], len(rows[kind])) for kind in kinds}
    for least in (FAIR, LEAST):
        _shrink_boxes(leads, rows, shown, least, room)
    _grow(leads, rows, shown, room)
    return shown


def fit_page(
    leads: Mapping[str, str], rows: Rader, kinds: Sequence[str], lists: Rader, room: float
) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows of each kind of box, and how many dates and papers, to show on page two."""
    shown = {kind: min(MOST[kind], len(rows[kind])) for kind in kinds}
    listed = {kind: min(MOST_LISTED, len(found)) for kind, found in lists.items()}
    for least, fewest in ((FAIR, FAIR_LISTED), (FAIR, FEW_LISTED), (LEAST, LEAST_LISTED)):
        _shrink_boxes(leads, rows, shown, least, room - lists_height(lists, listed))
        boxes = sum(box_height(leads[kind], rows[kind], shown[kind]) for kind in kinds)
        _shrink_lists(lists, listed, fewest, room - boxes)
    _grow(leads, rows, shown, room - lists_height(lists, listed))
    return shown, listed


def _shrink(
    shown: dict[str, int], least: Mapping[str, int], taken: Callable[[str], float], fits: Callable[[], bool]
) -> None:
    """As long as everything doesn't fit, the kind that takes most loses a row; none gets fewer than its least."""
    while not fits():
        long = [kind for kind in shown if shown[kind] > least[kind]]
        if not long:
            return
        shown[max(long, key=taken)] -= 1


def _shrink_boxes(
    leads: Mapping[str, str], rows: Rader, shown: dict[str, int], least: Mapping[str, int], room: float
) -> None:
    def height(kind: str) -> float:
        return box_height(leads[kind], rows[kind], shown[kind])

    _shrink(shown, least, height, lambda: sum(map(height, shown)) <= room)


def _shrink_lists(lists: Rader, listed: dict[str, int], fewest: int, room: float) -> None:
    def height(kind: str) -> float:
        return rows_height(lists[kind][: listed[kind]], HALF)

    _shrink(listed, dict.fromkeys(lists, fewest), height, lambda: lists_height(lists, listed) <= room)


def _grow(leads: Mapping[str, str], rows: Rader, shown: dict[str, int], room: float) -> None:
    """Put rows back where there is still room for them, one of each kind at a time."""
    growing = True
    while growing:
        growing = False
        for kind in shown:
            if shown[kind] < min(MOST[kind], len(rows[kind])):
                more = {**shown, kind: shown[kind] + 1}
                if sum(box_height(leads[k], rows[k], number) for k, number in more.items()) <= room:
                    shown[kind] += 1
                    growing = True


COLUMN = 52
"""Characters on a line of a narrow column."""
_WIDE = 112
_ROOM = 40
"""Lines below the lead of page one, with the decisions above the columns; the overview goes on to page two."""
MOST_ON_PAGE_ONE = {"beslut": 5, "sent": 6, "egen": 4, "andrat": 4, "saknas": 6}
LEAST_ON_PAGE_ONE = {"beslut": 3, "sent": 3, "egen": 1, "andrat": 1, "saknas": 3}


def lines(rows: Iterable[str], width: int = COLUMN) -> int:
    """About how many lines some rows take, with their heading."""
    return 2 + max(1, sum(-(-len(row) // width) for row in rows))


def rows_that_fit(rows: Mapping[str, Sequence[str]], fixed: int) -> dict[str, int]:
    """How many rows of each kind to show; ``fixed`` is the lines of what can't be left out."""
    shown = {kind: min(most, len(rows[kind])) for kind, most in MOST_ON_PAGE_ONE.items()}
    _shrink(
        shown, LEAST_ON_PAGE_ONE, lambda kind: _taken(rows, shown, kind), lambda: _height(rows, shown, fixed) <= _ROOM
    )
    return shown


def _taken(rows: Mapping[str, Sequence[str]], shown: Mapping[str, int], kind: str) -> float:
    """The lines that a kind takes of the page's height: half as much in a column, of which there are two."""
    if kind == "beslut":
        return lines(rows[kind][: shown[kind]], _WIDE)
    return lines(rows[kind][: shown[kind]]) / 2


def _height(rows: Mapping[str, Sequence[str]], shown: Mapping[str, int], fixed: int) -> float:
    narrow = [lines(rows[kind][: shown[kind]]) for kind in shown if kind != "beslut" and shown[kind]]
    late = lines([*rows["sent"][: shown["sent"]], *rows["egen"][: shown["egen"]]])
    return _taken(rows, shown, "beslut") + max((sum(narrow) + fixed) / 2 + 1, late)
