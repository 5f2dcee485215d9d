"""Everything that was read, with the places it was read from: what the pure stations work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeVar

from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.model import (
    Ansvarig,
    Beslut,
    BeslutBehovs,
    Halvarsfil,
    Huvudomrade,
    Indikatorfil,
    Insats,
    Kvartalsfil,
    Overenskommelse,
    Svar,
    Svarsbeslut,
)
from uppfoljning.model.known import Kanda
from uppfoljning.model.period import Halvar, Kvartal, quarters
from uppfoljning.model.tabell import Tabell
from uppfoljning.text.candidates import Labels
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Niva, Plats, Problem

Vag = tuple[str | int, ...]
Av = TypeVar("Av", BeslutBehovs, Svarsbeslut, Beslut)


class Individantal(NamedTuple):
    """A count about individuals as it may be told: how many (antal) of what, or only ``fa`` or ``manga``."""

    enhet: str
    antal: int | Literal["fa", "manga"]


class Svarspost(NamedTuple):
    """One answer with what its file says of it and where it stands. ``skadad``: a fault took something out.

    ``individantal`` is what may be told of counts about individuals, one a unit; the events are then gone.
    """

    kvartal: Kvartal
    aktor: str
    lamnad: date
    exempel: bool
    svar: Svar
    kalla: Plats
    vag: Vag = ()
    skadad: bool = False
    individantal: tuple[Individantal, ...] = ()

    @property
    def target(self) -> tuple[str, str, Kvartal]:
        """(insats, aktör, quarter) the answer speaks of: its own quarter, or the one it corrects."""
        rattar = self.svar.rattar
        return (self.svar.insats, self.aktor, rattar.kvartal if rattar else self.kvartal)


class Beslutspost(NamedTuple):
    """What came of a question, with whose it was, about which insats, and where it stands."""

    insats: str
    aktor: str
    beslut: Svarsbeslut
    exempel: bool
    kalla: Plats
    vag: Vag = ()


class Beslutsrad(NamedTuple):
    """An entry of ``beslut.yaml`` as it was written, and where it stands."""

    uppgifter: Beslut
    kalla: Plats
    vag: Vag = ()

    @property
    def insatser(self) -> tuple[str, ...]:
        """The insatser that it is about, each once; none where it is about something else."""
        one = self.uppgifter.insats
        return tuple(dict.fromkeys((*((one,) if one is not None else ()), *self.uppgifter.insatser)))

    def posts(self) -> Iterator[Beslutspost]:
        """What came of the question about each of its insatser; nothing where nobody is said to have asked."""
        found = self.uppgifter
        for insats in self.insatser if found.aktor is not None else ():
            yield Beslutspost(insats, found.aktor or "", found, found.exempel, self.kalla, self.vag)


class Halvarspost(NamedTuple):
    """What a file says of a half-yearly report; ``slut``: of the final report that reaches to that half-year."""

    halvar: Halvar
    slut: bool
    fil: str
    uppgifter: Halvarsfil


class Kvartalspost(NamedTuple):
    """What a file says of a quarter as a whole."""

    kvartal: Kvartal
    fil: str
    uppgifter: Kvartalsfil


@dataclass(frozen=True, eq=False, repr=False)
class Underlag:
    """The whole project as read. ``filer`` maps a shown path to its places; ``svar`` is in no particular order.

    ``beslutsrader`` are the entries of ``beslut.yaml``.
    ``kanda`` holds the ids that stand in the files, also of entries too faulty to be used; ``skadade`` are the insatser
    that have a fault of their own: both so that one fault is not reported as many.
    ``hel`` is False when some file had to be left out or pruned.
    """

    overenskommelse: Overenskommelse
    huvudomraden: tuple[Huvudomrade, ...]
    svar: tuple[Svarspost, ...] = ()
    beslutsrader: tuple[Beslutsrad, ...] = ()
    halvar: tuple[Halvarspost, ...] = ()
    kvartalsfiler: tuple[Kvartalspost, ...] = ()
    filer: Mapping[str, Yamlfil] = field(default_factory=dict)
    avtalsfil: str = ""
    insatsfil: str = ""
    indikatorfil: str = ""
    indikatorer: Indikatorfil = field(default_factory=Indikatorfil)
    tabeller: tuple[Tabell, ...] = ()
    kanda: Kanda = field(default_factory=Kanda)
    skadade: frozenset[str] = frozenset()
    hel: bool = True
    namn: Mapping[str, str] = field(init=False, compare=False)
    """What each aktör, party and samverkanspartner is called, by id; a party stands for its missing aktör."""
    visade: Mapping[str, str] = field(init=False, compare=False)
    """Each insats's id as it is shown, with Swedish letters."""

    beslut: tuple[Beslutspost, ...] = field(init=False, compare=False)
    """What ``beslut.yaml`` says came of questions about insatser."""

    def __post_init__(self) -> None:
        avtal = self.overenskommelse
        names = {p.id: p.namn for p in avtal.samverkanspartner}
        names |= {p.id: p.kortnamn or p.namn for p in avtal.parter}
        names |= {a.id: a.namn for a in reversed(avtal.aktorer)}
        object.__setattr__(self, "namn", names)
        found = [post for rad in self.beslutsrader for post in rad.posts()]
        object.__setattr__(self, "beslut", tuple(post._replace(beslut=self.med_namn(post.beslut)) for post in found))
        object.__setattr__(self, "visade", {i.id: shown_id(h, i.id) for h, i, _ in self.insatser()})

    def visat(self, insats: str) -> str:
        """An insats's id as it is shown; one that isn't there is shown as it is written."""
        return self.visade.get(insats, insats)

    def kallas(self, aktor: str) -> str:
        """What an aktör, a party or a samverkanspartner is called; one that isn't there is called as it is written."""
        return self.namn.get(aktor, aktor)

    def beslutare(self, text: str) -> str:
        """Who decides, as shown: by name where an id is written, else as written."""
        forum = (f.namn for f in self.overenskommelse.forum if f.id.casefold() == text.casefold())
        return next(forum, self.kallas(text))

    def med_namn(self, found: Av) -> Av:
        """A decision that is asked for or has been taken, with the one who decides by name."""
        return found.model_copy(update={"av": self.beslutare(found.av)}) if found.av else found

    def kallnamn(self, kalla: str) -> str:
        """What a source is called; one that isn't described is called much like its id."""
        found = (k.namn for k in self.indikatorer.kallor if k.id == kalla)
        return next(found, kalla.replace("-", " ").capitalize())

    def insatser(self) -> Iterator[tuple[Huvudomrade, Insats, Vag]]:
        """Every insats with its huvudområde and its path in ``insatser.yaml``."""
        for i, huvudomrade in enumerate(self.huvudomraden):
            for j, insats in enumerate(huvudomrade.insatser):
                yield huvudomrade, insats, ("huvudomraden", i, "insatser", j)

    def without(self, lost: frozenset[str]) -> Underlag:
        """The same, with more insatser known to have a fault of their own."""
        return replace(self, skadade=self.skadade | lost)

    @property
    def kanda_insatser(self) -> Labels:
        """Every insats's id that stands in the files."""
        return self.kanda.of("insatser")

    @property
    def kanda_svarande(self) -> Labels:
        """Every id that can answer: aktörer, and parties for whom no aktör is named."""
        return self.kanda.of("aktorer", "parter")

    @property
    def kanda_aktorer(self) -> Labels:
        """Every id that an insats may name: samverkanspartner, and those who answer."""
        return self.kanda.of("samverkanspartner", "aktorer", "parter")

    def hela_insatser(self) -> Iterator[tuple[Huvudomrade, Insats, Vag]]:
        """The insatser that have no fault of their own yet."""
        return (found for found in self.insatser() if found[1].id not in self.skadade)

    def kvartal(self) -> tuple[Kvartal, ...]:
        """The quarters of the agreement."""
        return quarters(self.overenskommelse.giltig_fran, self.overenskommelse.giltig_till)

    def sista_svarsdag(self, kvartal: Kvartal) -> date:
        """The last day to answer for a quarter: the date that is set, else the rule's."""
        kalender = self.overenskommelse.kalender
        by_rule = kvartal.slut + timedelta(days=kalender.svarsdagar_efter_kvartalet)
        return kalender.sista_svarsdag.get(kvartal, by_rule)

    def sammantrade(self, halvar: Halvar, forum: str) -> date | None:
        """The day when a forum meets on a half-yearly report, where its file gives one."""
        cases = self.halvarsuppgifter(halvar, slut=False).arenden
        return next((c.sammantrade for c in cases if c.forum == forum), None)

    def halvarsuppgifter(self, halvar: Halvar, *, slut: bool) -> Halvarsfil:
        """What is said of a half-yearly report, or of the final one; nothing where there is no file."""
        found = (post.uppgifter for post in self.halvar if post.halvar == halvar and post.slut == slut)
        return next(found, Halvarsfil(halvar=halvar))

    def ovriga_beslut(self, per: date) -> tuple[Beslutsrad, ...]:
        """The decisions about no insats, as known on a day."""
        found = (r for r in self.beslutsrader if not r.insatser and r.uppgifter.datum <= per)
        return tuple(r._replace(uppgifter=self.med_namn(r.uppgifter)) for r in found)

    def kvartalsuppgifter(self, kvartal: Kvartal) -> Kvartalsfil | None:
        """What is said of a quarter as a whole, where there is a file."""
        return next((post.uppgifter for post in self.kvartalsfiler if post.kvartal == kvartal), None)

    def problem(
        self, fil: str, vag: Vag, kod: str, meddelande: str, atgard: str, niva: Niva = "fel", *, key: bool = False
    ) -> Problem:
        """A problem at a path in a file (at its key when ``key``)."""
        file = self.filer.get(fil)
        if file is None:
            return Problem(Plats(fil), kod, mask(meddelande), mask(atgard), niva)
        place = file.key_place(vag) if key else None
        if place is not None:
            return file.problem_at(*place, kod, meddelande, atgard, file.key_length(vag), niva)
        nod = file.nod(vag)
        if nod is None:
            return Problem(Plats(fil), kod, mask(meddelande), mask(atgard), niva)
        return file.problem_at(nod.rad, nod.kolumn, kod, meddelande, atgard, nod.langd, niva)

    def place(self, fil: str, vag: Vag) -> Plats:
        """Where a path stands."""
        file = self.filer.get(fil)
        nod = file.nod(vag) if file is not None else None
        return Plats(fil, nod.rad, nod.kolumn) if nod is not None else Plats(fil)


