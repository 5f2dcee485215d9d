"""How many seconds of processor time the tests took, processes that they started included, and which took the most."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from varm import WARM

SLOWEST = 10
_KEY = "cpu"


def used() -> float:
    """Seconds so far of this process, of those it has waited for, and of the runs of the warm one."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system + WARM.cpu


class Matning:
    """Each worker counts; the process that prints the summary adds up."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._tests: dict[str, float] = {}
        self._workers = 0.0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Count from before the first fixture until after the last."""
        before = used()
        try:
            return (yield)  # type: ignore[return-value]  # pytest's own
        finally:
            self._tests[item.nodeid] = used() - before

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """End the warm process, which counts it, and tell the sums."""
        WARM.close()
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output[_KEY] = {"tests": self._tests, "sum": used() - WARM.cpu}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """What a worker counted."""
        told = getattr(node, "workeroutput", {}).get(_KEY)
        if told is not None:
            self._tests |= told["tests"]
            self._workers += told["sum"]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The sum, and the slowest."""
        times = os.times()
        own = times.user + times.system
        # Workers are children of this process: their time is theirs, told above, or without workers the children's.
        total = own + (self._workers or times.children_user + times.children_system)
        slowest = sorted(self._tests.items(), key=lambda found: -found[1])[:SLOWEST]
        terminalreporter.section("processor time")
        for name, seconds in slowest:
            terminalreporter.write_line(f"{seconds:8.2f} s  {name}")
        terminalreporter.write_line(f"{total:8.0f} s in all for {len(self._tests)} tests, their processes included")
