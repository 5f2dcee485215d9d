"""Historiken, eller ett öppnat kvartal i den, är en länk till en annan mapp."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    folder = minimal(data)
    (data / "frysta/historik").mkdir()
    folder.rename(data.parent / "annan")
    (data / "frysta/historik/2022-K1-1").symlink_to(data.parent / "annan")
