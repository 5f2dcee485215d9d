"""E-mail addresses: a person's is found however it is written, a function's mailbox is left alone. All are invented."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.text.personal_data.find import find_uppgifter, mask

PERSONS = [
    *(
        "tolvan.tolvansson@exempel.se",
        "TOLVAN@EXEMPEL.SE",
        "tolvan@polisen.exempel.se",
        "t@b.se",
        "12345@elev.exempel.se",
    ),
    *("åsa.öberg@exempelköping.se", "bo\u0308rje@exempel.se", "tolvan+tips@exempel.se", "tolvan.info@exempel.se"),
    *("polisen.tolvan@polisen.se", "info@gmail.com", "kontakt@outlook.com", "kommun@hotmail.se", "tolvan@xn--a-zfa.se"),
    *("tolvan (at) exempel.se", "tolvan [at] exempel (punkt) se", "tolvan(snabel-a)exempel.se", "tolvan @ exempel.se"),
    *(
        "tolvan%40exempel.se",
        "tolvan＠exempel.se",
        "tol\u00advan@exempel.se",
        "tolvan@exem\u200bpel.se",
        "trygg@exempel.se",
    ),
]
FUNCTIONS = [
    *(
        "info@exempel.se",
        "kontakt@exempel.se",
        "kommun@exempel.se",
        "kommunen@upplands-bro.se",
        "registrator@exempel.se",
    ),
    *(
        "diarium@exempel.se",
        "kansli@exempel.se",
        "trygghet@exempel.se",
        "brottsförebyggande@exempel.se",
        "press@exempel.se",
    ),
    *(
        "brottsforebyggande_samordnare@exempel.se",
        "trygghet.samordnare@exempel.se",
        "polisen@exempel.se",
        "post@exempel.se",
    ),
    *("kundtjänst@exempel.se", "medborgarservice@exempel.se", "kontakt-center@exempel.se", "epost@exempel.se"),
    *(
        "tips@exempel.se",
        "support@exempel.se",
        "no-reply@exempel.se",
        "info2@exempel.se",
        "upplands-bro.kommun@upplands-bro.se",
    ),
    *("socialjouren@exempel.se", "lokalpolisen.info@exempel.se", "KOMMUN@EXEMPEL.SE", "kommunen (at) exempel.se"),
]
OTHERS = [
    *("3 @ 5 kr", "3 @ 5.kr", "@fritid", "tack @fritid", "tack @fritid.se", "root@localhost", "tolvan@", "@exempel.se"),
    *(
        "https://exempel.se/@59.1,17.2",
        "https://exempel.se/@tolvan.tolvansson/text",
        "verktyg@7.0.1",
        "(at)",
        "möte (at) 12.00",
    ),
]


def found(text: str) -> list[str]:
    return [text[u.start : u.end] for u in find_uppgifter(text) if u.slag == "epostadress"]


@pytest.mark.parametrize("frame", ["{}", "Skriv till {}.", "<{}>", "mailto:{}", "'{}'", "Rån;{};12", "a@{{}},{}"])
@pytest.mark.parametrize("address", PERSONS)
def test_a_persons_address_is_found_exactly_and_the_part_before_at_is_masked(address: str, frame: str) -> None:
    text = frame.format(address)
    assert found(text) == [address]
    masked = mask(text)
    assert len(masked) == len(text)
    assert find_uppgifter(masked) == []
    assert "tolvan" not in masked.lower()


@pytest.mark.parametrize("text", FUNCTIONS + OTHERS)
@pytest.mark.parametrize("frame", ["{}", "Skriv till {}.", "Rån;{};12"])
def test_a_functions_mailbox_and_other_uses_of_at_are_left_alone(text: str, frame: str) -> None:
    assert find_uppgifter(frame.format(text)) == []
    assert mask(text) == text


def test_the_domain_is_kept_for_whoever_is_to_mend_it() -> None:
    assert mask("Skriv till tolvan.tolvansson@exempel.se, tack.") == "Skriv till •••••••••••••••••@exempel.se, tack."


def test_addresses_side_by_side_are_all_found() -> None:
    text = "tolvan@exempel.se,info@exempel.se;elvan@exempel.se tian@exempel.se/nian@exempel.se"
    assert found(text) == ["tolvan@exempel.se", "elvan@exempel.se", "tian@exempel.se", "nian@exempel.se"]


words = st.text(string.ascii_lowercase + "åäö", min_size=1, max_size=12)


@given(words, words, st.sampled_from([".", "_", "-", ""]), words, st.sampled_from(["se", "com", "nu", "museum"]))
def test_any_name_at_a_providers_domain_is_a_person(first: str, last: str, mark: str, sub: str, top: str) -> None:
    for domain in ("gmail.com", f"hotmail.{top}", f"{sub}.live.se"):
        assert found(f"{first}{mark}{last}@{domain}") == [f"{first}{mark}{last}@{domain}"]
