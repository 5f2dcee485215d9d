"""insatser.yaml saknas."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "insatser.yaml"
    fil.unlink()
