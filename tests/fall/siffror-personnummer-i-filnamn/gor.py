"""Ett påhittat personnummer i filens namn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "compstat/2022-09.csv"
    fil.rename(fil.with_name("19121212-1212.csv"))
