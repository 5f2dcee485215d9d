"""What an import understood, in Swedish, line by line: for one who must be able to say whether it is right."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.facts.figures.extracts import revisions
from uppfoljning.importing.interpretation import Interpretation
from uppfoljning.model.tabell import Tabell, Tabellslag, newest_first
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.swedish import lista, plural, sentence, shorten

_MAX_NAMED = 8
_NAME = 60


def understood(found: Interpretation, tabell: Tabell, kommun: str, *, told_area: bool) -> list[str]:
    """What was understood, in lines. ``told_area``: the command line says which area it is about."""
    assumed = "" if told_area or found.omrade else " (tabellen säger inget om det)"
    lines = [f"Källa: {tabell.kalla}. Område: {tabell.omrade}{assumed}."]
    first, last = tabell.ar[0], tabell.ar[-1]
    if tabell.period is not None:
        years = f", åren {first}–{last}" if first != last else f" {last}"
        lines.append(f"Period: {tabell.period.ord}{years}.")
    else:
        lines.append(f"År: {lista([str(ar) for ar in tabell.ar])}.")
    if tabell.preliminara:
        lines.append(f"Preliminärt: {lista([str(ar) for ar in sorted(tabell.preliminara)])}.")
    if tabell.uttag is not None:
        lines.append(f"Uttag: {tabell.uttag.text}.")
    else:
        lines.append("Uttag: framgår inte. Dagen kan anges med --uttag.")
    return [*lines, *_rows(tabell, kommun), *_left_out(found)]


def _rows(tabell: Tabell, kommun: str) -> list[str]:
    """How many rows there are, and whose."""
    sums = sum(s.is_sum for s in tabell.serier) if tabell.slag == "compstat" else 0
    also = f" och {plural(sums, 'summa', 'summor')}" if sums else ""
    lines = [f"{plural(len(tabell.serier) - sums, 'rad', 'rader')}{also}."]
    areas = {s.nyckel.omrade for s in tabell.serier}
    others = areas - {""}
    if others and "" not in areas:
        lines.append(f"Ingen rad gäller {kommun}; raderna blir bara jämförelser.")
    elif others:
        number = plural(len(others), "annat område", "andra områden")
        lines.append(sentence(f"{number} följer med som jämförelse: {_names(sorted(others))}"))
    return lines


def _left_out(found: Interpretation) -> list[str]:
    """What was filled in, taken away or passed over on the way."""
    lines = []
    if found.filled:
        rows = plural(len(found.filled), "rad", "rader")
        lines.append(f"{rows} utan grupp fick gruppen från raden ovanför, som i sammanslagna celler.")
    if found.empty_years:
        years = lista([str(ar) for ar in found.empty_years])
        lines.append(f"{'Året' if len(found.empty_years) == 1 else 'Åren'} {years} har inga siffror och tas inte med.")
    if found.without_value:
        lines.append(f"{plural(found.without_value, 'cell', 'celler')} utan värde.")
    if found.footnotes:
        lines.append(f"{plural(found.footnotes, 'fotnotstecken', 'fotnotstecken')} togs bort.")
    if found.skipped_sums:
        names = _names(found.skipped_sums)
        lines.append(f"Rader som bara räknar ihop områdena läses inte: {names}.")
    if found.skipped_columns:
        lines.append(sentence(f"Kolumner som inte läses: {_names(found.skipped_columns)}"))
    if found.skipped_rows:
        lines.append(f"{plural(found.skipped_rows, 'rad', 'rader')} text utan siffror hoppades över.")
    return lines


def _names(names: Sequence[str]) -> str:
    return _some([shorten(name, _NAME) for name in dict.fromkeys(names)])


def worked_out(slag: Tabellslag, what: str, wrong: int) -> list[str]:
    """What was worked out again and whether it agreed; a survey's totals are no sums."""
    if not what:
        return [] if slag == "enkat" else ["Tabellen har inga summor eller skillnader att räkna om."]
    told = "allt stämmer" if not wrong else f"{plural(wrong, 'cell', 'celler')} stämmer inte"
    return [f"Omräknat: {what}; {told}."]


def news(tabell: Tabell, twins: Sequence[Tabell], same_source: Sequence[Tabell]) -> list[str]:
    """How the table differs from what there was: revised figures, rows that have come or gone.

    ``twins`` are earlier imports of the same period, ``same_source`` everything from the source.
    """
    later = [t for t in twins if tabell.uttag and t.uttag and t.uttag.fran > tabell.uttag.till]
    if later:
        fil = newest_first(later)[0].fil
        return [f"Ett senare uttag finns redan i {fil}. Det gäller fortfarande, även sedan det här har lästs in."]
    if not twins and not same_source:
        return []
    latest = max(
        reversed(newest_first(twins or same_source)), key=lambda t: (t.sista_ar, t.period.manad if t.period else 0)
    )
    lines = []
    if twins:
        changed = [f"{_name(r.namn)} {r.ar} {_shown(r.fran)} → {_shown(r.till)}" for r in revisions(tabell, [latest])]
        lines += [f"Reviderat sedan {latest.fil}: {_some(changed)}."] if changed else []
    if tabell.slag == "compstat":
        old, new = latest.by_key(), tabell.by_key()
        come = [_name(s.nyckel.text) for key, s in new.items() if key not in old]
        gone = [_name(s.nyckel.text) for key, s in old.items() if key not in new]
        lines += [f"Rader som inte fanns i {latest.fil}: {_some(come)}."] if come else []
        lines += [f"Rader i {latest.fil} som inte finns här: {_some(gone)}."] if gone else []
    return lines


def _name(text: str) -> str:
    return shorten(text, _NAME)


def _shown(value: float | None) -> str:
    return ".." if value is None else plain_number(value)


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _MAX_NAMED
    return ", ".join(names[:_MAX_NAMED]) + (f" och {rest} till" if rest > 0 else "")
