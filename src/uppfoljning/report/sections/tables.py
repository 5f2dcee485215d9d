"""The tables of figures: numbers, a small chart and one verdict a row, and what the reader must know to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.facts.figures.judge import Serielage, Sifferlage, Tabellage
from uppfoljning.facts.figures.statistics import per_100_000, round_half_up
from uppfoljning.model.tabell import SVARANDE
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.sections.diagram import draw, scale_top
from uppfoljning.report.views.figures import Diagramvy, Siffergruppvy, Sifferradvy, Siffertabellvy
from uppfoljning.text.swedish import antal, capitalized, fold, lista, lower_first, number_word, sentence
from uppfoljning.words.codes import ENHET, ENHET_SHOWN
from uppfoljning.words.common import clean
from uppfoljning.words.figures import EN_AV_TJUGO, aim_text, expected, is_early, tal, verdict

MAX_YEARS_SHOWN = 6
MAX_ROUNDS_SHOWN = 4  # a survey is compared with the round before, and its columns are wide
_FEW_NEEDED = 1000


def table_views(underlag: Underlag, siffror: Sifferlage) -> tuple[Siffertabellvy, ...]:
    """A view for each table that holds; a ranking is told in words with its indicator instead."""
    return tuple(
        _table(underlag, table, number)
        for number, table in enumerate(siffror.tabeller, 1)
        if table.tabell.enhet != "rang" and table.serier
    )


def shown_years(table: Tabellage) -> list[int]:
    """The years that have a column: the latest with values, and those without a survey that the source tells of."""
    years = {ar for s in table.serier for ar, _ in s.visade}
    missing = {m.ar for s in table.serier for m in s.ingen_matning if m.ar >= min(years)}
    most = MAX_YEARS_SHOWN if table.tabell.slag == "compstat" else MAX_ROUNDS_SHOWN
    kept = {ar for s in table.serier for ar in (s.ar, s.mot_ar) if ar in years}
    others = sorted((years | missing) - kept, reverse=True)[: max(most - len(kept), 0)]
    return sorted(ar for ar in {*kept, *others} if ar is not None)[-most:]


def _table(underlag: Underlag, table: Tabellage, number: int) -> Siffertabellvy:
    years = shown_years(table)
    counted = table.tabell.slag == "compstat"
    latest = max(s.ar for s in table.serier)
    areas = {s.jamforelse[0]: None for s in table.serier if s.jamforelse and s.ar == latest}
    area = next(iter(areas), "")
    shared = shared_reason(table.serier)
    groups = []
    for name, rows in _groups(table):
        top = scale_top(rows) if table.tabell.enhet == "procent" else None
        views = tuple(_row(underlag, s, years, (area, latest), top, short=counted or shared != "") for s in rows)
        groups.append(Siffergruppvy(clean(name), views))
    period = table.tabell.period
    what = clean(table.tabell.rubrik) or ("Anmälda brott" if counted else ENHET[table.tabell.enhet])
    return Siffertabellvy(
        slag=table.tabell.slag,
        ankare=f"siffror-{number}",
        rubrik=f"{clean(table.kalla.namn)}: {lower_first(what)}" + (f", {period.ord}" if period else ""),
        ingress=" ".join(_intro(table, shared)),
        diagramtext=_charts(table, latest, [r.diagram for g in groups for r in g.rader if r.diagram]),
        ar=tuple(str(ar) for ar in years),
        jamforelse=f"{clean(area)} {latest}" if area else "",
        vantat=f"Väntat {latest}" if counted else "",
        kolumner=len(years) + 3 + bool(area) + counted,
        grupper=tuple(groups),
        fot=" ".join(_foot(table, shared)),
    )


def shared_reason(serier: Sequence[Serielage]) -> str:
    """Why none of a survey's shares can be judged, when it is the same for all: the years without a number."""
    found = {s.andel.saknas for s in serier if s.andel is not None and s.andel.kod == "antal_saknas"}
    other = any(s.andel is None or s.andel.kod not in {"antal_saknas", "ingen_tidigare"} for s in serier)
    if len(found) != 1 or other:
        return ""
    return lista([str(ar) for ar in next(iter(found))])


def _groups(table: Tabellage) -> Iterator[tuple[str, list[Serielage]]]:
    """Rows under headings: a count's group, a survey's question where it is put to several groups."""
    rows = [*table.serier, *table.summor]
    names = [s.serie.nyckel for s in rows]
    by_question = table.tabell.slag == "enkat" and any(n.del_ for n in names)
    order = dict.fromkeys(n.namn if by_question else n.grupp for n in names)
    for name in order:
        yield name, [s for s in rows if (s.serie.nyckel.namn if by_question else s.serie.nyckel.grupp) == name]


