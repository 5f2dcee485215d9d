"""Rules about ``indikatorer.yaml``: everything it names is there."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.check.labels import check_figures
from uppfoljning.check.names import check_known
from uppfoljning.model import Indikator
from uppfoljning.model.tabell import same_area
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, nearest, suggest


def check_once(underlag: Underlag) -> Iterator[Problem]:
    """Each code and year stands once."""
    fil, found = underlag.indikatorfil, underlag.indikatorer
    seen: dict[object, int] = {}
    named: list[tuple[object, Vag, str]] = [
        (code.kod, ("brottskoder", i, "kod"), f"Brottskoden {code.kod}") for i, code in enumerate(found.brottskoder)
    ]
    named += [(p.ar, ("folkmangd", i, "ar"), f"Folkmängden för {p.ar}") for i, p in enumerate(found.folkmangd)]
    for value, vag, what in named:
        if value in seen:
            yield underlag.problem(
                fil, vag, "dubblett", f"{what} finns redan på rad {seen[value]}.", "Ta bort den ena."
            )
        seen.setdefault(value, underlag.place(fil, vag).rad)


def check_references(underlag: Underlag) -> Iterator[Problem]:
    """Every huvudområde, insats, source, series and indicator that is named exists."""
    fil, found = underlag.indikatorfil, underlag.indikatorer
    omraden, indikatorer = underlag.kanda.of("huvudomraden"), underlag.kanda.of("indikatorer")
    for i, indikator in enumerate(found.indikatorer):
        vag: Vag = ("indikatorer", i)
        if indikator.huvudomrade is not None:
            place = (*vag, "huvudomrade")
            yield from check_known(underlag, fil, place, "huvudomrade", indikator.huvudomrade, omraden)
        for j, insats in enumerate(indikator.insatser):
            yield from check_known(underlag, fil, (*vag, "insatser", j), "insats", insats, underlag.kanda_insatser)
        yield from _check_series(underlag, indikator, vag)
    for i, code in enumerate(found.brottskoder):
        vag = ("brottskoder", i)
        if code.huvudomrade is not None:
            place = (*vag, "huvudomrade")
            yield from check_known(underlag, fil, place, "huvudomrade", code.huvudomrade, omraden)
        if code.indikator is not None:
            yield from check_known(underlag, fil, (*vag, "indikator"), "indikator", code.indikator, indikatorer)


def _is_named(underlag: Underlag, vag: Vag, field_name: str) -> bool:
    """Whether a block has a field whose name is much like this one: what is wrong with it has been told already."""
    file = underlag.filer.get(underlag.indikatorfil)
    nod = file.nod(vag) if file is not None else None
    return nod is not None and any(nearest(str(key), [field_name]) for key in nod.nycklar)


def _check_series(underlag: Underlag, indikator: Indikator, vag: Vag) -> Iterator[Problem]:
    fil = underlag.indikatorfil
    chosen = indikator.serie or indikator.grupp
    if chosen and indikator.ord:
        yield underlag.problem(
            fil,
            (*vag, "ord"),
            "motsagelse",
            "Indikatorn har både en serie och ett faktum i ord.",
            "Behåll det ena, eller dela upp den i två indikatorer.",
            key=True,
        )
    if indikator.ord and indikator.allvarligt:
        yield underlag.problem(
            fil,
            (*vag, "allvarligt"),
            "motsagelse",
            "allvarligt gäller ett brott som räknas, men indikatorn är ett faktum i ord.",
            "Ta bort allvarligt, eller ange kalla och serie i stället för ord.",
            key=True,
        )
    if indikator.kontrollomrade is not None and (not chosen or indikator.kalla is None):
        yield underlag.problem(
            fil,
            (*vag, "kontrollomrade"),
            "motsagelse",
            "kontrollomrade är något att ställa en serie mot, men indikatorn har ingen.",
            "Ange kalla och serie, eller ta bort kontrollomrade.",
            key=True,
        )
    if chosen and indikator.kalla is None and not _is_named(underlag, vag, "kalla"):
        yield underlag.problem(
            fil,
            (*vag, "serie" if indikator.serie else "grupp"),
            "kalla-saknas",
            "Indikatorn säger inte vilken källa serien finns i.",
            "Lägg till kalla: och källans id.",
            key=True,
        )
    if indikator.kalla is None:
        return
    yield from check_known(underlag, fil, (*vag, "kalla"), "kalla", indikator.kalla, underlag.kanda.of("kallor"))
    yield from _check_control_area(underlag, indikator, vag)
    if indikator.skydda_sma_tal:
        return  # what is to be protected must be found, by a rule of its own
    rows = [s.nyckel for t in underlag.tabeller if t.kalla == indikator.kalla for s in t.serier]
    for field_name, value, known in (
        ("serie", indikator.serie, {k.namn for k in rows}),
        ("grupp", indikator.grupp, {k.grupp for k in rows} - {""}),
        ("omrade", indikator.omrade, {k.omrade for k in rows} - {""}),
    ):
        if value is not None and rows and fold(value) not in {fold(name) for name in known}:
            yield underlag.problem(
                fil,
                (*vag, field_name),
                "okand-serie",
                f'"{value}" finns inte i tabellerna från {underlag.kallnamn(indikator.kalla)}.',
                suggest(value, known, "Där finns"),
                "fel" if nearest(value, known) is not None else "varning",
            )


def _check_control_area(underlag: Underlag, indikator: Indikator, vag: Vag) -> Iterator[Problem]:
    """The control area is another area that the same tables have the series for."""
    area, chosen = indikator.kontrollomrade, indikator.serie or indikator.grupp
    if area is None or chosen is None:
        return
    place: Vag = (*vag, "kontrollomrade")
    own = indikator.omrade or underlag.overenskommelse.kommun
    if same_area(area, own):
        yield underlag.problem(
            underlag.indikatorfil,
            place,
            "eget-omrade",
            f"Kontrollområdet är samma område som serien gäller: {own}.",
            "Ange ett annat område, till exempel resten av länet.",
        )
        return
    wanted = fold(chosen)
    known = {
        serie.nyckel.omrade or tabell.omrade or underlag.overenskommelse.kommun
        for tabell in underlag.tabeller
        for serie in tabell.serier
        if tabell.kalla == indikator.kalla
        and wanted == (serie.jamford.namn if indikator.serie else serie.jamford.grupp)
    }
    others = {name for name in known if not same_area(name, own)}
    if known and not any(same_area(area, name) for name in others):
        yield underlag.problem(
            underlag.indikatorfil,
            place,
            "okant-kontrollomrade",
            f"Tabellerna från {underlag.kallnamn(indikator.kalla or '')} har inga rader för {chosen} i området "
            f'"{area}".',
            suggest(area, others, "Områdena är") or "Lägg till rader för området, med dess namn i kolumnen omrade.",
            "fel" if nearest(area, others) is not None else "varning",
        )


def check_publishing(underlag: Underlag) -> Iterator[Problem]:
    """Figures that may not be passed on are in every report all the same: no report leaves them out yet."""
    used = {tabell.kalla for tabell in underlag.tabeller}
    for i, kalla in enumerate(underlag.indikatorer.kallor):
        if not kalla.far_publiceras and kalla.id in used:
            yield underlag.problem(
                underlag.indikatorfil,
                ("kallor", i, "far_publiceras"),
                "far-inte-publiceras",
                f"Siffrorna från {kalla.namn} får inte spridas vidare, men de följer med i alla rapporter.",
                "Ta bort filerna med källans siffror ur data/ innan rapporten lämnas ut.",
                "varning",
                key=True,
            )


RULES = (check_figures, check_once, check_references, check_publishing)
