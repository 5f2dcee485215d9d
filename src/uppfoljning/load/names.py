"""What the files and folders of ``data/`` are called, and what one that is called otherwise was meant to be."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from uppfoljning.load.files import Refusal
from uppfoljning.model.frysta import HISTORIK, Frysperiod, parse_frysperiod
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.tabell import Tabellslag
from uppfoljning.text.file_names import copied_from, in_the_cloud, spelled_out, split_ending
from uppfoljning.text.personal_data.find import SLAG, find_uppgifter, mask
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.swedish import lista, nearest, suggest

AVTALSFIL = "overenskommelse.yaml"
INSATSFIL = "insatser.yaml"
INDIKATORFIL = "indikatorer.yaml"
BESLUTSFIL = "beslut.yaml"
MOTTAGARFIL = "mottagare.yaml"

TOP_FILES = (AVTALSFIL, INSATSFIL, INDIKATORFIL, BESLUTSFIL)
PROJECT_FILES = (AVTALSFIL, INSATSFIL)
TOP_FOLDERS = ("aterkoppling", "compstat", "enkater", "halvar", "kvartal", "frysta")
TABLE_FOLDERS: dict[str, Tabellslag] = {"compstat": "compstat", "enkater": "enkat"}
FINAL = "-slut"
"""Ends the name of what belongs to the final report of a half-year."""

_AT_TOP = (*TOP_FILES, *TOP_FOLDERS, MOTTAGARFIL)
_IMPORTABLE = (".xlsx", ".xls", ".ods", ".tsv", ".txt", ".html", ".htm")
_DOCUMENTS = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".pages"),
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".svg"),
)
_NO_TEXT = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, line breaks and bytes that are no text (Unicode's general categories)."""
_SHOWN = 3
_A_PERIOD = re.compile(r"[0-9]{4}[- ]?[KQH][1-4]", re.IGNORECASE)

RULE_AT_TOP = suggest("", _AT_TOP, "Här väntas")
RULE_OF_QUARTERS = "Här ligger en mapp per kvartal, till exempel 2022-K1."
RULE_OF_ANSWERS = "Här ligger en fil per aktör, som slutar på .yaml."
RULE_OF_QUARTER_FILES = "Här ligger en fil per kvartal, till exempel 2022-K1.yaml."
RULE_OF_HALF_YEARS = f"Här ligger en fil per halvår, till exempel 2022-H1.yaml, och 2022-H1{FINAL}.yaml."

Period = TypeVar("Period", bound=Frysperiod)
Meant = Callable[[str], str | None]
"""The right name of what has another, if that can be told from the other."""


def rule_of_tables(file: Path, slag: Tabellslag) -> str:
    """What to do with a file that is no table where tables lie."""
    ending = file.suffix.lower()
    if ending in _DOCUMENTS:
        return "Flytta filen ut ur data/. Be om siffrorna som kalkylblad, eller skriv av dem till en .csv-fil."
    rule = "Här ligger en fil per uttag, som slutar på .csv."
    if ending in _IMPORTABLE:
        rule = (
            "Flytta filen till en annan plats, till exempel mappen ovanför data/, och läs in den med "
            f"uppfoljning {slag} importera. {rule}"
        )
    return rule


def refuse_name(path: Path, same: Path | None) -> Refusal | None:
    """Why a file isn't read for its name alone. ``same``: one in the folder with the same name, otherwise encoded."""
    name = nfc(path.name)
    personal = find_uppgifter(name) if path.suffix in {".yaml", ".csv"} else []
    if personal:
        return Refusal(
            personal[0].slag,
            f"Filens namn innehåller {SLAG[personal[0].slag]}.",
            "Byt namn på filen. Personuppgifter får inte stå i uppföljningen; de blir också kvar i versionshistoriken.",
        )
    if in_the_cloud(name):
        return Refusal(
            "i-molnet",
            f"Filen {mask(in_the_cloud(name))} ligger bara i iCloud, och inte på den här datorn.",
            "Hämta den: högerklicka på den i Finder och välj Hämta nu.",
        )
    if same is not None:
        return Refusal(
            "samma-namn",
            "Två filer här har samma namn, men å, ä eller ö är skrivna på olika sätt: "
            f"{mask(spelled_out(same.name))} och {mask(spelled_out(path.name))}.",
            "Byt namn på den ena, till ett utan å, ä och ö. Jämför dem sedan, och ta bort den som inte gäller.",
        )
    return None


def refuse_free_name(name: str, names: Collection[str]) -> Refusal | None:
    """Why a file isn't read where any name goes: it is no line of text, or that of a copy of another in ``names``.

    The list of a closed quarter's files takes a name only as a line.
    """
    odd = next((c for c in name if unicodedata.category(c) in _NO_TEXT), None)
    if odd is not None:
        told = f"Filens namn innehåller ett osynligt styrtecken (U+{ord(odd):04X})."
        return Refusal("styrtecken", told, "Byt namn på filen.")
    right = copied_from(name, names)
    if right is None:
        return None
    advice = f"{_compare(name, right)} Är den ingen kopia: ge den ett namn som inte liknar {right}."
    return _probable_copy(right, advice)


