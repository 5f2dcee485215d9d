"""The anchors that links lead to."""

from __future__ import annotations

from uppfoljning.model import Insats


def ankare(insats: Insats) -> str:
    """The anchor of an insats."""
    return ankare_of(insats.id)


def ankare_of(insats: str) -> str:
    """The anchor of an insats by its id."""
    return f"insats-{insats.lower()}"
