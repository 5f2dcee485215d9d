"""What several tests share: the real project folder, and how to run the tool as its users do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from postserver import Certifikat

ROOT = Path(__file__).resolve().parents[1]

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_tool(*args: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the tool in a real process. ``cwd`` is where; ``env`` adds to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "uppfoljning", *args],
        cwd=cwd,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def run() -> Run:
    """``run_tool`` for tests that ask for it by name."""
    return run_tool


@pytest.fixture(scope="session")
def certifikat(tmp_path_factory: pytest.TempPathFactory) -> Certifikat:
    """A certificate authority, for tests that need a mail server."""
    from postserver import authority

    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the repository's own data, free to be changed."""
    shutil.copytree(ROOT / "data", tmp_path / "projekt" / "data")
    return tmp_path / "projekt"
