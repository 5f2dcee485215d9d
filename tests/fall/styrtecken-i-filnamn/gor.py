"""Färgkoder i ett filnamn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "\x1b[31mro\u202ed.yaml").write_text("a: 1\n", encoding="utf-8")
