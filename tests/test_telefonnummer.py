"""Telephone numbers: found however they are written, and told apart from dates, amounts, codes, times and case numbers.

The numbers are those that Post- och telestyrelsen has set aside for books and films, or plainly invented.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.text.personal_data.find import find_uppgifter, mask

FRAMES = ["{}", "Ring {}.", "({})", "Tolvan, {}, kväll", "tel:{}", "{}/070-174 06 99", "Rån;{};12", "• {} eller mejl"]
NUMBERS = [
    *("070-174 06 05", "070-1740605", "0701740605", "070 174 06 05", "070 1740605", "070.174.06.05", "070/1740605"),
    *("0701 74 06 05", "0701 7406 05", "0701-7406 05", "070 1740 605", "0046 8 46500400", "0046-8-465 004 00"),
    *("0046 8465 00 400", "0045 12345678", "08 4650 0400", "08-4650 0400"),
    *("0701-74 06 05", "0701-740605", "0701 - 74 06 05", "070–174 06 05", "070−174 06 05", "(070) 174 06 05"),
    *("(0)70-174 06 05", "0700-12 34 56", "070-174-06-05", "070-17 40 605", "070\u00a0174\u202f06\u200905"),
    *("08-465 004 00", "08-46500400", "0846500400", "08 465 004 00", "(08) 465 004 00", "(08)46500400", "08/46500400"),
    *("08-12 34 56", "(08) 12 34 56", "031-390 06 00", "031-3900600", "0313900600", "031-12 34 56", "040-628 04 00"),
    *("0980-319 200", "0980-31 92 00", "0980-319200", "0581-123 45", "0581-12345", "058112345", "010-123 45 67"),
    *("+46 70 174 06 05", "+46701740605", "+46 (0)70 174 06 05", "+46(0)701740605", "+46-70-174 06 05"),
    *("+46 8 465 004 00", "+46 (8) 465 004 00", "0046701740605", "0046 8 465 004 00", "46701740605", "46 70 174 06 05"),
    *("+45 12 34 56 78", "+4512345678", "+47 123 45 678", "0045 12 34 56 78", "+1 202 555 0123"),
    *("０７０-１７４ ０６ ０５", "070\u200b-174 06 05", "070\u00ad-174\u00ad06\u00ad05", "٠٧٠-١٧٤ ٠٦ ٠٥"),
]


def found(text: str) -> list[str]:
    return [text[u.start : u.end] for u in find_uppgifter(text) if u.slag == "telefonnummer"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_found_exactly_and_masked_however_it_is_written(number: str, frame: str) -> None:
    text = frame.format(number)
    assert found(text)[:1] == [number]
    masked = mask(text)
    assert len(masked) == len(text)
    assert find_uppgifter(masked) == []
    start = frame.index("{")
    assert not any(c.isdecimal() for c in masked[start : start + len(number)])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tel 465 00 40", ["465 00 40"]),
        ("Tel.nr: 4650040", ["4650040"]),
        ("telefon: 12345", ["12345"]),
        ("Mobil 465 004 00", ["465 004 00"]),
        ("ring 581 690", ["581 690"]),
        ("Ring vakten på 465 00 40.", ["465 00 40"]),
        ("sms 123456", ["123456"]),
        ("tel 465 00 40 eller 465 00 41, 465 00 42", ["465 00 40", "465 00 41", "465 00 42"]),
        ("070-174 06 05 och 465 00 41", ["070-174 06 05", "465 00 41"]),
        ("nr0701740605 eller mobil:0701740606", ["0701740605", "0701740606"]),
        ("telefon: ring 581 690", ["581 690"]),
        ("070-174 06 05 17 maj", ["070-174 06 05"]),
        ("31 maj 070-174 06 05, 08-465 004 00", ["070-174 06 05", "08-465 004 00"]),
        ("2022-04-30 070-174 06 05", ["070-174 06 05"]),
    ],
)
def test_numbers_in_a_sentence_are_found_and_nothing_else(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers
    assert find_uppgifter(mask(text)) == []


LOOK_ALIKES = {
    "dates": [
        *(
            "2022-04-30",
            "2022-01-01–2023-12-31",
            "1999–2000",
            "2008 2009 2010",
            "2018 2019 2020 2021",
            "08-12-2022",
            "08.12.2022",
            "08/12 2022",
        ),
        *("08/12/2022", "08-12 2022", "20220430", "2022-08-12 1030", "2022-08-12 10 30", "06 07 08 09 10 11 12"),
        *("ring 2022-01-01", "mobil 2022 12 31", "+3 2022-04-30", "+45 (2021–2022)", "+20 (2021–2022)"),
    ],
    "times": [
        *("kl. 08.00–16.30", "08-12", "08.30-16.30", "08:30–16:30", "kl 08-16", "08-12 13-16", "kl 08-12 15 20"),
        *("0830-1630", "0730–1545", "08 00–16 30"),
    ],
    "codes": [
        *("0045 0000 0000", "0375 0376 0377", "0375, 0376 och 0380", "koderna 0801–0804", "0045 0046, 0047", "0045"),
        *("0045 0375", "0046–0047", "0035 8123 4567", "0047 0001 0002 0003 0004", "0045/0046/0047", "0045.0046.0047"),
        *("0365, 3001", "0365 3001", "0902", "0412 0413 0414", "0412 3001 3002", "0701 0702 0703", "0301–0304"),
        *("kommunkod 0139", "197 27 Kungsängen", "VÅL-1", "A4 0102030405b", "sha256:0123456789abcdef"),
        *("3f2504e0-4f89-0701-9a0c-0305e82c3301", "d41d8cd98f00b204e9800998ecf8427e", "ISBN 91-0-012345-6"),
        *("ISBN 0701740605", "978-91-0-012345-6", "212000-0142", "556036-0793", "121212-121"),
    ],
    "cases": [
        *(
            "KS 2022/0123",
            "KS 22/0045",
            "KS 22/0045-0046",
            "dnr 0045-0046",
            "TU 2022-0017",
            "KS 2022/0123-45",
            "dnr 0123-45678",
            "lag (2023:196)",
            "4 § 12 (2017:725)",
        ),
        *("0123-45678/2022", "5000-0123-45678"),
    ],
    "amounts": [
        *(
            "1 200 000",
            "1 250 000",
            "1 250 000–1 300 000 kr",
            "1 031 123 456",
            "+1 200 000 kr",
            "+12 000 000",
            "12 500 000 kr",
            "45,5 %",
            "0,08 123 456",
        ),
        *(
            "ring 25 000 gånger",
            "tel 1 200 000",
            "mobiltelefoner 123 456",
            "133 141 101 153 241",
            "59.123456",
            "36 (27–46)",
        ),
    ],
    "addresses on the web": [
        *(
            "https://exempel.se/0701740605",
            "https://www.exempel.se/dokument?id=0846500400",
            "www.exempel.se/0313900600",
        ),
    ],
    "public services": [
        *("112", "ring 112", "114 14", "ring 114 14", "ring 11414", "1177", "ring 1177", "tel 116 111", "Ring 116 117"),
        *("020-12 34 56", "telefon 020-12 34 56", "0771-14 14 00", "077-123 45 67", "0771141400", "+46 771 14 14 00"),
        *("0046 20 123 456", "sms 71456"),
    ],
    "no subscriber begins with 0": ["08-012 34 56", "031-012 34 56", "0581-012 34"],
}


@pytest.mark.parametrize("frame", ["{}", "Se {}.", "Rån;{};12"])
@pytest.mark.parametrize("text", [text for texts in LOOK_ALIKES.values() for text in texts])
def test_what_looks_like_a_number_but_is_none_is_left_alone(text: str, frame: str) -> None:
    assert find_uppgifter(frame.format(text)) == []
    assert mask(text) == text


AREAS = ["08", "011", "018", "031", "040", "060", "090", "0120", "0171", "0226", "0303", "0498", "0581", "0651", "0980"]


@given(st.sampled_from(AREAS), st.data(), st.sampled_from(["-", " ", "/", " - ", "–", "."]))
def test_any_subscriber_of_any_area_is_found(area: str, data: st.DataObject, after: str) -> None:
    least = max(6 if area == "08" else 5, 9 - len(area))
    size = data.draw(st.integers(least, 10 - len(area)))
    subscriber = data.draw(st.integers(2 * 10 ** (size - 1), 10**size - 1).map(str))
    written = f"{area}{after}{subscriber}"
    assert found(f"Nummer {written} finns.") == [written]


OF_THIS_TIME = st.dates(date(1900, 1, 1), date(2099, 12, 31))
"""What a report may have; the year 47 is written 0047, as a number in Norway begins."""


@given(OF_THIS_TIME, OF_THIS_TIME, st.sampled_from(["–", " – ", "-", " till ", ", ", " "]))
def test_two_dates_are_never_a_number(first: date, second: date, between: str) -> None:
    assert found(f"{first}{between}{second}") == []


@given(
    st.lists(st.integers(0, 9999).map("{:04}".format), min_size=1, max_size=6),
    st.sampled_from([" ", ", ", "–", ";", " och ", "/"]),
    st.sampled_from(["{}", "Brottskoderna {} följs.", "kod {}"]),
)
def test_codes_of_four_digits_in_a_row_are_never_a_number(codes: list[str], between: str, frame: str) -> None:
    assert found(frame.format(between.join(codes))) == []


@pytest.mark.parametrize("text", ["0045 1234 5678", "0046 8465 0040", "0047 1234 5678", "0045 0000 0000"])
def test_codes_that_begin_as_numbers_abroad_are_numbers_only_where_they_are_to_be_dialled(text: str) -> None:
    assert found(f"Brottskoderna {text} följs.") == found(text) == []
    for word in ("ring", "Tel.", "telefon:", "mobilnummer", "Ring oss på"):
        assert found(f"{word} {text}.") == [text]
    assert found(f"+{text[2:]}") == [f"+{text[2:]}"]


@given(st.integers(-(10**12), 10**12))
def test_an_amount_with_spaces_is_never_a_number(amount: int) -> None:
    assert found(f"{amount:,} kr".replace(",", " ")) == []
