"""A file of figures → a table, or every fault in it with its row and column. Pure: the rows have been read already."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.check import check_file_name, check_shares, check_sums
from uppfoljning.load.tables.check import find_cell as find_cell
from uppfoljning.load.tables.check import sum_name as sum_name
from uppfoljning.load.tables.columns import Kolumner
from uppfoljning.load.tables.head import Huvud, read_head
from uppfoljning.load.tables.rows import Rader
from uppfoljning.model.period import Ackumulerat
from uppfoljning.model.tabell import KOLUMNER, Not, Serie, Tabell, Tabellslag
from uppfoljning.text.candidates import Labels
from uppfoljning.text.problem import Problem


def read_table(rutnat: Rutnat, slag: Tabellslag, kallor: Labels | None = None) -> tuple[Tabell | None, list[Problem]]:
    """The table of a file in ``data/compstat`` or ``data/enkater``, and its faults; None when there is no table.

    ``kallor`` are the sources that it may name.
    """
    if not any(rutnat.tabell):
        empty = rutnat.problem(None, "tom-fil", "Filen är tom.", "Fyll i den, eller ta bort den om den inte behövs.")
        return None, list(rutnat.lasfel) or [empty]
    huvud, first = read_head(rutnat, slag, kallor or {})
    huvud.problem.extend(rutnat.lasfel)
    if first >= len(rutnat.tabell):
        huvud.note(
            None,
            "tabell-saknas",
            "Filen har ingen rad med årtal, så det går inte att se vad siffrorna gäller.",
            f"Skriv en rad före siffrorna: {';'.join(KOLUMNER[slag][1:3])};2021;2022.",
        )
        return None, huvud.problem
    kolumner = Kolumner(huvud, rutnat.tabell[first])
    rader = Rader(huvud, kolumner)
    serier = rader.read(rutnat.tabell[first + 1 :]) if kolumner.har_namn else ()
    tabell = _put_together(huvud, rader, serier)
    if not kolumner.har_namn:
        return None, huvud.problem
    if not serier and not rader.har_fel:
        huvud.note(kolumner.rad[0], "inga-rader", "Tabellen har inga rader.", "Lägg till siffrorna under årtalen.")
    problems = [*huvud.problem, *check_sums(tabell), *check_shares(tabell)]
    if kolumner.ar_sakra:
        problems += check_file_name(tabell)
    return replace(tabell, fel=any(p.niva == "fel" for p in problems)), problems


def _put_together(huvud: Huvud, rader: Rader, serier: tuple[Serie, ...]) -> Tabell:
    year_notes = frozenset(rader.kolumner.preliminara)
    period: Ackumulerat | None = None
    if huvud.slag == "compstat":
        period = huvud.period
        year_notes |= frozenset(rader.kolumner.ar[-1:]) if huvud.flag("preliminar") else frozenset()
    notes: dict[str, tuple[Not, ...]] = {k: tuple(v) for k, v in huvud.noter.items()}
    return Tabell(
        fil=huvud.rutnat.fil,
        slag=huvud.slag,
        kalla=huvud.kalla,
        enhet=rader.enhet,
        ar=tuple(rader.kolumner.ar),
        serier=serier,
        omrade=huvud.text("omrade"),
        period=period,
        uttag=huvud.uttag,
        preliminara=year_notes,
        hanvisning=huvud.text("hanvisning"),
        rubrik=huvud.text("rubrik"),
        rattelser=notes.get("rattelse", ()),
        anmarkningar=notes.get("anmarkning", ()),
        avvikelser=notes.get("avvikelse", ()),
        exempel=huvud.flag("exempel"),
        rutnat=huvud.rutnat,
    )
