"""Delar av underlaget som läses av senare versioner."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "beslut.yaml").write_text("beslut: []\n", encoding="utf-8")
    (data / "mottagare.yaml").write_text("mottagare: []\n", encoding="utf-8")
