"""The view of one insats: its plan in words, and every aktör's answer."""

from __future__ import annotations

from uppfoljning.model import Frekvens, Insats, Malsattning, Svar
from uppfoljning.oenighet import find_oenighet
from uppfoljning.plan import Planlage, Utgangen, describe
from uppfoljning.report.beslutsord import question_text, settled_text
from uppfoljning.report.grundvy import Faktavy, Statusvy
from uppfoljning.report.view import Insatsvy, Svarvy
from uppfoljning.report.words import (
    SVAR,
    aktor_namn,
    ankare,
    clean,
    is_part,
    kvartal_text,
    paragraphs,
    plan_status,
)
from uppfoljning.state import Aktorslage, Gallande, Handelse, Insatslage, Lage
from uppfoljning.swedish import antal, capitalized, dag_manad, datum, lista, number_word, ordinal, sentence
from uppfoljning.terms import GENOMFORANDE, LATE, PLAN
from uppfoljning.underlag import Underlag, counted_by, counted_unit, shown_id

_PER = {"ar": "år", "kvartal": "kvartal", "manad": "månad"}
_LONG = 1200
_SAID: dict[str, dict[str, str]] = {
    "genomforande": dict(GENOMFORANDE.items()),
    "egen_bedomning": dict(PLAN.items()),
}
_TAKT = {"dagligen": "dagligen", "lopande": "löpande", "aterkommande": "återkommande"}


