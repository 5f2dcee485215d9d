"""What an insats is and how it goes, in words: how often, how many, why the plan is judged so, who says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from uppfoljning.facts.events import Handelse
from uppfoljning.facts.lage import Insatslage, Lage
from uppfoljning.facts.oenighet import find_oenighet
from uppfoljning.facts.places import elsewhere
from uppfoljning.facts.plan import Planlage, Utgangen
from uppfoljning.facts.redact.small_counts import SMALL
from uppfoljning.model import Frekvens, Malsattning
from uppfoljning.model.codes import LATE
from uppfoljning.model.underlag import Svarspost, Underlag, shown_id
from uppfoljning.text.swedish import antal, capitalized, datum, lista, number_word, sentence
from uppfoljning.words.codes import AIM, HISTORIK, OWN_WORRY_INSIDE, PER_PERIOD, PLAN, TAKT, stated_word
from uppfoljning.words.common import aktor_namn, clean, kvartal_text, name_of
from uppfoljning.words.plan import describe


def _said_for(lage: Lage, plan: Planlage) -> str:
    """' i svaret för kvartal 2 2022' where an override stands in an earlier quarter's answer."""
    given = plan.overstyrd_kvartal
    return f" i svaret för {kvartal_text(given)}" if given is not None and given != lage.kvartal else ""


def _lapsed(underlag: Underlag, found: Utgangen) -> str:
    """That an override no longer holds, and why."""
    who, day = aktor_namn(underlag, found.aktor), datum(found.frist)
    return (
        f"Bedömningen som {who} satte i svaret för {kvartal_text(found.kvartal)} ({PLAN[found.plan].lower()}) har gått "
        f"ut: dagen den gällde, {day}, har passerat."
    )


