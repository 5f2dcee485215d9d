"""View → HTML, by templates that hold no arithmetic. Sandboxed, autoescaping, and strict about undefined names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from uppfoljning.errors import MiljoError

if TYPE_CHECKING:
    from uppfoljning.report.view import Rapportvy


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
