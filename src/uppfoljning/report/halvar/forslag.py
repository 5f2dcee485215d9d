"""Förslag till beslut: what a forum is asked to decide, each as a sentence that stands alone and says who decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from uppfoljning.facts.beslut import Fraga
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Forum, Halvarsfil
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import datum, fold, genitive, lista, lower_first, number_word, sentence
from uppfoljning.words.common import clean


def proposals(
    underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], forum: Forum, uppgifter: Halvarsfil, rubrik: str
) -> tuple[str, ...]:
    """Every proposal to ``forum``: to take note of the report, its open questions, and what the file adds.

    A question is put in the words that the aktör proposed. Without them, or when the day they were written for has
    passed by the document's own, the forum is asked to take a stand on it.
    """
    day = uppgifter.datum or lage.per
    name = clean(forum.namn)
    parter = [clean(p.namn) for p in underlag.overenskommelse.parter]
    whose = f"överenskommelsen mellan {lista(parter)}" if len(parter) > 1 else f"{genitive(parter[0])} överenskommelse"
    rows = [f"{name} lägger rapporten ”{rubrik}” om {whose} till handlingarna."]
    asked = [(b, f) for b in bedomda for f in b.lage.beslut if is_for(f, forum)]
    asked.sort(key=lambda pair: (pair[1].fraga.senast is None, pair[1].fraga.senast, pair[0].visat_id))
    rows += [_proposal(name, b, f, max(day, lage.per)) for b, f in asked]
    own = [case.forslag for case in uppgifter.arenden if case.forum == forum.id]
    rows += [_said_by(name, text) for texts in own for text in texts]
    return tuple(rows)


def _said_by(name: str, text: str) -> str:
    """A proposal that says who decides, also where its writer left that out (a warning of the data says so)."""
    told = clean(sentence(text))
    return told if fold(name) in fold(told) else f"{name} beslutar: {lower_first(told)}"


def samrad_proposals(underlag: Underlag, lage: Lage, forum: Forum) -> Iterator[str]:
    """That the parties hold samråd on an extension, as long as its last day lies ahead (the agreement's own rule)."""
    avtal = underlag.overenskommelse
    if avtal.forlangning is None or avtal.forlangning.samrad_senast < lage.per or len(avtal.parter) < 2:
        return
    first, *others = avtal.parter
    years, last = number_word(avtal.forlangning.ar, neuter=True), datum(avtal.forlangning.samrad_senast)
    yield clean(
        f"{forum.namn} ger {genitive(first.namn)} {first.uppfoljare} i uppdrag att senast den {last} samråda med "
        f"{lista([p.namn for p in others])} om överenskommelsen ska förlängas med {years} år."
    )


def is_for(fraga: Fraga, forum: Forum) -> bool:
    """Whether a question is for a forum to decide: it is named by its name or id."""
    return fraga.fraga.av is not None and fold(fraga.fraga.av) in {fold(forum.namn), fold(forum.id)}


def _proposal(name: str, b: Bedomd, fraga: Fraga, per: date) -> str:
    asked = fraga.fraga
    if asked.forslag is not None and not asked.is_overdue(per):
        return _said_by(name, asked.forslag)
    needed = "behövdes" if asked.is_overdue(per) else "behövs"
    when = f" Beslutet {needed} senast den {datum(asked.senast)}." if asked.senast is not None else ""
    about = f"{b.visat_id} {b.lage.insats.rubrik}"
    return clean(f"{name} tar ställning till frågan om {about}: {sentence(asked.fraga)}{when}")
