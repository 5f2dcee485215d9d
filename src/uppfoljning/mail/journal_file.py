"""The journal's file, ``utskick/journal.jsonl`` in the project: read, held by one run at a time, and added to."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from uppfoljning.errors import SkadadError
from uppfoljning.load.files import Refusal, add_to, hold, read_regular
from uppfoljning.mail.journal import Journal, JournalEntry, line_of, parse, separator_after

FIL = Path("utskick") / "journal.jsonl"
_MAX_BYTES = 200_000_000


class JournalFile:
    """The journal of a project. Only the run that holds it adds to it."""

    def __init__(self, project: Path) -> None:
        self.path = project / FIL

    def read(self) -> Journal:
        """Everything in it. Raises :class:`SkadadError` when some of it can't be read."""
        journal = parse(self._content())
        if journal.damaged:
            rows = ", ".join(map(str, journal.damaged[:5]))
            raise SkadadError(
                f"{self.path}: rad {rows} går inte att läsa, så det går inte att veta vilka som har fått rapporten. "
                "Inget har skickats. Lägg tillbaka filen ur säkerhetskopian; ta inte bort den."
            )
        return journal

    def add(self, *entries: JournalEntry) -> None:
        """Add lines, on the disk before this returns. Raises :class:`uppfoljning.errors.MiljoError`."""
        if entries:
            add_to(self.path, separator_after(self._content()) + b"".join(map(line_of, entries)))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep all other runs from adding. Raises :class:`uppfoljning.errors.MiljoError` when another has it."""
        with hold(
            self.path.with_name(f"{self.path.name}.lock"),
            "Ett annat utskick från samma projektmapp pågår. Vänta tills det är klart och kör kommandot igen.",
        ):
            yield

    def _content(self) -> bytes:
        content = read_regular(self.path, _MAX_BYTES)
        if isinstance(content, Refusal):
            if content.kod == "saknas":
                return b""
            if content.kod == "for-stor":
                raise SkadadError(
                    f"{self.path} är för stor för att läsas. Inget har skickats. Tala med den som sköter datorn."
                )
            raise SkadadError(f"{self.path}: {content.meddelande} Inget har skickats. {content.atgard}")
        return content


def now() -> str:
    """The moment, in UTC: when something was sent is a fact of its own, and no part of a report."""
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
