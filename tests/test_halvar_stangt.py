"""A half-yearly report and closed quarters: what it is compared with, and what its checksum covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bygge import K1, K2, K3, K4, insats, svar, underlag
from uppfoljning import __version__
from uppfoljning.facts.compare.avtryck_json import Frystavtryck, write_avtryck
from uppfoljning.facts.compare.since_closing import full_imprint, half_year_context
from uppfoljning.facts.fingerprint import fingerprint
from uppfoljning.facts.lage import merge
from uppfoljning.model import Halvarsfil
from uppfoljning.model.frysning import Frysningsfil, Frystavstamning, Frystrapport
from uppfoljning.model.frysta import AVTRYCK, Frysning, Frysta, describe, last_quarter
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Halvarspost, Underlag
from uppfoljning.pipeline.granska import Granskat
from uppfoljning.pipeline.halvar import halvarsvy

H1, H2 = Halvar(2022, 1), Halvar(2022, 2)


def closed(read: Underlag, *kvartal: Kvartal, per: date | None = None) -> Frysta:
    """Quarters as they were closed, judged at ``per`` or at their last day to answer."""
    found = {}
    for k in kvartal:
        day = per or read.sista_svarsdag(k)
        content = write_avtryck(Frystavtryck(full_imprint(read, k, day))).encode()
        manifest = Frysningsfil(
            frysningsformat=1,
            period=str(k),
            per=day,
            stangd=day,
            avstamd=(Frystavstamning(part="kommunen", funktion="samordnare", datum=day),),
            verktyg=f"uppfoljning {__version__}",
            bibliotek={},
            rapporter=(Frystrapport(fil="rapporter/x.pdf", html_sha256="0" * 64, data="0" * 16),),
            filer=(describe(AVTRYCK, content),),
        )
        found[str(k)] = Frysning(k, manifest, content)
    return Frysta(found)


@pytest.mark.parametrize(
    ("halvar", "closings", "used"),
    [
        (H1, (K1, K2), {K1}),
        (H2, (K1, K2, K3, K4), {K2, K3}),
        (H2, (K1,), set()),
        (Halvar(2023, 1), (K1, K2, K3, K4), {K4}),
    ],
)
def test_a_half_year_takes_only_the_quarters_that_something_in_it_is_compared_with(
    halvar: Halvar, closings: tuple[Kvartal, ...], used: set[Kvartal]
) -> None:
    read = underlag([insats()], tuple(svar(kvartal=k) for k in (K1, K2, K3, K4)))
    assert set(half_year_context(read, closed(read, *closings), halvar).rapporterat) == used


def test_a_half_year_is_not_compared_with_a_quarter_that_was_judged_later_than_itself() -> None:
    passed = {"moment": [{"id": "klar", "rubrik": "Planen antagen", "senast": date(2022, 7, 15)}]}
    read = underlag([insats(**passed)], (svar(), svar(kvartal=K2)))
    frysta = closed(read, K1, per=date(2022, 7, 20))

    def counted_from(per: date) -> str:
        vy = halvarsvy(Granskat(read, (), frysta), H1, per, None, "halvar")
        return vy.andrat.ingress.replace("\u00a0", " ").partition(".")[0]

    assert counted_from(date(2022, 7, 10)) == "Läget per 10 juli 2022 jämfört med läget per 30 april 2022"
    assert counted_from(date(2022, 7, 25)) == "Läget per 25 juli 2022 jämfört med läget per 20 juli 2022"


def test_the_checksum_of_a_quarter_follows_the_days_that_its_report_takes_from_a_half_years_file() -> None:
    kalender = {"redovisningar": [{"halvar": "2022-H1", "forum": ["utskott"]}]}
    read = underlag([insats()], (svar(),), kalender=kalender)

    def checksum(day: date | None) -> str:
        case = {"forum": "utskott", "sammantrade": day}
        uppgifter = Halvarsfil.model_validate({"halvar": H1, "arenden": (case,)})
        post = Halvarspost(H1, False, "data/halvar/2022-H1.yaml", uppgifter)
        return fingerprint(replace(read, halvar=(post,)), merge(read, K1))

    none, one, other = checksum(None), checksum(date(2022, 9, 21)), checksum(date(2022, 9, 28))
    assert none == fingerprint(read, merge(read, K1))
    assert len({none, one, other}) == 3


@pytest.mark.parametrize(
    ("period", "known", "last"),
    [
        (H2, (K1, K2, K3, K4), K4),
        (H2, (K1, K2, K3), K3),
        (H2, (), K4),
        (K2, (K1,), K2),
    ],
)
def test_a_half_year_in_which_the_agreement_ends_ends_with_its_last_quarter(
    period: Halvar | Kvartal, known: tuple[Kvartal, ...], last: Kvartal
) -> None:
    assert last_quarter(period, known) == last
