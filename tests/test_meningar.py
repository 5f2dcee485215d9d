"""Texts beside each other: a text ends before the next sentence, is cut where it can be, and keeps its own letters."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from conftest import Run
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from data_pdf.rendera import half_yearly, html_file, report
from uppfoljning.report.halvar.skrivelse import paper_view
from uppfoljning.text.clauses import cut_at_clause
from uppfoljning.text.swedish import as_label, capitalized, cut_short, lower_first, sentence, shorten

# --- how a text ends ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Den kostar 250 000 kr", "Den kostar 250 000 kr."),
        ("Den kostar 250 000 kr. ", "Den kostar 250 000 kr."),
        ("Vem betalar?", "Vem betalar?"),
        ("Nu!", "Nu!"),
        ("Vi väntar …", "Vi väntar …"),
        ("De sa ”ja”", "De sa ”ja”."),
        ("De sa ”ja.”", "De sa ”ja.”"),
        ("De sa ”varför?”", "De sa ”varför?”"),
        ('De sa "nej!"', 'De sa "nej!"'),
        ("De sa »nej.»", "De sa »nej.»"),
        ("Klart (se bilagan)", "Klart (se bilagan)."),
        ("Klart m.m.", "Klart m.m."),
        ("Vi väntar på svar, ", "Vi väntar på svar."),
        ("Så här:", "Så här:"),
        ("Se https://lovsta.example/a", "Se https://lovsta.example/a."),
    ],
)
def test_a_text_has_one_end_mark_and_keeps_its_own(text: str, expected: str) -> None:
    assert sentence(text) == expected
    assert sentence(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Planen", "Planen:"), ("Blev det av?", "Blev det av?"), ("Det kostar.", "Det kostar."), ("Lång…", "Lång…")],
)
def test_a_label_has_a_colon_or_its_own_end_mark(text: str, expected: str) -> None:
    assert as_label(text) == expected


# --- how it begins ---

ADDRESSES = [
    "https://www.lovsta.example/a har mer",
    "http://lovsta.example",
    "www.lovsta.example visar",
    "lovsta.example/moten är adressen",
    "mailto:info@lovsta.example",
    "info@lovsta.example svarar",
    "insatser.yaml är ändrad",
    "data/aterkoppling/kommunen.yaml",
    "rapport-2022.pdf finns",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_a_mail_address_and_the_name_of_a_file_keep_their_letters(text: str) -> None:
    assert capitalized(text) == text
    assert lower_first(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en vandring", "En vandring"),
        ("åtta möten", "Åtta möten"),
        ("t.ex. möten", "T.ex. möten"),
        ("bl.a. möten", "Bl.a. möten"),
        ("fr.o.m. maj", "Fr.o.m. maj"),
        ("och/eller", "Och/eller"),
        ("e-post", "E-post"),
        ("iPhone", "IPhone"),
        ("", ""),
    ],
)
def test_any_other_text_begins_with_a_capital(text: str, expected: str) -> None:
    assert capitalized(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Hej du", "hej du"), ("EST styrgrupp", "EST styrgrupp"), ("I Bro", "i Bro")]
)
def test_an_abbreviation_keeps_its_capitals_inside_a_sentence(text: str, expected: str) -> None:
    assert lower_first(text) == expected


# --- where it is cut ---

UNITS = [
    *(
        "250 000 kr",
        "12 %",
        "3 av 12",
        "kl. 18.30",
        "kl 18",
        "31 december 2023",
        "1:a maj",
        "kvartal 2 2022",
        "§ 14",
        "nr 5",
    ),
    *(
        "t.ex. möten",
        "t ex möten",
        "bl a möten",
        "bl.a. möten",
        "fr.o.m. maj",
        "ca 40",
        "8 – 12 år",
        "5 till 7 personer",
    ),
    *("kap. 3", "1 500 personer", "2022-05-03", "mellan 1, 2 och 3 möten"),
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("after", [" och mycket mer som står sedan", ", när det är så", " visar det"])
def test_no_cut_falls_inside_a_number_with_its_unit_or_an_abbreviation(unit: str, after: str) -> None:
    text = f"Det här står före {unit}{after}"
    begin, end = text.index(unit), text.index(unit) + len(unit)
    for cut in (shorten, cut_at_clause):
        for length in range(8, len(text)):
            kept = cut(text, length)
            assert len(kept) <= length
            assert kept.endswith("…")
            assert not begin < len(kept) - 1 < end, (cut.__name__, length, kept)


def test_a_cut_text_keeps_as_much_as_it_can() -> None:
    asked = "Vem betalar den nya belysningen vid Bro station? Den kostar 250 000 kr"
    assert shorten(asked, 69) == "Vem betalar den nya belysningen vid Bro station? Den…"
    assert shorten(asked, 70) == asked
    assert shorten("Under 2022, när alla var med", 20) == "Under 2022, när…"


def test_a_text_without_any_other_place_is_cut_all_the_same() -> None:
    assert shorten("1 2 3 4 5 6 7 8 9 10", 9) == "1 2 3…"
    assert shorten("Trygghetsskapandesamverkan", 10) == "Trygghets…"


def test_a_name_in_a_column_is_cut_inside_a_word_but_in_no_number() -> None:
    assert cut_short("Oro för att bli överfallen i bostadsområdet", 34) == "Oro för att bli överfallen i bost…"
    assert cut_short("Misshandel utomhus av barn, 10–17 år, flickor", 34) == "Misshandel utomhus av barn…"


# --- on the pages ---

ASKED = {
    "fraga": "Vem betalar belysningen? Den kostar 250 000 kr",
    "av": "styrgrupp",
    "senast": date(2022, 4, 20),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answers whose texts have no end mark, one that begins with an address, and a title that asks."""
    said = [
        answer(
            kommentar="https://www.lovsta.example/möten visar allt",
            beslut_behovs=ASKED,
            egen_bedomning="risk_for_forsening",
            avvikelse="Det saknas 3 av 12 lampor",
            nasta_steg="vi ringer",
        ),
        answer("OMR-2", genomforande="avbruten", orsak="Ingen kan leda gruppen", planerat=[]),
    ]
    titles = [insats(rubrik="Vad gör vi åt mörkret?"), insats("OMR-2", moment=[])]
    avtal = agreement(oppet=["Det står inte när"])
    return write_project(tmp_path_factory.mktemp("m"), avtal, [area(titles)], [answers(said)])


