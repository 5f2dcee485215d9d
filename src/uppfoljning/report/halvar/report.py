"""The half-yearly report for a forum, and the final one: what a politician needs in two pages, and an annex."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from uppfoljning.facts.answers import answers_due, mostly_silent
from uppfoljning.facts.compare.avtryck import blank_avtryck, make_avtryck
from uppfoljning.facts.compare.keys import Avtryck
from uppfoljning.facts.compare.since_closing import Sammanhang
from uppfoljning.facts.figures.judge import follow
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd, judge_all
from uppfoljning.model import Forum, Halvarsfil
from uppfoljning.model.codes import Rapportslag
from uppfoljning.model.period import Halvar
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.halvar.boxes import going_badly, going_well, other_decisions, results, unsure
from uppfoljning.report.halvar.final import final_view, learnt_rows
from uppfoljning.report.halvar.forslag import proposals, samrad_proposals
from uppfoljning.report.halvar.sections import halvar_sections
from uppfoljning.report.halvar.short_insats import short_areas
from uppfoljning.report.halvar.two_pages import RUBRIKER, Fullt, Ruta, two_pages
from uppfoljning.report.kvartal.first_page import changed_rows
from uppfoljning.report.sections.avsnitt import with_ways
from uppfoljning.report.sections.changes import Andrat, find_changes
from uppfoljning.report.sections.closed import promise_rows
from uppfoljning.report.sections.dates import coming_dates
from uppfoljning.report.sections.decisions import decision_list
from uppfoljning.report.sections.figures import statistics_view
from uppfoljning.report.sections.method import answers_by_quarter, answers_in_all, half_year_method, papers, sources
from uppfoljning.report.sections.rows import overview
from uppfoljning.report.views.base import VERSION, Faktavy
from uppfoljning.report.views.halvar import Halvarsvy
from uppfoljning.report.views.kvartal import Radvy
from uppfoljning.text.swedish import capitalized, datum, datumspann, lista, number_word
from uppfoljning.words.common import clean, example_text, halvar_text, kvartal_text
from uppfoljning.words.lage import plan_lead, turned

_QUARTERS_TOLD = 2
"""As many quarters may each have their answers counted on page one."""


class Halvarsstoff(NamedTuple):
    """What a half-yearly report is made from: every quarter's state (the last one is judged), and what was before.

    ``fran`` is the imprint that the change is counted from, None where there is no earlier quarter; ``forra`` is the
    half-year before, where there was one; ``sammanhang`` is what the report takes from closed quarters.
    """

    halvar: Halvar
    lagen: tuple[Lage, ...]
    fran: Avtryck | None
    forra: Halvar | None
    slag: Rapportslag
    sammanhang: Sammanhang | None = None

    @property
    def slut(self) -> bool:
        """Whether it is the report over the whole period."""
        return self.slag == "slut"

    @property
    def lage(self) -> Lage:
        """The state that is reported."""
        return self.lagen[-1]


def halvar_view(
    underlag: Underlag, stoff: Halvarsstoff, mottagare: Forum | None, versions: Sequence[tuple[str, str]]
) -> Halvarsvy:
    """The view of the report. ``underlag`` and the states must already be redacted for one who sees nothing intern."""
    avtal, lage = underlag.overenskommelse, stoff.lage
    uppgifter = underlag.halvarsuppgifter(stoff.halvar, slut=stoff.slut)
    siffror = follow(underlag, lage.kvartal)
    planer = judge_all(underlag, lage)
    bedomda = [Bedomd(i, planer[i.insats.id]) for i in lage.insatser]
    current = [b for b in bedomda if b.lage.aktuell]
    fran = stoff.fran or blank_avtryck(underlag, lage.kvartal)
    till = make_avtryck(underlag, lage, planer, siffror)
    andrat = find_changes(underlag, fran, till, first=stoff.fran is None)
    kort_rubrik = _title(underlag, stoff)
    rubrik = f"{kort_rubrik}{_how_far(underlag, stoff)}"
    parter = [clean(p.namn) for p in avtal.parter]
    forslag: tuple[str, ...] = ()
    if mottagare is not None:
        forslag = proposals(underlag, lage, bedomda, mottagare, uppgifter, rubrik)
        forslag += tuple(samrad_proposals(underlag, lage, mottagare)) if stoff.slut else ()
    slut = final_view(underlag, stoff.lagen, bedomda, siffror, uppgifter) if stoff.slut else None
    rows = tuple(overview(underlag, bedomda, siffror))
    day, case = uppgifter.datum or lage.per, _case(uppgifter, mottagare)
    full = Fullt(
        rubrik=rubrik,
        underrubrik=clean(avtal.rubrik),
        exempel=example_text(lage, siffror, invented=uppgifter.exempel),
        huvud=_head(underlag, stoff, mottagare, uppgifter),
        huvudmening=_lead(lage, current),
        meningar=_sentences(underlag, stoff),
        forslag=forslag,
        rutor={
            "bra": _box("bra", *going_well(current)),
            "daligt": _box("daligt", *going_badly(underlag, lage, bedomda, promise_rows(underlag, stoff.sammanhang))),
            "osakert": _box("osakert", *unsure(underlag, lage, current, siffror)),
            **({"larande": _box("larande", *learnt_rows(slut))} if slut is not None else {}),
            **({} if stoff.slut else {"forandring": _changes(stoff, andrat)}),
            "resultat": _box("resultat", "", results(underlag, bedomda, [part.kvartal for part in stoff.lagen])),
            "andra": _box("andra", "", other_decisions(lage, bedomda, mottagare)),
        },
        lage=rows,
        samrad=slut.samrad if slut is not None else (),
        kommande=tuple(coming_dates(underlag, lage, current, day)),
        beslutsunderlag=papers(underlag, uppgifter, rubrik, siffror),
    )
    vy = Halvarsvy(
        version=VERSION,
        slag=stoff.slag,
        period=str(stoff.halvar),
        per=datum(lage.per),
        per_iso=lage.per.isoformat(),
        datum=datum(day),
        datum_iso=day.isoformat(),
        rubrik=rubrik,
        kort_rubrik=kort_rubrik,
        underrubrik=full.underrubrik,
        sidfot=" · ".join(parter),
        dokumenttitel=f"{rubrik}, {' och '.join(parter)}",
        exempel=full.exempel,
        mottagare=clean(mottagare.namn) if mottagare is not None else "",
        kommun=clean(avtal.kommun),
        diarienummer=case,
        handlaggare=_officers(underlag, uppgifter),
        huvud=tuple(full.huvud),
        innehall=(),
        vagar=(),
        huvudmening=full.huvudmening,
        meningar=tuple(full.meningar),
        sidorna=two_pages(full),
        forslag=forslag,
        lage=rows,
        kommande=tuple(full.kommande),
        beslutsunderlag=tuple(full.beslutsunderlag),
        slut=slut,
        omraden=short_areas(underlag, stoff.lagen, bedomda, siffror),
        andrat=andrat.vy,
        beslut=decision_list(underlag, lage, bedomda, None if stoff.slut or stoff.forra is None else stoff.fran),
        statistik=statistics_view(underlag, siffror),
        svarsfrekvens=tuple(answers_by_quarter(stoff.lagen)),
        metod=half_year_method(underlag, lage),
        underlag=sources(underlag, lage, siffror, versions),
    )
    return with_ways(vy, halvar_sections(vy))


def _lead(lage: Lage, current: Sequence[Bedomd]) -> str:
    """How many plans hold; when few have answered, that the state is not known comes first."""
    lead = plan_lead(current)[0]
    if not mostly_silent(current):
        return lead
    due, given, _ = answers_due(b.lage for b in current)
    few = f"Bara {given} av {due}" if given else f"Inget av {due}"
    return f"{few} svar har kommit för {kvartal_text(lage.kvartal)}, så läget är i stort sett okänt. {lead}"


def _box(kind: str, mening: str, rader: Sequence[Radvy]) -> Ruta:
    return Ruta(RUBRIKER[kind], clean(mening), rader)


def _changes(stoff: Halvarsstoff, andrat: Andrat) -> Ruta:
    heading = f"{RUBRIKER['forandring']} sedan {andrat.vy.sedan}" if andrat.vy.sedan else "Det här har rapporterats"
    return Ruta(heading, _since(stoff, andrat), changed_rows(andrat, agreed_first=True))


def _since(stoff: Halvarsstoff, andrat: Andrat) -> str:
    """What the change is counted from, and how many plans have turned."""
    if stoff.fran is None:
        told = "Det finns inget tidigare kvartal att jämföra med."
    elif stoff.forra is not None:
        told = f"Den förra halvårsrapporten gällde {halvar_text(stoff.forra)}."
    else:
        told = "Det finns ingen tidigare halvårsrapport." if not stoff.slut else ""
    return " ".join(filter(None, (told, turned(andrat.vy.sedan, andrat.andringar))))


def _title(underlag: Underlag, stoff: Halvarsstoff) -> str:
    if not stoff.slut:
        return f"Uppföljning {halvar_text(stoff.halvar)}"
    avtal = underlag.overenskommelse
    first, last = avtal.giltig_fran.year, avtal.giltig_till.year
    return f"Slutrapport {first}–{last}" if first != last else f"Slutrapport {first}"


def _how_far(underlag: Underlag, stoff: Halvarsstoff) -> str:
    """How much of the time a final report covers, where it isn't the whole."""
    so_far, whole = len(stoff.lagen), len(underlag.kvartal())
    if not stoff.slut or so_far == whole:
        return ""
    return f", läget efter {number_word(so_far, neuter=True)} av {number_word(whole, neuter=True)} kvartal"


