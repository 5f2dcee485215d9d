"""En fil på över två megabyte."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    text = (data / "insatser.yaml").read_text(encoding="utf-8")
    (data / "insatser.yaml").write_text(text + "# utfyllnad\n" * 200_000, encoding="utf-8")
