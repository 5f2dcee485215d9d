"""En svarsfil ligger direkt i aterkoppling."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.rename(data / "aterkoppling/fritid.yaml")
