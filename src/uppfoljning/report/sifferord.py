"""Verdicts on figures, in words: one for each row, the same words wherever it is told."""

from __future__ import annotations

import math
import re

from uppfoljning.forandring import round_half_up
from uppfoljning.indikator import Serielage
from uppfoljning.model import Indikator
from uppfoljning.report.words import clean
from uppfoljning.swedish import antal, shorten

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
        shown = f"{value:.1f}".removesuffix(".0").replace(".", ",").replace("-", "−")
        return f"{shown}\u00a0%"
    return antal(int(value))


def signed(value: float) -> str:
    """A difference with its sign: '+5', '−17', '±0'."""
    size = f"{abs(value):.1f}".removesuffix(".0").replace(".", ",")
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


def verdict(serie: Serielage, *, short: bool = False) -> str:
    """The row's one verdict, without a full stop; ``short`` leaves out what the table says above its rows."""
    if serie.serie.is_sum or serie.tabell.enhet == "rang":
        return "bedöms inte"
    if serie.serie.dolda and serie.antal is None and serie.andel is None:
        few = serie.serie.sma and serie.tabell.enhet == "antal"
        return "För få för att bedöma" if few else "Bedöms inte, för att skydda enskilda"
    text = _of_share(serie, short) if serie.tabell.slag == "enkat" else _of_count(serie)
    if serie.tydlig and serie.jamforbarhet:
        text += "; inte helt jämförbart"
    if serie.bedombar and is_early(serie):
        text += "; preliminärt" if short else f"; {PRELIMINART}"
    return text


def _of_count(serie: Serielage) -> str:
    found = serie.antal
    if found is None:
        return f"Siffra saknas för {serie.ar}"
    if any(b.ar == serie.ar for b in serie.avbrott):
        return f"Kan inte jämföras: ny räkning från {serie.ar}"
    last = {"fler": "tydligt fler", "farre": "tydligt färre", None: ""}[found.mot_fjol]
    texts = {
        "fler": "Tydligt fler än vanligt",
        "farre": "Tydligt färre än vanligt",
        "ingen": "Ingen säker förändring",
        "ingen_vid": "Ingen säker förändring; få eller ojämna tal",
        "fa": "För få för att bedöma",
        "fa_fler": "Fler än väntat, men små tal",
        "for_fa_ar": "För få jämförbara år för att bedöma",
    }
    text = texts[found.kod]
    percent = found.procent_mot_snittet
    if percent is not None:
        direction = "fler" if percent > 0 else "färre"
        text += f", {abs(percent)}\u00a0% {direction} än snittet {antal(round_half_up(found.snitt))}"
    if last and found.kod in {"fler", "farre", "ingen", "ingen_vid"}:
        also = "även" if found.kod == found.mot_fjol else "däremot"
        text += f"; {also} {last} än {serie.mot_ar}"
    return text


def _of_share(serie: Serielage, short: bool) -> str:
    found = serie.andel
    if found is None:
        return "bedöms inte"
    unasked = {m.ar for m in serie.ingen_matning}
    lost = [ar for ar, v in serie.visade if v is None and ar > serie.ar and ar not in serie.serie.dolda | unasked]
    if lost:
        return f"Siffra saknas för {lost[-1]}"
    if found.kod == "ingen_tidigare":
        before = [ar for ar, v in serie.visade if v is not None and ar < serie.ar]
        broken = [b.ar for b in serie.avbrott if before and b.ar > before[-1]]
        if broken:
            return f"Kan inte jämföras: ny mätning från {broken[-1]}"
        asked = any(v is None and ar < serie.ar and ar not in serie.serie.dolda for ar, v in serie.visade)
        return "Tidigare siffra saknas" if asked else "Ingen tidigare mätning"
    if found.kod == "antal_saknas":
        years = " och ".join(str(ar) for ar in found.saknas)
        return "Kan inte bedömas" if short else f"Kan inte bedömas: antal svarande {years} saknas"
    points = f"{signed(found.skillnad or 0)}\u00a0procentenheter"
    if found.kod == "ingen":
        return f"Ingen säker förändring sedan {serie.mot_ar} ({points})"
    word = "högre" if found.kod == "hogre" else "lägre"
    return f"Tydligt {word} än {serie.mot_ar}, {points}"


def lower_first(text: str) -> str:
    """``text`` with a small first letter, for use inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


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
    head = re.split("[,;]", verdict(serie))[0]
    name = shorten(lower_first(name_of(serie)), _LONGEST_NAME)
    text = f"{name} {lower_first(head)}, {tal(serie.varde, serie.tabell.enhet)} {when(serie)}"
    if serie.andel is not None and serie.mot_ar is not None:
        text += f" ({tal(serie.serie.varden.get(serie.mot_ar), serie.tabell.enhet)} {serie.mot_ar})"
    if serie.antal is not None:
        text += f" (väntat {span_text(*serie.antal.spann)})"
    if serie.jamforbarhet:
        text += ", inte helt jämförbart"
    return text + _wanted(serie)


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
