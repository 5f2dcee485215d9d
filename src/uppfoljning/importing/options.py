"""What the command line adds to a table: as it was given, and what is wrong with it."""

from __future__ import annotations

import re
from typing import NamedTuple

from uppfoljning.formats.refusals import clean
from uppfoljning.importing.unsafe_texts import LONGEST, like_formula
from uppfoljning.model.period import Ackumulerat, Tidpunkt, find_month, read_moment
from uppfoljning.model.tabell import Tabellslag
from uppfoljning.text.personal_data.find import SLAG, find_uppgifter, mask
from uppfoljning.text.swedish import shorten

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LONGEST_ID = 40
_LONGEST_TEXT = 1000


class ImportOptions(NamedTuple):
    """What the command line adds to the table, or says instead of it; empty where nothing was said."""

    kalla: str = ""
    period: str = ""
    uttag: str = ""
    omrade: str = ""
    namn: str = ""
    rubrik: str = ""
    hanvisning: str = ""
    trots_avvikelser: bool = False


def tidy(options: ImportOptions) -> ImportOptions:
    """The same without characters that can't be seen, and with single spaces."""
    kalla, period, uttag, omrade, namn, rubrik, hanvisning = (clean(text) for text in options[:-1])
    return ImportOptions(kalla, period, uttag, omrade, namn, rubrik, hanvisning, options.trots_avvikelser)


def wrong(options: ImportOptions, slag: Tabellslag) -> str:
    """What is wrong with a flag and how to mend it; empty when nothing is."""
    if slag == "enkat" and not options.kalla:
        return "--kalla behöver enkätens id, till exempel --kalla stockholmsenkaten."
    if options.kalla and (not _ID.fullmatch(options.kalla) or len(options.kalla) > _LONGEST_ID):
        return (
            f'--kalla "{_shown(options.kalla)}" är inget id. Ett id har bara a–z, A–Z, siffror och bindestreck, högst '
            f"{_LONGEST_ID} tecken, till exempel compstat. Källornas id står under kallor i data/indikatorer.yaml."
        )
    if options.period and Ackumulerat.parse(options.period) is None:
        return (
            f'--period "{_shown(options.period)}" är ingen period av hela månader från årets början. Skriv '
            "till exempel jan–sep eller helår."
        )
    if options.uttag and moment(options.uttag) is None:
        return (
            f'--uttag "{_shown(options.uttag)}" är ingen dag eller månad. Skriv till exempel 2021-10-12 eller oktober '
            "2021."
        )
    return next(filter(None, (_wrong_text(name, options) for name in ("omrade", "namn", "rubrik", "hanvisning"))), "")


def _wrong_text(name: str, options: ImportOptions) -> str:
    text, longest = str(getattr(options, name)), LONGEST if name in {"omrade", "namn"} else _LONGEST_TEXT
    for found in find_uppgifter(text):
        return f"--{name} innehåller {SLAG[found.slag]}. Personuppgifter får inte stå i filen."
    if like_formula(text):
        return (
            f"--{name} börjar med {text[0]} och skulle bli en formel när filen öppnas som kalkylblad. Ta bort tecknet."
        )
    if len(text) > longest:
        return f"--{name} är {len(text)} tecken lång. Högst {longest} får plats."
    return ""


def _shown(text: str) -> str:
    return shorten(mask(text), 60)


def moment(text: str) -> Tidpunkt | None:
    """The point in time that a text names, for when figures were extracted."""
    return read_moment(as_written(text))


def as_written(text: str) -> str:
    """A day as a file has it: '12 oktober 2021' is 2021-10-12; anything else as it is."""
    found = find_month(text)
    return found if re.fullmatch(r"[0-9]{1,2}(?::[ae])? \w+ [0-9]{4}", text.strip()) and found else text.strip()
