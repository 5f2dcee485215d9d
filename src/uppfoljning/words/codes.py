"""The word for every code, once: each table has all the codes of its kind, and a test finds the one that is missing.

An empty word means that nothing is said of that code there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from uppfoljning.model import (
    Beslutsutfall,
    Frekvensperiod,
    Genomforande,
    Historikhandelse,
    Malriktning,
    Planbedomning,
    Takt,
)
from uppfoljning.model.codes import Grad
from uppfoljning.model.tabell import Enhet

if TYPE_CHECKING:
    from uppfoljning.facts.compare.keys import Loftesfalt, Momentkod
    from uppfoljning.facts.dagordning import Regel
    from uppfoljning.facts.figures.statistics import Andelskod, Antalskod
    from uppfoljning.facts.lage import Svarsstatus
    from uppfoljning.facts.oenighet import Oenighetsslag
    from uppfoljning.facts.plan import Visat
    from uppfoljning.facts.verdict import Gransslag, Hinder

# --- does the plan hold ---

PLAN: Mapping[Planbedomning, str] = {
    "enligt_plan": "Enligt plan",
    "risk_for_forsening": "Risk för försening",
    "forsenad": "Försenad",
    "gar_inte_att_bedoma": "Går inte att bedöma",
}
"""The verdict on a plan, in the order in which verdicts are counted."""
VISAT: Mapping[Visat, str] = {
    "malet_natt": "Målet nått",
    "enligt_plan": PLAN["enligt_plan"],
    "risk_for_forsening": PLAN["risk_for_forsening"],
    "forsenad": PLAN["forsenad"],
    "gar_inte_att_bedoma": PLAN["gar_inte_att_bedoma"],
}
"""The verdict on a plan where it stands by its insats."""
PLAN_COUNTED: Mapping[Planbedomning, tuple[str, str]] = {
    "enligt_plan": ("följer planen", "följer planen"),
    "risk_for_forsening": ("riskerar att försenas", "riskerar att försenas"),
    "forsenad": ("är försenad", "är försenade"),
    "gar_inte_att_bedoma": ("går inte att bedöma", "går inte att bedöma"),
}
"""What one insats is, and several are, in a sentence that counts them."""
PLAN_TURNED: Mapping[Planbedomning, tuple[str, str]] = {
    "enligt_plan": ("blivit enligt plan", "blivit enligt plan"),
    "risk_for_forsening": ("fått risk för försening", "fått risk för försening"),
    "forsenad": ("blivit försenad", "blivit försenade"),
    "gar_inte_att_bedoma": ("blivit omöjlig att bedöma", "blivit omöjliga att bedöma"),
}
"""What has become of one plan, and of several."""
DEVIATES = "Avviker från planen"
"""The heading of what doesn't hold: late, at risk, stopped or paused."""
NOTHING_LATE = "Ingen försening eller risk för försening är känd."
NOTHING_SHOWN = "Inga datum eller antal visar försening eller risk."
NOBODY_ANSWERED = "Ingen har svarat, så det är okänt om något är försenat."
NOT_LATE_FOR_WANT_OF_ANSWERS = "blir det inte försenat av det"
OWN_WORRY: Mapping[Planbedomning, str] = {
    "enligt_plan": "",
    "risk_for_forsening": "Aktören ser risk",
    "forsenad": "Aktören ser försening",
    "gar_inte_att_bedoma": "",
}
"""What an aktör's own judgement is called where the derivation says otherwise."""
OWN_WORRY_INSIDE: Mapping[Planbedomning, str] = {
    "enligt_plan": "",
    "risk_for_forsening": "ser själv en risk",
    "forsenad": "ser själv en försening",
    "gar_inte_att_bedoma": "",
}
"""The same after the aktör's genomförande."""
HINDER: Mapping[Hinder, str] = {
    "plan": "för att överenskommelsen inte anger något antal eller datum att mäta mot",
    "svar": "för att svar saknas",
    "ansvarig": "för att ingen ansvarig är utsedd",
    "avbruten": "för att arbetet är avbrutet",
    "satt": "för att aktören har satt den bedömningen",
    "del_av_ar": "för att bara en del av året ingår och inget antal är bestämt för den",
}
"""Why a plan can't be judged."""

# --- how far the work has come ---

