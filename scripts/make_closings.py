"""Closes the first two quarters of exempel/, each with the data as they then were, into exempel/data/frysta.

The same tool, libraries and data give the same bytes. Run it again when one of them has changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXEMPEL = ROOT / "exempel"
QUARTERS = ("2023-K1", "2023-K2")

THEN = {
    # Two numbers that were revised by the book, with their historik; and one that was lowered without a word.
    "{antal: 4, per: ar, enhet: utbildningar}": "{antal: 6, per: ar, enhet: utbildningar}",
    "{antal: 8, enhet: utbildningar}": "{antal: 12, enhet: utbildningar}",
    "{antal: 45, enhet: kvällsronder, senast: 2024-12-31}": "{antal: 60, enhet: kvällsronder, senast: 2024-12-31}",
}
"""What the plan says now, and what it said when the quarters were closed."""


def agreed_on(text: str, quarter: str) -> date:
    """The day when the last party agreed to a quarter."""
    return max(days_in("\n".join(re.findall(rf".*kvartal: {quarter}, part.*", text))))


def days_in(text: str) -> list[date]:
    """Every day in a text."""
    return [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text)]


def entries(text: str, start: str) -> Iterator[str]:
    """The entries of a list, each from its ``start`` to the next; what stands before the first comes first."""
    yield from re.split(rf"^(?={start})", text, flags=re.MULTILINE)


def write(path: Path, text: str) -> None:
    """Write a text as it is, on every system."""
    path.write_text(text, encoding="utf-8", newline="")


def as_it_was(data: Path, quarter: str) -> None:
    """Take out of a copy of the data what came after a quarter was closed."""
    agreement = data / "overenskommelse.yaml"
    text = agreement.read_text(encoding="utf-8")
    closed = agreed_on(text, quarter)
    text = re.sub(r", redovisad: (\S+)}", lambda m: "}" if date.fromisoformat(m[1]) > closed else m[0], text)
    text = re.sub(r"  information:\n(?:    - .*\n)+", "", text)
    dated = re.compile(r"    - \{kvartal: .*datum: (\S+), .*\n")
    write(agreement, dated.sub(lambda m: m[0] if date.fromisoformat(m[1]) <= closed else "", text))

    plan, followed = data / "insatser.yaml", data / "indikatorer.yaml"
    found = list(entries(plan.read_text(encoding="utf-8"), "(?:  |      )- id: "))
    later = [entry for entry in found if _is_added_after(entry, closed)]
    text = "".join(entry for entry in found if entry not in later)
    text = re.sub(r"        historik:\n(?:          .*\n)+", "", text)
    for now, then in THEN.items():
        if text.count(now) != 1:
            sys.exit(f"{plan}: {now} stands there {text.count(now)} times, not once.")
        text = text.replace(now, then)
    write(plan, text)
    text = followed.read_text(encoding="utf-8")
    for entry in later:
        text = text.replace(f", insatser: [{entry.split()[2]}]", "")
    write(followed, text)

    head, *found = entries((data / "beslut.yaml").read_text(encoding="utf-8"), "  - ")
    known = [e for e in found if days_in(e)[-1] <= closed]
    write(data / "beslut.yaml", head + "".join(known))
    if not known:
        (data / "beslut.yaml").unlink()

    for pattern, mark in (("aterkoppling/*/*.yaml", "lamnad: "), ("halvar/*.yaml", "datum: "), ("*/*.csv", "uttag;")):
        for path in data.glob(pattern):
            first = re.search(rf"^{mark}(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            if first is not None and date.fromisoformat(first[1]) > closed:
                path.unlink()
    for path in data.glob("kvartal/*.yaml"):
        if path.stem > quarter:
            path.unlink()


def _is_added_after(entry: str, day: date) -> bool:
    """Whether an insats was added to the plan after a day."""
    found = re.search(r"handelse: tillkommen\n\s+datum: (\S+)", entry)
    return found is not None and date.fromisoformat(found[1]) > day


def close_all(target: Path) -> None:
    """Close the quarters, the later with the earlier beside it, into a folder that is not yet there."""
    with tempfile.TemporaryDirectory() as folder:
        closings = Path(folder) / "frysta"
        for quarter in QUARTERS:
            project = Path(folder) / quarter
            shutil.copytree(EXEMPEL / "data", project / "data", ignore=shutil.ignore_patterns("frysta"))
            as_it_was(project / "data", quarter)
            if closings.exists():
                shutil.copytree(closings, project / "data" / "frysta")
            subprocess.run(  # noqa: S603 - our own module, with fixed arguments
                [sys.executable, "-m", "uppfoljning", "frys", quarter, "--katalog", project], cwd=ROOT, check=True
            )
            shutil.copytree(project / "data" / "frysta" / quarter, closings / quarter)
        shutil.copytree(closings, target)


if __name__ == "__main__":
    shutil.rmtree(EXEMPEL / "data" / "frysta", ignore_errors=True)
    close_all(EXEMPEL / "data" / "frysta")
