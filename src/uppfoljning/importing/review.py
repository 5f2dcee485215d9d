"""What can be said only once all rows have been read: areas among the groups, grand totals, empty years, doubles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from uppfoljning.formats.grid import Cell
from uppfoljning.importing.interpretation import Interpretation
from uppfoljning.model.tabell import Serie, Serienyckel, same_area
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.problem import Plats
from uppfoljning.text.swedish import shorten

_AREA = re.compile(
    r".+(?:\slän|\skommun|\spolisområde|\sstad)|(?:hela )?(?:landet|riket|sverige)|region\s.+|.+region|lpo\s.+|"
    r"lokalpolisområde\s.+|polisområde\s.+|polisregion\s.+",
    re.IGNORECASE,
)
_FEW = 2


def go_through(found: Interpretation) -> None:
    """Everything there is to see about the series together."""
    _areas_of_groups(found)
    _grand_totals(found)
    _check_doubles(found)
    found.ar = sorted(found.source_years)
    _leave_out_empty_years(found)
    if found.slag == "compstat":
        _check_gaps(found)
    elif found.serier:
        _check_shares(found)


def _areas_of_groups(found: Interpretation) -> None:
    """Headings within a table that are areas ('Hela landet', 'Blekinge län') and not groups of crimes."""
    groups = Counter(s.nyckel.grupp for s in found.serier if s.nyckel.grupp)
    areas = [g for g in groups if _AREA.fullmatch(g) or (found.omrade and same_area(g, found.omrade))]
    if not groups or len(areas) * 2 < len(groups) or any(s.nyckel.omrade for s in found.serier):
        return
    found.serier = [
        _with_key(s, s.nyckel._replace(omrade=s.nyckel.grupp, grupp="")) if s.nyckel.grupp else s for s in found.serier
    ]


def _with_key(serie: Serie, nyckel: Serienyckel) -> Serie:
    return replace(serie, nyckel=nyckel)


def _grand_totals(found: Interpretation) -> None:
    """Sums that stand in the last group only because they stand below it, but are the sum of all groups."""
    if found.slag != "compstat":
        return
    for number in sorted(found.inherited):
        total = found.serier[number]
        if total.is_sum and total.nyckel.grupp and _is_grand(total, found.serier[:number]):
            found.serier[number] = _with_key(total, total.nyckel._replace(grupp=""))
            found.filled.discard(number)


def _is_grand(total: Serie, above: Sequence[Serie]) -> bool:
    """Whether the group has its sum already, or the sum isn't its own: right for all groups, or the only one."""
    above = [s for s in above if s.nyckel._replace(grupp="", namn="") == total.nyckel._replace(grupp="", namn="")]
    own = [s for s in above if s.nyckel.grupp == total.nyckel.grupp]
    if any(s.is_sum for s in own):
        return True
    parts = [s for s in above if not s.is_sum]
    if len({s.nyckel.grupp for s in parts}) < 2 or _adds_up(total, own):
        return False
    return _adds_up(total, parts) or not any(s.is_sum for s in above)


def _adds_up(total: Serie, parts: Sequence[Serie]) -> bool:
    return all(
        value is None or value == sum(part.varden.get(ar) or 0 for part in parts) for ar, value in total.varden.items()
    )


def _check_doubles(found: Interpretation) -> None:
    """Each series stands once."""
    seen: dict[tuple[str, ...], Serie] = {}
    for serie in found.serier:
        first = seen.setdefault(serie.jamford, serie)
        if first is serie:
            continue
        alike = "med samma siffror" if first.varden == serie.varden else "med andra siffror"
        place = serie.plats or Plats(found.rutnat.fil)
        found.note(
            Cell(serie.nyckel.namn, place, min(len(serie.nyckel.namn), 40)),
            "rad-tva-ganger",
            f'Raden "{shorten(_in_words(serie), 80)}" finns redan{_where(first)}, {alike}.',
            "Ta bort den ena. Gäller de olika saker: skilj dem åt med en kolumn Grupp eller en rubrik över dem.",
        )


def _in_words(serie: Serie) -> str:
    return ", ".join(filter(None, (serie.nyckel.text, serie.nyckel.grupp)))


def _where(serie: Serie) -> str:
    place = serie.plats
    if place is None:
        return ""
    return f" i cellen {place.cell}" if place.cell else f" på rad {place.rad}"


def _leave_out_empty_years(found: Interpretation) -> None:
    """Years without a single value at either end say nothing of those years; between others counts need them."""
    if not found.serier or any(p.niva == "fel" for p in found.problem):
        return
    filled = {ar for serie in found.serier for ar, value in serie.varden.items() if value is not None}
    if not filled:
        found.note(
            None,
            "inga-siffror",
            "Tabellen har inga siffror, bara tomma celler.",
            "Kontrollera att rätt tabell är vald, och att siffrorna följde med när den kopierades.",
        )
        return
    kept = [ar for ar in found.ar if ar in filled or (found.slag == "compstat" and min(filled) < ar < max(filled))]
    found.empty_years = [ar for ar in found.ar if ar not in kept]
    if not found.empty_years:
        return
    found.ar = kept
    found.preliminara &= set(kept)
    found.without_value -= sum(ar in serie.varden for serie in found.serier for ar in found.empty_years)
    found.serier = [
        replace(serie, varden={ar: value for ar, value in serie.varden.items() if ar in kept}) for serie in found.serier
    ]


def _check_gaps(found: Interpretation) -> None:
    """For counts each year between the first and the last has a column."""
    for before, after in zip(found.ar, found.ar[1:], strict=False):
        if after > before + 1:
            found.note(
                found.source_years[after],
                "ar-saknas",
                f"År {before + 1}{f'–{after - 1}' if after > before + 2 else ''} saknas mellan {before} och {after}.",
                "Ta med kolumnen, med .. i de celler som saknar siffra.",
            )


def _check_shares(found: Interpretation) -> None:
    """Shares of one (0,36) are refused where a whole table or year has them: they would be read as 0.36 per cent."""
    everything = list(found.shares)
    for years in [None] if _of_one(found, everything) else found.ar:
        cells = everything if years is None else [place for place in everything if place[1] == years]
        if years is not None and (len(cells) < _FEW or not _of_one(found, cells)):
            continue
        number, ar = next(p for p in cells if (found.serier[p[0]].varden.get(p[1]) or 0) % 1)
        serie = found.serier[number]
        shown = plain_number(serie.varden[ar] or 0)
        found.note(
            Cell(shown, serie.platser[ar], len(shown)),
            "andel-av-ett",
            f"{'Siffrorna' if years is None else f'Siffrorna för {years}'} ser ut som andelar av ett: {shown} skulle "
            f"läsas som {shown} procent.",
            "Visa dem som procent, till exempel 36 i stället för 0,36. Är de verkligen så små: skriv procenttecken "
            "efter talen.",
        )


def _of_one(found: Interpretation, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether all values are at most one, some with decimals, and none with a percent sign."""
    values = [found.serier[number].varden.get(ar) for number, ar in cells]
    known = [value for value in values if value is not None]
    signs = any(found.shares[place] for place in cells)
    return not signs and any(v % 1 for v in known) and all(v <= 1 for v in known)
