"""What an import would do: the table as understood, what disagrees, and the one new file to be written, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppfoljning.check.tables import rivals
from uppfoljning.formats.csv import split_rows
from uppfoljning.formats.grid import Rutnat
from uppfoljning.importing.explain import news, understood, worked_out
from uppfoljning.importing.interpret import interpret
from uppfoljning.importing.interpretation import Interpretation
from uppfoljning.importing.options import ImportOptions as ImportOptions
from uppfoljning.importing.options import as_written, moment, tidy, wrong
from uppfoljning.importing.recompute import Avvikelse, fallen, recompute
from uppfoljning.importing.surroundings import short_name
from uppfoljning.importing.unsafe_texts import check_names, find_personal
from uppfoljning.load.tables.read import read_table
from uppfoljning.load.tables.write import BOM, csv_text
from uppfoljning.model.period import Ackumulerat, Tidpunkt
from uppfoljning.model.tabell import Not, Serie, Tabell, Tabellslag, newest_first, same_area
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold

_OWN_WORDS = frozenset({"kommunen", "kommuntotalt", "kommunentotalt"})


@dataclass(frozen=True, slots=True)
class Importplan:
    """``understood`` tells what was understood. ``fil`` (below ``data/``) is None when nothing is to be written.

    ``already_in`` is the file that already holds the same figures. ``tabell`` is the table as it would be read back.
    """

    understood: tuple[str, ...]
    problem: tuple[Problem, ...]
    tabell: Tabell | None = None
    fil: str | None = None
    content: str = ""
    already_in: str = ""

    @property
    def fel(self) -> bool:
        """Whether something stands in the way of writing."""
        return any(p.niva == "fel" for p in self.problem)


def plan_import(
    rutnat: Rutnat, slag: Tabellslag, options: ImportOptions, kommun: str, existing: Sequence[Tabell]
) -> Importplan:
    """Understand a table, hold it against itself and the tables there are, and lay out the file to be written."""
    options = tidy(options)
    message = wrong(options, slag)
    personal = tuple(find_personal(rutnat))
    if message or personal:
        about_flags = (Problem(Plats(rutnat.fil), "fel-flagga", message),) if message else ()
        return Importplan((), personal or about_flags)
    found = interpret(rutnat, slag, kommun, options.namn or None)
    check_names(found)
    if not found.serier or not found.ar:
        return Importplan((), tuple(found.problem))
    return _plan(found, options, kommun, existing)


def _plan(found: Interpretation, options: ImportOptions, kommun: str, existing: Sequence[Tabell]) -> Importplan:
    period = _period(found, options) if found.slag == "compstat" else None
    tabell = _table(found, options, period, kommun)
    checked = recompute(found)
    deviations = [*checked.avvikelser, *fallen(tabell, existing)]
    problems = [*found.problem, *(_problem(found, d, recorded=options.trots_avvikelser) for d in deviations)]
    if options.trots_avvikelser:
        tabell = replace(tabell, avvikelser=tuple(Not(d.var, d.text) for d in deviations if d.recordable))
    twins = [t for t in existing if t.span is not None and t.span == tabell.span]
    surveys = [t for t in existing if found.slag == "enkat" and t.kalla == tabell.kalla and t.enhet == tabell.enhet]
    same = _already(tabell, twins or surveys)
    told = understood(found, tabell, kommun, told_area=bool(options.omrade))
    told += [*worked_out(found.slag, checked.words, len(checked.avvikelser)), *map(mask, found.rutnat.noteringar)]
    if not same:
        told += news(tabell, twins, [t for t in existing if t.kalla == tabell.kalla])
    if same or any(p.niva == "fel" for p in problems):
        return Importplan(tuple(told), tuple(problems), tabell, already_in=same)
    fil = _file_name(tabell, {t.fil.rpartition("/")[2].lower() for t in existing})
    tabell = replace(tabell, fil=f"data/{fil}")
    text = csv_text(tabell, as_written(options.uttag or found.uttag) if tabell.uttag is not None else "")
    problems += _rival_problems(found, twins, tabell) or _read_back(found, text, tabell)
    plan = Importplan(tuple(told), tuple(problems), tabell, fil, text)
    return replace(plan, fil=None, content="") if plan.fel else plan


def _read_back(found: Interpretation, text: str, tabell: Tabell) -> list[Problem]:
    """What is to be written must be read back as what was understood, or it isn't written."""
    rutnat = split_rows(text.removeprefix(BOM), tabell.fil)
    again, faults = (None, [rutnat]) if isinstance(rutnat, Problem) else read_table(rutnat, tabell.slag)
    stops = [p for p in faults if p.niva == "fel"]
    if again is not None and not stops and _figures(again) == _figures(tabell):
        return []
    why = f" {stops[0].meddelande}" if stops else ""
    help_text = "Byt namn på de rader och grupper som heter något ovanligt, eller läs in en del av tabellen i taget."
    if stops and stops[0].kod == "fel-summa":
        help_text = (
            "Ge de rader som står utanför grupperna en egen grupp, till exempel Övrigt, eller ta bort totalraden."
        )
    return [
        found.rutnat.problem(
            None,
            "gar-inte-att-skriva",
            f"Tabellen går inte att skriva så att den kan läsas tillbaka lika.{why}",
            help_text,
        )
    ]


