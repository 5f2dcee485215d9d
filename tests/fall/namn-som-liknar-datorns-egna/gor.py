"""Namn som bara liknar det som datorer lämnar efter sig: filerna läses, allihop, och var och en är tom."""

from __future__ import annotations

from pathlib import Path

NAMN = (
    *("original.yaml", "orig.yaml", "fritid.orig.yaml", "bak.yaml", "fritid.bak.yaml", "tmp.yaml", "~fritid.yaml"),
    *("thumbs.db.yaml", "desktop.ini.yaml", "#fritid#.yaml", ".fritid.yaml", "Icon.yaml", "CVS.yaml", "rej.yaml"),
    *("fritid.yaml.part", "fritid.yaml.crdownload"),
)


def gor(data: Path) -> None:
    for namn in NAMN:
        (data / "aterkoppling/2022-K1" / namn).write_bytes(b"")
    (data / "enkater").mkdir()
    for namn in ("orig.csv", ".fritid.csv", "~enkat.csv"):
        (data / "enkater" / namn).write_bytes(b"")
