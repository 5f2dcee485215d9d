"""The looks of the report hold for unusual data too: claims about the pages of real reports, by the real command."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Exempel, Run
from data_pdf.ovanliga import UNUSUAL, prose
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from data_pdf.rendera import pdf_and_log, report
from data_pdf.sidor import CLAIMS, Sidor, broken_claims
from uppfoljning.text.swedish import number_word

QUARTER = {"hundra insatser": "2022-K2"}
WARNED = {"tomma huvudområden"}
"""Projects that the tool itself warns about."""
LIGHT = {"inga svar"}
"""What make test tries; the other unusual projects are tried with the heavy tests."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in LIGHT else pytest.mark.tung) for name in UNUSUAL]
)
def test_every_claim_about_the_pages_holds_for_unusual_data(name: str, run: Run, tmp_path: Path) -> None:
    project = UNUSUAL[name](tmp_path / "p")
    target = tmp_path / "rapport.pdf"
    done = run("kvartal", QUARTER.get(name, "2022-K1"), "--katalog", str(project), "--ut", str(target))
    assert done.returncode == 0, done.stderr
    if name not in WARNED:
        # What WeasyPrint logs would be told here.
        assert done.stderr == ""
    assert broken_claims(target.read_bytes()) == {}


@pytest.mark.parametrize("quarter", ["2022-K1", "2022-K2", pytest.param("2022-K4", marks=pytest.mark.tung)])
def test_every_claim_about_the_pages_holds_for_the_projects_own_data(quarter: str, exempel: Exempel) -> None:
    content = exempel("kvartal", quarter)
    assert broken_claims(content) == {}
    sidor = Sidor(content)
    overview = next(p.page for p in sidor.pieces if p.within("Table"))
    sidor.close()
    assert overview == 1


def test_what_page_one_has_no_room_for_is_counted(tmp_path: Path) -> None:
    page = report(UNUSUAL["allt på en gång"](tmp_path / "p"), "2022-K1").vy.forsta_sidan
    for total, shown, rest in (
        (20, page.beslut, page.beslut_fler),
        (10, page.sent, page.sent_fler),
        (10, page.aktorens_risk, page.aktorens_risk_fler),
    ):
        assert 0 < len(shown) < total
        assert f" {number_word(total - len(shown))} " in rest


# --- every claim notices when the pages don't hold ---

STYLES: dict[str, tuple[str, str]] = {
    "all_text_stays_inside_the_margins": (
        "långa rubriker",
        "h3 { hyphens: none; overflow-wrap: normal; white-space: nowrap }",
    ),
    "no_text_lies_on_other_text": ("tolv aktörer", ".svar p { margin-bottom: -4mm }"),
    "no_cells_text_reaches_into_the_next_cell": (
        "långa rubriker",
        ".ataganden th, .ataganden td { hyphens: none; overflow-wrap: normal }",
    ),
    "numbers_end_where_their_columns_head_ends": (
        "långa siffror",
        ".siffror col.vantat { width: 9% } .tal, .tal .hel { white-space: nowrap !important }",
    ),
    "the_overview_of_huvudomraden_stands_on_one_page": (
        "allt på en gång",
        ".lagestabell { break-inside: auto } .lagestabell tbody tr + tr { break-before: page }",
    ),
    "every_text_of_the_view_stands_on_the_pages": ("tolv aktörer", ".svar-saknas { display: none }"),
    "what_follows_a_heading_stands_below_it_on_its_page": ("brutna sidor", "h3 { break-after: page }"),
    "every_part_of_a_table_has_its_head_and_a_row": ("tolv aktörer", "thead { display: table-row-group }"),
    "no_group_heading_is_the_last_row_on_a_page": (
        "brutna sidor",
        ".ataganden .grupp { break-after: page } .ataganden tbody { break-before: auto }",
    ),
    "no_sum_is_the_first_row_on_a_page": (
        "tolv aktörer",
        ".svarstabell { break-inside: auto } .summa { break-before: page }",
    ),
    "what_introduces_a_table_stands_on_its_page": ("tolv aktörer", ".ataganden { break-before: page }"),
    "no_page_but_the_last_is_almost_empty": (
        "tolv aktörer",
        ".fragor { break-before: page } .andrat { break-before: page }",
    ),
    "no_line_of_a_paragraph_is_left_alone": ("brutna sidor", "body { orphans: 1; widows: 1 }"),
    "words_are_broken_with_a_hyphen_and_only_long_ones": (
        "långa siffror",
        "body { hyphens: none; word-break: break-all }",
    ),
    "page_one_tells_first_what_needs_a_decision_and_what_is_late": ("tolv aktörer", ".spalter { break-before: page }"),
    "the_overview_takes_at_most_two_pages": ("tolv aktörer", ".ruta { break-after: page }"),
}


def broken_pages(folder: Path) -> Path:
    """A project whose pages break in the middle of paragraphs."""
    insatser = [insats(f"OMR-{n}") for n in range(1, 6)]
    said = [
        answer(f"OMR-{n}", kommentar="\n\n".join(prose(330 + 7 * m, m % 8) for m in range(20))) for n in range(1, 6)
    ]
    return write_project(folder, agreement(), [area(insatser)], [answers(said)])


@pytest.mark.tung
@pytest.mark.parametrize("claim", [claim.__name__ for claim in CLAIMS])
def test_the_claim_notices_a_style_that_breaks_it(claim: str, tmp_path: Path) -> None:
    name, style = STYLES[claim]
    project = (broken_pages if name == "brutna sidor" else UNUSUAL[name])(tmp_path / "p")
    rapport = report(project, "2022-K1")
    content, _ = pdf_and_log(rapport._replace(html=rapport.html.replace("</style>", f"{style}</style>", 1)))
    broken = broken_claims(content)
    assert claim in broken, sorted(broken)
