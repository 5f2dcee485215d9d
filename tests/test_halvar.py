"""The half-yearly and the final report in words: what is asked, what goes well and badly, what has changed."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4, insats, svar, underlag
from conftest import Run
from uppfoljning.errors import UsageError
from uppfoljning.model import Halvarsfil
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Halvarspost, Svarspost, Underlag
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.halvar import choose_forum, choose_half_year, halvarsvy
from uppfoljning.report.halvar.skrivelse import paper_view
from uppfoljning.report.halvar.two_pages import Fullt, Ruta, fit_proposals, two_pages
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.halvar import Halvarsvy
from uppfoljning.report.views.kvartal import Radvy
from uppfoljning.text.swedish import number_word

H1, H2 = Halvar(2022, 1), Halvar(2022, 2)
LATE = {"moment": [{"id": "klar", "rubrik": "Planen antagen", "senast": date(2022, 2, 15)}]}
AHEAD = {"moment": [{"id": "klar", "rubrik": "Planen antagen", "senast": date(2023, 11, 15)}]}
FORLANGNING = {
    "ar": 2,
    "villkor": "Parterna samråder först.",
    "samrad_senast": date(2023, 6, 30),
    "kalla": "avsnitt 3",
}


def view(
    read: Underlag,
    halvar: Halvar = H1,
    forum: str | None = "utskott",
    *,
    slut: bool = False,
    per: date | None = None,
    uppgifter: dict[str, Any] | None = None,
) -> Halvarsvy:
    """The report of an agreement in memory; ``uppgifter`` is what its file says."""
    if uppgifter is not None:
        post = Halvarspost(halvar, slut, "data/halvar/x.yaml", Halvarsfil(halvar=halvar, **uppgifter))
        read = replace(read, halvar=(post,))
    mottagare = choose_forum(read, halvar, forum) if read.overenskommelse.forum else None
    return halvarsvy(Granskat(read, ()), halvar, per, mottagare, "slut" if slut else "halvar")


def plain(text: str) -> str:
    """A text as one types it."""
    return text.replace("\u00a0", " ").replace("\u2009", " ")


def rows(box: Any) -> list[str]:
    """The rows of a box as one reads them."""
    return [
        plain(" ".join(filter(None, (r.status.ord, r.insats, f"{r.rubrik}." if r.rubrik else "", r.text))))
        for r in box.rader
    ]


# --- förslag till beslut ---

FIRST = (
    "Utskottet lägger rapporten ”Uppföljning första halvåret 2022” om överenskommelsen mellan Exempelköpings kommun "
    "och Lokalpolisområde Exempel till handlingarna."
)


def asked(**fields: Any) -> Underlag:
    """An agreement in which Fritid asks one question."""
    return underlag([insats()], (svar(beslut_behovs={"fraga": "Får bryggan byggas?", **fields}),))


QUESTIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"av": "Styrgruppen"}, []),
    ({"av": "Kommunstyrelsen"}, []),
    ({"av": "Utskottet"}, ["Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas?"]),
    ({"av": "utskott"}, ["Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas?"]),
    ({"av": "utskottet"}, ["Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas?"]),
    (
        {"av": "Utskottet", "senast": date(2022, 10, 1)},
        [
            "Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas? Beslutet behövs senast den "
            "1 oktober 2022."
        ],
    ),
    (
        {"av": "Utskottet", "senast": date(2022, 5, 1)},
        [
            "Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas? Beslutet behövdes senast den "
            "1 maj 2022."
        ],
    ),
    ({"av": "Utskottet", "forslag": "Utskottet godkänner bryggan"}, ["Utskottet godkänner bryggan."]),
    ({"av": "Utskottet", "forslag": "Utskottet godkänner\n  bryggan."}, ["Utskottet godkänner bryggan."]),
]


@pytest.mark.parametrize(("fields", "expected"), QUESTIONS, ids=str)
def test_a_question_becomes_a_proposal_to_the_forum_that_decides_it(
    fields: dict[str, Any], expected: list[str]
) -> None:
    vy = view(asked(**fields))
    assert [plain(text) for text in vy.forslag] == [FIRST, *expected]
    others = [plain(row) for row in rows(vy.sidorna.andra)]
    assert len(others) == (not expected)


def test_questions_come_in_the_order_they_must_be_decided_and_the_files_own_last() -> None:
    days = {"A-1": None, "A-2": date(2022, 10, 1), "A-3": date(2022, 9, 1)}
    answers = tuple(
        svar(i, beslut_behovs={"fraga": f"Fråga {i}?", "av": "Utskottet", **({"senast": day} if day else {})})
        for i, day in days.items()
    )
    uppgifter = {"arenden": [{"forum": "utskott", "forslag": ["Utskottet tackar"]}, {"forum": "styrgrupp"}]}
    vy = view(underlag([insats(i) for i in days], answers), uppgifter=uppgifter)
    assert [re.findall(r"Fråga (A-\d)|tackar", text) for text in vy.forslag] == [[], ["A-3"], ["A-2"], ["A-1"], [""]]
    assert vy.forslag[-1] == "Utskottet tackar."


def test_a_settled_question_is_proposed_to_nobody() -> None:
    settled = {"beslut": [{"kvartal": "2022-K1", "utfall": "bifall", "datum": date(2022, 7, 1), "text": "Ja."}]}
    read = asked(av="Utskottet")
    answers = (*read.svar, svar(kvartal=K2, **settled))
    assert len(view(replace(read, svar=answers)).forslag) == 1


SAMRAD: list[tuple[str, dict[str, Any], date, list[str]]] = [
    (
        "ahead",
        {"forlangning": FORLANGNING},
        date(2022, 8, 1),
        [
            "Utskottet ger Exempelköpings kommuns samordnare i uppdrag att senast den 30 juni 2023 samråda med "
            "Lokalpolisområde Exempel om överenskommelsen ska förlängas med två år."
        ],
    ),
    ("passed", {"forlangning": {**FORLANGNING, "samrad_senast": date(2022, 7, 1)}}, date(2022, 8, 1), []),
    ("no extension", {}, date(2022, 8, 1), []),
]


@pytest.mark.parametrize(("changes", "per", "expected"), [case[1:] for case in SAMRAD], ids=[c[0] for c in SAMRAD])
def test_samrad_is_proposed_as_long_as_its_last_day_lies_ahead(
    changes: dict[str, Any], per: date, expected: list[str]
) -> None:
    vy = view(underlag([insats()], (svar(kvartal=K2),), **changes), slut=True, per=per)
    assert [plain(text) for text in vy.forslag[1:]] == expected


def test_with_one_party_there_is_nobody_to_hold_samrad_with() -> None:
    parter = [{"id": "kommunen", "namn": "Exempelköpings kommun", "uppfoljare": "samordnare"}]
    aktorer = [{"id": "fritid", "namn": "Fritid", "del_av": "kommunen"}]
    vy = view(underlag([insats()], (svar(),), forlangning=FORLANGNING, parter=parter, aktorer=aktorer), slut=True)
    assert [plain(text) for text in vy.forslag] == [
        "Utskottet lägger rapporten ”Slutrapport 2022–2023, läget efter två av åtta kvartal” om Exempelköpings kommuns "
        "överenskommelse till handlingarna."
    ]


def test_the_final_report_says_by_when_and_on_what_terms_the_agreement_can_be_extended() -> None:
    vy = view(underlag([insats()], (svar(kvartal=K2),), forlangning=FORLANGNING), slut=True, per=date(2022, 8, 1))
    assert vy.slut is not None
    told = {f.etikett: plain(f.text) for f in vy.slut.samrad}
    assert told["Överenskommelsen gäller till"] == "31 december 2023."
    assert told["Samråd senast"] == "30 juni 2023; 333 dagar återstår."
    assert told["Villkor"] == "Parterna samråder först. Förlängningen gäller två år i taget."
    assert told["Insatserna"] == "Insatsen är inte genomförd."
    assert "(2023:196)" in told["Lagen"]


LEFT = [(date(2023, 6, 29), "en dag"), (date(2023, 6, 30), "sista"), (date(2023, 7, 1), "passerat")]


@pytest.mark.parametrize(("per", "told"), LEFT, ids=str)
def test_the_days_left_until_samrad_are_told_right(per: date, told: str) -> None:
    vy = view(underlag([insats()], (svar(),), forlangning=FORLANGNING), Halvar(2023, 1), slut=True, per=per)
    assert vy.slut is not None
    text = plain(next(f.text for f in vy.slut.samrad if f.etikett == "Samråd senast"))
    assert (
        text
        == {
            "en dag": "30 juni 2023; 1 dag återstår.",
            "sista": "30 juni 2023; dagen är inne.",
            "passerat": "30 juni 2023; dagen har passerat.",
        }[told]
    )


def test_an_agreement_that_says_nothing_of_extension_is_told_so() -> None:
    vy = view(underlag([insats()], (svar(),)), slut=True)
    assert vy.slut is not None
    assert "Överenskommelsen säger inget om förlängning." in [f.text for f in vy.slut.samrad]


def test_the_law_is_named_only_where_the_agreement_or_the_day_reaches_it() -> None:
    earlier = underlag([insats()], (svar(),), giltig_till=date(2022, 12, 31))
    for read, per, named in ((earlier, None, False), (earlier, date(2023, 7, 1), True)):
        halvar = H2 if per else H1
        vy = view(read, halvar, slut=True, per=per)
        assert vy.slut is not None
        assert ("Lagen" in [f.etikett for f in vy.slut.samrad]) == named


DONE: list[tuple[list[str], str]] = [
    (["pagar"], "Insatsen är inte genomförd."),
    (["genomford"], "Insatsen är genomförd."),
    (["pagar", "pagar"], "Ingen av 2 insatser är genomförd."),
    (["genomford", "pagar"], "Å-1 är genomförd; en av 2 insatser återstår."),
    (["genomford", "genomford", "pagar"], "Å-1 och Å-2 är genomförda; en av 3 insatser återstår."),
    (["genomford", "genomford"], "Alla insatser är genomförda."),
]


@pytest.mark.parametrize(("states", "expected"), DONE, ids=str)
def test_what_goes_on_is_told_for_any_number(states: list[str], expected: str) -> None:
    ids = [f"A-{n}" for n in range(1, len(states) + 1)]
    answers = tuple(svar(i, kvartal=K2, genomforande=state) for i, state in zip(ids, states, strict=True))
    vy = view(underlag([insats(i) for i in ids], answers), slut=True)
    assert vy.slut is not None
    assert plain(next(f.text for f in vy.slut.samrad if f.etikett == "Insatserna")) == expected


# --- what goes well, badly, and is unsure ---


def several(good: int, late: int, done: int, open_: int) -> Underlag:
    """So many insatser that follow their plans, are late, are done without a plan, and can't be judged."""
    kinds = [AHEAD] * good + [LATE] * late + [{}] * (done + open_)
    made = [insats(f"A-{n}", **kind) for n, kind in enumerate(kinds, 1)]
    states = ["pagar"] * (good + late) + ["genomford"] * done + ["pagar"] * open_
    return underlag(made, tuple(svar(i["id"], kvartal=K2, genomforande=s) for i, s in zip(made, states, strict=True)))


