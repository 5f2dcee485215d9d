"""How the problem develops, per huvudområde: beside how the work goes, and never mixed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uppfoljning.facts.figures.judge import Indikatorlage, Serielage, Sifferlage
from uppfoljning.model import Huvudomrade
from uppfoljning.text.swedish import capitalized, lista, lower_first, number_word, sentence
from uppfoljning.words.codes import ANTAL
from uppfoljning.words.common import clean
from uppfoljning.words.figures import (
    PRELIMINART,
    clear_details,
    clear_sentence,
    is_early,
    is_more_of_few,
    is_wanted,
    name_of,
    percent,
    tal,
    value_text,
    verdict,
    when,
)

_MAX_CLEAR = 2
_MAX_FEW = 2
_MAX_MISSING = 3
_NO_NUMBER = "antalet svarande saknas"
_NO_EARLIER = "tidigare siffror saknas"


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
    judged, few = [s for s in serier if s.bedombar], [s for s in serier if is_more_of_few(s)]
    known = [*judged, *few]
    new = [s for s in known if not s.utgangslage]
    base = bool(known) and not new
    parts = list(_told(known if base else new))
    if not known and serier:
        parts.append(_why_not(serier))
    before = [s for s in judged if s.tydlig and s.utgangslage]
    if before and not base:
        parts.append(f"utgångsläge: {'; '.join(_listed(before))}")
    parts += words
    if nobody and not any(s.tydlig for s in judged):
        shown = nobody if len(nobody) <= _MAX_MISSING else [*nobody[:_MAX_MISSING], "fler"]
        parts.append(f"siffror saknas för {lista(shown)}")
    if not parts:
        return "Det finns bara en rangordning, och den bedöms inte." if mine else "Ingen indikator är vald."
    text = "; ".join(part.rstrip(".") for part in parts)
    return sentence(f"Utgångsläge: {text}" if base else capitalized(text))


def _told(known: Sequence[Serielage]) -> Iterator[str]:
    """What is clear among the series that can be judged, or that nothing is; and small counts above the expected."""
    judged = [s for s in known if s.bedombar]
    clear = [s for s in judged if s.tydlig]
    if clear:
        yield from _listed(clear)
        if len(clear) <= _MAX_CLEAR and len(judged) > len(clear):
            yield f"i övrigt {lower_first(ANTAL['ingen'])} i det som går att bedöma"
    elif judged:
        yield f"{lower_first(ANTAL['ingen'])} i det som går att bedöma"
    few = [s for s in known if not s.bedombar]
    if few:
        named = [f"{lower_first(name_of(s))} {value_text(s)}" for s in few[:_MAX_FEW]]
        rest = [f"{number_word(len(few) - _MAX_FEW)} till"] if len(few) > _MAX_FEW else []
        yield f"{lower_first(ANTAL['fa_fler'])}: {lista([*named, *rest])} {when(few[0])}"
    if any(is_early(s) for s in (*clear, *few)):
        yield PRELIMINART


def _listed(clear: Sequence[Serielage]) -> Iterator[str]:
    yield from (clear_sentence(s) for s in clear[:_MAX_CLEAR])
    rest = clear[_MAX_CLEAR:]
    if rest:
        # Which two are told says nothing of the way that the others go.
        wrong = sum(is_wanted(s) is False for s in rest)
        text = f"ytterligare {number_word(len(rest))} har ändrats tydligt"
        if wrong:
            some = f"varav {number_word(wrong)} " if wrong < len(rest) else ""
            text += f", {some}inte åt önskat håll"
        yield text


def _why_not(serier: Sequence[Serielage]) -> str:
    reasons = list(dict.fromkeys(_reason(s) for s in serier))
    if _NO_NUMBER in reasons:
        reasons = [r for r in reasons if r != _NO_EARLIER]
    return f"ingen förändring går att bedöma: {lista(reasons)}"


def _reason(serie: Serielage) -> str:
    """Why a series can't be judged."""
    if serie.serie.dolda:
        return "talen är för få" if serie.tabell.enhet == "antal" else "andelarna bygger på för få svar"
    if any(b.ar == serie.ar for b in serie.avbrott):
        return f"ny {'räkning' if serie.tabell.slag == 'compstat' else 'mätning'} från {serie.ar}"
    if serie.andel is not None:
        return _NO_NUMBER if serie.andel.kod == "antal_saknas" else _NO_EARLIER
    if serie.antal is None:
        return f"siffror för {serie.ar} saknas" if serie.tabell.slag == "compstat" else "siffrorna bedöms inte"
    return "för få jämförbara år" if serie.antal.kod == "for_fa_ar" else "talen är för få"


