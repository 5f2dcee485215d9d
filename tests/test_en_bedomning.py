"""A row has one verdict, in the same words in its table, lists, page one, comparison, terminal and attachments.

Every code there is has a row here that gets it. Every figure is invented.
"""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from bygge import K1, K2
from sifferbygge import data, enkat, indikator, rad, rapport, serie, tabell
from uppfoljning.cli.format.status import format_figures
from uppfoljning.facts.compare.avtryck import Nyckel, Varde
from uppfoljning.facts.figures.statistics import Andelskod, Antalskod
from uppfoljning.model.underlag import Underlag
from uppfoljning.output.csv import as_csv
from uppfoljning.output.json import as_json
from uppfoljning.words.changes import value_text
from uppfoljning.words.codes import ANDEL, ANTAL
from uppfoljning.words.figures import lower_first

COUNTS: dict[Antalskod, tuple[float | None, ...]] = {
    "fler": (50, 52, 49, 51, 140),
    "farre": (150, 152, 149, 151, 40),
    "ingen": (50, 52, 49, 51, 50),
    "ingen_vid": (6, 5, 7, 5, 5),
    "fa": (2, 0, 1, 3, 1),
    "fa_fler": (0, 0, 0, 0, 12),
    "for_fa_ar": (None, None, 70, 71, 72),
}
SHARES: dict[Andelskod, tuple[tuple[float | None, ...], tuple[float | None, ...]]] = {
    "hogre": ((20, 40), (900, 900)),
    "lagre": ((40, 20), (900, 900)),
    "ingen": ((40, 41), (900, 900)),
    "antal_saknas": ((40, 41), (900, None)),
    "ingen_tidigare": ((41,), (900,)),
}
WORDS: dict[str, str] = {**ANTAL, **ANDEL}
NAME = "Rån i hissar"


def test_there_is_a_row_for_every_code() -> None:
    assert {*COUNTS} == {*get_args(Antalskod)}
    assert {*SHARES} == {*get_args(Andelskod)}


def of_code(kod: str) -> Underlag:
    if kod in COUNTS:
        return data([tabell(rad(NAME, *COUNTS[kod]))], [indikator(NAME)])  # type: ignore[index]
    values, numbers = SHARES[kod.removesuffix("_andel")]  # type: ignore[index]
    return data([enkat(rad(NAME, *values), rad("Antal svarande", *numbers))], [indikator(NAME, "enkat")])


CODES = [*COUNTS, *(kod if kod not in COUNTS else f"{kod}_andel" for kod in SHARES)]


@pytest.mark.parametrize("kod", CODES)
def test_a_row_is_told_with_one_verdict_wherever_it_stands(kod: str) -> None:
    found, plain = of_code(kod), kod.removesuffix("_andel")
    lage = serie(found, NAME)
    assert (lage.antal or lage.andel).kod == plain  # type: ignore[union-attr]
    word, view = WORDS[plain], rapport(found)
    other = {text for code, text in WORDS.items() if not text.startswith(word) and not word.startswith(text)}

    (row,) = [r for g in view.statistik.tabeller[0].grupper for r in g.rader]
    assert row.bedomning.startswith(word)
    assert {r["bedomning"] for r in find(json.loads(as_json(view)), "bedomning", "varden")} == {row.bedomning}
    lines = as_csv(view).splitlines()[1:]
    assert all(word in line for line in lines)
    (terminal,) = [line for line in format_figures(view).splitlines() if line.startswith(f"  {NAME}")]
    assert word in terminal

    listed = [(r.etikett, r.text) for r in view.statistik.lasning if NAME.lower() in r.text.lower()]
    gathered = [(r.etikett, r.text) for h in view.huvudomraden for r in h.indikatorer if NAME in r.etikett + r.text]
    assert gathered != []
    first = [(o.rubrik, o.problemet) for o in view.forsta_sidan.lage]
    for label, text in (*listed, *gathered, *first):
        assert [said for said in other if said.lower() in f"{label}: {text}".lower()] == []
    if lage.tydlig or plain == "fa_fler":
        assert lower_first(word) in lower_first(first[0][1])
        assert NAME.lower() in first[0][1].lower()
    assert value_text(Nyckel("utslag"), Varde(plain, "2022")).ord == f"{word} (2022)"


def find(tree: Any, *keys: str) -> list[dict[str, Any]]:
    """Every part of a tree that has these keys."""
    if isinstance(tree, list):
        return [part for branch in tree for part in find(branch, *keys)]
    if not isinstance(tree, dict):
        return []
    mine = [tree] if all(key in tree for key in keys) else []
    return [*mine, *(part for branch in tree.values() for part in find(branch, *keys))]


@pytest.mark.parametrize("kod", ["fler", "farre", "fa_fler"])
def test_a_comparison_tells_a_row_that_is_other_than_expected_and_when_it_no_longer_is(kod: Antalskod) -> None:
    usual = COUNTS["ingen"] if kod != "fa_fler" else COUNTS["fa"]
    for first, then in ((usual, COUNTS[kod]), (COUNTS[kod], usual)):
        tables = [tabell(rad(NAME, *values), manad=3 * n, fil=f"{n}.csv") for n, values in enumerate((first, then), 1)]
        found = data(tables, [indikator(NAME)])
        words = [WORDS[serie(found, NAME, kvartal).antal.kod] for kvartal in (K1, K2)]  # type: ignore[union-attr]
        told = [r for g in rapport(found, K2).andrat.grupper for r in g.rader if r.vad == NAME]
        assert [(r.fran.ord, r.till.ord) for r in told] == [
            (f"{words[0]} (jan–mar 2022)", f"{words[1]} (jan–jun 2022)")
        ]
