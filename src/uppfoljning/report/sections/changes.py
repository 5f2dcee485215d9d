"""What has changed between two quarters, in words: a row for each change, gathered by what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppfoljning.facts.compare.avtryck import planned_days
from uppfoljning.facts.compare.differences import code_pair, compare
from uppfoljning.facts.compare.keys import Andring, Andringsid, Avtryck, Avtrycksslag
from uppfoljning.model.codes import LATE
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare_of
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.parts import Andratvy, Andringsgruppvy, Andringsradvy
from uppfoljning.text.swedish import capitalized, datum, number_word
from uppfoljning.words.changes import Andringsord, Andringstext
from uppfoljning.words.common import kvartal_text

_GROUPS: tuple[tuple[str, tuple[Avtrycksslag, ...]], ...] = (
    ("Planen och momenten", ("plan", "malet", "moment")),
    ("Insatserna", ("insats", "historik", "lofte", "lydelse")),
    ("Arbetet", ("genomforande", "egen_bedomning", "planerat", "antal")),
    ("Svaren", ("oenighet", "svar", "rattelse")),
    ("Besluten", ("beslut",)),
    ("Statistiken", ("tabell", "utslag", "siffra")),
)
FIRST_QUARTER: frozenset[Avtrycksslag] = frozenset({"moment", "historik", "rattelse", "oenighet"})
"""What may be told of a first quarter, which has none before it: what happened in it."""
_OWN_NEWS: frozenset[Avtrycksslag] = frozenset({"insats", "historik", "lydelse", "beslut", "rattelse"})
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Andrat:
    """What has changed: the view, and the same changes in words with their codes, in the view's order."""

    vy: Andratvy
    texter: tuple[Andringstext, ...]

    @property
    def andringar(self) -> tuple[Andring, ...]:
        """The changes that are told."""
        return tuple(text.andring for text in self.texter)


def find_changes(
    underlag: Underlag,
    fran: Avtryck,
    till: Avtryck,
    *,
    first: bool = False,
    told: frozenset[Andringsid] = frozenset(),
) -> Andrat:
    """What has changed from one imprint to a later one; with ``first``, only what happened in an only quarter.

    ``told`` are changes that stand elsewhere in the same report.
    """
    found = [a for a in compare(fran, till) if not first or _is_of_first_quarter(a)]
    found = [a for a in found if a.identity not in told]
    words = Andringsord(underlag, {**fran.insatser, **till.insatser}, fran.namn)
    order = {insats: place for place, insats in enumerate(till.insatser)}
    shown = tuple(without_echoes(found, till))
    groups: list[tuple[str, tuple[Andringstext, ...]]] = []
    for rubrik, slag in _GROUPS:
        of_group = [a for a in shown if a.nyckel.slag in slag]
        of_group.sort(key=lambda a: (slag.index(a.nyckel.slag), order.get(a.nyckel.insats, len(order))))
        texter = [text for a in of_group for text in words.text(a, first=first)]
        if texter:
            groups.append((rubrik, tuple(_together(words, texter))))
    sedan = "" if first else kvartal_text(fran.kvartal)
    vy = Andratvy(
        sedan=sedan,
        forut="Förut" if first else capitalized(sedan),
        nu=capitalized(kvartal_text(till.kvartal)),
        ingress=_lead(found, fran, till, first=first, nothing=not groups),
        grupper=tuple(Andringsgruppvy(rubrik, tuple(map(row_view, texter))) for rubrik, texter in groups),
    )
    return Andrat(vy, tuple(text for _, texter in groups for text in texter))


def row_view(text: Andringstext) -> Andringsradvy:
    """A change as a row. One without an insats is about figures, or about the answers on several."""
    slag = text.andring.nyckel.slag
    return Andringsradvy(
        slag=slag,
        insats=text.visat_id,
        ankare=ankare_of(text.insats) if text.insats else slag if slag in {"svar", "beslut"} else "statistik",
        rubrik=text.rubrik,
        vad=text.vad,
        fran=Statusvy(text.fran.kod, text.fran.ord),
        till=Statusvy(text.till.kod, text.till.ord),
        mening=text.mening,
    )


def _is_of_first_quarter(andring: Andring) -> bool:
    """Whether a change was reported in a first quarter; that a day had passed before it was not."""
    if andring.nyckel.slag == "moment":
        return andring.till is not None and andring.till.kod == "klart"
    return andring.nyckel.slag in FIRST_QUARTER


def without_echoes(found: Sequence[Andring], till: Avtryck) -> Iterator[Andring]:
    """The changes without those that another says: what is known of an insats begins and ends with it."""
    moved = {a.nyckel.insats for a in found if a.nyckel.slag == "insats"}
    told = {a.nyckel.insats for a in found if a.nyckel.slag == "historik" and a.nyckel.vad != "reviderad"}
    renewed = {a.nyckel for a in found if a.nyckel.slag == "tabell"}
    for a in found:
        one_sided = a.fran is None or a.till is None
        echo = a.nyckel.insats in moved and one_sided and a.nyckel.slag not in _OWN_NEWS
        if a.nyckel.slag == "plan" and a.fran is None and a.till is not None and a.till.kod in LATE:
            echo = False  # late from its first quarter
        if a.nyckel.slag == "insats":
            echo = a.nyckel.insats in told
        if a.nyckel.slag == "siffra" and one_sided:
            echo = a.nyckel.tabell in renewed  # it comes, or goes, with its table
        if a.nyckel.slag == "planerat" and a.fran is not None:
            echo = echo or till.dagar.get(a.nyckel.insats, frozenset()).issuperset(planned_days(a.fran))  # it was kept
        if not echo:
            yield a


def _together(words: Andringsord, texter: Sequence[Andringstext]) -> Iterator[Andringstext]:
    """The changes, with those of an aktör that has fallen silent, or answers again, on several insatser made one."""
    same: dict[tuple[str, tuple[str, str]], list[Andringstext]] = {}
    for text in texter:
        if text.andring.nyckel.slag == "svar":
            same.setdefault((text.andring.nyckel.aktor, code_pair(text.andring)), []).append(text)
    for text in texter:
        alike = same.get((text.andring.nyckel.aktor, code_pair(text.andring)), [])
        if text.andring.nyckel.slag != "svar" or len(alike) < _SEVERAL:
            yield text
        elif alike[0] is text:
            yield words.together(alike)


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
            kvartal_id = andring.nyckel.kvartal
            by_quarter[kvartal_id] = by_quarter.get(kvartal_id, 0) + 1
    for vad, new in sorted(by_quarter.items()):
        kvartal = Kvartal.parse(vad)
        if kvartal is not None:
            yield f"{capitalized(number_word(new, neuter=True))} svar har kommit för {kvartal_text(kvartal)}."
    if str(till.kvartal) not in by_quarter:
        yield f"Inget svar har kommit för {kvartal_text(till.kvartal)}."
    corrected = sum(a.nyckel.slag == "rattelse" and a.fran is None for a in found)
    if corrected:
        yield f"{capitalized(number_word(corrected))} {'rättelse' if corrected == 1 else 'rättelser'} har kommit."
    late = [
        v
        for nyckel, v in fran.varden.items()
        if nyckel.slag == "svar_for" and v.dag is not None and fran.per < v.dag <= till.per and nyckel in till.varden
    ]
    if late:
        yield f"I läget per {datum(fran.per)} ingår {number_word(len(late), neuter=True)} svar som kom senare."
