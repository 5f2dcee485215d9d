"""How the problem develops, per huvudområde: beside how the work goes, and never mixed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.indikator import Indikatorlage, Serielage, Sifferlage
from uppfoljning.model import Huvudomrade
from uppfoljning.report.sifferord import clear_details, clear_sentence, lower_first, tal, value_text, verdict, when
from uppfoljning.report.view import Indikatorsvy
from uppfoljning.report.words import clean
from uppfoljning.swedish import capitalized, lista, number_word, sentence

_MAX_CLEAR = 2
_MAX_MISSING = 3


def of_area(siffror: Sifferlage, huvudomrade: Huvudomrade) -> list[Indikatorlage]:
    """The indicators of a huvudområde."""
    return [i for i in siffror.indikatorer if i.indikator.huvudomrade == huvudomrade.id]


def has_figures(mine: Sequence[Indikatorlage]) -> bool:
    """Whether any indicator has a figure; a ranking is none."""
    return any(s.tabell.enhet != "rang" for i in mine for s in i.serier)


def problem_sentence(siffror: Sifferlage, huvudomrade: Huvudomrade) -> str:
    """One sentence on how the problem develops: only what is clear, else why nothing can be said."""
    mine = of_area(siffror, huvudomrade)
    serier = [s for i in mine for s in i.serier if s.tabell.enhet != "rang"]
    words = [clean(i.indikator.ord) for i in mine if i.indikator.ord]
    nobody = [lower_first(clean(i.indikator.namn)) for i in mine if not i.indikator.ord and not i.serier]
    parts = []
    clear = [s for s in serier if s.tydlig]
    if clear:
        parts += [clear_sentence(s) for s in clear[:_MAX_CLEAR]]
        if len(clear) > _MAX_CLEAR:
            parts.append(f"ytterligare {number_word(len(clear) - _MAX_CLEAR)} har ändrats tydligt")
        else:
            parts.append("inget annat är säkert")
    elif any(s.bedombar for s in serier):
        parts.append("ingen säker förändring i det som går att bedöma")
    elif serier:
        parts.append(_why_not(serier))
    parts += [lower_first(w) if parts else w for w in words]
    if nobody and (not serier or not clear):
        shown = nobody if len(nobody) <= _MAX_MISSING else [*nobody[:_MAX_MISSING], "fler"]
        parts.append(f"siffror saknas för {lista(shown)}")
    if not parts:
        return "Ingen indikator är vald."
    judged = [s for s in serier if s.bedombar]
    base = "Utgångsläge: " if judged and all(s.utgangslage for s in judged) else ""
    text = "; ".join(part.rstrip(".") for part in parts)
    return sentence(base + (lower_first(text) if base else capitalized(text)))


def _why_not(serier: Sequence[Serielage]) -> str:
    if any(s.andel is not None and s.andel.kod == "antal_saknas" for s in serier):
        return "ingen förändring går att bedöma: antalet svarande saknas"
    if all(s.antal is not None and s.antal.kod == "for_fa_ar" for s in serier):
        return "ingen förändring går att bedöma: för få jämförbara år"
    if all(s.andel is not None and s.andel.kod == "ingen_tidigare" for s in serier):
        return "ingen förändring går att bedöma: det finns ingen tidigare mätning"
    return "talen är för få för att bedöma"


def problem_lead(siffror: Sifferlage) -> str:
    """The sentence of page one on whether the problems grow or shrink."""
    serier = [s for i in siffror.indikatorer for s in i.serier if s.tabell.enhet != "rang"]
    if not serier:
        return "Det finns ingen statistik i underlaget."
    if all(s.utgangslage for s in serier):
        return "Om problemen minskar går inte att säga: all statistik är från tiden före överenskommelsen."
    new = [s for s in serier if not s.utgangslage]
    clear = [s for s in new if s.tydlig]
    judged = [s for s in new if s.bedombar]
    if not judged:
        return "Om problemen minskar går inte att säga: inga siffror från överenskommelsens tid går att bedöma."
    if not clear:
        one = "Den enda serie" if len(judged) == 1 else f"Ingen av de {number_word(len(judged))} serier"
        rest = "visar ingen tydlig förändring" if len(judged) == 1 else "visar någon tydlig förändring"
        return f"{one} från överenskommelsens tid som går att bedöma {rest}."
    return (
        f"Av {number_word(len(judged))} {'serie' if len(judged) == 1 else 'serier'} från överenskommelsens tid som går "
        f"att bedöma har {number_word(len(clear))} ändrats tydligt."
    )


def indicator_lines(siffror: Sifferlage, huvudomrade: Huvudomrade) -> tuple[Indikatorsvy, ...]:
    """A huvudområde's indicators gathered by what can be said of them: clear first, missing last.

    Facts in words are left out: they always stand in the sentence above.
    """
    mine = of_area(siffror, huvudomrade)
    rows = [
        Indikatorsvy("Utgångsläge" if s.utgangslage else "Tydlig förändring", clear_details(s), True)
        for i in mine
        for s in i.serier
        if s.tydlig
    ]
    rows += [Indikatorsvy(label, f"{text}.", False) for label, text in _gathered(mine)]
    rows += [Indikatorsvy(clean(i.indikator.namn), f"{_ranking(i)}.", False) for i in mine if _is_ranking(i)]
    nobody = [clean(i.indikator.namn) for i in mine if not i.indikator.ord and not i.serier]
    if nobody:
        rows.append(Indikatorsvy("Siffror saknas", f"{lista([nobody[0], *map(lower_first, nobody[1:])])}.", False))
    return tuple(rows)


def _is_ranking(lage: Indikatorlage) -> bool:
    return any(s.tabell.enhet == "rang" for s in lage.serier)


def _ranking(lage: Indikatorlage) -> str:
    rows = sorted(lage.serier, key=lambda s: s.varde or 0)
    return f"{lista([clean(s.serie.nyckel.namn) for s in rows])}, i den ordningen {rows[0].ar}"


def _gathered(mine: Sequence[Indikatorlage]) -> Iterator[tuple[str, str]]:
    """The indicators without a clear change, by verdict: 'Ingen säker förändring', 'Bilstöld 34 (väntat 16–72)'."""
    by_verdict: dict[str, list[str]] = {}
    for lage in mine:
        serier = [s for s in lage.serier if not s.tydlig and s.tabell.enhet != "rang"]
        for label in dict.fromkeys(_label(s) for s in serier):
            by_verdict.setdefault(label, []).append(_item(lage, [s for s in serier if _label(s) == label]))
    for label in sorted(by_verdict, key=lambda x: (not x.startswith("Ingen säker"), x)):
        yield label, ", ".join(by_verdict[label])


def _label(serie: Serielage) -> str:
    """The verdict as a heading for several, with the time that their figures are for."""
    inside = serie.bedombar and not serie.tydlig
    text = "Ingen säker förändring" if inside else verdict(serie).partition(";")[0]
    if serie.antal is not None and serie.antal.kod == "ingen_vid":
        text += ", få eller ojämna tal"
    return f"{text}, {when(serie)}"


def _item(lage: Indikatorlage, serier: Sequence[Serielage]) -> str:
    """'Bilstöld 34 (väntat 16–72)', or for several groups 'Burit vapen 0–8 %'."""
    name = clean(lage.indikator.namn)
    first = serier[0]
    if len(serier) == 1:
        extra = ""
        if first.andel is not None and first.andel.skillnad is not None:
            extra = f" ({tal(dict(first.visade).get(first.mot_ar or 0), first.tabell.enhet)} {first.mot_ar})"
        return f"{name} {value_text(first)}{extra}"
    values = sorted(s.varde for s in serier if s.varde is not None)
    if not values:
        return name
    low, high = tal(values[0], ""), tal(values[-1], first.tabell.enhet)
    return f"{name} {low}–{high} i {number_word(len(serier))} grupper"
