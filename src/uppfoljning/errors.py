"""The exceptions of the tool: one base, caught once, each with its exit code.

Faults in the user's data are values (:class:`uppfoljning.text.problem.Problem`) until everything has been read; only
then does :class:`DataError` carry them upwards. Exit codes: 0 fine, 1 data, 2 usage, 3 environment, 70 a fault of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uppfoljning.text.problem import Problem


class UppfoljningError(Exception):
    """Base of all expected failures. ``str(error)`` is Swedish and meant for the user."""

    exit_code = 70


class DataError(UppfoljningError):
    """The data has faults (nivå ``fel``); ``problems`` holds every one of them, warnings included."""

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("Underlaget har fel.")
        self.problems = problems


class SkadadError(UppfoljningError):
    """A closed quarter can't be used as it lies: its files are damaged, or of a kind that this version can't read."""

    exit_code = 1


class UnreadableError(SkadadError):
    """Something of a closed period that this version can't read: its imprint, closed by ``tool``, else ``what``."""

    def __init__(self, what: str, period: str = "", tool: str = "") -> None:
        text = f"{what} går inte att läsa med den här versionen av verktyget."
        if period:
            text = (
                f"Avtrycket i data/frysta/{period}/ går inte att läsa med den här versionen av verktyget. "
                f"{period} stängdes med {tool}: använd den versionen eller en nyare."
            )
        super().__init__(text)


class UsageError(UppfoljningError):
    """The command was called in a way that can't be carried out."""

    exit_code = 2


class MiljoError(UppfoljningError):
    """Something around the tool is missing or refused: a library, a permission, room on the disk."""

    exit_code = 3
