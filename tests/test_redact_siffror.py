"""Small counts about individuals: whatever the hidden number is, everything that is published is the same.

That is the strongest form of 'it can't be worked out': two projects that differ only in the hidden number, and in what
follows from it (sums, totals, areas, notes), give the same report to the last byte. Every figure is invented.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bygge import K4
from conftest import ROOT, run_tool
from sifferbygge import data, enkat, indikator, rad, rapport, serie, tabell
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Not, Tabell
from uppfoljning.model.underlag import Underlag
from uppfoljning.output.csv import as_csv
from uppfoljning.output.json import as_json
from uppfoljning.report.views.figures import Siffertabellvy

SIG = indikator("SIG", skydda_sma_tal=True)
OTHERS = (40, 41, 42, 43, 44)
THEFTS = (311, 287, 342, 305, 329)
small = st.integers(0, 4)
some_small = st.lists(small | st.integers(5, 60), min_size=5, max_size=5)
values = st.lists(st.integers(0, 60), min_size=5, max_size=5)


def published(underlag: Underlag, kvartal: Kvartal = K4) -> str:
    """All that a receiver gets: the view, from which pages, charts, HTML and PDF are made, and the CSV."""
    view = rapport(underlag, kvartal)
    return as_json(view) + as_csv(view)


def table(underlag: Underlag) -> Siffertabellvy:
    return rapport(underlag).statistik.tabeller[0]


def cells(view: Siffertabellvy) -> dict[str, tuple[str, ...]]:
    return {rad_.namn: rad_.varden for grupp in view.grupper for rad_ in grupp.rader}


def add(*rows: Any) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


# --- what is taken out ---


def test_a_count_below_five_is_printed_as_that_and_zero_and_four_alike() -> None:
    for secret in range(5):
        view = table(data([tabell(rad("SIG", *OTHERS[:4], secret))], [SIG]))
        row = view.grupper[0].rader[0]
        assert (row.varden[-1], row.bedomning, row.vantat, row.diagram) == ("<5", "För få för att bedöma", "–", None)
        assert "<5 betyder färre än fem." in view.fot


def test_five_is_shown_and_so_is_a_small_count_that_nothing_protects() -> None:
    view = table(data([tabell(rad("SIG", 5, 5), rad("Mord", 1, 0), rad("Summa", 6, 5))], [SIG]))
    assert cells(view) == {"SIG": ("5", "5"), "Mord": ("1", "0"), "Summa": ("6", "5")}
    assert "<5" not in view.fot


def test_every_sum_of_the_area_is_taken_out_in_that_year_and_no_other_year() -> None:
    rows = [
        rad("SIG", 9, 3, grupp="Person"), rad("Hot", 40, 41, grupp="Person"), rad("Summa", 49, 44, grupp="Person"),
        rad("Stöld", 7, 8, grupp="Hushåll"), rad("Summa", 7, 8, grupp="Hushåll"),
    ]  # fmt: skip
    view = table(data([tabell(*rows)], [SIG]))
    assert {g.rubrik: {r.namn: r.varden for r in g.rader} for g in view.grupper} == {
        "Person": {"SIG": ("9", "<5"), "Hot": ("40", "41"), "Summa": ("49", "..")},
        "Hushåll": {"Stöld": ("7", "8"), "Summa": ("7", "..")},
    }
    assert (
        "<5 betyder färre än fem. Så skyddas enskilda: är ett skyddat tal under fem visas ingen summa för samma "
        "område, år och period, och inte heller ett tal som är mindre än fem större än det som visas för en kortare "
        "del av samma år (<5 räknas som fyra). I stället står två punkter (..)."
    ) in view.fot


@pytest.mark.parametrize("name", ["Summa", "Totalt", "Samtliga brott", "Alla brott", "Totalt antal anmälda brott"])
@pytest.mark.parametrize("grupp", ["", "Person", "Alla"])
def test_so_is_every_row_that_by_its_name_is_made_of_others(name: str, grupp: str) -> None:
    rows = [rad("SIG", 9, 3, grupp="Person"), rad("Hot", 40, 41, grupp="Person"), rad(name, 49, 44, grupp=grupp)]
    assert cells(table(data([tabell(*rows)], [SIG])))[name] == ("49", "..")


def test_and_a_row_that_is_as_much_as_the_others_of_its_group_together() -> None:
    rows = [rad("SIG", 9, 8, 7, 3), rad("Andra ärenden", 40, 41, 42, 43), rad("Ärenden", 49, 49, 49, 46)]
    assert cells(table(data([tabell(*rows)], [SIG])))["Ärenden"] == ("49", "49", "49", "..")
    rows[2] = rad("Ärenden", 49, 49, 49, 47)
    assert cells(table(data([tabell(*rows)], [SIG])))["Ärenden"] == ("49", "49", "49", "47")


def test_a_sum_without_an_area_belongs_to_rows_with_the_municipalitys_name() -> None:
    rows = [
        rad("SIG", 9, 3, omrade="Exempelköpings kommun"),
        rad("Hot", 4, 9, omrade="Exempelköping"),
        rad("Summa", 13, 12),
    ]
    assert cells(table(data([tabell(*rows)], [SIG])))["Summa"] == ("13", "..")


def test_a_small_count_of_a_part_is_no_comparison_and_the_sum_of_the_parts_is_not_shown() -> None:
    rows = [
        rad("SIG", 9, 23), rad("SIG", 4, 3, omrade="Norra byn"), rad("SIG", 5, 20, omrade="Södra byn"),
        rad("Hot", 9, 23), rad("Hot", 4, 3, omrade="Norra byn"),
    ]  # fmt: skip
    shown = {s.namn: (s.varden, s.jamforelse) for g in table(data([tabell(*rows)], [SIG])).grupper for s in g.rader}
    assert shown == {"SIG": (("..", ".."), "20"), "Hot": (("9", "23"), "..")}


def test_where_a_part_of_the_municipality_has_its_own_indicator_the_whole_is_taken_out_with_it() -> None:
    rows = [rad("SIG", 9, 23), rad("SIG", 5, 3, omrade="Norra byn"), rad("SIG", 5, 20, omrade="Södra byn")]
    chosen = [SIG, *(indikator("SIG", id=f"o{n}", omrade=o) for n, o in enumerate(("Norra byn", "Södra byn")))]
    found = data([tabell(*rows)], chosen)
    assert [[r.varden[-1] for r in g.rader] for g in table(found).grupper] == [["..", "<5", "20"]]


def test_the_same_cases_counted_by_another_source_are_protected_too() -> None:
    tables = [tabell(rad("SIG", 9, 3)), tabell(rad("SIG", 9, 2), kalla="bra")]
    shown = [cells(t)["SIG"] for t in rapport(data(tables, [SIG])).statistik.tabeller]
    assert shown == [("9", "<5"), ("9", "<5")]


def test_a_whole_group_may_be_protected() -> None:
    rows = [rad("A", 9, 3, grupp="Enskilda"), rad("B", 9, 9, grupp="Enskilda"), rad("C", 9, 3, grupp="Andra")]
    found = data([tabell(*rows)], [indikator("Enskilda", grupp="Enskilda", skydda_sma_tal=True)])
    assert cells(table(found)) == {"A": ("9", "<5"), "B": ("9", "9"), "C": ("9", "3")}


def test_a_share_that_stands_for_fewer_than_five_answers_is_hidden_and_never_called_below_five_per_cent() -> None:
    rows = [rad("Hot", 40, 3), rad("Snus", 40, 3), rad("Antal svarande", 100, 100)]
    view = table(data([enkat(*rows)], [indikator("Hot", "enkat", skydda_sma_tal=True)]))
    assert cells(view) == {"Hot": ("40\u00a0%", ".."), "Snus": ("40\u00a0%", "3\u00a0%")}
    assert "<5" not in view.fot
    assert "Så skyddas enskilda: en andel som står för färre än fem svar visas inte" in view.fot
    large = [rad("Hot", 40, 3), rad("Antal svarande", 900, 900)]
    shown = cells(table(data([enkat(*large)], [indikator("Hot", "enkat", skydda_sma_tal=True)])))
    assert shown == {"Hot": ("40\u00a0%", "3\u00a0%")}


def test_the_share_of_all_goes_with_the_hidden_one_also_when_another_file_holds_it() -> None:
    first = enkat(rad("Hot", 2, kon="pojkar"), rad("Antal svarande", 100, kon="pojkar"), fil="a.csv")
    second = enkat(rad("Hot", 20, kon="flickor"), rad("Hot", 11), fil="b.csv")
    found = rapport(data([first, second], [indikator("Hot", "enkat", skydda_sma_tal=True)]))
    shown = [r.varden for g in found.statistik.tabeller[0].grupper for r in g.rader]
    assert [row[-1] for row in shown] == ["..", "20\u00a0%", ".."]


def test_a_row_taken_out_to_protect_another_is_not_called_below_five() -> None:
    rows = [rad("SIG", 9, 8, 7, 3), rad("Andra ärenden", 40, 41, 42, 43), rad("Ärenden", 49, 49, 49, 46)]
    found = data([tabell(*rows)], [SIG, indikator("Ärenden")])
    lage = serie(found, "Ärenden")
    assert (lage.serie.sma, lage.serie.dolda) == (frozenset(), frozenset({2022}))
    view = table(found)
    assert [r.bedomning for r in view.grupper[0].rader][2] == "Bedöms inte, för att skydda enskilda"


def test_a_revision_tells_nothing_of_a_hidden_figure_on_either_side() -> None:
    for before, after in ((3, 9), (9, 3), (2, 4)):
        first = tabell(rad("SIG", 9, before), rad("Summa", 9, before), rad("Hot", 1, 1, grupp="B"), uttag="2022-10-01")
        later = tabell(rad("SIG", 9, after), rad("Summa", 9, after), rad("Hot", 1, 2, grupp="B"), uttag="2022-10-09")
        told = [f.text for f in rapport(data([first, later], [SIG])).statistik.fynd if f.etikett.startswith("Ändrat")]
        assert told == ["Hot 2022 reviderad 1 → 2."]


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        (Not("Summa 2022", "Källan anger 46, men raderna blir 44."), False),
        (Not("SIG", "Det var tre ärenden."), False),
        (Not("", "SIG 2022 ska vara 3."), False),
        (Not("SIG", "Räknas från 2021."), True),
        (Not("Hot", "41 ska vara 44."), True),
    ],
)
def test_a_note_with_a_number_about_a_row_that_lost_one_is_not_told(note: Not, kept: bool) -> None:
    made = tabell(rad("SIG", 9, 3), rad("Hot", 40, 41), rad("Summa", 49, 44), avvikelser=(note,))
    (found,) = rapport(data([made], [SIG])).statistik.noter
    assert (note.text in found.text) is kept
    assert kept or found.text.endswith("Texten visas inte, eftersom den kan röja ett tal under fem.")


def test_page_one_says_only_that_it_is_few() -> None:
    texts = {rapport(data([tabell(rad("SIG", 9, 9, 9, s))], [SIG])).forsta_sidan.lage[0].problemet for s in range(5)}
    assert texts == {"Ingen förändring går att bedöma: talen är för få."}


# --- whatever it is, what is published is the same ---


def world(secret: list[int], others: list[int], more: dict[str, Any], manad: int = 9, **falt: Any) -> Tabell:
    """A table where everything that would follow from the secret row stands too."""
    rest = tuple(others)
    group = add(secret, rest)
    rows = [
        rad("SIG", *secret, grupp="Person"),
        rad("Hot", *rest, grupp="Person"),
        rad("Summa", *group, grupp="Person"),
    ]
    rows += [rad("Stöld", *THEFTS, grupp="Hushåll"), rad("Summa", *THEFTS, grupp="Hushåll")]
    if more["total"]:
        rows.append(rad("Summa", *add(group, THEFTS)))
    if more["samtliga"]:
        rows.append(rad("Samtliga brott", *add(group, THEFTS), grupp="Alla"))
    if more["del"]:
        rows += [rad("SIG", *secret, grupp="Person", omrade="Norra byn")]
        rows += [rad("Summa", *group, grupp="Person", omrade="Norra byn")]
    return tabell(*rows, manad=manad, **falt)


flags = st.fixed_dictionaries({name: st.booleans() for name in ("total", "samtliga", "del")})


def same(one: list[int], other: list[int]) -> list[int]:
    """``one`` with the hidden years' values of ``other``."""
    return [b if a < 5 else a for a, b in zip(one, other, strict=True)]


