"""Mappen aterkoppling är en länk."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling"
    fil.rename(data.parent / "svar")
    fil.symlink_to("../svar")
