"""Periods: quarters, half-years and points in time as the agreement states them ('hösten 2021')."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from uppfoljning.text.swedish import MANADER

_KVARTAL = re.compile(r"(?:(?P<ar>\d{4})[- ]?[KQ](?P<nr>[1-4])|[KQ](?P<nr2>[1-4])[ -](?P<ar2>\d{4}))", re.IGNORECASE)
_HALVAR = re.compile(r"(?:(?P<ar>\d{4})[- ]?H(?P<nr>[12])|H(?P<nr2>[12])[ -](?P<ar2>\d{4}))", re.IGNORECASE)

# First and last month of the words. 'Våren' and 'hösten' are half-years, as in school terms: a commitment that says
# 'hösten' is late only after its last day, and that day must not be set too early.
_SHORT = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_DASH = r"\s*(?:–|—|-|−|‑|till och med|t\.?o\.?m\.?|till)\s*"
_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MANADER if name != "september") + "|sept?(?:ember)?"
_MONTH = rf"(?P<{{0}}>{_NAMES})(?![a-zåäö])\.?"
_YEAR_AFTER = r"(?:\s+(?P<{0}>(?:19|20)[0-9]{{2}}))?"
# Any months from one to another. A day before the first belongs to it, but a year before it does not.
_SPAN = re.compile(
    rf"(?:(?<![0-9])(?P<fran>[0-9]{{1,2}})(?::[ae])?\s+)?(?<![a-zåäö])"
    rf"{_MONTH.format('forsta')}{_YEAR_AFTER.format('ar1')}"
    rf"{_DASH}(?:(?P<till>[0-9]{{1,2}})(?::[ae])?\s+)?{_MONTH.format('sista')}{_YEAR_AFTER.format('ar')}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?P<ar>[0-9]{{4}})-(?P<forsta>[0-9]{{2}})-01{_DASH}(?P<ar2>[0-9]{{4}})-(?P<sista>[0-9]{{2}})-(?P<dag>[0-9]{{2}})"
)
_WHOLE_YEAR = re.compile(r"(?:helår(?:et)?|(?:hela )?året|hela år)(?: (?:19|20)[0-9]{2})?")
_JANUARY = re.compile(r"(?:1(?::a)? ?[-–] ?31 )?jan(?:\.|uari)?(?: (?:19|20)[0-9]{2})?")
_LONGEST_PROSE = 300
_ARSTIDER = {"våren": (1, 6), "sommaren": (6, 8), "hösten": (7, 12)}


def month_end(ar: int, manad: int) -> date:
    """The last day of a month."""
    return date(ar, manad, calendar.monthrange(ar, manad)[1])


def _match(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    found = pattern.fullmatch(text.strip())
    if found is None:
        return None
    ar, nr = int(found["ar"] or found["ar2"]), int(found["nr"] or found["nr2"])
    return (ar, nr) if 1900 <= ar <= 2200 else None


class Kvartal(NamedTuple):
    """A quarter of a calendar year, written ``2022-K1``."""

    ar: int
    nr: int

    @classmethod
    def parse(cls, text: str) -> Kvartal | None:
        """Read ``2022-K1``, ``2022K1``, ``k1 2022`` or ``2022-Q1``; None when it is none of these."""
        found = _match(_KVARTAL, text)
        return None if found is None else cls(*found)

    @classmethod
    def of(cls, day: date) -> Kvartal:
        """The quarter that ``day`` lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self) -> date:
        """First day."""
        return date(self.ar, 3 * self.nr - 2, 1)

    @property
    def slut(self) -> date:
        """Last day."""
        return month_end(self.ar, 3 * self.nr)

    def next(self) -> Kvartal:
        """The quarter after this one."""
        return Kvartal(self.ar + 1, 1) if self.nr == 4 else Kvartal(self.ar, self.nr + 1)

    def __str__(self) -> str:
        return f"{self.ar}-K{self.nr}"


