"""Rules about series whose small counts are withheld: they are found, and no other source gives them away.

A row is protected by its name. One that is spelled otherwise in a table would be shown in full, so a name that is not
found is a fault. Where the source has no table yet there is nothing to show, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.check.tables import head_place
from uppfoljning.facts.redact.small_counts import Tabellrad, plain_whole
from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.check import find_cell
from uppfoljning.model import Indikator
from uppfoljning.model.tabell import Tabell, newest_first
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, lista, nearest

_LONGEST_LIST = 100


def check_found(underlag: Underlag) -> Iterator[Problem]:
    """Every series that is to be protected is found in the tables of its source."""
    known = underlag.kanda.of("kallor")
    for i, indikator in enumerate(underlag.indikatorer.indikatorer):
        if not indikator.skydda_sma_tal:
            continue
        if indikator.serie is None and indikator.grupp is None:
            yield from _check_unnamed(underlag, indikator, ("indikatorer", i))
        elif indikator.kalla in known:
            yield from _check_named(underlag, indikator, ("indikatorer", i))


def _tables(underlag: Underlag) -> list[tuple[Tabell, list[Tabellrad]]]:
    """The tables with figures that may be small, and their rows."""
    return [(t, _rows(underlag, t)) for t in underlag.tabeller if t.enhet != "rang"]


def _check_unnamed(underlag: Underlag, indikator: Indikator, vag: Vag) -> Iterator[Problem]:
    """An indicator that names no row protects none, though one may have its name."""
    for tabell, rows in _tables(underlag):
        if any(row.rad[2] == fold(indikator.namn) for row in rows) and not indikator.ord:
            yield underlag.problem(
                underlag.indikatorfil,
                (*vag, "skydda_sma_tal"),
                "skyddad-serie-saknas",
                f"Indikatorn säger inte vilken serie som ska skyddas, och {indikator.namn} finns i {tabell.fil}.",
                f"Lägg till fälten kalla: {tabell.kalla} och serie: {indikator.namn}.",
                key=True,
            )
            return


def _check_named(underlag: Underlag, indikator: Indikator, vag: Vag) -> Iterator[Problem]:
    tables = _tables(underlag)
    own = [(t, rows) for t, rows in tables if t.kalla == indikator.kalla]
    found = [row for _, rows in own for row in rows if row.is_protected(indikator)]
    if any(t.fel for t, _ in own):
        return  # a row may have been left out for its own fault
    if found:
        kommun = underlag.overenskommelse.kommun
        where = {row.rad[0] for row in found}
        if indikator.omrade is not None and plain_whole(indikator.omrade, kommun) not in where:
            areas = {row.serie.nyckel.omrade or row.tabell.omrade or kommun for row in found}
            yield _lost(underlag, indikator, (*vag, "omrade"), indikator.omrade, _among(areas))
        yield from _check_each(indikator, [t for t, _ in own], [row.tabell for row in found])
        return
    elsewhere = [row for _, rows in tables for row in rows if _is_named(indikator, row)]
    if own or any(not row.is_protected(indikator) for row in elsewhere):
        field_name, name, advice = _mend(indikator, [row for _, rows in own for row in rows])
        if elsewhere:
            kallor = sorted({row.tabell.kalla for row in elsewhere})
            field_name, advice = "kalla", f"Den finns i tabellerna från {lista(kallor)}: rätta kalla."
            name = indikator.serie or indikator.grupp or ""
        yield _lost(underlag, indikator, (*vag, field_name), name, advice)


def _is_named(indikator: Indikator, row: Tabellrad) -> bool:
    """Whether a row has the name that an indicator protects, in whatever source."""
    return row.is_protected(indikator.model_copy(update={"kalla": row.tabell.kalla}))


def _mend(indikator: Indikator, rows: Sequence[Tabellrad]) -> tuple[str, str, str]:
    """The field that names what isn't there, its value, and what may stand there instead."""
    groups = {row.serie.nyckel.grupp for row in rows}
    if indikator.serie is None:
        return "grupp", indikator.grupp or "", _nearest(indikator.grupp or "", groups - {""})
    named = {row.serie.nyckel.grupp for row in rows if row.rad[2] == fold(indikator.serie)}
    if not named:
        names = {
            row.serie.nyckel.namn for row in rows if indikator.grupp is None or row.rad[1] == fold(indikator.grupp)
        }
        return "serie", indikator.serie, _nearest(indikator.serie, names or {row.serie.nyckel.namn for row in rows})
    there = "" if "" in named else f" Raden {indikator.serie} finns i gruppen {lista(sorted(named))}."
    return "grupp", f"{indikator.serie} i {indikator.grupp}", f"Rätta grupp, eller ta bort fältet.{there}"


def _nearest(name: str, known: set[str]) -> str:
    near = nearest(name, known)
    return f'Menade du "{near}"?' if near is not None else _among(known)


