"""``insatser.yaml``: the huvudområden and their insatser, as agreed."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from uppfoljning.model.fields import (
    ArFalt,
    DeltagareId,
    Id,
    InsatsId,
    Kortform,
    Lista,
    Modell,
    SvarandeId,
    Text,
    Textform,
    TidpunktFalt,
)

Historikhandelse = Literal["tillkommen", "reviderad", "ersatt", "avslutad"]
Frekvensperiod = Literal["ar", "kvartal", "manad"]
Takt = Literal["dagligen", "lopande", "aterkommande"]
Malriktning = Literal["oka", "minska"]


def _as_ansvarig(value: Any) -> Any:
    return {"aktor": value} if isinstance(value, str) else value


class Ansvarig(Modell):
    """Who is responsible for an insats. A party's id means that the source names no aktör. ``atagande``: its share."""

    aktor: SvarandeId
    atagande: Text | None = None
    tolkning: Text | None = None


class Period(Modell):
    """An insats's own period, where it differs from the agreement's."""

    fran: TidpunktFalt | None = None
    till: TidpunktFalt | None = None


class Frekvens(Modell):
    """How often: ``antal`` per ``per`` (then countable), or ``takt`` (continuous work that can't be counted).

    ``antal_ar`` are the numbers agreed for single years, where another holds than ``antal``.
    """

    visas = ("antal", "per", "enhet")

    antal: int | None = Field(default=None, ge=1, le=1000)
    per: Frekvensperiod | None = None
    antal_ar: dict[ArFalt, Annotated[int, Field(ge=1, le=1000)]] = Field(
        default_factory=dict, description="Antal för enskilda år, när ett annat gäller än antal: {2022: 1}."
    )
    minst: bool = Field(default=False, description="true om antalet är det minsta som är lovat.")
    enhet: Text | None = Field(default=None, description="Vad som räknas, i flertal: trygghetsvandringar.")
    takt: Takt | None = None
    ord: Text | None = Field(default=None, description="Så som överenskommelsen uttrycker det.")


class Moment(Modell):
    """A milestone. ``senast`` is late only after its last day; without it the milestone is undated."""

    id: Id
    rubrik: Text
    senast: TidpunktFalt | None = None
    tolkning: Text | None = None


class Malsattning(Modell):
    """An optional aim: a number to reach, or a direction or words that can't be counted. ``utgangslage`` in words."""

    visas = ("antal", "enhet")

    antal: int | None = Field(default=None, ge=1, le=100_000)
    minst: bool = Field(default=False, description="true om antalet är det minsta som ska nås.")
    enhet: Text | None = None
    senast: TidpunktFalt | None = None
    riktning: Malriktning | None = None
    ord: Text | None = None
    utgangslage: Text | None = None


class Historik(Modell):
    """A change of the insats on the way, with its date and reason. ``exempel``: invented, and shown as such."""

    handelse: Historikhandelse
    datum: date
    skal: Text
    andring: Text | None = None
    ersatt_av: InsatsId | None = None
    exempel: bool = False


class Kalla(Modell):
    """Where in the source document an insats stands."""

    avsnitt: Text
    punkt: int | None = Field(default=None, ge=1)


class Insats(Modell):
    """A measure, as agreed. What the source leaves open is left out here and shown as open."""

    id: Id
    rubrik: Text
    kortrubrik: Text | None = Field(default=None, description="Rubriken i högst fyra, fem ord, för smala kolumner.")
    beskrivning: Text
    platser: Lista[Text] = Field(default=(), description="De platser där insatsen är lovad.")
    ansvariga: Lista[Annotated[Ansvarig, BeforeValidator(_as_ansvarig), Kortform("aktor")]] = ()
    samverkanspartner: Lista[DeltagareId] = ()
    start: TidpunktFalt | None = None
    period: Period = Field(default_factory=lambda: Period())
    frekvens: Frekvens | None = None
    moment: Lista[Moment] = ()
    malsattning: Malsattning | None = None
    raknas_av: SvarandeId | None = None
    korsreferenser: Lista[InsatsId] = ()
    historik: Lista[Historik] = ()
    individinsats: bool = Field(default=False, description="Handlar om enskilda: inga individuppgifter i rapporten.")
    redovisa_antal: bool = Field(
        default=False,
        description="Bara för individinsats: svaren får ange antal, och rapporten visar dem kvartal för kvartal. Antal "
        "under fem visas som <5.",
    )
    tolkning: Lista[Text] = ()
    oppet: Lista[Text] = ()
    kalla: Kalla


class Huvudomrade(Modell):
    """A focus area and its insatser. ``forkortning`` is how its ids are shown, with Swedish letters."""

    id: Id
    forkortning: Annotated[str, Textform(pattern=r"^[A-ZÅÄÖ0-9]{1,8}$")]
    rubrik: Text
    beskrivning: Text
    kalla: Kalla
    insatser: Lista[Insats] = ()


class Insatsfil(Modell):
    """``insatser.yaml``."""

    huvudomraden: Lista[Huvudomrade]
