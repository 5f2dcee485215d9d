"""En fil är ändrad, en saknas, en har tillkommit och en är en länk."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    folder = minimal(data)
    (folder / "avtryck.json").write_text("{ }\n", encoding="utf-8")
    (folder / "rapporter/2022-K1-kvartal.pdf").unlink()
    (folder / "rapporter/ny.pdf").write_bytes(b"%PDF")
    (folder / "laget.txt").symlink_to(data / "insatser.yaml")
