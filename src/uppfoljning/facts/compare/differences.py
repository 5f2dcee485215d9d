"""What differs between two quarters: their imprints, key by key. Symmetric, and empty for a quarter and itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uppfoljning.facts.compare.avtryck import Avtryck, Nyckel, Varde

Andringsid = tuple[Nyckel, str | None, str | None]
"""A key with what its code was and is: two changes alike in these say the same."""

_CLEAR = {"fler", "farre", "hogre", "lagre"}


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


def compare(fran: Avtryck, till: Avtryck) -> tuple[Andring, ...]:
    """Everything whose code differs, in the order of the keys.

    ``compare(b, a)`` is the same with before and after exchanged. What only explains a value is not compared.
    """
    return tuple(_differences(fran, till))


def _differences(fran: Avtryck, till: Avtryck) -> Iterator[Andring]:
    for nyckel in sorted({*fran.varden, *till.varden}):
        before, after = fran.varden.get(nyckel), till.varden.get(nyckel)
        if (before and before.kod) != (after and after.kod):
            yield Andring(nyckel, before, after)


def is_turned(andring: Andring) -> bool:
    """Whether the verdict on a series has become clear, or is so no longer; a row that is gone says neither."""
    codes = [v.kod if v is not None else "" for v in (andring.fran, andring.till)]
    return codes[1] != "" and not _CLEAR.isdisjoint(codes)


def code_pair(andring: Andring) -> tuple[str, str]:
    """The code before and after; empty where there was or is none."""
    return andring.fran.kod if andring.fran else "", andring.till.kod if andring.till else ""
