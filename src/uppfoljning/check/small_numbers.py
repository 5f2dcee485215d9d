"""What may tell a small number of people though the tool withholds it: a free text, or another source's figures.

A count below five is never printed for an insats about individuals; a text that says 'tre ungdomar' would say it all
the same. Dates, ids and ordinary phrases ('en gång', 'ett möte') state nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppfoljning.check.aterkoppling import at, whole_insatser
from uppfoljning.check.tables import head_place
from uppfoljning.facts.redact.small_counts import Tabellrad
from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.check import find_cell
from uppfoljning.model import Svar
from uppfoljning.model.tabell import Tabell
from uppfoljning.model.underlag import Svarspost, Underlag, Vag
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold

_PEOPLE = (
    "person(?:en|er|erna)?|ungdom(?:en|ar|arna)?|barn(?:et|en)?|elev(?:en|er|erna)?|individ(?:en|er|erna)?|"
    "pojk(?:e|en|ar|arna)|flick(?:a|an|or|orna)|kill(?:e|en|ar|arna)|tjej(?:en|er|erna)?|kvinn(?:a|an|or|orna)|män|"
    "mamm(?:a|an|or)|papp(?:a|an|or)|föräld(?:er|ern|rar|rarna)|vårdnadshavar(?:e|en|na)|syskon(?:et|en)?|"
    "familj(?:en|er|erna)?|avhoppar(?:e|en|na)|klient(?:en|er|erna)?|unga|vuxna"
)
_CASES = (
    "(?:oros)?samtal(?:en)?|(?:individ)?ärenden(?:a)?|placering(?:ar|arna)|avhopp(?:en)?|fall(?:en)?|"
    "(?:oros)?anmälning(?:ar|arna)|insatsgrupp(?:er|erna)|utredning(?:ar|arna)"
)
_BETWEEN = (
    r"(?:(?:av|de|dem|våra|dessa|st|st\.|stycken|unga?|ungt|yngre|äldre|vuxna?|nya?|nytt|enskil(?:d|da|t)|enda|olika|"
    r"andra|annan|annat|lita?|litet|små|pågående|avslutade|tidigare|berörda|aktuella|gemensamma|påbörjade)\s+){0,3}"
)
_DIGIT = r"(?<![\w.,:/%-])(?:[0-9]\s?[–-]\s?)?[0-4](?![\w.,:/%])"
_SEVERAL = rf"(?:\b(?:noll|två|tre|fyra)\b|{_DIGIT})"
_SMALL = re.compile(
    rf"(?:{_SEVERAL}\s+{_BETWEEN}(?:{_PEOPLE}|{_CASES})"
    # One person is a number; one conversation is any conversation, but none at all is a number.
    rf"|\b(?:en|ett|endast en|bara en)\s+{_BETWEEN}(?:{_PEOPLE})|\binga\s+{_BETWEEN}(?:{_CASES}))\b",
    re.IGNORECASE,
)


def find_small(text: str) -> str:
    """The words of a text that state a small number of people or of cases about them; empty where none do."""
    found = _SMALL.search(text)
    return found[0] if found else ""


def check_small_numbers(underlag: Underlag) -> Iterator[Problem]:
    """No text about individuals says how few they are."""
    insatser = whole_insatser(underlag)
    for post in underlag.svar:
        insats = insatser.get(post.svar.insats)
        if insats is None or not insats.individinsats:
            continue
        for steps, text in _texts(post.svar):
            words = find_small(text)
            if words:
                yield _problem(underlag, post, steps, text, words)


def _texts(svar: Svar) -> Iterator[tuple[Vag, str]]:
    """Every free text of an answer, with its path in it."""
    for name in ("kommentar", "avvikelse", "orsak", "nasta_steg", "lardom", "intern"):
        if text := getattr(svar, name):
            yield (name,), text
    for i, handelse in enumerate(svar.utfall.handelser):
        if handelse.vad:
            yield ("utfall", "handelser", i, "vad"), handelse.vad
    for i, planerat in enumerate(svar.planerat):
        yield ("planerat", i, "vad"), planerat.vad
    if svar.beslut_behovs is not None:
        yield ("beslut_behovs", "fraga"), svar.beslut_behovs.fraga
        if svar.beslut_behovs.forslag:
            yield ("beslut_behovs", "forslag"), svar.beslut_behovs.forslag
    for i, beslut in enumerate(svar.beslut):
        yield ("beslut", i, "text"), beslut.text
    if svar.overstyrning is not None and svar.overstyrning.skal:
        yield ("overstyrning", "skal"), svar.overstyrning.skal
    if svar.rattar is not None:
        yield ("rattar", "skal"), svar.rattar.skal


def _problem(underlag: Underlag, post: Svarspost, steps: Vag, text: str, words: str) -> Problem:
    """The warning, at the words where they stand on one line. It is read in the report too, and doesn't repeat them."""
    told = (
        "litet-tal-i-text",
        f"Texten säger hur få det är, och {underlag.visat(post.svar.insats)} handlar om enskilda: antal under fem "
        "redovisas inte.",
        "Skriv i allmänna ordalag, till exempel ”några” eller ”färre än fem”.",
    )
    fil, vag = at(underlag, post, *steps)
    file = underlag.filer.get(fil)
    nod = file.nod(vag) if file is not None else None
    if file is not None and nod is not None:
        left = len(text)
        for rad in range(nod.rad, len(file.rader) + 1):
            line = file.rader[rad - 1]
            kolumn = line.find(words, nod.kolumn - 1 if rad == nod.rad else 0)
            if kolumn >= 0:
                return file.problem_at(rad, kolumn + 1, *told, len(words), "varning")
            left -= len(line.strip()) + 1 if rad > nod.rad else max(len(line) - nod.kolumn, 0)
            if left <= 0:  # the words are divided between two lines of this text
                break
    return underlag.problem(fil, vag, *told, "varning")


