"""The journal's lines and the state they add up to: what was delivered stays so, and the unknown waits for a person."""

from __future__ import annotations

import dataclasses
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.mail.credentials import Credentials, plain_response
from uppfoljning.mail.journal import (
    Journal,
    JournalEntry,
    JournalEvent,
    ReportId,
    earlier_version,
    key_of,
    line_of,
    parse,
    separator_after,
    state_of,
)
from uppfoljning.mail.select import choose
from uppfoljning.mail.server_words import clean, final, meaning, refusal
from uppfoljning.model.mottagare import Mottagare
from uppfoljning.text.mail_address import parse_adress

A, B = parse_adress("a@example.se"), parse_adress("b@example.se")
HANDELSER: list[JournalEvent] = list(get_args(JournalEvent))


def entry(
    handelse: JournalEvent, nyckel: str = "k", sha256: str = "s", tid: str = "2022-09-01T10:00:00+00:00", **more: str
) -> JournalEntry:
    return JournalEntry(tid, handelse, nyckel, "r.pdf", sha256, "halvar", "2022-H1", "utskott", "a@example.se", **more)


events = st.lists(st.sampled_from(HANDELSER), max_size=12)
posts = st.builds(
    entry, st.sampled_from(HANDELSER), st.sampled_from("kl"), svar=st.text(max_size=30), korning=st.text(max_size=5)
)


@given(st.lists(posts, max_size=8))
def test_what_is_written_is_read_back(lines: list[JournalEntry]) -> None:
    assert parse(b"".join(map(line_of, lines))) == Journal(tuple(lines))


@given(st.lists(posts, min_size=1, max_size=6), st.data())
def test_a_file_cut_anywhere_loses_at_most_its_last_line_and_goes_on_after_it(
    lines: list[JournalEntry], data: st.DataObject
) -> None:
    content = b"".join(map(line_of, lines))
    cut = content[: data.draw(st.integers(0, len(content)))]
    found = parse(cut)
    assert found.damaged == ()
    assert found.entries == tuple(lines[: len(found.entries)])
    assert len(found.entries) >= cut.count(b"\n")
    assert found.interrupted == (not cut.endswith(b"\n") and cut != b"" and len(found.entries) == cut.count(b"\n"))
    following = entry("framme", "m")
    after = parse(cut + separator_after(cut) + line_of(following))
    assert after == Journal((*found.entries, following))


def test_a_line_that_is_something_else_is_told_by_its_number() -> None:
    good = line_of(entry("skickad"))
    days = (b"igar", b"2022-09-01", b"9999-12-31T23:59:59+00:00")
    for bad in (
        *(good.replace(b"2022-09-01T10:00:00+00:00", day) for day in days),
        good.replace(b'"s"', b'"\\ud800"'),
        b"hej\n",
        b"{}\n",
        b"[1]\n",
        b'{"format": 2}\n',
        b"\xff\n",
        good.replace(b"skickad", b"skickat"),
        b"\n",
    ):
        assert parse(good + bad + good).damaged == (2,)


@given(events)
def test_what_a_server_took_stays_delivered_and_what_a_person_said_until_they_say_otherwise(
    after: list[JournalEvent],
) -> None:
    found = state_of([entry("skickad"), *map(entry, after)])["k"]
    assert (found.code, found.handelse) == ("skickad", "skickad")
    said = state_of([entry("framme"), *map(entry, after)])["k"]
    assert said.handelse == "framme" or "igen" in after


@given(events)
def test_nothing_but_a_refusal_or_a_person_makes_the_unknown_known(after: list[JournalEvent]) -> None:
    state = state_of([entry("skickar"), *map(entry, after)])["k"]
    settling = {"skickad", "avvisad", "uppskjuten", "framme", "igen"}
    assert state.code == "okand" or set(after) & settling


@given(events, events)
def test_one_receivers_events_say_nothing_of_another(mine: list[JournalEvent], others: list[JournalEvent]) -> None:
    alone = state_of(map(entry, mine)).get("k")
    mixed = state_of([*(entry(h, "annan") for h in others), *map(entry, mine)]).get("k")
    assert alone == mixed


