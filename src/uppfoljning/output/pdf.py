"""HTML → PDF that is PDF/A-3a and PDF/UA-1 in one file, the same bytes each time.

While rendering, nothing is read but the fonts: no network, no other file. What WeasyPrint logs is returned, so that it
fails a test and becomes a message in use.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import hashlib
import importlib
import logging
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from uppfoljning.errors import MiljoError
from uppfoljning.output.made import Made, UnavailableFormatError

if TYPE_CHECKING:
    from types import ModuleType

    from uppfoljning.output.attachments import Attachment


def margin_text_to_artifacts(document: Any, pdf: Any) -> None:
    """A finisher for ``write_pdf``: every marked content whose element is not in the tree becomes an artifact."""
    import pydyf

    objects = {o.reference: o for o in pdf.objects if isinstance(o, pydyf.Object) and o.number is not None}
    root = objects[pdf.catalog["StructTreeRoot"]]
    reachable = _reachable(objects, root["K"])
    numbers = objects[root["ParentTree"]]["Nums"]
    mapping = dict(zip(numbers[::2], numbers[1::2], strict=True))
    streams = [objects[o["Contents"]] for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Page"]
    for index, stream in enumerate(streams):
        owners = mapping[index]
        orphans = {mcid for mcid, owner in enumerate(owners) if owner not in reachable}
        for mcid in orphans:
            owners[mcid] = "null"
        _unmark(stream.stream, orphans, pydyf)


def _reachable(objects: dict[bytes, Any], kids: Any) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(kids)
    while waiting:
        reference = waiting.pop()
        element = objects.get(reference) if isinstance(reference, bytes) else None
        if element is None or reference in found or not isinstance(element, dict):
            continue
        found.add(reference)
        kids = element.get("K", [])
        waiting.extend(kids if isinstance(kids, list) else [kids])
    return found


def _unmark(operators: list[Any], orphans: set[int], pydyf: Any) -> None:
    """Turn ``/Span <</MCID n>> BDC`` into ``/Artifact <</Type /Pagination>> BDC`` for the orphans."""
    for position, operator in enumerate(operators):
        if isinstance(operator, dict) and operator.get("MCID") in orphans and operators[position + 1] == b"BDC":
            operators[position - 1] = "/Artifact"
            operators[position] = pydyf.Dictionary({"Type": "/Pagination"})


FONT_SCHEME = "typsnitt:"
_SVG = "data:image/svg+xml,"
# Without a base, WeasyPrint passes over relative addresses in silence; with this one they are refused like all others.
_NOWHERE = "https://utanfor.invalid/"

_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def write_pdf(html: str, fonts: Path, day: datetime, attachments: tuple[Attachment, ...] = ()) -> Made:
    """Render ``html``. ``day`` is the document's date, never now.

    Raises :class:`UnavailableFormatError` without WeasyPrint's libraries, and :class:`MiljoError` when the HTML asks
    for anything but the fonts.
    """
    weasyprint = import_weasyprint()
    stamp = day.replace(tzinfo=UTC)
    with _collect_log() as lines:
        try:
            document = weasyprint.HTML(string=html, url_fetcher=_font_fetcher(fonts), base_url=_NOWHERE).render()
            document.metadata.generate_rdf_metadata = _with_ua(document.metadata.generate_rdf_metadata)
            content = document.write_pdf(
                finisher=margin_text_to_artifacts,
                pdf_variant="pdf/a-3a",
                pdf_identifier=hashlib.sha256(html.encode("utf-8")).digest()[:16],
                attachments=[
                    weasyprint.Attachment(
                        string=one.content,
                        name=one.name,
                        description=one.description,
                        created=stamp,
                        modified=stamp,
                        relationship=one.relationship,
                    )
                    for one in sorted(attachments, key=lambda one: one.name)
                ],
            )
        except _ForbiddenUrlError as error:
            raise MiljoError(str(error)) from None
    return Made(content, tuple(lines))


def _with_ua(generate: Any) -> Any:
    """WeasyPrint's XMP metadata with the PDF/UA-1 identifier and its extension schema added."""

    def generate_with_ua(*args: Any) -> bytes:
        xml: bytes = generate(*args)
        before, mark, after = xml.rpartition(b"</rdf:RDF>")
        if not mark:
            raise ValueError("WeasyPrint's metadata has changed its form")
        return before + _UA_SCHEMA.encode("utf-8") + mark + after

    return generate_with_ua


class _ForbiddenUrlError(BaseException):
    """Raised in the fetcher; replaced below by a class that WeasyPrint lets through."""


def _font_fetcher(fonts: Path) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class ForbiddenUrlError(FatalURLFetchingError, _ForbiddenUrlError):  # type: ignore[misc]  # untyped base
        """A fatal error of WeasyPrint's, so that it isn't swallowed."""

    class FontFetcher(URLFetcher):  # type: ignore[misc]  # untyped base
        """Hands out the project's own fonts and inline drawings, and refuses loudly everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(_SVG):
                content = unquote_to_bytes(url.removeprefix(_SVG))
                return URLFetcherResponse(url, content, {"Content-Type": "image/svg+xml"})
            name = url.removeprefix(FONT_SCHEME)
            known = {path.name for path in fonts.iterdir()} if url.startswith(FONT_SCHEME) else set()
            if name not in known:
                raise ForbiddenUrlError(f"Rapporten försökte hämta {url}. Bara de egna typsnitten får läsas.")
            return URLFetcherResponse(url, (fonts / name).read_bytes(), {"Content-Type": "font/ttf"})

    return FontFetcher(allowed_protocols=(), allow_redirects=False)


@contextlib.contextmanager
def _collect_log() -> Iterator[list[str]]:
    """What WeasyPrint and fontTools log at warning or above, as text."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Collector(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger, logger.propagate, logger.level, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield lines
    finally:
        for logger, propagate, level, handlers in before:
            logger.propagate, logger.handlers = propagate, handlers
            logger.setLevel(level)


def import_weasyprint() -> ModuleType:
    """WeasyPrint, imported without the dozens of subprocesses it otherwise starts on Linux.

    It tries the library names of other systems first, and each miss makes ctypes ask ldconfig and gcc. Those questions
    are answered with no while it is imported; if that leaves a library unfound, it is imported again the ordinary way.

    Raises :class:`UnavailableFormatError`.
    """
    if "weasyprint" not in sys.modules and sys.platform == "linux":
        find = ctypes.util.find_library
        ctypes.util.find_library = lambda name: None
        try:
            return _import_quietly()
        except OSError:
            for name in [n for n in sys.modules if n.split(".")[0] == "weasyprint"]:
                del sys.modules[name]
        finally:
            ctypes.util.find_library = find
    try:
        return _import_quietly()
    except ModuleNotFoundError as error:
        raise MiljoError(
            f"PDF kan inte göras: Python-paketet {error.name} saknas. Installera om: pip install --force-reinstall ."
        ) from None
    except OSError:
        raise UnavailableFormatError(
            "PDF kan inte göras: biblioteket Pango saknas på den här datorn.\n"
            "  Debian och Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
            "  Fedora: sudo dnf install pango    macOS: brew install pango\n"
            "  Windows: installera MSYS2 och kör pacman -S mingw-w64-ucrt-x86_64-pango"
        ) from None


def _import_quietly() -> ModuleType:
    """WeasyPrint prints a help text of its own to stdout when a library is missing; ours says it in Swedish."""
    with contextlib.redirect_stdout(None), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("weasyprint")
