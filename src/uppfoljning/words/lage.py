"""How the work goes, in words that every report shares: how many plans hold, who has answered, each huvudområde."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Aktorslage, Insatslage, Lage
from uppfoljning.facts.plan import Bedomd, Hinder
from uppfoljning.model import Planbedomning
from uppfoljning.model.codes import LATE, PLAN
from uppfoljning.model.underlag import Underlag, ended
from uppfoljning.report.sections.insats import status_view
from uppfoljning.report.views.base import Ankarvy, Statusvy
from uppfoljning.report.views.kvartal import Lagesradvy, Radvy, Saknasvy
from uppfoljning.report.views.parts import Andratvy
from uppfoljning.text.swedish import capitalized, lista, number_word, plural, sentence, shorten
from uppfoljning.words.common import (
    aktor_namn,
    ankare,
    answers_text,
    clean,
    is_part,
    kvartal_text,
    plan_status,
    short_title,
)
from uppfoljning.words.problem import problem_sentence

MAX_TEXT = 105
OWN_WORRY: dict[Planbedomning, str] = {
    "forsenad": "Aktören ser försening",
    "risk_for_forsening": "Aktören ser risk",
}
"""What an aktör's own judgement is called where the derivation says otherwise."""


def late_reason(underlag: Underlag, lage: Lage, b: Bedomd) -> str:
    """Only what makes an insats late or a risk, of all that is said of its plan."""
    if b.plan.overstyrd_av is not None:
        a = next(a for a in b.lage.aktorer if a.aktor == b.plan.overstyrd_av)
        return f"{speaker(underlag, lage, a)}: {sentence(b.plan.overstyrd_skal or '')}"
    reasons = [d.text for d in b.plan.delar if d.bedomning == b.plan.bedomning]
    return " ".join(f"{capitalized(reason)}." for reason in reasons)


def late_row(underlag: Underlag, lage: Lage, b: Bedomd, most: int = MAX_TEXT) -> Radvy:
    """An insats that is late or at risk, with only the reason for that."""
    insats = b.lage.insats
    text = shorten(clean(late_reason(underlag, lage, b)), most)
    return Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status_view(b.lage, b.plan), text)


def speaker(underlag: Underlag, lage: Lage, a: Aktorslage) -> str:
    """Who says what is quoted, with the quarter when it was said for an earlier one."""
    name = aktor_namn(underlag, a.aktor)
    if a.innehall is None or a.innehall.post.target[2] == lage.kvartal:
        return name
    return f"{name} ({kvartal_text(a.innehall.post.target[2])})"


def sees_risk(b: Bedomd) -> bool:
    """Whether an aktör sees a risk or a delay that the derivation doesn't, or has overridden one."""
    if b.plan.bedomning in LATE:
        return False
    return any(a.egen_bedomning in LATE for a in b.lage.aktorer)


def own_worries(underlag: Underlag, lage: Lage, b: Bedomd) -> Iterator[tuple[Aktorslage, str]]:
    """Every aktör that sees a risk or a delay itself, with why, as it says so."""
    for a in b.lage.aktorer:
        if a.egen_bedomning in LATE and a.innehall is not None:
            svar = a.innehall.post.svar
            why = svar.avvikelse or svar.orsak or svar.kommentar or ""
            who = speaker(underlag, lage, a)
            yield a, clean(f"{who}: {sentence(why)}" if why else f"{who}.")


def own_risk(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Radvy]:
    """Insatser where an aktör sees a risk or a delay that the derivation doesn't."""
    rows = []
    for b in current:
        if not sees_risk(b) or ended(b.lage.insats, lage.per) is not None:
            continue
        for a, text in own_worries(underlag, lage, b):
            status = Statusvy("egen_bedomning", OWN_WORRY[a.egen_bedomning or "risk_for_forsening"])
            insats = b.lage.insats
            rows.append(Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status, shorten(text, MAX_TEXT)))
    return rows


MAX_IDS = 12
_TOLD: tuple[tuple[Planbedomning, str, str], ...] = (
    ("enligt_plan", "följer planen", "följer planen"),
    ("risk_for_forsening", "riskerar att försenas", "riskerar att försenas"),
    ("forsenad", "är försenad", "är försenade"),
)
_ALL = {1: "den följer planen", 2: "båda följer planen"}
_HINDER: tuple[tuple[Hinder, str], ...] = (
    ("plan", "för att överenskommelsen inte anger något antal eller datum att mäta mot"),
    ("svar", "för att svar saknas"),
    ("ansvarig", "för att ingen ansvarig är utsedd"),
    ("avbruten", "för att arbetet är avbrutet"),
    ("satt", "för att aktören har satt den bedömningen"),
)


