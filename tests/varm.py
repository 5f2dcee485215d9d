"""The tool in a process of its own for every run, without the second that a start takes.

One process reads the tool's modules, makes a small report once, and then forks for each run: a run has a process, a
working folder, an environment and a umask of its own, and its memory is what a start would have read. What the start
itself decides (``PYTHON…``, ``LANG`` and the like) can't be had so; for that, and on systems that can't fork,
``conftest.run_tool`` starts a real process.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSSIBLE = hasattr(os, "fork")

_SERVER = """
import contextlib, ctypes, functools, gc, hashlib, importlib, io, itertools, json, os, pickle, pkgutil, signal, sys
import tempfile, time, traceback
from pathlib import Path
import jinja2, typer.main
import uppfoljning
for module in pkgutil.walk_packages(uppfoljning.__path__, "uppfoljning."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from uppfoljning.cli import main

# What the commands are called, and the templates as code: once.
typer.main.get_command = functools.cache(typer.main.get_command)
compiled, compile_template = {}, jinja2.Environment.compile


def compile_once(self, source, name=None, filename=None, raw=False, defer_init=False):
    key = source, name, filename, raw, self.autoescape, self.trim_blocks, self.lstrip_blocks
    if not isinstance(source, str):
        return compile_template(self, source, name, filename, raw, defer_init)
    if key not in compiled:
        compiled[key] = compile_template(self, source, name, filename, raw, defer_init)
    return compiled[key]


jinja2.Environment.compile = compile_once


def make_once(write_pdf):
    # The same text, day and attachments give the same bytes, as the tests of the PDF itself see to.
    def made(*args):
        if not once:
            return write_pdf(*args)
        kept = Path(folder, hashlib.sha256(repr(args).encode()).hexdigest())
        if not kept.exists():
            fresh = kept.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(pickle.dumps(write_pdf(*args)))
            fresh.replace(kept)
        return pickle.loads(kept.read_bytes())

    return made


once, folder = False, sys.argv[2]
for module in list(sys.modules.values()):
    if module.__name__.startswith("uppfoljning") and "write_pdf" in vars(module):
        module.write_pdf = make_once(module.write_pdf)
for argv in json.loads(sys.argv[1]):
    sys.argv = ["uppfoljning", *argv]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        with contextlib.suppress(SystemExit):
            main()
gc.collect()
gc.freeze()  # the children neither search through it nor copy it


def without_rights():
    # Root may read and write everything; CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, bits 1 and 2, make it so.
    libc = ctypes.CDLL(None, use_errno=True)
    head, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(head, rights):
        raise OSError(ctypes.get_errno(), "capget")
    for n in range(3):
        rights[n] &= ~0b110
    if libc.capset(head, rights):
        raise OSError(ctypes.get_errno(), "capset")


def prepare(order):
    os.chdir(order["cwd"])
    os.dup2(os.open(order["stdin"], os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(order["env"])
    tempfile.tempdir = None
    time.tzset()
    os.umask(order["umask"])
    if order["without_rights"]:
        without_rights()


def damage(name, how):
    descriptor = {"stdout": 1, "stderr": 2}[name]
    if how == "closed":
        os.close(descriptor)
        setattr(sys, name, None)  # as when Python starts so
    elif how == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), descriptor)
    else:
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, descriptor)


def kill_at(last):
    # Before the step that is number so and so of those that change what is on the disk for good.
    steps = itertools.count(1)

    def counted(change):
        def step(*args, **more):
            if next(steps) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*args, **more)

        return step

    for name in ("fsync", "mkdir", "rename", "replace"):
        setattr(os, name, counted(getattr(os, name)))


def run(args, outputs):
    for descriptor, opened in enumerate(outputs, 1):
        os.dup2(opened, descriptor)
    for name, how in order["streams"].items():
        damage(name, how)
    if order["kill_at"]:
        kill_at(order["kill_at"])
    sys.argv = ["uppfoljning", *args]
    try:
        main()
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        try:
            mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            opened = [[os.open(path, mode) for path in paths] for paths in order["outputs"]]
            results = os.open(order["codes"], mode)
            prepare(order)
            once = order["once"]
            codes = [run(*one) for one in zip(order["runs"], opened)]
            os.write(results, json.dumps(codes).encode())
        except BaseException:
            os.write(2, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)
    print(child, flush=True)
    _, status, used = os.wait4(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime]), flush=True)
