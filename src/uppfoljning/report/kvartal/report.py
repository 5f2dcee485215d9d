"""The quarterly report's view, made from the merged state, and that of a comparison between two quarters."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.facts.compare.avtryck import blank_avtryck, make_avtryck
from uppfoljning.facts.compare.differences import compare
from uppfoljning.facts.compare.keys import Avtryck
from uppfoljning.facts.compare.since_closing import Sammanhang
from uppfoljning.facts.dagordning import plan_meeting
from uppfoljning.facts.figures.judge import follow
from uppfoljning.facts.lage import Lage, merge
from uppfoljning.facts.plan import Bedomd, judge_all
from uppfoljning.facts.stillestand import find_stillestand
from uppfoljning.model import Forum
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.kvartal.first_page import first_page
from uppfoljning.report.kvartal.meeting import meeting_view
from uppfoljning.report.kvartal.sections import kvartal_sections
from uppfoljning.report.sections.ataganden import parties_view
from uppfoljning.report.sections.avsnitt import with_ways
from uppfoljning.report.sections.changes import find_changes
from uppfoljning.report.sections.closed import (
    agreed,
    closed_view,
    earlier_closings,
    is_invented,
    promise_rows,
    revised,
    with_promises,
)
from uppfoljning.report.sections.decisions import decision_list
from uppfoljning.report.sections.figures import indicator_views, statistics_view
from uppfoljning.report.sections.insats import insats_view
from uppfoljning.report.sections.method import answer_table, method, open_points, sources, warnings_view
from uppfoljning.report.sections.quality import quality_view
from uppfoljning.report.views.base import VERSION, Faktavy
from uppfoljning.report.views.kvartal import Huvudomradevy, Rapportvy
from uppfoljning.report.views.parts import Jamforvy
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import datum, datumspann
from uppfoljning.words.common import clean, example_text, kvartal_text
from uppfoljning.words.lage import overview_sentence
from uppfoljning.words.problem import problem_sentence


def kvartal_view(
    underlag: Underlag,
    lage: Lage,
    mottagare: Forum | None,
    varningar: Sequence[Problem],
    versions: Sequence[tuple[str, str]],
    sammanhang: Sammanhang | None = None,
) -> Rapportvy:
    """The quarterly report's view. ``sammanhang`` is what it takes from closed quarters, where there are any.

    ``underlag`` and ``lage`` must already be redacted for ``mottagare``
    (:func:`uppfoljning.facts.redact.redact.redact`).
    """
    avtal = underlag.overenskommelse
    siffror = follow(underlag, lage.kvartal)
    planer = judge_all(underlag, lage)
    bedomda = [Bedomd(i, planer[i.insats.id]) for i in lage.insatser]
    forra = previous(underlag, lage)
    # Of a closed quarter, what was reported then, not what the data say of it now.
    fran = sammanhang.reported_of(forra.kvartal) if sammanhang is not None and forra is not None else None
    if fran is None:
        fran = blank_avtryck(underlag, lage.kvartal) if forra is None else imprint(underlag, forra)
    till = make_avtryck(underlag, lage, planer, siffror)
    andrat = find_changes(underlag, fran, till, first=forra is None, told=revised(sammanhang))
    stillestand = find_stillestand(lage, forra)
    punkter = plan_meeting(lage, planer, stillestand, compare(fran, till) if forra is not None else ())
    stangt = closed_view(underlag, sammanhang)
    parter = [clean(p.namn) for p in avtal.parter]
    nr = lage.kvartal_i_ordning.index(lage.kvartal) + 1
    rubrik = f"Uppföljning {kvartal_text(lage.kvartal)}"
    rows, total = answer_table(underlag, bedomda)
    vy = Rapportvy(
        version=VERSION,
        slag="kvartal",
        period=str(lage.kvartal),
        per=datum(lage.per),
        per_iso=lage.per.isoformat(),
        rubrik=rubrik,
        underrubrik=clean(avtal.rubrik),
        sidfot=" · ".join(parter),
        dokumenttitel=f"{rubrik}, {' och '.join(parter)}",
        exempel=example_text(lage, siffror, invented=is_invented(underlag, lage.kvartal)),
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
        innehall=(),
        vagar=(),
        forsta_sidan=first_page(underlag, lage, bedomda, siffror, andrat, promise_rows(underlag, sammanhang)),
        motet=meeting_view(underlag, lage, bedomda, punkter, stillestand),
        andrat=andrat.vy,
        stangt=stangt,
        beslut=decision_list(underlag, lage, bedomda, fran if forra is not None else None),
        huvudomraden=tuple(
            Huvudomradevy(
                rubrik=clean(h.rubrik),
                ankare=f"huvudomrade-{h.id.lower()}",
                beskrivning=clean(h.beskrivning),
                sammanfattning=overview_sentence([b for b in bedomda if b.lage.huvudomrade is h and b.lage.aktuell]),
                problemet=problem_sentence(siffror, h),
                indikatorer=indicator_views(siffror, h),
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
        underlag=sources(underlag, lage, siffror, [*versions, *earlier_closings(sammanhang)]),
        avstamd_av=agreed(underlag, lage.kvartal),
    )
    return with_ways(vy, kvartal_sections(vy))


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


def compare_view(
    underlag: Underlag,
    earlier: Lage,
    later: Lage,
    earlier_closed: Avtryck | None = None,
    later_closed: Avtryck | None = None,
    sammanhang: Sammanhang | None = None,
) -> Jamforvy:
    """What has changed from one quarter to a later one. ``underlag`` must already be redacted.

    ``sammanhang`` holds the promises that have changed without a word since any closing, told in every comparison.
    Of a closed quarter, ``earlier_closed`` and ``later_closed`` are the imprints as they were reported.
    """
    siffror = follow(underlag, later.kvartal)
    fran = earlier_closed or imprint(underlag, not_later(underlag, earlier, later))
    till = later_closed or make_avtryck(underlag, later, judge_all(underlag, later), siffror)
    return Jamforvy(
        version=VERSION,
        slag="jamfor",
        fran=str(fran.kvartal),
        till=str(till.kvartal),
        fran_per=datum(fran.per),
        till_per=datum(till.per),
        underrubrik=clean(underlag.overenskommelse.rubrik),
        exempel=example_text(later, siffror),
        stangda=tuple(str(a.kvartal) for a in (earlier_closed, later_closed) if a is not None),
        andrat=with_promises(find_changes(underlag, fran, till), underlag, sammanhang),
    )
