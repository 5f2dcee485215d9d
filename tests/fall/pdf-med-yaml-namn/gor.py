"""En PDF som heter .yaml."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
