"""What is missing among the figures, how they are read, and what is wrong or doubtful in their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.facts.figures.judge import Serielage, Sifferlage
from uppfoljning.model import Brottskod, Huvudomrade
from uppfoljning.model.tabell import counts_things
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.sections.tables import table_views
from uppfoljning.report.views.base import Faktavy
from uppfoljning.report.views.figures import Indikatorsvy, Statistikvy
from uppfoljning.text.swedish import antal, datum, lista, sentence
from uppfoljning.words.common import clean
from uppfoljning.words.figures import UNTOLD, reading, tal
from uppfoljning.words.problem import has_figures, indicator_lines, of_area, problem_lead


def statistics_view(underlag: Underlag, siffror: Sifferlage) -> Statistikvy:
    """The whole part of the report about figures."""
    return Statistikvy(
        sammanfattning=problem_lead(siffror),
        lasning=tuple(Faktavy(label, text) for label, text in reading(siffror)),
        tabeller=table_views(underlag, siffror),
        fynd=tuple(_findings(underlag, siffror)),
        metod=tuple(_method(underlag, siffror)),
        noter=tuple(_notes(siffror)),
    )


def indicator_views(siffror: Sifferlage, huvudomrade: Huvudomrade) -> tuple[Indikatorsvy, ...]:
    """A huvudområde's indicators gathered by what can be said of them."""
    return tuple(Indikatorsvy(*line) for line in indicator_lines(siffror, huvudomrade))


def _names(serier: Sequence[Serielage]) -> str:
    names = list(dict.fromkeys(clean(s.serie.nyckel.namn) for s in serier))
    return "; ".join(names) if any("," in name for name in names) else lista(names)


def _key(serie: Serielage) -> tuple[str, tuple[str, ...]]:
    return serie.tabell.kalla, serie.serie.jamford


def _findings(underlag: Underlag, siffror: Sifferlage) -> Iterator[Faktavy]:
    """What no figure follows, and what figures no insats follows."""
    without = [h for h in underlag.huvudomraden if not has_figures(of_area(siffror, h))]
    if without:
        told = [f"”{clean(h.rubrik)}”{' (följs i ord)' if _in_words(siffror, h) else ''}" for h in without]
        yield Faktavy("Huvudområden utan siffror", f"{lista(told)}.")
    nobody = [i.indikator for i in siffror.indikatorer if not i.indikator.ord and not i.serier]
    if nobody:
        told = [f"{clean(i.namn)}{f' ({clean(i.avsnitt)})' if i.avsnitt else ''}" for i in nobody]
        yield Faktavy("Indikatorer som ingen har siffror för", f"{lista(told)}.")
    followed = {_key(s) for i in siffror.indikatorer if i.indikator.insatser for s in i.serier}
    loose = [s for i in siffror.indikatorer for s in i.serier if _key(s) not in followed]
    if loose:
        clear = [s for s in loose if s.tydlig]
        text = f"{_names(loose)}."
        if clear:
            text += f" Av dem skiljer sig tydligt: {_names(clear)}."
        yield Faktavy("Siffror som ingen insats är knuten till", text)
    in_area = {_key(s) for i in siffror.indikatorer if i.indikator.huvudomrade for s in i.serier}
    homeless = [*siffror.utan_indikator, *(s for i in siffror.indikatorer for s in i.serier if _key(s) not in in_area)]
    if homeless:
        yield Faktavy("Siffror som inte hör till något huvudområde", f"{_names(homeless)}.")
    yield Faktavy("Brottskoder att följa", _codes(underlag, siffror))
    told = [
        f"{clean(r.namn)} {r.ar} reviderad {_value(r.fran, enhet)} → {_value(r.till, enhet)}"
        for t in siffror.tabeller
        for r in t.revideringar
        for enhet in ["antal" if counts_things(t.tabell.enhet, r.namn) else t.tabell.enhet]
    ]
    if told:
        yield Faktavy("Ändrat av källan i ett senare uttag", f"{lista(told)}.")


def _value(value: float | None, enhet: str) -> str:
    return "ingen siffra" if value is None else tal(value, enhet)


def _codes(underlag: Underlag, siffror: Sifferlage) -> str:
    """Which crime codes are followed, and which of them nobody has figures for yet."""
    codes = underlag.indikatorer.brottskoder
    if not codes:
        return "I underlaget finns inga överenskomna brottskoder."
    counted = {s.serie.kod for t in siffror.tabeller for s in t.serier if s.serie.kod}
    by_indicator = {i.indikator.id for i in siffror.indikatorer if i.serier}
    followed = [c for c in codes if c.kod in counted or c.indikator in by_indicator]
    missing = [c for c in codes if c not in followed]
    text = "1 kod är överenskommen." if len(codes) == 1 else f"{antal(len(codes))} koder är överenskomna."
    areas = {h.id: clean(h.rubrik) for h in underlag.huvudomraden}

    def told(code: Brottskod) -> str:
        area = areas.get(code.huvudomrade or "", "")
        return f"{code.kod} {clean(code.namn)}" + (f" ({area})" if area else "")

    if followed:
        text += f" Följs: {lista([told(c) for c in followed])}."
    if missing:
        text += f" Siffror saknas: {lista([told(c) for c in missing])}."
    return text


