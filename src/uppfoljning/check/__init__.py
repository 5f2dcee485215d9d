"""Rules across files. A rule is a small function from :class:`Underlag` to problems; ``RULES`` is all of them.

A *fel* stops the report: it would otherwise say something untrue. A *varning* does not, and stands in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from uppfoljning.check import (
    aterkoppling,
    beslut,
    frekvens,
    halvar,
    indikatorer,
    insatser,
    kvartal,
    overenskommelse,
    protected_series,
    recorded,
    short_names,
    small_numbers,
    tables,
    texts,
    utfall,
)
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.problem import Problem

Rule = Callable[[Underlag], Iterator[Problem]]
SINCE_CLOSING: frozenset[str] = frozenset({"annan-enhet"})
"""Faults by rules that came after the first version: the answers of a quarter that is closed aren't judged by them."""

FOLLOW: frozenset[str] = frozenset({"annan-enhet", "handelse-utan-dag"})
"""Faults that may follow from another on the same line, and are then not told."""
_OF_INSATSER: tuple[Rule, ...] = (*insatser.RULES, *frekvens.RULES)
RULES: tuple[Rule, ...] = (
    *overenskommelse.RULES,
    *_OF_INSATSER,
    *aterkoppling.RULES,
    *utfall.RULES,
    *indikatorer.RULES,
    *tables.RULES,
    *small_numbers.RULES,
    *protected_series.RULES,
    *recorded.RULES,
    *beslut.RULES,
    *halvar.RULES,
    *kvartal.RULES,
    *short_names.RULES,
)


def check(underlag: Underlag) -> list[Problem]:
    """Every problem that the rules find, in the order of the rules.

    What is wrong with the agreement's period or with an insats itself is told there, and not again for every answer.
    """
    found = list(overenskommelse.check_period(underlag))
    turned = [problem for problem in found if problem.kod == "period"]
    if turned:
        return turned
    for rule in overenskommelse.RULES:
        found += rule(underlag)
    plan = [problem for rule in _OF_INSATSER for problem in rule(underlag)]
    underlag = underlag.without(insatser.faulty(underlag, plan))
    return (
        found
        + plan
        + [problem for rule in RULES[len(overenskommelse.RULES) + len(_OF_INSATSER) :] for problem in rule(underlag)]
    )


check_text = texts.check_text
