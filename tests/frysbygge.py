"""A small project that can be closed, quarter by quarter, and what is done to it after that."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from data_pdf.projekt import agreement, answer, answers, area, insats, write_figures, write_project
from uppfoljning.model.frysning import Frysningsfil, Frystavstamning, Frystrapport
from uppfoljning.model.frysta import describe, manifest_text, sums_text

PARTER = [
    {"id": "kommunen", "namn": "Provkommunen", "uppfoljare": "samordnare"},
    {"id": "polisen", "namn": "Lokalpolisområdet", "uppfoljare": "kommunpolis"},
]
FRYST = Path("data/frysta/2022-K1")
INTERNT = "Bara för styrgruppen: lokalen är uppsagd."


def avstamd(*kvartal: int) -> list[dict[str, Any]]:
    """That both parties agreed to quarters of 2022, each on a day after the last one to answer."""
    days = {1: date(2022, 5, 10), 2: date(2022, 8, 10), 3: date(2022, 11, 10)}
    return [{"kvartal": f"2022-K{nr}", "part": p["id"], "datum": days[nr]} for nr in kvartal for p in PARTER]


def project(folder: Path, *avstamda: int) -> Path:
    """Two insatser, two aktörer, two forum and figures, with the answers of the first quarter but one."""
    avtal = agreement(
        giltig_till=date(2023, 12, 31),
        parter=PARTER,
        aktorer=[
            {"id": "a1", "namn": "Fritid", "del_av": "kommunen"},
            {"id": "a2", "namn": "Skola", "del_av": "kommunen"},
        ],
        kalender={"avstamningar": avstamd(*avstamda)},
    )
    areas = [area([insats(), insats("OMR-2", ansvariga=["a1", "a2"], moment=[])])]
    first = answers([answer(intern=INTERNT), answer("OMR-2")])
    write_project(folder, avtal, areas, [first])
    write_figures(folder, [("Cykelstöld", ["40", "38", "45", "42", "41"])], [("Otrygg ute", ["30", "31"])], 2018)
    return folder


def add_second_quarter(folder: Path) -> None:
    """The answers of the second quarter, which say nothing new."""
    write(
        folder,
        "aterkoppling/2022-K2/a1.yaml",
        "kvartal: 2022-K2\naktor: a1\nlamnad: 2022-07-11\nsvar:\n"
        "  - {insats: OMR-1, oforandrat: true}\n  - {insats: OMR-2, oforandrat: true}\n",
    )


def revise(folder: Path, before: str = "42;41", after: str = "42;44") -> None:
    """A figure is changed where it stands."""
    edit(folder, "compstat/2022-03.csv", before, after)


def answer_late(folder: Path) -> None:
    """The answer that was missing comes."""
    write(
        folder,
        "aterkoppling/2022-K1/a2.yaml",
        "kvartal: 2022-K1\naktor: a2\nlamnad: 2022-06-15\nsvar:\n  - {insats: OMR-2, genomforande: pagar}\n",
    )


def rewrite_answer(folder: Path) -> None:
    """An answer is edited instead of corrected."""
    edit(folder, "aterkoppling/2022-K1/a1.yaml", "Arbetet pågår.", "Arbetet går bra.")


CHANGES = [
    "Compstat. Cykelstöld jan–mar 2022: reviderad 41 → 44.",
    "OMR-2 Insats OMR-2. Svar från Skola, kvartal 1 2022: svar inkommet efter stängning, lämnat 15 juni 2022.",
    "OMR-1 Insats OMR-1. Svar från Fritid, kvartal 1 2022: svaret ändrat efter stängning (kommentar).",
    "OMR-2 Insats OMR-2. Svar från Fritid, kvartal 1 2022: svaret ändrat efter stängning (kommentar).",
]
"""What the three changes are called."""


def change_all(folder: Path) -> None:
    """All three."""
    revise(folder)
    answer_late(folder)
    rewrite_answer(folder)


def write(folder: Path, fil: str, text: str) -> None:
    """Write a file of the project's data."""
    path = folder / "data" / fil
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(folder: Path, fil: str, before: str, after: str) -> None:
    """Replace a text that stands in a file of the project's data."""
    path = folder / "data" / fil
    text = path.read_bytes().decode("utf-8")
    assert before in text, f"{before} finns inte i {fil}"
    path.write_bytes(text.replace(before, after).encode("utf-8"))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def minimal(data: Path, period: str = "2022-K1", avtryck: bytes = b"{}\n", **changes: Any) -> Path:
    """A closed quarter with nothing but a report, an imprint and their checksums, for what ``validera`` says of it."""
    folder = data / "frysta" / period
    files = {"avtryck.json": avtryck, f"rapporter/{period}-kvartal.pdf": b"%PDF-1.7 \r\n"}
    manifest = Frysningsfil.model_validate(
        {
            "frysningsformat": 1,
            "period": period,
            "per": date(2022, 4, 30),
            "stangd": date(2022, 5, 10),
            "avstamd": (Frystavstamning(part="kommunen", funktion="samordnare", datum=date(2022, 5, 10)),),
            "verktyg": "uppfoljning 0.1.0",
            "bibliotek": {"python": "3.11.7"},
            "rapporter": (Frystrapport(fil=f"rapporter/{period}-kvartal.pdf", html_sha256="0" * 64, data="0" * 16),),
            "filer": tuple(describe(fil, content) for fil, content in files.items()),
            **changes,
        }
    )
    text = manifest_text(manifest)
    files["frysning.yaml"] = text
    files["kontrollsummor.sha256"] = sums_text([*manifest.filer, describe("frysning.yaml", text)])
    for fil, content in files.items():
        (folder / fil).parent.mkdir(parents=True, exist_ok=True)
        (folder / fil).write_bytes(content)
    return folder
