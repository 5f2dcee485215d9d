"""The merged state: order doesn't matter, the past doesn't change, a correction replaces exactly what it corrects."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bygge import K1, K2, K3, K4, insats, svar, underlag
from uppfoljning.check import check
from uppfoljning.facts.lage import Lage, latest_kvartal, merge
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost
from uppfoljning.text.problem import Plats

INSATSER = [
    insats("A-1", frekvens={"antal": 3, "per": "ar", "enhet": "vandringar"}),
    insats("A-2", ansvariga=["fritid", "polisen"], raknas_av="fritid", moment=[{"id": "klart", "rubrik": "Klart"}]),
    insats("A-3", ansvariga=["polisen"]),
]
RESPONSIBLE = [("A-1", "fritid"), ("A-2", "fritid"), ("A-2", "polisen"), ("A-3", "polisen")]


@st.composite
def answers(draw: st.DrawFn) -> tuple[Svarspost, ...]:
    """Any valid set of answers over four quarters: at most one original for each target, and corrections of them."""
    found: list[Svarspost] = []
    for kvartal in (K1, K2, K3, K4):
        for insats_id, aktor in RESPONSIBLE:
            if not draw(st.booleans()):
                continue
            events = draw(st.lists(st.integers(0, 89), max_size=3))
            fields = {
                "genomforande": draw(st.sampled_from(["inte_paborjad", "pagar", "genomford"])),
                "kommentar": f"svar {insats_id} {aktor} {kvartal}",
                "utfall": {
                    "handelser": [{"datum": date.fromordinal(kvartal.start.toordinal() + day)} for day in events],
                    "klara_moment": [{"moment": "klart", "datum": kvartal.start}] if draw(st.booleans()) else [],
                },
            }
            found.append(svar(insats_id, aktor, kvartal, **fields))
            for later in (K1, K2, K3, K4):
                if later >= kvartal and draw(st.integers(0, 5)) == 0:
                    found.append(
                        svar(
                            insats_id,
                            aktor,
                            later,
                            kommentar=f"rättat {insats_id} {aktor} {kvartal} i {later}",
                            rattar={"kvartal": kvartal, "skal": "fel dag"},
                            lamnad=date.fromordinal(later.slut.toordinal() + 20),
                        )
                    )
    return tuple(found)


def state(posts: tuple[Svarspost, ...], kvartal: Kvartal, per: date | None = None) -> Lage:
    return merge(underlag(INSATSER, posts), kvartal, per)


@given(answers(), st.randoms(use_true_random=False), st.sampled_from([K1, K2, K3, K4]))
def test_any_order_gives_the_same_state(posts: tuple[Svarspost, ...], random: object, kvartal: Kvartal) -> None:
    shuffled = list(posts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert state(tuple(shuffled), kvartal) == state(posts, kvartal)


@given(answers(), st.lists(st.integers(0, 3), min_size=200, max_size=200), st.sampled_from([K1, K2, K3, K4]))
def test_any_split_into_files_gives_the_same_state(
    posts: tuple[Svarspost, ...], files: list[int], kvartal: Kvartal
) -> None:
    split = tuple(
        post._replace(kalla=Plats(f"data/aterkoppling/{post.kvartal}/{post.aktor}-{part}.yaml", 1, 1))
        for post, part in zip(posts, files, strict=False)
    )

    def without_places(lage: Lage) -> str:
        return (
            repr(lage)
            .replace("-0.yaml", ".yaml")
            .replace("-1.yaml", ".yaml")
            .replace("-2.yaml", ".yaml")
            .replace("-3.yaml", ".yaml")
        )

    assert without_places(state(split, kvartal)) == without_places(state(posts, kvartal))


@given(answers())
def test_a_later_quarter_never_changes_an_earlier_state(posts: tuple[Svarspost, ...]) -> None:
    for kvartal in (K1, K2, K3):
        known = tuple(post for post in posts if post.kvartal <= kvartal)
        assert state(known, kvartal) == state(posts, kvartal)


@given(answers().filter(bool))
def test_answers_added_twice_are_refused(posts: tuple[Svarspost, ...]) -> None:
    again = tuple(post._replace(kalla=Plats("data/aterkoppling/2022-K1/kopia.yaml", 9, 1)) for post in posts)
    codes = [problem.kod for problem in check(underlag(INSATSER, posts + again))]
    originals = sum(post.svar.rattar is None for post in posts)
    corrections = len(posts) - originals
    assert codes.count("dubbelt-svar") == originals
    assert codes.count("dubbel-rattelse") == corrections


@given(answers())
def test_a_correction_replaces_exactly_what_it_corrects(posts: tuple[Svarspost, ...]) -> None:
    corrections = [post for post in posts if post.svar.rattar is not None]
    for correction in corrections:
        others = tuple(post for post in posts if post is not correction)
        before, after = state(others, K4), state(posts, K4)
        for old, new in zip(before.insatser, after.insatser, strict=True):
            if new.insats.id != correction.svar.insats:
                assert old == new
            else:
                for old_aktor, new_aktor in zip(old.aktorer, new.aktorer, strict=True):
                    if new_aktor.aktor != correction.aktor:
                        assert old_aktor == new_aktor


def test_a_correction_holds_from_the_quarter_it_was_given_in() -> None:
    first = svar("A-1", utfall={"handelser": [{"datum": date(2022, 2, 1), "antal": 2}]})
    corrected = svar(
        "A-1",
        kvartal=K2,
        rattar={"kvartal": K1, "skal": "en räknades två gånger"},
        utfall={"handelser": [{"datum": date(2022, 2, 1), "antal": 1}]},
    )

    def count(kvartal: Kvartal) -> int:
        return sum(h.handelse.antal for h in state((first, corrected), kvartal).insatser[0].raknade)

    assert count(K1) == 2
    assert count(K2) == 1


def test_the_latest_correction_wins_and_the_replaced_ones_are_kept_in_order() -> None:
    first = svar("A-1", kommentar="första")
    second = svar("A-1", kommentar="andra", rattar={"kvartal": K1, "skal": "a"}, lamnad=date(2022, 4, 20))
    third = svar("A-1", kommentar="tredje", rattar={"kvartal": K1, "skal": "b"}, lamnad=date(2022, 4, 25))
    gallande = state((third, first, second), K1).insatser[0].aktorer[0].svar
    assert gallande is not None
    assert gallande.post.svar.kommentar == "tredje"
    assert [post.svar.kommentar for post in gallande.ersatta] == ["första", "andra"]


def test_counts_add_up_over_quarters_from_the_one_aktor_who_counts() -> None:
    rows = [
        insats("A-1", ansvariga=["fritid", "polisen"], raknas_av="fritid", malsattning={"antal": 9, "enhet": "möten"})
    ]
    posts = (
        svar("A-1", "fritid", K1, utfall={"handelser": [{"datum": date(2022, 1, 5), "antal": 2}]}),
        svar("A-1", "polisen", K1, utfall={"handelser": [{"datum": date(2022, 1, 5), "antal": 5}]}),
        svar(
            "A-1",
            "fritid",
            K2,
            utfall={"handelser": [{"datum": date(2022, 5, 5)}, {"datum": date(2022, 5, 6), "vad": "utbildningar"}]},
        ),
    )
    merged = merge(underlag(rows, posts), K2).insatser[0]
    assert sum(h.handelse.antal for h in merged.raknade) == 3
    assert sum(h.handelse.antal for h in merged.handelser) == 9


def test_moments_are_united_and_keep_their_earliest_date_and_source() -> None:
    klart = {"klara_moment": [{"moment": "klart", "datum": date(2022, 6, 1)}]}
    earlier = {"klara_moment": [{"moment": "klart", "datum": date(2022, 5, 1)}]}
    posts = (svar("A-2", "fritid", K2, utfall=klart), svar("A-2", "polisen", K2, utfall=earlier))
    found = state(posts, K2).insatser[1].klara["klart"]
    assert (found.datum, found.aktor, found.kalla.fil) == (
        date(2022, 5, 1),
        "polisen",
        "data/aterkoppling/2022-K2/polisen.yaml",
    )


def test_text_and_genomforande_come_from_the_latest_answer_with_content() -> None:
    posts = (
        svar("A-1", kvartal=K1, genomforande="pagar", kommentar="i gång"),
        svar("A-1", kvartal=K2, oforandrat=True),
        svar("A-1", kvartal=K3, inget_att_rapportera=True),
    )
    aktor = state(posts, K3).insatser[0].aktorer[0]
    assert (aktor.status, aktor.genomforande) == ("inget_att_rapportera", "pagar")
    assert aktor.innehall is not None
    assert aktor.innehall.post.kvartal == K1


def test_the_reference_date_decides_whether_an_answer_is_missing_or_only_awaited() -> None:
    assert state((), K1, date(2022, 4, 29)).insatser[0].aktorer[0].status == "invantas"
    assert state((), K1, date(2022, 4, 30)).insatser[0].aktorer[0].status == "inget_svar"
    assert state((), K1).per == date(2022, 4, 30)


def test_a_late_answer_is_kept_and_counts_its_days() -> None:
    aktor = state((svar("A-1", lamnad=date(2022, 5, 3)),), K1).insatser[0].aktorer[0]
    assert (aktor.status, aktor.dagar_sen) == ("lamnad", 3)


def test_a_correction_does_not_make_an_answer_late() -> None:
    posts = (svar("A-1"), svar("A-1", rattar={"kvartal": K1, "skal": "x"}, lamnad=date(2022, 6, 1)))
    assert state(posts, K1).insatser[0].aktorer[0].dagar_sen == 0


def test_an_ended_insats_needs_no_answer() -> None:
    rows = [insats("A-1", historik=[{"handelse": "avslutad", "datum": date(2022, 3, 31), "skal": "klar"}])]
    after = merge(underlag(rows), K2).insatser[0]
    assert (after.aktuell, after.aktorer[0].status) == (False, "behovs_inte")
    assert merge(underlag(rows), K1).insatser[0].aktuell


def test_an_aktor_who_is_done_needs_not_answer_again() -> None:
    posts = (svar("A-3", "polisen", genomforande="genomford"),)
    assert state(posts, K2).insatser[2].aktorer[0].status == "behovs_inte"


def test_a_question_stands_until_it_is_closed_also_when_a_later_answer_is_silent() -> None:
    posts = (
        svar("A-1", beslut_behovs={"fraga": "Vem äger frågan?"}),
        svar("A-1", kvartal=K2),
        svar("A-1", kvartal=K3, beslut_behovs={"fraga": "vem äger frågan?"}),
    )
    assert [post.kvartal for post in state(posts, K2).insatser[0].beslut] == [K1]
    assert [post.kvartal for post in state(posts, K3).insatser[0].beslut] == [K3]


def test_the_latest_quarter_with_answers_is_chosen_else_the_first() -> None:
    assert latest_kvartal(underlag(INSATSER)) == K1
    assert latest_kvartal(underlag(INSATSER, (svar("A-1", kvartal=K3), svar("A-1", kvartal=K2)))) == K3
