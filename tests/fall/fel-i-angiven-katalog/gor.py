"""Projektet ligger i en annan mapp, som anges."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data.parent / "kommunen").mkdir()
    data.rename(data.parent / "kommunen/data")
