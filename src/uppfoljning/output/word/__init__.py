"""View → Word: a committee's paper, filled in from a municipality's own template or from the tool's plain one.

A template is judged before it is filled in: what could harm the receiver or would silently lose text is refused, with
all that is wrong at once. The same view and template give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uppfoljning.errors import MiljoError, UsageError
from uppfoljning.output.html import templates_folder

if TYPE_CHECKING:
    from uppfoljning.report.views.skrivelse import Skrivelsevy

TEMPLATE = "tjansteskrivelse.docx"


def write_docx(vy: Skrivelsevy, mall: bytes | None) -> bytes:
    """The paper as a .docx. ``mall`` is the content of the user's own template; None takes the tool's.

    Raises :class:`UsageError` with everything that is wrong with the template, in Swedish and without its file's name,
    which the caller knows; :class:`MiljoError` when the installation lacks its own template or the libraries.
    """
    try:
        from uppfoljning.output.word.fill import fill
        from uppfoljning.output.word.tags import faults
        from uppfoljning.output.word.template import open_template
    except ModuleNotFoundError as error:
        raise MiljoError(
            f"Word-filen kan inte göras: Python-paketet {error.name} saknas. Installera om: "
            "pip install --force-reinstall ."
        ) from None
    parts = open_template(own_template() if mall is None else mall)
    wrong = faults(parts, needs_exempel=bool(vy.exempel))
    if wrong:
        raise UsageError("\n".join(["Word-mallen kan inte fyllas i:", *(f"  – {fault}" for fault in wrong)]))
    return fill(vy, parts)


def own_template() -> bytes:
    """The template that comes with the tool. Raises :class:`MiljoError` when the installation lacks it."""
    try:
        return (templates_folder() / TEMPLATE).read_bytes()
    except OSError:
        raise MiljoError("Tjänsteskrivelsens Word-mall saknas i installationen. Installera om uppfoljning.") from None
