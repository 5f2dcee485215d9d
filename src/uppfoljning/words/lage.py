"""How the work goes, in words that every report shares: how many plans hold, who has answered, each huvudområde."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from uppfoljning.facts.answers import answers_due, mostly_silent
from uppfoljning.facts.compare.differences import code_pair
from uppfoljning.facts.compare.keys import Andring
from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.facts.plan import Bedomd, halted_by, sees_risk
from uppfoljning.facts.verdict import Hinder
from uppfoljning.model import Planbedomning
from uppfoljning.model.codes import HALTED, LATE
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import capitalized, lista, number_word, plural, sentence
from uppfoljning.words.codes import (
    HINDER,
    NOBODY_ANSWERED,
    NOTHING_LATE,
    NOTHING_SHOWN,
    PLAN_COUNTED,
    halted_counted,
    plan_counted,
    plan_turned,
)
from uppfoljning.words.common import answers_text, clean, kvartal_text, name_of
from uppfoljning.words.plan import aim_met, part_text, still_standing


def late_reason(underlag: Underlag, lage: Lage, b: Bedomd) -> str:
    """Only what makes an insats late or a risk, of all that is said of its plan."""
    if b.plan.overstyrd_av is not None:
        a = next(a for a in b.lage.aktorer if a.aktor == b.plan.overstyrd_av)
        return f"{speaker(underlag, lage, a)}: {sentence(b.plan.overstyrd_skal or '')}"
    if b.plan.kvarstar is not None:
        return capitalized(still_standing(b.plan))
    reasons = [part_text(d) for d in b.plan.delar if d.bedomning == b.plan.bedomning]
    return " ".join(f"{capitalized(reason)}." for reason in reasons)


def halted_reason(underlag: Underlag, lage: Lage, a: Aktorslage) -> str:
    """Who has stopped or paused its work, and why."""
    svar = a.innehall.post.svar if a.innehall is not None else None
    why = (svar.orsak or svar.avvikelse or svar.kommentar or "") if svar is not None else ""
    who = speaker(underlag, lage, a)
    return f"{who}: {sentence(why)}" if why else f"{who}."


def speaker(underlag: Underlag, lage: Lage, a: Aktorslage) -> str:
    """Who says what is quoted, with the quarter when it was said for an earlier one."""
    name = name_of(a)
    if a.innehall is None or a.innehall.post.target[2] == lage.kvartal:
        return name
    since = ", inget nytt svar" if a.status == "inget_svar" else ""
    return f"{name} ({kvartal_text(a.innehall.post.target[2])}{since})"


def own_worries(underlag: Underlag, lage: Lage, b: Bedomd) -> Iterator[tuple[Aktorslage, str]]:
    """Every aktör that sees a risk or a delay itself, with why, as it says so."""
    for a in b.lage.aktorer:
        if a.egen_bedomning in LATE and a.innehall is not None:
            svar = a.innehall.post.svar
            why = svar.avvikelse or svar.orsak or svar.kommentar or ""
            who = speaker(underlag, lage, a)
            yield a, clean(f"{who}: {sentence(why)}" if why else f"{who}.")


_ALL = {1: "den", 2: "båda"}


def plan_lead(current: Sequence[Bedomd]) -> tuple[str, str]:
    """How many plans hold, and why the others can't be judged (empty when all can)."""
    counts: Counter[Planbedomning] = Counter(b.plan.bedomning for b in current)
    judged = len(current) - counts["gar_inte_att_bedoma"]
    whole = plural(len(current), "insats", "insatser")
    if not judged:
        lead = f"Ingen av {whole} går att bedöma mot en plan."
    else:
        told = [
            f"{number_word(counts[code])} {plan_counted(code, counts[code])}"
            for code in PLAN_COUNTED
            if counts[code] and code != "gar_inte_att_bedoma"
        ]
        if counts["enligt_plan"] == judged:
            told = [f"{_ALL.get(judged, f'alla {number_word(judged)}')} {plan_counted('enligt_plan', judged)}"]
        elif not counts["forsenad"] and not mostly_silent(current):
            told.append(f"ingen {plan_counted('forsenad', 1)}")
        lead = f"Av {whole} går {number_word(judged)} att bedöma: {lista(told)}."
    unknown = ""
    reasons = _reasons(current)
    if reasons:
        number = counts["gar_inte_att_bedoma"]
        if judged and len(reasons) == 1:
            who = "Den återstående" if number == 1 else f"De andra {number_word(number)}"
            unknown = f"{who} {plan_counted('gar_inte_att_bedoma', number)}, {HINDER[reasons[0][0]]}."
        else:
            lead_in = (
                f"De andra {number_word(number)} {plan_counted('gar_inte_att_bedoma', number)}" if judged else "Skälen"
            )
            unknown = f"{lead_in}: {_listed(reasons)}."
    return lead, unknown


def not_judged(current: Sequence[Bedomd]) -> str:
    """How many plans can't be judged and why, as a sentence that stands alone; empty when all can."""
    reasons = _reasons(current)
    number = sum(b.plan.bedomning == "gar_inte_att_bedoma" for b in current)
    if not number:
        return ""
    text = f"{capitalized(some(number))} {plan_counted('gar_inte_att_bedoma', number)} mot en plan"
    if len(reasons) == 1:
        return f"{text}, {HINDER[reasons[0][0]]}."
    return f"{text}: {_listed(reasons)}."


def _reasons(current: Sequence[Bedomd]) -> list[tuple[Hinder, int]]:
    """Why plans can't be judged, and how many of them."""
    hinder = Counter(b.plan.hinder for b in current if b.plan.bedomning == "gar_inte_att_bedoma")
    return [(kind, hinder[kind]) for kind in HINDER if hinder[kind]]


