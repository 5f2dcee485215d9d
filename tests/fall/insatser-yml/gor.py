"""insatser.yml i stället för insatser.yaml."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "insatser.yaml"
    fil.rename(fil.with_suffix(".yml"))