WELL: list[tuple[tuple[int, int], str]] = [
    ((0, 0), "Ingen insats kan sägas följa en plan."),
    ((1, 0), "En insats följer planen."),
    ((2, 0), "Två insatser följer planen."),
    ((13, 0), "13 insatser följer planen."),
    ((0, 1), "En insats är genomförd utan att planen går att bedöma."),
    ((0, 2), "Två insatser är genomförda utan att planen går att bedöma."),
    ((1, 1), "En insats följer planen och en är genomförd utan att planen går att bedöma."),
    ((3, 2), "Tre insatser följer planen och två är genomförda utan att planen går att bedöma."),
]


@pytest.mark.parametrize(("numbers", "expected"), WELL, ids=str)
def test_what_goes_well_is_a_right_sentence_for_any_number(numbers: tuple[int, int], expected: str) -> None:
    box = view(several(numbers[0], 0, numbers[1], 1)).sidorna.bra
    assert box.mening == expected


BADLY: list[tuple[int, str]] = [
    (0, "Ingen försening eller risk för försening är känd."),
    (1, "En insats är försenad."),
    (2, "Två insatser är försenade."),
    (30, "30 insatser är försenade."),
]


@pytest.mark.parametrize(("late", "expected"), BADLY, ids=str)
def test_what_goes_badly_is_a_right_sentence_for_any_number(late: int, expected: str) -> None:
    assert view(several(1, late, 0, 0)).sidorna.daligt.mening == expected


