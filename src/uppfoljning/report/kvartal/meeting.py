"""The meeting: the points in order with their reasons in words, and the questions on what stands still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uppfoljning.facts.dagordning import MOTESTID, Punkt, Skal
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.facts.stillestand import Stillestand
from uppfoljning.model.codes import RESTING, STOPPED
from uppfoljning.model.underlag import Underlag, ended
from uppfoljning.report.anchors import ankare
from uppfoljning.report.sections.changes import row_view
from uppfoljning.report.views.base import Ankarvy, Faktavy
from uppfoljning.report.views.parts import Fragavy, Motespunktvy, Motesvy
from uppfoljning.text.swedish import capitalized, datum, lista, lower_first, number_word, sentence, shorten
from uppfoljning.words.changes import Andringsord
from uppfoljning.words.codes import OWN_WORRY, REGEL
from uppfoljning.words.common import aktor_namn, clean, kvartal_text, name_of, needed_by, short_title
from uppfoljning.words.insats import disagreements
from uppfoljning.words.lage import halted_reason, late_reason, own_worries
from uppfoljning.words.meeting import question, questions_lead

_MAX_REASON = 170
_MAX_SILENT = 3
"""How many are named in the reason; all of them stand beside it, as those who should answer."""


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
    named = {insats for p in punkter for insats in p.insatser}
    others = [b.visat_id for b in bedomda if b.lage.aktuell and b.lage.insats.id not in named]
    fragor = tuple(_question(underlag, lage, known[insats], s) for insats, found in stillestand.items() for s in found)
    return Motesvy(
        ingress=_lead(punkter),
        punkter=tuple(words.point(p) for p in punkter if p.ryms),
        resten=tuple(words.point(p) for p in punkter if not p.ryms),
        ovriga=f"Inget särskilt att ta upp: {lista(others)}." if others else "",
        fragor=fragor,
        fragor_ingress=questions_lead(len(fragor)),
    )


def _question(underlag: Underlag, lage: Lage, b: Bedomd, s: Stillestand) -> Fragavy:
    insats, text = b.lage.insats, question(lage, s)
    return Fragavy(
        b.visat_id, ankare(insats), short_title(insats.rubrik), aktor_namn(underlag, s.aktor), text.fraga, text.kort
    )


def _lead(punkter: Sequence[Punkt]) -> str:
    if not punkter:
        return "Inget kräver mötets tid: ingen regel för vad som ska tas upp först är uppfylld."
    inside = sum(p.ryms for p in punkter)
    if len(punkter) == 1:
        return f"En punkt, enligt fasta regler, med skälet bredvid. Den tar {punkter[0].till} minuter."
    text = f"Här är {number_word(len(punkter))} punkter, ordnade efter fasta regler, med skälet för var och en."
    if inside == len(punkter):
        return f"{text} Tillsammans tar de {punkter[-1].till} minuter."
    left = len(punkter) - inside
    rest = "den sista hinns" if left == 1 else f"de {number_word(left)} sista hinns"
    fits = f"De {number_word(inside)} första ryms på {MOTESTID} minuter"
    return f"{text} {fits}; {rest} inte med om varje punkt får sin tid."


def _few(names: Sequence[str]) -> str:
    """The names, or how many they are."""
    return lista(names) if len(names) <= _MAX_SILENT else f"{number_word(len(names))} aktörer"


class _Motesord:
    """The words for points."""

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
            (row,) = map(row_view, Andringsord(self.underlag, {}).text(punkt.andring))
            fran, till = punkt.andring.fran, punkt.andring.till
            same = fran is not None and till is not None and fran.ord == till.ord
            label = "Källan har ändrat siffran" if same else REGEL[first.regel]
            turned = Faktavy(label, shorten(row.mening, _MAX_REASON))
            return Motespunktvy(tid, (), row.ankare, row.rubrik, turned, "", "")
        about = [self.known[insats] for insats in punkt.insatser]
        b = about[0]
        one = len(about) == 1
        end = ended(b.lage.insats, self.lage.per)
        over = f"Insatsen slutade {datum(end)}." if end is not None else ""
        reason = self._reason(b, first) if one else self._together(about, first)
        return Motespunktvy(
            tid=tid,
            insatser=tuple(Ankarvy(x.visat_id, ankare(x.lage.insats)) for x in about),
            ankare="",
            rubrik=short_title(b.lage.insats.rubrik) if one else "",
            skal=Faktavy(self._label(b, first), shorten(clean(reason), _MAX_REASON)),
            aven=" ".join(filter(None, (f"Även: {lista([self._also(b, s) for s in also])}." if also else "", over))),
            vem=self._who(b, punkt),
        )

    def _label(self, b: Bedomd, skal: Skal) -> str:
        if skal.regel != "risk" or b.plan.bedomning == "risk_for_forsening":
            return REGEL[skal.regel]
        return OWN_WORRY[
            "forsenad" if any(a.egen_bedomning == "forsenad" for a in b.lage.aktorer) else "risk_for_forsening"
        ]

    def _reason(self, b: Bedomd, skal: Skal) -> str:
        match skal.regel:
            case "beslut":
                return self._questions(b)
            case "forsenad":
                return late_reason(self.underlag, self.lage, b)
            case "avbruten" | "pausad":
                codes = STOPPED if skal.regel == "avbruten" else RESTING
                return " ".join(
                    halted_reason(self.underlag, self.lage, a) for a in b.lage.aktorer if a.genomforande in codes
                )
            case "risk":
                if b.plan.bedomning == "risk_for_forsening":
                    return late_reason(self.underlag, self.lage, b)
                return " ".join(text for _, text in own_worries(self.underlag, self.lage, b))
            case "oenighet":
                return " ".join(disagreements(self.underlag, self.lage, b.lage))
            case "inget_svar":
                return " ".join(self._silence(b))
        found = self.stillestand[b.lage.insats.id]
        return question(self.lage, found[0]).kort

    def _together(self, about: Sequence[Bedomd], skal: Skal) -> str:
        names = lista([aktor_namn(self.underlag, a) for a in skal.aktorer])
        number = number_word(len(about))
        return f"{names} har inte svarat för de här {number} insatserna. Vad gäller nu, och när kommer svaren?"

    def _also(self, b: Bedomd, skal: Skal) -> str:
        names = _few([aktor_namn(self.underlag, a) for a in skal.aktorer])
        if skal.regel == "inget_svar":
            return f"inget svar från {names}" if names else "ingen ansvarig"
        return lower_first(self._label(b, skal))

    def _questions(self, b: Bedomd) -> str:
        """The question to be settled first, and how many more there are."""
        asked = [f.fraga for f in b.lage.beslut]
        asked.sort(key=lambda x: (x.senast is None, x.senast))
        first = asked[0]
        parts = [sentence(first.fraga)]
        if first.av:
            parts.append(f"{capitalized(first.av)} beslutar.")
        if first.senast is not None:
            parts.append(f"{needed_by(first.senast, self.lage.per)}.")
        if len(asked) > 1:
            more = len(asked) - 1
            parts.append(f"Och {number_word(more)} {'fråga' if more == 1 else 'frågor'} till.")
        return " ".join(parts)

    def _silence(self, b: Bedomd) -> Iterator[str]:
        if not b.lage.aktorer:
            yield "Ingen ansvarig är utsedd, så ingen kan svara."
        by_last: dict[str, list[str]] = {}
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                latest = a.besvarade_kvartal[-1] if a.besvarade_kvartal else None
                never = "har aldrig svarat" if len(a.saknade_kvartal) > 1 else "har inte svarat"
                last = f"svarade senast för {kvartal_text(latest)}" if latest else never
                by_last.setdefault(last, []).append(name_of(a))
        for last, names in by_last.items():
            yield f"{capitalized(_few(names))} {last}."

    def _who(self, b: Bedomd, punkt: Punkt) -> str:
        asked = [a for s in punkt.skal for a in s.aktorer]
        everyone = [a.aktor for a in b.lage.aktorer]
        names = [aktor_namn(self.underlag, a) for a in everyone if a in asked]
        return lista(names) if names else "Ingen utsedd"