@settings(max_examples=40, deadline=None)
@given(some_small, st.lists(small, min_size=5, max_size=5), values, flags, st.sampled_from([3, 6, 9, 12]))
def test_whatever_the_hidden_number_is_the_report_is_the_same(
    secret: list[int], instead: list[int], others: list[int], more: dict[str, Any], manad: int
) -> None:
    chosen = [SIG, indikator("Hot"), indikator("Stöld")]
    worlds = [data([world(s, others, more, manad)], chosen) for s in (secret, same(secret, instead))]
    assert published(worlds[0]) == published(worlds[1])


@settings(max_examples=20, deadline=None)
@given(st.lists(small, min_size=5, max_size=5), st.lists(small, min_size=5, max_size=5), values, flags)
def test_nor_do_other_extracts_and_other_periods_tell_it(
    first: list[int], second: list[int], others: list[int], more: dict[str, Any]
) -> None:
    def made(secret: list[int]) -> Underlag:
        tables = [
            world([max(0, n - 1) for n in secret], others, more, manad=6, uttag="2022-07-01"),
            world(secret, others, more, manad=9, uttag="2022-10-01", fil="a.csv"),
            world(secret, others, more, manad=9, uttag="2022-11-01", fil="b.csv"),
        ]
        return data(tables, [SIG, indikator("Hot")])

    for kvartal in (Kvartal(2022, 2), Kvartal(2022, 3), Kvartal(2022, 4)):
        assert published(made(first), kvartal) == published(made(second), kvartal)


