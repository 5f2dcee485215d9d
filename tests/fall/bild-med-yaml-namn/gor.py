"""En bild som heter .yaml."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
