"""Page one: what is late, who has not answered, what needs a decision, which dates lie ahead. It answers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from uppfoljning.indikator import Sifferlage
from uppfoljning.model import Planbedomning
from uppfoljning.plan import Hinder
from uppfoljning.report.andringsord import NOTHING, REVISED
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.forseningar import MAX_TEXT, late_row, own_risk
from uppfoljning.report.grundvy import Ankarvy, Statusvy
from uppfoljning.report.kommande import coming_dates
from uppfoljning.report.motesvy import Andratvy, Andringsradvy
from uppfoljning.report.problemet import problem_lead, problem_sentence
from uppfoljning.report.utrymme import lines, rows_that_fit
from uppfoljning.report.view import Beslutvy, Forstasidavy, Lagesradvy, Radvy, Saknasvy
from uppfoljning.report.words import (
    aktor_namn,
    ankare,
    answers_text,
    clean,
    is_part,
    kvartal_text,
    needed_by,
    plan_status,
    short_title,
)
from uppfoljning.state import Lage
from uppfoljning.swedish import capitalized, lista, number_word, plural, shorten
from uppfoljning.terms import GENOMFORANDE, LATE, PLAN
from uppfoljning.underlag import Underlag

MAX_IDS = 12
_WEIGHT = {
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
_STOPPED = {GENOMFORANDE[kod] for kod in ("genomford", "pausad", "avbruten")}

_TOLD: tuple[tuple[Planbedomning, str, str], ...] = (
    ("enligt_plan", "följer planen", "följer planen"),
    ("risk_for_forsening", "riskerar att försenas", "riskerar att försenas"),
    ("forsenad", "är försenad", "är försenade"),
)
_ALL = {1: "den följer planen", 2: "båda följer planen"}
_HINDER: tuple[tuple[Hinder, str], ...] = (
    ("plan", "för att överenskommelsen inte anger något antal eller datum att mäta mot"),
    ("svar", "för att svar saknas"),
    ("ansvarig", "för att ingen ansvarig är utsedd"),
    ("avbruten", "för att arbetet är avbrutet"),
    ("satt", "för att aktören har satt den bedömningen"),
)


def first_page(
    underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], siffror: Sifferlage, andrat: Andratvy
) -> Forstasidavy:
    """The view of page one."""
    current = [b for b in bedomda if b.lage.aktuell]
    beslut = _decisions(underlag, lage, bedomda)
    late = [b for b in current if b.plan.bedomning in LATE]
    late.sort(key=lambda b: b.plan.bedomning != "forsenad")
    own = own_risk(underlag, lage, current)
    changed = _changed(andrat)
    missing = _missing(underlag, current)
    awaited = any(a.status == "invantas" for b in current for a in b.lage.aktorer)
    dates = tuple(coming_dates(underlag, lage, current))
    late_rows = tuple(late_row(underlag, lage, b) for b in late)
    told = {
        "beslut": [f"{b.fraga} {b.villkor} {b.aktor} {b.insats} {b.rubrik}" for b in beslut],
        "sent": [_told(r) for r in late_rows],
        "egen": [_told(r) for r in own],
        "andrat": [_told(r) for r in changed],
        "saknas": [f"{s.aktor} {' '.join(i.insats for i in s.insatser)}" for s in missing],
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
    lead, sentences = _lead(current, len(beslut), len(own), andrat)
    return Forstasidavy(
        huvudmening=lead,
        meningar=sentences,
        problemet=problem_lead(siffror),
        beslut=tuple(beslut[: room["beslut"]]),
        beslut_fler=_more(len(beslut) - room["beslut"]),
        andrat=tuple(changed[: room["andrat"]]),
        andrat_fler=_more_changed(room["andrat"], len(changed)),
        andrat_rubrik=f"Ändrat sedan {andrat.sedan}" if andrat.sedan else "Rapporterat i kvartalet",
        sent=late_rows[: room["sent"]],
        sent_fler=_more(len(late) - room["sent"]),
        aktorens_risk=tuple(own[: room["egen"]]),
        aktorens_risk_fler=_more(len(own) - room["egen"]),
        saknas=tuple(missing[: room["saknas"]]),
        saknas_fler=_more(len(missing) - room["saknas"]),
        inga_saknas="" if missing else "Svar väntas fortfarande." if awaited else "Alla har svarat.",
        datum=dates,
        ordning=even_columns(sizes),
        lage=tuple(_overview(underlag, bedomda, siffror)),
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


def answers_due(current: Iterable[Bedomd]) -> tuple[int, int, int]:
    """Answers due for the quarter, given, and of these after the last day."""
    due = given = late = 0
    for b in current:
        for a in b.lage.aktorer:
            due += a.status != "behovs_inte"
            given += a.har_svarat
            late += a.dagar_sen > 0
    return due, given, late


def _lead(current: Sequence[Bedomd], decisions: int, own: int, andrat: Andratvy) -> tuple[str, tuple[str, ...]]:
    counts: Counter[Planbedomning] = Counter(b.plan.bedomning for b in current)
    judged = len(current) - counts["gar_inte_att_bedoma"]
    whole = plural(len(current), "insats", "insatser")
    if not judged:
        lead = f"Ingen av {whole} går att bedöma mot en plan."
    else:
        told = [
            f"{number_word(counts[code])} {one if counts[code] == 1 else many}"
            for code, one, many in _TOLD
            if counts[code]
        ]
        if counts["enligt_plan"] == judged:
            told = [_ALL.get(judged, f"alla {number_word(judged)} följer planen")]
        elif not counts["forsenad"]:
            told.append("ingen är försenad")
        lead = f"Av {whole} går {number_word(judged)} att bedöma: {lista(told)}."
    sentences = []
    hinder = Counter(b.plan.hinder for b in current if b.plan.bedomning == "gar_inte_att_bedoma")
    reasons = [f"{number_word(hinder[kind])} {text}" for kind, text in _HINDER if hinder[kind]]
    if reasons:
        number = counts["gar_inte_att_bedoma"]
        if judged and len(reasons) == 1:
            who = "Den återstående" if number == 1 else f"De andra {number_word(number)}"
            sentences.append(f"{who} går inte att bedöma, {reasons[0].partition(' ')[2]}.")
        else:
            lead_in = f"De andra {number_word(number)} går inte att bedöma" if judged else "Skälen"
            sentences.append(f"{lead_in}: {lista(reasons)}.")
    sentences += filter(None, (_turned(andrat),))
    sentences.append(f"{answers_text(*answers_due(current))}.")
    if own:
        more = "ytterligare " if counts["forsenad"] or counts["risk_for_forsening"] else ""
        cases = f"{more}{number_word(own, neuter=True)}"
        sentences.append(f"I {cases} fall ser en aktör själv en risk eller en försening.")
    if decisions:
        one = decisions == 1
        sentences.append(
            f"{capitalized(number_word(decisions))} {'fråga behöver' if one else 'frågor behöver'} ett beslut."
        )
    return lead, tuple(sentences)


def _decisions(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Beslutvy]:
    found = []
    for b in current:
        for post in b.lage.beslut:
            asked = post.svar.beslut_behovs
            if asked is None:
                continue
            terms = []
            if asked.av:
                terms.append(f"Beslutas av {asked.av}.")
            if asked.senast is not None:
                still = ", fortfarande öppen" if asked.is_overdue(lage.per) else ""
                terms.append(f"{needed_by(asked.senast, lage.per)}{still}.")
            if post.target[2] < lage.kvartal:
                terms.append(f"Ställd i svaret för {kvartal_text(post.target[2])}.")
            view = Beslutvy(
                fraga=shorten(clean(asked.fraga), 3 * MAX_TEXT),
                insats=b.visat_id,
                rubrik=short_title(b.lage.insats.rubrik),
                ankare=ankare(b.lage.insats),
                aktor=aktor_namn(underlag, post.aktor),
                villkor=clean(" ".join(terms)),
            )
            found.append((asked.senast or date.max, view))
    return [view for _, view in sorted(found, key=lambda pair: pair[0])]


def _changed(andrat: Andratvy) -> list[Radvy]:
    """Every change, those that weigh most in a meeting first."""
    rows = [row for grupp in andrat.grupper for row in grupp.rader]
    return [_changed_row(row) for row in sorted(rows, key=_weight)]


def _weight(row: Andringsradvy) -> int:
    """Where a change stands among others on page one."""
    if row.slag == "plan":
        return 0 if row.till.kod == "forsenad" else 1
    if row.slag == "genomforande":
        return 4 if row.till.ord in _STOPPED else 13
    if row.slag == "historik":
        return 2 if row.vad != REVISED else 8
    return _WEIGHT.get(row.slag, 13)


def _changed_row(row: Andringsradvy) -> Radvy:
    if row.slag == "plan":
        was = "" if row.fran.ord == NOTHING else f", förut {row.fran.ord.lower()}"
        status = Statusvy("andrad", f"{row.till.ord}{was}:")
        return Radvy(row.insats, row.rubrik, row.ankare, status, "")
    what = row.vad if row.vad[-1] in "?!.…" else f"{row.vad}:"
    return Radvy(row.insats, row.rubrik, row.ankare, Statusvy("andrad", what), shorten(row.till.ord, MAX_TEXT))


def _more_changed(shown: int, total: int) -> str:
    """That there are more changes than page one shows, where there are."""
    return f"Alla {number_word(total)} ändringar står under Det här har ändrats." if shown < total else ""


def _turned(andrat: Andratvy) -> str:
    """How many plans have got a worse judgement since the quarter before, and how many a better."""
    if not andrat.sedan:
        return ""
    rows = [row for grupp in andrat.grupper for row in grupp.rader if row.slag == "plan"]
    late = sum(row.till.kod == "forsenad" for row in rows)
    risk = sum(row.till.kod == "risk_for_forsening" and row.fran.kod != "forsenad" for row in rows)
    better = sum(_is_better(row.fran.kod, row.till.kod) for row in rows)
    if not rows:
        return f"Sedan {andrat.sedan} har ingen insats fått en ny bedömning."
    told = []
    if late:
        told.append(f"{_some(late)} blivit {'försenad' if late == 1 else 'försenade'}")
    if risk:
        told.append(f"{_some(risk)} fått risk för försening")
    if better:
        told.append(f"{_some(better)} fått en bättre bedömning")
    if not told:
        return f"Sedan {andrat.sedan} har {_some(len(rows))} fått en ny bedömning, men ingen har blivit försenad."
    return f"Sedan {andrat.sedan} har {lista(told)}."


def _is_better(was: str, now: str) -> bool:
    """Whether a late plan is so no longer, or a risk has gone; to become impossible to judge is neither."""
    return (was in LATE and now == "enligt_plan") or (was == "forsenad" and now == "risk_for_forsening")


def _some(number: int) -> str:
    """'en insats' or 'tre insatser'."""
    return f"{number_word(number)} {'insats' if number == 1 else 'insatser'}"


def _missing(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    by_aktor: dict[str, list[Ankarvy]] = {}
    nobody = []
    for b in current:
        if not b.lage.aktorer:
            nobody.append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                by_aktor.setdefault(a.aktor, []).append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
    rows = [
        Saknasvy(
            aktor_namn(underlag, aktor),
            tuple(insatser[:MAX_IDS]),
            "aktör ej utsedd" if is_part(underlag, aktor) else "",
            f" och {number_word(len(insatser) - MAX_IDS)} till" if len(insatser) > MAX_IDS else "",
        )
        for aktor, insatser in by_aktor.items()
    ]
    if nobody:
        rows.append(Saknasvy("Ingen ansvarig", tuple(nobody), "ingen kan svara"))
    return rows


def _overview(underlag: Underlag, bedomda: Sequence[Bedomd], siffror: Sifferlage) -> list[Lagesradvy]:
    rows = []
    for huvudomrade in underlag.huvudomraden:
        mine = [b for b in bedomda if b.lage.huvudomrade is huvudomrade and b.lage.aktuell]
        counts = Counter(b.plan.bedomning for b in mine)
        due, given, late = answers_due(mine)
        sent = (
            f", {number_word(late, neuter=True)} sent" if late == 1 else f", {number_word(late)} sena" if late else ""
        )
        rows.append(
            Lagesradvy(
                rubrik=clean(huvudomrade.rubrik),
                ankare=f"huvudomrade-{huvudomrade.id.lower()}",
                antal=plural(len(mine), "insats", "insatser"),
                statusar=tuple(plan_status(code, counts[code]) for code in PLAN if counts[code]),
                svar=f"{given} av {due} svar{sent}" if due else "inga svar väntas",
                problemet=problem_sentence(siffror, huvudomrade),
            )
        )
    return rows


def overview_sentence(mine: Sequence[Bedomd]) -> str:
    """One sentence on how the work in a huvudområde goes."""
    if not mine:
        return "Inga insatser i kvartalet."
    late = [b.visat_id for b in mine if b.plan.bedomning == "forsenad"]
    risk = [b.visat_id for b in mine if b.plan.bedomning == "risk_for_forsening"]
    good = sum(b.plan.bedomning == "enligt_plan" for b in mine)
    parts = []
    if late:
        parts.append(f"{lista(late)} är {'försenad' if len(late) == 1 else 'försenade'}")
    if risk:
        parts.append(f"{lista(risk)} riskerar att försenas")
    if good:
        parts.append(f"{number_word(good)} följer planen")
    unknown = len(mine) - len(late) - len(risk) - good
    if not parts:
        return "Ingen insats går att bedöma mot en plan."
    if unknown:
        parts.append(f"{number_word(unknown)} går inte att bedöma")
    return f"{capitalized('; '.join(parts))}."
