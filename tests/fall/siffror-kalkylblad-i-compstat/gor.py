"""Ett kalkylblad som har lagts i compstat."""

from __future__ import annotations

import zipfile
from pathlib import Path


def gor(data: Path) -> None:
    (data / "compstat").mkdir()
    with zipfile.ZipFile(data / "compstat/2022-09.xlsx", "w") as blad:
        blad.writestr("xl/workbook.xml", "<workbook/>")
