"""What a row of the commitments says: what an aktör has promised, how far that has come, and what is open.

What belongs to the insats as a whole (a count, a milestone that nobody has reported) stands once, at the aktör who
counts or is named first: those who have promised the same point there, and those with a commitment of their own are
not held to it. About individuals no count and no planned date is ever told; a milestone is about the organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from uppfoljning.facts.events import Handelse, total
from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.facts.oenighet import find_oenighet
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Ansvarig, Insats, Moment, Planerat
from uppfoljning.model.codes import DONE, LATE, OVER, RESTING, STOPPED, UNBEGUN
from uppfoljning.model.underlag import Underlag, counted_by, ended, find_ansvarig
from uppfoljning.text.clauses import cut_at_clause, first_sentence
from uppfoljning.text.swedish import antal, capitalized, datum, fold, lista, number_word, shorten
from uppfoljning.words.codes import GENOMFORANDE, OENIGHET_SHORT, OWN_WORRY_INSIDE, PER_PERIOD, PER_YEAR, PLAN, SVAR
from uppfoljning.words.common import aktor_namn, clean, kvartal_text
from uppfoljning.words.insats import frekvens_text, so_far
from uppfoljning.words.plan import rest_text, so_many

NOTHING = "–"
_MAX_LOVAT = 140
_MAX_CELL = 270
_MAX_POINT = 64
_MAX_QUESTION = 80
_MAX_REASON = 110
_MAX_DONE = 2


def _cell(points: Iterable[str]) -> str:
    """The points of a cell as one text; those that don't fit are counted rather than cut."""
    text, rest = "", 0
    for point in points:
        longer = _join(text, shorten(point, _MAX_CELL))
        if text and (rest or len(longer) > _MAX_CELL):
            rest += 1
        else:
            text = longer
    return capitalized(_join(text, f"och {number_word(rest, neuter=True)} till") if rest else text)


def _join(text: str, point: str) -> str:
    if text.endswith(("?", "!", ".")):
        return f"{text} {capitalized(point)}"
    return f"{text}; {point}" if text else point


# --- promised ---


def promised(insats: Insats, own: Ansvarig) -> str:
    """The aktör's own commitment, else what the insats is about and the number or day that it is held to."""
    if own.atagande:
        return cut_at_clause(capitalized(clean(own.atagande).rstrip(".")), _MAX_LOVAT)
    told = capitalized(first_sentence(clean(insats.beskrivning)))
    held = clean(", ".join(_held_to(insats, told)))
    return f"{cut_at_clause(told, _MAX_LOVAT - len(held) - 3)} ({held})" if held else cut_at_clause(told, _MAX_LOVAT)


def _held_to(insats: Insats, told: str) -> Iterator[str]:
    """How many, and by when, of what can be counted or has a day; not what the sentence before it has told."""
    frekvens, mal = insats.frekvens, insats.malsattning
    often = frekvens is not None and frekvens.antal is not None and not insats.individinsats
    if often and frekvens is not None:
        text = frekvens_text(frekvens.model_copy(update={"ord": None}))
        if not (frekvens.antal == 1 and frekvens.per is not None and f"varje {PER_PERIOD[frekvens.per]}" in told):
            yield text
    if mal is not None and mal.antal is not None and not insats.individinsats:
        number = f"{antal(mal.antal)} {'sammanlagt' if often else mal.enhet or ''}".strip()
        yield f"{number} senast {mal.senast.text}" if mal.senast is not None else number
    if len(insats.moment) > 1:
        yield f"{number_word(len(insats.moment), neuter=True)} moment"
    elif insats.moment and insats.moment[0].senast is not None and insats.moment[0].senast.text not in told:
        yield f"senast {insats.moment[0].senast.text}"


# --- done ---


def done(lage: Lage, b: Bedomd, a: Aktorslage) -> str:
    """How far the aktör says that it has come, what it has counted, and the milestones it has reported."""
    return _cell(_done(lage, b, a))


