"""The two pages before the annex: what has room on them, and what stands in full in the annex because of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from uppfoljning.report.fit import (
    LEAST,
    LEAST_LISTED,
    LEAST_ON_PAGE_TWO,
    MOST_BESIDE,
    PAGE,
    box_height,
    fit_boxes,
    fit_page,
    head_height,
    lists_height,
    proposals_height,
    table_height,
)
from uppfoljning.report.sections.avsnitt import ANDRAT, FORSLAG, LARDOMAR, SAMRAD
from uppfoljning.report.views.base import Faktavy
from uppfoljning.report.views.halvar import Helhetvy, Lagesrutavy, Sidorvy
from uppfoljning.report.views.kvartal import Datumvy, Lagesradvy, Radvy
from uppfoljning.text.swedish import capitalized, number_word, shorten

MAX_ROW, MAX_QUESTION, MAX_FACT, MAX_LEAD, MAX_LISTED, MAX_SUBTITLE = 200, 300, 130, 400, 90, 260
_MAX_WHAT, _LEAST_TEXT = 120, 40
_PROPOSAL_LENGTHS = (600, 300, 180)
_LEAST_PROPOSALS = 42.0
_SHORT_NAME, _SHORT_PROBLEM = 50, 100
PAGE_ONE, PAGE_TWO = ("bra", "daligt", "osakert"), ("larande", "forandring", "resultat", "andra")
RUBRIKER = {
    "bra": "Det går bra",
    "daligt": "Det går inte bra",
    "osakert": "Det är osäkert",
    "larande": LARDOMAR.rubrik,
    "forandring": ANDRAT.rubrik,
    "resultat": "Räknat och klart under perioden",
    "andra": "Frågor som andra ska besluta",
}
NOTHING = Lagesrutavy("", "", (), "")


@dataclass(frozen=True, slots=True)
class Ruta:
    """A box in full: its heading, its sentence, and the rows that it rests on."""

    rubrik: str
    mening: str
    rader: Sequence[Radvy]


@dataclass(frozen=True, slots=True)
class Fullt:
    """Everything that the two pages may hold, in full. ``samrad`` is empty but in a final report."""

    rubrik: str
    underrubrik: str
    exempel: str
    huvud: Sequence[Faktavy]
    huvudmening: str
    meningar: Sequence[str]
    forslag: Sequence[str]
    rutor: Mapping[str, Ruta]
    lage: Sequence[Lagesradvy]
    samrad: Sequence[Faktavy]
    kommande: Sequence[Datumvy]
    beslutsunderlag: Sequence[str]


@dataclass
class _Annex:
    """What the two pages have shortened or left out, in full."""

    parts: list[Helhetvy] = field(default_factory=list)

    def keep(self, rubrik: str, texts: Sequence[str], shown: Sequence[str]) -> None:
        """Keep ``texts`` where what is shown of them is not all."""
        if list(texts) != list(shown):
            self.parts.append(Helhetvy(rubrik, tuple(texts)))


def two_pages(full: Fullt) -> Sidorvy:
    """The two pages of a report."""
    annex = _Annex()
    underrubrik = shorten(full.underrubrik, MAX_SUBTITLE)
    annex.keep("Överenskommelsen", [full.underrubrik], [underrubrik])
    huvud = [replace(f, text=shorten(f.text, MAX_FACT)) for f in full.huvud]
    annex.keep("Ärendet", _facts(full.huvud), _facts(huvud))
    rutor = {kind: _short_box(kind, ruta) for kind, ruta in full.rutor.items()}
    told = {kind: [row_text(r) for r in ruta.rader] for kind, ruta in rutor.items()}
    leads = {kind: ruta.mening for kind, ruta in rutor.items()}
    head = head_height(
        full.rubrik,
        underrubrik,
        _facts(huvud),
        full.huvudmening,
        " ".join(full.meningar),
        band=bool(full.exempel),
    )
    least = sum(box_height(leads[k], told[k], min(LEAST[k], len(told[k]))) for k in PAGE_ONE)
    forslag, more = fit_proposals(full.forslag, max(PAGE - head - least, _LEAST_PROPOSALS))
    annex.keep(FORSLAG.rubrik, _numbered(full.forslag), _numbered(forslag))
    used = head + proposals_height(forslag, more)
    shown = fit_boxes(leads, told, PAGE_ONE, PAGE - used)
    used += sum(box_height(leads[k], told[k], shown[k]) for k in PAGE_ONE)

    samrad = [replace(f, text=shorten(f.text, MAX_ROW)) for f in full.samrad]
    annex.keep(SAMRAD.rubrik, _facts(full.samrad), _facts(samrad))
    dates = [replace(d, text=shorten(d.text, MAX_LISTED)) for d in full.kommande]
    papers = [shorten(text, MAX_LISTED) for text in full.beslutsunderlag]
    lists = {"datum": [f"{d.datum} {d.text}" for d in dates], "underlag": papers}
    fixed = box_height("", _facts(samrad), len(samrad))
    kinds = tuple(kind for kind in PAGE_TWO if kind in rutor)
    least = sum(box_height(leads[k], told[k], min(LEAST[k], len(told[k]))) for k in kinds) + fixed
    few = {kind: min(LEAST_LISTED, len(rows)) for kind, rows in lists.items()}
    lage, number = _fit_table(full.lage, PAGE - least - lists_height(lists, few))
    table = table_height(lage, number)
    beside = used + table <= MOST_BESIDE
    room = PAGE - fixed - (0.0 if beside else table)
    more_shown, listed = fit_page(leads, told, kinds, lists, room)
    shown |= more_shown
    boxes = {kind: _shown_box(ruta, shown[kind]) for kind, ruta in rutor.items()}
    _keep_leads(annex, full, rutor)
    if "larande" in rutor:
        learnt = [r.text for r in full.rutor["larande"].rader]
        annex.keep(RUBRIKER["larande"], learnt, [r.text for r in boxes["larande"].rader])
    cut = list(full.kommande) if dates != list(full.kommande) else list(full.kommande[listed["datum"] :])
    annex.keep("Kommande datum", _dates(cut), [])
    annex.keep("Beslutsunderlag", full.beslutsunderlag, papers[: listed["underlag"]])
    second = fixed + sum(box_height(leads[k], told[k], shown[k]) for k in kinds) + lists_height(lists, listed)
    return Sidorvy(
        underrubrik=underrubrik,
        huvud=tuple(huvud),
        forslag=tuple(forslag),
        forslag_fler=more,
        bra=boxes["bra"],
        daligt=boxes["daligt"],
        osakert=boxes["osakert"],
        lage=tuple(lage[:number]),
        lage_fler=left_out(len(lage) - number, "huvudområde", "huvudområden"),
        samrad=tuple(samrad),
        larande=boxes.get("larande", NOTHING),
        forandring=boxes.get("forandring", NOTHING),
        resultat=boxes["resultat"],
        andra=boxes["andra"],
        kommande=tuple(dates[: listed["datum"]]),
        kommande_fler=left_out(len(dates) - listed["datum"]),
        beslutsunderlag=tuple(papers[: listed["underlag"]]),
        beslutsunderlag_fler=left_out(len(papers) - listed["underlag"]),
        fyllda=used + table + second > PAGE + LEAST_ON_PAGE_TWO,
        helt=tuple(annex.parts),
    )


def left_out(number: int, one: str = "", many: str = "") -> str:
    """How many are left out and that the annex has them; empty when none are."""
    if number <= 0:
        return ""
    what = f" {one if number == 1 else many}" if one else ""
    return f"Ytterligare {number_word(number, neuter=one == 'huvudområde')}{what} står i bilagan."


def fit_proposals(proposals: Sequence[str], room: float) -> tuple[list[str], str]:
    """The proposals as page one shows them: in full if they fit, else shortened, else only the first ones.

    With them what is to be said of that.
    """
    if proposals_height(proposals, "") <= room:
        return list(proposals), ""
    whole = "Förslagen står i sin helhet i bilagan."
    short = list(proposals)
    for length in _PROPOSAL_LENGTHS:
        short = [shorten(text, length) for text in proposals]
        if proposals_height(short, whole) <= room:
            return short, whole
    while len(short) > 1 and proposals_height(short, whole) > room:
        short.pop()
    rest = len(proposals) - len(short)
    if not rest:
        return short, whole
    return short, f"Ytterligare {number_word(rest, neuter=True)} förslag står i bilagan, där alla står i sin helhet."


def row_text(row: Radvy) -> str:
    """A row as it is read, to measure it."""
    return " ".join(filter(None, ("–" if row.status.kod else "", row.status.ord, row.insats, row.rubrik, row.text)))


def _short_box(kind: str, ruta: Ruta) -> Ruta:
    most = MAX_QUESTION if kind in {"andra", "forandring"} else MAX_ROW
    return Ruta(ruta.rubrik, shorten(ruta.mening, MAX_LEAD), [_short_row(row, most) for row in ruta.rader])


def _short_row(row: Radvy, most: int) -> Radvy:
    status = replace(row.status, ord=shorten(row.status.ord, _MAX_WHAT))
    room = most - len(status.ord) - len(row.insats) - len(row.rubrik)
    return replace(row, status=status, text=shorten(row.text, max(room, _LEAST_TEXT)))


def _shown_box(ruta: Ruta, number: int) -> Lagesrutavy:
    if not ruta.mening and not ruta.rader:
        return NOTHING
    rest = len(ruta.rader) - number
    more = left_out(rest)
    if rest and not number:
        more = f"{capitalized(number_word(rest))} rader står i bilagan." if rest > 1 else "En rad står i bilagan."
    return Lagesrutavy(ruta.rubrik, ruta.mening, tuple(ruta.rader[:number]), more)


def _fit_table(rows: Sequence[Lagesradvy], room: float) -> tuple[list[Lagesradvy], int]:
    """The table's rows, shortened where all don't fit in full, and how many of them there is room for."""
    table = list(rows)
    if table_height(table) > room:
        table = [
            replace(r, rubrik=shorten(r.rubrik, _SHORT_NAME), problemet=shorten(r.problemet, _SHORT_PROBLEM))
            for r in rows
        ]
    number = len(table)
    while number > 1 and table_height(table, number) > room:
        number -= 1
    return table, number


def _keep_leads(annex: _Annex, full: Fullt, short: Mapping[str, Ruta]) -> None:
    for kind, ruta in full.rutor.items():
        annex.keep(ruta.rubrik, [ruta.mening], [short[kind].mening])


def _facts(facts: Sequence[Faktavy]) -> list[str]:
    return [f"{f.etikett}: {f.text}" for f in facts]


def _dates(dates: Sequence[Datumvy]) -> list[str]:
    return [" ".join(filter(None, (d.datum, d.text))) for d in dates]


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]