@settings(max_examples=40, deadline=None)
@given(small, small, st.integers(20, 100), st.integers(5, 90))
def test_nor_do_the_shares_of_other_groups(first: int, second: int, number: int, girls: int) -> None:
    def made(boys: int) -> Underlag:
        share, both = 100 * boys / number, (100 * boys + girls * number) / (2 * number)
        rows = [rad("Hot", 60, share, kon="pojkar"), rad("Hot", 60, girls, kon="flickor"), rad("Hot", 60, both)]
        numbers = [rad("Antal svarande", number, number, kon=k) for k in ("pojkar", "flickor")]
        table_ = enkat(*rows, *numbers, rad("Antal svarande", 2 * number, 2 * number))
        return data([table_], [indikator("Hot", "enkat", skydda_sma_tal=True)])

    assert published(made(first)) == published(made(second))


# --- the real tool, to the last byte ---

COMPSTAT = """kalla;compstat
omrade;Upplands-Bro
period;{period}
uttag;{uttag}
preliminar;ja
exempel;ja
{note}
grupp;brott;2018;2019;2020;2021;2022
Person;Sociala insatsgrupper;{early};{between};{secret}
Person;Hot på nätet;50;51;52;53;7103
Person;Summa;{sum_early};{sum_between};{sum}
Hushåll;Klotter;20;21;22;23;24
Hushåll;Summa;20;21;22;23;24
;Summa;{total_early};{total_between};{total}
"""
INDICATOR = """
  - id: sig
    namn: Sociala insatsgrupper
    huvudomrade: UNG
    kalla: compstat
    serie: Sociala insatsgrupper
    skydda_sma_tal: true
"""


