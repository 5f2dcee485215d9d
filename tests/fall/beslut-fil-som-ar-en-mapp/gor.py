"""beslut.yaml är en mapp."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "beslut.yaml").mkdir()