def _case(uppgifter: Halvarsfil, mottagare: Forum | None) -> str:
    """The forum's diarienummer; empty where none is given."""
    mine = [c for c in uppgifter.arenden if mottagare is not None and c.forum == mottagare.id]
    return clean(mine[0].diarienummer or "") if mine else ""


def _officers(underlag: Underlag, uppgifter: Halvarsfil) -> str:
    """Who has prepared the case, as functions: those of the file, else those who follow up for the parties."""
    names = uppgifter.handlaggare or tuple(dict.fromkeys(p.uppfoljare for p in underlag.overenskommelse.parter))
    return clean(capitalized(lista(list(names))))


def _head(
    underlag: Underlag, stoff: Halvarsstoff, mottagare: Forum | None, uppgifter: Halvarsfil
) -> tuple[Faktavy, ...]:
    first, last = stoff.lagen[0].kvartal.start, stoff.lage.kvartal.slut
    meeting = next((c.sammantrade for c in uppgifter.arenden if mottagare and c.forum == mottagare.id), None)
    rows = [
        ("Till", f"{mottagare.namn}{f', sammanträde {datum(meeting)}' if meeting else ''}" if mottagare else ""),
        ("Avser", datumspann(first, last)),
        ("Läget per", datum(stoff.lage.per)),
        ("Datum", datum(uppgifter.datum or stoff.lage.per)),
        ("Diarienummer", _case(uppgifter, mottagare)),
        ("Handläggare", _officers(underlag, uppgifter)),
    ]
    return tuple(Faktavy(label, clean(text)) for label, text in rows if text)


def _sentences(underlag: Underlag, stoff: Halvarsstoff) -> tuple[str, ...]:
    """What follows the lead: how many have answered, and for a final report how much of the period it covers."""
    told = []
    if stoff.slut and len(stoff.lagen) < len(underlag.kvartal()):
        last = datum(underlag.overenskommelse.giltig_till)
        told.append(f"Överenskommelsen gäller till {last}, så resultatet är inte slutligt.")
    few = len(stoff.lagen) <= _QUARTERS_TOLD
    return (*told, *(answers_by_quarter(stoff.lagen) if few else (answers_in_all(stoff.lagen),)))