def _rival_problems(found: Interpretation, twins: Sequence[Tabell], tabell: Tabell) -> list[Problem]:
    """Each extract of the same period that can't be told from the new one: what is to be said, and where."""
    pairs = [(one, other) for one, other in rivals([*twins, tabell]) if tabell in (one, other)]
    return [_rival_problem(found, one if other is tabell else other, tabell) for one, other in pairs]


def _rival_problem(found: Interpretation, rival: Tabell, tabell: Tabell) -> Problem:
    steps = []
    if tabell.uttag is None or tabell.uttag.fran < tabell.uttag.till:
        steps.append("Säg vilken dag den nya tabellen togs ut, så här: --uttag ÅÅÅÅ-MM-DD.")
    if rival.uttag is None:
        steps.append(f"Lägg till en rad överst i {rival.fil} om när den togs ut: uttag;ÅÅÅÅ-MM-DD.")
    elif rival.uttag.fran < rival.uttag.till:
        steps.append(f"Byt {rival.uttag.text} mot dagen på raden uttag i {rival.fil}: uttag;ÅÅÅÅ-MM-DD.")
    return found.rutnat.problem(
        None,
        "tva-filer-for-en-period",
        f"Det finns redan andra siffror för {tabell.period} {tabell.sista_ar} i {rival.fil}, och det går inte att se "
        "vilka som är senast.",
        " ".join(steps) or "Båda togs ut samma dag. Rätta --uttag, eller ta bort den fil som inte ska gälla.",
    )


def _period(found: Interpretation, options: ImportOptions) -> Ackumulerat | None:
    """The span that the year's figures are added up over: as the table says, else as the command line says."""
    wanted = Ackumulerat.parse(options.period) if options.period else None
    said = list(found.perioder.items())
    for period, cell in said[1:]:
        found.note(
            cell,
            "olika-perioder",
            f"Här står perioden {period}, men tidigare {said[0][0]}.",
            "Läs in en period i taget.",
        )
    if len(said) == 1 and wanted is not None and said[0][0] != wanted:
        found.note(
            said[0][1],
            "fel-period",
            f"Tabellen säger {said[0][0]}, men --period säger {wanted}.",
            "Ta bort flaggan --period om tabellen är rätt. Annars: läs in den tabell som gäller "
            f"{wanted.ord if wanted is not None else ''}.",
        )
    if said:
        return said[0][0]
    if wanted is not None or found.period_faulty:
        return wanted
    if found.is_bra:
        return Ackumulerat(12)
    found.note(
        None,
        "period-saknas",
        "Tabellen säger inte vilken period av året siffrorna gäller.",
        "Ta med raden som säger det, eller ange perioden, till exempel --period jan–sep.",
    )
    return None


def _extracted(found: Interpretation, options: ImportOptions, period: Ackumulerat | None) -> Tidpunkt | None:
    """When the figures were extracted. What a caption seems to say isn't believed when the period hadn't ended."""
    if options.uttag:
        return moment(options.uttag)
    said = moment(found.uttag)
    return said if said is None or period is None or said.till > period.slut(found.ar[-1]) else None


