"""Två filer vars namn ser likadana ut: å är ett tecken i det ena, a och en ring i det andra."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    for form in ("NFC", "NFD"):
        (fil.with_name(unicodedata.normalize(form, "förvaltningens svår fråga.yaml"))).write_bytes(fil.read_bytes())
    fil.unlink()
