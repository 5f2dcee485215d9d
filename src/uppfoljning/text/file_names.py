"""Names of files: those that computers leave behind, and those of probable copies."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterable

DATA_ENDINGS = (".yaml", ".yml", ".csv")
"""What a file of data ends with. Such a file is passed over only where its beginning shows that it is none."""

_BESIDE = ("._*", "~$*", ".#*")
"""Made beside a file, under the file's own name: by macOS, by Office and by Emacs."""
_PASSED_OVER = (
    *("thumbs.db*", "ehthumbs*.db", "desktop.ini", "$recycle.bin", "recycler", "system volume information"),
    *("icon\r", "__macosx", "network trash folder", "temporary items", "lost+found"),
    *("@eadir", "@recycle", "@recently-snapshot", "@sharebin", "@tmp", "#recycle", "#snapshot"),
    *("*~", "*.bak", "*.sw[a-p]", "#*#", "*.tmp", "*.orig", "*.rej", "cvs", "__pycache__"),
)
_CLOUD = "*.icloud"
"""A file that macOS has moved to the cloud, and holds the place of: the file itself isn't here."""


def spelled_out(name: str) -> str:
    """A name with every character outside ASCII as its number, to tell apart two names that look the same."""
    return "".join(c if c.isascii() else f"[U+{ord(c):04X}]" for c in name)


def is_left_behind(name: str) -> bool:
    """Whether a file or folder is one that computers and programs leave behind, and that holds no data.

    Such are those named so, and all that begin with a full stop and don't end as a file of data does.
    """
    name = name.casefold()
    if _is_any(name, _BESIDE):
        return True
    if name.endswith(DATA_ENDINGS) or in_the_cloud(name):
        return False
    return name.startswith(".") or _is_any(name, _PASSED_OVER)


def in_the_cloud(name: str) -> str:
    """The name of the file that macOS has moved to the cloud and holds the place of by this one; else empty."""
    held = name.startswith(".") and fnmatch.fnmatchcase(name.casefold(), _CLOUD)
    return name[1 : -len(_CLOUD) + 1] if held else ""


def _is_any(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


_COPY = r"(?:kopi(?:a|an)|copy)"
_BEFORE = re.compile(r"^(?:(?:kopia|copy)(?: \([0-9]+\))? (?:av|of) )+", re.IGNORECASE)
_AFTER = (
    *(r"\s*\([0-9]+\)", rf"\s*[(\[][^()\[\]]*(?:{_COPY}|konflikt|conflict)[^()\[\]]*[)\]]"),
    *(rf"[\s_–-]+{_COPY}(?:\s*[0-9]+)?", r"[\s._-]+(?:sync-)?(?:konflikt|conflict)(?:[\s._-].*)?"),
    r"_(?:backup|base|local|remote)_[0-9]+",
)
_MACHINE = (
    r"-(?-i:(?=[A-Z0-9-]*[A-Z]{2})(?=[A-Z0-9-]*[0-9])[A-Z0-9][A-Z0-9-]{3,})",
    r"-(?:.*\b)?(?:datorn?|macbook|imac|laptop|desktop|pc)(?:\b.*)?",
)
"""After a hyphen the name of a computer, as OneDrive has it: LAPTOP-4F2K, UB00123, Annas dator."""
_NUMBER = r"[\s_-]+[0-9]{1,2}"
_MARKS = re.compile(f"(?:{'|'.join((*_AFTER, *_MACHINE))})*+", re.IGNORECASE | re.DOTALL)
_MARKS_OR_NUMBER = re.compile(f"(?:{'|'.join((*_AFTER, *_MACHINE, _NUMBER))})*+", re.IGNORECASE | re.DOTALL)
_ENDING = re.compile(
    r"(?P<stem>.+?)(?P<ending>(?:\.(?:yaml|yml|csv))+)(?:\s*\([0-9]+\)|~[^.]+)?(?:\.txt)?", re.IGNORECASE
)


def split_ending(name: str) -> tuple[str, str]:
    """A name and its ending as a file of data has it: ``insatser.yaml.txt`` and ``insatser.YML`` end with ``.yaml``."""
    found = _ENDING.fullmatch(name)
    if found is None:
        return name, ""
    return found["stem"], ".csv" if found["ending"].lower().endswith(".csv") else ".yaml"


def copied_from(name: str, names: Collection[str], *, numbered: bool = False) -> str | None:
    """The one of ``names`` that a file or folder is a copy of, by its own name; None when that doesn't say so.

    A copy has the name of what it was made of, with what OneDrive, Dropbox, browsers and other programs put before or
    after that; with ``numbered`` also with a bare number at its end, which may as well be meant.
    """
    stem, ending = split_ending(name)
    bare, marks = _BEFORE.sub("", stem, count=1), _MARKS_OR_NUMBER if numbered else _MARKS
    for end in range(len(bare), 0, -1):
        other = bare[:end] + ending
        if other != name and other in names and marks.fullmatch(bare, end):
            return other
    return None


def copy_and_original(one: str, other: str) -> tuple[str, str] | None:
    """Which of two files may be a copy of which, where the name of either says so; paths go too."""
    one, other = one.rpartition("/")[2], other.rpartition("/")[2]
    if copied_from(one, [other], numbered=True) or (_is_marked(one) and not _is_marked(other)):
        return one, other
    if copied_from(other, [one], numbered=True) or _is_marked(other):
        return other, one
    return None


def _is_marked(name: str) -> bool:
    """Whether a name has what programs put before or after that of a copy, whatever it was made of."""
    stem, _ = split_ending(name)
    ends = range(1, len(stem))
    return _BEFORE.sub("", stem, count=1) != stem or any(_MARKS.fullmatch(stem, end) for end in ends)
