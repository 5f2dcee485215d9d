"""``overenskommelse.yaml``: the agreement, its parties, aktörer, forum and calendar."""

from datetime import date
from typing import Annotated

from pydantic import Field

from uppfoljning.model.fields import (
    ForumId,
    HalvarFalt,
    Id,
    KvartalFalt,
    Lista,
    Modell,
    PartId,
    Text,
    Textform,
)


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
    kortnamn: Text | None = None
    del_av: PartId
    kallas_aven: Lista[Text] = ()
    tolkning: Text | None = None


class Samverkanspartner(Modell):
    """One who takes part without answering: associations, residents, other authorities."""

    id: Id
    namn: Text


class Forum(Modell):
    """A body that the follow-up is presented to. ``medlemmar`` are functions. ``ser_intern``: may see intern notes.

    ``motesforum``: runs the meeting on the quarter, and receives its report when nobody else is named.
    """

    id: Id
    namn: Text
    medlemmar: Lista[Text] = ()
    ser_intern: bool = False
    motesforum: bool = Field(default=False, description="true för det forum som håller kvartalets möte.")


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
    forum: ForumId | None = None


class Redovisning(Modell):
    """A half-year's presentation for the forum it names; without a date until one is set.

    ``datum`` is the day that is set, ``redovisad`` the day when it really was presented.
    """

    halvar: HalvarFalt
    forum: Lista[ForumId]
    datum: date | None = None
    redovisad: date | None = Field(default=None, description="Dagen då halvåret verkligen redovisades.")


class Information(Modell):
    """When and how the citizens were told what has come of the agreement."""

    datum: date
    vad: Text


class Avstamning(Modell):
    """That a party's follow-up function has gone through a quarter's report and agreed to it, and when."""

    kvartal: KvartalFalt
    part: PartId
    datum: date = Field(description="Dagen då partens uppföljare stämde av kvartalet.")
    exempel: bool = False


class Kalender(Modell):
    """Last day to answer, by rule (days after the quarter's end) or by date; meetings, presentations, information."""

    svarsdagar_efter_kvartalet: int = Field(default=30, ge=1, le=366)
    sista_svarsdag: dict[KvartalFalt, date] = Field(default_factory=dict)
    moten: Lista[Mote] = ()
    redovisningar: Lista[Redovisning] = ()
    information: Lista[Information] = Field(default=(), description="När och hur medborgarna fick veta resultatet.")
    avstamningar: Lista[Avstamning] = Field(default=(), description="När parterna stämde av varje kvartal.")
    tolkning: Text | None = None


class Kalldokument(Modell):
    """The document the agreement is recorded from."""

    dokument: Text
    datum: date


class Overenskommelse(Modell):
    """``overenskommelse.yaml``: the agreement itself."""

    rubrik: Text
    kommun: Text
    kommunkod: Annotated[str, Textform(pattern=r"^[0-9]{4}$")]
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

    @property
    def motesforum(self) -> Forum | None:
        """The forum that runs the quarter's meeting: the one that says so, else the first that may see intern notes."""
        return next((f for f in self.forum if f.motesforum), next((f for f in self.forum if f.ser_intern), None))
