"""Words for decisions: how long a question has waited, and what came of it."""

from __future__ import annotations

from datetime import date

from uppfoljning.facts.beslut import Fraga
from uppfoljning.facts.lage import Lage
from uppfoljning.model import Svarsbeslut
from uppfoljning.model.underlag import Beslutspost, Underlag
from uppfoljning.text.swedish import capitalized, datum, number_word, plural, sentence
from uppfoljning.words.codes import UTFALL
from uppfoljning.words.common import aktor_namn, clean, kvartal_text

OTHER_DECISION = "Beslut som inte gäller någon insats"
"""What stands where a decision's insats would."""


def age_text(fraga: Fraga, per: date) -> str:
    """How long a question has waited: 'Ställd 11 april 2022, öppen i 126 dagar'; only the day when it is new."""
    days = fraga.alder(per)
    waited = f", öppen i {plural(days, 'dag', 'dagar')}" if days else ""
    return f"Ställd {datum(fraga.stalld)}{waited}"


def question_text(underlag: Underlag, lage: Lage, fraga: Fraga) -> str:
    """An open question, who asked it, for which quarter when it wasn't this one, and what has come of it so far."""
    when = f", {kvartal_text(fraga.kvartal)}" if fraga.kvartal != lage.kvartal else ""
    said = f"{sentence(fraga.fraga.fraga)} ({aktor_namn(underlag, fraga.aktor)}{when})"
    return clean(" ".join([said, *(outcome_text(u) for u in fraga.utfall)]))


def outcome_text(post: Beslutspost) -> str:
    """What came of a question, as in 'Bifall 14 juni 2022, EST styrgrupp: Kommunen äger frågan (KS 2022/1, § 14).'."""
    return decided_text(post.beslut, exempel=post.exempel)


def decided_text(found: Svarsbeslut, *, exempel: bool) -> str:
    """The same of a decision by itself."""
    who = f", {found.av}" if found.av else ""
    papers = ", ".join(filter(None, (found.diarienummer, _paragraph(found.paragraf))))
    case = f" ({papers})" if papers else ""
    invented = "(Påhittat exempel) " if exempel else ""
    text = found.text.rstrip(".") if case else found.text
    return clean(f"{invented}{UTFALL[found.utfall]} {datum(found.datum)}{who}: {sentence(f'{text}{case}')}")


def _paragraph(text: str | None) -> str:
    """A paragraph with its sign, also where a number alone is given."""
    return f"§ {text}" if text is not None and text.isdecimal() else text or ""


def settled_text(underlag: Underlag, fraga: Fraga) -> str:
    """A settled question with what came of it, for its insats."""
    asked = f"{sentence(fraga.fraga.fraga)} ({aktor_namn(underlag, fraga.aktor)}, {kvartal_text(fraga.kvartal)})"
    return clean(" ".join([asked, *(outcome_text(u) for u in fraga.utfall)]))


def decisions_lead(waiting: int, late: int, settled: int, since: str) -> str:
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
