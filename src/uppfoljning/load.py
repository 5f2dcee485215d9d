"""A project folder → everything that was read, or every problem at once."""

from __future__ import annotations

import copy
import fnmatch
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from uppfoljning.errors import UsageError
from uppfoljning.faults import translate
from uppfoljning.files import Refusal, describe_os_error, read_regular, refuse_kind
from uppfoljning.model import Aterkopplingsfil, Insatsfil, Overenskommelse
from uppfoljning.period import Kvartal
from uppfoljning.problem import Plats, Problem
from uppfoljning.swedish import suggest
from uppfoljning.underlag import Svarspost, Underlag, Vag
from uppfoljning.yamlfile import Nod, Yamlfil, read_yaml

M = TypeVar("M", bound=BaseModel)

_LEFT_BEHIND = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$*", ".gitkeep", "*~", "*.bak", "*.swp", ".~lock.*", ".#*")
_TOP_FILES = ("overenskommelse.yaml", "insatser.yaml")
_TOP_FOLDERS = ("aterkoppling", "compstat", "enkater", "frysta")
_NOT_YET_FILES = ("indikatorer.yaml", "beslut.yaml", "mottagare.yaml")
_NOT_YET_FOLDERS = ("compstat", "enkater", "frysta")
_MAX_FILES = 20_000


class Inlast(NamedTuple):
    """What reading gave. ``underlag`` is None when the agreement or its insatser could not be used at all."""

    underlag: Underlag | None
    filer: dict[str, Yamlfil]
    problem: list[Problem]


def find_project(katalog: Path | None, cwd: Path) -> Path:
    """The project folder: ``katalog`` if given, else the nearest folder from ``cwd`` upwards that has ``data/``.

    Raises :class:`UsageError` when there is none.
    """
    if katalog is not None:
        if katalog.is_file():
            raise UsageError(f"{katalog} är en fil. Ange mappen som har data/ med --katalog.")
        if not katalog.is_dir():
            raise UsageError(f"Mappen {katalog} finns inte. Ange projektmappen med --katalog.")
        if not (katalog / "data").is_dir():
            hint = " Ange mappen ovanför." if katalog.name == "data" else ""
            raise UsageError(f"Mappen {katalog} har ingen undermapp data/ och är ingen projektmapp.{hint}")
        return katalog
    for folder in (cwd, *cwd.parents):
        if any((folder / "data" / name).exists() for name in _TOP_FILES):
            return folder
    raise UsageError(
        "Ingen projektmapp hittades här eller ovanför. Gå till mappen som har data/, eller ange den med --katalog."
    )


def load(project: Path) -> Inlast:
    """Read everything under ``project/data``; paths in problems are as seen from ``project``, with forward slashes."""
    return _Reader(project / "data").run()


