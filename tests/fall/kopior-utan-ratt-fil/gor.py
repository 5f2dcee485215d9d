"""Kopian är den enda som finns: den ska döpas om. Är de två går det inte att säga vilken."""

from __future__ import annotations

from pathlib import Path


def gor(data: Path) -> None:
    (data / "insatser.yaml").rename(data / "insatser (1).yaml")
    for namn in ("beslut-LAPTOP1.yaml", "Kopia av beslut.yaml"):
        (data / namn).write_text("beslut: []\n", encoding="utf-8")
    (data / "aterkoppling/2022-K1").rename(data / "aterkoppling/2022-K1 - kopia")
    (data / "halvar").mkdir()
    (data / "halvar/2022-H1 (1).yaml").write_text("halvar: 2022-H1\n", encoding="utf-8")
    (data / "kvartal").mkdir()
    (data / "kvartal/2022-K1-LAPTOP1.yaml").write_text("kvartal: 2022-K1\nkommentar: Inget nytt.\n", encoding="utf-8")
    (data / "frysta/2022-K1 (1)").mkdir(parents=True)
