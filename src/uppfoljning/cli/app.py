"""The commands: each collects its arguments, calls the pipeline, prints and exits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning import __version__
from uppfoljning.cli.typer_swedish import SwedishCommand, SwedishGroup

if TYPE_CHECKING:
    from uppfoljning.output.formats import Format

app = typer.Typer(
    cls=SwedishGroup,
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

Ut = Annotated[
    Path | None,
    typer.Option(metavar="FIL", show_default=False, help="Var rapporten sparas. Utan flaggan: i rapporter/."),
]
Html = Annotated[bool, typer.Option("--html", help="Skriv samma rapport som en HTML-fil i stället för PDF.")]


def _formats(*options: tuple[Format, bool]) -> tuple[Format, ...]:
    """The formats whose options were given."""
    return tuple(code for code, given in options if given)


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


@app.command(cls=SwedishCommand)
def validera(
    katalog: Katalog = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="text|json|github|gitlab", help="Hur problemen skrivs ut.")
    ] = "text",
    strikt: Annotated[bool, typer.Option("--strikt", help="Låt även varningar ge avslutningskod 1.")] = False,
) -> None:
    """Läs allt och berätta om alla fel på en gång."""
    from uppfoljning.cli.commands import validera as command

    raise typer.Exit(command.validera(katalog, format_, strikt=strikt))


@app.command(cls=SwedishCommand)
def status(
    period: PeriodArgument = None,
    katalog: Katalog = None,
    per: Per = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="Hur läget skrivs ut.")] = "text",
    underlag: Annotated[
        bool, typer.Option("--underlag", help="Visa statistiken och enkäterna med bedömning i stället.")
    ] = False,
) -> None:
    """Visa läget: svar, förseningar och datum framåt."""
    from uppfoljning.cli.commands import status as command

    raise typer.Exit(command.status(katalog, period, per, format_, underlag=underlag))


@app.command(cls=SwedishCommand)
def jamfor(
    fran: Annotated[
        str | None, typer.Argument(metavar="FRÅN", show_default=False, help="Till exempel 2022-K1 eller 2022-H1.")
    ] = None,
    till: Annotated[
        str | None,
        typer.Argument(metavar="TILL", show_default=False, help="Utan det: FRÅN jämförs med kvartalet före."),
    ] = None,
    katalog: Katalog = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="Hur ändringarna skrivs ut.")] = "text",
) -> None:
    """Visa vad som har ändrats mellan två kvartal eller halvår."""
    from uppfoljning.cli.commands import jamfor as command

    raise typer.Exit(command.jamfor(katalog, fran, till, format_))


@app.command(cls=SwedishCommand)
def halvar(
    period: Annotated[
        str | None,
        typer.Argument(
            metavar="HALVÅR",
            show_default=False,
            help="Till exempel 2022-H1. Utan: det senaste vars sista kvartal har svar.",
        ),
    ] = None,
    katalog: Katalog = None,
    per: Per = None,
    mottagare: Annotated[
        str | None,
        typer.Option(
            metavar="FORUM",
            show_default=False,
            help="Forumet som rapporten är för. Utan flaggan: det som halvåret redovisas för och som inte ser internt.",
        ),
    ] = None,
    slut: Annotated[
        bool, typer.Option("--slut", help="Gör slutrapporten: hela överenskommelsens tid till och med halvåret.")
    ] = False,
    ut: Ut = None,
    html: Html = False,
    word: Annotated[
        bool, typer.Option("--word", help="Skriv en tjänsteskrivelse i Word, med samma sammanfattning och förslag.")
    ] = False,
    mall: Annotated[
        Path | None,
        typer.Option(metavar="FIL", show_default=False, help="Kommunens egen Word-mall (.docx) till --word."),
    ] = None,
) -> None:
    """Gör halvårsrapporten för politikerna som PDF."""
    from uppfoljning.cli.commands import report as command

    options = command.ReportOptions(period, per, mottagare, ut, _formats(("html", html), ("docx", word)), mall)
    raise typer.Exit(command.halvar(katalog, "slut" if slut else "halvar", options))


Fil = Annotated[
    str,
    typer.Argument(
        metavar="FIL", help="Kalkylblad (.xlsx, .ods), .csv, .tsv, .html eller text. Ett streck (-): inklistrat."
    ),
]
Blad = Annotated[
    str | None, typer.Option(metavar="NAMN", show_default=False, help="Bladet, om kalkylbladet har flera.")
]
Uttag = Annotated[
    str, typer.Option(metavar="DATUM", show_default=False, help="När siffrorna togs ut, till exempel 2021-10-12.")
]
Omrade = Annotated[str, typer.Option(metavar="OMRÅDE", show_default=False, help="Området, om det inte är kommunen.")]
Namn = Annotated[
    str, typer.Option(metavar="NAMN", show_default=False, help="Vad siffrorna gäller, när raderna är områden.")
]
Rubrik = Annotated[str, typer.Option(metavar="TEXT", show_default=False, help="Tabellens rubrik i rapporten.")]
Hanvisning = Annotated[
    str,
    typer.Option(metavar="TEXT", show_default=False, help="Var siffrorna är hämtade, så som rapporten ska säga det."),
]
Trots = Annotated[
    bool, typer.Option("--trots-avvikelser", help="Skriv upp det som inte stämmer i källan och läs in ändå.")
]
Prova = Annotated[bool, typer.Option("--prova", help="Visa vad som skulle läsas in, utan att skriva något.")]

compstat_app = typer.Typer(
    cls=SwedishGroup, no_args_is_help=True, rich_markup_mode=None, help="Statistik över anmälda brott."
)
enkat_app = typer.Typer(cls=SwedishGroup, no_args_is_help=True, rich_markup_mode=None, help="Enkäter.")
app.add_typer(compstat_app, name="compstat")
app.add_typer(enkat_app, name="enkat")


@compstat_app.command(name="importera", cls=SwedishCommand)
def compstat_importera(
    fil: Fil,
    katalog: Katalog = None,
    period: Annotated[
        str,
        typer.Option(metavar="PERIOD", show_default=False, help="Till exempel jan–sep, om tabellen inte säger det."),
    ] = "",
    uttag: Uttag = "",
    kalla: Annotated[
        str, typer.Option(metavar="ID", show_default=False, help="Källans id i indikatorer.yaml; annars compstat.")
    ] = "",
    omrade: Omrade = "",
    namn: Namn = "",
    rubrik: Rubrik = "",
    hanvisning: Hanvisning = "",
    blad: Blad = None,
    trots_avvikelser: Trots = False,
    prova: Prova = False,
) -> None:
    """Läs in en tabell över anmälda brott till data/compstat/."""
    from uppfoljning.cli.commands import importera as command

    options = command.ImportOptions(kalla, period, uttag, omrade, namn, rubrik, hanvisning, trots_avvikelser)
    raise typer.Exit(command.importera(katalog, fil, "compstat", options, blad, prova=prova))


@enkat_app.command(name="importera", cls=SwedishCommand)
def enkat_importera(
    fil: Fil,
    kalla: Annotated[str, typer.Option(metavar="ID", show_default=False, help="Enkätens id i indikatorer.yaml.")],
    katalog: Katalog = None,
    uttag: Uttag = "",
    omrade: Omrade = "",
    namn: Namn = "",
    rubrik: Rubrik = "",
    hanvisning: Hanvisning = "",
    blad: Blad = None,
    trots_avvikelser: Trots = False,
    prova: Prova = False,
) -> None:
    """Läs in en tabell ur en enkät till data/enkater/."""
    from uppfoljning.cli.commands import importera as command

    options = command.ImportOptions(kalla, "", uttag, omrade, namn, rubrik, hanvisning, trots_avvikelser)
    raise typer.Exit(command.importera(katalog, fil, "enkat", options, blad, prova=prova))


@app.command(cls=SwedishCommand)
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
    ut: Ut = None,
    html: Html = False,
) -> None:
    """Gör kvartalsrapporten som PDF."""
    from uppfoljning.cli.commands import report as command

    options = command.ReportOptions(period, per, mottagare, ut, _formats(("html", html)))
    raise typer.Exit(command.kvartal(katalog, options))


@app.command(cls=SwedishCommand)
def frys(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", show_default=False, help="Kvartalet, till exempel 2022-K1.")
    ],
    katalog: Katalog = None,
    per: Per = None,
    kontrollera: Annotated[
        bool, typer.Option("--kontrollera", help="Pröva ett stängt kvartal: kontrollsummorna, och rapporterna på nytt.")
    ] = False,
    oppna: Annotated[
        bool, typer.Option("--oppna", help="Öppna ett stängt kvartal igen. Det stängda sparas i historiken.")
    ] = False,
    skal: Annotated[
        str | None,
        typer.Option(metavar="TEXT", show_default=False, help="Varför kvartalet öppnas; står sedan i rapporten."),
    ] = None,
) -> None:
    """Stäng ett avstämt kvartal eller halvår för ändringar.

    Rapporterna, siffrorna, underlaget, versionerna och kontrollsummorna sparas i data/frysta/.
    """
    from uppfoljning.cli.commands import frys as command

    raise typer.Exit(command.frys(katalog, period, per, oppna=oppna, skal=skal, kontrollera=kontrollera))


@app.command(cls=SwedishCommand)
def skicka(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", show_default=False, help="Till exempel 2022-H1 eller 2022-K1.")
    ],
    till: Annotated[
        str, typer.Option(metavar="FORUM", show_default=False, help="Forumets id, till exempel trygghetsutskottet.")
    ],
    katalog: Katalog = None,
    per: Per = None,
    slut: Annotated[bool, typer.Option("--slut", help="Skicka slutrapporten till och med halvåret.")] = False,
    exempel: Annotated[
        bool, typer.Option("--exempel", help="Skicka också en rapport med påhittade uppgifter, som prov.")
    ] = False,
    skarpt: Annotated[
        bool, typer.Option("--skarpt", help="Skicka, när antalet mottagare har skrivits. Utan flaggan: bara visa.")
    ] = False,
    ja: Annotated[
        int | None,
        typer.Option(metavar="N", show_default=False, help="I CI: antalet mottagare, där ingen kan skriva det."),
    ] = None,
    ny_version: Annotated[
        bool,
        typer.Option(
            "--ny-version",
            help="I CI: skicka också till dem som har fått en annan version. Med --framme: den i .eml-filen.",
        ),
    ] = False,
    framme: Annotated[
        list[str] | None,
        typer.Option(metavar="ADRESS", show_default=False, help="Skriv upp att någon har fått rapporten; eller alla."),
    ] = None,
    skicka_igen: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADRESS", show_default=False, help="Skicka igen till någon som det är okänt för; eller alla."
        ),
    ] = None,
    reservera: Annotated[
        bool, typer.Option("--reservera", help="I CI: skriv upp att en körning ska skicka, innan den gör det.")
    ] = False,
    korning: Annotated[
        str, typer.Option(metavar="ID", show_default=False, help="I CI: körningen som har reserverat.")
    ] = "",
    forsok: Annotated[int, typer.Option(metavar="N", help="Hur många gånger servern provas.")] = 4,
    paus: Annotated[
        float, typer.Option(metavar="SEKUNDER", help="Väntan före andra försöket; sedan tre gånger längre var gång.")
    ] = 30,
) -> None:
    """Skicka en färdig rapport till ett forum med e-post. Utan --skarpt visas bara vad som skulle skickas."""
    from uppfoljning.cli.commands import skicka as command

    report = (period, till, per, slut, exempel)
    known = (ny_version, tuple(framme or ()), tuple(skicka_igen or ()))
    options = command.SendOptions(*report, skarpt, ja, *known, reservera, korning, command.Patience(forsok, paus))
    raise typer.Exit(command.skicka(katalog, options))
