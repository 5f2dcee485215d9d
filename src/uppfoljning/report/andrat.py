"""What has changed between two quarters, in words: a row for each change, gathered by what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.avtryck import Avtryck, Avtrycksslag
from uppfoljning.jamforelse import Andring, compare
from uppfoljning.period import Kvartal
from uppfoljning.report.andringsord import Andringsord
from uppfoljning.report.motesvy import Andratvy, Andringsgruppvy
from uppfoljning.report.words import kvartal_text
from uppfoljning.swedish import capitalized, datum, number_word
from uppfoljning.underlag import Underlag

_GROUPS: tuple[tuple[str, tuple[Avtrycksslag, ...]], ...] = (
    ("Planen och momenten", ("plan", "moment")),
    ("Insatserna", ("insats", "historik", "lydelse")),
    ("Arbetet", ("genomforande", "egen_bedomning", "antal")),
    ("Svaren", ("oenighet", "svar", "rattelse")),
    ("Besluten", ("beslut",)),
    ("Statistiken", ("tabell", "utslag", "siffra")),
)
FIRST_QUARTER: frozenset[Avtrycksslag] = frozenset({"moment", "historik", "rattelse", "oenighet"})
"""What may be told of a first quarter, which has none before it: what happened in it."""


def changes_view(underlag: Underlag, fran: Avtryck, till: Avtryck, *, first: bool = False) -> Andratvy:
    """What has changed from one imprint to a later one; with ``first``, only what happened in an only quarter."""
    found = [a for a in compare(fran, till) if not first or a.nyckel.slag in FIRST_QUARTER]
    words = Andringsord(underlag, {**fran.insatser, **till.insatser})
    order = {insats: place for place, insats in enumerate(till.insatser)}
    groups = []
    for rubrik, slag in _GROUPS:
        of_group = [a for a in found if a.nyckel.slag in slag]
        of_group.sort(key=lambda a: (slag.index(a.nyckel.slag), order.get(a.nyckel.insats, len(order))))
        rows = tuple(row for a in of_group for row in words.row(a, first=first))
        if rows:
            groups.append(Andringsgruppvy(rubrik, rows))
    sedan = "" if first else kvartal_text(fran.kvartal)
    return Andratvy(
        sedan=sedan,
        forut="Förut" if first else capitalized(sedan),
        nu=capitalized(kvartal_text(till.kvartal)),
        ingress=_lead(found, fran, till, first=first, nothing=not groups),
        grupper=tuple(groups),
    )


def _lead(found: Sequence[Andring], fran: Avtryck, till: Avtryck, *, first: bool, nothing: bool) -> str:
    if first:
        return "Det finns inget tidigare kvartal att jämföra med. " + (
            "Inget särskilt rapporterades i kvartalet." if nothing else "Det här rapporterades i kvartalet."
        )
    text = [
        f"Läget per {datum(till.per)} jämfört med läget per {datum(fran.per)}.",
        *_answers(found, fran, till),
    ]
    return " ".join(text) + (" I övrigt har inget ändrats." if nothing else "")


def _answers(found: Sequence[Andring], fran: Avtryck, till: Avtryck) -> Iterator[str]:
    """How many answers have come since, by the quarter they are for."""
    by_quarter: dict[str, int] = {}
    for andring in found:
        if andring.nyckel.slag == "svar_for" and andring.fran is None:
            by_quarter[andring.nyckel.vad] = by_quarter.get(andring.nyckel.vad, 0) + 1
    for vad, new in sorted(by_quarter.items()):
        kvartal = Kvartal.parse(vad)
        if kvartal is not None:
            yield f"{capitalized(number_word(new, neuter=True))} svar har kommit för {kvartal_text(kvartal)}."
    if str(till.kvartal) not in by_quarter:
        yield f"Inget svar har kommit för {kvartal_text(till.kvartal)}."
    late = [
        v
        for nyckel, v in fran.varden.items()
        if nyckel.slag == "svar_for" and v.dag is not None and fran.per < v.dag <= till.per and nyckel in till.varden
    ]
    if late:
        number = capitalized(number_word(len(late), neuter=True))
        yield f"{number} svar för tidigare kvartal kom efter {datum(fran.per)}."
