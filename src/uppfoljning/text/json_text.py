"""Plain values → JSON text: the same bytes every time, and safe wherever it is pasted."""

from __future__ import annotations

import json
import unicodedata
from typing import Any


def json_text(value: Any) -> str:
    """Plain values as JSON text, with every control and invisible character escaped: it may be shown in a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return "".join(_escape(c) if not (c.isprintable() or c == "\n") else c for c in text) + "\n"


def _escape(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return character
    encoded = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{encoded[i]:02x}{encoded[i + 1]:02x}" for i in range(0, len(encoded), 2))
