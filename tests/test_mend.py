"""What people meant who wrote a date, a number or a name in their own way, and how it is written in the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from conftest import ROOT
from uppfoljning import model
from uppfoljning.formats.yaml.lines import Tabs
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.formats.yaml.write import in_line, lines, scalar
from uppfoljning.load.load import validate
from uppfoljning.load.shape import Slag, field_of, slag_of
from uppfoljning.mail.receivers import read_mottagare
from uppfoljning.model.known import Kanda
from uppfoljning.model.mottagare import Mottagarfil
from uppfoljning.model.period import Halvar, Kvartal, Tidpunkt
from uppfoljning.text.candidates import advise, find
from uppfoljning.text.mend import (
    incomplete_day,
    read_days,
    read_halvar,
    read_kvartal,
    read_number,
    read_point,
    read_yes_or_no,
)
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem, as_gitlab, format_github, format_text
from uppfoljning.text.swedish import MANADER

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_a_day_written_so_that_it_can_only_be_one_is_read_as_that_day(day: date) -> None:
    month = MANADER[day.month - 1]
    for text in (
        f"{day.year}-{day.month}-{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}–{day.month:02}–{day.day:02}",
        f"{day.year}{day.month:02}{day.day:02}",
        f"{day.day} {month} {day.year}",
        f"den {day.day}:e {month.capitalize()} {day.year}",
        f"{day.day} {month[:3]}. {day.year}",
        f'"{day.isoformat()}"',
        f"{day.isoformat()} 12:30",
        f"{day.isoformat()}T12:30:00",
    ):
        assert read_days(text) == ((day,), True), text


@given(days)
def test_a_day_and_a_month_in_figures_are_asked_about_where_they_may_be_turned(day: date) -> None:
    turned = day.day <= 12 and day.day != day.month
    for text in (f"{day.day}/{day.month} {day.year}", f"{day.day}.{day.month}.{day.year}"):
        found = read_days(text)
        assert found.days[0] == day
        assert found.sure is not turned
        assert (date(day.year, day.day, day.month) in found.days) if turned else len(found.days) == 1


@pytest.mark.parametrize("text", ["2022-02-30", "31 april 2022", "32/1 2022", "2022-13-45"])
def test_a_day_that_is_none_is_never_another(text: str) -> None:
    assert read_days(text).days == ()


@pytest.mark.parametrize("text", ["", "i somras", "12", "2022", "maj 2022", "10 procent 2022", "1.5.2", "§ 14 2022"])
def test_a_text_that_is_no_day_is_read_as_none(text: str) -> None:
    assert read_days(text) == ((), False)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3 maj", "ÅÅÅÅ-05-03"),
        ("maj 2022", "2022-05-DD"),
        ("2022-05", "2022-05-DD"),
        ("2022", "2022-MM-DD"),
        ("maj", ""),
    ],
)
def test_what_is_known_of_a_day_is_kept(text: str, part: str) -> None:
    assert incomplete_day(text) == part


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("3", 3), ('"3"', 3), ("12 500", 12500), ("12\u00a0500", 12500), ("4,5", 4.5), ("4.0", 4), ("−2", -2)),
        *(("fyra", 4), ("Tre gånger", 3), ("10 %", 10), ("cirka 30 st", 30), ("ett", 1)),
        *(("3-4", None), ("2 av 3", None), ("många", None), ("", None)),
    ],
)
def test_the_only_number_of_a_text_is_read(text: str, number: float | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((t, True) for t in ("ja", "Ja", "yes", "J", '"true"', "x", "1")),
        *((t, False) for t in ("nej", "No", "0")),
        *(("kanske", None), ("", None), ("jag", None)),
    ],
)
def test_yes_and_no_are_read(text: str, meant: bool | None) -> None:
    assert read_yes_or_no(text) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("2022", "2022"), ("3 maj 2022", "2022-05-03"), ("Maj 2022", "maj 2022"), ("sept 2022", "september 2022")),
        *(("HT22", "hösten 2022"), ("vår 2022", "våren 2022"), ("höst-2021", "hösten 2021"), ("2022/05", "maj 2022")),
        *(("kvartal 3 2022", "2022-K3"), ("tredje kvartalet 2022", "2022-K3"), ("2022 halvår 1", "2022-H1")),
        *(("3/5 2022", ""), ("i höst", ""), ("slutet av 2022", ""), ("K3", ""), ("2022-13", "")),
    ],
)
def test_a_point_in_time_is_read_as_it_is_to_be_written(text: str, meant: str) -> None:
    assert read_point(text) == meant
    assert not meant or Tidpunkt.parse(int(meant) if meant.isdecimal() else meant) or date.fromisoformat(meant)


@given(st.integers(1900, 2199), st.integers(1, 4))
def test_a_period_in_words_is_read_as_that_period(ar: int, nr: int) -> None:
    word = ("första", "andra", "tredje", "fjärde")[nr - 1]
    for text in (
        f"kvartal {nr} {ar}",
        f"{ar} kvartal {nr}",
        f"{word} kvartalet {ar}",
        f"{nr}:a kvartalet {ar}",
        f"Q{nr}, {ar}",
    ):
        assert Kvartal.parse(read_kvartal(text)) == Kvartal(ar, nr)
        assert nr > 2 or Halvar.parse(read_halvar(text.replace("kvartal", "halvår").replace("Q", "H"))) == Halvar(
            ar, nr
        )


# --- names ---

KNOWN = {
    "polisen": ("Polisen", "Lokalpolisen"),
    "barn-ungdom": ("Barn- och ungdomsenheten",),
    "VAL-1": ("Samverkansgrupp", "VÅL-1"),
    "VAL-2": ("Huskurage", "VÅL-2"),
    "fritid": ("Fritid",),
    "skola": ("Fritid",),
}


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("Polisen", 'Skriv "polisen".'),
        ("lokalpolisen", 'Skriv "polisen".'),
        ("Barn-  och Ungdomsenheten", 'Skriv "barn-ungdom".'),
        ("barn_ungdom", 'Skriv "barn-ungdom".'),
        ("”VÅL-2”", 'Skriv "VAL-2".'),
        ("barn-ungdom (Barn- och ungdomsenheten)", 'Skriv "barn-ungdom".'),
        ("polisn", 'Menade du "polisen"?'),
        ("Huskurag", 'Menade du "VAL-2" (Huskurage)?'),
        ("Fritid", 'Skriv "fritid".'),
    ],
)
def test_a_name_is_answered_with_the_id_that_it_stands_for(word: str, advice: str) -> None:
    assert advise(word, KNOWN) == advice


ALL = (
    "Här kan stå: polisen, barn-ungdom (Barn- och ungdomsenheten), VAL-1 (Samverkansgrupp), VAL-2 (Huskurage), fritid, "
    "skola (Fritid)."
)


def test_what_is_no_name_is_answered_with_all_there_are_and_what_may_be_one_with_that_first() -> None:
    assert advise("VAL-9", KNOWN) == ALL  # as near to one as to the other
    assert advise("miljö", KNOWN) == ALL
    assert advise("ungdomsenheten", KNOWN) == f'Menade du "barn-ungdom" (Barn- och ungdomsenheten)? {ALL}'
    assert advise("miljö", {}) == ""


def test_a_name_that_two_have_is_asked_about() -> None:
    assert (
        advise("Skolgatan 1", {"a": ("Skolgatan 1",), "b": ("Skolgatan 1",)})
        == 'Menade du "a" (Skolgatan 1) eller "b" (Skolgatan 1)?'
    )


def test_of_many_the_ids_stand_alone_and_none_is_left_out() -> None:
    many = {f"X-{number}": (f"Insats {number}",) for number in range(1, 101)}
    assert advise("Y", many) == f"Här kan stå: {', '.join(many)}."
    assert find("insats 100", many) == ["X-100"]


# --- what is written ---

# YAML folds what editors don't show as line breaks, and a byte order mark is none inside a file.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=30
) | st.sampled_from(
    [
        "no",
        "010",
        "12:30",
        "2022-02-30",
        "# a",
        "a #b",
        "a: b",
        "a:",
        "- a",
        "-",
        "?",
        "'a'",
        '"',
        "\\",
        "a\nb",
        "",
        " ",
        "~",
        "1e3",
        "[a]",
        "a, b",
        "*a",
        "@a",
        "%",
        "|",
        ">-",
        "a]",
    ]
)
texts = texts.map(nfc)
values = st.recursive(
    texts.filter(bool) | st.integers(-(10**9), 10**9) | st.booleans() | days,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(texts)
def test_a_text_is_read_back_as_it_was_written(text: str) -> None:
    for written in (f"a: {scalar(text)}", f"a: [{scalar(text, flow=True)}, b]", f"a: {{b: {scalar(text, flow=True)}}}"):
        file = read_yaml(written.encode(), "f.yaml")
        assert [p for p in file.problem if p.niva == "fel"] == []
        assert file.rot is not None
        assert file.rot.varde["a"] in (text, [text, "b"], {"b": text})


@given(values)
def test_a_form_is_read_back_as_it_was_written_on_lines_and_on_one(value: Any) -> None:
    for written in ("\n".join(lines("a", value)), f"a: {in_line(value)}"):
        file = read_yaml(written.encode(), "f.yaml")
        assert file.rot is not None, written
        assert file.rot.varde == {"a": value}


def test_tabs_are_undone_as_they_were_meant() -> None:
    tabs = Tabs()
    written = [
        "svar:",
        "\t- insats: A",
        "\t  kommentar: >-",
        "\t\tEn text",
        "\t\tmed rader",
        "\t  utfall:",
        "\t\thandelser:",
    ]
    assert [tabs.mend(line) for line in written] == [
        "svar:",
        "  - insats: A",
        "    kommentar: >-",
        "      En text",
        "      med rader",
        "    utfall:",
        "      handelser:",
    ]


def test_what_is_to_be_written_stands_below_the_line_it_replaces_and_never_breaks_a_command_of_a_server() -> None:
    problem = Problem(
        Plats("data/f.yaml", 2, 8), "fel-slag", "Fel.", "Skriv så här:\n  a:\n    - {b: c}\x1b", rad_text="  a: b: c"
    )
    assert format_text(problem).split("\n") == [
        "data/f.yaml:2:8: fel: Fel.",
        "     2 |   a: b: c",
        "       |        ^",
        "       Så rättar du: Skriv så här:",
        "       |   a:",
        "       |     - {b: c}[U+001B]",
    ]
    assert format_github(problem).endswith("::Fel. Skriv så här:%0A  a:%0A    - {b: c}[U+001B]")
    assert as_gitlab([problem])[0]["description"] == "Fel. Skriv så här:\n  a:\n    - {b: c}[U+001B]"


# --- the models ---


def fields(kind: Slag) -> Iterator[tuple[str, Slag]]:
    """Every field below a kind of file, by name."""
    if kind.is_block:
        for name in kind.bas.model_fields:
            yield name, field_of(kind.bas, name)
            yield from fields(field_of(kind.bas, name))
    for inner in kind.inne if kind.bas in {tuple, dict} else ():
        if inner is not Ellipsis:
            yield "", slag_of(inner)
            yield from fields(slag_of(inner))


FILES: list[type[BaseModel]] = [
    *(model.Overenskommelse, model.Insatsfil, model.Indikatorfil, model.Beslutsfil, model.Halvarsfil),
    *(model.Aterkopplingsfil, model.Kvartalsfil, Mottagarfil),
]


@pytest.mark.parametrize("file", FILES)
def test_whatever_names_something_says_what_and_only_ids_of_their_own_have_a_form(file: type[BaseModel]) -> None:
    found = list(fields(slag_of(file)))
    assert len(found) >= 3
    assert {name for name, slag in found if slag.is_id} <= {"id"}
    listor = {lista for _, slag in found for lista in slag.refers_to}
    assert listor <= {
        *("parter", "aktorer", "samverkanspartner", "forum", "huvudomraden", "insatser", "moment"),
        *("kallor", "indikatorer"),
    }


ANSWERS = ROOT / "data" / "aterkoppling" / "2022-K2" / "upplands-brohus.yaml"
KNOWN_THERE = Kanda({"insatser": {"VAL-2": ("Huskurage",)}, "aktorer": {"a": ()}}, {"VAL-2": {"infort": ("Infört",)}})


def paths(value: Any, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a value, by its keys and positions."""
    yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inside:
        yield from paths(one, (*here, step))


