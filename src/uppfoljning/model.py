"""What the files may say: frozen pydantic models, one attribute for each key in the YAML.

Values that need more than one file to be judged are left to :mod:`uppfoljning.check`. Field descriptions are Swedish:
they become the help text of editors by way of JSON Schema.

Annotations are not postponed here: pydantic would have to evaluate each from text, on every start.
"""

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import core_schema

from uppfoljning.period import Halvar, Kvartal, Tidpunkt

T = TypeVar("T")

MAX_TEXT = 20_000

Genomforande = Literal["inte_paborjad", "pagar", "genomford", "pausad", "avbruten"]
Planbedomning = Literal["enligt_plan", "risk_for_forsening", "forsenad", "gar_inte_att_bedoma"]
Handelse = Literal["tillkommen", "reviderad", "ersatt", "avslutad"]


class _Str:
    """A string's limits as one ready-made schema, since pydantic builds each of sixty such fields on every start."""

    def __init__(self, **limits: Any) -> None:
        self.schema = core_schema.str_schema(strict=True, **limits)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return self.schema


Text = Annotated[str, _Str(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)]
Id = Annotated[str, _Str(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60)]
Lista = Annotated[tuple[T, ...], Field(strict=False)]


class OgiltigtError(ValueError):
    """A value that can't be read as what it should be, with how to write it."""

    def __init__(self, meddelande: str, atgard: str) -> None:
        super().__init__(meddelande)
        self.atgard = atgard


def _kvartal(value: Any) -> Kvartal:
    found = Kvartal.parse(value) if isinstance(value, str) else value
    if not isinstance(found, Kvartal):
        raise OgiltigtError("Här ska det stå ett kvartal.", "Skriv år, bindestreck, K och 1–4: 2022-K1.")
    return found


def _halvar(value: Any) -> Halvar:
    found = Halvar.parse(value) if isinstance(value, str) else value
    if not isinstance(found, Halvar):
        raise OgiltigtError("Här ska det stå ett halvår.", "Skriv år, bindestreck, H och 1 eller 2: 2022-H1.")
    return found


def _tidpunkt(value: Any) -> Tidpunkt:
    if isinstance(value, Tidpunkt):
        return value
    found = Tidpunkt.parse(value) if isinstance(value, str | date) or type(value) is int else None
    if found is None:
        raise OgiltigtError(
            "Här ska det stå en tidpunkt.", "Skriv till exempel 2022-05-01, maj 2022, hösten 2021, 2022-K3 eller 2022."
        )
    return found


_AS_TEXT = PlainSerializer(str, return_type=str)
KvartalFalt = Annotated[
    Kvartal, PlainValidator(_kvartal), _AS_TEXT, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-K[1-4]$"})
]
HalvarFalt = Annotated[
    Halvar, PlainValidator(_halvar), _AS_TEXT, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-H[12]$"})
]
TidpunktFalt = Annotated[
    Tidpunkt,
    PlainValidator(_tidpunkt),
    PlainSerializer(lambda t: t.text, return_type=str),
    WithJsonSchema({"type": ["string", "integer"]}),
]


class Modell(BaseModel):
    """Base: frozen, no unknown fields, no silent conversion of types.

    ``defer_build``: only the three models that are files get a validator of their own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


# --- overenskommelse.yaml -------------------------------------------------------------------------------------------


class Part(Modell):
    """One of the parties to the agreement, and who follows up for it (a function, never a person)."""

    id: Id
    namn: Text
    kortnamn: Text | None = None
    uppfoljare: Text = Field(description="Den funktion som följer upp för parten, till exempel kommunpolis.")


class Aktor(Modell):
    """One who answers for insatser, part of a party."""

    id: Id
    namn: Text
    del_av: Id
    kallas_aven: Lista[Text] = ()
    tolkning: Text | None = None


class Samverkanspartner(Modell):
    """One who takes part without answering: associations, residents, other authorities."""

    id: Id
    namn: Text


class Forum(Modell):
    """A body that the follow-up is presented to. ``medlemmar`` are functions. ``ser_intern``: may see intern notes."""

    id: Id
    namn: Text
    medlemmar: Lista[Text] = ()
    ser_intern: bool = False


class Forlangning(Modell):
    """The rule of extension: years at a time, and the last day for samråd."""

    ar: int = Field(ge=1, le=20)
    villkor: Text
    samrad_senast: date
    kalla: Text


class Mote(Modell):
    """A meeting with a date."""

    datum: date
    rubrik: Text
    forum: Id | None = None


class Redovisning(Modell):
    """A half-year's presentation for the forum it names; without a date until one is set."""

    halvar: HalvarFalt
    forum: Lista[Id]
    datum: date | None = None


