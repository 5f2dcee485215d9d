"""Page one: what is late, who has not answered, what needs a decision, which dates lie ahead. It answers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from uppfoljning.facts.beslut import other_matters
from uppfoljning.facts.compare.differences import code_pair
from uppfoljning.facts.compare.keys import Andring, Avtrycksslag
from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model.codes import NEWS
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.fit import lines, rows_that_fit
from uppfoljning.report.sections.avsnitt import ANDRAT
from uppfoljning.report.sections.changes import Andrat, row_view
from uppfoljning.report.sections.dates import coming_dates
from uppfoljning.report.sections.rows import MAX_TEXT, deviating_rows, missing, overview, own_risk
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.kvartal import Beslutvy, Forstasidavy, Radvy
from uppfoljning.report.views.parts import Andringsradvy
from uppfoljning.text.swedish import as_label, datum, number_word, sentence, shorten
from uppfoljning.words.beslut import OTHER_DECISION, age_text, decided_text
from uppfoljning.words.changes import NOTHING
from uppfoljning.words.codes import UTFALL
from uppfoljning.words.common import aktor_namn, clean, needed_by, short_title
from uppfoljning.words.lage import lead_sentences, nothing_deviates
from uppfoljning.words.problem import problem_lead

_WEIGHT: dict[Avtrycksslag, int] = {
    "lofte": 1,
    "malet": 2,
    "insats": 2,
    "moment": 3,
    "beslut": 5,
    "utslag": 6,
    "planerat": 7,
    "siffra": 9,
    "tabell": 10,
    "antal": 11,
    "oenighet": 12,
    "rattelse": 12,
}


def first_page(
    underlag: Underlag,
    lage: Lage,
    bedomda: Sequence[Bedomd],
    siffror: Sifferlage,
    andrat: Andrat,
    loften: Sequence[Radvy] = (),
) -> Forstasidavy:
    """The view of page one. ``loften`` are the promises that have changed without a word."""
    current = [b for b in bedomda if b.lage.aktuell]
    beslut = _decisions(underlag, lage, bedomda)
    own = own_risk(underlag, lage, current)
    changed = changed_rows(andrat)
    silent = missing(underlag, current)
    awaited = any(a.status == "invantas" for b in current for a in b.lage.aktorer)
    dates = tuple(coming_dates(underlag, lage, current))
    late_rows = (*deviating_rows(underlag, lage, current), *loften)
    told = {
        "beslut": [f"{b.fraga} {b.villkor} {b.aktor} {b.insats} {b.rubrik}" for b in beslut],
        "sent": [_told(r) for r in late_rows],
        "egen": [_told(r) for r in own],
        "andrat": [_told(r) for r in changed],
        "saknas": [f"{s.aktor} {' '.join(i.insats for i in s.insatser)}" for s in silent],
    }
    coming = lines(f"{d.datum} {d.text}" for d in dates)
    room = rows_that_fit(told, coming)
    sizes = {
        "sent": lines([*told["sent"][: room["sent"]], *told["egen"][: room["egen"]]]),
        "andrat": lines(told["andrat"][: room["andrat"]]),
        "saknas": lines(told["saknas"][: room["saknas"]]),
        "datum": coming,
    }
    if not changed:
        del sizes["andrat"]
    lead, sentences = lead_sentences(current, lage.per, len(beslut), len(own), andrat.vy.sedan, andrat.andringar)
    return Forstasidavy(
        huvudmening=lead,
        meningar=sentences,
        problemet=problem_lead(siffror),
        beslut=tuple(beslut[: room["beslut"]]),
        beslut_fler=_more(len(beslut) - room["beslut"]),
        andrat=tuple(changed[: room["andrat"]]),
        andrat_fler=_more_changed(room["andrat"], len(changed)),
        andrat_rubrik=f"Ändrat sedan {andrat.vy.sedan}" if andrat.vy.sedan else "Rapporterat i kvartalet",
        sent=late_rows[: room["sent"]],
        sent_fler=_more(len(late_rows) - room["sent"]),
        inget_avviker="" if late_rows or own else nothing_deviates(current, bool(silent)),
        aktorens_risk=tuple(own[: room["egen"]]),
        aktorens_risk_fler=_more(len(own) - room["egen"]),
        saknas=tuple(silent[: room["saknas"]]),
        saknas_fler=_more(len(silent) - room["saknas"]),
        inga_saknas="" if silent else "Svar väntas fortfarande." if awaited else "Alla har svarat.",
        datum=dates,
        ordning=even_columns(sizes),
        lage=tuple(overview(underlag, bedomda, siffror)),
    )


def _told(row: Radvy) -> str:
    """A row as it is read, to measure it."""
    return f"{row.status.ord} {row.insats} {row.rubrik} {row.text}"


def even_columns(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The boxes in an order that can be split into two columns of about the same length; what is late comes first."""
    first, *rest = sizes
    best = tuple(sizes)
    smallest = sum(sizes.values())
    for number in range(len(rest) + 1):
        for beside in combinations(rest, number):
            left = (first, *beside)
            height = max(sum(sizes[b] for b in left), sum(sizes[b] for b in rest if b not in left))
            if height < smallest:
                best, smallest = (*left, *(b for b in rest if b not in left)), height
    return best


