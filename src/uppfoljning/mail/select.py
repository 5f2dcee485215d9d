"""Who is sent a report now: those who haven't got it, and never those of whom that isn't known."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from uppfoljning.mail.journal import DeliveryState, Journal, ReportId, earlier_version, key_of, state_of
from uppfoljning.model.mottagare import Mottagare


class Delivery(NamedTuple):
    """A receiver, the key of their report, and where it stands.

    ``other_sent``: when they were sent, or may have been sent, another version.
    """

    mottagare: Mottagare
    nyckel: str
    state: DeliveryState
    other_sent: str = ""

    @property
    def ny_version(self) -> bool:
        """Whether what they are sent now replaces something that they have, or may have."""
        return self.other_sent != ""


class Selection(NamedTuple):
    """Every receiver of a forum. A run with a name, ``korning``, sends to those alone whom it has reserved."""

    everyone: tuple[Delivery, ...]
    korning: str = ""

    @property
    def to_send(self) -> tuple[Delivery, ...]:
        """Those to be sent the report now."""
        if self.korning:
            return tuple(v for v in self.everyone if v.state.code == "reserverad" and v.state.korning == self.korning)
        return tuple(v for v in self.everyone if v.state.code in {"ny", "inte"})

    @property
    def sent(self) -> tuple[Delivery, ...]:
        """Those who have it."""
        return tuple(v for v in self.everyone if v.state.code == "skickad")

    @property
    def unknown(self) -> tuple[Delivery, ...]:
        """Those of whom it isn't known, or whose report another run has taken upon itself: they wait for a person."""
        mine = {v.nyckel for v in self.to_send}
        return tuple(v for v in self.everyone if v.state.code in {"okand", "reserverad"} and v.nyckel not in mine)

    @property
    def overtaken(self) -> tuple[Delivery, ...]:
        """Those who have it, but were sent another version after it."""
        return tuple(v for v in self.sent if v.other_sent > v.state.first)

    @property
    def confirmed(self) -> tuple[Delivery, ...]:
        """Those of whom a person has said that they have it."""
        return tuple(v for v in self.sent if v.state.handelse == "framme")

    @property
    def ny_version(self) -> tuple[Delivery, ...]:
        """Those to be sent now who have, or may have, another version."""
        return tuple(v for v in self.to_send if v.ny_version)

    def again(self, keys: Collection[str]) -> Selection:
        """The same when a person has said that some are to be sent it again after all."""
        return self._replace(
            everyone=tuple(v._replace(state=DeliveryState("inte")) if v.nyckel in keys else v for v in self.everyone)
        )


def choose(rapport: ReportId, mottagare: tuple[Mottagare, ...], journal: Journal, korning: str = "") -> Selection:
    """Every receiver with where their report stands by the journal."""
    states = state_of(journal.entries)

    def one(m: Mottagare) -> Delivery:
        nyckel = key_of(rapport.sha256, rapport.period, m.adress)
        return Delivery(
            m, nyckel, states.get(nyckel, DeliveryState()), earlier_version(journal.entries, rapport, m.adress)
        )

    return Selection(tuple(map(one, mottagare)), korning)