def test_silence_and_decisions_that_have_not_come_go_badly_too() -> None:
    fraga = {"fraga": "Får bryggan byggas", "av": "Utskottet", "senast": date(2022, 7, 1)}
    read = underlag(
        [insats(ansvariga=["fritid", "skola"]), insats("A-2", ansvariga=["skola"])], (svar(beslut_behovs=fraga),)
    )
    box = view(read).sidorna.daligt
    assert box.mening == (
        "Ingen har svarat, så det är okänt om något är försenat. Ett beslut har inte fattats i tid. "
        "Svar för kvartal 2 2022 saknas från två aktörer."
    )
    assert rows(box) == [
        "Beslut saknas Å-1 Insats A-1. Får bryggan byggas. Behövdes senast 1 juli 2022. Beslutas av Utskottet.",
        "Inget svar Fritid. Å-1 Insats A-1.",
        "Inget svar Skola. Å-1 Insats A-1 och Å-2 Insats A-2.",
    ]


UNSURE: list[tuple[int, str]] = [
    (0, ""),
    (1, "En insats går inte att bedöma mot en plan, för att överenskommelsen inte anger något antal eller datum att "),
    (4, "Fyra insatser går inte att bedöma mot en plan, för att överenskommelsen inte anger något antal eller datum "),
]


