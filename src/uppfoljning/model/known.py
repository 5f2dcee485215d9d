"""Everything in the files that something else may name by its id, with what else each thing is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from uppfoljning.text.candidates import Labels


@dataclass(frozen=True)
class Kanda:
    """The ids that stand in the files under each list, with their names; also of what is too faulty to be used.

    So one fault is not told as many. ``moment`` are those of each insats. An id that can't be one stands as what it
    will be when it is mended, and what it is now is among its names.
    """

    listor: Mapping[str, Labels] = field(default_factory=dict)
    moment: Mapping[str, Labels] = field(default_factory=dict)

    def of(self, *listor: str) -> Labels:
        """The ids under some lists, in that order."""
        return {one: names for lista in listor for one, names in self.listor.get(lista, {}).items()}
