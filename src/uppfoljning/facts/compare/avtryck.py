"""A quarter's imprint: all that can change between two quarters, as plain keys and codes that can be kept and compared.

What the keys and codes are stands in :mod:`uppfoljning.facts.compare.keys`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from uppfoljning.facts.beslut import Arendefraga, Fraga, other_matters
from uppfoljning.facts.compare.keys import DOLD, Avtryck, Insatsnamn, Momentkod, Nyckel, Par, Varde
from uppfoljning.facts.compare.promises import promises
from uppfoljning.facts.figures.extracts import as_known, choose
from uppfoljning.facts.figures.judge import Sifferlage, follow
from uppfoljning.facts.lage import Aktorslage, Gallande, Insatslage, Lage
from uppfoljning.facts.oenighet import differing_counts, find_oenighet
from uppfoljning.facts.plan import Planlage
from uppfoljning.model import Insats, Planerat
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import Serie, Tabell
from uppfoljning.model.underlag import Underlag, shown_id
from uppfoljning.text.swedish import fold


def make_avtryck(
    underlag: Underlag,
    lage: Lage,
    planer: Mapping[str, Planlage],
    siffror: Sifferlage | None = None,
    *,
    known_by: date | None = None,
) -> Avtryck:
    """The imprint of a merged state, its plans by insats, and the figures as they could be known at its ``per``.

    With ``known_by``, the figures are those that could be known on that day instead. ``siffror`` spares following the
    figures once more, where nothing was extracted later than that.
    """
    varden: dict[Nyckel, Varde] = {}
    for i in lage.insatser:
        varden.update(_of_insats(i, planer[i.insats.id], lage))
    varden.update((matter_key(a), matter_value(a)) for a in other_matters(underlag.ovriga_beslut(lage.per)))
    varden.update(_answers(underlag, lage))
    known = as_known(underlag.tabeller, known_by or lage.per)
    if siffror is None or len(known) != len(underlag.tabeller):
        siffror = follow(replace(underlag, tabeller=known), lage.kvartal)
    varden.update(_verdicts(siffror))
    varden.update(_figures(underlag, known, lage.kvartal))
    days = {
        i.insats.id: frozenset(
            day.isoformat()
            for day in (*(h.handelse.datum for h in i.handelser), *(k.datum for k in i.klara.values()))
            if day is not None
        )
        for i in lage.insatser
    }
    return Avtryck(lage.kvartal, lage.per, varden, insats_names(underlag), days, namn=underlag.namn)


def blank_avtryck(underlag: Underlag, kvartal: Kvartal) -> Avtryck:
    """What was known before an agreement's first quarter: nothing but earlier changes of its insatser."""
    varden = {
        nyckel: varde
        for _, insats, _ in underlag.insatser()
        for nyckel, varde in _history(insats)
        if varde.dag is not None and varde.dag < kvartal.start
    }
    return Avtryck(kvartal, kvartal.start, varden, insats_names(underlag), namn=underlag.namn)


def insats_names(underlag: Underlag) -> dict[str, Insatsnamn]:
    """What the insatser are called, by id."""
    return {i.id: Insatsnamn(shown_id(h, i.id), i.rubrik, h.id) for h, i, _ in underlag.insatser()}


def _history(insats: Insats) -> Iterator[Par]:
    seen: Counter[tuple[str, date]] = Counter()
    for change in insats.historik:
        seen[change.handelse, change.datum] += 1
        nr = seen[change.handelse, change.datum]
        text, invented = change.andring or change.skal, "(påhittat exempel) " if change.exempel else ""
        key = Nyckel("historik", insats.id, "", change.handelse, dag=change.datum.isoformat(), nr=nr)
        yield key, Varde("hande", text, change.datum, invented)


