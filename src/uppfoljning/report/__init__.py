"""The report view: one dataclass tree per report, made from the merged state; pure, and ready to print."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.avtryck import Avtryck, blank_avtryck, make_avtryck
from uppfoljning.dagordning import plan_meeting
from uppfoljning.indikator import Sifferlage, follow
from uppfoljning.jamforelse import compare
from uppfoljning.model import Forum
from uppfoljning.plan import judge_all
from uppfoljning.problem import Problem
from uppfoljning.report.andrat import changes_view
from uppfoljning.report.ataganden import parties_view
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.bilaga import answer_table, method, open_points, sources, warnings_view
from uppfoljning.report.forsta_sidan import first_page, overview_sentence
from uppfoljning.report.grundvy import Faktavy
from uppfoljning.report.innehall import SHORTCUTS, contents
from uppfoljning.report.insats import insats_view
from uppfoljning.report.kvalitet import quality_view
from uppfoljning.report.motesvy import Jamforvy
from uppfoljning.report.motet import meeting_view
from uppfoljning.report.problemet import indicator_lines, problem_sentence
from uppfoljning.report.siffermetod import statistics_view
from uppfoljning.report.view import VERSION, Huvudomradevy, Rapportvy
from uppfoljning.report.words import clean, kvartal_text
from uppfoljning.state import Lage, merge
from uppfoljning.stillestand import find_stillestand
from uppfoljning.swedish import capitalized, datum, datumspann
from uppfoljning.underlag import Underlag

_EXEMPEL = "Exempelsvar – inte verkliga uppgifter"
_EXEMPEL_SVAR = "Exempel – svaren är påhittade, statistiken är verklig"
_EXEMPEL_SIFFROR = "Exempel – siffror i statistiken är påhittade"
_EXEMPEL_ALLT = "Exempel – svar och siffror är påhittade"
_EXEMPEL_DELVIS = "Exempel – svaren och en del av siffrorna är påhittade"


def kvartal_view(
    underlag: Underlag,
    lage: Lage,
    mottagare: Forum | None,
    varningar: Sequence[Problem],
    versions: Sequence[tuple[str, str]],
) -> Rapportvy:
    """The quarterly report's view.

    ``underlag`` and ``lage`` must already be redacted for ``mottagare`` (:func:`uppfoljning.redact.redact`).
    """
    avtal = underlag.overenskommelse
    siffror = follow(underlag, lage.kvartal)
    planer = judge_all(underlag, lage)
    bedomda = [Bedomd(i, planer[i.insats.id]) for i in lage.insatser]
    forra = previous(underlag, lage)
    fran = blank_avtryck(underlag, lage.kvartal) if forra is None else imprint(underlag, forra)
    till = make_avtryck(underlag, lage, planer, siffror)
    andrat = changes_view(underlag, fran, till, first=forra is None)
    stillestand = find_stillestand(lage, forra)
    punkter = plan_meeting(lage, planer, stillestand, compare(fran, till) if forra is not None else ())
    parter = [clean(p.namn) for p in avtal.parter]
    nr = lage.kvartal_i_ordning.index(lage.kvartal) + 1
    rubrik = f"Uppföljning {kvartal_text(lage.kvartal)}"
    rows, total = answer_table(underlag, bedomda)
    return Rapportvy(
        version=VERSION,
        slag="kvartal",
        period=str(lage.kvartal),
        per=datum(lage.per),
        per_iso=lage.per.isoformat(),
        rubrik=rubrik,
        underrubrik=clean(avtal.rubrik),
        sidfot=" · ".join(parter),
        dokumenttitel=f"{rubrik}, {' och '.join(parter)}",
        exempel=_example(lage, siffror),
        huvud=(
            *((Faktavy("Till", clean(mottagare.namn)),) if mottagare is not None else ()),
            Faktavy("Avser", datumspann(lage.kvartal.start, lage.kvartal.slut)),
            Faktavy("Kvartal", f"{nr} av {len(lage.kvartal_i_ordning)}"),
            Faktavy("Läget per", datum(lage.per)),
            *(
                (Faktavy("Obs", "interna anteckningar ingår"),)
                if any(p.svar.intern and p.kvartal == lage.kvartal for p in underlag.svar)
                else ()
            ),
        ),
        innehall=tuple(contents(underlag)),
        vagar=SHORTCUTS,
        forsta_sidan=first_page(underlag, lage, bedomda, siffror, andrat),
        motet=meeting_view(underlag, lage, bedomda, punkter, stillestand),
        andrat=andrat,
        huvudomraden=tuple(
            Huvudomradevy(
                rubrik=clean(h.rubrik),
                ankare=f"huvudomrade-{h.id.lower()}",
                beskrivning=clean(h.beskrivning),
                sammanfattning=overview_sentence([b for b in bedomda if b.lage.huvudomrade is h and b.lage.aktuell]),
                problemet=problem_sentence(siffror, h),
                indikatorer=indicator_lines(siffror, h),
                insatser=tuple(insats_view(underlag, lage, b.lage, b.plan) for b in bedomda if b.lage.huvudomrade is h),
            )
            for h in underlag.huvudomraden
        ),
        parter=parties_view(underlag, lage, bedomda),
        statistik=statistics_view(underlag, siffror),
        svarsoversikt=rows,
        svarssumma=total,
        oppet=open_points(underlag, bedomda),
        kvalitet=quality_view(underlag, lage, bedomda, siffror),
        varningar=warnings_view(varningar),
        metod=method(underlag, lage),
        underlag=sources(underlag, lage, siffror, versions),
        avstamd_av=tuple(capitalized(clean(p.uppfoljare)) for p in avtal.parter),
    )


def previous(underlag: Underlag, lage: Lage) -> Lage | None:
    """The state at the quarter before, on its own last day to answer; None for the agreement's first quarter."""
    earlier = [q for q in underlag.kvartal() if q < lage.kvartal]
    return not_later(underlag, merge(underlag, earlier[-1]), lage) if earlier else None


