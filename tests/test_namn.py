"""An id is never what a reader meets: a project whose every id can be told from its names, read page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from bygge import K1, K2, svar, underlag
from bygge import insats as raw
from conftest import ROOT, Run
from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from uppfoljning.facts.compare.avtryck_json import Frystavtryck, read_avtryck, write_avtryck
from uppfoljning.facts.lage import merge
from uppfoljning.report.kvartal.report import imprint
from uppfoljning.report.sections.changes import find_changes

MARK = "Qxz-"
REFERS = {
    *(
        "id",
        "aktor",
        "insats",
        "insatser",
        "ansvariga",
        "samverkanspartner",
        "raknas_av",
        "korsreferenser",
        "ersatt_av",
    ),
    *("del_av", "forum", "part", "huvudomrade", "kalla", "moment", "indikator", "av"),
}
"""Fields that hold ids, also where they may hold a name."""


def ids_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for item in value.values():
            yield from ids_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from ids_of(item)


def marked(value: Any, ids: set[str], names: dict[str, str], key: str = "") -> Any:
    """The same data with every id marked, and who decides told by id."""
    if isinstance(value, dict):
        return {name: marked(item, ids, names, name) for name, item in value.items()}
    if isinstance(value, list):
        return [marked(item, ids, names, key) for item in value]
    if key == "av":
        value = names.get(value, value)
    return f"{MARK}{value}" if key in REFERS and value in ids else value


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own data with marked ids."""
    folder = tmp_path_factory.mktemp("namn")
    files = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "data").rglob("*.yaml")}
    ids = {name for value in files.values() for name in ids_of(value)}
    forum = {f["namn"]: f["id"] for f in files[ROOT / "data/overenskommelse.yaml"]["forum"]}
    for path, value in files.items():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(marked(value, ids, forum), allow_unicode=True, sort_keys=False)
        target.write_text(re.sub(r"^kommunkod: (\d+)$", r'kommunkod: "\1"', text, flags=re.MULTILINE), encoding="utf-8")
    for path in (ROOT / "data").rglob("*.csv"):
        target = folder / path.relative_to(ROOT)
        target = target if path.parent.name == "compstat" else target.with_name(f"{MARK}{target.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub(r"^kalla;", f"kalla;{MARK}", path.read_text(encoding="utf-8-sig"), flags=re.MULTILINE)
        target.write_text(text, encoding="utf-8-sig")
    return folder


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def test_the_project_has_no_fault_and_its_ids_are_marked(project: Path, run: Run) -> None:
    assert run("validera", "--strikt", cwd=project).returncode == 0
    assert (project / "data/overenskommelse.yaml").read_text(encoding="utf-8").count(MARK) > 40
    assert f"av: {MARK}est-styrgrupp" in (project / "data/beslut.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "args",
    [("kvartal", "2022-K2"), ("kvartal", "2022-K4"), ("halvar", "2022-H1"), ("halvar", "2022-H2", "--slut")],
    ids=" ".join,
)
def test_no_page_shows_an_id(args: tuple[str, ...], project: Path, run: Run) -> None:
    target = project / "rapport.html"
    assert run(*args, "--html", "--ut", str(target), cwd=project).returncode == 0
    text = shown(target.read_text(encoding="utf-8"))
    assert MARK not in text
    assert "EST styrgrupp" in text


@pytest.mark.parametrize(
    "args", [("status", "2022-K2"), ("jamfor", "2022-K1", "2022-K2"), ("status", "2022-K4", "--underlag")]
)
def test_the_terminal_shows_no_id(args: tuple[str, ...], project: Path, run: Run) -> None:
    done = run(*args, cwd=project)
    assert done.returncode == 0
    assert MARK not in done.stdout


def test_the_exported_view_has_ids_only_as_anchors(project: Path, run: Run) -> None:
    def texts(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, item in value.items():
                yield from texts(item, name)
        elif isinstance(value, list):
            for item in value:
                yield from texts(item, key)
        elif isinstance(value, str) and key != "ankare":
            yield value

    view = json.loads(run("status", "2022-K2", "--format", "json", cwd=project).stdout)
    assert [text for text in texts(view) if MARK.lower() in text.lower()] == []


# --- who decides ---

AV = [
    ("styrgrupp", "Styrgruppen"),
    ("STYRGRUPP", "Styrgruppen"),
    ("Styrgruppen", "Styrgruppen"),
    ("a1", "Aktör 1"),
    ("kommunen", "Provkommunen"),
    ("kommunstyrelsen", "kommunstyrelsen"),
]


@pytest.mark.parametrize(("av", "name"), AV)
def test_who_decides_is_called_by_name_and_a_name_as_it_is_written(
    av: str, name: str, tmp_path: Path, run: Run
) -> None:
    fraga = {"fraga": "Vem betalar?", "av": av}
    write_project(tmp_path, agreement(), [area([insats()])], [answers([answer(beslut_behovs=fraga)])])
    text = " ".join(run("status", "2022-K1", cwd=tmp_path).stdout.split())
    assert f"Beslutas av {name}." in text
    assert f"{name[:1].upper()}{name[1:]} beslutar." in text


# --- who is there no longer ---


def test_an_aktor_that_is_gone_keeps_its_name_in_what_has_changed() -> None:
    before = underlag([raw(ansvariga=["skola"])], (svar(aktor="skola"),))
    then = imprint(before, merge(before, K1))
    kept = read_avtryck(write_avtryck(Frystavtryck(then)).encode()).avtryck
    assert kept.namn["skola"] == "Skola"
    aktorer = [{"id": "skolan", "namn": "Utbildningen", "del_av": "kommunen"}]
    after = underlag([raw(ansvariga=["skolan"])], (svar(aktor="skolan", kvartal=K2),), aktorer=aktorer)
    texts = [text.mening for text in find_changes(after, kept, imprint(after, merge(after, K2))).texter]
    assert "Genomförandet, Skola: –, förut pågår." in texts
    assert "Genomförandet, Utbildningen: Pågår." in texts
