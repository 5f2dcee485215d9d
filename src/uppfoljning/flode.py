"""The pipeline as functions: what every command, preview or other caller goes through.

YAML → model → merged state at a period → report view → HTML → PDF. Nothing here knows of the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning import __version__
from uppfoljning.check import check, check_text
from uppfoljning.errors import DataError, UsageError
from uppfoljning.load import load
from uppfoljning.problem import Plats, Problem
from uppfoljning.underlag import Underlag

# The stations after the rules are imported where they are used: `validera` stops before them and must feel instant.
if TYPE_CHECKING:
    from uppfoljning.avtryck import Avtryck
    from uppfoljning.efterhand import Sammanhang
    from uppfoljning.frysning import Frysta
    from uppfoljning.model import Forum
    from uppfoljning.pdf import Pdf
    from uppfoljning.period import Halvar, Kvartal
    from uppfoljning.report.halvarsvy import Halvarsvy
    from uppfoljning.report.motesvy import Jamforvy
    from uppfoljning.report.view import Rapportvy
    from uppfoljning.state import Lage


_MAX_PER_FILE = 100


class Granskat(NamedTuple):
    """What was read, and everything there is to say about it, in order of place.

    ``frysta`` are the closed periods. ``sammanhang`` is what a report took from them when it is made again.
    """

    underlag: Underlag | None
    problem: tuple[Problem, ...]
    frysta: Frysta | None = None
    sammanhang: Sammanhang | None = None

    @property
    def fel(self) -> tuple[Problem, ...]:
        """Only the faults that stop a report."""
        return tuple(p for p in self.problem if p.niva == "fel")

    @property
    def varningar(self) -> tuple[Problem, ...]:
        """Only the warnings."""
        return tuple(p for p in self.problem if p.niva == "varning")


def granska(project: Path) -> Granskat:
    """Read the project folder and find every problem in it; paths are as seen from that folder."""
    inlast = load(project)
    problems = list(inlast.problem)
    if inlast.underlag is not None:
        problems += check(inlast.underlag)
    problems += check_text(inlast.filer.values(), inlast.rutnat)
    frysta = None
    if inlast.frysta:
        from uppfoljning.frysfil import read_frysta

        frysta, damaged = read_frysta(project)
        problems += damaged
    wrong = {p.plats for p in problems if p.niva == "fel"}
    problems = [p for p in problems if p.kod != "tecken-saknas" or p.plats not in wrong]
    unique = {(p.plats, p.kod, p.meddelande): p for p in problems}
    return Granskat(inlast.underlag, tuple(_limit(sorted(unique.values(), key=lambda p: p.sort_key))), frysta)


def _limit(problems: list[Problem]) -> Iterator[Problem]:
    """At most some problems from each file, and a last one that counts the rest: nobody reads ten thousand."""
    told: dict[str, int] = {}
    for problem in problems:
        told[problem.plats.fil] = told.get(problem.plats.fil, 0) + 1
        if told[problem.plats.fil] <= _MAX_PER_FILE:
            yield problem
    for fil, number in told.items():
        if number > _MAX_PER_FILE:
            rest = number - _MAX_PER_FILE
            yield Problem(Plats(fil), "fler", f"Och {rest} till i samma fil.", "Rätta de första och kör igen.")


class Rapport(NamedTuple):
    """A report ready to be written: its name without ending, its HTML, the view it shows, and whom it is for."""

    namn: str
    html: str
    vy: Rapportvy | Halvarsvy
    datum: date
    mottagare: str = ""


def choose_period(underlag: Underlag, kvartal: Kvartal | None, per: date | None) -> Lage:
    """The state at the quarter asked for, else at the latest that has answers.

    Raises :class:`UsageError` for a quarter outside the agreement, or a reference date before the quarter.
    """
    from uppfoljning.state import latest_kvartal, merge

    chosen = kvartal or latest_kvartal(underlag)
    known = underlag.kvartal()
    if chosen not in known:
        raise UsageError(f"{chosen} ligger utanför överenskommelsen, som omfattar {known[0]} till {known[-1]}.")
    if per is not None and per < chosen.start:
        raise UsageError(
            f"Referensdagen {per.isoformat()} ligger före {chosen}, som börjar {chosen.start.isoformat()}."
        )
    later = next((q for q in known if q > chosen), None)
    if per is not None and later is not None and per >= underlag.sista_svarsdag(later):
        raise UsageError(
            f"Referensdagen {per.isoformat()} ligger efter sista svarsdag för {later}, vars svar inte ingår i "
            f"{chosen}. Ange {later} eller en tidigare dag."
        )
    return merge(underlag, chosen, per)


def kvartalsvy(granskat: Granskat, kvartal: Kvartal | None, per: date | None, mottagare: Forum | None) -> Rapportvy:
    """The quarterly report's view as ``mottagare`` may see it; without one, nothing intern is in it.

    ``granskat`` must be without faults.
    """
    if granskat.underlag is None:
        raise DataError(granskat.problem)
    from uppfoljning.redact import redact, safe_warnings, warnings_for
    from uppfoljning.report import kvartal_view

    underlag = redact(granskat.underlag, mottagare)
    lage = choose_period(underlag, kvartal, per)
    versions = [("Verktyg", f"uppfoljning {__version__}."), ("Data", f"Kontrollsumma {fingerprint(underlag, lage)}.")]
    warnings = safe_warnings(underlag, warnings_for(granskat.underlag, granskat.varningar, mottagare))
    return kvartal_view(underlag, lage, mottagare, warnings, versions, sammanhang(granskat, lage))


def sammanhang(granskat: Granskat, lage: Lage) -> Sammanhang | None:
    """What a quarter's report takes from closed quarters. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None or granskat.underlag is None or granskat.frysta is None:
        return granskat.sammanhang
    from uppfoljning.efterhand import context
    from uppfoljning.redact import redact

    return context(redact(granskat.underlag, None), granskat.frysta, lage.kvartal, lage.per)


