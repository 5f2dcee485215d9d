"""What is promised, and what of it has been changed since a quarter was closed without any word of it.

A promise is every number, day, name and place that an insats is followed up by. A change is *named* by a row of the
insats's ``historik``, dated after the closing, whose text says what it became (what it was, where it is gone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.facts.compare.keys import UNDATED, Andring, Avtryck, Loftesfalt, Nyckel, Par, Varde
from uppfoljning.model import Insats
from uppfoljning.model.period import Kvartal, Tidpunkt
from uppfoljning.model.underlag import Underlag, ended
from uppfoljning.text.mentions import any_of, beginning, day_of, number_of, without_former
from uppfoljning.text.swedish import fold


def promises(insats: Insats) -> Iterator[Par]:
    """Every number, day, name and place that an insats is followed up by; what explains it is its unit or name."""

    def of(vad: Loftesfalt, kod: str | None, named: str = "", *, enhet: str = "", aktor: str = "", ar: int = 0) -> Par:
        return Nyckel("lofte", insats.id, aktor, vad, enhet=enhet, ar=ar), Varde(kod or "", named)

    def day(vad: Loftesfalt, time: Tidpunkt | None, named: str = "", *, enhet: str = "") -> Par:
        last = time.till if time is not None else None
        return Nyckel("lofte", insats.id, vad=vad, enhet=enhet), Varde(time.text if time else UNDATED, named, last)

    mal, frekvens = insats.malsattning, insats.frekvens
    found: list[Par] = []
    if mal is not None:
        enhet = mal.enhet or ""
        if mal.antal is not None:
            found += [of("mal_antal", str(mal.antal), enhet), of("mal_minst", "ja" if mal.minst else "nej")]
        found += [of("mal_enhet", enhet), of("mal_riktning", mal.riktning), of("mal_ord", mal.ord)]
        found += [day("mal_senast", mal.senast)] if mal.senast else []
    if frekvens is not None:
        enhet = frekvens.enhet or ""
        if frekvens.antal is not None and frekvens.per is not None:
            found.append(of("frekvens_antal", f"{frekvens.antal} {frekvens.per}", enhet))
            found.append(of("frekvens_minst", "ja" if frekvens.minst else "nej"))
        found += [of("frekvens_ar", str(number), enhet, ar=ar) for ar, number in frekvens.antal_ar.items()]
        found += [of("frekvens_enhet", enhet), of("frekvens_takt", frekvens.takt), of("frekvens_ord", frekvens.ord)]
    found += [day("moment", m.senast, m.rubrik, enhet=m.id) for m in insats.moment]
    found += [of("moment_rubrik", m.rubrik, enhet=m.id) for m in insats.moment]
    found += [day("start", insats.start)] if insats.start else []
    found += [day("period_fran", insats.period.fran)] if insats.period.fran else []
    found += [day("period_till", insats.period.till)] if insats.period.till else []
    found += [of("ansvarig", "ja", aktor=a.aktor) for a in insats.ansvariga]
    found += [of("raknas_av", "ja", aktor=insats.raknas_av)] if insats.raknas_av else []
    found += [of("plats", "ja", plats, enhet=fold(plats)) for plats in insats.platser]
    yield from ((nyckel, varde) for nyckel, varde in found if varde.kod)


class Stangning(NamedTuple):
    """A closing: its quarter, the day it was closed, and its imprint."""

    kvartal: Kvartal
    stangd: date
    avtryck: Avtryck


class _Baseline(NamedTuple):
    """What was promised, and the last closing at which it was."""

    varde: Varde | None
    kvartal: Kvartal
    stangd: date


def unnamed_changes(
    underlag: Underlag, now: Mapping[Nyckel, Varde], closings: Sequence[Stangning], by: date, ended_by: date
) -> Iterator[tuple[Kvartal, Andring]]:
    """What has been promised otherwise since a closing, and no ``historik`` dated after it and up to ``by`` names it.

    Each with the closed quarter that last had it as it was. ``closings`` are in order; one that knows nothing of
    promises, or not of the insats, is passed over. Of an insats that is gone, that alone is told; of one that had ended
    by ``ended_by``, nothing.
    """
    insatser = {insats.id: insats for _, insats, _ in underlag.insatser()}
    known = [c for c in closings if "lofte" in c.avtryck.slag]
    for name in sorted({name for c in known for name in c.avtryck.insatser}):
        mine = [c for c in known if name in c.avtryck.insatser]
        if name not in insatser:
            nyckel = Nyckel("insats", name)
            yield mine[-1].kvartal, Andring(nyckel, mine[-1].avtryck.varden.get(nyckel), None)
            continue
        insats = insatser[name]
        if ended(insats, ended_by) is not None:
            continue
        keys = {n for c in mine for n in c.avtryck.varden if n.slag == "lofte" and n.insats == name}
        keys |= {n for n in now if n.slag == "lofte" and n.insats == name}
        for nyckel in sorted(keys):
            base = _baseline(underlag, insats, nyckel, mine, by)
            andring = Andring(nyckel, base.varde, now.get(nyckel))
            if _differs(base.varde, now.get(nyckel)) and not _is_named(underlag, insats, andring, base.stangd, by):
                yield base.kvartal, andring


def _baseline(underlag: Underlag, insats: Insats, nyckel: Nyckel, closings: Sequence[Stangning], by: date) -> _Baseline:
    """The promise as last agreed: a closing with another value counts only when that was named."""
    first = closings[0]
    base = _Baseline(first.avtryck.varden.get(nyckel), first.kvartal, first.stangd)
    for c in closings[1:]:
        value = c.avtryck.varden.get(nyckel)
        same = not _differs(base.varde, value)
        if same or _is_named(underlag, insats, Andring(nyckel, base.varde, value), base.stangd, by):
            base = _Baseline(value, c.kvartal, c.stangd)
    return base


def _differs(one: Varde | None, other: Varde | None) -> bool:
    return (one and one.kod) != (other and other.kod)


def _is_named(underlag: Underlag, insats: Insats, andring: Andring, since: date, by: date) -> bool:
    """Whether a row dated after ``since`` and up to ``by`` says in its ``andring`` what a promise became."""
    texts = [without_former(h.andring) for h in insats.historik if since < h.datum <= by and h.andring is not None]
    patterns = tuple(_patterns(underlag, andring))
    return any(all(re.search(pattern, text) for pattern in patterns) for text in texts)


def _patterns(underlag: Underlag, andring: Andring) -> Iterator[str]:
    """What a text must match to say what a promise became (what it was, where it is gone)."""
    varde = andring.till or andring.fran or Varde("")
    was = andring.fran if andring.till is not None else None
    nyckel = andring.nyckel
    match nyckel.vad:
        case "mal_antal" | "frekvens_ar":
            yield number_of(int(varde.kod), varde.ord)
        case "frekvens_antal":
            number, _, per = varde.kod.partition(" ")
            yield number_of(int(number), varde.ord)
            if was is not None and was.kod.partition(" ")[2] != per:
                yield beginning("ar" if per == "ar" else per)
        case "mal_minst" | "frekvens_minst":
            yield any_of(("minst",))
        case "mal_senast" | "start" | "period_fran" | "period_till":
            yield _day(varde, was)
        case "moment":
            named = varde.kod == UNDATED or was is None
            yield any_of((varde.ord, nyckel.enhet)) if named else _day(varde, was)
        case "mal_riktning" | "frekvens_takt":
            yield beginning(varde.kod)
        case "ansvarig" | "raknas_av":
            yield any_of((nyckel.aktor, *underlag.kanda_svarande.get(nyckel.aktor, ())))
        case "plats":
            yield any_of((varde.ord,))
        case _:
            yield any_of((varde.kod,))


def _day(varde: Varde, was: Varde | None) -> str:
    if varde.dag is None:
        return any_of((varde.kod,))
    moved = was is None or was.dag is None or was.dag.year != varde.dag.year
    return day_of(varde.dag, varde.kod, year_alone=moved)
