"""Insatser that are late or at risk, and those where an aktör sees a risk itself: rows and reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.model import Planbedomning
from uppfoljning.report.bedomd import Bedomd
from uppfoljning.report.grundvy import Statusvy
from uppfoljning.report.insats import status_view
from uppfoljning.report.view import Radvy
from uppfoljning.report.words import aktor_namn, ankare, clean, kvartal_text, short_title
from uppfoljning.state import Aktorslage, Lage
from uppfoljning.swedish import capitalized, sentence, shorten
from uppfoljning.terms import LATE
from uppfoljning.underlag import Underlag, ended

MAX_TEXT = 105
OWN_WORRY: dict[Planbedomning, str] = {
    "forsenad": "Aktören ser försening",
    "risk_for_forsening": "Aktören ser risk",
}
"""What an aktör's own judgement is called where the derivation says otherwise."""


def late_reason(underlag: Underlag, lage: Lage, b: Bedomd) -> str:
    """Only what makes an insats late or a risk, of all that is said of its plan."""
    if b.plan.overstyrd_av is not None:
        a = next(a for a in b.lage.aktorer if a.aktor == b.plan.overstyrd_av)
        return f"{speaker(underlag, lage, a)}: {sentence(b.plan.overstyrd_skal or '')}"
    reasons = [d.text for d in b.plan.delar if d.bedomning == b.plan.bedomning]
    return " ".join(f"{capitalized(reason)}." for reason in reasons)


def late_row(underlag: Underlag, lage: Lage, b: Bedomd, most: int = MAX_TEXT) -> Radvy:
    """An insats that is late or at risk, with only the reason for that."""
    insats = b.lage.insats
    text = shorten(clean(late_reason(underlag, lage, b)), most)
    return Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status_view(b.lage, b.plan), text)


def speaker(underlag: Underlag, lage: Lage, a: Aktorslage) -> str:
    """Who says what is quoted, with the quarter when it was said for an earlier one."""
    name = aktor_namn(underlag, a.aktor)
    if a.innehall is None or a.innehall.post.target[2] == lage.kvartal:
        return name
    return f"{name} ({kvartal_text(a.innehall.post.target[2])})"


def sees_risk(b: Bedomd) -> bool:
    """Whether an aktör sees a risk or a delay that the derivation doesn't, or has overridden one."""
    if b.plan.bedomning in LATE:
        return False
    return any(a.egen_bedomning in LATE for a in b.lage.aktorer)


def own_worries(underlag: Underlag, lage: Lage, b: Bedomd) -> Iterator[tuple[Aktorslage, str]]:
    """Every aktör that sees a risk or a delay itself, with why, as it says so."""
    for a in b.lage.aktorer:
        if a.egen_bedomning in LATE and a.innehall is not None:
            svar = a.innehall.post.svar
            why = svar.avvikelse or svar.orsak or svar.kommentar or ""
            who = speaker(underlag, lage, a)
            yield a, clean(f"{who}: {sentence(why)}" if why else f"{who}.")


def own_risk(underlag: Underlag, lage: Lage, current: Sequence[Bedomd]) -> list[Radvy]:
    """Insatser where an aktör sees a risk or a delay that the derivation doesn't."""
    rows = []
    for b in current:
        if not sees_risk(b) or ended(b.lage.insats, lage.per) is not None:
            continue
        for a, text in own_worries(underlag, lage, b):
            status = Statusvy("egen_bedomning", OWN_WORRY[a.egen_bedomning or "risk_for_forsening"])
            insats = b.lage.insats
            rows.append(Radvy(b.visat_id, short_title(insats.rubrik), ankare(insats), status, shorten(text, MAX_TEXT)))
    return rows