def half_year_context(granskat: Granskat, halvar: Halvar) -> Sammanhang | None:
    """What a half-year's report takes from closed quarters. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None or granskat.underlag is None or granskat.frysta is None:
        return granskat.sammanhang
    from uppfoljning.efterhand import half_year_context as context

    return context(granskat.underlag, granskat.frysta, halvar)


def kvartalsrapport(granskat: Granskat, kvartal: Kvartal | None, per: date | None, forum: str | None) -> Rapport:
    """The quarterly report for the forum named, else for the one that may see intern notes."""
    if granskat.underlag is None:
        raise DataError(granskat.problem)
    from uppfoljning.redact import choose_mottagare
    from uppfoljning.render import render_html

    mottagare = choose_mottagare(granskat.underlag, forum)
    vy = kvartalsvy(granskat, kvartal, per, mottagare)
    suffix = f"-{mottagare.id}" if forum is not None and mottagare is not None else ""
    day = date.fromisoformat(vy.per_iso)
    return Rapport(f"{vy.period}-kvartal{suffix}", render_html(vy, "kvartal.html.j2"), vy, day)


def jamforelse(granskat: Granskat, fran: Kvartal | None, till: Kvartal | None) -> Jamforvy:
    """What has changed between two quarters, nothing intern in it.

    Without the later, the latest that has answers; without the earlier, the one before it. Raises :class:`UsageError`
    for a quarter outside the agreement, and when there are no two quarters to compare.
    """
    if granskat.underlag is None:
        raise DataError(granskat.problem)
    from uppfoljning.redact import redact
    from uppfoljning.report import compare_view, previous

    underlag = redact(granskat.underlag, None)
    later = choose_period(underlag, till, None)
    earlier = previous(underlag, later) if fran is None else choose_period(underlag, fran, None)
    if earlier is None:
        raise UsageError(f"{later.kvartal} är överenskommelsens första kvartal. Ange ett senare att jämföra det med.")
    if earlier.kvartal == later.kvartal:
        raise UsageError(f"Ange två olika kvartal: båda är {later.kvartal}.")
    first, last = sorted((earlier, later), key=lambda lage: lage.kvartal)
    return compare_view(underlag, first, last, reported_imprint(granskat, first), reported_imprint(granskat, last))


def reported_imprint(granskat: Granskat, lage: Lage) -> Avtryck | None:
    """What was reported of a quarter, when it is closed. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None:
        return granskat.sammanhang.reported_of(lage.kvartal)
    frysning = granskat.frysta.kvartal().get(lage.kvartal) if granskat.frysta is not None else None
    if frysning is None:
        return None
    from uppfoljning.efterhand import frozen_imprint, reported

    return reported(frozen_imprint(frysning))


def fingerprint(underlag: Underlag, lage: Lage, extra: str = "") -> str:
    """A short checksum of the data that the receiver's report stands on, independent of files and their order.

    ``extra`` is what only this kind of report stands on.
    """
    import hashlib

    from uppfoljning.uttag import is_known

    parts = [underlag.overenskommelse.model_dump_json(), *(h.model_dump_json() for h in underlag.huvudomraden)]
    parts += sorted(
        f"{p.kvartal} {p.aktor} {p.lamnad} {p.exempel} {p.svar.model_dump_json()} {p.antal_text}"
        for p in underlag.svar
        if p.kvartal <= lage.kvartal
    )
    parts += [
        underlag.indikatorer.model_dump_json(),
        *sorted(t.text for t in underlag.tabeller if is_known(t, lage.kvartal)),
        extra,
        *sorted(
            f"{post.halvar} {case.forum} {case.sammantrade}"
            for post in underlag.halvar
            for case in post.uppgifter.arenden
            if case.sammantrade is not None and not post.slut
        ),
        *sorted(
            f"{b.insats} {b.aktor} {b.exempel} {b.beslut.model_dump_json()}"
            for b in underlag.beslut
            if b.beslut.datum <= lage.per
        ),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]


def make_html(rapport: Rapport) -> bytes:
    """The report as a single HTML file. Raises what :func:`uppfoljning.render.self_contained` raises."""
    from uppfoljning.render import self_contained

    return self_contained(rapport.html).encode("utf-8")


def make_pdf(rapport: Rapport) -> Pdf:
    """The report as PDF with its view attached as JSON. Raises what :func:`uppfoljning.pdf.write_pdf` raises."""
    from uppfoljning.export import as_json
    from uppfoljning.pdf import Bilaga, write_pdf
    from uppfoljning.render import templates_folder
    from uppfoljning.report.siffercsv import as_csv

    bilagor = [Bilaga(f"{rapport.namn}.json", "Rapportens innehåll som data", as_json(rapport.vy))]
    if rapport.vy.statistik.tabeller:
        bilagor.append(Bilaga(f"{rapport.namn}-siffror.csv", "Rapportens siffror som tabell", as_csv(rapport.vy)))
    day = datetime(rapport.datum.year, rapport.datum.month, rapport.datum.day)
    return write_pdf(rapport.html, templates_folder() / "fonts", day, tuple(bilagor))
