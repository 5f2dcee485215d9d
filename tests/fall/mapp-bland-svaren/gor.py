"""En mapp i kvartalets mapp."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "aterkoppling/2022-K1/gammalt").mkdir()
