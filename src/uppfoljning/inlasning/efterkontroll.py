"""What would be wrong with the project once a new table lies in it: nothing is imported only to be refused later."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.check import siffror
from uppfoljning.problem import Problem
from uppfoljning.statistik import Tabell
from uppfoljning.underlag import Underlag

_HELP = {
    "uttag-fore-periodens-slut": "Ange rätt dag med --uttag, eller kontrollera tabellens period och årtal.",
    "olika-siffror": "Rätta den siffra som är fel. Är tabellen ett senare uttag: ange dagen med --uttag, och skriv "
    "dagen för det äldre i dess fil, på raden uttag överst: uttag;ÅÅÅÅ-MM-DD.",
}
_TOLD = {"lagre-an-tidigare", "tva-filer-for-en-period", "okand-kalla"}
"""What the plan itself tells, in its own words."""


def new_problems(underlag: Underlag, tabell: Tabell) -> list[Problem]:
    """What the rules about figures find with the table that they don't find without it."""
    before = {(p.plats, p.kod, p.meddelande) for p in _problems(underlag)}
    after = _problems(replace(underlag, tabeller=(*underlag.tabeller, tabell)))
    new = [p for p in after if (p.plats, p.kod, p.meddelande) not in before and p.kod not in _TOLD]
    return [p._replace(atgard=_HELP.get(p.kod, p.atgard)) for p in new]


def _problems(underlag: Underlag) -> list[Problem]:
    return [problem for rule in siffror.RULES for problem in rule(underlag)]
