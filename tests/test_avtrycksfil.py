"""An imprint survives being written and read, and tells the same changes before and after."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, insats, svar, underlag
from uppfoljning.facts.compare.avtryck_json import (
    SLAG,
    AvtrycksfilError,
    Berattat,
    Frystavtryck,
    read_avtryck,
    write_avtryck,
)
from uppfoljning.facts.compare.differences import compare
from uppfoljning.facts.compare.keys import Andring, Avtryck, Avtrycksslag, Insatsnamn, Nyckel, Varde
from uppfoljning.facts.compare.since_closing import (
    Efterhand,
    Rapporterat,
    Sammanhang,
    full_imprint,
    read_context,
    write_context,
)
from uppfoljning.model.frysning import Tidigare
from uppfoljning.text.plaintext import nfc

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20).map(nfc)
"""Texts as everything is read, with å as one character."""
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
KEYS = st.builds(
    Nyckel,
    st.sampled_from(get_args(Avtrycksslag)),
    *[TEXTS] * 7,
    ar=st.integers(0, 2100),
    tabell_ar=st.integers(0, 2100),
    dag=TEXTS,
    nr=st.integers(0, 9),
)
VALUES = st.builds(Varde, TEXTS, TEXTS, DAYS, TEXTS)
IMPRINTS = st.builds(
    Avtryck,
    st.just(K1),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.dictionaries(KEYS, VALUES, max_size=6),
    st.dictionaries(TEXTS, st.builds(Insatsnamn, TEXTS, TEXTS, TEXTS), max_size=3),
    st.dictionaries(TEXTS, st.frozensets(TEXTS, max_size=3), max_size=3),
)


@given(IMPRINTS, IMPRINTS)
def test_an_imprint_is_the_same_after_being_written_and_read(one: Avtryck, other: Avtryck) -> None:
    changes = compare(one, other)
    frozen = Frystavtryck(one, SLAG, (Berattat(K2, "0" * 64, changes),))
    again = read_avtryck(write_avtryck(frozen).encode("utf-8"))
    assert again == frozen
    assert list(again.avtryck.insatser) == list(one.insatser)
    assert compare(one, again.avtryck) == ()


@given(IMPRINTS, st.lists(st.builds(Andring, KEYS, VALUES, st.none() | VALUES), max_size=3), TEXTS.filter(str.strip))
def test_a_context_is_the_same_after_being_written_and_read(
    imprint: Avtryck, changes: list[Andring], reason: str
) -> None:
    since = Efterhand(K1, date(2022, 5, 10), "0" * 64, "uppfoljning 0.1.0", tuple(changes), imprint.insatser)
    earlier = Tidigare(nr=1, stangd=date(2022, 5, 10), skal=reason.strip(), skadad=True)
    context = Sammanhang({K1: Rapporterat(imprint, "1" * 64)}, (since,), (earlier,))
    assert read_context(write_context(context).encode("utf-8")) == context


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"avtrycksformat": 2}', b"[" * 50_000])
def test_what_is_no_imprint_is_refused_without_a_crash(content: bytes) -> None:
    with pytest.raises(AvtrycksfilError):
        read_avtryck(content)


def test_the_imprint_of_a_quarter_tells_that_a_text_was_changed_but_holds_nothing_of_it() -> None:
    def imprint(**fields: str) -> Avtryck:
        return full_imprint(underlag([insats()], (svar(**fields),)), K1, date(2022, 4, 30))

    before, after = imprint(kommentar="Det går trögt."), imprint(kommentar="Det går bra.")
    changes = compare(before, after)
    assert [(a.nyckel.slag, a.nyckel.insats, a.nyckel.aktor) for a in changes] == [("svarstext", "A-1", "fritid")]
    assert "trögt" not in write_avtryck(Frystavtryck(before))
    assert compare(imprint(intern="A"), imprint(intern="B")) == ()
