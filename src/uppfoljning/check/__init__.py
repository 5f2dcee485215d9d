"""Rules across files. A rule is a small function from :class:`Underlag` to problems; ``RULES`` is all of them.

A *fel* stops the report: it would otherwise say something untrue. A *varning* does not, and stands in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from uppfoljning.check import avtal, beslut, halvar, indikatorer, insatser, siffror, svar, text, utfall
from uppfoljning.problem import Problem
from uppfoljning.underlag import Underlag

Rule = Callable[[Underlag], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    *avtal.RULES,
    *insatser.RULES,
    *svar.RULES,
    *utfall.RULES,
    *indikatorer.RULES,
    *siffror.RULES,
    *beslut.RULES,
    *halvar.RULES,
)


def check(underlag: Underlag) -> list[Problem]:
    """Every problem that the rules find, in the order of the rules.

    What is wrong with the agreement's period or with an insats itself is told there, and not again for every answer.
    """
    found = list(avtal.check_period(underlag))
    turned = [problem for problem in found if problem.kod == "period"]
    if turned:
        return turned
    for rule in avtal.RULES:
        found += rule(underlag)
    plan = [problem for rule in insatser.RULES for problem in rule(underlag)]
    underlag = underlag.without(insatser.faulty(underlag, plan))
    return (
        found
        + plan
        + [problem for rule in RULES[len(avtal.RULES) + len(insatser.RULES) :] for problem in rule(underlag)]
    )


check_text = text.check_text
