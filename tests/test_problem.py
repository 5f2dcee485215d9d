"""Problems as text: the caret stands under its character, and nothing printed can command a terminal or a CI server."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.text.problem import Plats, Problem, as_dict, format_github, format_text, visible


def problem_at(line: str, column: int, length: int = 1, row: int = 1) -> Problem:
    return Problem(Plats("data/f.yaml", row, column), "kod", "Fel.", "Rätta.", rad_text=line, langd=length)


def excerpt(problem: Problem) -> tuple[str, str]:
    """The line of the file and the line of carets, without the gutter, which must be equally wide on both."""
    _, line, marker, _ = format_text(problem).split("\n")
    assert line[:9] == f"{problem.plats.rad:>6} | "
    assert marker[:9] == "       | "
    return line[9:], marker[9:]


def under_caret(problem: Problem) -> str:
    line, marker = excerpt(problem)
    start, end = marker.index("^"), len(marker)
    assert set(marker[start:]) == {"^"}
    column, found = 0, ""
    for character in line:
        if start <= column < end and cells(character):
            found += character
        column += cells(character)
    return found


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("x: fel", "fel"),
        ("fel", "fel"),
        ("\tx: fel", "fel"),
        ("\t\t- x:\tfel", "fel"),
        ("åäö: fel", "fel"),
        ("\u00a0\u00a0x: fel", "fel"),
        ("x: \u202efel", "fel"),
        ("x: \x1b[31m\x07fel", "fel"),
        ("a" * 500 + " fel", "fel"),
        ("fel " + "a" * 500, "fel"),
        ("a" * 300 + " fel " + "b" * 300, "fel"),
        ("\t" * 200 + "fel " + "b" * 300, "fel"),
        ("\x00" * 60 + "fel", "fel"),
        ("x: fel" + "\x1b" * 200, "fel"),
    ],
)
def test_the_caret_stands_under_what_is_wrong(line: str, marked: str) -> None:
    assert under_caret(problem_at(line, line.index(marked) + 1, len(marked))) == marked


@given(st.text(max_size=250), st.text(max_size=250))
def test_the_caret_stands_under_a_mark_after_any_text(before: str, after: str) -> None:
    before, after = before.replace("\u2603", ""), after.replace("\u2603", "")
    assert under_caret(problem_at(f"{before}\u2603{after}", len(before) + 1)) == "\u2603"


@given(st.text(min_size=1, max_size=250).filter(str.strip), st.integers(1, 260), st.integers(1, 400))
def test_line_and_caret_are_two_printable_lines_of_bounded_width(line: str, column: int, length: int) -> None:
    shown, marker = excerpt(problem_at(line, min(column, len(line) + 1), length))
    assert len(marker) <= cells(shown) + 1
    assert len(shown) <= 98 * len("[U+10FFFF]")
    assert "^" in marker and not set(marker) - {" ", "^", "\u00a0", "\u202f", "\u2009", "\u00ad"} - unicode_spaces(
        shown
    )


def unicode_spaces(text: str) -> set[str]:
    return {c for c in text if c.isspace()}


def cells(text: str) -> int:
    """How many columns a terminal gives the text: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("before", ["中文: ", "🎉 ", "Fra\u030aga: a\u0308r ", "ｆｕｌｌ ", "x: 中中 och e\u0301 "])
def test_the_caret_stands_in_the_right_column_after_wide_and_combining_characters(before: str) -> None:
    line, marker = excerpt(problem_at(f"{before}fel", len(before) + 1, 3))
    assert cells(marker) - 3 == cells(line[: line.index("fel")])


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem(Plats("f.yaml", 7, 3), "kod", "Det är fel.", "Gör rätt.", "fel", "a: bcd", 2),
            "f.yaml:7:3: fel: Det är fel.\n     7 | a: bcd\n       |   ^^\n       Så rättar du: Gör rätt.",
        ),
        (Problem(Plats("f.yaml"), "kod", "Det är fel."), "f.yaml: fel: Det är fel."),
        (
            Problem(Plats("f.yaml"), "kod", "Det är udda.", "Se efter.", "varning"),
            "f.yaml: varning: Det är udda.\n       Så rättar du: Se efter.",
        ),
        (Problem(Plats("f.yaml", 2, 1), "kod", "Tom rad.", "", "fel", "   "), "f.yaml:2:1: fel: Tom rad."),
    ],
)
def test_the_text_of_a_problem(problem: Problem, text: str) -> None:
    assert format_text(problem) == text