@pytest.mark.parametrize(("number", "expected"), UNSURE, ids=str)
def test_what_can_not_be_judged_is_told_so_that_it_stands_alone(number: int, expected: str) -> None:
    assert expected in view(several(1, 0, 0, number)).sidorna.osakert.mening


def test_an_insats_that_nobody_answers_for_is_unsure_and_not_silent() -> None:
    vy = view(underlag([insats(ansvariga=[])], ()))
    assert rows(vy.sidorna.osakert) == ["Ingen ansvarig Å-1 Insats A-1. Ingen kan svara för insatsen."]
    assert rows(vy.sidorna.daligt) == []


# --- what was done ---


def event(antal: int, vad: str = "möten", month: int = 2) -> dict[str, Any]:
    return {"datum": date(2022, month, 3), "antal": antal, "vad": vad}


def test_what_was_done_in_the_half_year_is_added_up_and_an_earlier_half_year_is_not() -> None:
    answers = (
        svar(utfall={"handelser": [event(3), event(1, "Möten")]}),
        svar(kvartal=K3, utfall={"handelser": [event(2, month=8)]}),
        svar(kvartal=K4, utfall={"handelser": [event(5, month=11)]}),
    )
    read = underlag([insats()], answers)
    assert rows(view(read).sidorna.resultat) == ["Å-1 Insats A-1. Möten: 4."]
    assert rows(view(read, H2).sidorna.resultat) == ["Å-1 Insats A-1. Möten: 7."]
    assert rows(view(read, H2, slut=True).sidorna.resultat) == ["Å-1 Insats A-1. Möten: 11."]


def test_the_count_of_the_one_who_counts_holds_and_what_others_count_beside_it_is_told() -> None:
    shared = insats(ansvariga=["fritid", "polisen"], raknas_av="fritid")
    answers = (
        svar(utfall={"handelser": [event(4)]}),
        svar(aktor="polisen", utfall={"handelser": [event(3), event(2, "patruller")]}),
    )
    assert rows(view(underlag([shared], answers)).sidorna.resultat) == [
        "Å-1 Insats A-1. Möten: 4; Polisen, patruller: 2."
    ]


def test_what_was_done_in_an_insats_that_has_ended_is_told_all_the_same() -> None:
    ended = insats(historik=[{"handelse": "avslutad", "datum": date(2022, 3, 20), "skal": "Klart."}])
    read = underlag([ended, insats("A-2")], (svar(utfall={"handelser": [event(4)]}),))
    assert rows(view(read).sidorna.resultat) == ["Å-1 Insats A-1. Möten: 4."]


def test_counts_about_individuals_are_never_added_up() -> None:
    read = underlag(
        [insats(individinsats=True, redovisa_antal=True)], (svar(kvartal=K2, utfall={"handelser": [event(3)]}),)
    )
    vy = view(read)
    assert rows(vy.sidorna.resultat) == []
    assert "möten: <5 (färre än fem)" in vy.omraden[0].insatser[0].rader[0].text.lower()


# --- the change ---


def quarterly(*kvartal: Kvartal) -> tuple[Svarspost, ...]:
    """Answers for those quarters, of which the later ones see a delay."""
    return tuple(
        svar(kvartal=k, **({"overstyrning": {"plan": "forsenad", "skal": "Sent."}} if n else {}))
        for n, k in enumerate(kvartal)
    )


