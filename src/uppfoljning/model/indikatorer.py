"""``indikatorer.yaml``: which series, or fact in words, says something about which huvudområde, and how to read it."""

from typing import Annotated, Literal

from pydantic import Field

from uppfoljning.model.fields import (
    HuvudomradeId,
    Id,
    IndikatorId,
    InsatsId,
    KallaId,
    KvartalFalt,
    Lista,
    Modell,
    Text,
    Textform,
)

Riktning = Literal["lagre_battre", "hogre_battre", "varken"]


class Vidar(Modell):
    """A note that belongs to a year: a break in the series, a year without a survey, a doubt about comparing.

    ``fran``: the first quarter whose report may tell it, where it was not known from the year's beginning.
    """

    ar: int = Field(ge=1900, le=2200)
    text: Text
    fran: KvartalFalt | None = None


class Statistikkalla(Modell):
    """A source of figures, named in the head of each table. What is said here holds for all its series.

    ``avbrott``: only years from its ``ar`` on are compared with each other. ``designeffekt``: how many times more
    answers the survey would need to be as sure as a simple random sample; 1.5 by convention when nothing is said.
    """

    id: Id
    namn: Text
    beskrivning: Text | None = None
    avbrott: Lista[Vidar] = ()
    jamforbarhet: Lista[Vidar] = ()
    ingen_matning: Lista[Vidar] = ()
    far_publiceras: bool = Field(default=True, description="false om källans siffror inte får spridas vidare.")
    designeffekt: float = Field(default=1.5, ge=1, le=10)


class Indikatorsmal(Modell):
    """An aim for an indicator: a value to reach by a year, or words."""

    varde: float | None = Field(default=None, ge=0)
    ar: int | None = Field(default=None, ge=1900, le=2200)
    ord: Text | None = None


class Indikator(Modell):
    """What is looked at to see whether the problem of a huvudområde changes.

    With ``serie`` (a row's name in the tables of ``kalla``) it has figures; with ``ord`` it is a fact in words; with
    neither, the agreement names it and nobody has figures for it. ``skydda_sma_tal``: about individuals, so counts
    below five are never shown. ``riktning`` says what would be better, and is never shown as a colour by itself.
    ``kontrollomrade`` is the area, with rows of its own in the same tables, that the series is set against.
    """

    id: Id
    namn: Text
    huvudomrade: HuvudomradeId | None = None
    kalla: KallaId | None = None
    serie: Text | None = None
    grupp: Text | None = None
    omrade: Text | None = None
    ord: Text | None = None
    riktning: Riktning = "lagre_battre"
    insatser: Lista[InsatsId] = ()
    avbrott: Lista[Vidar] = ()
    jamforbarhet: Lista[Vidar] = ()
    skydda_sma_tal: bool = False
    allvarligt: bool = Field(default=False, description="Ett brott så allvarligt att det nämns också när det är få.")
    kontrollomrade: Text | None = Field(default=None, description="Området som seriens utveckling ställs mot.")
    malsattning: Indikatorsmal | None = None
    avsnitt: Text | None = Field(default=None, description="Var i överenskommelsen indikatorn nämns.")


class Brottskod(Modell):
    """A crime code that the parties have agreed to follow. ``kod`` is text: its leading zero is part of it."""

    kod: Annotated[str, Textform(pattern=r"^[0-9]{4}$")]
    namn: Text
    huvudomrade: HuvudomradeId | None = None
    indikator: IndikatorId | None = None


class Folkmangd(Modell):
    """The population at the end of a year, for figures per 100 000 inhabitants."""

    ar: int = Field(ge=1900, le=2200)
    antal: int = Field(ge=1, le=50_000_000)


class Indikatorfil(Modell):
    """``indikatorer.yaml``."""

    kallor: Lista[Statistikkalla] = ()
    indikatorer: Lista[Indikator] = ()
    brottskoder: Lista[Brottskod] = ()
    folkmangd: Lista[Folkmangd] = ()
    tolkning: Text | None = None
