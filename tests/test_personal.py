"""Personnummer and samordningsnummer: found in every shape, told apart from other numbers, never repeated.

And what holds for every kind of personal data: one is found where another stands, and nothing is ever repeated.

All numbers here are invented: Tolvan Tolvansson's, or drawn at random and closed by a check digit computed below.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from uppfoljning.text.personal_data.find import find_uppgifter, luhn, mask, mask_line

SEPARATORS = ["-", "+", "–", "−", "‐", "‑", "", " ", "\u00a0", "\u2009", "\u202f", " - ", " – "]


def check_digit(nine: str) -> str:
    """Skatteverket's way, written out: products of 2 and 1, their digits added, what is missing to a whole ten."""
    digits = "".join(str(int(d) * (2 if i % 2 == 0 else 1)) for i, d in enumerate(nine))
    return str(-sum(map(int, digits)) % 10)


def found(text: str) -> list[str]:
    return [text[u.start : u.end] for u in find_uppgifter(text) if u.slag == "personnummer"]


births = st.dates(date(1900, 1, 1), date(2029, 12, 31))
serials = st.integers(0, 999).map("{:03}".format)
days_added = st.sampled_from([0, 60])


def number(birth: date, serial: str, added: int) -> tuple[str, str, str]:
    """Century, six digits and four digits of an invented number; ``added`` is 60 for a samordningsnummer."""
    six = f"{birth.year % 100:02}{birth.month:02}{birth.day + added:02}"
    return str(birth.year // 100), six, serial + check_digit(six + serial)


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("century", ["", "18", "19", "20"])
@pytest.mark.parametrize("six", ["121212", "121272"], ids=["personnummer", "samordningsnummer"])
def test_a_number_is_found_with_every_separator_and_century(separator: str, century: str, six: str) -> None:
    written = f"{century}{six}{separator}121{check_digit(six + '121')}"
    assert found(f"Ring {written}, tack.") == [written]
    assert found(written) == [written]
    assert found(f"({written})") == [written]
    assert found(f"nr{written}å") == [written]


@given(births, serials, days_added, st.sampled_from(SEPARATORS), st.booleans())
def test_any_drawn_number_is_found_and_masked(
    birth: date, serial: str, added: int, separator: str, with_century: bool
) -> None:
    century, six, four = number(birth, serial, added)
    written = f"{century if with_century else ''}{six}{separator}{four}"
    assert found(f"x {written} y") == [written]
    masked = mask(f"x {written} y")
    assert masked == f"x {re.sub('[0-9]', '•', written)} y"
    assert not re.search("[0-9]", masked)


@given(births, serials, days_added, st.integers(1, 9))
def test_a_wrong_check_digit_is_no_personnummer(birth: date, serial: str, added: int, wrong: int) -> None:
    _, six, four = number(birth, serial, added)
    assume(wrong)
    false = f"{six}-{four[:3]}{(int(four[3]) + wrong) % 10}"
    assert found(false) == []
    assert mask(false) == false


@given(st.integers(0, 10**9 - 1))
def test_luhn_accepts_exactly_one_last_digit(nine: int) -> None:
    digits = f"{nine:09}"
    assert [d for d in "0123456789" if luhn(digits + d)] == [check_digit(digits)]


@pytest.mark.parametrize("number", ["212000-0142", "556036-0793", "802002-4280", "2120000142", "16556036-0793"])
def test_an_organisationsnummer_is_no_personnummer(number: str) -> None:
    """The third digit is 2 or more, which no month begins with; the check digit is right all the same."""
    assert luhn(re.sub("[^0-9]", "", number)[-10:])
    assert found(number) == []


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-01–2023-12-31",
        "2022-04-30",
        "20220430",
        "220430",
        "112",
        "114 14",
        "197 27 Kungsängen",
        "kl. 12:30–16:00",
        "brottskod 0902",
        "121212-121",
        "121312-1214",
        "120012-1215",
        "121232-1211",
        "121260-1217",
        "121292-1218",
        "9121212-1212",
        "121212-12123",
        "171212121212",
        "121212\n1212",
        "121212--1212",
        "121212/1212",
        "121212.1212",
    ],
)
def test_dates_and_near_misses_are_left_alone(text: str) -> None:
    assert found(text) == []
    assert mask(text) == text


def test_two_numbers_on_a_line_are_both_found_and_the_rest_is_kept() -> None:
    text = "19121212-1212 och 121272-1219, men inte 2022-04-30."
    assert found(text) == ["19121212-1212", "121272-1219"]
    assert mask(text) == "••••••••-•••• och ••••••-••••, men inte 2022-04-30."


@given(st.text(max_size=30), births, serials, st.text(max_size=30))
def test_masking_keeps_length_and_leaves_nothing_to_find(before: str, birth: date, serial: str, after: str) -> None:
    text = f"{before} {''.join(number(birth, serial, 0))} {after}"
    masked = mask(text)
    assert len(masked) == len(text)
    assert found(masked) == []
    assert mask(masked) == masked