def test_the_first_half_year_is_compared_with_its_first_quarter() -> None:
    vy = view(underlag([insats(**AHEAD)], quarterly(K1, K2)))
    box = vy.sidorna.forandring
    assert box.rubrik == "Det här har ändrats sedan kvartal 1 2022"
    assert box.mening == "Det finns ingen tidigare halvårsrapport. Sedan kvartal 1 2022 har en insats blivit försenad."


def test_the_second_half_year_is_compared_with_the_end_of_the_first() -> None:
    vy = view(underlag([insats(**AHEAD)], quarterly(K2, K4)), H2)
    box = vy.sidorna.forandring
    assert box.rubrik == "Det här har ändrats sedan kvartal 2 2022"
    assert box.mening == (
        "Den förra halvårsrapporten gällde första halvåret 2022. Sedan kvartal 2 2022 har en insats blivit försenad."
    )


def test_a_half_year_of_one_quarter_without_any_before_says_what_was_reported() -> None:
    vy = view(underlag([insats()], (svar(kvartal=K2),), giltig_fran=date(2022, 4, 1)))
    assert vy.sidorna.forandring.rubrik == "Det här har rapporterats"
    assert vy.sidorna.forandring.mening == "Det finns inget tidigare kvartal att jämföra med."
    assert plain(vy.huvud[1].text) == "1 april–30 juni 2022"


def test_the_final_report_tells_the_change_since_the_first_quarter_only_in_its_annex() -> None:
    vy = view(underlag([insats(**AHEAD)], quarterly(K1, K4)), H2, slut=True)
    assert vy.sidorna.forandring.rader == ()
    assert vy.andrat.sedan == "kvartal 1 2022"
    assert plain(vy.huvud[1].text) == "1 januari–31 december 2022"


# --- head and titles ---

TITLES: list[tuple[Halvar, bool, dict[str, Any], str]] = [
    (H1, False, {}, "Uppföljning första halvåret 2022"),
    (H2, False, {}, "Uppföljning andra halvåret 2022"),
    (H1, True, {}, "Slutrapport 2022–2023, läget efter två av åtta kvartal"),
    (Halvar(2023, 2), True, {}, "Slutrapport 2022–2023"),
    (H2, True, {"giltig_till": date(2022, 12, 31)}, "Slutrapport 2022"),
    (H1, True, {"giltig_fran": date(2022, 4, 1)}, "Slutrapport 2022–2023, läget efter ett av sju kvartal"),
]


@pytest.mark.parametrize(("halvar", "slut", "changes", "expected"), TITLES, ids=[case[3] for case in TITLES])
def test_the_title_says_what_is_reported(halvar: Halvar, slut: bool, changes: dict[str, Any], expected: str) -> None:
    kvartal = Kvartal(halvar.ar, 2 * halvar.nr)
    vy = view(underlag([insats()], (svar(kvartal=kvartal),), **changes), halvar, slut=slut)
    assert vy.rubrik == expected
    assert ("inte slutligt" in " ".join(vy.meningar)) == ("läget efter" in expected)


def test_the_head_says_for_whom_of_when_which_case_and_whose_work() -> None:
    uppgifter = {
        "datum": date(2022, 8, 29),
        "handlaggare": ["samordnare", "kommunpolis"],
        "arenden": [{"forum": "utskott", "diarienummer": "DNR 1", "sammantrade": date(2022, 9, 21)}],
    }
    head = {f.etikett: plain(f.text) for f in view(underlag([insats()], (svar(),)), uppgifter=uppgifter).huvud}
    assert head == {
        "Till": "Utskottet, sammanträde 21 september 2022",
        "Avser": "1 januari–30 juni 2022",
        "Läget per": "30 juli 2022",
        "Datum": "29 augusti 2022",
        "Diarienummer": "DNR 1",
        "Handläggare": "Samordnare och kommunpolis",
    }


def test_without_a_file_the_head_leaves_out_the_case_and_names_those_who_follow_up() -> None:
    head = {f.etikett: plain(f.text) for f in view(underlag([insats()], (svar(),))).huvud}
    assert "Diarienummer" not in head
    assert (head["Till"], head["Handläggare"]) == ("Utskottet", "Samordnare och kommunpolis")


def test_over_many_quarters_the_answers_are_counted_together_and_one_by_one_in_the_annex() -> None:
    vy = view(underlag([insats()], tuple(svar(kvartal=k) for k in (K1, K2, K4))), H2, slut=True)
    assert "3 av 4 svar har kommit under fyra kvartal." in vy.meningar
    assert len(vy.svarsfrekvens) == 4
    assert vy.svarsfrekvens[2] == "Kvartal 3 2022: inget av 1 svar har kommit."


