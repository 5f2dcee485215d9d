"""What has changed in the data since quarters were closed, in words; and who has agreed to the report, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from uppfoljning import __version__
from uppfoljning.facts.compare.contents import changed_fields
from uppfoljning.facts.compare.keys import Andring, Andringsid, Avtryck, Avtrycksslag
from uppfoljning.facts.compare.since_closing import Efterhand, Sammanhang, is_promise
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare_of
from uppfoljning.report.sections.changes import Andrat, row_view, without_echoes
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.kvartal import Radvy
from uppfoljning.report.views.parts import (
    Andratvy,
    Andringsgruppvy,
    Andringsradvy,
    Avstamdvy,
    Stangtkvartalvy,
    Stangtvy,
)
from uppfoljning.text.swedish import capitalized, datum, lista, lower_first, plural, sentence
from uppfoljning.words.changes import NOTHING, Andringsord, values
from uppfoljning.words.codes import ANDRAT_ATAGANDE, UNNAMED
from uppfoljning.words.common import clean, kvartal_text, short_title

_FIRST: tuple[Avtrycksslag, ...] = ("lofte", "siffra", "svar_for", "svarstext", "rattelse", "plan", "moment")
_ORDER = {slag: place for place, slag in enumerate(dict.fromkeys((*_FIRST, *get_args(Avtrycksslag))))}
_OF_ANSWER: frozenset[Avtrycksslag] = frozenset({"svar", "svarstext", "genomforande", "egen_bedomning", "planerat"})
"""What begins and ends with an answer, and isn't told beside it."""
_FIELDS = {
    "genomforande": "genomförande",
    "egen_bedomning": "egen bedömning",
    "nasta_steg": "nästa steg",
    "beslut_behovs": "fråga om beslut",
    "beslut": "utfall av fråga",
    "lardom": "lärdom",
    "overstyrning": "överstyrning",
    "oforandrat": "oförändrat",
    "lamnad": "dagen då det lämnades",
    "rattar": "rättelsens skäl",
}
_MAX_ROWS = 30


def closed_view(underlag: Underlag, sammanhang: Sammanhang | None) -> Stangtvy:
    """What has changed in the data of closed quarters and hasn't been told before."""
    found = sammanhang.efterhand if sammanhang is not None else ()
    kvartal = tuple(_quarter(underlag, e) for e in found)
    shown = tuple(k for k in kvartal if k.rader)
    ingress = (
        "De rapporter som redan är stängda ändras inte. Det här har ändrats i underlaget sedan de stängdes."
        if shown
        else ""
    )
    return Stangtvy(ingress, shown)


def promise_rows(underlag: Underlag, sammanhang: Sammanhang | None) -> list[Radvy]:
    """The promises that have changed since a closing without a word of it, a row each: what it was and what it is."""
    rows = []
    for e in sammanhang.efterhand if sammanhang is not None else ():
        words = Andringsord(underlag, e.insatser, e.namn)
        for text in (t for a in e.andringar if is_promise(a) for t in words.text(a)):
            told = f"{text.mening} {UNNAMED} sedan {kvartal_text(e.kvartal)} stängdes."
            status = Statusvy("andrad", ANDRAT_ATAGANDE)
            rows.append(Radvy(text.visat_id, text.rubrik, ankare_of(text.insats), status, clean(told)))
    return rows


def with_promises(andrat: Andrat, underlag: Underlag, sammanhang: Sammanhang | None) -> Andratvy:
    """The changes with the promises that have changed without a word since a closing, where they aren't among them."""
    told = {a.identity for a in andrat.andringar}
    rows = []
    for e in sammanhang.efterhand if sammanhang is not None else ():
        words = Andringsord(underlag, e.insatser)
        unnamed = (a for a in e.andringar if is_promise(a) and a.identity not in told)
        rows += [_as_unnamed(row_view(text), text.andring) for a in unnamed for text in words.text(a)]
    if not rows:
        return andrat.vy
    return replace(andrat.vy, grupper=(*andrat.vy.grupper, Andringsgruppvy(ANDRAT_ATAGANDE, tuple(rows))))


def revised(sammanhang: Sammanhang | None) -> frozenset[Andringsid]:
    """What is told as changed since a closing, so that it isn't told again as changed since the last quarter."""
    return frozenset(
        a.identity
        for e in (sammanhang.efterhand if sammanhang is not None else ())
        for a in e.andringar
        if a.nyckel.slag == "siffra" or is_promise(a)
    )


def agreed(underlag: Underlag, kvartal: Kvartal) -> tuple[Avstamdvy, ...]:
    """Who follows up for each party, and when they agreed to the quarter's report."""
    avtal = underlag.overenskommelse
    days = {a.part: a for a in avtal.kalender.avstamningar if a.kvartal == kvartal}
    rows = []
    for part in avtal.parter:
        found = days.get(part.id)
        text = f"{datum(found.datum)}{' (påhittat exempel)' if found.exempel else ''}" if found is not None else ""
        rows.append(Avstamdvy(capitalized(clean(part.uppfoljare)), text))
    return tuple(rows)


def is_invented(underlag: Underlag, kvartal: Kvartal) -> bool:
    """Whether the agreement to a quarter's report is an example."""
    return any(a.exempel and a.kvartal == kvartal for a in underlag.overenskommelse.kalender.avstamningar)


