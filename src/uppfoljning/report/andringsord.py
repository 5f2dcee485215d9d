"""The words for one change between two quarters: what it is about, how it was and how it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppfoljning.avtryck import Avtrycksslag, Insatsnamn, Varde
from uppfoljning.jamforelse import Andring, is_turned
from uppfoljning.period import Kvartal
from uppfoljning.report.grundvy import Statusvy
from uppfoljning.report.motesvy import Andringsradvy
from uppfoljning.report.words import aktor_namn, clean, kvartal_text
from uppfoljning.swedish import antal, capitalized, datum, sentence, shorten
from uppfoljning.terms import GENOMFORANDE, PLAN
from uppfoljning.underlag import Underlag

NOTHING = "–"
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
_MOMENT = {"klart": "Klart", "passerat": "Dagen har passerat:", "oppet": "Inte klart"}
_OENIGHET = {"genomforande": "genomförandet", "egen_bedomning": "planen", "antal": "antalet"}
_HANDELSE = {"tillkommen": "Ny insats", "reviderad": "Reviderad", "ersatt": "Ersatt", "avslutad": "Avslutad"}
_BY_AKTOR = {
    "genomforande": "Genomförandet",
    "egen_bedomning": "Egen bedömning",
    "svar": "Svaret",
    "beslut": "Beslutsfråga",
}
_MAX_CELL = 160


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
        vad, till = self._what(andring), value_text(nyckel.slag, andring.till)
        fran = Statusvy("", NOTHING) if first else value_text(nyckel.slag, andring.fran)
        if fran.ord == till.ord:
            till = Statusvy("", "Ändrat längre in i texten")
        name = self.names.get(nyckel.insats)
        text = f"{vad}: {till.ord}" if fran.ord == NOTHING else f"{vad}: {till.ord}, förut {_lower(fran.ord)}"
        yield Andringsradvy(
            slag=nyckel.slag,
            insats=name.visat_id if name else "",
            ankare=f"insats-{nyckel.insats.lower()}" if name else "statistik",
            rubrik=clean(name.rubrik if name else self.sources.get(nyckel.insats, nyckel.insats)),
            vad=clean(vad),
            fran=fran,
            till=till,
            mening=clean(sentence(text)),
        )

    def _what(self, andring: Andring) -> str:
        """What has changed, without its insats."""
        nyckel = andring.nyckel
        either = andring.till or andring.fran or Varde("")
        aktor = aktor_namn(self.underlag, nyckel.aktor) if nyckel.aktor else ""
        first_word = nyckel.vad.split(" ")[0]
        match nyckel.slag:
            case "moment":
                return either.ord
            case "historik":
                return _HANDELSE[nyckel.vad.split()[-1]]
            case "lydelse":
                return f"Åtagandet, {aktor}" if aktor else "Insatsens text"
            case "genomforande" | "egen_bedomning" | "svar" | "beslut":
                return f"{_BY_AKTOR[nyckel.slag]}, {aktor}"
            case "antal":
                return f"{capitalized(nyckel.vad)}, räknade hittills"
            case "oenighet":
                return f"Svaren om {_OENIGHET[first_word]}"
            case "rattelse":
                kvartal = Kvartal.parse(first_word)
                return f"Rättat svar, {aktor}, {kvartal_text(kvartal) if kvartal else first_word}"
            case "tabell":
                return f"Siffror för {nyckel.vad}"
        return {"plan": "Planen", "insats": "Insatsen"}.get(nyckel.slag, nyckel.vad)


def is_told(andring: Andring) -> bool:
    """Whether a change is told by itself, and not with something else or because it says nothing."""
    codes = {v.kod for v in (andring.fran, andring.till) if v is not None}
    one_sided = andring.fran is None or andring.till is None
    match andring.nyckel.slag:
        case "svar_for":
            return False  # counted in the lead
        case "svar":
            return "inget_svar" in codes and not one_sided
        case "moment":
            return not (one_sided and codes == {"oppet"})
        case "egen_bedomning":
            return not one_sided or bool(codes & {"forsenad", "risk_for_forsening"})
        case "utslag":
            return is_turned(andring)
        case "siffra":
            return andring.fran is not None  # a new figure comes with its table, which is told
    return True


def value_text(slag: Avtrycksslag, varde: Varde | None) -> Statusvy:
    """A value before or after, as shown, with a shape where it has one; a dash where there was none."""
    if varde is None:
        return Statusvy("", "Samma svar" if slag == "oenighet" else NOTHING)
    shaped = slag == "plan" or varde.kod == "inget_svar"
    if slag in _CODES:
        return Statusvy(varde.kod if shaped else "", _CODES[slag][varde.kod])
    return Statusvy("", clean(_free_text(slag, varde)))


def _free_text(slag: Avtrycksslag, varde: Varde) -> str:
    """The words for a value that isn't one of a few."""
    day = datum(varde.dag) if varde.dag is not None else ""
    match slag:
        case "moment":
            ahead = f", senast {day}" if day else ""
            return f"{_MOMENT[varde.kod]}{ahead}" if varde.kod == "oppet" else f"{_MOMENT[varde.kod]} {day}"
        case "historik":
            return f"{day}: {shorten(varde.ord, _MAX_CELL)}"
        case "lydelse":
            return shorten(varde.kod.partition("\n")[2] or varde.kod, _MAX_CELL) or NOTHING
        case "antal":
            return antal(int(varde.kod))
        case "rattelse" | "beslut":
            return shorten(varde.ord, _MAX_CELL)
        case "utslag":
            return f"{VERDICTS.get(varde.kod, _NOT_JUDGED)} ({varde.ord})"
    return varde.kod.replace(".", ",")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
