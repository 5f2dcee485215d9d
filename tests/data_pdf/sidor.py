"""The pages of a finished report as a reader's eye meets them, and what may be claimed of any report's looks.

A claim gives the faults it finds, in words; none means that it holds.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pikepdf

from data_pdf.pdfreader import LEFT, OUTSIDE, RIGHT, Drawn, Element, drawn_text, page_pieces, squeeze, structure

TOP, BOTTOM = 842 - 48.2, 51.0
"""The text area, between the margins of 17 and 18 mm."""
BLOCKS = {"P", "H1", "H2", "H3", "TH", "TD"}
UNSHOWN = {"ankare", "kod", "ordning", "slag", "mening", "kort", "sedan", "forut", "nu", "andrat_rubrik", "period"}
"""Fields of the view that are no texts of their own, and headings of tables that may have no rows."""
LEAST_FILLED = 0.15
SHORTEST, LEAST_PART = 9, 4
"""What ``hyphenate-limit-chars`` promises of a word that is hyphenated."""


@dataclass(frozen=True)
class Placed:
    """A piece of text with its place and the elements that it belongs to, outermost first."""

    page: int
    drawn: Drawn
    path: tuple[Element, ...]

    @property
    def roles(self) -> list[str]:
        return [element.role for element in self.path]

    def within(self, *roles: str) -> Element | None:
        """The innermost element of those roles that it stands in."""
        return next((element for element in reversed(self.path) if element.role in roles), None)


class Sidor:
    """A finished report: its pages, its structure tree and the texts of its view."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.tree = structure(self.pdf, [page_pieces(page) for page in self.pdf.pages])
        owners = dict(_owners(self.tree, (), None))
        self.all_pages = [
            [Placed(n, d, owners.get((page.obj.objgen, d.mcid), ())) for d in drawn_text(page) if d.text.strip()]
            for n, page in enumerate(self.pdf.pages, 1)
        ]
        self.pages = [[p for p in page if p.drawn.tag != "/Artifact"] for page in self.all_pages]

    @property
    def pieces(self) -> list[Placed]:
        """All that is said, in order."""
        return [piece for page in self.pages for piece in page]

    @cached_property
    def texts(self) -> list[str]:
        """Every text of the view that the pages show, from the attached JSON."""
        name = next(name for name in self.pdf.attachments if name.endswith(".json"))
        view = json.loads(self.pdf.attachments[name].get_file().read_bytes())
        hidden = {
            "version",
            "slag",
            "period",
            "per",
            "per_iso",
            "datum_iso",
            "kommun",
            "dokumenttitel",
            "innehall",
            "sidfot",
        }
        return [text for key, value in view.items() if key not in hidden for text in _texts(value)]

    @cached_property
    def blocks(self) -> dict[int, list[Placed]]:
        """The pieces of every paragraph, heading and cell, part by part where it goes on over a page."""
        found: dict[int, list[Placed]] = {}
        for piece in self.pieces:
            block = piece.within(*BLOCKS)
            if block is not None:
                found.setdefault(id(block), []).append(piece)
        return found

    @cached_property
    def tables(self) -> list[tuple[int, Element]]:
        """Every table, part by part where it goes on over a page, with its page."""
        found: dict[int, tuple[int, Element]] = {}
        for piece in self.pieces:
            table = piece.within("Table")
            if table is not None:
                found.setdefault(id(table), (piece.page, table))
        return list(found.values())

    def close(self) -> None:
        self.pdf.close()


def _owners(
    element: Element, path: tuple[Element, ...], page: Any
) -> Iterator[tuple[tuple[tuple[int, int], int], tuple[Element, ...]]]:
    children = iter(element.children)
    path = (*path, element)
    kids = element.obj.get("/K", pikepdf.Array())
    page = element.obj.get("/Pg", page)
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield (page.objgen, int(kid)), path
        elif kid.get("/Type") == "/MCR":
            yield (kid.get("/Pg", page).objgen, int(kid.MCID)), path
        elif kid.get("/Type") != "/OBJR":
            yield from _owners(next(children), path, page)


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from () if name == "diagram" else _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)
    elif isinstance(value, str) and value and key not in UNSHOWN:
        yield value


