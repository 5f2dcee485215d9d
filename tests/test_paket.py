"""The package: models that make a JSON Schema, and a wheel that works outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pydantic import BaseModel

from conftest import ROOT
from uppfoljning.model import Aterkopplingsfil, Insatsfil, Overenskommelse


@pytest.mark.parametrize("of", [Aterkopplingsfil, Insatsfil, Overenskommelse], ids=lambda m: m.__name__)
def test_every_file_has_a_json_schema_that_refuses_unknown_fields(of: type[BaseModel]) -> None:
    schema = of.model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"]


@pytest.mark.tung
def test_the_wheel_carries_templates_and_fonts_and_works_outside_the_repository(tmp_path: Path, project: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("uppfoljning-*.whl")
    unpacked = tmp_path / "uppackat"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import uppfoljning; print(uppfoljning.__file__); from uppfoljning.cli import main; main()",
            "kvartal",
            "2022-K1",
        ],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    where, report = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert where.startswith(str(unpacked))
    assert Path(report).read_bytes().startswith(b"%PDF-1.7")
