"""Mappen har bytt namn."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    minimal(data).rename(data / "frysta/2022-K2")
