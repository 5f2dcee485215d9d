"""The meeting: the points in order with their reasons in words, and the questions on what stands still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uppfoljning.dagordning import MOTESTID, REGLER, Punkt, Regel, Skal
from uppfoljning.report.andringsord import Andringsord
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.forseningar import late_reason, own_worries
from uppfoljning.report.grundvy import Faktavy
from uppfoljning.report.insats import disagreements
from uppfoljning.report.motesvy import Fragavy, Motespunktvy, Motesvy
from uppfoljning.report.words import aktor_namn, ankare, clean, kvartal_text
from uppfoljning.state import Lage
from uppfoljning.stillestand import Stillestand
from uppfoljning.swedish import capitalized, datum, lista, number_word, plural, sentence, shorten
from uppfoljning.underlag import Underlag

REGELORD: dict[Regel, str] = {
    "beslut": "Beslut behövs",
    "forsenad": "Försenad",
    "oenighet": "Olika svar",
    "risk": "Risk för försening",
    "inget_svar": "Inget svar",
    "star_still": "Står still",
    "utslag": "Siffra har vänt",
}
_MAX_REASON = 170


def meeting_view(
    underlag: Underlag,
    lage: Lage,
    bedomda: Sequence[Bedomd],
    punkter: Sequence[Punkt],
    stillestand: Mapping[str, Sequence[Stillestand]],
) -> Motesvy:
    """The view of the meeting."""
    known = {b.lage.insats.id: b for b in bedomda}
    words = _Motesord(underlag, lage, known, stillestand)
    named = {p.insats for p in punkter}
    others = [b.visat_id for b in bedomda if b.lage.aktuell and b.lage.insats.id not in named]
    fragor = tuple(words.question(known[insats], s) for insats, found in stillestand.items() for s in found)
    return Motesvy(
        ingress=_lead(punkter),
        punkter=tuple(words.point(p) for p in punkter if p.ryms),
        resten=tuple(words.point(p) for p in punkter if not p.ryms),
        ovriga=f"Inget särskilt att ta upp: {lista(others)}." if others else "",
        fragor=fragor,
        fragor_ingress=_QUESTIONS if fragor else "Inget svar ser ut att stå still.",
    )


_QUESTIONS = (
    "Här liknar svaret det förra, eller så har insatsens datum passerat eller dess lydelse ändrats. Det behöver inte "
    "betyda att inget görs: det är frågor att ställa, inte bedömningar."
)


def _lead(punkter: Sequence[Punkt]) -> str:
    if not punkter:
        return "Inget kräver mötets tid: ingen regel för vad som ska tas upp först är uppfylld."
    inside = sum(p.ryms for p in punkter)
    text = f"{capitalized(plural_word(len(punkter)))} ordnade efter fasta regler, med skälet för var och en."
    if inside == len(punkter):
        return f"{text} De tar {punkter[-1].till} minuter i den här ordningen."
    return (
        f"{text} De {number_word(inside)} första ryms på {MOTESTID} minuter; de andra "
        f"{number_word(len(punkter) - inside)} hinns inte med om varje punkt får sin tid."
    )


def plural_word(number: int) -> str:
    """'en punkt' or 'tolv punkter'."""
    return f"{number_word(number)} {'punkt' if number == 1 else 'punkter'}"


class _Motesord:
    """The words for points and questions."""

    def __init__(
        self,
        underlag: Underlag,
        lage: Lage,
        known: Mapping[str, Bedomd],
        stillestand: Mapping[str, Sequence[Stillestand]],
    ) -> None:
        self.underlag = underlag
        self.lage = lage
        self.known = known
        self.stillestand = stillestand

    def point(self, punkt: Punkt) -> Motespunktvy:
        """A point of the meeting."""
        first, *also = punkt.skal
        tid = f"{punkt.fran}–{punkt.till}"
        if punkt.andring is not None:
            (row,) = Andringsord(self.underlag, {}).row(punkt.andring)
            reason = Faktavy(REGELORD[first.regel], row.mening)
            return Motespunktvy(tid, "", row.ankare, row.rubrik, reason, "", "")
        b = self.known[punkt.insats]
        return Motespunktvy(
            tid=tid,
            insats=b.visat_id,
            ankare=ankare(b.lage.insats),
            rubrik=clean(b.lage.insats.rubrik),
            skal=Faktavy(REGELORD[first.regel], shorten(clean(self._reason(b, first)), _MAX_REASON)),
            aven=f"Även: {lista([self._also(s) for s in also])}." if also else "",
            vem=self._who(b, punkt),
        )

    def _reason(self, b: Bedomd, skal: Skal) -> str:
        match skal.regel:
            case "beslut":
                return " ".join(self._questions(b))
            case "forsenad":
                return late_reason(self.underlag, self.lage, b)
            case "risk":
                if b.plan.bedomning == "risk_for_forsening":
                    return late_reason(self.underlag, self.lage, b)
                return " ".join(text for _, text in own_worries(self.underlag, self.lage, b))
            case "oenighet":
                return " ".join(disagreements(self.underlag, self.lage, b.lage))
            case "inget_svar":
                return " ".join(self._silence(b))
            case _:
                return " ".join(self.question(b, s).fraga for s in self.stillestand[b.lage.insats.id][:1])

    def _also(self, skal: Skal) -> str:
        names = lista([aktor_namn(self.underlag, a) for a in skal.aktorer])
        if skal.regel == "inget_svar":
            return f"inget svar från {names}" if names else "ingen ansvarig"
        return REGELORD[skal.regel].lower()

    def _questions(self, b: Bedomd) -> Iterator[str]:
        for post in b.lage.beslut:
            asked = post.svar.beslut_behovs
            if asked is not None:
                by = f" {capitalized(asked.av)} beslutar." if asked.av else ""
                last = ""
                if asked.senast is not None:
                    passed = asked.senast < self.lage.per
                    last = f" {'Behövdes' if passed else 'Behövs'} senast {datum(asked.senast)}."
                yield f"{sentence(asked.fraga)}{by}{last}"

    def _silence(self, b: Bedomd) -> Iterator[str]:
        if not b.lage.aktorer:
            yield "Ingen ansvarig är utsedd, så ingen kan svara."
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                latest = a.besvarade_kvartal[-1] if a.besvarade_kvartal else None
                last = f"svarade senast för {kvartal_text(latest)}" if latest else "har aldrig svarat"
                yield f"{aktor_namn(self.underlag, a.aktor)} {last}."

    def _who(self, b: Bedomd, punkt: Punkt) -> str:
        asked = [a for s in punkt.skal for a in s.aktorer]
        everyone = [a.aktor for a in b.lage.aktorer]
        names = [aktor_namn(self.underlag, a) for a in everyone if a in asked]
        return lista(names) if names else "Ingen utsedd"

    def question(self, b: Bedomd, s: Stillestand) -> Fragavy:
        """A question to an aktör on what seems to stand still."""
        earlier = kvartal_text(s.kvartal) if s.kvartal is not None else ""
        day = datum(s.dag) if s.dag is not None else ""
        now = kvartal_text(self.lage.kvartal)
        text = {
            "samma_text": f"Svaret för {now} är nästan ordagrant detsamma som för {earlier}. "
            "Vad har hänt sedan dess, och vad behövs för att komma vidare?",
            "oforandrat": f"Svaret är oförändrat både för {earlier} och {now}. "
            "Är det så det ska vara, eller är det något ni väntar på?",
            "passerat": f"Arbetet pågår, men alla daterade moment har passerat, det sista {day}, och allt är inte "
            "rapporterat klart. Är det klart, och annars när?",
            "allt_klart": "Allt som hade ett datum är klart och arbetet pågår. Är insatsen genomförd, eller vad är "
            "nästa steg, och vilken dag?",
            "omformulerat": f"Insatsen ändrades {day}, efter det senaste svaret. Gäller svaret också den nya lydelsen?",
        }[s.slag]
        return Fragavy(
            b.visat_id, ankare(b.lage.insats), clean(b.lage.insats.rubrik), aktor_namn(self.underlag, s.aktor), text
        )


def rules_text() -> str:
    """The rules for the meeting's order, for the method page."""
    named = [f"{REGELORD[regel].lower()} ({plural(minutes, 'minut', 'minuter')})" for regel, minutes in REGLER]
    return (
        f"Mötets ordning följer reglerna i tur och ordning: {lista(named)}. En insats står en gång, vid den första "
        "regel som den uppfyller, med de andra skälen bredvid. Inom en regel kommer den fråga först som skulle ha "
        "avgjorts tidigast, och den aktör som saknat svar flest kvartal; annars gäller överenskommelsens ordning. "
        f"Minuterna är ett förslag för ett möte på {MOTESTID} minuter. Inga poäng eller vikter används."
    )


def stuck_text() -> str:
    """When an answer is said to stand still, for the method page."""
    return (
        "En fråga ställs när ett svar till minst 85 procent har samma ord i samma ordning som kvartalet före och inget "
        "nytt är räknat eller klart, när svaret är oförändrat två kvartal i rad, när arbetet pågår fast alla daterade "
        "moment har passerat och inget datum finns framåt, och när insatsen har ändrats efter aktörens senaste svar."
    )
