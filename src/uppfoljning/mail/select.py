"""Who is sent a report now: those who haven't got it, and never those of whom that isn't known."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from uppfoljning.mail.journal import Journal, Rapportid, Utskickslage, earlier_version, key_of, state_of
from uppfoljning.model.mottagare import Mottagare


class Vald(NamedTuple):
    """A receiver, the key of their report, and where it stands. ``annan``: when they may have got another version."""

    mottagare: Mottagare
    nyckel: str
    lage: Utskickslage
    annan: str = ""

    @property
    def ny_version(self) -> bool:
        """Whether what they are sent now replaces something that they have, or may have."""
        return self.annan != ""


class Urval(NamedTuple):
    """Every receiver of a forum. A run with a name, ``korning``, sends to those alone whom it has reserved."""

    alla: tuple[Vald, ...]
    korning: str = ""

    @property
    def att_skicka(self) -> tuple[Vald, ...]:
        """Those to be sent the report now."""
        if self.korning:
            return tuple(v for v in self.alla if v.lage.lage == "reserverad" and v.lage.korning == self.korning)
        return tuple(v for v in self.alla if v.lage.lage in {"ny", "inte"})

    @property
    def skickade(self) -> tuple[Vald, ...]:
        """Those who have it."""
        return tuple(v for v in self.alla if v.lage.lage == "skickad")

    @property
    def okanda(self) -> tuple[Vald, ...]:
        """Those of whom it isn't known, or whose report another run has taken upon itself: they wait for a person."""
        mine = {v.nyckel for v in self.att_skicka}
        return tuple(v for v in self.alla if v.lage.lage in {"okand", "reserverad"} and v.nyckel not in mine)

    @property
    def overspelade(self) -> tuple[Vald, ...]:
        """Those who have it, but were sent another version after it."""
        return tuple(v for v in self.skickade if v.annan > v.lage.forst)

    @property
    def framme(self) -> tuple[Vald, ...]:
        """Those of whom a person has said that they have it."""
        return tuple(v for v in self.skickade if v.lage.handelse == "framme")

    @property
    def ny_version(self) -> tuple[Vald, ...]:
        """Those to be sent now who have, or may have, another version."""
        return tuple(v for v in self.att_skicka if v.ny_version)

    def again(self, nycklar: Collection[str]) -> Urval:
        """The same when a person has said that some are to be sent it again after all."""
        return self._replace(
            alla=tuple(v._replace(lage=Utskickslage("inte")) if v.nyckel in nycklar else v for v in self.alla)
        )


def choose(rapport: Rapportid, mottagare: tuple[Mottagare, ...], journal: Journal, korning: str = "") -> Urval:
    """Every receiver with where their report stands by the journal."""
    states = state_of(journal.poster)

    def one(m: Mottagare) -> Vald:
        nyckel = key_of(rapport.sha256, rapport.period, m.adress)
        return Vald(m, nyckel, states.get(nyckel, Utskickslage()), earlier_version(journal.poster, rapport, m.adress))

    return Urval(tuple(map(one, mottagare)), korning)
