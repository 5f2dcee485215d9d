"""Kopior som OneDrive, Dropbox, webbläsare, Utforskaren, Anteckningar och git gör, bredvid den riktiga filen."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMN = (
    *("{}-LAPTOP1{}", "{}-Annas dator{}", "{} (1){}", "{}(2){}", "{}{}.txt", "{}{}{}", "{} - kopia{}"),
    *("{} – kopia (2){}", "{} kopia 2{}", "{} 2{}", "Kopia av {}{}", "Copy of {}{}", "{}_LOCAL_4711{}"),
    *("{} (Annas konflikterande kopia 2022-05-01){}", "{}.sync-conflict-20220501-120000-ABCDEFG{}"),
)


def gor(data: Path) -> None:
    for mapp in ("halvar", "kvartal", "compstat", "enkater", "frysta/2022-K1"):
        (data / mapp).mkdir(parents=True)
    (data / "halvar/2022-H1-slut.yaml").write_text("halvar: 2022-H1\n", encoding="utf-8")
    (data / "kvartal/2022-K1.yaml").write_text("kvartal: 2022-K1\nkommentar: Inget nytt.\n", encoding="utf-8")
    (data / "compstat/2022-03.csv").write_bytes(b"")
    (data / "enkater/enkat-2021.csv").write_bytes(b"")
    copy(data / "insatser.yaml", *NAMN)
    copy(data / "aterkoppling/2022-K1/fritid.yaml", "{} (1){}", "{}-LAPTOP1{}", "{}{}.txt")
    copy(data / "halvar/2022-H1-slut.yaml", "{} - kopia{}", "{}-LAPTOP1{}")
    copy(data / "kvartal/2022-K1.yaml", "Kopia av {}{}", "{}_LOCAL_4711{}")
    copy(data / "compstat/2022-03.csv", "Kopia av {}{}")
    copy(data / "enkater/enkat-2021.csv", "{}-LAPTOP1{}")
    for namn in ("aterkoppling/2022-K1 (1)", "aterkoppling/2022K1", "aterkoppling - kopia", "frysta/2022-K1 - kopia"):
        (data / namn).mkdir()


def copy(fil: Path, *namn: str) -> None:
    for one in namn:
        shutil.copy(fil, fil.with_name(one.format(fil.stem, fil.suffix, fil.suffix)))
