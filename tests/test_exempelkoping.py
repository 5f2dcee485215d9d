"""Exempelköping, the invented municipality in exempel/: a year of everything that can go right and wrong.

Nothing in the code knows either municipality, and what a follow-up has to tell is found here in data of its own.
"""

from __future__ import annotations

import io
import re
import runpy
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

import frysbygge
from conftest import ROOT
from conftest import run_tool as tool
from data_pdf.rendera import half_yearly, pdf_and_log, report
from data_pdf.sidor import HALF_YEARLY_CLAIMS, broken_claims
from test_html import parse
from uppfoljning import __version__
from uppfoljning.facts.compare.avtryck_json import Frystavtryck, write_avtryck
from uppfoljning.facts.compare.since_closing import full_imprint
from uppfoljning.facts.lage import Lage, merge
from uppfoljning.facts.oenighet import find_oenighet
from uppfoljning.facts.plan import Planlage, judge_all
from uppfoljning.facts.redact.redact import redact
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.load.frysta import read_frysta
from uppfoljning.model import Beslutsutfall, Genomforande
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Tabell
from uppfoljning.model.underlag import Underlag
from uppfoljning.output.formats import Rapport
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.kvartal import quarter_forum

EXEMPEL = ROOT / "exempel"
FRYSTA = EXEMPEL / "data" / "frysta"
CLOSINGS = runpy.run_path(str(ROOT / "scripts" / "make_closings.py"))
K1, K2, K3, K4 = (Kvartal(2023, nr) for nr in (1, 2, 3, 4))
CLOSED = {K1: date(2023, 5, 16), K2: date(2023, 9, 12)}
"""The quarters that are closed, and when."""

WARNINGS = {
    ("aterkoppling/2023-K3/trygghetsenheten.yaml", "annan-plats"): "an event at another place than promised",
    ("aterkoppling/2023-K4/exempelbostader.yaml", "under-antalet"): "done, though fewer than promised",
    ("indikatorer.yaml", "far-inte-publiceras"): "figures that may not be passed on",
    ("insatser.yaml", "annat-antal-i-text"): "a title with another number than what is agreed",
    ("insatser.yaml", "andrat-atagande"): "a promise lowered after a closing, without a word",
}
"""What the example shows of warnings; it has no others."""


