"""The stations of the quarterly report, of the state and of the comparison: merged state at a quarter → view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from uppfoljning import __version__
from uppfoljning.errors import DataError, UsageError
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.model.underlag import Underlag
from uppfoljning.pipeline.granska import Granskat

if TYPE_CHECKING:
    from uppfoljning.facts.compare.keys import Avtryck
    from uppfoljning.facts.compare.since_closing import Sammanhang
    from uppfoljning.facts.lage import Lage
    from uppfoljning.model import Forum
    from uppfoljning.model.period import Kvartal
    from uppfoljning.report.sections.avsnitt import Rapportdel
    from uppfoljning.report.views.kvartal import Rapportvy
    from uppfoljning.report.views.parts import Jamforvy


# The stations after the rules are imported where they are used: `validera` stops before them and must feel instant.


def choose_period(underlag: Underlag, kvartal: Kvartal | None, per: date | None) -> Lage:
    """The state at the quarter asked for, else at the latest that has answers.

    Raises :class:`UsageError` for a quarter outside the agreement, or a reference date before the quarter.
    """
    from uppfoljning.facts.lage import merge

    chosen = choose_quarter(underlag, kvartal)
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


def choose_quarter(underlag: Underlag, kvartal: Kvartal | None) -> Kvartal:
    """The quarter asked for, else the latest that has answers."""
    from uppfoljning.facts.lage import latest_kvartal

    return kvartal or latest_kvartal(underlag)


def quarter_forum(underlag: Underlag, kvartal: Kvartal, forum: str | None) -> Forum | None:
    """The forum named, else the one that runs the quarter's meeting. Raises :class:`UsageError`."""
    from uppfoljning.pipeline.receiver import choose_mottagare

    return choose_mottagare(underlag, forum)


def kvartalsvy(granskat: Granskat, kvartal: Kvartal | None, per: date | None, mottagare: Forum | None) -> Rapportvy:
    """The quarterly report's view as ``mottagare`` may see it; without one, nothing intern is in it.

    ``granskat`` must be without faults.
    """
    if granskat.underlag is None:
        raise DataError(granskat.problem)
    from uppfoljning.facts.redact.redact import redact, safe_warnings, warnings_for
    from uppfoljning.report.kvartal.report import kvartal_view

    underlag = redact(granskat.underlag, mottagare)
    lage = choose_period(underlag, kvartal, per)
    versions = [("Verktyg", f"uppfoljning {__version__}."), ("Data", f"Kontrollsumma {fingerprint(underlag, lage)}.")]
    warnings = safe_warnings(underlag, warnings_for(granskat.underlag, granskat.varningar, mottagare))
    return kvartal_view(underlag, lage, mottagare, warnings, versions, quarter_context(granskat, lage))


def quarter_sections(vy: Rapportvy) -> tuple[Rapportdel, ...]:
    """The sections of the report."""
    from uppfoljning.report.kvartal.sections import kvartal_sections

    return kvartal_sections(vy)


def quarter_context(granskat: Granskat, lage: Lage) -> Sammanhang | None:
    """What a quarter's report takes from closed quarters. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None or granskat.underlag is None or granskat.frysta is None:
        return granskat.sammanhang
    from uppfoljning.facts.compare.since_closing import context
    from uppfoljning.facts.redact.redact import redact

    return context(redact(granskat.underlag, None), granskat.frysta, lage.kvartal, lage.per)


def jamforelse(granskat: Granskat, fran: Kvartal | None, till: Kvartal | None) -> Jamforvy:
    """What has changed between two quarters, nothing intern in it.

    Without the later, the latest that has answers; without the earlier, the one before it. Raises :class:`UsageError`
    for a quarter outside the agreement, and when there are no two quarters to compare.
    """
    if granskat.underlag is None:
        raise DataError(granskat.problem)
    from uppfoljning.facts.redact.redact import redact
    from uppfoljning.report.kvartal.report import compare_view, previous

    underlag = redact(granskat.underlag, None)
    later = choose_period(underlag, till, None)
    earlier = previous(underlag, later) if fran is None else choose_period(underlag, fran, None)
    if earlier is None:
        raise UsageError(f"{later.kvartal} är överenskommelsens första kvartal. Ange ett senare att jämföra det med.")
    if earlier.kvartal == later.kvartal:
        raise UsageError(f"Ange två olika kvartal: båda är {later.kvartal}.")
    first, last = sorted((earlier, later), key=lambda lage: lage.kvartal)
    imprints = reported_imprint(granskat, first), reported_imprint(granskat, last)
    return compare_view(underlag, first, last, *imprints, quarter_context(granskat, last))


def reported_imprint(granskat: Granskat, lage: Lage) -> Avtryck | None:
    """What was reported of a quarter, when it is closed. Raises :class:`uppfoljning.errors.SkadadError`."""
    if granskat.sammanhang is not None:
        return granskat.sammanhang.reported_of(lage.kvartal)
    frysning = granskat.frysta.kvartal().get(lage.kvartal) if granskat.frysta is not None else None
    if frysning is None:
        return None
    from uppfoljning.facts.compare.since_closing import frozen_imprint, reported

    return reported(frozen_imprint(frysning))
