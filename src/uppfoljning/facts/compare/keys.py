"""The keys and codes of an imprint: all that can change between two quarters, each by itself.

An imprint needs nothing but itself to be compared and told of: names and words that may be gone later stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, get_args

from uppfoljning.model.period import Kvartal

Avtrycksslag = Literal[
    "insats", "historik", "lydelse", "plan", "genomforande", "egen_bedomning", "moment", "planerat", "antal",
    "oenighet", "svar", "svar_for", "rattelse", "beslut", "tabell", "utslag", "siffra",
    "svarstext", "lofte", "malet",
]  # fmt: skip
SLAG: frozenset[str] = frozenset(get_args(Avtrycksslag))
FIRST_KINDS = SLAG - {"lofte", "malet"}
"""The kinds that version 0.1.0 of the tool knew."""

Loftesfalt = Literal[
    "mal_antal", "mal_minst", "mal_enhet", "mal_senast", "mal_riktning", "mal_ord",
    "frekvens_antal", "frekvens_minst", "frekvens_enhet", "frekvens_ar", "frekvens_takt", "frekvens_ord",
    "moment", "moment_rubrik", "start", "period_fran", "period_till", "ansvarig", "raknas_av", "plats",
]  # fmt: skip
"""What is promised."""
UNDATED = "utan_datum"


Momentkod = Literal["klart", "passerat", "oppet"]
"""How a milestone stands: reached, its day has passed, or neither."""


class Nyckel(NamedTuple):
    """What is compared. Which fields are filled depends on ``slag``; ``vad`` is what nothing else says.

    Of the follow-up: ``insats`` and ``aktor`` (ids), the ``kvartal`` an answer is for, and where there may be several
    of the same, ``dag`` (ISO) and ``nr``. Of figures: ``kalla``, ``enhet``, ``period`` (what a year is counted over,
    empty for a survey), ``ar``, and the folded series in ``vad``; ``tabell_ar`` is the last year of a table of counts,
    which has its own figures for the years before.
    """

    slag: Avtrycksslag
    insats: str = ""
    aktor: str = ""
    vad: str = ""
    kvartal: str = ""
    kalla: str = ""
    enhet: str = ""
    period: str = ""
    ar: int = 0
    tabell_ar: int = 0
    dag: str = ""
    nr: int = 0

    @property
    def tabell(self) -> Nyckel:
        """The key of the table that a figure stands in."""
        return Nyckel("tabell", kalla=self.kalla, enhet=self.enhet, period=self.period, ar=self.tabell_ar or self.ar)


class Varde(NamedTuple):
    """``kod`` is what is compared; ``ord``, ``dag`` and ``namn`` explain it, and make no difference."""

    kod: str
    ord: str = ""
    dag: date | None = None
    namn: str = ""


Par = tuple[Nyckel, Varde]


DOLD = "dold"
"""A figure that is there and isn't shown, to protect individuals: nothing may be told of how it changed."""


class Insatsnamn(NamedTuple):
    """An insats as shown, and the huvudområde it belongs to."""

    visat_id: str
    rubrik: str
    huvudomrade: str


@dataclass(frozen=True, slots=True)
class Avtryck:
    """A quarter as it stood at ``per``. ``insatser`` holds the names by id, ``namn`` those of the aktörer.

    ``dagar`` are the days on which something was reported to have happened, by insats: what was planned then was kept.
    ``slag`` are the kinds of keys that were known: of the others nothing is known, and nothing has changed.
    """

    kvartal: Kvartal
    per: date
    varden: Mapping[Nyckel, Varde]
    insatser: Mapping[str, Insatsnamn] = field(default_factory=dict)
    dagar: Mapping[str, frozenset[str]] = field(default_factory=dict)
    slag: frozenset[str] = SLAG
    namn: Mapping[str, str] = field(default_factory=dict)


Andringsid = tuple[Nyckel, str | None, str | None]
"""A key with what its code was and is: two changes alike in these say the same."""


@dataclass(frozen=True, slots=True)
class Andring:
    """What one key had before and after; None where it wasn't there."""

    nyckel: Nyckel
    fran: Varde | None
    till: Varde | None

    @property
    def identity(self) -> Andringsid:
        """What makes two changes the same."""
        return self.nyckel, self.fran.kod if self.fran else None, self.till.kod if self.till else None