def _listed(reasons: Sequence[tuple[Hinder, int]]) -> str:
    return lista([f"{number_word(number)} {HINDER[kind]}" for kind, number in reasons])


def lead_sentences(
    current: Sequence[Bedomd], per: date, decisions: int, own: int, sedan: str, andringar: Sequence[Andring]
) -> tuple[str, tuple[str, ...]]:
    """The lead of page one, and what follows it: what can't be judged, what has turned, answers, risks, questions."""
    lead, unknown = plan_lead(current)
    sentences = [text for text in (unknown, turned(sedan, andringar, quiet=mostly_silent(current))) if text]
    said = f"{answers_text(*answers_due(b.lage for b in current))}."
    if mostly_silent(current):
        lead, sentences = f"{said} Läget är i stort sett okänt.", [lead, *sentences]
    else:
        sentences.append(said)
    met = [(b.visat_id, b.plan.natt) for b in current if b.plan.natt is not None]
    halted = list(halted_counts(current, per, after=False))
    sentences += [f"{capitalized(lista(halted))}."] if halted else []
    sentences += [f"{aim_met(name, matt)}." for name, matt in met]
    if own:
        more = "ytterligare " if any(b.plan.bedomning in LATE for b in current) else ""
        cases = f"{more}{number_word(own, neuter=True)}"
        sentences.append(f"I {cases} fall ser en aktör själv en risk eller en försening.")
    if decisions:
        one = decisions == 1
        sentences.append(
            f"{capitalized(number_word(decisions))} {'fråga behöver' if one else 'frågor behöver'} ett beslut."
        )
    return lead, tuple(sentences)


def halted_counts(current: Sequence[Bedomd], per: date, *, after: bool) -> Iterator[str]:
    """How many that are not late are stopped, and how many paused, by someone; ``after`` others have been counted."""
    others = [b for b in current if b.plan.bedomning not in LATE]
    for kod in HALTED:
        number = sum(any(a.genomforande == kod for a in halted_by(b, per)) for b in others)
        if number:
            yield f"{number_word(number) if after else some(number)} {halted_counted(kod, number)}"
            after = True


def turned(sedan: str, andringar: Sequence[Andring], *, quiet: bool = False) -> str:
    """How many plans have got a worse judgement since the quarter before, and how many a better.

    When few have answered (``quiet``), nothing is said of what has not turned.
    ``sedan`` names that quarter; empty where there is none. ``andringar`` are the changes that are told.
    """
    if not sedan:
        return ""
    codes = [code_pair(a) for a in andringar if a.nyckel.slag == "plan"]
    late = sum(now == "forsenad" for _, now in codes)
    risk = sum(now == "risk_for_forsening" and was != "forsenad" for was, now in codes)
    better = sum(_is_better(was, now) for was, now in codes)
    if quiet and not late + risk + better:
        return ""
    if not codes:
        return f"Sedan {sedan} har ingen insats fått en ny bedömning."
    told = []
    if late:
        told.append(f"{some(late)} {plan_turned('forsenad', late)}")
    if risk:
        told.append(f"{some(risk)} {plan_turned('risk_for_forsening', risk)}")
    if better:
        told.append(f"{some(better)} fått en bättre bedömning")
    if not told:
        turned_late = plan_turned("forsenad", 1)
        return f"Sedan {sedan} har {some(len(codes))} fått en ny bedömning, men ingen har {turned_late}."
    return f"Sedan {sedan} har {lista(told)}."


def _is_better(was: str, now: str) -> bool:
    """Whether a late plan is so no longer, or a risk has gone; to become impossible to judge is neither."""
    return (was in LATE and now == "enligt_plan") or (was == "forsenad" and now == "risk_for_forsening")


def nothing_deviates(current: Sequence[Bedomd], owing: bool) -> str:
    """That nothing is known to deviate, or that nothing is known since nobody has answered."""
    due, given, _ = answers_due(b.lage for b in current)
    if due and not given:
        return NOBODY_ANSWERED
    return NOTHING_SHOWN if owing or any(map(sees_risk, current)) else NOTHING_LATE


def some(number: int) -> str:
    """'en insats' or 'tre insatser'."""
    return f"{number_word(number)} {'insats' if number == 1 else 'insatser'}"


def count_text(mine: Sequence[Bedomd]) -> tuple[str, str]:
    """How many insatser there are, and how many of their answers have come: '4 insatser', '3 av 4 svar, ett sent'."""
    due, given, late = answers_due(b.lage for b in mine)
    sent = f", {number_word(late, neuter=True)} sent" if late == 1 else f", {number_word(late)} sena" if late else ""
    return plural(len(mine), "insats", "insatser"), f"{given} av {due} svar{sent}" if due else "inga svar väntas"


def overview_sentence(mine: Sequence[Bedomd]) -> str:
    """One sentence on how the work in a huvudområde goes."""
    if not mine:
        return "Inga insatser i kvartalet."
    late = [b.visat_id for b in mine if b.plan.bedomning == "forsenad"]
    risk = [b.visat_id for b in mine if b.plan.bedomning == "risk_for_forsening"]
    good = sum(b.plan.bedomning == "enligt_plan" for b in mine)
    parts = []
    if late:
        parts.append(f"{lista(late)} {plan_counted('forsenad', len(late))}")
    if risk:
        parts.append(f"{lista(risk)} {plan_counted('risk_for_forsening', len(risk))}")
    if good:
        parts.append(f"{number_word(good)} {plan_counted('enligt_plan', good)}")
    unknown = len(mine) - len(late) - len(risk) - good
    if not parts:
        return "Ingen insats går att bedöma mot en plan."
    if unknown:
        parts.append(f"{number_word(unknown)} {plan_counted('gar_inte_att_bedoma', unknown)}")
    return f"{capitalized('; '.join(parts))}."
