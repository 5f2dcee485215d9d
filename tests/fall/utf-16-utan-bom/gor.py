"""En fil sparad som UTF-16 utan BOM."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_bytes(fil.read_text(encoding="utf-8").encode("utf-16-le"))
