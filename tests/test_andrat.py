"""'Det här har ändrats' in words: on page one, in its own part of the report, and in the terminal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bygge import K1, K2, K3, insats, svar, underlag
from conftest import Run, run_tool
from sifferbygge import data, indikator, rad, rapport, tabell
from uppfoljning.facts.lage import merge
from uppfoljning.model.underlag import Svarspost
from uppfoljning.report.kvartal.report import imprint
from uppfoljning.report.sections.changes import find_changes
from uppfoljning.report.views.kvartal import Forstasidavy
from uppfoljning.report.views.parts import Andratvy
from uppfoljning.text.swedish import datum
from uppfoljning.words.common import kvartal_text

LATE = {"moment": [{"id": "m", "rubrik": "Modellen", "senast": date(2022, 6, 1)}]}


def changed(*posts: Svarspost, kvartal: Any = K2, **fields: Any) -> Andratvy:
    """What a project of one insats says has changed."""
    return rapport(underlag([insats("A-1", **fields)], posts), kvartal).andrat


def rows(andrat: Andratvy) -> list[tuple[str, str, str]]:
    return [(r.vad, r.fran.ord, r.till.ord) for g in andrat.grupper for r in g.rader]


# --- rows ---


@pytest.mark.parametrize(
    ("first", "then", "fields", "expected"),
    [
        ({}, {}, LATE, ("Planen", "Enligt plan", "Försenad")),
        ({}, {}, LATE, ("Modellen", "Inte klart, senast 1\u00a0juni 2022", "Dagen har passerat: 1\u00a0juni 2022")),
        (
            {},
            {"utfall": {"klara_moment": [{"moment": "m", "datum": date(2022, 5, 3)}]}},
            LATE,
            ("Modellen", "Inte klart, senast 1\u00a0juni 2022", "Klart 3\u00a0maj 2022"),
        ),
        ({}, {"genomforande": "pausad"}, {}, ("Genomförandet, Fritid", "Pågår", "Pausad")),
        (
            {"egen_bedomning": "enligt_plan"},
            {"egen_bedomning": "forsenad"},
            {},
            ("Egen bedömning, Fritid", "Enligt plan", "Försenad"),
        ),
        (
            {},
            {"utfall": {"handelser": [{"datum": date(2022, 5, 3), "antal": 2}]}},
            {"frekvens": {"antal": 4, "per": "ar", "enhet": "vandringar"}},
            ("Vandringar, räknade hittills", "0", "2"),
        ),
        (
            {},
            {"beslut_behovs": {"fraga": "Vem tar över?"}},
            {},
            ("Fråga från Fritid: Vem tar över?", "–", "Öppen"),
        ),
        (
            {},
            {},
            {"historik": [{"handelse": "reviderad", "datum": date(2022, 5, 10), "skal": "x", "andring": "Även lov."}]},
            ("Reviderad", "–", "10\u00a0maj 2022: Även lov."),
        ),
    ],
)
def test_a_change_is_told_as_it_was_and_as_it_is(
    first: dict[str, Any], then: dict[str, Any], fields: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert expected in rows(changed(svar(**first), svar(kvartal=K2, **then), **fields))


def test_the_lead_counts_new_answers_by_quarter_and_late_ones_for_the_quarter_before() -> None:
    told = changed(svar(lamnad=date(2022, 5, 20)), svar(kvartal=K2)).ingress
    assert told == (
        "Läget per 30\u00a0juli 2022 jämfört med läget per 30\u00a0april 2022. Ett svar har kommit för kvartal 2 2022. "
        "I läget per 30\u00a0april 2022 ingår ett svar som kom senare. I övrigt har inget ändrats."
    )


def test_a_quarter_without_any_answer_says_so() -> None:
    assert "Inget svar har kommit för kvartal 2 2022." in changed(svar()).ingress


def test_falling_silent_is_a_row_and_an_answer_in_time_is_not() -> None:
    assert ("Svaret, Fritid", "Svar lämnat", "Inget svar") in rows(changed(svar()))
    assert rows(changed(svar(), svar(kvartal=K2))) == []


def test_a_first_own_judgement_is_told_only_when_it_is_a_worry() -> None:
    calm = changed(svar(), svar(kvartal=K2, egen_bedomning="enligt_plan"))
    worry = changed(svar(), svar(kvartal=K2, egen_bedomning="risk_for_forsening"))
    assert rows(calm) == []
    assert rows(worry) == [("Egen bedömning, Fritid", "–", "Risk för försening")]


def test_the_first_quarter_has_nothing_to_compare_with_and_tells_what_was_reported_in_it() -> None:
    done = {"utfall": {"klara_moment": [{"moment": "m", "datum": date(2021, 12, 3)}]}}
    told = changed(svar(**done), kvartal=K1, **LATE)
    assert (told.sedan, told.ingress) == (
        "",
        "Det finns inget tidigare kvartal att jämföra med. Det här rapporterades i kvartalet.",
    )
    assert rows(told) == [("Modellen", "–", "Klart 3\u00a0december 2021")]
    assert changed(svar(), kvartal=K1).ingress.endswith("Inget särskilt rapporterades i kvartalet.")


def planned(day: date, **fields: Any) -> dict[str, Any]:
    return {"planerat": [{"datum": day, "vad": "Utredningen lämnas"}], **fields}


def test_a_planned_day_that_has_moved_is_told_and_one_that_was_kept_or_is_new_is_not() -> None:
    moved = changed(svar(**planned(date(2022, 6, 17))), svar(kvartal=K2, **planned(date(2022, 10, 28))))
    was, now = datum(date(2022, 6, 17)), datum(date(2022, 10, 28))
    assert rows(moved) == [("Planerat av Fritid: Utredningen lämnas", was, now)]
    kept = {"utfall": {"handelser": [{"datum": date(2022, 6, 17), "vad": "möten"}]}}
    again = changed(svar(**planned(date(2022, 6, 17))), svar(kvartal=K2, **planned(date(2022, 10, 28)), **kept))
    assert rows(again) == [("Möten, räknade hittills", "–", "1")]
    assert rows(changed(svar(), svar(kvartal=K2, **planned(date(2022, 10, 28))))) == []


def test_a_question_whose_last_day_has_passed_is_told_and_one_that_is_gone_is_told_as_gone() -> None:
    asked = {"beslut_behovs": {"fraga": "Ska SSPF fortsätta?", "senast": date(2022, 5, 31)}}
    late = changed(svar(**asked), svar(kvartal=K2))
    day = datum(date(2022, 5, 31))
    assert [r.mening for g in late.grupper for r in g.rader] == [
        f"Fråga från Fritid: Ska SSPF fortsätta? Öppen, behövdes senast {day}, förut öppen, behövs senast {day}."
    ]
    settled = svar(kvartal=K2, rattar={"kvartal": K1, "skal": "SSPF fortsätter."}, lamnad=date(2022, 7, 2))
    told = rows(changed(svar(**asked), svar(kvartal=K2), settled))
    assert ("Fråga från Fritid: Ska SSPF fortsätta?", f"Öppen, behövs senast {day}", "Inte längre öppen") in told


def test_what_somebody_wrote_keeps_its_capitals_inside_a_sentence() -> None:
    before = underlag([insats("A-1", beskrivning="SSPF ska fortsätta.")])
    after = underlag([insats("A-1", beskrivning="EST ska fortsätta.")])
    told = find_changes(before, imprint(before, merge(before, K1)), imprint(after, merge(after, K2))).vy
    (row,) = [r for g in told.grupper for r in g.rader if r.slag == "lydelse"]
    assert row.mening == "Insatsens text: EST ska fortsätta, förut ”SSPF ska fortsätta”."


def test_a_text_changed_only_far_in_says_so() -> None:
    long = "Ord " * 60
    before, after = (underlag([insats("A-1", beskrivning=long + end)]) for end in ("Ett.", "Två."))
    told = find_changes(before, imprint(before, merge(before, K1)), imprint(after, merge(after, K2))).vy
    (row,) = [r for g in told.grupper for r in g.rader if r.slag == "lydelse"]
    assert row.till.ord == "Ändrat längre in i texten"


ENDS = {"historik": [{"handelse": "avslutad", "datum": date(2022, 3, 1), "skal": "Klart."}]}
BEGINS = {"historik": [{"handelse": "tillkommen", "datum": date(2022, 5, 1), "skal": "Behov."}]}


def test_an_insats_that_ends_or_begins_is_one_row_and_takes_what_is_known_of_it_along() -> None:
    done = {"utfall": {"handelser": [{"datum": date(2022, 2, 1), "vad": "möten"}]}}
    ended = changed(svar(egen_bedomning="forsenad", **done), **ENDS, **LATE)
    assert rows(ended) == [("Insatsen", "Ingår", "Ingår inte")]
    ended_now = changed(svar(egen_bedomning="forsenad", **done), kvartal=K1, **ENDS, **LATE)
    assert ("Avslutad", "–", f"{datum(date(2022, 3, 1))}: Klart.") in rows(ended_now)
    begun = changed(svar(kvartal=K2, egen_bedomning="enligt_plan"), **BEGINS)
    assert rows(begun) == [("Ny insats", "–", f"{datum(date(2022, 5, 1))}: Behov.")]
    late = changed(svar(kvartal=K2), **BEGINS, **LATE)
    assert ("Planen", "–", "Försenad") in rows(late), "it is late from its first quarter, and that is news"


def test_an_aktor_that_falls_silent_on_several_insatser_is_one_row() -> None:
    several = [insats(f"A-{n}") for n in range(1, 4)]
    told = rapport(underlag(several, tuple(svar(f"A-{n}") for n in range(1, 4))), K2).andrat
    (row,) = [r for g in told.grupper for r in g.rader]
    assert (row.rubrik, row.vad, row.till.ord) == ("3 insatser: Å-1, Å-2 och Å-3", "Svaret, Fritid", "Inget svar")


@pytest.mark.parametrize(
    ("k1", "k2", "expected"),
    [
        (("pagar", "pausad"), (None, None), []),
        (("pagar", "pausad"), ("pagar", "pagar"), [("Svaren om genomförandet", "Olika svar", "Inte längre olika")]),
        (("pagar", "pagar"), ("pagar", "pausad"), [("Svaren om genomförandet", "–", "Olika svar")]),
    ],
)
def test_disagreement_is_said_to_be_over_only_when_the_answers_agree(
    k1: tuple[str, str], k2: tuple[str | None, str | None], expected: list[tuple[str, str, str]]
) -> None:
    posts = [
        svar("A-1", aktor, kvartal, genomforande=said)
        for kvartal, answers in ((K1, k1), (K2, k2))
        for aktor, said in zip(("fritid", "polisen"), answers, strict=True)
        if said is not None
    ]
    told = changed(*posts, ansvariga=["fritid", "polisen"])
    assert [row for row in rows(told) if "Svaren om" in row[0]] == expected


def test_counts_that_differed_for_a_quarter_still_do_when_nobody_has_answered_since() -> None:
    def met(aktor: str, antal: int, kvartal: Any = K1) -> Svarspost:
        events = {"handelser": [{"datum": kvartal.start, "antal": antal, "vad": "möten"}]}
        return svar("A-1", aktor, kvartal, utfall=events)

    both = {"ansvariga": ["fritid", "polisen"], "raknas_av": "fritid"}
    silent = changed(met("fritid", 7), met("polisen", 6), **both)
    assert [row for row in rows(silent) if "Svaren om" in row[0]] == []
    again = changed(met("fritid", 7), met("polisen", 6), met("fritid", 6, K2), met("polisen", 5, K2), **both)
    assert [row for row in rows(again) if "Svaren om" in row[0]] == [
        ("Svaren om antalet möten, kvartal 2 2022", "–", "Olika svar")
    ]


def test_that_an_answer_is_only_awaited_is_no_change() -> None:
    project = underlag([insats("A-1")])
    told = rapport(project, K2, date(2022, 7, 10)).andrat
    assert rows(told) == []


def test_a_day_that_had_passed_before_the_first_quarter_is_not_said_to_be_reported_in_it() -> None:
    passed = [{"id": "m", "rubrik": "Modellen", "senast": date(2021, 12, 1)}]
    assert changed(svar(), kvartal=K1, moment=passed).ingress.endswith("Inget särskilt rapporterades i kvartalet.")


CALM, HIGH, MORE = (20, 20, 20, 20, 20), (20, 20, 20, 20, 60), (20, 20, 20, 20, 63)


def test_figures_tell_a_new_table_a_turned_verdict_and_a_revision() -> None:
    tables = [
        tabell(rad("Rån", *CALM), manad=3, uttag="2022-04-05"),
        tabell(rad("Rån", 20, 20, 20, 20, 22), manad=3, uttag="2022-06-05", fil="data/compstat/nytt.csv"),
        tabell(rad("Rån", *HIGH), manad=6, uttag="2022-07-05"),
    ]
    told = rapport(data(tables, [indikator("Rån")]), K2).andrat
    (figures,) = [g for g in told.grupper if g.rubrik == "Statistiken"]
    assert [(r.rubrik, r.vad, r.fran.ord, r.till.ord) for r in figures.rader] == [
        ("Compstat", "Siffror för jan–jun 2022", "–", "Nya"),
        ("Compstat", "Rån", "Ingen säker förändring (jan–mar 2022)", "Tydligt fler än vanligt (jan–jun 2022)"),
        ("Compstat", "Rån jan–mar 2022", "20", "22"),
    ]


def test_a_figure_that_is_hidden_on_either_side_is_not_told() -> None:
    first = tabell(rad("Avhopp", 9, 8, 7, 9, 7), manad=3, uttag="2022-04-05")
    later = tabell(rad("Avhopp", 9, 8, 7, 9, 4), manad=3, uttag="2022-06-05", fil="data/compstat/nytt.csv")
    shown = rapport(data([first, later], [indikator("Avhopp", skydda_sma_tal=True)]), K2)
    assert [r for g in shown.andrat.grupper for r in g.rader if r.slag == "siffra"] == []
    assert "4" not in [r.till.ord for g in shown.andrat.grupper for r in g.rader]


def test_a_figure_that_was_lacking_and_one_taken_back_are_told_but_not_those_of_a_new_table() -> None:
    first = tabell(rad("Hot", 9, 8, 7, 9, None), rad("Rån", 9, 8, 7, 9, 6), manad=3, uttag="2022-04-05")
    later = tabell(rad("Hot", 9, 8, 7, 9, 5), rad("Rån", 9, 8, 7, 9, None), manad=3, uttag="2022-06-05", fil="ny.csv")
    new = tabell(rad("Hot", 9, 8, 7, 9, 11), manad=6, uttag="2022-07-05")
    told = rapport(data([first, later, new]), K2).andrat
    assert [row for row in rows(told) if "Siffror" not in row[0]] == [
        ("Hot jan–mar 2022", "–", "5"),
        ("Rån jan–mar 2022", "6", "Ingen siffra"),
    ]


# --- page one ---


def page(*posts: Svarspost, kvartal: Any = K2, insatser: list[dict[str, Any]] | None = None) -> Forstasidavy:
    return rapport(underlag(insatser or [insats("A-1", **LATE)], posts), kvartal).forsta_sidan


def test_page_one_puts_what_has_become_late_first_and_counts_what_it_has_no_room_for() -> None:
    many = [insats(f"A-{n}", **LATE) for n in range(1, 7)]
    revised = {"historik": [{"handelse": "reviderad", "datum": date(2022, 5, 1), "skal": "x", "andring": "Mer."}]}
    found = page(*(svar(f"A-{n}", kvartal=K2) for n in range(1, 7)), insatser=[insats("B-1", **revised), *many])
    assert found.andrat_rubrik == "Ändrat sedan kvartal 1 2022"
    assert [r.status.ord for r in found.andrat] == ["Försenad, förut går inte att bedöma:"] * 4
    assert found.andrat_fler == "Alla 20 ändringar står under Det här har ändrats."


@pytest.mark.parametrize(
    ("late", "better", "expected"),
    [
        (0, 0, "har ingen insats fått en ny bedömning."),
        (1, 0, "har en insats blivit försenad."),
        (2, 0, "har två insatser blivit försenade."),
        (0, 1, "har en insats fått en bättre bedömning."),
        (1, 2, "har en insats blivit försenad och två insatser fått en bättre bedömning."),
    ],
)
def test_page_one_says_how_many_plans_have_turned_which_way(late: int, better: int, expected: str) -> None:
    rows = [insats(f"A-{n}", moment=[{"id": "m", "rubrik": "M", "senast": date(2022, 9, 1)}]) for n in range(late)]
    rows += [insats(f"B-{n}", **LATE) for n in range(better)]
    posts = [svar(i["id"], kvartal=k) for i in rows for k in (K1, K2)]
    posts += [svar(f"A-{n}", kvartal=K3) for n in range(late)]
    done = {"utfall": {"klara_moment": [{"moment": "m", "datum": date(2022, 8, 1)}]}}
    posts += [svar(f"B-{n}", kvartal=K3, **done) for n in range(better)]
    found = page(*posts, *([] if rows else [svar("A-1", kvartal=K3)]), kvartal=K3, insatser=rows or [insats("A-1")])
    assert f"Sedan {kvartal_text(K2)} {expected}" in found.meningar


# --- the command ---


def test_without_quarters_the_latest_is_compared_with_the_one_before(run: Run) -> None:
    done = run("jämför")
    assert done.returncode == 0
    assert done.stderr == "Jämför 2022-K2 med kvartalet före, 2022-K1.\n"
    lines = done.stdout.splitlines()
    assert lines[0] == "Ändrat från 2022-K1 till 2022-K2"
    assert "  - TOM-2 Trygghetsmätning och gemensam analys. Planen: Försenad, förut enligt plan." in lines
    assert run("jamfor", "2022-K2").stdout == run("jamfor", "2022-K1", "2022-K2").stdout == done.stdout


def test_as_json_it_holds_the_same_rows_as_the_report_with_both_quarters(run: Run) -> None:
    told = json.loads(run("jamfor", "2022-K1", "2022-K2", "--format", "json").stdout)
    report = json.loads(run("status", "2022-K2", "--format", "json").stdout)
    assert (told["slag"], told["fran"], told["till"]) == ("jamfor", "2022-K1", "2022-K2")
    assert told["andrat"] == report["andrat"]


def test_the_later_quarter_first_is_turned_round_and_said(run: Run) -> None:
    done = run("jamfor", "2022-K2", "2022-K1")
    assert done.stdout == run("jamfor", "2022-K1", "2022-K2").stdout
    assert done.stderr == ("2022-K2 är senare än 2022-K1: det som visas är ändringarna från 2022-K1 till 2022-K2.\n")


def test_a_half_year_stands_for_its_last_quarter(run: Run) -> None:
    half = run("jamfor", "2022-H1", "2022-K4")
    assert half.stdout == run("jamfor", "2022-K2", "2022-K4").stdout
    assert half.stderr == "2022-H1 jämförs så som läget var vid halvårets slut, 2022-K2.\n"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["2022-K1"], "2022-K1 är överenskommelsens första kvartal. Ange ett senare att jämföra det med."),
        (["2022-K1", "2022-K1"], "Ange två olika kvartal: båda är 2022-K1."),
        (["2022-K1", "2022-H1", "--format", "xml"], 'Formatet "xml" finns inte.'),
        (["våren"], '"våren" är varken kvartal eller halvår. Skriv till exempel 2022-K1 eller 2022-H1.'),
        (["2022-K1", "2024-K1"], "2024-K1 ligger utanför överenskommelsen, som omfattar 2022-K1 till 2023-K4."),
        (["2019-K1", "2022-K1"], "2019-K1 ligger utanför överenskommelsen, som omfattar 2022-K1 till 2023-K4."),
    ],
)
def test_a_comparison_that_cannot_be_made_is_a_usage_error_that_says_why(args: list[str], expected: str) -> None:
    done = run_tool("jamfor", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(expected)


def test_faulty_data_stops_it_with_every_problem(project: Path) -> None:
    (project / "data/insatser.yaml").write_text("huvudomraden: [", encoding="utf-8")
    done = run_tool("jamfor", cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert "data/insatser.yaml:1" in done.stderr


def test_intern_notes_are_in_neither_form(project: Path) -> None:
    file = project / "data/aterkoppling/2022-K2/polisen.yaml"
    text = file.read_text(encoding="utf-8")
    planted = text.replace("    genomforande: pagar\n", "    genomforande: pagar\n    intern: HEMLIGT\n")
    file.write_text(planted, encoding="utf-8")
    assert planted != text
    for form in ("text", "json"):
        done = run_tool("jamfor", "--format", form, cwd=project)
        assert done.returncode == 0
        assert "HEMLIGT" not in done.stdout
