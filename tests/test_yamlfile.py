"""YAML with places: nothing makes the reader fall, every place lies in the file, and values are what YAML means."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from uppfoljning.formats.yaml import build as yamlbuild
from uppfoljning.formats.yaml import node as yamlnod
from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import as_dict, format_github, format_text

ROOT = Path(__file__).resolve().parents[1]
REAL = (ROOT / "data" / "insatser.yaml").read_bytes()

YAMLISH = "ab:-[]{}#&*!|>'\"%@`,?=~ \n\r\t0123456789.åÄ\u00a0\u2028\u0085\ufeff\x00\x1b“”"
BREAKS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")

without_deadline = settings(deadline=None, max_examples=300)


def codes(file: Yamlfil) -> list[str]:
    return [problem.kod for problem in file.problem]


def check_problems(content: bytes, file: Yamlfil) -> None:
    """Every problem stands in the file, and can be written in each format."""
    lines = file.rader or BREAKS.split(content.decode("utf-8-sig", "replace"))
    for problem in file.problem:
        rad, kolumn = problem.plats.rad, problem.plats.kolumn
        if rad == 0:
            assert kolumn == 0
        else:
            assert 1 <= rad <= len(lines)
            assert 1 <= kolumn <= len(problem.rad_text) + 1
            assert problem.langd >= 1
        assert problem.meddelande and problem.atgard
        assert format_text(problem).startswith("f.yaml")
        assert "\n" not in format_github(problem)
        assert as_dict(problem)["kod"] == problem.kod
    if file.rot is None:
        assert file.problem
    else:
        check_places(file.rot, file)


def check_places(nod: Nod, file: Yamlfil) -> None:
    """Every node stands in the file, but for an empty value at its end, which may stand on the line after."""
    lines = [*file.rader, ""] if nod.varde is None else file.rader
    assert 1 <= nod.rad <= len(lines)
    assert 1 <= nod.kolumn <= len(lines[nod.rad - 1]) + 1
    for child in nod.barn.values() if isinstance(nod.barn, dict) else nod.barn or ():
        check_places(child, file)


@given(st.binary(max_size=300))
@without_deadline
def test_arbitrary_bytes_give_values_or_problems_and_never_an_exception(content: bytes) -> None:
    check_problems(content, read_yaml(content, "f.yaml"))


@given(st.text(st.sampled_from(YAMLISH), max_size=120) | st.text(max_size=120))
@without_deadline
def test_arbitrary_text_gives_values_or_problems_and_never_an_exception(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    check_problems(content, read_yaml(content, "f.yaml"))


edits = st.lists(
    st.tuples(
        st.integers(0, len(REAL)),
        st.integers(0, 12),
        st.text(st.sampled_from(YAMLISH), max_size=6).map(str.encode) | st.binary(max_size=3),
    ),
    min_size=1,
    max_size=5,
)


@given(edits)
@settings(deadline=None, max_examples=120)
def test_the_real_file_with_arbitrary_edits_gives_values_or_problems(changes: list[tuple[int, int, bytes]]) -> None:
    content = REAL
    for position, removed, added in changes:
        content = content[:position] + added + content[position + removed :]
    check_problems(content, read_yaml(content, "f.yaml"))


# Ours reads as a number what YAML 1.2 does; PyYAML (1.1) wants a sign in the exponent and none before a bare point.
_ONLY_IN_1_2 = re.compile(r"[-+]?[0-9]*\.[0-9]*(?:[eE][-+]?[0-9]+)?")
# PyYAML folds its own unescaped NEL into a space.
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=12
) | st.sampled_from(
    [
        "no",
        "yes",
        "on",
        "010",
        "12:30",
        "2022-02-31",
        "2022-04-30",
        "null",
        "~",
        "true",
        "1_000",
        "=",
        "<<",
        "- a",
        "# b",
    ]
)
texts = texts.map(nfc)
scalars = (
    texts.filter(lambda text: not _ONLY_IN_1_2.fullmatch(text))
    | st.integers(-(10**16), 10**16)
    | st.dates(date(1900, 1, 1), date(2200, 12, 31))
    | st.booleans()
    | st.none()
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)


@given(documents, st.booleans(), st.sampled_from([True, False, None]))
@without_deadline
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(value: Any, unicode: bool, flow: bool | None) -> None:
    text = yaml.safe_dump(value, allow_unicode=unicode, default_flow_style=flow)
    file = read_yaml(text.encode(), "f.yaml")
    assert file.rot is not None
    assert file.rot.varde == value == yaml.safe_load(text)
    assert type(file.rot.varde) is type(value)
    assert plain(file.rot) == value


def plain(nod: Nod) -> Any:
    """The value put together from the nodes: it must be the same as the one put together on the way."""
    if isinstance(nod.barn, dict):
        assert nod.barn.keys() == nod.nycklar.keys()
        return {key: plain(child) for key, child in nod.barn.items()}
    if isinstance(nod.barn, list):
        return [plain(child) for child in nod.barn]
    return nod.varde


def test_every_text_of_the_real_file_stands_where_its_node_says() -> None:
    file = read_yaml(REAL, "f.yaml")
    assert file.rot is not None and not file.problem
    seen = 0
    stack = [file.rot]
    while stack:
        nod = stack.pop()
        if isinstance(nod.barn, dict):
            for key, (rad, kolumn) in nod.nycklar.items():
                assert file.rader[rad - 1][kolumn - 1 :].startswith(key)
            stack.extend(nod.barn.values())
        elif isinstance(nod.barn, list):
            stack.extend(nod.barn)
        elif file.rader[nod.rad - 1][nod.kolumn - 1] not in '>|"':
            written = file.rader[nod.rad - 1][nod.kolumn - 1 :][: nod.langd]
            assert written == str(nod.varde) or str(nod.varde).startswith(written) or isinstance(nod.varde, bool)
            seen += 1
    assert seen > 200


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("7", 7),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
        ("3.5", 3.5),
        ("3,5", "3,5"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1 000", "1 000"),
        (".inf", ".inf"),
        ("1" * 18, int("1" * 18)),
        ("1" * 19, "1" * 19),
        ("1" * 5000, "1" * 5000),
        ("2022-04-30", date(2022, 4, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2022-4-3", "2022-4-3"),
        ("2022-04-30 12:00:00", "2022-04-30 12:00:00"),
        ("ja", "ja"),
        ("y", "y"),
        ("Norge", "Norge"),
        ("'no'", "no"),
        ('"010"', "010"),
        ('"2022-04-30"', "2022-04-30"),
        ('"7"', "7"),
        ("|\n  rad ett\n  rad två", "rad ett\nrad två"),
        (">-\n  rad ett\n  rad två", "rad ett rad två"),
    ],
)
def test_a_scalar_is_read_as_people_mean_it(written: str, value: object) -> None:
    file = read_yaml(f"a: {written}".encode(), "f.yaml")
    assert file.problem == []
    assert file.rot is not None
    assert file.rot.varde == {"a": value}
    assert type(file.rot.varde["a"]) is type(value)


@pytest.mark.parametrize(
    ("written", "kod", "langd"),
    [
        ("no", "tvetydigt", 2),
        ("Yes", "tvetydigt", 3),
        ("off", "tvetydigt", 3),
        ("12:30", "tvetydigt", 5),
        ("1:30:00", "tvetydigt", 7),
        ("010", "inledande-nolla", 3),
        ("0139", "inledande-nolla", 4),
        ("-07", "inledande-nolla", 3),
        ("2022-02-31", "omojligt-datum", 10),
        ("2022-13-01", "omojligt-datum", 10),
        ("0000-01-01", "omojligt-datum", 10),
        ("”ord”", "krumma-citattecken", 5),
        ("!ord", "tagg", 1),
        ("!!python/object:os.system x", "tagg", 1),
        ("*ord", "alias", 4),
    ],
)
def test_a_treacherous_scalar_is_told_of_at_its_place(written: str, kod: str, langd: int) -> None:
    file = read_yaml(f"först: 1\nfält: {written}".encode(), "f.yaml")
    assert [(p.kod, p.plats.rad, p.plats.kolumn, p.langd) for p in file.problem] == [(kod, 2, 7, langd)]


@pytest.mark.parametrize("written", ["'no'", '"12:30"', "'010'", '"2022-02-31"', '"”ord”"', '"!ord"', '"*ord"'])
def test_quotes_make_a_treacherous_scalar_plain_text(written: str) -> None:
    file = read_yaml(f"a: {written}".encode(), "f.yaml")
    assert (file.problem, file.rot and file.rot.varde) == ([], {"a": written[1:-1]})


def test_of_two_equal_keys_the_first_is_kept_and_the_second_told_of_with_the_first_ones_line() -> None:
    file = read_yaml(b"a: 1\nb: 2\na: 3\n", "f.yaml")
    assert file.rot is not None and file.rot.varde == {"a": 1, "b": 2}
    assert [(p.kod, p.plats.rad) for p in file.problem] == [("dubblett", 3)]
    assert "rad 1" in file.problem[0].meddelande


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_places_hold_for_every_line_ending_with_and_without_bom(newline: str, bom: bytes) -> None:
    text = newline.join(["förstå: 1", "b:", "  - 1", "  - {å: 010, c: 2}"])
    file = read_yaml(bom + text.encode(), "f.yaml")
    assert [(p.kod, p.plats.rad, p.plats.kolumn) for p in file.problem] == [("inledande-nolla", 4, 9)]
    assert file.key_place(("b",)) == (2, 1)
    assert found_at(file, "b", 1, "c") == (2, 4, 17, 1)


@pytest.mark.parametrize("newline", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_that_no_editor_shows_is_told_of(newline: str) -> None:
    file = read_yaml(f"a: en{newline}två\nb: 1\n".encode(), "f.yaml")
    assert [(p.kod, p.plats.rad, p.plats.kolumn) for p in file.problem] == [("styrtecken", 1, 6)]


def found_at(file: Yamlfil, *path: str | int) -> tuple[Any, int, int, int]:
    nod = file.nod(path)
    assert nod is not None
    return nod.varde, nod.rad, nod.kolumn, nod.langd


def test_a_path_that_goes_too_far_gives_the_nearest_node_above() -> None:
    file = read_yaml(b"a:\n  - b: 1\n", "f.yaml")
    assert found_at(file, "a", 0) == ({"b": 1}, 2, 5, 1)
    assert found_at(file, "a", 0, "saknas", "mer") == found_at(file, "a", 0)
    assert found_at(file, "a", 7) == found_at(file, "a")
    assert found_at(file, "a", 0, "b", "under") == (1, 2, 8, 1)
    assert file.key_place(("a", 0, "saknas")) is None


@pytest.mark.parametrize(("depth", "kod"), [(64, []), (65, ["for-djupt"]), (30_000, ["for-djupt"])])
def test_nesting_is_refused_past_sixty_four_levels(depth: int, kod: list[str]) -> None:
    assert codes(read_yaml(b"[" * depth + b"]" * depth, "f.yaml")) == kod
    assert codes(read_yaml(b"- " * depth + b"x", "f.yaml")) == kod


def test_an_alias_bomb_is_refused_at_its_first_layer_and_never_unfolded() -> None:
    layers = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40))]
    file = read_yaml("\n".join(layers).encode(), "f.yaml")
    assert set(codes(file)) == {"alias"}
    assert file.problem[0].plats.rad == 2


def test_too_many_values_are_refused_where_the_limit_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlbuild, "MAX_NODES", 10)
    assert codes(read_yaml(b"[1, 2, 3, 4, 5, 6, 7, 8, 9]", "f.yaml")) == []
    file = read_yaml(b"[1, 2, 3, 4, 5, 6, 7, 8, 9, 0]", "f.yaml")
    assert [(p.kod, p.plats.kolumn) for p in file.problem] == [("for-stor", 29)]


@pytest.mark.parametrize(
    ("content", "kod"),
    [
        (b"", "tom-fil"),
        (b"\n\n", "tom-fil"),
        (b"# bara en kommentar\n", "tom-fil"),
        (b"\xef\xbb\xbf", "tom-fil"),
        (b"PK\x03\x04rest", "fel-filtyp"),
        (b"\xd0\xcf\x11\xe0rest", "fel-filtyp"),
        (b"%PDF-1.7", "fel-filtyp"),
        ("å: 1".encode("utf-16"), "kodning"),
        ("a: 1".encode("utf-16-le"), "kodning"),
        ("a: 1".encode("utf-16-be"), "kodning"),
        ("å: 1".encode("latin-1"), "kodning"),
        (b"a: \x00", "styrtecken"),
        (b"a: \x1b[31m", "styrtecken"),
        ("a: \x9b".encode(), "styrtecken"),
        (b"a: 1\n---\nb: 2\n", "flera-dokument"),
        (b"[a]: 1", "nyckel"),
        (b"? {a: 1}\n: 2", "nyckel"),
    ],
)
def test_a_file_that_is_no_yaml_text_is_told_of_once(content: bytes, kod: str) -> None:
    file = read_yaml(content, "f.yaml")
    assert codes(file) == [kod]
    assert file.rot is None


@pytest.mark.parametrize(
    ("text", "rad", "kolumn"),
    [
        ('a: 1\nb: "öppet\nc: 2\nd: 3\n', 2, 4),
        ("a: 1\nb: [öppen\nc: {d: 1}\n", 2, 4),
        ("a: {b: 1\nc: 2\n", 1, 4),
        ("a: {b: 1 c: 2}\n", 1, 9),
        ("a: 1\nutan kolon\nc: 2\n", 2, 5),
        ("a: b: c\n", 1, 5),
        ("a: @b\n", 1, 4),
    ],
)
def test_a_syntax_error_is_placed_where_it_can_be_mended(text: str, rad: int, kolumn: int) -> None:
    file = read_yaml(text.encode(), "f.yaml")
    assert [(p.kod, p.plats.rad, p.plats.kolumn) for p in file.problem] == [("yaml", rad, kolumn)]


def test_the_line_of_a_file_that_cannot_be_decoded_is_shown_without_its_personnummer() -> None:
    (problem,) = read_yaml("a: på 19121212-1212\n".encode("latin-1"), "f.yaml").problem
    assert (problem.plats.rad, problem.plats.kolumn) == (1, 5)
    assert problem.rad_text == "a: på ••••••••-••••"


@pytest.mark.parametrize("count", [5, 50])
def test_as_many_faults_as_there_are_are_told_of_on_one_line(count: int) -> None:
    file = read_yaml(b"a: [" + b"no, " * count + b"1]", "f.yaml")
    assert codes(file) == ["tvetydigt"] * count


def test_a_line_full_of_faults_is_searched_in_step_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a few hundred kilobytes on one line, far below the size limit, keep the tool busy for hours."""
    content = b"a: [" + b"no, " * 2000 + b"1]"
    searched = 0

    def counting(text: str) -> str:
        nonlocal searched
        searched += len(text)
        return text

    monkeypatch.setattr(yamlnod, "mask", counting)
    monkeypatch.setattr(yamlnod, "mask_line", lambda lines, rad: counting(lines[rad - 1]))
    read_yaml(content, "f.yaml")
    assert searched < 300 * len(content)
