"""The first sentences of the report, for the numbers where grammar turns."""

from __future__ import annotations

from typing import Any

import pytest

from bygge import K1, insats, svar, underlag
from uppfoljning.facts.lage import merge
from uppfoljning.report.kvartal.report import kvartal_view

PLANNED = {"moment": [{"id": "plan", "rubrik": "Planen", "senast": 2023}]}


def lead(*insatser: dict[str, Any], answered: bool = True) -> str:
    posts = tuple(svar(i["id"]) for i in insatser) if answered else ()
    data = underlag(list(insatser), posts)
    page = kvartal_view(data, merge(data, K1), None, (), ()).forsta_sidan
    return " ".join((page.huvudmening, *page.meningar, page.problemet))


@pytest.mark.parametrize(
    ("planned", "open_", "expected"),
    [
        (1, 0, "Av 1 insats går en att bedöma: den följer planen."),
        (2, 0, "Av 2 insatser går två att bedöma: båda följer planen."),
        (3, 0, "Av 3 insatser går tre att bedöma: alla tre följer planen."),
        (1, 1, "den följer planen. Den återstående går inte att bedöma, för att överenskommelsen inte anger"),
        (2, 2, "båda följer planen. De andra två går inte att bedöma, för att överenskommelsen inte anger"),
        (0, 2, "Ingen av 2 insatser går att bedöma mot en plan. Skälen: två för att överenskommelsen inte anger"),
    ],
)
def test_the_lead_is_a_right_sentence_for_any_number(planned: int, open_: int, expected: str) -> None:
    rows = [insats(f"A-{n}", **PLANNED) for n in range(planned)] + [insats(f"A-9{n}") for n in range(open_)]
    assert expected in lead(*rows)


def test_without_answers_it_says_so() -> None:
    text = lead(insats("A-1", **PLANNED), answered=False)
    assert "Inget av 1 svar har kommit." in text