def test_what_has_been_learnt_is_from_the_file_and_from_the_answers() -> None:
    read = underlag([insats()], (svar(lardom="Börja i tid"),))
    vy = view(read, slut=True, uppgifter={"lardomar": ["Mät från början."]})
    assert rows(vy.sidorna.larande) == ["Mät från början.", "Å-1 Insats A-1, Fritid: Börja i tid."]
    none = view(underlag([insats()], (svar(),)), slut=True).sidorna.larande
    assert none.mening == "Inga lärdomar är nedskrivna, varken i svaren eller i uppgifterna till rapporten."


# --- which half-year, for whom ---


@pytest.mark.parametrize(
    ("answered", "chosen"),
    [((), H1), ((K1,), H1), ((K2, K3), H1), ((K3,), H2), ((K2, K4), H2)],
)
def test_the_half_year_is_the_latest_whose_last_quarter_has_answers_else_the_latest_with_any(
    answered: tuple[Kvartal, ...], chosen: Halvar
) -> None:
    read = underlag([insats()], tuple(svar(kvartal=k) for k in answered))
    assert choose_half_year(read, None) == chosen


def test_a_half_year_that_the_agreement_ends_in_is_over_with_its_last_quarter() -> None:
    read = underlag([insats()], (svar(kvartal=K2), svar(kvartal=K3)), giltig_till=date(2022, 9, 30))
    assert choose_half_year(read, None) == H2


def test_the_half_year_must_be_the_agreements() -> None:
    read = underlag([insats()], (svar(kvartal=K3),))
    with pytest.raises(UsageError, match="2021-H2 ligger utanför överenskommelsen, som omfattar 2022-H1 till 2023-H2"):
        choose_half_year(read, Halvar(2021, 2))


FORUM: list[tuple[list[str] | None, str]] = [
    (None, "utskott"),
    (["styrgrupp"], "styrgrupp"),
    (["styrgrupp", "utskott"], "utskott"),
]


@pytest.mark.parametrize(("named", "expected"), FORUM, ids=str)
def test_the_forum_is_the_one_that_it_is_presented_to_and_sees_nothing_intern(
    named: list[str] | None, expected: str
) -> None:
    kalender = {"redovisningar": [{"halvar": "2022-H1", "forum": named}]} if named else {}
    chosen = choose_forum(underlag([insats()], (), kalender=kalender), H1, None)
    assert chosen is not None
    assert chosen.id == expected


def test_without_a_forum_the_report_asks_nobody_anything() -> None:
    vy = view(underlag([insats()], (svar(),), forum=[]))
    assert (vy.forslag, vy.mottagare) == ((), "")
    assert "Förslag till beslut" not in [link.text for link in vy.innehall]
    assert next(f.etikett for f in vy.huvud) == "Avser"


def test_the_paper_has_every_proposal_of_the_report_and_no_more() -> None:
    vy = view(asked(av="Utskottet"))
    paper = paper_view(vy)
    assert paper.forslag == vy.forslag
    assert paper.mottagare == "Utskottet"
    assert any("Det går bra: Ingen insats kan sägas följa en plan." in text for text in paper.sammanfattning)


# --- the two pages ---

TEXTS = st.text("abcdefghi jklmno", min_size=1, max_size=2500).map(lambda text: f"x{text}x")
ROW = st.builds(
    lambda title, text: Radvy("A-1", title[:90], "insats-a-1", Statusvy("forsenad", "Försenad"), text), TEXTS, TEXTS
)


@given(
    proposals=st.lists(TEXTS, max_size=20),
    papers=st.lists(TEXTS, max_size=20),
    bad=st.lists(ROW, max_size=12),
    lead=TEXTS,
)
def test_nothing_is_lost_silently_on_the_two_pages(
    proposals: list[str], papers: list[str], bad: list[Radvy], lead: str
) -> None:
    kinds = ("bra", "daligt", "osakert", "forandring", "resultat", "andra")
    boxes = {kind: Ruta(kind, lead if kind == "bra" else "", bad if kind == "daligt" else []) for kind in kinds}
    full = Fullt("Rubrik", "Under", "", (), "Huvudmening.", (), proposals, boxes, (), (), (), papers)
    pages = two_pages(full)
    whole = [text for part in pages.helt for text in part.texter]
    for number, text in enumerate(proposals, 1):
        assert text in pages.forslag or f"{number}. {text}" in whole
    assert [text for text in papers if text not in pages.beslutsunderlag and text not in whole] == []
    assert lead == pages.bra.mening or lead in whole
    assert len(pages.daligt.rader) + _left_out(pages.daligt.fler) == len(bad)
    assert len(pages.beslutsunderlag) + _left_out(pages.beslutsunderlag_fler) == len(papers)


