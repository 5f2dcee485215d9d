"""En liten fil med en kvarts miljon värden."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "aterkoppling/2022-K1/fritid.yaml").write_text("svar: [" + "1," * 250_000 + "]", encoding="utf-8")
