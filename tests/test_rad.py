"""Whoever does what an advice says passes that place: faults made in the example, the exact advice, and the mend.

``tests/rad/*.txt`` hold one fault after the other: the file, its lines (``-``), the lines that make the fault (``+``),
the whole advice (``!``) and the lines as one writes them who follows it (``=``, where they aren't the file's own).
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import ROOT
from uppfoljning import model
from uppfoljning.check import check
from uppfoljning.formats.yaml.node import Nod
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.load.load import load
from uppfoljning.load.shape import field_of, slag_of
from uppfoljning.model.known import Kanda
from uppfoljning.pipeline.granska import granska
from uppfoljning.text.candidates import advise, find

FOLDER = Path(__file__).parent / "rad"
FILES = {
    "overenskommelse.yaml": model.Overenskommelse,
    "insatser.yaml": model.Insatsfil,
    "indikatorer.yaml": model.Indikatorfil,
    "beslut.yaml": model.Beslutsfil,
    "halvar": model.Halvarsfil,
    "aterkoppling": model.Aterkopplingsfil,
    "kvartal": model.Kvartalsfil,
}


class Fault(NamedTuple):
    """A fault in a file of the example, what is said of it, and the lines that are written then."""

    fil: str
    bra: str
    fel: str
    rad: str
    gjort: str


def faults(pattern: str) -> Iterator[Fault]:
    for path in sorted(FOLDER.glob(pattern)):
        for part in path.read_text(encoding="utf-8").split("\n\n"):
            fil, *rest = part.rstrip("\n").split("\n")
            bra, fel, rad, gjort = ([line[2:] for line in rest if line[:1] == sign] for sign in "-+!=")
            text = ["".join(f"{line}\n" for line in some) for some in (bra, fel, gjort or bra)]
            yield Fault(fil, text[0], text[1], "\n".join(rad), text[2])


FAULTS = list(faults("[!s]*.txt"))
SYNTAX = list(faults("syntax.txt"))
by_file = [[fault for fault in FAULTS if fault.fil == fil] for fil in sorted({fault.fil for fault in FAULTS})]
ROUNDS = [[fault for fault in some if fault] for some in itertools.zip_longest(*by_file)]
"""One fault a file at a time: all of them are told at once."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The example without its tables of figures, which nothing here is about."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("compstat", "enkater"))
    return tmp_path


def change(project: Path, changes: Iterable[tuple[str, str, str]]) -> None:
    for fil, before, after in changes:
        path = project / "data" / fil
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_example_has_no_problem_and_each_kind_of_advice_has_its_faults(small: Path) -> None:
    assert granska(small).problem == ()
    assert len(FAULTS) > 120 and len(SYNTAX) > 25


@pytest.mark.parametrize("made", ROUNDS, ids=lambda made: made[0].fel.strip().split("\n")[-1].strip()[:40])
def test_the_advice_is_the_expected_and_whoever_does_it_passes(made: list[Fault], small: Path) -> None:
    change(small, [(fault.fil, fault.bra, fault.fel) for fault in made])
    told = granska(small).problem
    for fault in made:
        assert [p.atgard for p in told if p.plats.fil == f"data/{fault.fil}"] == [fault.rad], fault.fel
        assert is_what_is_said(fault), fault.gjort
        shutil.copyfile(ROOT / "data" / fault.fil, small / "data" / fault.fil)
    new = [(fault.fil, fault.bra, fault.gjort) for fault in made if fault.gjort != fault.bra]
    change(small, new)
    assert not new or granska(small).problem == ()


@pytest.mark.parametrize("fault", SYNTAX, ids=lambda fault: fault.fel.strip().split("\n")[-1].strip()[:40])
def test_a_syntax_error_is_told_by_its_cause_and_whoever_does_what_is_said_has_a_file_that_can_be_read(
    fault: Fault,
) -> None:
    text = (ROOT / "data" / fault.fil).read_text(encoding="utf-8")
    assert text.count(fault.bra) == 1
    told = read_yaml(text.replace(fault.bra, fault.fel).encode(), "f.yaml")
    assert [p.atgard for p in told.problem] == [fault.rad]
    assert is_what_is_said(fault)
    mended = read_yaml(text.replace(fault.bra, fault.gjort).encode(), "f.yaml")
    assert mended.problem == [] and mended.rot is not None