def _among(names: set[str]) -> str:
    """What there is to choose from, all of it where that can be read; a name may hold a comma."""
    more = "; med flera" if len(names) > _LONGEST_LIST else ""
    return f"Skriv namnet som i tabellen. Där finns: {'; '.join(sorted(names)[:_LONGEST_LIST])}{more}."


def _lost(underlag: Underlag, indikator: Indikator, vag: Vag, name: str, advice: str) -> Problem:
    where = f"tabellerna från {indikator.kalla}"
    return underlag.problem(
        underlag.indikatorfil,
        vag,
        "skyddad-serie-saknas",
        f'"{name}" finns inte i {where}, så det som ska skyddas (skydda_sma_tal) hittas inte.',
        advice,
    )


def _check_each(indikator: Indikator, tabeller: Sequence[Tabell], found: Sequence[Tabell]) -> Iterator[Problem]:
    """The row is in every table that may be shown: in one where it is called something else it would be in full."""
    name, has = indikator.serie or indikator.grupp or "", {id(t) for t in found}
    last = {t.span or id(t): t for t in reversed(newest_first(tabeller))}
    for tabell in last.values():
        if id(tabell) in has or any(fold(note.var) == fold(name) for note in tabell.anmarkningar):
            continue
        before = [t for t in found if _order(t) < _order(tabell)]
        if tabell.period is None and (not before or any(t.sista_ar >= tabell.sista_ar for t in found)):
            continue  # the rounds of a survey are joined, and its files may hold a part of the questions each
        other = max(before, key=_order) if before else min(found, key=_order)
        rutnat = tabell.rutnat or Rutnat(tabell.fil, ())
        what = "serien" if indikator.serie else "gruppen"
        yield rutnat.problem(
            find_cell(rutnat.tabell, head_place(tabell, "period") or head_place(tabell, "kalla")),
            "skyddad-serie-saknas",
            f"Den skyddade {what} {name} finns i {other.fil} men inte här. Heter den något annat här visas den i sin "
            "helhet.",
            f"Skriv {name} i tabellen. Är det källan som har bytt namn: lägg till en indikator med skydda_sma_tal för "
            f"det andra namnet, och skriv före tabellen: anmarkning;{name};Heter något annat i den här tabellen. Finns "
            f"den inte: anmarkning;{name};Redovisas inte i den här tabellen.",
            "fel" if before else "varning",
        )


def _order(tabell: Tabell) -> tuple[int, int, str]:
    """How far a table reaches, and when it was extracted."""
    month = tabell.period.manad if tabell.period is not None else 0
    return tabell.sista_ar, month, tabell.uttag.till.isoformat() if tabell.uttag is not None and month else ""


def check_other_sources(underlag: Underlag) -> Iterator[Problem]:
    """Another source's figures of the same area and period may give away a protected series: someone has to look.

    That it has been done is told by an anmärkning on the series in the other source's file.
    """
    for indikator in underlag.indikatorer.indikatorer:
        name = indikator.serie or indikator.grupp
        own = [
            row
            for tabell in underlag.tabeller
            if indikator.skydda_sma_tal and tabell.kalla == indikator.kalla
            for row in _rows(underlag, tabell)
            if row.period is not None and row.is_protected(indikator)
        ]
        for tabell in underlag.tabeller if own and name else ():
            seen = any(fold(note.var) == fold(name or "") for note in tabell.anmarkningar)
            if tabell.kalla == indikator.kalla or seen:
                continue
            if any(_beside(one, other) for other in _rows(underlag, tabell) for one in own):
                yield _unseen(
                    tabell, underlag.kallnamn(tabell.kalla), name or "", "serien" if indikator.serie else "gruppen"
                )


def _rows(underlag: Underlag, tabell: Tabell) -> list[Tabellrad]:
    return [Tabellrad.of(tabell, serie, underlag.overenskommelse.kommun) for serie in tabell.serier]


def _beside(one: Tabellrad, other: Tabellrad) -> bool:
    """Whether two rows are about the same area and period in some year."""
    same = one.rad[0] == other.rad[0] and one.period == other.period
    return same and not one.varden.keys().isdisjoint(other.varden)


def _unseen(tabell: Tabell, kalla: str, name: str, what: str) -> Problem:
    rutnat = tabell.rutnat or Rutnat(tabell.fil, ())
    return rutnat.problem(
        find_cell(rutnat.tabell, head_place(tabell, "kalla")),
        "annan-kalla-for-skyddad-serie",
        f"Källan {kalla} har siffror för samma område och period som den skyddade {what} {name}: små tal kan räknas "
        "fram genom att källorna jämförs.",
        "Se till att varje rad här som är summan av andra heter det (Summa, Totalt eller Samtliga först eller sist i "
        f"namnet), så göms den vid behov. Skriv sedan före tabellen att det är prövat: anmarkning;{name};Prövat: inget "
        "litet tal kan räknas fram härifrån.",
        "varning",
    )


RULES = (check_found, check_other_sources)
