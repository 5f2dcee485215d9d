"""En fil med ett kvartals namn."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "aterkoppling/2022-K2").write_text("svar", encoding="utf-8")
