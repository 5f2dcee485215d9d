"""The figures at a quarter: which years may be compared, the verdict on each series, and what stands for an indicator.

Only the same span of different years is compared, and all years of a count are taken from one extract
(:mod:`uppfoljning.facts.figures.extracts`). Nothing here touches an insats's plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from uppfoljning.facts.figures.extracts import Revidering, Uttag, choose
from uppfoljning.facts.figures.statistics import MAX_YEARS, Andelsutslag, Antalsutslag, judge_count, judge_share
from uppfoljning.model import Indikator, Statistikkalla, Vidar
from uppfoljning.model.period import Kvartal
from uppfoljning.model.tabell import ABOUT_THE_SURVEY, SVARANDE, Serie, Tabell, plain_area, same_area
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.swedish import fold

_HALF_YEAR = 6
_SVARANDE = fold(SVARANDE)
_ABOUT_THE_SURVEY = frozenset(fold(name) for name in ABOUT_THE_SURVEY)


@dataclass(frozen=True, slots=True)
class Serielage:
    """A series at a quarter. ``ar`` is the year judged; ``visade`` the years shown with their values, oldest first.

    ``mot_ar`` is the single year it is compared with (a count's year before, a survey's previous round). ``jamforelse``
    is another area's value for the same year. ``utgangslage``: from before the agreement began, so no change under it.
    """

    serie: Serie
    tabell: Tabell
    ar: int
    visade: tuple[tuple[int, float | None], ...]
    indikatorer: tuple[Indikator, ...] = ()
    antal: Antalsutslag | None = None
    andel: Andelsutslag | None = None
    mot_ar: int | None = None
    svarande: tuple[tuple[int, int], ...] = ()
    utgangslage: bool = False
    preliminar: bool = False
    avbrott: tuple[Vidar, ...] = ()
    ingen_matning: tuple[Vidar, ...] = ()
    jamforbarhet: tuple[Vidar, ...] = ()
    jamforelse: tuple[str, float] | None = None
    designeffekt: float = 1.5

    @property
    def varde(self) -> float | None:
        """The value of the year judged."""
        return self.serie.varden.get(self.ar)

    @property
    def tydlig(self) -> bool:
        """Whether the verdict is that something has clearly changed."""
        by_count = self.antal is not None and self.antal.kod in {"fler", "farre"}
        return by_count or (self.andel is not None and self.andel.kod in {"hogre", "lagre"})

    @property
    def bedombar(self) -> bool:
        """Whether there is a verdict at all, be it that nothing sure can be seen."""
        by_count = self.antal is not None and self.antal.kod not in {"fa", "fa_fler", "for_fa_ar"}
        return by_count or (self.andel is not None and self.andel.kod in {"hogre", "lagre", "ingen"})


@dataclass(frozen=True, slots=True)
class Tabellage:
    """A table that holds at the quarter, with its series, its sum rows and what is known of the survey itself."""

    tabell: Tabell
    kalla: Statistikkalla
    serier: tuple[Serielage, ...]
    summor: tuple[Serielage, ...]
    om_enkaten: tuple[Serie, ...]
    revideringar: tuple[Revidering, ...]


@dataclass(frozen=True, slots=True)
class Indikatorlage:
    """An indicator with the series that stand for it; none when it is a fact in words or nobody has figures."""

    indikator: Indikator
    serier: tuple[Serielage, ...]


@dataclass(frozen=True, slots=True)
class Sifferlage:
    """All figures at a quarter."""

    tabeller: tuple[Tabellage, ...]
    indikatorer: tuple[Indikatorlage, ...]
    utan_indikator: tuple[Serielage, ...]

    @property
    def exempel(self) -> bool:
        """Whether any figure shown is invented."""
        return any(t.tabell.exempel for t in self.tabeller)


def follow(underlag: Underlag, kvartal: Kvartal) -> Sifferlage:
    """Every figure known for the quarter or before, judged."""
    shown: list[Tabellage] = []
    older: list[Tabellage] = []
    order = [k.id for k in underlag.indikatorer.kallor]
    for uttag in choose(underlag.tabeller, kvartal, order):
        judged = _judge_table(underlag, uttag, kvartal)
        (shown if uttag.aktuellt else older).append(judged)
    taken: set[tuple[str, tuple[str, ...]]] = set()
    indikatorer = []
    for indikator in underlag.indikatorer.indikatorer:
        found = tuple(_series_of(underlag, indikator, shown)) or tuple(_series_of(underlag, indikator, older))
        taken |= {(s.tabell.kalla, s.serie.jamford) for s in found}
        indikatorer.append(Indikatorlage(indikator, found))
    loose = [s for t in shown for s in t.serier if (t.tabell.kalla, s.serie.jamford) not in taken]
    used = {id(s) for i in indikatorer for s in i.serier}
    shown += [t for t in (_only(table, used) for table in older) if t.serier]
    return Sifferlage(tuple(shown), tuple(indikatorer), tuple(loose))


def _only(table: Tabellage, used: set[int]) -> Tabellage:
    """Of an older period's table, the series that stand for an indicator: what is told of stands in a table too."""
    serier = tuple(s for s in table.serier if id(s) in used)
    names = {s.serie.nyckel.text for s in serier}
    return replace(
        table, serier=serier, summor=(), revideringar=tuple(r for r in table.revideringar if r.namn in names)
    )


