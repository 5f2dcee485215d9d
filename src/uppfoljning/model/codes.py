"""Sets of the data's codes, and the codes that no file says: what several rooms ask of them."""

from __future__ import annotations

from typing import Literal

from uppfoljning.model import Beslutsutfall, Genomforande, Planbedomning

Grad = Literal["ja", "delvis", "nej"]
"""Whether an insats has what a follow-up needs."""
Rapportslag = Literal["kvartal", "halvar", "slut"]
"""The kinds of report. What each is stands in :mod:`uppfoljning.pipeline.kinds`."""
SETTLED: frozenset[Beslutsutfall] = frozenset({"bifall", "avslag", "inte_aktuellt"})
"""Outcomes after which nothing more is asked; what is put off or sent back still waits."""
OVER: frozenset[Genomforande] = frozenset({"genomford", "avbruten"})
"""Work that has ended: no more answers are due."""
LATE: frozenset[Planbedomning] = frozenset({"forsenad", "risk_for_forsening"})
"""A plan that doesn't hold, or may not."""