class _Reader:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.filer: dict[str, Yamlfil] = {}
        self.problem: list[Problem] = []
        self.svar: list[Svarspost] = []
        self.hel = True
        self.skadade: set[str] = set()
        self.skadade_filer: set[str] = set()

    def shown(self, path: Path) -> str:
        """A path as seen from the project folder, with forward slashes on every system."""
        return path.relative_to(self.data.parent).as_posix()

    def run(self) -> Inlast:
        answers = list(self.look_through())
        avtal = self.read_model(self.data / "overenskommelse.yaml", Overenskommelse)
        insatser = self.read_model(self.data / "insatser.yaml", Insatsfil)
        for path, kvartal in answers:
            self.read_answers(path, kvartal)
        underlag = None
        if avtal is not None and insatser is not None:
            underlag = self.put_together(avtal, insatser)
        return Inlast(underlag, self.filer, self.problem)

    def put_together(self, avtal: Overenskommelse, insatser: Insatsfil) -> Underlag:
        avtalsfil, insatsfil = (self.shown(self.data / name) for name in _TOP_FILES)
        return Underlag(
            overenskommelse=avtal,
            huvudomraden=insatser.huvudomraden,
            svar=tuple(self.svar),
            filer=self.filer,
            avtalsfil=avtalsfil,
            insatsfil=insatsfil,
            kanda_insatser=frozenset(_raw_ids(self.filer[insatsfil].rot, "insatser")),
            kanda_aktorer=frozenset(
                raw
                for kind in ("parter", "aktorer", "samverkanspartner")
                for raw in _raw_ids(self.filer[avtalsfil].rot, kind)
            ),
            skadade=frozenset(self.skadade),
            hel=self.hel,
        )

    # --- which files there are ---

    def entries(self, folder: Path) -> list[Path]:
        """What lies in a folder but for what computers leave behind, in order; a link to a folder is refused."""
        if folder.is_symlink():
            self.refuse(
                folder, Refusal("lank", "Det här är en länk till en annan mapp.", "Lägg själva mappen här i stället.")
            )
            return []
        try:
            found = sorted(folder.iterdir(), key=lambda path: path.name)
        except OSError as error:
            self.refuse(
                folder,
                Refusal("far-inte-lasas", describe_os_error("Mappen", error), "Kontrollera mappens rättigheter."),
            )
            return []
        return [path for path in found if not any(fnmatch.fnmatchcase(path.name, p) for p in _LEFT_BEHIND)]

    def look_through(self) -> Iterator[tuple[Path, Kvartal]]:
        """Note what doesn't belong in ``data/``, and yield every file of answers with its folder's quarter."""
        for path in self.entries(self.data):
            if path.name in _TOP_FILES:
                continue
            if path.name in _TOP_FOLDERS:
                if path.is_symlink() or not path.is_dir():
                    self.refuse(path, Refusal("mapp-vantad", "Här väntades en mapp.", "Flytta filen eller länken."))
                elif path.name == "aterkoppling":
                    yield from self.look_through_answers(path)
                else:
                    self.note_not_yet(path)
            elif path.name in _NOT_YET_FILES:
                self.warn_not_yet(path)
            else:
                self.refuse_unknown(path, (*_TOP_FILES, *_TOP_FOLDERS, *_NOT_YET_FILES))

    def look_through_answers(self, folder: Path) -> Iterator[tuple[Path, Kvartal]]:
        for path in self.entries(folder):
            kvartal = Kvartal.parse(path.name)
            if path.is_symlink() or not path.is_dir() or kvartal is None or path.name != str(kvartal):
                names = (str(kvartal),) if kvartal else ()
                self.refuse_unknown(path, names, "Här ligger en mapp per kvartal, till exempel 2022-K1.")
                continue
            for file in self.entries(path):
                if file.suffix == ".yaml":
                    yield file, kvartal
                else:
                    self.refuse_unknown(
                        file, (f"{file.stem}.yaml",), "Här ligger en fil per aktör, som slutar på .yaml."
                    )

    def note_not_yet(self, folder: Path) -> None:
        for path in self.entries(folder):
            if path.is_symlink() or (refuse_kind(path) is not None and not path.is_dir()):
                self.refuse(path, refuse_kind(path) or Refusal("lank", "Det här är en länk.", "Lägg filen här."))
            else:
                self.warn_not_yet(path)

    def warn_not_yet(self, path: Path) -> None:
        self.problem.append(
            Problem(
                Plats(self.shown(path)),
                "lases-inte-an",
                "Den här delen av underlaget läses inte av den här versionen och kommer inte med i rapporten.",
                "Inget behöver göras; filen lämnas orörd.",
                "varning",
            )
        )

    def refuse_unknown(self, path: Path, names: tuple[str, ...], otherwise: str = "") -> None:
        help_text = suggest(path.name, names, "Här väntas")
        self.refuse(path, Refusal("okand-fil", "Det här hör inte hemma här.", f"{help_text} {otherwise}".strip()))

    def refuse(self, path: Path, refusal: Refusal) -> None:
        self.hel = False
        self.problem.append(Problem(Plats(self.shown(path)), refusal.kod, refusal.meddelande, refusal.atgard))

    # --- reading them ---

    def read_model(self, path: Path, model: type[M]) -> M | None:
        """The model of one file, pruned of what is wrong in it so that the rest can still be checked."""
        fil = self.shown(path)
        if len(self.filer) >= _MAX_FILES:
            self.refuse(path, Refusal("for-manga", f"Fler än {_MAX_FILES} filer.", "Dela upp projektet."))
            return None
        content = read_regular(path)
        if isinstance(content, Refusal):
            self.filer[fil] = Yamlfil(fil, [])
            self.refuse(path, content)
            return None
        file = self.filer[fil] = read_yaml(content, fil)
        self.problem.extend(file.problem)
        if file.rot is None:
            self.hel = False
            return None
        value: Any = file.rot.varde
        taken = {(p.plats.rad, p.plats.kolumn) for p in file.problem}
        for attempt in range(4):
            try:
                return model.model_validate(value)
            except ValidationError as error:
                self.hel = False
                if attempt == 0:
                    value = copy.deepcopy(value)
                    file.beskuren = copy.deepcopy(file.rot)
                    self.problem.extend(
                        p for p in translate(file, error, model) if (p.plats.rad, p.plats.kolumn) not in taken
                    )
                if attempt == 0:
                    self.note_damage(fil, file.rot, _prune(file, value, error))
                else:
                    _prune(file, value, error)
        return None

    def note_damage(self, fil: str, rot: Nod, items: set[Vag]) -> None:
        """Remember which insatser and which answers lost something, so that the rules don't blame them for it."""
        for vag in items:
            if len(vag) == 4 and vag[2] == "insatser":
                found = Yamlfil(fil, [], rot).nod((*vag, "id"))
                if found is not None and isinstance(found.varde, str):
                    self.skadade.add(found.varde)
        if any(vag[0] == "svar" for vag in items):
            self.skadade_filer.add(fil)

    def read_answers(self, path: Path, kvartal: Kvartal) -> None:
        model = self.read_model(path, Aterkopplingsfil)
        if model is None:
            return
        fil = self.shown(path)
        if model.kvartal != kvartal:
            file = self.filer[fil]
            nod = file.nod(("kvartal",))
            if nod is not None:
                self.problem.append(
                    file.problem_at(
                        nod.rad,
                        nod.kolumn,
                        "fel-mapp",
                        f"Filen säger {model.kvartal} men ligger i mappen {kvartal}.",
                        "Flytta filen till rätt mapp, eller rätta kvartalet.",
                        nod.langd,
                    )
                )
        for index, svar in enumerate(model.svar):
            nod = self.filer[fil].nod(("svar", index))
            self.svar.append(
                Svarspost(
                    kvartal=kvartal,
                    aktor=model.aktor,
                    lamnad=svar.lamnad or model.lamnad,
                    exempel=model.exempel,
                    svar=svar,
                    kalla=Plats(fil, nod.rad, nod.kolumn) if nod else Plats(fil),
                    vag=("svar", index),
                    skadad=fil in self.skadade_filer,
                )
            )


