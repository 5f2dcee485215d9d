"""Ingen projektmapp alls."""

from __future__ import annotations

import shutil
from pathlib import Path


def gor(data: Path) -> None:
    shutil.rmtree(data)
