"""The report view: one dataclass tree per report, made from the merged state; pure, and ready to print."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.model import Forum
from uppfoljning.plan import judge
from uppfoljning.problem import Problem
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.bilaga import answer_table, method, open_points, sources, warnings_view
from uppfoljning.report.forsta_sidan import first_page, overview_sentence
from uppfoljning.report.insats import insats_view
from uppfoljning.report.view import VERSION, Faktavy, Huvudomradevy, Rapportvy
from uppfoljning.report.words import clean, kvartal_text
from uppfoljning.state import Lage
from uppfoljning.swedish import capitalized, datum, datumspann, number_word, ordinal
from uppfoljning.underlag import Underlag, active_span

_EXEMPEL = "Exempelsvar – inte verkliga uppgifter"


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
    bedomda = [Bedomd(i, judge(i, lage.kvartal, lage.per, active_span(avtal, i.insats))) for i in lage.insatser]
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
        exempel=_EXEMPEL if lage.exempel else "",
        huvud=(
            *((Faktavy("Till", clean(mottagare.namn)),) if mottagare is not None else ()),
            Faktavy("Avser", datumspann(lage.kvartal.start, lage.kvartal.slut)),
            Faktavy("Kvartal", f"{ordinal(nr)} av {number_word(len(lage.kvartal_i_ordning))}"),
            Faktavy("Läget per", datum(lage.per)),
            *(
                (Faktavy("Obs", "innehåller interna anteckningar"),)
                if any(p.svar.intern and p.kvartal == lage.kvartal for p in underlag.svar)
                else ()
            ),
        ),
        forsta_sidan=first_page(underlag, lage, bedomda),
        huvudomraden=tuple(
            Huvudomradevy(
                rubrik=clean(h.rubrik),
                ankare=f"huvudomrade-{h.id.lower()}",
                beskrivning=clean(h.beskrivning),
                sammanfattning=overview_sentence([b for b in bedomda if b.lage.huvudomrade is h and b.lage.aktuell]),
                insatser=tuple(insats_view(underlag, lage, b.lage, b.plan) for b in bedomda if b.lage.huvudomrade is h),
            )
            for h in underlag.huvudomraden
        ),
        svarsoversikt=rows,
        svarssumma=total,
        oppet=open_points(underlag, bedomda),
        varningar=warnings_view(varningar),
        metod=method(underlag, lage),
        underlag=sources(underlag, lage, versions),
        avstamd_av=tuple(capitalized(clean(p.uppfoljare)) for p in avtal.parter),
    )
