"""A free text may tell a small number of people though the tool withholds every such count.

A count below five is never printed for an insats about individuals; a text that says 'tre ungdomar' would say it all
the same. What tells such a number is a matter of :mod:`uppfoljning.text.few_people.find`.
"""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.model.fields import Modell
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem

_NO_TEXT = frozenset({"diarienummer", "paragraf"})


def check_small_numbers(underlag: Underlag) -> Iterator[Problem]:
    """No text about individuals says how few they are: in answers, recorded decisions and an insats's own changes."""
    individual = {i.id: (i, vag) for _, i, vag in underlag.hela_insatser() if i.individinsats}
    for insats, vag in individual.values():
        for i, change in enumerate(insats.historik):
            yield from _check(underlag, insats.id, underlag.insatsfil, (*vag, "historik", i), change)
        if insats.malsattning is not None:
            yield from _check(underlag, insats.id, underlag.insatsfil, (*vag, "malsattning"), insats.malsattning)
    for post in underlag.svar:
        asked = post.svar.beslut_behovs
        also = [insats for insats in asked.insatser if insats in individual] if asked is not None else []
        if post.svar.insats in individual:
            yield from _check(underlag, post.svar.insats, post.kalla.fil, post.vag, post.svar)
        elif also:
            yield from _check(underlag, also[0], post.kalla.fil, (*post.vag, "beslut_behovs"), asked)
    for row in underlag.beslutsrader:
        about = [insats for insats in row.insatser if insats in individual]
        if about:
            yield from _check(underlag, about[0], row.kalla.fil, row.vag, row.uppgifter)


def _check(underlag: Underlag, insats: str, fil: str, vag: Vag, found: object) -> Iterator[Problem]:
    from uppfoljning.text.few_people.find import find_few

    for path, text in _texts(vag, found):
        for start, end in find_few(text):
            yield _problem(underlag, insats, fil, path, start, end)


def _texts(vag: Vag, found: object) -> Iterator[tuple[Vag, str]]:
    """Every text in something that was read, with its path: a new field is one too. No code or id is a number."""
    if isinstance(found, str):
        yield vag, found
    elif isinstance(found, tuple):
        for i, part in enumerate(found):
            yield from _texts((*vag, i), part)
    elif isinstance(found, Modell):
        for name, part in found:
            if name not in _NO_TEXT:
                yield from _texts((*vag, name), part)


def _problem(underlag: Underlag, insats: str, fil: str, vag: Vag, start: int, end: int) -> Problem:
    """The warning, at the words. It is read in the report too, and doesn't repeat them."""
    told = (
        "litet-tal-i-text",
        f"Texten säger hur få det är, och {underlag.visat(insats)} handlar om enskilda: antal under fem "
        "redovisas inte.",
        "Skriv i allmänna ordalag, till exempel ”några” eller ”färre än fem”.",
    )
    file = underlag.filer.get(fil)
    nod = file.nod(vag) if file is not None else None
    place = file.place_of_part(nod, start, end) if file is not None and nod is not None else None
    if file is None or place is None:
        return underlag.problem(fil, vag, *told, "varning")
    return file.problem_at(place[0], place[1], *told, place[2], "varning")


RULES = (check_small_numbers,)
