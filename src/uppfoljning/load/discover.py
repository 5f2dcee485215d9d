"""Which files a project folder has: what is read, what is not yet read, and what doesn't belong there."""

from __future__ import annotations

import errno
import fnmatch
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from uppfoljning.errors import UsageError
from uppfoljning.load.files import Refusal, describe_os_error
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.tabell import Tabellslag
from uppfoljning.text.personal_data.find import SLAG, find_uppgifter, mask
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import nearest, suggest

AVTALSFIL = "overenskommelse.yaml"
INSATSFIL = "insatser.yaml"
INDIKATORFIL = "indikatorer.yaml"
BESLUTSFIL = "beslut.yaml"
MOTTAGARFIL = "mottagare.yaml"

LEFT_BEHIND = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$*", ".gitkeep", "*~", "*.bak", "*.swp", ".~lock.*", ".#*")
_TOP_FILES = (AVTALSFIL, INSATSFIL, INDIKATORFIL, BESLUTSFIL)
_PROJECT_FILES = (AVTALSFIL, INSATSFIL)
_TOP_FOLDERS = ("aterkoppling", "compstat", "enkater", "halvar", "kvartal", "frysta")
_TABLE_FOLDERS: dict[str, Tabellslag] = {"compstat": "compstat", "enkater": "enkat"}
_IMPORTABLE = (".xlsx", ".xls", ".ods", ".tsv", ".txt", ".html", ".htm")
_DOCUMENTS = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".pages"),
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".svg"),
)
_FINAL = "-slut"
_LINKED_FOLDER = Refusal("lank", "Det här är en länk till en annan mapp.", "Lägg själva mappen här i stället.")
_NO_TEXT = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, line breaks and bytes that are no text (Unicode's general categories)."""
_TEXT_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt", ".txt")


def find_project(katalog: Path | None, cwd: Path) -> Path:
    """The project folder: ``katalog`` if given, else the nearest folder from ``cwd`` upwards that has ``data/``.

    Raises :class:`UsageError` when there is none.
    """
    if katalog is not None:
        if katalog.is_file():
            raise UsageError(f"{katalog} är en fil. Ange mappen som har data/ med --katalog.")
        if not katalog.is_dir():
            raise UsageError(f"Mappen {katalog} finns inte. Kontrollera sökvägen efter --katalog.")
        if not os.path.lexists(katalog / "data"):
            hint = " Ange mappen ovanför." if katalog.resolve().name == "data" else ""
            raise UsageError(f"Mappen {katalog} har ingen undermapp data/ och är ingen projektmapp.{hint}")
        return katalog
    for folder in (cwd, *cwd.parents):
        data = folder / "data"
        unreadable = os.path.isdir(data) and not os.access(data, os.R_OK | os.X_OK)  # noqa: PTH112 - never raises
        if unreadable or any(os.path.lexists(data / name) for name in _PROJECT_FILES):
            return folder
    raise UsageError(
        "Ingen projektmapp hittades här eller ovanför. Gå till mappen som har data/, eller ange den med --katalog."
    )


def _table_rule(file: Path, slag: Tabellslag) -> str:
    """What to do with a file that is no table where tables lie."""
    ending = file.suffix.lower()
    if ending == ".csv":
        return f"Döp om filen till {file.stem}.csv."
    if ending in _DOCUMENTS:
        return "Flytta filen ut ur data/. Be om siffrorna som kalkylblad, eller skriv av dem till en .csv-fil."
    rule = "Här ligger en fil per uttag, som slutar på .csv."
    if ending in _IMPORTABLE:
        rule = (
            "Flytta filen till en annan plats, till exempel mappen ovanför data/, och läs in den med "
            f"uppfoljning {slag} importera. {rule}"
        )
    return rule


class Discovery:
    """Walks ``data/`` once, but for the closed periods in ``frysta/`` (:mod:`uppfoljning.load.frysta`).

    ``answers`` are the files of answers with their folder's quarter; ``tables`` those of figures with their kind;
    ``halvar`` those of half-yearly reports with their half-year, and whether it is the final report's; ``kvartal``
    those about a quarter as a whole; ``indikatorer`` and ``beslut`` tell whether there are such files.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.problem: list[Problem] = []
        self.answers: list[tuple[Path, Kvartal]] = []
        self.tables: list[tuple[Path, Tabellslag]] = []
        self.halvar: list[tuple[Path, Halvar, bool]] = []
        self.kvartal: list[tuple[Path, Kvartal]] = []
        self.indikatorer = False
        self.frysta = False
        self.beslut = False
        self.readable = True
        self._top()

    def shown(self, path: Path) -> str:
        """A path as seen from the project folder, with forward slashes on every system and personal data masked."""
        return mask(path.relative_to(self.data.parent).as_posix())

    def refuse(self, path: Path, refusal: Refusal) -> None:
        """Note a fault about a file as a whole."""
        self.problem.append(Problem(Plats(self.shown(path)), refusal.kod, refusal.meddelande, refusal.atgard))

    def _entries(self, folder: Path) -> Iterator[Path]:
        """What lies in a folder but for what computers leave behind, in order; a link to a folder is refused."""
        if folder.is_symlink():
            self.refuse(folder, _LINKED_FOLDER)
            return
        try:
            found = sorted(folder.iterdir(), key=lambda path: path.name)
            for path in found:
                path.lstat()
        except OSError as error:
            self.readable = self.readable and folder != self.data
            help_text = "Kontrollera disken."
            if error.errno in {errno.EACCES, errno.EPERM}:
                help_text = "Be den som äger mappen om läsrättighet, eller kopiera in den på nytt."
            self.refuse(folder, Refusal("far-inte-lasas", describe_os_error("Mappen", error), help_text))
            return
        for path in found:
            if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in LEFT_BEHIND):
                continue
            personal = find_uppgifter(path.name) if path.suffix in {".yaml", ".csv"} else []
            if personal:
                self.refuse(
                    path,
                    Refusal(
                        personal[0].slag,
                        f"Filens namn innehåller {SLAG[personal[0].slag]}.",
                        "Byt namn på filen. Personuppgifter får inte stå i uppföljningen; de blir också kvar i "
                        "versionshistoriken.",
                    ),
                )
                continue
            yield path

    def _top(self) -> None:
        for path in self._entries(self.data):
            if path.name in _TOP_FILES:
                self.indikatorer |= path.name == INDIKATORFIL
                self.beslut |= path.name == BESLUTSFIL
                continue
            if path.name in _TOP_FOLDERS:
                if not self._is_folder(path):
                    continue
                if path.name == "aterkoppling":
                    self._answers(path)
                elif path.name == "halvar":
                    self._half_years(path)
                elif path.name == "kvartal":
                    self._quarter_files(path)
                elif path.name in _TABLE_FOLDERS:
                    self._tables(path, _TABLE_FOLDERS[path.name])
                else:
                    self.frysta = True
            elif path.name == MOTTAGARFIL:
                continue  # read by those who send alone
            else:
                names = (*_TOP_FILES, *_TOP_FOLDERS, MOTTAGARFIL)
                near = nearest(path.name, names)
                what = "Mappen" if near in _TOP_FOLDERS else "Filen"
                help_text = f'{what} ska heta "{near}".' if near else suggest(path.name, names, "Här väntas")
                self._refuse_unknown(path, help_text)

    def _is_folder(self, path: Path) -> bool:
        if path.is_symlink():
            self.refuse(path, _LINKED_FOLDER)
            return False
        if not path.is_dir():
            self.refuse(
                path,
                Refusal(
                    "mapp-vantad",
                    f"Här ska det ligga en mapp som heter {mask(path.name)}, inte en fil.",
                    "Flytta filen och skapa mappen.",
                ),
            )
            return False
        return True

    def _answers(self, folder: Path) -> None:
        for path in self._entries(folder):
            kvartal = Kvartal.parse(path.name)
            if kvartal is not None and path.name == str(kvartal):
                if self._is_folder(path):
                    self._quarter(path, kvartal)
            elif kvartal is not None:
                self._refuse_unknown(path, f'Mappen ska heta "{kvartal}".')
            else:
                self._refuse_unknown(path, "Här ligger en mapp per kvartal, till exempel 2022-K1.")

    def _quarter(self, folder: Path, kvartal: Kvartal) -> None:
        for file in self._entries(folder):
            if file.suffix == ".yaml":
                if self._is_named(file):
                    self.answers.append((file, kvartal))
                continue
            ending = next((e for e in _TEXT_ENDINGS if file.name.lower().endswith(e)), None)
            rule = "Här ligger en fil per aktör, som slutar på .yaml."
            if ending is not None and not file.is_dir():
                rule = f'Filen ska heta "{file.name[: -len(ending)]}.yaml". {rule}'
            self._refuse_unknown(file, rule)

    def _is_named(self, file: Path) -> bool:
        """Whether a file's name is a line of text, as the list of a closed quarter's files takes it."""
        odd = next((c for c in file.name if unicodedata.category(c) in _NO_TEXT), None)
        if odd is not None:
            told = f"Filens namn innehåller ett osynligt styrtecken (U+{ord(odd):04X})."
            self.refuse(file, Refusal("styrtecken", told, "Byt namn på filen."))
        return odd is None

    def _half_years(self, folder: Path) -> None:
        for file in self._entries(folder):
            stem = file.name.removesuffix(".yaml")
            halvar = Halvar.parse(stem.removesuffix(_FINAL))
            if halvar is not None and file.name in {f"{halvar}.yaml", f"{halvar}{_FINAL}.yaml"}:
                self.halvar.append((file, halvar, stem.endswith(_FINAL)))
            elif halvar is not None:
                self._refuse_unknown(
                    file, f'Filen ska heta "{halvar}.yaml", eller "{halvar}{_FINAL}.yaml" för slutrapporten.'
                )
            else:
                self._refuse_unknown(
                    file, f"Här ligger en fil per halvår, till exempel 2022-H1.yaml, och 2022-H1{_FINAL}.yaml."
                )

    def _quarter_files(self, folder: Path) -> None:
        for file in self._entries(folder):
            kvartal = Kvartal.parse(file.name.removesuffix(".yaml"))
            if kvartal is not None and file.name == f"{kvartal}.yaml":
                self.kvartal.append((file, kvartal))
            elif kvartal is not None:
                self._refuse_unknown(file, f'Filen ska heta "{kvartal}.yaml".')
            else:
                self._refuse_unknown(file, "Här ligger en fil per kvartal, till exempel 2022-K1.yaml.")

    def _tables(self, folder: Path, slag: Tabellslag) -> None:
        for file in self._entries(folder):
            if file.suffix == ".csv" or (file.suffix.lower() == ".csv" and file.is_dir()):
                if self._is_named(file):
                    self.tables.append((file, slag))
                continue
            self._refuse_unknown(file, _table_rule(file, slag))

    def _refuse_unknown(self, path: Path, help_text: str) -> None:
        self.refuse(
            path, Refusal("okand-fil", "Filen eller mappen hör inte hemma på den här platsen.", mask(help_text))
        )