def plain_rows(html: bytes) -> str:
    """The words of a page; what stands in different elements is kept apart."""
    text = re.sub(r"<style.*?</style>|<head>.*?</head>", "", html.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


def test_what_an_answer_says_ends_before_the_next_sentence_everywhere(project: Path, run: Run) -> None:
    vy = report(project, "2022-K1")
    half = half_yearly(project, "2022-H1")
    pages = {
        "kvartal": plain_rows(html_file(vy)),
        "halvår": plain_rows(html_file(half)),
        "status": " ".join(run("status", "2022-K1", cwd=project).stdout.split()),
        "tjänsteskrivelse": str(paper_view(half.vy)),
    }
    for name, text in pages.items():
        assert "250 000 kr" in text, name
        for word in ("Beslutas", "Behövdes", "Styrgruppen beslutar", "Aktör 1", "Öppen", "(Aktör"):
            assert f"250 000 kr {word}" not in text, name
        for double in ("..", "?.", "!.", "….", ".:"):
            assert double not in text, (name, text[max(0, text.find(double) - 60) :][:90])
    assert "https://www.lovsta.example/möten visar allt." in pages["kvartal"]
    assert "Https" not in "".join(pages.values())
    assert "Styrgruppen beslutar." in pages["kvartal"]
    assert "Vi ringer." in pages["kvartal"]