def _row(
    underlag: Underlag,
    serie: Serielage,
    years: Sequence[int],
    column: tuple[str, int],
    top: float | None,
    *,
    short: bool,
) -> Sifferradvy:
    nyckel, enhet = serie.serie.nyckel, serie.tabell.enhet
    values = dict(serie.visade)
    unasked = {m.ar for m in serie.ingen_matning}

    def cell(ar: int) -> str:
        if ar in serie.serie.dolda:
            return "<5" if ar in serie.serie.sma and enhet == "antal" else ".."
        if values.get(ar) is None and ar in unasked:
            return "ingen mätning"
        return tal(values.get(ar), enhet)

    (area, latest), compared = column, serie.jamforelse
    beside = compared is not None and compared[0] == area and serie.ar == latest
    return Sifferradvy(
        namn=clean(capitalized(nyckel.del_ or nyckel.namn)),
        tillagg=tuple(_notes(underlag, serie)),
        varden=tuple(cell(ar) for ar in years),
        bedomd=years.index(serie.ar) + 1 if serie.ar in years else 0,
        jamforelse=tal(compared[1], enhet) if compared and beside else ".." if area else "",
        vantat="" if serie.serie.is_sum else expected(serie),
        diagram=None if serie.serie.is_sum else draw(serie, years, top),
        bedomning=verdict(serie, short=short),
        tydlig=serie.tydlig,
        summa=serie.serie.is_sum,
    )


def _notes(underlag: Underlag, serie: Serielage) -> Iterator[str]:
    """What stands in small type below a row's name."""
    for indikator in serie.indikatorer:
        aim = aim_text(indikator)
        if aim:
            yield aim
    for broken in serie.avbrott:
        yield f"Serieavbrott {broken.ar}: {clean(broken.text)}"
    population = {p.ar: p.antal for p in underlag.indikatorer.folkmangd}.get(serie.ar)
    if serie.tabell.slag == "compstat" and population and serie.varde and not serie.serie.is_sum:
        yield f"{antal(round_half_up(per_100_000(int(serie.varde), population)))} per 100\u2009000 invånare"


def _intro(table: Tabellage, shared: str) -> Iterator[str]:
    tabell = table.tabell
    area = clean(tabell.omrade)
    what = "Antal anmälda brott" if tabell.slag == "compstat" else ENHET_SHOWN[tabell.enhet]
    yield f"{what}{f' i {area}' if area else ''}."
    latest = max(s.ar for s in table.serier)
    if latest in tabell.preliminara:
        yield f"Siffrorna för {latest} är preliminära."
    if any(s.bedombar and is_early(s) for s in table.serier):
        yield "Bedömningarna är preliminära och kan ändras när året är slut."
    if tabell.uttag is not None:
        yield f"Uttag: {clean(tabell.uttag.text)}."
    if tabell.exempel:
        yield "Siffrorna är påhittade exempel."
    if all(s.utgangslage for s in table.serier):
        yield "Allt är från tiden före överenskommelsen: ett utgångsläge, ingen förändring under den."
    elif any(s.utgangslage for s in table.serier):
        last = max(s.ar for s in table.serier if s.utgangslage)
        yield f"Rader vars senaste siffra är från {last} eller tidigare är ett utgångsläge före överenskommelsen."
    if tabell.slag == "compstat":
        if any(s.bedombar for s in table.serier):
            yield f"Väntat är det spann där {latest} brukar hamna, 19 gånger av 20, om inget har ändrats."
    else:
        yield from _about_the_survey(table)
        if shared:
            group = " i varje grupp" if any(s.serie.nyckel.del_ for s in table.serier) else ""
            yield f"Hur många som svarade{group} {shared} är inte känt, och därför kan ingen förändring bedömas."
        notes = [note for s in table.serier for note in (*s.jamforbarhet, *s.ingen_matning)]
        yield from dict.fromkeys(sentence(clean(note.text)) for note in sorted(notes, key=lambda n: n.ar))


def _charts(table: Tabellage, latest: int, drawn: Sequence[Diagramvy]) -> str:
    """How the charts of a table are to be read; empty where none is drawn."""
    if not drawn:
        return ""
    texts = ["Varje diagram har sin egen skala från noll." if table.tabell.slag == "compstat" else ""]
    if any(s.bedombar and s.antal is not None for s in table.serier):
        texts.append(f"Det grå fältet är det väntade och ringen {latest}, fylld när talet ligger utanför.")
    elif table.tabell.slag == "enkat":
        texts.append("Diagrammens skala börjar på noll, och ringen är den senaste siffran.")
    if any(d.tomma for d in drawn):
        texts.append("Det streckade är år utan mätning.")
    return " ".join(filter(None, texts))


