"""The view as data: one versioned export, for the PDF's attachment, ``status --format json`` and comparison."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from typing import Any


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
