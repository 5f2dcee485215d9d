"""Ett stängt kvartal, ett stängt halvår, ett avbrutet försök och det som datorn lämnar efter sig."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    minimal(data)
    minimal(data, "2022-H1")
    (data / "frysta/.2022-K2.4711.tmp").mkdir()
    (data / "frysta/2022-K1/Thumbs.db").write_bytes(b"bilder")
