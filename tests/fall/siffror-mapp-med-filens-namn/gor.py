"""En mapp med filens namn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "compstat/2022-09.csv").mkdir(parents=True)
