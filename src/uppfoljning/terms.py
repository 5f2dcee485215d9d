"""The Swedish words for the codes in the data, shared by messages and reports."""

from __future__ import annotations

from uppfoljning.model import Genomforande, Planbedomning

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
OVER: frozenset[Genomforande] = frozenset({"genomford", "avbruten"})
"""Work that has ended: no more answers are due."""
LATE: frozenset[Planbedomning] = frozenset({"forsenad", "risk_for_forsening"})
"""A plan that doesn't hold, or may not."""