def _more(hidden: int) -> str:
    if hidden <= 0:
        return ""
    return f"Ytterligare {number_word(hidden)} står under sitt huvudområde."


def _decisions(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Beslutvy]:
    found = []
    for b in current:
        for fraga in b.lage.beslut:
            asked, terms = fraga.fraga, []
            if asked.av:
                terms.append(sentence(f"Beslutas av {asked.av}"))
            if asked.senast is not None:
                still = ", fortfarande öppen" if asked.is_overdue(lage.per) else ""
                terms.append(f"{needed_by(asked.senast, lage.per)}{still}.")
            if fraga.forst < lage.kvartal:
                terms.append(f"{age_text(fraga, lage.per)}.")
            if fraga.senaste is not None:
                terms.append(f"{UTFALL[fraga.senaste.utfall]} {datum(fraga.senaste.datum)}.")
            view = Beslutvy(
                fraga=sentence(shorten(clean(asked.fraga), 3 * MAX_TEXT)),
                insats=b.visat_id,
                rubrik=short_title(b.lage.insats.rubrik),
                ankare=ankare(b.lage.insats),
                aktor=aktor_namn(underlag, fraga.aktor),
                villkor=clean(" ".join(terms)),
            )
            found.append((asked.senast or date.max, view))
    for matter in other_matters(underlag.ovriga_beslut(lage.per)):
        if matter.oppen:
            told = clean(" ".join(decided_text(r.uppgifter, exempel=r.uppgifter.exempel) for r in matter.rader))
            found.append((date.max, Beslutvy(sentence(clean(matter.fraga)), "", OTHER_DECISION, "", "", told)))
    return [view for _, view in sorted(found, key=lambda pair: pair[0])]


def changed_rows(andrat: Andrat, *, agreed_first: bool = False) -> list[Radvy]:
    """Every change, those that weigh most in a meeting first; ``agreed_first``: those of the agreement itself first."""
    texter = sorted(
        andrat.texter,
        key=lambda text: (not (agreed_first and text.andring.nyckel.slag == "historik"), _weight(text.andring)),
    )
    return [_changed_row(row_view(text)) for text in texter]


def _weight(andring: Andring) -> int:
    """Where a change stands among others on page one."""
    slag, (_, now) = andring.nyckel.slag, code_pair(andring)
    if slag == "plan":
        return 0 if now == "forsenad" else 1
    if slag == "genomforande":
        return 4 if now in NEWS else 13
    if slag == "historik":
        return 2 if andring.nyckel.vad != "reviderad" else 8
    return _WEIGHT.get(slag, 13)


def _changed_row(row: Andringsradvy) -> Radvy:
    if row.slag == "plan":
        was = "" if row.fran.ord == NOTHING else f", förut {row.fran.ord.lower()}"
        status = Statusvy("andrad", f"{row.till.ord}{was}:")
        return Radvy(row.insats, row.rubrik, row.ankare, status, "")
    what = as_label(row.vad)
    if row.slag == "lofte" and row.fran.ord != NOTHING:
        return Radvy(
            row.insats, row.rubrik, row.ankare, Statusvy("andrad", what), f"{row.till.ord}, förut {row.fran.ord}"
        )
    most = 3 * MAX_TEXT if row.slag == "beslut" else MAX_TEXT
    return Radvy(row.insats, row.rubrik, row.ankare, Statusvy("andrad", what), shorten(row.till.ord, most))


def _more_changed(shown: int, total: int) -> str:
    """That there are more changes than page one shows, where there are."""
    return f"Alla {number_word(total)} ändringar står under {ANDRAT.rubrik}." if shown < total else ""
