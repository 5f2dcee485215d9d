"""Figures in words: a value, one verdict a row wherever it is told, and what to take with one from the tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from uppfoljning.facts.figures.judge import Serielage, Sifferlage
from uppfoljning.facts.figures.statistics import Antalskod, round_half_up
from uppfoljning.model import Indikator
from uppfoljning.text.numbers import one_decimal
from uppfoljning.text.swedish import antal, capitalized, lista, lower_first, shorten
from uppfoljning.words.codes import ANDEL, ANTAL
from uppfoljning.words.common import clean

UNTOLD = "Texten visas inte, eftersom den kan röja ett tal under fem."
UNTOLD_WARNING = "Varningen visas bara av validera, eftersom den kan röja ett tal under fem."
EN_AV_TJUGO = (
    "Siffror svänger av sig själva. Ungefär en rad av tjugo får utslag utan att något har hänt. Ingen säker förändring "
    "betyder inte oförändrat."
)
PRELIMINART = "preliminärt, kan ändras när året är slut"
_HALF_YEAR = 6
_LONGEST_NAME = 75


def tal(value: float | None, enhet: str = "antal") -> str:
    """A value as printed: whole numbers, decimal comma, a thin space between thousands; '..' where there is none."""
    if value is None:
        return ".."
    if enhet == "procent":
        return f"{percent(value)}\u00a0%"
    return antal(int(value))


def percent(value: float) -> str:
    """A share as a number without its sign, as printed."""
    return one_decimal(value).replace(".", ",").replace("-", "−")


def signed(value: float) -> str:
    """A difference with its sign: '+5', '−17', '±0'."""
    size = percent(abs(value))
    return "±0" if size == "0" else f"{'+' if value > 0 else '−'}{size}"


def span_text(low: int, high: int) -> str:
    """A range as printed: '88–185'."""
    return f"{antal(low)}–{antal(high)}"


def expected(serie: Serielage) -> str:
    """The expected range of a count; a dash where none is given."""
    if serie.antal is None or not serie.bedombar:
        return "–"
    return span_text(*serie.antal.spann)


def when(serie: Serielage) -> str:
    """The span and year that the value is for: 'jan–sep 2021', or '2021'."""
    period = serie.tabell.period
    if period is None:
        return str(serie.ar)
    return f"{period} {serie.ar}" if period.manad < 12 else f"hela {serie.ar}"


def is_early(serie: Serielage) -> bool:
    """Whether the figure is of the year's first half, and may change before the year is over."""
    return serie.preliminar and serie.tabell.period is not None and serie.tabell.period.manad <= _HALF_YEAR


def is_more_of_few(serie: Serielage) -> bool:
    """Whether a count too small to be judged is all the same above what was expected."""
    return serie.antal is not None and serie.antal.kod == "fa_fler"


def verdict(serie: Serielage, *, short: bool = False) -> str:
    """The row's one verdict, without a full stop; ``short`` leaves out what the table says above its rows."""
    if serie.serie.is_sum or serie.tabell.enhet == "rang":
        return "bedöms inte"
    if serie.serie.dolda and serie.antal is None and serie.andel is None:
        few = serie.serie.sma and serie.tabell.enhet == "antal"
        return ANTAL["fa"] if few else "Bedöms inte, för att skydda enskilda"
    text = _of_share(serie, short) if serie.tabell.slag == "enkat" else _of_count(serie)
    if serie.tydlig and serie.jamforbarhet:
        text += "; inte helt jämförbart"
    if serie.bedombar and is_early(serie):
        text += "; preliminärt" if short else f"; {PRELIMINART}"
    return text


def _of_count(serie: Serielage) -> str:
    found = serie.antal
    if found is None:
        return _missing_figure(serie.ar)
    if any(b.ar == serie.ar for b in serie.avbrott):
        return f"Kan inte jämföras: ny räkning från {serie.ar}"
    last = {"fler": "tydligt fler", "farre": "tydligt färre", None: ""}[found.mot_fjol]
    text = ANTAL[found.kod] + ("; få eller ojämna tal" if found.kod == "ingen_vid" else "")
    change = found.procent_mot_snittet
    if change is not None:
        direction = "fler" if change > 0 else "färre"
        text += f", {abs(change)}\u00a0% {direction} än snittet {antal(round_half_up(found.snitt))}"
    if last and found.kod in {"fler", "farre", "ingen", "ingen_vid"}:
        also = "även" if found.kod == found.mot_fjol else "däremot"
        text += f"; {also} {last} än {serie.mot_ar}"
    return text


def _of_share(serie: Serielage, short: bool) -> str:
    found = serie.andel
    if found is None:
        return "bedöms inte"
    if lost := _lost_years(serie):
        return _missing_figure(lost[-1])
    if found.kod == "ingen_tidigare":
        before = [ar for ar, v in serie.visade if v is not None and ar < serie.ar]
        broken = [b.ar for b in serie.avbrott if before and b.ar > before[-1]]
        if broken:
            return f"Kan inte jämföras: ny mätning från {broken[-1]}"
        asked = any(v is None and ar < serie.ar and ar not in serie.serie.dolda for ar, v in serie.visade)
        return "Tidigare siffra saknas" if asked else ANDEL[found.kod]
    if found.kod == "antal_saknas":
        years = " och ".join(str(ar) for ar in found.saknas)
        return ANDEL[found.kod] if short else f"{ANDEL[found.kod]}: antal svarande {years} saknas"
    size = found.skillnad or 0
    points = f"{signed(size)}\u00a0{'procentenhet' if percent(abs(size)) == '1' else 'procentenheter'}"
    if found.kod == "ingen":
        return f"{ANDEL[found.kod]} sedan {serie.mot_ar} ({points})"
    return f"{ANDEL[found.kod]} än {serie.mot_ar}, {points}"


