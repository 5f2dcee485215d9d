"""The parties' commitments in one table: what each aktör has promised, what is done and what is open.

A row is an aktör's share of an insats. What belongs to the insats as a whole (a count, a milestone that nobody has
reported) stands once, at the aktör who counts or is named first: those who have promised the same point there, and
those with a commitment of their own are not held to it. About individuals no count, date or plan is ever shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from uppfoljning.model import Ansvarig, Insats, Moment
from uppfoljning.plan import Matt
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.granskningsvy import Atagandevy, Medverkanvy, Parternasvy, Partvy
from uppfoljning.report.grundvy import Ankarvy
from uppfoljning.report.insats import frekvens_text, mal_text, so_far
from uppfoljning.report.words import SVAR, aktor_namn, ankare, clean, is_part, kvartal_text
from uppfoljning.state import Aktorslage, Lage
from uppfoljning.swedish import antal, capitalized, datum, number_word, plural, shorten
from uppfoljning.terms import GENOMFORANDE
from uppfoljning.underlag import Underlag, counted_by, find_ansvarig

_MAX_TITLE = 48
_MAX_NAME = 60
_MAX_LOVAT = 96
_MAX_CELL = 150
_MAX_POINT = 64
_MAX_QUESTION = 52
_MAX_DONE = 2
_OVER = {"genomford", "avbruten"}

_STATED: dict[str, tuple[str, str]] = {
    "genomford": ("genomfört", "genomförda"),
    "pagar": ("pågår", "pågår"),
    "pausad": ("pausat", "pausade"),
    "inte_paborjad": ("inte påbörjat", "inte påbörjade"),
    "avbruten": ("avbrutet", "avbrutna"),
    "uppgift": ("utan uppgift om läget", "utan uppgift om läget"),
    "svar": ("utan svar", "utan svar"),
}


def parties_view(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd]) -> Parternasvy:
    """The view of all commitments of the insatser that belong to the quarter."""
    current = [b for b in bedomda if b.lage.aktuell]
    part_of = parts_of_aktorer(underlag)
    grupper = []
    for part in underlag.overenskommelse.parter:
        mine = [(b, a) for b in current for a in b.lage.aktorer if part_of.get(a.aktor) == part.id]
        rader = tuple(_row(underlag, lage, b, a) for b, a in mine)
        grupper.append(Partvy(_heading(underlag, part.id, [a for _, a in mine]), rader))
    return Parternasvy(
        ingress=f"Vad var och en har lovat, vad som är gjort enligt svaren och vad som är öppet den {datum(lage.per)}.",
        grupper=tuple(grupper),
        medverkan=tuple(_beside(underlag, current, part_of)),
    )


def parts_of_aktorer(underlag: Underlag) -> dict[str, str]:
    """The party that each aktör belongs to; a party is its own."""
    avtal = underlag.overenskommelse
    return {a.id: a.del_av for a in avtal.aktorer} | {p.id: p.id for p in avtal.parter}


def count_states(aktorer: Iterable[Aktorslage]) -> list[str]:
    """How far commitments have come, in words: ['2 genomförda', '19 pågår', '3 utan svar']."""
    counts: Counter[str] = Counter(a.genomforande or ("uppgift" if a.besvarade_kvartal else "svar") for a in aktorer)
    return [f"{n} {one if n == 1 else many}" for code, (one, many) in _STATED.items() if (n := counts[code])]


def _heading(underlag: Underlag, part: str, aktorer: Sequence[Aktorslage]) -> str:
    name = shorten(clean(aktor_namn(underlag, part)), _MAX_NAME)
    if not aktorer:
        return f"{name}: inga åtaganden i kvartalet"
    text = f"{name}: {plural(len(aktorer), 'åtagande', 'åtaganden')} – {', '.join(count_states(aktorer))}"
    unnamed = sum(is_part(underlag, a.aktor) for a in aktorer)
    missing = sum(a.status == "inget_svar" for a in aktorer)
    if unnamed:
        text += f"; {unnamed} utan utsedd aktör"
    if missing:
        text += f"; kvartalets svar saknas för {missing}"
    return text


def _row(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> Atagandevy:
    insats = b.lage.insats
    own = find_ansvarig(insats, a.aktor) or insats.ansvariga[0]
    name = shorten(clean(aktor_namn(underlag, a.aktor)), _MAX_NAME)
    return Atagandevy(
        insats=b.visat_id,
        ankare=ankare(insats),
        rubrik=shorten(clean(insats.rubrik), _MAX_TITLE),
        aktor=f"{name} (aktör ej utsedd)" if is_part(underlag, a.aktor) else name,
        lovat=_promised(insats, own),
        gjort=_cell(_done(lage, b, a)),
        oppet=_cell(_open(underlag, lage, b, a)),
    )


def _cell(points: Iterable[str]) -> str:
    """The points of a cell as one text; those that don't fit are counted rather than cut."""
    told: list[str] = []
    found = [shorten(point, _MAX_CELL) for point in points]
    for point in found:
        if told and len("; ".join([*told, point])) > _MAX_CELL:
            rest = len(found) - len(told)
            return capitalized(f"{'; '.join(told)}; och {number_word(rest, neuter=True)} till")
        told.append(point)
    return capitalized("; ".join(told))


