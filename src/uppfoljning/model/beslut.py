"""``beslut.yaml``, and the outcome of a decision in an answer: what came of the questions that the aktörer asked."""

from datetime import date
from typing import Literal

from pydantic import Field

from uppfoljning.model.fields import Id, KvartalFalt, Lista, Modell, Text

Beslutsutfall = Literal["bifall", "avslag", "aterremiss", "bordlagt", "inte_aktuellt"]


class Svarsbeslut(Modell):
    """What came of a question that the same aktör asked about the same insats in its answer for ``kvartal``."""

    kvartal: KvartalFalt = Field(description="Kvartalet vars svar frågan står i.")
    utfall: Beslutsutfall
    datum: date
    text: Text = Field(description="Vad som beslutades, i en mening.")
    av: Text | None = Field(default=None, description="Vem som beslutade: ett forum eller en funktion.")
    diarienummer: Text | None = None


class Beslut(Svarsbeslut):
    """What came of a question, recorded beside the answers: whose it was, and about which insats."""

    insats: Id
    aktor: Id
    exempel: bool = False


class Beslutsfil(Modell):
    """``beslut.yaml``: only added to, so that each outcome stays where it was once recorded."""

    beslut: Lista[Beslut]
