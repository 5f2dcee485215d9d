"""What a template asks for: its tags and fields, and everything wrong with them at once, in the order of the paper.

The tags are read as Jinja2 reads them, but from plain paragraphs, so that a fault can be told with its own words.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from uppfoljning.output.word.template import TYPES, WORD
from uppfoljning.report.views.skrivelse import Skrivelsevy
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.swedish import lista, nearest, shorten

TAG = re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|\{#.{0,500}?#\}")
"""Bounded, so that a thousand tags begun and never ended take no longer than a thousand tags."""
_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_STATEMENT = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(\w*)")
_WHOLE = re.compile(r"\{[%#](p|tr|tc)\s")
_PREFIX = re.compile(r"\{([%#])(?:p|tr|tc|r)\s")
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
"""Word turns straight quotes round; docxtpl turns them back inside a tag."""

_STATEMENTS = {"for": "endfor", "if": "endif"}
_BRANCHES = {"elif": {"if"}, "else": {"if", "for"}}
_FILTERS = {"capitalize", "default", "first", "join", "last", "length", "lower", "replace", "trim", "upper"}
_TESTS = {"defined", "undefined", "none", "string", "odd", "even", "equalto", "eq", "ne", "==", "!=", "in"}
_PARTS: tuple[tuple[str, str], ...] = (
    ("main+xml", "brödtexten"),
    ("header+xml", "sidhuvudet"),
    ("footer+xml", "sidfoten"),
    ("footnotes+xml", "fotnoterna"),
    ("endnotes+xml", "slutnoterna"),
)
_MAX_PART = 5_000_000
"""Bytes of a part with tags in it: two thousand pages. docxtpl searches it some twenty times over."""

_UNKNOWN = object()
"""The type of what can't be known before the template is filled in."""


@dataclass(slots=True)
class _Part:
    """A part of the paper as paragraphs. ``faults`` are gathered as it is read."""

    name: str
    paragraphs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def fault(self, message: str, paragraph: int) -> None:
        """Note a fault in a paragraph, counted from 1, with the paragraph's own words."""
        text = shorten(" ".join(self.paragraphs[paragraph - 1].split()), 90)
        told = f"{message} I {self.name}: ”{text}”."
        if told not in self.faults:
            self.faults.append(told)


def fields_of(of: type) -> dict[str, typing.Any]:
    """The fields of a view by name, each with its type."""
    return dict(typing.get_type_hints(of))


def faults(parts: Mapping[str, bytes], *, needs_exempel: bool) -> list[str]:
    """Everything that keeps a template from being filled in, as sentences; empty when it can be.

    ``needs_exempel``: the paper holds something invented, so a template that would not say so is refused.
    """
    found: list[str] = []
    used: set[str] = set()
    handled = _parts_with_tags(parts)
    for name, title in handled.items():
        if len(parts[name]) > _MAX_PART:
            found.append(f"Texten i {title} är orimligt lång för en mall.")
            continue
        part = _read(parts[name], title)
        _check_marks(part)
        if not part.faults:
            used |= _check_fields(part)
        found += part.faults
    found += _unreachable(parts, set(handled))
    if not found and not used:
        found.append(
            "Den har inga fält, så inget skulle fyllas i. Skriv till exempel {{ r.rubrik }} där rubriken ska stå. "
            f"Fälten är {_listed(Skrivelsevy)}."
        )
    if not found and needs_exempel and "exempel" not in used:
        found.append(
            "Underlaget är märkt som exempel, men mallen har inte fältet {{ r.exempel }} som säger det. "
            "Lägg det överst, så att ingen tar påhittade uppgifter för riktiga."
        )
    return found


def _parts_with_tags(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that are filled in, by name, and what a reader calls each."""
    named: dict[str, str] = {}
    for override in etree.fromstring(parts[TYPES]).iter("{*}Override"):
        name = override.get("PartName", "").lstrip("/")
        for ending, title in _PARTS:
            if name in parts and override.get("ContentType", "").endswith(f".{ending}"):
                named[name] = title
    order = [title for _, title in _PARTS]
    return dict(sorted(named.items(), key=lambda item: (order.index(item[1]), item[0])))


def _w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def _read(content: bytes, title: str) -> _Part:
    """The paragraphs of a part. A tag that takes a whole paragraph, row or cell must stand alone in it."""
    part = _Part(title)
    root = etree.fromstring(content)
    own: dict[typing.Any, str] = {}
    for paragraph in root.iter(_w("p")):
        texts = [
            element.text or "" if element.tag == _w("t") else " "
            for element in paragraph.iter(_w("t"), _w("tab"), _w("br"))
            if next(element.iterancestors(_w("p"))) is paragraph
        ]
        own[paragraph] = nfc("".join(texts))
        part.paragraphs.append(own[paragraph])
        whole = _WHOLE.search(own[paragraph])
        if whole:
            _check_alone(part, paragraph, whole[1], own)
    return part


def _check_alone(part: _Part, paragraph: typing.Any, unit: str, own: dict[typing.Any, str]) -> None:  # lxml is untyped
    name, words = {"p": ("p", "stycke"), "tr": ("tr", "tabellrad"), "tc": ("tc", "tabellcell")}[unit]
    text = own[paragraph]
    tags = [tag for tag in TAG.findall(text) if _WHOLE.match(tag)]
    around = next(paragraph.iterancestors(_w(name)), None) if unit != "p" else paragraph
    if around is None:
        part.fault(f"{{%{unit} … %}} står utanför tabell; använd {{%p … %}}.", len(part.paragraphs))
        return
    rest = "".join(t.text or "" for t in around.iter(_w("t"))) if unit != "p" else text
    carries = next(around.iter(_w("drawing"), _w("pict"), _w("sectPr")), None) is not None
    if len(tags) > 1 or rest.replace(tags[0], "", 1).strip() or carries:
        part.fault(
            f"Taggen {tags[0]} tar bort hela sin {words} och måste stå ensam där."
            if unit != "p"
            else f"Taggen {tags[0]} tar bort hela sitt stycke och måste stå ensam där, utan annan text eller bild.",
            len(part.paragraphs),
        )


def _check_marks(part: _Part) -> None:
    """Faults that Jinja2 would only tell vaguely: half a tag, an unknown one, a loop that never ends."""
    opened: list[tuple[str, str, int]] = []
    for number, text in enumerate(part.paragraphs, start=1):
        if _HALF.search(TAG.sub("", text)):
            part.fault(
                "En tagg har bara sin början eller sitt slut; hela taggen ska stå i ett och samma stycke.", number
            )
        for tag in TAG.findall(text):
            if re.match(r"\{\{(?:p|tr|tc|r)\s", tag) and not re.match(r"\{\{r\s*\}\}", tag):
                part.fault(f"{tag}: skriv fältet utan bokstav före, {{{{ r.rubrik }}}}.", number)
            if not tag.startswith("{%"):
                continue
            found = _STATEMENT.match(tag)
            word = found[1] if found else ""
            if word in _STATEMENTS:
                opened.append((word, tag, number))
            elif word in _STATEMENTS.values():
                if not opened or _STATEMENTS[opened[-1][0]] != word:
                    part.fault(f"{tag} har inget {{% {word.removeprefix('end')} … %}} som det avslutar.", number)
                else:
                    opened.pop()
            elif word in _BRANCHES:
                if not opened or opened[-1][0] not in _BRANCHES[word]:
                    part.fault(f"{tag} står inte inom någon {{% if … %}}.", number)
            else:
                part.fault(f"Taggen {tag} finns inte. Taggarna är for, endfor, if, elif, else och endif.", number)
    for word, tag, number in opened:
        part.fault(f"{tag} avslutas aldrig; {{% {_STATEMENTS[word]} %}} saknas.", number)


def _check_fields(part: _Part) -> set[str]:
    """The fields of ``r`` that are used. Notes every field that doesn't exist and what can't be read."""
    lines = [
        TAG.sub(lambda found: _PREFIX.sub(r"{\1 ", found[0]).translate(_QUOTES), " ".join(text.splitlines()))
        for text in part.paragraphs
    ]
    checker = _Fields(part)
    try:
        checker.read_all(Environment(autoescape=True).parse("\n".join(lines)).body, {"r": Skrivelsevy})
    except TemplateSyntaxError as error:
        part.fault("Ett uttryck går inte att förstå. Ett fält skrivs {{ r.rubrik }}.", min(error.lineno, len(lines)))
        return set()
    except RecursionError:
        part.faults.append(f"Taggarna i {part.name} är för många inuti varandra, eller en av dem orimligt lång.")
        return set()
    return checker.used


class _Fields:
    """Follows each expression from ``r`` through the loops, knowing what every name stands for."""

    def __init__(self, part: _Part) -> None:
        self._part = part
        self.used: set[str] = set()

    def read_all(self, body: typing.Iterable[nodes.Node], scope: Mapping[str, typing.Any]) -> None:
        """Read nodes in order; ``scope`` says what the names stand for there."""
        for node in body:
            self._read(node, scope)

    def _read(self, node: nodes.Node, scope: Mapping[str, typing.Any]) -> None:
        if isinstance(node, nodes.For):
            of = self._of(node.iter, scope)
            if of is not _UNKNOWN and _item(of) is None:
                self._fault("for går igenom en lista, och det här är ingen.", node)
            inner = {**scope, "loop": _UNKNOWN}
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = _item(of) or _UNKNOWN
            else:
                self._fault("for ger ett namn åt gången: {%p for f in r.forslag %}.", node)
            self.read_all([*([node.test] if node.test else []), *node.body], inner)
            self.read_all(node.else_, scope)
        elif isinstance(node, nodes.If):
            self._of(node.test, scope)
            self.read_all([*node.body, *node.elif_, *node.else_], scope)
        elif isinstance(node, nodes.Output):
            for shown in node.nodes:
                of = None if isinstance(shown, nodes.TemplateData) else self._of(shown, scope)
                if of is not None and (is_dataclass(of) or _item(of) is not None):
                    self._fault(
                        "Fältet är en lista och kan inte skrivas ut som en text. Gå igenom den: "
                        "{%p for f in r.forslag %}, {{ f }} och {%p endfor %} i var sitt stycke.",
                        node,
                        shown.lineno,
                    )
        else:
            self._of(node, scope)

    def _of(self, node: nodes.Node, scope: Mapping[str, typing.Any]) -> typing.Any:
        """What an expression gives: a view, a tuple of something, a text, or not to be known."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self._unknown_name(node, scope)
            return scope.get(node.name, _UNKNOWN)
        if isinstance(node, nodes.Getattr):
            return self._attribute(self._of(node.node, scope), node.attr, node)
        if isinstance(node, nodes.Getitem):
            of = self._of(node.node, scope)
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self._attribute(of, node.arg.value, node)
            self._of(node.arg, scope)
            return _item(of) or _UNKNOWN
        if isinstance(node, nodes.Call | nodes.BinExpr) and not isinstance(node, nodes.And | nodes.Or):
            self._fault("En mall räknar inte och anropar inga funktioner; den skriver ut fälten som de är.", node)
        if isinstance(node, nodes.Filter | nodes.Test):
            self._check_name(node)
        of = [self._of(child, scope) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.Filter) and node.name in {"first", "last"} and of:
            return _item(of[0]) or _UNKNOWN
        return _UNKNOWN

    def _check_name(self, node: nodes.Filter | nodes.Test) -> None:
        known = _FILTERS if isinstance(node, nodes.Filter) else _TESTS
        if node.name not in known:
            word = "Filtret" if isinstance(node, nodes.Filter) else "Provet"
            names = lista(sorted(name for name in known if name.isalpha()))
            self._fault(f"{word} {node.name} finns inte i mallar. Det som finns är {names}.", node)

    def _attribute(self, of: typing.Any, name: str, node: nodes.Node) -> typing.Any:
        if of is Skrivelsevy:
            self.used.add(name)
        if of is _UNKNOWN:
            return _UNKNOWN
        if not is_dataclass(of):
            kind = "en text" if _item(of) is None else "en lista"
            self._fault(f"Fältet {name} finns inte här: det som står före punkten är {kind}.", node)
            return _UNKNOWN
        known = fields_of(typing.cast(type, of))
        if name not in known:
            near = nearest(name, known)
            hint = f"Menade du {near}? " if near else ""
            self._fault(f"Fältet {name} finns inte. {hint}Fälten är {_listed(typing.cast(type, of))}.", node)
        return known.get(name, _UNKNOWN)

    def _unknown_name(self, node: nodes.Name, scope: Mapping[str, typing.Any]) -> None:
        near = nearest(node.name, fields_of(Skrivelsevy))
        hint = f"Skriv r.{near}." if near else f"Fälten börjar med r: {{{{ r.rubrik }}}}. De är {_listed(Skrivelsevy)}."
        self._fault(f"Namnet {node.name} finns inte. {hint}", node)

    def _fault(self, message: str, node: nodes.Node, lineno: int | None = None) -> None:
        self._part.fault(message, lineno or node.lineno)


def _item(of: typing.Any) -> typing.Any:
    """The type of a list's items, or None for what is no list."""
    return typing.get_args(of)[0] if typing.get_origin(of) is tuple else None


def _listed(of: type) -> str:
    return lista([f"r.{name}" if of is Skrivelsevy else name for name in fields_of(of)])


def _unreachable(parts: Mapping[str, bytes], handled: set[str]) -> Iterator[str]:
    """Tags where none are filled in, and which would stand unfilled in the paper."""
    for name, content in parts.items():
        if name not in handled and name.endswith(".xml") and re.search(rb"\{\{|\{%", content):
            where = (
                "dokumentets egenskaper (Arkiv, Info); titel, datum och språk sätts ändå"
                if name.startswith("docProps/")
                else f"en del av filen där fält inte fylls i ({name}), till exempel ett diagram eller SmartArt"
            )
            yield f"Det finns ett fält i {where}. Ta bort det därifrån."