# --- promised ---


def _promised(insats: Insats, own: Ansvarig) -> str:
    """The aktör's own commitment, else what the insats is measured by, else what it is about."""
    text = own.atagande or "; ".join(_measured(insats)) or insats.beskrivning.partition(". ")[0]
    return shorten(capitalized(clean(text)).rstrip("."), _MAX_LOVAT)


def _measured(insats: Insats) -> Iterator[str]:
    """How often, how many and which milestones, in a few words."""
    frekvens, mal = insats.frekvens, insats.malsattning
    counted = mal is not None and mal.antal is not None and not insats.individinsats
    if frekvens is not None and not (insats.individinsats and frekvens.antal is not None):
        unit = frekvens.enhet if frekvens.antal is not None and not counted else None
        yield f"{unit}: {frekvens_text(frekvens)}" if unit else frekvens_text(frekvens)
    if mal is not None and not (insats.individinsats and mal.antal is not None):
        yield f"{mal_text(mal)} sammanlagt" if counted and frekvens is not None else mal_text(mal)
    for moment in insats.moment:
        dated = moment.senast is not None and not insats.individinsats
        yield f"{moment.rubrik} senast {moment.senast.text}" if dated and moment.senast else moment.rubrik


# --- done ---


def _done(lage: Lage, b: Bedomd, a: Aktorslage) -> Iterator[str]:
    """How far the aktör says that it has come, what it has counted, and the milestones it has reported."""
    yield _state(lage, a)
    insats, individ = b.lage.insats, b.lage.insats.individinsats
    if not individ:
        told = _counts(b) if a.aktor == counted_by(insats) else []
        # Where another aktör counts, its number is the one that holds.
        own = so_far(b.lage, a.aktor) if insats.raknas_av in {None, a.aktor} else ""
        yield from told or ([f"{own} hittills"] if own else [])
    rubriker = {m.id: clean(m.rubrik) for m in insats.moment}
    mine = [k for k in b.lage.klara.values() if k.moment in rubriker and _reporter(insats, k.aktor) == a.aktor]
    mine.sort(key=lambda k: k.datum, reverse=True)
    for klart in mine[:_MAX_DONE]:
        when = "klart" if individ else f"klart {datum(klart.datum)}"
        alone = _says_it_all(insats)
        yield f"momentet {when}" if alone else f"{when}: {shorten(rubriker[klart.moment], _MAX_POINT)}"
    if len(mine) > _MAX_DONE:
        yield f"{number_word(len(mine) - _MAX_DONE)} moment klara tidigare"


def _state(lage: Lage, a: Aktorslage) -> str:
    """The last genomförande that the aktör stated, and when it is from an earlier quarter."""
    if a.innehall is None or a.genomforande is None:
        return "Svar väntas" if a.status == "invantas" else SVAR[a.status] if a.har_svarat else "Inget svar"
    said, since = GENOMFORANDE[a.genomforande], a.innehall.post.target[2]
    if since == lage.kvartal:
        return said
    if a.status == "oforandrat":
        return f"{said}, oförändrat sedan {kvartal_text(since)}"
    return f"{said} enligt svaret för {kvartal_text(since)}"


def _counts(b: Bedomd) -> list[str]:
    """'2 av 3 trygghetsvandringar 2022, 2 av 6 sammanlagt'; where no plan is derived, the bare number."""
    found = [d.matt for d in b.plan.delar if d.matt is not None]
    if not found:
        events = b.lage.raknade
        return [f"{antal(sum(h.handelse.antal for h in events))} {clean(events[0].vad)} hittills"] if events else []
    # Of years that are over only those that fell short are told, and the latest.
    last = max((m.ar for m in found if m.ar is not None), default=None)
    shown = [m for m in found if m.ar is None or m.ar == last or m.rest]
    words = []
    for m in shown:
        unit = f" {clean(m.enhet)}" if m is shown[0] else ""
        when = f" {m.ar}" if m.ar is not None else " sammanlagt" if len(shown) > 1 else ""
        words.append(f"{antal(m.klara)} av {antal(m.av)}{unit}{when}")
    return [", ".join(words)]


def _says_it_all(insats: Insats) -> bool:
    """Whether the promise already names the insats's only milestone."""
    return len(insats.moment) == 1 and not any(a.atagande for a in insats.ansvariga)


def _reporter(insats: Insats, aktor: str) -> str:
    """The row in which a milestone stands: that of the aktör who reported it, if it has one."""
    return aktor if find_ansvarig(insats, aktor) is not None else _holder(insats)


def _holder(insats: Insats) -> str:
    """The aktör at whom what belongs to the whole insats stands: the one who counts, else the first."""
    return counted_by(insats) or insats.ansvariga[0].aktor