def _done(lage: Lage, b: Bedomd, a: Aktorslage) -> Iterator[str]:
    yield _state(lage, b, a)
    insats = b.lage.insats
    if not insats.individinsats:
        told = list(_counts(b)) if a.aktor == b.lage.raknare else []
        yield from told or _so_far(b, a)
    rubriker = {m.id: clean(m.rubrik) for m in insats.moment}
    mine = [k for k in b.lage.klara.values() if k.moment in rubriker and _reporter(insats, k.aktor) == a.aktor]
    mine.sort(key=lambda k: k.datum, reverse=True)
    for klart in mine[:_MAX_DONE]:
        yield f"klart {datum(klart.datum)}: {shorten(rubriker[klart.moment], _MAX_POINT)}"
    if len(mine) > _MAX_DONE:
        yield f"{number_word(len(mine) - _MAX_DONE)} moment klara tidigare"


def _state(lage: Lage, b: Bedomd, a: Aktorslage) -> str:
    """The last genomförande that the aktör stated, whether that is late, and when it is from an earlier quarter."""
    if a.innehall is None or a.genomforande is None:
        if a.har_svarat:
            return SVAR[a.status]
        if a.besvarade_kvartal:
            return "okänt: inget svar säger hur långt det har kommit"
        return "okänt: svaret väntas" if a.status == "invantas" else "okänt: inget svar har lämnats"
    said, since = GENOMFORANDE[a.genomforande], a.innehall.post.target[2]
    if a.genomforande not in OVER:
        if b.plan.bedomning in LATE and _concerned(b, a):
            said += f", {PLAN[b.plan.bedomning].lower()}"
        elif a.egen_bedomning is not None and OWN_WORRY_INSIDE[a.egen_bedomning]:
            said += f", {OWN_WORRY_INSIDE[a.egen_bedomning]}"
    if since == lage.kvartal:
        return said
    if a.status == "oforandrat":
        return f"{said}, oförändrat sedan {kvartal_text(since)}"
    return f"{said} enligt svaret för {kvartal_text(since)}"


def _counts(b: Bedomd) -> Iterator[str]:
    """'trygghetsvandringar 2022: 1 av 3, sammanlagt: 1 av 6', or the bare number where no plan is derived."""
    events = b.lage.raknade
    counts = [d.matt for d in b.plan.delar if d.matt is not None]
    if not counts and events:
        yield f"{antal(total(events))} {clean(events[0].vad)} hittills{_latest(events)}"
    # Of years that are over only those that fell short are told, and the latest.
    last = max((m.ar for m in counts if m.ar is not None), default=None)
    shown = [m for m in counts if m.ar is None or m.ar == last or m.kod != "natt"]
    told = []
    for m in shown:
        when = str(m.ar) if m.ar is not None else "sammanlagt" if len(shown) > 1 else ""
        name = f"{clean(m.enhet)} {when}".strip() if m is shown[0] else when
        whole = f" {PER_YEAR[m.per or 'ar']}" if m.kod == "del_av_ar" else ""
        told.append(f"{name}: {so_many(m)}{whole}{', målet nått' if m.ar is None and m.kvar <= 0 else ''}")
    if told:
        yield f"{', '.join(told)}{_latest(events)}"


