"""What the commands print: data on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import os
import sys
import textwrap
from pathlib import Path
from typing import TextIO

from uppfoljning.text.problem import visible

WIDTH = 96
"""Characters on a line."""


def wrap(text: str, indent: str = "") -> list[str]:
    """A text as lines; an empty one as an empty line. No line ends at the hyphen of a name."""
    lines = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return lines or [""]


def item(text: str) -> list[str]:
    """A text as an item of a list."""
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)


def mute(stream: TextIO) -> None:
    """Let what is printed from here on go nowhere, so that neither the interpreter nor what goes on fails of it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def out(text: str) -> None:
    """A line of data."""
    sys.stdout.write(text + "\n")


def err(text: str) -> None:
    """A line beside the data."""
    sys.stderr.write(text + "\n")


def note(text: str) -> None:
    """A line to the user beside the data."""
    err(visible(text))


def note_lines(text: str) -> None:
    """Several lines to the user beside the data."""
    for line in text.split("\n"):
        note(line)


def write_out(target: Path, code: int = 0) -> int:
    """The path that was written, alone on stdout. The exit code."""
    out(visible(str(target)))
    return code
