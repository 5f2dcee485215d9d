"""Reading and writing of files: the only place that touches the disk for reports and data.

Only regular files are read: a link, a folder, a pipe or a device where a file should be is refused with a message.
Writing goes to a temporary name beside the target and is renamed, so that the old file is whole until the new one is.
A run that is killed leaves only what has such a name, which is passed over, and cleared by the next that writes there.
A name is found on the disk however å is encoded there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from uppfoljning.errors import MiljoError
from uppfoljning.load.temporary import abandoned, free_name
from uppfoljning.text.plaintext import nfc

MAX_BYTES = 2_000_000


class Refusal(NamedTuple):
    """Why a file was not read, in the terms of :class:`uppfoljning.text.problem.Problem`."""

    kod: str
    meddelande: str
    atgard: str


def on_disk(path: Path) -> Path:
    """A path as it is spelled on the disk, where that differs only in how å, ä and ö are encoded; else as given."""
    if os.path.lexists(path) or path == path.parent:
        return path
    folder, wanted = on_disk(path.parent), nfc(path.name)
    if wanted.isascii():
        return folder / path.name
    try:
        return next((there for there in sorted(folder.iterdir()) if nfc(there.name) == wanted), folder / path.name)
    except OSError:
        return folder / path.name


def read_regular(path: Path, limit: int = MAX_BYTES) -> bytes | Refusal:
    """The bytes of a regular file of at most ``limit`` bytes, or why they are not read. Never follows a link."""
    path = on_disk(path)
    refusal = refuse_kind(path)
    if refusal is not None:
        return refusal
    # Between the look above and the open below a file may be swapped, so the open neither follows nor waits.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        return _refuse_os_error(error)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return Refusal("inte-en-fil", "Det här är ingen vanlig fil.", "Lägg en vanlig fil här i stället.")
        try:
            content = file.read(limit + 1)
        except OSError as error:
            return _refuse_os_error(error)
    if len(content) > limit:
        return Refusal(
            "for-stor",
            f"Filen är större än {limit // 1_000_000} MB och läses inte.",
            "Dela upp den i flera filer, eller kontrollera att rätt fil ligger här.",
        )
    return content


def refuse_kind(path: Path) -> Refusal | None:
    """Why what lies at ``path`` is no regular file, or None when it is one."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return _refuse_os_error(error)
    if stat.S_ISLNK(mode):
        return Refusal(
            "lank",
            "Det här är en länk till en annan fil, och sådana följs inte.",
            "Lägg själva filen här i stället för länken.",
        )
    if stat.S_ISDIR(mode):
        return Refusal("mapp", "Det här är en mapp, men här ska det ligga en fil.", "Flytta mappen och lägg filen här.")
    if not stat.S_ISREG(mode):
        return Refusal(
            "inte-en-fil",
            "Det här är en specialfil som inte går att läsa.",
            "Lägg en vanlig fil här i stället.",
        )
    return None


