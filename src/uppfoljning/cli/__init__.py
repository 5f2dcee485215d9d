"""The command line. ``main`` is the console script: it runs a command and turns every failure into words and a code."""

from __future__ import annotations

import gc
import os
import platform
import sys
import traceback
from typing import Any, NoReturn

import typer

from uppfoljning import __version__
from uppfoljning.cli.app import app
from uppfoljning.cli.terminal import lost_output, watch_streams
from uppfoljning.cli.typer_swedish import explain
from uppfoljning.errors import DataError, MiljoError, UppfoljningError
from uppfoljning.text.problem import visible

_FAULT_OF_OURS = 70
_INTERRUPTED = 130
# A short-lived process makes some 50 000 objects and no cycles while it reads: looking for them costs 5 percent.
_GC_THRESHOLD = 100_000


def main() -> NoReturn:
    """Run the command line and exit. No traceback ever reaches the user."""
    gc.set_threshold(_GC_THRESHOLD)
    watch_streams()
    code = _run()
    lost = lost_output()
    if lost and code not in {_INTERRUPTED, _FAULT_OF_OURS}:
        _tell(f"Resultatet kunde inte skrivas ut: {lost}.")
        code = MiljoError.exit_code
    if "weasyprint" not in sys.modules:  # which has temporary folders to remove
        gc.freeze()  # spares the interpreter a last search through everything on its way out
    sys.exit(code)


def _run() -> int:
    """Run the command asked for, and tell what stopped it. The exit code."""
    try:
        return _invoke()
    except (KeyboardInterrupt, typer.Abort):
        _tell("Avbrutet. Inget har ändrats.")
        return _INTERRUPTED
    except OSError as error:
        _tell(
            f"Något på datorn hindrade körningen (systemets felkod {error.errno}). Kontrollera mappen du står i och "
            "disken, och kör kommandot igen."
        )
        return MiljoError.exit_code
    except Exception as error:
        _tell(_describe_fault(error))
        return _FAULT_OF_OURS


def _invoke() -> int:
    """Run the command asked for. Every expected failure is told here and becomes its exit code."""
    command: Any = typer.main.get_command(app)
    code = 0
    try:
        with command.make_context("uppfoljning", sys.argv[1:]) as context:
            command.invoke(context)
    except typer.Exit as end:
        code = end.exit_code
    except typer.TyperException as error:
        _tell(explain(error))
        code = 2
    except DataError as error:
        code = error.exit_code
    except UppfoljningError as error:
        _tell(str(error))
        code = error.exit_code
    return code


def _tell(text: str) -> None:
    """Write to the user, beside the data."""
    sys.stderr.write(visible_lines(text) + "\n")
    sys.stderr.flush()


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
