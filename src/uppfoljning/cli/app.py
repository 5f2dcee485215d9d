"""The commands: each collects its arguments, calls the pipeline, prints and exits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uppfoljning import __version__
from uppfoljning.cli.svenska import Kommando, Kommandogrupp

app = typer.Typer(
    cls=Kommandogrupp,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Följer upp en överenskommelse om lokalt brottsförebyggande arbete.",
)

Katalog = Annotated[
    Path | None,
    typer.Option(
        metavar="MAPP", show_default=False, help="Projektmappen, den som har data/. Utan flaggan: närmaste mapp uppåt."
    ),
]
PeriodArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="KVARTAL", show_default=False, help="Till exempel 2022-K1. Utan kvartal: det senaste som har svar."
    ),
]
Per = Annotated[
    str | None,
    typer.Option(
        metavar="DATUM", show_default=False, help="Dag som läget ska avse, ÅÅÅÅ-MM-DD. Utan flaggan: sista svarsdag."
    ),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"uppfoljning {__version__}")
        raise typer.Exit


@app.callback()
def huvud(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visa versionen.")
    ] = False,
) -> None:
    """Följer upp en överenskommelse om lokalt brottsförebyggande arbete.

    Börja med: uppfoljning validera
    """


@app.command(cls=Kommando)
def validera(
    katalog: Katalog = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="Hur problemen skrivs ut.")
    ] = "text",
    strikt: Annotated[bool, typer.Option("--strikt", help="Låt även varningar ge avslutningskod 1.")] = False,
) -> None:
    """Läs allt och berätta om alla fel på en gång."""
    from uppfoljning.cli import utskrift

    raise typer.Exit(utskrift.validera(katalog, format_, strikt=strikt))


@app.command(cls=Kommando)
def status(
    period: PeriodArgument = None,
    katalog: Katalog = None,
    per: Per = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="Hur läget skrivs ut.")] = "text",
) -> None:
    """Visa läget: svar, förseningar och datum framåt."""
    from uppfoljning.cli import utskrift

    raise typer.Exit(utskrift.status(katalog, period, per, format_))


@app.command(cls=Kommando)
def kvartal(
    period: PeriodArgument = None,
    katalog: Katalog = None,
    per: Per = None,
    mottagare: Annotated[
        str | None,
        typer.Option(
            metavar="FORUM",
            show_default=False,
            help="Forumet som rapporten är avsedd för. Utan flaggan: det som får se interna anteckningar.",
        ),
    ] = None,
    ut: Annotated[
        Path | None,
        typer.Option(metavar="FIL", show_default=False, help="Var rapporten sparas. Utan flaggan: i rapporter/."),
    ] = None,
    html: Annotated[
        bool, typer.Option("--html", help="Skriv samma rapport som en HTML-fil i stället för PDF.")
    ] = False,
) -> None:
    """Gör kvartalsrapporten som PDF."""
    from uppfoljning.cli import utskrift

    raise typer.Exit(utskrift.kvartal(katalog, period, per, mottagare, ut, html=html))