def answer_chains(posts: Iterable[Svarspost]) -> dict[tuple[str, str, Kvartal], tuple[Svarspost, ...]]:
    """The answers for each target in the order in which they replace each other: the last is the one that holds.

    An original comes first whatever its date; among corrections the later quarter wins, then the later day.
    """
    chains: dict[tuple[str, str, Kvartal], list[Svarspost]] = {}
    for post in posts:
        chains.setdefault(post.target, []).append(post)
    return {
        target: tuple(sorted(chain, key=lambda p: (p.svar.rattar is not None, p.kvartal, p.lamnad, p.kalla)))
        for target, chain in chains.items()
    }


def shown_id(huvudomrade: Huvudomrade, insats_id: str) -> str:
    """An insats's id with Swedish letters: VAL-1 is shown as VÅL-1 where the huvudområde's förkortning is VÅL."""
    prefix = huvudomrade.id + "-"
    return f"{huvudomrade.forkortning}-{insats_id[len(prefix) :]}" if insats_id.startswith(prefix) else insats_id


def counted_by(insats: Insats) -> str | None:
    """The aktör whose count is used: ``raknas_av``, or the only one responsible."""
    if insats.raknas_av is not None:
        return insats.raknas_av
    return insats.ansvariga[0].aktor if len(insats.ansvariga) == 1 else None


