"""En svarsfil kopierad under ett nytt namn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    (fil.parent / "Kopia av fritid.yaml").write_bytes(fil.read_bytes())
