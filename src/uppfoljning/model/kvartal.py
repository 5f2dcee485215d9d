"""``kvartal/2022-K1.yaml``: what the coordinator says of a quarter as a whole."""

from pydantic import Field

from uppfoljning.model.fields import KvartalFalt, Modell, Text

MAX_WORDS = 60
"""How many words a comment on a quarter may have."""


class Kvartalsfil(Modell):
    """One quarter's file."""

    kvartal: KvartalFalt
    kommentar: Text = Field(description="Samordnarens egna ord om kvartalet, högst sextio.")
    exempel: bool = False
