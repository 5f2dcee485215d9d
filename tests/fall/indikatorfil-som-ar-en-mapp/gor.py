"""En mapp med indikatorfilens namn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "indikatorer.yaml").mkdir()
