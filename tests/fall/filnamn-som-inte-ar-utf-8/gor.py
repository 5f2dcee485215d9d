"""Ett filnamn i Latin-1, som ur en gammal zip-fil."""

from __future__ import annotations

import os
from pathlib import Path


def gor(data: Path) -> None:
    (data / os.fsdecode(b"\xe5terkoppling.yaml")).write_text("svar: []\n", encoding="utf-8")
