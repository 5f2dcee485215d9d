"""Everything that is read is the same, whether å is stored as one character or as an a and a ring."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bygge import K1, K2, insats, svar, underlag
from conftest import Run
from data_pdf.projekt import agreement, answer, answers, area, write_figures, write_half_year, write_project
from data_pdf.projekt import insats as raw_insats
from data_pdf.rendera import half_yearly, html_file, report
from kalkylbygge import ods, xlsx
from test_word import VY, paragraphs, template
from uppfoljning.facts.compare.avtryck_json import Frystavtryck, read_avtryck, write_avtryck
from uppfoljning.facts.compare.differences import compare
from uppfoljning.facts.compare.since_closing import full_imprint
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.open import read_table
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.output.formats import FORMATS
from uppfoljning.output.word import write_docx
from uppfoljning.text.personal_data.find import find_uppgifter
from uppfoljning.text.plaintext import nfc, plain


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def rewrite(project: Path) -> None:
    """Every text of a project with its letters as two characters."""
    for path in (project / "data").rglob("*.*"):
        path.write_bytes(nfd(path.read_text(encoding="utf-8")).encode())


# --- what comes in ---


def test_keys_and_values_of_yaml_are_the_same_and_places_are_those_of_the_file() -> None:
    text = 'på ön: "Råby"\nlista: [Åsö, {vå: dé}]\nblock: >-\n  Kväll på\n  Öland\n'
    one, two = (read_yaml(t.encode(), "a.yaml") for t in (text, nfd(text)))
    assert one.rot is not None
    assert two.rot is not None
    assert (
        one.rot.varde == two.rot.varde == {"på ön": "Råby", "lista": ["Åsö", {"vå": "dé"}], "block": "Kväll på Öland"}
    )
    assert one.key_place(("lista", 1, "vå")) == (2, 15)
    assert two.key_place(("lista", 1, "vå")) == (2, 17)
    assert two.rader[1] == nfd("lista: [Åsö, {vå: dé}]")
    assert (one.key_length(("på ön",)), two.key_length(("på ön",))) == (5, 7)


ROWS = [["Område", "Brott", "2021"], ["Råby", "Rån på öppen gata", "43"], ["Ångersjö", "Övrigt", "7"]]


def _text(mark: str, rows: list[list[str]]) -> bytes:
    return "\n".join(mark.join(row) for row in rows).encode()


def _html(rows: list[list[str]]) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<!DOCTYPE html><meta charset=utf-8><table>{cells}</table>".encode()


KINDS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "csv": lambda rows: _text(";", rows),
    "inklistrat": lambda rows: _text("\t", rows),
    "html": _html,
    "xlsx": lambda rows: xlsx({rows[1][0]: rows, "Annat": [["x"]]}),
    "ods": lambda rows: ods({rows[1][0]: rows, "Annat": [["x"]]}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_in_any_format_holds_the_same_texts(kind: str) -> None:
    apart = [[nfd(cell) for cell in row] for row in ROWS]
    grid = read_table(KINDS[kind](apart), "fil", "Råby" if kind in {"xlsx", "ods"} else None)
    assert isinstance(grid, Rutnat)
    assert [[cell.text for cell in row] for row in grid.tabell if row] == ROWS


def test_what_stands_after_a_letter_of_two_characters_has_its_place_in_the_file() -> None:
    grid = read_table(nfd("Råby;Rån;43\nÅsö;Hot;7\n").encode(), "fil")
    assert isinstance(grid, Rutnat)
    assert [cell.plats.kolumn for cell in grid.tabell[0]] == [1, 7, 12]
    assert grid.rader[0] == nfd("Råby;Rån;43")


TAGS = '{% if r.kommun == "Upplåtby" %}hemma{% else %}borta{% endif %}{{ r.exempel }}'


@pytest.mark.parametrize("tags", [TAGS, nfd(TAGS)], ids=["ett", "två"])
def test_a_tag_in_a_word_template_compares_with_what_the_field_says(tags: str) -> None:
    vy = replace(VY, kommun="Upplåtby", exempel="")
    assert "hemma" in paragraphs(write_docx(vy, template(f"<w:p><w:r><w:t>{tags}</w:t></w:r></w:p>")))


@pytest.mark.parametrize("command", ["halvår", "jämför", "HALVÅR"])
def test_a_command_is_known_by_its_name(command: str, run: Run) -> None:
    done = run(nfd(command), "--help")
    assert (done.returncode, done.stdout) == (0, run(command, "--help").stdout)


def test_what_is_given_on_the_command_line_is_the_same_but_the_name_of_a_file_is_the_disks(
    tmp_path: Path, run: Run
) -> None:
    write_project(tmp_path, agreement(), [area([raw_insats()])])
    fil = tmp_path / nfd("rån.csv")
    fil.write_text("brott;2020;2021\nRån;5;7\nHot;9;11\n", encoding="utf-8")
    told = []
    for omrade in ("Årby", nfd("Årby")):
        args = ("--period", "helår", "--omrade", omrade, "--rubrik", nfd("Brott på stan"), "--prova")
        done = run("compstat", "importera", str(fil), *args, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        told.append((done.stdout, done.stderr))
    assert told[0] == told[1]
    assert "Område: Årby." in told[0][1]


# --- personal data ---


@pytest.mark.parametrize("text", ["Mejla åsa.öberg@gmail.com på kvällen.", "på ön 0701234567 är", "åäö 121212-1212 é"])
def test_personal_data_are_found_at_their_places(text: str) -> None:
    found, apart = find_uppgifter(text), find_uppgifter(nfd(text))
    assert [one.slag for one in apart] == [one.slag for one in found]
    assert found
    for one, other in zip(found, apart, strict=True):
        assert nfc(nfd(text)[other.start : other.end]) == text[one.start : one.end]


def test_a_letter_and_its_mark_are_read_as_one() -> None:
    seen = plain(nfd("Å: 12\u00a0é\u0323"))
    assert seen.text == "Å: 12 ẹ́"
    assert seen.places is not None
    assert nfd("Å: 12")[seen.places[3]] == "1"


# --- what goes out ---


def small(folder: Path) -> Path:
    """A project with å, ä and ö in everything that a report repeats."""
    avtal = agreement(
        rubrik="Överenskommelse på ön",
        parter=[{"id": "kommunen", "namn": "Årby kommun", "uppfoljare": "säkerhetssamordnare"}],
        aktorer=[{"id": "a1", "namn": "Fältgruppen på ön", "del_av": "kommunen"}],
        forum=[{"id": "styrgrupp", "namn": "Trygghetsrådet", "ser_intern": True}],
    )
    fraga = {"fraga": "Får vi låna skolgården?", "av": "Trygghetsrådet", "senast": date(2022, 4, 20)}
    said = [
        answer(kommentar="Vi går på kvällarna. Träffarna är många.", beslut_behovs=fraga, egen_bedomning="forsenad"),
        answer("OMR-2", avvikelse="Regnet hängde i hela våren.", utfall={"handelser": [HANDELSE]}),
    ]
    omrade = area([raw_insats(rubrik="Gå på ön"), raw_insats("OMR-2", rubrik="Höstmöten")], forkortning="ÅÄÖ")
    write_project(folder, avtal, [omrade], [answers(said)])
    write_figures(
        folder, [("Rån på öppen gata", ["40", "38", "45", "42", "41"])], [("Otrygg på väg hem", ["30", "31"])], 2018
    )
    write_half_year(folder, {"lardomar": ["Gå två och två på kvällen."]})
    return folder


HANDELSE = {"datum": date(2022, 2, 3), "plats": "Råby", "vad": "möten på torget"}


def test_the_report_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    one, two = small(tmp_path / "a"), small(tmp_path / "b")
    rewrite(two)
    made = [(report(p, "2022-K1"), half_yearly(p, "2022-H1")) for p in (one, two)]
    for first, second in zip(*made, strict=True):
        assert html_file(first) == html_file(second)
        assert FORMATS["json"].make(first, None).content == FORMATS["json"].make(second, None).content
    assert nfd("å").encode() not in html_file(made[1][0])


@pytest.mark.parametrize("args", [("kvartal", "2022-K2"), ("halvar", "2022-H1"), ("halvar", "2022-H1", "--slut")])
def test_the_reports_of_the_projects_own_data_are_the_same(args: tuple[str, ...], project: Path, run: Run) -> None:
    made = []
    for _ in range(2):
        assert run(*args, "--html", "--ut", str(project / "r.html"), cwd=project).returncode == 0
        made.append((project / "r.html").read_bytes())
        rewrite(project)
    assert made[0] == made[1]


# --- what is closed ---


def test_an_answer_closed_with_its_letters_as_two_characters_has_not_changed() -> None:
    said = {"kommentar": "Vi går på kvällarna.", "nasta_steg": "Möte på ön", "avvikelse": "Ja"}
    read = underlag([insats()], (svar(**said),))
    apart = underlag([insats()], (svar(**{name: nfd(text) for name, text in said.items()}),))
    day = date(2022, 4, 30)
    closed = full_imprint(apart, K1, day)
    assert compare(closed, full_imprint(read, K1, day)) != ()
    assert compare(closed, full_imprint(read, K1, day, closed.varden)) == ()
    other = underlag([insats()], (svar(**{**said, "avvikelse": "Nej"}),))
    (change,) = compare(closed, full_imprint(other, K1, day, closed.varden))
    assert change.nyckel.slag == "svarstext"


def test_an_imprint_kept_with_letters_as_two_characters_is_read_as_all_else() -> None:
    made = full_imprint(underlag([insats(rubrik="Gå på ön")], (svar(),)), K2, date(2022, 8, 1))
    text = write_avtryck(Frystavtryck(made))
    assert nfd(text) != text
    assert read_avtryck(nfd(text).encode()) == read_avtryck(text.encode())


@pytest.mark.tung
def test_the_copies_in_a_closed_quarter_are_the_bytes_that_were_there(tmp_path: Path, run: Run) -> None:
    from frysbygge import project

    project(tmp_path, 1)
    rewrite(tmp_path)
    before = {p.relative_to(tmp_path / "data"): p.read_bytes() for p in (tmp_path / "data").rglob("*.*")}
    assert run("frys", "2022-K1", cwd=tmp_path).returncode == 0
    kept = tmp_path / "data/frysta/2022-K1/underlag/data"
    assert {p.relative_to(kept): p.read_bytes() for p in kept.rglob("*.*")}.items() <= before.items()
    assert run("frys", "2022-K1", "--kontrollera", cwd=tmp_path).returncode == 0
    assert run("validera", cwd=tmp_path).returncode == 0
