"""Windows radslut och ett fel långt ned: raden ska ändå stämma."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.write_bytes(fil.read_bytes().replace(b"\n", b"\r\n"))
