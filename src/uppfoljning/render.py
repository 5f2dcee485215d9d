"""View → HTML, by templates that hold no arithmetic. Sandboxed, autoescaping, and strict about undefined names."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.errors import MiljoError

if TYPE_CHECKING:
    from uppfoljning.report.view import Rapportvy

_FONT = re.compile(r'url\("typsnitt:([A-Za-z0-9-]+)\.ttf"\) format\("truetype"\)')
"""A font file in the stylesheet. No text of the view matches: there, quotation marks are escaped."""


def templates_folder() -> Path:
    """Where the templates and fonts lie: inside the installed package, or at the top of the repository.

    Raises :class:`MiljoError` when the installation lacks them.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parents[1] / "templates"):
        if (folder / "kvartal.html.j2").is_file():
            return folder
    raise MiljoError("Rapportens mallar saknas i installationen. Installera om uppfoljning.")


def render_html(view: Rapportvy, template: str) -> str:
    """The report as one HTML text. Text of the view never becomes markup; nothing of it enters the CSS."""
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
    return environment.get_template(template).render(r=view)


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
