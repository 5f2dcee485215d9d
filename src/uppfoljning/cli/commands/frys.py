"""``frys``: closes a quarter, opens it again and checks it, in words; and gives out a closed quarter's report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.cli.arguments import parse_per
from uppfoljning.cli.commands.closed import stop_if_damaged
from uppfoljning.cli.project import stop_at_faults
from uppfoljning.cli.terminal import note, write_out
from uppfoljning.errors import UsageError
from uppfoljning.load.discover import find_project
from uppfoljning.load.frysta import frysta_mapp
from uppfoljning.load.temporary import leftovers
from uppfoljning.model.frysta import (
    SUMMOR,
    Frysning,
    Frysperiod,
    Frysta,
    checksum,
    last_quarter,
    parse_frysperiod,
    quarters_of,
)
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import visible
from uppfoljning.text.swedish import datum, lista, plain_spaces, plural

if TYPE_CHECKING:
    from uppfoljning.pipeline.frys_check import ClosingCheck

_MAX_REASON = 500


def frys(
    katalog: Path | None, period: str, per: str | None, *, oppna: bool, skal: str | None, kontrollera: bool
) -> int:
    """``frys``: closes the period, or opens it or checks it. The exit code."""
    wanted = parse_frysperiod(period)
    if wanted is None:
        raise UsageError(f'"{period}" är varken kvartal eller halvår. Skriv till exempel 2022-K1.')
    reference = parse_per(per)
    if oppna and kontrollera:
        raise UsageError("Välj antingen --oppna eller --kontrollera.")
    if skal is not None and not oppna:
        raise UsageError("--skal hör ihop med --oppna: skälet till att det som är stängt öppnas.")
    if per is not None and (oppna or kontrollera):
        raise UsageError("--per går bara att ange när något stängs.")
    reason = _reason(wanted, skal) if oppna else ""
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    frysta = granskat.frysta or Frysta()
    if oppna:
        if str(wanted) not in {*frysta.stangda, *frysta.skadade}:
            stop_at_faults(project, granskat)  # one of them may be why it isn't seen as closed
        return _open(project, frysta, wanted, reason)
    stop_if_damaged(project, granskat, wanted)
    frysning = frysta.stangda.get(str(wanted))
    if kontrollera:
        if frysning is None:
            raise UsageError(f"{wanted} är inte stängt, så det finns inget att kontrollera.")
        return _control(project, frysning)
    if frysning is not None:
        return _closed_already(project, frysning, reference)
    stop_at_faults(project, granskat)
    return _close(project, granskat, wanted, reference)


def _reason(period: Frysperiod, skal: str | None) -> str:
    """Why a period is opened, on one line. Raises :class:`UsageError` for none, too long, or with personal data."""
    text = " ".join((skal or "").split())
    if not text:
        raise UsageError(
            f"Ange varför {period} öppnas. Skälet står sedan i rapporten:\n"
            f'  uppfoljning frys {period} --oppna --skal "Polisens svar på TOM-5 hade fel datum"'
        )
    if not any(character.isalnum() for character in text) or not all(map(_is_written, text)):
        raise UsageError("Skälet innehåller osynliga tecken, eller inga bokstäver alls. Skriv det på nytt.")
    if len(text) > _MAX_REASON:
        raise UsageError(f"Skälet är för långt: högst {_MAX_REASON} tecken.")
    if mask(text) != text:
        raise UsageError("Skälet innehåller personuppgifter, och det står sedan i rapporten. Skriv det utan dem.")
    return text


def _is_written(character: str) -> bool:
    """Whether a character can be seen, or is a space; control characters and bytes that are no text are not."""
    return character.isprintable() or character in "\u00a0\u00ad\u2009\u202f"


def _close(project: Path, granskat: Granskat, period: Frysperiod, per: date | None) -> int:
    from uppfoljning.cli.format.status import format_status
    from uppfoljning.pipeline.frys import close

    frysning = close(project, granskat, period, per, lambda vy: format_status(vy) + "\n")
    for line in _notes(project, granskat, frysning):
        note(line)
    folder = frysta_mapp(project) / str(period)
    manifest = frysning.manifest
    who = lista(list(dict.fromkeys(a.funktion for a in manifest.avstamd)))
    reports = plural(len({r.fil for r in manifest.rapporter}), "rapport", "rapporter")
    note(
        plain_spaces(
            f"{period} är stängt {datum(manifest.stangd)}, avstämt av {who}: {reports} med läget per "
            f"{datum(manifest.per)}."
        )
    )
    note(f"Kontrollsumma att skriva i protokollet: {checksum(read_sums(folder))}")
    note("Lägg till mappen i versionshanteringen, eller säkerhetskopiera den.")
    return write_out(folder)


def read_sums(folder: Path) -> bytes:
    """The list of checksums of a closed period: its own checksum stands for them all."""
    from uppfoljning.load.files import Refusal, read_regular

    content = read_regular(folder / SUMMOR)
    return b"" if isinstance(content, Refusal) else content


def _notes(project: Path, granskat: Granskat, frysning: Frysning) -> Iterator[str]:
    """What the one who closes a period may want to know."""
    underlag, manifest = granskat.underlag, frysning.manifest
    if underlag is None:
        return
    kvartal = last_quarter(frysning.period, underlag.kvartal())
    for name in leftovers(frysta_mapp(project)):
        yield f"Obs: data/frysta/{name} är rester av ett avbrutet försök. De används inte och tas bort efter ett dygn."
    closed = granskat.frysta.kvartal() if granskat.frysta is not None else {}
    still_open = [str(q) for q in underlag.kvartal() if q < kvartal and q not in closed]
    if still_open:
        note_open = "är inte stängt" if len(still_open) == 1 else "är inte stängda"
        yield f"Obs: {lista(still_open)} {note_open}. Jämförelsen bygger på underlaget som det är nu."
    late = [p for p in underlag.svar if p.kvartal in quarters_of(frysning.period) and p.lamnad > manifest.stangd]
    if late:
        they = "det" if len(late) == 1 else "de"
        yield f"Obs: {len(late)} svar i rapporten har lämnats efter avstämningen. Ingick {they} när ni stämde av?"
    if any(t.stangd == manifest.stangd for t in manifest.tidigare):
        yield f"Obs: avstämningen är densamma som när {frysning.period} stängdes förra gången."


def _closed_already(project: Path, frysning: Frysning, per: date | None) -> int:
    """Nothing is written twice."""
    manifest = frysning.manifest
    if per is not None and per != manifest.per:
        raise UsageError(
            f"{frysning.period} är redan stängt, med läget per {manifest.per.isoformat()}. Ska det ändras: öppna "
            f'det igen med uppfoljning frys {frysning.period} --oppna --skal "…".'
        )
    note(plain_spaces(f"{frysning.period} är redan stängt, {datum(manifest.stangd)}. Inget har ändrats."))
    return write_out(frysta_mapp(project) / str(frysning.period))


def _open(project: Path, frysta: Frysta, period: Frysperiod, reason: str) -> int:
    from uppfoljning.pipeline.frys import reopen

    done = reopen(project, frysta, period, reason)
    note(f"{period} är öppet igen. Det som var stängt ligger kvar, oförändrat, i historiken.")
    for other in done.dependents:
        note(f"{other} är stängt och jämfördes med det som nu har öppnats. Rapporten för {other} ändras inte.")
    note(
        f"När det som var fel är rättat: stäm av igen, ändra dagarna under avstamningar och kör uppfoljning frys "
        f"{period}."
    )
    return write_out(done.mapp)


def _control(project: Path, frysning: Frysning) -> int:
    """Every file is what its checksum says, or it wouldn't have come this far; the reports are made again."""
    from uppfoljning.pipeline.frys_check import control

    number = len(frysning.manifest.filer) + 1
    sys.stdout.write(f"{frysning.period}: {number} filer stämmer med kontrollsummorna.\n")
    found = control(project, frysning)
    lines = list(_control_lines(found, checksum(read_sums(frysta_mapp(project) / str(frysning.period)))))
    sys.stdout.write("\n".join(map(visible, lines)) + "\n")
    return 0 if found.as_expected else 1


def _control_lines(found: ClosingCheck, summa: str) -> Iterator[str]:
    for rapport in found.rapporter:
        if rapport.same_bytes:
            yield f"{rapport.fil}: gjord på nytt ur underlaget, samma fil byte för byte."
        elif rapport.same_text:
            yield f"{rapport.fil}: gjord på nytt ur underlaget, samma text men inte samma byte."
        else:
            yield f"{rapport.fil}: den här versionen gör en annan text av underlaget."
    if found.differences:
        changed = lista([f"{name} {then} (nu {now})" for name, then, now in found.differences])
        yield f"Stängt med andra versioner: {changed}."
    if not all(r.same_bytes for r in found.rapporter):
        yield (
            "Det väntas när versionerna skiljer sig. Den stängda rapporten är filen i mappen."
            if found.differences
            else "Verktyget och biblioteken har samma versioner. Något annat på datorn skiljer sig, eller så har både "
            "filen och kontrollsummorna bytts ut: jämför kontrollsumman med den i protokollet."
        )
        yield f"Kontrollsumma nu: {summa}"
