"""Tecken som vänder textens riktning."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_text(fil.read_text(encoding="utf-8").replace("samlade", "\u202esamlade\u202c"), encoding="utf-8")
