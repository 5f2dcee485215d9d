"""En fil med mappens namn."""

from __future__ import annotations

import shutil
from pathlib import Path


def gor(data: Path) -> None:
    shutil.rmtree(data / "aterkoppling")
    (data / "aterkoppling").write_text("svar", encoding="utf-8")