def write(project: Path, name: str, secret: int, early: int, **falt: str) -> None:
    head = {"period": "jan–jun", "uttag": "2022-07-05", "note": "", **falt}
    between = (1, 2, 1) if head["period"] == "jan–mar" else (17, 18, 17)
    numbers: dict[str, Any] = {"sum": 7103 + secret, "sum_early": 50 + early}
    numbers |= {"total": 7127 + secret, "total_early": 70 + early}
    for key, rest in (("between", (0, 0, 0)), ("sum_between", (51, 52, 53)), ("total_between", (72, 74, 76))):
        numbers[key] = ";".join(map(str, add(between, rest)))
    text = COMPSTAT.format(secret=secret, early=early, **head, **numbers)
    (project / "data/compstat" / name).write_text(text, encoding="utf-8")


def build(folder: Path, secret: int, early: int) -> Path:
    project = folder / "projekt"
    shutil.copytree(ROOT / "data", project / "data")
    for file in (project / "data/compstat").iterdir():
        file.unlink()
    note = f"avvikelse;Summa Person 2018;Källan anger {50 + early}, och {early} av dem är grupper.\n"
    write(project, "2022-03.csv", max(0, secret - 1), early, period="jan–mar", uttag="2022-04-05")
    write(project, "2022-06-uttag-2022-07-05.csv", secret, early)
    write(project, "2022-06.csv", secret, early, uttag="2022-08-01", note=note)
    file = project / "data/indikatorer.yaml"
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "kalla: compstat" not in line or "id: compstat" in line]
    file.write_text(without_compstat("\n".join(lines)) + INDICATOR, encoding="utf-8")
    return project


