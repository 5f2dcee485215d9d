"""Varje å som a och en ring, och fel efter dem på samma rad: platsen är den i filen."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def gor(data: Path) -> None:
    for fil in data.rglob("*.*"):
        if fil.is_file():
            fil.write_bytes(unicodedata.normalize("NFD", fil.read_text(encoding="utf-8")).encode())
