"""En kommentar på över tjugotusen tecken."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_text(fil.read_text(encoding="utf-8").replace("många.", "många" * 5_000 + "."), encoding="utf-8")