def _so_far(b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """What the aktör has reported of what no plan counts. Where another counts, its number is the one that holds."""
    text = so_far(b.lage, a.aktor) if b.lage.insats.raknas_av in {None, a.aktor} else ""
    if text:
        yield f"{text} hittills{_latest([h for h in b.lage.handelser if h.aktor == a.aktor])}"


def _latest(events: Sequence[Handelse]) -> str:
    """The day of the latest of some events."""
    days = [h.handelse.datum for h in events if h.handelse.datum is not None]
    undated = [h.kvartal for h in events if h.handelse.datum is None]
    if not days or any(kvartal.slut > max(days) for kvartal in undated):
        return ""
    return f" (senaste {datum(max(days))})"


def _reporter(insats: Insats, aktor: str) -> str:
    """The row in which a milestone or a question stands: that of the aktör who told it, if it has one."""
    return aktor if find_ansvarig(insats, aktor) is not None else _holder(insats)


def _holder(insats: Insats) -> str:
    """The aktör at whom what belongs to the whole insats stands: the one who counts, else the first."""
    return counted_by(insats) or insats.ansvariga[0].aktor


def _shares(insats: Insats, aktor: str) -> bool:
    """Whether an aktör is held to what belongs to the whole insats."""
    own = find_ansvarig(insats, aktor)
    return aktor == _holder(insats) or own is None or own.atagande is None


def _concerned(b: Bedomd, a: Aktorslage) -> bool:
    """Whether the insats's plan is this aktör's too."""
    return _shares(b.lage.insats, a.aktor) or b.plan.overstyrd_av == a.aktor


# --- open ---


def still_open(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> str:
    """What remains for the aktör, what matters most first; a dash where nothing is known to."""
    return _cell(_open(underlag, lage, b, a))


def _open(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> list[str]:
    joint = list(_joint(underlag, lage, b, a))
    late = b.plan.bedomning in LATE
    points = [*_questions(lage, b, a), *_reason(b, a), *(joint if late else ()), *_differences(lage, b, a)]
    if a.status in {"inget_svar", "invantas"}:
        points.append(f"svaret för kvartalet {'saknas' if a.status == 'inget_svar' else 'väntas'}")
    if not late:
        points += joint
    insats = b.lage.insats
    if not insats.individinsats and a.genomforande not in OVER and ended(insats, lage.per) is None:
        points += [*_unanswered(lage, a), *_next_date(lage, b, a, "; ".join(points))]
    if points:
        return points
    if a.genomforande in STOPPED:
        return ["inget mer väntas"]
    if a.genomforande in DONE:
        return ["inget öppet"]
    if a.genomforande in RESTING:
        return ["när arbetet återupptas"]
    measured = _shares(b.lage.insats, a.aktor) and not any(d.hinder == "plan" for d in b.plan.delar)
    return ["inget öppet"] if measured else [NOTHING]


def _questions(lage: Lage, b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """The questions that wait for a decision, with the day when it is or was needed."""
    for fraga in b.lage.beslut:
        asked = fraga.fraga
        if _reporter(b.lage.insats, fraga.aktor) == a.aktor:
            overdue = asked.is_overdue(lage.per)
            when = f" senast {datum(asked.senast)}" if asked.senast is not None else ""
            question = cut_at_clause(clean(asked.fraga), _MAX_QUESTION)
            yield f"beslut {'behövdes' if overdue else 'behövs'}{when}: {question}"


def _reason(b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """Why the aktör itself has set the plan to late or at risk."""
    if b.plan.overstyrd_av == a.aktor and b.plan.bedomning in LATE:
        yield cut_at_clause(first_sentence(clean(b.plan.overstyrd_skal or "")), _MAX_REASON)


def _differences(lage: Lage, b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """That the aktör and another answer differently, and of what."""
    found = [
        OENIGHET_SHORT[o.slag]
        for o in find_oenighet(b.lage, lage.kvartal)
        if a.aktor in dict(o.sagt) and not (o.slag == "antal" and b.lage.insats.individinsats)
    ]
    if found:
        yield f"olika svar om {lista(list(dict.fromkeys(found)))}"


def _joint(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """What is open of the insats as a whole, at the aktör who holds it, and a word of where that is at the others."""
    insats = b.lage.insats
    if a.genomforande in STOPPED or not _shares(insats, a.aktor):
        return
    # What the aktör gives for a reason says more than what is left of the plan that won't hold.
    explained = b.plan.overstyrd_av == a.aktor and b.plan.bedomning in LATE
    found = list(_of_the_whole(b, lage.per, explained))
    if a.aktor == _holder(insats):
        yield from found
    elif found:
        yield f"det gemensamma står vid {clean(aktor_namn(underlag, _holder(insats)))}"


def _of_the_whole(b: Bedomd, per: date, explained: bool) -> Iterator[str]:
    """A start that hasn't been, what is left to count, and milestones that nobody has reported."""
    insats = b.lage.insats
    if not explained:
        unstarted = {a.genomforande for a in b.lage.aktorer} <= UNBEGUN
        if insats.start is not None and insats.start.till < per and unstarted:
            yield f"skulle ha startat {insats.start.text}"
        if not insats.individinsats:
            yield from _left(b)
    for moment in insats.moment:
        if moment.id not in b.lage.klara and not (explained and len(insats.moment) == 1):
            yield f"{shorten(clean(moment.rubrik), _MAX_POINT)}: {_when(insats, moment, per)}"


def _left(b: Bedomd) -> Iterator[str]:
    """What remains to be counted. Where a year is counted too, it says enough of the aim for the whole time."""
    frekvens = b.lage.insats.frekvens
    counts = [(d, d.matt) for d in b.plan.delar if d.matt is not None]
    by_year = [(d, m) for d, m in counts if m.ar is not None]
    for d, m in by_year or counts:
        short_of_time = d.bedomning == "risk_for_forsening" and (frekvens is None or frekvens.per == "ar")
        rest = rest_text(m)
        if rest and short_of_time and d.frist is not None:
            yield f"{rest}, sista dag {datum(d.frist)}"
        elif rest:
            yield rest


def _when(insats: Insats, moment: Moment, per: date) -> str:
    """That no day is agreed for a milestone, that it has passed, or which it is where the promise hasn't said so."""
    if moment.senast is None:
        return "inget datum i överenskommelsen"
    if moment.senast.till < per:
        return f"inte rapporterat klart, sista dag var {datum(moment.senast.till)}"
    told = len(insats.moment) == 1 and not any(a.atagande for a in insats.ansvariga)
    return "inte rapporterat klart" if told else f"inte rapporterat klart, senast {moment.senast.text}"


def _unanswered(lage: Lage, a: Aktorslage) -> Iterator[str]:
    """What the aktör had planned for a day that has passed, when it hasn't answered since."""
    if a.innehall is None or max(a.besvarade_kvartal) > a.innehall.post.target[2]:
        return
    post = a.innehall.post
    passed = [p for p in post.svar.planerat if post.lamnad <= p.datum < lage.per]
    if passed:
        first, more = _first(passed)
        yield f"planerat {datum(first.datum)}, inte besvarat: {shorten(clean(first.vad), _MAX_POINT)}{more}"


def _next_date(lage: Lage, b: Bedomd, a: Aktorslage, told: str) -> Iterator[str]:
    """The nearest date that the aktör has planned and that isn't told already."""
    planned = a.innehall.post.svar.planerat if a.innehall is not None else ()
    ahead = [p for p in planned if p.datum >= lage.per and datum(p.datum) not in told]
    if not ahead:
        return
    first, more = _first(ahead)
    what = shorten(clean(first.vad), _MAX_POINT)
    undated = any(m.senast is None and m.id not in b.lage.klara for m in b.lage.insats.moment)
    if undated and a.aktor == _holder(b.lage.insats):
        yield f"aktörens datum: {datum(first.datum)} ({what}){more}"
    else:
        yield f"{datum(first.datum)}: {what}{more}"


def _first(planned: Iterable[Planerat]) -> tuple[Planerat, str]:
    """The first of some planned dates, and how many more there are."""
    first, *rest = sorted(planned, key=lambda p: (p.datum, fold(p.vad)))
    return first, f" (och {number_word(len(rest), neuter=True)} datum till)" if rest else ""
