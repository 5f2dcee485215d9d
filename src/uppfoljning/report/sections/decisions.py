"""The list of questions for decision: those that wait, and those that were settled since the report before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uppfoljning.facts.beslut import Arendefraga, Fraga, other_matters
from uppfoljning.facts.compare.avtryck import matter_key, matter_value, question_key, question_value
from uppfoljning.facts.compare.keys import Avtryck
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.parts import Beslutslistavy, Beslutsradvy
from uppfoljning.text.swedish import sentence
from uppfoljning.words.beslut import OTHER_DECISION, age_text, decided_text, decisions_lead, outcome_text
from uppfoljning.words.codes import UTFALL
from uppfoljning.words.common import aktor_namn, clean, kvartal_text, needed_by, short_title


def decision_list(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], fran: Avtryck | None) -> Beslutslistavy:
    """The questions that wait, and those settled since ``fran`` was reported (without it, all of them)."""
    asked = [(b, f) for b in bedomda for f in b.lage.fragor]
    waiting = sorted((x for x in asked if x[1].oppen), key=lambda x: x[1].stalld)
    settled = [x for x in asked if not x[1].oppen and not _is_told(*x, lage, fran)]
    matters = other_matters(underlag.ovriga_beslut(lage.per))
    put_off = [a for a in matters if a.oppen]
    decided = [a for a in matters if not a.oppen and not _is_matter_told(a, fran)]
    rows = [_row(underlag, lage, b, f) for b, f in waiting]
    rows += [_matter_row(a) for a in put_off]
    done = [(_settled_on(f), _row(underlag, lage, b, f)) for b, f in settled]
    done += [(a.senaste.uppgifter.datum, _matter_row(a)) for a in decided]
    rows += [row for _, row in sorted(done, key=lambda pair: pair[0], reverse=True)]
    late = sum(f.is_overdue(lage.per) for _, f in waiting)
    since = f" sedan {kvartal_text(fran.kvartal)}" if fran is not None else ""
    return Beslutslistavy(decisions_lead(len(waiting) + len(put_off), late, len(done), since), tuple(rows))


def _is_told(b: Bedomd, fraga: Fraga, lage: Lage, fran: Avtryck | None) -> bool:
    """Whether an earlier report has told the same of a settled question."""
    before = fran.varden.get(question_key(b.lage.insats.id, fraga)) if fran is not None else None
    return before is not None and before.kod == question_value(fraga, lage.per).kod


def _is_matter_told(arende: Arendefraga, fran: Avtryck | None) -> bool:
    """Whether an earlier report has told the same of a question about no insats."""
    before = fran.varden.get(matter_key(arende)) if fran is not None else None
    return before is not None and before.kod == matter_value(arende).kod


def _matter_row(arende: Arendefraga) -> Beslutsradvy:
    """A question about no insats, with what has come of it."""
    last = arende.senaste.uppgifter
    outcomes = [decided_text(r.uppgifter, exempel=r.uppgifter.exempel) for r in arende.rader]
    return Beslutsradvy(
        fraga=sentence(clean(arende.fraga)),
        insats="",
        ankare="",
        rubrik=OTHER_DECISION,
        aktor="",
        status=Statusvy("oppen", "Öppen") if arende.oppen else Statusvy("avgjord", UTFALL[last.utfall]),
        utfall=clean(" ".join(outcomes)),
    )


def _settled_on(fraga: Fraga) -> date:
    return fraga.senaste.datum if fraga.senaste is not None else date.min


def _row(underlag: Underlag, lage: Lage, b: Bedomd, fraga: Fraga) -> Beslutsradvy:
    outcomes = [outcome_text(u) for u in fraga.utfall]
    last = fraga.senaste
    if fraga.oppen or last is None:
        late = fraga.is_overdue(lage.per)
        status = Statusvy("forfallen", "Öppen, sista dagen har passerat") if late else Statusvy("oppen", "Öppen")
        terms = [age_text(fraga, lage.per)]
        terms.append(needed_by(fraga.fraga.senast, lage.per) if fraga.fraga.senast is not None else "")
        terms.append(f"Beslutas av {fraga.fraga.av}" if fraga.fraga.av else "")
        told = " ".join([*(sentence(t) for t in terms if t), *outcomes])
    else:
        status = Statusvy("avgjord", UTFALL[last.utfall])
        told = " ".join([*outcomes, f"{age_text(fraga, lage.per)}."])
    return Beslutsradvy(
        fraga=sentence(clean(fraga.fraga.fraga)),
        insats=b.visat_id,
        ankare=ankare(b.lage.insats),
        rubrik=short_title(b.lage.insats.rubrik),
        aktor=aktor_namn(underlag, fraga.aktor),
        status=status,
        utfall=clean(told),
    )
