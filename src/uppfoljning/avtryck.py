"""A quarter's imprint: all that can change between two quarters, as plain keys and codes that can be kept and compared.

An imprint needs nothing but itself to be compared and told of: names and words that may be gone later stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.indikator import Serielage, Sifferlage
from uppfoljning.model import Insats
from uppfoljning.oenighet import find_oenighet
from uppfoljning.period import Kvartal
from uppfoljning.plan import Planlage
from uppfoljning.state import Aktorslage, Insatslage, Lage
from uppfoljning.statistik import Serienyckel, Tabell
from uppfoljning.swedish import fold
from uppfoljning.underlag import Underlag, counted_unit, shown_id
from uppfoljning.uttag import as_known, choose

Avtrycksslag = Literal[
    "insats", "historik", "lydelse", "plan", "genomforande", "egen_bedomning", "moment", "antal", "oenighet",
    "svar", "svar_for", "rattelse", "beslut", "tabell", "utslag", "siffra",
]  # fmt: skip


class Nyckel(NamedTuple):
    """What is compared: of which ``insats`` (or source of figures), by which ``aktor``, and ``vad`` more exactly."""

    slag: Avtrycksslag
    insats: str = ""
    aktor: str = ""
    vad: str = ""


class Varde(NamedTuple):
    """``kod`` is what is compared; ``ord`` and ``dag`` explain it, and make no difference."""

    kod: str
    ord: str = ""
    dag: date | None = None


class Insatsnamn(NamedTuple):
    """An insats as shown, and the huvudområde it belongs to."""

    visat_id: str
    rubrik: str
    huvudomrade: str


@dataclass(frozen=True, slots=True)
class Avtryck:
    """A quarter as it stood at ``per``. ``insatser`` holds the names by id."""

    kvartal: Kvartal
    per: date
    varden: Mapping[Nyckel, Varde]
    insatser: Mapping[str, Insatsnamn] = field(default_factory=dict)


def make_avtryck(
    underlag: Underlag, lage: Lage, planer: Mapping[str, Planlage], siffror: Sifferlage | None = None
) -> Avtryck:
    """The imprint of a merged state, its plans by insats and, where they are given, its figures."""
    varden: dict[Nyckel, Varde] = {}
    for i in lage.insatser:
        varden.update(_of_insats(i, planer[i.insats.id], lage))
    varden.update(_answers(underlag, lage))
    if siffror is not None:
        varden.update(_figures(underlag, lage, siffror))
    return Avtryck(lage.kvartal, lage.per, varden, _names(underlag))


def blank_avtryck(underlag: Underlag, kvartal: Kvartal) -> Avtryck:
    """What was known before an agreement's first quarter: nothing but earlier changes of its insatser."""
    varden = {
        nyckel: varde
        for _, insats, _ in underlag.insatser()
        for nyckel, varde in _history(insats)
        if varde.dag is not None and varde.dag < kvartal.start
    }
    return Avtryck(kvartal, kvartal.start, varden, _names(underlag))


def _names(underlag: Underlag) -> dict[str, Insatsnamn]:
    return {i.id: Insatsnamn(shown_id(h, i.id), i.rubrik, h.id) for h, i, _ in underlag.insatser()}


Par = tuple[Nyckel, Varde]


def _history(insats: Insats) -> Iterator[Par]:
    for change in insats.historik:
        text = ("Påhittat exempel: " if change.exempel else "") + (change.andring or change.skal)
        yield Nyckel("historik", insats.id, "", f"{change.datum} {change.handelse}"), Varde("", text, change.datum)