def all_text_stays_inside_the_margins(sidor: Sidor) -> list[str]:
    return [
        f"page {p.page}: {p.drawn.text!r} at {p.drawn.x:.0f}–{p.drawn.end:.0f}, {p.drawn.y:.0f}"
        for page in sidor.all_pages
        for p in page
        if not (p.drawn.x + 0.2 >= LEFT and p.drawn.end <= RIGHT + 1)
        or not (20 < p.drawn.y < 830 if p.drawn.tag == "/Artifact" else BOTTOM <= p.drawn.y <= TOP)
    ]


def no_text_lies_on_other_text(sidor: Sidor) -> list[str]:
    """A piece takes the height of its small letters; lines that only come near each other are no fault."""
    return [
        f"page {number}: {a.text!r} on {b.text!r}"
        for number, page in enumerate(sidor.all_pages, 1)
        for n, (a, b) in _neighbours([p.drawn for p in page])
        if min(a.end, b.end) - max(a.x, b.x) > 2 and min(a.y + a.size / 2, b.y + b.size / 2) - max(a.y, b.y) > 0.5
    ]


def _neighbours(pieces: list[Drawn]) -> Iterator[tuple[int, tuple[Drawn, Drawn]]]:
    in_order = sorted(pieces, key=lambda d: -d.y)
    for n, a in enumerate(in_order):
        for b in in_order[n + 1 :]:
            if a.y - b.y > 20:
                break
            yield n, (a, b)


def no_cells_text_reaches_into_the_next_cell(sidor: Sidor) -> list[str]:
    found = []
    for page, table in sidor.tables:
        spans: dict[int, tuple[float, float]] = {
            id(cell): (min(p.drawn.x for p in pieces), max(p.drawn.end for p in pieces))
            for row in table.find("TR")
            for cell in row.children
            if (pieces := sidor.blocks.get(id(cell)))
        }
        for row in table.find("TR"):
            cells = [(cell, spans[id(cell)]) for cell in row.children if id(cell) in spans]
            found += [
                f"page {page}: {a.text!r} reaches {b.text!r}"
                for (a, one), (b, two) in pairwise(cells)
                if one[1] > two[0] - 2
            ]
    return found


def numbers_end_where_their_columns_head_ends(sidor: Sidor) -> list[str]:
    """Numbers stand to the right in their columns; one that is too wide would go on into what is drawn beside it."""
    found = []
    for page, table in sidor.tables:
        head = table.find("TR")[0].children
        for row in _rows(table):
            for top, cell in zip(head, row.children, strict=False):
                pieces, above = sidor.blocks.get(id(cell)), sidor.blocks.get(id(top))
                if pieces and above and cell.role == "TD" and re.fullmatch(r"[\d\s–−%,]+", cell.text):
                    apart = max(p.drawn.end for p in pieces) - max(p.drawn.end for p in above)
                    found += [f"page {page}: {cell.text!r}"] if apart > 1 else []
    return found


def every_text_of_the_view_stands_on_the_pages(sidor: Sidor) -> list[str]:
    shown = squeeze("".join(p.drawn.text for p in sidor.pieces)).casefold() + squeeze(sidor.tree.text).casefold()
    return [text[:80] for text in dict.fromkeys(sidor.texts) if squeeze(text).casefold() not in shown]


def what_follows_a_heading_stands_below_it_on_its_page(sidor: Sidor) -> list[str]:
    found = []
    for one, after in pairwise(sidor.pieces):
        heading = one.within("H1", "H2", "H3")
        if heading is not None and after.within("H1", "H2", "H3") is not heading:
            top = max(p.drawn.y for p in sidor.blocks[id(heading)])
            apart = after.page != one.page or after.drawn.y > top + 3
            found += [f"page {one.page}: {heading.text!r}"] if apart else []
    return found


def _rows(table: Element) -> list[Element]:
    """The rows of a table's bodies."""
    return [row for body in table.children if body.role == "TBody" for row in body.find("TR")]


def _is_group(row: Element) -> bool:
    return len(row.children) == 1


