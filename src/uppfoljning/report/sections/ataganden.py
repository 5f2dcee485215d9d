"""The parties' commitments in one table: what each aktör has promised, how far that has come and what is open.

A row is an aktör's share of an insats; what it says is in :mod:`uppfoljning.words.ataganden`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.views.base import Ankarvy
from uppfoljning.report.views.parts import Atagandevy, Medverkanvy, Parternasvy, Partvy
from uppfoljning.text.swedish import antal, datum, number_word, plural, shorten
from uppfoljning.words.ataganden import done, promised, still_open
from uppfoljning.words.codes import STATED, Stated
from uppfoljning.words.common import aktor_namn, clean, is_part, name_of, parts_of_aktorer

_MAX_TITLE = 48
_MAX_NAME = 60


def parties_view(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd]) -> Parternasvy:
    """The view of all commitments of the insatser that belong to the quarter."""
    current = [b for b in bedomda if b.lage.aktuell]
    part_of = parts_of_aktorer(underlag)
    grupper = []
    for part in underlag.overenskommelse.parter:
        mine = [(b, a) for b in current for a in b.lage.aktorer if part_of.get(a.aktor) == part.id]
        rader = tuple(_row(underlag, lage, b, a) for b, a in mine)
        grupper.append(Partvy(_heading(underlag, lage.kvartal, part.id, [a for _, a in mine]), rader))
    return Parternasvy(
        ingress=(
            f"Vad var och en har lovat, läget enligt svaren och vad som är öppet den {datum(lage.per)}. Ett streck "
            "betyder att det inte finns något antal, moment eller datum att vänta på."
        ),
        grupper=tuple(grupper),
        medverkan=tuple(_beside(underlag, current, part_of)),
    )


def count_states(kvartal: Kvartal, aktorer: Sequence[Aktorslage], *, words: bool = False) -> list[str]:
    """How far commitments have come: ['2 genomförda', '19 pågår (varav 1 enligt ett tidigare svar)', '3 utan svar'].

    ``words``: numbers up to twelve as words, for running text.
    """
    counts: Counter[Stated] = Counter(map(_stated, aktorer))
    older: Counter[Stated] = Counter(_stated(a) for a in aktorer if _is_older(kvartal, a))

    def number(n: int) -> str:
        return number_word(n, neuter=True) if words else antal(n)

    told = []
    for code, (one, many) in STATED.items():
        if n := counts[code]:
            text = f"{number(n)} {one if n == 1 else many}"
            if old := older[code]:
                some = "" if old == n else f"varav {number(old)} "
                text += f" ({some}enligt {'ett tidigare' if old == 1 else 'tidigare'} svar)"
            told.append(text)
    return told


def _stated(a: Aktorslage) -> Stated:
    return a.genomforande or ("uppgift" if a.besvarade_kvartal else "svar")


def _is_older(kvartal: Kvartal, a: Aktorslage) -> bool:
    """Whether what an aktör last stated is from an earlier quarter, and it hasn't said that it still holds."""
    if a.innehall is None or a.status in {"oforandrat", "behovs_inte"}:
        return False
    return a.innehall.post.target[2] < kvartal


def _heading(underlag: Underlag, kvartal: Kvartal, part: str, aktorer: Sequence[Aktorslage]) -> str:
    name = shorten(clean(aktor_namn(underlag, part)), _MAX_NAME)
    if not aktorer:
        return f"{name}: inga åtaganden i kvartalet"
    text = f"{name}: {plural(len(aktorer), 'åtagande', 'åtaganden')} – {', '.join(count_states(kvartal, aktorer))}"
    unnamed = sum(is_part(underlag, a.aktor) for a in aktorer)
    missing = sum(a.status == "inget_svar" for a in aktorer)
    if unnamed:
        text += f"; {unnamed} utan utsedd aktör"
    if missing:
        text += f"; kvartalets svar saknas för {missing}"
    return text


def _row(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> Atagandevy:
    insats = b.lage.insats
    own = next(x for x in insats.ansvariga if x.aktor == a.aktor)
    name = shorten(clean(name_of(a)), _MAX_NAME)
    return Atagandevy(
        insats=b.visat_id,
        ankare=ankare(insats),
        rubrik=shorten(clean(insats.rubrik), _MAX_TITLE),
        aktor=f"{name} (aktör ej utsedd)" if is_part(underlag, a.aktor) else name,
        lovat=promised(insats, own),
        gjort=done(lage, b, a),
        oppet=still_open(underlag, lage, b, a),
    )


# --- beside the table ---


def _beside(underlag: Underlag, current: Sequence[Bedomd], part_of: Mapping[str, str]) -> Iterator[Medverkanvy]:
    """Where a party takes part without answering, and the insatser that nobody has promised anything in."""
    for part in underlag.overenskommelse.parter:
        with_part, answers = [], False
        for b in current:
            insats = b.lage.insats
            mine = any(part_of.get(a.aktor) == part.id for a in insats.ansvariga)
            answers |= mine
            if not mine and any(part_of.get(p) == part.id for p in insats.samverkanspartner):
                with_part.append(Ankarvy(b.visat_id, ankare(insats)))
        if with_part:
            name = shorten(clean(aktor_namn(underlag, part.id)), _MAX_NAME)
            also = "dessutom, utan att svara," if answers else "utan att svara"
            yield Medverkanvy(f"{name} medverkar {also} i:", tuple(with_part))
    nobody = tuple(Ankarvy(b.visat_id, ankare(b.lage.insats)) for b in current if not b.lage.insats.ansvariga)
    if nobody:
        yield Medverkanvy("Ingen ansvarig är utsedd, så ingen har lovat något, för:", nobody)
