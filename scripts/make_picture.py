"""Makes docs/forsta-sidan.png, the picture in the README, from the example data. Needs pdftoppm (poppler-utils)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "rapport.pdf"
        subprocess.run(  # noqa: S603 - our own module, with fixed arguments
            [sys.executable, "-m", "uppfoljning", "kvartal", "2022-K2", "--ut", pdf], cwd=ROOT, check=True
        )
        subprocess.run(  # noqa: S603 - a fixed command
            ["pdftoppm", "-r", "80", "-png", "-singlefile", pdf, ROOT / "docs" / "forsta-sidan"],  # noqa: S607 - PATH
            check=True,
        )
