"""Whom a report is for."""

from __future__ import annotations

from uppfoljning.errors import UsageError
from uppfoljning.model import Forum
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import fold, suggest


def choose_mottagare(underlag: Underlag, forum: str | None) -> Forum | None:
    """The receiver: the forum named by its id or name, else the one that runs the quarter's meeting, if there is one.

    Raises :class:`UsageError` when no forum has that name.
    """
    known = underlag.overenskommelse.forum
    if forum is None:
        return underlag.overenskommelse.motesforum
    for candidate in known:
        if fold(forum) in {fold(candidate.id), fold(candidate.namn)}:
            return candidate
    raise UsageError(f'Forumet "{forum}" finns inte. {suggest(forum, (f.id for f in known), "Forumen är")}'.rstrip())
