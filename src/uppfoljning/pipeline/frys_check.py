"""What is closed: the report for a forum, whether it can be made again, and what has changed in the data since."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning import __version__
from uppfoljning.errors import SkadadError, UsageError
from uppfoljning.facts.compare.since_closing import context, read_context
from uppfoljning.facts.redact.redact import redact
from uppfoljning.load.frysta import frysta_mapp, read_fryst
from uppfoljning.model.frysning import Frystrapport
from uppfoljning.model.frysta import SAMMANHANG, UNDERLAG, Frysning, Frysta, last_quarter
from uppfoljning.output.formats import Rapport
from uppfoljning.output.versions import library_versions
from uppfoljning.pipeline.frys import CLOSED_AS, html_sum, reports_of
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.receiver import choose_mottagare
from uppfoljning.report.sections.closed import closed_view
from uppfoljning.report.views.parts import Stangtvy
from uppfoljning.text.swedish import lista

TOOL = "uppfoljning"


class RemadeReport(NamedTuple):
    """A closed report made again: whether its bytes are the same, and whether its text (the HTML) is."""

    fil: str
    same_bytes: bool
    same_text: bool


class ClosingCheck(NamedTuple):
    """What making a closed period again showed. ``differences``: what has another version now (name, then, now)."""

    rapporter: tuple[RemadeReport, ...]
    differences: tuple[tuple[str, str, str], ...]

    @property
    def as_expected(self) -> bool:
        """Whether the reports are the same bytes, or the same text by other libraries, or made by another version."""
        if self.differences and self.differences[0][0] == TOOL:
            return True
        return all(r.same_bytes or (r.same_text and self.differences) for r in self.rapporter)


def copy_of(project: Path, frysning: Frysning) -> Granskat:
    """The data of a closed period as they were, with what its report took from other closed ones.

    What another version closed had no faults by that version's rules, and is not judged by the rules of this one.
    Raises :class:`SkadadError` for data that this version can't read, or that have faults by the rules they were
    closed by.
    """
    folder = frysta_mapp(project) / str(frysning.period) / UNDERLAG
    granskat = granska(folder)
    if frysning.manifest.verktyg != f"uppfoljning {__version__}" and granskat.underlag is not None:
        granskat = granskat._replace(problem=granskat.varningar)
    if granskat.fel or granskat.underlag is None:
        first = granskat.fel[0]
        raise SkadadError(
            f"{frysning.period} stängdes med {frysning.manifest.verktyg}. Enligt den här versionen har underlaget då "
            f"fel: {first.plats}: {first.meddelande}"
        )
    sammanhang = read_context(read_fryst(project, frysning, f"{UNDERLAG}/{SAMMANHANG}"))
    return granskat._replace(sammanhang=sammanhang)


def control(project: Path, frysning: Frysning) -> ClosingCheck:
    """Make every report of a closed period again, and compare. Nothing is written."""
    copy = copy_of(project, frysning)
    made = {r.forum: r.rapport for r in reports_of(copy, frysning.period, frysning.manifest.per)}
    rows = []
    for listed in {(r.fil, r.html_sha256): r for r in frysning.manifest.rapporter}.values():
        rapport = _made(made, frysning, listed)
        same = CLOSED_AS.make(rapport, None).content == read_fryst(project, frysning, listed.fil)
        rows.append(RemadeReport(listed.fil, same, html_sum(rapport) == listed.html_sha256))
    now = {TOOL: __version__, **library_versions()}
    then = {TOOL: frysning.manifest.verktyg.rpartition(" ")[2], **frysning.manifest.bibliotek}
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    return ClosingCheck(tuple(rows), tuple((n, then.get(n, "saknas"), now.get(n, "saknas")) for n in names))


def report_for(granskat: Granskat, frysning: Frysning, forum: str | None) -> Frystrapport:
    """The closed report for a forum. Raises :class:`UsageError` when there was none for it."""
    known = {r.forum: r for r in frysning.manifest.rapporter}
    if forum in known:
        return known[forum]
    if granskat.underlag is not None:
        choose_mottagare(granskat.underlag, forum)
    there = lista([name for name in known if name is not None])
    raise UsageError(
        f'{frysning.period} är stängt, och då fanns ingen rapport för forumet "{forum}". Rapporter finns för: {there}. '
        f'Behövs en till: öppna igen med uppfoljning frys {frysning.period} --oppna --skal "…".'
    )


def report_again(project: Path, frysning: Frysning, wanted: Frystrapport) -> Rapport:
    """The closed report, made again, for another format than the one it is closed in.

    Raises :class:`UsageError` when this version doesn't make the very same text.
    """
    reports = reports_of(copy_of(project, frysning), frysning.period, frysning.manifest.per)
    rapport = _made({r.forum: r.rapport for r in reports if r.forum == wanted.forum}, frysning, wanted)
    if html_sum(rapport) != wanted.html_sha256:
        raise UsageError(
            f"{frysning.period} är stängt, och den här versionen av verktyget gör inte samma text. Använd PDF-filen, "
            f"som är den stängda rapporten, eller {frysning.manifest.verktyg}."
        )
    return rapport


def _made(made: Mapping[str | None, Rapport], frysning: Frysning, listed: Frystrapport) -> Rapport:
    """The report made again for the forum of a closed one. Raises :class:`SkadadError` when there is none."""
    if listed.forum not in made:
        raise SkadadError(
            f"data/frysta/{frysning.period}/frysning.yaml har en rapport för forumet {listed.forum}, som inte finns i "
            "underlaget bredvid: filen är ändrad."
        )
    return made[listed.forum]


def changed_since(granskat: Granskat, frysning: Frysning) -> Stangtvy:
    """What has changed in the data about a closed period, all of it. ``granskat`` must be without faults."""
    if granskat.underlag is None:
        return Stangtvy("", ())
    underlag = redact(granskat.underlag, None)
    kvartal = last_quarter(frysning.period, underlag.kvartal())
    only = Frysta({str(kvartal): dataclasses.replace(frysning, period=kvartal)})
    return closed_view(underlag, context(underlag, only, kvartal, frysning.manifest.per, date.max))
