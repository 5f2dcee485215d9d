"""Parts → one .docx, with nothing in the archive that tells when or where it was made."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The archive. Content types come first, as readers expect; then the package's relations, then all else by name."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, name != "_rels/.rels", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0  # otherwise the system that it was made on
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name], compresslevel=9)
    return made.getvalue()
