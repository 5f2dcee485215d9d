"""En mapp utan data/."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data.parent / "tom").mkdir()
