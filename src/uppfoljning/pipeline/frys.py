"""Closes a quarter or a half-year and opens it again, as functions.

A closed period's reports are made from the copies of the data that lie beside them, so that they can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppfoljning import __version__
from uppfoljning.errors import MiljoError, UppfoljningError, UsageError
from uppfoljning.facts.compare.avtryck_json import Berattat, Frystavtryck, write_avtryck
from uppfoljning.facts.compare.since_closing import Sammanhang, full_imprint, write_context
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.redact.redact import redact
from uppfoljning.load.files import Refusal, move_folder, new_folder, read_regular, write_atomic
from uppfoljning.load.frysta import MAX_BYTES, frysta_mapp, numbers_in_history, read_frysning
from uppfoljning.model import Avstamning
from uppfoljning.model.frysning import Frysningsfil, Frystavstamning, Frystfil, Frystrapport, Jamford, Oppnadfil
from uppfoljning.model.frysta import (
    AVTRYCK,
    FORMAT,
    HISTORIK,
    INNEHALL,
    LAGET,
    MANIFEST,
    OPPNAD,
    RAPPORTER,
    SAMMANHANG,
    SUMMOR,
    UNDERLAG,
    VY,
    Frysning,
    Frysperiod,
    Frysta,
    checksum,
    describe,
    last_quarter,
    manifest_text,
    oppnad_text,
    quarters_of,
    sums_text,
)
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.output.formats import FORMATS, Rapport
from uppfoljning.output.versions import library_versions
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.kinds import kind_closing
from uppfoljning.pipeline.kvartal import choose_period, kvartalsvy
from uppfoljning.pipeline.report import data_sum, make_report
from uppfoljning.report.views.kvartal import Rapportvy
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.swedish import lista
from uppfoljning.words.common import clean

StateText = Callable[[Rapportvy], str]
"""The state in words, for ``laget.txt``."""
CLOSED_AS = FORMATS["pdf"]
"""The format that a period's reports are closed in."""


class NotAgreedError(UppfoljningError):
    """The parties have not agreed to the period; the message has the lines to add."""

    exit_code = 1


class PeriodReport(NamedTuple):
    """One of a period's reports: the forum asked for, None without one; and the checksum of the data it stands on."""

    forum: str | None
    rapport: Rapport
    data: str


def reports_of(granskat: Granskat, period: Frysperiod, per: date | None) -> Iterator[PeriodReport]:
    """The reports that belong to a period: what is made without naming a forum, and one for each forum."""
    underlag, kind = granskat.underlag, kind_closing(period)
    if underlag is None:
        return
    plain = redact(underlag, None)
    lage = choose_period(plain, last_quarter(period, plain.kvartal()), per)
    for name in (None, *(f.id for f in underlag.overenskommelse.forum)):
        rapport = make_report(kind, granskat, period, per, name)
        yield PeriodReport(name, rapport, data_sum(kind, underlag, period, lage, name))


