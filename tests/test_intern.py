"""What is intern reaches no committee: a word of its own in every text field of the data, sought in every byte."""

from __future__ import annotations

import functools
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

import pikepdf
import pytest
import yaml
from pydantic import BaseModel

from conftest import ROOT
from conftest import run_tool as tool
from data_pdf.pdfreader import all_text, bookmarks, everything_said, squeeze, structure
from uppfoljning.model import (
    Aterkopplingsfil,
    Beslutsfil,
    Halvarsfil,
    Indikatorfil,
    Insatsfil,
    Kvartalsfil,
    Overenskommelse,
)
from uppfoljning.model.fields import Text

UTSKOTTET, STYRGRUPPEN = "trygghetsutskottet", "est-styrgrupp"
FILES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("overenskommelse.yaml", Overenskommelse),
    ("insatser.yaml", Insatsfil),
    ("indikatorer.yaml", Indikatorfil),
    ("beslut.yaml", Beslutsfil),
    ("aterkoppling/*/*.yaml", Aterkopplingsfil),
    ("halvar/*.yaml", Halvarsfil),
    ("kvartal/*.yaml", Kvartalsfil),
)
LINKS = {
    *(("Overenskommelse", "kommun"), ("Frekvens", "enhet"), ("Malsattning", "enhet"), ("Utfallshandelse", "vad")),
    *(("BeslutBehovs", "av"), ("Beslut", "av"), ("Svarsbeslut", "av")),
    *(("Indikator", "serie"), ("Indikator", "grupp"), ("Indikator", "omrade")),
    *(("Indikator", "kontrollomrade"), ("Insats", "platser")),
}
"""Texts that are read as the name of something else, which another word in them would break."""


class Plant(NamedTuple):
    """A word, and the field whose texts it stands in; the same text in the same field has the same word."""

    word: str
    model: str
    field: str
    file: str

    @property
    def intern(self) -> bool:
        """Whether only those who may see intern notes may see it."""
        return self.field == "intern"


