"""What seems to stand still: where an aktör's answer says no more than the last one did. A question, never a verdict.

Only answers are read here, never figures; an insats whose plan holds may stand still, and one that is late may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from uppfoljning.period import Kvartal
from uppfoljning.state import Aktorslage, Insatslage, Lage
from uppfoljning.underlag import Svarspost, counted_unit

Stillestandsslag = Literal["samma_text", "oforandrat", "passerat", "allt_klart", "omformulerat"]

NEARLY = 0.85
"""From this share of words in common, in the same order, two texts are nearly the same."""
_FEWEST_WORDS = 4
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Stillestand:
    """Something to ask an aktör about an insats.

    ``kvartal`` is the earlier quarter that the answer resembles; ``dag`` the last day that passed, or the revision's.
    """

    slag: Stillestandsslag
    insats: str
    aktor: str
    kvartal: Kvartal | None = None
    dag: date | None = None


def find_stillestand(lage: Lage, forra: Lage | None) -> Mapping[str, tuple[Stillestand, ...]]:
    """What stands still at a quarter, by insats. ``forra`` is the state at the quarter before, where there is one."""
    before = {i.insats.id: i for i in forra.insatser} if forra is not None else {}
    found = {}
    for i in lage.insatser:
        if i.aktuell:
            earlier = before.get(i.insats.id)
            found[i.insats.id] = tuple(s for a in i.aktorer for s in _of_aktor(lage, i, a, forra, earlier))
    return {insats: stuck for insats, stuck in found.items() if stuck}


def _of_aktor(
    lage: Lage, i: Insatslage, a: Aktorslage, forra: Lage | None, earlier: Insatslage | None
) -> Iterator[Stillestand]:
    was = next((x for x in earlier.aktorer if x.aktor == a.aktor), None) if earlier is not None else None
    if was is not None and forra is not None:
        if a.status == was.status == "oforandrat":
            yield Stillestand("oforandrat", i.insats.id, a.aktor, forra.kvartal)
        elif a.svar is not None and was.svar is not None and _says_the_same(a.svar.post, was.svar.post):
            yield Stillestand("samma_text", i.insats.id, a.aktor, forra.kvartal)
    last = _last_passed(i, lage.per)
    if last is not None and a.genomforande == "pagar" and not _has_date_ahead(i, a, lage.per):
        undone = any(m.senast is not None and m.id not in i.klara for m in i.insats.moment)
        yield Stillestand("passerat" if undone else "allt_klart", i.insats.id, a.aktor, dag=last)
    revised = [h.datum for h in i.insats.historik if h.handelse == "reviderad" and h.datum <= lage.kvartal.slut]
    latest = max(revised, default=None)
    if a.innehall is not None and latest is not None and latest > a.innehall.post.lamnad:
        yield Stillestand("omformulerat", i.insats.id, a.aktor, dag=latest)


def _last_passed(i: Insatslage, per: date) -> date | None:
    """The last day of the insats's dated moments, when every one of them has passed."""
    days = [m.senast.till for m in i.insats.moment if m.senast is not None]
    return max(days) if days and max(days) < per else None


def _has_date_ahead(i: Insatslage, a: Aktorslage, per: date) -> bool:
    """Whether something is still to come: a planned date, or what is counted up to an end."""
    planned = a.innehall.post.svar.planerat if a.innehall is not None else ()
    return counted_unit(i.insats) is not None or any(p.datum > per for p in planned)


def _says_the_same(now: Svarspost, before: Svarspost) -> bool:
    """Whether two answers say nearly the same, and nothing that can be counted or dated has come to them."""
    svar = now.svar
    if svar.utfall.handelser or svar.utfall.klara_moment or svar.genomforande != before.svar.genomforande:
        return False
    return nearly_same(_told(now), _told(before))


def _told(post: Svarspost) -> str:
    svar = post.svar
    return " ".join(filter(None, (svar.kommentar, svar.avvikelse, svar.orsak, svar.nasta_steg)))


def nearly_same(one: str, other: str) -> bool:
    """Whether two texts share nearly all their words in the same order; a very short text says too little to tell."""
    # SequenceMatcher may count differently the other way round; which text is the earlier makes no difference here.
    first, second = sorted(re.findall(r"\w+", text.lower())[:_MOST_WORDS] for text in (one, other))
    if min(len(first), len(second)) < _FEWEST_WORDS:
        return bool(first) and first == second
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY
