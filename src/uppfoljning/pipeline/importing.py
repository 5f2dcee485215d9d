"""The way in for figures: a spreadsheet, a file or pasted text becomes a new file of the project."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.check import tables as siffror
from uppfoljning.errors import UsageError
from uppfoljning.load.load import load
from uppfoljning.model.tabell import SVARANDE, Tabell
from uppfoljning.model.underlag import Underlag
from uppfoljning.pipeline.granska import granska
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold, nearest, shorten

if TYPE_CHECKING:
    from uppfoljning.importing.plan import ImportOptions, Importplan
    from uppfoljning.model.tabell import Tabellslag


_HELP = {
    "uttag-fore-periodens-slut": "Ange rätt dag med --uttag, eller kontrollera tabellens period och årtal.",
    "olika-siffror": "Rätta den siffra som är fel. Är tabellen ett senare uttag: ange dagen med --uttag, och skriv "
    "dagen för det äldre i dess fil, på raden uttag överst: uttag;ÅÅÅÅ-MM-DD.",
}
_TOLD = {"lagre-an-tidigare", "tva-filer-for-en-period", "okand-kalla"}
"""What the plan itself tells, in its own words."""


def new_problems(underlag: Underlag, tabell: Tabell) -> list[Problem]:
    """What the rules about figures find with the table that they don't find without it."""
    before = {(p.plats, p.kod, p.meddelande) for p in _problems(underlag)}
    after = _problems(replace(underlag, tabeller=(*underlag.tabeller, tabell)))
    new = [p for p in after if (p.plats, p.kod, p.meddelande) not in before and p.kod not in _TOLD]
    return [p._replace(atgard=_HELP.get(p.kod, p.atgard)) for p in new]


def _problems(underlag: Underlag) -> list[Problem]:
    return [problem for rule in siffror.RULES for problem in rule(underlag)]


_FILE_HELP = {
    "saknas": "Kontrollera namnet. Ligger filen i en annan mapp: skriv hela sökvägen, inom citattecken om den har "
    "blanksteg.",
    "mapp": "Ange en fil i mappen.",
    "lank": "Ange filen som länken leder till.",
    "for-stor": "Ta ut tabellen ur filen, eller kontrollera att rätt fil är vald.",
    "inte-en-fil": "Ange en vanlig fil.",
    "gar-inte-att-lasa": "Kontrollera disken och filens namn.",
}


def read_file(path: Path, limit: int) -> bytes | str:
    """The bytes of a file named by the user, or in Swedish why it can't be read."""
    from uppfoljning.load.files import Refusal, read_regular

    try:
        content = read_regular(path, limit)
    except ValueError:  # a name that no system has, with a null character in it
        return "Filen finns inte. Kontrollera namnet."
    if not isinstance(content, Refusal):
        return content
    text = "Det här är en mapp." if content.kod == "mapp" else content.meddelande
    return f"{text} {_FILE_HELP.get(content.kod, content.atgard)}"


def plan_file(
    project: Path, content: bytes, fil: str, slag: Tabellslag, options: ImportOptions, blad: str | None
) -> Importplan:
    """What importing these bytes into the project would do. Nothing is written."""
    from uppfoljning.formats.open import read_table
    from uppfoljning.importing.plan import Importplan, plan_import

    rutnat = read_table(content, mask(fil), blad)
    if isinstance(rutnat, tuple):
        return Importplan((), rutnat)
    inlast = load(project)
    if inlast.underlag is None:
        raise UsageError("Projektets överenskommelse eller insatser går inte att läsa. Kör uppfoljning validera först.")
    underlag = inlast.underlag
    plan = plan_import(rutnat, slag, options, underlag.overenskommelse.kommun, underlag.tabeller)
    problems = [*rutnat.lasfel, *plan.problem, *_broken_tables(inlast.problem, slag)]
    if plan.fil is not None and plan.tabell is not None and not plan.fel:
        problems += new_problems(underlag, plan.tabell)
    plan = dataclasses.replace(plan, problem=tuple(problems))
    return dataclasses.replace(plan, fil=None, content="") if plan.fel else plan


def _broken_tables(problems: list[Problem], slag: Tabellslag) -> Iterator[Problem]:
    """A fault for each file of the kind that has faults: the new table can't be held against it."""
    folder = "data/compstat/" if slag == "compstat" else "data/enkater/"
    for fil in dict.fromkeys(p.plats.fil for p in problems if p.niva == "fel"):
        if f"{fil}/".startswith(folder):
            yield Problem(
                Plats(fil),
                "fel-i-tidigare-fil",
                "Den här filen har fel, så den nya tabellen kan inte jämföras med den.",
                "Kör uppfoljning validera, rätta felen där och kör sedan igen.",
            )


def write_import(project: Path, plan: Importplan) -> Path:
    """Write the planned file. Raises :class:`MiljoError`, with nothing changed, when the disk refuses."""
    from uppfoljning.load.files import write_new

    target = project / "data" / str(plan.fil)
    write_new(target, plan.content.encode("utf-8"))
    return target


def after_import(project: Path, plan: Importplan) -> tuple[str, ...]:
    """What is left to do before the new figures are in the report."""
    granskat = granska(project)
    underlag = granskat.underlag
    if underlag is None or plan.tabell is None:
        return ()
    lines = []
    kalla, known = plan.tabell.kalla, underlag.kanda.of("kallor")
    if kalla not in known:
        near = nearest(kalla, known)
        meant = f' Menade du "{near}"? Ta i så fall bort filen och läs in igen med --kalla {near}.' if near else ""
        lines.append(
            f'Källan "{kalla}" finns inte i data/indikatorer.yaml. Lägg till den där under kallor, med id och namn.'
            + meant
        )
    used = {fold(i.serie or "") for i in underlag.indikatorer.indikatorer if i.kalla == kalla}
    groups = {fold(i.grupp or "") for i in underlag.indikatorer.indikatorer if i.kalla == kalla}
    names = [
        s.nyckel.namn
        for s in plan.tabell.serier
        if not s.is_sum
        and not s.nyckel.omrade
        and s.nyckel.namn != SVARANDE
        and fold(s.nyckel.namn) not in used
        and fold(s.nyckel.grupp) not in groups
    ]
    new = [shorten(name, 60) for name in dict.fromkeys(names)]
    if new:
        shown = ", ".join(new[:8]) + (f" och {len(new) - 8} till" if len(new) > 8 else "")
        lines.append(
            f"Ingen indikator använder ännu: {shown}. Vill ni följa {'den' if len(new) == 1 else 'dem'}: lägg till en "
            "indikator i data/indikatorer.yaml, med källa, serie och huvudområde."
        )
    if granskat.fel:
        first = granskat.fel[0]
        lines.append(
            f"Filen är skriven, men underlaget har nu {len(granskat.fel)} fel, det första i {first.plats}: "
            f"{first.meddelande} Kör uppfoljning validera."
        )
    return tuple(lines)