def without_compstat(text: str) -> str:
    """``indikatorer.yaml`` without the indicators of the real table, those written over several lines too."""
    kept: list[str] = []
    for block in text.replace("\n  - ", "\n\0  - ").split("\0"):
        if (
            "kalla: compstat" not in block
            and "serie: Mord/dråp, försök" not in block
            and "Våldtäkt, utomhus" not in block
        ):
            kept.append(block)
    return "".join(kept)


def outputs(project: Path) -> dict[str, bytes]:
    """What leaves the project: reports for the working group and for the politicians, and the state in a terminal."""
    made: dict[str, bytes] = {}
    for name, *args in (
        ("k1.html", "2022-K1", "--html"),
        ("k2.html", "2022-K2", "--html", "--mottagare", "trygghetsutskottet"),
        ("k2-est.html", "2022-K2", "--html", "--mottagare", "est-styrgrupp"),
    ):
        done = run_tool("kvartal", *args, "--katalog", str(project), "--ut", str(project / name))
        assert (done.returncode, done.stderr) == (0, "")
        made[name] = (project / name).read_bytes()
    for args in ([], ["--underlag"], ["--format", "json"], ["--underlag", "--format", "json"]):
        done = run_tool("status", "2022-K2", "--katalog", str(project), *args)
        assert done.returncode == 0
        made[f"status {' '.join(args)}"] = done.stdout.encode()
    for form in ("text", "json"):
        done = run_tool("jamfor", "2022-K1", "2022-K2", "--format", form, "--katalog", str(project))
        assert done.returncode == 0
        made[f"jamfor {form}"] = done.stdout.encode()
    return made


@pytest.mark.tung
def test_two_projects_that_differ_in_the_hidden_number_give_the_same_pdf(tmp_path: Path) -> None:
    found = []
    for n, (secret, early) in enumerate([(1, 4), (4, 0)]):
        project = build(tmp_path / str(n), secret, early)
        for name, *args in (("k1.pdf", "2022-K1"), ("k2.pdf", "2022-K2", "--mottagare", "trygghetsutskottet")):
            done = run_tool("kvartal", *args, "--katalog", str(project), "--ut", str(project / name))
            assert (done.returncode, done.stderr) == (0, "")
        found.append([(project / name).read_bytes() for name in ("k1.pdf", "k2.pdf")])
    assert found[0] == found[1]


@pytest.mark.tung
def test_two_projects_that_differ_in_the_hidden_number_give_the_same_html_json_and_text(tmp_path: Path) -> None:
    found = [outputs(build(tmp_path / str(n), secret, early)) for n, (secret, early) in enumerate([(1, 4), (4, 0)])]
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []
    told = json.loads(found[0]["status --underlag --format json"])
    rows = {r["namn"]: r["varden"] for g in told["tabeller"][0]["grupper"] for r in g["rader"]}
    assert rows["Sociala insatsgrupper"] == ["<5", "17", "18", "17", "<5"]
    page = found[0]["k2.html"].decode().partition("<body")[2]  # before it stands the typeface, as letters and digits
    assert "7103" in page
    assert not any(str(base + n) in page for base in (7103, 7127) for n in range(1, 5))
