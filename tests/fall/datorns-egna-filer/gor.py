"""Vad datorer och redigerare lämnar efter sig."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    for namn in ("Thumbs.db", "desktop.ini", ".DS_Store", ".gitkeep", "insatser.yaml~", "insatser.bak"):
        (data / namn).write_bytes(b"\x00\xff")
    for namn in ("Thumbs.db", "~$fritid.yaml", ".~lock.fritid.yaml#", ".fritid.yaml.swp", ".DS_Store"):
        (data / "aterkoppling/2022-K1" / namn).write_bytes(b"\x00\xff")
    (data / "aterkoppling/.DS_Store").write_bytes(b"\x00\xff")
