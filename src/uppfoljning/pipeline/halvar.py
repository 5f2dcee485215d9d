"""The pipeline for the half-yearly report, the final one and the paper that goes with them to a committee."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from uppfoljning import __version__
from uppfoljning.errors import DataError, UsageError
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.model.period import Halvar
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.kvartal import Rapport, choose_period, half_year_context, reported_imprint

if TYPE_CHECKING:
    from uppfoljning.facts.compare.avtryck import Avtryck
    from uppfoljning.facts.lage import Lage
    from uppfoljning.model import Forum
    from uppfoljning.model.underlag import Underlag
    from uppfoljning.report.halvar.report import Halvarsstoff
    from uppfoljning.report.views.halvar import Halvarsvy


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
    from uppfoljning.facts.redact.redact import choose_mottagare

    if forum is not None:
        return choose_mottagare(underlag, forum)
    avtal = underlag.overenskommelse
    named = [f for r in avtal.kalender.redovisningar if r.halvar == halvar for f in r.forum]
    known = [f for f in avtal.forum if f.id in named] or list(avtal.forum)
    return next((f for f in known if not f.ser_intern), known[0] if known else None)


def halvarsrapport(
    granskat: Granskat, halvar: Halvar | None, per: date | None, forum: str | None, *, slut: bool
) -> Rapport:
    """The half-yearly report for a forum; with ``slut`` the final report over the whole period up to that half-year.

    Nothing intern is in it, whoever receives it. Raises :class:`UsageError` for a period or forum that isn't there.
    """
    from uppfoljning.output.html import render_html
    from uppfoljning.report.halvar.sections import halvar_sections

    if granskat.underlag is None:
        raise DataError(granskat.problem)
    chosen = choose_half_year(granskat.underlag, halvar)
    mottagare = choose_forum(granskat.underlag, chosen, forum)
    vy = halvarsvy(granskat, chosen, per, mottagare, slut=slut)
    name = "-".join(filter(None, (str(chosen), vy.slag, mottagare.id if mottagare is not None else "")))
    html = render_html(vy, "halvar.html.j2", halvar_sections(vy))
    return Rapport(name, html, vy, date.fromisoformat(vy.per_iso), vy.mottagare)


def has_diarienummer(rapport: Rapport) -> bool:
    """Whether the case of a half-yearly report has got its diarienummer."""
    from uppfoljning.report.views.halvar import Halvarsvy

    return isinstance(rapport.vy, Halvarsvy) and bool(rapport.vy.diarienummer)


def make_docx(rapport: Rapport, mall: bytes | None) -> bytes:
    """The paper that goes with a half-yearly report, as .docx.

    Raises what :func:`uppfoljning.output.word.write_docx` does.
    """
    from uppfoljning.output.word import write_docx
    from uppfoljning.report.halvar.skrivelse import paper_view
    from uppfoljning.report.views.halvar import Halvarsvy

    if not isinstance(rapport.vy, Halvarsvy):
        raise UsageError("En tjänsteskrivelse görs ur halvårsrapporten eller slutrapporten.")
    return write_docx(paper_view(rapport.vy), mall)


def halvarsvy(
    granskat: Granskat, halvar: Halvar, per: date | None, mottagare: Forum | None, *, slut: bool
) -> Halvarsvy:
    """The view of the report for ``mottagare``. ``granskat`` must be without faults."""
    from uppfoljning.facts.redact.redact import redact
    from uppfoljning.report.halvar.report import halvar_view
    from uppfoljning.report.sections.closed import earlier_closings

    if granskat.underlag is None:
        raise DataError(granskat.problem)
    underlag = redact(granskat.underlag, None)
    stoff = _material(granskat, underlag, halvar, per, slut=slut)
    extra = underlag.halvarsuppgifter(halvar, slut=slut).model_dump_json()
    versions = [
        ("Verktyg", f"uppfoljning {__version__}."),
        ("Data", f"Kontrollsumma {fingerprint(underlag, stoff.lage, extra)}."),
        *earlier_closings(half_year_context(granskat, halvar), "Halvåret"),
    ]
    return halvar_view(underlag, stoff, mottagare, versions)


def _material(granskat: Granskat, underlag: Underlag, halvar: Halvar, per: date | None, *, slut: bool) -> Halvarsstoff:
    """The states of the report's quarters, and what the change is counted from."""
    from uppfoljning.facts.lage import merge
    from uppfoljning.report.halvar.report import Halvarsstoff
    from uppfoljning.report.kvartal.report import imprint, not_later

    known = [q for q in underlag.kvartal() if q.start <= halvar.slut]
    mine = known if slut else [q for q in known if q.start >= halvar.start]
    lage = choose_period(underlag, mine[-1], per)
    earlier = [merge(underlag, q) for q in mine[:-1]]
    lagen = (*(not_later(underlag, e, lage) for e in earlier), lage)
    before = [q for q in known if q < mine[0]]
    start: Lage | None = merge(underlag, before[-1]) if before else lagen[0] if len(lagen) > 1 else None
    fran: Avtryck | None = reported_imprint(granskat, start) if start is not None else None
    if start is not None and (fran is None or fran.per > lage.per):  # a comparison never goes back in time
        fran = imprint(underlag, not_later(underlag, start, lage))
    return Halvarsstoff(halvar, lagen, fran, Halvar.of(before[-1].start) if before else None, slut)
