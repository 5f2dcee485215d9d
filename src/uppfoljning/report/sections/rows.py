"""Rows that several reports share: an insats with its status, who owes answers, a huvudområde at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Insatslage, Lage
from uppfoljning.facts.plan import Bedomd, Planlage, Visat, halted_by, sees_risk
from uppfoljning.model.codes import LATE, STOPPED
from uppfoljning.model.underlag import Underlag, ended
from uppfoljning.report.anchors import ankare
from uppfoljning.report.views.base import Ankarvy, Statusvy
from uppfoljning.report.views.kvartal import Lagesradvy, Radvy, Saknasvy
from uppfoljning.text.swedish import number_word, shorten
from uppfoljning.words.codes import GENOMFORANDE, OWN_WORRY, VISAT
from uppfoljning.words.common import aktor_namn, clean, is_part, short_title
from uppfoljning.words.lage import count_text, halted_reason, late_reason, own_worries
from uppfoljning.words.problem import problem_sentence

MAX_TEXT = 105
"""What a row's reason may take on page one."""
_MAX_IDS = 12


def plan_status(visat: Visat, antal: int | None = None) -> Statusvy:
    """A plan status, with a count where several are meant."""
    return Statusvy(visat, VISAT[visat], "" if antal is None else str(antal))


def status_view(insats_lage: Insatslage, plan: Planlage) -> Statusvy:
    """The plan status, or that the insats isn't part of the quarter."""
    if insats_lage.aktuell:
        return plan_status(plan.visat)
    return Statusvy("inte_aktuell", "Inte aktuell i kvartalet")


def late_row(underlag: Underlag, lage: Lage, b: Bedomd, most: int = MAX_TEXT) -> Radvy:
    """An insats that is late or at risk, with only the reason for that."""
    insats = b.lage.insats
    text = shorten(clean(late_reason(underlag, lage, b)), most)
    return Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status_view(b.lage, b.plan), text)


def deviating_rows(underlag: Underlag, lage: Lage, current: Sequence[Bedomd], most: int = MAX_TEXT) -> list[Radvy]:
    """What deviates from what is promised: late, at risk, then what is stopped or paused, each with its reason."""
    late = sorted((b for b in current if b.plan.bedomning in LATE), key=lambda b: b.plan.bedomning != "forsenad")
    rows = [late_row(underlag, lage, b, most) for b in late]
    halted = [(b, a) for b in current if b.plan.bedomning not in LATE for a in halted_by(b, lage.per)]
    halted.sort(key=lambda found: found[1].genomforande not in STOPPED)
    for b, a in halted:
        status = Statusvy(a.genomforande or "", GENOMFORANDE[a.genomforande or "pausad"])
        text = shorten(clean(halted_reason(underlag, lage, a)), most)
        rows.append(Radvy(b.visat_id, short_title(b.lage.insats.rubrik), ankare(b.lage.insats), status, text))
    return rows


def own_risk(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Radvy]:
    """Insatser where an aktör sees a risk or a delay that the derivation doesn't."""
    rows = []
    for b in current:
        if not sees_risk(b) or ended(b.lage.insats, lage.per) is not None:
            continue
        halted = {a.aktor for a in halted_by(b, lage.per)}
        for a, text in own_worries(underlag, lage, b):
            if a.aktor in halted:  # told as stopped or paused, for the same reason
                continue
            status = Statusvy("egen_bedomning", OWN_WORRY[a.egen_bedomning or "risk_for_forsening"])
            insats = b.lage.insats
            rows.append(Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status, shorten(text, MAX_TEXT)))
    return rows


def missing(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    """Who owes answers for the quarter and on what, and the insatser that nobody answers for."""
    nobody = [Ankarvy(b.visat_id, ankare(b.lage.insats)) for b in current if not b.lage.aktorer]
    rows = silent(underlag, current)
    return [*rows, Saknasvy("Ingen ansvarig", tuple(nobody), "ingen kan svara")] if nobody else rows


def silent(underlag: Underlag, current: Sequence[Bedomd]) -> list[Saknasvy]:
    """Who owes answers for the quarter, and on what."""
    by_aktor: dict[str, list[Ankarvy]] = {}
    for b in current:
        for a in b.lage.aktorer:
            if a.status == "inget_svar":
                by_aktor.setdefault(a.aktor, []).append(Ankarvy(b.visat_id, ankare(b.lage.insats)))
    return [
        Saknasvy(
            aktor_namn(underlag, aktor),
            tuple(insatser[:_MAX_IDS]),
            "aktör ej utsedd" if is_part(underlag, aktor) else "",
            f" och {number_word(len(insatser) - _MAX_IDS)} till" if len(insatser) > _MAX_IDS else "",
        )
        for aktor, insatser in by_aktor.items()
    ]


def overview(underlag: Underlag, bedomda: Sequence[Bedomd], siffror: Sifferlage) -> list[Lagesradvy]:
    """A row for each huvudområde: how its work goes, and how its problem develops."""
    rows = []
    for huvudomrade in underlag.huvudomraden:
        mine = [b for b in bedomda if b.lage.huvudomrade is huvudomrade and b.lage.aktuell]
        counts = Counter(b.plan.visat for b in mine)
        number, answers = count_text(mine)
        rows.append(
            Lagesradvy(
                rubrik=clean(huvudomrade.rubrik),
                ankare=f"huvudomrade-{huvudomrade.id.lower()}",
                antal=number,
                statusar=tuple(plan_status(code, counts[code]) for code in VISAT if counts[code]),
                svar=answers,
                problemet=problem_sentence(siffror, huvudomrade),
            )
        )
    return rows
