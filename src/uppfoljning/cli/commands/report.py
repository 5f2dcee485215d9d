"""``kvartal``: the quarterly report for a forum; of a closed quarter, the report as it was."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from uppfoljning.cli.arguments import parse_per, parse_period
from uppfoljning.cli.commands.closed import AS_HTML, Bestallning, closed_quarter
from uppfoljning.cli.project import choose_target, chosen, chosen_half_year, stop_at_faults, write_report
from uppfoljning.cli.terminal import note, write_out
from uppfoljning.errors import UsageError
from uppfoljning.load.discover import find_project
from uppfoljning.load.files import Refusal, read_regular, write_atomic
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.pipeline.granska import granska
from uppfoljning.pipeline.halvar import halvarsrapport, has_diarienummer, make_docx
from uppfoljning.pipeline.kvartal import kvartalsrapport
from uppfoljning.text.swedish import plural

_MAX_TEMPLATE = 20_000_000


class Onskemal(NamedTuple):
    """What was asked for on the command line."""

    period: str | None
    per: str | None
    mottagare: str | None
    ut: Path | None
    slut: bool
    html: bool
    word: bool
    mall: Path | None


def halvar(katalog: Path | None, val: Onskemal) -> int:
    """``halvar``: writes the report and prints its path. The exit code."""
    wanted, reference = parse_half_year(val.period), parse_per(val.per)
    if val.html and val.word:
        raise UsageError("--html och --word går inte ihop. Kör kommandot en gång för varje.")
    if val.mall is not None and not val.word:
        raise UsageError("--mall hör ihop med --word. Lägg till --word.")
    mall = read_template(val.mall) if val.mall is not None else None
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    if granskat.frysta is not None and not val.slut:
        from uppfoljning.cli.commands.closed import AS_HTML, Bestallning, Form, closed_half_year

        as_word = Form("-tjansteskrivelse.docx", lambda rapport: make_docx(rapport, mall))
        form = as_word if val.word else AS_HTML if val.html else None
        code = closed_half_year(project, granskat, wanted, Bestallning(reference, val.mottagare, val.ut, form))
        if code is not None:
            return code
    stop_at_faults(project, granskat)
    rapport = halvarsrapport(granskat, wanted, reference, val.mottagare, slut=val.slut)
    if wanted is None:
        note(chosen_half_year(rapport.vy.period, granskat))
    if val.mottagare is None:
        who = rapport.mottagare or "ingen; överenskommelsen har inget forum"
        note(f"Mottagare: {who}. Ett annat forum: --mottagare.")
    if val.word and not has_diarienummer(rapport):
        name = f"{rapport.vy.period}{'-slut' if val.slut else ''}.yaml"
        note(f"Diarienummer saknas i skrivelsen. Skriv det under arenden i data/halvar/{name}.")
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    if not val.word:
        return write_report(rapport, project, val.ut, html=val.html)
    target = choose_target(val.ut, project, f"{rapport.namn}-tjansteskrivelse.docx")
    write_atomic(target, make_docx(rapport, mall))
    return write_out(target)


def parse_half_year(text: str | None) -> Halvar | None:
    """A half-year given on the command line. Raises :class:`UsageError` when it can't be read as one."""
    if text is None:
        return None
    found = Halvar.parse(text)
    if found is None:
        kvartal = Kvartal.parse(text)
        instead = f"{kvartal} är ett kvartal. Skriv {Halvar.of(kvartal.start)}." if kvartal is not None else ""
        raise UsageError(instead or f'"{text}" är inget halvår. Skriv till exempel 2022-H1.')
    return found


def read_template(path: Path) -> bytes:
    """The user's Word template. Raises :class:`UsageError` when it can't be read."""
    content = read_regular(path, _MAX_TEMPLATE)
    if isinstance(content, Refusal):
        advice = "Kontrollera sökvägen." if content.kod == "saknas" else content.atgard
        raise UsageError(f"--mall {path}: {content.meddelande} {advice}")
    return content


def kvartal(
    katalog: Path | None, period: str | None, per: str | None, mottagare: str | None, ut: Path | None, *, html: bool
) -> int:
    """``kvartal``: writes the report and prints its path. The exit code."""
    wanted, reference = parse_period(period), parse_per(per)
    project = find_project(katalog, Path.cwd())
    granskat = granska(project)
    if granskat.frysta is not None:
        asked = Bestallning(reference, mottagare, ut, AS_HTML if html else None)
        code = closed_quarter(project, granskat, wanted, asked)
        if code is not None:
            return code
    stop_at_faults(project, granskat)
    rapport = kvartalsrapport(granskat, wanted, reference, mottagare)
    if wanted is None:
        note(chosen(rapport.vy.period, granskat))
    if granskat.varningar:
        note(f"{plural(len(granskat.varningar), 'varning', 'varningar')} i underlaget; kör uppfoljning validera.")
    return write_report(rapport, project, ut, html=html)
