"""Page one: what is late, who has not answered, what needs a decision, which dates lie ahead. It answers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from uppfoljning.model import Planbedomning
from uppfoljning.period import Halvar
from uppfoljning.plan import Hinder, Planlage
from uppfoljning.report.insats import disagreements, status_view
from uppfoljning.report.view import (
    Ankarvy,
    Beslutvy,
    Datumvy,
    Forstasidavy,
    Lagesradvy,
    Radvy,
    Saknasvy,
    Statusvy,
)
from uppfoljning.report.words import (
    aktor_namn,
    ankare,
    clean,
    has_answered,
    is_part,
    kvartal_text,
    plan_status,
)
from uppfoljning.state import Insatslage, Lage
from uppfoljning.swedish import capitalized, datum, lista, number_word, plural, sentence, shorten
from uppfoljning.terms import PLAN
from uppfoljning.underlag import Underlag, shown_id

MAX_LATE = 6
MAX_OWN = 4
MAX_CHANGED = 4
MAX_DECISIONS = 5
MAX_DATES = 6
MAX_TEXT = 150

_TOLD: tuple[tuple[Planbedomning, str, str], ...] = (
    ("enligt_plan", "följer planen", "följer planen"),
    ("risk_for_forsening", "riskerar att försenas", "riskerar att försenas"),
    ("forsenad", "är försenad", "är försenade"),
)
_HINDER: tuple[tuple[Hinder, str], ...] = (
    ("plan", "för att överenskommelsen saknar mål eller tid"),
    ("svar", "för att svar saknas"),
    ("ansvarig", "för att ingen ansvarig är utsedd"),
    ("avbruten", "för att arbetet är avbrutet"),
)


@dataclass(frozen=True, slots=True)
class Bedomd:
    """An insats with its plan."""

    lage: Insatslage
    plan: Planlage

    @property
    def visat_id(self) -> str:
        """The id as shown."""
        return shown_id(self.lage.huvudomrade, self.lage.insats.id)


def first_page(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd]) -> Forstasidavy:
    """The view of page one."""
    current = [b for b in bedomda if b.lage.aktuell]
    beslut = _decisions(underlag, lage, current)
    late = [b for b in current if b.plan.bedomning in {"forsenad", "risk_for_forsening"}]
    late.sort(key=lambda b: b.plan.bedomning != "forsenad")
    own = _own_risk(underlag, current)
    changed = _changed(underlag, lage, current)
    lead, sentences = _lead(lage, current, len(beslut), len(own))
    return Forstasidavy(
        huvudmening=lead,
        meningar=sentences,
        beslut=tuple(beslut[:MAX_DECISIONS]),
        beslut_fler=_more(len(beslut) - MAX_DECISIONS),
        andrat=tuple(changed[:MAX_CHANGED]),
        andrat_fler=_more(len(changed) - MAX_CHANGED),
        sent=tuple(_late_row(underlag, b) for b in late[:MAX_LATE]),
        sent_fler=_more(len(late) - MAX_LATE),
        aktorens_risk=tuple(own[:MAX_OWN]),
        aktorens_risk_fler=_more(len(own) - MAX_OWN),
        saknas=tuple(_missing(underlag, current)),
        datum=tuple(_dates(underlag, lage, current)),
        lage=tuple(_overview(underlag, bedomda)),
    )


def _more(hidden: int) -> str:
    if hidden <= 0:
        return ""
    return f"Ytterligare {number_word(hidden)} står under sitt huvudområde."


def _late_row(underlag: Underlag, b: Bedomd) -> Radvy:
    """An insats that is late or at risk, with only the reason for that."""
    if b.plan.overstyrd_av is not None:
        text = f"{aktor_namn(underlag, b.plan.overstyrd_av)}: {sentence(b.plan.overstyrd_skal or '')}"
    else:
        reasons = [d.text for d in b.plan.delar if d.bedomning == b.plan.bedomning]
        text = " ".join(f"{capitalized(reason)}." for reason in reasons)
    insats = b.lage.insats
    return Radvy(
        b.visat_id, clean(insats.rubrik), ankare(insats), status_view(b.lage, b.plan), shorten(clean(text), MAX_TEXT)
    )


def answers_due(current: Iterable[Bedomd]) -> tuple[int, int, int]:
    """Answers due for the quarter, given, and of these after the last day."""
    due = given = late = 0
    for b in current:
        for a in b.lage.aktorer:
            due += a.status != "behovs_inte"
            given += has_answered(a)
            late += a.dagar_sen > 0
    return due, given, late


def _lead(lage: Lage, current: Sequence[Bedomd], decisions: int, own: int) -> tuple[str, tuple[str, ...]]:
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
            told = [f"alla {number_word(judged)} följer planen"] if judged > 1 else ["den följer planen"]
        elif not counts["forsenad"]:
            told.append("ingen är försenad")
        lead = f"Av {whole} går {number_word(judged)} att bedöma: {lista(told)}."
    sentences = []
    hinder = Counter(b.plan.hinder for b in current if b.plan.bedomning == "gar_inte_att_bedoma")
    reasons = [f"{number_word(hinder[kind])} {text}" for kind, text in _HINDER if hinder[kind]]
    if reasons:
        unknown = f"De andra {number_word(counts['gar_inte_att_bedoma'])} går inte att bedöma: " if judged else ""
        sentences.append(f"{capitalized(unknown + lista(reasons))}.")
    due, given, late = answers_due(current)
    text = f"{given} av {due} svar har kommit"
    if late:
        text += f", varav {number_word(late, neuter=True)} efter sista svarsdag"
    sentences.append(f"{text}.")
    if own:
        sentences.append(
            f"I {number_word(own, neuter=True)} fall ser aktören själv en risk som inte syns i datum och antal."
        )
    if decisions:
        one = decisions == 1
        sentences.append(
            f"{capitalized(number_word(decisions))} {'fråga behöver' if one else 'frågor behöver'} ett beslut."
        )
    sentences.append("Statistik ingår inte ännu.")
    return lead, tuple(sentences)


def _decisions(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Beslutvy]:
    found = []
    for b in current:
        for post in b.lage.beslut:
            asked = post.svar.beslut_behovs
            if asked is None:
                continue
            terms = []
            if asked.av:
                terms.append(f"Beslutas av {asked.av}.")
            if asked.senast and asked.senast < lage.per:
                terms.append(f"Behövdes senast {datum(asked.senast)}; inget beslut är registrerat.")
            elif asked.senast:
                terms.append(f"Behövs senast {datum(asked.senast)}.")
            if post.target[2] < lage.kvartal:
                terms.append(f"Ställd för {kvartal_text(post.target[2])}.")
            view = Beslutvy(
                fraga=shorten(clean(asked.fraga), 2 * MAX_TEXT),
                insats=b.visat_id,
                rubrik=clean(b.lage.insats.rubrik),
                ankare=ankare(b.lage.insats),
                aktor=aktor_namn(underlag, post.aktor),
                villkor=clean(" ".join(terms)),
            )
            found.append((asked.senast or date.max, view))
    return [view for _, view in sorted(found, key=lambda pair: pair[0])]


def _own_risk(underlag: Underlag, current: Sequence[Bedomd]) -> list[Radvy]:
    """Insatser where an aktör sees a risk or a delay that the derivation doesn't."""
    rows = []
    for b in current:
        if not _sees_risk(b):
            continue
        for a in b.lage.aktorer:
            if a.egen_bedomning in {"forsenad", "risk_for_forsening"} and a.innehall is not None:
                svar = a.innehall.post.svar
                why = svar.avvikelse or svar.orsak or svar.kommentar or ""
                who = aktor_namn(underlag, a.aktor)
                status = Statusvy(
                    "egen_bedomning", f"Aktören: {'risk' if a.egen_bedomning == 'risk_for_forsening' else 'försenad'}"
                )
                text = shorten(clean(f"{who}: {sentence(why)}"), MAX_TEXT) if why else f"{who}."
                rows.append(Radvy(b.visat_id, clean(b.lage.insats.rubrik), ankare(b.lage.insats), status, text))
    return rows


