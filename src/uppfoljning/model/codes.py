"""Sets of the data's codes, and the codes that no file says: what several rooms ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from uppfoljning.model import Beslutsutfall, Genomforande, Planbedomning

Grad = Literal["ja", "delvis", "nej"]
"""Whether an insats has what a follow-up needs."""
Rapportslag = Literal["kvartal", "halvar", "slut"]
"""The kinds of report. What each is stands in :mod:`uppfoljning.pipeline.kinds`."""
SETTLED: frozenset[Beslutsutfall] = frozenset({"bifall", "avslag", "annat_beslut", "inte_aktuellt"})
"""Outcomes after which nothing more is asked; what is put off or sent back still waits."""


class Work(NamedTuple):
    """What a genomförande means.

    ``over``: no more answers are due. ``news``: that it has come to that weighs on page one. ``reason``: an answer must
    say why. ``under_way``: it is asked about when nothing happens. ``unbegun``: it is late once its start has passed.
    ``resting``: it is to be taken up again. ``stopped``: nothing more comes of it.
    """

    over: bool = False
    news: bool = False
    reason: bool = False
    under_way: bool = False
    unbegun: bool = False
    resting: bool = False
    stopped: bool = False


WORK: Mapping[Genomforande, Work] = {
    "inte_paborjad": Work(unbegun=True),
    "pagar": Work(under_way=True),
    "genomford": Work(over=True, news=True),
    "pausad": Work(news=True, reason=True, resting=True),
    "avbruten": Work(over=True, news=True, reason=True, stopped=True),
}
OVER = frozenset(code for code, work in WORK.items() if work.over)
NEWS = frozenset(code for code, work in WORK.items() if work.news)
NEEDS_REASON = frozenset(code for code, work in WORK.items() if work.reason)
UNDER_WAY = frozenset(code for code, work in WORK.items() if work.under_way)
UNBEGUN = frozenset(code for code, work in WORK.items() if work.unbegun)
RESTING = frozenset(code for code, work in WORK.items() if work.resting)
STOPPED = frozenset(code for code, work in WORK.items() if work.stopped)
DONE = OVER - STOPPED
HALTED = tuple(code for codes in (STOPPED, RESTING) for code in WORK if code in codes)
"""What deviates from what is promised whatever the plan says, the worst first."""
LATE: frozenset[Planbedomning] = frozenset({"forsenad", "risk_for_forsening"})
"""A plan that doesn't hold, or may not."""