def problem_lead(siffror: Sifferlage) -> str:
    """The sentence of page one on whether the problems grow or shrink."""
    # A series that two huvudområden follow is one.
    by_key = {(s.tabell.kalla, s.serie.jamford): s for i in siffror.indikatorer for s in i.serier}
    serier = [s for s in by_key.values() if s.tabell.enhet != "rang"]
    if not serier:
        if any(t.serier and t.tabell.enhet != "rang" for t in siffror.tabeller):
            return "Ingen statistik i underlaget är knuten till ett huvudområde."
        return "Det finns ingen statistik i underlaget."
    if all(s.utgangslage for s in serier):
        return "Det går inte att säga om problemen har minskat: all statistik är äldre än överenskommelsen."
    new = [s for s in serier if not s.utgangslage]
    clear = [s for s in new if s.tydlig]
    judged = [s for s in new if s.bedombar]
    if not judged:
        return "Det går inte att säga om problemen har minskat: inga siffror från överenskommelsens tid går att bedöma."
    if not clear:
        one = "Den enda serie" if len(judged) == 1 else f"Ingen av de {number_word(len(judged))} serier"
        rest = "visar ingen tydlig förändring" if len(judged) == 1 else "visar någon tydlig förändring"
        return f"{one} från överenskommelsens tid som går att bedöma {rest}."
    if len(judged) == 1:
        return "Den enda serie från överenskommelsens tid som går att bedöma har ändrats tydligt."
    return (
        f"Av {number_word(len(judged))} serier från överenskommelsens tid som går att bedöma har "
        f"{number_word(len(clear))} ändrats tydligt."
    )


class Indikatorsrad(NamedTuple):
    """What is said of some indicators. ``tydlig``: something has clearly changed."""

    etikett: str
    text: str
    tydlig: bool


def indicator_lines(siffror: Sifferlage, huvudomrade: Huvudomrade) -> tuple[Indikatorsrad, ...]:
    """A huvudområde's indicators gathered by what can be said of them: clear first, missing last.

    Facts in words are left out: they always stand in the sentence above.
    """
    mine = of_area(siffror, huvudomrade)
    rows = [
        Indikatorsrad("Utgångsläge" if s.utgangslage else "Tydlig förändring", clear_details(s), True)
        for i in mine
        for s in i.serier
        if s.tydlig
    ]
    rows += [Indikatorsrad(label, f"{text}.", False) for label, text in _gathered(mine)]
    rows += [Indikatorsrad(clean(i.indikator.namn), f"{_ranking(i)}.", False) for i in mine if _is_ranking(i)]
    nobody = [clean(i.indikator.namn) for i in mine if not i.indikator.ord and not i.serier]
    if nobody:
        rows.append(Indikatorsrad("Siffror saknas", f"{lista([nobody[0], *map(lower_first, nobody[1:])])}.", False))
    return tuple(rows)


def _is_ranking(lage: Indikatorlage) -> bool:
    return any(s.tabell.enhet == "rang" for s in lage.serier)


def _ranking(lage: Indikatorlage) -> str:
    rows = sorted(lage.serier, key=lambda s: s.varde or 0)
    return f"{lista([clean(s.serie.nyckel.namn) for s in rows])}, i den ordningen {rows[0].ar}"


def _gathered(mine: Sequence[Indikatorlage]) -> Iterator[tuple[str, str]]:
    """The indicators without a clear change, by verdict: 'Ingen säker förändring', 'Bilstöld 34 (väntat 16–72)'."""
    by_verdict: dict[tuple[bool, str], list[str]] = {}
    for lage in mine:
        serier = [s for s in lage.serier if not s.tydlig and s.tabell.enhet != "rang"]
        for label in dict.fromkeys(_label(s) for s in serier):
            by_verdict.setdefault(label, []).append(_item(lage, [s for s in serier if _label(s) == label]))
    for judged, text in sorted(by_verdict, key=lambda found: (not found[0], found[1])):
        yield text, ", ".join(by_verdict[judged, text])


def _label(serie: Serielage) -> tuple[bool, str]:
    """The verdict as a heading for several, with the time that their figures are for; and whether there is one."""
    text = ANTAL["ingen"] if serie.bedombar else verdict(serie)
    if serie.antal is not None and serie.antal.kod == "ingen_vid":
        text += ", få eller ojämna tal"
    return serie.bedombar, f"{text}, {when(serie)}"


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
    enhet = first.tabell.enhet
    low, high = percent(values[0]) if enhet == "procent" else tal(values[0], enhet), tal(values[-1], enhet)
    return f"{name} {low}–{high} i {number_word(len(serier))} grupper"
