"""En siffra efter namnet kan vara en kopia och kan vara meningen: svaren läses, och felet säger båda."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.with_name("fritid 2.yaml").write_bytes(fil.read_bytes())
