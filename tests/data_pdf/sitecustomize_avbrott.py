"""Sends this process Ctrl-C, or lets something fail inside it, at a moment that a test chooses.

A test copies this file as ``sitecustomize.py`` to a folder on ``PYTHONPATH``; Python runs it when it starts.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any

_MOMENT = os.environ.get("PROV_AVBRYT", "")
_FAULT = os.environ.get("PROV_FEL", "")


def _interrupt_once() -> None:
    done = False
    # Whatever started the tests in the background may have had Ctrl-C ignored, which processes inherit.
    signal.signal(signal.Signals["SIGINT"], signal.default_int_handler)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal done
        wanted, _, part = _MOMENT.partition(" ")
        if not done and event == wanted and part in str(args[0]):
            done = True
            os.kill(os.getpid(), signal.SIGINT)

    sys.addaudithook(hook)


def _fail() -> None:
    module, _, function = _FAULT.rpartition(".")

    def broken(*args: object) -> None:
        raise ValueError(f"hemlig text ur underlaget {args}")

    setattr(importlib.import_module(f"uppfoljning.{module}"), function, broken)


if _MOMENT:
    _interrupt_once()
if _FAULT:
    _fail()
