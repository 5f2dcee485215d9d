"""En fil som inte hör hit."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "minnesanteckningar.docx").write_bytes(b"PK\x03\x04")
