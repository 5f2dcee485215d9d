"""What the half-yearly report answers at once: what goes well, what does not, what is unsure, what has been done."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.facts.beslut import Fraga
from uppfoljning.facts.events import add_up
from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd, sees_risk
from uppfoljning.model import Forum, Genomforande
from uppfoljning.model.codes import DONE, LATE
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.halvar.forslag import is_for
from uppfoljning.report.sections.rows import deviating_rows, own_risk, silent, status_view
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.kvartal import Radvy, Saknasvy
from uppfoljning.text.swedish import antal, capitalized, datum, fold, lista, number_word, sentence
from uppfoljning.words.beslut import age_text
from uppfoljning.words.codes import GENOMFORANDE, plan_counted
from uppfoljning.words.common import aktor_namn, clean, kvartal_text, needed_by, short_title
from uppfoljning.words.insats import event_name
from uppfoljning.words.lage import halted_counts, not_judged, nothing_deviates, some
from uppfoljning.words.plan import describe
from uppfoljning.words.problem import problem_lead

_PLAIN = Statusvy("", "")
_DONE: Genomforande = "genomford"
_MAX_NAMED = 2
_MAX_REASON = 220


def is_done(b: Bedomd) -> bool:
    """Whether every aktör has reported the insats as done, and nothing that was promised is late."""
    done = bool(b.lage.aktorer) and all(a.genomforande in DONE for a in b.lage.aktorer)
    return done and b.plan.bedomning not in LATE


def going_well(current: Sequence[Bedomd]) -> tuple[str, list[Radvy]]:
    """A sentence on how many plans hold, and those insatser; what is finished without a plan to judge it by as well."""
    kept = [b for b in current if b.plan.bedomning == "enligt_plan"]
    done = [b for b in current if is_done(b) and b.plan.bedomning == "gar_inte_att_bedoma"]
    rows = [_row(b, status_view(b.lage, b.plan), describe(b.plan)) for b in kept if not sees_risk(b)]
    worried = sum(map(sees_risk, kept))
    rows += [_row(b, Statusvy(_DONE, GENOMFORANDE[_DONE]), "") for b in done]
    told = (
        [f"{some(len(kept))} {plan_counted('enligt_plan', len(kept))}{_but_worried(len(kept), worried)}"]
        if kept
        else []
    )
    if done:
        are = "är genomförd" if len(done) == 1 else "är genomförda"
        told.append(f"{number_word(len(done)) if kept else some(len(done))} {are} utan att planen går att bedöma")
    return f"{capitalized(lista(told))}." if told else "Ingen insats kan sägas följa en plan.", rows


def _but_worried(kept: int, worried: int) -> str:
    """That an aktör sees a risk in some of those; they stand under what is unsure."""
    if not worried:
        return ""
    what = "en risk eller en försening"
    return f", men en aktör ser {what}" if kept == 1 else f", men för {number_word(worried)} ser en aktör {what}"


def going_badly(
    underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], changed: Sequence[Radvy] = ()
) -> tuple[str, list[Radvy]]:
    """What is late, at risk, stopped or paused, promises changed without a word, overdue questions, owed answers.

    A question may be overdue on what has ended too.
    """
    current = [b for b in bedomda if b.lage.aktuell]
    late = [b for b in current if b.plan.bedomning in LATE]
    asked = [_overdue_row(lage, b, f) for b in bedomda for f in b.lage.beslut if f.is_overdue(lage.per)]
    owing = [
        Radvy("", s.aktor, "", Statusvy("inget_svar", "Inget svar"), sentence(_named(s, current)))
        for s in silent(underlag, current)
    ]
    delayed = sum(b.plan.bedomning == "forsenad" for b in late)
    risk = len(late) - delayed
    told = [f"{some(delayed)} {plan_counted('forsenad', delayed)}"] if delayed else []
    some_risk = number_word(risk) if delayed else some(risk)
    told += [f"{some_risk} {plan_counted('risk_for_forsening', risk)}"] if risk else []
    told += halted_counts(current, lage.per, after=bool(told))
    lead = [f"{capitalized(lista(told))}." if told else nothing_deviates(current, bool(owing))]
    if asked:
        cases = f"{number_word(len(asked), neuter=True)} beslut"
        lead.append(f"{capitalized(cases)} har inte fattats i tid.")
    if owing:
        who = "en aktör" if len(owing) == 1 else f"{number_word(len(owing))} aktörer"
        lead.append(f"Svar för {kvartal_text(lage.kvartal)} saknas från {who}.")
    rows = deviating_rows(underlag, lage, current, _MAX_REASON)
    return " ".join(text for text in lead if text), [*rows, *changed, *asked, *owing]


def _named(owes: Saknasvy, current: Sequence[Bedomd]) -> str:
    """What an aktör owes answers on: by name where that is short, else by id."""
    if len(owes.insatser) > _MAX_NAMED:
        return _ids(owes)
    titles = {b.visat_id: short_title(b.lage.insats.rubrik) for b in current}
    return lista([f"{i.insats} {titles.get(i.insats, '')}".rstrip() for i in owes.insatser])


def _ids(owes: Saknasvy) -> str:
    ids = [i.insats for i in owes.insatser]
    return f"{', '.join(ids)}{owes.fler}" if owes.fler else lista(ids)


def _overdue_row(lage: Lage, b: Bedomd, fraga: Fraga) -> Radvy:
    who = sentence(f" Beslutas av {fraga.fraga.av}") if fraga.fraga.av else ""
    text = f"{sentence(fraga.fraga.fraga)} {needed_by(fraga.fraga.senast or lage.per, lage.per)}.{who}"
    return _row(b, Statusvy("forfallen", "Beslut saknas"), text)


def unsure(underlag: Underlag, lage: Lage, current: Sequence[Bedomd], siffror: Sifferlage) -> tuple[str, list[Radvy]]:
    """What can't be judged and why, whether the problems change, where an aktör sees a risk, who nobody answers for."""
    rows = own_risk(underlag, lage, current)
    nobody = [b for b in current if not b.lage.aktorer]
    rows += [_row(b, Statusvy("inget_svar", "Ingen ansvarig"), "Ingen kan svara för insatsen.") for b in nobody]
    return " ".join(text for text in (problem_lead(siffror), not_judged(current)) if text), rows


