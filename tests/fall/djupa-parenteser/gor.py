"""Trettiotusen parenteser i varandra."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "aterkoppling/2022-K1/fritid.yaml").write_text("svar: " + "[" * 30_000, encoding="utf-8")
