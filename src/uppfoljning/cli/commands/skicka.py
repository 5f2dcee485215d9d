"""``skicka``: shows what would be sent, sends it when told to, and tells what became of it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning.cli.arguments import parse_half_year, parse_per
from uppfoljning.cli.commands.closed import stop_if_damaged, tell_changes
from uppfoljning.cli.format.skicka import Preview, outcome_lines, preview
from uppfoljning.cli.project import as_seen_from_here, stop_at_faults, summary
from uppfoljning.cli.terminal import lost_output, note, note_lines
from uppfoljning.errors import DataError, MiljoError, UppfoljningError, UsageError
from uppfoljning.load.discover import find_project
from uppfoljning.load.files import remove, write_atomic
from uppfoljning.load.names import MOTTAGARFIL
from uppfoljning.mail.journal_file import JournalFile
from uppfoljning.mail.receivers import read_mottagare
from uppfoljning.mail.send import Patience as Patience
from uppfoljning.model.frysta import Frysperiod, parse_frysperiod
from uppfoljning.model.mottagare import Mottagarfil
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.kinds import KINDS, ReportKind, kind_closing
from uppfoljning.pipeline.utskick import (
    Utskick,
    choose_again,
    draft,
    outcome_of,
    prepare,
    reserve,
    send,
    settle,
    the_server,
)
from uppfoljning.pipeline.utskick_report import SendingStoppedError, SendOrder
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import format_text, visible
from uppfoljning.text.swedish import plural

_INTERRUPTED = 130
_INCOMPLETE = 3
_MOST_TRIES, _LONGEST_PAUSE = 8, 600


class SendOptions(NamedTuple):
    """What was given on the command line."""

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
    patience: Patience = Patience()


class SendingBrokenOffError(UppfoljningError):
    """A fault of ours in the midst of sending: what had been sent had been sent."""

    exit_code = 70


def skicka(katalog: Path | None, options: SendOptions) -> int:
    """``skicka``: previews, sends, or writes down what a person knows. The exit code."""
    kind, period = _report(options)
    _check_options(options)
    reference = parse_per(options.per)
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    order = SendOrder(
        kind, period, options.till, reference, options.exempel, "" if options.reservera else options.korning
    )
    if options.framme and granskat.underlag is not None:  # faults in the data stop reports, and none is made here
        return _settle(katalog, project, granskat, order, options)
    stop_if_damaged(project, granskat, period)
    stop_at_faults(project, granskat, "Inget har skickats")
    mottagare = _receivers(project, granskat)
    utskick = prepare(project, granskat, mottagare, order)
    if utskick.rapport.stangd and granskat.frysta is not None:
        note(f"{period} är stängt, och det är den stängda rapporten som skickas.")
        tell_changes(granskat, granskat.frysta.stangda[str(period)])
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    igen = choose_again(utskick, options.igen) if options.igen else ()
    deliveries = utskick.selection.again({v.nyckel for v in igen}).to_send
    target = utskick.fil.with_suffix(".eml")
    real = options.skarpt or options.reservera
    if deliveries and not real:
        write_atomic(target, draft(utskick, deliveries))
    if JournalFile(project).read().interrupted:
        note(
            "Obs: sista raden i utskick/journal.jsonl är avbruten. Det som den handlar om hade inte börjat, eller är "
            "okänt."
        )
    shown = Preview(
        utskick, deliveries, igen, "" if real else str(target), command_line(katalog, options), _masked(options)
    )
    _print(preview(shown))
    if not real:
        return 0
    if lost_output():
        raise MiljoError("Det som skulle skickas gick inte att visa. Inget har skickats.")
    if not deliveries:
        return 0 if len(utskick.selection.sent) == len(utskick.selection.everyone) else _INCOMPLETE
    _confirm(utskick, options)
    the_server(mottagare)
    remove(target)  # what it has is now sent otherwise
    if options.reservera:
        reserve(project, utskick, deliveries, options.korning)
        note(f"Reserverat för körningen {options.korning}: {len(deliveries)} mottagare.")
        return 0
    return _send(project, shown, options)


def _settle(katalog: Path | None, project: Path, granskat: Granskat, order: SendOrder, options: SendOptions) -> int:
    mottagare = _receivers(project, granskat)
    command = command_line(katalog, options)
    code = 0
    for done in settle(project, granskat, mottagare, order, options.framme, ny_version=options.ny_version):
        for one in done.mottagare:
            note(f"Uppskrivet: {one.adress.visad} har fått {done.rapport.namn} ({done.rapport.sha256[:12]}).")
        _print(outcome_lines(done.selection, done.rapport.namn, command, masked=False))
        code = code if len(done.selection.sent) == len(done.selection.everyone) else _INCOMPLETE
    note("Blev det fel: --skicka-igen ADRESS.")
    return code


def _masked(options: SendOptions) -> bool:
    """In a log that others read, who is sent what is told without names and persons' addresses."""
    return options.ja is not None


