"""The pipeline for the half-yearly report, the final one and the paper that goes with them to a committee."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from uppfoljning import __version__
from uppfoljning.errors import DataError, UsageError
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.model.period import Halvar
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kvartal import choose_period, reported_imprint

if TYPE_CHECKING:
    from uppfoljning.facts.compare.keys import Avtryck
    from uppfoljning.facts.compare.since_closing import Sammanhang
    from uppfoljning.facts.lage import Lage
    from uppfoljning.model import Forum
    from uppfoljning.model.codes import Rapportslag
    from uppfoljning.model.underlag import Underlag
    from uppfoljning.report.halvar.report import Halvarsstoff
    from uppfoljning.report.sections.avsnitt import Rapportdel
    from uppfoljning.report.views.halvar import Halvarsvy
    from uppfoljning.report.views.skrivelse import Skrivelsevy


def choose_half_year(underlag: Underlag, halvar: Halvar | None) -> Halvar:
    """The half-year asked for, else the latest whose last quarter has answers, else the latest that has any.

    One that has only begun gives way: nobody owes an answer yet for its last quarter. Raises :class:`UsageError` for
    one outside the agreement.
    """
    from uppfoljning.facts.lage import latest_kvartal

    known = sorted({Halvar.of(q.start) for q in underlag.kvartal()})
    over = (h for h in known if is_answered(underlag, h))
    chosen = halvar or max(over, default=Halvar.of(latest_kvartal(underlag).start))
    if chosen not in known:
        raise UsageError(f"{chosen} ligger utanför överenskommelsen, som omfattar {known[0]} till {known[-1]}.")
    return chosen


def is_answered(underlag: Underlag, halvar: Halvar) -> bool:
    """Whether there are answers for the last of the agreement's quarters in a half-year."""
    last = max(q for q in underlag.kvartal() if q.start <= halvar.slut)
    return any(post.kvartal == last for post in underlag.svar)


def choose_forum(underlag: Underlag, halvar: Halvar, forum: str | None) -> Forum | None:
    """The forum named, else the one that the half-year is presented to and that sees nothing intern, else the first.

    Raises :class:`UsageError` when no forum has that name.
    """
    from uppfoljning.pipeline.receiver import choose_mottagare

    if forum is not None:
        return choose_mottagare(underlag, forum)
    avtal = underlag.overenskommelse
    named = [f for r in avtal.kalender.redovisningar if r.halvar == halvar for f in r.forum]
    known = [f for f in avtal.forum if f.id in named] or list(avtal.forum)
    return next((f for f in known if not f.ser_intern), known[0] if known else None)


def half_year_context(granskat: Granskat, halvar: Halvar) -> Sammanhang | None:
    """What a half-year's report takes from closed quarters. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None or granskat.underlag is None or granskat.frysta is None:
        return granskat.sammanhang
    from uppfoljning.facts.compare.since_closing import half_year_context as context

    return context(granskat.underlag, granskat.frysta, halvar)


def half_year_sections(vy: Halvarsvy) -> tuple[Rapportdel, ...]:
    """The sections of the report."""
    from uppfoljning.report.halvar.sections import halvar_sections

    return halvar_sections(vy)


def skrivelse(vy: Halvarsvy) -> Skrivelsevy:
    """The view of the paper that goes with the report."""
    from uppfoljning.report.halvar.skrivelse import paper_view

    return paper_view(vy)


def halvarsvy(
    granskat: Granskat, halvar: Halvar, per: date | None, mottagare: Forum | None, slag: Rapportslag
) -> Halvarsvy:
    """The view for ``mottagare`` of the report on the half-year, or of the final one, on the whole time up to it.

    Nothing intern is in it, whoever receives it. ``granskat`` must be without faults.
    """
    from uppfoljning.facts.redact.redact import redact
    from uppfoljning.report.halvar.report import halvar_view
    from uppfoljning.report.sections.closed import earlier_closings

    if granskat.underlag is None:
        raise DataError(granskat.problem)
    underlag = redact(granskat.underlag, None)
    stoff = _material(granskat, underlag, halvar, per, slag)
    extra = underlag.halvarsuppgifter(halvar, slut=stoff.slut).model_dump_json()
    versions = [
        ("Verktyg", f"uppfoljning {__version__}."),
        ("Data", f"Kontrollsumma {fingerprint(underlag, stoff.lage, extra)}."),
        *earlier_closings(half_year_context(granskat, halvar), "Halvåret"),
    ]
    return halvar_view(underlag, stoff, mottagare, versions)


def _material(
    granskat: Granskat, underlag: Underlag, halvar: Halvar, per: date | None, slag: Rapportslag
) -> Halvarsstoff:
    """The states of the report's quarters, and what the change is counted from."""
    from uppfoljning.facts.lage import merge
    from uppfoljning.report.halvar.report import Halvarsstoff
    from uppfoljning.report.kvartal.report import imprint, not_later

    known = [q for q in underlag.kvartal() if q.start <= halvar.slut]
    mine = known if slag == "slut" else [q for q in known if q.start >= halvar.start]
    lage = choose_period(underlag, mine[-1], per)
    earlier = [merge(underlag, q) for q in mine[:-1]]
    lagen = (*(not_later(underlag, e, lage) for e in earlier), lage)
    before = [q for q in known if q < mine[0]]
    start: Lage | None = merge(underlag, before[-1]) if before else lagen[0] if len(lagen) > 1 else None
    fran: Avtryck | None = reported_imprint(granskat, start) if start is not None else None
    if start is not None and (fran is None or fran.per > lage.per):  # a comparison never goes back in time
        fran = imprint(underlag, not_later(underlag, start, lage))
    forra = Halvar.of(before[-1].start) if before else None
    return Halvarsstoff(halvar, lagen, fran, forra, slag, half_year_context(granskat, halvar))