def _table(found: Interpretation, options: ImportOptions, period: Ackumulerat | None, kommun: str) -> Tabell:
    area = options.omrade or found.omrade or short_name(kommun)
    own = tuple(
        replace(s, nyckel=s.nyckel._replace(omrade=""))
        if same_area(s.nyckel.omrade, area) or fold(s.nyckel.omrade) in _OWN_WORDS
        else s
        for s in found.serier
    )
    kalla = options.kalla or ("bra" if found.is_bra else "compstat")
    years, preliminary = tuple(found.ar), frozenset(found.preliminara)
    if found.slag == "compstat" and kalla == "compstat" and not preliminary:
        preliminary = frozenset(years[-1:])  # Compstat's latest year always is
    return Tabell(
        fil=found.rutnat.fil,
        slag=found.slag,
        kalla=kalla,
        enhet="antal" if found.slag == "compstat" else "procent",
        ar=years,
        serier=tuple(_in_order(own)),
        omrade=area,
        period=period,
        uttag=_extracted(found, options, period),
        preliminara=preliminary,
        hanvisning=options.hanvisning,
        rubrik=options.rubrik or found.rubrik,
        rutnat=found.rutnat,
    )


def _in_order(serier: Sequence[Serie]) -> list[Serie]:
    """Rows outside every group first: below a group they would be taken for a part of it.

    Only a sum of all groups may stand last, where it can be told from a sum of the last group.
    """
    grouped = [s for s in serier if s.nyckel.grupp]
    totals = [s for s in serier if s.is_sum and not s.nyckel.grupp]
    rest = [s for s in serier if not s.nyckel.grupp and not s.is_sum]
    parts = [s for s in serier if not s.is_sum]
    told = bool(grouped) and any(s.is_sum and s.nyckel.grupp == grouped[-1].nyckel.grupp for s in grouped)
    right = all(
        value is None or value == sum(part.varden.get(ar) or 0 for part in parts)
        for total in totals
        for ar, value in total.varden.items()
    )
    return [*rest, *grouped, *totals] if told or right or not grouped else [*rest, *totals, *grouped]


def _problem(found: Interpretation, deviation: Avvikelse, *, recorded: bool) -> Problem:
    recorded = recorded and deviation.recordable
    return found.rutnat.problem(
        deviation.cell,
        deviation.kod,
        f"{deviation.var}: {deviation.text}",
        "Avvikelsen skrivs upp i filen och syns i rapporten." if recorded else deviation.atgard,
        "varning" if recorded else "fel",
    )


def _already(tabell: Tabell, others: Sequence[Tabell]) -> str:
    """The file that holds the same figures, unless others came after it and the new ones are later still."""
    for place, other in enumerate(newest_first(others)):
        later = tabell.uttag is not None and (other.uttag is None or other.uttag.till < tabell.uttag.fran)
        if _figures(other) == _figures(tabell) and not (place and later and tabell.slag == "compstat"):
            return other.fil
    return ""


def _figures(tabell: Tabell) -> dict[tuple[str, ...], dict[int, float]]:
    """The values of a table by series and year."""
    return {k: {ar: v for ar, v in s.varden.items() if v is not None} for k, s in tabell.by_key().items()}


def _file_name(tabell: Tabell, taken: set[str]) -> str:
    """A name that tells period and source, and that nothing has yet."""
    folder = "compstat" if tabell.slag == "compstat" else "enkater"
    if tabell.period is not None:
        source = "" if tabell.kalla == "compstat" else f"{tabell.kalla.lower()}-"
        stem = f"{source}{tabell.sista_ar}-{tabell.period.manad:02}"
    else:
        stem = f"{tabell.kalla.lower()}-{tabell.sista_ar}"
    if f"{stem}.csv" in taken and tabell.uttag is not None:
        stem += f"-uttag-{tabell.uttag.till.isoformat()}"
    name, number = f"{stem}.csv", 2
    while name in taken:
        name, number = f"tabell{number}-{stem}.csv", number + 1
    return f"{folder}/{name}"