def _changed(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Radvy]:
    """What happened in the quarter itself: revisions, milestones reached, disagreements."""
    rows = []
    for b in current:
        insats, first, last = b.lage.insats, lage.kvartal.start, lage.kvartal.slut
        words = {"tillkommen": "Ny insats", "reviderad": "Reviderad", "ersatt": "Ersatt", "avslutad": "Avslutad"}
        for change in insats.historik:
            if first <= change.datum <= last:
                text = change.andring or change.skal
                status = Statusvy("andrad", words[change.handelse])
                short = shorten(clean(sentence(text)), MAX_TEXT)
                rows.append(Radvy(b.visat_id, clean(insats.rubrik), ankare(insats), status, short))
        moment = {m.id: m.rubrik for m in insats.moment}
        for klart in b.lage.klara.values():
            if first <= klart.datum <= last and klart.moment in moment:
                text = f"{moment[klart.moment]} {datum(klart.datum)}."
                rows.append(
                    Radvy(b.visat_id, clean(insats.rubrik), ankare(insats), Statusvy("andrad", "Klart"), clean(text))
                )
        rows += [
            Radvy(b.visat_id, clean(insats.rubrik), ankare(insats), Statusvy("oenighet", "Olika svar"), text)
            for text in disagreements(underlag, lage, b.lage)
        ]
    return rows


