"""Bara svaren finns kvar."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "overenskommelse.yaml").unlink()
    (data / "insatser.yaml").unlink()
