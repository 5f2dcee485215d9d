"""Names that must stand elsewhere in the data, and names of files that say the same: each told in one way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.file_names import copy_and_original
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import suggest

Namnslag = Literal["insats", "aktor", "forum"]

_WORDS: dict[Namnslag, tuple[str, str, str]] = {
    "insats": ("okand-insats", "Insatsen", "Insatserna är"),
    "aktor": ("okand-aktor", "Aktören", "Aktörerna är"),
    "forum": ("okant-forum", "Forumet", "Forumen är"),
}


def check_known(
    underlag: Underlag, fil: str, vag: Vag, slag: Namnslag, name: str, known: Collection[str]
) -> Iterator[Problem]:
    """A fault where ``name`` is none of those known, with the nearest or all of them."""
    if name not in known:
        kod, what, these = _WORDS[slag]
        yield underlag.problem(fil, vag, kod, f'{what} "{name}" finns inte.', suggest(name, known, these))


def check_each(underlag: Underlag, fil: str, vag: Vag, insatser: Sequence[str]) -> Iterator[Problem]:
    """Each of several insatser that something concerns is there, and is named once."""
    for i, insats in enumerate(insatser):
        yield from check_known(underlag, fil, (*vag, i), "insats", insats, underlag.kanda_insatser)
        if insats in insatser[:i]:
            text = f"{insats} står redan i listan."
            yield underlag.problem(fil, (*vag, i), "dubblett", text, "Ta bort den ena.")


def advise_on_two_files(one: str, other: str, advice: str) -> str:
    """What to do where two files say the same; where the name of one is a copy's, that is said first."""
    found = copy_and_original(one, other)
    if found is None:
        return advice
    copy, original = found
    otherwise = f"{advice[:1].lower()}{advice[1:]}"
    return f"{copy} kan vara en kopia av {original}: jämför dem, och ta i så fall bort kopian. Annars: {otherwise}"