def _missing(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    by_aktor: dict[str, list[Ankarvy]] = {}
    nobody = []
    for b in current:
        if not b.lage.aktorer:
            nobody.append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                by_aktor.setdefault(a.aktor, []).append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
    rows = [
        Saknasvy(aktor_namn(underlag, aktor), tuple(insatser), "aktör ej utsedd" if is_part(underlag, aktor) else "")
        for aktor, insatser in by_aktor.items()
    ]
    if nobody:
        rows.append(Saknasvy("Ingen ansvarig", tuple(nobody), "ingen kan svara"))
    return rows


def _dates(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Datumvy]:
    fixed, undated = _agreed_dates(underlag, lage)
    planned: list[tuple[date, str]] = []
    for b in current:
        for a in b.lage.aktorer:
            events = a.innehall.post.svar.planerat if a.innehall is not None else ()
            planned += [(p.datum, f"{p.vad} ({b.visat_id})") for p in events if p.datum > lage.per]
        for moment in b.lage.insats.moment:
            if moment.senast is not None and moment.id not in b.lage.klara and moment.senast.till > lage.per:
                planned.append((moment.senast.till, f"{moment.rubrik}, senast ({b.visat_id})"))
    room = max(MAX_DATES - len(fixed) - len(undated), 2)
    rows = sorted({*fixed, *sorted(set(planned))[:room]})
    dated = [Datumvy(datum(day), clean(capitalized(text))) for day, text in rows]
    return [*dated, *(Datumvy("Inget datum satt", clean(capitalized(text))) for text in undated)]


def _agreed_dates(underlag: Underlag, lage: Lage) -> tuple[list[tuple[date, str]], list[str]]:
    """Dates ahead that the agreement itself sets, and those it should have set."""
    avtal = underlag.overenskommelse
    forum = {f.id: f.namn for f in avtal.forum}
    dated: list[tuple[date, str]] = []
    undated: list[str] = []
    upcoming = next((q for q in underlag.kvartal() if q > lage.kvartal and underlag.sista_svarsdag(q) > lage.per), None)
    if upcoming is not None:
        dated.append((underlag.sista_svarsdag(upcoming), f"sista svarsdag för {kvartal_text(upcoming)}"))
    for mote in avtal.kalender.moten:
        who = f", {forum[mote.forum]}" if mote.forum in forum else ""
        dated.append((mote.datum, f"{mote.rubrik}{who}"))
    for redovisning in avtal.kalender.redovisningar:
        names = lista([forum[f] for f in redovisning.forum if f in forum])
        text = f"redovisning av halvår {redovisning.halvar.nr} {redovisning.halvar.ar} för {names}"
        if redovisning.datum is not None:
            dated.append((redovisning.datum, text))
        elif redovisning.halvar == Halvar.of(lage.kvartal.start):
            undated.append(text)
    if avtal.forlangning is not None:
        dated.append((avtal.forlangning.samrad_senast, "sista dag för samråd om förlängning"))
    dated.append((avtal.giltig_till, "överenskommelsen löper ut"))
    return [(day, text) for day, text in dated if day > lage.per], undated


def _overview(underlag: Underlag, bedomda: Sequence[Bedomd]) -> list[Lagesradvy]:
    rows = []
    for huvudomrade in underlag.huvudomraden:
        mine = [b for b in bedomda if b.lage.huvudomrade is huvudomrade and b.lage.aktuell]
        counts = Counter(b.plan.bedomning for b in mine)
        due, given, late = answers_due(mine)
        sent = (
            f", {number_word(late, neuter=True)} sent" if late == 1 else f", {number_word(late)} sena" if late else ""
        )
        rows.append(
            Lagesradvy(
                rubrik=clean(huvudomrade.rubrik),
                ankare=f"huvudomrade-{huvudomrade.id.lower()}",
                antal=plural(len(mine), "insats", "insatser"),
                statusar=tuple(plan_status(code, counts[code]) for code in PLAN if counts[code]),
                svar=f"{given} av {due} svar{sent}" if due else "Inga svar väntas",
                text=_attention(mine),
            )
        )
    return rows


def _attention(mine: Sequence[Bedomd]) -> str:
    """Which insatser in a huvudområde to look at, by id."""
    parts = []
    for code, label in (("forsenad", "Försenad"), ("risk_for_forsening", "Risk")):
        ids = [b.visat_id for b in mine if b.plan.bedomning == code]
        if ids:
            parts.append(f"{label}: {', '.join(ids)}.")
    own = [b.visat_id for b in mine if _sees_risk(b)]
    if own:
        parts.append(f"Aktören ser risk: {', '.join(own)}.")
    return " ".join(parts) or "Ingen försenad, ingen risk."


def _sees_risk(b: Bedomd) -> bool:
    """Whether an aktör sees a risk or a delay that the derivation doesn't."""
    if b.plan.bedomning in {"forsenad", "risk_for_forsening"}:
        return False
    return any(a.egen_bedomning in {"forsenad", "risk_for_forsening"} for a in b.lage.aktorer)


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
