"""What ``skicka`` shows before and after: the message, who is to have it, and how it stands with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from uppfoljning.mail.message import storlek
from uppfoljning.mail.select import Urval, Vald
from uppfoljning.model.mottagare import Mottagare
from uppfoljning.pipeline.utskick import Utskick
from uppfoljning.text.personal_data.find import mask


class Visning(NamedTuple):
    """What is shown: who is sent it now, ``igen`` among them by a person's word, and the draft's file, if it was made.

    ``kommando`` is the command without what sends. ``masked``: without names and persons' addresses.
    """

    utskick: Utskick
    valda: tuple[Vald, ...]
    igen: tuple[Vald, ...]
    eml: str
    kommando: str
    masked: bool

    def namn(self, mottagare: Mottagare) -> str:
        """What a receiver is called."""
        return _name(self.utskick.urval, mottagare, masked=self.masked)


def preview(visning: Visning) -> Iterator[str]:
    """Everything that would be sent, and to whom."""
    utskick, real = visning.utskick, not visning.eml
    rapport, avsandare, urval = utskick.rapport, utskick.lista.avsandare, utskick.urval
    if not visning.valda:
        yield from outcome_lines(urval, rapport.namn, visning.kommando, masked=visning.masked)
        yield "Det finns ingen kvar att skicka till nu."
        return
    brev = utskick.brev()
    yield "Det här skickas:" if real else "Förhandsvisning: inget skickas."
    yield ""
    yield _shown(f"Från      {avsandare.namn} <{avsandare.adress.visad}>", masked=visning.masked)
    if avsandare.svar_till is not None:
        yield _shown(f"Svar till {avsandare.svar_till.visad}", masked=visning.masked)
    yield f"Till      {rapport.forum_namn}: {len(urval.alla)} mottagare, ett mejl till var och en"
    again = {v.nyckel for v in visning.igen}
    for vald in urval.alla:
        yield f"            {visning.namn(vald.mottagare)}: {_standing(vald, urval, again)}"
    yield f"Ämne      {brev.amne}"
    yield f"Bilaga    {rapport.namn}, {storlek(len(rapport.innehall))}"
    yield f"          SHA-256 {rapport.id.sha256}"
    yield f"          {utskick.fil} ({_made(utskick)})"
    yield "Text"
    yield from (f"  | {line}".rstrip() for line in brev.text.rstrip("\n").split("\n"))
    yield ""
    yield from _warnings(utskick, visning.kommando, again)
    if real:
        return
    yield f"Mejlet som fil, att öppna i ett e-postprogram och skicka därifrån: {visning.eml}"
    yield "  Mottagarna står där som hemlig kopia. Skickar du så, skriv sedan upp det:"
    yield f"    {visning.kommando.partition(' --skicka-igen')[0]} --framme alla"
    yield f"Skicka härifrån: {visning.kommando} --skarpt"


def _shown(text: str, *, masked: bool) -> str:
    return mask(text) if masked else text


def _made(utskick: Utskick) -> str:
    if not utskick.nygjord:
        return "filen i rapporter/, oförändrad"
    return "den stängda rapporten, lagd här nu" if utskick.rapport.stangd else "gjord nu"


def _warnings(utskick: Utskick, command: str, again: set[str]) -> Iterator[str]:
    urval, rapport = utskick.urval, utskick.rapport
    if utskick.nygjord and not rapport.stangd:
        yield "Obs: rapporten fanns inte i rapporter/ och har gjorts nu. Läs den innan du skickar."
    if rapport.utan_svar:
        yield f"Obs: inget svar har kommit för {rapport.period}. Är det rätt period?"
    if rapport.intern:
        yield f"Obs: rapporten kan ha interna anteckningar, som bara {rapport.forum_namn} ska se."
    if urval.ny_version:
        yield f"Obs: {len(urval.ny_version)} mottagare har fått, eller kan ha fått, en annan version. Den här går"
        yield "  till dem som ny version."
        if len(urval.ny_version) < len(urval.att_skicka):
            yield "  Texten ovan gäller dem. De andra får den utan raderna om ny version, om den skickas härifrån."
    yield from _overtaken(urval)
    unknown = [v for v in urval.okanda if v.nyckel not in again]
    if unknown:
        yield f"Obs: för {len(unknown)} mottagare är det okänt om rapporten har kommit fram, och den skickas inte igen"
        yield "  förrän du säger till. Fråga mottagaren, eller den som sköter e-posten. Sedan:"
        yield from _settling(command)
    if not rapport.stangd and utskick.kind.closes:
        close = f"uppfoljning frys {rapport.period}"
        yield f"Obs: {rapport.period} är inte stängt, så rapporten kan bli en annan. När den är avstämd: {close}."


def _overtaken(urval: Urval) -> Iterator[str]:
    if urval.overspelade:
        yield f"Obs: {len(urval.overspelade)} mottagare har fått den här och sedan en nyare. Den här skickas inte igen."


def _settling(command: str) -> Iterator[str]:
    command = command.partition(" --skicka-igen")[0]
    yield f"    om den har kommit: {command} --framme ADRESS"
    yield f"    om den inte har kommit: {command} --skicka-igen ADRESS --skarpt"


def outcome_lines(urval: Urval, namn: str, command: str, *, masked: bool) -> Iterator[str]:
    """How it stands with each, and with all together."""
    yield from (f"{_name(urval, v.mottagare, masked=masked)}: {_after(v, urval)}" for v in urval.alla)
    yield f"{len(urval.skickade)} av {len(urval.alla)} mottagare har fått {namn}."
    yield from _overtaken(urval)
    if urval.okanda:
        yield "Där det är okänt: fråga mottagaren, eller den som sköter e-posten. Sedan:"
        yield from _settling(command)
    left = [v for v in urval.alla if v.lage.lage in {"ny", "inte"}]
    if any(v.lage.handelse == "avvisad" for v in left):
        yield "Där servern har avvisat adressen: kontrollera den i data/mottagare.yaml."
    if left:
        yield f"De som inte har fått den får den med: {command.partition(' --skicka-igen')[0]} --skarpt"


def _name(urval: Urval, mottagare: Mottagare, *, masked: bool) -> str:
    """The receiver as the list has it; masked, by the place in it."""
    adress = mottagare.adress.visad
    if masked:
        number = next(n for n, v in enumerate(urval.alla, 1) if v.mottagare.adress == mottagare.adress)
        return f"Mottagare {number} <{mask(adress)}>"
    return f"{mottagare.namn} <{adress}>" if mottagare.namn else adress


def _standing(vald: Vald, urval: Urval, again: set[str]) -> str:
    """Where one receiver's report stands, and what happens now."""
    lage, when = vald.lage, _local(vald.lage.tid)
    if vald.nyckel in again:
        return "skickas igen, som du har sagt"
    if vald in urval.skickade:
        return f"har fått den{' enligt dig' if lage.handelse == 'framme' else ''} ({when})"
    if vald in urval.okanda:
        if lage.lage == "reserverad":
            return f"okänt om den har kommit fram (körningen {lage.korning} tog på sig den {when})"
        return f"okänt om den har kommit fram ({when}{'; ' + lage.svar if lage.svar else '; utskicket avbröts'})"
    if vald not in urval.att_skicka:
        return "skickas inte nu: den här körningen har inte reserverat den"
    said = f"ska skickas, som ny version (fick en annan {_local(vald.annan)})" if vald.ny_version else "ska skickas"
    return f"{said}; gick inte {when} ({lage.svar})" if lage.lage == "inte" and lage.svar else said


def _after(vald: Vald, urval: Urval) -> str:
    if vald.lage.lage in {"ny", "inte"}:
        return f"har inte fått den{f' ({vald.lage.svar})' if vald.lage.svar else ''}"
    return _standing(vald, urval, set())


def _local(tid: str) -> str:
    return datetime.fromisoformat(tid).astimezone().strftime("%Y-%m-%d %H:%M") if tid else ""