def _report(options: SendOptions) -> tuple[ReportKind[Any, Any], Frysperiod]:
    """Which report is meant: of a period, the one that it is closed with, unless the final one is asked for."""
    half = parse_half_year(options.period) if options.slut else None
    if half is not None:
        return KINDS["slut"], half
    found = parse_frysperiod(options.period)
    if found is None:
        raise UsageError(f'"{options.period}" är varken kvartal eller halvår. Skriv till exempel 2022-H1.')
    return kind_closing(found), found


def _check_options(options: SendOptions) -> None:
    if options.ja is not None and not (options.skarpt or options.reservera):
        raise UsageError("--ja hör ihop med --skarpt: antalet mottagare, i stället för att skriva det.")
    if options.reservera and (options.skarpt or options.ja is None or not options.korning):
        raise UsageError("--reservera hör ihop med --ja N och --korning ID, och görs före --skarpt.")
    if options.korning and not options.korning.isprintable():
        raise UsageError("--korning ska vara ett kort namn utan radbrytningar.")
    if options.korning and options.igen:
        raise UsageError("--skicka-igen görs av en person, utan --korning.")
    if options.ny_version and not (options.ja is not None or options.framme):
        raise UsageError("--ny-version hör ihop med --ja, eller med --framme.")
    if options.framme and (options.skarpt or options.reservera or options.igen):
        raise UsageError("--framme skriver bara upp vilka som har fått rapporten. Kör det för sig.")
    if not 1 <= options.patience.attempts <= _MOST_TRIES or not 0 <= options.patience.pause <= _LONGEST_PAUSE:
        raise UsageError(f"--forsok ska vara 1 till {_MOST_TRIES}, och --paus 0 till {_LONGEST_PAUSE} sekunder.")


def _receivers(project: Path, granskat: Granskat) -> Mottagarfil:
    """The list of receivers. Prints what is wrong with it and raises :class:`DataError`."""
    found = read_mottagare(project, granskat.underlag)
    if found is None:
        raise SendingStoppedError(
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


def command_line(katalog: Path | None, options: SendOptions) -> str:
    """The command as it was given, but for what sends, so that another can be told from it."""
    words = ["uppfoljning", "skicka", options.period, "--till", options.till]
    words += ["--katalog", str(katalog)] if katalog is not None else []
    words += ["--per", options.per] if options.per else []
    words += ["--slut"] if options.slut else []
    words += ["--exempel"] if options.exempel else []
    return shlex.join([*words, *(word for adress in options.igen for word in ("--skicka-igen", adress))])


def _confirm(utskick: Utskick, options: SendOptions) -> None:
    """The number of receivers, typed or given. Raises :class:`UsageError` when it is another."""
    number = len(utskick.selection.everyone)
    if options.ja is not None:
        if options.ja != number:
            raise UsageError(f"--ja {options.ja} stämmer inte: mottagarna är {number}. Inget har skickats.")
        if utskick.selection.ny_version and not options.ny_version:
            raise SendingStoppedError(
                "Några har redan fått, eller kan ha fått, en annan version. Inget har skickats. Ska de få den här "
                "också: --ny-version."
            )
        return
    if not sys.stdin or not sys.stdin.isatty():
        raise UsageError("Här går det inte att fråga. Ange antalet mottagare med --ja. Inget har skickats.")
    those = " (också de som redan har fått den)" if utskick.selection.sent else ""
    sys.stderr.write(f"Skriv antalet mottagare hos {visible(utskick.rapport.forum_namn)}{those} för att skicka: ")
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if typed != str(number):
        raise UsageError(f"Du skrev {visible(mask(typed)) or 'inget'}, men mottagarna är {number}. Inget har skickats.")


def _send(project: Path, shown: Preview, options: SendOptions) -> int:
    utskick = shown.utskick

    def tell(text: str) -> None:
        for line in text.split("\n"):
            note(mask(line) if shown.masked else line)

    def outcome() -> int:
        after = outcome_of(project, utskick)
        _print(outcome_lines(after, utskick.rapport.namn, shown.command, masked=shown.masked))
        if lost_output():
            tell("Utfallet gick inte att skriva ut. Det står i utskick/journal.jsonl.")
        return 0 if len(after.sent) == len(after.everyone) else _INCOMPLETE

    try:
        send(project, utskick, shown.igen, options.patience, shown.name, tell)
    except KeyboardInterrupt:
        tell("Avbrutet.")
        outcome()
        return _INTERRUPTED
    except UppfoljningError as error:
        tell(str(error))
        outcome()
        return error.exit_code
    except Exception as error:
        outcome()
        raise SendingBrokenOffError(
            f"Något gick fel i uppfoljning under utskicket ({type(error).__name__}). Det är vårt fel, inte ditt. Vilka "
            "som har fått rapporten står här ovanför. Kör kommandot igen för de övriga."
        ) from error
    return outcome()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(visible(line) + "\n")
    sys.stdout.flush()
