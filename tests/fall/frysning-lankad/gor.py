"""Mappen är en länk till en annan."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    folder = minimal(data)
    folder.rename(data.parent / "annan")
    folder.symlink_to(data.parent / "annan")