def _goes_on(sidor: Sidor, table: Element) -> bool:
    """Whether a part of a table is the continuation of the one on the page before."""
    first = next(p for p in sidor.pieces if p.within("Table") is table)
    if first is not sidor.pages[first.page - 1][0] or first.page == 1 or not sidor.pages[first.page - 2]:
        return False
    before = sidor.pages[first.page - 2][-1].within("Table")
    return (
        before is not None
        and [len(r.children) for r in before.find("TR")][:1] == [len(r.children) for r in table.find("TR")][:1]
    )


def every_part_of_a_table_has_its_head_and_a_row(sidor: Sidor) -> list[str]:
    return [
        f"page {page}: {table.text[:60]!r}"
        for page, table in sidor.tables
        if table.children[0].role != "THead" or all(_is_group(row) for row in _rows(table))
    ]


def no_group_heading_is_the_last_row_on_a_page(sidor: Sidor) -> list[str]:
    last = [(page, table) for page, table in sidor.tables if sidor.pages[page - 1][-1].within("Table") is table]
    return [
        f"page {page}: {_rows(table)[-1].text!r}"
        for page, table in last
        if _is_group(_rows(table)[-1]) and page < len(sidor.pages) and _goes_on_after(sidor, page)
    ]


def _goes_on_after(sidor: Sidor, page: int) -> bool:
    after = sidor.pages[page][0].within("Table") if page < len(sidor.pages) else None
    return after is not None and _goes_on(sidor, after)


def no_sum_is_the_first_row_on_a_page(sidor: Sidor) -> list[str]:
    return [
        f"page {page}: {rows[0].text!r}"
        for page, table in sidor.tables
        if _goes_on(sidor, table) and (rows := _rows(table)) and rows[0].text.startswith("Summa")
    ]


def what_introduces_a_table_stands_on_its_page(sidor: Sidor) -> list[str]:
    found = []
    for before, first in pairwise(sidor.pieces):
        table = first.within("Table")
        begins = table is not None and before.within("Table") is not table and before.page != first.page
        if table is not None and begins and not _goes_on(sidor, table):
            found.append(f"page {before.page}: {before.drawn.text!r}")
    return found


def no_page_but_the_last_is_almost_empty(sidor: Sidor) -> list[str]:
    filled = [(TOP - min((p.drawn.y for p in page), default=TOP)) / (TOP - BOTTOM) for page in sidor.pages]
    return [f"page {n}: {part:.0%}" for n, part in enumerate(filled[:-1], 1) if part < LEAST_FILLED]


def no_line_of_a_paragraph_is_left_alone(sidor: Sidor) -> list[str]:
    whole = [squeeze(text) for text in sidor.texts]
    found = []
    for page, after in pairwise(sidor.pages):
        one, two = page[-1].within("P"), after[0].within("P")
        if one is None or two is None or page[-1].within("Table", "H1", "H2", "H3"):
            continue
        said, joined = squeeze(one.text), squeeze(one.text)[-30:] + squeeze(two.text)[:30]
        complete = any(said.endswith(text) for text in whole if len(text) > 15)
        if one is two or (not complete and any(joined in text for text in whole)):
            lines = [
                len({round(p.drawn.y) for p in part if p.within("P") is e}) for part, e in ((page, one), (after, two))
            ]
            found += [f"page {page[0].page}: {one.text[-40:]!r} {lines}"] if min(lines) < 2 else []
    return found


def words_are_broken_with_a_hyphen_and_only_long_ones(sidor: Sidor) -> list[str]:
    words = {word for text in sidor.texts for word in re.findall(r"\w+", text)}
    found = []
    for pieces in sidor.blocks.values():
        for one, after in pairwise(pieces):
            head = re.search(r"(\w+)(-?)$", one.drawn.text)
            tail = re.match(r"\w+", after.drawn.text)
            if head is None or tail is None or abs(one.drawn.y - after.drawn.y) < one.drawn.size / 2:
                continue
            word = head[1] + tail[0]
            short = len(word) < SHORTEST or min(len(head[1]), len(tail[0])) < LEAST_PART
            if word in words and (not head[2] or short) and not {head[1], tail[0]} <= words:
                found.append(f"page {one.page}: {one.drawn.text[-30:]!r} | {after.drawn.text[:20]!r}")
    return found


