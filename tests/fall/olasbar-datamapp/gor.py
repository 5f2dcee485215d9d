"""Mappen data får ingen läsa."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    data.chmod(0)
