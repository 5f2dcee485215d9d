"""The command line. ``main`` is the console script: it runs a command and turns every failure into words and a code."""

from __future__ import annotations

import gc
import os
import platform
import sys
import traceback
from typing import NoReturn

import typer

from uppfoljning import __version__
from uppfoljning.cli.app import app
from uppfoljning.cli.svenska import explain
from uppfoljning.errors import DataError, UppfoljningError
from uppfoljning.problem import visible

_FAULT_OF_OURS = 70
_INTERRUPTED = 130
# A short-lived process makes some 50 000 objects and no cycles while it reads: looking for them costs 5 percent.
_GC_THRESHOLD = 100_000


def main() -> NoReturn:
    """Run the command line and exit. No traceback ever reaches the user."""
    gc.set_threshold(_GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (uppfoljning status | head); what it read was right, so this is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    if "weasyprint" not in sys.modules:  # which has temporary folders to remove
        gc.freeze()  # spares the interpreter a last search through everything on its way out
    sys.exit(code)


def _run() -> int:
    try:
        result = typer.main.get_command(app).main(prog_name="uppfoljning", standalone_mode=False)
    except typer.TyperException as error:
        text, code = explain(error), 2
        print(visible_lines(text), file=sys.stderr if code else sys.stdout)
        return code
    except DataError as error:
        return error.exit_code
    except UppfoljningError as error:
        print(visible_lines(str(error)), file=sys.stderr)  # noqa: T201 - likewise
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print("Avbrutet. Inget har ändrats.", file=sys.stderr)  # noqa: T201 - likewise
        return _INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001, RUF100 - the last resort: a fault of ours is told, never shown raw
        print(_describe_fault(error), file=sys.stderr)  # noqa: T201 - likewise
        return _FAULT_OF_OURS
    return result if isinstance(result, int) else 0


def visible_lines(text: str) -> str:
    """``text`` made safe for the terminal, line by line."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _describe_fault(error: Exception) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "uppfoljning" in f.filename]
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "okänd plats"  # noqa: PTH119
    return visible_lines(
        "Något gick fel i uppfoljning. Det är vårt fel, inte ditt, och inget har ändrats.\n"
        "Rapportera det gärna, med kommandot du körde och raden här under:\n"
        f"  {type(error).__name__} i {place}, uppfoljning {__version__}, Python {platform.python_version()}, "
        f"{platform.system()}"
    )