@given(st.text(st.sampled_from("0123456789-+– \n"), max_size=60))
def test_digits_in_any_order_never_leave_a_number_after_masking(text: str) -> None:
    assert found(mask(text)) == []


@pytest.mark.parametrize(
    "written",
    [
        "１２１２１２-１２１２",
        "１９１２１２１２−１２１２",
        "𝟏𝟐𝟏𝟐𝟏𝟐-𝟏𝟐𝟏𝟐",
        "½ liter till １２１２１２-１２１２",
        "½ 121212-1212",
    ],
)
def test_digits_of_other_widths_are_found_and_masked_too(written: str) -> None:
    assert len(found(written)) == 1
    masked = mask(f"Ring {written}.")
    assert found(masked) == []
    assert not re.search("121212", unicodedata.normalize("NFKC", masked))


def test_an_optional_hyphen_from_a_word_processor_is_a_separator() -> None:
    assert found("Ring 121212\u00ad1212.") == ["121212\u00ad1212"]
    assert mask("Ring 121212\u00ad1212.") == "Ring ••••••\u00ad••••."


def test_a_personnummer_is_found_beside_characters_that_normalisation_makes_longer() -> None:
    text = "½ dag … för 121212-1212 och ﬁka"
    assert "121212-1212" in "".join(found(text))
    assert "1212" not in mask(text)


@pytest.mark.parametrize("between", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d"])
def test_a_character_that_cannot_be_seen_hides_nothing(between: str) -> None:
    assert found(f"Ring 1212{between}12-12{between}12.") == [f"1212{between}12-12{between}12"]
    assert mask(f"1212{between}12-1212") == f"••••{between}••-••••"


def test_a_raised_figure_is_the_mark_of_a_note_and_not_a_digit() -> None:
    assert found("121212-1212² och ³121212-1212") == ["121212-1212", "121212-1212"]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(u.slag, text[u.start : u.end]) for u in find_uppgifter(text)]


def test_every_kind_on_a_line_is_told_in_order() -> None:
    text = "Tolvan Tolvansson (121212-1212), tolvan@exempel.se, 070-174 06 05"
    assert kinds(text) == [
        ("personnummer", "121212-1212"),
        ("epostadress", "tolvan@exempel.se"),
        ("telefonnummer", "070-174 06 05"),
    ]
    assert mask(text) == "Tolvan Tolvansson (••••••-••••), ••••••@exempel.se, •••-••• •• ••"


def test_what_is_two_kinds_at_once_is_told_once_but_a_personnummer_always() -> None:
    assert kinds("0701740605@exempel.se") == [("epostadress", "0701740605@exempel.se")]
    assert [slag for slag, _ in kinds("121212-1212@exempel.se")] == ["epostadress", "personnummer"]
    assert [slag for slag, _ in kinds("1212121212/070-174 06 05")] == ["personnummer", "telefonnummer"]


def test_a_number_that_goes_on_from_one_line_to_the_next_is_masked_on_both() -> None:
    lines = ["  Ring 070-174", "    06 05 eller 121212-", "1212. ", "", "Slut 2022."]
    assert [mask_line(lines, rad) for rad in range(7)] == [
        "",
        "  Ring •••-•••",
        "    •• •• eller ••••••-",
        "••••. ",
        "",
        "Slut 2022.",
        "",
    ]


PIECES = [
    *("070-174 06 05", "0313900600", "+46 8 465 004 00", "tel ", "465 00 40", "121212-1212", "tolvan@exempel.se"),
    *("info@exempel.se", "2022-04-30", "0365 3001", "1 200 000", " ", ", ", "; ", " och ", "\u200b", "½", "a", "• "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_masking_any_mix_keeps_length_and_leaves_nothing_to_find(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert find_uppgifter(masked) == []
    assert mask(masked) == masked


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_what_is_told_stands_in_order_and_what_is_not_told_is_not_masked(text: str) -> None:
    told = find_uppgifter(text)
    assert told == sorted(told, key=lambda u: u.start)
    inside = {place for u in told for place in range(u.start, u.end)}
    assert {place for place, (a, b) in enumerate(zip(text, mask(text), strict=True)) if a != b} <= inside


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "0",
            "070-",
            "070-174 ",
            "+46 ",
            "+",
            "1 ",
            "08-12 34 56.",
            "ring 12 34",
            "tel 465 00 40, ",
            "a@",
            "a@b.",
            "@",
        ),
        *("0701740605 ", "121212-1212 ", "½1", "1\u200b", "１", "://0701740605", "a (at) b", "0123-12 ", "12 34 "),
    ],
)
def test_work_grows_in_step_with_hostile_text(piece: str) -> None:
    """Counted in calls, the same on every machine; within a call, patterns repeat a bounded number of times."""

    def work(times: int) -> int:
        text, calls = piece * times, 0

        def count(_: object, event: str, __: object) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        sys.setprofile(count)
        try:
            mask(text)
        finally:
            sys.setprofile(None)
        return calls

    few, many = work(1000), work(4000)
    assert many < 4.5 * few + 100
