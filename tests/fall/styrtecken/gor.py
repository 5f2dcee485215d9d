"""Färgkoder för en terminal mitt i en text."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_text(fil.read_text(encoding="utf-8").replace("samlade", "\x1b[31msamlade\x07"), encoding="utf-8")
