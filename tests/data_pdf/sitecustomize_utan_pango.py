"""Makes Pango impossible to load, as on a machine that lacks it. A test copies this file as ``sitecustomize.py``."""

from __future__ import annotations

from typing import Any

import cffi

_dlopen = cffi.FFI.dlopen


def _without_pango(self: Any, name: Any, flags: int = 0) -> Any:
    if "pango" in str(name).lower():
        raise OSError(f"cannot load library '{name}'")
    return _dlopen(self, name, flags)


cffi.FFI.dlopen = _without_pango
