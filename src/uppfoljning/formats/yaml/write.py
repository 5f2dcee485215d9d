"""Plain values → YAML as people write it by hand: what an advice shows, ready to be copied into the file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from uppfoljning.formats.yaml.scalars import is_plain

_WIDTH = 100
_LONG_TEXT = 40
_SPECIAL_START = re.compile(r"[\s\[\]{},#&*!|>'\"%@`“”„‟«»]|-(?:\s|$)|[?:]")
_SPECIAL = re.compile(r":(?:\s|$)|\s#|[\n\t]|\s$")
_SPECIAL_IN_FLOW = re.compile(r"[\[\]{},]|:[\[\]{},\"']")


class Lucka(str):
    """What is to be filled in: stands as it is, without quotes."""

    __slots__ = ()


def quoted(text: str) -> str:
    """A text within quotes, of the kind that needs nothing inside it escaped where there is one."""
    if "\n" not in text and ("\\" in text or '"' in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def scalar(value: Any, *, flow: bool = False) -> str:
    """One value, with quotes only where it would be read as something else without them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Lucka):
        return str(value)
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    doubtful = not is_plain(value) or _SPECIAL_START.match(value) or _SPECIAL.search(value)
    return quoted(value) if doubtful or (flow and _SPECIAL_IN_FLOW.search(value)) else value


def in_line(value: Any) -> str:
    """Any value on one line, with [ ] and { }."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_line(one)}".rstrip() for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_line(one) for one in value) + "]"
    return scalar(value, flow=True)


def lines(key: str, value: Any) -> list[str]:
    """A field with its value, on as many lines as it needs, from the left margin."""
    if isinstance(value, list) and value and not _is_words(value):
        return [f"{key}:", *(f"  {line}" for one in value for line in item(one))]
    if isinstance(value, dict) and value and not _is_short(value):
        return [f"{key}:", *(f"  {line}" for line in fields(value))]
    return [f"{key}: {in_line(value) if isinstance(value, dict | list) else scalar(value)}".rstrip()]


def fields(value: dict[str, Any]) -> list[str]:
    """The fields of a block, one below the other."""
    return [line for key, one in value.items() for line in lines(key, one)]


def item(value: Any) -> list[str]:
    """A point in a list, with its hyphen."""
    if isinstance(value, dict) and value and not _is_short(value):
        first, *rest = fields(value)
        return [f"- {first}", *(f"  {line}" for line in rest)]
    return [f"- {in_line(value) if isinstance(value, dict | list) else scalar(value)}".rstrip()]


def _is_words(values: list[Any]) -> bool:
    """Whether a list is one of single words, which stand well on a line."""
    return all(not isinstance(one, dict | list) and " " not in scalar(one) for one in values) and (
        len(in_line(values)) <= _WIDTH
    )


def _is_short(value: dict[str, Any]) -> bool:
    """Whether a block stands well between { }: a few short values, none of them a longer text."""
    return (
        all(not isinstance(one, dict | list) for one in value.values())
        and len(value) <= 4
        and len(in_line(value)) <= _WIDTH
        and not any(isinstance(one, str) and len(one) > _LONG_TEXT for one in value.values())
    )
