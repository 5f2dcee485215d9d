"""Rules across files. A rule is a small function from :class:`Underlag` to problems; ``RULES`` is all of them.

A *fel* stops the report: it would otherwise say something untrue. A *varning* does not, and stands in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from uppfoljning.check import avtal, insatser, svar, text
from uppfoljning.problem import Problem
from uppfoljning.underlag import Underlag

Rule = Callable[[Underlag], Iterator[Problem]]

RULES: tuple[Rule, ...] = (*avtal.RULES, *insatser.RULES, *svar.RULES)


def check(underlag: Underlag) -> list[Problem]:
    """Every problem that the rules find, in the order of the rules."""
    return [problem for rule in RULES for problem in rule(underlag)]


check_text = text.check_text