def _source(underlag: Underlag, kalla: str) -> Statistikkalla:
    known = next((k for k in underlag.indikatorer.kallor if k.id == kalla), None)
    return known or Statistikkalla(id=kalla, namn=underlag.kallnamn(kalla))


def _reach(tabell: Tabell) -> tuple[int, int]:
    return tabell.sista_ar, tabell.period.manad if tabell.period is not None else 0


def _series_of(underlag: Underlag, indikator: Indikator, tabeller: Iterable[Tabellage]) -> Iterator[Serielage]:
    """The series that an indicator names: of its municipality, or of the area it names; the latest period's only."""
    if indikator.serie is None and indikator.grupp is None:
        return
    reached: tuple[int, int] | None = None
    for lage in tabeller:
        if lage.tabell.kalla != indikator.kalla:
            continue
        if reached is not None and lage.tabell.slag == "compstat" and _reach(lage.tabell) != reached:
            return
        for serie in lage.serier:
            if belongs(indikator, serie.serie, lage.tabell, underlag.overenskommelse.kommun):
                reached = _reach(lage.tabell)
                yield serie


def belongs(indikator: Indikator, serie: Serie, tabell: Tabell, kommun: str) -> bool:
    """Whether an indicator names a series: its source, row, group and area."""
    nyckel = serie.jamford
    if indikator.kalla != tabell.kalla or (indikator.serie is None and indikator.grupp is None):
        return False
    if indikator.serie is not None and fold(indikator.serie) != nyckel.namn:
        return False
    if indikator.grupp is not None and fold(indikator.grupp) != nyckel.grupp:
        return False
    area = serie.nyckel.omrade or tabell.omrade or kommun
    return same_area(area, indikator.omrade or kommun)


