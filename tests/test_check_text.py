"""Personal data in files: found in every value and key, at its place, and never repeated in any format."""

from __future__ import annotations

import json

import pytest

from uppfoljning.check import check_text
from uppfoljning.formats.csv import read_csv
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.text.problem import Problem, as_dict, format_github, format_text


def told(text: str) -> list[tuple[int, int, int, str]]:
    """Line, column, length and code of each problem in a YAML file; none of them may repeat a digit or a name."""
    problems = [*(file := read_yaml(text.encode("utf-8"), "f.yaml")).problem, *check_text([file])]
    check_silent(problems)
    return [(p.plats.rad, p.plats.kolumn, p.langd, p.kod) for p in problems if p.kod != "yaml"]


def check_silent(problems: list[Problem]) -> None:
    for problem in problems:
        for shown in (format_text(problem), format_github(problem), json.dumps(as_dict(problem), ensure_ascii=False)):
            assert "174" not in shown
            assert "06 05" not in shown
            assert "tolvan" not in shown


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 070-174 06 05", (1, 4, 13, "telefonnummer")),
        ("a: '070-174 06 05'", (1, 5, 13, "telefonnummer")),
        ('a: "Ring 070-174 06 05"', (1, 10, 13, "telefonnummer")),
        ("- x\n- [b, {c: tolvan@exempel.se}]", (2, 11, 17, "epostadress")),
        ("tolvan@exempel.se: a", (1, 1, 17, "epostadress")),
        ("a:\n  b: 1\n  070-174 06 05: c", (3, 3, 13, "telefonnummer")),
        ("a: |\n  Första.\n\n  Ring 070-174 06 05.\n", (4, 8, 13, "telefonnummer")),
        ("a: |\n  Ring 070-174\n  06 05.\n", (2, 8, 7, "telefonnummer")),
        ("a: >\n  Ring 070-174\n  06 05.\n", (2, 8, 7, "telefonnummer")),
        ("a: Ring 070-174\n  06 05.\n", (1, 9, 7, "telefonnummer")),
        ("a: 'Ring 070-174\n\n  06 05.'\n", (1, 10, 7, "telefonnummer")),
        ("a: +4517417417", (1, 4, 11, "telefonnummer")),
        ("a: 46701740605", (1, 4, 11, "telefonnummer")),
        ('a: "tolvan\\x40exempel.se"', (1, 4, 1, "epostadress")),
        ('a: "Ring 070-174\\\n  \\ 06 05"', (1, 4, 1, "telefonnummer")),
        ("a: [070-174 06 05", (1, 5, 13, "telefonnummer")),
        ("a: 121212\n  1212", (1, 4, 6, "personnummer")),
        ("a: 121212   1212", (1, 4, 13, "personnummer")),
        ("a: 121212\t-\t1212", (1, 4, 13, "personnummer")),
        ('a: "121212\\t1212"', (1, 4, 1, "personnummer")),
        ("a: |\n  121212-\n\n\n  1212", (2, 3, 7, "personnummer")),
        ("a: Ring 070  174  06  05", (1, 9, 16, "telefonnummer")),
        ("a: Ring 070-174\t06 05", (1, 9, 13, "telefonnummer")),
        ("a: >\n  Skriv till tolvan@\n  exempel.se", (2, 14, 7, "epostadress")),
        ("a: b # 121212-1212", (1, 8, 11, "personnummer")),
    ],
)
def test_it_is_told_once_where_it_stands(text: str, place: tuple[int, int, int, str]) -> None:
    assert told(text) == [place]


def test_the_same_number_twice_in_a_text_is_told_at_both_places() -> None:
    found = told("a: 070-174 06 05\nb: >\n  Ring 070-174 06 05,\n  070-174 06 05.\nc: 070-174 06 05")
    assert [place[:2] for place in found] == [(1, 4), (3, 8), (4, 3), (5, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "# 070-174 06 05, tolvan@exempel.se\na: b",
        "a: b # Ring 070-174 06 05",
        "a: [b # Ring 070-174 06 05",
        "a:\n  # tolvan@exempel.se\n  b: c",
    ],
)
def test_a_comment_reaches_no_report_and_may_hold_a_number_or_an_address(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a;070-174 06 05;1\n", (1, 3, 13, "telefonnummer")),
        ("brott;2020;tolvan@exempel.se\nRån;1;2\n", (1, 12, 17, "epostadress")),
        ('a;"Ring ""070-174 06 05""";1\n', (1, 11, 13, "telefonnummer")),
        ('a;b\nc;"Ring 070-174\n06 05";1\n', (2, 3, 1, "telefonnummer")),
    ],
)
def test_a_cell_of_a_table_is_searched_too(text: str, place: tuple[int, int, int, str]) -> None:
    rutnat = read_csv(text.encode("utf-8"), "f.csv")
    assert isinstance(rutnat, Rutnat)
    problems = list(check_text([], [rutnat]))
    check_silent(problems)
    assert [(p.plats.rad, p.plats.kolumn, p.langd, p.kod) for p in problems] == [place]


def test_what_characters_a_number_is_written_in_does_not_come_out_by_the_warning_about_the_typeface() -> None:
    problems = list(check_text([read_yaml("a: Ring ０７０-１７４ ０６ ０５ ☂".encode(), "f.yaml")]))
    assert sorted(p.meddelande for p in problems) == [
        "Här står ett telefonnummer.",
        "Tecknet U+2602 finns inte i rapportens typsnitt och skrivs som [U+2602].",
    ]
