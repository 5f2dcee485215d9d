"""Every insats in a few lines, for the annex of the half-yearly report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.codes import LATE
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.halvar.boxes import done_text
from uppfoljning.report.sections.figures import indicator_views
from uppfoljning.report.sections.rows import status_view
from uppfoljning.report.views.base import Faktavy
from uppfoljning.report.views.halvar import Kortinsatsvy, Kortomradevy
from uppfoljning.text.swedish import capitalized, datum, one_line, sentence, shorten
from uppfoljning.words.codes import GENOMFORANDE, PLAN, SVAR
from uppfoljning.words.common import clean, kvartal_text, name_of
from uppfoljning.words.insats import disagreements, flags, history, individual_counts, plan_text
from uppfoljning.words.lage import count_text, overview_sentence
from uppfoljning.words.problem import problem_sentence

_MAX_TEXT = 230
_MAX_NEXT = 140


def short_areas(
    underlag: Underlag, lagen: Sequence[Lage], bedomda: Sequence[Bedomd], siffror: Sifferlage
) -> tuple[Kortomradevy, ...]:
    """The huvudområden with their insatser, as they stand at the last of ``lagen`` and with what was done in all."""
    lage, kvartal = lagen[-1], [part.kvartal for part in lagen]
    current = [b for b in bedomda if b.lage.aktuell]
    return tuple(
        Kortomradevy(
            rubrik=clean(h.rubrik),
            ankare=f"huvudomrade-{h.id.lower()}",
            antal=", ".join(count_text([b for b in current if b.lage.huvudomrade is h])),
            sammanfattning=overview_sentence([b for b in current if b.lage.huvudomrade is h]),
            problemet=problem_sentence(siffror, h),
            indikatorer=indicator_views(siffror, h),
            insatser=tuple(_short(underlag, lage, b, kvartal) for b in bedomda if b.lage.huvudomrade is h),
        )
        for h in underlag.huvudomraden
    )


def _short(underlag: Underlag, lage: Lage, b: Bedomd, kvartal: Sequence[Kvartal]) -> Kortinsatsvy:
    insats = b.lage.insats
    return Kortinsatsvy(
        insats=b.visat_id,
        ankare=ankare(insats),
        rubrik=clean(insats.rubrik),
        status=status_view(b.lage, b.plan),
        bedomning=plan_text(underlag, lage, b.lage, b.plan),
        flaggor=(
            *flags(underlag, lage, b.lage, b.plan),
            *(f"Olika svar. {text}" for text in disagreements(underlag, lage, b.lage)),
        ),
        rader=tuple(_rows(underlag, lage, b, kvartal)),
    )


def _rows(underlag: Underlag, lage: Lage, b: Bedomd, kvartal: Sequence[Kvartal]) -> Iterator[Faktavy]:
    """What was done in the period, the latest from each aktör, and what has a date ahead."""
    done = done_text(underlag, b, kvartal)
    if done:
        yield Faktavy("Gjort under perioden", done)
    for text in history(underlag, lage, b.lage):
        yield Faktavy("Ändrat", text)
    for a in b.lage.aktorer:
        yield _latest(underlag, lage, a)
    events = [p for a in b.lage.aktorer if a.innehall is not None for p in a.innehall.post.svar.planerat]
    ahead = sorted({(p.datum, p.vad) for p in events if p.datum > lage.per})
    if ahead:
        yield Faktavy("Planerat", clean(sentence("; ".join(f"{datum(day)}: {vad}" for day, vad in ahead))))


def _latest(underlag: Underlag, lage: Lage, a: Aktorslage) -> Faktavy:
    """The latest from an aktör: how far the work has come, what it says of it, and what comes next."""
    return Faktavy(name_of(a), clean(" ".join((*_now(lage, a), *_content(lage, a)))))


def _now(lage: Lage, a: Aktorslage) -> Iterator[str]:
    """That there is no answer for the quarter, or a short one, and what that says."""
    if a.svar is not None and a.svar is a.innehall:
        return
    if a.status != "behovs_inte" or a.innehall is None:
        yield f"{SVAR[a.status]}{f' för {kvartal_text(lage.kvartal)}' if a.innehall is not None else ''}."
    if a.svar is not None and a.svar.post.svar.kommentar:
        yield _cut(a.svar.post.svar.kommentar, _MAX_TEXT)


def _cut(text: str, most: int) -> str:
    return capitalized(sentence(shorten(one_line(text), most)))


def _content(lage: Lage, a: Aktorslage) -> Iterator[str]:
    """The last answer that says how far the work has come, and for which quarter when it wasn't this one."""
    if a.innehall is None:
        return
    svar, given = a.innehall.post.svar, a.innehall.post.target[2]
    state = GENOMFORANDE[svar.genomforande] if svar.genomforande is not None else ""
    older = f" ({kvartal_text(given)})" if given != lage.kvartal else ""
    own = f", egen bedömning: {PLAN[svar.egen_bedomning].lower()}" if svar.egen_bedomning in LATE else ""
    yield f"{state}{older}{own}."
    if svar.kommentar:
        yield _cut(svar.kommentar, _MAX_TEXT)
    # The two pages quote these, and may have to shorten them.
    for label, whole in (("", svar.avvikelse), ("Orsak: ", svar.orsak)):
        if whole:
            yield f"{label}{sentence(whole if label else capitalized(whole))}"
    if a.innehall.post.individantal:
        yield f"{capitalized(individual_counts(a.innehall.post))}."
    if svar.nasta_steg:
        yield f"Nästa steg: {sentence(shorten(one_line(svar.nasta_steg), _MAX_NEXT))}"
