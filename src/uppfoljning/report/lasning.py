"""The figures in a few lines: what is clear, what only looks like a change, and what can't be known and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.indikator import Serielage, Sifferlage
from uppfoljning.report.grundvy import Faktavy
from uppfoljning.report.sifferord import clear_sentence, tal
from uppfoljning.report.words import clean
from uppfoljning.swedish import capitalized, lista

LOOKS_LIKE = 0.25
"""From this share of last year's figure up, a difference looks like a change to one who reads only two years."""
_MAX_NAMED = 6


def reading(siffror: Sifferlage) -> Iterator[Faktavy]:
    """What to take with one from the tables, in the order that it matters."""
    serier = [s for t in siffror.tabeller for s in t.serier if s.tabell.enhet != "rang" and not s.serie.dolda]
    if not serier:
        return
    yield Faktavy("Tydligt", _clear([s for s in serier if s.tydlig]))
    seeming = sorted((s for s in serier if s.bedombar and not s.tydlig and _step(s)), key=_step, reverse=True)
    if seeming:
        yield Faktavy("Ser ut som en förändring men är ingen säker", f"{_steps(seeming)}.")
    few = [s for s in serier if s.antal is not None and s.antal.kod in {"fa", "fa_fler"}]
    if few:
        yield Faktavy("För få för att bedöma", f"{_steps(sorted(few, key=_step, reverse=True))}.")
    unknown = [
        f"{clean(t.kalla.namn)} ({_missing(s)})"
        for t in siffror.tabeller
        for s in t.serier
        if s.andel is not None and s.andel.kod == "antal_saknas"
    ]
    if unknown:
        yield Faktavy("Går inte att veta", f"Om något har ändrats i {lista(list(dict.fromkeys(unknown)))}.")


def _clear(serier: Sequence[Serielage]) -> str:
    if not serier:
        return "Ingenting."
    told = [f"{capitalized(clear_sentence(s))}." for s in serier]
    followed = {i for s in serier for indikator in s.indikatorer for i in indikator.insatser}
    if not followed:
        told.append(
            "Ingen insats i planen är knuten till det." if len(serier) == 1 else "Ingen insats är knuten till dem."
        )
    return " ".join(told)


def _last(serie: Serielage) -> float | None:
    return dict(serie.visade).get(serie.ar - 1) if serie.antal is not None else None


def _step(serie: Serielage) -> float:
    """How large the step from last year looks, as a share of the larger of the two; 0 when it looks like nothing."""
    last, value = _last(serie), serie.varde
    if last is None or value is None or not max(last, value):
        return 0.0
    step = abs(value - last) / (last or value)
    return step if step >= LOOKS_LIKE else 0.0


def _steps(serier: Sequence[Serielage]) -> str:
    shown = [
        f"{clean(s.serie.nyckel.namn)} {tal(_last(s))} → {tal(s.varde)}"
        if _last(s) is not None
        else clean(s.serie.nyckel.namn)
        for s in serier[:_MAX_NAMED]
    ]
    rest = len(serier) - _MAX_NAMED
    years = {(s.ar - 1, s.ar) for s in serier if _last(s) is not None}
    text = "; ".join(shown) + (f" och {rest} till" if rest > 0 else "")
    return f"{text} ({min(years)[0]} → {min(years)[1]})" if len(years) == 1 else text


def _missing(serie: Serielage) -> str:
    years = lista([str(ar) for ar in serie.andel.saknas]) if serie.andel is not None else ""
    group = " i varje grupp" if serie.serie.nyckel.del_ else ""
    return f"antalet svarande{group} {years} saknas"
