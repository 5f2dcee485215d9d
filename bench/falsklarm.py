"""How often the verdict on a count is wrong: false alarms where nothing has happened, and doublings that go unseen.

Measured on real yearly figures (a CSV file with omrade, brottstyp and a column a year). With the years shuffled within
each row no order is left, so that every clear verdict is a false alarm. A doubling is seen or not in two ways: in the
shuffled rows with the last figure doubled, and in invented years that are as uneven as such rows mostly are over five
years in a row. The figures are not part of the project; without the file it says so, and what was measured before.
"""

from __future__ import annotations

import csv
import itertools
import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from uppfoljning.facts.figures.statistics import MAX_YEARS, judge_count

ROOT = Path(__file__).resolve().parents[1]
FIL = ROOT.parent / "shared" / "underlag" / "kalibrering" / "toronto.csv"
ROUNDS = 20
SEED = 2021
EARLIER = (3, 4, 5)
BANDS = (5, 20, 50, 100, None)
DOUBLED_FROM = (20, 50, 100)
_NEAR = 0.2
_CLEAR = frozenset({"fler", "farre"})
_JUDGED = _CLEAR | {"ingen", "ingen_vid"}

BEFORE = """Mätt tidigare på anmälda brott 2014–2023 i Torontos 158 områden, åren blandade inom raden och 4 tidigare år:
  Utslag utan att något hänt: 4,7 av 100 rader, 6,6 av 100 som gick att bedöma och 7,7 av 100 där snittet var över 100.
  En fördubbling syntes från 100, 50 och 20: i påhittade år, ojämna som de verkliga, 97, 74 och 43 gånger av 100, och i
  de verkliga raderna med åren blandade 76, 55 och 37 gånger av 100."""

Rad = tuple[int, ...]


class Andel(NamedTuple):
    """So many of so many."""

    antal: int
    av: int

    @property
    def av_100(self) -> float | None:
        """Per hundred; None of nothing."""
        return 100 * self.antal / self.av if self.av else None


class Bedomning(NamedTuple):
    """One verdict: the earlier years' mean, and how it came out."""

    snitt: float
    kod: str

    @property
    def judged(self) -> bool:
        """Whether there was enough to judge by."""
        return self.kod in _JUDGED


def read_rows(path: Path) -> list[Rad]:
    """The yearly counts of each row, oldest first; a row that lacks a year is left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    years = sorted(name for name in rows[0] if name.isdigit()) if rows else []
    return [tuple(int(row[ar]) for ar in years) for row in rows if all((row[ar] or "").isdigit() for ar in years)]


def judge_shuffled(
    rows: Sequence[Rad], earlier: int, factor: int = 1, rounds: int = ROUNDS, seed: int = SEED
) -> list[Bedomning]:
    """The verdict on each row's last year times ``factor``, the years shuffled, so many times over; same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - the same order each time is the point
    found = []
    for row in itertools.chain.from_iterable(itertools.repeat(rows, rounds)):
        years = chance.sample(row, len(row))
        verdict = judge_count(years[-1 - earlier : -1], factor * years[-1])
        found.append(Bedomning(verdict.snitt, verdict.kod))
    return found


def alarms(verdicts: Sequence[Bedomning], over: float = -1, to: float | None = None) -> Andel:
    """How many are clear, of those that could be judged and whose mean is over one limit and at most the other."""
    within = [v for v in verdicts if v.judged and over < v.snitt and (to is None or v.snitt <= to)]
    return Andel(sum(v.kod in _CLEAR for v in within), len(within))


def alarms_of_all(verdicts: Sequence[Bedomning]) -> Andel:
    """How many are clear of all rows, also of those that were too few to be judged."""
    return Andel(alarms(verdicts).antal, len(verdicts))


def near(rows: Sequence[Rad], mean: float) -> list[Rad]:
    """The rows whose own mean is within a fifth of ``mean``."""
    return [row for row in rows if abs(sum(row) / len(row) - mean) <= _NEAR * mean]


def seen(verdicts: Sequence[Bedomning]) -> Andel:
    """How many came out as more, of those that could be judged."""
    return Andel(sum(v.kod == "fler" for v in verdicts), sum(v.judged for v in verdicts))