def _method(underlag: Underlag, siffror: Sifferlage) -> Iterator[Faktavy]:
    """How figures are judged, in words that a politician can follow; the error rates are measured (``make bench``)."""
    counted = any(t.tabell.slag == "compstat" for t in siffror.tabeller)
    surveyed = any(t.tabell.slag == "enkat" for t in siffror.tabeller)
    if counted:
        yield Faktavy(
            "Vad som räknas som tydligt",
            "Ett antal jämförs med samma period de tre till fem senaste åren. Av dem räknas ett spann ut, där årets "
            "tal brukar hamna, 19 gånger av 20, om inget har ändrats. Ju fler brott och ju jämnare år, desto smalare "
            "spann i förhållande till talen. Ett tal utanför spannet kallas tydligt fler eller färre, och bara då "
            "anges procent. Skiljer sig talet tydligt från fjolårets ensamt sägs det också. Är snittet under fem sägs "
            "bara att talen är för få, eller fler än väntat.",
        )
        yield Faktavy(
            "Hur ofta det blir fel",
            "Regeln är prövad på verkliga siffror, anmälda brott i 158 stadsdelar i Toronto, med åren blandade så att "
            "ingen förändring finns att hitta. Knappt 5 av 100 rader fick ändå utslag, 6 till 7 av 100 om de som är "
            "för få att bedöma räknas bort, och bland tal över 100 upp till 9 av 100. Åt andra hållet: i samma rader "
            "syns en fördubbling från 100 i tre fall av fyra, från 50 i drygt hälften och från 20 i drygt vart tredje; "
            "i räkneförsök utan Torontos trender nästan alltid, i tre fall av fyra och i fyra fall av tio.",
        )
        yield Faktavy(
            "Anmälda brott",
            "Statistiken visar vad som har anmälts, inte vad som har hänt: det som inte anmäls syns inte, och fler "
            "anmälningar kan betyda fler brott, större benägenhet att anmäla eller fler kontroller. "
            f"Siffrorna {'är preliminära och ' if _preliminary(siffror) else ''}kan ändras i efterhand. Bara samma "
            "period av olika år jämförs, och alla år är hämtade ur samma uttag.",
        )
    if surveyed:
        yield Faktavy(
            "Enkäter",
            "En andel är osäker, eftersom bara en del har svarat. Två mätningar kallas olika först när skillnaden är "
            "större än vad slumpen brukar ge; eftersom de svarande inte är ett rent slumpmässigt urval räknas antalet "
            f"svarande först ned, delat med {_effects(siffror)}. Utan antalet svarande går ingen förändring att "
            "bedöma. En skillnad mellan två andelar anges i procentenheter.",
        )
    if counted or surveyed:
        began = datum(underlag.overenskommelse.giltig_fran)
        yield Faktavy(
            "Utgångsläge",
            f"Siffror från tiden före {began} visar läget när överenskommelsen började. De säger inget om vad den har "
            "lett till. Inte heller en senare förändring behöver bero på insatserna.",
        )
    if underlag.indikatorer.tolkning:
        yield Faktavy("Huvudområden och siffror", clean(sentence(underlag.indikatorer.tolkning)))
    if counted and not _has_population(underlag, siffror):
        yield Faktavy(
            "Per invånare", "Siffror per 100\u2009000 invånare visas inte: det årets folkmängd saknas i underlaget."
        )


def _preliminary(siffror: Sifferlage) -> bool:
    return any(t.tabell.preliminara for t in siffror.tabeller if t.tabell.slag == "compstat")


def _in_words(siffror: Sifferlage, huvudomrade: Huvudomrade) -> bool:
    return any(i.indikator.ord for i in of_area(siffror, huvudomrade))


def _effects(siffror: Sifferlage) -> str:
    found = sorted({t.kalla.designeffekt for t in siffror.tabeller if t.tabell.slag == "enkat"})
    return lista([f"{effect:g}".replace(".", ",") for effect in found], "eller")


def _has_population(underlag: Underlag, siffror: Sifferlage) -> bool:
    known = {p.ar for p in underlag.indikatorer.folkmangd}
    return any(s.ar in known for t in siffror.tabeller if t.tabell.slag == "compstat" for s in t.serier)


def _notes(siffror: Sifferlage) -> Iterator[Faktavy]:
    """What the sources have wrong (rättelse), what is doubtful (anmärkning), and where they disagree (avvikelse)."""
    seen: set[str] = set()
    for table in siffror.tabeller:
        if table.tabell.hanvisning and table.tabell.hanvisning not in seen:
            seen.add(table.tabell.hanvisning)
            about = f"{sentence(clean(table.kalla.beskrivning))} " if table.kalla.beskrivning else ""
            about = "" if about in seen else about
            seen.add(about)
            yield Faktavy(f"Källa, {clean(table.kalla.namn)}", about + sentence(clean(table.tabell.hanvisning)))
        kinds = (
            ("Rättelse", table.tabell.rattelser),
            ("Anmärkning", table.tabell.anmarkningar),
            ("Stämmer inte", table.tabell.avvikelser),
        )
        for kind, notes in kinds:
            for note in notes:
                about = f"{sentence(clean(note.var))} " if note.var else ""
                text = f"{about}{sentence(clean(note.text or UNTOLD))}"
                if text not in seen:
                    yield Faktavy(f"{kind}, {clean(table.kalla.namn)}", text)
                seen.add(text)
