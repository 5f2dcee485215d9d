"""Personnummer and samordningsnummer: found in every shape, told apart from other numbers, never repeated.

All numbers here are invented: Tolvan Tolvansson's, or drawn at random and closed by a check digit computed below.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from uppfoljning.personal import find_personnummer, luhn, mask

SEPARATORS = ["-", "+", "–", "−", "‐", "‑", "", " ", "\u00a0", "\u2009", "\u202f", " - ", " – "]


def check_digit(nine: str) -> str:
    """Skatteverket's way, written out: products of 2 and 1, their digits added, what is missing to a whole ten."""
    digits = "".join(str(int(d) * (2 if i % 2 == 0 else 1)) for i, d in enumerate(nine))
    return str(-sum(map(int, digits)) % 10)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_personnummer(text)]


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
        "08-581 690 00",
        "070-174 06 05",
        "+46 70 174 06 05",
        "0701740605",
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
def test_dates_telephone_numbers_and_near_misses_are_left_alone(text: str) -> None:
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
