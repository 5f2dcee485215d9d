"""Small texts that many parts of a report share: names, quarters, what is invented, titles cut to length."""

from __future__ import annotations

import re
from datetime import date

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.glyphs import spell_out
from uppfoljning.text.swedish import datum, number_word, shorten

_EXEMPEL = "Exempelsvar – inte verkliga uppgifter"
_EXEMPEL_SVAR = "Exempel – svaren är påhittade, statistiken är verklig"
_EXEMPEL_SIFFROR = "Exempel – siffror i statistiken är påhittade"
_EXEMPEL_ALLT = "Exempel – svar och siffror är påhittade"
_EXEMPEL_DELVIS = "Exempel – svaren och en del av siffrorna är påhittade"


def example_text(lage: Lage, siffror: Sifferlage, *, invented: bool = False) -> str:
    """The words for what is invented, empty when nothing is; ``invented``: so is something beside the answers."""
    if siffror.exempel and (lage.exempel or invented):
        return _EXEMPEL_ALLT if all(t.tabell.exempel for t in siffror.tabeller) else _EXEMPEL_DELVIS
    if siffror.exempel:
        return _EXEMPEL_SIFFROR
    if lage.exempel or invented:
        return _EXEMPEL_SVAR if siffror.tabeller else _EXEMPEL
    return ""


_BLANKS = re.compile(r"[^\S\u00a0\u2009\u202f]+")
"""White space, but for the spaces that hold a date or a number together."""

MAX_TITLE = 90
"""What a title may take beside other things; in full it stands where the insats itself stands."""


def kvartal_text(kvartal: Kvartal) -> str:
    """'kvartal 1 2022'."""
    return f"kvartal {kvartal.nr} {kvartal.ar}"


def halvar_text(halvar: Halvar) -> str:
    """'första halvåret 2022'."""
    return f"{'första' if halvar.nr == 1 else 'andra'} halvåret {halvar.ar}"


def aktor_namn(underlag: Underlag, aktor: str) -> str:
    """An aktör's name; a party stands for its missing aktör."""
    return spell_out(underlag.kallas(aktor))


def name_of(a: Aktorslage) -> str:
    """The name of one who answers, as shown."""
    return spell_out(a.namn)


def is_part(underlag: Underlag, aktor: str) -> bool:
    """Whether an id is a party's, which means that no answering aktör is named."""
    return any(part.id == aktor for part in underlag.overenskommelse.parter)


def parts_of_aktorer(underlag: Underlag) -> dict[str, str]:
    """The party that each aktör belongs to; a party is its own."""
    avtal = underlag.overenskommelse
    return {a.id: a.del_av for a in avtal.aktorer} | {p.id: p.id for p in avtal.parter}


def answers_text(due: int, given: int, late: int) -> str:
    """'29 av 31 svar har kommit, varav ett efter sista svarsdag', for a sentence."""
    text = f"{given if given else 'Inget'} av {due} svar har kommit"
    return f"{text}, varav {number_word(late, neuter=True)} efter sista svarsdag" if late else text


def needed_by(last: date, per: date) -> str:
    """Until when a decision is needed, or was: 'Behövs senast 15 september 2022'."""
    return f"{'Behövdes' if last < per else 'Behövs'} senast {datum(last)}"


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, with the line breaks inside each folded away."""
    return tuple(" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def clean(text: str) -> str:
    """A text on one line, with characters that the typeface lacks spelled out."""
    return spell_out(_BLANKS.sub(" ", text).strip())


def short_title(rubrik: str) -> str:
    """A title for lists and tables, on one line and not longer than they bear."""
    return shorten(clean(rubrik), MAX_TITLE)
