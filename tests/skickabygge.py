"""A project with something to send, and how to send it as its users do: in a process of its own, over real TLS."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from postserver import ANVANDARE, LOSENORD, Postserver
from varm import POSSIBLE, WARM

INTERNT = "Bara för styrgruppen: lokalen är uppsagd."
TRE = ("ordforande@räksmörgås.se", "registrator@example.se", "tredje.ledamoten@example.se")
RAPPORT = "2022-H1-halvar-utskott.pdf"
SKICKA = ("skicka", "2022-H1", "--till", "utskott")
SKARPT = (*SKICKA, "--skarpt", "--ja", "3", "--paus", "0")


def project(folder: Path, **changes: Any) -> Path:
    """A project with answers for a half-year, none of them invented, and an intern note."""
    second = answers([answer()], kvartal="2022-K2", lamnad=date(2022, 7, 10))
    avtal = agreement(rubrik="Samverkansöverenskommelse mellan Provkommunen och polisen", **changes)
    return write_project(folder, avtal, [area([insats()])], [answers([answer(intern=INTERNT)]), second])


def write_list(
    folder: Path,
    port: int,
    adresser: tuple[str, ...] = TRE,
    *,
    implicit: bool = False,
    extra: str = "",
    till: str = "utskott",
) -> None:
    """``mottagare.yaml`` with a server on this machine. ``extra`` goes into the server's block."""
    way = ", sakerhet: tls" if implicit else ""
    lines = [f"      - {{namn: Ledamot {n}, adress: {adress}}}" for n, adress in enumerate(adresser, 1)]
    text = [
        f'avsandare: {{namn: "Trygghet, Provkommunen", adress: {ANVANDARE}}}',
        f"server: {{vard: localhost, port: {port}{way}{extra}}}",
        "forum:",
        f"  {till}:",
        "    mottagare:",
        *lines,
    ]
    (folder / "data" / "mottagare.yaml").write_text("\n".join(text) + "\n", encoding="utf-8")


def environment(ca: Path | None, secrets: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a run: an authority to trust, a login, and no keyring of this machine's."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("UPPFOLJNING_")}
    mine |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    if ca is not None:
        mine["SSL_CERT_FILE"] = str(ca)
    return {**mine, **({"UPPFOLJNING_SMTP_LOSENORD": LOSENORD} if secrets is None else secrets)}


def start(folder: Path, env: Mapping[str, str], *args: str) -> subprocess.Popen[str]:
    """The tool, under way."""
    return subprocess.Popen(
        [sys.executable, "-m", "uppfoljning", *args],
        cwd=folder,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # Ctrl-C is heard also where the tests were started in the background, which ignores it.
        preexec_fn=None if sys.platform == "win32" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509, RUF100
    )


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """Wait for it, and what it said."""
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess([], process.returncode, out, err)


def send(
    folder: Path, env: Mapping[str, str], *args: str, lada: Postserver | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the tool to its end; ``lada`` is told the process, so that it can kill it."""
    if POSSIBLE and env.get("PYTHONPATH") == os.environ.get("PYTHONPATH"):

        def started(pid: int) -> None:
            if lada is not None:
                lada.pid = pid

        return WARM.run(args, cwd=folder, env=env, started=started, once=True)[0]
    process = start(folder, env, *args)
    if lada is not None:
        lada.pid = process.pid
    return finish(process)


def journal(folder: Path) -> list[dict[str, str]]:
    """The lines of the journal."""
    path = folder / "utskick" / "journal.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def report(folder: Path) -> bytes:
    """The report as it lies in the project."""
    return (folder / "rapporter" / RAPPORT).read_bytes()