def _of_insats(lage: Insatslage, plan: Planlage, state: Lage) -> Iterator[Par]:
    insats = lage.insats
    yield Nyckel("insats", insats.id), Varde("aktuell" if lage.aktuell else "inte_aktuell")
    yield Nyckel("lydelse", insats.id), Varde(f"{insats.rubrik}\n{insats.beskrivning}")
    yield from (pair for pair in _history(insats) if pair[1].dag is not None and pair[1].dag <= state.kvartal.slut)
    for ansvarig in insats.ansvariga:
        yield Nyckel("lydelse", insats.id, ansvarig.aktor), Varde(ansvarig.atagande or "")
    if not lage.aktuell:
        return
    yield Nyckel("plan", insats.id), Varde(plan.bedomning, " ".join(f"{d.text}." for d in plan.delar))
    for moment in insats.moment:
        done = lage.klara.get(moment.id)
        last = moment.senast.till if moment.senast is not None else None
        late = last is not None and last < state.per
        dag = done.datum if done else last
        kod = "klart" if done else "passerat" if late else "oppet"
        yield Nyckel("moment", insats.id, "", moment.id), Varde(kod, moment.rubrik, dag)
    enhet = counted_unit(insats)
    if enhet is not None:
        yield Nyckel("antal", insats.id, "", enhet), Varde(str(sum(h.handelse.antal for h in lage.raknade)))
    for differing in find_oenighet(lage, state.kvartal):
        yield Nyckel("oenighet", insats.id, "", f"{differing.slag} {differing.enhet}".strip()), Varde("olika")
    for aktor in lage.aktorer:
        yield from _of_aktor(insats, aktor)
    for post in lage.beslut:
        asked = post.svar.beslut_behovs
        if asked is not None:
            yield Nyckel("beslut", insats.id, post.aktor, fold(asked.fraga)), Varde("oppen", asked.fraga, asked.senast)


def _of_aktor(insats: Insats, aktor: Aktorslage) -> Iterator[Par]:
    given = aktor.status in {"lamnad", "oforandrat", "inget_att_rapportera"}
    yield Nyckel("svar", insats.id, aktor.aktor), Varde("lamnat" if given else aktor.status)
    if aktor.genomforande is not None:
        yield Nyckel("genomforande", insats.id, aktor.aktor), Varde(aktor.genomforande)
    if aktor.egen_bedomning is not None:
        yield Nyckel("egen_bedomning", insats.id, aktor.aktor), Varde(aktor.egen_bedomning)


def _answers(underlag: Underlag, lage: Lage) -> Iterator[Par]:
    """Which answers there are, and which have been corrected, of all quarters up to this one."""
    for post in underlag.svar:
        if post.kvartal > lage.kvartal:
            continue
        insats, aktor, target = post.target
        if post.svar.rattar is None:
            yield Nyckel("svar_for", insats, aktor, str(target)), Varde("lamnat", "", post.lamnad)
        else:
            vad = f"{target} rättat {post.kvartal}"
            yield Nyckel("rattelse", insats, aktor, vad), Varde("rattat", post.svar.rattar.skal, post.lamnad)


def _figures(underlag: Underlag, lage: Lage, siffror: Sifferlage) -> Iterator[Par]:
    for tabell in siffror.tabeller:
        for serie in tabell.serier:
            kod = _verdict(serie)
            if kod:
                nyckel = Nyckel("utslag", tabell.tabell.kalla, "", _name(serie.serie.nyckel))
                yield nyckel, Varde(kod, f"{_span(tabell.tabell)}{serie.ar}")
    order = [k.id for k in underlag.indikatorer.kallor]
    for uttag in choose(as_known(underlag.tabeller, lage.per), lage.kvartal, order):
        period, kalla = _span(uttag.tabell), uttag.tabell.kalla
        for ar in uttag.tabell.ar if uttag.tabell.period is None else (uttag.tabell.sista_ar,):
            if ar <= lage.kvartal.ar:
                yield Nyckel("tabell", kalla, "", f"{period}{ar}"), Varde("finns")
        for row in uttag.tabell.serier:
            for ar, value in row.varden.items():
                if value is not None and ar <= lage.kvartal.ar:
                    vad = f"{_name(row.nyckel)} {period}{ar}"
                    yield Nyckel("siffra", kalla, uttag.tabell.enhet, vad), Varde(f"{value:.10g}")


def _span(tabell: Tabell) -> str:
    """What a table's years are counted over, before the year: 'jan–sep '; empty for a survey."""
    return f"{tabell.period} " if tabell.period is not None else ""


def _name(nyckel: Serienyckel) -> str:
    """A series in words; two groups may each have a row of the same name."""
    return f"{nyckel.text} ({nyckel.grupp})" if nyckel.grupp else nyckel.text


def _verdict(serie: Serielage) -> str:
    if serie.antal is not None:
        return serie.antal.kod
    return serie.andel.kod if serie.andel is not None else ""
