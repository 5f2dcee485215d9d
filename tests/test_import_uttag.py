"""A later extract stands beside the earlier one and names what it revises; what can't be told apart is refused."""

from __future__ import annotations

from typing import Any

import pytest

from importbygge import PERIOD, existing, faults, lines, plan, printed

EARLIER = "kalla;compstat\nperiod;jan–sep\nuttag;2021-10-12\n\nbrott;2020;2021\nRån;5;1\nHot;1;1\n"
NEW = lines(PERIOD, "Brott | 2020 | 2021", "Rån | 5 | 2", "Våld | 1 | 1")


def earlier(text: str = EARLIER, fil: str = "data/compstat/2021-09.csv") -> Any:
    return existing(text, fil)


def test_a_later_extract_stands_beside_the_earlier_one_and_what_it_revises_is_named() -> None:
    found = plan(NEW, existing=[earlier()], uttag="15 januari 2022")
    assert found.fil == "compstat/2021-09-uttag-2022-01-15.csv"
    assert "\nuttag;2022-01-15\n" in found.content
    assert found.understood[-3:] == (
        "Reviderat sedan data/compstat/2021-09.csv: Rån 2021 1 → 2.",
        "Rader som inte fanns i data/compstat/2021-09.csv: Våld.",
        "Rader i data/compstat/2021-09.csv som inte finns här: Hot.",
    )


def test_an_earlier_extract_that_comes_late_does_not_claim_to_revise_anything() -> None:
    found = plan(NEW, existing=[earlier()], uttag="2021-10-04")
    assert found.understood[-1] == (
        "Ett senare uttag finns redan i data/compstat/2021-09.csv. Det gäller fortfarande, även sedan det här har "
        "lästs in."
    )
    assert found.fil == "compstat/2021-09-uttag-2021-10-04.csv"


@pytest.mark.parametrize(
    ("old", "uttag", "steps"),
    [
        ("2021-10-12", "", "Säg vilken dag den nya tabellen togs ut, så här: --uttag ÅÅÅÅ-MM-DD."),
        (
            "2021-10-12",
            "2021-10-12",
            "Båda togs ut samma dag. Rätta --uttag, eller ta bort den fil som inte ska gälla.",
        ),
        (
            "oktober 2021",
            "2021-10-12",
            "Byt oktober 2021 mot dagen på raden uttag i data/compstat/2021-09.csv: uttag;ÅÅÅÅ-MM-DD.",
        ),
        (
            "",
            "",
            "Säg vilken dag den nya tabellen togs ut, så här: --uttag ÅÅÅÅ-MM-DD. Lägg till en rad "
            "överst i data/compstat/2021-09.csv om när den togs ut: uttag;ÅÅÅÅ-MM-DD.",
        ),
    ],
)
def test_two_files_for_one_period_that_cannot_be_told_apart_are_refused(old: str, uttag: str, steps: str) -> None:
    existing_table = earlier(EARLIER.replace("uttag;2021-10-12\n", f"uttag;{old}\n" if old else ""))
    found = plan(NEW, existing=[existing_table], uttag=uttag)
    assert faults(found) == [("t", "tva-filer-for-en-period")]
    assert found.problem[0].atgard == steps


def test_the_same_figures_again_change_nothing() -> None:
    same = lines(PERIOD, "Brott | 2020 | 2021", "Rån | 5 | 1", "Hot | 1 | 1")
    found = plan(same, existing=[earlier()], uttag="2022-01-15")
    assert (found.already_in, found.fil, found.content) == ("data/compstat/2021-09.csv", None, "")


def test_a_figure_below_an_earlier_period_is_a_fault_that_may_be_recorded() -> None:
    june = existing("kalla;compstat\nperiod;jan–jun\n\nbrott;2020;2021\nRån;6;1\n")
    assert faults(plan(NEW, existing=[june])) == [("3:5", "lagre-an-tidigare")]
    recorded = plan(NEW, existing=[june], trots_avvikelser=True)
    assert faults(recorded) == []
    assert "\navvikelse;Rån 2020;Här står 5 för jan–sep, men data/compstat/2021-06.csv har redan 6" in recorded.content


def test_a_figure_above_a_later_period_must_be_recorded_in_the_later_file() -> None:
    june = NEW.replace("30 sep", "30 jun")
    late = earlier("kalla;compstat\nperiod;jan–sep\n\nbrott;2020;2021\nRån;4;2\n")
    found = plan(june, existing=[late], trots_avvikelser=True)
    assert faults(found) == [("3:5", "hogre-an-senare")]
    assert "i data/compstat/2021-09.csv, avvikelse;Rån 2020;vad som har ändrats, och kör igen." in printed(found)
    late = earlier("kalla;compstat\nperiod;jan–sep\navvikelse;Rån 2020;x\n\nbrott;2020;2021\nRån;4;2\n")
    assert faults(plan(june, existing=[late])) == []
