"""Words for decisions: how long a question has waited, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uppfoljning.facts.beslut import Fraga
from uppfoljning.facts.compare.avtryck import Avtryck, question_key, question_value
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.codes import UTFALL
from uppfoljning.model.underlag import Beslutspost, Underlag
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.parts import Beslutslistavy, Beslutsradvy
from uppfoljning.text.swedish import capitalized, datum, number_word, plural, sentence
from uppfoljning.words.common import aktor_namn, ankare, clean, kvartal_text, needed_by, short_title


def forum_namn(underlag: Underlag, text: str) -> str:
    """Who decides, as shown: a forum by its name where its id is written."""
    return next((f.namn for f in underlag.overenskommelse.forum if f.id == text), text)


def age_text(fraga: Fraga, per: date) -> str:
    """How long a question has waited: 'Ställd 11 april 2022, öppen i 126 dagar'; only the day when it is new."""
    days = fraga.alder(per)
    waited = f", öppen i {plural(days, 'dag', 'dagar')}" if days else ""
    return f"Ställd {datum(fraga.stalld)}{waited}"


def question_text(underlag: Underlag, lage: Lage, fraga: Fraga) -> str:
    """An open question, who asked it, for which quarter when it wasn't this one, and what has come of it so far."""
    when = f", {kvartal_text(fraga.kvartal)}" if fraga.kvartal != lage.kvartal else ""
    said = f"{fraga.fraga.fraga} ({aktor_namn(underlag, fraga.aktor)}{when})"
    return clean(" ".join([said, *(outcome_text(underlag, u) for u in fraga.utfall)]))


def outcome_text(underlag: Underlag, post: Beslutspost) -> str:
    """What came of a question, as in 'Bifall 14 juni 2022, EST styrgrupp: Kommunen äger frågan (KS 2022/1).'."""
    found = post.beslut
    who = f", {forum_namn(underlag, found.av)}" if found.av else ""
    case = f" ({found.diarienummer})" if found.diarienummer else ""
    invented = "(Påhittat exempel) " if post.exempel else ""
    text = found.text.rstrip(".") if case else found.text
    return clean(f"{invented}{UTFALL[found.utfall]} {datum(found.datum)}{who}: {sentence(f'{text}{case}')}")


def settled_text(underlag: Underlag, fraga: Fraga) -> str:
    """A settled question with what came of it, for its insats."""
    asked = f"{fraga.fraga.fraga} ({aktor_namn(underlag, fraga.aktor)}, {kvartal_text(fraga.kvartal)})"
    return clean(" ".join([asked, *(outcome_text(underlag, u) for u in fraga.utfall)]))


def decision_list(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], fran: Avtryck | None) -> Beslutslistavy:
    """The questions that wait, and those settled since ``fran`` was reported (without it, all of them)."""
    asked = [(b, f) for b in bedomda for f in b.lage.fragor]
    waiting = sorted((x for x in asked if x[1].oppen), key=lambda x: x[1].stalld)
    settled = [x for x in asked if not x[1].oppen and not _is_told(*x, lage, fran)]
    settled.sort(key=lambda x: _settled_on(x[1]), reverse=True)
    rows = [_row(underlag, lage, b, f) for b, f in (*waiting, *settled)]
    late = sum(f.is_overdue(lage.per) for _, f in waiting)
    since = f" sedan {kvartal_text(fran.kvartal)}" if fran is not None else ""
    return Beslutslistavy(_lead(len(waiting), late, len(settled), since), tuple(rows))


def _is_told(b: Bedomd, fraga: Fraga, lage: Lage, fran: Avtryck | None) -> bool:
    """Whether an earlier report has told the same of a settled question."""
    before = fran.varden.get(question_key(b.lage.insats.id, fraga)) if fran is not None else None
    return before is not None and before.kod == question_value(fraga, lage.per).kod


def _settled_on(fraga: Fraga) -> date:
    return fraga.senaste.datum if fraga.senaste is not None else date.min


def _lead(waiting: int, late: int, settled: int, since: str) -> str:
    """How many questions wait, for how many of them the last day has passed, and how many have been settled."""
    if not waiting:
        if not settled:
            return f"Ingen fråga väntar på beslut, och ingen har avgjorts{since}."
        return f"Ingen fråga väntar på beslut. {_some(settled)} har avgjorts{since}."
    passed = f", {number_word(late)} av dem efter sista dagen" if late else ""
    if waiting == 1:
        passed = ", och sista dagen har passerat" if late else ""
    elif late == waiting:
        passed = ", och sista dagen har passerat för alla"
    done = capitalized(number_word(settled)) if settled else "Ingen"
    return f"{_some(waiting)} väntar på beslut{passed}. {done} har avgjorts{since}."


def _some(number: int) -> str:
    """'En fråga' or 'Tre frågor', at the beginning of a sentence."""
    return f"{capitalized(number_word(number))} {'fråga' if number == 1 else 'frågor'}"


def _row(underlag: Underlag, lage: Lage, b: Bedomd, fraga: Fraga) -> Beslutsradvy:
    outcomes = [outcome_text(underlag, u) for u in fraga.utfall]
    last = fraga.senaste
    if fraga.oppen or last is None:
        late = fraga.is_overdue(lage.per)
        status = Statusvy("forfallen", "Öppen, sista dagen har passerat") if late else Statusvy("oppen", "Öppen")
        terms = [age_text(fraga, lage.per)]
        terms.append(needed_by(fraga.fraga.senast, lage.per) if fraga.fraga.senast is not None else "")
        terms.append(f"Beslutas av {forum_namn(underlag, fraga.fraga.av)}" if fraga.fraga.av else "")
        told = " ".join([*(f"{t}." for t in terms if t), *outcomes])
    else:
        status = Statusvy("avgjord", UTFALL[last.utfall])
        told = " ".join([*outcomes, f"{age_text(fraga, lage.per)}."])
    return Beslutsradvy(
        fraga=clean(fraga.fraga.fraga),
        insats=b.visat_id,
        ankare=ankare(b.lage.insats),
        rubrik=short_title(b.lage.insats.rubrik),
        aktor=aktor_namn(underlag, fraga.aktor),
        status=status,
        utfall=clean(told),
    )