class Kalender(Modell):
    """Last day to answer, by rule (days after the quarter's end) or by date, meetings and presentations."""

    svarsdagar_efter_kvartalet: int = Field(default=30, ge=1, le=366)
    sista_svarsdag: dict[KvartalFalt, date] = Field(default_factory=dict)
    moten: Lista[Mote] = ()
    redovisningar: Lista[Redovisning] = ()
    tolkning: Text | None = None


class Kalldokument(Modell):
    """The document the agreement is recorded from."""

    dokument: Text
    datum: date


class Overenskommelse(Modell):
    """``overenskommelse.yaml``: the agreement itself."""

    rubrik: Text
    kommun: Text
    kommunkod: Annotated[str, _Str(pattern=r"^[0-9]{4}$")]
    giltig_fran: date
    giltig_till: date
    forlangning: Forlangning | None = None
    kalla: Kalldokument
    parter: Lista[Part]
    aktorer: Lista[Aktor]
    samverkanspartner: Lista[Samverkanspartner] = ()
    forum: Lista[Forum] = ()
    kalender: Kalender = Field(default_factory=lambda: Kalender())
    oppet: Lista[Text] = Field(default=(), description="Vad överenskommelsen lämnar öppet.")
    exempel: bool = False


# --- insatser.yaml --------------------------------------------------------------------------------------------------


def _as_ansvarig(value: Any) -> Any:
    return {"aktor": value} if isinstance(value, str) else value


class Ansvarig(Modell):
    """Who is responsible for an insats. A party's id means that the source names no aktör. ``atagande``: its share."""

    aktor: Id
    atagande: Text | None = None
    tolkning: Text | None = None


class Period(Modell):
    """An insats's own period, where it differs from the agreement's."""

    fran: TidpunktFalt | None = None
    till: TidpunktFalt | None = None


class Frekvens(Modell):
    """How often: ``antal`` per ``per`` (then countable), or ``takt`` (continuous work that can't be counted)."""

    antal: int | None = Field(default=None, ge=1, le=1000)
    per: Literal["ar", "kvartal", "manad"] | None = None
    enhet: Text | None = Field(default=None, description="Vad som räknas, i flertal: trygghetsvandringar.")
    takt: Literal["dagligen", "lopande", "aterkommande"] | None = None
    ord: Text | None = Field(default=None, description="Så som överenskommelsen uttrycker det.")


class Moment(Modell):
    """A milestone. ``senast`` is late only after its last day; without it the milestone is undated."""

    id: Id
    rubrik: Text
    senast: TidpunktFalt | None = None
    tolkning: Text | None = None


class Malsattning(Modell):
    """An optional aim: a number to reach, or a direction or words that can't be counted. ``utgangslage`` in words."""

    antal: int | None = Field(default=None, ge=1, le=100_000)
    enhet: Text | None = None
    senast: TidpunktFalt | None = None
    riktning: Literal["oka", "minska"] | None = None
    ord: Text | None = None
    utgangslage: Text | None = None


class Historik(Modell):
    """A change of the insats on the way, with its date and reason. ``exempel``: invented, and shown as such."""

    handelse: Handelse
    datum: date
    skal: Text
    andring: Text | None = None
    ersatt_av: Id | None = None
    exempel: bool = False