def as_it_was(folder: Path, kvartal: Kvartal) -> Path:
    """The project as it was when a quarter was closed."""
    shutil.copytree(EXEMPEL / "data", folder / "data", ignore=shutil.ignore_patterns("frysta"))
    CLOSINGS["as_it_was"](folder / "data", str(kvartal))
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its closed quarters, which here have no reports."""
    target = tmp_path_factory.mktemp("exempel") / "projekt"
    shutil.copytree(EXEMPEL / "data", target / "data", ignore=shutil.ignore_patterns("frysta"))
    for kvartal, closed in CLOSED.items():
        then = granska(as_it_was(tmp_path_factory.mktemp(str(kvartal)), kvartal))
        assert then.fel == ()
        assert then.underlag is not None
        plain, per = redact(then.underlag, None), then.underlag.sista_svarsdag(kvartal)
        imprint = write_avtryck(Frystavtryck(full_imprint(plain, kvartal, per))).encode("utf-8")
        version = f"uppfoljning {__version__}"
        frysbygge.minimal(target / "data", str(kvartal), imprint, per=per, stangd=closed, verktyg=version)
    return target


@pytest.fixture(scope="module")
def granskat(project: Path) -> Granskat:
    return granska(project)


@pytest.fixture(scope="module")
def underlag(granskat: Granskat) -> Underlag:
    """As those see it who see nothing intern."""
    assert granskat.underlag is not None
    return redact(granskat.underlag, None)


@pytest.fixture(scope="module")
def lagen(underlag: Underlag) -> dict[Kvartal, Lage]:
    return {kvartal: merge(underlag, kvartal) for kvartal in (K1, K2, K3, K4)}


@pytest.fixture(scope="module")
def planer(underlag: Underlag, lagen: dict[Kvartal, Lage]) -> dict[Kvartal, dict[str, Planlage]]:
    return {kvartal: judge_all(underlag, lage) for kvartal, lage in lagen.items()}


# --- clean, invented, and another municipality ---


def test_it_is_without_faults_and_has_the_warnings_that_it_is_there_to_show(granskat: Granskat) -> None:
    assert granskat.fel == ()
    assert sorted((p.plats.fil.removeprefix("data/"), p.kod) for p in granskat.varningar) == sorted(WARNINGS)


def test_everything_in_it_says_that_it_is_invented(granskat: Granskat) -> None:
    found = granskat.underlag
    assert found is not None
    posts: list[Any] = [*found.svar, *found.tabeller, *(r.uppgifter for r in found.beslutsrader)]
    posts += [p.uppgifter for p in (*found.halvar, *found.kvartalsfiler)]
    posts += [h for _, insats, _ in found.insatser() for h in insats.historik]
    assert len(posts) > 60
    assert [post for post in posts if not post.exempel] == []
    assert (found.overenskommelse.exempel, found.overenskommelse.kommunkod) == (True, "9999")


def test_it_is_made_otherwise_than_the_municipality_that_the_tool_was_written_for() -> None:
    found = {}
    for folder in (ROOT, EXEMPEL):
        plan = yaml.safe_load((folder / "data" / "insatser.yaml").read_text(encoding="utf-8"))
        avtal = yaml.safe_load((folder / "data" / "overenskommelse.yaml").read_text(encoding="utf-8"))
        named = {row["id"] for area in plan["huvudomraden"] for row in (area, *area["insatser"])}
        found[folder] = named | {forum["id"] for forum in avtal["forum"]}
        assert (avtal["giltig_fran"].month == 1) is (folder == ROOT)
    assert found[ROOT] & found[EXEMPEL] == set()


# --- what a year's follow-up has to tell ---

VERDICTS = {
    "CEN-1": "enligt_plan enligt_plan enligt_plan enligt_plan",
    "CEN-2": "enligt_plan enligt_plan enligt_plan enligt_plan",
    "CEN-3": "gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma",
    "CEN-4": "gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma",
    "SKO-1": "gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma",
    "SKO-2": "enligt_plan enligt_plan malet_natt malet_natt",
    "SKO-3": "- - risk_for_forsening enligt_plan",
    "NAR-1": "enligt_plan enligt_plan enligt_plan enligt_plan",
    "NAR-2": "gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma",
    "NAR-3": "enligt_plan enligt_plan gar_inte_att_bedoma gar_inte_att_bedoma",
    "TRA-1": "enligt_plan enligt_plan enligt_plan enligt_plan",
    "TRA-2": "enligt_plan enligt_plan gar_inte_att_bedoma enligt_plan",
    "BOS-1": "enligt_plan enligt_plan forsenad forsenad",
    "BOS-2": "gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma gar_inte_att_bedoma",
    "BOS-3": "enligt_plan enligt_plan enligt_plan forsenad",
}
"""The verdict on each plan, quarter by quarter."""


def test_every_plan_is_judged_as_expected_in_every_quarter(
    lagen: dict[Kvartal, Lage], planer: dict[Kvartal, dict[str, Planlage]]
) -> None:
    found: dict[str, list[str]] = {}
    for kvartal, lage in lagen.items():
        for i in lage.insatser:
            found.setdefault(i.insats.id, []).append(planer[kvartal][i.insats.id].visat if i.aktuell else "-")
    assert {name: " ".join(verdicts) for name, verdicts in found.items()} == VERDICTS


def test_every_kind_of_work_answer_and_decision_occurs(underlag: Underlag, lagen: dict[Kvartal, Lage]) -> None:
    aktorer = [a for lage in lagen.values() for i in lage.insatser for a in i.aktorer]
    assert {a.genomforande for a in aktorer} - {None} == set(Genomforande.__args__)
    kinds = {"lamnad", "oforandrat", "inget_att_rapportera", "inget_svar", "behovs_inte"}
    assert {a.status for a in aktorer} == kinds
    assert sum(a.dagar_sen > 0 for a in lagen[K2].insatser[8].aktorer) == 1
    outcomes: set[Beslutsutfall] = {r.uppgifter.utfall for r in underlag.beslutsrader}
    assert outcomes == {"bifall", "annat_beslut", "bordlagt"}
    assert {len(r.insatser) for r in underlag.beslutsrader} == {0, 1, 2}
    assert any(r.uppgifter.paragraf for r in underlag.beslutsrader)
    assert any(post.svar.rattar for post in underlag.svar)
    assert any(post.svar.muntligt for post in underlag.svar)
    assert any(post.svar.beslut for post in underlag.svar)


def of(lagen: dict[Kvartal, Lage], kvartal: Kvartal, name: str) -> Any:
    return next(i for i in lagen[kvartal].insatser if i.insats.id == name)


def test_a_total_without_a_day_counts_and_what_is_said_not_to_count_does_not(lagen: dict[Kvartal, Lage]) -> None:
    told = {(h.handelse.antal, h.handelse.datum, h.handelse.raknas) for h in of(lagen, K2, "TRA-1").handelser}
    assert told == {(9, None, None), (71, None, None), (14, None, False)}, "9 as corrected"
    assert sum(h.handelse.antal for h in of(lagen, K2, "TRA-1").raknade) == 9 + 71
    assert sum(h.handelse.antal for h in of(lagen, K4, "TRA-1").raknade) == 9 + 71 + 22 + 6 + 15


def test_several_units_are_each_told_by_themselves_where_none_is_agreed(lagen: dict[Kvartal, Lage]) -> None:
    told = {"tillsynsbesök": 9, "gemensamma kontroller": 2, "rådgivande samtal": 12}
    assert of(lagen, K4, "CEN-3").reported_by("kommunen") == told


def test_an_aim_of_at_least_twelve_is_met_by_twenty(planer: dict[Kvartal, dict[str, Planlage]]) -> None:
    natt = planer[K4]["SKO-2"].natt
    assert natt is not None
    assert (natt.klara, natt.av, natt.minst) == (20, 12, True)


def test_part_of_a_year_has_a_number_of_its_own_or_is_not_judged(
    planer: dict[Kvartal, dict[str, Planlage]],
) -> None:
    assert planer[K4]["BOS-2"].hinder == "del_av_ar"
    (part,) = [d.matt for d in planer[K4]["SKO-3"].delar if d.matt is not None]
    assert (part.klara, part.av) == (11, 10)


def test_silence_lowers_no_verdict_and_a_start_that_passes_without_a_word_is_found(
    lagen: dict[Kvartal, Lage], planer: dict[Kvartal, dict[str, Planlage]]
) -> None:
    assert [a.status for a in of(lagen, K4, "BOS-1").aktorer] == ["inget_svar"]
    assert planer[K4]["BOS-1"].bedomning == "forsenad"
    assert [a.status for a in of(lagen, K3, "TRA-2").aktorer] == ["inget_svar"]
    assert (planer[K3]["TRA-2"].bedomning, planer[K3]["TRA-2"].hinder) == ("gar_inte_att_bedoma", "svar")


def test_what_is_done_below_its_number_is_asked_about(lagen: dict[Kvartal, Lage]) -> None:
    (stuck,) = find_stillestand(lagen[K4], lagen[K3])["BOS-3"]
    assert stuck.slag == "under_talet"
    assert stuck.matt is not None
    assert (stuck.matt.klara, stuck.matt.av) == (21, 24)


def test_two_who_count_differently_disagree_until_one_corrects_it(lagen: dict[Kvartal, Lage]) -> None:
    assert [o.slag for o in find_oenighet(of(lagen, K2, "BOS-2"), K2)] == ["antal"]
    assert find_oenighet(of(lagen, K3, "BOS-2"), K3) == ()


def test_only_the_silent_change_is_warned_of(granskat: Granskat) -> None:
    (told,) = [p for p in granskat.varningar if p.kod == "andrat-atagande"]
    assert told.meddelande.startswith("BO-1: Målsättningen: 45 kvällsronder, förut 60 kvällsronder.")


def test_small_numbers_about_individuals_are_hidden(underlag: Underlag) -> None:
    told = {p.kvartal: [t.antal for t in p.individantal] for p in underlag.svar if p.svar.insats == "SKO-1"}
    assert told == {K1: ["fa"], K2: [11], K3: [7], K4: ["fa"]}
    (year,) = [t for t in underlag.tabeller if t.period is not None and t.period.manad == 12]
    assert hidden(year, "Personrån mot unga") >= {2023}
    assert hidden(year, "Summa", "Person") >= {2023}
    assert hidden(year, "Hot") == set()


def hidden(tabell: Tabell, name: str, grupp: str = "") -> set[int]:
    rows = [s for s in tabell.serier if s.nyckel.namn == name and s.nyckel.grupp in {grupp or s.nyckel.grupp}]
    return {ar for s in rows for ar in s.dolda}


def test_the_quarters_report_is_for_the_forum_that_runs_the_meeting_not_the_first_that_may_see_notes(
    underlag: Underlag,
) -> None:
    first = next(f for f in underlag.overenskommelse.forum if f.ser_intern)
    forum = quarter_forum(underlag, K4, None)
    assert forum is not None
    assert (first.id, forum.id) == ("radet", "trygghetsgruppen")


# --- the reports ---


def rapport(project: Path, period: str, forum: str | None) -> Rapport:
    return report(project, period, forum) if "K" in period else half_yearly(project, period, forum)


@pytest.mark.parametrize("period", ["2023-K1", "2023-K2", "2023-K3", "2023-K4", "2023-H1", "2023-H2"])
def test_every_report_is_whole_and_no_note_reaches_the_committee(
    period: str, project: Path, granskat: Granskat
) -> None:
    html = rapport(project, period, "arbetsutskottet").html
    parsed = parse(html)
    assert (parsed.faults, parsed.open_tags, parsed.other) == ([], [], [])
    assert "påhittade" in html
    assert granskat.underlag is not None
    notes = [post.svar.intern for post in granskat.underlag.svar if post.svar.intern]
    assert len(notes) == 3
    plain = re.sub(r"\s+", " ", parsed.text)
    assert [note for note in notes if note in plain] == []


@pytest.mark.tung
@pytest.mark.parametrize("quarter", [str(q) for q in (K1, K2, K3, K4)])
def test_every_claim_about_the_pages_holds_for_a_quarter(quarter: str, project: Path) -> None:
    content, log = pdf_and_log(report(project, quarter))
    assert log == ()
    assert broken_claims(content) == {}


@pytest.mark.tung
@pytest.mark.parametrize("slut", [False, True])
def test_every_claim_about_the_pages_holds_for_a_half_year(slut: bool, project: Path) -> None:
    content, log = pdf_and_log(half_yearly(project, "2023-H2", slut=slut))
    assert log == ()
    assert broken_claims(content, HALF_YEARLY_CLAIMS) == {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "Exempelköpings kommun" in str(pdf.docinfo.Title)


# --- the closed quarters ---


@pytest.mark.parametrize("kvartal", CLOSED, ids=str)
def test_a_closed_quarter_holds_the_data_as_they_then_were(kvartal: Kvartal, tmp_path: Path) -> None:
    frysta, problems = read_frysta(EXEMPEL)
    assert problems == []
    assert frysta.kvartal()[kvartal].manifest.stangd == CLOSED[kvartal]
    wanted = frysbygge.tree(as_it_was(tmp_path / "p", kvartal) / "data")
    assert frysbygge.tree(FRYSTA / str(kvartal) / "underlag" / "data") == wanted


@pytest.mark.tung
def test_the_quarters_can_be_closed_with_this_version_and_made_again(tmp_path: Path) -> None:
    shutil.copytree(EXEMPEL / "data", tmp_path / "data", ignore=shutil.ignore_patterns("frysta"))
    CLOSINGS["close_all"](tmp_path / "data" / "frysta")
    for kvartal in CLOSED:
        done = tool("frys", str(kvartal), "--kontrollera", "--katalog", str(tmp_path))
        assert done.returncode == 0, done.stderr
    assert {p.kod for p in granska(tmp_path).varningar} == {kod for _, kod in WARNINGS}