def answers_due(current: Iterable[Insatslage]) -> tuple[int, int, int]:
    """Answers due for the quarter, given, and of these after the last day."""
    due = given = late = 0
    for insats in current:
        for a in insats.aktorer:
            due += a.status != "behovs_inte"
            given += a.har_svarat
            late += a.dagar_sen > 0
    return due, given, late


def plan_lead(current: Sequence[Bedomd]) -> tuple[str, str]:
    """How many plans hold, and why the others can't be judged (empty when all can)."""
    counts: Counter[Planbedomning] = Counter(b.plan.bedomning for b in current)
    judged = len(current) - counts["gar_inte_att_bedoma"]
    whole = plural(len(current), "insats", "insatser")
    if not judged:
        lead = f"Ingen av {whole} går att bedöma mot en plan."
    else:
        told = [
            f"{number_word(counts[code])} {one if counts[code] == 1 else many}"
            for code, one, many in _TOLD
            if counts[code]
        ]
        if counts["enligt_plan"] == judged:
            told = [_ALL.get(judged, f"alla {number_word(judged)} följer planen")]
        elif not counts["forsenad"]:
            told.append("ingen är försenad")
        lead = f"Av {whole} går {number_word(judged)} att bedöma: {lista(told)}."
    unknown = ""
    reasons = _reasons(current)
    if reasons:
        number = counts["gar_inte_att_bedoma"]
        if judged and len(reasons) == 1:
            who = "Den återstående" if number == 1 else f"De andra {number_word(number)}"
            unknown = f"{who} går inte att bedöma, {reasons[0].partition(' ')[2]}."
        else:
            lead_in = f"De andra {number_word(number)} går inte att bedöma" if judged else "Skälen"
            unknown = f"{lead_in}: {lista(reasons)}."
    return lead, unknown


def not_judged(current: Sequence[Bedomd]) -> str:
    """How many plans can't be judged and why, as a sentence that stands alone; empty when all can."""
    reasons = _reasons(current)
    number = sum(b.plan.bedomning == "gar_inte_att_bedoma" for b in current)
    if not number:
        return ""
    text = f"{capitalized(some(number))} går inte att bedöma mot en plan"
    if len(reasons) == 1:
        return f"{text}, {reasons[0].partition(' ')[2]}."
    return f"{text}: {lista(reasons)}."


def _reasons(current: Sequence[Bedomd]) -> list[str]:
    hinder = Counter(b.plan.hinder for b in current if b.plan.bedomning == "gar_inte_att_bedoma")
    return [f"{number_word(hinder[kind])} {text}" for kind, text in _HINDER if hinder[kind]]


def mostly_silent(current: Sequence[Bedomd]) -> bool:
    """Whether so few have answered that a verdict on the whole would mislead: fewer than half of those due by now."""
    due, given, _ = answers_due(b.lage for b in current)
    awaited = any(a.status == "invantas" for b in current for a in b.lage.aktorer)
    return due > 0 and 2 * given < due and not awaited


def lead_sentences(
    current: Sequence[Bedomd], decisions: int, own: int, andrat: Andratvy
) -> tuple[str, tuple[str, ...]]:
    """The lead of page one, and what follows it: what can't be judged, what has turned, answers, risks, questions."""
    lead, unknown = plan_lead(current)
    sentences = [text for text in (unknown, turned(andrat)) if text]
    said = f"{answers_text(*answers_due(b.lage for b in current))}."
    if mostly_silent(current):
        lead, sentences = f"{said} Läget är i stort sett okänt.", [lead, *sentences]
    else:
        sentences.append(said)
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