class Halvar(NamedTuple):
    """Half a calendar year, written ``2022-H1``."""

    ar: int
    nr: int

    @classmethod
    def parse(cls, text: str) -> Halvar | None:
        """Read ``2022-H1``, ``2022H1`` or ``h1 2022``; None when it is none of these."""
        found = _match(_HALVAR, text)
        return None if found is None else cls(*found)

    @classmethod
    def of(cls, day: date) -> Halvar:
        """The half-year that ``day`` lies in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def start(self) -> date:
        """First day."""
        return date(self.ar, 6 * self.nr - 5, 1)

    @property
    def slut(self) -> date:
        """Last day."""
        return month_end(self.ar, 6 * self.nr)

    def __str__(self) -> str:
        return f"{self.ar}-H{self.nr}"


class Tidpunkt(NamedTuple):
    """A point in time as stated, which is an interval: late only after its last day. ``text`` is how it is shown."""

    fran: date
    till: date
    text: str

    @classmethod
    def parse(cls, value: date | int | str) -> Tidpunkt | None:
        """Read a date, a year, ``2022-05``, ``maj 2022``, ``hösten 2021``, a quarter or a half-year; else None."""
        if isinstance(value, date):
            return cls(value, value, f"{value.day} {MANADER[value.month - 1]} {value.year}")
        if isinstance(value, int):
            return cls(date(value, 1, 1), date(value, 12, 31), str(value)) if 1900 <= value <= 2200 else None
        text = " ".join(value.lower().split())
        for period in (Kvartal.parse(text), Halvar.parse(text)):
            if period is not None:
                word = "kvartal" if isinstance(period, Kvartal) else "halvår"
                return cls(period.start, period.slut, f"{word} {period.nr} {period.ar}")
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if found:
            return cls._months(int(found[1]), int(found[2]), int(found[2]), f"{MANADER[int(found[2]) - 1]} {found[1]}")
        found = re.fullmatch(r"([a-zåäö]+) (\d{4})", text)
        if not found:
            return None
        if found[1] in _ARSTIDER:
            return cls._months(int(found[2]), *_ARSTIDER[found[1]], text)
        if found[1] in MANADER:
            manad = MANADER.index(found[1]) + 1
            return cls._months(int(found[2]), manad, manad, text)
        return None

    @classmethod
    def _months(cls, ar: int, first: int, last: int, text: str) -> Tidpunkt | None:
        if not 1900 <= ar <= 2200:
            return None
        return cls(date(ar, first, 1), month_end(ar, last), text)


class Ackumulerat(NamedTuple):
    """What a year's figures are added up over: from 1 January to the end of ``manad`` (1–12), written ``jan–sep``.

    Only the same span of different years may be compared.
    """

    manad: int

    @classmethod
    def parse(cls, text: str) -> Ackumulerat | None:
        """Read 'Period: 1 jan – 30 sep', 'januari-september', 'jan–sep 2021', 'helår'; None when it is none of these.

        A span that begins in another month than January is none of these either.
        """
        plain = re.sub(r"^period(?:en)?\s*:?\s*", "", " ".join(text.split()), flags=re.IGNORECASE).strip(" .")
        if _WHOLE_YEAR.fullmatch(plain.lower()):
            return cls(12)
        if _JANUARY.fullmatch(plain.lower()):
            return cls(1)
        found = _SPAN.fullmatch(plain)
        if found is not None:
            return cls._from_new_year(found)
        found = _NUMERIC.fullmatch(plain)
        if found is None or found["ar"] != found["ar2"] or found["forsta"] != "01":
            return None
        last = int(found["sista"])
        ends = 1 <= last <= 12 and int(found["dag"]) == month_end(int(found["ar"]), last).day
        return cls(last) if ends else None

    @classmethod
    def _from_new_year(cls, found: re.Match[str]) -> Ackumulerat | None:
        """The span of whole months from 1 January, or None when it begins or ends elsewhere."""
        first, last = (_SHORT.index(found[name].lower()[:3]) + 1 for name in ("forsta", "sista"))
        ends = {month_end(ar, last).day for ar in (2023, 2024)}  # February has two last days
        whole = found["fran"] in {None, "1"} and (found["till"] is None or int(found["till"]) in ends)
        same_year = found["ar1"] in {None, found["ar"]}
        return cls(last) if first == 1 and whole and same_year else None

    def slut(self, ar: int) -> date:
        """The last day of the span in a year."""
        return month_end(ar, self.manad)

    @property
    def ord(self) -> str:
        """In full: 'januari–september', or 'helår'."""
        if self.manad == 12:
            return "helår"
        return "januari" if self.manad == 1 else f"januari–{MANADER[self.manad - 1]}"

    def __str__(self) -> str:
        return "helår" if self.manad == 12 else "jan" if self.manad == 1 else f"jan–{_SHORT[self.manad - 1]}"


def find_accumulated(text: str) -> Ackumulerat | None:
    """The span from 1 January that a longer text names (Brott 1 jan – 30 sep 2021); None when it names none."""
    found = Ackumulerat.parse(text)
    if found == Ackumulerat(1) and re.fullmatch(r"\s*jan\S* [0-9]{4}\s*", text, re.IGNORECASE):
        return None  # 'januari 2022' over a table may as well be when it was printed
    if found is not None or len(text) > _LONGEST_PROSE:
        return found
    match = _SPAN.search(text) or _NUMERIC.search(text)
    return Ackumulerat.parse(match[0]) if match else None


def names_span(text: str) -> bool:
    """Whether a text names a span of months, also one that isn't from 1 January ('februari–september')."""
    return len(text) <= _LONGEST_PROSE and (_SPAN.search(text) or _NUMERIC.search(text)) is not None


def read_moment(text: str) -> Tidpunkt | None:
    """A point in time written as text, also a day or a year: '2021-10-12', 'oktober 2021', '2021'; None for no such."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return Tidpunkt.parse(date.fromisoformat(text))
        except ValueError:
            return None
    return Tidpunkt.parse(int(text)) if re.fullmatch(r"[0-9]{4}", text) else Tidpunkt.parse(text)


def find_month(text: str) -> str:
    """The day or month that a longer text names, for :class:`Tidpunkt` to read: 'oktober 2021'; empty when none.

    A day is given as 2021-10-12 however it is written. The months of a span (januari–september 2021) are none.
    """
    text = _SPAN.sub(" ", text) if len(text) <= _LONGEST_PROSE else text
    found = re.search(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])", text)
    if found:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    months = "|".join(MANADER)
    found = re.search(rf"\b(?:([0-9]{{1,2}})(?::[ae])? )?({months}) ((?:19|20)[0-9]{{2}})\b", text.lower())
    if found is None:
        return ""
    month = MANADER.index(found[2]) + 1
    return _iso(int(found[3]), month, int(found[1])) if found[1] else f"{found[2]} {found[3]}"


def _iso(ar: int, manad: int, dag: int) -> str:
    try:
        return date(ar, manad, dag).isoformat()
    except ValueError:
        return ""


def quarters(first: date, last: date) -> tuple[Kvartal, ...]:
    """All quarters that touch the interval from ``first`` to ``last``, in order."""
    found = []
    kvartal = Kvartal.of(first)
    while kvartal.start <= last:
        found.append(kvartal)
        kvartal = kvartal.next()
    return tuple(found)


def days_between(earlier: date, later: date) -> int:
    """Whole days from ``earlier`` to ``later``; negative when they come the other way."""
    return (later - earlier) // timedelta(days=1)