def doubled_rows(rows: Sequence[Rad], mean: float, earlier: int, rounds: int = ROUNDS, seed: int = SEED) -> Andel:
    """How often a doubling is seen in the rows near a mean."""
    return seen(judge_shuffled(near(rows, mean), earlier, 2, rounds, seed))


def usual_spread(rows: Sequence[Rad], mean: float) -> float:
    """How uneven rows near a mean are over five years in a row: the variance over the mean, in the middle one."""
    spans = [row[i : i + MAX_YEARS] for row in near(rows, mean) for i in range(len(row) - MAX_YEARS + 1)]
    uneven = [statistics.variance(span) / statistics.mean(span) for span in spans if sum(span)]
    return max(1.0, statistics.median(uneven)) if uneven else 1.0


def invented(chance: random.Random, mean: float, spread: float) -> int:
    """A count with that mean, and a variance that is ``spread`` times as large (gamma and Poisson)."""
    rate = chance.gammavariate(mean / (spread - 1), spread - 1) if spread > 1 else mean
    passed, number = chance.expovariate(1), 0
    while passed < rate:
        passed += chance.expovariate(1)
        number += 1
    return number


def doubled_invented(mean: float, spread: float, earlier: int, times: int = 2000, seed: int = SEED) -> Andel:
    """How often a doubling is seen in invented years."""
    chance = random.Random(seed)  # noqa: S311 - as above
    verdicts = []
    for _ in range(times):
        years = [invented(chance, mean, spread) for _ in range(earlier)]
        verdict = judge_count(years, invented(chance, 2 * mean, spread))
        verdicts.append(Bedomning(verdict.snitt, verdict.kod))
    return seen(verdicts)


def lines(rows: Sequence[Rad], rounds: int = ROUNDS, seed: int = SEED, times: int = 2000) -> Iterator[str]:
    """The whole measurement in words, a line each; a column for each number of earlier years."""
    verdicts = {earlier: judge_shuffled(rows, earlier, 1, rounds, seed) for earlier in EARLIER}
    yield _line("Utslag utan att något hänt, av 100", [f"{earlier} år" for earlier in EARLIER])
    yield _measured("alla rader, även för få för att bedöma", lambda k: alarms_of_all(verdicts[k]))
    yield _measured("rader som går att bedöma", lambda k: alarms(verdicts[k]))
    for over, to in itertools.pairwise(BANDS):
        name = f"  snitt över {over}" if to is None else f"  snitt {over}–{to}"
        limit = -1 if over == BANDS[0] else over or 0
        yield _measured(name, lambda k, limit=limit, to=to: alarms(verdicts[k], limit, to))
    yield _line("En fördubbling syns, av 100", [f"{earlier} år" for earlier in EARLIER])
    for mean in DOUBLED_FROM:
        yield _measured(
            f"från ungefär {mean}, verkliga rader", lambda k, m=mean: doubled_rows(rows, m, k, rounds, seed)
        )
    for mean in DOUBLED_FROM:
        spread = usual_spread(rows, mean)
        name = f"från {mean}, påhittade år lika ojämna ({spread:.1f})".replace(".", ",")
        yield _measured(name, lambda k, m=mean, s=spread: doubled_invented(m, s, k, times, seed))


def _measured(name: str, measure: Callable[[int], Andel]) -> str:
    shares = [measure(earlier).av_100 for earlier in EARLIER]
    return _line("  " + name, ["–" if found is None else f"{found:.1f}".replace(".", ",") for found in shares])


def _line(name: str, cells: Sequence[str]) -> str:
    return f"  {name:<48}" + "".join(f"{cell:>7}" for cell in cells)


def main(path: Path | None = None) -> int:
    """Measure, or say that there is nothing to measure on. Always 0: no limit is set that could be broken."""
    path = path or Path(os.environ.get("UPPFOLJNING_KALIBRERING") or FIL)
    print("Hur ofta bedömningen av antal slår fel, med 3, 4 eller 5 tidigare år:")
    rows = read_rows(path) if path.is_file() else []
    if not rows:
        what = "har inga rader" if path.is_file() else "finns inte"
        print(f"Filen {path} {what}, så mätningen görs inte om.")
        print(BEFORE)
        return 0
    print(f"Åren blandade {ROUNDS} gånger inom var och en av {len(rows)} rader.")
    for line in lines(rows, ROUNDS):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