def not_later(underlag: Underlag, earlier: Lage, lage: Lage) -> Lage:
    """The earlier of two states, judged no later than the other: a comparison never goes back in time."""
    return earlier if earlier.per <= lage.per else merge(underlag, earlier.kvartal, lage.per)


def imprint(underlag: Underlag, lage: Lage) -> Avtryck:
    """The imprint of a merged state, with its plans judged and its figures followed."""
    return make_avtryck(underlag, lage, judge_all(underlag, lage))


def compare_view(underlag: Underlag, earlier: Lage, later: Lage) -> Jamforvy:
    """What has changed from one quarter to a later one. ``underlag`` must already be redacted."""
    siffror = follow(underlag, later.kvartal)
    fran = imprint(underlag, not_later(underlag, earlier, later))
    till = make_avtryck(underlag, later, judge_all(underlag, later), siffror)
    return Jamforvy(
        version=VERSION,
        slag="jamfor",
        fran=str(fran.kvartal),
        till=str(till.kvartal),
        fran_per=datum(fran.per),
        till_per=datum(till.per),
        underrubrik=clean(underlag.overenskommelse.rubrik),
        exempel=_example(later, siffror),
        andrat=changes_view(underlag, fran, till),
    )


def _example(lage: Lage, siffror: Sifferlage) -> str:
    """What every page says when something in it is invented."""
    if siffror.exempel and lage.exempel:
        return _EXEMPEL_ALLT if all(t.tabell.exempel for t in siffror.tabeller) else _EXEMPEL_DELVIS
    if siffror.exempel:
        return _EXEMPEL_SIFFROR
    if lage.exempel:
        return _EXEMPEL_SVAR if siffror.tabeller else _EXEMPEL
    return ""
