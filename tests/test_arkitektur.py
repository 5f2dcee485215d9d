"""How the source hangs together: which way dependencies point, what the pure stations may touch, who writes files."""

from __future__ import annotations

import ast
import re
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from conftest import ROOT

SOURCE = ROOT / "src" / "uppfoljning"
TEMPLATES = ROOT / "templates"
ROOMS = (
    {"text"},
    {"formats"},
    {"model"},
    {"load", "facts"},
    {"words"},
    {"check", "report"},
    {"importing", "output", "mail"},
    {"pipeline"},
    {"cli"},
)
"""The rooms, lowest first. A room uses itself and those below; those on a level don't know each other."""
TOP = {"__init__", "__main__", "errors"}
"""What lies beside the rooms."""
PURE = ("text", "formats", "model", "facts", "words", "check", "importing", "report")
"""Rooms that neither read nor write nor see the clock."""
PURE_OUTSIDE = ("mail.journal", "mail.message", "mail.select", "output.csv", "output.json")
"""Modules of other rooms that are as pure."""
OUTSIDE_WORLD = {
    *("os", "pathlib", "io", "time", "random", "secrets", "uuid", "socket", "subprocess", "shutil", "tempfile", "glob"),
    *("urllib", "http", "smtplib", "ssl", "keyring", "locale", "logging", "threading"),
    *("typer", "click", "rich", "jinja2", "weasyprint"),
}
IN_MEMORY = {"io.BytesIO", "io.StringIO"}
"""Files that are none: a library wants something to read from or write to."""


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name: ``report.view``, and ``report`` for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


