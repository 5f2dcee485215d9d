"""En fil med BOM, som Anteckningar skriver."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_bytes(b"\xef\xbb\xbf" + fil.read_bytes())
