"""overenskommelse.yaml saknas."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "overenskommelse.yaml"
    fil.unlink()
