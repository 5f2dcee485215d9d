"""XML of a workbook → calls on a target that keeps what it wants. Nothing with a DOCTYPE is read, no tree is built."""

from __future__ import annotations

from typing import Protocol

from uppfoljning.inlasning.besked import refuse
from uppfoljning.inlasning.zipvakt import broken
from uppfoljning.problem import Problem

_MAX_DEPTH = 200


class Target(Protocol):
    """What receives the elements. Names come as the parser gives them, ``{namespace}name``; :func:`local` cuts them."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Text inside it."""

    def close(self) -> None:
        """The document has ended."""


class Nothing:
    """A target that keeps nothing: the document is only held to be sound. Others are built on it."""

    def __init__(self) -> None:
        self.path: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Note where in the document this is; one that is absurdly deep is not read."""
        self.path.append(local(tag))
        if len(self.path) > _MAX_DEPTH:
            raise ValueError("too deep")

    def end(self, tag: str) -> None:
        """Leave the element."""
        self.path.pop()

    def data(self, text: str) -> None:
        """Text is not kept."""

    def close(self) -> None:
        """Nothing to hand over."""


class Wanted(Nothing):
    """A target that keeps the attributes of elements with certain local names, in order."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = frozenset(names)
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """Keep the attributes, by local name, when the element is one of those wanted."""
        super().start(tag, attrib)
        if self.path[-1] in self._names:
            self.found.append((tag, {local(name): value for name, value in attrib.items()}))


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def read_xml(content: bytes, target: Target, fil: str) -> Problem | None:
    """Send a document to ``target``; the refusal when it is unsound or declares a DOCTYPE or an entity."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # has no type information
    from defusedxml.ElementTree import DefusedXMLParser, ParseError  # type: ignore[import-untyped]  # likewise

    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException:
        return refuse(
            fil,
            "doctype",
            "Filen innehåller en DOCTYPE-deklaration, som aldrig finns i ett vanligt kalkylblad.",
            "Läs inte in den. Be avsändaren om tabellen på nytt, eller kopiera den och klistra in den med -.",
        )
    except (ParseError, ValueError, LookupError):
        return broken(fil)
    return None
