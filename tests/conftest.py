"""What several tests share: the real project folder, and how to run the tool as its users do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

import matning
from varm import POSSIBLE, WARM, reachable

if TYPE_CHECKING:
    from postserver import Certifikat

ROOT = Path(__file__).resolve().parents[1]

# The same examples every time, unless somebody searches: make test-slump. No test depends on how fast the machine is.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("samma", _PATIENT, derandomize=True, database=None)
settings.register_profile("slump", _PATIENT, max_examples=1000)
settings.load_profile(os.environ.get("SLUMP") or "samma")

Run = Callable[..., subprocess.CompletedProcess[str]]

_DECIDED_AT_START = ("PYTHON", "LANG", "LC_", "LD_", "FONTCONFIG_", "XDG_", "HOME", "COV", "SOURCE_DATE_EPOCH")
"""What begins so in an environment may matter before the tool itself begins."""


def run_tool(
    *args: str, cwd: Path = ROOT, env: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run the tool in a process of its own. ``cwd`` is where; ``env`` adds to the environment."""
    if not POSSIBLE or any(name.startswith(_DECIDED_AT_START) for name in env or {}):
        return start_tool(*args, cwd=cwd, env=env, stdin=stdin)
    return WARM.run(args, cwd=cwd, env=_environment(env), stdin=stdin)[0]


def start_tool(
    *args: str, cwd: Path = ROOT, env: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Start the tool as its users do, for what the start itself may decide."""
    done = subprocess.run(
        [sys.executable, "-m", "uppfoljning", *args],
        cwd=cwd,
        env=_environment(env),
        input=stdin,
        capture_output=True,
        check=False,
    )
    out, err = (stream.decode("utf-8").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def run_without_rights(*runs: tuple[str, ...], cwd: Path) -> list[subprocess.CompletedProcess[str]]:
    """Run the tool as one for whom permissions hold, root too. ``cwd`` is below ``open_folder``."""
    if not POSSIBLE:
        return [start_tool(*args, cwd=cwd) for args in runs]
    return WARM.run(*runs, cwd=cwd, env=_environment(None), without_rights=True)


def _environment(env: dict[str, str] | None) -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}


@pytest.fixture
def run() -> Run:
    """``run_tool`` for tests that ask for it by name."""
    return run_tool


def pytest_configure(config: pytest.Config) -> None:
    """Count the seconds that each test takes."""
    config.pluginmanager.register(matning.Matning(config), "matning")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that ``run_without_rights`` reaches, wherever the tests and their temporary files lie."""
    folder = reachable()
    yield folder
    folder.chmod(0o700)
    for where, below, _ in os.walk(folder):  # each is opened before it is looked into
        for path in (Path(where, name) for name in below):
            if not path.is_symlink():
                path.chmod(0o700)
    shutil.rmtree(folder)


Exempel = Callable[..., bytes]


@pytest.fixture(scope="session")
def exempel(tmp_path_factory: pytest.TempPathFactory) -> Exempel:
    """A report of the repository's own data, by the arguments of its command: made once a run, for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "exempel"
    folder.mkdir(exist_ok=True)

    def made(*args: str) -> bytes:
        target = folder / f"{' '.join(args)}{'.html' if '--html' in args else '.docx' if '--word' in args else '.pdf'}"
        with FileLock(f"{target}.lock"):
            if not target.exists():
                fresh = target.with_name(f"ny {target.name}")
                done = run_tool(*args, "--ut", str(fresh))
                said = [line for line in done.stderr.splitlines() if not line.startswith("Mottagare: ")]
                assert (done.returncode, said) == (0, [])  # nor has WeasyPrint anything to say
                fresh.rename(target)
        return target.read_bytes()

    return made


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