def counted_unit(insats: Insats) -> str | None:
    """What is counted for an insats, in plural, or None where nothing is."""
    if insats.frekvens is not None and insats.frekvens.antal is not None:
        return insats.frekvens.enhet
    if insats.malsattning is not None and insats.malsattning.antal is not None:
        return insats.malsattning.enhet
    return None


def active_span(overenskommelse: Overenskommelse, insats: Insats) -> tuple[date, date]:
    """First and last day on which an insats is to be reported, within the agreement and its own period and history."""
    first, last = overenskommelse.giltig_fran, overenskommelse.giltig_till
    if insats.period.fran is not None:
        first = max(first, insats.period.fran.fran)
    if insats.period.till is not None:
        last = min(last, insats.period.till.till)
    for change in insats.historik:
        if change.handelse == "tillkommen":
            first = max(first, change.datum)
        elif change.handelse in {"ersatt", "avslutad"}:
            last = min(last, change.datum)
    return first, last


def ended(insats: Insats, day: date) -> date | None:
    """When an insats was ended or replaced, if it had been by ``day``: nothing more is then to come of it."""
    days = [h.datum for h in insats.historik if h.handelse in {"avslutad", "ersatt"} and h.datum <= day]
    return min(days, default=None)


def is_active(overenskommelse: Overenskommelse, insats: Insats, kvartal: Kvartal) -> bool:
    """Whether an insats is to be reported for a quarter."""
    first, last = active_span(overenskommelse, insats)
    return first <= kvartal.slut and last >= kvartal.start


def find_ansvarig(insats: Insats, aktor: str) -> Ansvarig | None:
    """The entry of a responsible aktör, or None when it is not responsible."""
    return next((a for a in insats.ansvariga if a.aktor == aktor), None)
