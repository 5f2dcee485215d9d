"""Ett filnamn som macOS skriver det, a och en ring: platsen visas med å, och filen läses."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    text = fil.read_text(encoding="utf-8").replace("aktor: fritid", "aktor: fritids")
    fil.with_name(unicodedata.normalize("NFD", "fritid på våren.yaml")).write_text(text, encoding="utf-8")
    fil.unlink()
