"""Lines that fit a terminal."""

from __future__ import annotations

import textwrap

WIDTH = 96
"""Characters on a line."""


def wrap(text: str, indent: str = "") -> list[str]:
    """A text as lines; an empty one as an empty line. No line ends at the hyphen of a name."""
    lines = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return lines or [""]


def item(text: str) -> list[str]:
    """A text as an item of a list."""
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