def turned(andrat: Andratvy) -> str:
    """How many plans have got a worse judgement since the quarter before, and how many a better."""
    if not andrat.sedan:
        return ""
    rows = [row for grupp in andrat.grupper for row in grupp.rader if row.slag == "plan"]
    late = sum(row.till.kod == "forsenad" for row in rows)
    risk = sum(row.till.kod == "risk_for_forsening" and row.fran.kod != "forsenad" for row in rows)
    better = sum(_is_better(row.fran.kod, row.till.kod) for row in rows)
    if not rows:
        return f"Sedan {andrat.sedan} har ingen insats fått en ny bedömning."
    told = []
    if late:
        told.append(f"{some(late)} blivit {'försenad' if late == 1 else 'försenade'}")
    if risk:
        told.append(f"{some(risk)} fått risk för försening")
    if better:
        told.append(f"{some(better)} fått en bättre bedömning")
    if not told:
        return f"Sedan {andrat.sedan} har {some(len(rows))} fått en ny bedömning, men ingen har blivit försenad."
    return f"Sedan {andrat.sedan} har {lista(told)}."


def _is_better(was: str, now: str) -> bool:
    """Whether a late plan is so no longer, or a risk has gone; to become impossible to judge is neither."""
    return (was in LATE and now == "enligt_plan") or (was == "forsenad" and now == "risk_for_forsening")


def some(number: int) -> str:
    """'en insats' or 'tre insatser'."""
    return f"{number_word(number)} {'insats' if number == 1 else 'insatser'}"


def missing(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    """Who owes answers for the quarter and on what, and the insatser that nobody answers for."""
    nobody = [Ankarvy(b.visat_id, ankare(b.lage.insats)) for b in current if not b.lage.aktorer]
    rows = silent(underlag, current)
    return [*rows, Saknasvy("Ingen ansvarig", tuple(nobody), "ingen kan svara")] if nobody else rows


def silent(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    """Who owes answers for the quarter, and on what."""
    by_aktor: dict[str, list[Ankarvy]] = {}
    for b in current:
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                by_aktor.setdefault(a.aktor, []).append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
    return [
        Saknasvy(
            aktor_namn(underlag, aktor),
            tuple(insatser[:MAX_IDS]),
            "aktör ej utsedd" if is_part(underlag, aktor) else "",
            f" och {number_word(len(insatser) - MAX_IDS)} till" if len(insatser) > MAX_IDS else "",
        )
        for aktor, insatser in by_aktor.items()
    ]


def count_text(mine: Sequence[Bedomd]) -> tuple[str, str]:
    """How many insatser there are, and how many of their answers have come: '4 insatser', '3 av 4 svar, ett sent'."""
    due, given, late = answers_due(b.lage for b in mine)
    sent = f", {number_word(late, neuter=True)} sent" if late == 1 else f", {number_word(late)} sena" if late else ""
    return plural(len(mine), "insats", "insatser"), f"{given} av {due} svar{sent}" if due else "inga svar väntas"


def overview(underlag: Underlag, bedomda: Sequence[Bedomd], siffror: Sifferlage) -> list[Lagesradvy]:
    """A row for each huvudområde: how its work goes, and how its problem develops."""
    rows = []
    for huvudomrade in underlag.huvudomraden:
        mine = [b for b in bedomda if b.lage.huvudomrade is huvudomrade and b.lage.aktuell]
        counts = Counter(b.plan.bedomning for b in mine)
        number, answers = count_text(mine)
        rows.append(
            Lagesradvy(
                rubrik=clean(huvudomrade.rubrik),
                ankare=f"huvudomrade-{huvudomrade.id.lower()}",
                antal=number,
                statusar=tuple(plan_status(code, counts[code]) for code in PLAN if counts[code]),
                svar=answers,
                problemet=problem_sentence(siffror, huvudomrade),
            )
        )
    return rows


def overview_sentence(mine: Sequence[Bedomd]) -> str:
    """One sentence on how the work in a huvudområde goes."""
    if not mine:
        return "Inga insatser i kvartalet."
    late = [b.visat_id for b in mine if b.plan.bedomning == "forsenad"]
    risk = [b.visat_id for b in mine if b.plan.bedomning == "risk_for_forsening"]
    good = sum(b.plan.bedomning == "enligt_plan" for b in mine)
    parts = []
    if late:
        parts.append(f"{lista(late)} är {'försenad' if len(late) == 1 else 'försenade'}")
    if risk:
        parts.append(f"{lista(risk)} riskerar att försenas")
    if good:
        parts.append(f"{number_word(good)} följer planen")
    unknown = len(mine) - len(late) - len(risk) - good
    if not parts:
        return "Ingen insats går att bedöma mot en plan."
    if unknown:
        parts.append(f"{number_word(unknown)} går inte att bedöma")
    return f"{capitalized('; '.join(parts))}."
