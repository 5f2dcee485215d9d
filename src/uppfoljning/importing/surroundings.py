"""What stands around the tables (headings, captions, prose) says of them: period, extraction, area, source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uppfoljning.formats.grid import Cell
from uppfoljning.importing.blocks import heading_text
from uppfoljning.importing.interpretation import Interpretation
from uppfoljning.model.period import find_accumulated, find_month, names_span

_PERIOD = re.compile(r"\s*period", re.IGNORECASE)
_BRA_SITE = re.compile(r"\bsol\b.*statistik|statistik\.bra\.se", re.IGNORECASE)
_BRA = re.compile(r"\bbrå\b", re.IGNORECASE)
_CAPTION = re.compile(r"\b(?:bild|tabell|källa|uttag|uttaget|hämtad|hämtat|compstat)\b", re.IGNORECASE)
_SOURCE = re.compile(r"\bkälla\b", re.IGNORECASE)


def read_around(found: Interpretation, headings: Sequence[Cell], loose: Sequence[Cell], kommun: str) -> None:
    """Take in what is said above the tables and, where that says nothing, in the text around them."""
    near = [cell for cell in headings if heading_text(cell) or _states_period(cell)]
    loose = [*(cell for cell in headings if cell not in near), *loose]
    for cell in near:
        _period(found, cell)
    if not found.perioder and not found.period_faulty:
        for cell in loose:
            period = find_accumulated(cell.text)
            if period is not None:
                found.perioder.setdefault(period, cell)
    everything = [*near, *loose]
    for cell in everything:
        if _CAPTION.search(cell.text):
            found.uttag = found.uttag or find_month(cell.text)
    found.is_bra = _is_bra(near, loose)
    if any(own_name(kommun).search(cell.text) for cell in everything):
        found.omrade = short_name(kommun)


def short_name(kommun: str) -> str:
    """A municipality's name as tables write it: 'Upplands-Bro' for 'Upplands-Bro kommun'."""
    return re.sub(r"\s+kommun$", "", kommun.strip(), flags=re.IGNORECASE)


def own_name(kommun: str) -> re.Pattern[str]:
    """Finds the municipality's name in a text. Its last s may be of the genitive (Stockholms) or its own (Borås)."""
    return re.compile(rf"\b{re.escape(short_name(kommun).removesuffix('s'))}s?\b", re.IGNORECASE)


def says_period(cell: Cell) -> bool:
    """Whether a heading is about the period, rightly or not."""
    return find_accumulated(cell.text) is not None or names_span(cell.text) or _states_period(cell)


def _states_period(cell: Cell) -> bool:
    return _PERIOD.match(cell.text) is not None and re.search(r"\d", cell.text) is not None


def _period(found: Interpretation, cell: Cell) -> None:
    period = find_accumulated(cell.text)
    if period is not None:
        found.perioder.setdefault(period, cell)
    elif found.slag == "compstat" and (names_span(cell.text) or _states_period(cell)):
        found.period_faulty = True
        found.note(
            cell,
            "ogiltig-period",
            f'"{cell.text}" är ingen period av hela månader från årets början.',
            "Siffrorna ska vara ackumulerade från den 1 januari till slutet av en månad, till exempel 1 jan – 30 sep. "
            "Be om sådana.",
        )


def _is_bra(headings: Sequence[Cell], loose: Sequence[Cell]) -> bool:
    """Whether the table is Brå's: its site is named, or Brå in a heading or as the source. Prose may name anyone."""
    near = [*headings, *(cell for cell in loose if _SOURCE.search(cell.text))]
    if any("compstat" in cell.text.lower() for cell in near):
        return False
    site = any(_BRA_SITE.search(cell.text) for cell in (*headings, *loose))
    return site or any(_BRA.search(cell.text) for cell in near)
