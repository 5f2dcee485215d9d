"""Rules about names made short for narrow columns: they are short, and shorter than what they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem

_MAX_NAME = 25
_MAX_TITLE = 40


def check_short_names(underlag: Underlag) -> Iterator[Problem]:
    """A kortnamn, of a part or an aktör, and a kortrubrik fit where they are to stand."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    named = [(p.kortnamn, p.namn, ("parter", i, "kortnamn")) for i, p in enumerate(avtal.parter)]
    named += [(a.kortnamn, a.namn, ("aktorer", i, "kortnamn")) for i, a in enumerate(avtal.aktorer)]
    for short, whole, vag in named:
        yield from _check(underlag, fil, vag, short, whole, _MAX_NAME)
    for _, insats, path in underlag.hela_insatser():
        place = (*path, "kortrubrik")
        yield from _check(underlag, underlag.insatsfil, place, insats.kortrubrik, insats.rubrik, _MAX_TITLE)


def _check(underlag: Underlag, fil: str, vag: Vag, short: str | None, whole: str, most: int) -> Iterator[Problem]:
    if short is None:
        return
    field = str(vag[-1])
    if len(short) > len(whole):
        text = f"{field} är längre än det som ska kortas: {len(short)} tecken mot {len(whole)}."
        yield underlag.problem(fil, vag, "inte-kortare", text, f"Korta det, eller ta bort {field}.", "varning")
    elif len(short) > most:
        text = f"{field} har {len(short)} tecken, och i smala kolumner får {most} plats."
        yield underlag.problem(fil, vag, "for-langt-for-kolumnen", text, "Korta det.", "varning")


RULES = (check_short_names,)
