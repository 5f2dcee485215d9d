"""The Swedish words for the codes in the data, shared by messages and reports."""

from __future__ import annotations

from typing import Literal

from uppfoljning.model import Beslutsutfall, Genomforande, Planbedomning

Rapportslag = Literal["kvartal", "halvar", "slut"]
"""The kinds of report. What each is stands in :mod:`uppfoljning.pipeline.kinds`."""

PLAN: dict[Planbedomning, str] = {
    "enligt_plan": "Enligt plan",
    "risk_for_forsening": "Risk för försening",
    "forsenad": "Försenad",
    "gar_inte_att_bedoma": "Går inte att bedöma",
}
GENOMFORANDE: dict[Genomforande, str] = {
    "inte_paborjad": "Inte påbörjad",
    "pagar": "Pågår",
    "genomford": "Genomförd",
    "pausad": "Pausad",
    "avbruten": "Avbruten",
}
UTFALL: dict[Beslutsutfall, str] = {
    "bifall": "Bifall",
    "avslag": "Avslag",
    "aterremiss": "Återremiss",
    "bordlagt": "Bordlagt",
    "inte_aktuellt": "Inte längre aktuellt",
}
"""What came of a question for decision."""
SETTLED: frozenset[Beslutsutfall] = frozenset({"bifall", "avslag", "inte_aktuellt"})
"""Outcomes after which nothing more is asked; what is put off or sent back still waits."""
OVER: frozenset[Genomforande] = frozenset({"genomford", "avbruten"})
"""Work that has ended: no more answers are due."""
LATE: frozenset[Planbedomning] = frozenset({"forsenad", "risk_for_forsening"})
"""A plan that doesn't hold, or may not."""