def misnamed(
    wrong: Sequence[Path], names: Collection[str], meant: Meant, otherwise: Callable[[Path], str], then: str = ""
) -> Iterator[tuple[Path, Refusal]]:
    """Why some of what lies in a folder isn't called as it should be. ``names`` are all that lie there.

    Nothing is told to take a name that another has: what has it is the one that counts. ``otherwise`` is told where
    nobody knows what was meant, ``then`` after a right name.
    """
    rights = {nfc(path.name): meant(nfc(path.name)) for path in wrong}
    rivals: dict[str | None, list[str]] = defaultdict(list)
    for name, right in rights.items():
        rivals[right].append(name)
    for path in wrong:
        name = nfc(path.name)
        right = rights[name]
        if right is None or (right in names and split_ending(right)[1] != split_ending(name)[1]):
            yield path, _unknown(otherwise(path))
        elif right in names and copied_from(name, [right], numbered=True) is not None:
            yield path, _probable_copy(right, _compare(name, right))
        elif right in names:
            yield path, _unknown(f"Det finns redan en {right}, och det är den som gäller. {_compare(name, right)}")
        elif len(rivals[right]) > 1:
            which = f"{lista(rivals[right][:_SHOWN])}{' med flera' if len(rivals[right]) > _SHOWN else ''}"
            yield path, _unknown(f'Jämför {which}. Den som gäller ska heta "{right}"; flytta de andra ut ur data/.')
        else:
            what = "Filen" if split_ending(right)[1] else "Mappen"
            yield path, _unknown(f'{what} ska heta "{right}".{then}')


def not_closed(name: str, names: Collection[str]) -> Refusal:
    """Why something in ``frysta/`` is no closed period, beside the others that lie there."""
    right = _meant_period(name, parse_frysperiod) or copied_from(name, [HISTORIK], numbered=True)
    if right is not None and right in names:
        return copy_of_closed(right)
    advice = f'Mappen ska heta "{right}".' if right is not None else "Här ligger bara det som frys har skrivit."
    return Refusal("okand-fil", "Det här hör inte hemma bland de frysta kvartalen.", advice)


def copy_of_closed(right: str) -> Refusal:
    """What is told of something in ``frysta/`` that is probably a copy."""
    told = f"Det här är troligen en kopia av {right}. Den läses inte: det är {right} som gäller."
    return Refusal("trolig-kopia", told, "Flytta kopian ut ur data/frysta/.")


def _unknown(advice: str) -> Refusal:
    return Refusal("okand-fil", "Filen eller mappen hör inte hemma på den här platsen.", mask(advice))


def _probable_copy(right: str, advice: str) -> Refusal:
    text = (
        f"Det här är troligen en kopia av {right}, gjord av OneDrive, en webbläsare eller ett annat program. Den läses "
        f"inte: det är {right} som gäller."
    )
    return Refusal("trolig-kopia", mask(text), mask(advice))


def _compare(name: str, right: str) -> str:
    return f"Jämför de två. Står det något här som saknas i {right}, för över det dit. Ta sedan bort {name}."


def meant_at_top(name: str) -> str | None:
    """Which file or folder of ``data/`` itself one was meant to be."""
    stem, ending = split_ending(name)
    begun = (k for k in _AT_TOP if split_ending(k)[1] == ending and re.match(rf"{split_ending(k)[0]}[\W_]", stem))
    return copied_from(name, _AT_TOP, numbered=True) or next(begun, None) or nearest(name, _AT_TOP)


def meant_quarter(name: str) -> str | None:
    """Which quarter's folder one was meant to be."""
    return _meant_period(name, Kvartal.parse)


def meant_quarter_file(name: str) -> str | None:
    """Which file of ``kvartal/`` one was meant to be."""
    return _meant_file(name, Kvartal.parse)


def meant_half_year(name: str) -> str | None:
    """Which file of ``halvar/`` one was meant to be."""
    return _meant_file(name, Halvar.parse, FINAL)


def _meant_file(name: str, parse: Callable[[str], Period | None], last: str = "") -> str | None:
    """Which file of a period one was meant to be; there may be two, of which one has ``last`` at its end."""
    stem, _ = split_ending(name)
    end = last if stem.endswith(last) else ""
    if parse(stem.removesuffix(end)) is not None:
        return f"{parse(stem.removesuffix(end))}{end}.yaml"
    begun = _period_in(name, parse)
    return copied_from(name, [f"{begun}.yaml", f"{begun}{last}.yaml"], numbered=True) if begun is not None else None


def _meant_period(name: str, parse: Callable[[str], Period | None]) -> str | None:
    if parse(name) is not None:
        return str(parse(name))
    begun = _period_in(name, parse)
    return copied_from(name, [str(begun)], numbered=True) if begun is not None else None


def _period_in(name: str, parse: Callable[[str], Period | None]) -> Period | None:
    found = _A_PERIOD.search(name)
    return parse(found[0]) if found else None


def meant_answers(name: str) -> str | None:
    """What a file of answers was meant to be called that doesn't end as one."""
    stem, ending = split_ending(name)
    if not ending and name.lower().endswith(".txt"):
        stem, ending = name[: -len(".txt")], ".yaml"
    return f"{stem}.yaml" if ending == ".yaml" else None


def meant_table(name: str) -> str | None:
    """What a file of figures was meant to be called that doesn't end as one."""
    stem, ending = split_ending(name)
    return f"{stem}.csv" if ending == ".csv" else None