"""

WARMING = [
    ["validera", "--katalog", "{bas}"],
    ["status", "--katalog", "{bas}"],
    ["kvartal", "--html", "--katalog", "{bas}", "--ut", "{ut}/rapport.html"],
    ["kvartal", "--katalog", "{bas}", "--ut", "{ut}/rapport.pdf"],
    ["halvar", "--slut", "--html", "--katalog", "{bas}", "--ut", "{ut}/rapport.html"],
]


class Warm:
    """The process that forks, started when it is first asked for something."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self.cpu = 0.0
        """Seconds of processor time that the runs have taken."""

    def run(
        self,
        *runs: tuple[str, ...],
        cwd: Path,
        env: Mapping[str, str],
        stdin: bytes = b"",
        without_rights: bool = False,
        once: bool = False,
        started: Callable[[int], object] = lambda pid: None,
        streams: Mapping[str, str] | None = None,
        kill_at: int = 0,
    ) -> list[subprocess.CompletedProcess[str]]:
        """One process, and in it one run after the other.

        ``once``: a PDF of the same text as in a run before needn't be made again. ``without_rights``: root too is
        refused what the owner of a file would be refused. ``started`` is told the number of the process, for one who
        is to kill it. ``streams``: stdout or stderr is ``closed``, a disk that is ``full``, or a pipe whose reader has
        ``gone``. ``kill_at``: killed before the step of that number which writes to the disk.
        """
        server = self._started()
        assert server.stdin and server.stdout and self._folder
        outputs = [[self._folder / f"{n}.{name}" for name in ("stdout", "stderr")] for n in range(len(runs))]
        codes = self._folder / "koder"
        codes.unlink(missing_ok=True)
        given = self._folder / "stdin"
        given.write_bytes(stdin)
        umask = os.umask(0o022)
        os.umask(umask)
        order = {
            "cwd": os.fspath(cwd),
            "runs": runs,
            "env": {**env, **({"TMPDIR": os.fspath(self._folder)} if without_rights else {})},
            "once": once,
            "stdin": os.fspath(given),
            "umask": umask,
            "outputs": [[os.fspath(path) for path in paths] for paths in outputs],
            "codes": os.fspath(codes),
            "without_rights": without_rights and os.geteuid() == 0,
            "streams": {**(streams or {})},
            "kill_at": kill_at,
        }
        print(json.dumps(order), file=server.stdin, flush=True)
        started(int(server.stdout.readline()))
        status, used = json.loads(server.stdout.readline())
        self.cpu += used
        ended = json.loads(codes.read_bytes()) if status == 0 else [status] * len(runs)
        return [
            subprocess.CompletedProcess(list(args), code, *(path.read_text(encoding="utf-8") for path in paths))
            for args, code, paths in zip(runs, ended, outputs, strict=True)
        ]

    def close(self) -> None:
        """End it, so that its time is counted and nothing of it is left."""
        if self._server is not None:
            assert self._server.stdin and self._server.stdout
            self._server.stdin.close()
            self._server.wait()
            self._server.stdout.close()
            self._server = None
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None

    def _started(self) -> subprocess.Popen[str]:
        if self._server is None:
            self._folder = reachable()
            shutil.copytree(ROOT / "tests" / "fall" / "_bas", self._folder / "bas")
            warming = [[word.format(bas=self._folder / "bas", ut=self._folder) for word in run] for run in WARMING]
            self._server = subprocess.Popen(
                [sys.executable, "-c", _SERVER, json.dumps(warming), os.fspath(self._folder)],
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **_readable_source(self._folder)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        return self._server


def _readable_source(folder: Path) -> dict[str, str]:
    """Where root without its rights can't read the repository: a copy of the tool that it can."""
    if _can_be_entered(ROOT):
        return {}
    for name in ("src", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder / "src"), os.environ.get("PYTHONPATH"))))}


def reachable() -> Path:
    """A new folder that root reaches also without its rights, and anybody else as always."""
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/"):  # noqa: S108  # a folder of its own is made in it
        if Path(place).is_dir() and _can_be_entered(Path(place)):
            return Path(tempfile.mkdtemp(prefix="uppfoljning-", dir=place)).resolve()
    raise AssertionError("Even / can not be entered.")


def _can_be_entered(folder: Path) -> bool:
    """Whether we may enter it, and every folder above it, by what their modes say; root's rights don't count."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return True
    for step in (folder.resolve(), *folder.resolve().parents):
        found = step.stat()
        mine = stat.S_IXUSR if found.st_uid == 0 else stat.S_IXGRP if found.st_gid == 0 else stat.S_IXOTH
        if not found.st_mode & mine:
            return False
    return True


WARM = Warm()