def page_one_tells_first_what_needs_a_decision_and_what_is_late(sidor: Sidor) -> list[str]:
    headings = [e.text for p in sidor.pages[0] if (e := p.within("H2")) is not None]
    told = list(dict.fromkeys(headings))
    rows = sidor.pages[0][-1].drawn.y
    wanted = ["Beslut behövs", "Avviker från planen"]
    return [] if told[:2] == wanted and rows < TOP - 0.25 * (TOP - BOTTOM) else [str(told)]


def the_overview_takes_at_most_two_pages(sidor: Sidor) -> list[str]:
    at = next(p.page for p in sidor.pieces if (e := p.within("H2")) is not None and e.text == "Mötets ordning")
    return [] if at <= 3 else [f"Mötets ordning: page {at}"]


def the_overview_of_huvudomraden_stands_on_one_page(sidor: Sidor) -> list[str]:
    """Up to a dozen of them, at least."""
    parts = [(page, table) for page, table in sidor.tables if table.text.startswith("HuvudområdeSå går arbetet")]
    rows = sum(len(_rows(table)) for _, table in parts)
    return [] if len(parts) == 1 or rows > 12 else [f"pages {[page for page, _ in parts]}"]


def the_annex_begins_on_page_three_at_the_latest(sidor: Sidor) -> list[str]:
    at = next(p.page for p in sidor.pieces if (e := p.within("H2")) is not None and e.text == "Bilaga: insatserna")
    return [] if at <= 3 else [f"Bilaga: insatserna: page {at}"]


def page_one_holds_the_proposals_and_what_goes_well_badly_and_is_unsure(sidor: Sidor) -> list[str]:
    headings = list(dict.fromkeys(e.text for p in sidor.pages[0] if (e := p.within("H2")) is not None))
    asked = ["Förslag till beslut"] if any(e.text == "Förslag till beslut" for e in sidor.tree.find("H2")) else []
    wanted = [*asked, "Det går bra", "Det går inte bra", "Det är osäkert"]
    goes_on = headings == wanted and len(sidor.pages) > 1 and sidor.pages[1][0].within("H2") is None
    return [str(headings)] if headings[: len(wanted)] != wanted or goes_on else []


GENERAL: tuple[Callable[[Sidor], list[str]], ...] = (
    all_text_stays_inside_the_margins,
    no_text_lies_on_other_text,
    no_cells_text_reaches_into_the_next_cell,
    numbers_end_where_their_columns_head_ends,
    every_text_of_the_view_stands_on_the_pages,
    what_follows_a_heading_stands_below_it_on_its_page,
    every_part_of_a_table_has_its_head_and_a_row,
    no_group_heading_is_the_last_row_on_a_page,
    no_sum_is_the_first_row_on_a_page,
    what_introduces_a_table_stands_on_its_page,
    no_page_but_the_last_is_almost_empty,
    no_line_of_a_paragraph_is_left_alone,
    words_are_broken_with_a_hyphen_and_only_long_ones,
    the_overview_of_huvudomraden_stands_on_one_page,
)
"""What holds of every report."""
CLAIMS = (
    *GENERAL,
    page_one_tells_first_what_needs_a_decision_and_what_is_late,
    the_overview_takes_at_most_two_pages,
)
HALF_YEARLY_CLAIMS = (
    *GENERAL,
    the_annex_begins_on_page_three_at_the_latest,
    page_one_holds_the_proposals_and_what_goes_well_badly_and_is_unsure,
)


def broken_claims(content: bytes, claims: Iterable[Callable[[Sidor], list[str]]] = CLAIMS) -> dict[str, list[str]]:
    """The claims that don't hold of a report, with their faults."""
    sidor = Sidor(content)
    try:
        return {claim.__name__: found[:5] for claim in claims if (found := claim(sidor))}
    finally:
        sidor.close()


__all__ = ["CLAIMS", "HALF_YEARLY_CLAIMS", "OUTSIDE", "Sidor", "broken_claims"]
