"""What may tell a small number of people though the tool withholds it: a free text, or another source's figures.

A count below five is never printed for an insats about individuals; a text that says 'tre ungdomar' would say it all
the same. What tells such a number is a matter of :mod:`uppfoljning.text.few_people.find`.
"""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.check.tables import head_place
from uppfoljning.facts.redact.small_counts import Tabellrad
from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.check import find_cell
from uppfoljning.model.fields import Modell
from uppfoljning.model.tabell import Tabell
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.few_people.find import find_few
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold

_NO_TEXT = frozenset({"diarienummer"})


def check_small_numbers(underlag: Underlag) -> Iterator[Problem]:
    """No text about individuals says how few they are: in answers, recorded decisions and an insats's own changes."""
    individual = {i.id: (i, vag) for _, i, vag in underlag.hela_insatser() if i.individinsats}
    for insats, vag in individual.values():
        for i, change in enumerate(insats.historik):
            yield from _check(underlag, insats.id, underlag.insatsfil, (*vag, "historik", i), change)
        if insats.malsattning is not None:
            yield from _check(underlag, insats.id, underlag.insatsfil, (*vag, "malsattning"), insats.malsattning)
    for post in underlag.svar:
        if post.svar.insats in individual:
            yield from _check(underlag, post.svar.insats, post.kalla.fil, post.vag, post.svar)
    for beslut in underlag.beslut:
        if beslut.insats in individual:
            yield from _check(underlag, beslut.insats, beslut.kalla.fil, beslut.vag, beslut.beslut)


def _check(underlag: Underlag, insats: str, fil: str, vag: Vag, found: object) -> Iterator[Problem]:
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
        f"Texten säger hur få det är, och {insats} handlar om enskilda: antal under fem redovisas inte.",
        "Skriv i allmänna ordalag, till exempel ”några” eller ”färre än fem”.",
    )
    file = underlag.filer.get(fil)
    nod = file.nod(vag) if file is not None else None
    place = file.place_of_part(nod, start, end) if file is not None and nod is not None else None
    if file is None or place is None:
        return underlag.problem(fil, vag, *told, "varning")
    return file.problem_at(place[0], place[1], *told, place[2], "varning")


def check_other_sources(underlag: Underlag) -> Iterator[Problem]:
    """Another source's figures of the same area and period may give away a protected series: someone has to look.

    That it has been done is told by an anmärkning on the series in the other source's file.
    """
    for indikator in underlag.indikatorer.indikatorer:
        name = indikator.serie or indikator.grupp
        own = [
            row
            for tabell in underlag.tabeller
            if indikator.skydda_sma_tal and tabell.kalla == indikator.kalla and tabell.period is not None
            for row in _rows(underlag, tabell)
            if row.is_protected(indikator)
        ]
        for tabell in underlag.tabeller if own and name else ():
            seen = any(fold(note.var) == fold(name or "") for note in tabell.anmarkningar)
            if tabell.kalla == indikator.kalla or seen:
                continue
            if any(_beside(one, other) for other in _rows(underlag, tabell) for one in own):
                yield _unseen(tabell, name or "", "serien" if indikator.serie else "gruppen")


def _rows(underlag: Underlag, tabell: Tabell) -> list[Tabellrad]:
    return [Tabellrad.of(tabell, serie, underlag.overenskommelse.kommun) for serie in tabell.serier]


def _beside(one: Tabellrad, other: Tabellrad) -> bool:
    """Whether two rows are about the same area and period in some year."""
    same = one.rad[0] == other.rad[0] and one.tabell.period == other.tabell.period
    return same and not one.varden.keys().isdisjoint(other.varden)


def _unseen(tabell: Tabell, name: str, what: str) -> Problem:
    rutnat = tabell.rutnat or Rutnat(tabell.fil, ())
    return rutnat.problem(
        find_cell(rutnat.tabell, head_place(tabell, "kalla")),
        "annan-kalla-for-skyddad-serie",
        f"Källan {tabell.kalla} har siffror för samma område och period som den skyddade {what} {name}: små tal kan "
        "räknas fram genom att källorna jämförs.",
        "Se till att varje rad här som är summan av andra heter det (Summa, Totalt eller Samtliga först eller sist i "
        f"namnet), så göms den vid behov. Skriv sedan före tabellen att det är prövat: anmarkning;{name};Prövat: inget "
        "litet tal kan räknas fram härifrån.",
        "varning",
    )


RULES = (check_small_numbers, check_other_sources)
