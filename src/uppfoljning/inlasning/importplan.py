"""What an import would do: the table as understood, what disagrees, and the one new file to be written, or why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from uppfoljning.check.siffror import same_period
from uppfoljning.csvfile import split_rows
from uppfoljning.inlasning.forstatt import news, understood, worked_out
from uppfoljning.inlasning.rakna import Avvikelse, fallen, recompute
from uppfoljning.inlasning.skriv import BOM, csv_text
from uppfoljning.inlasning.tolka import Tolkning, interpret
from uppfoljning.period import Ackumulerat, Tidpunkt
from uppfoljning.problem import Problem
from uppfoljning.rutnat import Rutnat
from uppfoljning.statistik import Not, Serie, Slag, Tabell, same_area
from uppfoljning.tabellfil import read_table


class Val(NamedTuple):
    """What the command line adds to the table, or says instead of it; empty where nothing was said."""

    kalla: str = ""
    period: str = ""
    uttag: str = ""
    omrade: str = ""
    namn: str = ""
    rubrik: str = ""
    hanvisning: str = ""
    trots_avvikelser: bool = False


@dataclass(frozen=True, slots=True)
class Importplan:
    """``forstatt`` tells what was understood. ``fil`` (below ``data/``) is None when nothing is to be written.

    ``redan`` is the file that already holds the same figures. ``tabell`` is the table as it would be read back.
    """

    forstatt: tuple[str, ...]
    problem: tuple[Problem, ...]
    tabell: Tabell | None = None
    fil: str | None = None
    innehall: str = ""
    redan: str = ""

    @property
    def fel(self) -> bool:
        """Whether something stands in the way of writing."""
        return any(p.niva == "fel" for p in self.problem)


def plan_import(rutnat: Rutnat, slag: Slag, val: Val, kommun: str, befintliga: Sequence[Tabell]) -> Importplan:
    """Understand a table, hold it against itself and the tables there are, and lay out the file to be written."""
    found = interpret(rutnat, slag, kommun, val.namn or None)
    if not found.serier:
        return Importplan((), tuple(found.problem))
    period = _period(found, val) if slag == "compstat" else None
    kalla = val.kalla or ("bra" if found.ar_bra else "compstat")
    uttag_text = val.uttag or found.uttag
    uttag = _moment(uttag_text)
    if uttag_text and uttag is None:
        found.note(None, "ogiltigt-uttag", f'--uttag "{uttag_text}" är ingen dag.', "Skriv till exempel 2021-10-12.")
    tabell = _table(found, val, kalla, period, uttag, kommun)
    checked = recompute(found)
    deviations = [*checked.avvikelser, *fallen(tabell, befintliga)]
    problems = [*found.problem, *(_problem(found, d, recorded=val.trots_avvikelser) for d in deviations)]
    if val.trots_avvikelser:
        tabell = replace(tabell, avvikelser=tuple(Not(d.var, d.text) for d in deviations))
    twins = [t for t in befintliga if t.span is not None and t.span == tabell.span]
    same = next((t.fil for t in (*twins, *_surveys(tabell, befintliga)) if _same_figures(t, tabell)), "")
    told = [*understood(found, tabell, kommun), *worked_out(checked.ord, len(checked.avvikelser))]
    told += list(rutnat.noteringar)
    told += news(tabell, twins or [t for t in befintliga if t.kalla == kalla])
    if same or any(p.niva == "fel" for p in problems):
        return Importplan(tuple(told), tuple(problems), tabell, redan=same)
    fil = _file_name(tabell, {t.fil.rpartition("/")[2] for t in befintliga})
    tabell = replace(tabell, fil=f"data/{fil}")
    if twins and any(same_period([*twins, tabell])):
        problems.append(_rival_problem(found, twins[0], tabell))
    text = csv_text(tabell, uttag_text)
    _read_back(text, tabell)
    return Importplan(tuple(told), tuple(problems), tabell, fil, text)


def _read_back(text: str, tabell: Tabell) -> None:
    """What is to be written must be read back as what was understood; anything else is a fault of ours."""
    rutnat = split_rows(text.removeprefix(BOM), tabell.fil)
    again, faults = (None, [rutnat]) if isinstance(rutnat, Problem) else read_table(rutnat, tabell.slag)
    if again is None or not _same_figures(again, tabell) or any(p.niva == "fel" for p in faults):
        raise AssertionError("an imported table can't be read back")


def _rival_problem(found: Tolkning, rival: Tabell, tabell: Tabell) -> Problem:
    """Two extracts of one period that can't be told apart: what is to be said, and where."""
    steps = []
    if tabell.uttag is None or (rival.uttag is not None and tabell.uttag.fran < tabell.uttag.till):
        steps.append("Säg vilken dag den nya tabellen togs ut, till exempel --uttag 2022-01-15.")
    if rival.uttag is None or rival.uttag.fran < rival.uttag.till:
        steps.append(
            f"Skriv dagen för det äldre uttaget i {rival.fil}, på en egen rad före tabellen: uttag;2021-10-12."
        )
    return found.rutnat.problem(
        None,
        "tva-filer-for-en-period",
        f"Det finns redan andra siffror för {tabell.period} {tabell.sista_ar} i {rival.fil}, och det går inte att se "
        "vilka som är senast.",
        " ".join(steps) or "Ange ett senare datum med --uttag, eller ta bort den fil som inte ska gälla.",
    )


