"""Who is sent a report now: those who haven't got it, and never those of whom that isn't known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from uppfoljning.model.mottagare import Mottagare
from uppfoljning.utskick.brev import Rapportfil
from uppfoljning.utskick.journal import Journal, Utskickslage, earlier_version, key_of, state_of


class Vald(NamedTuple):
    """A receiver, the key of their report, where it stands, and when they got the version that it replaces."""

    mottagare: Mottagare
    nyckel: str
    lage: Utskickslage
    ersatter: date | None = None


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
    def ny_version(self) -> tuple[Vald, ...]:
        """Those to be sent now who already have another version."""
        return tuple(v for v in self.att_skicka if v.ersatter is not None)

    def again(self, nycklar: Collection[str]) -> Urval:
        """The same when a person has said that some of the unknown are to be sent it again."""
        return self._replace(
            alla=tuple(v._replace(lage=Utskickslage("inte")) if v.nyckel in nycklar else v for v in self.alla)
        )


def choose(rapport: Rapportfil, mottagare: tuple[Mottagare, ...], journal: Journal, korning: str = "") -> Urval:
    """Every receiver with where their report stands by the journal."""
    states = state_of(journal.poster)

    def one(m: Mottagare) -> Vald:
        nyckel = key_of(rapport.sha256, rapport.period, m.adress)
        earlier = earlier_version(journal.poster, rapport.slag, rapport.period, rapport.forum, rapport.sha256, m.adress)
        ersatter = datetime.fromisoformat(earlier).date() if earlier else None
        return Vald(m, nyckel, states.get(nyckel, Utskickslage()), ersatter)

    return Urval(tuple(map(one, mottagare)), korning)
