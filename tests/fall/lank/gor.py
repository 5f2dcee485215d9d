"""En svarsfil som är en länk ut ur projektet."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.rename(data.parent / "fritid.yaml")
    fil.symlink_to(data.parent / "fritid.yaml")