def _about_the_survey(table: Tabellage) -> Iterator[str]:
    """How many answered, as far as it is known: of all, and where groups were counted, the span over the groups."""
    latest, shown = max(s.ar for s in table.serier), set(shown_years(table))
    rows = [r for r in table.om_enkaten if fold(r.nyckel.namn) == fold(SVARANDE) and not r.nyckel.omrade]
    by_year: dict[int, list[int]] = {}
    for row in rows:
        for ar, value in row.varden.items():
            if value is not None and ar <= latest and row.nyckel.del_:
                by_year.setdefault(ar, []).append(int(value))
            elif value is not None and ar in shown:
                yield f"Antal svarande {ar}: {antal(int(value))}."
    for ar in sorted(by_year)[-2:]:
        numbers = sorted(by_year[ar])
        each = antal(numbers[0]) if numbers[0] == numbers[-1] else f"{antal(numbers[0])}–{antal(numbers[-1])}"
        if len(numbers) == 1:
            yield f"Antal svarande {ar} i en grupp: {each}."
        else:
            yield f"Antal svarande {ar} i {number_word(len(numbers))} grupper: {each} i varje."


def _foot(table: Tabellage, shared: str) -> Iterator[str]:
    if table.tabell.slag == "compstat":
        yield EN_AV_TJUGO
        if any(s.antal is not None and s.antal.kod == "ingen_vid" for s in table.serier):
            yield "Få eller ojämna tal: även en halvering eller en fördubbling ryms i det väntade."
        if any(s.antal is not None and s.antal.kod in {"fa", "fa_fler"} for s in table.serier):
            yield "För få: i snitt färre än fem om året."
        if table.summor:
            yield "Summan bedöms inte, eftersom den blandar olika slags brott."
    elif any(s.andel is not None and s.andel.kod in {"hogre", "lagre", "ingen"} for s in table.serier):
        yield EN_AV_TJUGO
    if shared:
        yield from _needed(table)
    areas = list(dict.fromkeys(clean(s.jamforelse[0]) for s in table.serier if s.jamforelse))
    if areas:
        yield f"Skillnaden mot {lista(areas)} bedöms inte."
    if any(v is None and ar not in s.serie.dolda for s in table.serier for ar, v in s.visade):
        yield "Två punkter (..) betyder att källan inte anger någon siffra."
    hidden = [s.serie for s in (*table.serier, *table.summor) if s.serie.dolda]
    if hidden and table.tabell.enhet == "antal":
        if any(serie.sma for serie in hidden):
            yield "<5 betyder färre än fem."
        yield (
            "Så skyddas enskilda: är ett skyddat tal under fem visas ingen summa för samma område, år och period, "
            "och inte heller ett tal som är mindre än fem större än det som visas för en kortare del av samma år "
            "(<5 räknas som fyra). I stället står två punkter (..)."
        )
    elif hidden:
        yield (
            "Så skyddas enskilda: en andel som står för färre än fem svar visas inte, och inte heller någon summa "
            "eller andel för alla i samma område och år. I stället står två punkter (..)."
        )


def _needed(table: Tabellage) -> Iterator[str]:
    """With how many answers in the year without a number a difference would have been sure."""
    rows = [s for s in table.serier if s.andel is not None and s.andel.behov is not None]
    near = [(s.andel.behov, s) for s in rows if s.andel is not None and (s.andel.behov or 0) <= _FEW_NEEDED]
    if not near:
        return
    year = lista([str(ar) for ar in near[0][1].andel.saknas]) if near[0][1].andel is not None else ""
    ordered = [(antal(n or 0), lower_first(clean(_name(s)))) for n, s in sorted(near, key=lambda p: p[0] or 0)]
    told = [f"{ordered[0][0]} svarat {year} för {ordered[0][1]}", *(f"{n} för {name}" for n, name in ordered[1:])]
    doubt = any(s.jamforbarhet for s in table.serier)
    rest = len([s for s in table.serier if s.andel is not None and s.andel.kod == "antal_saknas"]) - len(near)
    start = "Vore mätningarna helt jämförbara hade skillnaden" if doubt else "Skillnaden hade"
    text = f"{start} varit säker om minst {lista(told)}"
    if rest == 1:
        text += f"; för den sista hade inte ens {antal(_FEW_NEEDED)} svar räckt"
    elif rest:
        text += f"; för de andra {number_word(rest)} hade inte ens {antal(_FEW_NEEDED)} svar räckt"
    yield f"{text}."


def _name(serie: Serielage) -> str:
    nyckel = serie.serie.nyckel
    return f"{nyckel.namn} ({nyckel.del_})" if nyckel.del_ else nyckel.namn
