"""En svarsfil som är ett rör."""

from __future__ import annotations

import os
from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    fil.unlink()
    os.mkfifo(fil)
