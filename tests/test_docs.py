"""The documents say what the tool does: every field is explained, every example is valid, every command exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from conftest import ROOT
from uppfoljning import __version__, model
from uppfoljning.formats.csv import split_rows
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.load.tables.read import read_table
from uppfoljning.model import mottagare
from uppfoljning.model.fields import Modell
from uppfoljning.text.problem import Problem

DATA_DOC = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
MODELS = [
    value
    for module in (model, mottagare)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, BaseModel) and value is not Modell
]
FILES: dict[str, tuple[type[BaseModel], str]] = {
    "indikatorer": (model.Indikatorfil, "indikatorer"),
    "beslut": (model.Beslutsfil, "beslut"),
    "halvar": (model.Halvarsfil, "arenden"),
    "kommentar": (model.Kvartalsfil, "kommentar"),
    "svar": (model.Aterkopplingsfil, "svar"),
    "avsandare": (mottagare.Mottagarfil, "forum"),
}
"""What a file is, by a field that it alone has, and what an example of it must fill in."""
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("of", MODELS, ids=lambda m: m.__name__)
def test_every_field_is_explained(of: type[BaseModel]) -> None:
    missing = [name for name in of.model_fields if f"`{name}`" not in DATA_DOC and f"`{name}:" not in DATA_DOC]
    assert missing == []


@pytest.mark.parametrize("document", ["README.md", "docs/data.md", "docs/utskick.md"])
def test_every_yaml_example_is_a_valid_file(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert examples
    for example in examples:
        file = read_yaml(example.encode("utf-8"), document)
        assert file.problem == []
        assert file.rot is not None
        kind, filled = next((value for key, value in FILES.items() if key in file.rot.varde))
        assert getattr(kind.model_validate(file.rot.varde), filled)


def test_every_model_is_there_to_be_explained() -> None:
    assert {"Overenskommelse", "Insats", "Svar", "Indikator", "Brottskod"} <= {of.__name__ for of in MODELS}


def test_every_example_of_a_table_is_a_file_without_faults() -> None:
    examples = re.findall(r"`((?:compstat|enkater)/[^`]+)`:\n\n```csv\n(.*?)```", DATA_DOC, re.DOTALL)
    assert len(examples) == 2
    for name, text in examples:
        rutnat = split_rows(text, f"data/{name}")
        assert not isinstance(rutnat, Problem)
        assert read_table(rutnat, "compstat" if name.startswith("compstat") else "enkat")[1] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).is_file()] == []


def test_the_glossary_holds_every_domain_noun_of_the_answer() -> None:
    glossary = (ROOT / "docs" / "ordlista.md").read_text(encoding="utf-8")
    plain = {"kommentar", "avvikelse", "orsak", "nasta_steg", "lamnad"}
    assert [name for name in model.Svar.model_fields if name not in plain and f"`{name}`" not in glossary] == []


ARCHITECTURE = (ROOT / "docs" / "arkitektur.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "uppfoljning"


def test_the_picture_shows_the_rooms_in_their_order() -> None:
    from test_arkitektur import ROOMS

    (picture,) = re.findall(r"```\n(.*?)```", ARCHITECTURE, re.DOTALL)
    shown = [set(line[:26].split()) for line in picture.splitlines()]
    assert shown == [set(rooms) for rooms in reversed(ROOMS)]
    assert all(line[26:].strip() for line in picture.splitlines())


def test_there_is_one_picture_of_the_rooms() -> None:
    assert [d.name for d in DOCUMENTS if "importing  output  mail" in d.read_text(encoding="utf-8")] == [
        "arkitektur.md"
    ]


@pytest.mark.parametrize("document", ["arkitektur.md", "val.md"])
def test_every_file_and_function_named_is_there(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    rooms = {p.name for p in SOURCE.iterdir() if p.is_dir()}
    named = [n for n in re.findall(r"`(\w+(?:/\w+)+)(?:\.(\w+))?`", text) if n[0].split("/")[0] in rooms]
    assert len(named) > (20 if document == "arkitektur.md" else 3)
    for path, name in named:
        module = next((p for p in (SOURCE / f"{path}.py", SOURCE / path / "__init__.py") if p.is_file()), None)
        assert module is not None, path
        assert not name or re.search(rf"^(?:def|class) {name}\b", module.read_text(encoding="utf-8"), re.MULTILINE), (
            name
        )


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_command_table_names_every_command_and_no_other() -> None:
    from uppfoljning.cli.app import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `uppfoljning (\w+(?: importera)?)", readme, re.MULTILINE))
    commands = {str(command.callback.__name__) for command in app.registered_commands if command.callback}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        commands |= {f"{group.name} {command.name}" for command in group.typer_instance.registered_commands}
    assert named == commands


def test_the_exit_codes_are_those_of_the_code() -> None:
    from uppfoljning import errors

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for code, error in ((1, errors.DataError), (2, errors.UsageError), (3, errors.MiljoError)):
        assert error.exit_code == code
        assert f" {code} " in text[text.index("Avslutningskoder") :].replace("\n", " ")
