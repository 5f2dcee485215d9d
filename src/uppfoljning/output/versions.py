"""The versions of what decides a report's bytes: the interpreter, the libraries, and the system's own for text."""

from __future__ import annotations

import platform
import zlib
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from uppfoljning.output.pdf import import_weasyprint

_PACKAGES = (
    *("weasyprint", "pydyf", "fonttools", "brotli", "zopfli", "pillow", "pyphen", "tinycss2", "tinyhtml5"),
    *("cssselect2", "jinja2", "markupsafe", "pydantic", "pyyaml"),
)


def library_versions() -> dict[str, str]:
    """Name and version of each. Raises what :func:`uppfoljning.output.pdf.import_weasyprint` raises."""
    import_weasyprint()
    from weasyprint.text import ffi

    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # brotli and zopfli are optional for WeasyPrint
            found[name] = "saknas"
    number = ffi.pango.pango_version()
    found["pango"] = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    found["harfbuzz"] = _harfbuzz(ffi.harfbuzz)
    found["harfbuzz-subset"] = "finns" if ffi.harfbuzz_subset else "saknas"
    return found


def _harfbuzz(library: Any) -> str:
    """HarfBuzz only says whether it is at least a version: the highest it admits, part by part."""
    parts: list[int] = []
    for limit in (100, 100, 100):
        tried = [n for n in range(limit) if library.hb_version_atleast(*parts, n, *[0] * (2 - len(parts)))]
        parts.append(max(tried, default=0))
    return ".".join(map(str, parts))
