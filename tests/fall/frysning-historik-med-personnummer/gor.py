"""Ett personnummer har skrivits in i skälet i efterhand."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal
from uppfoljning.model.frysta import oppnad_text

NUMBER = "".join(map(str, (12, 12, 12, "-", 12, 12)))


def gor(data: Path) -> None:
    history = data / "frysta/historik/2022-K1-1"
    history.mkdir(parents=True)
    minimal(data).rename(history / "frysning")
    (history / "oppnad.yaml").write_bytes(oppnad_text({"period": "2022-K1", "nr": 1, "skal": f"Svar från {NUMBER}"}))