def _of_insats(lage: Insatslage, plan: Planlage, state: Lage) -> Iterator[Par]:
    insats = lage.insats
    yield Nyckel("insats", insats.id), Varde("aktuell" if lage.aktuell else "inte_aktuell")
    yield Nyckel("lydelse", insats.id), Varde(f"{insats.rubrik}\n{insats.beskrivning}", insats.beskrivning)
    yield from (pair for pair in _history(insats) if pair[1].dag is not None and pair[1].dag <= state.kvartal.slut)
    for ansvarig in insats.ansvariga:
        atagande = ansvarig.atagande or ""
        yield Nyckel("lydelse", insats.id, ansvarig.aktor), Varde(atagande, atagande)
    yield from promises(insats)
    for answer in lage.rattade:
        yield from _corrections(answer)
    for fraga in lage.fragor:
        yield question_key(insats.id, fraga), question_value(fraga, state.per)
    if lage.aktuell:
        yield from _of_work(lage, plan, state)


def question_key(insats: str, fraga: Fraga) -> Nyckel:
    """A question for decision by its words; asked again after it was settled, it is another."""
    return Nyckel("beslut", insats, fraga.aktor, fold(fraga.fraga.fraga), dag=fraga.forst.start.isoformat())


def question_value(fraga: Fraga, per: date) -> Varde:
    """Waiting until a day, or what has come of it and when.

    The code holds the outcome and its day, since to be put off once more is a change, and that its last day has passed.
    """
    late, last = fraga.is_overdue(per), fraga.senaste
    if last is None:
        return Varde("forfallen" if late else "oppen", fraga.fraga.fraga, fraga.fraga.senast)
    kod = f"{last.utfall} {last.datum.isoformat()}{' forfallen' if late else ''}"
    return Varde(kod, fraga.fraga.fraga, last.datum, last.text)


def matter_key(arende: Arendefraga) -> Nyckel:
    """A question about no insats, by its words and its quarter."""
    last = arende.senaste.uppgifter
    return Nyckel("beslut", vad=fold(arende.fraga), dag=last.kvartal.start.isoformat())


def matter_value(arende: Arendefraga) -> Varde:
    """What has come of it, and when."""
    last = arende.senaste.uppgifter
    return Varde(f"{last.utfall} {last.datum.isoformat()}", arende.fraga, last.datum, last.text)


def question_outcome(varde: Varde) -> tuple[str, bool]:
    """The code of what has come of a question (empty while nothing has), and whether its last day has passed."""
    outcome, _, rest = varde.kod.partition(" ")
    return ("", outcome == "forfallen") if outcome in {"oppen", "forfallen"} else (outcome, rest.endswith("forfallen"))


def planned_days(varde: Varde) -> tuple[str, ...]:
    """The days (ISO) of what is planned."""
    return tuple(varde.kod.split())


def _of_work(lage: Insatslage, plan: Planlage, state: Lage) -> Iterator[Par]:
    """What there is to say of an insats while it is part of the quarter."""
    insats = lage.insats
    yield Nyckel("plan", insats.id), Varde(plan.bedomning)
    if plan.natt is not None:
        yield Nyckel("malet", insats.id), Varde(f"{plan.natt.klara} {plan.natt.av}", plan.natt.enhet)
    for moment in insats.moment:
        done = lage.klara.get(moment.id)
        last = moment.senast.till if moment.senast is not None else None
        late = last is not None and last < state.per
        kod: Momentkod = "klart" if done else "passerat" if late else "oppet"
        yield Nyckel("moment", insats.id, "", moment.id), Varde(kod, moment.rubrik, done.datum if done else last)
    for enhet, counted in _counts(lage).items():
        yield Nyckel("antal", insats.id, enhet=fold(enhet)), Varde(str(counted), enhet)
    for found in find_oenighet(lage, state.kvartal):
        if found.slag != "antal":
            yield Nyckel("oenighet", insats.id, "", found.slag), Varde("olika")
    # Counts differ for a quarter until they are corrected, also when later quarters agree.
    for kvartal in sorted({h.kvartal for h in lage.handelser}):
        for found in differing_counts(lage, kvartal):
            key = Nyckel("oenighet", insats.id, "", found.slag, str(kvartal), enhet=fold(found.enhet))
            yield key, Varde("olika", found.enhet)
    for aktor in lage.aktorer:
        yield from _of_aktor(insats, aktor)


def _counts(lage: Insatslage) -> dict[str, int]:
    """What the aktör that counts has reported so far, by unit; what is agreed to be counted also when it is none."""
    found = lage.reported_by(lage.raknare)
    enhet = lage.enhet
    if enhet is not None and fold(enhet) not in {fold(unit) for unit in found}:
        found[enhet] = 0
    return found


