"""What the files say that something else may name: read from their trees, before any model has judged them."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.formats.yaml.node import Nod
from uppfoljning.model.fields import as_id
from uppfoljning.model.known import Kanda
from uppfoljning.text.candidates import Labels

_AGREEMENT = ("parter", "aktorer", "samverkanspartner", "forum")
_FIGURES = ("kallor", "indikatorer")
_NAMES = ("kortnamn", "namn", "rubrik", "kortrubrik", "forkortning", "kallas_aven")
"""Fields that say what a thing is called; the first that is there is its name."""


def known_names(avtal: Nod | None, insatser: Nod | None, indikatorer: Nod | None) -> Kanda:
    """Every id in the three files, with what else it is called."""
    listor = {name: _labels(_items(avtal, name)) for name in _AGREEMENT}
    listor["huvudomraden"] = _labels(_items(insatser, "huvudomraden"))
    listor |= {name: _labels(_items(indikatorer, name)) for name in _FIGURES}
    measures: dict[str, tuple[str, ...]] = {}
    moment: dict[str, Labels] = {}
    for omrade in [*_items(insatser, "huvudomraden"), insatser]:
        for insats in _items(omrade, "insatser"):
            for one, names in _labels([insats]).items():
                if one not in measures:
                    measures[one] = (*names, *_shown(omrade, insats, names))
                    moment[one] = _labels(_items(insats, "moment"))
    return Kanda({**listor, "insatser": measures}, moment)


def _items(nod: Nod | None, under: str, *, below: bool = False) -> Iterator[Nod]:
    """All items in lists called ``under``, wherever in the tree; further down only blocks, for ids there are named."""
    if nod is None or nod.barn is None:
        return
    if isinstance(nod.barn, list):
        for child in nod.barn:
            yield from _items(child, under, below=True)
        return
    for key, child in nod.barn.items():
        if key == under and isinstance(child.barn, list):
            yield from (one for one in child.barn if isinstance(one.barn, dict) or not below)
        yield from _items(child, under, below=True)


def _labels(items: Iterator[Nod] | list[Nod]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        raw = _own_id(item)
        if raw is None:
            continue
        one, names = as_id(raw), list(_names(item))
        if one != raw:
            number = 2
            while one in found:
                one, number = f"{as_id(raw)}-{number}", number + 1
            names.append(raw)
        if one:
            found.setdefault(one, tuple(dict.fromkeys(names)))
    return found


def _own_id(item: Nod) -> str | None:
    """The id of an item, also where a fault has left the item nothing else."""
    if isinstance(item.barn, dict):
        found = item.barn.get("id")
        if found is None and len(item.barn) == 1:
            return next(iter(item.barn))
        return str(found.varde).strip() if found is not None and isinstance(found.varde, str | int) else None
    return str(item.varde).strip() if isinstance(item.varde, str) else None


def _text(item: Nod, name: str) -> str | None:
    found = item.barn.get(name) if isinstance(item.barn, dict) else None
    return found.varde.strip() if found is not None and isinstance(found.varde, str) else None


def _names(item: Nod) -> Iterator[str]:
    for name in _NAMES:
        text = _text(item, name)
        below = item.child(name)
        if text is not None:
            yield text
        elif below is not None and isinstance(below.barn, list):
            yield from (one.varde for one in below.barn if isinstance(one.varde, str))


def _shown(omrade: Nod | None, insats: Nod, names: tuple[str, ...]) -> Iterator[str]:
    """An insats's id as reports show it, VÅL-1, alone and before its heading."""
    raw, prefix, short = (
        _text(insats, "id") or "",
        _text(omrade, "id") if omrade else None,
        _text(omrade, "forkortning") if omrade else None,
    )
    if prefix and short and raw.startswith(f"{prefix}-"):
        raw = f"{short}{raw.removeprefix(prefix)}"
    yield raw
    yield from (f"{raw} {name}" for name in names)
