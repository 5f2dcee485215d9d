"""Everything that is read, and everything there is to say about it: where every command begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.check import FOLLOW, SINCE_CLOSING, check, check_text
from uppfoljning.load.load import load
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.problem import Plats, Problem

if TYPE_CHECKING:
    from uppfoljning.facts.compare.since_closing import Sammanhang
    from uppfoljning.model.frysta import Frysta


_MAX_PER_FILE = 100


class Granskat(NamedTuple):
    """What was read, and everything there is to say about it, in order of place.

    ``frysta`` are the closed periods. ``sammanhang`` is what a report took from them when it is made again.
    """

    underlag: Underlag | None
    problem: tuple[Problem, ...]
    frysta: Frysta | None = None
    sammanhang: Sammanhang | None = None

    @property
    def fel(self) -> tuple[Problem, ...]:
        """Only the faults that stop a report."""
        return tuple(p for p in self.problem if p.niva == "fel")

    @property
    def varningar(self) -> tuple[Problem, ...]:
        """Only the warnings."""
        return tuple(p for p in self.problem if p.niva == "varning")


def granska(project: Path) -> Granskat:
    """Read the project folder and find every problem in it; paths are as seen from that folder."""
    inlast = load(project)
    problems = list(inlast.problem)
    if inlast.underlag is not None:
        problems += check(inlast.underlag)
    problems += check_text(inlast.filer.values(), inlast.rutnat)
    frysta = None
    if inlast.frysta:
        from uppfoljning.load.frysta import read_frysta

        frysta, damaged = read_frysta(project)
        problems += damaged
        problems = [p for p in problems if p.kod not in SINCE_CLOSING or not _is_closed(p, frysta)]
        if inlast.underlag is not None and frysta.stangda:
            from uppfoljning.check.promises import check_promises

            problems += check_promises(inlast.underlag, frysta)
    faults = [p for p in problems if p.niva == "fel" and p.kod not in FOLLOW]
    lines = {(p.plats.fil, p.plats.rad) for p in faults}
    problems = [p for p in problems if p.kod not in FOLLOW or (p.plats.fil, p.plats.rad) not in lines]
    wrong = {p.plats for p in problems if p.niva == "fel"}
    problems = [p for p in problems if p.kod != "tecken-saknas" or p.plats not in wrong]
    unique = {(p.plats, p.kod, p.meddelande): p for p in problems}
    return Granskat(inlast.underlag, tuple(_limit(sorted(unique.values(), key=lambda p: p.sort_key))), frysta)


def _is_closed(problem: Problem, frysta: Frysta) -> bool:
    """Whether a problem is about an answer of a closed quarter."""
    return any(problem.plats.fil.startswith(f"data/aterkoppling/{q}/") for q in frysta.kvartal())


def _limit(problems: list[Problem]) -> Iterator[Problem]:
    """At most some problems from each file, and a last one that counts the rest: nobody reads ten thousand."""
    told: dict[str, int] = {}
    for problem in problems:
        told[problem.plats.fil] = told.get(problem.plats.fil, 0) + 1
        if told[problem.plats.fil] <= _MAX_PER_FILE:
            yield problem
    for fil, number in told.items():
        if number > _MAX_PER_FILE:
            rest = number - _MAX_PER_FILE
            yield Problem(Plats(fil), "fler", f"Och {rest} till i samma fil.", "Rätta de första och kör igen.")
