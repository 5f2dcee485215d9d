"""How the source hangs together: which way dependencies point, what the pure stations may touch, who writes files."""

from __future__ import annotations

import ast
import copy
import os
import re
import runpy
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import settings
from jinja2 import Environment, nodes

from conftest import ROOT
from uppfoljning.cli.app import app

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


def each(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """A test that a check holds for every file, and names those for which it doesn't."""

    def of(check: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            broken = {}
            for path in paths:
                try:
                    check(path)
                except AssertionError as error:
                    broken[path.relative_to(ROOT).as_posix()] = str(error)
            assert broken == {}

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return of


def test_a_check_that_fails_for_one_file_names_it() -> None:
    @each([ROOT / "Makefile", ROOT / "README.md"])
    def is_long(path: Path) -> None:
        assert path.name == "Makefile"

    with pytest.raises(AssertionError, match=re.escape("README.md")):
        is_long()


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name: ``report.view``, and ``report`` for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
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
    for node in ast.walk(tree if with_types else _WithoutTypes().visit(copy.deepcopy(tree))):
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


@each(modules())
def test_a_room_never_imports_from_a_higher_one(path: Path) -> None:
    level = next((n for n, rooms in enumerate(ROOMS) if room_of(path) in rooms), len(ROOMS))
    lower = set().union(*ROOMS[:level])
    assert rooms_used(path) - lower - {room_of(path)} == set()


@each(PURE_MODULES)
def test_a_pure_module_imports_nothing_that_reads_writes_or_renders(path: Path) -> None:
    assert {name.split(".")[0] for name in set(imports(path)) - IN_MEMORY} & OUTSIDE_WORLD == set()


@each(PURE_MODULES)
def test_a_pure_module_never_asks_what_day_it_is_or_opens_anything(path: Path) -> None:
    asked = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "fromtimestamp", "environ"}:
            asked.append(node.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            asked += [node.func.id] if node.func.id in {"open", "print", "input", "exec", "eval", "__import__"} else []
    assert asked == []


@each(modules())
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


@each(modules())
def test_no_module_is_over_350_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@each(modules())
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert len(ast.get_docstring(tree_of(path)) or "") > 10


def test_the_list_of_glyphs_is_what_the_fonts_hold() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_glyphs.py"))
    assert (SOURCE / "text" / "glyphs.py").read_text(encoding="utf-8") == script["source"]()


def test_the_licence_lies_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (TEMPLATES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert len(list((TEMPLATES / "fonts").glob("*.ttf"))) == 3


# --- what the rooms may hold ---


def code_sets() -> dict[str, frozenset[str]]:
    """Every ``Literal`` of the data's and the facts' codes: its place and its codes."""
    found = {}
    for path in modules():
        if room_of(path) not in {"model", "facts"}:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
                members = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                codes = frozenset(e.value for e in members if isinstance(e, ast.Constant) and isinstance(e.value, str))
                if len(codes) > 1:
                    found[f"{name_of(path)}:{node.lineno}"] = codes
    return found


CODES = code_sets()


def tables_of(path: Path) -> Iterator[tuple[int, frozenset[str], list[str]]]:
    """Every dictionary display with texts for keys: its line, its keys, and the texts among its values."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Dict) and node.keys:
            keys = [k.value for k in node.keys if isinstance(k, ast.Constant) and isinstance(k.value, str)]
            inherits = any(k is None for k in node.keys)  # {**TABLE, …} has all that TABLE has
            texts = [
                c.value
                for v in node.values
                for c in ast.walk(v)
                if isinstance(c, ast.Constant) and isinstance(c.value, str)
            ]
            if keys and not inherits:
                yield node.lineno, frozenset(keys), texts


def is_worded(texts: list[str]) -> bool:
    """Whether some text is meant for a person: it has a capital, a blank or a Swedish letter."""
    return any(re.search(r"[A-ZÅÄÖåäö\s]", text) for text in texts)


def test_the_codes_are_found() -> None:
    assert frozenset({"enligt_plan", "risk_for_forsening", "forsenad", "gar_inte_att_bedoma"}) in CODES.values()
    assert len(CODES) >= 18


@each([p for p in modules() if room_of(p) in {"words", "model"}])
def test_a_table_of_words_or_meanings_has_every_code_of_its_kind(path: Path) -> None:
    partial = [
        f"line {line}: {sorted(keys)}"
        for line, keys, _ in tables_of(path)
        if any(keys & codes for codes in CODES.values()) and not any(codes <= keys for codes in CODES.values())
    ]
    assert partial == []


TABLES_ELSEWHERE = {
    "report.sections.closed": (1, "fields of an answer as the data call them, which are no codes"),
    "facts.compare.avtryck_json": (1, "which codes an imprint may hold; no words"),
    "load.prune": (1, "names of fields and how they are written"),
}
"""Tables outside words/ whose keys only look like codes: how many, and why."""


@each([p for p in modules() if room_of(p) not in {"words", "text"}])
def test_no_table_of_words_for_codes_stands_outside_words(path: Path) -> None:
    found = [
        f"line {line}: {sorted(keys)}"
        for line, keys, texts in tables_of(path)
        if is_worded(texts) and any(len(keys & codes) > 1 for codes in CODES.values())
    ]
    assert len(found) == TABLES_ELSEWHERE.get(name_of(path), (0, ""))[0], found


FACTS_WORDS = {"(påhittat exempel) "}
"""What imprints of closed quarters have always held."""


@each([p for p in modules() if room_of(p) == "facts"])
def test_facts_hold_no_text_of_two_words(path: Path) -> None:
    tree = tree_of(path)
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            apart |= {id(inner) for inner in ast.walk(node)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
    ]
    assert [text for text in texts if re.search(r"\w\w\s+\S*\w\w", text) and text not in FACTS_WORDS] == []


READING_BACK = {"startswith", "endswith", "partition", "rpartition", "split", "removesuffix", "removeprefix"}


@each([p for p in modules() if room_of(p) == "report"])
def test_a_report_reads_no_printed_word_back(path: Path) -> None:
    assert [f"{name} in line {call.lineno}" for name, call in calls(path) if name in READING_BACK] == []


def test_what_is_written_knows_no_fact_and_what_is_sent_no_report() -> None:
    for path in modules():
        if room_of(path) == "output":
            assert not rooms_used(path) & {"facts", "check", "load"}, name_of(path)
        if room_of(path) == "mail":
            assert not rooms_used(path) & {"report", "output"}, name_of(path)
        if room_of(path) == "formats":
            assert not rooms_used(path) & {"model"}, name_of(path)


def test_no_two_classes_or_sets_of_codes_have_one_name() -> None:
    names = [node.name for path in modules() for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    for path in modules():
        for node in tree_of(path).body:
            if isinstance(node, ast.Assign) and "Literal[" in ast.unparse(node.value):
                names += [ast.unparse(target) for target in node.targets]
    assert [name for name, number in Counter(names).items() if number > 1] == []


def test_a_module_is_named_in_english_or_by_a_word_of_the_glossary() -> None:
    words = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "ordlista.md").read_text(encoding="utf-8")))
    plurals = {f"{word}{ending}" for word in words for ending in ("n", "er", "ar")}
    groups: list[Any] = [typer.main.get_command(app)]
    commands = {name for group in groups for name in group.commands} | {"importera"}
    named = {part for path in modules() for part in name_of(path).split(".") if part}
    assert named - ENGLISH - words - plurals - commands == set()


ENGLISH = {
    *(
        "advice",
        "candidates",
        "indents",
        "known",
        "lines",
        "marks",
        "mend",
        "prune",
        "scalars",
        "shape",
        "syntax",
        "unknown",
    ),
    *(
        "anchors",
        "answers",
        "app",
        "arguments",
        "attachments",
        "avtryck_json",
        "base",
        "blocks",
        "boxes",
        "build",
        "changes",
        "check",
    ),
    *(
        "clauses",
        "cli",
        "closed",
        "codes",
        "columns",
        "commands",
        "common",
        "compare",
        "contents",
        "counting",
        "credentials",
    ),
    *(
        "csv",
        "dates",
        "decisions",
        "decode",
        "diagram",
        "differences",
        "discover",
        "errors",
        "events",
        "explain",
        "extracts",
    ),
    *(
        "facts",
        "faults",
        "few_people",
        "fields",
        "figures",
        "files",
        "fill",
        "final",
        "find",
        "fingerprint",
        "first_page",
        "fit",
    ),
    *(
        "file_names",
        "five_questions",
        "format",
        "formats",
        "frys_check",
        "glyphs",
        "grid",
        "head",
        "html",
        "html_parser",
    ),
    *(
        "html_table",
        "importing",
        "interpret",
        "interpretation",
        "journal_file",
        "keys",
        "json",
        "json_text",
        "judge",
        "kinds",
        "labels",
        "log_in",
        "load",
    ),
    *(
        "made",
        "mail",
        "mail_address",
        "meeting",
        "mentions",
        "message",
        "method",
        "model",
        "names",
        "node",
        "numbers",
        "ods",
        "open",
    ),
    *(
        "options",
        "output",
        "parts",
        "pasted_text",
        "places",
        "pdf",
        "personal_data",
        "phone",
        "phrase",
        "pipeline",
        "plaintext",
        "plan",
    ),
    *(
        "problem",
        "project",
        "protected_series",
        "quality",
        "read",
        "receiver",
        "receivers",
        "recompute",
        "promises",
        "recorded",
        "redact",
        "refusals",
        "report",
        "report_file",
        "review",
    ),
    *("rows", "safe_archive", "sections", "select", "send", "server_words", "sheets", "short_insats", "short_names"),
    *("since_closing", "small_counts", "small_numbers", "smtp", "sniff", "statistics", "surroundings", "swedish"),
    *(
        "tables",
        "tags",
        "template",
        "temporary",
        "terminal",
        "text",
        "texts",
        "transpose",
        "two_pages",
        "typer_swedish",
    ),
    *("unsafe_texts", "utskick_report", "verdict", "versions", "views", "word", "words", "write", "xlsx", "yaml"),
    "__main__",
}
"""Technical words; the others are the domain's, or name the command that they carry out."""


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


@each(templates())
def test_a_template_computes_nothing(path: Path) -> None:
    tree = parsed(path)
    assert [type(node).__name__ for node in tree.find_all(ARITHMETIC)] == []
    assert [node.name for node in tree.find_all(nodes.Filter) if node.name in COUNTING] == []


@each(templates())
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


def test_random_tests_try_the_same_examples_every_time_unless_somebody_searches() -> None:
    search = os.environ.get("SLUMP") == "slump"
    assert settings.default is not None
    assert (settings.default.derandomize, settings.default.database is None) == (not search, not search)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [line.split()[0] for line in makefile.splitlines() if "hypothesis and not tung" in line] == ["SLUMP=slump"]


def test_python_3_11_is_the_oldest_that_the_syntax_needs() -> None:
    assert sys.version_info >= (3, 11)
    for path in modules():
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))
