"""Temporary names: what is being written has one until it is whole, and what a killed run has left is known by it."""

from __future__ import annotations

import contextlib
import itertools
import os
import platform
import re
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

_STALE_SECONDS = 24 * 3600
_TEMPORARY = re.compile(
    r"\.(?P<target>.+)\.(?:uppfoljning-(?P<machine>[0-9a-f]{8})-)?(?P<process>[0-9]{1,9})(?:-[0-9]+)?\.tmp", re.DOTALL
)
"""Versions to 0.2.0 left the machine out."""


def free_name(target: Path) -> Path:
    """A temporary name beside a target: a run that was killed may have had the same process id, as in a container."""
    mine = f".{target.name}.uppfoljning-{_machine()}-{os.getpid()}"
    names = (f"{mine}{f'-{nr}' if nr else ''}.tmp" for nr in itertools.count())
    return next(path for name in names if not os.path.lexists(path := target.parent / name))


def leftovers(folder: Path) -> list[str]:
    """The temporary names in a folder: what killed runs have left, and what a run under way has not yet finished."""
    return [path.name for path, _ in _temporary(folder)]


def abandoned(target: Path) -> Iterator[Path]:
    """What killed runs have left beside a target: their process has ended, or it is over a day old."""
    for path, found in _temporary(target.parent):
        if found["machine"] is None and found["target"] != target.name:
            continue  # perhaps another program's
        ended = found["machine"] == _machine() and not _is_running(int(found["process"]))
        with contextlib.suppress(OSError):
            if ended or time.time() - path.lstat().st_mtime > _STALE_SECONDS:
                yield path


def _temporary(folder: Path) -> list[tuple[Path, re.Match[str]]]:
    try:
        return [(path, found) for path in sorted(folder.iterdir()) if (found := _TEMPORARY.fullmatch(path.name))]
    except OSError:
        return []


def _machine() -> str:
    """A mark of this machine: what another has in a shared folder may belong to a run under way there."""
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def _is_running(process: int) -> bool:
    """Whether a process of this machine may be running. Windows isn't asked: there the question itself would end it."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
