"""The sections of the quarterly report, in the order they stand."""

from __future__ import annotations

from dataclasses import replace

from uppfoljning.report.sections.avsnitt import (
    ANDRAT,
    BESLUT,
    FRAGOR,
    LAGE,
    METOD,
    MOTET,
    PARTER,
    SIFFERMETOD,
    STANGT,
    STATISTIK,
    UNDERLAG,
    Avsnitt,
    Rapportdel,
)
from uppfoljning.report.views.kvartal import Rapportvy


def kvartal_sections(vy: Rapportvy) -> tuple[Rapportdel, ...]:
    """Every section with what it prints of the view."""
    return (
        Rapportdel((Avsnitt("", LAGE.rubrik, "oversikt.html.j2", vy.forsta_sidan.lage),), mall="forsta_sidan.html.j2"),
        Rapportdel(
            (
                MOTET.of(vy.motet),
                FRAGOR.of(vy.motet),
                ANDRAT.of(vy.andrat),
                STANGT.of(vy.stangt if vy.stangt.kvartal else None),
                BESLUT.of(vy.beslut),
            ),
            klass="del",
        ),
        Rapportdel(
            tuple(Avsnitt(h.ankare, h.rubrik, "huvudomrade.html.j2", h) for h in vy.huvudomraden),
            mall="huvudomraden.html.j2",
        ),
        Rapportdel((replace(PARTER.of(vy.parter), genvag="parternas åtaganden", sida="åtagandena"),)),
        Rapportdel((STATISTIK.of(vy.statistik), SIFFERMETOD.of(vy.statistik)), klass="del-fortsatt"),
        Rapportdel(
            (
                Avsnitt("svar", "Vem har svarat", "svarsoversikt.html.j2", vy),
                Avsnitt("oppet", "Det som är öppet, och våra tolkningar", "oppet.html.j2", vy.oppet),
                Avsnitt(
                    "kvalitet",
                    "Uppföljningens kvalitet",
                    "kvalitet.html.j2",
                    vy.kvalitet,
                    genvag="uppföljningens kvalitet",
                ),
                Avsnitt("fel", "Varningar om underlaget", "varningar.html.j2", vy.varningar),
                METOD.of(vy.metod),
                UNDERLAG.of(vy.underlag),
                Avsnitt("avstamd", "Avstämd av", "avstamd.html.j2", vy.avstamd_av),
            ),
            klass="del-fortsatt",
        ),
    )
