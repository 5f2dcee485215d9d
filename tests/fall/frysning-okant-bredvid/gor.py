"""Sådant som inte är stängda kvartal."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    minimal(data).rename(data / "frysta/2022K1")
    (data / "frysta/anteckning.txt").write_text("Kom ihåg.\n", encoding="utf-8")