def _missing_figure(ar: int) -> str:
    return f"Siffra saknas för {ar}"


def _lost_years(serie: Serielage) -> list[int]:
    """Later years for which a share should have a figure and has none."""
    known = serie.serie.dolda | {m.ar for m in serie.ingen_matning}
    return [ar for ar, v in serie.visade if v is None and ar > serie.ar and ar not in known]


def name_of(serie: Serielage) -> str:
    """The series by its indicator's name, else its own."""
    nyckel = serie.serie.nyckel
    name = serie.indikatorer[0].namn if serie.indikatorer and serie.indikatorer[0].serie else nyckel.namn
    return clean(f"{name} ({nyckel.del_})" if nyckel.del_ else name)


def value_text(serie: Serielage) -> str:
    """The value judged, with what was expected where there is such a thing: '34 (väntat 16–72)'."""
    if serie.ar in serie.serie.sma:
        return "<5" if serie.tabell.enhet == "antal" else ".."
    text = tal(serie.varde, serie.tabell.enhet)
    return f"{text} (väntat {expected(serie)})" if expected(serie) != "–" else text


def clear_sentence(serie: Serielage) -> str:
    """A clear verdict with its figures in a few words: 'stöld ur fordon tydligt fler än vanligt, …'."""
    head = _clear_head(serie)
    name = shorten(lower_first(name_of(serie)), _LONGEST_NAME)
    text = f"{name} {lower_first(head)}, {tal(serie.varde, serie.tabell.enhet)} {when(serie)}"
    if serie.andel is not None and serie.mot_ar is not None:
        text += f" ({tal(serie.serie.varden.get(serie.mot_ar), serie.tabell.enhet)} {serie.mot_ar})"
    if serie.antal is not None:
        text += f" (väntat {span_text(*serie.antal.spann)})"
    if serie.jamforbarhet:
        text += ", inte helt jämförbart"
    return text + _wanted(serie)


def _clear_head(serie: Serielage) -> str:
    """A clear verdict without its figures; of a share that later years lack, that they do."""
    if serie.andel is not None:
        lost = _lost_years(serie)
        return _missing_figure(lost[-1]) if lost else f"{ANDEL[serie.andel.kod]} än {serie.mot_ar}"
    return ANTAL[serie.antal.kod] if serie.antal is not None else verdict(serie)


def clear_details(serie: Serielage) -> str:
    """A clear verdict in full, with its figures."""
    text = f"{name_of(serie)} {value_text(serie)} {when(serie)}"
    return f"{text}. {verdict(serie, short=True)}{_wanted(serie)}."


def _wanted(serie: Serielage) -> str:
    """Whether a clear change under the agreement goes the way that is wanted, where one way is."""
    wanted = is_wanted(serie)
    return "" if wanted is None else "; åt önskat håll" if wanted else "; inte åt önskat håll"


def is_wanted(serie: Serielage) -> bool | None:
    """Whether a clear change under the agreement goes the way that is wanted; None where no way is said."""
    ways = {i.riktning for i in serie.indikatorer} - {"varken"}
    if serie.utgangslage or not serie.tydlig or len(ways) != 1:
        return None
    up = (serie.antal is not None and serie.antal.kod == "fler") or (
        serie.andel is not None and serie.andel.kod == "hogre"
    )
    return (ways == {"hogre_battre"}) == up


def aim_text(indikator: Indikator) -> str:
    """An indicator's aim: 'Mål: högst 50 år 2023'."""
    mal = indikator.malsattning
    if mal is None:
        return ""
    parts = []
    if mal.varde is not None:
        least = {"lagre_battre": "högst ", "hogre_battre": "minst ", "varken": ""}[indikator.riktning]
        shown = antal(int(mal.varde)) if mal.varde == math.floor(mal.varde) else f"{mal.varde}".replace(".", ",")
        parts.append(f"{least}{shown}")
    if mal.ord:
        parts.append(clean(mal.ord))
    text = ", ".join(parts) + (f" {mal.ar}" if mal.ar else "")
    return f"Mål: {text}" if parts else ""


LOOKS_LIKE = 0.25
"""From this share of last year's figure up, a difference looks like a change to one who reads only two years."""
_MAX_NAMED = 6


def reading(siffror: Sifferlage) -> Iterator[tuple[str, str]]:
    """What to take with one from the tables, in the order that it matters."""
    serier = [s for t in siffror.tabeller for s in t.serier if s.tabell.enhet != "rang" and not s.serie.dolda]
    if not serier:
        return
    yield ("Tydligt", _clear([s for s in serier if s.tydlig]))
    seeming = sorted((s for s in serier if s.bedombar and not s.tydlig and _step(s)), key=_step, reverse=True)
    if seeming:
        yield ("Ser ut som en förändring men är ingen säker", f"{_steps(seeming)}.")
    codes: tuple[Antalskod, ...] = ("fa_fler", "fa")
    for code in codes:
        few = [s for s in serier if s.antal is not None and s.antal.kod == code]
        if few:
            yield (ANTAL[code], f"{_steps(sorted(few, key=_step, reverse=True))}.")
    unknown = [
        f"{clean(t.kalla.namn)} ({_missing(s)})"
        for t in siffror.tabeller
        for s in t.serier
        if s.andel is not None and s.andel.kod == "antal_saknas"
    ]
    if unknown:
        yield ("Går inte att veta", f"Om något har ändrats i {lista(list(dict.fromkeys(unknown)))}.")


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