def _left_out(text: str) -> int:
    words = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
    found = re.match(r"(?:Ytterligare )?(\w+) (?:står|rader|rad)", text)
    if found is None:
        return 0
    return int(found[1]) if found[1].isdigit() else words.index(found[1].lower()) + 1


def test_proposals_are_whole_if_they_fit_then_shortened_and_last_left_out_with_their_number() -> None:
    short, long = ["Utskottet beslutar."] * 3, ["Utskottet beslutar att " + "orden är många " * 60] * 15
    assert fit_proposals(short, 100) == (short, "")
    shown, more = fit_proposals(long[:3], 60)
    assert [text[-1] for text in shown] == ["…"] * 3
    assert more == "Förslagen står i sin helhet i bilagan."
    shown, more = fit_proposals(long, 60)
    assert 0 < len(shown) < 15
    rest = number_word(15 - len(shown), neuter=True)
    assert more == f"Ytterligare {rest} förslag står i bilagan, där alla står i sin helhet."


def test_no_text_of_the_view_is_left_with_two_full_stops_or_double_spaces() -> None:
    read = underlag(
        [insats(**LATE), insats("A-2", **AHEAD)],
        (svar(kommentar="Klart.", orsak="Snö.", lardom="Börja i tid.", egen_bedomning="forsenad"), svar("A-2")),
        forlangning=FORLANGNING,
    )
    found = list(_texts(asdict(view(read, slut=True, uppgifter={"lardomar": ["Mät."]}))))
    assert len(found) > 100
    assert [text for text in found if re.search(r"[^.]\.\.(?!\.)|  |\. \.|None", text)] == []


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


# --- the command ---

REFUSED: list[tuple[list[str], str]] = [
    (["halvar", "2022-K1"], "2022-K1 är ett kvartal. Skriv 2022-H1."),
    (["halvar", "sommaren"], '"sommaren" är inget halvår. Skriv till exempel 2022-H1.'),
    (["halvar", "2021-H1"], "2021-H1 ligger utanför överenskommelsen, som omfattar 2022-H1 till 2023-H2."),
    (["halvar", "--mottagare", "trygghetsutskotet"], 'Menade du "trygghetsutskottet"?'),
    (["halvar", "--html", "--word"], "--html och --word går inte ihop."),
    (["halvar", "--mall", "mall.docx"], "--mall hör ihop med --word."),
    (["halvar", "--word", "--mall", "finns-inte.docx"], "--mall finns-inte.docx:"),
    (["halvar", "--word", "--ut", "r.pdf"], "filens namn ska sluta på .docx"),
    (["halvar", "2022-H1", "--per", "2022-03-01"], "Referensdagen 2022-03-01 ligger före 2022-K2"),
]


@pytest.mark.parametrize(
    ("arguments", "told"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_can_not_be_done_is_told_with_the_way_on(arguments: list[str], told: str, run: Run, project: Path) -> None:
    done = run(*arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not (project / "rapporter").exists()


def test_a_template_that_is_no_word_document_is_refused(run: Run, project: Path) -> None:
    (project / "mall.docx").write_text("Inte ett dokument.", encoding="utf-8")
    done = run("halvar", "--word", "--mall", "mall.docx", cwd=project)
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert "mall" in done.stderr.lower()


def test_halvar_is_also_spelled_with_its_ring_and_says_what_it_chose(run: Run, project: Path) -> None:
    done = run("halvår", "--html", cwd=project)
    assert done.returncode == 0
    assert Path(done.stdout.strip()).name == "2022-H1-halvar-trygghetsutskottet.html"
    assert "Halvår: 2022-H1, det senaste vars sista kvartal har svar." in done.stderr
    assert "Mottagare: Trygghetsutskottet. Ett annat forum: --mottagare." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["--slut"], "2022-H1-slut-trygghetsutskottet.html"),
        (["--mottagare", "est-styrgrupp"], "2022-H1-halvar-est-styrgrupp.html"),
    ],
    ids=str,
)
def test_each_report_has_a_name_of_its_own(arguments: list[str], name: str, run: Run, project: Path) -> None:
    done = run("halvar", "2022-H1", "--html", *arguments, cwd=project)
    assert (done.returncode, Path(done.stdout.strip()).name) == (0, name)