def _judge_table(underlag: Underlag, uttag: Uttag, kvartal: Kvartal) -> Tabellage:
    tabell, kalla = uttag.tabell, _source(underlag, uttag.tabell.kalla)
    kommun = underlag.overenskommelse.kommun
    own: list[Serie] = []
    others: list[Serie] = []
    for serie in tabell.serier:
        named = {i.omrade for i in underlag.indikatorer.indikatorer if i.omrade and belongs(i, serie, tabell, kommun)}
        mine = same_area(serie.nyckel.omrade or tabell.omrade or kommun, kommun) or bool(named)
        (own if mine else others).append(serie)
    about = [s for s in tabell.serier if s.jamford.namn in _ABOUT_THE_SURVEY]
    rows = [s for s in own if s not in about]
    reader = _Judge(underlag, kalla, tabell, kvartal, others, about)
    judged = [reader.judge(s) for s in rows]
    return Tabellage(
        tabell,
        kalla,
        tuple(s for s in judged if s is not None and not s.serie.is_sum),
        tuple(s for s in judged if s is not None and s.serie.is_sum),
        tuple(about),
        uttag.revideringar,
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the series of one table."""

    underlag: Underlag
    kalla: Statistikkalla
    tabell: Tabell
    kvartal: Kvartal
    others: Sequence[Serie]
    about: Sequence[Serie]

    def judge(self, serie: Serie) -> Serielage | None:
        """The series at the quarter, or None when it has no value yet."""
        years = [ar for ar in self.tabell.ar if ar <= self.kvartal.ar]
        indikatorer = tuple(
            i
            for i in self.underlag.indikatorer.indikatorer
            if belongs(i, serie, self.tabell, self.underlag.overenskommelse.kommun)
        )
        counted = self.tabell.slag == "compstat"
        valued = [ar for ar in years if serie.varden.get(ar) is not None or ar in serie.dolda]
        ar = years[-1] if counted and years else valued[-1] if valued else None
        if ar is None:
            return None
        avbrott = self._notes(indikatorer, "avbrott")
        first = max((b.ar for b in avbrott if b.ar <= ar), default=0)
        earlier = [(y, v) for y in years if first <= y < ar and (v := serie.varden.get(y)) is not None]
        svarande = self._answered(serie)
        hidden = bool(serie.dolda & {*years[-MAX_YEARS - 1 :], ar})
        antal = andel = mot_ar = None
        value = serie.varden.get(ar)
        if counted and value is not None and not hidden and not serie.is_sum:
            last = next((int(v) for y, v in earlier if y == ar - 1), None)
            antal = judge_count([int(v) for _, v in earlier], int(value), last)
            mot_ar = ar - 1 if last is not None else None
        elif self.tabell.enhet == "procent" and value is not None and not hidden:
            before = earlier[-1] if earlier else None
            mot_ar = before[0] if before else None
            numbers = dict(svarande)
            andel = judge_share(
                (before[0], before[1], numbers.get(before[0])) if before else None,
                (ar, value, numbers.get(ar)),
                self.kalla.designeffekt,
            )
        return Serielage(
            serie=serie,
            tabell=self.tabell,
            ar=ar,
            visade=tuple((y, serie.varden.get(y)) for y in years[-MAX_YEARS - 1 :]),
            indikatorer=indikatorer,
            antal=antal,
            andel=andel,
            mot_ar=mot_ar,
            svarande=svarande,
            utgangslage=self._before_the_agreement(ar),
            preliminar=ar in self.tabell.preliminara or self._may_change(ar),
            avbrott=tuple(b for b in avbrott if years[0] < b.ar <= ar),
            ingen_matning=tuple(m for m in self._notes((), "ingen_matning") if m.ar <= self.kvartal.ar),
            jamforbarhet=tuple(j for j in self._notes(indikatorer, "jamforbarhet") if j.ar == ar),
            jamforelse=self._compared(serie, ar),
            designeffekt=self.kalla.designeffekt,
        )

    def _notes(self, indikatorer: Sequence[Indikator], name: str) -> tuple[Vidar, ...]:
        found: list[Vidar] = [*getattr(self.kalla, name)]
        for indikator in indikatorer:
            found += getattr(indikator, name)
        known = {note for note in found if note.fran is None or note.fran <= self.kvartal}
        return tuple(sorted(known, key=lambda note: (note.ar, note.text)))

    def _answered(self, serie: Serie) -> tuple[tuple[int, int], ...]:
        """How many answered in the series's own group, by year; the whole survey's number says nothing of a group."""
        rows = [s for s in self.about if s.jamford.namn == _SVARANDE and self._who(s) == self._who(serie)]
        for grupp in (serie.jamford.grupp, ""):
            for row in rows:
                if row.jamford.grupp == grupp:
                    return tuple((ar, int(v)) for ar, v in row.varden.items() if v)
        return ()

    def _who(self, serie: Serie) -> tuple[str, str, str]:
        """Whom a row is about: area, kön and årskurs, as compared."""
        area = serie.nyckel.omrade or self.tabell.omrade or self.underlag.overenskommelse.kommun
        return plain_area(area), serie.jamford.kon, serie.jamford.arskurs

    def _compared(self, serie: Serie, ar: int) -> tuple[str, float] | None:
        for other in self.others:
            value = other.varden.get(ar)
            if other.jamford[1:] == serie.jamford[1:] and value is not None:
                return other.nyckel.omrade, value
        return None

    def _may_change(self, ar: int) -> bool:
        """Whether only the first half of a year is counted, and its figures were not extracted after the year."""
        period, uttag = self.tabell.period, self.tabell.uttag
        return period is not None and period.manad <= _HALF_YEAR and (uttag is None or uttag.fran.year <= ar)

    def _before_the_agreement(self, ar: int) -> bool:
        began = self.underlag.overenskommelse.giltig_fran
        if self.tabell.period is not None:
            return self.tabell.period.slut(ar) < began
        return ar < began.year
