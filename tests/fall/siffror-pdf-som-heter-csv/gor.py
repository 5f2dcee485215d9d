"""En annan sorts fil som heter .csv."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "compstat/2022-09.csv"
    fil.parent.mkdir(exist_ok=True)
    fil.write_bytes(b"%PDF-1.7 " + bytes(range(128, 200)))
