"""Kvartalets mapp heter 2022K1."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1"
    fil.rename(fil.with_name("2022K1"))