odd = st.sampled_from(
    [
        "moment",
        "infort",
        "datum: x",
        "datum:2022-05-03",
        "3/5 2022",
        "no",
        "010",
        "1,5",
        "-a -b",
        "a, b",
        "x" * 200,
        "a\nb",
    ]
)
keys = st.sampled_from(
    ["moment", "datum", "vad", "klara_moment", "svar", "insats", "2022", "infort", "nästa steg", "kvartal"]
)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**17) | days | odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@given(st.integers(0, 10**6), documents, st.booleans())
def test_whatever_stands_in_any_place_of_an_answer_has_its_advice(place: int, value: Any, echo: bool) -> None:
    whole = read_yaml(ANSWERS.read_bytes(), "f.yaml").rot
    assert whole is not None
    everywhere = list(paths(whole.varde))
    *above, last = ("", *everywhere[place % len(everywhere)])
    changed: Any = {"": whole.varde}
    block = changed
    for step in above:
        block = block[step]
    block[last] = value
    written = "\n".join(lines("rot", changed[""])).replace("rot:", "", 1)
    file = read_yaml(dedent(written).encode(), "f.yaml")
    validate(file, model.Aterkopplingsfil, KNOWN_THERE, echo=echo)
    for problem in file.problem:
        assert problem.meddelande and problem.atgard
        assert format_text(problem) and "\n" not in format_github(problem)