def results(underlag: Underlag, current: Sequence[Bedomd], kvartal: Sequence[Kvartal]) -> list[Radvy]:
    """What was done in some quarters that follow each other, insats by insats."""
    return [_row(b, _PLAIN, text) for b in current if (text := done_text(underlag, b, kvartal))]


def done_text(underlag: Underlag, b: Bedomd, kvartal: Sequence[Kvartal]) -> str:
    """What was done, as reported: counts by the aktör that counts, and milestones reached under the agreement."""
    titles = {m.id: m.rubrik for m in b.lage.insats.moment}
    told = _counts(underlag, b, set(kvartal))
    told += [
        f"klart {datum(k.datum)}: {titles[k.moment]}"
        for k in b.lage.klara.values()
        if k.kvartal in kvartal and k.datum >= underlag.overenskommelse.giltig_fran and k.moment in titles
    ]
    return clean(sentence(capitalized("; ".join(told)))) if told else ""


def _counts(underlag: Underlag, b: Bedomd, within: set[Kvartal]) -> list[str]:
    """What has been counted, by kind: of what is counted for the plan only the figures of the one who counts."""
    counter, unit = b.lage.raknare, b.lage.enhet
    mine = [h for h in b.lage.handelser if h.kvartal in within]
    own = {h.enhet for h in mine if h.aktor == counter} | ({(fold(unit), True)} if unit is not None else set())
    told = [h for h in mine if counter is None or h.aktor == counter or h.enhet not in own]
    names = {h.enhet: event_name(h) for h in reversed(told)}
    sums = add_up(told, lambda h: ("" if h.aktor == counter else aktor_namn(underlag, h.aktor), h.enhet))
    return [f"{f'{who}, ' if who else ''}{names[key]}: {antal(found.antal)}" for (who, key), found in sums.items()]


def other_decisions(lage: Lage, bedomda: Sequence[Bedomd], forum: Forum | None) -> list[Radvy]:
    """The open questions that somebody else is to decide."""
    rows = []
    for b in bedomda:
        for f in b.lage.beslut:
            if forum is not None and is_for(f, forum):
                continue
            who = sentence(f"Beslutas av {f.fraga.av}") if f.fraga.av else "Vem som beslutar anges inte."
            last = f" {needed_by(f.fraga.senast, lage.per)}." if f.fraga.senast is not None else ""
            age = f" {age_text(f, lage.per)}." if f.alder(lage.per) else ""
            status = Statusvy("forfallen", "Försenat beslut") if f.is_overdue(lage.per) else Statusvy("oppen", "Öppen")
            rows.append(_row(b, status, f"{sentence(f.fraga.fraga)} {who}{last}{age}"))
    return rows


def _row(b: Bedomd, status: Statusvy, text: str) -> Radvy:
    insats = b.lage.insats
    return Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status, clean(text))