SLIPS: dict[str, tuple[str, str]] = {
    "no blank after the colon": (r"^(\s*(?:- )?\w+): (?=\S)", r"\1:"),
    "no colon": (r"^(\s*(?:- )?\w+): (?=\S)", r"\1 "),
    "no blank after the hyphen": (r"^(\s*)- (?=\w)", r"\1-"),
    "a blank too many": (r"^(?=.)", " "),
    "two blanks too many": (r"^(?=.)", "  "),
    "a blank too few": (r"^ ", ""),
    "two blanks too few": (r"^  ", ""),
    "tabs for blanks": (r"^    (    )?", "\t"),
    "a quotation mark left open": (r"^(\s*(?:- )?\w+): (?=[A-ZÅÄÖ])", r'\1: "'),
    "a bracket left open": (r"}$", ""),
    "no comma": (r"(\{.*?), ", r"\1 "),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_on_any_line_of_an_answer_is_undone_by_writing_what_the_advice_says(slip: str) -> None:
    """But for two lines: a text's own first line says how far in it stands, and ``>-`` gives no word of its field."""
    text = (ROOT / "data" / "aterkoppling" / "2022-K2" / "trygghet-prevention.yaml").read_text(encoding="utf-8")
    right = read_yaml(text.encode(), "f.yaml").rot
    rader = text.split("\n")
    assert right is not None
    tried, failed = 0, []
    for number, line in enumerate(rader):
        made = re.sub(*SLIPS[slip], line, count=1)
        file = read_yaml("\n".join([*rader[:number], made, *rader[number + 1 :]]).encode(), "f.yaml")
        if made == line or not file.problem:
            continue
        tried += 1
        (problem,) = file.problem
        written = [*rader[:number], made, *rader[number + 1 :]]
        written[problem.plats.rad - 1 : problem.plats.rad] = problem.atgard.split("\n")[1:]
        mended = read_yaml("\n".join(written).encode(), "f.yaml")
        if mended.rot is None or mended.rot.varde != right.varde:
            failed.append(line.strip())
    assert tried >= 2
    assert failed in ([], ["kommentar: >-"])


def is_what_is_said(fault: Fault) -> bool:
    """Whether the mended lines are those of the advice, with what is open in them filled in, where it says them."""
    sentence, *written = fault.rad.split("\n")
    value = re.fullmatch(r'Skriv "?([^ "]+)"?(?: (?:utan|med) citattecken)?\.', sentence)
    inline = re.search(r": ((?:- |\w+: )*(?:\w+: |\[|\{).+)$", sentence)
    if sentence.startswith("Finns inget") or "Här kan stå" in sentence:
        written = []
    elif value or inline:
        written = [value[1] if value else inline[1] if inline else ""]
    pattern = r"\s+".join(re.escape(line.strip()).replace("…", ".+") for line in written)
    pattern = re.sub("ÅÅÅÅ|MM|DD|(?<=-)K1", lambda found: r"\w" * len(found[0]), pattern)
    return re.search(pattern, fault.gjort) is not None


# --- every place that names something, and every name that a thing has ---


class Reference(NamedTuple):
    """A place in a file of the example that names something by its id, and the lists where it is described."""

    fil: str
    nod: Nod
    listor: tuple[str, ...]


def references(kind: Any, nod: Nod, fil: str) -> Iterator[Reference]:
    """Every place in a tree that names something, by what the model says of its fields."""
    slag = kind if hasattr(kind, "bas") else slag_of(kind)
    if slag.kort and nod.barn is None:
        slag = field_of(slag.bas, slag.kort)
    if slag.refers_to and nod.barn is None:
        yield Reference(fil, nod, slag.refers_to)
    elif slag.is_block and isinstance(nod.barn, dict):
        for key, child in nod.barn.items():
            yield from references(field_of(slag.bas, key), child, fil)
    elif slag.bas is tuple and isinstance(nod.barn, list):
        for child in nod.barn:
            yield from references(slag_of(slag.inne[0]), child, fil)


class Named(NamedTuple):
    """A project, every place in it that names something, and what may be named."""

    project: Path
    places: list[Reference]
    known: Kanda


@pytest.fixture(scope="module", params=[ROOT, ROOT / "exempel"], ids=["data", "exempel"])
def named(request: pytest.FixtureRequest) -> Named:
    read = load(request.param)
    assert read.underlag is not None
    found = []
    for fil, file in read.filer.items():
        kind = next(kind for start, kind in FILES.items() if fil.startswith(f"data/{start}"))
        assert file.rot is not None
        found += list(references(kind, file.rot, fil))
    return Named(request.param, found, read.underlag.kanda)


def test_the_examples_name_something_in_every_list(named: Named) -> None:
    assert len(named.places) > 100
    listor = {lista for one in named.places for lista in one.listor}
    assert listor >= {"parter", "aktorer", "samverkanspartner", "forum", "huvudomraden", "insatser", "kallor", "moment"}


@pytest.mark.parametrize("number", range(3))
def test_a_name_in_place_of_an_id_is_answered_with_the_id(number: int, named: Named, tmp_path: Path) -> None:
    """With the id in its place the file is what it was, and so is every report."""
    shutil.copytree(named.project / "data", tmp_path / "data")
    expected: dict[tuple[str, int, int], str] = {}
    for fil in sorted({one.fil for one in named.places}):
        path = tmp_path / fil
        rader = path.read_text(encoding="utf-8").split("\n")
        for one in sorted((one for one in named.places if one.fil == fil), key=lambda one: -one.nod.kolumn):
            choices = named.known.of(*one.listor)
            if one.listor == ("moment",):  # whose insats has lost its id here: tests/rad has them
                continue
            names = choices[one.nod.varde]
            if number >= len(names) or find(names[number], choices) != [one.nod.varde] or names[number] in choices:
                continue
            line = rader[one.nod.rad - 1]
            start = one.nod.kolumn - 1
            rader[one.nod.rad - 1] = f'{line[:start]}"{names[number]}"{line[start + one.nod.langd :]}'
            expected[fil, one.nod.rad, start + 1] = one.nod.varde
        path.write_text("\n".join(rader), encoding="utf-8")
    assert len(expected) > 15
    told = answers(tmp_path)
    moved = {(fil, rad) for fil, rad, _ in expected}
    assert {place[:2] for place in told} == moved
    by_line = {line: sorted(advice for place, advice in told.items() if place[:2] == line) for line in moved}
    wanted = {line: sorted(f'Skriv "{one}".' for place, one in expected.items() if place[:2] == line) for line in moved}
    assert by_line == wanted


def test_every_name_of_everything_is_answered_with_its_id_where_no_other_is_called_so(named: Named) -> None:
    tried = 0
    for listor in sorted({one.listor for one in named.places} - {("moment",)}):
        choices = named.known.of(*listor)
        for one, names in choices.items():
            for name in (*names, one.upper(), one.replace("-", " ")):
                same = find(name, choices)
                assert one in same or same[0] == name.casefold()  # the party Polisen is called as the aktör polisen
                if same == [one] and name not in choices:
                    assert advise(name, choices) == f'Skriv "{one}".'
                    tried += 1
    assert tried > 100


def answers(project: Path) -> dict[tuple[str, int, int], str]:
    """The advice about each name that isn't there, by its place."""
    underlag = load(project).underlag
    assert underlag is not None
    unknown = {
        *("okand-insats", "okand-aktor", "okant-forum", "okand-part", "okant-huvudomrade", "okand-kalla"),
        "okand-indikator",
    }
    return {tuple(p.plats[:3]): p.atgard for p in check(underlag) if p.kod in unknown}  # type: ignore[misc]
