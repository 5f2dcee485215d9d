"""The sections of the half-yearly report and of the final one, in the order they stand."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.report.sections.avsnitt import (
    ANDRAT,
    BESLUT,
    FORSLAG,
    LAGE,
    LARDOMAR,
    METOD,
    PARTER,
    SAMRAD,
    SIFFERMETOD,
    STATISTIK,
    UNDERLAG,
    Avsnitt,
    Rapportdel,
)
from uppfoljning.report.views.base import Lankvy
from uppfoljning.report.views.halvar import Halvarsvy


def halvar_sections(vy: Halvarsvy) -> tuple[Rapportdel, ...]:
    """Every section with what it prints of the view. First come the two pages, whose template has their other boxes."""
    sidorna, slut = vy.sidorna, vy.slut
    return (
        Rapportdel(
            (
                FORSLAG.of(sidorna if sidorna.forslag else None),
                LAGE.of(sidorna),
                SAMRAD.of(sidorna.samrad or None),
                LARDOMAR.of(sidorna.larande if slut is not None else None),
            ),
            mall="halvar_sidor.html.j2",
        ),
        Rapportdel(
            (
                Avsnitt(
                    "insatserna",
                    "Bilaga: insatserna",
                    "bilagan.html.j2",
                    vy,
                    genvag="insatserna",
                    sida="insatserna",
                    under=tuple(Lankvy(h.ankare, h.rubrik) for h in vy.omraden),
                ),
                Avsnitt("helt", "Texter i sin helhet", "helt.html.j2", sidorna.helt or None),
            )
        ),
        Rapportdel(
            (
                PARTER.of(slut.parter if slut is not None else None),
                Avsnitt("fragor", "Fem frågor om resultatet", "fem_fragor.html.j2", slut),
            )
        ),
        Rapportdel(
            (
                replace(ANDRAT.of(vy.andrat), rubrik="Alla ändringar", genvag=""),
                BESLUT.of(vy.beslut),
                Avsnitt("svar", "Svaren", "svaren.html.j2", vy.svarsfrekvens),
            ),
            klass="del-fortsatt",
        ),
        Rapportdel((STATISTIK.of(vy.statistik), SIFFERMETOD.of(vy.statistik)), klass="del-fortsatt"),
        Rapportdel((METOD.of(vy.metod), UNDERLAG.of(vy.underlag)), klass="del-fortsatt"),
    )