def _of_aktor(insats: Insats, aktor: Aktorslage) -> Iterator[Par]:
    yield Nyckel("svar", insats.id, aktor.aktor), Varde("lamnat" if aktor.har_svarat else aktor.status)
    if aktor.genomforande is not None:
        yield Nyckel("genomforande", insats.id, aktor.aktor), Varde(aktor.genomforande)
    if aktor.egen_bedomning is not None:
        yield Nyckel("egen_bedomning", insats.id, aktor.aktor), Varde(aktor.egen_bedomning)
    planned: dict[str, list[Planerat]] = {}
    for event in aktor.innehall.post.svar.planerat if aktor.innehall is not None else ():
        planned.setdefault(fold(event.vad), []).append(event)
    for vad, events in planned.items():
        days = sorted(event.datum for event in events)
        kod = " ".join(day.isoformat() for day in days)
        yield Nyckel("planerat", insats.id, aktor.aktor, vad), Varde(kod, events[0].vad, days[0])


def _corrections(answer: Gallande) -> Iterator[Par]:
    """Every correction of an answer, in the order in which they replace each other."""
    for nr, post in enumerate((*answer.ersatta, answer.post)):
        rattar = post.svar.rattar
        if rattar is not None:
            insats, aktor, target = post.target
            key = Nyckel("rattelse", insats, aktor, kvartal=str(target), dag=post.lamnad.isoformat(), nr=nr)
            yield key, Varde("rattat", rattar.skal, post.lamnad)


def _answers(underlag: Underlag, lage: Lage) -> Iterator[Par]:
    """Which answers there are, of all quarters up to this one."""
    for post in underlag.svar:
        if post.kvartal <= lage.kvartal and post.svar.rattar is None:
            insats, aktor, target = post.target
            yield Nyckel("svar_for", insats, aktor, kvartal=str(target)), Varde("lamnat", "", post.lamnad)


def _verdicts(siffror: Sifferlage) -> Iterator[Par]:
    for lage in siffror.tabeller:
        tabell = lage.tabell
        for serie in lage.serier:
            kod = serie.antal.kod if serie.antal is not None else serie.andel.kod if serie.andel is not None else ""
            if kod:
                nyckel = Nyckel("utslag", vad=_serie(serie.serie), kalla=tabell.kalla, enhet=tabell.enhet)
                when = f"{tabell.period} {serie.ar}" if tabell.period is not None else str(serie.ar)
                yield nyckel, Varde(kod, when, namn=_name(serie.serie))


def _figures(underlag: Underlag, tabeller: Sequence[Tabell], kvartal: Kvartal) -> Iterator[Par]:
    order = [k.id for k in underlag.indikatorer.kallor]
    for tabell in (uttag.tabell for uttag in choose(tabeller, kvartal, order)):
        key = Nyckel("tabell", kalla=tabell.kalla, enhet=tabell.enhet, period=str(tabell.period or ""))
        years = tabell.ar if tabell.period is None else (tabell.sista_ar,)
        yield from ((key._replace(ar=ar), Varde("finns")) for ar in years if ar <= kvartal.ar)
        for row in (row for row in tabell.serier if not row.is_sum):
            last = tabell.sista_ar if tabell.period is not None else 0
            of_row = key._replace(slag="siffra", vad=_serie(row), tabell_ar=last)
            for ar, value in row.varden.items():
                hidden = ar in row.dolda
                if ar <= kvartal.ar and (hidden or value is not None):
                    kod = DOLD if hidden else f"{value:.10g}"
                    yield of_row._replace(ar=ar), Varde(kod, "" if hidden else kod, namn=_name(row))


def _serie(serie: Serie) -> str:
    """A series as compared, without case, diacritics and separators."""
    return "/".join(serie.jamford)


def _name(serie: Serie) -> str:
    """A series in words; two groups may each have a row of the same name."""
    nyckel = serie.nyckel
    return f"{nyckel.text} ({nyckel.grupp})" if nyckel.grupp else nyckel.text
