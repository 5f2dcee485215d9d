"""What the tests of the import share: plans in process, tables in every layout, and section 7 as it stands."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from conftest import ROOT, run_tool
from uppfoljning.formats.csv import read_csv
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.open import read_table
from uppfoljning.importing.plan import ImportOptions, Importplan, plan_import
from uppfoljning.load.tables.read import read_table as read_data_file
from uppfoljning.model.tabell import Tabell, Tabellslag
from uppfoljning.text.problem import format_text

KOMMUN = "Upplands-Bro kommun"
PERIOD = "Period: 1 jan – 30 sep"
ENKAT = {"kalla": "stockholmsenkaten"}


def plan(
    content: str | bytes,
    slag: Tabellslag = "compstat",
    existing: Sequence[Tabell] = (),
    fil: str = "t",
    **options: object,
) -> Importplan:
    """The plan for a file with this content. A survey is Stockholmsenkäten unless another is named."""
    grid = read_table(content.encode() if isinstance(content, str) else content, fil)
    assert isinstance(grid, Rutnat), grid
    given = {**(ENKAT if slag == "enkat" else {}), **options}
    return plan_import(grid, slag, ImportOptions(**given), KOMMUN, existing)  # type: ignore[arg-type]


def existing(text: str, fil: str = "data/compstat/2021-06.csv") -> Tabell:
    """A table that lies in data/ already."""
    grid = read_csv(text.encode(), fil)
    assert isinstance(grid, Rutnat)
    tabell, problems = read_data_file(grid, "compstat" if "/compstat/" in fil else "enkat")
    assert tabell is not None
    assert [p for p in problems if p.niva == "fel"] == []
    return tabell


def values(found: Importplan) -> dict[str, list[float | None]]:
    """The values of each series in the order of the years, by group and name; the plan has no faults."""
    assert [p for p in found.problem if p.niva == "fel"] == [], found.problem
    assert found.tabell is not None
    return {
        " / ".join(filter(None, (s.nyckel.grupp, s.nyckel.text))): [s.varden.get(ar) for ar in found.tabell.ar]
        for s in found.tabell.serier
    }


def faults(found: Importplan) -> list[tuple[str, str]]:
    """Place and code of each fault; nothing is to be written when there is one."""
    stops = [p for p in found.problem if p.niva == "fel"]
    assert found.fel == bool(stops)
    if stops:
        assert (found.fil, found.content) == (None, "")
    return [(str(p.plats).removeprefix("t:").removeprefix("t, "), p.kod) for p in stops]


def printed(found: Importplan) -> str:
    """The problems of a plan as the user reads them."""
    return "\n".join(format_text(problem) for problem in found.problem)


def lines(*rows: str) -> str:
    """Rows with | between the cells, as pasted from a spreadsheet."""
    return "\n".join(row.replace(" | ", "\t").replace("| ", "\t").replace(" |", "\t") for row in rows) + "\n"


def section_7() -> str:
    """Section 7 of the action plan as it is pasted: prose, tables with tabs, markup, two columns of the same name."""
    text = (ROOT / "data" / "compstat" / "2021-09.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.split("\n\n", 1)[1].splitlines(), delimiter=";"))
    years = rows[0][2:]
    head = "\t".join(["<i>Period: 1 jan – 30 sep</i>", *years, "Utv 20-21", "Utv 20-21"])
    parts = [
        "7. Polisens statistik\t4\n7. Polisens statistik\n\nLokalpolisområde Järfälla/Upplands-Bro delar "
        'statistikunderlag med Upplands-Bro kommun i form av så kallad "Compstat" löpande vartefter.\n'
    ]
    for group in ("Hushåll", "Person"):
        parts += [f"{group}\n", head]
        parts += ["\t".join([*row[1:], *_developed(*row[-2:])]) for row in rows[1:] if row[0] == group]
        parts.append("")
    parts.append("Bild: Anmälda brott i urval ur Compstat, Upplands-Bro oktober 2021.\n")
    parts.append("Utöver detta kommer parterna att gemensamt komma överens om brottskoder som är relevanta.\n")
    return "\n".join(parts)


def _developed(before: str, after: str) -> tuple[str, str]:
    first, last = int(before), int(after)
    if not first:
        return str(last - first), ""
    share = (Decimal(100) * (last - first) / first).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(last - first), f"{share}%".replace(".", ",")


def importera(
    project: Path, *args: str, stdin: str | bytes | None = None, command: str = "compstat"
) -> subprocess.CompletedProcess[str]:
    """Run the import in a process of its own, in the project's folder, with this on its standard input."""
    content = stdin.encode() if isinstance(stdin, str) else stdin or b""
    return run_tool(command, "importera", *args, cwd=project, stdin=content)


def snapshot(project: Path) -> dict[str, bytes]:
    """Every file of the project's data with its bytes."""
    return {
        p.relative_to(project).as_posix(): p.read_bytes() for p in sorted((project / "data").rglob("*")) if p.is_file()
    }
