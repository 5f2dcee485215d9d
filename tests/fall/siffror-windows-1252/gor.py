"""Ett kalkylprogram har sparat filen som Windows-1252."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "compstat/2022-09.csv"
    fil.write_bytes(fil.read_text(encoding="utf-8").encode("cp1252"))
