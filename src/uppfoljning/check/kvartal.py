"""Rules about the files that say something of a quarter as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppfoljning.model.kvartal import MAX_WORDS
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.problem import Problem

_WORD = re.compile(r"\S*\w\S*")
"""What is read as a word: a dash by itself is none."""


def check_quarters(underlag: Underlag) -> Iterator[Problem]:
    """A quarter's file is about a quarter of the agreement, and its comment is short enough for page one."""
    avtal, known = underlag.overenskommelse, set(underlag.kvartal())
    for post in underlag.kvartalsfiler:
        found = post.uppgifter
        if found.kvartal not in known:
            yield underlag.problem(
                post.fil,
                ("kvartal",),
                "utanfor-perioden",
                f"{found.kvartal} ligger utanför överenskommelsen ({avtal.giltig_fran.isoformat()}–"
                f"{avtal.giltig_till.isoformat()}).",
                "Rätta kvartalet, eller ta bort filen.",
            )
        words = len(_WORD.findall(found.kommentar))
        if words > MAX_WORDS:
            yield underlag.problem(
                post.fil,
                ("kommentar",),
                "for-manga-ord",
                f"Kommentaren har {words} ord, och högst {MAX_WORDS} får plats.",
                f"Korta den med minst {words - MAX_WORDS} ord. Det som rör en enda insats hör hemma i svaret på den.",
            )


RULES = (check_quarters,)