def check_other_sources(underlag: Underlag) -> Iterator[Problem]:
    """Another source's figures of the same area and period may give away a protected series: someone has to look.

    That it has been done is told by an anmärkning on the series in the other source's file.
    """
    for indikator in underlag.indikatorer.indikatorer:
        name = indikator.serie or indikator.grupp
        own = [
            row
            for tabell in underlag.tabeller
            if indikator.skydda_sma_tal and tabell.kalla == indikator.kalla and tabell.period is not None
            for row in _rows(underlag, tabell)
            if row.is_protected(indikator)
        ]
        for tabell in underlag.tabeller if own and name else ():
            seen = any(fold(note.var) == fold(name or "") for note in tabell.anmarkningar)
            if tabell.kalla == indikator.kalla or seen:
                continue
            if any(_beside(one, other) for other in _rows(underlag, tabell) for one in own):
                yield _unseen(underlag, tabell, name or "", "serien" if indikator.serie else "gruppen")


def _rows(underlag: Underlag, tabell: Tabell) -> list[Tabellrad]:
    return [Tabellrad.of(tabell, serie, underlag.overenskommelse.kommun) for serie in tabell.serier]


def _beside(one: Tabellrad, other: Tabellrad) -> bool:
    """Whether two rows are about the same area and period in some year."""
    same = one.rad[0] == other.rad[0] and one.tabell.period == other.tabell.period
    return same and not one.varden.keys().isdisjoint(other.varden)


def _unseen(underlag: Underlag, tabell: Tabell, name: str, what: str) -> Problem:
    rutnat = tabell.rutnat or Rutnat(tabell.fil, ())
    return rutnat.problem(
        find_cell(rutnat.tabell, head_place(tabell, "kalla")),
        "annan-kalla-for-skyddad-serie",
        f"Källan {underlag.kallnamn(tabell.kalla)} har siffror för samma område och period som den skyddade {what} "
        f"{name}: små tal kan räknas fram genom att källorna jämförs.",
        "Se till att varje rad här som är summan av andra heter det (Summa, Totalt eller Samtliga först eller sist i "
        f"namnet), så göms den vid behov. Skriv sedan före tabellen att det är prövat: anmarkning;{name};Prövat: inget "
        "litet tal kan räknas fram härifrån.",
        "varning",
    )


RULES = (check_other_sources,)
