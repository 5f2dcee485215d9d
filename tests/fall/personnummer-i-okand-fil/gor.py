"""Ett personnummer som namn på en fil som inte hör hit."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "19121212-1212.docx").write_bytes(b"PK\x03\x04")