def test_the_reference_date_asked_for_is_the_reports(run: Run, project: Path) -> None:
    done = run("halvar", "2022-H1", "--per", "2022-09-30", "--html", "--ut", "r.html", cwd=project)
    assert done.returncode == 0
    assert "30 september 2022" in plain((project / "r.html").read_text(encoding="utf-8"))


# --- what must not mislead ---


def test_few_answers_come_before_any_verdict() -> None:
    two = [insats("A-1", **AHEAD), insats("A-2"), insats("A-3")]
    vy = view(underlag(two, (svar(kvartal=K1), svar("A-1", kvartal=K2))))
    assert plain(vy.huvudmening).startswith(
        "Bara 1 av 3 svar har kommit för kvartal 2 2022, så läget är i stort sett okänt. Av 3 insatser "
    )


def test_a_plan_that_holds_where_an_aktor_sees_a_risk_is_unsure_and_not_simply_good() -> None:
    worried = svar(kvartal=K2, egen_bedomning="risk_for_forsening", avvikelse="Det drar ut på tiden.")
    vy = view(underlag([insats(**AHEAD)], (worried,)))
    assert (vy.sidorna.bra.mening, vy.sidorna.bra.rader) == (
        "En insats följer planen, men en aktör ser en risk eller en försening.",
        (),
    )
    assert [r.status.ord for r in vy.sidorna.osakert.rader] == ["Aktören ser risk"]


def test_a_delay_that_was_told_stands_when_its_day_has_passed_without_an_answer() -> None:
    due = {"moment": [{"id": "klar", "rubrik": "Klart", "senast": date(2022, 8, 1)}]}
    override = {"plan": "forsenad", "skal": "Ingen har tid."}
    vy = view(underlag([insats(**due)], (svar(kvartal=K1, overstyrning=override),)), per=date(2022, 9, 1))
    row = vy.sidorna.daligt.rader[0]
    assert (row.status.ord, plain(row.text)) == (
        "Försenad",
        "Fritid (kvartal 1 2022, inget nytt svar): Ingen har tid.",
    )


def test_a_proposal_whose_day_has_passed_when_the_paper_is_written_is_not_proposed_as_it_stands() -> None:
    asked = {
        "fraga": "Får bryggan byggas?",
        "av": "Utskottet",
        "senast": date(2022, 7, 1),
        "forslag": "Utskottet godkänner att bryggan byggs senast den 1 juli 2022.",
    }
    read = underlag([insats()], (svar(kvartal=K2, beslut_behovs=asked),))
    told = [plain(text) for text in view(read).forslag]
    assert told[1] == (
        "Utskottet tar ställning till frågan om Å-1 Insats A-1: Får bryggan byggas? "
        "Beslutet behövdes senast den 1 juli 2022."
    )


def test_a_proposal_that_says_nobody_gets_the_forum_before_it() -> None:
    asked = {"fraga": "Får bryggan byggas?", "av": "Utskottet", "forslag": "Bygg bryggan"}
    read = underlag([insats()], (svar(kvartal=K2, beslut_behovs=asked),))
    assert view(read).forslag[1] == "Utskottet beslutar: bygg bryggan."


def test_a_milestone_reported_late_is_told_in_the_half_year_that_reported_it_and_one_before_the_agreement_in_none() -> (
    None
):
    due = {"moment": [{"id": n, "rubrik": f"Moment {n}"} for n in ("sent", "gammalt")]}
    utfall = {"klara_moment": [{"moment": "sent", "datum": date(2022, 6, 28)}]}
    before = {"klara_moment": [{"moment": "gammalt", "datum": date(2021, 10, 4)}]}
    read = underlag([insats(**due)], (svar(kvartal=K1, utfall=before), svar(kvartal=K3, utfall=utfall)))

    def done(halvar: Halvar) -> list[str]:
        return [plain(row.text) for row in view(read, halvar).sidorna.resultat.rader]

    assert (done(H1), done(H2)) == ([], ["Klart 28 juni 2022: Moment sent."])