GENOMFORANDE: Mapping[Genomforande, str] = {
    "inte_paborjad": "Inte påbörjad",
    "pagar": "Pågår",
    "genomford": "Genomförd",
    "pausad": "Pausad",
    "avbruten": "Avbruten",
}
GENOMFORANDE_IS: Mapping[Genomforande, str] = {
    "inte_paborjad": "är inte påbörjad",
    "pagar": "pågår",
    "genomford": "är genomförd",
    "pausad": "är pausad",
    "avbruten": "är avbruten",
}
GENOMFORANDE_WAS: Mapping[Genomforande, str] = {
    "inte_paborjad": "var inte påbörjad",
    "pagar": "pågick",
    "genomford": "var genomförd",
    "pausad": "var pausad",
    "avbruten": "var avbruten",
}
HALTED_COUNTED: Mapping[Genomforande, tuple[str, str]] = {
    "inte_paborjad": ("är inte påbörjad", "är inte påbörjade"),
    "pagar": ("pågår", "pågår"),
    "genomford": ("är genomförd", "är genomförda"),
    "pausad": ("är pausad", "är pausade"),
    "avbruten": ("är avbruten", "är avbrutna"),
}
"""What one insats is, and several are, where an aktör has said so."""
Stated = Literal[Genomforande, "uppgift", "svar"]
"""What an aktör has stated of its commitment: a genomförande, nothing of how far it has come, or nothing at all."""
STATED: Mapping[Stated, tuple[str, str]] = {
    "genomford": ("genomfört", "genomförda"),
    "pagar": ("pågår", "pågår"),
    "pausad": ("pausat", "pausade"),
    "inte_paborjad": ("inte påbörjat", "inte påbörjade"),
    "avbruten": ("avbrutet", "avbrutna"),
    "uppgift": ("utan uppgift om läget", "utan uppgift om läget"),
    "svar": ("utan svar", "utan svar"),
}
"""One commitment, and several, in the order in which they are counted."""

# --- answers ---

SVAR: Mapping[Svarsstatus, str] = {
    "lamnad": "Svar lämnat",
    "oforandrat": "Oförändrat",
    "inget_att_rapportera": "Inget att rapportera",
    "inget_svar": "Inget svar",
    "invantas": "Svar väntas",
    "behovs_inte": "Svar behövs inte",
}
OENIGHET: Mapping[Oenighetsslag, str] = {
    "genomforande": "genomförandet",
    "egen_bedomning": "planen",
    "antal": "antalet",
}
"""What aktörer answer differently about."""
OENIGHET_SHORT: Mapping[Oenighetsslag, str] = {**OENIGHET, "genomforande": "läget"}
"""The same in a table's cell."""

# --- the insats ---

HISTORIK: Mapping[Historikhandelse, str] = {
    "tillkommen": "Tillkom",
    "reviderad": "Reviderad",
    "ersatt": "Ersatt",
    "avslutad": "Avslutad",
}
HISTORIK_NEWS: Mapping[Historikhandelse, str] = {**HISTORIK, "tillkommen": "Ny insats"}
"""The same as a piece of news."""
PER_PERIOD: Mapping[Frekvensperiod, str] = {"ar": "år", "kvartal": "kvartal", "manad": "månad"}
PER_YEAR: Mapping[Frekvensperiod, str] = {"ar": "om året", "kvartal": "i kvartalet", "manad": "i månaden"}
GRANS: Mapping[Gransslag, str] = {
    "insatsen_borjade": "insatsen började",
    "insatsen_slutade": "insatsen avslutades",
    "avtalet_borjade": "överenskommelsen började",
    "avtalet_slutade": "överenskommelsen gäller till",
}
"""Why only a part of a year is covered, before the day."""
ONE_PERIOD: Mapping[Frekvensperiod, str] = {"ar": "året", "kvartal": "kvartalet", "manad": "månaden"}
TAKT: Mapping[Takt, str] = {"dagligen": "dagligen", "lopande": "löpande", "aterkommande": "återkommande"}
AIM: Mapping[Malriktning, str] = {"oka": "ska öka", "minska": "ska minska"}
MOMENT: Mapping[Momentkod, str] = {"klart": "Klart", "passerat": "Dagen har passerat:", "oppet": "Inte klart"}

LOFTE: Mapping[Loftesfalt, str] = {
    "mal_antal": "Målsättningen",
    "mal_minst": "Målsättningen, minst",
    "mal_enhet": "Målsättningens enhet",
    "mal_senast": "Målsättningens sista dag",
    "mal_riktning": "Målsättningens riktning",
    "mal_ord": "Målsättningens ord",
    "frekvens_antal": "Hur ofta",
    "frekvens_minst": "Hur ofta, minst",
    "frekvens_enhet": "Vad som räknas",
    "frekvens_ar": "Antal under",
    "frekvens_takt": "Takten",
    "frekvens_ord": "Hur ofta, i ord",
    "moment": "Momentet",
    "moment_rubrik": "Momentets lydelse",
    "start": "Start",
    "period_fran": "Perioden, från",
    "period_till": "Perioden, till",
    "ansvarig": "Ansvarig",
    "raknas_av": "Räknas av",
    "plats": "Plats",
}
"""What is promised, where it has become another."""
ANDRAT_ATAGANDE = "Ändrat åtagande"
UNNAMED = "Inget skäl har antecknats"
"""What is said of a promise that has changed since a closing, until a row says so."""

