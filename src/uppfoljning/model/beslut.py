"""``beslut.yaml``, and the outcome of a decision in an answer: what came of the questions that the aktörer asked."""

from datetime import date
from typing import Literal

from pydantic import Field

from uppfoljning.model.fields import InsatsId, KvartalFalt, Lista, Modell, SvarandeId, Text

Beslutsutfall = Literal["bifall", "avslag", "annat_beslut", "aterremiss", "bordlagt", "inte_aktuellt"]


class Svarsbeslut(Modell):
    """What came of a question that the same aktör asked about the same insats in its answer for ``kvartal``."""

    kvartal: KvartalFalt = Field(description="Kvartalet vars svar frågan står i.")
    utfall: Beslutsutfall
    datum: date
    text: Text = Field(description="Vad som beslutades, i en mening.")
    av: Text | None = Field(default=None, description="Vem som beslutade: ett forum eller en funktion.")
    diarienummer: Text | None = None
    paragraf: Text | None = Field(default=None, description="Paragrafen i protokollet, till exempel § 14.")


class Beslut(Svarsbeslut):
    """What came of a question, recorded beside the answers: whose it was, and about which insats or insatser.

    Without an insats it is a decision on something else, which ``fraga`` tells.
    """

    visas = ("insats", "aktor")

    insats: InsatsId | None = None
    insatser: Lista[InsatsId] = Field(default=(), description="Flera insatser, när samma fråga ställts om var och en.")
    aktor: SvarandeId | None = None
    fraga: Text | None = Field(default=None, description="Vad beslutet gäller, när det inte gäller någon insats.")
    exempel: bool = False


class Beslutsfil(Modell):
    """``beslut.yaml``: only added to, so that each outcome stays where it was once recorded."""

    beslut: Lista[Beslut]
