"""Alla filer med Windows radslut."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    for fil in data.rglob("*.yaml"):
        fil.write_bytes(fil.read_bytes().replace(b"\n", b"\r\n"))
