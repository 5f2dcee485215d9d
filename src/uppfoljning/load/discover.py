"""Which files a project folder has: what is read, what is not yet read, and what doesn't belong there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from uppfoljning.errors import UsageError
from uppfoljning.load import names
from uppfoljning.load.files import Refusal, describe_os_error, on_disk
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.tabell import Tabellslag
from uppfoljning.text.file_names import is_left_behind
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem

_LINKED_FOLDER = Refusal("lank", "Det här är en länk till en annan mapp.", "Lägg själva mappen här i stället.")


def find_project(katalog: Path | None, cwd: Path) -> Path:
    """The project folder: ``katalog`` if given, else the nearest folder from ``cwd`` upwards that has ``data/``.

    Raises :class:`UsageError` when there is none.
    """
    if katalog is not None:
        katalog = on_disk(katalog)
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
        if unreadable or any(os.path.lexists(data / name) for name in names.PROJECT_FILES):
            return folder
    raise UsageError(
        "Ingen projektmapp hittades här eller ovanför. Gå till mappen som har data/, eller ange den med --katalog."
    )


def list_folder(folder: Path) -> list[Path] | OSError:
    """What lies in a folder but for what computers leave behind, in order; or why it can't be read."""
    try:
        found = sorted(folder.iterdir(), key=lambda path: (nfc(path.name), len(path.name)))
        for path in found:
            path.lstat()
    except OSError as error:
        return error
    return [path for path in found if not is_left_behind(path.name)]


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
        """A path as seen from the project folder, the same on every system: forward slashes, å as one character.

        Personal data are masked.
        """
        return mask(nfc(path.relative_to(self.data.parent).as_posix()))

    def refuse(self, path: Path, refusal: Refusal) -> None:
        """Note a fault about a file as a whole."""
        self.problem.append(Problem(Plats(self.shown(path)), refusal.kod, refusal.meddelande, refusal.atgard))

    def _entries(self, folder: Path) -> list[Path]:
        """What is to be read or refused in a folder, in order. What its name alone refuses has been told."""
        if folder.is_symlink():
            self.refuse(folder, _LINKED_FOLDER)
            return []
        found = list_folder(folder)
        if isinstance(found, OSError):
            self.readable = self.readable and folder != self.data
            help_text = "Kontrollera disken."
            if found.errno in {errno.EACCES, errno.EPERM}:
                help_text = "Be den som äger mappen om läsrättighet, eller kopiera in den på nytt."
            self.refuse(folder, Refusal("far-inte-lasas", describe_os_error("Mappen", found), help_text))
            return []
        by_name: dict[str, Path] = {}
        for path in found:
            refusal = names.refuse_name(path, by_name.get(nfc(path.name)))
            if refusal is not None:
                self.refuse(path, refusal)
            else:
                by_name[nfc(path.name)] = path
        return list(by_name.values())

    def _top(self) -> None:
        entries, wrong = self._entries(self.data), []
        for path in entries:
            if path.name in names.TOP_FILES:
                self.indikatorer |= path.name == names.INDIKATORFIL
                self.beslut |= path.name == names.BESLUTSFIL
            elif path.name in names.TOP_FOLDERS:
                if not self._is_folder(path):
                    continue
                if path.name == "aterkoppling":
                    self._answers(path)
                elif path.name == "halvar":
                    self._half_years(path)
                elif path.name == "kvartal":
                    self._quarter_files(path)
                elif path.name in names.TABLE_FOLDERS:
                    self._tables(path, names.TABLE_FOLDERS[path.name])
                else:
                    self.frysta = True
            elif path.name != names.MOTTAGARFIL:  # which those who send alone read
                wrong.append(path)
        self._refuse_all(names.misnamed(wrong, names_of(entries), names.meant_at_top, lambda _: names.RULE_AT_TOP))

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
        entries, wrong = self._entries(folder), []
        for path in entries:
            kvartal = Kvartal.parse(path.name)
            if kvartal is None or path.name != str(kvartal):
                wrong.append(path)
            elif self._is_folder(path):
                self._quarter(path, kvartal)
        rule = names.RULE_OF_QUARTERS
        self._refuse_all(names.misnamed(wrong, names_of(entries), names.meant_quarter, lambda _: rule))

    def _quarter(self, folder: Path, kvartal: Kvartal) -> None:
        entries = self._entries(folder)
        files = [file for file in entries if file.suffix == ".yaml"]
        self.answers += [(file, kvartal) for file in self._free(files)]
        wrong, rule = [file for file in entries if file.suffix != ".yaml"], names.RULE_OF_ANSWERS
        folders, others = [p for p in wrong if p.is_dir()], [p for p in wrong if not p.is_dir()]
        there = names_of(entries)
        self._refuse_all(names.misnamed(folders, there, lambda _: None, lambda _: rule))
        self._refuse_all(names.misnamed(others, there, names.meant_answers, lambda _: rule, then=f" {rule}"))

    def _half_years(self, folder: Path) -> None:
        entries, wrong = self._entries(folder), []
        for file in entries:
            stem = file.name.removesuffix(".yaml")
            halvar = Halvar.parse(stem.removesuffix(names.FINAL))
            if halvar is not None and file.name in {f"{halvar}.yaml", f"{halvar}{names.FINAL}.yaml"}:
                self.halvar.append((file, halvar, stem.endswith(names.FINAL)))
            else:
                wrong.append(file)
        rule = names.RULE_OF_HALF_YEARS
        self._refuse_all(names.misnamed(wrong, names_of(entries), names.meant_half_year, lambda _: rule))

    def _quarter_files(self, folder: Path) -> None:
        entries, wrong = self._entries(folder), []
        for file in entries:
            kvartal = Kvartal.parse(file.name.removesuffix(".yaml"))
            if kvartal is not None and file.name == f"{kvartal}.yaml":
                self.kvartal.append((file, kvartal))
            else:
                wrong.append(file)
        rule = names.RULE_OF_QUARTER_FILES
        self._refuse_all(names.misnamed(wrong, names_of(entries), names.meant_quarter_file, lambda _: rule))

    def _tables(self, folder: Path, slag: Tabellslag) -> None:
        entries = self._entries(folder)
        files = [f for f in entries if f.suffix == ".csv" or (f.suffix.lower() == ".csv" and f.is_dir())]
        self.tables += [(file, slag) for file in self._free(files)]
        tables = set(files)
        wrong = [file for file in entries if file not in tables]
        self._refuse_all(
            names.misnamed(wrong, names_of(entries), names.meant_table, lambda file: names.rule_of_tables(file, slag))
        )

    def _free(self, files: list[Path]) -> Iterator[Path]:
        """Those that may be read, where any name goes."""
        there = names_of(files)
        for file in files:
            refusal = names.refuse_free_name(nfc(file.name), there)
            if refusal is None:
                yield file
            else:
                self.refuse(file, refusal)

    def _refuse_all(self, refusals: Iterable[tuple[Path, Refusal]]) -> None:
        for path, refusal in refusals:
            self.refuse(path, refusal)


def names_of(paths: Iterable[Path]) -> frozenset[str]:
    """What files and folders are called, however å is encoded."""
    return frozenset(nfc(path.name) for path in paths)
