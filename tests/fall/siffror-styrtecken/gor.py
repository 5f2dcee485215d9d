"""Styrtecken i en tabell."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "compstat/2022-09.csv"
    text = fil.read_text(encoding="utf-8")
    fil.write_text(text.replace("Rån", "Rå\x1b[31mn").replace("Cykel", "Cy\u202ekel"), encoding="utf-8")
