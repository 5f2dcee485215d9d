"""Reads ``data/mottagare.yaml``, which no other part of the tool does: it has no place in a report."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from uppfoljning.check.mottagare import check_mottagare
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.load.files import Refusal, read_regular
from uppfoljning.load.load import validate
from uppfoljning.load.names import MOTTAGARFIL
from uppfoljning.model.known import Kanda
from uppfoljning.model.mottagare import Mottagarfil
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.problem import Plats, Problem


class ReceiverList(NamedTuple):
    """What the file said, None when it can't be used; and every problem, with paths as seen from the project."""

    fil: Mottagarfil | None
    problem: tuple[Problem, ...]

    @property
    def fel(self) -> tuple[Problem, ...]:
        """Only the faults, which stop what is sent but no report."""
        return tuple(p for p in self.problem if p.niva == "fel")


def read_mottagare(project: Path, underlag: Underlag | None) -> ReceiverList | None:
    """The list of receivers; None when there is no such file. ``underlag`` tells which forum there are."""
    name = f"data/{MOTTAGARFIL}"
    content = read_regular(project / "data" / MOTTAGARFIL)
    if isinstance(content, Refusal):
        if content.kod == "saknas":
            return None
        return ReceiverList(None, (Problem(Plats(name), content.kod, content.meddelande, content.atgard),))
    file = read_yaml(content, name)
    known = underlag.kanda if underlag is not None else Kanda()
    found, _ = validate(file, Mottagarfil, known, echo=False)
    problems = check_mottagare(file, found, underlag)
    unique = {(p.plats, p.kod, p.meddelande): p for p in problems}
    return ReceiverList(found, tuple(sorted(unique.values(), key=lambda p: p.sort_key)))