WORD = "hemlig-9f2c"
HEAD = "avsandare: {namn: Samordnaren, adress: a@example.se}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"avsandare: {WORD}\nforum: {{}}\n",
        f"avsandare: [{{namn: {WORD}, adress: x}}]\nforum: {{}}\n",
        f"avsandare: {{namn: A, adress: x@example.se, losen: {WORD}}}\nforum: {{}}\n",
        f"avsandare: {{namn:{WORD}, adress: x@example.se}}\nforum: {{}}\n",
        f"avsandare: {{namn: A, {WORD}, adress: x@example.se}}\nforum: {{}}\n",
        f"{HEAD}server: {WORD}\nforum: {{}}\n",
        f"{HEAD}server: {{vard: smtp.example.se, port: {WORD}}}\nforum: {{}}\n",
        f"{HEAD}server: {{vard: smtp.example.se, inloggning: {WORD}}}\nforum: {{}}\n",
        f"{HEAD}server: {{vard: smtp.example.se, sakerhet: {WORD}}}\nforum: {{}}\n",
        f"{HEAD}forum: {WORD}\n",
        f"{HEAD}forum:\n  utskott: {WORD}\n",
        f"{HEAD}forum:\n  utskott:\n    mottagare: {WORD}@example.se\n",
        f"{HEAD}forum:\n  utskott:\n    mottagare: [{WORD}@example.se]\n",
        f"{HEAD}forum:\n  utskott:\n    mottagare: {{adress: {WORD}@example.se}}\n",
        f"{HEAD}forum:\n  utskott:\n    text: {WORD}: mer\n    mottagare: []\n",
        f'{HEAD}forum:\n  utskott:\n    text: "{WORD}\n    mottagare: []\n',
        f"{HEAD}forum:\n  utskott:\n    text:{WORD}\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n   text: {WORD}\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n\ttext: {WORD}\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n    text: [{WORD}, b]\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n    text:\n      a: {WORD}\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n    text: a #{WORD}\n    mottagare: []\n",
        f"{HEAD}forum:\n  utskott:\n    mottagare:\n      - adress: a@example.se\n      {WORD}: b\n",
    ],
)
def test_no_advice_repeats_what_stands_in_the_list_of_receivers(text: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mottagare.yaml").write_text(text, encoding="utf-8")
    found = read_mottagare(tmp_path, None)
    assert found is not None and found.problem
    for problem in found.problem:
        assert problem.meddelande and problem.atgard
        assert WORD not in format_text(problem) + format_github(problem)
