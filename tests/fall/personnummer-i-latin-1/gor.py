"""Ett personnummer på samma rad som det första felkodade tecknet."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    fil = data / "aterkoppling/2022-K1/fritid.yaml"
    text = "kvartal: 2022-K1\naktor: fritid\nlamnad: 2022-04-20\n\nsvar:\n  - insats: UNG-1\n    genomforande: pagar\n"
    fil.write_bytes((text + "    kommentar: På lovet kom 19121212-1212.\n").encode("latin-1"))
