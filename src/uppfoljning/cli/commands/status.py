"""``status``: the state in the terminal, or as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from uppfoljning.cli.arguments import check_format, parse_per, parse_period
from uppfoljning.cli.project import chosen_quarter, read_or_stop
from uppfoljning.cli.terminal import note, out
from uppfoljning.pipeline.kvartal import kvartalsvy


def status(katalog: Path | None, period: str | None, per: str | None, format_: str, *, underlag: bool) -> int:
    """``status``: the same state as in the report, in the terminal or as JSON; or its figures. The exit code."""
    check_format(format_, ("text", "json"))
    wanted, reference = parse_period(period), parse_per(per)
    _, granskat = read_or_stop(katalog)
    vy = kvartalsvy(granskat, wanted, reference, None)
    if wanted is None:
        note(chosen_quarter(vy.period, granskat))
    if granskat.frysta is not None and vy.period in granskat.frysta.stangda:
        note(f"{vy.period} är stängt. Här visas läget enligt underlaget som det är nu; rapporten ändras inte.")
    if format_ == "json":
        from uppfoljning.output.json import as_json

        sys.stdout.write(as_json(vy.statistik if underlag else vy))
    elif underlag:
        from uppfoljning.cli.format.status import format_figures

        out(format_figures(vy))
    else:
        from uppfoljning.cli.format.status import format_status

        out(format_status(vy))
    return 0