@given(events, st.sampled_from(["", "x", "y"]))
def test_nobody_is_chosen_who_has_it_or_may_have_it(before: list[JournalEvent], korning: str) -> None:
    rapport = ReportId("r.pdf", "s", "halvar", "2022-H1", "utskott")
    key = key_of(rapport.sha256, "2022-H1", A)
    journal = Journal(tuple(entry(h, key, rapport.sha256, korning="x") for h in before))
    selection = choose(rapport, (Mottagare(adress=A), Mottagare(adress=B)), journal, korning)
    code = state_of(journal.entries)[key].code if before else "ny"
    chosen = {v.mottagare.adress for v in selection.to_send}
    assert (B in chosen) == (korning == "")
    assert (A in chosen) == (code == "reserverad" and korning == "x" if korning else code in {"ny", "inte"})
    assert not set(selection.to_send) & {*selection.sent, *selection.unknown}
    if not korning:
        assert len(selection.to_send) + len(selection.sent) + len(selection.unknown) == 2
        assert {v.mottagare.adress for v in selection.again({key}).to_send} == {A, B}


def test_the_key_is_of_the_report_the_period_and_the_mailbox() -> None:
    assert key_of("s", "2022-H1", A) == key_of("s", "2022-H1", parse_adress("A@EXAMPLE.se"))
    assert (
        len(
            {key_of("s", "2022-H1", A), key_of("t", "2022-H1", A), key_of("s", "2022-H2", A), key_of("s", "2022-H1", B)}
        )
        == 4
    )


def test_an_earlier_version_is_one_of_the_same_report_that_may_have_come() -> None:
    def sent(handelse: JournalEvent, sha256: str, **changes: str) -> JournalEntry:
        return dataclasses.replace(entry(handelse, key_of(sha256, "2022-H1", A), sha256), **changes)  # type: ignore[arg-type] - all are texts

    def earlier(*entries: JournalEntry) -> str:
        return earlier_version(entries, ReportId("r.pdf", "new", "halvar", "2022-H1", "utskott"), A)

    assert earlier(sent("skickad", "old")) == "2022-09-01T10:00:00+00:00"
    assert earlier(sent("skickar", "old")) != ""
    assert earlier(sent("reserverad", "old", korning="1")) != ""  # a run on another machine may have sent it
    assert earlier(sent("skickad", "old", tid="2022-09-01"), sent("framme", "older", tid="2022-09-03")) == "2022-09-03"
    for none in (
        sent("skickad", "new"),
        sent("avvisad", "old"),
        sent("skickad", "old", slag="slut"),
        sent("skickad", "old", exempel="ja"),
        entry("skickad", "b", "old"),
    ):
        assert earlier(none) == ""


# --- what a server says ---


def test_an_answer_is_a_delivery_a_refusal_or_a_delay() -> None:
    codes = (250, 251, 354, 421, 450, 550, 599, 600, 199, -1)
    assert [final(kod, b"x").event for kod in codes] == [
        *("skickad", "skickad", "okant", "uppskjuten", "uppskjuten", "avvisad", "avvisad", "okant", "okant", "okant")
    ]
    found = [refusal(kod, b"x") for kod in codes]
    assert [r.event if r else None for r in found] == [
        *(None, None, None, "uppskjuten", "uppskjuten", "avvisad", "avvisad", None, None, None)
    ]


def test_a_servers_words_are_short_visible_and_have_no_persons_address() -> None:
    said = clean(550, b"5.1.1 <anna.svensson@example.se>\n\x1b[31m " + b"x" * 1000)
    assert said.startswith("550 5.1.1 <•••••••••••••@example.se> [U+001B][31m xxx")
    assert len(said) < 320
    assert meaning(550, b"5.1.1 x") == "adressen finns inte hos mottagaren"
    assert meaning(550, b"5.1.111 x") == "mottagarens brevlåda går inte att nå"
    assert meaning(499, b"") == "servern bad oss vänta"


def test_a_secret_is_hidden_in_every_form_and_never_printed() -> None:
    import base64

    login = Credentials("anna", "hemligt å", is_token=False)
    assert "hemligt" not in repr(login)
    encoded = base64.b64encode(plain_response(login)).decode()
    assert login.hide(f"a {encoded} b hemligt å c") == "a ••• b ••• c"
