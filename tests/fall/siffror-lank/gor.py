"""En länk till en fil utanför data."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "compstat/2022-09.csv"
    fil.rename(data.parent / "original.csv")
    fil.symlink_to(data.parent / "original.csv")
