"""What a receiver may not see is taken out here, before any view is made, and never in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from uppfoljning.facts.redact.small_counts import SMALL, Dolt, Tabellrad, find_hidden
from uppfoljning.formats.yaml.node import Nod
from uppfoljning.model import Forum
from uppfoljning.model.tabell import Not, Tabell
from uppfoljning.model.underlag import Individantal, Svarspost, Underlag
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold

UNTOLD = ""
"""A text that is not told, since it may tell a small count."""
_MOST_UNITS = 2
_NUMBER = re.compile(
    r"[0-9]|\b(?:noll|ingen|inga|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|dussin\w*|\w+ton|\w+tio\w*|"
    r"tjugo\w*|hundra\w*|tusen\w*)\b"
)


def redact(underlag: Underlag, mottagare: Forum | None) -> Underlag:
    """The underlag as ``mottagare`` may see it; without one, nothing intern is left.

    Raw texts are always left out, and so are small counts about individuals, whoever the receiver is.
    """
    answers = tuple(hide_counts(underlag))
    if mottagare is None or not mottagare.ser_intern:
        answers = tuple(post._replace(svar=post.svar.model_copy(update={"intern": None})) for post in answers)
    return replace(underlag, filer={}, tabeller=hide_small(underlag), svar=answers)


def hide_counts(underlag: Underlag) -> list[Svarspost]:
    """The answers, where those about individuals have no events left, only how many of each kind.

    The events go, not only small ones: nothing is to add them up over the quarters, date them or compare them. The
    place of the work goes too, which the rules don't allow there.
    """
    told = {insats.id: insats.redovisa_antal for _, insats, _ in underlag.insatser() if insats.individinsats}
    return [_counted(post, told=told[post.svar.insats]) if post.svar.insats in told else post for post in underlag.svar]


def _counted(post: Svarspost, *, told: bool) -> Svarspost:
    """An answer with its counts by unit; below five they are few, which 0 is too.

    With three kinds or more, one may be two others together: where one is small, the others are then not told either.
    """
    sums: dict[str, tuple[str, int]] = {}
    for handelse in post.svar.utfall.handelser:
        unit = handelse.vad or "tillfällen"
        first, number = sums.get(fold(unit), (unit, 0))
        sums[fold(unit)] = (first, number + handelse.antal)
    few = any(number < SMALL for _, number in sums.values())
    vague = few and len(sums) > _MOST_UNITS

    def shown(number: int) -> int | Literal["fa", "manga"]:
        return "fa" if number < SMALL else "manga" if vague else number

    utfall = post.svar.utfall.model_copy(update={"handelser": ()})
    return post._replace(
        svar=post.svar.model_copy(update={"utfall": utfall, "plats": None}),
        individantal=tuple(Individantal(unit, shown(number)) for unit, number in sums.values() if told),
    )


def hide_small(underlag: Underlag) -> tuple[Tabell, ...]:
    """The tables without their raw text, and without what would say something about individuals.

    A protected series (``skydda_sma_tal``) loses every count below five, and the sums and later figures that would
    give such a count away are taken out with it (:mod:`uppfoljning.facts.redact.small_counts`).
    """
    dolt = find_hidden(underlag)
    return tuple(_without(tabell, dolt, underlag.overenskommelse.kommun) for tabell in underlag.tabeller)


def safe_warnings(underlag: Underlag, varningar: Sequence[Problem]) -> tuple[Problem, ...]:
    """The warnings as a report may print them: one that states a figure of a table that has lost some is not told.

    ``underlag`` is as redacted.
    """
    lost = {t.fil for t in underlag.tabeller if any(serie.dolda for serie in t.serier)}
    return tuple(
        p._replace(meddelande=UNTOLD) if p.plats.fil in lost and _NUMBER.search(_plain(p.meddelande)) else p
        for p in varningar
    )


def warnings_for(underlag: Underlag, varningar: Sequence[Problem], mottagare: Forum | None) -> tuple[Problem, ...]:
    """The warnings that ``mottagare`` may see: none about an intern note where those may not be seen.

    ``underlag`` is as read, since the places of the texts are needed.
    """
    if mottagare is not None and mottagare.ser_intern:
        return tuple(varningar)
    intern = [span for post in underlag.svar if post.svar.intern for span in _span_of_intern(underlag, post)]
    return tuple(p for p in varningar if not any(start <= p.plats < end for start, end in intern))


def _span_of_intern(underlag: Underlag, post: Svarspost) -> Iterator[tuple[Plats, Plats]]:
    """Where an intern note begins, and where whatever stands after it does."""
    file = underlag.filer.get(post.kalla.fil)
    path = (*post.vag, "intern")
    key = file.key_place(path) if file is not None else None
    if file is None or key is None:
        return
    begins = sorted(begin for begin in _begins(file.nod(())) if begin > key)
    # The first that begins after the key is the note itself.
    yield Plats(file.fil, *key), Plats(file.fil, *(begins[1] if len(begins) > 1 else (len(file.rader) + 1, 0)))


def _begins(nod: Nod | None) -> Iterator[tuple[int, int]]:
    """Where every key and value begins."""
    if nod is None:
        return
    yield nod.rad, nod.kolumn
    yield from nod.nycklar.values()
    for child in nod.barn.values() if isinstance(nod.barn, dict) else nod.barn or ():
        yield from _begins(child)


def _without(tabell: Tabell, dolt: Dolt, kommun: str) -> Tabell:
    if not dolt.alla:
        return replace(tabell, rutnat=None)
    serier, names = [], []
    for serie in tabell.serier:
        row = Tabellrad.of(tabell, serie, kommun)
        hidden = {ar for ar in serie.varden if row.siffra(ar) in dolt.alla}
        if not hidden:
            serier.append(serie)
            continue
        names.append(fold(serie.nyckel.namn))
        # Another extract may have the small count; '<5' is then not true here.
        few = {
            ar
            for ar in hidden
            if row.siffra(ar) in dolt.sma and (tabell.enhet != "antal" or row.varden.get(ar, 0) < SMALL)
        }
        values = {ar: None if ar in hidden else value for ar, value in serie.varden.items()}
        serier.append(replace(serie, varden=values, platser={}, dolda=frozenset(hidden), sma=frozenset(few)))

    def safe(notes: tuple[Not, ...]) -> tuple[Not, ...]:
        return tuple(Not(n.var, UNTOLD) if _tells_number(n, names) else n for n in notes)

    return replace(
        tabell,
        serier=tuple(serier),
        rutnat=None,
        rattelser=safe(tabell.rattelser),
        anmarkningar=safe(tabell.anmarkningar),
        avvikelser=safe(tabell.avvikelser),
    )


def _tells_number(note: Not, names: Sequence[str]) -> bool:
    """Whether a note about a row that has lost a figure holds a number other than a year."""
    about = fold(f"{note.var}{note.text}")
    named = not note.var or any(name in about for name in names)
    return named and bool(_NUMBER.search(_plain(note.text)))


def _plain(text: str) -> str:
    return re.sub(r"\b(?:19|20)[0-9]{2}\b", "", text).lower()
