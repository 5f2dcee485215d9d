"""Ett telefonnummer som filnamn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.rename(fil.with_name("070-1740605.yaml"))
