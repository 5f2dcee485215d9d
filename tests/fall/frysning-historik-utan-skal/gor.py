"""Det öppnade kvartalet saknar sitt skäl."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal


def gor(data: Path) -> None:
    history = data / "frysta/historik/2022-K1-1"
    history.mkdir(parents=True)
    minimal(data).rename(history / "frysning")
