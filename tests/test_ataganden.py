"""The parties' commitments: what is promised, done and open, true and said once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, insats, svar, underlag
from uppfoljning.period import Kvartal
from uppfoljning.plan import judge
from uppfoljning.redact import redact
from uppfoljning.report.ataganden import parties_view
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.granskningsvy import Atagandevy, Parternasvy
from uppfoljning.state import merge
from uppfoljning.underlag import Svarspost, Underlag, active_span

PLAN = {"id": "plan", "rubrik": "Planen skriven", "senast": date(2022, 5, 1)}
LAMPOR = {"id": "lampor", "rubrik": "Lamporna tända"}
WALKS = {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"}}
NO_MEASURE = "Inget antal eller datum att mäta mot"


def view_of(data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> Parternasvy:
    lage = merge(data, kvartal, per)
    bedomda = [
        Bedomd(i, judge(i, kvartal, lage.per, active_span(data.overenskommelse, i.insats))) for i in lage.insatser
    ]
    return parties_view(data, lage, bedomda)


def view(rows: list[dict[str, Any]], *posts: Svarspost, kvartal: Kvartal = K1, **changes: Any) -> Parternasvy:
    return view_of(underlag(rows, posts, **changes), kvartal)


def rows(found: Parternasvy) -> list[Atagandevy]:
    return [rad for grupp in found.grupper for rad in grupp.rader]


def row(measure: dict[str, Any], *posts: Svarspost, kvartal: Kvartal = K1) -> Atagandevy:
    """The only row of an insats that Fritid answers for."""
    (found,) = rows(view([measure], *posts, kvartal=kvartal))
    return found


def done(*days: date, **more: Any) -> dict[str, Any]:
    """The outcome of an answer: something counted on each day."""
    return {"utfall": {"handelser": [{"datum": day} for day in days], **more}}


# --- groups ---


def test_each_party_has_a_group_whose_heading_counts_its_commitments() -> None:
    found = view(
        [insats("A-1"), insats("A-2", ansvariga=["kommunen"]), insats("A-3", ansvariga=["skola", "polisen"])],
        svar("A-1", genomforande="genomford"),
        svar("A-3", "polisen", genomforande="pausad", orsak="Semester"),
    )
    assert [g.rubrik for g in found.grupper] == [
        "Kommunen: 3 åtaganden – 1 genomfört, 2 utan svar; 1 utan utsedd aktör; kvartalets svar saknas för 2",
        "Polisen: 1 åtagande – 1 pausat",
    ]
    assert [(r.insats, r.aktor) for r in rows(found)] == [
        ("Å-1", "Fritid"),
        ("Å-2", "Kommunen (aktör ej utsedd)"),
        ("Å-3", "Skola"),
        ("Å-3", "Polisen"),
    ]
    assert found.ingress == (
        "Vad var och en har lovat, vad som är gjort enligt svaren och vad som är öppet den 30\u00a0april 2022."
    )


def test_the_counts_of_a_heading_add_up_to_its_commitments() -> None:
    stated = ("genomford", "pagar", "pausad", "inte_paborjad", "avbruten")
    posts = [svar(f"A-{n}", genomforande=code, orsak="Skäl") for n, code in enumerate(stated)]
    posts.append(svar("A-5", inget_att_rapportera=True))
    found = view([insats(f"A-{n}") for n in range(7)], *posts)
    assert found.grupper[0].rubrik == (
        "Kommunen: 7 åtaganden – 1 genomfört, 1 pågår, 1 pausat, 1 inte påbörjat, 1 avbrutet, "
        "1 utan uppgift om läget, 1 utan svar; kvartalets svar saknas för 1"
    )


def test_a_party_without_commitments_says_so_and_so_does_a_project_without_insatser() -> None:
    assert view([insats()]).grupper[1].rubrik == "Polisen: inga åtaganden i kvartalet"
    empty = view([])
    assert [(g.rubrik, g.rader) for g in empty.grupper] == [
        ("Kommunen: inga åtaganden i kvartalet", ()),
        ("Polisen: inga åtaganden i kvartalet", ()),
    ]
    assert empty.medverkan == ()


def test_a_party_none_of_whose_aktorer_is_named_stands_as_itself() -> None:
    found = view([insats(ansvariga=["kommunen"]), insats("A-2", ansvariga=["lpo"])], aktorer=[])
    assert [r.aktor for r in rows(found)] == ["Kommunen (aktör ej utsedd)", "Polisen (aktör ej utsedd)"]


def test_an_insats_that_is_not_part_of_the_quarter_is_left_out() -> None:
    later = insats("A-2", period={"fran": date(2022, 7, 1)})
    assert [r.insats for r in rows(view([insats(), later]))] == ["Å-1"]
    assert [r.insats for r in rows(view([insats(), later], kvartal=Kvartal(2022, 3)))] == ["Å-1", "Å-2"]


# --- promised ---


@pytest.mark.parametrize(
    ("fields", "promised"),
    [
        ({"ansvariga": [{"aktor": "fritid", "atagande": "Sköter listorna."}], **WALKS}, "Sköter listorna"),
        (WALKS, "Vandringar: 3 per år"),
        ({**WALKS, "malsattning": {"antal": 6, "enhet": "vandringar"}}, "3 per år; 6 vandringar sammanlagt"),
        ({"malsattning": {"antal": 6, "enhet": "vandringar", "senast": 2023}}, "6 vandringar senast 2023"),
        ({"frekvens": {"takt": "dagligen", "ord": "dagliga rapporter"}}, "Dagligen (dagliga rapporter)"),
        ({"malsattning": {"ord": "färre klagomål", "utgangslage": "58 procent"}}, "Färre klagomål"),
        ({"moment": [PLAN]}, "Planen skriven senast 1 maj 2022"),
        ({"moment": [LAMPOR]}, "Lamporna tända"),
        ({}, "Det som ska göras"),
        ({"beskrivning": "Först det. Sedan annat."}, "Först det"),
    ],
)
def test_the_promise_is_the_commitment_else_the_measure_else_what_the_insats_is_about(
    fields: dict[str, Any], promised: str
) -> None:
    assert row(insats(**fields)).lovat == promised


def test_long_texts_are_cut_at_a_word_and_the_cells_stay_short() -> None:
    long = "trygghet och samverkan " * 40
    measure = insats(
        rubrik=long[:200].strip(), moment=[{"id": f"m{n}", "rubrik": long[:200].strip()} for n in range(5)]
    )
    found = row(measure, svar(beslut_behovs={"fraga": long}, planerat=[{"datum": date(2022, 9, 1), "vad": long}]))
    assert found.rubrik.endswith("…")
    assert max(len(text) for text in (found.rubrik, found.lovat, found.gjort, found.oppet)) <= 170
    assert found.oppet.endswith("; och sex till")


# --- done ---


@pytest.mark.parametrize(
    ("posts", "done"),
    [
        ([svar()], "Pågår"),
        ([svar(genomforande="inte_paborjad")], "Inte påbörjad"),
        ([], "Pågår enligt svaret för kvartal 1 2022"),
        ([svar(kvartal=K2, oforandrat=True)], "Pågår, oförändrat sedan kvartal 1 2022"),
        ([svar(kvartal=K2, inget_att_rapportera=True)], "Pågår enligt svaret för kvartal 1 2022"),
    ],
)
def test_what_is_done_starts_with_the_last_stated_genomforande_and_its_age(posts: list[Svarspost], done: str) -> None:
    kvartal = K1 if posts and posts[0].kvartal == K1 else K2
    assert row(insats(), *([svar()] if kvartal == K2 else []), *posts, kvartal=kvartal).gjort == done


def test_without_any_answer_nothing_is_known() -> None:
    assert (row(insats()).gjort, row(insats()).oppet) == ("Inget svar", "Kvartalets svar")
    awaited = rows(view_of(underlag([insats()]), K1, date(2022, 4, 10)))[0]
    assert (awaited.gjort, awaited.oppet) == ("Svar väntas", "Kvartalets svar väntas")
    quiet = row(insats(), svar(inget_att_rapportera=True))
    assert (quiet.gjort, quiet.oppet) == ("Inget att rapportera", NO_MEASURE)


def test_what_is_counted_is_told_for_the_year_and_the_whole_aim() -> None:
    measure = insats(**WALKS, malsattning={"antal": 6, "enhet": "vandringar"})
    planned = {"datum": date(2022, 10, 5), "vad": "Vandring i Bro", "raknas": True}
    found = row(measure, svar(**done(date(2022, 2, 3)), planerat=[planned]))
    assert found.gjort == "Pågår; 1 av 3 vandringar 2022, 1 av 6 sammanlagt"
    # The planned walk is told with what remains, and not a second time as the next date.
    assert found.oppet == "Två återstår: en planerad 5\u00a0oktober 2022, en utan datum"


def test_a_year_that_fell_short_is_told_beside_the_new_one() -> None:
    posts = [svar(kvartal=Kvartal(2022, n)) for n in range(1, 5)]
    found = row(insats(**WALKS), *posts, svar(kvartal=Kvartal(2023, 1)), kvartal=Kvartal(2023, 1))
    assert found.gjort == "Pågår; 0 av 3 vandringar 2022, 0 av 3 2023"
    assert found.oppet == "Tre saknas från 2022; tre återstår utan datum"


def test_a_monthly_count_says_how_many_should_already_be_done() -> None:
    measure = insats(frekvens={"antal": 1, "per": "manad", "enhet": "rapporter"})
    found = row(measure, svar(**done(date(2022, 1, 3), date(2022, 2, 3))))
    assert found.gjort == "Pågår; 2 av 12 rapporter 2022"
    assert found.oppet == "Tio återstår 2022, varav en redan borde vara gjord"


def test_what_nobody_has_reported_is_not_said_to_remain() -> None:
    found = row(insats(**WALKS), svar(**done(date(2022, 2, 3))), kvartal=K2)
    assert found.oppet == "Kvartalets svar; två är inte rapporterade"


def test_what_no_plan_counts_is_told_as_a_sum() -> None:
    events = {"utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 7, "vad": "möten"}]}}
    assert row(insats(), svar(**events)).gjort == "Pågår; 7 möten hittills"


def test_counts_survive_that_the_work_is_abandoned() -> None:
    found = row(insats(**WALKS), svar(**done(date(2022, 2, 3)), genomforande="avbruten", orsak="Ingen tid"))
    assert (found.gjort, found.oppet) == ("Avbruten; 1 vandringar hittills", "Inget mer väntas")


def test_reached_milestones_stand_with_their_day() -> None:
    klart = [{"moment": "plan", "datum": date(2022, 3, 3)}]
    alone = row(insats(moment=[PLAN]), svar(utfall={"klara_moment": klart}))
    assert (alone.gjort, alone.oppet) == ("Pågår; momentet klart 3\u00a0mars 2022", "Inget öppet")
    both = row(insats(moment=[PLAN, LAMPOR]), svar(utfall={"klara_moment": klart}))
    assert both.gjort == "Pågår; klart 3\u00a0mars 2022: Planen skriven"
    assert both.oppet == "Lamporna tända: inte rapporterat klart, inget datum satt"


# --- open ---


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ([PLAN], "Inte rapporterat klart"),
        ([{**PLAN, "senast": date(2022, 4, 1)}], "Inte rapporterat klart, sista dag var 1\u00a0april 2022"),
        ([LAMPOR], "Inte rapporterat klart, inget datum satt"),
        (
            [PLAN, LAMPOR],
            "Planen skriven: inte rapporterat klart, senast 1 maj 2022; "
            "Lamporna tända: inte rapporterat klart, inget datum satt",
        ),
    ],
)
def test_a_milestone_without_a_report_is_open(moment: list[dict[str, Any]], open_: str) -> None:
    assert row(insats(moment=moment), svar()).oppet == open_


def test_an_open_question_and_the_nearest_date_ahead_stand_as_open() -> None:
    planned = [
        {"datum": date(2022, 9, 1), "vad": "Föreläsning"},
        {"datum": date(2022, 5, 1), "vad": "Planering"},
        {"datum": date(2022, 4, 15), "vad": "Redan varit"},
    ]
    found = row(insats(), svar(planerat=planned, beslut_behovs={"fraga": "Vem betalar?"}))
    assert found.oppet == "Beslut: Vem betalar?; 1\u00a0maj 2022: Planering (och ett datum till)"


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        ("genomford", "Inget öppet"),
        ("avbruten", "Inget mer väntas"),
        ("pausad", "När arbetet återupptas"),
        ("pagar", NO_MEASURE),
    ],
)
def test_when_nothing_is_open_it_says_how_that_is(state: str, open_: str) -> None:
    assert row(insats(), svar(genomforande=state, orsak="Skäl")).oppet == open_


def test_a_start_that_has_not_been_is_open() -> None:
    found = row(insats(start=date(2022, 2, 1)), svar(genomforande="inte_paborjad"))
    assert found.oppet == "Skulle ha startat 1 februari 2022"


def test_an_override_changes_nothing_of_what_is_done_and_open() -> None:
    said = done(date(2022, 2, 3))
    override = {"plan": "forsenad", "skal": "Tiden räcker inte."}
    plain, set_ = row(insats(**WALKS), svar(**said)), row(insats(**WALKS), svar(**said, overstyrning=override))
    assert plain == set_


# --- several aktörer ---


def test_both_parties_on_one_insats_share_the_count_and_only_one_row_tells_it() -> None:
    measure = insats(ansvariga=["fritid", "polisen"], raknas_av="polisen", **WALKS)
    found = rows(view([measure], svar(), svar(aktor="polisen", **done(date(2022, 2, 3)))))
    assert [(r.aktor, r.gjort, r.oppet) for r in found] == [
        ("Fritid", "Pågår", "Det gemensamma står vid Polisen"),
        ("Polisen", "Pågår; 1 av 3 vandringar 2022", "Två återstår utan datum"),
    ]


def test_a_commitment_of_its_own_is_not_held_to_what_another_counts() -> None:
    own = [{"aktor": "fritid", "atagande": "Sköter listorna."}, {"aktor": "polisen", "atagande": "Går vandringarna."}]
    found = rows(view([insats(ansvariga=own, raknas_av="polisen", **WALKS)], svar(), svar(aktor="polisen")))
    assert [(r.lovat, r.oppet) for r in found] == [
        ("Sköter listorna", NO_MEASURE),
        ("Går vandringarna", "Tre återstår utan datum"),
    ]


def test_a_count_by_one_who_does_not_count_is_not_told_twice() -> None:
    measure = insats(ansvariga=["fritid", "polisen"], raknas_av="fritid")
    events = {"utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 5, "vad": "möten"}]}}
    found = rows(view([measure], svar(**events), svar(aktor="polisen", **events)))
    assert [r.gjort for r in found] == ["Pågår; 5 möten hittills", "Pågår"]


def test_twelve_aktorer_have_a_row_each() -> None:
    aktorer = [{"id": f"a{n}", "namn": f"Enhet {n}", "del_av": "kommunen"} for n in range(12)]
    found = view([insats(ansvariga=[a["id"] for a in aktorer], moment=[PLAN])], aktorer=aktorer)
    assert len(rows(found)) == 12
    assert [r.oppet for r in rows(found)][:2] == [
        "Kvartalets svar; inte rapporterat klart",
        "Kvartalets svar; det gemensamma står vid Enhet 0",
    ]


# --- about individuals ---


def test_about_individuals_no_count_date_or_plan_is_shown_even_if_it_got_into_the_data() -> None:
    said = svar(
        utfall={
            "handelser": [{"datum": date(2022, 2, 3), "antal": 4, "vad": "samtal"}],
            "klara_moment": [{"moment": "plan", "datum": date(2022, 3, 3)}],
        },
        planerat=[{"datum": date(2022, 9, 1), "vad": "Samtal"}],
    )
    measure = insats(
        individinsats=True,
        moment=[PLAN, LAMPOR],
        frekvens={"antal": 4, "per": "ar", "enhet": "samtal"},
        malsattning={"antal": 8, "enhet": "samtal", "senast": 2023},
        start=date(2022, 1, 10),
    )
    found = row(measure, said)
    assert found.lovat == "Planen skriven; Lamporna tända"
    assert found.gjort == "Pågår; klart: Planen skriven"
    assert found.oppet == "Lamporna tända: inte rapporterat klart"
    assert not [c for c in found.lovat + found.gjort + found.oppet if c.isdigit()]


# --- beside the table ---


def test_where_a_party_takes_part_without_answering_is_told_under_the_table() -> None:
    found = view(
        [
            insats("A-1", samverkanspartner=["polisen"]),
            insats("A-2", ansvariga=["polisen"], samverkanspartner=["lpo", "skola"]),
            insats("A-3", ansvariga=[], samverkanspartner=["kommunen", "polisen", "boende"]),
        ],
        samverkanspartner=[{"id": "boende", "namn": "boende"}],
    )
    assert [(m.inledning, [i.insats for i in m.insatser]) for m in found.medverkan] == [
        ("Kommunen medverkar dessutom, utan att svara, i:", ["Å-2", "Å-3"]),
        ("Polisen medverkar dessutom, utan att svara, i:", ["Å-1", "Å-3"]),
        ("Ingen ansvarig är utsedd, så ingen har lovat något, för:", ["Å-3"]),
    ]
    alone = view([insats(samverkanspartner=["lpo"])])
    assert [m.inledning for m in alone.medverkan] == ["Polisen medverkar utan att svara i:"]


# --- receivers and the end of the agreement ---


def test_a_committee_sees_nothing_of_what_is_internal() -> None:
    data = underlag([insats(**WALKS)], (svar(intern="Hemligt", kommentar="Öppet"),))
    forum = data.overenskommelse.forum[1]
    assert "Hemligt" not in repr(view_of(redact(data, forum)))
    assert view_of(redact(data, forum)) == view_of(data)


def test_in_the_agreements_last_quarter_what_was_not_done_is_told_as_missing() -> None:
    last = Kvartal(2023, 4)
    posts = [svar(kvartal=Kvartal(ar, nr)) for ar in (2022, 2023) for nr in range(1, 5)]
    found = row(insats(malsattning={"antal": 6, "enhet": "vandringar"}), *posts, kvartal=last)
    assert (found.gjort, found.oppet) == ("Pågår; 0 av 6 vandringar", "Sex saknas")


def test_the_ids_and_anchors_are_those_of_the_insats_with_swedish_letters() -> None:
    found = row(insats("A-1"), svar())
    assert (found.insats, found.ankare, found.rubrik) == ("Å-1", "insats-a-1", "Insats A-1")
