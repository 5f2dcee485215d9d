"""What ``skicka`` shows before and after: the message, who is to have it, and how it stands with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from uppfoljning.swedish import lista, plural
from uppfoljning.utskick.brev import storlek
from uppfoljning.utskick.urval import Vald
from uppfoljning.utskicksflode import Utskick


def preview(utskick: Utskick, target: Path, igen: tuple[Vald, ...], command: str) -> Iterator[str]:
    """Everything that would be sent, and to whom. ``command`` sends it; empty when that is what is being done."""
    rapport, avsandare, urval = utskick.rapport, utskick.lista.avsandare, utskick.urval
    if not urval.att_skicka and not igen:
        yield "Ingen återstår att skicka till."
        yield from outcome_lines(utskick)
        return
    brev = utskick.brev()
    yield "Förhandsvisning: inget skickas." if command else "Det här skickas:"
    yield ""
    yield f"Från      {avsandare.namn} <{avsandare.adress.visad}>"
    if avsandare.svar_till is not None:
        yield f"Svar till {avsandare.svar_till.visad}"
    yield f"Till      {rapport.forum_namn}: {len(urval.alla)} mottagare, ett brev var"
    again = {v.nyckel for v in igen}
    for vald in urval.alla:
        yield f"            {_name(vald)}: {_standing(vald, utskick, again)}"
    yield f"Ämne      {brev.amne}"
    yield f"Bilaga    {rapport.namn}, {storlek(len(rapport.innehall))}"
    yield f"          SHA-256 {rapport.sha256}"
    yield f"          {utskick.fil} ({'gjord nu' if utskick.nygjord else 'samma fil som ligger där'})"
    yield "Text"
    yield from (f"  | {line}".rstrip() for line in brev.text.rstrip("\n").split("\n"))
    yield ""
    yield from _warnings(utskick)
    yield f"Brevet som fil, att öppna i ett e-postprogram och skicka därifrån: {target}"
    yield "  Mottagarna står där som hemlig kopia. Skickar du så: skriv sedan upp det med --framme alla."
    if command:
        yield f"Skicka härifrån: {command}"


def _warnings(utskick: Utskick) -> Iterator[str]:
    urval, rapport = utskick.urval, utskick.rapport
    if utskick.nygjord:
        yield "Obs: rapporten fanns inte i rapporter/ och har gjorts nu. Läs den innan du skickar."
    if urval.ny_version:
        days = lista(sorted({v.ersatter.isoformat() for v in urval.ny_version if v.ersatter is not None}))
        yield f"Obs: {len(urval.ny_version)} mottagare har redan fått en annan version ({days}). Nu får de en ny."
    if urval.okanda:
        yield f"Obs: för {len(urval.okanda)} mottagare är det okänt om rapporten har kommit fram. De får den inte igen"
        yield "  förrän du säger till. Fråga dem, eller den som sköter e-posten. Sedan:"
        yield "  har den kommit: --framme ADRESS   har den inte kommit: --skicka-igen ADRESS --skarpt"
    if not rapport.stangd and rapport.slag != "slut":
        close = f"uppfoljning frys {rapport.period}"
        yield f"Obs: {rapport.period} är inte stängt, så rapporten kan bli en annan senare. Stäng med {close}."


def outcome_lines(utskick: Utskick) -> Iterator[str]:
    """How it stands with each, and with all together."""
    urval, namn = utskick.urval, utskick.rapport.namn
    yield from (f"{_name(v)}: {_after(v, utskick)}" for v in urval.alla)
    yield f"{len(urval.skickade)} av {plural(len(urval.alla), 'mottagare', 'mottagare')} har fått {namn}."
    if urval.okanda:
        yield "Där det är okänt: fråga mottagaren. Sedan --framme ADRESS, eller --skicka-igen ADRESS --skarpt."
    if len(urval.skickade) + len(urval.okanda) < len(urval.alla):
        yield "Där det står att någon inte har fått den: kör samma kommando igen när felet är avhjälpt."


def _name(vald: Vald) -> str:
    m = vald.mottagare
    return f"{m.namn} <{m.adress.visad}>" if m.namn else m.adress.visad


def _standing(vald: Vald, utskick: Utskick, again: set[str]) -> str:
    """Where one receiver's report stands, and what happens now."""
    lage, when = vald.lage, _local(vald.lage.tid)
    if vald in utskick.urval.skickade:
        return f"har fått den{' enligt dig' if lage.handelse == 'framme' else ''} ({when})"
    if vald.nyckel in again:
        return "skickas igen, som du har sagt"
    if vald in utskick.urval.okanda:
        if lage.lage == "reserverad":
            return f"okänt om den har kommit fram (körningen {lage.korning} tog på sig den {when})"
        return f"okänt om den har kommit fram ({when}{'; ' + lage.svar if lage.svar else '; utskicket avbröts'})"
    if vald not in utskick.urval.att_skicka:
        return "skickas inte nu: den här körningen har inte reserverat den"
    if lage.lage == "inte" and lage.svar:
        return f"ska skickas; gick inte förra gången ({when}; {lage.svar})"
    return "ska skickas"


def _after(vald: Vald, utskick: Utskick) -> str:
    if vald.lage.lage in {"ny", "inte"}:
        return f"har inte fått den{f' ({vald.lage.svar})' if vald.lage.svar else ''}"
    return _standing(vald, utskick, set())


def _local(tid: str) -> str:
    return datetime.fromisoformat(tid).astimezone().strftime("%Y-%m-%d %H:%M") if tid else ""