def insats_view(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> Insatsvy:
    """The view of one insats."""
    insats = insats_lage.insats
    return Insatsvy(
        insats=shown_id(insats_lage.huvudomrade, insats.id),
        ankare=ankare(insats),
        rubrik=clean(insats.rubrik),
        status=status_view(insats_lage, plan),
        bedomning=plan_text(underlag, lage, insats_lage, plan),
        flaggor=flags(underlag, lage, insats_lage, plan),
        beskrivning=clean(insats.beskrivning),
        fakta=_facts(underlag, insats_lage),
        historik=history(underlag, lage, insats_lage),
        oenighet=disagreements(underlag, lage, insats_lage),
        svar=tuple(_answer(underlag, lage, insats_lage, a) for a in insats_lage.aktorer),
        beslut=tuple(question_text(underlag, lage, f) for f in insats_lage.beslut),
        avgjort=tuple(settled_text(underlag, f) for f in insats_lage.fragor if not f.oppen),
    )


def status_view(insats_lage: Insatslage, plan: Planlage) -> Statusvy:
    """The plan status, or that the insats isn't part of the quarter."""
    if insats_lage.aktuell:
        return plan_status(plan.bedomning)
    return Statusvy("inte_aktuell", "Inte aktuell i kvartalet")


def plan_text(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> str:
    """Why the status is what it is."""
    if not insats_lage.aktuell:
        return "Insatsen ingår inte i kvartalet."
    text = " ".join((describe(plan), *(_lapsed(underlag, found) for found in plan.utgangna)))
    if plan.overstyrd_av is None:
        return clean(text)
    who = f"{aktor_namn(underlag, plan.overstyrd_av)} har själv satt bedömningen{_said_for(lage, plan)}"
    reason, derived = sentence(plan.overstyrd_skal or ""), PLAN[plan.harledd].lower()
    return clean(f"{who}: {reason} Enligt datum och antal: {derived}. {text}")


def _said_for(lage: Lage, plan: Planlage) -> str:
    """' i svaret för kvartal 2 2022' where an override stands in an earlier quarter's answer."""
    given = plan.overstyrd_kvartal
    return f" i svaret för {kvartal_text(given)}" if given is not None and given != lage.kvartal else ""


def _lapsed(underlag: Underlag, found: Utgangen) -> str:
    """That an override no longer holds, and why."""
    who, day = aktor_namn(underlag, found.aktor), datum(found.frist)
    return (
        f"Bedömningen som {who} satte i svaret för {kvartal_text(found.kvartal)} ({PLAN[found.plan].lower()}) har gått "
        f"ut: dagen den gällde, {day}, har passerat."
    )


def flags(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> tuple[str, ...]:
    """What qualifies the status: missing answers and how old the last are, an override, an aktör who sees a risk."""
    due = [a for a in insats_lage.aktorer if a.status != "behovs_inte"]
    missing = [a for a in due if a.status == "inget_svar"]
    seen = []
    if plan.overstyrd_av is not None and plan.harledd in LATE and plan.bedomning not in LATE:
        who = f"{aktor_namn(underlag, plan.overstyrd_av)}{_said_for(lage, plan)}"
        seen.append(f"Satt av {who}; härlett: {PLAN[plan.harledd].lower()}.")
    if plan.bedomning == "enligt_plan":
        for a in insats_lage.aktorer:
            if a.egen_bedomning in LATE:
                seen.append(f"{aktor_namn(underlag, a.aktor)} ser {PLAN[a.egen_bedomning].lower()}.")
    if not missing:
        return tuple(seen)
    if len(due) == 1:
        text = "Svar saknas"
    elif len(missing) == len(due):
        text = "Båda svaren saknas" if len(due) == 2 else "Alla svar saknas"
    else:
        names = lista([aktor_namn(underlag, a.aktor) for a in missing])
        number = capitalized(number_word(len(missing), neuter=True))
        text = f"{number} av {number_word(len(due))} svar saknas: {names}"
    latest = [a.innehall.post.target[2] for a in insats_lage.aktorer if a.innehall is not None]
    if len(missing) == len(due) and latest:
        text += f"; det senaste gäller {kvartal_text(max(latest))}"
    return (f"{text}.", *seen)


def frekvens_text(frekvens: Frekvens) -> str:
    """How often, as agreed: '3 per år', 'dagligen (dagliga rapporter från polisen)'."""
    words = []
    if frekvens.antal is not None and frekvens.per is not None:
        words.append(f"{antal(frekvens.antal)} per {_PER[frekvens.per]}")
    elif frekvens.takt is not None:
        words.append(_TAKT[frekvens.takt])
    if frekvens.ord is not None:
        words.append(frekvens.ord if not words else f"({frekvens.ord})")
    return " ".join(words)


def mal_text(mal: Malsattning) -> str:
    """The aim, without where it starts from: '6 trygghetsvandringar', 'antalet poliser (ska öka)'."""
    words = []
    if mal.antal is not None:
        words.append(f"{antal(mal.antal)} {mal.enhet}" + (f" senast {mal.senast.text}" if mal.senast else ""))
    if mal.riktning is not None:
        words.append(f"({'ska öka' if mal.riktning == 'oka' else 'ska minska'})")
    if mal.ord is not None:
        words.insert(0, mal.ord)
    return " ".join(words)


def _ansvariga_text(underlag: Underlag, insats: Insats) -> str:
    if not insats.ansvariga:
        return "ingen utsedd"
    names = []
    for ansvarig in insats.ansvariga:
        name = aktor_namn(underlag, ansvarig.aktor)
        names.append(f"{name} (aktör ej utsedd)" if is_part(underlag, ansvarig.aktor) else name)
    return lista(names)


def _facts(underlag: Underlag, insats_lage: Insatslage) -> tuple[Faktavy, ...]:
    insats = insats_lage.insats
    rows = [("Ansvarig" if len(insats.ansvariga) < 2 else "Ansvariga", _ansvariga_text(underlag, insats))]
    if insats.samverkanspartner:
        rows.append(("Med", lista([aktor_namn(underlag, p) for p in insats.samverkanspartner])))
    if insats.start is not None:
        rows.append(("Start", insats.start.text))
    if insats.frekvens is not None:
        rows.append(("Hur ofta", frekvens_text(insats.frekvens)))
    for moment in insats.moment:
        when = f"senast {moment.senast.text}" if moment.senast is not None else "inget datum satt"
        rows.append(("Moment", f"{moment.rubrik}, {when}"))
    if insats.malsattning is not None:
        text, before = mal_text(insats.malsattning), insats.malsattning.utgangslage
        rows.append(("Mål", f"{text}. Utgångsläge: {before}" if before else text))
    hittills = so_far(insats_lage, counted_by(insats))
    if hittills:
        rows.append(("Hittills", hittills))
    tolkningar = [
        *insats.tolkning,
        *(a.tolkning for a in insats.ansvariga if a.tolkning),
        *(m.tolkning for m in insats.moment if m.tolkning),
    ]
    rows += [("Tolkning", text.rstrip(".")) for text in tolkningar]
    if insats.korsreferenser:
        huvud = {i.id: h for h, i, _ in underlag.insatser()}
        shown = [shown_id(huvud[r], r) for r in insats.korsreferenser if r in huvud]
        rows.append(("Se även", lista(shown)))
    punkt = f", {ordinal(insats.kalla.punkt)} punkten" if insats.kalla.punkt else ""
    rows.append(("Källa", f"{insats.kalla.avsnitt}{punkt}"))
    return tuple(Faktavy(label, clean(capitalized(text))) for label, text in rows)


def so_far(insats_lage: Insatslage, aktor: str | None) -> str:
    """What an aktör has reported up to now, of what no plan counts: '12 möten'."""
    if counted_unit(insats_lage.insats) is not None:
        return ""
    return lista([f"{antal(number)} {unit}" for unit, number in insats_lage.reported_by(aktor).items()])


def history(underlag: Underlag, lage: Lage, insats_lage: Insatslage) -> tuple[str, ...]:
    """What has changed in the insats itself, and which answers have been corrected."""
    words = {"tillkommen": "Tillkom", "reviderad": "Reviderad", "ersatt": "Ersatt", "avslutad": "Avslutad"}
    huvud = {i.id: h for h, i, _ in underlag.insatser()}
    lines = []
    for change in insats_lage.insats.historik:
        if change.datum > lage.kvartal.slut:
            continue
        line = ("(Påhittat exempel) " if change.exempel else "") + f"{words[change.handelse]} {datum(change.datum)}"
        if change.ersatt_av:
            line += f" av {shown_id(huvud[change.ersatt_av], change.ersatt_av)}"
        if change.andring:
            line += f": {sentence(change.andring)} Skäl: {sentence(change.skal)}"
        else:
            line += f". Skäl: {sentence(change.skal)}"
        lines.append(clean(line))
    for gallande in insats_lage.rattade:
        rattar = gallande.post.svar.rattar
        if rattar is not None:
            name = aktor_namn(underlag, gallande.post.aktor)
            lines.append(
                clean(
                    f"{name} rättade {datum(gallande.post.lamnad)} sitt svar för {kvartal_text(rattar.kvartal)}: "
                    f"{sentence(rattar.skal)}"
                )
            )
    return tuple(lines)


def disagreements(underlag: Underlag, lage: Lage, insats_lage: Insatslage) -> tuple[str, ...]:
    """Where the aktörer say different things: how far the work has come, whether the plan holds, or a count."""
    lines = []
    for found in find_oenighet(insats_lage, lage.kvartal):
        said = [(aktor_namn(underlag, aktor), value) for aktor, value in found.sagt]
        if found.slag == "antal":
            told = lista([f"{name} anger {antal(int(number))}" for name, number in said])
            used = f" Antalet från {aktor_namn(underlag, found.galler)} gäller." if found.galler else ""
            lines.append(f"{told} {found.enhet} för {kvartal_text(lage.kvartal)}.{used}")
        else:
            words = _SAID[found.slag]
            lines.append(f"{lista([f'{name} svarar ”{words[value].lower()}”' for name, value in said])}.")
    return tuple(clean(line) for line in lines)


def _answer(underlag: Underlag, lage: Lage, insats_lage: Insatslage, a: Aktorslage) -> Svarvy:
    shown = a.svar if a.svar is not None and a.svar.post.svar.genomforande is not None else a.innehall
    svar = shown.post.svar if shown is not None else None
    own = next(x for x in insats_lage.insats.ansvariga if x.aktor == a.aktor)
    intern = a.svar.post.svar.intern if a.svar is not None else None
    age = _age(lage, a, shown)
    said = []
    if svar is not None and svar.genomforande:
        said.append(GENOMFORANDE[svar.genomforande])
    if svar is not None and svar.egen_bedomning:
        said.append(f"egen bedömning: {PLAN[svar.egen_bedomning].lower()}")
    stycken = _texts(insats_lage, a, svar, shown)
    return Svarvy(
        aktor=aktor_namn(underlag, a.aktor),
        atagande=clean(own.atagande or ""),
        status=Statusvy(a.status if not a.dagar_sen else "sen", SVAR[a.status]),
        inlamnat=_given(lage, a),
        alder=f"{age}: {', '.join(said).lower()}" if age and said else age,
        laget="" if age else " · ".join(said),
        nytt=_news(a, svar),
        stycken=stycken,
        intern=clean(intern or ""),
        lang=sum(len(f.text) for f in stycken) > _LONG,
    )


def _given(lage: Lage, a: Aktorslage) -> str:
    if a.svar is None:
        if a.status == "inget_svar":
            return f"skulle ha kommit senast {datum(lage.sista_svarsdag)}"
        return f"senast {datum(lage.sista_svarsdag)}" if a.status == "invantas" else ""
    first = a.svar.ersatta[0] if a.svar.ersatta else a.svar.post
    text = datum(first.lamnad)
    if a.dagar_sen:
        text += f", {a.dagar_sen} {'dag' if a.dagar_sen == 1 else 'dagar'} för sent"
    if a.svar.ersatta:
        text += f", rättat {datum(a.svar.post.lamnad)}"
    return text


def _age(lage: Lage, a: Aktorslage, shown: Gallande | None) -> str:
    if shown is None or shown.post.target[2] == lage.kvartal:
        return ""
    return f"Från {kvartal_text(shown.post.target[2])}"


def _news(a: Aktorslage, svar: Svar | None) -> tuple[Faktavy, ...]:
    """The comment of a short answer, whose content stands in an earlier one."""
    now = a.svar.post.svar if a.svar is not None else None
    if now is None or now is svar:
        return ()
    return tuple(Faktavy("", clean(sentence(text))) for text in paragraphs(now.kommentar or ""))


def _texts(insats_lage: Insatslage, a: Aktorslage, svar: Svar | None, shown: Gallande | None) -> tuple[Faktavy, ...]:
    if svar is None or shown is None:
        return ()
    rows: list[tuple[str, str]] = [("", text) for text in paragraphs(svar.kommentar or "")]
    target = shown.post.target[2]
    happened = [h for h in insats_lage.handelser if h.aktor == a.aktor and h.kvartal == target]
    if happened:
        rows.append(("Utfall", _events(happened)))
    elif shown.post.antal_text:
        rows.append(("Utfall", "; ".join(shown.post.antal_text)))
    moment = {m.id: m.rubrik for m in insats_lage.insats.moment}
    done = [f"{datum(k.datum)}: {moment[k.moment]}" for k in svar.utfall.klara_moment if k.moment in moment]
    if done:
        rows.append(("Klart", "; ".join(done)))
    for label, text in (("Avvikelse", svar.avvikelse), ("Orsak", svar.orsak), ("Nästa steg", svar.nasta_steg)):
        rows += [(label if i == 0 else "", part) for i, part in enumerate(paragraphs(text or ""))]
    if svar.planerat:
        planned = [f"{datum(p.datum)}: {p.vad}" for p in sorted(svar.planerat, key=lambda p: p.datum)]
        rows.append(("Planerat", "; ".join(planned)))
    return tuple(Faktavy(label, clean(sentence(capitalized(text)))) for label, text in rows)


def _events(happened: list[Handelse]) -> str:
    """What happened, by unit: 'Möten (2): 19 april (Centrum) och 21 april.' The year is the quarter's."""
    by_unit: dict[str, list[Handelse]] = {}
    for event in happened:
        by_unit.setdefault(event.vad, []).append(event)
    sentences = []
    for vad, found in by_unit.items():
        total = sum(h.handelse.antal for h in found)
        places = []
        for event in found:
            h = event.handelse
            times = f", {antal(h.antal)} st" if h.antal != 1 and len(found) > 1 else ""
            places.append(f"{dag_manad(h.datum)}{f' ({h.plats})' if h.plats else ''}{times}")
        sentences.append(f"{capitalized(vad)} ({antal(total)}): {lista(places)}.")
    return " ".join(sentences)
