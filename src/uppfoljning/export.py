"""The view as data: one versioned export, for the PDF's attachments, ``status --format json`` and comparison."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uppfoljning.report.view import Rapportvy


def as_json(view: Any) -> str:
    """A view (a dataclass tree) as JSON text: sorted keys, UTF-8, the same bytes for the same view."""
    return json_text(_plain(view))


def json_text(value: Any) -> str:
    """Plain values as JSON text, with every control and invisible character escaped: it may be shown in a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return "".join(_escape(c) if not (c.isprintable() or c == "\n") else c for c in text) + "\n"


def _escape(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return character
    encoded = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{encoded[i]:02x}{encoded[i + 1]:02x}" for i in range(0, len(encoded), 2))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def as_csv(view: Rapportvy) -> str:
    """The report's figures as CSV for spreadsheets: a line per value, semicolons, exactly as the pages show them.

    A spreadsheet would run a text that begins as a formula does, so such a text gets an apostrophe first.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(("tabell", "grupp", "rad", "kolumn", "varde", "bedomning"))
    for tabell in view.statistik.tabeller:
        for grupp in tabell.grupper:
            for rad in grupp.rader:
                cells = [*zip(tabell.ar, rad.varden, strict=True)]
                cells += [
                    (name, v) for name, v in ((tabell.jamforelse, rad.jamforelse), (tabell.vantat, rad.vantat)) if name
                ]
                for column, value in cells:
                    row = (tabell.rubrik, grupp.rubrik, rad.namn, column, value, rad.bedomning)
                    writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + target.getvalue()


def _harmless(text: str) -> str:
    plain = text.replace("\u2009", " ").replace("\u00a0", " ")
    return f"'{plain}" if plain.startswith(("=", "+", "@")) or (plain.startswith("-") and len(plain) > 1) else plain
