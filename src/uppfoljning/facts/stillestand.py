"""What seems to stand still: where an aktör's answer says no more than the last one did. A question, never a verdict.

Only answers are read here, never figures; an insats whose plan holds may stand still, and one that is late may not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from uppfoljning.facts.counting import shortfall
from uppfoljning.facts.lage import Aktorslage, Insatslage, Lage
from uppfoljning.facts.verdict import Matt
from uppfoljning.model import Svar
from uppfoljning.model.codes import OVER, UNDER_WAY
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import ended
from uppfoljning.text.swedish import number_word

Stillestandsslag = Literal[
    "under_talet", "samma_text", "oforandrat", "inget_att_rapportera", "passerat", "allt_klart", "planerat_passerat",
    "omformulerat",
]  # fmt: skip

NEARLY = 0.85
"""From this share of words in common, in the same order, two texts are nearly the same."""
FEWEST_WORDS = 4
"""Shorter texts than this must be equal."""
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Stillestand:
    """Something to ask an aktör about an insats.

    ``kvartal`` is the earlier quarter that the answer resembles, ``dag`` the last day that passed or the revision's,
    ``vad`` what was planned for it. ``nasta_steg``: a next step is stated, without a day. ``matt`` is the number that
    hasn't been reached of what is said to be done.
    """

    slag: Stillestandsslag
    insats: str
    aktor: str
    kvartal: Kvartal | None = None
    dag: date | None = None
    vad: str = ""
    nasta_steg: bool = False
    matt: Matt | None = None


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
    if ended(i.insats, lage.per) is not None:
        return
    short = unexplained(i, a, lage.kvartal)
    if short is not None and a.innehall is not None:
        yield Stillestand("under_talet", i.insats.id, a.aktor, a.innehall.post.target[2], matt=short)
    if a.genomforande in OVER:
        return
    was = next((x for x in earlier.aktorer if x.aktor == a.aktor), None) if earlier is not None else None
    if was is not None and forra is not None:
        if a.status == was.status == "oforandrat":
            yield Stillestand("oforandrat", i.insats.id, a.aktor, forra.kvartal)
        elif a.status == was.status == "inget_att_rapportera":
            yield Stillestand("inget_att_rapportera", i.insats.id, a.aktor, forra.kvartal)
        elif a.status == was.status == "lamnad" and _says_the_same(a, was):
            yield Stillestand("samma_text", i.insats.id, a.aktor, forra.kvartal)
    yield from _passed(lage, i, a)
    revised = [h.datum for h in i.insats.historik if h.handelse == "reviderad" and h.datum <= lage.kvartal.slut]
    latest = max(revised, default=None)
    if a.innehall is not None and latest is not None and latest > a.innehall.post.lamnad:
        yield Stillestand("omformulerat", i.insats.id, a.aktor, dag=latest)


def unexplained(i: Insatslage, a: Aktorslage, kvartal: Kvartal) -> Matt | None:
    """The number that the aktör who counts hasn't reached of what it says is done, until it is explained.

    It is explained by an avvikelse or orsak that names the number, or by any in a later answer, given when asked.
    """
    if not a.klart or a.aktor != i.raknare:
        return None
    short = shortfall(i, kvartal)
    first, *later = (answer.post.svar for answer in a.klart)
    if short is None or any(svar.avvikelse or svar.orsak for svar in later):
        return None
    skal = first.overstyrning.skal if first.overstyrning is not None else None
    said = re.findall(r"\w+", f"{first.avvikelse or ''} {first.orsak or ''} {skal or ''}".casefold())
    return None if {str(short.av), number_word(short.av)} & set(said) else short


def _passed(lage: Lage, i: Insatslage, a: Aktorslage) -> Iterator[Stillestand]:
    """What time has passed: every dated milestone, or a day that was planned in an answer with none after it."""
    if a.innehall is None:
        return
    said, svar = a.innehall.post.target[2], a.innehall.post.svar
    gone = sorted((p for p in svar.planerat if p.datum < lage.per), key=lambda p: p.datum)
    if said < lage.kvartal and gone:
        yield Stillestand("planerat_passerat", i.insats.id, a.aktor, said, gone[0].datum, gone[0].vad)
        return
    dated = [m for m in i.insats.moment if m.senast is not None]
    last = max((m.senast.till for m in dated if m.senast is not None), default=None)
    if last is None or last >= lage.per or a.genomforande not in UNDER_WAY or _has_date_ahead(i, a, lage.per):
        return
    step = bool(svar.nasta_steg)
    if any(m.id not in i.klara for m in dated):
        yield Stillestand("passerat", i.insats.id, a.aktor, dag=last, nasta_steg=step)
    elif all(i.klara[m.id].kvartal < lage.kvartal for m in dated):
        yield Stillestand("allt_klart", i.insats.id, a.aktor, dag=last, nasta_steg=step)


def _has_date_ahead(i: Insatslage, a: Aktorslage, per: date) -> bool:
    """Whether something is still to come: a planned date, a decision's last day, or what is counted up to an end."""
    days = [p.datum for p in a.innehall.post.svar.planerat] if a.innehall is not None else []
    days += [f.fraga.senast for f in i.beslut if f.fraga.senast is not None]
    return i.enhet is not None or any(day > per for day in days)


def _says_the_same(now: Aktorslage, before: Aktorslage) -> bool:
    """Whether two answers say nearly the same, and nothing that is counted, dated, judged or asked has come to them."""
    if now.svar is None or before.svar is None:
        return False
    new, old = now.svar.post.svar, before.svar.post.svar
    if new.utfall.handelser or new.utfall.klara_moment or now.svar.post.individantal:
        return False
    if any(getattr(new, name) != getattr(old, name) for name in _WEIGHTY):
        return False
    return nearly_same(_told(new), _told(old))


_WEIGHTY = ("genomforande", "egen_bedomning", "planerat", "beslut_behovs", "beslut", "overstyrning")


def _told(svar: Svar) -> str:
    return " ".join(filter(None, (svar.kommentar, svar.avvikelse, svar.orsak, svar.nasta_steg)))


def nearly_same(one: str, other: str) -> bool:
    """Whether two texts share nearly all their words in the same order; a very short text must be equal."""
    # SequenceMatcher may count differently the other way round; which text is the earlier makes no difference here.
    first, second = sorted(re.findall(r"\w+", text.lower()) for text in (one, other))
    if min(len(first), len(second)) < FEWEST_WORDS:
        return bool(first) and first == second
    whole = len(first) + len(second)
    if 2 * sum((Counter(first) & Counter(second)).values()) < NEARLY * whole:
        return False
    # Part by part: comparing long texts as one would cost with the square of their length.
    parts = range(0, max(len(first), len(second)), _CHUNK)
    return 2 * sum(_in_order(first[at : at + _CHUNK], second[at : at + _CHUNK]) for at in parts) >= NEARLY * whole


def _in_order(first: list[str], second: list[str]) -> int:
    """How many words two lists share in the same order."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())
