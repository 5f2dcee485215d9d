"""Reads a finished PDF the way a screen reader, a search engine or an archive does: text, structure, fonts, streams."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

OUTSIDE = -1
"""Stands for text that belongs to no element of the structure tree."""


@dataclass
class Element:
    """An element of the structure tree with its text in reading order."""

    role: str
    obj: Any
    children: list[Element] = field(default_factory=list)
    own_text: str = ""
    annotations: int = 0

    @property
    def text(self) -> str:
        return self.own_text + "".join(child.text for child in self.children)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, role: str) -> list[Element]:
        return [element for element in self.walk() if element.role == role]


@dataclass(frozen=True)
class Marked:
    """A piece of text with the innermost tag it stands under, its MCID (or OUTSIDE) and the tag's properties."""

    tag: str
    mcid: int
    text: str
    properties: dict[str, Any]


def page_pieces(page: pikepdf.Page) -> list[Marked]:
    """The page's text in the order it is drawn, each piece with its marking."""
    cmaps = {str(name): _cmap(font) for name, font in _fonts(page).items()}
    stack: list[tuple[str, int, dict[str, Any]]] = []
    font: dict[str, str] = {}
    pieces: list[Marked] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            properties = dict(operands[1].items()) if name == "BDC" else {}
            stack.append((str(operands[0]), int(properties.get("/MCID", OUTSIDE)), properties))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = cmaps[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            strings = operands[0] if name == "TJ" else [operands[0]]
            raw = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
            codes = [raw[i : i + 2].hex() for i in range(0, len(raw), 2)]
            tag, mcid, properties = stack[-1] if stack else ("", OUTSIDE, {})
            pieces.append(Marked(tag, mcid, "".join(font[code] for code in codes), properties))
    return pieces


def page_text(page: pikepdf.Page) -> str:
    """The page's text, line by line as drawn."""
    return "\n".join(piece.text for piece in page_pieces(page))


def squeeze(text: str) -> str:
    """Text without spaces and hyphens, so that line breaks and hyphenation don't matter."""
    return re.sub(r"[\s\u00ad\u2009\u00a0\u202f\u2010-]+", "", text)


def all_text(pdf: pikepdf.Pdf) -> str:
    """Everything that the pages say, squeezed."""
    return squeeze("".join(page_text(page) for page in pdf.pages))


def structure(pdf: pikepdf.Pdf, pieces: list[list[Marked]] | None = None) -> Element:
    """The structure tree with the text of every element. ``pieces``: each page's, where they have been read already."""
    texts: dict[tuple[tuple[int, int], int], str] = {}
    for page, found in zip(pdf.pages, pieces or [page_pieces(page) for page in pdf.pages], strict=True):
        for piece in found:
            key = (page.obj.objgen, piece.mcid)
            texts[key] = texts.get(key, "") + piece.text
    root = Element("Root", pdf.Root.StructTreeRoot)
    _fill(root, pdf.Root.StructTreeRoot.K, None, texts)
    return root


def _fill(element: Element, kids: Any, page: Any, texts: dict[tuple[tuple[int, int], int], str]) -> None:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            kind = kid.get("/Type")
            if kind == "/OBJR":
                element.annotations += 1
            elif kind == "/MCR":
                element.own_text += texts.get((kid.get("/Pg", page).objgen, int(kid.MCID)), "")
            else:
                child = Element(str(kid.S).removeprefix("/"), kid)
                element.children.append(child)
                _fill(child, kid.get("/K", pikepdf.Array()), kid.get("/Pg", page), texts)
        else:
            element.own_text += texts.get((page.objgen, int(kid)), "")


def parent_tree(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element that the ParentTree points at."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]
    return [
        owner
        for entry in numbers
        for owner in (entry if isinstance(entry, pikepdf.Array) else [entry])
        if owner is not None
    ]


def font_objects(pdf: pikepdf.Pdf) -> list[Any]:
    """Every font dictionary in the file, whether a page uses it or not."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]


def every_stream(content: bytes) -> list[bytes]:
    """Every stream of the file unpacked: pages, attachments, metadata; and every object as text."""
    found = [content]
    with pikepdf.open(_as_file(content)) as pdf:
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream):
                found.append(obj.read_bytes())
            found.append(obj.unparse())
    return found


def everything_said(content: bytes) -> str:
    """All that can be read out of a PDF: drawn text, outlines, document information, attachments, metadata, streams."""
    with pikepdf.open(_as_file(content)) as pdf:
        drawn = all_text(pdf)
        strings = "\n".join(_strings(obj) for obj in pdf.objects)
    streams = "\n".join(stream.decode("utf-8", "replace") for stream in every_stream(content))
    return f"{drawn}\n{strings}\n{streams}"


def _strings(obj: Any) -> str:
    if isinstance(obj, pikepdf.String):
        return str(obj)
    if isinstance(obj, pikepdf.Array):
        return "\n".join(_strings(item) for item in obj if not _is_indirect(item))
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return "\n".join(_strings(item) for _, item in obj.items() if not _is_indirect(item))
    return ""


def _is_indirect(obj: Any) -> bool:
    return bool(getattr(obj, "is_indirect", False))


LEFT, RIGHT, TOP, BOTTOM = 56.6, 538.7, 842.0, 0.0
"""The text area of an A4 page with side margins of 20 mm, in points."""


@dataclass(frozen=True)
class Drawn:
    """A piece of text where it stands: from ``x`` to ``end`` on the line ``y``, in points, with its marking."""

    tag: str
    mcid: int
    text: str
    x: float
    end: float
    y: float
    size: float


def drawn_text(page: pikepdf.Page) -> list[Drawn]:
    """The page's text in the order it is drawn, each piece with its place. Spaces at a piece's end have no width."""
    fonts = _fonts(page)
    cmaps = {str(name): _cmap(font) for name, font in fonts.items()}
    all_widths = {str(name): glyph_widths(font) for name, font in fonts.items()}
    stack: list[tuple[str, int]] = []
    matrices: list[pikepdf.Matrix] = [pikepdf.Matrix()]
    place, name, size = pikepdf.Matrix(), "", 0.0
    found: list[Drawn] = []
    for operands, op in pikepdf.parse_content_stream(page):
        match str(op):
            case "BDC" | "BMC":
                properties = dict(operands[1].items()) if len(operands) > 1 else {}
                stack.append((str(operands[0]), int(properties.get("/MCID", OUTSIDE))))
            case "EMC":
                stack.pop()
            case "q":
                matrices.append(matrices[-1])
            case "Q":
                matrices.pop()
            case "cm":
                matrices[-1] = pikepdf.Matrix(*(float(x) for x in operands)) @ matrices[-1]
            case "Tf":
                name, size = str(operands[0]), float(operands[1])
            case "Tm":
                place = pikepdf.Matrix(*(float(x) for x in operands)) @ matrices[-1]
            case "Tj" | "TJ":
                parts = operands[0] if str(op) == "TJ" else [operands[0]]
                raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                text = "".join(cmaps[name][raw[i : i + 2].hex()] for i in range(0, len(raw), 2))
                blank = sum(
                    all_widths[name].get(int.from_bytes(raw[-2:], "big"), 0) for _ in text[len(text.rstrip()) :]
                )
                length = (advance(parts, all_widths[name]) - blank / 1000) * size
                last = pikepdf.Matrix(1, 0, 0, 1, length, 0) @ place
                tag, mcid = stack[-1] if stack else ("", OUTSIDE)
                found.append(Drawn(tag, mcid, text, place.e, last.e, place.f, abs(place.d) * size))
    return found


def drawn_outside(pdf: pikepdf.Pdf) -> list[str]:
    """Text that begins or ends outside the margins, where it can't be read or lies on other text."""
    found = []
    for number, page in enumerate(pdf.pages, 1):
        matrices: list[pikepdf.Matrix] = [pikepdf.Matrix()]
        place, widths, size = pikepdf.Matrix(), dict[int, float](), 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "q":
                matrices.append(matrices[-1])
            elif name == "Q":
                matrices.pop()
            elif name == "cm":
                matrices[-1] = pikepdf.Matrix(*(float(x) for x in operands)) @ matrices[-1]
            elif name == "Tf":
                widths, size = glyph_widths(page.obj.Resources.Font[str(operands[0])]), float(operands[1])
            elif name == "Tm":
                place = pikepdf.Matrix(*(float(x) for x in operands)) @ matrices[-1]
            elif name in {"Tj", "TJ"}:
                length = advance(operands[0] if name == "TJ" else [operands[0]], widths) * size
                last = pikepdf.Matrix(1, 0, 0, 1, length, 0) @ place
                if not (LEFT <= place.e <= last.e <= RIGHT + 1 and BOTTOM <= place.f <= TOP):
                    found.append(f"page {number}: {place.e:.0f}–{last.e:.0f}, {place.f:.0f}")
    return found


def glyph_widths(font: Any) -> dict[int, float]:
    """Glyph → width in thousandths of the size."""
    entries = list(font.DescendantFonts[0].W)
    return {
        int(first) + offset: float(width)
        for first, group in zip(entries[::2], entries[1::2], strict=True)
        for offset, width in enumerate(group)
    }


def advance(parts: Any, widths: dict[int, float]) -> float:
    """How far a piece of text moves the pen, for a size of one; a trailing space doesn't count."""
    total = 0.0
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            total += sum(widths.get(int.from_bytes(raw[i : i + 2], "big"), 0) for i in range(0, len(raw), 2))
        else:
            total -= float(part)
    return total / 1000


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Level and title of every bookmark, in order."""

    def walk(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 1))


def _as_file(content: bytes) -> Any:
    import io

    return io.BytesIO(content)


def _fonts(page: pikepdf.Page) -> dict[str, Any]:
    return dict(page.obj.Resources.Font.items())


def _cmap(font: Any) -> dict[str, str]:
    """Glyph code → characters, as the file itself says."""
    found: dict[str, str] = {}
    source = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar\n(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", block):
            found[code.lower()] = bytes.fromhex(text).decode("utf-16-be")
    return found