def _models(hint: Any) -> list[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [hint]
    return [found for part in get_args(hint) for found in _models(part)]


def _takes_text(hint: Any) -> bool:
    return hint == Text or any(_takes_text(part) for part in get_args(hint))


class Planter:
    """Puts a word of its own last in every text, and a note into every answer."""

    def __init__(self) -> None:
        self.plants: dict[tuple[str, str, str], Plant] = {}

    def plant(self, value: dict[str, Any], model: type[BaseModel], file: str) -> None:
        if "intern" in model.model_fields:
            value.setdefault("intern", f"Anteckning {file} {value['insats']}.")
        for name, hint in get_type_hints(model, include_extras=True).items():
            found = value.get(name)
            if found is None:
                continue
            if _takes_text(hint) and (model.__name__, name) not in LINKS:
                value[name] = self._marked(found, model.__name__, name, file)
            for item in found if isinstance(found, list) else [found]:
                below = next(
                    (m for m in _models(hint) if isinstance(item, dict) and {*item} <= {*m.model_fields}), None
                )
                if below is not None:
                    self.plant(item, below, file)

    def _marked(self, found: Any, model: str, name: str, file: str) -> Any:
        if isinstance(found, list):
            return [self._marked(item, model, name, file) if isinstance(item, str) else item for item in found]
        made = Plant(f"Zq{len(self.plants):04d}k", model, name, file)
        word = self.plants.setdefault((model, name, found), made).word
        end = found[-1] if found[-1] in ".?!" else ""
        return f"{found.removesuffix(end)} {word}{end}"


def planted(project: Path) -> list[Plant]:
    """Plant words in a project's YAML files."""
    planter = Planter()
    for pattern, model in FILES:
        for path in sorted((project / "data").glob(pattern)):
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            planter.plant(content, model, path.relative_to(project / "data").as_posix())
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
            path.write_text(text.replace("kommunkod: 0139", 'kommunkod: "0139"'), encoding="utf-8")
    return list(planter.plants.values())


# --- what is made, and what can be read out of it ---

COMMITTEES: dict[str, tuple[str, ...]] = {
    "kvartal.pdf": ("kvartal", "2022-K2", "--mottagare", UTSKOTTET),
    "kvartal.html": ("kvartal", "2022-K2", "--mottagare", UTSKOTTET, "--html"),
    "halvar.pdf": ("halvar", "2022-H1"),
    "halvar.html": ("halvar", "2022-H1", "--html"),
    "halvar.docx": ("halvar", "2022-H1", "--word"),
    "slut.pdf": ("halvar", "2022-H1", "--slut"),
    "slut.html": ("halvar", "2022-H1", "--slut", "--html"),
    "slut.docx": ("halvar", "2022-H1", "--slut", "--word"),
}
"""What is made for Trygghetsutskottet."""
STEERING: dict[str, tuple[str, ...]] = {
    "styrgruppens halvar.pdf": ("halvar", "2022-H1", "--mottagare", STYRGRUPPEN),
    "styrgruppens halvar.docx": ("halvar", "2022-H1", "--mottagare", STYRGRUPPEN, "--word"),
    "styrgruppens slut.pdf": ("halvar", "2022-H1", "--mottagare", STYRGRUPPEN, "--slut"),
}
"""Half-yearly reports for those who may see intern notes elsewhere."""
PRINTED: dict[str, tuple[str, ...]] = {
    "status": ("status", "2022-K2"),
    "status.json": ("status", "2022-K2", "--format", "json"),
    "underlag.json": ("status", "2022-K2", "--underlag", "--format", "json"),
    "jamfor": ("jamfor", "2022-K1", "2022-K2"),
    "jamfor.json": ("jamfor", "2022-K1", "2022-K2", "--format", "json"),
}
"""What is printed, and so may be passed on to anyone."""


OWN_REPORTS: dict[str, tuple[str, ...]] = {
    "egen.pdf": ("kvartal", "2022-K2", "--mottagare", STYRGRUPPEN),
    "egen.html": ("kvartal", "2022-K2", "--html"),
}
"""The quarterly report of those who may see intern notes."""


class Made:
    """Everything made of the planted project, each when it is first asked for."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self.plants = planted(project)
        self.notes = [plant.word for plant in self.plants if plant.intern]

    @functools.cache  # noqa: B019  # one a module
    def said(self, name: str) -> dict[str, str]:
        """What a file says, kind by kind, and what was printed when it was made."""
        arguments = {**COMMITTEES, **STEERING, **OWN_REPORTS}[name]
        done = tool(*arguments, "--katalog", str(self._project), "--ut", str(self._project / name))
        assert done.returncode == 0, done.stderr
        found = kinds_of_streams(name, (self._project / name).read_bytes())
        return {**found, "utskrivet": done.stdout + done.stderr}

    def printed(self, name: str) -> str:
        """What a command that writes no file prints."""
        done = tool(*PRINTED[name], "--katalog", str(self._project))
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    project = tmp_path_factory.mktemp("planterat") / "projekt"
    shutil.copytree(ROOT / "data", project / "data")
    return Made(project)


def reports(*names: str) -> list[Any]:
    """The names as parameters; a PDF of the whole example takes its time."""
    return [pytest.param(name, marks=pytest.mark.tung if name.endswith(".pdf") else ()) for name in names]


def kinds_of_streams(name: str, content: bytes) -> dict[str, str]:
    """Everything that can be read out of a file, kind by kind, without spaces and hyphens."""
    if name.endswith(".html"):
        return {"html": squeeze(content.decode("utf-8"))}
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part: archive.read(part).decode("utf-8", "replace") for part in archive.namelist()}
        return {"allt": squeeze("".join(parts.values())), **{part: squeeze(text) for part, text in parts.items()}}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        attached = {f"bilaga {Path(n).suffix}": a.get_file().read_bytes() for n, a in pdf.attachments.items()}
        links = [str(a.get("/Contents", "")) for page in pdf.pages for a in page.obj.get("/Annots", [])]
        found = {
            "allt": everything_said(content),  # every string and every unpacked stream
            "sidor": all_text(pdf),
            "bokmärken": "".join(title for _, title in bookmarks(pdf)),
            "alternativtexter": "".join(str(e.obj.get("/Alt", "")) for e in structure(pdf).walk()),
            "länkar": "".join(links),
            "metadata": pdf.Root.Metadata.read_bytes().decode("utf-8") + str(dict(pdf.docinfo)),
            **{kind: text.decode("utf-8") for kind, text in attached.items()},
        }
    return {kind: squeeze(text) for kind, text in found.items()}


def test_words_are_planted_in_every_kind_of_text_that_the_example_has(made: Made) -> None:
    fields = {(plant.model, plant.field) for plant in made.plants}
    assert len(made.plants) > 400
    assert len(fields) > 35
    assert {plant.file for plant in made.plants} >= {"beslut.yaml", "halvar/2022-H1.yaml", "indikatorer.yaml"}
    assert len(made.notes) > 50


@pytest.mark.parametrize("name", reports(*COMMITTEES, *STEERING))
def test_no_note_is_in_any_stream_of_what_a_committee_or_a_half_yearly_report_gets(name: str, made: Made) -> None:
    for kind, text in made.said(name).items():
        assert [word for word in made.notes if word in text] == [], kind


@pytest.mark.parametrize("name", PRINTED)
def test_no_note_is_printed_by_what_may_be_passed_on(name: str, made: Made) -> None:
    printed = made.printed(name)
    assert [word for word in made.notes if word in printed] == []


@pytest.mark.parametrize("name", reports(*OWN_REPORTS))
def test_every_note_of_the_quarter_stands_in_the_steering_groups_quarterly(name: str, made: Made) -> None:
    told = made.said(name)
    mine = [p.word for p in made.plants if p.intern and p.file.startswith("aterkoppling/2022-K2/")]
    assert len(mine) > 25
    for kind in ("sidor", "bilaga .json", "allt") if name.endswith(".pdf") else ("html",):
        assert [word for word in mine if word not in told[kind]] == []


SEEN: dict[str, tuple[str, str]] = {
    "sidor": ("Svar", "kommentar"),
    "bilaga .json": ("Svar", "kommentar"),
    "bilaga .csv": ("Statistikkalla", "namn"),
    "bokmärken": ("Insats", "rubrik"),
    "metadata": ("Part", "namn"),
    "html": ("Svar", "kommentar"),
    "word/document.xml": ("Halvarsfil", "handlaggare"),
    "docProps/core.xml": ("Part", "namn"),
}
"""For each kind of stream a field whose words are to be found in it."""
OWN = {"länkar": squeeze("insats-tom-2"), "alternativtexter": squeeze("Stöld ur fordon")}
"""What is to be found in those kinds that only hold ids and names of tables' rows."""


@pytest.mark.parametrize("name", reports(*COMMITTEES))
def test_the_search_finds_what_may_be_seen_in_every_kind_of_stream(name: str, made: Made) -> None:
    told = made.said(name)
    known = [kind for kind in SEEN if kind in told]
    assert len(known) >= {"pdf": 5, "html": 1, "docx": 2}[name.rpartition(".")[2]]
    for kind in known:
        words = [p.word for p in made.plants if (p.model, p.field) == SEEN[kind]]
        assert [word for word in words if word in told[kind]], kind
    assert [kind for kind, text in OWN.items() if text not in told.get(kind, text)] == []
