"""Five questions that a finished follow-up answers, answered with what is known at the quarter and nothing else.

A question that nothing in the data answers gets that for an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from uppfoljning.facts.answers import answers_due
from uppfoljning.facts.beslut import other_matters
from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.period import Halvar
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.sections.ataganden import count_states
from uppfoljning.report.sections.dates import for_whom, presented
from uppfoljning.report.views.base import Faktavy
from uppfoljning.text.swedish import capitalized, datum, lista, number_word, sentence, shorten
from uppfoljning.words.codes import PLAN_COUNTED
from uppfoljning.words.common import answers_text, clean, kvartal_text
from uppfoljning.words.insats import disagreements
from uppfoljning.words.problem import problem_lead

KALLA = (
    "Frågorna bygger på steget uppföljning i Samverkan i lokalt brottsförebyggande arbete (Brottsförebyggande rådet, "
    "Polismyndigheten och Sveriges Kommuner och Regioner)."
)
_MAX_TOLD = 3
_MAX_TEXT = 300
_MAX_IDS = 6


def five_questions(
    underlag: Underlag, lage: Lage, current: Sequence[Bedomd], siffror: Sifferlage, *, named: bool = False
) -> tuple[Faktavy, ...]:
    """The questions with their answers, one to three sentences each.

    ``named``: the quarter is said, in a report that is about several.
    """
    return tuple(
        Faktavy(question, " ".join(answer))
        for question, answer in (
            ("Har arbetet gett effekt?", _effect(siffror)),
            ("Har parterna gjort det de har åtagit sig?", _commitments(lage, current)),
            ("Hur har samarbetet och uppföljningen fungerat?", _process(underlag, lage, current, named=named)),
            ("Har resultatet redovisats?", _reported(underlag, lage)),
            ("Har medborgarna fått veta?", _told(underlag, lage)),
        )
    )


def _effect(siffror: Sifferlage) -> Iterator[str]:
    """What the indicators say, and what no figure can: what was before the agreement is no effect of it."""
    yield problem_lead(siffror)
    serier = [s for i in siffror.indikatorer for s in i.serier if s.tabell.enhet != "rang"]
    new = [s for s in serier if not s.utgangslage]
    if not serier:
        yield "Om arbetet har gett effekt går därför inte att säga."
    elif not new:
        yield "Siffrorna är ett utgångsläge att jämföra med senare och visar ingen effekt av arbetet."
    elif any(s.tydlig for s in new):
        yield "En ändrad siffra är inget bevis för att arbetet har gett effekt: den kan ha andra orsaker."
    else:
        yield "Det visar varken att arbetet har gett effekt eller att det saknar effekt."


def _commitments(lage: Lage, current: Sequence[Bedomd]) -> Iterator[str]:
    """How far the commitments have come, and whether the insatser hold their plans."""
    if not current:
        yield "Ingen insats ingår i kvartalet."
        return
    aktorer = [a for b in current for a in b.lage.aktorer]
    if aktorer:
        whole = f"{number_word(len(aktorer), neuter=True)} {'åtagande' if len(aktorer) == 1 else 'åtaganden'}"
        yield f"Av {whole}: {lista(count_states(lage.kvartal, aktorer, words=True))}."
    else:
        yield "Ingen har åtagit sig något: ingen ansvarig är utsedd."
    counts = Counter(b.plan.bedomning for b in current)
    told = [
        f"{number_word(n)} {one if n == 1 else many}"
        for code, (one, many) in PLAN_COUNTED.items()
        if (n := counts[code])
    ]
    yield f"Av {number_word(len(current))} {'insats' if len(current) == 1 else 'insatser'}: {lista(told)}."


def _process(underlag: Underlag, lage: Lage, current: Sequence[Bedomd], *, named: bool) -> Iterator[str]:
    """Answers in time, late and missing; where the aktörer disagree; what waits for a decision; who nobody is."""
    due, given, late = answers_due(b.lage for b in current)
    missing = sum(a.status == "inget_svar" for b in current for a in b.lage.aktorer)
    awaited = sum(a.status == "invantas" for b in current for a in b.lage.aktorer)
    if due:
        text = f"{capitalized(kvartal_text(lage.kvartal))}: " if named else ""
        text += answers_text(due, given, late)
        if missing:
            text += f"; {number_word(missing, neuter=True)} saknas"
        if awaited:
            text += f"; {number_word(awaited, neuter=True)} väntas"
        yield f"{text}."
    else:
        yield "Inga svar skulle lämnas för kvartalet."
    different = [b.visat_id for b in current if disagreements(underlag, lage, b.lage)]
    nobody = [b.visat_id for b in current if not b.lage.insats.ansvariga]
    told = [f"aktörerna svarar olika om {_ids(different)}"] if different else ["inga svar går isär"] if given else []
    if nobody:
        told.append(f"ingen är ansvarig för {_ids(nobody)}")
    if told:
        yield f"{capitalized(', och '.join(told))}."
    other = sum(matter.oppen for matter in other_matters(underlag.ovriga_beslut(lage.per)))
    more = f"; {number_word(other)} till gäller ingen enskild insats" if other else ""
    yield f"{capitalized(_asked(lage))}{more}."


def _asked(lage: Lage) -> str:
    """How many questions wait for a decision, also on insatser that have ended; how many late, how many on those."""
    asked = [(i, fraga) for i in lage.insatser for fraga in i.beslut]
    if not asked:
        return "ingen fråga väntar på beslut"
    overdue = sum(fraga.is_overdue(lage.per) for _, fraga in asked)
    outside = sum(not i.aktuell for i, _ in asked)
    if len(asked) == 1:
        told = ["sista dagen har passerat"] if overdue else []
        told += ["insatsen ingår inte i kvartalet"] if outside else []
        return f"en fråga väntar på beslut{'; ' if told else ''}{' och '.join(told)}"
    everyone = overdue == len(asked) and not outside
    if everyone:
        return f"{number_word(len(asked))} frågor väntar på beslut, och sista dagen har passerat för alla"
    told = [f"{number_word(overdue)} vars sista dag har passerat"] if overdue else []
    told += [f"{number_word(outside)} om en insats som inte ingår i kvartalet"] if outside else []
    return f"{number_word(len(asked))} frågor väntar på beslut{', varav ' if told else ''}{' och '.join(told)}"


def _ids(ids: Sequence[str]) -> str:
    """The first of some insatser, and how many more."""
    rest = len(ids) - _MAX_IDS
    return lista([*ids[:_MAX_IDS], f"{number_word(rest)} till"] if rest > 0 else ids)


def _reported(underlag: Underlag, lage: Lage) -> Iterator[str]:
    """Which half-years that are over have been presented, when and for whom; which are to be; which nobody says."""
    calendar = underlag.overenskommelse.kalender.redovisningar
    begun = sorted({Halvar.of(q.start) for q in lage.kvartal_i_ordning if q <= lage.kvartal})
    dated: list[str] = []
    passed: list[str] = []
    undated: list[str] = []
    for halvar in begun:
        name, is_over = f"halvår {halvar.nr} {halvar.ar}", halvar.slut < lage.per
        mine = [r for r in calendar if r.halvar == halvar]
        if is_over and not mine:
            undated.append(f"{name} är redovisat")
        for r in mine:
            if r.redovisad is not None and r.redovisad <= lage.per:
                everyone = [forum for names in presented(underlag, r).values() for forum in names]
                dated.append(f"{name} redovisades den {datum(r.redovisad)}{for_whom(everyone)}")
                continue
            days = presented(underlag, r) if is_over else {}
            undated += [f"{name} är redovisat{for_whom(whom)}" for day, whom in days.items() if day is None]
            ahead = [f"den {datum(day)}{for_whom(whom)}" for day, whom in days.items() if day and day > lage.per]
            gone = [f"den {datum(day)}{for_whom(whom)}" for day, whom in days.items() if day and day <= lage.per]
            dated += [f"{name} ska redovisas {lista(ahead)}"] if ahead else []
            passed += [f"{name} skulle redovisas {lista(gone)}"] if gone else []
    if dated:
        yield f"{capitalized('; '.join(dated))}."
    if passed:
        yield f"{capitalized('; '.join(passed))}, men det finns ingen uppgift om att det är gjort."
    if undated:
        yield f"Det finns ingen uppgift om att {lista(undated, 'eller att')}, och ingen dag är satt."
    if not (dated or passed or undated):
        yield "Inget halvår är slut än, så inget skulle ha redovisats."


def _told(underlag: Underlag, lage: Lage) -> Iterator[str]:
    """How the citizens were told, latest first."""
    found = [i for i in underlag.overenskommelse.kalender.information if i.datum <= lage.per]
    found.sort(key=lambda i: i.datum, reverse=True)
    if not found:
        yield "Det finns ingen uppgift om att medborgarna har fått veta resultatet."
        return
    for i in found[:_MAX_TOLD]:
        yield f"{capitalized(datum(i.datum))}: {sentence(shorten(clean(i.vad), _MAX_TEXT))}"
