"""What ``skicka`` shows before and after: the message, who is to have it, and how it stands with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from uppfoljning.mail.message import size_text
from uppfoljning.mail.select import Delivery, Selection
from uppfoljning.model.mottagare import Mottagare
from uppfoljning.pipeline.utskick import Utskick
from uppfoljning.text.personal_data.find import mask


class Preview(NamedTuple):
    """What is shown: who is sent it now, ``igen`` among them by a person's word, and the draft's file, if it was made.

    ``command`` is the command without what sends. ``masked``: without names and persons' addresses.
    """

    utskick: Utskick
    deliveries: tuple[Delivery, ...]
    igen: tuple[Delivery, ...]
    eml: str
    command: str
    masked: bool

    def name(self, mottagare: Mottagare) -> str:
        """What a receiver is called."""
        return _name(self.utskick.selection, mottagare, masked=self.masked)


def preview(shown: Preview) -> Iterator[str]:
    """Everything that would be sent, and to whom."""
    utskick, real = shown.utskick, not shown.eml
    rapport, avsandare, selection = utskick.rapport, utskick.receivers.avsandare, utskick.selection
    if not shown.deliveries:
        yield from outcome_lines(selection, rapport.namn, shown.command, masked=shown.masked)
        yield "Det finns ingen kvar att skicka till nu."
        return
    brev = utskick.brev()
    yield "Det här skickas:" if real else "Förhandsvisning: inget skickas."
    yield ""
    yield _shown(f"Från      {avsandare.namn} <{avsandare.adress.visad}>", masked=shown.masked)
    if avsandare.svar_till is not None:
        yield _shown(f"Svar till {avsandare.svar_till.visad}", masked=shown.masked)
    yield f"Till      {rapport.forum_namn}: {len(selection.everyone)} mottagare, ett mejl till var och en"
    again = {v.nyckel for v in shown.igen}
    for delivery in selection.everyone:
        yield f"            {shown.name(delivery.mottagare)}: {_standing(delivery, selection, again)}"
    yield f"Ämne      {brev.subject}"
    yield f"Bilaga    {rapport.namn}, {size_text(len(rapport.content))}"
    yield f"          SHA-256 {rapport.id.sha256}"
    yield f"          {utskick.fil} ({_made(utskick)})"
    yield "Text"
    yield from (f"  | {line}".rstrip() for line in brev.text.rstrip("\n").split("\n"))
    yield ""
    yield from _warnings(utskick, shown.command, again)
    if real:
        return
    yield f"Mejlet som fil, att öppna i ett e-postprogram och skicka därifrån: {shown.eml}"
    yield "  Mottagarna står där som hemlig kopia. Skickar du så, skriv sedan upp det:"
    yield f"    {shown.command.partition(' --skicka-igen')[0]} --framme alla"
    yield f"Skicka härifrån: {shown.command} --skarpt"


def _shown(text: str, *, masked: bool) -> str:
    return mask(text) if masked else text


def _made(utskick: Utskick) -> str:
    if not utskick.made_now:
        return "filen i rapporter/, oförändrad"
    return "den stängda rapporten, lagd här nu" if utskick.rapport.stangd else "gjord nu"


def _warnings(utskick: Utskick, command: str, again: set[str]) -> Iterator[str]:
    selection, rapport = utskick.selection, utskick.rapport
    if utskick.made_now and not rapport.stangd:
        yield "Obs: rapporten fanns inte i rapporter/ och har gjorts nu. Läs den innan du skickar."
    if rapport.utan_svar:
        yield f"Obs: inget svar har kommit för {rapport.period}. Är det rätt period?"
    if rapport.intern:
        yield f"Obs: rapporten kan ha interna anteckningar, som bara {rapport.forum_namn} ska se."
    if selection.ny_version:
        yield f"Obs: {len(selection.ny_version)} mottagare har fått, eller kan ha fått, en annan version. Den här går"
        yield "  till dem som ny version."
        if len(selection.ny_version) < len(selection.to_send):
            yield "  Texten ovan gäller dem. De andra får den utan raderna om ny version, om den skickas härifrån."
    yield from _overtaken(selection)
    unknown = [v for v in selection.unknown if v.nyckel not in again]
    if unknown:
        yield f"Obs: för {len(unknown)} mottagare är det okänt om rapporten har kommit fram, och den skickas inte igen"
        yield "  förrän du säger till. Fråga mottagaren, eller den som sköter e-posten. Sedan:"
        yield from _settling(command)
    if not rapport.stangd and utskick.kind.closes:
        close = f"uppfoljning frys {rapport.period}"
        yield f"Obs: {rapport.period} är inte stängt, så rapporten kan bli en annan. När den är avstämd: {close}."


def _overtaken(selection: Selection) -> Iterator[str]:
    if selection.overtaken:
        number = len(selection.overtaken)
        yield f"Obs: {number} mottagare har fått den här och sedan en nyare. Den här skickas inte igen."


def _settling(command: str) -> Iterator[str]:
    command = command.partition(" --skicka-igen")[0]
    yield f"    om den har kommit: {command} --framme ADRESS"
    yield f"    om den inte har kommit: {command} --skicka-igen ADRESS --skarpt"


def outcome_lines(selection: Selection, namn: str, command: str, *, masked: bool) -> Iterator[str]:
    """How it stands with each, and with all together."""
    yield from (f"{_name(selection, v.mottagare, masked=masked)}: {_after(v, selection)}" for v in selection.everyone)
    yield f"{len(selection.sent)} av {len(selection.everyone)} mottagare har fått {namn}."
    yield from _overtaken(selection)
    if selection.unknown:
        yield "Där det är okänt: fråga mottagaren, eller den som sköter e-posten. Sedan:"
        yield from _settling(command)
    left = [v for v in selection.everyone if v.state.code in {"ny", "inte"}]
    if any(v.state.handelse == "avvisad" for v in left):
        yield "Där servern har avvisat adressen: kontrollera den i data/mottagare.yaml."
    if left:
        yield f"De som inte har fått den får den med: {command.partition(' --skicka-igen')[0]} --skarpt"


def _name(selection: Selection, mottagare: Mottagare, *, masked: bool) -> str:
    """The receiver as the list has it; masked, by the place in it."""
    adress = mottagare.adress.visad
    if masked:
        number = next(n for n, v in enumerate(selection.everyone, 1) if v.mottagare.adress == mottagare.adress)
        return f"Mottagare {number} <{mask(adress)}>"
    return f"{mottagare.namn} <{adress}>" if mottagare.namn else adress


def _standing(delivery: Delivery, selection: Selection, again: set[str]) -> str:
    """Where one receiver's report stands, and what happens now."""
    state, when = delivery.state, _local(delivery.state.tid)
    if delivery.nyckel in again:
        return "skickas igen, som du har sagt"
    if delivery in selection.sent:
        return f"har fått den{' enligt dig' if state.handelse == 'framme' else ''} ({when})"
    if delivery in selection.unknown:
        if state.code == "reserverad":
            return f"okänt om den har kommit fram (körningen {state.korning} tog på sig den {when})"
        return f"okänt om den har kommit fram ({when}{'; ' + state.reply if state.reply else '; utskicket avbröts'})"
    if delivery not in selection.to_send:
        return "skickas inte nu: den här körningen har inte reserverat den"
    said = (
        f"ska skickas, som ny version (fick en annan {_local(delivery.other_sent)})"
        if delivery.ny_version
        else "ska skickas"
    )
    return f"{said}; gick inte {when} ({state.reply})" if state.code == "inte" and state.reply else said


def _after(delivery: Delivery, selection: Selection) -> str:
    if delivery.state.code in {"ny", "inte"}:
        return f"har inte fått den{f' ({delivery.state.reply})' if delivery.state.reply else ''}"
    return _standing(delivery, selection, set())


def _local(tid: str) -> str:
    return datetime.fromisoformat(tid).astimezone().strftime("%Y-%m-%d %H:%M") if tid else ""