# --- decisions and the meeting ---

UTFALL: Mapping[Beslutsutfall, str] = {
    "bifall": "Bifall",
    "avslag": "Avslag",
    "annat_beslut": "Annat beslut",
    "aterremiss": "Återremiss",
    "bordlagt": "Bordlagt",
    "inte_aktuellt": "Inte längre aktuellt",
}
"""What came of a question for decision."""
REGEL: Mapping[Regel, str] = {
    "beslut": "Beslut behövs",
    "forsenad": PLAN["forsenad"],
    "avbruten": GENOMFORANDE["avbruten"],
    "oenighet": "Olika svar",
    "pausad": GENOMFORANDE["pausad"],
    "risk": PLAN["risk_for_forsening"],
    "inget_svar": "Inget svar",
    "fraga": "Fråga till aktören",
    "utslag": "Ny bedömning av statistiken",
}
"""Why an insats is on the meeting's list."""
GRAD: Mapping[Grad, str] = {"ja": "Ja", "delvis": "Delvis", "nej": "Nej"}

# --- figures ---

ANTAL: Mapping[Antalskod, str] = {
    "fler": "Tydligt fler än vanligt",
    "farre": "Tydligt färre än vanligt",
    "ingen": "Ingen säker förändring",
    "ingen_vid": "Ingen säker förändring",
    "fa": "För få för att bedöma",
    "fa_fler": "Fler än väntat, men små tal",
    "for_fa_ar": "För få jämförbara år för att bedöma",
}
"""The verdict on a count."""
ANDEL: Mapping[Andelskod, str] = {
    "hogre": "Tydligt högre",
    "lagre": "Tydligt lägre",
    "ingen": "Ingen säker förändring",
    "antal_saknas": "Kan inte bedömas",
    "ingen_tidigare": "Ingen tidigare mätning",
}
"""The verdict on a share."""
ENHET: Mapping[Enhet, str] = {"antal": "Antal", "procent": "Andel i procent", "rang": "Rangordning"}
ENHET_SHOWN: Mapping[Enhet, str] = {
    "antal": "Antal",
    "procent": "Andel i procent av de svarande",
    "rang": "Plats i rangordning",
}
"""What the figures of a table are, above it."""


def plan_turned(kod: Planbedomning, number: int) -> str:
    """What so many insatser have become: 'blivit försenade'."""
    return PLAN_TURNED[kod][number != 1]


def plan_counted(kod: Planbedomning, number: int) -> str:
    """What so many insatser are: 'är försenade'."""
    return PLAN_COUNTED[kod][number != 1]


def halted_counted(kod: Genomforande, number: int) -> str:
    """What so many insatser are by their aktörer: 'är pausade'."""
    return HALTED_COUNTED[kod][number != 1]


# --- codes that come out of an imprint as plain text; KeyError for what is none ---


def stated_word(kod: str) -> str:
    """What an aktör stated where it may be a genomförande or its judgement of the plan."""
    return {str(code): word for code, word in (*GENOMFORANDE.items(), *PLAN.items())}[kod]


def historik_news(kod: str) -> str:
    """What happened to an insats, as a piece of news."""
    return {str(code): word for code, word in HISTORIK_NEWS.items()}[kod]


def oenighet_about(kod: str) -> str:
    """What aktörer answer differently about."""
    return {str(code): word for code, word in OENIGHET.items()}[kod]


def promise_label(kod: str) -> str:
    """What a promise is about."""
    return {str(code): word for code, word in LOFTE.items()}[kod]


def per_period(kod: str) -> str:
    """The period that a frequency counts in."""
    return {str(code): word for code, word in PER_PERIOD.items()}[kod]


def promise_word(vad: str, kod: str) -> str:
    """A promise that is one of a few; empty for others."""
    words = {("mal_riktning", str(code)): word for code, word in AIM.items()}
    words |= {("frekvens_takt", str(code)): word for code, word in TAKT.items()}
    return words.get((vad, kod), "")


def utfall_word(kod: str) -> str:
    """What came of a question."""
    return {str(code): word for code, word in UTFALL.items()}[kod]


def moment_word(kod: str) -> str:
    """How a milestone stands."""
    return {str(code): word for code, word in MOMENT.items()}[kod]


def utslag_word(kod: str) -> str:
    """A verdict beside an earlier one, in the words of its row."""
    return {str(code): word for code, word in [*ANTAL.items(), *ANDEL.items()]}[kod]
