"""En annan sorts fil som heter .csv."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "enkater/vuxenenkaten-2022.csv"
    fil.parent.mkdir(exist_ok=True)
    fil.write_bytes(b"PK\x03\x04" + bytes(range(128, 200)))