def _refuse_os_error(error: OSError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        return Refusal("saknas", "Filen finns inte.", "Skapa filen eller lägg tillbaka den.")
    if isinstance(error, PermissionError):
        return Refusal(
            "far-inte-lasas",
            "Du har inte behörighet att läsa filen.",
            "Be den som äger filen om läsrättighet, eller kopiera in filen på nytt.",
        )
    if error.errno in {errno.ELOOP, errno.ENXIO}:
        return Refusal("inte-en-fil", "Det här är ingen vanlig fil.", "Lägg en vanlig fil här i stället.")
    return Refusal("gar-inte-att-lasa", describe_os_error("Filen", error), "Kontrollera disken och filens namn.")


def describe_os_error(what: str, error: OSError) -> str:
    """Why ``what`` can't be read. The system's own words are in its own language, so only its number is repeated."""
    if isinstance(error, PermissionError):
        return f"Du har inte behörighet att läsa {what.lower()}."
    return f"{what} går inte att läsa (systemets felkod {error.errno})."


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole or not at all, with the permissions the umask gives.

    Raises :class:`MiljoError` with a Swedish message when the disk is full, the folder is closed for writing or
    another program holds the file open. What stood at ``path`` before is then unchanged.
    """
    path = on_disk(path)
    if os.path.lexists(path) and not path.is_symlink() and not path.is_file():
        raise MiljoError(f"{path} kunde inte skrivas: där ligger något annat än en vanlig fil. Inget har ändrats.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(path)
        temporary = free_name(path)
        with _cleanup(temporary):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
    except OSError as error:
        raise MiljoError(_explain_write(error, path)) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not be there before. Raises :class:`MiljoError` as :func:`write_atomic` does."""
    if os.path.lexists(path):
        raise MiljoError(f"{path} finns redan och skrivs inte över. Inget har ändrats.")
    write_atomic(path, content)


def add_to(path: Path, content: bytes) -> None:
    """Add to the end of a file, and see to it that it is on the disk. Raises :class:`MiljoError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not os.path.lexists(path)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o666)
        with os.fdopen(descriptor, "ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise MiljoError(_explain_write(error, path, "")) from error


def remove(path: Path) -> None:
    """Remove a file that the tool has made, where there is one. Raises :class:`MiljoError`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise MiljoError(_explain_write(error, path, "")) from error


@contextlib.contextmanager
def hold(path: Path, busy: str) -> Iterator[None]:
    """Hold a lock that ends with the process. Raises :class:`MiljoError`, with ``busy`` when another has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise MiljoError(busy) from None
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError):
            raise MiljoError(_explain_write(error, path, "")) from error
        raise MiljoError(f"{path} kan inte låsas på den här disken. Flytta projektet till en annan disk.") from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A temporary folder to fill, which becomes ``target`` in one step when the block ends well, and else is removed.

    Raises :class:`MiljoError` as :func:`write_atomic` does, and when ``target`` is there already.
    """
    if os.path.lexists(target):
        raise MiljoError(f"{target} finns redan och skrivs inte över. Inget har ändrats.")
    temporary = free_name(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        temporary.mkdir()
        with _cleanup(temporary):
            yield temporary
            for folder in (temporary, *(p for p in temporary.rglob("*") if p.is_dir())):
                _sync_folder(folder)
            temporary.rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
            raise MiljoError(f"{target} finns redan och skrivs inte över. Inget har ändrats.") from error
        raise MiljoError(_explain_write(error, target)) from error
    except MiljoError as error:
        raise MiljoError(str(error).replace(str(temporary), str(target))) from error


def move_folder(source: Path, target: Path) -> None:
    """Move a folder in one step to a place where there is nothing. Raises :class:`MiljoError`, with nothing moved."""
    if os.path.lexists(target):
        raise MiljoError(f"{target} finns redan och skrivs inte över. Inget har ändrats.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise MiljoError(_explain_write(error, target)) from error


def _sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _cleanup(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _remove(temporary)
        raise


def _remove_abandoned(target: Path) -> None:
    """Remove what killed runs have left beside a target."""
    for left in abandoned(target):
        _remove(left)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink()


_UNCHANGED = " Inget har ändrats: en eventuell äldre fil ligger kvar som den var."


def _explain_write(error: OSError, path: Path, after: str = _UNCHANGED) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        reason, help_text = "disken är full", "Frigör utrymme och kör kommandot igen."
    elif isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError):
        reason, help_text = "något annat än en fil eller mapp ligger i vägen", "Flytta det som ligger där."
    elif isinstance(error, PermissionError) and os.path.lexists(path) and os.access(path.parent, os.W_OK):
        reason, help_text = "filen är öppen i ett annat program", "Stäng den i PDF-läsaren och kör kommandot igen."
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        reason, help_text = (
            "du har inte behörighet att skriva i mappen",
            "Välj en annan mapp eller be om skrivrättighet.",
        )
    elif isinstance(error, FileNotFoundError):
        reason, help_text = "mappen finns inte och kan inte skapas", "Välj en annan mapp."
    elif error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
        reason, help_text = "namnet går inte att använda", "Välj ett kortare namn utan ovanliga tecken."
    else:
        reason, help_text = f"systemets felkod {error.errno}", "Kontrollera disken och kör kommandot igen."
    return f"{path} kunde inte skrivas: {reason}. {help_text}{after}"