def _period(found: Tolkning, val: Val) -> Ackumulerat | None:
    """The span that the year's figures are added up over: as the table says, else as the command line says."""
    wanted = Ackumulerat.parse(val.period) if val.period else None
    if val.period and wanted is None:
        found.note(None, "ogiltig-period", f'--period "{val.period}" är ingen period.', "Skriv till exempel jan–sep.")
        return None
    said = list(found.perioder.items())
    if len(said) > 1:
        for period, cell in said[1:]:
            found.note(
                cell,
                "olika-perioder",
                f"Här står perioden {period}, men tidigare {said[0][0]}.",
                "Läs in en period i taget.",
            )
        return said[0][0]
    if said and wanted is not None and said[0][0] != wanted:
        found.note(
            said[0][1],
            "fel-period",
            f"Tabellen säger {said[0][0]}, men --period säger {wanted}.",
            "Ta bort flaggan, eller läs in rätt tabell.",
        )
    if said:
        return said[0][0]
    if wanted is None and found.ar_bra:
        return Ackumulerat(12)
    if wanted is None:
        found.note(
            None,
            "period-saknas",
            "Tabellen säger inte vilken period av året siffrorna gäller.",
            "Ta med raden som säger det, eller ange den: --period jan–sep.",
        )
    return wanted


def _moment(text: str) -> Tidpunkt | None:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return Tidpunkt.parse(date.fromisoformat(text))
        except ValueError:
            return None
    return Tidpunkt.parse(text) if text else None


def _table(
    found: Tolkning, val: Val, kalla: str, period: Ackumulerat | None, uttag: Tidpunkt | None, kommun: str
) -> Tabell:
    area = val.omrade or found.omrade or re.sub(r"\s+kommun$", "", kommun)
    own = tuple(
        Serie(s.nyckel._replace(omrade=""), s.varden, s.platser, s.plats, s.kod)
        if s.nyckel.omrade and same_area(s.nyckel.omrade, area)
        else s
        for s in found.serier
    )
    # Rows outside every group stand first: below a group they would be taken for a part of it.
    own = tuple(sorted(own, key=lambda s: bool(s.nyckel.grupp) or s.is_sum))
    years = tuple(found.ar)
    preliminary = frozenset(found.preliminara)
    if found.slag == "compstat" and kalla == "compstat" and not preliminary:
        preliminary = frozenset(years[-1:])  # Compstat's latest year always is
    return Tabell(
        fil=found.rutnat.fil,
        slag=found.slag,
        kalla=kalla,
        enhet="antal" if found.slag == "compstat" else "procent",
        ar=years,
        serier=own,
        omrade=area,
        period=period,
        uttag=uttag,
        preliminara=preliminary,
        hanvisning=val.hanvisning,
        rubrik=val.rubrik or found.rubrik,
        rutnat=found.rutnat,
    )


def _problem(found: Tolkning, deviation: Avvikelse, *, recorded: bool) -> Problem:
    help_text = "Rätta cellen. Står det så i källan: kör igen med --trots-avvikelser, så skrivs avvikelsen upp."
    return found.rutnat.problem(
        deviation.cell,
        deviation.kod,
        f"{deviation.var}: {deviation.text}",
        "Avvikelsen skrivs upp i filen och syns i rapporten." if recorded else help_text,
        "varning" if recorded else "fel",
    )


def _surveys(tabell: Tabell, befintliga: Sequence[Tabell]) -> list[Tabell]:
    return [t for t in befintliga if tabell.slag == "enkat" and t.kalla == tabell.kalla and t.enhet == tabell.enhet]


def _same_figures(one: Tabell, other: Tabell) -> bool:
    """Whether two tables hold the same values for the same series and years."""

    def figures(tabell: Tabell) -> dict[tuple[str, ...], dict[int, float]]:
        return {k: {ar: v for ar, v in s.varden.items() if v is not None} for k, s in tabell.by_key().items()}

    return figures(one) == figures(other)


def _file_name(tabell: Tabell, taken: set[str]) -> str:
    """A name that tells period and source, and that nothing has yet."""
    folder = "compstat" if tabell.slag == "compstat" else "enkater"
    if tabell.period is not None:
        source = "" if tabell.kalla == "compstat" else f"{tabell.kalla.lower()}-"
        stem = f"{source}{tabell.sista_ar}-{tabell.period.manad:02}"
    else:
        stem = f"{tabell.kalla.lower()}-{tabell.sista_ar}"
    if f"{stem}.csv" in taken:
        stem += f"-uttag-{tabell.uttag.till.isoformat()}" if tabell.uttag is not None else "-uttag"
    name, number = f"{stem}.csv", 2
    while name in taken:
        name, number = f"{stem}-{number}.csv", number + 1
    return f"{folder}/{name}"
