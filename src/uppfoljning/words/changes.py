"""The words for one change between two quarters: what it is about, how it was and how it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from uppfoljning.facts.compare.avtryck import DOLD, Avtrycksslag, Insatsnamn, Varde
from uppfoljning.facts.compare.differences import Andring, is_turned
from uppfoljning.model.codes import GENOMFORANDE, LATE, PLAN, UTFALL
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.parts import Andringsradvy
from uppfoljning.text.swedish import antal, capitalized, datum, lista, plural, sentence, shorten
from uppfoljning.words.common import aktor_namn, clean, kvartal_text, short_title

NOTHING = "–"
REVISED = "Reviderad"
VERDICTS = {
    "fler": "Tydligt fler än vanligt",
    "farre": "Tydligt färre än vanligt",
    "hogre": "Tydligt högre",
    "lagre": "Tydligt lägre",
    "ingen": "Ingen säker förändring",
    "ingen_vid": "Ingen säker förändring",
}
_NOT_JUDGED = "Går inte att bedöma"
_CODES: Mapping[str, Mapping[str, str]] = {
    "plan": dict(PLAN.items()),
    "egen_bedomning": dict(PLAN.items()),
    "genomforande": dict(GENOMFORANDE.items()),
    "svar": {
        "lamnat": "Svar lämnat",
        "inget_svar": "Inget svar",
        "invantas": "Svar väntas",
        "behovs_inte": "Svar behövs inte",
    },
    "insats": {"aktuell": "Ingår", "inte_aktuell": "Ingår inte"},
    "oenighet": {"olika": "Olika svar"},
    "tabell": {"finns": "Nya"},
}
_UTFALL: Mapping[str, str] = dict(UTFALL.items())
_STATES = {"beslut", "moment", "antal", "siffra", "utslag", "planerat", "tabell"}
_GONE: Mapping[str, str] = {
    "beslut": "Inte längre öppen",
    "oenighet": "Inte längre olika",
    "siffra": "Ingen siffra",
    "tabell": "Finns inte längre",
    "utslag": "Ingen siffra",
}
_FURTHER_IN = "Ändrat längre in i texten"
_MOMENT = {"klart": "Klart", "passerat": "Dagen har passerat:", "oppet": "Inte klart"}
_OENIGHET = {"genomforande": "genomförandet", "egen_bedomning": "planen", "antal": "antalet"}
_HANDELSE = {"tillkommen": "Ny insats", "reviderad": REVISED, "ersatt": "Ersatt", "avslutad": "Avslutad"}
_BY_AKTOR = {
    "genomforande": "Genomförandet",
    "egen_bedomning": "Egen bedömning",
    "svar": "Svaret",
}
_MAX_CELL = 160
_MAX_WHAT = 110


class Andringsord:
    """The words for a change. ``names`` holds what the insatser are called."""

    def __init__(self, underlag: Underlag, names: Mapping[str, Insatsnamn]) -> None:
        self.underlag = underlag
        self.names = names
        self.sources = {k.id: k.namn for k in underlag.indikatorer.kallor}

    def row(self, andring: Andring, *, first: bool = False) -> Iterator[Andringsradvy]:
        """The change as a row, where it is told by itself; ``first``: there was no quarter before."""
        nyckel = andring.nyckel
        if not is_told(andring):
            return
        vad, (fran, till) = self._what(andring), values(andring)
        if first:
            fran = Statusvy("", NOTHING)
        said = f"{vad} {till.ord}" if vad.endswith("?") else f"{vad}: {till.ord}"
        text = said if fran.ord == NOTHING else f"{said.rstrip('.')}, förut {_inside(nyckel.slag, fran)}"
        name = self.names.get(nyckel.insats)
        yield Andringsradvy(
            slag=nyckel.slag,
            insats=name.visat_id if name else "",
            ankare=f"insats-{nyckel.insats.lower()}" if name else "statistik",
            rubrik=short_title(name.rubrik if name else self.sources.get(nyckel.kalla, nyckel.kalla)),
            vad=shorten(clean(vad), _MAX_WHAT),
            fran=fran,
            till=till,
            mening=clean(sentence(text)),
        )

    def together(self, slag: Avtrycksslag, aktor: str, rader: Sequence[Andringsradvy]) -> Andringsradvy:
        """Rows of one aktör and the same change as one row, with the insatser named in it."""
        first, number = rader[0], plural(len(rader), "insats", "insatser")
        vad = f"{_BY_AKTOR[slag]}, {aktor_namn(self.underlag, aktor)}"
        ids = lista([row.insats for row in rader])
        mening = f"{vad}: {first.till.ord}, förut {_inside(slag, first.fran)}."
        return replace(first, insats="", ankare="svar", rubrik=f"{number}: {ids}", vad=vad, mening=mening)

    def _what(self, andring: Andring) -> str:
        """What has changed, without its insats."""
        nyckel = andring.nyckel
        either = andring.till or andring.fran or Varde("")
        aktor = aktor_namn(self.underlag, nyckel.aktor) if nyckel.aktor else ""
        kvartal = Kvartal.parse(nyckel.kvartal)
        match nyckel.slag:
            case "plan":
                return "Planen"
            case "insats":
                return "Insatsen"
            case "moment":
                return either.ord
            case "historik":
                return _HANDELSE[nyckel.vad]
            case "lydelse":
                return f"Åtagandet, {aktor}" if aktor else "Insatsens text"
            case "planerat":
                return f"Planerat av {aktor}: {either.ord}"
            case "antal":
                return f"{capitalized(either.ord)}, räknade hittills"
            case "oenighet":
                about = " ".join(filter(None, (f"Svaren om {_OENIGHET[nyckel.vad]}", either.ord)))
                return f"{about}, {kvartal_text(kvartal)}" if kvartal else about
            case "rattelse":
                return f"Rättat svar, {aktor}, {kvartal_text(kvartal) if kvartal else ''}"
            case "tabell":
                return f"Siffror för {nyckel.period} {nyckel.ar}".replace("  ", " ")
            case "siffra":
                return " ".join(filter(None, (either.namn, nyckel.period, str(nyckel.ar))))
            case "utslag":
                return either.namn
            case "beslut":
                return f"Fråga från {aktor}: {either.ord}"
        return f"{_BY_AKTOR[nyckel.slag]}, {aktor}"


def is_told(andring: Andring) -> bool:
    """Whether a change is told by itself, and not with something else or because it says nothing."""
    codes = {v.kod for v in (andring.fran, andring.till) if v is not None}
    one_sided = andring.fran is None or andring.till is None
    match andring.nyckel.slag:
        case "svar_for":
            return False  # counted in the lead
        case "svar":
            return "inget_svar" in codes and "invantas" not in codes and not one_sided
        case "moment":
            return not (one_sided and codes == {"oppet"})
        case "planerat":
            return not one_sided  # a new date stands with its answer; one that has moved is news
        case "egen_bedomning":
            return not one_sided or not codes.isdisjoint(LATE)
        case "utslag":
            return is_turned(andring)
        case "siffra":
            return DOLD not in codes
    return True


def values(andring: Andring) -> tuple[Statusvy, Statusvy]:
    """How it was and how it is, as shown."""
    slag = andring.nyckel.slag
    fran, till = (value_text(slag, v) for v in (andring.fran, andring.till))
    if andring.till is None and slag in _GONE:
        till = Statusvy("", _GONE[slag])
    if fran.ord == till.ord:
        till = Statusvy("", _FURTHER_IN)
    return fran, till


def value_text(slag: Avtrycksslag, varde: Varde | None) -> Statusvy:
    """A value before or after, as shown, with a shape where it has one; a dash where there was none."""
    if varde is None:
        return Statusvy("", NOTHING)
    shaped = slag == "plan" or varde.kod == "inget_svar"
    if slag in _CODES:
        return Statusvy(varde.kod if shaped else "", _CODES[slag][varde.kod])
    return Statusvy("", clean(_free_text(slag, varde)) or NOTHING)


def _free_text(slag: Avtrycksslag, varde: Varde) -> str:
    """The words for a value that isn't one of a few."""
    day = datum(varde.dag) if varde.dag is not None else ""
    match slag:
        case "moment":
            ahead = f", senast {day}" if day else ""
            return f"{_MOMENT[varde.kod]}{ahead}" if varde.kod == "oppet" else f"{_MOMENT[varde.kod]} {day}"
        case "planerat":
            return lista([datum(date.fromisoformat(kod)) for kod in varde.kod.split()])
        case "historik":
            return f"{varde.namn}{day}: {shorten(varde.ord, _MAX_CELL)}"
        case "antal":
            return antal(int(varde.kod))
        case "beslut":
            utfall, _, rest = varde.kod.partition(" ")
            if utfall in _UTFALL:
                late = "; sista dagen har passerat" if rest.endswith("forfallen") else ""
                return f"{_UTFALL[utfall]} {day}{late}: {shorten(varde.namn, 2 * _MAX_CELL)}"
            if not day:
                return "Öppen"
            return f"Öppen, {'behövdes' if varde.kod == 'forfallen' else 'behövs'} senast {day}"
        case "rattelse" | "lydelse":
            return shorten(varde.ord, _MAX_CELL)
        case "utslag":
            return f"{VERDICTS.get(varde.kod, _NOT_JUDGED)} ({varde.ord})"
    return varde.ord.replace(".", ",")


def _inside(slag: Avtrycksslag, shown: Statusvy) -> str:
    """A value for use inside a sentence: a status with a small letter, what somebody wrote as it is."""
    told = shown.ord.partition(":")[0] if slag == "beslut" else shown.ord
    return told[:1].lower() + told[1:] if slag in _CODES or slag in _STATES else f"”{told.rstrip('.')}”"
