"""Small tables of figures built in memory, for tests of what is said of them. Every figure is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bygge import K4, insats, underlag
from uppfoljning.facts.figures.judge import Serielage, Sifferlage, follow
from uppfoljning.facts.lage import merge
from uppfoljning.facts.redact.redact import hide_small, redact
from uppfoljning.model import Huvudomrade, Indikatorfil
from uppfoljning.model.period import Ackumulerat, Kvartal, Tidpunkt
from uppfoljning.model.tabell import Serie, Serienyckel, Tabell, Tabellslag
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.kvartal.report import kvartal_view
from uppfoljning.report.views.kvartal import Rapportvy

Rad = tuple[Serienyckel, tuple[float | None, ...], str]


def rad(namn: str, *varden: float | None, grupp: str = "", omrade: str = "", kod: str = "", **del_: str) -> Rad:
    """A row: its name and a value per year, oldest first."""
    return Serienyckel(omrade, grupp, namn, del_.get("kon", ""), del_.get("arskurs", "")), varden, kod


def tabell(*rader: Rad, till: int = 2022, slag: Tabellslag = "compstat", manad: int = 9, **falt: Any) -> Tabell:
    """A table whose last column is the year ``till``; ``ar`` names the years where they don't follow each other.

    A row with fewer values than another has the latest years.
    """
    number = max((len(varden) for _, varden, _ in rader), default=1)
    ar = tuple(falt.pop("ar", range(till - number + 1, till + 1)))
    uttag = falt.pop("uttag", None)
    standard: dict[str, Any] = {"kalla": slag, "enhet": "antal" if slag == "compstat" else "procent"}
    return Tabell(
        **{"fil": f"data/{slag}/{ar[-1]}-{manad:02}.csv", **standard, **falt},
        slag=slag,
        ar=ar,
        serier=tuple(
            Serie(nyckel, dict(zip(ar[-len(varden) :], varden, strict=True)), kod=kod) for nyckel, varden, kod in rader
        ),
        period=Ackumulerat(manad) if slag == "compstat" else None,
        uttag=Tidpunkt.parse(date.fromisoformat(uttag) if len(uttag) == 10 else uttag) if uttag else None,
    )


def enkat(*rader: Rad, **falt: Any) -> Tabell:
    """A table of shares in per cent."""
    return tabell(*rader, slag="enkat", **falt)


def indikator(namn: str, kalla: str = "compstat", **falt: Any) -> dict[str, Any]:
    """An indicator of huvudområde A, with the series of the same name."""
    ident = "".join(c if c.isascii() and c.isalnum() else "x" for c in namn.lower())
    if not {"serie", "grupp", "ord"} & set(falt):
        falt["serie"] = namn
    return {"id": falt.pop("id", ident[:40]), "namn": namn, "huvudomrade": "A", "kalla": kalla, **falt}


def data(
    tabeller: Sequence[Tabell] = (),
    indikatorer: Sequence[dict[str, Any]] = (),
    *,
    kallor: Sequence[dict[str, Any]] = (),
    omraden: Sequence[str] = (),
    avtal: dict[str, Any] | None = None,
    **fil: Any,
) -> Underlag:
    """Everything read: an agreement for 2022–2023 with huvudområde A, and those of ``omraden``."""
    known = {"compstat": {"namn": "Compstat"}, "enkat": {"namn": "Enkäten"}} | {k["id"]: k for k in kallor}
    base = underlag([insats("A-1")], **(avtal or {}))
    more = tuple(
        Huvudomrade.model_validate(
            {**base.huvudomraden[0].model_dump(), "id": o, "rubrik": f"Område {o}", "insatser": ()}
        )
        for o in omraden
    )
    raw = {"kallor": [{"id": k, **v} for k, v in known.items()], "indikatorer": list(indikatorer), **fil}
    return replace(
        base,
        huvudomraden=(*base.huvudomraden, *more),
        tabeller=tuple(tabeller),
        indikatorer=Indikatorfil.model_validate(raw),
    )


def sifferlage(underlag: Underlag, kvartal: Kvartal = K4) -> Sifferlage:
    """The figures at the quarter, with small counts hidden."""
    return follow(replace(underlag, tabeller=hide_small(underlag)), kvartal)


def serie(underlag: Underlag, namn: str, kvartal: Kvartal = K4, **nyckel: str) -> Serielage:
    """The one series with a name that is shown at the quarter."""
    (found,) = [
        s
        for t in sifferlage(underlag, kvartal).tabeller
        for s in t.serier
        if s.serie.nyckel.namn == namn and all(getattr(s.serie.nyckel, k) == v for k, v in nyckel.items())
    ]
    return found


def rapport(underlag: Underlag, kvartal: Kvartal = K4, per: date | None = None) -> Rapportvy:
    """The whole report's view, as the forum without access to intern notes sees it."""
    safe = redact(underlag, None)
    return kvartal_view(safe, merge(safe, kvartal, per), None, (), ())
