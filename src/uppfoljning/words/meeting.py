"""The questions to the aktörer on what seems to stand still, and the rules of the meeting's order, in words."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.facts.dagordning import MOTESTID, REGLER, SILENT_TOGETHER
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.stillestand import FEWEST_WORDS, NEARLY, Stillestand
from uppfoljning.text.swedish import datum, lista, number_word, plural, sentence, shorten
from uppfoljning.words.codes import REGEL
from uppfoljning.words.common import clean, kvartal_text
from uppfoljning.words.plan import so_many

_MAX_PLANNED = 120


def questions_lead(number: int) -> str:
    """What stands above the questions."""
    if not number:
        return "Inget svar ger anledning till en fråga."
    return (
        "Här liknar svaret det förra, har insatsens datum passerat, har dess lydelse ändrats eller är antalet inte "
        "nått. Det behöver "
        "inte betyda att inget görs: det är frågor att ställa, inte bedömningar."
    )


class Fragetext(NamedTuple):
    """A question, and in a few words why it is asked."""

    kort: str
    fraga: str


def question(lage: Lage, s: Stillestand) -> Fragetext:
    """A question to an aktör about what seems to stand still."""
    earlier = kvartal_text(s.kvartal) if s.kvartal is not None else ""
    day = datum(s.dag) if s.dag is not None else ""
    now = kvartal_text(lage.kvartal)
    planned = shorten(clean(s.vad), _MAX_PLANNED)
    step = "Nästa steg är angivet men ingen dag. När ska det vara klart?"
    short = f"{so_many(s.matt)} {s.matt.enhet}" if s.matt is not None else ""
    kort, fraga = {
        "under_talet": (
            "Genomförd, men antalet är inte nått.",
            f"Enligt svaret för {earlier} är insatsen genomförd, men bara {short} är rapporterade. Är fler gjorda, "
            "eller varför blev det inte fler?",
        ),
        "samma_text": (
            "Nästan samma svar som kvartalet före.",
            f"Svaret för {now} är nästan ordagrant detsamma som för {earlier}. Vad har hänt sedan dess, och vad behövs "
            "för att komma vidare?",
        ),
        "oforandrat": (
            "Oförändrat två kvartal i rad.",
            f"Svaret är oförändrat både för {earlier} och {now}. Är det så det ska vara, eller är det något ni väntar "
            "på?",
        ),
        "inget_att_rapportera": (
            "Inget att rapportera två kvartal i rad.",
            f"Det fanns inget att rapportera vare sig för {earlier} eller {now}. Är det så det ska vara, eller är det "
            "något ni väntar på?",
        ),
        "passerat": (
            "Arbetet pågår fast alla daterade moment har passerat.",
            f"Arbetet pågår, men alla daterade moment har passerat, det sista {day}, och allt är inte rapporterat "
            f"klart. {step if s.nasta_steg else 'Är det klart, och annars när?'}",
        ),
        "allt_klart": (
            "Arbetet pågår utan något datum framåt.",
            "Allt som hade ett datum är klart och arbetet pågår. "
            + (step if s.nasta_steg else "Är insatsen genomförd, eller vad är nästa steg, och vilken dag?"),
        ),
        "planerat_passerat": (
            "En planerad dag har passerat utan nytt besked.",
            f"Enligt svaret för {earlier} var det här planerat till {day}: {sentence(planned)} Blev det av?",
        ),
        "omformulerat": (
            "Insatsen har ändrats efter det senaste svaret.",
            f"Insatsen ändrades {day}, efter det senaste svaret. Gäller svaret också den nya lydelsen?",
        ),
    }[s.slag]
    return Fragetext(kort, clean(fraga))


def stuck_text() -> str:
    """When a question is asked, for the method page."""
    return (
        f"En fråga ställs när ett svar till minst {round(NEARLY * 100)} procent har samma ord i samma ordning som "
        f"kvartalet före (svar på färre än {number_word(FEWEST_WORDS)} ord ska vara lika) och inget nytt är räknat, "
        "klart, planerat, bedömt eller frågat; när svaret två kvartal i rad är oförändrat eller att inget finns att "
        "rapportera; när arbetet pågår fast alla daterade moment har passerat eller blev klara ett tidigare kvartal "
        "och inget datum finns framåt; när en planerad dag har passerat utan nytt besked; och när insatsen har ändrats "
        "efter aktörens senaste svar. Om arbete som är genomfört frågas det bara varför det lovade antalet inte "
        "är nått, tills ett svar säger det, och om avbrutet arbete inte alls."
    )


def rules_text() -> str:
    """The rules for the meeting's order, for the method page."""
    named = [f"{REGEL[regel].lower()} ({plural(minutes, 'minut', 'minuter')})" for regel, minutes in REGLER]
    return (
        f"Mötets ordning följer reglerna i tur och ordning: {lista(named)}. En insats står en gång, vid den första "
        "regel som den uppfyller, med de andra skälen bredvid. Bland beslut kommer den fråga först som skulle ha "
        "avgjorts tidigast. Bland risker kommer de som planen visar före dem som bara aktören ser. Bland dem utan "
        "svar kommer den först som har saknat svar flest kvartal, och insatser utan ansvarig sist; saknar samma "
        f"aktör svar för minst {number_word(SILENT_TOGETHER)} insatser blir de en punkt. Annars gäller "
        f"överenskommelsens ordning. Minuterna är ett förslag för ett möte på {MOTESTID} minuter. Inga poäng eller "
        "vikter används."
    )
