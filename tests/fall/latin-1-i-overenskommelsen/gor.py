"""Överenskommelsen sparad som Windows-1252."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "overenskommelse.yaml"
    fil.write_bytes(fil.read_text(encoding="utf-8").encode("cp1252"))
