"""``jamfor``: what has changed between two quarters, as text for a terminal or as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from uppfoljning.cli.arguments import check_format, parse_period
from uppfoljning.cli.project import read_or_stop
from uppfoljning.cli.terminal import item, note, wrap
from uppfoljning.errors import UsageError
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.pipeline.kvartal import jamforelse
from uppfoljning.report.views.parts import Jamforvy
from uppfoljning.text.problem import visible
from uppfoljning.text.swedish import plain_spaces, sentence


def parse_either(text: str | None) -> Kvartal | None:
    """A quarter, or a half-year, which stands for its last quarter.

    Raises :class:`UsageError` when the text is neither.
    """
    half = Halvar.parse(text) if text is not None else None
    if half is not None:
        return Kvartal(half.ar, 2 * half.nr)
    try:
        return parse_period(text)
    except UsageError:
        raise UsageError(
            f'"{text}" är varken kvartal eller halvår. Skriv till exempel 2022-K1 eller 2022-H1.'
        ) from None


def jamfor(katalog: Path | None, fran: str | None, till: str | None, format_: str) -> int:
    """``jamfor``: prints what has changed. With one quarter, it is compared with the one before. The exit code."""
    check_format(format_, ("text", "json"))
    one, other = parse_either(fran), parse_either(till)
    if other is None:
        one, other = None, one
    _, granskat = read_or_stop(katalog)
    vy = jamforelse(granskat, one, other)
    for text in (fran, till):
        if text is not None and Halvar.parse(text) is not None:
            note(f"{text} jämförs så som läget var vid halvårets slut, {parse_either(text)}.")
    if one is not None and other is not None and other < one:
        note(f"{one} är senare än {other}: det som visas är ändringarna från {vy.fran} till {vy.till}.")
    if one is None:
        note(f"Jämför {vy.till} med kvartalet före, {vy.fran}.")
    for closed in vy.stangda:
        note(f"{closed} är stängt: jämförelsen gäller det som rapporterades då.")
    if format_ == "json":
        from uppfoljning.output.json import as_json

        sys.stdout.write(as_json(vy))
    else:
        sys.stdout.write(format_changes(vy) + "\n")
    return 0


def format_changes(vy: Jamforvy) -> str:
    """Every change as a line, gathered by what it is about."""
    lines = [f"Ändrat från {vy.fran} till {vy.till}", vy.underrubrik]
    if vy.exempel:
        lines.append(f"[{vy.exempel}]")
    lines += ["", *wrap(vy.andrat.ingress)]
    for grupp in vy.andrat.grupper:
        lines += ["", grupp.rubrik]
        for rad in grupp.rader:
            about = " ".join(filter(None, (rad.insats, rad.rubrik)))
            lines += item(f"{sentence(about)} {rad.mening}")
    return plain_spaces("\n".join(visible(line) for line in lines))
