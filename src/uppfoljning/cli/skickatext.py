"""``skicka``: shows what would be sent, sends it when told to, and tells what became of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from uppfoljning import flode
from uppfoljning.cli.frystutskrift import stop_if_damaged, tell_changes
from uppfoljning.cli.halvartext import parse_half_year
from uppfoljning.cli.skickaord import outcome_lines, preview
from uppfoljning.cli.utskrift import as_seen_from_here, note, note_lines, parse_per, stop_at_faults, summary
from uppfoljning.discover import MOTTAGARFIL, find_project
from uppfoljning.errors import DataError, UppfoljningError, UsageError
from uppfoljning.files import write_atomic
from uppfoljning.frysning import Frysperiod, parse_frysperiod
from uppfoljning.model.mottagare import Mottagarfil
from uppfoljning.personal import mask
from uppfoljning.problem import format_text, visible
from uppfoljning.swedish import plural
from uppfoljning.utskick.mottagarlista import read_mottagare
from uppfoljning.utskick.sandning import Talamod
from uppfoljning.utskick.urval import Vald
from uppfoljning.utskicksflode import (
    Onskan,
    Utskick,
    UtskickStoppError,
    draft,
    find_receivers,
    outcome_of,
    prepare,
    send,
    the_server,
    write_down,
)

_INTERRUPTED = 130
_INCOMPLETE = 3


class Onskemal(NamedTuple):
    """What was asked for on the command line."""

    period: str
    till: str
    per: str | None = None
    slut: bool = False
    exempel: bool = False
    skarpt: bool = False
    ja: int | None = None
    ny_version: bool = False
    framme: tuple[str, ...] = ()
    igen: tuple[str, ...] = ()
    reservera: bool = False
    korning: str = ""
    talamod: Talamod = Talamod()


class UtskickAvbrutetError(UppfoljningError):
    """A fault of ours in the midst of sending: what had been sent had been sent."""

    exit_code = 70


def skicka(katalog: Path | None, val: Onskemal) -> int:
    """``skicka``: previews, sends, or writes down what a person knows. The exit code."""
    period = _period(val)
    _check_options(val)
    reference = parse_per(val.per)
    project = find_project(katalog, Path.cwd())
    granskat = flode.granska(project)
    stop_if_damaged(project, granskat, period)
    stop_at_faults(project, granskat)
    mottagare = _receivers(project, granskat)
    onskan = Onskan(period, val.till, reference, val.slut, val.exempel, "" if val.reservera else val.korning)
    utskick = prepare(project, granskat, mottagare, onskan)
    if utskick.rapport.stangd and granskat.frysta is not None:
        tell_changes(granskat, granskat.frysta.stangda[str(period)])
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    hidden = val.ja is not None
    if val.framme:
        chosen = find_receivers(utskick, val.framme, _not_delivered(utskick), "har redan fått rapporten.")
        write_down(project, utskick, chosen, "framme")
        return _tell_outcome(project, utskick, hidden=hidden)
    igen = find_receivers(utskick, val.igen, utskick.urval.okanda, "är inte okänd; --skicka-igen gäller bara dem.")
    valda = utskick.urval.again({v.nyckel for v in igen}).att_skicka
    target = utskick.fil.with_suffix(".eml")
    if valda:
        write_atomic(target, draft(utskick, valda))
    _print("\n".join(preview(utskick, target, igen, again_command(val))), hidden=hidden)
    if not val.skarpt and not val.reservera:
        return 0
    _confirm(utskick, val)
    if not valda:
        return 0 if len(utskick.urval.skickade) == len(utskick.urval.alla) else _INCOMPLETE
    the_server(mottagare)
    if val.reservera:
        write_down(project, utskick, valda, "reserverad", val.korning)
        note(f"Reserverat för körningen {val.korning}: {plural(len(valda), 'mottagare', 'mottagare')}.")
        return 0
    return _send(project, utskick, igen, val)


def _period(val: Onskemal) -> Frysperiod:
    found = parse_frysperiod(val.period)
    if val.slut:
        half = parse_half_year(val.period)
        if half is not None:
            return half
    if found is None:
        raise UsageError(f'"{val.period}" är varken kvartal eller halvår. Skriv till exempel 2022-H1.')
    return found


def _check_options(val: Onskemal) -> None:
    if val.ja is not None and not (val.skarpt or val.reservera):
        raise UsageError("--ja hör ihop med --skarpt: antalet mottagare, i stället för att skriva det.")
    if val.reservera and (val.skarpt or val.ja is None or not val.korning):
        raise UsageError("--reservera hör ihop med --ja N och --korning ID, och görs före --skarpt.")
    if val.korning and not val.korning.isprintable():
        raise UsageError("--korning ska vara ett kort namn utan radbrytningar.")
    if val.korning and val.igen:
        raise UsageError("--skicka-igen görs av en person, utan --korning.")
    if val.framme and (val.skarpt or val.reservera or val.igen):
        raise UsageError("--framme skriver bara upp vilka som har fått rapporten. Kör det för sig.")
    if val.talamod.forsok < 1 or val.talamod.paus < 0:
        raise UsageError("--forsok ska vara minst 1, och --paus minst 0 sekunder.")


def _receivers(project: Path, granskat: flode.Granskat) -> Mottagarfil:
    """The list of receivers. Prints what is wrong with it and raises :class:`DataError`."""
    found = read_mottagare(project, granskat.underlag)
    if found is None:
        raise UtskickStoppError(
            f"Filen data/{MOTTAGARFIL} saknas, så det är inte känt vem rapporten ska till. Kopiera exemplet i "
            "docs/utskick.md dit och fyll i adresserna. Filen ska inte in i versionshanteringen."
        )
    if found.fel or found.fil is None:
        for problem in found.problem:
            note_lines(format_text(as_seen_from_here(problem, project)) + "\n")
        varningar = len(found.problem) - len(found.fel)
        note(f"{summary(len(found.fel), varningar)} Inget har skickats: rätta felen först.")
        raise DataError(found.problem)
    return found.fil


def _not_delivered(utskick: Utskick) -> tuple[Vald, ...]:
    return tuple(v for v in utskick.urval.alla if v not in utskick.urval.skickade)


def again_command(val: Onskemal) -> str:
    """The command that sends what is shown; empty when it is being sent now."""
    if val.skarpt or val.reservera:
        return ""
    final = " --slut" if val.slut else ""
    per = f" --per {val.per}" if val.per else ""
    example = " --exempel" if val.exempel else ""
    return f"uppfoljning skicka {val.period} --till {val.till}{final}{per}{example} --skarpt"


def _confirm(utskick: Utskick, val: Onskemal) -> None:
    """The number of receivers, typed or given. Raises :class:`UsageError` when it is another."""
    number = len(utskick.urval.alla)
    if val.ja is not None:
        if val.ja != number:
            raise UsageError(f"--ja {val.ja} stämmer inte: mottagarna är {number}. Inget har skickats.")
        if utskick.urval.ny_version and not val.ny_version:
            raise UtskickStoppError(
                "Mottagarna har redan fått en annan version. Inget har skickats. Ska de få den här också: --ny-version."
            )
        return
    if not sys.stdin or not sys.stdin.isatty():
        raise UsageError("Här går det inte att fråga. Ange antalet mottagare med --ja. Inget har skickats.")
    sys.stderr.write(f"Skriv antalet mottagare hos {visible(utskick.rapport.forum_namn)} för att skicka: ")
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if typed != str(number):
        raise UsageError(f"Du skrev {visible(mask(typed)) or 'inget'}, men mottagarna är {number}. Inget har skickats.")


def _send(project: Path, utskick: Utskick, igen: tuple[Vald, ...], val: Onskemal) -> int:
    hidden = val.ja is not None

    def beratta(text: str) -> None:
        note(mask(text) if hidden else text)

    try:
        send(project, utskick, igen, val.talamod, beratta)
    except KeyboardInterrupt:
        note("Avbrutet.")
        _tell_outcome(project, utskick, hidden=hidden)
        return _INTERRUPTED
    except UppfoljningError as error:
        note_lines(mask(str(error)) if hidden else str(error))
        _tell_outcome(project, utskick, hidden=hidden)
        return error.exit_code
    except Exception as error:
        _tell_outcome(project, utskick, hidden=hidden)
        raise UtskickAvbrutetError(
            f"Något gick fel i uppfoljning under utskicket ({type(error).__name__}). Det är vårt fel, inte ditt. Vilka "
            "som har fått rapporten står här ovanför. Kör kommandot igen för de övriga."
        ) from error
    return _tell_outcome(project, utskick, hidden=hidden)


def _tell_outcome(project: Path, utskick: Utskick, *, hidden: bool) -> int:
    """How it stands with everyone. The exit code: 0 when all have it."""
    after = utskick._replace(urval=outcome_of(project, utskick))
    _print("\n".join(outcome_lines(after)), hidden=hidden)
    return 0 if len(after.urval.skickade) == len(after.urval.alla) else _INCOMPLETE


def _print(text: str, *, hidden: bool) -> None:
    """To stdout; in a log that others read, without persons' addresses."""
    for line in text.split("\n"):
        sys.stdout.write(visible(mask(line) if hidden else line) + "\n")
    sys.stdout.flush()
