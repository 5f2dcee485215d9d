"""The report view: what the template needs, ready to print. Strings are Swedish; nothing is left to compute.

The same values, as JSON, are attached to the PDF (:mod:`uppfoljning.output.json`). A change of shape raises
``VERSION``.
"""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.report.views.base import Ankarvy, Dokumentvy, Faktavy, Statusvy
from uppfoljning.report.views.figures import Indikatorsvy, Statistikvy
from uppfoljning.report.views.parts import (
    Andratvy,
    Avstamdvy,
    Beslutslistavy,
    Kvalitetsvy,
    Motesvy,
    Parternasvy,
    Stangtvy,
)


@dataclass(frozen=True, slots=True)
class Beslutvy:
    """A decision asked for. ``ankare`` leads to the insats."""

    fraga: str
    insats: str
    rubrik: str
    ankare: str
    aktor: str
    villkor: str


@dataclass(frozen=True, slots=True)
class Radvy:
    """A line of page one about one insats."""

    insats: str
    rubrik: str
    ankare: str
    status: Statusvy
    text: str


@dataclass(frozen=True, slots=True)
class Saknasvy:
    """An aktör that owes answers, and on what; ``tillagg`` explains."""

    aktor: str
    insatser: tuple[Ankarvy, ...]
    tillagg: str = ""
    fler: str = ""


@dataclass(frozen=True, slots=True)
class Datumvy:
    """A date ahead."""

    datum: str
    text: str


@dataclass(frozen=True, slots=True)
class Lagesradvy:
    """A huvudområde's row in the table on page one."""

    rubrik: str
    ankare: str
    antal: str
    statusar: tuple[Statusvy, ...]
    svar: str
    problemet: str


@dataclass(frozen=True, slots=True)
class Forstasidavy:
    """Page one: it answers alone. ``ordning`` is the order of its boxes, chosen so that two columns come out even."""

    huvudmening: str
    meningar: tuple[str, ...]
    problemet: str
    beslut: tuple[Beslutvy, ...]
    andrat: tuple[Radvy, ...]
    sent: tuple[Radvy, ...]
    aktorens_risk: tuple[Radvy, ...]
    saknas: tuple[Saknasvy, ...]
    inga_saknas: str
    datum: tuple[Datumvy, ...]
    lage: tuple[Lagesradvy, ...]
    ordning: tuple[str, ...]
    beslut_fler: str = ""
    sent_fler: str = ""
    inget_avviker: str = ""
    aktorens_risk_fler: str = ""
    andrat_rubrik: str = ""
    andrat_fler: str = ""
    saknas_fler: str = ""


@dataclass(frozen=True, slots=True)
class Svarvy:
    """One aktör's part of an insats.

    ``nytt`` is what a short answer says beside that nothing has changed; ``laget`` is how far the work has come and the
    aktör's own judgement. When ``stycken`` are from an earlier quarter, ``alder`` says so, and what ``laget`` was then.
    ``lang``: too long to be kept on one page.
    """

    aktor: str
    atagande: str
    status: Statusvy
    inlamnat: str
    alder: str
    laget: str
    nytt: tuple[Faktavy, ...]
    stycken: tuple[Faktavy, ...]
    intern: str
    lang: bool


@dataclass(frozen=True, slots=True)
class Insatsvy:
    """One insats with its plan in words and every aktör's answer.

    ``flaggor`` qualify the status, and are never empty when an answer is missing. ``beslut`` are the questions that are
    still open, also from earlier quarters; ``avgjort`` those that have been settled, with what came of them.
    """

    insats: str
    ankare: str
    rubrik: str
    status: Statusvy
    bedomning: str
    flaggor: tuple[str, ...]
    beskrivning: str
    fakta: tuple[Faktavy, ...]
    historik: tuple[str, ...]
    oenighet: tuple[str, ...]
    svar: tuple[Svarvy, ...]
    beslut: tuple[str, ...]
    avgjort: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Huvudomradevy:
    """A huvudområde with its insatser."""

    rubrik: str
    ankare: str
    beskrivning: str
    sammanfattning: str
    problemet: str
    indikatorer: tuple[Indikatorsvy, ...]
    insatser: tuple[Insatsvy, ...]


@dataclass(frozen=True, slots=True)
class Svarsradvy:
    """A row of the table of who has answered."""

    aktor: str
    part: str
    antal: str
    lamnade: str
    oforandrade: str
    sena: str
    saknas: str


@dataclass(frozen=True, slots=True)
class Oppetvy:
    """Something the agreement leaves open."""

    var: str
    vad: str


@dataclass(frozen=True, slots=True)
class Rapportvy(Dokumentvy):
    """The whole quarterly report."""

    forsta_sidan: Forstasidavy
    motet: Motesvy
    andrat: Andratvy
    stangt: Stangtvy
    beslut: Beslutslistavy
    huvudomraden: tuple[Huvudomradevy, ...]
    parter: Parternasvy
    statistik: Statistikvy
    svarsoversikt: tuple[Svarsradvy, ...]
    svarssumma: Svarsradvy
    oppet: tuple[Oppetvy, ...]
    kvalitet: Kvalitetsvy
    varningar: tuple[Faktavy, ...]
    avstamd_av: tuple[Avstamdvy, ...]