def test_a_caret_just_past_the_end_of_the_line_is_shown() -> None:
    assert excerpt(problem_at("a: 'b", 6)) == ("a: 'b", "     ^")


def test_a_long_line_is_cut_around_the_caret_and_says_so() -> None:
    line, marker = excerpt(problem_at("a" * 300 + "X" + "b" * 300, 301))
    assert line.startswith("…") and line.endswith("…") and len(line) == 98
    assert line[marker.index("^")] == "X"


commands = st.text(st.sampled_from("\x1b[2J\r\n\x9b\x07\u202e\u2066\u200b\u2028ab%:,"), max_size=30)


@given(commands | st.text(max_size=60))
def test_what_is_made_visible_holds_no_control_or_bidi_characters(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and c != "\u00ad"]
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "text", ["Vanlig text.", "Åäö é – − ”citat”", "1\u00a0000", "10\u2009000", "mjukt\u00adbindestreck"]
)
def test_ordinary_swedish_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "[U+001B][31m"),
        ("a\tb", "a b"),
        ("a\nb", "a[U+000A]b"),
        ("a\rb", "a[U+000D]b"),
        ("\x9b31m", "[U+009B]31m"),
        ("\u202eabc", "[U+202E]abc"),
        ("\u2066abc\u2069", "[U+2066]abc[U+2069]"),
        ("a\u200bb", "a[U+200B]b"),
        ("\ufeffa", "[U+FEFF]a"),
        ("\udce5", "[U+DCE5]"),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_what_a_terminal_would_obey_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def any_problem(text: str) -> Problem:
    return Problem(Plats(f"data/{text}.yaml", 3, 5), "kod", f"Fel: {text}", f"Rätta {text}", "fel", f"a:  {text}", 2)


@given(commands | st.text(max_size=40))
def test_no_format_lets_a_control_character_through(text: str) -> None:
    problem = any_problem(text)
    printed = {"text": format_text(problem).replace("\n", ""), "github": format_github(problem)}
    for form, output in printed.items():
        assert {c for c in output if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}} <= {"\u00ad"}, form


@given(commands | st.text(max_size=40))
def test_a_github_command_is_one_line_with_its_properties_intact(text: str) -> None:
    output = format_github(any_problem(text))
    assert len(output.splitlines()) == 1
    assert output.startswith("::error ")
    properties, _, message = output.removeprefix("::error ").partition("::")
    fields = dict(field.split("=", 1) for field in properties.split(","))
    assert list(fields) == ["file", "line", "col", "endColumn", "title"]
    assert (fields["line"], fields["col"], fields["endColumn"]) == ("3", "5", "7")
    assert not set(fields["file"]) & set(":,")
    assert message.startswith("Fel: ")


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        (
            Problem(Plats("data/a,b:c%.yaml", 2, 4), "fel-slag", "50 % fel: ja, här.", "Rätta.", "fel", "", 3),
            "::error file=data/a%2Cb%3Ac%25.yaml,line=2,col=4,endColumn=7,title=fel-slag::50 %25 fel: ja, här. Rätta.",
        ),
        (
            Problem(Plats("data/f.yaml"), "tom-fil", "Filen är tom.", "", "varning"),
            "::warning file=data/f.yaml,title=tom-fil::Filen är tom.",
        ),
    ],
)
def test_githubs_own_characters_are_escaped(problem: Problem, command: str) -> None:
    assert format_github(problem) == command


def test_json_says_null_where_there_is_no_place() -> None:
    assert as_dict(Problem(Plats("f.yaml"), "tom-fil", "Filen är tom.")) == {
        "fil": "f.yaml",
        "rad": None,
        "kolumn": None,
        "niva": "fel",
        "kod": "tom-fil",
        "meddelande": "Filen är tom.",
        "atgard": None,
        "rad_text": None,
    }


def test_problems_are_ordered_by_file_line_and_column_as_numbers() -> None:
    places = [Plats("b", 1, 1), Plats("a", 10, 1), Plats("a", 9, 2), Plats("a", 9, 10), Plats("a")]
    ordered = sorted((Problem(place, "k", "m") for place in places), key=lambda p: p.sort_key)
    assert [str(p.plats) for p in ordered] == ["a", "a:9:2", "a:9:10", "a:10:1", "b:1:1"]
