"""What an import understood, in Swedish, line by line: for one who must be able to say whether it is right."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.inlasning.tolka import Tolkning
from uppfoljning.statistik import Tabell, newest_first
from uppfoljning.swedish import lista, plural
from uppfoljning.uttag import revisions

_MAX_NAMED = 8


def understood(found: Tolkning, tabell: Tabell, kommun: str) -> list[str]:
    """What was understood, in lines."""
    first, last = tabell.ar[0], tabell.ar[-1]
    lines = [f"Källa: {tabell.kalla}. Område: {tabell.omrade}."]
    if tabell.period is not None:
        lines.append(
            f"Period: {tabell.period.ord}, åren {first}–{last}."
            if first != last
            else f"Period: {tabell.period.ord} {last}."
        )
    else:
        lines.append(f"År: {lista([str(ar) for ar in tabell.ar])}.")
    if tabell.preliminara:
        lines.append(f"Preliminärt: {lista([str(ar) for ar in sorted(tabell.preliminara)])}.")
    lines.append(f"Uttag: {tabell.uttag.text}." if tabell.uttag is not None else "Uttag: framgår inte.")
    others = {s.nyckel.omrade for s in tabell.serier} - {""}
    rows = [s for s in tabell.serier if not s.is_sum]
    sums = len(tabell.serier) - len(rows)
    also = f" och {plural(sums, 'summa', 'summor')}" if sums else ""
    lines.append(f"{plural(len(rows), 'rad', 'rader')}{also}.")
    if others and len(others) == len({s.nyckel.omrade for s in tabell.serier}):
        lines.append(f"Ingen rad gäller {kommun}; raderna blir bara jämförelser.")
    elif others:
        lines.append(f"{plural(len(others), 'annat område', 'andra områden')} följer med som jämförelse.")
    if found.utan_varde:
        lines.append(f"{plural(found.utan_varde, 'cell', 'celler')} utan värde.")
    if found.fotnoter:
        lines.append(f"{plural(found.fotnoter, 'fotnotstecken', 'fotnotstecken')} togs bort.")
    if found.hoppade_kolumner:
        lines.append(f"Kolumner som inte läses: {lista(list(dict.fromkeys(found.hoppade_kolumner)))}.")
    if found.hoppade_rader:
        lines.append(f"{plural(found.hoppade_rader, 'rad', 'rader')} text utan siffror hoppades över.")
    return lines


def worked_out(what: str, wrong: int) -> list[str]:
    """What was worked out again and whether it agreed."""
    if not what:
        return ["Tabellen har inga summor eller skillnader att räkna om."]
    told = "allt stämmer" if not wrong else f"{plural(wrong, 'cell', 'celler')} stämmer inte"
    return [f"Omräknat: {what}; {told}."]


def news(tabell: Tabell, earlier: Sequence[Tabell]) -> list[str]:
    """How the table differs from what there was: revised figures, rows that have come or gone."""
    if not earlier:
        return []
    latest = max(reversed(newest_first(earlier)), key=lambda t: (t.sista_ar, t.period.manad if t.period else 0))
    lines = []
    if latest.span == tabell.span and tabell.span is not None:
        changed = [f"{r.namn} {r.ar} {_shown(r.fran)} → {_shown(r.till)}" for r in revisions(tabell, [latest])]
        lines += [f"Reviderat sedan {latest.fil}: {_some(changed)}."] if changed else []
    if tabell.slag == "compstat":
        old, new = latest.by_key(), tabell.by_key()
        come = [s.nyckel.text for key, s in new.items() if key not in old]
        gone = [s.nyckel.text for key, s in old.items() if key not in new]
        lines += [f"Rader som inte fanns i {latest.fil}: {_some(come)}."] if come else []
        lines += [f"Rader i {latest.fil} som inte finns här: {_some(gone)}."] if gone else []
    return lines


def _shown(value: float | None) -> str:
    return ".." if value is None else f"{value:.10g}".replace(".", ",")


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _MAX_NAMED
    return ", ".join(names[:_MAX_NAMED]) + (f" och {rest} till" if rest > 0 else "")