def close(project: Path, granskat: Granskat, period: Frysperiod, per: date | None, laget: StateText) -> Frysning:
    """Close a period: write its folder, whole or not at all, and read it back.

    ``granskat`` must be without faults, and the period not closed already. Raises :class:`NotAgreedError`
    before the parties have agreed, :class:`UsageError` while answers are awaited, and :class:`MiljoError`.
    """
    underlag = granskat.underlag
    if underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    lage = choose_period(underlag, last_quarter(period, underlag.kvartal()), per)
    agreed = _agreed(underlag, period)
    _refuse_awaited(lage)
    kind = kind_closing(period)
    sammanhang = kind.context(granskat, period, lage) or Sammanhang()
    target = frysta_mapp(project) / str(period)
    with new_folder(target) as folder:
        _copy(project, underlag, folder / UNDERLAG)
        write_atomic(folder / UNDERLAG / SAMMANHANG, write_context(sammanhang).encode("utf-8"))
        copy = granska(folder / UNDERLAG)
        if copy.fel or copy.underlag is None:
            raise MiljoError(f"Underlaget ändrades medan {period} stängdes. Inget har ändrats; kör kommandot igen.")
        plain = redact(copy.underlag, None)
        copy = copy._replace(sammanhang=sammanhang)
        made = list(reports_of(copy, period, per))
        reports = [_write_report(folder, found) for found in made]
        vy = kvartalsvy(copy, lage.kvartal, per, None)
        write_atomic(folder / LAGET, laget(vy).encode("utf-8"))
        # A report that may have what is intern is not shown to all: its view is the one that is made for nobody.
        first = made[0].rapport
        shown = first._replace(vy=kind.view(copy, period, per, None)) if kind.intern else first
        write_atomic(folder / VY, FORMATS["json"].make(shown, None).content)
        told = tuple(Berattat(e.kvartal, e.sha256, e.andringar) for e in sammanhang.efterhand)
        imprint = Frystavtryck(full_imprint(plain, lage.kvartal, lage.per), berattat=told)
        write_atomic(folder / AVTRYCK, write_avtryck(imprint).encode("utf-8"))
        filer = tuple(_describe(folder))
        manifest = Frysningsfil(
            frysningsformat=FORMAT,
            period=str(period),
            per=lage.per,
            stangd=max(a.datum for a in agreed),
            avstamd=agreed,
            verktyg=f"uppfoljning {__version__}",
            bibliotek=library_versions(),
            rapporter=tuple(reports),
            jamfort_med=tuple(_compared(sammanhang)),
            tidigare=sammanhang.tidigare,
            filer=filer,
        )
        content = manifest_text(manifest)
        write_atomic(folder / MANIFEST, content)
        write_atomic(folder / SUMMOR, sums_text([*filer, describe(MANIFEST, content)]))
        frysning, problems = read_frysning(folder, period)
        if frysning is None:
            raise MiljoError(f"Det som skrevs går inte att läsa tillbaka: {problems[0].meddelande} Inget har ändrats.")
    return frysning


def _agreed(underlag: Underlag, period: Frysperiod) -> tuple[Frystavstamning, ...]:
    """Who has agreed to the period, and when: each party, for each of its quarters."""
    avtal = underlag.overenskommelse
    parter = {p.id: p for p in avtal.parter}
    wanted = [(q, part) for q in quarters_of(period) if q in underlag.kvartal() for part in parter]
    found = {(a.kvartal, a.part): a for a in avtal.kalender.avstamningar}
    missing = [pair for pair in wanted if pair not in found]
    if missing:
        raise NotAgreedError(_lines_to_add(underlag, period, missing))

    def entry(a: Avstamning) -> Frystavstamning:
        return Frystavstamning(part=a.part, funktion=clean(parter[a.part].uppfoljare), datum=a.datum, exempel=a.exempel)

    return tuple(entry(found[pair]) for pair in wanted)


def _lines_to_add(underlag: Underlag, period: Frysperiod, missing: list[tuple[Kvartal, str]]) -> str:
    names = {p.id: p.uppfoljare for p in underlag.overenskommelse.parter}
    who = lista(list(dict.fromkeys(clean(names[part]) for _, part in missing)))
    lines = [f"    - {{kvartal: {kvartal}, part: {part}, datum: ÅÅÅÅ-MM-DD}}" for kvartal, part in missing]
    if underlag.overenskommelse.kalender.avstamningar:
        where = "sist i listan avstamningar under kalender"
    else:
        where, lines = "under kalender", ["  avstamningar:", *lines]
    return "\n".join(
        [
            f"{period} är inte avstämt av {who}, och kan inte stängas.",
            f"När rapporten är avstämd: lägg till det här {where} i {underlag.avtalsfil}, med rätt dag:",
            *lines,
        ]
    )


def _refuse_awaited(lage: Lage) -> None:
    """A quarter isn't over while answers may come in time."""
    awaited = sum(a.status == "invantas" for i in lage.insatser for a in i.aktorer)
    if awaited:
        raise UsageError(
            f"{lage.kvartal} kan inte stängas per {lage.per.isoformat()}: {awaited} svar väntas, och sista svarsdag är "
            f"{lage.sista_svarsdag.isoformat()}. Kör utan --per, eller ange en senare dag."
        )


