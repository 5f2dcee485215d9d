"""Ett filnamn med en radbrytning i, som inte ryms i en lista över filer."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "aterkoppling/2022-K1/fritid\n2.yaml").write_text("svar: []\n", encoding="utf-8")
