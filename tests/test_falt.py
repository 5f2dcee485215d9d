"""Fields that the reports and the forms will ask for are kept, and reach those that they should."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bygge import K1, K2, avtal, insats, svar, underlag
from uppfoljning.errors import UsageError
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.facts.lage import merge
from uppfoljning.facts.redact.redact import redact
from uppfoljning.model import Kvartalsfil
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Kvartalspost, Underlag
from uppfoljning.pipeline.receiver import choose_mottagare

INTERN = {"id": "styrgrupp", "namn": "Styrgruppen", "ser_intern": True}
MOTE = {"id": "arbetsgrupp", "namn": "Arbetsgruppen", "motesforum": True}
UTSKOTT = {"id": "utskott", "namn": "Utskottet"}


@pytest.mark.parametrize(
    ("forum", "receiver"),
    [
        ([INTERN, UTSKOTT, MOTE], "arbetsgrupp"),
        ([UTSKOTT, INTERN], "styrgrupp"),
        ([UTSKOTT, INTERN, {**INTERN, "id": "annan", "namn": "En annan"}], "styrgrupp"),
        ([UTSKOTT], None),
        ([], None),
    ],
)
def test_a_quarters_report_is_for_the_forum_that_runs_the_meeting(forum: list[Any], receiver: str | None) -> None:
    assert getattr(avtal(forum=forum).motesforum, "id", None) == receiver
    found = underlag([insats()], forum=forum)
    assert choose_mottagare(found, None) == found.overenskommelse.motesforum
    if forum:
        assert getattr(choose_mottagare(found, "Utskottet"), "id", None) == "utskott"


def test_a_forum_that_is_not_there_is_no_receiver() -> None:
    with pytest.raises(UsageError, match="finns inte"):
        choose_mottagare(underlag([insats()], forum=[UTSKOTT, MOTE]), "styrgruppen")


def commented(kvartal: Kvartal, text: str) -> Underlag:
    post = Kvartalspost(kvartal, "data/kvartal/x.yaml", Kvartalsfil(kvartal=kvartal, kommentar=text))
    return replace(underlag([insats()], (svar(),)), kvartalsfiler=(post,))


def test_the_checksum_of_a_report_covers_the_comment_on_its_own_quarter_alone() -> None:
    def of(found: Underlag, kvartal: Kvartal) -> str:
        return fingerprint(found, merge(found, kvartal))

    plain = underlag([insats()], (svar(),))
    assert of(commented(K1, "Det går bra."), K1) not in {of(plain, K1), of(commented(K1, "Det går trögt."), K1)}
    assert of(commented(K1, "Det går bra."), K2) == of(plain, K2)


def test_the_place_of_work_with_individuals_is_told_to_nobody() -> None:
    rows = [insats("A-1", individinsats=True), insats("A-2")]
    found = underlag(rows, (svar("A-1", plats="Finnsta"), svar("A-2", plats="Finnsta")))
    assert [p.svar.plats for p in redact(found, None).svar] == [None, "Finnsta"]
