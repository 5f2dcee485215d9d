"""The view as JSON: one versioned export, for the PDF's attachment, ``status --format json`` and comparison."""

from __future__ import annotations

import dataclasses
import json
from typing import Any


def as_json(view: Any) -> str:
    """A view (a dataclass tree) as JSON text: sorted keys, UTF-8, the same bytes for the same view."""
    return json.dumps(_plain(view), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
