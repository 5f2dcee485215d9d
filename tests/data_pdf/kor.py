"""How a test puts a ``sitecustomize.py`` of its own before everything else that Python imports."""

from __future__ import annotations

import os
from pathlib import Path


def first_on_path(folder: Path) -> str:
    """``PYTHONPATH`` with ``folder`` first, keeping what it holds."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