def plan_text(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> str:
    """Why the status is what it is."""
    if not insats_lage.aktuell:
        return "Insatsen ingår inte i kvartalet."
    text = " ".join((describe(plan), *(_lapsed(underlag, found) for found in plan.utgangna)))
    if plan.overstyrd_av is None:
        return clean(text)
    who = f"{aktor_namn(underlag, plan.overstyrd_av)} har själv satt bedömningen{_said_for(lage, plan)}"
    reason, derived = sentence(plan.overstyrd_skal or ""), PLAN[plan.harledd].lower()
    return clean(f"{who}: {reason} Enligt datum och antal: {derived}. {text}")


def flags(underlag: Underlag, lage: Lage, insats_lage: Insatslage, plan: Planlage) -> tuple[str, ...]:
    """What qualifies the status: missing answers and how old the last are, an override, an aktör who sees a risk."""
    due = [a for a in insats_lage.aktorer if a.status != "behovs_inte"]
    missing = [a for a in due if a.status == "inget_svar"]
    seen = []
    if plan.overstyrd_av is not None and plan.harledd in LATE and plan.bedomning not in LATE:
        who = f"{aktor_namn(underlag, plan.overstyrd_av)}{_said_for(lage, plan)}"
        seen.append(f"Satt av {who}; härlett: {PLAN[plan.harledd].lower()}.")
    if plan.bedomning == "enligt_plan":
        for a in insats_lage.aktorer:
            if a.egen_bedomning in LATE:
                seen.append(f"{name_of(a)} {OWN_WORRY_INSIDE[a.egen_bedomning]}.")
    seen += _elsewhere(insats_lage)
    if not missing:
        return tuple(seen)
    if len(due) == 1:
        text = "Svar saknas"
    elif len(missing) == len(due):
        text = "Båda svaren saknas" if len(due) == 2 else "Alla svar saknas"
    else:
        names = lista([name_of(a) for a in missing])
        number = capitalized(number_word(len(missing), neuter=True))
        text = f"{number} av {number_word(len(due))} svar saknas: {names}"
    latest = [a.innehall.post.target[2] for a in insats_lage.aktorer if a.innehall is not None]
    if len(missing) == len(due) and latest:
        text += f"; det senaste gäller {kvartal_text(max(latest))}"
    return (f"{text}.", *seen)


def _elsewhere(insats_lage: Insatslage) -> Iterator[str]:
    """That something has been done at another place than the promised ones."""
    for found in elsewhere(insats_lage):
        h = found.handelse.handelse
        when = f" {datum(h.datum)}" if h.datum is not None else ""
        promised = lista(list(found.lovade), "eller")
        said = "planerat var" if found.planerad else "lovat är"
        yield clean(f"{capitalized(insats_lage.enhet or found.handelse.vad)}: {h.plats}{when}, {said} {promised}.")


def individual_counts(post: Svarspost) -> str:
    """What may be told of counts about individuals: 'samtal: 12; hembesök: <5 (färre än fem)'."""

    def told(number: int | Literal["fa", "manga"]) -> str:
        if number == "fa":
            return f"<{SMALL} (färre än {number_word(SMALL)})"
        return f"minst {SMALL}" if number == "manga" else antal(number)

    return "; ".join(f"{found.enhet}: {told(found.antal)}" for found in post.individantal)


def frekvens_text(frekvens: Frekvens) -> str:
    """How often, as agreed: '3 per år', 'dagligen (dagliga rapporter från polisen)'."""
    words = []
    if frekvens.antal is not None and frekvens.per is not None:
        words.append(f"{'minst ' if frekvens.minst else ''}{antal(frekvens.antal)} per {PER_PERIOD[frekvens.per]}")
        words += [f"({antal(number)} under {ar})" for ar, number in sorted(frekvens.antal_ar.items())]
    elif frekvens.takt is not None:
        words.append(TAKT[frekvens.takt])
    if frekvens.ord is not None:
        words.append(frekvens.ord if not words else f"({frekvens.ord})")
    return " ".join(words)


def mal_text(mal: Malsattning) -> str:
    """The aim, without where it starts from: '6 trygghetsvandringar', 'antalet poliser (ska öka)'."""
    words = []
    if mal.antal is not None:
        least = "minst " if mal.minst else ""
        words.append(f"{least}{antal(mal.antal)} {mal.enhet}" + (f" senast {mal.senast.text}" if mal.senast else ""))
    if mal.riktning is not None:
        words.append(f"({AIM[mal.riktning]})")
    if mal.ord is not None:
        words.insert(0, mal.ord)
    return " ".join(words)


def event_name(event: Handelse) -> str:
    """What an event is called; one that is said not to count says so."""
    return event.vad if event.handelse.raknas is not False else f"{event.vad} som inte räknas"


def so_far(insats_lage: Insatslage, aktor: str | None) -> str:
    """What an aktör has reported up to now, of what no plan counts: '12 möten'."""
    if insats_lage.enhet is not None:
        return ""
    return lista([f"{antal(number)} {unit}" for unit, number in insats_lage.reported_by(aktor).items()])


def history(underlag: Underlag, lage: Lage, insats_lage: Insatslage) -> tuple[str, ...]:
    """What has changed in the insats itself, and which answers have been corrected."""
    huvud = {i.id: h for h, i, _ in underlag.insatser()}
    lines = []
    for change in insats_lage.insats.historik:
        if change.datum > lage.kvartal.slut:
            continue
        line = ("(Påhittat exempel) " if change.exempel else "") + f"{HISTORIK[change.handelse]} {datum(change.datum)}"
        if change.ersatt_av:
            line += f" av {shown_id(huvud[change.ersatt_av], change.ersatt_av)}"
        if change.andring:
            line += f": {sentence(change.andring)} Skäl: {sentence(change.skal)}"
        else:
            line += f". Skäl: {sentence(change.skal)}"
        lines.append(clean(line))
    for gallande in insats_lage.rattade:
        rattar = gallande.post.svar.rattar
        if rattar is not None:
            name = aktor_namn(underlag, gallande.post.aktor)
            lines.append(
                clean(
                    f"{name} rättade {datum(gallande.post.lamnad)} sitt svar för {kvartal_text(rattar.kvartal)}: "
                    f"{sentence(rattar.skal)}"
                )
            )
    return tuple(lines)


def disagreements(underlag: Underlag, lage: Lage, insats_lage: Insatslage) -> tuple[str, ...]:
    """Where the aktörer say different things: how far the work has come, whether the plan holds, or a count."""
    lines = []
    for found in find_oenighet(insats_lage, lage.kvartal):
        said = [(aktor_namn(underlag, aktor), value) for aktor, value in found.sagt]
        if found.slag == "antal":
            told = lista([f"{name} anger {antal(int(number))}" for name, number in said])
            used = f" Antalet från {aktor_namn(underlag, found.galler)} gäller." if found.galler else ""
            lines.append(f"{told} {found.enhet} för {kvartal_text(lage.kvartal)}.{used}")
        else:
            told = lista([f"{name} svarar ”{stated_word(value).lower()}”" for name, value in said])
            lines.append(f"{told}.")
    return tuple(clean(line) for line in lines)