def _copy(project: Path, underlag: Underlag, folder: Path) -> None:
    """Copy every data file that was read, byte for byte. What isn't read (addresses, closed periods) isn't copied."""
    for fil in sorted({*underlag.filer, *(t.fil for t in underlag.tabeller)}):
        content = read_regular(project / fil)
        if isinstance(content, Refusal):
            raise MiljoError(f"{fil}: {content.meddelande} Inget har ändrats.")
        write_atomic(folder / fil, content)


def _write_report(folder: Path, found: PeriodReport) -> Frystrapport:
    """A half-year's report without a forum named is that of one of them, and the same file."""
    fil = f"{RAPPORTER}/{found.rapport.namn}{CLOSED_AS.ending}"
    if not (folder / fil).exists():
        write_atomic(folder / fil, CLOSED_AS.make(found.rapport, None).content)
    return Frystrapport(fil=fil, forum=found.forum, html_sha256=html_sum(found.rapport), data=found.data)


def html_sum(rapport: Rapport) -> str:
    """The checksum of a report's text: the same where libraries differ."""
    return checksum(rapport.html.encode("utf-8"))


def _describe(folder: Path) -> Iterator[Frystfil]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = read_regular(path, MAX_BYTES)
        if isinstance(content, Refusal):
            raise MiljoError(f"{path}: {content.meddelande} Inget har ändrats.")
        yield describe(nfc(path.relative_to(folder).as_posix()), content)


def _compared(sammanhang: Sammanhang) -> Iterator[Jamford]:
    """The closed quarters that the report says something of."""
    found = {str(e.kvartal): e.sha256 for e in sammanhang.efterhand}
    found |= {str(kvartal): r.sha256 for kvartal, r in sammanhang.rapporterat.items()}
    for period in sorted(found):
        yield Jamford(period=period, sha256=found[period])


class Reopened(NamedTuple):
    """A period that was opened: where what was closed lies now, and the closed periods that were compared with it."""

    mapp: Path
    dependents: tuple[str, ...]


def reopen(project: Path, frysta: Frysta, period: Frysperiod, skal: str) -> Reopened:
    """Move a closed period to the history, with the reason beside it. Also a damaged one, which is marked as such.

    Nothing is lost: until the last step the period is still closed. Raises :class:`UsageError` when the period isn't
    closed, and :class:`MiljoError`.
    """
    name = str(period)
    folder = frysta_mapp(project) / name
    frysning = frysta.stangda.get(name)
    if frysning is None and name not in frysta.skadade:
        raise UsageError(f"{name} är inte stängt, så det finns inget att öppna.")
    if (frysta_mapp(project) / HISTORIK).is_symlink():
        raise UsageError(f"data/frysta/{HISTORIK} är en länk till en annan mapp. Lägg själva mappen där i stället.")
    nr = max(numbers_in_history(project, period), default=0) + 1
    target = frysta_mapp(project) / HISTORIK / f"{name}-{nr}"
    summor = read_regular(folder / SUMMOR, MAX_BYTES)
    oppnad = Oppnadfil(
        period=name,
        nr=nr,
        stangd=frysning.manifest.stangd if frysning is not None else None,
        skal=skal,
        skadad=frysning is None,
        kontrollsumma=None if isinstance(summor, Refusal) else checksum(summor),
    )
    write_atomic(target / OPPNAD, oppnad_text(oppnad.model_dump(exclude_none=True)))
    move_folder(folder, target / INNEHALL)
    of_imprint = frysning.avtryck_sha256 if frysning is not None else ""
    dependent = (
        other
        for other, f in sorted(frysta.stangda.items())
        if any(j.period == name and j.sha256 == of_imprint for j in f.manifest.jamfort_med)
    )
    return Reopened(target, tuple(dependent))
