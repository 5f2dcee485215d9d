"""What differs between two quarters: their imprints, key by key. Symmetric, and empty for a quarter and itself."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.facts.compare.keys import Andring, Avtryck

_TURNED = {"fler", "farre", "fa_fler", "hogre", "lagre"}


def compare(fran: Avtryck, till: Avtryck) -> tuple[Andring, ...]:
    """Everything whose code differs, in the order of the keys, of the kinds that both know.

    ``compare(b, a)`` is the same with before and after exchanged. What only explains a value is not compared.
    """
    return tuple(_differences(fran, till))


def _differences(fran: Avtryck, till: Avtryck) -> Iterator[Andring]:
    known = fran.slag & till.slag
    for nyckel in sorted(n for n in {*fran.varden, *till.varden} if n.slag in known):
        before, after = fran.varden.get(nyckel), till.varden.get(nyckel)
        if (before and before.kod) != (after and after.kod):
            yield Andring(nyckel, before, after)


def is_turned(andring: Andring) -> bool:
    """Whether a series has become other than expected, or is so no longer; a row that is gone says neither."""
    codes = [v.kod if v is not None else "" for v in (andring.fran, andring.till)]
    return codes[1] != "" and not _TURNED.isdisjoint(codes)


def code_pair(andring: Andring) -> tuple[str, str]:
    """The code before and after; empty where there was or is none."""
    return andring.fran.kod if andring.fran else "", andring.till.kod if andring.till else ""
