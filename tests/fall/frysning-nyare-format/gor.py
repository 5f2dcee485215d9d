"""Stängt med en version som inte finns än."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    minimal(data, frysningsformat=2, verktyg="uppfoljning 9.0.0")
