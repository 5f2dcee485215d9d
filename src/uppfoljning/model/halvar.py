"""``halvar/2022-H1.yaml``: what the half-yearly report needs beside the follow-up: the case, and what is proposed."""

from datetime import date

from pydantic import Field

from uppfoljning.model.fields import ForumId, HalvarFalt, Lista, Modell, Text


class Arende(Modell):
    """The case of one forum: its diarienummer, the day it meets, and what else it is asked to decide."""

    forum: ForumId
    diarienummer: Text | None = None
    sammantrade: date | None = Field(default=None, description="Dagen då forumet sammanträder.")
    forslag: Lista[Text] = Field(
        default=(), description="Förslag till beslut utöver verktygets egna: hela meningar som säger vem som beslutar."
    )


class Halvarsfil(Modell):
    """One half-year's file. ``handlaggare`` are functions, never persons; ``lardomar`` is what has been learnt."""

    halvar: HalvarFalt
    datum: date | None = Field(default=None, description="Dokumentets dag; annars dagen som läget avser.")
    handlaggare: Lista[Text] = Field(default=(), description="Funktioner, aldrig personnamn.")
    arenden: Lista[Arende] = ()
    lardomar: Lista[Text] = ()
    skal: Lista[Text] = Field(default=(), description="Skälen till förslagen, ett stycke var.")
    ekonomi: Text | None = Field(default=None, description="Vad förslagen kostar.")
    barnperspektiv: Text | None = Field(default=None, description="Vad förslagen betyder för barn.")
    skickas_till: Lista[Text] = Field(default=(), description="Vilka beslutet skickas till.")
    gjort: Lista[Text] = Field(default=(), description="Det viktigaste som gjorts under halvåret, en mening var.")
    beslutsunderlag: Lista[Text] = Field(default=(), description="Handlingar som läggs till rapporten.")
    exempel: bool = False
