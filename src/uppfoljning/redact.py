"""What a receiver may not see is taken out here, before any view is made, and never in a template."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.errors import UsageError
from uppfoljning.indikator import belongs
from uppfoljning.model import Forum
from uppfoljning.statistik import Tabell
from uppfoljning.swedish import suggest
from uppfoljning.underlag import Underlag

SMALL = 5
"""Counts about individuals below this are not shown."""


def choose_mottagare(underlag: Underlag, forum: str | None) -> Forum | None:
    """The receiver: the forum named, else the first that may see intern notes; None when there is none such.

    Raises :class:`UsageError` when no forum has that name.
    """
    known = underlag.overenskommelse.forum
    if forum is None:
        return next((f for f in known if f.ser_intern), None)
    for candidate in known:
        if candidate.id == forum:
            return candidate
    raise UsageError(f'Forumet "{forum}" finns inte. {suggest(forum, (f.id for f in known), "Forumen är")}'.rstrip())


def redact(underlag: Underlag, mottagare: Forum | None) -> Underlag:
    """The underlag as ``mottagare`` may see it; without one, nothing intern is left. Raw texts are always left out."""
    if mottagare is not None and mottagare.ser_intern:
        return replace(underlag, filer={}, tabeller=hide_small(underlag))
    return replace(
        underlag,
        filer={},
        tabeller=hide_small(underlag),
        svar=tuple(post._replace(svar=post.svar.model_copy(update={"intern": None})) for post in underlag.svar),
    )


def hide_small(underlag: Underlag) -> tuple[Tabell, ...]:
    """The tables without their raw text, and without what would say something about individuals.

    A protected series (``skydda_sma_tal``) loses every count below five, and its group's sum loses those years too:
    otherwise the count is the sum minus the rest.
    """
    return tuple(_hide(underlag, tabell) for tabell in underlag.tabeller)


def _hide(underlag: Underlag, tabell: Tabell) -> Tabell:
    kommun = underlag.overenskommelse.kommun
    protected = [i for i in underlag.indikatorer.indikatorer if i.skydda_sma_tal]
    hidden: dict[tuple[str, ...], frozenset[int]] = {}
    for serie in tabell.serier:
        if any(belongs(i, serie, tabell, kommun) for i in protected):
            small = frozenset(ar for ar, v in serie.varden.items() if v is not None and v < SMALL)
            hidden[serie.nyckel.folded[:2]] = hidden.get(serie.nyckel.folded[:2], frozenset()) | small
            hidden[serie.nyckel.folded] = small
    serier = []
    for serie in tabell.serier:
        years = hidden.get(serie.nyckel.folded[:2] if serie.is_sum else serie.nyckel.folded, frozenset())
        values = {ar: None if ar in years else value for ar, value in serie.varden.items()}
        serier.append(replace(serie, varden=values, platser={}, dolda=years) if years else serie)
    return replace(tabell, serier=tuple(serier), rutnat=None)
