"""Vad datorer, program och redigerare lämnar efter sig, på alla ställen i data/."""

from __future__ import annotations

from pathlib import Path

from frysbygge import minimal

FILER = (
    *("Thumbs.db", "ehthumbs_vista.db", "desktop.ini", "DESKTOP.INI", ".DS_Store", "._insatser.yaml", "Icon\r"),
    *(".directory", ".localized", ".apdisk", ".fuse_hidden0001", ".nfs0001", ".gitkeep", ".gitignore", ".dropbox"),
    *("~$fritid.yaml", ".~lock.fritid.yaml#", ".~fritid.xlsx", "~WRL0001.tmp", ".syncthing.fritid.yaml.tmp"),
    *("insatser.yaml~", "insatser.bak", ".fritid.yaml.swp", "fritid.swo", ".#fritid.yaml", "#fritid.yaml#"),
    *("insatser.yaml.orig", "insatser.yaml.rej", ".fritid.yaml.4711.tmp"),
    ".fritid.yaml.uppfoljning-0bbfd16a-4711.tmp",
)
MAPPAR = (
    *("@eaDir", "__MACOSX", ".Spotlight-V100", ".fseventsd", ".Trashes", ".TemporaryItems", "$RECYCLE.BIN"),
    *("System Volume Information", "#recycle", ".tmp.drivedownload", ".stfolder", ".git", ".vscode", "lost+found"),
    *("2022-K9.orig", ".2022-K1.uppfoljning-0bbfd16a-4711.tmp"),
)


def gor(data: Path) -> None:
    fryst = minimal(data)
    (data / "frysta/historik/2022-K1-1/frysning").mkdir(parents=True)
    (data / "frysta/historik/2022-K1-1/oppnad.yaml").write_text(
        'period: "2022-K1"\nnr: 1\nskal: "Fel datum"\nskadad: true\n', encoding="utf-8"
    )
    for mapp in ("", "aterkoppling", "aterkoppling/2022-K1", "compstat", "enkater", "halvar", "kvartal", "frysta"):
        leave(data / mapp)
    for mapp in (fryst, fryst / "rapporter", data / "frysta/historik", data / "frysta/historik/2022-K1-1"):
        leave(mapp)


def leave(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for namn in FILER:
        (folder / namn).write_bytes(b"\x00\xff")
    for namn in MAPPAR:
        (folder / namn).mkdir()
        (folder / namn / "insatser.yaml").write_bytes(b"\x00\xff")
