"""The view of the half-yearly report and of the final one: two pages for politicians, and an annex."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.views.base import Dokumentvy, Faktavy, Statusvy
from uppfoljning.report.views.figures import Indikatorsvy, Statistikvy
from uppfoljning.report.views.kvartal import Datumvy, Lagesradvy, Radvy
from uppfoljning.report.views.parts import Andratvy, Beslutslistavy, Parternasvy


@dataclass(frozen=True, slots=True)
class Lagesrutavy:
    """One of the answers of page one, with what it rests on; ``fler`` counts what had no room."""

    rubrik: str
    mening: str
    rader: tuple[Radvy, ...]
    fler: str


@dataclass(frozen=True, slots=True)
class Helhetvy:
    """What the two pages have shortened or left out: under which heading, and the texts in full."""

    rubrik: str
    texter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sidorvy:
    """The two pages before the annex: as much as they have room for. ``helt`` stands in the annex.

    ``fyllda``: they take up so much of two pages that the annex begins a page of its own.
    """

    underrubrik: str
    huvud: tuple[Faktavy, ...]
    forslag: tuple[str, ...]
    forslag_fler: str
    bra: Lagesrutavy
    daligt: Lagesrutavy
    osakert: Lagesrutavy
    lage: tuple[Lagesradvy, ...]
    lage_fler: str
    samrad: tuple[Faktavy, ...]
    larande: Lagesrutavy
    forandring: Lagesrutavy
    resultat: Lagesrutavy
    andra: Lagesrutavy
    kommande: tuple[Datumvy, ...]
    kommande_fler: str
    beslutsunderlag: tuple[str, ...]
    beslutsunderlag_fler: str
    fyllda: bool
    helt: tuple[Helhetvy, ...]


@dataclass(frozen=True, slots=True)
class Kortinsatsvy:
    """An insats in a few lines: how its plan holds, what was done in the period, and the latest from each aktör."""

    insats: str
    ankare: str
    rubrik: str
    status: Statusvy
    bedomning: str
    flaggor: tuple[str, ...]
    rader: tuple[Faktavy, ...]


@dataclass(frozen=True, slots=True)
class Kortomradevy:
    """A huvudområde with its insatser in a few lines each; ``antal`` counts them and their answers."""

    rubrik: str
    ankare: str
    antal: str
    sammanfattning: str
    problemet: str
    indikatorer: tuple[Indikatorsvy, ...]
    insatser: tuple[Kortinsatsvy, ...]


@dataclass(frozen=True, slots=True)
class Slutvy:
    """What only the final report has: the basis for samråd, what was learnt, promised and done, the five questions."""

    samrad: tuple[Faktavy, ...]
    lardomar: tuple[str, ...]
    parter: Parternasvy
    fragor: tuple[Faktavy, ...]
    fragor_kalla: str


@dataclass(frozen=True, slots=True)
class Halvarsvy(Dokumentvy):
    """The whole report. ``slut`` is None in a half-yearly one.

    ``sidorna`` are its first two pages; what may be shortened there is in full here. ``kort_rubrik`` is for the foot of
    the pages. ``datum`` is the document's own
    day, ``per`` the day the state is judged at. Nothing intern is ever in it.
    """

    datum: str
    datum_iso: str
    kort_rubrik: str
    mottagare: str
    kommun: str
    diarienummer: str
    handlaggare: str
    huvudmening: str
    meningar: tuple[str, ...]
    sidorna: Sidorvy
    forslag: tuple[str, ...]
    lage: tuple[Lagesradvy, ...]
    kommande: tuple[Datumvy, ...]
    beslutsunderlag: tuple[str, ...]
    slut: Slutvy | None
    omraden: tuple[Kortomradevy, ...]
    andrat: Andratvy
    beslut: Beslutslistavy
    statistik: Statistikvy
    svarsfrekvens: tuple[str, ...]