def earlier_closings(sammanhang: Sammanhang | None, what: str = "Kvartalet") -> Iterator[tuple[str, str]]:
    """That a period was closed before, and why it was opened again; a label and a text for each time."""
    for t in sammanhang.tidigare if sammanhang is not None else ():
        when = f"{what} stängdes {datum(t.stangd)} och" if t.stangd is not None else f"{what} var stängt och"
        damaged = " De stängda filerna var skadade." if t.skadad else ""
        yield "Tidigare stängt", f"{when} öppnades igen.{damaged} Skäl: {clean(sentence(t.skal))}"


def _quarter(underlag: Underlag, efterhand: Efterhand) -> Stangtkvartalvy:
    words = Andringsord(underlag, efterhand.insatser, efterhand.namn)
    told = sorted(_told(efterhand), key=lambda a: (_ORDER[a.nyckel.slag], a.nyckel))
    rows = tuple(row for a in told for row in _rows(underlag, words, a))
    ingress = f"Stängt {datum(efterhand.stangd)}."
    if efterhand.verktyg != f"uppfoljning {__version__}":
        ingress += (
            f" Kvartalet stängdes med {efterhand.verktyg} och jämförs nu med uppfoljning {__version__}: en bedömning "
            "kan skilja sig också av det skälet."
        )
    return Stangtkvartalvy(
        period=str(efterhand.kvartal),
        rubrik=capitalized(kvartal_text(efterhand.kvartal)),
        ingress=ingress,
        rader=rows[:_MAX_ROWS],
        fler=f"Och {plural(len(rows) - _MAX_ROWS, 'ändring', 'ändringar')} till." if len(rows) > _MAX_ROWS else "",
    )


def _told(efterhand: Efterhand) -> Iterator[Andring]:
    """The changes that are told by themselves: not what came with an answer, or went with it."""
    moved = {_answer(a) for a in efterhand.andringar if a.nyckel.slag == "svar_for"}
    own = Avtryck(efterhand.kvartal, efterhand.stangd, {}, efterhand.insatser)
    for a in without_echoes(efterhand.andringar, own):
        one_sided = a.fran is None or a.till is None
        with_answer = a.nyckel.slag in _OF_ANSWER and _answer(a) in moved
        if not with_answer or (not one_sided and a.nyckel.slag not in {"svar", "svarstext"}):
            yield a


def _answer(andring: Andring) -> tuple[str, str]:
    return andring.nyckel.insats, andring.nyckel.aktor


def _rows(underlag: Underlag, words: Andringsord, andring: Andring) -> Iterator[Andringsradvy]:
    """A change as a row; an answer that came, went or was rewritten after the closing has words of its own."""
    nyckel = andring.nyckel
    if nyckel.slag not in {"svar_for", "svarstext"}:
        for row in map(row_view, words.text(andring)):
            yield _as_revised(row, andring) if nyckel.slag == "siffra" else _as_unnamed(row, andring)
        return
    kvartal = Kvartal.parse(nyckel.kvartal)
    vad = f"Svar från {words.aktor(nyckel.aktor)}, {kvartal_text(kvartal) if kvartal else nyckel.kvartal}"
    fran, till = _answer_words(andring)
    if till:
        name = words.names.get(nyckel.insats)
        yield Andringsradvy(
            slag=nyckel.slag,
            insats=name.visat_id if name else "",
            ankare=ankare_of(nyckel.insats) if name else "svar",
            rubrik=short_title(name.rubrik if name else nyckel.insats),
            vad=clean(vad),
            fran=Statusvy("", fran),
            till=Statusvy("", clean(till)),
            mening=clean(sentence(f"{vad}: {lower_first(till)}")),
        )


def _answer_words(andring: Andring) -> tuple[str, str]:
    """What there was of an answer, and what has become of it."""
    last = andring.till or andring.fran
    day = f", lämnat {datum(last.dag)}" if last is not None and last.dag is not None else ""
    if andring.nyckel.slag == "svar_for":
        if andring.fran is None:
            return NOTHING, f"Svar inkommet efter stängning{day}"
        return "Svar lämnat", "Svaret finns inte längre i underlaget"
    if andring.fran is None:
        return NOTHING, f"Rättelse inkommen efter stängning{day}"
    if andring.till is None:
        return "Rättelse lämnad", "Rättelsen finns inte längre i underlaget"
    fields = lista([_FIELDS.get(name, name.replace("_", " ")) for name in changed_fields(andring)])
    return "Svar lämnat", f"Svaret ändrat efter stängning ({fields})"


def _as_unnamed(row: Andringsradvy, andring: Andring) -> Andringsradvy:
    """A promise, with a word of what is wanting; any other change as it is."""
    if not is_promise(andring):
        return row
    till = replace(row.till, ord=f"{sentence(row.till.ord)} {UNNAMED}")
    return replace(row, till=till, mening=f"{row.mening} {UNNAMED}.")


def _as_revised(row: Andringsradvy, andring: Andring) -> Andringsradvy:
    """A figure, as revised from what it was."""
    fran, till = (v.ord for v in values(andring))
    if andring.fran is None or andring.till is None:
        return row
    return replace(
        row, till=Statusvy("", f"{till}, reviderad"), mening=clean(sentence(f"{row.vad}: reviderad {fran} → {till}"))
    )