class _WithoutTypes(ast.NodeTransformer):
    """Takes out what is imported only for the type checker."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if ast.unparse(node.test) == "TYPE_CHECKING":
            return None
        return self.generic_visit(node)


def imports(path: Path, *, with_types: bool = True) -> Iterator[str]:
    """Dotted names of everything that a module imports, anywhere in it."""
    tree = tree_of(path)
    for node in ast.walk(tree if with_types else _WithoutTypes().visit(tree)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_used(path: Path, *, with_types: bool = True) -> set[str]:
    """The rooms that a module imports from: ``uppfoljning.report.views.base`` counts as ``report``."""
    found = imports(path, with_types=with_types)
    return {name.split(".")[1] for name in found if name.startswith("uppfoljning.")} - TOP - {"__version__"}


def room_of(path: Path) -> str:
    return name_of(path).split(".")[0]


def is_pure(path: Path) -> bool:
    return room_of(path) in PURE or name_of(path) in PURE_OUTSIDE


PURE_MODULES = [path for path in modules() if is_pure(path)]


def test_there_are_thirteen_rooms_and_three_files_beside_them() -> None:
    assert {p.stem for p in SOURCE.iterdir() if p.name != "__pycache__"} == TOP.union(*ROOMS)
    assert {p.name for p in SOURCE.iterdir() if p.is_file()} == {f"{name}.py" for name in TOP}
    assert len(set().union(*ROOMS)) == 13


def test_the_pure_modules_are_there() -> None:
    assert {name_of(path) for path in PURE_MODULES} >= set(PURE_OUTSIDE)
    assert len(PURE_MODULES) > 100


@pytest.mark.parametrize("path", modules(), ids=lambda path: name_of(path) or "uppfoljning")
def test_a_room_never_imports_from_a_higher_one(path: Path) -> None:
    level = next((n for n, rooms in enumerate(ROOMS) if room_of(path) in rooms), len(ROOMS))
    lower = set().union(*ROOMS[:level])
    assert rooms_used(path) - lower - {room_of(path)} - KNOWN.get(name_of(path), set()) == set()


KNOWN = {
    f"words.{name}": {"report"} for name in ("beslut", "changes", "common", "figures", "lage", "meeting", "problem")
}
"""What still uses shapes of a view."""


@pytest.mark.parametrize("path", PURE_MODULES, ids=name_of)
def test_a_pure_module_imports_nothing_that_reads_writes_or_renders(path: Path) -> None:
    assert {name.split(".")[0] for name in set(imports(path)) - IN_MEMORY} & OUTSIDE_WORLD == set()


@pytest.mark.parametrize("path", PURE_MODULES, ids=name_of)
def test_a_pure_module_never_asks_what_day_it_is_or_opens_anything(path: Path) -> None:
    asked = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "fromtimestamp", "environ"}:
            asked.append(node.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            asked += [node.func.id] if node.func.id in {"open", "print", "input", "exec", "eval", "__import__"} else []
    assert asked == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: name_of(path) or "uppfoljning")
def test_the_day_today_is_never_asked_for_anywhere(path: Path) -> None:
    # The reports are judged at a reference date. load.files looks at the clock to tell old leftovers from new, and
    # mail to say when something was sent.
    asked = {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today"}
    }
    assert asked == set()


def test_no_two_modules_import_each_other() -> None:
    names = {name_of(path) for path in modules()} - {""}

    def module_of(name: str) -> str:
        while name and name not in names:
            name = name.rpartition(".")[0]
        return name

    named = {
        name_of(path): {
            module_of(n.removeprefix("uppfoljning."))
            for n in imports(path, with_types=False)
            if n.startswith("uppfoljning.")
        }
        - {"", name_of(path)}
        for path in modules()
    }

    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        for other in named.get(start, set()) - seen:
            seen.add(other)
            if other == goal or reaches(other, goal, seen):
                return True
        return False

    assert [m for m in named if m and reaches(m, m, set())] == []


def test_only_the_command_line_imports_the_command_line() -> None:
    users = {name_of(path) for path in modules() if "cli" in rooms_used(path)}
    assert {name for name in users if not name.startswith("cli")} == {"__main__"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module with the last name of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) != "self":
                yield node.func.attr, node


def test_only_load_files_changes_anything_on_the_disk() -> None:
    changing = {
        *(
            "write_text",
            "write_bytes",
            "mkdir",
            "makedirs",
            "unlink",
            "rename",
            "rmdir",
            "touch",
            "symlink_to",
            "fdopen",
        ),
        *("chmod", "rmtree", "copy", "copyfile", "copytree", "move", "open"),
    }
    found = {(name_of(path), name) for path in modules() for name, _ in calls(path) if name in changing}
    # The command line opens the null device, in order to be silent after a reader has gone.
    assert {pair for pair in found if pair[0] != "load.files"} <= {("cli.terminal", "open")}
    assert {("load.files", name) for name in ("mkdir", "unlink", "open")} <= found


def test_every_text_is_read_and_written_with_an_encoding() -> None:
    folders = [SOURCE, ROOT / "scripts", ROOT / "tests", ROOT / "bench"]
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    assert len(paths) > 40
    missing = []
    for path in paths:
        for name, call in calls(path):
            keywords = {keyword.arg for keyword in call.keywords}
            texts = [a.value for a in [*call.args, *(k.value for k in call.keywords)] if isinstance(a, ast.Constant)]
            binary = any(isinstance(t, str) and re.fullmatch(r"[rwxa+]*b[rwxa+]*", t) for t in texts)
            of_os = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {
                "os",
                "pikepdf",
                "zipfile",
            }
            opens = name == "open" and not binary and not of_os
            of_path = name in {"read_text", "write_text"} and isinstance(call.func, ast.Attribute)
            if (of_path or opens) and "encoding" not in keywords:
                missing.append(f"{path.relative_to(ROOT)}:{call.lineno} {name}")
    assert missing == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: name_of(path) or "uppfoljning")
def test_no_module_is_over_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", modules(), ids=lambda path: name_of(path) or "uppfoljning")
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert len(ast.get_docstring(tree_of(path)) or "") > 10


def test_the_list_of_glyphs_is_what_the_fonts_hold() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_glyphs.py"))
    assert (SOURCE / "text" / "glyphs.py").read_text(encoding="utf-8") == script["source"]()


def test_the_licence_lies_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (TEMPLATES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert len(list((TEMPLATES / "fonts").glob("*.ttf"))) == 3


# --- templates ---

ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)
COUNTING = {"sum", "length", "count", "round", "int", "float", "abs", "sort", "groupby", "max", "min", "batch", "slice"}


def templates() -> list[Path]:
    found = sorted(TEMPLATES.glob("*.j2"))
    assert found
    return found


def parsed(path: Path) -> nodes.Template:
    # Autoescaping belongs to the environment that renders; here the text is only parsed.
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_template_computes_nothing(path: Path) -> None:
    tree = parsed(path)
    assert [type(node).__name__ for node in tree.find_all(ARITHMETIC)] == []
    assert [node.name for node in tree.find_all(nodes.Filter) if node.name in COUNTING] == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_template_never_turns_escaping_off(path: Path) -> None:
    tree = parsed(path)
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    assert filters <= {"join"}
    assert list(tree.find_all((nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.ScopedEvalContextModifier))) == []
    assert "autoescape" not in path.read_text(encoding="utf-8")


def test_arithmetic_in_a_template_would_be_found() -> None:
    tree = Environment(autoescape=True).parse("{{ a + 1 }} {{ b | length }} {{ c * 2 - 1 }}")
    assert len(list(tree.find_all(ARITHMETIC))) == 3
    assert [node.name for node in tree.find_all(nodes.Filter)] == ["length"]


def test_nothing_of_the_view_stands_inside_the_style_element() -> None:
    frame = (TEMPLATES / "stomme.html.j2").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style>(.*?)</style>", frame, re.DOTALL)
    own = "{% block stil %}{% endblock %}"
    assert style.split("\n") == ["", '{% include "rapport.css" %}', own, '{% include "skarm.css" %}', ""]
    for name in ("kvartal", "halvar"):
        template = (TEMPLATES / f"{name}.html.j2").read_text(encoding="utf-8")
        assert f'{{% block stil %}}\n{{% include "{name}.css" %}}\n{{% endblock %}}' in template
    for name in ("rapport.css", "kvartal.css", "halvar.css", "skarm.css"):
        assert not re.search(r"\{\{|\{%|\{#", (TEMPLATES / name).read_text(encoding="utf-8"))


def test_python_3_11_is_the_oldest_that_the_syntax_needs() -> None:
    assert sys.version_info >= (3, 11)
    for path in modules():
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))
