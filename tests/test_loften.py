"""Promises can't be lowered unseen: what differs from a closing is told until a row of historik names it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, K3, insats, svar, underlag
from uppfoljning.check import check
from uppfoljning.facts.compare.avtryck import make_avtryck
from uppfoljning.facts.compare.keys import FIRST_KINDS, Avtryck
from uppfoljning.facts.compare.promises import Stangning, promises, unnamed_changes
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import judge_all
from uppfoljning.model.period import Kvartal
from uppfoljning.text.swedish import spelled
from uppfoljning.words.changes import Andringsord

CLOSED = date(2022, 5, 10)
BASE: dict[str, Any] = {
    "frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"},
    "malsattning": {"antal": 6, "enhet": "vandringar", "senast": date(2023, 12, 31)},
    "moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": date(2023, 6, 30)}],
    "start": "våren 2022",
    "ansvariga": ["fritid", "skola"],
    "raknas_av": "fritid",
    "platser": ["Finnsta"],
}
PEOPLE = ("fritid", "skola")


def imprint(fields: dict[str, Any], kvartal: Kvartal = K1) -> Avtryck:
    data = underlag([insats("A-1", **fields)], (svar("A-1", kvartal=kvartal),))
    lage = merge(data, kvartal)
    return make_avtryck(data, lage, judge_all(data, lage))


def told(now: dict[str, Any], *closed: tuple[Kvartal, date, dict[str, Any]], by: date = date.max) -> list[str]:
    """What is told of promises that differ from closings, as sentences."""
    data = underlag([insats("A-1", **now)], ())
    values = {n: v for _, i, _ in data.insatser() for n, v in promises(i)}
    closings = [Stangning(q, day, imprint(fields, q)) for q, day, fields in closed or ((K1, CLOSED, BASE),)]
    words = Andringsord(data, closings[-1].avtryck.insatser)
    found = unnamed_changes(data, values, closings, by, by)
    return [text.mening.replace("\u00a0", " ") for _, andring in found for text in words.text(andring)]


def with_field(name: str, **changes: Any) -> dict[str, Any]:
    return {**BASE, name: {**BASE[name], **changes}}


def revised(text: str, day: date = date(2022, 6, 2)) -> dict[str, Any]:
    return {"historik": [{"handelse": "reviderad", "datum": day, "andring": text, "skal": "Beslut i styrgruppen."}]}


CHANGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("aim", with_field("malsattning", antal=4), "Målsättningen: 4 vandringar, förut 6 vandringar.",
     "Målet är nu fyra."),
    ("aim raised", with_field("malsattning", antal=9), "Målsättningen: 9 vandringar, förut 6 vandringar.",
     "Nu är målet 9 vandringar."),
    ("how often", with_field("frekvens", antal=2), "Hur ofta: 2 vandringar per år, förut 3 vandringar per år.",
     "Två vandringar om året."),
    ("of what", {**with_field("frekvens", enhet="möten"), "malsattning": {**BASE["malsattning"], "enhet": "möten"}},
     "Vad som räknas: möten, förut vandringar.", "Det som räknas är möten."),
    ("last day", with_field("malsattning", senast=date(2024, 12, 31)),
     "Målsättningens sista dag: 31 december 2024, förut 31 december 2023.", "Flyttas till utgången av 2024."),
    ("milestone", {**BASE, "moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": date(2023, 9, 30)}]},
     "Momentet Planen skriven: senast 30 september 2023, förut senast 30 juni 2023.", "Klart 30 september 2023."),
    ("milestone gone", {**BASE, "moment": []},
     "Momentet Planen skriven: Inte längre, förut senast 30 juni 2023.",
     "Momentet Planen skriven utgår."),
    ("start", {**BASE, "start": "hösten 2022"}, "Start: hösten 2022, förut våren 2022.", "Startar hösten 2022."),
    ("who", {**BASE, "ansvariga": ["fritid"]}, "Ansvarig, Skola: Inte längre, förut ja.", "Skola svarar inte längre."),
    ("where", {**BASE, "platser": ["Råby"]}, "Plats Råby: ja.", "Nu i Råby, inte Finnsta."),
    ("least", with_field("malsattning", minst=True), "Målsättningen, minst: ja, förut nej.", "Minst sex."),
]  # fmt: skip
IDS = [name for name, *_ in CHANGES]


@pytest.mark.parametrize(("now", "expected"), [(now, text) for _, now, text, _ in CHANGES], ids=IDS)
def test_every_kind_of_promise_that_has_changed_is_told_with_what_it_was(now: dict[str, Any], expected: str) -> None:
    assert expected in told(now)


@pytest.mark.parametrize(("now", "text"), [(now, named) for _, now, _, named in CHANGES], ids=IDS)
def test_a_row_that_says_what_it_became_is_enough(now: dict[str, Any], text: str) -> None:
    assert told({**now, **revised(text)}) == []


@pytest.mark.parametrize("now", [now for _, now, _, _ in CHANGES], ids=IDS)
def test_a_row_about_something_else_or_from_before_the_closing_is_not(now: dict[str, Any]) -> None:
    assert told({**now, **revised("Rubriken är omskriven.")}) == told(now) != []
    named = next(text for _, fields, _, text in CHANGES if fields is now)
    assert told({**now, **revised(named, CLOSED)}) == told(now)


@pytest.mark.parametrize("now", [now for _, now, _, _ in CHANGES], ids=IDS)
def test_the_sentence_that_is_told_is_itself_enough_as_a_row(now: dict[str, Any]) -> None:
    assert told({**now, **revised(" ".join(told(now)))}) == []


def test_nothing_is_told_when_nothing_has_changed_or_it_is_as_it_was_again() -> None:
    assert told(BASE) == []
    assert told(BASE, (K1, CLOSED, BASE), (K2, date(2022, 8, 20), with_field("malsattning", antal=4))) == []


def test_a_change_that_went_unnamed_through_a_closing_is_still_told_from_what_was_first_agreed() -> None:
    lower = with_field("malsattning", antal=4)
    closings = ((K1, CLOSED, BASE), (K2, date(2022, 8, 20), lower))
    assert told(lower, *closings) == ["Målsättningen: 4 vandringar, förut 6 vandringar."]
    assert told({**lower, **revised("Målet är nu fyra.")}, *closings) == []


def test_a_change_that_was_named_is_what_the_next_is_told_from() -> None:
    five = {**with_field("malsattning", antal=5), **revised("Målet är nu fem.")}
    four = {**with_field("malsattning", antal=4), **revised("Målet är nu fem.")}
    closings = ((K1, CLOSED, BASE), (K2, date(2022, 8, 20), five))
    assert told(four, *closings) == ["Målsättningen: 4 vandringar, förut 5 vandringar."]


def test_an_insats_that_is_ended_or_gone_is_told_as_that_alone() -> None:
    ended = {"historik": [{"handelse": "avslutad", "datum": date(2022, 6, 2), "skal": "Klart."}]}
    assert told({**with_field("malsattning", antal=4), **ended}) == []
    data = underlag([insats("B-1")], ())
    closing = Stangning(K1, CLOSED, imprint(BASE))
    found = [a for _, a in unnamed_changes(data, {}, [closing], date.max, date.max)]
    assert [(a.nyckel.slag, a.nyckel.insats, a.till) for a in found] == [("insats", "A-1", None)]


def test_a_closing_that_knows_nothing_of_promises_has_nothing_changed() -> None:
    old = imprint(BASE)
    old = Avtryck(old.kvartal, old.per, old.varden, old.insatser, old.dagar, FIRST_KINDS)
    data = underlag([insats("A-1")], ())
    assert list(unnamed_changes(data, {}, [Stangning(K1, CLOSED, old)], date.max, date.max)) == []


def test_the_last_quarter_that_had_it_as_it_was_is_named() -> None:
    data = underlag([insats("A-1", **with_field("malsattning", antal=4))], ())
    values = {n: v for _, i, _ in data.insatser() for n, v in promises(i)}
    closings = [Stangning(q, date(2022, 3 + 3 * q.nr, 1), imprint(BASE, q)) for q in (K1, K2, K3)]
    assert [q for q, _ in unnamed_changes(data, values, closings, date.max, date.max)] == [K3]


@pytest.mark.parametrize(
    "text",
    [
        "Texten om platserna är omskriven den 4 maj.",
        "Vandringarna hålls på fyra platser.",
        "Målsättningen är sex vandringar, förut fyra.",
        "Beslut enligt § 4.",
        "Fyra nya aktörer går med.",
    ],
)
def test_a_number_that_counts_something_else_names_nothing(text: str) -> None:
    assert told({**with_field("malsattning", antal=4), **revised(text)}) != []


@pytest.mark.parametrize("number", [1, 2, 13, 18, 22])
@pytest.mark.parametrize("text", ["Målet är nu {} vandringar.", "{} trygga vandringar räcker.", "Antalet blir {}."])
def test_a_number_may_be_written_in_letters_or_figures(number: int, text: str) -> None:
    for written in (str(number), spelled(number)):
        assert told({**with_field("malsattning", antal=number), **revised(text.format(written))}) == []


def test_an_end_far_ahead_hides_nothing_until_it_has_come() -> None:
    ends = {"historik": [{"handelse": "avslutad", "datum": date(2023, 12, 31), "skal": "Klart då."}]}
    lower = {**with_field("malsattning", antal=1), **ends}
    assert told(lower, by=date(2022, 8, 15)) == ["Målsättningen: 1 vandringar, förut 6 vandringar."]


def test_what_a_milestone_means_and_who_counts_are_promises_too() -> None:
    other = {**BASE, "moment": [{**BASE["moment"][0], "rubrik": "Ett utkast skrivet"}]}
    assert told(other) == ["Momentets lydelse: Ett utkast skrivet, förut planen skriven."]
    assert told({**BASE, "raknas_av": "skola"}) == [
        "Räknas av, Fritid: Inte längre, förut ja.",
        "Räknas av, Skola: ja.",
    ]


def test_who_answered_before_a_revision_that_names_it_may_have_answered() -> None:
    def codes(andring: str, kvartal: Kvartal = K1) -> list[str]:
        fields = {"ansvariga": ["fritid"], **revised(andring)}
        return [p.kod for p in check(underlag([insats("A-1", **fields)], (svar("A-1", "skola", kvartal),)))]

    assert codes("Fritid tar över efter Skola.") == []
    assert codes("Fritid tar över efter Förskolan.") == ["inte-ansvarig"]
    assert codes("Fritid tar över efter Skola.", K3) == ["inte-ansvarig"]
