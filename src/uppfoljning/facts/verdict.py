"""The verdict on a commitment as codes and numbers: what it is about, how a count stands, what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.model import Frekvensperiod, Moment, Planbedomning
from uppfoljning.model.period import Kvartal

Hinder = Literal["plan", "svar", "ansvarig", "avbruten", "satt", "del_av_ar"]


Delkod = Literal[
    "ingen_ansvarig", "arbetet_avbrutet", "inget_att_mata", "obesvarad", "arbetet_pausat",
    "moment_klart", "moment_obesvarat", "moment_forsenat", "moment_framat",
    "start_passerad", "start_obesvarad", "antal",
]  # fmt: skip
"""What a verdict on one commitment is about, and how it turned out."""


Mattkod = Literal["natt", "svar_saknas", "tiden_slut", "efter_takten", "hinner_knappt", "pa_vag", "del_av_ar"]
"""How a count stands: reached, not known, too late, behind the month or quarter, hardly to be done, under way.

``del_av_ar``: only a part of the year is covered, and nothing says how many that means.
"""


Gransslag = Literal["insatsen_borjade", "insatsen_slutade", "avtalet_borjade", "avtalet_slutade"]
"""What makes a year covered in part."""


class Grans(NamedTuple):
    """What began or ended within a year, and when."""

    slag: Gransslag
    dag: date


Omatt = Literal["moment", "frekvens", "frekvens_i_ord", "malsattning"]
"""What an insats has that can't be measured against."""


@dataclass(frozen=True, slots=True)
class Matt:
    """A count beside what is agreed, in the year ``ar`` or of the whole aim (None), until the day ``slut``.

    ``saknade`` are the quarters without the counting aktör's answer, ``vantas`` that the only one is still awaited.
    ``efter`` is how many should have been done already, of ``takt`` a month or quarter (``per``); ``planerade`` are the
    days ahead on which what remains is planned, ``dagar`` how many days are left. ``minst``: the number is the least
    that is promised. ``grans`` is why the year is covered in part, where that stands in the way of a verdict.
    ``senast`` is the latest quarter of those that each have their number, and how many it had.
    ``for_sent``: the number was reached after its day.
    """

    kod: Mattkod
    enhet: str
    klara: int
    av: int
    slut: date
    ar: int | None = None
    per: Frekvensperiod | None = None
    saknade: tuple[Kvartal, ...] = ()
    vantas: bool = False
    efter: int = 0
    takt: int = 1
    planerade: tuple[date, ...] = ()
    dagar: int = 0
    minst: bool = False
    grans: Grans | None = None
    senast: tuple[Kvartal, int] | None = None
    for_sent: bool = False

    @property
    def kvar(self) -> int:
        """What remains."""
        return self.av - self.klara


@dataclass(frozen=True, slots=True)
class Del:
    """The verdict on one commitment. ``frist`` is its last day, where it has one.

    ``hinder`` is what stands in the way of a verdict, where there is none; ``matt`` is the count, where one is made;
    ``moment`` the milestone that it is about, ``klart`` the day when it was reached; ``start`` the day as agreed when
    the insats should have begun; ``omatt`` what there is that can't be measured against.
    """

    bedomning: Planbedomning
    kod: Delkod
    frist: date | None = None
    hinder: Hinder | None = None
    matt: Matt | None = None
    moment: Moment | None = None
    klart: date | None = None
    start: str = ""
    omatt: tuple[Omatt, ...] = ()
