"""Why a plan holds or doesn't, in words: every reason once, and what remains of a count."""

from __future__ import annotations

from collections.abc import Mapping

from uppfoljning.facts.plan import Planlage
from uppfoljning.facts.verdict import Del, Matt, Omatt
from uppfoljning.model import Frekvensperiod
from uppfoljning.text.swedish import antal, capitalized, dag_manad, datum, lista, number_word
from uppfoljning.words.codes import GRANS, ONE_PERIOD, PER_YEAR, PLAN

_OMATT: Mapping[Omatt, str] = {
    "moment": "momentet har inget datum",
    "frekvens": "det står inte hur många gånger",
    "frekvens_i_ord": "hur ofta anges bara i ord",
    "malsattning": "målet anges inte i antal",
}


def describe(plan: Planlage) -> str:
    """The verdict's reasons as sentences; first those of an earlier verdict that still stands for want of an answer."""
    text = " ".join(f"{capitalized(part_text(d))}." for d in plan.delar)
    return f"{PLAN[plan.bedomning]} {still_standing(plan)} {text}" if plan.kvarstar is not None else text


def still_standing(plan: Planlage) -> str:
    """By which earlier quarter's answer a plan is late or at risk, that none has come since, and why it was."""
    if plan.kvarstar is None:
        return ""
    why = "".join(f" {capitalized(part_text(d))}." for d in plan.delar_da)
    return f"enligt svaret för kvartal {plan.kvarstar.nr} {plan.kvarstar.ar}, inget nytt svar.{why}"


def part_text(d: Del) -> str:
    """Why one commitment is judged as it is, without a final full stop."""
    last = datum(d.frist) if d.frist is not None else ""
    rubrik = d.moment.rubrik if d.moment is not None else ""
    match d.kod:
        case "ingen_ansvarig":
            return "Ingen ansvarig är utsedd, så ingen kan svara"
        case "arbetet_avbrutet":
            return "Insatsen är avbruten"
        case "inget_att_mata":
            why = lista([_OMATT[kind] for kind in d.omatt]) or "varken mål, antal eller datum anges"
            return f"Inget antal eller datum att mäta mot: {why}"
        case "obesvarad":
            return "Inget svar har lämnats"
        case "arbetet_pausat":
            return "Arbetet är pausat"
        case "moment_klart":
            return f"{rubrik}: klart {datum(d.klart) if d.klart is not None else ''}{_too_late(d)}"
        case "moment_obesvarat":
            return f"{rubrik}: skulle vara klart senast {last}, och inget svar säger ännu om det är klart"
        case "moment_forsenat":
            return f"{rubrik}: skulle vara klart senast {last}, men är inte rapporterat klart"
        case "moment_framat":
            return f"{rubrik}: ska vara klart senast {last}"
        case "start_passerad":
            return f"Skulle ha startat {d.start} men är inte påbörjad"
        case "start_obesvarad":
            return f"Skulle ha startat {d.start}; inget svar säger om det har börjat"
        case "antal":
            return _count_text(d.matt) if d.matt is not None else ""


def _too_late(d: Del) -> str:
    """That a milestone was reached after its last day."""
    last = d.moment.senast if d.moment is not None else None
    if d.klart is None or last is None or d.klart <= last.till:
        return ""
    return f", efter sista dagen {datum(last.till)}"


