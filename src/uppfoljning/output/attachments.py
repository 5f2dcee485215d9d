"""What is embedded in a report's PDF: the same content as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from uppfoljning.output.csv import as_csv
from uppfoljning.output.json import as_json

if TYPE_CHECKING:
    from uppfoljning.output.csv import FiguresView


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed: its name, what it is, its content, and its relationship to the report (PDF/A-3)."""

    name: str
    description: str
    content: str
    relationship: str = "Data"


def view_and_figures(namn: str, vy: FiguresView) -> tuple[Attachment, ...]:
    """The view of the report called ``namn`` as JSON, and its figures, where it has any, as CSV."""
    view = Attachment(f"{namn}.json", "Rapportens innehåll som data", as_json(vy))
    if not vy.statistik.tabeller:
        return (view,)
    return (view, Attachment(f"{namn}-siffror.csv", "Rapportens siffror som tabell", as_csv(vy)))
