"""How many rows of each kind page one has room for. What it leaves out it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

COLUMN = 52
"""Characters on a line of a narrow column."""
_WIDE = 112
_ROOM = 40
"""Lines below the lead of page one, with the decisions above the columns; the overview goes on to page two."""
MOST = {"beslut": 5, "sent": 6, "egen": 4, "andrat": 4, "saknas": 6}
LEAST = {"beslut": 3, "sent": 3, "egen": 1, "andrat": 1, "saknas": 3}


def lines(rows: Iterable[str], width: int = COLUMN) -> int:
    """About how many lines some rows take, with their heading."""
    return 2 + max(1, sum(-(-len(row) // width) for row in rows))


def rows_that_fit(rows: Mapping[str, Sequence[str]], fixed: int) -> dict[str, int]:
    """How many rows of each kind to show; ``fixed`` is the lines of what can't be left out.

    As long as everything doesn't fit, the kind that takes most loses a row.
    """
    shown = {kind: min(most, len(rows[kind])) for kind, most in MOST.items()}
    while _height(rows, shown, fixed) > _ROOM:
        long = [kind for kind in shown if shown[kind] > LEAST[kind]]
        if not long:
            break
        shown[max(long, key=lambda kind: _taken(rows, shown, kind))] -= 1
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
