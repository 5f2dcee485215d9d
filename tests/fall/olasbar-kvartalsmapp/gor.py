"""Ett kvartals mapp som ingen får läsa."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1"
    fil.chmod(0)
