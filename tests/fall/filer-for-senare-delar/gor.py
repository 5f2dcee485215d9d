"""Delar av underlaget som läses av senare versioner."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "indikatorer.yaml").write_text("serier: []\n", encoding="utf-8")
    (data / "compstat").mkdir()
    (data / "compstat/2021-09.csv").write_text("brott;2021\n", encoding="utf-8")