def _count_text(matt: Matt) -> str:
    """A count beside what is agreed: 'Trygghetsvandringar under 2022: 1 av 3; två återstår utan datum'."""
    when = f"under {matt.ar}" if matt.ar is not None else f"senast {datum(matt.slut)}"
    text = f"{capitalized(matt.enhet)} {when}: {so_many(matt)}"
    match matt.kod:
        case "natt":
            if matt.per in _SHORT:
                return f"{text}{_each(matt)}"
            what = "årets antal" if matt.ar is not None else "målet"
            return f"{text}, {what} är nått{', men efter sista dagen' if matt.for_sent else ''}"
        case "del_av_ar":
            limit = f"; {GRANS[matt.grans.slag]} {dag_manad(matt.grans.dag)}" if matt.grans is not None else ""
            lacking = f"; {_lacking(matt)}" if matt.saknade else ""
            return f"{text} {PER_YEAR[matt.per or 'ar']}{limit}{lacking}"
        case "svar_saknas":
            return f"{text} rapporterade; {_lacking(matt)}"
        case "tiden_slut":
            return f"{text}; {'tiden är slut' if matt.ar is not None else 'tiden är ute'}"
        case "efter_takten":
            each, one = number_word(matt.takt), ONE_PERIOD[matt.per or "ar"]
            return f"{text}; {number_word(matt.efter)} saknas: det ska vara {each} i {one}"
        case "hinner_knappt":
            return f"{text}; {_remains(matt)}, med {matt.dagar} dagar kvar"
        case "pa_vag":
            return f"{text}; {_remains(matt)}" if matt.per == "ar" else f"{text}{_each(matt)}"


def _each(matt: Matt) -> str:
    """How a quarter that has its own number went: '; kvartal 4: 15 av minst 20'."""
    if matt.senast is None:
        return ""
    kvartal, number = matt.senast
    return f"; kvartal {kvartal.nr}: {antal(number)} av {'minst ' if matt.minst else ''}{antal(matt.takt)}"


def so_many(matt: Matt) -> str:
    """A count beside what is agreed: '20 av minst 12'."""
    return f"{antal(matt.klara)} av {'minst ' if matt.minst else ''}{antal(matt.av)}"


def aim_met(insats: str, matt: Matt) -> str:
    """That an aim is reached: 'Målet är nått för TOM-5: 7 av 6 trygghetsvandringar'."""
    late = ", men efter sista dagen" if matt.for_sent else ""
    return f"Målet är nått för {insats}: {so_many(matt)} {matt.enhet}{late}"


def rest_text(matt: Matt) -> str:
    """What remains of a count, as a point of its own; empty when it is reached."""
    number = number_word(matt.kvar)
    match matt.kod:
        case "natt" | "del_av_ar":
            return ""
        case "svar_saknas":
            return f"{number} är inte {'rapporterad' if matt.kvar == 1 else 'rapporterade'}"
        case "tiden_slut":
            return f"{number} saknas från {matt.ar}" if matt.ar is not None else f"{number} saknas"
        case "efter_takten":
            late = number_word(matt.efter)
            done = "gjord" if matt.efter == 1 else "gjorda"
            return f"{number} återstår {matt.ar}, varav {late} redan borde vara {done}"
        case "hinner_knappt" | "pa_vag":
            if matt.per in _SHORT:
                return f"{number} återstår {matt.ar}"
            return _remains(matt)


_SHORT: frozenset[Frekvensperiod] = frozenset({"kvartal", "manad"})
"""Where a month or a quarter is counted, what is planned of the year's rest says little."""


def _lacking(matt: Matt) -> str:
    """'svar saknas för kvartal 3 2022', or that it is still awaited."""
    named = lista([f"kvartal {q.nr} {q.ar}" for q in matt.saknade])
    return f"svar {'väntas' if matt.vantas and len(matt.saknade) == 1 else 'saknas'} för {named}"


def _remains(matt: Matt) -> str:
    """'två återstår utan datum', 'en återstår, planerad 3 maj 2022', or how many of them have a date."""
    words = f"{number_word(matt.kvar)} återstår"
    if not matt.planerade:
        return f"{words} utan datum"
    shown, planned = lista([datum(day) for day in matt.planerade]), len(matt.planerade)
    if planned == matt.kvar:
        return f"{words}, planerad {shown}" if matt.kvar == 1 else f"{words}, planerade {shown}"
    undated = number_word(matt.kvar - planned)
    return f"{words}: {number_word(planned)} planerad {shown}, {undated} utan datum"
