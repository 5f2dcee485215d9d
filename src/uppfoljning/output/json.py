"""The view as data: one versioned export, for the PDF's attachment, ``status --format json`` and comparison."""

from __future__ import annotations

import dataclasses
from typing import Any

from uppfoljning.text.json_text import json_text


def as_json(view: Any) -> str:
    """A view (a dataclass tree) as JSON text: sorted keys, UTF-8, the same bytes for the same view."""
    return json_text(_plain(view))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