# --- open ---


def _open(underlag: Underlag, lage: Lage, b: Bedomd, a: Aktorslage) -> list[str]:
    """What remains for the aktör, in a few points; that nothing does, when so."""
    insats = b.lage.insats
    points = []
    if a.status in {"inget_svar", "invantas"}:
        points.append("kvartalets svar" if a.status == "inget_svar" else "kvartalets svar väntas")
    for post in b.lage.beslut:
        if _reporter(insats, post.aktor) == a.aktor and post.svar.beslut_behovs is not None:
            points.append(f"beslut: {shorten(clean(post.svar.beslut_behovs.fraga), _MAX_QUESTION)}")
    holder, own = _holder(insats), find_ansvarig(insats, a.aktor)
    shares = a.aktor == holder or own is None or own.atagande is None
    joint = list(_joint(b, lage.per)) if shares and a.genomforande != "avbruten" else []
    if joint:
        points += joint if a.aktor == holder else [f"det gemensamma står vid {clean(aktor_namn(underlag, holder))}"]
    if not insats.individinsats and a.genomforande not in _OVER:
        points += _next_date(lage, a, "; ".join(points))
    if points:
        return points
    if a.genomforande == "avbruten":
        return ["inget mer väntas"]
    if a.genomforande == "genomford":
        return ["inget öppet"]
    if a.genomforande == "pausad":
        return ["när arbetet återupptas"]
    unmeasured = not shares or any(d.hinder == "plan" for d in b.plan.delar)
    return ["inget antal eller datum att mäta mot"] if unmeasured else ["inget öppet"]


def _joint(b: Bedomd, per: date) -> Iterator[str]:
    """What is open of the insats as a whole: a start that hasn't been, what is left to count, and milestones."""
    insats, individ = b.lage.insats, b.lage.insats.individinsats
    if not individ:
        unstarted = {a.genomforande for a in b.lage.aktorer} == {"inte_paborjad"}
        if insats.start is not None and insats.start.till < per and unstarted:
            yield f"skulle ha startat {insats.start.text}"
        yield from _left([d.matt for d in b.plan.delar if d.matt is not None])
    alone = _says_it_all(insats)
    for moment in insats.moment:
        if moment.id not in b.lage.klara:
            name = "" if alone else f"{shorten(clean(moment.rubrik), _MAX_POINT)}: "
            yield f"{name}inte rapporterat klart{'' if individ else _when(moment, per, alone)}"


def _left(counts: Sequence[Matt]) -> Iterator[str]:
    """What remains to be counted. Where a year is counted too, it says enough of the aim for the whole time."""
    by_year = [m for m in counts if m.ar is not None]
    for m in by_year or counts:
        if m.rest:
            yield m.rest


def _when(moment: Moment, per: date, alone: bool) -> str:
    """That no day is set for a milestone, that it has passed, or which it is where the promise hasn't just said so."""
    if moment.senast is None:
        return ", inget datum satt"
    if moment.senast.till < per:
        return f", sista dag var {datum(moment.senast.till)}"
    return "" if alone else f", senast {moment.senast.text}"


def _next_date(lage: Lage, a: Aktorslage, told: str) -> list[str]:
    """The nearest date that the aktör has planned and that isn't told already."""
    planned = a.innehall.post.svar.planerat if a.innehall is not None else ()
    ahead = sorted((p for p in planned if p.datum > lage.per and datum(p.datum) not in told), key=lambda p: p.datum)
    if not ahead:
        return []
    more = f" (och {number_word(len(ahead) - 1, neuter=True)} datum till)" if len(ahead) > 1 else ""
    return [f"{datum(ahead[0].datum)}: {shorten(clean(ahead[0].vad), _MAX_POINT)}{more}"]


# --- beside the table ---


def _beside(underlag: Underlag, current: Sequence[Bedomd], part_of: dict[str, str]) -> Iterator[Medverkanvy]:
    """Where a party takes part without answering, and the insatser that nobody has promised anything in."""
    for part in underlag.overenskommelse.parter:
        with_part, answers = [], False
        for b in current:
            insats = b.lage.insats
            mine = any(part_of.get(a.aktor) == part.id for a in insats.ansvariga)
            answers |= mine
            if not mine and any(part_of.get(p) == part.id for p in insats.samverkanspartner):
                with_part.append(Ankarvy(b.visat_id, ankare(insats)))
        if with_part:
            name = shorten(clean(aktor_namn(underlag, part.id)), _MAX_NAME)
            also = "dessutom, utan att svara," if answers else "utan att svara"
            yield Medverkanvy(f"{name} medverkar {also} i:", tuple(with_part))
    nobody = tuple(Ankarvy(b.visat_id, ankare(b.lage.insats)) for b in current if not b.lage.insats.ansvariga)
    if nobody:
        yield Medverkanvy("Ingen ansvarig är utsedd, så ingen har lovat något, för:", nobody)
