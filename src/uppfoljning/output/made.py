"""What the maker of a format gives, and what it raises where the machine lacks what the format needs."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.errors import MiljoError


class Made(NamedTuple):
    """A finished file, and what was said by the library that made it."""

    content: bytes
    log: tuple[str, ...] = ()


class UnavailableFormatError(MiljoError):
    """The format can't be made on this machine; the report can still be made in another."""
