"""Whatever the layout, a table is understood as the same values and read back as the same; nothing ever raises."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import kalkylbygge as bygge
from importbygge import KOMMUN, PERIOD, values
from uppfoljning.formats.csv import split_rows
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.open import read_table
from uppfoljning.importing.plan import ImportOptions, Importplan, plan_import
from uppfoljning.load.tables.read import read_table as read_data_file
from uppfoljning.model.tabell import SUMMA, Tabell, Tabellslag
from uppfoljning.text.swedish import fold

EMPTY_MARKS = ["", ".", "..", "–", "-", "…"]
SPACES = ["", " ", "\u00a0", "\u2009", "\u202f"]
NAMES = [
    "Rån",
    "Hot",
    "Bilstöld",
    "Mord/dråp",
    "Mord/dråp, försök",
    "Misshandel (0–14 år)",
    "Stöld ur fordon",
    "Våld §",
]


class Figures(NamedTuple):
    """What a table says: a value for each name and year."""

    names: list[str]
    years: list[int]
    cells: dict[tuple[str, int], int | None]


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    first = draw(st.integers(1995, 2020))
    years = list(range(first, first + draw(st.integers(2, 5))))
    cells: dict[tuple[str, int], int | None] = {
        (name, year): draw(st.none() | st.integers(0, 9_999_999) | st.integers(1900, 2099))
        for name in names
        for year in years
    }
    for year in (years[0], years[-1]):  # years without any figures are left out
        cells[names[0], year] = cells[names[0], year] or 7
    for name in names:  # a name with nothing but blank cells is a heading
        cells[name, years[1]] = cells[name, years[1]] or 0
    return Figures(names, years, cells)


def written(draw: st.DrawFn, value: int | None) -> str:
    if value is None:
        return draw(st.sampled_from(EMPTY_MARKS))
    return f"{value:,}".replace(",", draw(st.sampled_from(SPACES))) + draw(st.sampled_from(["", "", "", "¹", "*"]))


@st.composite
def laid_out(draw: st.DrawFn, table: Figures) -> list[list[str]]:
    """The rows of a table in some layout."""
    layout = draw(st.sampled_from(["wide", "down", "long", "groups"]))
    order = list(table.years) if draw(st.booleans()) else list(reversed(table.years))
    marks = {year: f"{year}{draw(st.sampled_from(['', '', ' prel.', '¹']))}" for year in table.years}
    text = {key: written(draw, value) for key, value in table.cells.items()}
    if layout == "down":
        return [
            [draw(st.sampled_from(["År", ""])), *table.names],
            *([marks[year], *(text[name, year] for name in table.names)] for year in order),
        ]
    if layout == "long":
        rows = [[name, marks[year], text[name, year]] for name in table.names for year in order]
        return [["Brott", "År", "Antal"], *draw(st.permutations(rows))]
    body = [[name, *(text[name, year] for year in order)] for name in table.names]
    if layout == "groups":
        head = ["Grupp", "Brott", *(marks[year] for year in order)]
        return [head, ["Alla", *body[0]], *(["", *row] for row in body[1:])]
    return [[draw(st.sampled_from(["Brott", "", "Brottstyp"])), *(marks[year] for year in order)], *body]


@st.composite
def contents(draw: st.DrawFn) -> tuple[Figures, bytes]:
    """A table, and the bytes of it in some layout and kind of file, with text around it or not."""
    table = draw(figures())
    rows = draw(laid_out(table))
    above = [[PERIOD], *draw(st.sampled_from([[], [["Anmälda brott 2021"]], [["Hej! Här kommer siffrorna."]]]))]
    below = draw(st.sampled_from([[], [[""], ["Källa: Polisen."]]]))
    everything = [*reversed(above), *rows, *below]
    kind = draw(st.sampled_from(["tab", "semikolon", "csv", "html", "xlsx", "ods"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if kind in {"xlsx", "ods"}:
        return table, (bygge.xlsx if kind == "xlsx" else bygge.ods)({"Blad1": everything})
    if kind == "html":
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return table, "".join([*(f"<p>{row[0]}</p>" for row in above), f"<table>{cells}</table>"]).encode()
    separator = {"tab": "\t", "semikolon": ";", "csv": ";"}[kind]
    width = max(map(len, rows)) if kind == "csv" else 0
    padded = [[*row, *[""] * (width - len(row))] for row in everything]
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return table, mark + (end.join(separator.join(row) for row in padded) + end).encode()


NOTHING = ImportOptions()


def plan(
    content: bytes, options: ImportOptions = NOTHING, existing: tuple[Tabell, ...] = (), slag: Tabellslag = "compstat"
) -> Importplan:
    grid = read_table(content, "t")
    if isinstance(grid, tuple):
        return Importplan((), grid)
    return plan_import(grid, slag, options, KOMMUN, existing)


def read_back(found: Importplan) -> Tabell:
    grid = split_rows(found.content.removeprefix("\ufeff"), f"data/{found.fil}")
    assert isinstance(grid, Rutnat)
    tabell, problems = read_data_file(grid, "compstat")
    assert tabell is not None and problems == []
    return tabell


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_a_table_is_understood_as_the_same_values_in_every_layout_and_read_back_alike(
    made: tuple[Figures, bytes],
) -> None:
    table, content = made
    found = plan(content)
    told = values(found)
    assert {name.rpartition(" / ")[2]: row for name, row in told.items()} == {
        name: [table.cells[name, year] for year in table.years] for name in table.names
    }
    tabell = read_back(found)
    assert found.tabell is not None
    assert [(s.nyckel, dict(s.varden)) for s in tabell.serier] == [
        (s.nyckel, dict(s.varden)) for s in found.tabell.serier
    ]
    for part in ("kalla", "omrade", "period", "uttag", "ar", "preliminara", "enhet"):
        assert getattr(tabell, part) == getattr(found.tabell, part)


@settings(max_examples=60, deadline=None)
@given(contents())
def test_the_same_import_again_changes_nothing(made: tuple[Figures, bytes]) -> None:
    first = plan(made[1])
    again = plan(made[1], existing=(read_back(first),))
    assert (again.already_in, again.fil, again.content, again.problem) == (f"data/{first.fil}", None, "", ())


@settings(max_examples=80, deadline=None)
@given(figures(), st.integers(1, 9), st.booleans(), st.data())
def test_a_right_sum_passes_and_a_wrong_one_is_found_at_its_cell(
    table: Figures, off: int, wrong: bool, data: st.DataObject
) -> None:
    assume(all(value is not None for value in table.cells.values()))
    sums = {year: sum(table.cells[name, year] or 0 for name in table.names) for year in table.years}
    year = data.draw(st.sampled_from(table.years))
    sums[year] += off if wrong else 0
    rows = [["Brott", *map(str, table.years)]]
    rows += [[name, *(str(table.cells[name, y]) for y in table.years)] for name in table.names]
    rows.append(
        [data.draw(st.sampled_from(["Summa", "Totalt", "SUMMA", "Total"])), *(str(sums[y]) for y in table.years)]
    )
    found = plan("\n".join([PERIOD, *("\t".join(row) for row in rows)]).encode())
    assert [p.kod for p in found.problem] == (["stammer-inte"] if wrong else [])
    if wrong:
        assert found.problem[0].plats.rad == len(rows) + 1
        assert found.problem[0].meddelande.startswith(f"{SUMMA} {year}: Källan anger {sums[year]}")


# --- nothing raises ---


NASTY = [
    *("=SUM(A1)", "+1+1", "-a", "@x", "=cmd|'/C calc'!A0", "x" * 30_000, "\x00\x01\x02", "\u202e\u200b", "\ud7ff"),
    *("2020", "2021 prel.", "Summa", "Totalt", PERIOD, "Period: 3", "jan–sep", "1.416.280", "1 416", "−5", "0,36", "%"),
    *(
        "..",
        "",
        " ",
        ";",
        "\t",
        '"',
        '"";"',
        "811218-9876",
        "Kommun",
        "Upplands-Bro",
        "Hela landet",
        "Grupp",
        "År",
        "Antal",
    ),
    *(
        "kalla",
        "uttag;x",
        "Utv 20-21",
        "Per 100 000 inv.",
        "Kv 3 2021",
        "Pojkar 2020",
        "1" * 400,
        "9" * 15,
        "<b>",
        "&amp;",
        "|",
    ),
]
cell = st.sampled_from(NASTY) | st.text(max_size=12) | st.integers(-5, 3000).map(str)
VAL = st.builds(
    ImportOptions,
    kalla=st.sampled_from(["", "x", "bra", "=x", "å"]) | st.text(max_size=8),
    period=st.sampled_from(["", "jan–sep", "x"]),
    uttag=st.sampled_from(["", "2021-10-12", "2021", "x"]) | st.text(max_size=8),
    omrade=st.sampled_from(["", "Håbo"]) | st.text(max_size=8),
    namn=st.sampled_from(["", "Rån"]) | st.text(max_size=8),
    rubrik=st.text(max_size=20),
    hanvisning=st.text(max_size=20),
    trots_avvikelser=st.booleans(),
)


def check_plan(found: Importplan) -> None:
    """A plan either tells what is wrong or has a file that can be read back."""
    assert found.fel or found.already_in or found.fil
    assert (found.fil is None) == (not found.content)
    if found.fil is not None:
        assert found.tabell is not None
        assert not any(line[:1] in {"=", "+", "@"} for line in found.content.splitlines())
        assert found.fil.rpartition("/")[2] == fold(found.fil.rpartition("/")[2]) or "-" in found.fil


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(cell, max_size=6), max_size=8), st.sampled_from(["\t", ";", ","]), VAL, st.booleans())
def test_no_cells_ever_raise(rows: list[list[str]], separator: str, options: ImportOptions, survey: bool) -> None:
    head = [[PERIOD], ["Brott", "2020", "2021"]]
    text = "\n".join(separator.join(row) for row in [*head, *rows])
    check_plan(plan(text.encode("utf-8", "replace"), options, slag="enkat" if survey else "compstat"))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), VAL)
def test_no_text_ever_raises(text: str, options: ImportOptions) -> None:
    check_plan(plan(text.encode("utf-8", "replace"), options))


@settings(max_examples=120, deadline=None)
@given(contents(), st.lists(st.tuples(st.integers(0, 5000), cell), min_size=1, max_size=8), VAL)
def test_no_change_to_a_table_ever_raises(
    made: tuple[Figures, bytes], changes: list[tuple[int, str]], options: ImportOptions
) -> None:
    content = made[1]
    assume(not content.startswith(b"PK"))
    for place, text in changes:
        at = place % (len(content) + 1)
        content = content[:at] + text.encode("utf-8", "replace") + content[at + len(text) // 2 :]
    check_plan(plan(content, options))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(cell | st.integers() | st.none(), max_size=5), max_size=6), st.sampled_from(["xlsx", "ods"]))
def test_no_cells_of_a_workbook_ever_raise(rows: list[list[Any]], kind: str) -> None:
    plain = [
        [c if isinstance(c, int) or c is None else "".join(filter(str.isprintable, c))[:2000] for c in r] for r in rows
    ]
    plain = [[f"'{c}" if isinstance(c, str) and c.startswith("=") else c for c in row] for row in plain]
    head: list[list[Any]] = [[PERIOD], ["Brott", 2020, 2021]]
    check_plan(plan((bygge.xlsx if kind == "xlsx" else bygge.ods)({"Blad1": [*head, *plain]})))


@pytest.mark.tung
@pytest.mark.parametrize(
    "rows",
    [
        [["Brott", *(str(1900 + n) for n in range(199))], *([f"B{n}", *["1"] * 199] for n in range(50))],
        [["Brott", "2020", "2021"], *(["Summa", "1", "2"] for _ in range(3000))],
        [["Brott", "2020", "2021"], *([f"B{n}", "x", "y"] for n in range(3000))],
        [["Brott", "2020", "2021", "Utv"], *([f"B{n}", "1", "2", "5"] for n in range(3000))],
        [
            ["Grupp", "Brott", "2020", "2021"],
            ["A", "B", "1", "2"],
            *(["", f"Summa {n}", "1", "2"] for n in range(3000)),
        ],
    ],
    ids=["200 columns", "all sums", "no numbers", "all differences wrong", "sums of one group"],
)
def test_a_large_table_takes_no_time_to_speak_of(rows: list[list[str]]) -> None:
    import time

    content = "\n".join([PERIOD, *("\t".join(row) for row in rows)]).encode()
    started = time.process_time()
    check_plan(plan(content))
    assert time.process_time() - started < 10
