"""View → HTML, by templates that hold no arithmetic. Sandboxed, autoescaping, and strict about undefined names."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.errors import MiljoError
from uppfoljning.text.swedish import MANADER, NO_BREAK_SPACE
from uppfoljning.words import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uppfoljning.report.sections.avsnitt import Rapportdel
    from uppfoljning.report.views.base import Dokumentvy

_FONT = re.compile(r'url\("typsnitt:([A-Za-z0-9-]+)\.ttf"\) format\("truetype"\)')
"""A font file in the stylesheet. No text of the view matches: there, quotation marks are escaped."""

_PAGES = 'content: "Sidor: {sidor}"'
"""Where the stylesheet names sections and their pages. No text of the view matches, whatever stands around it: there,
quotation marks are escaped, and one that ends an attribute or begins it stands by no colon."""

_TEXT = re.compile(r"<title>[^<]*|<a [^>]*>[^<]*|(?<=>)[^<>]+(?=<)")
"""Text between two tags of the body, where every < and > of the view is escaped. With its tag: the name of a diagram,
which bears no other, and a link, where a part in an element of its own is no link to a screen reader."""
_GAP = f"[ {NO_BREAK_SPACE}]"
_YEAR = r"(?:19|20)[0-9]{2}\b"
_PHRASE = re.compile(
    rf"\b[0-9]{{1,2}}{_GAP}(?:{'|'.join(MANADER)})\b(?:{_GAP}{_YEAR})?"
    rf"|\b(?:{'|'.join(MANADER)}|våren|sommaren|hösten){_GAP}{_YEAR}"
    rf"|\b(?:kvartal|halvår){_GAP}[1-4]\b(?:{_GAP}{_YEAR})?"
    rf"|\b(?:avsnitt|årskurs){_GAP}[0-9]{{1,2}}\b"
    rf"|(?<![0-9.,])[0-9]{{1,3}}(?: [0-9]{{3}})+(?![0-9])"
    rf"|\bjan–[a-z]{{3}}{_GAP}{_YEAR}"
    rf"|\b[0-9]{{1,3}} (?:(?:procent|minuter|dagar|insatser|insats|år)\b|%)"
    rf"|\b[0-9]{{1,4}} av [0-9]{{1,4}}\b",
    re.IGNORECASE,
)
"""Words that are read as one: a date, a quarter, a section, a number and its unit, a part of a number."""
_NUMBER = "[0-9]{1,3}(?:[\u2009,]?[0-9]{1,3}){0,2}"
_RANGE = rf"(?!{_YEAR}–[0-9]{{1,2}}\b){_NUMBER}–{_NUMBER}"
_WHOLE = re.compile(rf"(?<![\w-])(?:[A-ZÅÄÖ]{{1,6}}-[0-9]{{1,3}}|jan–[a-z]{{3}}|{_RANGE})(?![\w–-])")
"""An insats's id or a range, in which no line ends at the dash; between two dates (2022–31 mars) it may."""


def templates_folder() -> Path:
    """Where the templates and fonts lie: inside the installed package, or at the top of the repository.

    Raises :class:`MiljoError` when the installation lacks them.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "templates", package.parents[1] / "templates"):
        if (folder / "kvartal.html.j2").is_file():
            return folder
    raise MiljoError("Rapportens mallar saknas i installationen. Installera om uppfoljning.")


def render_html(view: Dokumentvy, template: str, sections: Sequence[Rapportdel]) -> str:
    """The report as one HTML text, section by section. Text of the view never becomes markup or enters the CSS."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    html = environment.get_template(template).render(r=view, delar=sections, ord=codes)
    return hold_together(html.replace(_PAGES, _page_numbers(sections), 1))


def _page_numbers(sections: Sequence[Rapportdel]) -> str:
    """What the margin of page one says: some sections, by the tool's own names, and their pages."""
    named = [a for part in sections for a in part.avsnitt if a.sida and a.vy is not None]
    pages = ' " · '.join(f'{a.sida} " target-counter("#{a.ankare}", page)' for a in named)
    return f'content: "Sidor: {pages}'


def hold_together(html: str) -> str:
    """The same report, where no line ends inside a date, a quarter, an id or a range of numbers.

    Only what is shown is touched, not the view: its texts can be searched and compared as they are written.
    """
    head, body, text = html.partition("<body")
    return head + body + _TEXT.sub(lambda found: found[0] if found[0].startswith("<") else _held(found[0]), text)


def _held(text: str) -> str:
    text = _PHRASE.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), text)
    return _WHOLE.sub(lambda found: f'<span class="hel">{found[0]}</span>', text)


def self_contained(html: str) -> str:
    """The same report with its typeface inside it, so that a browser needs no other file.

    Raises :class:`MiljoError` when the installation lacks the fonts.
    """
    fonts = templates_folder() / "fonts"

    def embedded(found: re.Match[str]) -> str:
        content = base64.b64encode((fonts / f"{found[1]}.woff2").read_bytes()).decode("ascii")
        return f'url("data:font/woff2;base64,{content}") format("woff2")'

    try:
        return _FONT.sub(embedded, html)
    except OSError:
        raise MiljoError("Rapportens typsnitt saknas i installationen. Installera om uppfoljning.") from None
