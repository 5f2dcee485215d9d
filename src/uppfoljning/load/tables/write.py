"""A table → the text of a file for ``data/``: the form that :mod:`uppfoljning.load.tables.read` reads back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from uppfoljning.model.tabell import Serie, Tabell
from uppfoljning.text.numbers import plain_number

BOM = "\ufeff"


def csv_text(tabell: Tabell, uttag: str) -> str:
    """The file, with a mark of UTF-8 so that a spreadsheet program shows å, ä and ö. ``uttag`` is as it was given."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    for row in _head(tabell, uttag):
        writer.writerow(row)
    target.write("\n")
    columns = _columns(tabell)
    years = [f"{ar} prel." if ar in tabell.preliminara else str(ar) for ar in tabell.ar]
    writer.writerow([*columns, *years])
    for serie in tabell.serier:
        values = [_value(serie, ar) for ar in tabell.ar]
        writer.writerow([*(_name(serie, column) for column in columns), *values])
    return BOM + target.getvalue()


def _head(tabell: Tabell, uttag: str) -> Iterator[tuple[str, ...]]:
    pairs = [
        ("kalla", tabell.kalla),
        ("rubrik", tabell.rubrik),
        ("hanvisning", tabell.hanvisning),
        ("omrade", tabell.omrade),
        ("period", str(tabell.period or "")),
        ("enhet", tabell.enhet if tabell.slag == "enkat" else ""),
        ("uttag", uttag),
    ]
    yield from ((key, value) for key, value in pairs if value)
    for key, notes in (("anmarkning", tabell.anmarkningar), ("avvikelse", tabell.avvikelser)):
        yield from ((key, note.var, note.text) for note in notes)


def _columns(tabell: Tabell) -> list[str]:
    name = "brott" if tabell.slag == "compstat" else "fraga"
    last = ["kon", "arskurs", "omrade"] if tabell.slag == "enkat" else ["brottskod", "omrade"]
    return [c for c in ("grupp", name, *last) if c == name or any(_name(s, c) for s in tabell.serier)]


def _name(serie: Serie, column: str) -> str:
    nyckel = serie.nyckel
    return {
        "omrade": nyckel.omrade,
        "grupp": nyckel.grupp,
        "brott": nyckel.namn,
        "fraga": nyckel.namn,
        "brottskod": serie.kod,
        "kon": nyckel.kon,
        "arskurs": nyckel.arskurs,
    }[column]


def _value(serie: Serie, ar: int) -> str:
    value = serie.varden.get(ar)
    return ".." if value is None else plain_number(value)