def _prune(file: Yamlfil, value: Any, error: ValidationError) -> set[Vag]:
    """Take out of ``value`` what the errors point at, or the nearest list item around it, and of the places likewise.

    Gives the paths (as they were) of the list items that lost something, outermost first.
    """
    doomed: set[Vag] = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        vag = tuple(step for step in fault["loc"] if step != "[key]")
        if fault["type"] == "missing":
            vag = vag[:-1]
            while vag and not isinstance(vag[-1], int):
                vag = vag[:-1]
        if vag:
            doomed.add(vag)
    # Later positions first, so that removing one doesn't move those still to be removed.
    for vag in sorted(doomed, key=lambda v: [(isinstance(s, int), s if isinstance(s, int) else 0) for s in v])[::-1]:
        _remove(file, value, vag)
    return {vag[: i + 1] for vag in doomed for i, step in enumerate(vag) if isinstance(step, int)}


def _remove(file: Yamlfil, value: Any, vag: Vag) -> None:
    parent, nod = value, file.beskuren
    try:
        for step in vag[:-1]:
            parent = parent[step]
            nod = nod.barn[step] if nod is not None and nod.barn is not None else None  # type: ignore[index]  # as value
        del parent[vag[-1]]
        if nod is not None and nod.barn is not None:
            del nod.barn[vag[-1]]  # type: ignore[arg-type]  # mirrors value
    except (KeyError, IndexError, TypeError):
        return


def _raw_ids(nod: Nod | None, under: str) -> Iterator[str]:
    """All texts under the key ``id`` of items in lists called ``under``, also of items too faulty to use."""
    if nod is None or nod.barn is None:
        return
    if isinstance(nod.barn, list):
        for child in nod.barn:
            yield from _raw_ids(child, under)
        return
    for key, child in nod.barn.items():
        if key == under and isinstance(child.barn, list):
            for item in child.barn:
                found = item.barn.get("id") if isinstance(item.barn, dict) else None
                if found is not None and isinstance(found.varde, str):
                    yield found.varde
        yield from _raw_ids(child, under)
