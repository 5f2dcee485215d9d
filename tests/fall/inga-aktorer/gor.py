"""Ett nytt projekt där ingenting är ifyllt."""

from __future__ import annotations

import shutil
from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "overenskommelse.yaml"
    text = fil.read_text(encoding="utf-8")
    start, stop = text.index("aktorer:"), text.index("samverkanspartner:")
    fil.write_text(f"{text[:start]}aktorer: []\n\n{text[stop:]}", encoding="utf-8")
    (data / "insatser.yaml").write_text("huvudomraden: []\n", encoding="utf-8")
    shutil.rmtree(data / "aterkoppling")
