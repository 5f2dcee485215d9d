"""The view of one insats: its plan in words, and every aktör's answer."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.facts.events import Handelse, total
from uppfoljning.facts.lage import Aktorslage, Gallande, Insatslage, Lage
from uppfoljning.facts.plan import Planlage
from uppfoljning.model import Insats, Svar
from uppfoljning.model.underlag import Underlag, shown_id
from uppfoljning.report.anchors import ankare
from uppfoljning.report.sections.rows import status_view
from uppfoljning.report.views.base import Faktavy, Statusvy
from uppfoljning.report.views.kvartal import Insatsvy, Svarvy
from uppfoljning.text.swedish import antal, capitalized, dag_manad, datum, lista, ordinal, sentence
from uppfoljning.words.beslut import question_text, settled_text
from uppfoljning.words.codes import GENOMFORANDE, PLAN, SVAR
from uppfoljning.words.common import aktor_namn, clean, is_part, kvartal_text, name_of, paragraphs
from uppfoljning.words.insats import (
    disagreements,
    event_name,
    flags,
    frekvens_text,
    history,
    individual_counts,
    mal_text,
    plan_text,
    so_far,
)

_LONG = 1200


def insats_view(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> Insatsvy:
    """The view of one insats."""
    insats = insats_lage.insats
    return Insatsvy(
        insats=insats_lage.visat_id,
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
        rows.append(("Mål", f"{sentence(text)} Utgångsläge: {before}" if before else text))
    hittills = so_far(insats_lage, insats_lage.raknare)
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
        aktor=name_of(a),
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
    elif shown.post.individantal:
        rows.append(("Utfall", individual_counts(shown.post)))
    moment = {m.id: m.rubrik for m in insats_lage.insats.moment}
    done = [f"{datum(k.datum)}: {moment[k.moment]}" for k in svar.utfall.klara_moment if k.moment in moment]
    if done:
        rows.append(("Klart", "; ".join(done)))
    for label, text in (("Avvikelse", svar.avvikelse), ("Orsak", svar.orsak), ("Nästa steg", svar.nasta_steg)):
        rows += [(label if i == 0 else "", part) for i, part in enumerate(paragraphs(text or ""))]
    if svar.planerat:
        ahead = sorted(svar.planerat, key=lambda p: p.datum)
        planned = [f"{datum(p.datum)}: {p.vad}{f' ({p.plats})' if p.plats else ''}" for p in ahead]
        rows.append(("Planerat", "; ".join(planned)))
    return tuple(Faktavy(label, clean(sentence(capitalized(text)))) for label, text in rows)


def _events(happened: list[Handelse]) -> str:
    """What happened, by unit: 'Möten (2): 19 april (Centrum) och 21 april.' The year is the quarter's.

    A total without a day is told by itself: '71 trafikkontroller.'
    """
    by_unit: dict[tuple[str, bool], list[Handelse]] = {}
    for event in happened:
        by_unit.setdefault(event.enhet, []).append(event)
    return " ".join(text for found in by_unit.values() for text in _of_unit(found))


def _of_unit(found: list[Handelse]) -> Iterator[str]:
    vad = event_name(found[0])
    dated = [event for event in found if event.handelse.datum is not None]
    totals = [event for event in found if event.handelse.datum is None]
    if totals:
        places = [event.handelse.plats for event in totals if event.handelse.plats]
        told = f"{antal(total(totals))} {vad}{f' ({lista(places)})' if places else ''}"
        yield f"{told}{' utan angiven dag' if dated else ''}."
    if dated:
        days = []
        for event in dated:
            h = event.handelse
            times = f", {antal(h.antal)} st" if h.antal != 1 and len(dated) > 1 else ""
            day = dag_manad(h.datum) if h.datum is not None else ""
            days.append(f"{day}{f' ({h.plats})' if h.plats else ''}{times}")
        yield f"{capitalized(vad)} ({antal(total(dated))}): {lista(days)}."
