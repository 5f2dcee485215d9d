"""What somebody meant who wrote a name that isn't there: the id that it stands for, or those that may stand there."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from uppfoljning.text.swedish import fold, lista

Labels = Mapping[str, Sequence[str]]
"""Ids, and what else each is called: the first is its name."""

_CLOSE = 0.85
"""From here on (of 1) a spelling is taken for a slip; the others need not be told."""
_LIKE = 0.7
"""From here on it may be one, and the others are told too."""
_MANY_NAMES = 12
"""With more ids than so that need their names, the ids stand alone."""


def find(word: str, known: Labels) -> list[str]:
    """The ids that a word stands for: spelled as an id but for case, dots and hyphens, else as one of its names."""
    folded = fold(" ".join(word.split()))
    same = [one for one in known if fold(one) == folded]
    return same or [
        one
        for one, names in known.items()
        if folded in {fold(n) for n in names} | {fold(one + f"({n})") for n in names}
    ]


def nearest_ids(word: str, known: Labels) -> tuple[list[str], float]:
    """The ids whose spelling, or some name's, is most like a word; and how like, from 0 to 1."""
    matcher = difflib.SequenceMatcher(b=fold(" ".join(word.split())), autojunk=False)
    found: dict[str, float] = {}
    for one, names in known.items():
        for text in (one, *names):
            matcher.set_seq1(fold(text))
            if matcher.quick_ratio() >= _LIKE:
                found[one] = max(found.get(one, 0), matcher.ratio())
    best = max(found.values(), default=0)
    return [one for one, like in found.items() if like == best], best


def named(one: str, known: Labels) -> str:
    """An id with its name after it, where the name says more."""
    names = known.get(one) or ()
    return f"{one} ({names[0]})" if names and fold(one) != fold(names[0]) else one


def all_named(known: Labels) -> list[str]:
    """All ids with their names, where those are needed and not too many."""
    names = [named(one, known) for one in known]
    many = sum(one != name for one, name in zip(known, names, strict=True)) > _MANY_NAMES
    return list(known) if many else names


def listed(known: Labels) -> str:
    """All that may stand at a place: 'Här kan stå: a, b (Bo), c.', or nothing where there is none."""
    return f"Här kan stå: {', '.join(all_named(known))}." if known else ""


def advise(word: str, known: Labels) -> str:
    """How to mend a name that isn't there: by the id it stands for, else by the nearest, else by all there are."""
    found = find(word, known)
    if len(found) == 1:
        return f'Skriv "{found[0]}".'
    near, like = (found, 1.0) if found else nearest_ids(word, known)
    if like >= _CLOSE and len(near) <= 3:
        return _maybe(near, known)
    if like >= _LIKE and len(near) == 1:
        return f"{_maybe(near, known)} {listed(known)}"
    return listed(known)


def _maybe(ids: Sequence[str], known: Labels) -> str:
    told = [f'"{one}"' + named(one, known).removeprefix(one) for one in ids]
    return f"Menade du {lista(told, 'eller')}?"
