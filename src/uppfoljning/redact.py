"""What a receiver may not see is taken out here, before any view is made, and never in a template."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.errors import UsageError
from uppfoljning.model import Forum
from uppfoljning.swedish import suggest
from uppfoljning.underlag import Underlag


def choose_mottagare(underlag: Underlag, forum: str | None) -> Forum | None:
    """The receiver: the forum named, else the first that may see intern notes; None when there is none such.

    Raises :class:`UsageError` when no forum has that name.
    """
    known = underlag.overenskommelse.forum
    if forum is None:
        return next((f for f in known if f.ser_intern), None)
    for candidate in known:
        if candidate.id == forum:
            return candidate
    raise UsageError(f'Forumet "{forum}" finns inte. {suggest(forum, (f.id for f in known), "Forumen är")}'.rstrip())


def redact(underlag: Underlag, mottagare: Forum | None) -> Underlag:
    """The underlag as ``mottagare`` may see it; without one, nothing intern is left. Raw texts are always left out."""
    if mottagare is not None and mottagare.ser_intern:
        return replace(underlag, filer={})
    return replace(
        underlag,
        filer={},
        svar=tuple(post._replace(svar=post.svar.model_copy(update={"intern": None})) for post in underlag.svar),
    )
