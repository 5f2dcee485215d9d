"""The parties' commitments: what is promised, done and open, true and said once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bygge import K1, K2, insats, svar, underlag
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import Bedomd, judge
from uppfoljning.facts.redact.redact import redact
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.sections.ataganden import parties_view
from uppfoljning.report.views.parts import Atagandevy, Parternasvy
from uppfoljning.text.clauses import cut_at_clause

PLAN = {"id": "plan", "rubrik": "Planen skriven", "senast": date(2022, 5, 1)}
LAMPOR = {"id": "lampor", "rubrik": "Lamporna tända"}
WALKS = {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"}}
NOTHING = "–"


def view_of(data: Underlag, kvartal: Kvartal = K1, per: date | None = None) -> Parternasvy:
    lage = merge(data, kvartal, per)
    bedomda = [Bedomd(i, judge(i, kvartal, lage.per)) for i in lage.insatser]
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
        "Vad var och en har lovat, läget enligt svaren och vad som är öppet den 30\u00a0april 2022. Ett streck betyder "
        "att det inte finns något antal, moment eller datum att vänta på."
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


def test_a_heading_tells_how_many_are_known_only_from_an_earlier_quarter() -> None:
    rows_ = [insats(f"A-{n}") for n in range(5)]
    posts = [svar(f"A-{n}") for n in range(4)] + [svar("A-4", genomforande="genomford")]
    now = [svar("A-0", kvartal=K2), svar("A-1", kvartal=K2, oforandrat=True)]
    quiet = svar("A-2", kvartal=K2, inget_att_rapportera=True)
    assert view(rows_, *posts, *now, quiet, kvartal=K2).grupper[0].rubrik == (
        "Kommunen: 5 åtaganden – 1 genomfört, 4 pågår (varav 2 enligt tidigare svar); kvartalets svar saknas för 1"
    )
    assert view(rows_[:1], *posts[:1], kvartal=K2).grupper[0].rubrik == (
        "Kommunen: 1 åtagande – 1 pågår (enligt ett tidigare svar); kvartalets svar saknas för 1"
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
        (WALKS, "Det som ska göras (3 per år)"),
        ({**WALKS, "malsattning": {"antal": 6, "enhet": "vandringar"}}, "Det som ska göras (3 per år, 6 sammanlagt)"),
        (
            {"malsattning": {"antal": 6, "enhet": "vandringar", "senast": 2023}},
            "Det som ska göras (6 vandringar senast 2023)",
        ),
        (
            {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar", "ord": "ungefär"}},
            "Det som ska göras (3 per år)",
        ),
        ({"frekvens": {"antal": 1, "per": "ar", "enhet": "mätningar"}}, "Det som ska göras (1 per år)"),
        (
            {"frekvens": {"antal": 1, "per": "ar", "enhet": "mätningar"}, "beskrivning": "Mäter varje år tryggheten."},
            "Mäter varje år tryggheten",
        ),
        ({"frekvens": {"takt": "dagligen", "ord": "dagliga rapporter"}}, "Det som ska göras"),
        ({"frekvens": {"ord": "skyndsamt"}}, "Det som ska göras"),
        ({"malsattning": {"ord": "färre klagomål", "utgangslage": "58 procent"}}, "Det som ska göras"),
        ({"moment": [PLAN]}, "Det som ska göras (senast 1 maj 2022)"),
        ({"moment": [PLAN], "beskrivning": "Skrivs till 1 maj 2022."}, "Skrivs till 1 maj 2022"),
        ({"moment": [LAMPOR]}, "Det som ska göras"),
        ({"moment": [PLAN, LAMPOR]}, "Det som ska göras (två moment)"),
        ({}, "Det som ska göras"),
        ({"beskrivning": "Först det. Sedan annat."}, "Först det"),
        ({"beskrivning": "först t.ex. Bro och kl. 12 det! Sedan annat."}, "Först t.ex. Bro och kl. 12 det!"),
        ({"beskrivning": "Utan punkt"}, "Utan punkt"),
    ],
)
def test_the_promise_is_the_commitment_else_what_the_insats_is_about_and_the_number_it_is_held_to(
    fields: dict[str, Any], promised: str
) -> None:
    assert row(insats(**fields)).lovat == promised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort nog", "Kort nog"),
        (
            "Personer över 18 år som vill lämna nätverken, efter bedömning",
            "Personer över 18 år som vill lämna nätverken…",
        ),
        ("Personer över arton år i kommunen som vill lämna nätverken", "Personer över arton år i kommunen…"),
        (
            "Besöken görs hos alla dem i kommunen, dem som har tillstånd just nu",
            "Besöken görs hos alla dem i kommunen…",
        ),
        (
            "Gruppen (polisen, skolan, socialtjänsten och fältarna) samlas",
            "Gruppen (polisen, skolan, socialtjänsten…",
        ),
        ("Sitter med polisen från hösten 2021, för att samarbetet ska öka", "Sitter med polisen från hösten 2021…"),
        (
            "Ett enda långt led utan någon plats att göra uppehåll på alls",
            "Ett enda långt led utan någon plats att…",
        ),
    ],
)
def test_a_long_text_is_cut_where_a_clause_ends_and_never_inside_a_word(text: str, expected: str) -> None:
    assert cut_at_clause(text, 46) == expected
    assert len(expected) <= 46


def test_long_texts_are_cut_at_a_word_and_the_cells_stay_short() -> None:
    long = "trygghet och samverkan " * 40
    measure = insats(
        rubrik=long[:200].strip(), moment=[{"id": f"m{n}", "rubrik": long[:200].strip()} for n in range(5)]
    )
    found = row(measure, svar(beslut_behovs={"fraga": long}, planerat=[{"datum": date(2022, 9, 1), "vad": long}]))
    assert found.rubrik.endswith("…")
    assert max(len(text) for text in (found.rubrik, found.lovat, found.gjort, found.oppet)) <= 290
    assert found.oppet.endswith("; och fem till")


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


@pytest.mark.parametrize(
    ("fields", "done"),
    [
        ({"egen_bedomning": "risk_for_forsening"}, "Pågår, ser själv en risk"),
        ({"egen_bedomning": "forsenad"}, "Pågår, ser själv en försening"),
        ({"egen_bedomning": "enligt_plan"}, "Pågår"),
        ({"overstyrning": {"plan": "risk_for_forsening", "skal": "Tiden."}}, "Pågår, risk för försening"),
        ({"overstyrning": {"plan": "forsenad", "skal": "Tiden."}, "egen_bedomning": "forsenad"}, "Pågår, försenad"),
        ({"overstyrning": {"plan": "enligt_plan", "skal": "Tiden."}}, "Pågår"),
        ({"genomforande": "genomford", "egen_bedomning": "forsenad"}, "Genomförd"),
    ],
)
def test_the_plan_is_told_only_when_it_is_late_or_at_risk(fields: dict[str, Any], done: str) -> None:
    assert row(insats(), svar(**fields)).gjort == done


def test_without_any_answer_nothing_is_known() -> None:
    unknown = "Okänt: inget svar har lämnats"
    assert (row(insats()).gjort, row(insats()).oppet) == (unknown, "Svaret för kvartalet saknas")
    awaited = rows(view_of(underlag([insats()]), K1, date(2022, 4, 10)))[0]
    assert (awaited.gjort, awaited.oppet) == ("Okänt: svaret väntas", "Svaret för kvartalet väntas")
    quiet = svar(inget_att_rapportera=True)
    assert (row(insats(), quiet).gjort, row(insats(), quiet).oppet) == ("Inget att rapportera", NOTHING)
    assert row(insats(), quiet, kvartal=K2).gjort == "Okänt: inget svar säger hur långt det har kommit"


def test_what_is_counted_is_told_for_the_year_and_the_whole_aim_with_the_latest_day() -> None:
    measure = insats(**WALKS, malsattning={"antal": 6, "enhet": "vandringar"})
    planned = {"datum": date(2022, 10, 5), "vad": "Vandring i Bro", "raknas": True}
    found = row(measure, svar(**done(date(2022, 2, 3)), planerat=[planned]))
    assert found.gjort == "Pågår; vandringar 2022: 1 av 3, sammanlagt: 1 av 6 (senaste 3\u00a0februari 2022)"
    # The planned walk is told with what remains, and not a second time as the next date.
    assert found.oppet == "Två återstår: en planerad 5\u00a0oktober 2022, en utan datum"


def test_before_anything_is_counted_it_says_none() -> None:
    assert row(insats(**WALKS), svar()).gjort == "Pågår; vandringar 2022: 0 av 3"


def test_a_year_that_fell_short_is_told_beside_the_new_one_and_makes_the_plan_late() -> None:
    posts = [svar(kvartal=Kvartal(2022, n)) for n in range(1, 5)]
    found = row(insats(**WALKS), *posts, svar(kvartal=Kvartal(2023, 1)), kvartal=Kvartal(2023, 1))
    assert found.gjort == "Pågår, försenad; vandringar 2022: 0 av 3, 2023: 0 av 3"
    assert found.oppet == "Tre saknas från 2022; tre återstår utan datum"


def test_a_monthly_count_says_how_many_should_already_be_done() -> None:
    measure = insats(frekvens={"antal": 1, "per": "manad", "enhet": "rapporter"})
    found = row(measure, svar(**done(date(2022, 1, 3), date(2022, 2, 3))))
    assert found.gjort == "Pågår, risk för försening; rapporter 2022: 2 av 12 (senaste 3\u00a0februari 2022)"
    assert found.oppet == "Tio återstår 2022, varav en redan borde vara gjord"


def test_a_count_that_can_hardly_be_reached_says_when_the_time_is_out() -> None:
    posts = [svar(kvartal=Kvartal(2022, n)) for n in range(1, 4)]
    found = row(insats(frekvens={"antal": 9, "per": "ar", "enhet": "vandringar"}), *posts, kvartal=Kvartal(2022, 3))
    assert found.gjort == "Pågår, risk för försening; vandringar 2022: 0 av 9"
    assert found.oppet == "Nio återstår utan datum, sista dag 31\u00a0december 2022"


def test_what_nobody_has_reported_is_not_said_to_remain() -> None:
    found = row(insats(**WALKS), svar(**done(date(2022, 2, 3))), kvartal=K2)
    assert found.oppet == "Svaret för kvartalet saknas; två är inte rapporterade"


def test_what_no_plan_counts_is_told_as_a_sum() -> None:
    events = {"utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 7, "vad": "möten"}]}}
    assert row(insats(), svar(**events)).gjort == "Pågår; 7 möten hittills (senaste 3\u00a0februari 2022)"


def test_counts_survive_that_the_work_is_abandoned() -> None:
    found = row(insats(**WALKS), svar(**done(date(2022, 2, 3)), genomforande="avbruten", orsak="Ingen tid"))
    assert found.gjort == "Avbruten; 1 vandringar hittills (senaste 3\u00a0februari 2022)"
    assert found.oppet == "Inget mer väntas"


def test_reached_milestones_stand_with_their_day() -> None:
    klart = [{"moment": "plan", "datum": date(2022, 3, 3)}]
    alone = row(insats(moment=[PLAN]), svar(utfall={"klara_moment": klart}))
    assert (alone.gjort, alone.oppet) == ("Pågår; klart 3\u00a0mars 2022: Planen skriven", "Inget öppet")
    both = row(insats(moment=[PLAN, LAMPOR]), svar(utfall={"klara_moment": klart}))
    assert both.gjort == "Pågår; klart 3\u00a0mars 2022: Planen skriven"
    assert both.oppet == "Lamporna tända: inget datum i överenskommelsen"
    many = [{"id": f"m{n}", "rubrik": f"Del {n}"} for n in range(1, 5)]
    reached = [{"moment": f"m{n}", "datum": date(2022, 3, n)} for n in range(1, 5)]
    assert row(insats(moment=many), svar(utfall={"klara_moment": reached})).gjort == (
        "Pågår; klart 4\u00a0mars 2022: Del 4; klart 3\u00a0mars 2022: Del 3; två moment klara tidigare"
    )


# --- open ---


@pytest.mark.parametrize(
    ("fields", "open_"),
    [
        # The promise has just told the day.
        ({"moment": [PLAN]}, "Planen skriven: inte rapporterat klart"),
        (
            {"moment": [PLAN], "ansvariga": [{"aktor": "fritid", "atagande": "Skriver."}]},
            "Planen skriven: inte rapporterat klart, senast 1 maj 2022",
        ),
        (
            {"moment": [{**PLAN, "senast": date(2022, 4, 1)}]},
            "Planen skriven: inte rapporterat klart, sista dag var 1\u00a0april 2022",
        ),
        ({"moment": [LAMPOR]}, "Lamporna tända: inget datum i överenskommelsen"),
        (
            {"moment": [PLAN, LAMPOR]},
            "Planen skriven: inte rapporterat klart, senast 1 maj 2022; Lamporna tända: inget datum i överenskommelsen",
        ),
    ],
)
def test_a_milestone_without_a_report_is_open(fields: dict[str, Any], open_: str) -> None:
    assert row(insats(**fields), svar()).oppet == open_


def test_the_aktors_own_date_is_told_apart_from_that_of_the_agreement() -> None:
    planned = {"datum": date(2022, 10, 28), "vad": "Förslaget lämnas"}
    assert row(insats(moment=[LAMPOR]), svar(planerat=[planned])).oppet == (
        "Lamporna tända: inget datum i överenskommelsen; aktörens datum: 28\u00a0oktober 2022 (Förslaget lämnas)"
    )
    assert row(insats(moment=[PLAN]), svar(planerat=[planned])).oppet == (
        "Planen skriven: inte rapporterat klart; 28\u00a0oktober 2022: Förslaget lämnas"
    )


def test_an_open_question_stands_first_and_the_nearest_date_ahead_last() -> None:
    planned = [
        {"datum": date(2022, 9, 1), "vad": "Föreläsning"},
        {"datum": date(2022, 5, 1), "vad": "Planering"},
        {"datum": date(2022, 4, 5), "vad": "Före svaret"},
    ]
    found = row(insats(**WALKS), svar(planerat=planned, beslut_behovs={"fraga": "Vem betalar?"}))
    assert found.oppet == (
        "Beslut behövs: Vem betalar? Tre återstår utan datum; 1\u00a0maj 2022: Planering (och ett datum till)"
    )


@pytest.mark.parametrize(
    ("senast", "open_"),
    [
        (date(2022, 4, 29), "Beslut behövdes senast 29\u00a0april 2022: Vem"),
        (date(2022, 4, 30), "Beslut behövs senast 30\u00a0april 2022: Vem"),
    ],
)
def test_a_question_says_when_the_decision_was_or_is_needed(senast: date, open_: str) -> None:
    assert row(insats(), svar(beslut_behovs={"fraga": "Vem", "senast": senast})).oppet == open_


def test_the_reason_of_an_override_stands_instead_of_what_is_left_of_a_plan_that_will_not_hold() -> None:
    override = {"plan": "forsenad", "skal": "Ingen mätning görs 2022. Det blir nästa år."}
    counted = row(insats(**WALKS), svar(overstyrning=override))
    assert counted.gjort == "Pågår, försenad; vandringar 2022: 0 av 3"
    assert counted.oppet == "Ingen mätning görs 2022"
    assert row(insats(moment=[PLAN]), svar(overstyrning=override)).oppet == "Ingen mätning görs 2022"
    # Of several milestones the reason doesn't say which.
    assert row(insats(moment=[PLAN, LAMPOR]), svar(overstyrning=override)).oppet == (
        "Ingen mätning görs 2022; Planen skriven: inte rapporterat klart, senast 1 maj 2022; "
        "Lamporna tända: inget datum i överenskommelsen"
    )
    calm = {"plan": "enligt_plan", "skal": "Det ordnar sig."}
    assert row(insats(**WALKS), svar(overstyrning=calm)).oppet == "Tre återstår utan datum"


def test_what_is_late_stands_before_what_is_missing_and_after_the_question() -> None:
    measure = insats(moment=[{**PLAN, "senast": date(2022, 3, 1)}])
    asked = svar(beslut_behovs={"fraga": "Vem?"})
    assert row(measure, asked, kvartal=K2).oppet == (
        "Beslut behövs: Vem? Planen skriven: inte rapporterat klart, sista dag var 1\u00a0mars 2022; "
        "svaret för kvartalet saknas"
    )


@pytest.mark.parametrize(
    ("posts", "kvartal", "open_"),
    [
        # Passed on the reference day, and nothing has been said since.
        ((), K2, "Svaret för kvartalet saknas; planerat 16\u00a0maj 2022, inte besvarat: Utskick (och ett datum till)"),
        ((svar(kvartal=K2),), K2, NOTHING),
        ((svar(kvartal=K2, oforandrat=True),), K2, NOTHING),
        ((svar(kvartal=K2, genomforande="genomford"),), K2, "Inget öppet"),
        ((), K1, "16\u00a0maj 2022: Utskick (och ett datum till)"),
    ],
)
def test_a_planned_day_that_has_passed_without_an_answer_is_open(
    posts: tuple[Svarspost, ...], kvartal: Kvartal, open_: str
) -> None:
    planned = [{"datum": date(2022, 6, 1), "vad": "Möte"}, {"datum": date(2022, 5, 16), "vad": "Utskick"}]
    assert row(insats(), svar(planerat=planned), *posts, kvartal=kvartal).oppet == open_


def test_a_planned_day_before_the_answer_that_named_it_is_no_promise_and_today_is_still_ahead() -> None:
    planned = [{"datum": date(2022, 4, 5), "vad": "Redan varit"}, {"datum": date(2022, 4, 30), "vad": "I dag"}]
    assert row(insats(), svar(planerat=planned)).oppet == "30\u00a0april 2022: I dag"


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        ("genomford", "Inget öppet"),
        ("avbruten", "Inget mer väntas"),
        ("pausad", "När arbetet återupptas"),
        ("pagar", NOTHING),
    ],
)
def test_when_nothing_is_open_it_says_how_that_is(state: str, open_: str) -> None:
    assert row(insats(), svar(genomforande=state, orsak="Skäl")).oppet == open_


def test_a_start_that_has_not_been_is_open() -> None:
    found = row(insats(start=date(2022, 2, 1)), svar(genomforande="inte_paborjad"))
    assert (found.gjort, found.oppet) == ("Inte påbörjad, försenad", "Skulle ha startat 1 februari 2022")


# --- several aktörer ---


def test_both_parties_on_one_insats_share_the_count_and_only_one_row_tells_it() -> None:
    measure = insats(ansvariga=["fritid", "polisen"], raknas_av="polisen", **WALKS)
    found = rows(view([measure], svar(), svar(aktor="polisen", **done(date(2022, 2, 3)))))
    assert [(r.aktor, r.gjort, r.oppet) for r in found] == [
        ("Fritid", "Pågår", "Det gemensamma står vid Polisen"),
        ("Polisen", "Pågår; vandringar 2022: 1 av 3 (senaste 3\u00a0februari 2022)", "Två återstår utan datum"),
    ]


def test_a_commitment_of_its_own_is_not_held_to_what_another_counts() -> None:
    own = [{"aktor": "fritid", "atagande": "Sköter listorna."}, {"aktor": "polisen", "atagande": "Går vandringarna."}]
    found = rows(view([insats(ansvariga=own, raknas_av="polisen", **WALKS)], svar(), svar(aktor="polisen")))
    assert [(r.lovat, r.oppet) for r in found] == [
        ("Sköter listorna", NOTHING),
        ("Går vandringarna", "Tre återstår utan datum"),
    ]


def test_a_count_by_one_who_does_not_count_is_not_told_twice() -> None:
    measure = insats(ansvariga=["fritid", "polisen"], raknas_av="fritid")
    events = {"utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 5, "vad": "möten"}]}}
    found = rows(view([measure], svar(**events), svar(aktor="polisen", **events)))
    assert [r.gjort for r in found] == ["Pågår; 5 möten hittills (senaste 3\u00a0februari 2022)", "Pågår"]


def test_an_override_reaches_those_who_share_the_plan_and_its_reason_stands_at_the_one_who_gave_it() -> None:
    override = {"plan": "forsenad", "skal": "Tiden räcker inte."}
    said = (svar(overstyrning=override), svar(aktor="polisen"))
    shared = rows(view([insats(ansvariga=["fritid", "polisen"], raknas_av="polisen", **WALKS)], *said))
    assert [(r.gjort, r.oppet) for r in shared] == [
        ("Pågår, försenad", "Tiden räcker inte"),
        ("Pågår, försenad; vandringar 2022: 0 av 3", "Tre återstår utan datum"),
    ]
    own = ["fritid", {"aktor": "polisen", "atagande": "Delar ut kartor."}]
    apart = rows(view([insats(ansvariga=own, raknas_av="fritid", **WALKS)], *said))
    assert [(r.gjort, r.oppet) for r in apart] == [
        ("Pågår, försenad; vandringar 2022: 0 av 3", "Tiden räcker inte"),
        ("Pågår", NOTHING),
    ]


@pytest.mark.parametrize(
    ("one", "other", "open_"),
    [
        ({"genomforande": "pagar"}, {"genomforande": "pausad", "orsak": "Skäl"}, "Olika svar om läget"),
        ({"egen_bedomning": "enligt_plan"}, {"egen_bedomning": "risk_for_forsening"}, "Olika svar om planen"),
        (
            {"utfall": {"handelser": [{"datum": date(2022, 2, 3), "vad": "möten"}]}, "egen_bedomning": "forsenad"},
            {
                "utfall": {"handelser": [{"datum": date(2022, 2, 3), "antal": 2, "vad": "möten"}]},
                "egen_bedomning": "enligt_plan",
            },
            "Olika svar om planen och antalet",
        ),
    ],
)
def test_those_who_answer_differently_are_told_so_and_others_not(
    one: dict[str, Any], other: dict[str, Any], open_: str
) -> None:
    measure = insats(ansvariga=["fritid", "polisen", "skola"])
    found = rows(view([measure], svar(**one), svar(aktor="polisen", **other)))
    assert [(r.aktor, r.oppet) for r in found] == [
        ("Fritid", open_),
        ("Skola", "Svaret för kvartalet saknas"),
        ("Polisen", open_),
    ]


def test_twelve_aktorer_have_a_row_each() -> None:
    aktorer = [{"id": f"a{n}", "namn": f"Enhet {n}", "del_av": "kommunen"} for n in range(12)]
    found = view([insats(ansvariga=[a["id"] for a in aktorer], moment=[PLAN])], aktorer=aktorer)
    assert len(rows(found)) == 12
    assert [r.oppet for r in rows(found)][:2] == [
        "Svaret för kvartalet saknas; Planen skriven: inte rapporterat klart",
        "Svaret för kvartalet saknas; det gemensamma står vid Enhet 0",
    ]


# --- about individuals ---


def test_about_individuals_milestones_are_shown_but_no_count_or_planned_date_even_if_it_got_into_the_data() -> None:
    said = {
        "utfall": {
            "handelser": [{"datum": date(2022, 2, 3), "antal": 4, "vad": "samtal"}],
            "klara_moment": [{"moment": "plan", "datum": date(2022, 3, 3)}],
        },
        "planerat": [{"datum": date(2022, 9, 1), "vad": "Samtal"}],
    }
    measure = insats(
        individinsats=True,
        ansvariga=["fritid", "skola"],
        moment=[PLAN, LAMPOR],
        frekvens={"antal": 4, "per": "ar", "enhet": "samtal"},
        malsattning={"antal": 8, "enhet": "samtal", "senast": 2023},
    )
    other = svar(aktor="skola", utfall={"handelser": [{"datum": date(2022, 2, 3), "antal": 5, "vad": "samtal"}]})
    found, beside = rows(view([measure], svar(**said), other))
    assert found.lovat == beside.lovat == "Det som ska göras (två moment)"
    assert (found.gjort, beside.gjort) == ("Pågår; klart 3\u00a0mars 2022: Planen skriven", "Pågår")
    assert found.oppet == "Lamporna tända: inget datum i överenskommelsen"
    assert beside.oppet == "Det gemensamma står vid Fritid"
    later = rows(view([measure], svar(**said), kvartal=K2))[0]
    assert later.oppet == "Svaret för kvartalet saknas; Lamporna tända: inget datum i överenskommelsen"


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
    assert (found.gjort, found.oppet) == ("Pågår, försenad; vandringar: 0 av 6", "Sex saknas")


def test_the_ids_and_anchors_are_those_of_the_insats_with_swedish_letters() -> None:
    found = row(insats("A-1"), svar())
    assert (found.insats, found.ankare, found.rubrik) == ("Å-1", "insats-a-1", "Insats A-1")
