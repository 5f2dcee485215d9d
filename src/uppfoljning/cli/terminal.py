"""What the commands print: data on stdout, everything else on stderr.

Printing never fails. A reader that goes away changes nothing of what is done, and neither does a stream that can't be
written; what was printed on stdout and lost is asked for with :func:`lost_output` when the command is done.
"""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from uppfoljning.text.problem import visible

if TYPE_CHECKING:
    from typing_extensions import Buffer

WIDTH = 96
"""Characters on a line."""


def wrap(text: str, indent: str = "") -> list[str]:
    """A text as lines; an empty one as an empty line. No line ends at the hyphen of a name."""
    lines = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return lines or [""]


def item(text: str) -> list[str]:
    """A text as an item of a list."""
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)


def watch_streams() -> None:
    """Let no stream fail from here on. UTF-8 on every system, and a stream also where the caller has closed it."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:  # or the next file that is opened would be taken for the stream
            os.open(os.devnull, os.O_RDWR)
    direct = sys.stdout is not None and (sys.stdout.isatty() or bool(os.environ.get("PYTHONUNBUFFERED")))
    sys.stdout, sys.stderr = _watched(sys.stdout, direct=direct), _watched(sys.stderr, direct=True)


def lost_output() -> str:
    """Why what was printed on stdout is lost, in Swedish; empty when it isn't, or only its reader has gone."""
    sys.stdout.flush()
    raw = _raw_end(sys.stdout)
    if not isinstance(raw, _Watched) or not raw.fault or raw.reader_has_gone():
        return ""
    if raw.fault == errno.ENOSPC:
        return "disken är full"
    return "utmatningen (stdout) är stängd" if raw.fault == errno.EBADF else f"systemets felkod {raw.fault}"


class _Watched(io.RawIOBase):
    """The raw end of a stream. From the first time it can't be written all goes nowhere, and ``fault`` is why."""

    def __init__(self, raw: io.RawIOBase | None) -> None:
        self.raw = raw
        self.fault = 0

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.raw is not None and self.raw.isatty()

    def fileno(self) -> int:
        return self.raw.fileno() if self.raw is not None else super().fileno()

    def write(self, data: Buffer, /) -> int:
        size = memoryview(data).nbytes
        if self.fault:
            return size
        try:
            if self.raw is None:
                raise ValueError
            while (written := self.raw.write(data)) is None:  # a pipe that is full and doesn't wait
                select.select([], [self.raw], [])
        except OSError as error:
            self.fault = error.errno or errno.EIO
            return size
        except ValueError:  # closed
            self.fault = errno.EBADF
            return size
        return written

    def reader_has_gone(self) -> bool:
        """Whether the fault is that nobody reads any more: of a pipe, a socket, or a terminal that was closed."""
        gone = {errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN}
        if sys.platform == "win32":
            gone.add(errno.EINVAL)  # what it says of a pipe
        return self.fault in gone or (self.fault == errno.EIO and stat.S_ISCHR(os.fstat(self.fileno()).st_mode))


def _watched(stream: TextIO | None, *, direct: bool) -> TextIO:
    """The stream with a watched end, line by line if ``direct``; one that only tests have, in memory, as it is."""
    raw = _raw_end(stream)
    if stream is not None and raw is None:
        return stream
    if stream is not None:
        stream.flush()
    if isinstance(raw, _Watched):
        raw = raw.raw
    return io.TextIOWrapper(
        io.BufferedWriter(_Watched(raw)), encoding="utf-8", errors="backslashreplace", line_buffering=direct
    )


def _raw_end(stream: TextIO | None) -> io.RawIOBase | None:
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return raw if isinstance(raw, io.RawIOBase) else None


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
    """The path that was written, alone on stdout; where that is lost, beside it. The exit code."""
    out(visible(str(target)))
    if lost_output():
        note(f"Skrivet: {target}")
    return code
