"""Takes out of a file's values what its model refused, so that the rest can be checked in the same pass.

Values and places are pruned alike, so that a path into the model leads to the right place also afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from uppfoljning.formats.yaml.node import Nod, Yamlfil

if TYPE_CHECKING:
    from pydantic import ValidationError

Vag = tuple[str | int, ...]

# In place of a required field of a whole file, so that what else stands in it can be checked. Nothing of it is shown:
# the fault that made it necessary stops every report.
_STAND_INS: dict[str, Any] = {
    "rubrik": "?",
    "kommun": "?",
    "kommunkod": "0000",
    "kalla": {"dokument": "?", "datum": date(2000, 1, 1)},
    "kvartal": "2000-K1",
    "halvar": "2000-H1",
    "lamnad": date(2200, 12, 31),
}


def prune(file: Yamlfil, value: Any, error: ValidationError) -> None:
    """Take out of ``value`` what the errors point at, and what can't stand without it; mark what lost something.

    ``file.beskuren`` must hold a copy of the places.
    """
    doomed: set[Vag] = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        vag = tuple(step for step in fault["loc"] if step != "[key]")
        if fault["type"] == "missing" and len(vag) == 1:
            name = str(vag[0])
            if name in _STAND_INS and isinstance(value, dict):
                value[name] = _STAND_INS[name]
                _mark(file.beskuren)
        elif vag:
            doomed.add(vag[:-1] if fault["type"] == "missing" else vag)
    # Later positions first, so that removing one doesn't move those still to be removed.
    for vag in sorted(doomed, key=lambda v: [(isinstance(s, int), s if isinstance(s, int) else 0) for s in v])[::-1]:
        _remove(file.beskuren, value, vag)


def _mark(nod: Nod | None) -> None:
    if nod is not None:
        nod.skadad = True


def _remove(nod: Nod | None, value: Any, vag: Vag) -> None:
    for step in vag[:-1]:
        if nod is None or nod.barn is None:
            return
        below = nod.child(step)
        if below is None:
            return
        if isinstance(step, int) or nod.skadad:
            below.skadad = True
        nod, value = below, value[step]
    last = vag[-1]
    if nod is None or nod.barn is None or nod.child(last) is None:
        return
    if len(vag) == 1:
        nod.skadad = True
    nod.remove(last)
    del value[last]


def damaged(nod: Nod | None) -> bool:
    """Whether a node lost something."""
    return nod is not None and nod.skadad
