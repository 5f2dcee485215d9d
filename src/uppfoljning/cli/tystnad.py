"""What to do when the reader of what is printed has gone."""

from __future__ import annotations

import contextlib
import os
from typing import TextIO


def mute(stream: TextIO) -> None:
    """Let what is printed from here on go nowhere, so that neither the interpreter nor what goes on fails of it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
