"""Lines end where a reader expects: never inside a date, a quarter, an id or a range of numbers."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.output.html import hold_together


def held(text: str) -> str:
    """How a text is shown in a paragraph, with no-break spaces as ``_`` and what is whole in brackets."""
    html = hold_together(f"<html><body><p>{escape(text)}</p></body>")
    shown = html.removeprefix("<html><body><p>").removesuffix("</p></body>")
    return re.sub(r'<span class="hel">([^<]*)</span>', r"[\1]", shown).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Klart 15\u00a0september 2022.", "Klart 15_september_2022."),
        ("den 24 februari och 3 mars", "den 24_februari och 3_mars"),
        ("under september 2022 eller hösten 2021", "under september_2022 eller hösten_2021"),
        ("Kvartal 1 2022 och halvår 2 2023", "Kvartal_1_2022 och halvår_2_2023"),
        ("i kvartal 3 av åtta", "i kvartal_3 av åtta"),
        ("Avsnitt 10, Våld", "Avsnitt_10, Våld"),
        ("9 000 brott, 1 234 567 kronor, 58 procent", "9_000 brott, 1_234_567 kronor, 58_procent"),
        ("8 minuter, 13 insatser, 2 av 12 jan–sep 2021", "8_minuter, 13_insatser, 2_av_12 [jan–sep]_2021"),
        ("Samverkan (VÅL-3), TOM-12.", "Samverkan ([VÅL-3]), [TOM-12]."),
        ("mellan 6–34, 2022–2023 och 9,5–10,5", "mellan [6–34], [2022–2023] och [9,5–10,5]"),
        ("10\u2009000–12\u2009500", "[10\u2009000–12\u2009500]"),
    ],
)
def test_what_is_read_as_one_stays_on_one_line(text: str, shown: str) -> None:
    assert held(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2022 123 möten",
            "OCH-1-2",
            "TOM-",
            "COVID-19-tester",
            "08-123 45",
            "i maj",
            "kvartal 5",
            "ett avsnitt",
            "2022-03-31",
        ),
        *("maj 12", "kl. 8–", "A–B", "abc-1", "kommun–polis"),
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert held(text) == text


def test_a_span_of_dates_may_end_a_line_after_its_dash() -> None:
    assert held("1 april 2022–31 mars 2023") == "1_april_2022–31_mars_2023"
    assert held("1 april–30 juni 2022") == "1_april–30_juni_2022"


def test_attributes_titles_and_links_that_are_ids_are_left_as_they_are() -> None:
    html = (
        '<head><title>Kvartal 1 2022</title><meta content="15 maj 2022"></head><body data-parter="TOM-3 15 maj 2022">'
        '<svg><title>6–34 den 15 maj</title></svg><a class="id" href="#insats-tom-3">TOM-3</a></body>'
    )
    assert hold_together(html) == html


@given(
    st.lists(st.sampled_from([*"<>&'\" -–\u00a0\u2009,.0189", "TOM-3", "15 maj 2022", "kvartal 1 2022", "&lt;", "å"]))
)
def test_no_letter_is_changed_and_nothing_becomes_markup(parts: list[str]) -> None:
    text = "".join(parts)
    html = hold_together(f'<html><body><p title="{escape(text)}">{escape(text)}</p></body>')
    plain = html.replace('<span class="hel">', "").replace("</span>", "")
    assert plain.replace("\u00a0", " ") == f'<html><body><p title="{escape(text)}">{escape(text)}</p></body>'.replace(
        "\u00a0", " "
    )
    assert f'<p title="{escape(text)}">' in html
