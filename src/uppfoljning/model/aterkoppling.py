"""``aterkoppling/<kvartal>/*.yaml``: what an aktör answered for a quarter."""

from datetime import date
from typing import Literal

from pydantic import Field

from uppfoljning.model.beslut import Svarsbeslut
from uppfoljning.model.fields import InsatsId, KvartalFalt, Lista, Modell, MomentId, SvarandeId, Text

Genomforande = Literal["inte_paborjad", "pagar", "genomford", "pausad", "avbruten"]
Planbedomning = Literal["enligt_plan", "risk_for_forsening", "forsenad", "gar_inte_att_bedoma"]


class Utfallshandelse(Modell):
    """Something that happened this quarter and is counted: ``antal`` of it on ``datum`` at ``plats``.

    Without ``datum`` it is a total of the quarter, and needs its ``antal``. ``raknas`` says whether it counts towards
    what is agreed, where ``vad`` is another word than the insats's unit.
    """

    visas = ("datum",)

    datum: date | None = Field(default=None, description="Dagen. Utan dag är antalet kvartalets summa.")
    antal: int = Field(default=1, ge=0, le=100_000)
    plats: Text | None = None
    vad: Text | None = None
    raknas: bool | None = Field(default=None, description="Om händelsen räknas mot det som är lovat.")


class KlartMoment(Modell):
    """A milestone reached."""

    moment: MomentId
    datum: date


class Utfall(Modell):
    """What happened *this quarter*."""

    handelser: Lista[Utfallshandelse] = ()
    klara_moment: Lista[KlartMoment] = ()


class Planerat(Modell):
    """Something with a date ahead. ``raknas``: it will count towards the insats's frequency or aim when it happens."""

    datum: date
    vad: Text
    plats: Text | None = None
    raknas: bool = False


class BeslutBehovs(Modell):
    """A decision the aktör asks for. ``forslag``: what the one who decides is asked to decide, as a whole sentence.

    ``insatser`` are the others that it concerns, beside the one that the answer is about.
    """

    fraga: Text
    av: Text | None = Field(default=None, description="Vem som ska besluta: ett forum eller en funktion.")
    senast: date | None = None
    forslag: Text | None = Field(
        default=None, description="Förslag till beslut: en hel mening som säger vem som beslutar och vad."
    )
    skal: Text | None = Field(default=None, description="Varför beslutet behövs.")
    utan_beslut: Text | None = Field(default=None, description="Vad som händer om inget beslutas.")
    kostnad: Text | None = Field(default=None, description="Vad beslutet kostar, och varifrån pengarna ska tas.")
    insatser: Lista[InsatsId] = Field(default=(), description="Andra insatser som frågan också gäller.")

    def is_overdue(self, per: date) -> bool:
        """Whether its last day has passed."""
        return self.senast is not None and self.senast < per


class Overstyrning(Modell):
    """An override of the derived plan status. ``skal`` is demanded by the rules, not by the shape."""

    visas = ("skal",)

    plan: Planbedomning
    skal: Text | None = None


class Rattar(Modell):
    """Marks an answer as the correction of an earlier one by the same aktör on the same insats."""

    kvartal: KvartalFalt
    skal: Text


class Muntligt(Modell):
    """That an answer was given by word of mouth: the day, and the function that noted it down."""

    datum: date
    antecknat_av: Text = Field(description="Funktionen som antecknade svaret, aldrig ett personnamn.")


class Svar(Modell):
    """One aktör's answer on one insats for one quarter. ``plats``: where the work was done, when it had a place."""

    visas = ("genomforande",)

    insats: InsatsId
    genomforande: Genomforande | None = None
    egen_bedomning: Planbedomning | None = None
    utfall: Utfall = Field(default_factory=lambda: Utfall())
    plats: Text | None = None
    kommentar: Text | None = None
    avvikelse: Text | None = None
    orsak: Text | None = None
    nasta_steg: Text | None = None
    planerat: Lista[Planerat] = ()
    beslut_behovs: BeslutBehovs | None = None
    beslut: Lista[Svarsbeslut] = Field(default=(), description="Vad det blev av frågor som ställts i tidigare svar.")
    lardom: Text | None = Field(default=None, description="Vad ni har lärt er, till slutrapporten.")
    overstyrning: Overstyrning | None = None
    oforandrat: bool = False
    inget_att_rapportera: bool = False
    intern: Text | None = Field(
        default=None, description="Lämnar aldrig styrgruppen. Märkningen innebär inte sekretess."
    )
    lamnad: date | None = Field(default=None, description="När svaret lämnades, om det skiljer sig från filens dag.")
    muntligt: Muntligt | None = Field(
        default=None, description="Om svaret gavs muntligt: dagen, och vem som antecknade."
    )
    rattar: Rattar | None = None


class Aterkopplingsfil(Modell):
    """One file of answers: whose, for which quarter, when it was given, and whether it is invented."""

    kvartal: KvartalFalt
    aktor: SvarandeId
    lamnad: date
    exempel: bool = False
    svar: Lista[Svar]
