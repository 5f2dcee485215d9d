"""Whether the plan holds: every rule at both sides of its limit, in words that a reader meets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K4, insats, svar, underlag
from uppfoljning.facts.lage import merge
from uppfoljning.facts.plan import Planlage, Utgangen, judge
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost
from uppfoljning.report.sections.insats import insats_view
from uppfoljning.report.views.kvartal import Insatsvy
from uppfoljning.words.insats import flags
from uppfoljning.words.plan import describe

VANDRINGAR = {"frekvens": {"antal": 3, "per": "ar", "enhet": "vandringar"}}
STATISTIK = {"frekvens": {"antal": 1, "per": "manad", "enhet": "utskick"}}
MOMENT = {"moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": date(2022, 6, 30)}]}


def plan(fields: dict[str, Any], *posts: Svarspost, kvartal: Kvartal = K1, per: date | None = None) -> Planlage:
    data = underlag([insats("A-1", **fields)], posts)
    lage = merge(data, kvartal, per)
    return judge(lage.insatser[0], kvartal, lage.per)


def held(*days: date, **fields: Any) -> Svarspost:
    kvartal = Kvartal.of(days[0]) if days else K1
    return svar("A-1", kvartal=kvartal, utfall={"handelser": [{"datum": day} for day in days]}, **fields)


def test_without_date_frequency_or_aim_it_cannot_be_judged_whatever_the_aktor_says() -> None:
    found = plan({}, svar(egen_bedomning="enligt_plan"))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "plan")
    assert describe(found) == "Inget antal eller datum att mäta mot: varken mål, antal eller datum anges."


@pytest.mark.parametrize("fields", [{"frekvens": {"takt": "lopande"}}, {"malsattning": {"riktning": "minska"}}])
def test_a_commitment_that_cannot_be_counted_is_no_plan(fields: dict[str, Any]) -> None:
    assert plan(fields, svar()).bedomning == "gar_inte_att_bedoma"


def test_a_moment_is_late_only_after_its_last_day() -> None:
    assert plan(MOMENT, svar(kvartal=K2), kvartal=K2, per=date(2022, 6, 30)).bedomning == "enligt_plan"
    late = plan(MOMENT, svar(kvartal=K2), kvartal=K2, per=date(2022, 7, 1))
    assert late.bedomning == "forsenad"
    assert describe(late).startswith("Planen skriven: skulle vara klart senast 30\u00a0juni 2022")


def test_a_season_is_late_only_after_its_last_day() -> None:
    fields = {"moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": "våren 2022"}]}
    assert plan(fields, svar(kvartal=K2), kvartal=K2, per=date(2022, 6, 30)).bedomning == "enligt_plan"
    assert plan(fields, svar(kvartal=K2), kvartal=K2, per=date(2022, 7, 1)).bedomning == "forsenad"


def test_a_passed_moment_is_unknown_while_only_older_answers_speak_of_it() -> None:
    found = plan(MOMENT, svar(kvartal=K1), kvartal=K2, per=date(2022, 7, 1))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "svar")


def test_a_moment_reported_done_is_no_longer_late() -> None:
    done = svar(utfall={"klara_moment": [{"moment": "plan", "datum": date(2022, 3, 1)}]})
    assert plan(MOMENT, done, per=date(2023, 1, 1)).bedomning == "enligt_plan"


def test_a_passed_moment_that_nobody_has_spoken_of_is_unknown_and_not_late() -> None:
    found = plan(MOMENT, per=date(2022, 7, 1))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "svar")


def test_a_frequency_is_late_only_when_its_year_has_ended() -> None:
    posts = [svar(kvartal=Kvartal(2022, nr)) for nr in (1, 2, 3, 4)]
    assert plan(VANDRINGAR, *posts, kvartal=K4, per=date(2022, 12, 31)).bedomning == "risk_for_forsening"
    late = plan(VANDRINGAR, *posts, kvartal=K4, per=date(2023, 1, 1))
    assert late.bedomning == "forsenad"
    assert describe(late) == "Vandringar under 2022: 0 av 3; tiden är slut."


def test_a_frequency_is_told_with_what_remains_and_what_is_planned() -> None:
    post = held(date(2022, 2, 3), planerat=[{"datum": date(2022, 5, 18), "vad": "Vandring", "raknas": True}])
    assert describe(plan(VANDRINGAR, post)) == (
        "Vandringar under 2022: 1 av 3; två återstår: en planerad 18\u00a0maj 2022, en utan datum."
    )
    assert describe(plan(VANDRINGAR, held(date(2022, 2, 3)))) == (
        "Vandringar under 2022: 1 av 3; två återstår utan datum."
    )


def test_a_planned_meeting_that_does_not_count_is_not_taken_for_a_planned_walk() -> None:
    post = svar(planerat=[{"datum": date(2022, 5, 18), "vad": "Planeringsmöte"}])
    assert "tre återstår utan datum" in describe(plan(VANDRINGAR, post))


def test_a_risk_needs_under_thirty_days_for_each_that_remains() -> None:
    posts = [svar(kvartal=Kvartal(2022, nr)) for nr in (1, 2, 3)]
    limit = date(2022, 10, 2)  # 90 days before the last of December: 30 for each of three
    assert plan(VANDRINGAR, *posts, kvartal=Kvartal(2022, 3), per=limit).bedomning == "enligt_plan"
    assert plan(VANDRINGAR, *posts, kvartal=Kvartal(2022, 3), per=date(2022, 10, 3)).bedomning == "risk_for_forsening"


def test_what_has_a_date_is_no_risk() -> None:
    days = [date(2022, 11, day) for day in (5, 12, 19)]
    planned = svar(kvartal=Kvartal(2022, 3), planerat=[{"datum": d, "vad": "Vandring", "raknas": True} for d in days])
    posts = (svar(kvartal=K1), svar(kvartal=K2), planned)
    assert plan(VANDRINGAR, *posts, kvartal=Kvartal(2022, 3), per=date(2022, 10, 30)).bedomning == "enligt_plan"


def test_a_month_without_its_own_is_a_risk() -> None:
    every = held(date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31))
    assert plan(STATISTIK, every).bedomning == "enligt_plan"
    found = plan(STATISTIK, held(date(2022, 1, 31), date(2022, 2, 28)))
    assert found.bedomning == "risk_for_forsening"
    assert describe(found) == "Utskick under 2022: 2 av 12; en saknas: det ska vara en i månaden."


def test_a_quarter_without_its_own_is_a_risk_told_with_how_many_there_should_be() -> None:
    found = plan({"frekvens": {"antal": 2, "per": "kvartal", "enhet": "möten"}}, held(date(2022, 1, 31)))
    assert describe(found) == "Möten under 2022: 1 av 8; en saknas: det ska vara två i kvartalet."


def test_a_count_with_a_missing_answer_is_unknown_and_not_late() -> None:
    posts = [svar(kvartal=Kvartal(2022, nr)) for nr in (1, 2, 3)]
    found = plan(VANDRINGAR, *posts, kvartal=K4, per=date(2023, 1, 30))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "svar")
    assert "svar saknas för kvartal 4 2022" in describe(found)


def test_a_count_is_unknown_while_the_last_answer_is_still_awaited() -> None:
    posts = [svar(kvartal=Kvartal(2022, nr)) for nr in (1, 2, 3)]
    found = plan(VANDRINGAR, *posts, kvartal=K4, per=date(2023, 1, 5))
    assert found.bedomning == "gar_inte_att_bedoma"
    assert "svar väntas för kvartal 4 2022" in describe(found)


def test_a_year_that_failed_is_still_told_the_year_after() -> None:
    posts = [svar(kvartal=Kvartal(2022, nr)) for nr in (1, 2, 3, 4)]
    found = plan(VANDRINGAR, *posts, svar(kvartal=Kvartal(2023, 1)), kvartal=Kvartal(2023, 1))
    assert found.bedomning == "forsenad"
    assert describe(found).startswith("Vandringar under 2022: 0 av 3; tiden är slut.")


def test_only_the_months_of_its_own_span_are_asked_of_an_insats() -> None:
    fields = {**STATISTIK, "period": {"fran": date(2022, 4, 1)}}
    held_all = held(date(2022, 4, 5), date(2022, 5, 5), date(2022, 6, 5))
    found = plan(fields, held_all, kvartal=K2)
    assert (found.bedomning, describe(found)) == ("enligt_plan", "Utskick under 2022: 3 av 9.")


def test_a_month_that_has_not_passed_is_not_missing() -> None:
    every = held(date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31))
    assert plan(STATISTIK, every, svar(kvartal=K2), kvartal=K2, per=date(2022, 4, 5)).bedomning == "enligt_plan"


def test_work_that_has_ended_lacks_no_later_answer() -> None:
    done = held(date(2022, 2, 1), genomforande="genomford")
    assert "saknas" not in describe(plan(VANDRINGAR, done, kvartal=K4, per=date(2022, 12, 1)))


def test_a_count_that_is_reached_is_enough_also_with_a_missing_answer() -> None:
    assert plan(VANDRINGAR, held(*[date(2022, 2, d) for d in (1, 2, 3)]), kvartal=K2).bedomning == "enligt_plan"


def test_an_aim_is_late_only_after_its_time() -> None:
    fields = {"malsattning": {"antal": 2, "enhet": "utbildningar", "senast": date(2022, 3, 31)}}
    assert plan(fields, held(date(2022, 2, 1)), per=date(2022, 3, 31)).bedomning == "risk_for_forsening"
    assert plan(fields, held(date(2022, 2, 1)), per=date(2022, 4, 1)).bedomning == "forsenad"
    assert plan(fields, held(date(2022, 2, 1), date(2022, 2, 2)), per=date(2022, 4, 1)).bedomning == "enligt_plan"


def test_a_start_that_has_passed_is_late_when_work_has_not_begun() -> None:
    fields = {"start": "hösten 2021"}
    assert plan(fields, svar(genomforande="inte_paborjad")).bedomning == "forsenad"
    assert plan(fields, svar(genomforande="pagar")).bedomning == "gar_inte_att_bedoma"


def test_paused_work_with_a_date_ahead_is_a_risk() -> None:
    assert plan(MOMENT, svar(genomforande="pausad", orsak="Vakant tjänst.")).bedomning == "risk_for_forsening"


def test_broken_off_work_is_not_judged() -> None:
    found = plan(MOMENT, svar(genomforande="avbruten", orsak="Inget behov."), per=date(2023, 1, 1))
    assert (found.bedomning, found.hinder) == ("gar_inte_att_bedoma", "avbruten")


def test_an_override_holds_with_its_reason_and_keeps_the_derivation() -> None:
    post = svar(overstyrning={"plan": "forsenad", "skal": "Leverantören har gått i konkurs."})
    found = plan(MOMENT, post)
    assert (found.bedomning, found.harledd, found.overstyrd_av) == ("forsenad", "enligt_plan", "fritid")


def test_the_worse_of_two_overrides_holds() -> None:
    fields = {"ansvariga": ["fritid", "polisen"], **MOMENT}
    found = plan(
        fields,
        svar(overstyrning={"plan": "enligt_plan", "skal": "a"}),
        svar(aktor="polisen", overstyrning={"plan": "forsenad", "skal": "b"}),
    )
    assert (found.bedomning, found.overstyrd_av) == ("forsenad", "polisen")


SET = {"overstyrning": {"plan": "risk_for_forsening", "skal": "Detaljplanen dröjer."}}


GOOD = {"overstyrning": {"plan": "enligt_plan", "skal": "Detaljplanen är på väg."}}


def test_an_override_to_the_better_holds_until_the_next_frist_has_passed() -> None:
    fields = {"moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": 2022}]}
    on_the_day = plan(fields, svar(kvartal=K2, **GOOD), kvartal=K4, per=date(2022, 12, 31))
    assert (on_the_day.bedomning, on_the_day.overstyrd_kvartal) == ("enligt_plan", K2)
    after = plan(fields, svar(kvartal=K2, **GOOD), kvartal=K4, per=date(2023, 1, 1))
    assert (after.bedomning, after.overstyrd_av, after.hinder) == ("gar_inte_att_bedoma", None, "svar")
    assert after.utgangna == (Utgangen("fritid", "enligt_plan", K2, date(2022, 12, 31)),)


def test_silence_never_lowers_an_override_to_late_or_at_risk() -> None:
    fields = {"moment": [{"id": "plan", "rubrik": "Planen skriven", "senast": 2022}]}
    after = plan(fields, svar(kvartal=K2, **SET), kvartal=K4, per=date(2023, 1, 1))
    assert (after.bedomning, after.overstyrd_kvartal, after.utgangna) == ("risk_for_forsening", K2, ())


def test_a_lapsed_override_gives_way_to_what_is_derived_also_when_that_is_worse() -> None:
    fields = {**MOMENT, "ansvariga": ["fritid", "polisen"]}
    posts = (svar(**SET), svar(aktor="polisen", kvartal=K2))
    found = plan(fields, *posts, kvartal=K2, per=date(2022, 7, 1))
    assert (found.bedomning, len(found.utgangna)) == ("forsenad", 1)


def test_an_override_of_this_quarter_holds_after_a_frist_in_it_and_so_does_one_given_after_the_frist() -> None:
    assert plan(MOMENT, svar(kvartal=K2, **SET), kvartal=K2, per=date(2022, 7, 20)).overstyrd_av == "fritid"
    assert plan(MOMENT, svar(kvartal=K2, **SET), kvartal=K4, per=date(2023, 1, 30)).overstyrd_av == "fritid"
    late = svar(kvartal=K1, lamnad=date(2022, 7, 2), **SET)
    assert plan(MOMENT, late, kvartal=K2, per=date(2022, 7, 20)).overstyrd_av == "fritid"


def test_an_override_of_an_earlier_quarter_holds_where_nothing_has_a_date_or_what_had_one_is_done() -> None:
    assert plan({}, svar(**SET), kvartal=K4, per=date(2023, 1, 30)).bedomning == "risk_for_forsening"
    done = svar(utfall={"klara_moment": [{"moment": "plan", "datum": date(2022, 3, 1)}]}, **SET)
    assert plan(MOMENT, done, kvartal=K4, per=date(2023, 1, 30)).bedomning == "risk_for_forsening"


def test_one_override_that_holds_is_enough_beside_one_that_has_lapsed() -> None:
    fields = {**MOMENT, "ansvariga": ["fritid", "polisen"]}
    newer = svar(aktor="polisen", kvartal=K2, overstyrning={"plan": "enligt_plan", "skal": "Beslutad i juni."})
    found = plan(fields, svar(**SET), newer, kvartal=K2, per=date(2022, 7, 20))
    assert (found.bedomning, found.overstyrd_av, len(found.utgangna)) == ("enligt_plan", "polisen", 1)


def told(per: date, kvartal: Kvartal, override: dict[str, Any] = SET, **fields: Any) -> Insatsvy:
    """The view of an insats that Fritid overrode for the first quarter."""
    data = underlag([insats("A-1", **fields)], (svar(**override),))
    lage = merge(data, kvartal, per)
    found = judge(lage.insatser[0], kvartal, lage.per)
    return insats_view(data, lage, lage.insatser[0], found)


def test_an_override_is_told_with_the_quarter_of_its_answer_when_it_is_not_this_one() -> None:
    now, later = told(date(2022, 4, 30), K1, **MOMENT), told(date(2022, 6, 30), K2, **MOMENT)
    assert now.bedomning.startswith("Fritid har själv satt bedömningen: Detaljplanen dröjer. Enligt datum och antal: ")
    assert later.bedomning.startswith(
        "Fritid har själv satt bedömningen i svaret för kvartal 1 2022: Detaljplanen dröjer. "
    )


def test_a_lapsed_override_is_told_after_what_is_derived() -> None:
    assert told(date(2022, 7, 1), K2, GOOD, **MOMENT).bedomning == (
        "Planen skriven: skulle vara klart senast 30\u00a0juni 2022, och inget svar säger ännu om det är klart. "
        "Bedömningen som Fritid satte i svaret för kvartal 1 2022 (enligt plan) har gått ut: dagen den gällde, "
        "30\u00a0juni 2022, har passerat."
    )


def test_without_anyone_responsible_it_cannot_be_judged() -> None:
    assert plan({"ansvariga": [], **MOMENT}).hinder == "ansvarig"


@given(st.integers(0, 5), st.dates(date(2022, 4, 1), date(2022, 12, 31)))
def test_nothing_is_called_late_before_its_day(walks: int, per: date) -> None:
    days = [date(2022, 1, 1 + n) for n in range(walks)]
    found = plan(VANDRINGAR, held(*days) if days else svar(), per=per)
    assert found.bedomning != "forsenad"


@given(st.integers(0, 6), st.integers(0, 6), st.dates(date(2022, 4, 1), date(2023, 6, 30)))
def test_more_done_never_makes_the_plan_worse(few: int, more: int, per: date) -> None:
    order = ["forsenad", "risk_for_forsening", "gar_inte_att_bedoma", "enligt_plan"]

    def rank(walks: int) -> int:
        days = [date(2022, 1, 1 + n) for n in range(walks)]
        return order.index(plan(VANDRINGAR, held(*days) if days else svar(), per=per).bedomning)

    low, high = sorted((few, more))
    assert rank(low) <= rank(high)


def test_an_override_that_makes_it_look_better_is_flagged_on_the_insats() -> None:
    post = svar(kvartal=K2, overstyrning={"plan": "enligt_plan", "skal": "Klart enligt telefonsamtal."})
    data = underlag([insats("A-1", **MOMENT)], (post,))
    merged = merge(data, K2, date(2022, 7, 20))
    lage = merged.insatser[0]
    found = judge(lage, K2, date(2022, 7, 20))
    assert (found.bedomning, found.harledd) == ("enligt_plan", "forsenad")
    assert flags(data, merged, lage, found) == ("Satt av Fritid; härlett: försenad.",)


def test_what_no_plan_counts_is_added_up_from_the_aktor_who_counts() -> None:
    meeting = {"antal": 1, "vad": "möten"}
    posts = (
        svar(utfall={"handelser": [{"datum": date(2022, 1, 10), **meeting}, {"datum": date(2022, 2, 10), **meeting}]}),
        svar(kvartal=K2, utfall={"handelser": [{"datum": date(2022, 5, 10), "antal": 3, "vad": "Möten"}]}),
        svar(aktor="polisen", utfall={"handelser": [{"datum": date(2022, 1, 10), "antal": 9, "vad": "möten"}]}),
    )
    data = underlag([insats("A-1", ansvariga=["fritid", "polisen"], raknas_av="fritid")], posts)
    lage = merge(data, K2)
    plan_lage = judge(lage.insatser[0], K2, lage.per)
    shown = insats_view(data, lage, lage.insatser[0], plan_lage)
    assert [f.text for f in shown.fakta if f.etikett == "Hittills"] == ["5 möten"]
