"""The half-yearly report as a committee's paper: the same summary and proposals, as texts for a Word template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from uppfoljning.report.sections.avsnitt import LAGE, SAMRAD
from uppfoljning.report.views.halvar import Halvarsvy, Lagesrutavy
from uppfoljning.report.views.kvartal import Lagesradvy, Radvy
from uppfoljning.report.views.skrivelse import Skrivelseavsnitt, Skrivelsevy
from uppfoljning.text.swedish import as_label, sentence


def paper_view(vy: Halvarsvy) -> Skrivelsevy:
    """The paper that goes with the report to the forum it is made for."""
    return Skrivelsevy(
        rubrik=vy.rubrik,
        undertitel=vy.underrubrik,
        mottagare=vy.mottagare,
        kommun=vy.kommun,
        diarienummer=vy.diarienummer,
        datum=vy.datum,
        datum_iso=vy.datum_iso,
        handlaggare=vy.handlaggare,
        exempel=vy.exempel,
        forslag=vy.forslag,
        sammanfattning=tuple(_summary(vy)),
        avsnitt=tuple(_parts(vy)),
        beslutsunderlag=vy.beslutsunderlag,
        dokumenttitel=f"Tjänsteskrivelse: {vy.dokumenttitel}",
    )


def _summary(vy: Halvarsvy) -> Iterator[str]:
    """The lead, then what goes well, what does not and what is unsure, a sentence or two each."""
    yield " ".join([vy.huvudmening, *vy.meningar])
    yield from (f"{ruta.rubrik}: {ruta.mening}" for ruta in _answers(vy) if ruta.mening)


def _answers(vy: Halvarsvy) -> tuple[Lagesrutavy, ...]:
    """What goes well, what does not, and what is unsure."""
    return (vy.sidorna.bra, vy.sidorna.daligt, vy.sidorna.osakert)


def _parts(vy: Halvarsvy) -> Iterator[Skrivelseavsnitt]:
    period = next((f.text for f in vy.huvud if f.etikett == "Avser"), "")
    to = next((f.text for f in vy.huvud if f.etikett == "Till"), "")
    told = [
        f"{vy.underrubrik}. Parterna följer upp varje insats varje kvartal och redovisar den varje halvår.",
        f"Redovisningen avser {period} och läget per {vy.per}.{f' Den lämnas till {to}.' if to else ''}",
    ]
    yield Skrivelseavsnitt("Ärendet", tuple(told), ())
    for ruta in _answers(vy):
        if ruta.rader:
            yield _part(replace(ruta, mening=""))  # it stands in the summary
    for ruta in (vy.sidorna.forandring, vy.sidorna.resultat, vy.sidorna.andra):
        if ruta.rader or ruta.fler:
            yield _part(ruta)
    if vy.slut is not None:
        yield Skrivelseavsnitt(SAMRAD.rubrik, (), tuple(f"{f.etikett}: {f.text}" for f in vy.slut.samrad))
        learnt = vy.sidorna.larande
        yield Skrivelseavsnitt(learnt.rubrik, (learnt.mening,) if learnt.mening else (), vy.slut.lardomar)
    yield Skrivelseavsnitt(
        LAGE.rubrik,
        (),
        tuple(_area(rad) for rad in vy.lage),
    )
    dates = tuple(f"{d.datum}: {d.text}" for d in vy.kommande if d.datum)
    if dates:
        yield Skrivelseavsnitt("Kommande datum", (), dates)


def _area(rad: Lagesradvy) -> str:
    """A huvudområde: how its work goes, then how its problem develops."""
    plans = ", ".join(f"{s.ord.lower()} {s.antal}" for s in rad.statusar) or "inga insatser"
    return f"{rad.rubrik} ({rad.antal}, {rad.svar}). Så går arbetet: {plans}. Så utvecklas problemet: {rad.problemet}"


def _part(ruta: Lagesrutavy) -> Skrivelseavsnitt:
    more = (ruta.fler,) if ruta.fler else ()
    lead = (ruta.mening,) if ruta.mening else ()
    return Skrivelseavsnitt(ruta.rubrik, lead, (*(_item(rad) for rad in ruta.rader), *more))


def _item(rad: Radvy) -> str:
    """A row as one text: 'Försenad: TOM-2 Trygghetsmätning. Polisen: ingen mätning görs.'."""
    status = f"{as_label(rad.status.ord)} " if rad.status.ord else ""
    name = " ".join(filter(None, (rad.insats, rad.rubrik)))
    return " ".join(filter(None, (f"{status}{sentence(name)}", sentence(rad.text) if rad.text else "")))
