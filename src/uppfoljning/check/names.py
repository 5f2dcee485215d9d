"""Names that must stand elsewhere in the data, and names of files that say the same: each told in one way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.candidates import Labels, advise, find, listed
from uppfoljning.text.file_names import copy_and_original
from uppfoljning.text.problem import Problem

Namnslag = Literal["insats", "aktor", "forum", "part", "huvudomrade", "kalla", "indikator"]

_WORDS: dict[Namnslag, tuple[str, str, str]] = {
    "insats": ("okand-insats", "Insatsen", "Lägg till insatsen i insatser.yaml, eller ta bort hänvisningen."),
    "aktor": ("okand-aktor", "Aktören", "Lägg till aktören under aktorer i overenskommelse.yaml."),
    "forum": ("okant-forum", "Forumet", "Lägg till forumet under forum i overenskommelse.yaml."),
    "part": ("okand-part", "Parten", "Lägg till parten under parter i overenskommelse.yaml."),
    "huvudomrade": ("okant-huvudomrade", "Huvudområdet", "Lägg till huvudområdet i insatser.yaml."),
    "kalla": ("okand-kalla", "Källan", "Lägg till källan under kallor i indikatorer.yaml, med id och namn."),
    "indikator": (
        "okand-indikator",
        "Indikatorn",
        "Lägg till indikatorn under indikatorer, eller ta bort fältet indikator här.",
    ),
}
"""Code, what it is called, and what to do where none may stand."""


def check_known(underlag: Underlag, fil: str, vag: Vag, slag: Namnslag, name: str, known: Labels) -> Iterator[Problem]:
    """A fault where ``name`` is none of those that may stand there: with the one that was meant, or all of them."""
    if name not in known:
        kod, what, otherwise = _WORDS[slag]
        yield underlag.problem(fil, vag, kod, f'{what} "{name}" finns inte.', advise(name, known) or otherwise)


def check_answers(underlag: Underlag, fil: str, vag: Vag, name: str, otherwise: str = "") -> Iterator[Problem]:
    """A fault where ``name`` is none that answers for insatser; a samverkanspartner is told to be one."""
    known = underlag.kanda_svarande
    if name in known:
        return
    partners = find(name, underlag.kanda.of("samverkanspartner"))
    if not partners or find(name, known):
        yield from check_known(underlag, fil, vag, "aktor", name, known)
        return
    yield underlag.problem(
        fil,
        vag,
        "svarar-inte",
        f'"{name}" är samverkanspartner och svarar inte för insatser.',
        f"Ska {partners[0]} svara: flytta den från samverkanspartner till aktorer i overenskommelse.yaml, med del_av. "
        f"{otherwise.format(id=partners[0])}{listed(known)}",
    )


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