class Kalla(Modell):
    """Where in the source document an insats stands."""

    avsnitt: Text
    punkt: int | None = Field(default=None, ge=1)


class Insats(Modell):
    """A measure, as agreed. What the source leaves open is left out here and shown as open."""

    id: Id
    rubrik: Text
    beskrivning: Text
    ansvariga: Lista[Annotated[Ansvarig, BeforeValidator(_as_ansvarig)]] = ()
    samverkanspartner: Lista[Id] = ()
    start: TidpunktFalt | None = None
    period: Period = Field(default_factory=lambda: Period())
    frekvens: Frekvens | None = None
    moment: Lista[Moment] = ()
    malsattning: Malsattning | None = None
    raknas_av: Id | None = None
    korsreferenser: Lista[Id] = ()
    historik: Lista[Historik] = ()
    individinsats: bool = Field(default=False, description="Handlar om enskilda: inga individuppgifter i rapporten.")
    tolkning: Lista[Text] = ()
    oppet: Lista[Text] = ()
    kalla: Kalla


class Huvudomrade(Modell):
    """A focus area and its insatser. ``forkortning`` is how its ids are shown, with Swedish letters."""

    id: Id
    forkortning: Annotated[str, _Str(pattern=r"^[A-ZÅÄÖ0-9]{1,8}$")]
    rubrik: Text
    beskrivning: Text
    kalla: Kalla
    insatser: Lista[Insats] = ()


class Insatsfil(Modell):
    """``insatser.yaml``."""

    huvudomraden: Lista[Huvudomrade]


# --- aterkoppling/<kvartal>/*.yaml ----------------------------------------------------------------------------------


class Utfallshandelse(Modell):
    """Something that happened this quarter and is counted: ``antal`` of it on ``datum`` at ``plats``."""

    datum: date
    antal: int = Field(default=1, ge=0, le=100_000)
    plats: Text | None = None
    vad: Text | None = None


class KlartMoment(Modell):
    """A milestone reached."""

    moment: Id
    datum: date


class Utfall(Modell):
    """What happened *this quarter*."""

    handelser: Lista[Utfallshandelse] = ()
    klara_moment: Lista[KlartMoment] = ()


class Planerat(Modell):
    """Something with a date ahead. ``raknas``: it will count towards the insats's frequency or aim when it happens."""

    datum: date
    vad: Text
    raknas: bool = False


class BeslutBehovs(Modell):
    """A decision the aktör asks for."""

    fraga: Text
    av: Text | None = Field(default=None, description="Vem som ska besluta: ett forum eller en funktion.")
    senast: date | None = None


class Overstyrning(Modell):
    """An override of the derived plan status. ``skal`` is demanded by the rules, not by the shape."""

    plan: Planbedomning
    skal: Text | None = None


class Rattar(Modell):
    """Marks an answer as the correction of an earlier one by the same aktör on the same insats."""

    kvartal: KvartalFalt
    skal: Text


class Svar(Modell):
    """One aktör's answer on one insats for one quarter."""

    insats: Id
    genomforande: Genomforande | None = None
    egen_bedomning: Planbedomning | None = None
    utfall: Utfall = Field(default_factory=lambda: Utfall())
    kommentar: Text | None = None
    avvikelse: Text | None = None
    orsak: Text | None = None
    nasta_steg: Text | None = None
    planerat: Lista[Planerat] = ()
    beslut_behovs: BeslutBehovs | None = None
    overstyrning: Overstyrning | None = None
    oforandrat: bool = False
    inget_att_rapportera: bool = False
    intern: Text | None = Field(
        default=None, description="Lämnar aldrig styrgruppen. Märkningen innebär inte sekretess."
    )
    lamnad: date | None = Field(default=None, description="När svaret lämnades, om det skiljer sig från filens dag.")
    rattar: Rattar | None = None


class Aterkopplingsfil(Modell):
    """One file of answers: whose, for which quarter, when it was given, and whether it is invented."""

    kvartal: KvartalFalt
    aktor: Id
    lamnad: date
    exempel: bool = False
    svar: Lista[Svar]
