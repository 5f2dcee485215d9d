"""An insats with its plan: what the parts of the report are made from."""

from __future__ import annotations

from dataclasses import dataclass

from uppfoljning.plan import Planlage
from uppfoljning.state import Insatslage
from uppfoljning.underlag import shown_id


@dataclass(frozen=True, slots=True)
class Bedomd:
    """An insats with its plan."""

    lage: Insatslage
    plan: Planlage

    @property
    def visat_id(self) -> str:
        """The id as shown."""
        return shown_id(self.lage.huvudomrade, self.lage.insats.id)
