"""A project folder → everything that was read, or every problem at once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from uppfoljning.formats.csv import read_csv
from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.formats.yaml.read import explain_habits, read_yaml
from uppfoljning.load.discover import Discovery
from uppfoljning.load.faults import settle_doubts, translate
from uppfoljning.load.files import Refusal, read_regular
from uppfoljning.load.known import known_names
from uppfoljning.load.names import AVTALSFIL, BESLUTSFIL, INDIKATORFIL, INSATSFIL
from uppfoljning.load.prune import damaged, prune
from uppfoljning.load.tables.read import read_table
from uppfoljning.model import (
    Aterkopplingsfil,
    Beslutsfil,
    Halvarsfil,
    Indikatorfil,
    Insatsfil,
    Kvartalsfil,
    Overenskommelse,
)
from uppfoljning.model.known import Kanda
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.tabell import Tabell, Tabellslag
from uppfoljning.model.underlag import Beslutsrad, Halvarspost, Kvartalspost, Svarspost, Underlag
from uppfoljning.text.problem import Plats, Problem

M = TypeVar("M", bound=BaseModel)

_MAX_FILES = 20_000
_MAX_ROUNDS = 6


class Inlast(NamedTuple):
    """What reading gave. ``underlag`` is None when the agreement or its insatser could not be used at all.

    ``frysta`` tells whether there is a folder of closed periods.
    """

    underlag: Underlag | None
    filer: dict[str, Yamlfil]
    problem: list[Problem]
    rutnat: tuple[Rutnat, ...] = ()
    frysta: bool = False


def load(project: Path) -> Inlast:
    """Read everything under ``project/data``; paths in problems are as seen from ``project``, with forward slashes."""
    return _Reader(project / "data").run()


def validate(file: Yamlfil, model: type[M], known: Kanda, *, echo: bool = True) -> tuple[M | None, bool]:
    """What a file says by its model, and whether nothing had to be taken out of it. Problems are added to the file.

    ``known`` is what may be named; without ``echo`` no advice repeats anything of the file.
    """
    if file.rot is None:
        return None, False
    settle_doubts(file, model)
    value: Any = file.rot.varde
    for attempt in range(_MAX_ROUNDS):
        try:
            return model.model_validate(value), attempt == 0
        except ValidationError as error:
            if attempt == 0:
                taken = {(p.plats.rad, p.plats.kolumn) for p in file.problem if p.niva == "fel"}
                file.problem.extend(translate(file, error, model, taken, known, echo=echo))
                explain_habits(file)
                value = copy.deepcopy(value)
                file.beskuren = copy.deepcopy(file.rot)
            prune(file, value, error)
    return None, False


class _Reader:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.found = Discovery(data)
        self.problem = self.found.problem
        self.filer: dict[str, Yamlfil] = {}
        self.svar: list[Svarspost] = []
        self.beslutsrader: list[Beslutsrad] = []
        self.halvar: list[Halvarspost] = []
        self.kvartal: list[Kvartalspost] = []
        self.tabeller: list[Tabell] = []
        self.rutnat: list[Rutnat] = []
        self.known = Kanda()
        self.refused: set[str] = set()
        self.hel = not any(p.niva == "fel" for p in self.problem)

    def run(self) -> Inlast:
        if not self.found.readable:
            return Inlast(None, {}, self.problem)
        base = (AVTALSFIL, INSATSFIL, *((INDIKATORFIL,) if self.found.indikatorer else ()))
        trees = {name: self.read_file(self.data / name) for name in base}
        self.known = known_names(
            *(file.rot if (file := trees.get(n)) else None for n in (AVTALSFIL, INSATSFIL, INDIKATORFIL))
        )
        avtal = self.read_model(self.data / AVTALSFIL, Overenskommelse)
        insatser = self.read_model(self.data / INSATSFIL, Insatsfil)
        for path, kvartal in self.found.answers:
            self.read_answers(path, kvartal)
        for path, slag in self.found.tables:
            self.read_figures(path, slag)
        for path, halvar, slut in self.found.halvar:
            self.read_half_year(path, halvar, slut=slut)
        for path, kvartal in self.found.kvartal:
            self.read_quarter(path, kvartal)
        if self.found.beslut:
            self.read_decisions(self.data / BESLUTSFIL)
        indikatorer = None
        if self.found.indikatorer:
            indikatorer = self.read_model(self.data / INDIKATORFIL, Indikatorfil)
        underlag = None
        if avtal is not None and insatser is not None:
            underlag = self.put_together(avtal, insatser, indikatorer)
        return Inlast(underlag, self.filer, self.problem, tuple(self.rutnat), self.found.frysta)

    def put_together(self, avtal: Overenskommelse, insatser: Insatsfil, indikatorer: Indikatorfil | None) -> Underlag:
        names = (AVTALSFIL, INSATSFIL, INDIKATORFIL)
        avtalsfil, insatsfil, indikatorfil = (self.found.shown(self.data / name) for name in names)
        underlag = Underlag(
            overenskommelse=avtal,
            huvudomraden=insatser.huvudomraden,
            svar=tuple(self.svar),
            beslutsrader=tuple(self.beslutsrader),
            halvar=tuple(self.halvar),
            kvartalsfiler=tuple(self.kvartal),
            filer=self.filer,
            avtalsfil=avtalsfil,
            insatsfil=insatsfil,
            indikatorfil=indikatorfil,
            indikatorer=indikatorer or Indikatorfil(),
            tabeller=tuple(self.tabeller),
            kanda=self.known,
            hel=self.hel,
        )
        file = self.filer[insatsfil]
        if file.beskuren is None:
            return underlag
        lost = frozenset(insats.id for _, insats, vag in underlag.insatser() if damaged(file.nod(vag)))
        return underlag.without(lost)

    def refuse(self, path: Path, refusal: Refusal) -> None:
        self.hel = False
        self.found.refuse(path, refusal)

    def read_file(self, path: Path) -> Yamlfil | None:
        """One file as a tree, read once; None when it can't be had."""
        fil = self.found.shown(path)
        if fil in self.filer:
            return None if fil in self.refused else self.filer[fil]
        if len(self.filer) >= _MAX_FILES:
            self.refuse(path, Refusal("for-manga", f"Fler än {_MAX_FILES} filer.", "Dela upp projektet."))
            return None
        content = read_regular(path)
        if isinstance(content, Refusal):
            self.filer[fil] = Yamlfil(fil, [])
            self.refused.add(fil)
            self.refuse(path, content)
            return None
        self.filer[fil] = read_yaml(content, fil)
        return self.filer[fil]

    def read_model(self, path: Path, model: type[M]) -> M | None:
        """The model of one file, pruned of what is wrong in it so that the rest can still be checked."""
        file = self.read_file(path)
        if file is None:
            return None
        found, whole = validate(file, model, self.known)
        self.hel = self.hel and whole
        self.problem.extend(file.problem)
        return found

    def read_answers(self, path: Path, kvartal: Kvartal) -> None:
        model = self.read_model(path, Aterkopplingsfil)
        if model is None:
            return
        fil = self.found.shown(path)
        file = self.filer[fil]
        if model.kvartal != kvartal:
            self.misplaced(
                file,
                "kvartal",
                "fel-mapp",
                f"Filen säger {model.kvartal} men ligger i mappen {kvartal}.",
                "Flytta filen till rätt mapp, eller rätta kvartalet.",
            )
        for index, svar in enumerate(model.svar):
            nod = file.nod(("svar", index))
            self.svar.append(
                Svarspost(
                    kvartal=kvartal,
                    aktor=model.aktor,
                    lamnad=svar.lamnad or model.lamnad,
                    exempel=model.exempel,
                    svar=svar,
                    kalla=Plats(fil, nod.rad, nod.kolumn) if nod else Plats(fil),
                    vag=("svar", index),
                    skadad=damaged(nod) or damaged(file.beskuren),
                )
            )

    def misplaced(self, file: Yamlfil, field: str, kod: str, meddelande: str, atgard: str) -> None:
        """Note that a file says another period than where it lies, unless the field has a fault of its own."""
        place = file.nod((field,))
        if place is not None and place.barn is None:
            self.problem.append(file.problem_at(place.rad, place.kolumn, kod, meddelande, atgard, place.langd))

    def read_half_year(self, path: Path, halvar: Halvar, *, slut: bool) -> None:
        model = self.read_model(path, Halvarsfil)
        if model is None:
            return
        fil = self.found.shown(path)
        if model.halvar != halvar:
            self.misplaced(
                self.filer[fil],
                "halvar",
                "fel-namn",
                f"Filen säger {model.halvar} men heter {path.name}.",
                "Byt namn på filen, eller rätta halvåret.",
            )
        self.halvar.append(Halvarspost(halvar, slut, fil, model))

    def read_quarter(self, path: Path, kvartal: Kvartal) -> None:
        model = self.read_model(path, Kvartalsfil)
        if model is None:
            return
        fil = self.found.shown(path)
        if model.kvartal != kvartal:
            self.misplaced(
                self.filer[fil],
                "kvartal",
                "fel-namn",
                f"Filen säger {model.kvartal} men heter {path.name}.",
                "Byt namn på filen, eller rätta kvartalet.",
            )
        self.kvartal.append(Kvartalspost(kvartal, fil, model))

    def read_decisions(self, path: Path) -> None:
        """What came of questions; an entry that lost something in a fault is left out, and the fault told."""
        whole = self.hel
        model = self.read_model(path, Beslutsfil)
        self.hel = whole  # nothing else is looked for in this file
        if model is None:
            return
        fil = self.found.shown(path)
        file = self.filer[fil]
        for index, found in enumerate(model.beslut):
            nod = file.nod(("beslut", index))
            if not damaged(nod):
                kalla = Plats(fil, nod.rad, nod.kolumn) if nod else Plats(fil)
                self.beslutsrader.append(Beslutsrad(found, kalla, ("beslut", index)))

    def read_figures(self, path: Path, slag: Tabellslag) -> None:
        """A file of figures; what is wrong with it is noted, and what can be used is kept."""
        content = read_regular(path)
        if isinstance(content, Refusal):
            self.refuse(path, content)
            return
        rutnat = read_csv(content, self.found.shown(path))
        if isinstance(rutnat, Problem):
            self.hel = False
            self.problem.append(rutnat)
            return
        self.rutnat.append(rutnat)
        tabell, problems = read_table(rutnat, slag, self.known.of("kallor"))
        self.problem.extend(problems)
        if tabell is not None:
            self.tabeller.append(tabell)
