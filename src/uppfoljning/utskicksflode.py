"""The pipeline for what is sent: which report a forum is to have, whether it may go, and to whom it goes now."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning import flode, halvarsflode
from uppfoljning.errors import MiljoError, SkadadError, UppfoljningError, UsageError
from uppfoljning.files import Refusal, read_regular, write_atomic
from uppfoljning.frysfil import MAX_BYTES, frysta_mapp, read_fryst
from uppfoljning.fryskontroll import report_for
from uppfoljning.frysning import UNDERLAG, VY, Frysning, Frysperiod
from uppfoljning.model import Forum
from uppfoljning.model.mottagare import Forummottagare, Mottagarfil, Server
from uppfoljning.period import Halvar, Kvartal
from uppfoljning.redact import choose_mottagare
from uppfoljning.swedish import datum, lista, plain_spaces, suggest
from uppfoljning.utskick.brev import Brev, Rapportfil, Slag, write_brev, write_draft
from uppfoljning.utskick.inloggning import read_inloggning
from uppfoljning.utskick.journal import Handelse
from uppfoljning.utskick.journalfil import Journalfil
from uppfoljning.utskick.sandning import Sandning, Talamod, post_of, send_all
from uppfoljning.utskick.urval import Urval, Vald, choose


class UtskickStoppError(UppfoljningError):
    """The report must not be sent as it is; the message says why and what to do."""

    exit_code = 1


class Onskan(NamedTuple):
    """What is asked to be sent: the period's report, or with ``slut`` the final one, for a forum.

    ``exempel``: also when it is invented. ``korning``: the run that may use what it has reserved.
    """

    period: Frysperiod
    forum: str
    per: date | None = None
    slut: bool = False
    exempel: bool = False
    korning: str = ""


class Utskick(NamedTuple):
    """A report that may go, its file in ``rapporter/``, whether that was made just now, and who is to have it."""

    rapport: Rapportfil
    fil: Path
    nygjord: bool
    lista: Mottagarfil
    forum: Forummottagare
    urval: Urval

    def brev(self, vald: Vald | None = None) -> Brev:
        """The words to one receiver; without one, to the first who is to be sent it now."""
        vald = vald or (*self.urval.att_skicka, *self.urval.alla)[0]
        return write_brev(self.rapport, self.lista.avsandare, self.forum.text, vald.ersatter)


def prepare(project: Path, granskat: flode.Granskat, mottagare: Mottagarfil, onskan: Onskan) -> Utskick:
    """The report that a forum is to have, made anew or as it was closed, when it is fit to be sent.

    ``granskat`` must be without faults. Raises :class:`UtskickStoppError` when the report may not go, and
    :class:`UsageError` for a forum or a period that isn't there. A report not yet in ``rapporter/`` is written there.
    """
    underlag = granskat.underlag
    if underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    forum = choose_mottagare(underlag, onskan.forum)
    if forum is None:
        raise UsageError("Överenskommelsen har inget forum.")
    if forum.id not in mottagare.forum or not mottagare.forum[forum.id].mottagare:
        known = [name for name, f in mottagare.forum.items() if f.mottagare]
        there = f"Där finns mottagare för {lista(known)}." if known else ""
        raise UtskickStoppError(
            f"{forum.namn} har inga mottagare i data/mottagare.yaml. {there} Lägg till {forum.id} under forum.".replace(
                "  ", " "
            )
        )
    frysning = granskat.frysta.stangda.get(str(onskan.period)) if granskat.frysta is not None else None
    if frysning is not None and not onskan.slut:
        rapport = _closed(project, granskat, frysning, forum, onskan)
    else:
        rapport = _made(granskat, forum, onskan)
    if rapport.exempel and not onskan.exempel:
        raise UtskickStoppError(
            f"Rapporten går inte att skicka: den har påhittade uppgifter ({rapport.exempel}). Ta bort det som är märkt "
            "exempel: true ur data/. Är det ett prov: lägg till --exempel, så säger brevet det."
        )
    fil = project / "rapporter" / rapport.namn
    new = _check_finished(fil, rapport)
    chosen = mottagare.forum[forum.id]
    urval = choose(rapport, chosen.mottagare, Journalfil(project).read(), onskan.korning)
    return Utskick(rapport, fil, new, mottagare, chosen, urval)


def _made(granskat: flode.Granskat, forum: Forum, onskan: Onskan) -> Rapportfil:
    """The report made of the data as they are now, for this forum's eyes."""
    slag: Slag
    if isinstance(onskan.period, Halvar):
        slag = "slut" if onskan.slut else "halvar"
        rapport = halvarsflode.halvarsrapport(granskat, onskan.period, onskan.per, forum.id, slut=onskan.slut)
    else:
        slag = "kvartal"
        rapport = flode.kvartalsrapport(granskat, onskan.period, onskan.per, forum.id)
    pdf = flode.make_pdf(rapport)
    if pdf.logg:
        raise UtskickStoppError(
            "\n".join(
                [
                    "Rapporten skickas inte, för något gick fel när PDF-filen skapades:",
                    *(f"  {rad}" for rad in pdf.logg),
                ]
            )
        )
    vy = rapport.vy
    words = {"rubrik": vy.rubrik, "underrubrik": vy.underrubrik, "exempel": vy.exempel}
    return _described(granskat, forum, onskan, slag, pdf.innehall, words, rapport.datum, stangd=False)


def _closed(project: Path, granskat: flode.Granskat, frysning: Frysning, forum: Forum, onskan: Onskan) -> Rapportfil:
    """The report as it was closed, byte for byte."""
    period = frysning.period
    if onskan.per is not None and onskan.per != frysning.manifest.per:
        raise UsageError(f"{period} är stängt, med läget per {frysning.manifest.per.isoformat()}. Kör utan --per.")
    listed = report_for(granskat, frysning, forum.id)
    if isinstance(period, Kvartal) and not forum.ser_intern:
        then = flode.granska(frysta_mapp(project) / str(period) / UNDERLAG).underlag
        known = then.overenskommelse.forum if then is not None else ()
        if not any(f.id == forum.id and not f.ser_intern for f in known):
            raise UtskickStoppError(
                f"{period} stängdes när {forum.namn} fick se interna anteckningar, och rapporten kan ha sådana. Nu får "
                f'forumet inte se dem. Öppna {period} med uppfoljning frys {period} --oppna --skal "…" och stäng igen.'
            )
    words = json.loads(read_fryst(project, frysning, VY))
    if not isinstance(words, dict) or not all(
        isinstance(words.get(name), str) for name in ("rubrik", "underrubrik", "exempel")
    ):
        raise SkadadError(f"data/frysta/{period}/{VY} har ett annat innehåll än den här versionen kan läsa.")
    slag: Slag = "kvartal" if isinstance(period, Kvartal) else "halvar"
    content = read_fryst(project, frysning, listed.fil)
    return _described(granskat, forum, onskan, slag, content, words, frysning.manifest.per, stangd=True)


def _described(
    granskat: flode.Granskat,
    forum: Forum,
    onskan: Onskan,
    slag: Slag,
    content: bytes,
    words: dict[str, Any],
    per: date,
    *,
    stangd: bool,
) -> Rapportfil:
    underlag = granskat.underlag
    if underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    case = None
    if isinstance(onskan.period, Halvar):
        cases = underlag.halvarsuppgifter(onskan.period, slut=onskan.slut).arenden
        case = next((c for c in cases if c.forum == forum.id), None)
    return Rapportfil(
        namn=f"{onskan.period}-{slag}-{forum.id}.pdf",
        innehall=content,
        slag=slag,
        period=str(onskan.period),
        rubrik=words["rubrik"],
        overenskommelse=words["underrubrik"],
        kommun=underlag.overenskommelse.kommun,
        forum=forum.id,
        forum_namn=forum.namn,
        per=plain_spaces(datum(per)),
        exempel=words["exempel"],
        stangd=stangd,
        sammantrade=case.sammantrade if case is not None else None,
        diarienummer=(case.diarienummer or "") if case is not None else "",
    )


def _check_finished(fil: Path, rapport: Rapportfil) -> bool:
    """Whether the report had to be written now. The one that lies there must be the one that would be sent."""
    there = read_regular(fil, MAX_BYTES)
    if isinstance(there, Refusal):
        if there.kod != "saknas":
            raise UtskickStoppError(f"{fil}: {there.meddelande} Inget har skickats. {there.atgard}")
        write_atomic(fil, rapport.innehall)
        return True
    if there != rapport.innehall:
        command = {"kvartal": "kvartal", "halvar": "halvar", "slut": "halvar"}[rapport.slag]
        final = " --slut" if rapport.slag == "slut" else ""
        why = (
            f"{rapport.period} är stängt, och det här är inte den stängda rapporten."
            if rapport.stangd
            else "Underlaget eller verktyget har ändrats sedan den gjordes, eller så gjordes den per en annan dag."
        )
        raise UtskickStoppError(
            f"{fil} är inte aktuell, och skickas inte. {why} Gör om den och läs den innan den skickas:\n"
            f"  uppfoljning {command} {rapport.period}{final} --mottagare {rapport.forum}"
        )
    return False


def draft(utskick: Utskick, valda: tuple[Vald, ...]) -> bytes:
    """The message as a file for a mail program, to those who are to be sent it now."""
    receivers = tuple(v.mottagare for v in valda)
    return write_draft(utskick.brev(), utskick.rapport, utskick.lista.avsandare, receivers)


def find_receivers(utskick: Utskick, adresser: Sequence[str], among: tuple[Vald, ...], what: str) -> tuple[Vald, ...]:
    """Those meant by the addresses given, or by 'alla'. Raises :class:`UsageError` for one who isn't among them."""
    if "alla" in adresser:
        return among
    found = []
    for adress in adresser:
        wanted = adress.strip().casefold()
        match = next(
            (
                v
                for v in utskick.urval.alla
                if wanted in {v.mottagare.adress.visad.casefold(), v.mottagare.adress.nyckel}
            ),
            None,
        )
        if match is None:
            names = [v.mottagare.adress.visad for v in utskick.urval.alla]
            help_text = suggest(adress, names, "Mottagarna är")
            raise UsageError(f"{adress} är ingen av mottagarna för {utskick.rapport.forum_namn}. {help_text}")
        if match not in among:
            raise UsageError(f"{match.mottagare.adress.visad}: {what}")
        found.append(match)
    return tuple(found)


def write_down(project: Path, utskick: Utskick, valda: tuple[Vald, ...], handelse: Handelse, korning: str = "") -> None:
    """Add to the journal that a person has said something of some receivers, or that a run takes them upon itself."""
    journal = Journalfil(project)
    with journal.held():
        _refuse_changed(journal, utskick)
        journal.add(*(post_of(utskick.rapport, v, handelse, korning=korning) for v in valda))


def send(
    project: Path, utskick: Utskick, igen: tuple[Vald, ...], talamod: Talamod, beratta: Callable[[str], None]
) -> None:
    """Send to those who haven't got the report, and to those of whom a person says so. The journal tells how it went.

    Raises :class:`uppfoljning.errors.MiljoError` when the server, the login or the disk stops it.
    """
    journal = Journalfil(project)
    avsandare, server = utskick.lista.avsandare, the_server(utskick.lista)
    korning = utskick.urval.korning
    with journal.held():
        _refuse_changed(journal, utskick)
        try:
            inloggning = read_inloggning(server, avsandare)
        except MiljoError as error:  # what the run had reserved is free again
            reserved = utskick.urval.att_skicka if korning else ()
            journal.add(*(post_of(utskick.rapport, v, "uppskjuten", str(error), korning) for v in reserved))
            raise
        journal.add(*(post_of(utskick.rapport, v, "igen", korning=korning) for v in igen))
        valda = utskick.urval.again({v.nyckel for v in igen}).att_skicka
        send_all(
            Sandning(utskick.rapport, avsandare, server, inloggning, utskick.brev, journal, korning, talamod, beratta),
            valda,
        )


def the_server(mottagare: Mottagarfil) -> Server:
    """The mail server. Raises :class:`UtskickStoppError` when none is named."""
    if mottagare.server is None:
        raise UtskickStoppError(
            "data/mottagare.yaml säger inte vilken e-postserver som ska användas. Lägg till server med vard och port "
            "(se docs/utskick.md), eller öppna .eml-filen i ett e-postprogram och skicka därifrån."
        )
    return mottagare.server


def outcome_of(project: Path, utskick: Utskick) -> Urval:
    """Where everyone's report stands now, by the journal."""
    journal = Journalfil(project).read()
    return choose(utskick.rapport, utskick.forum.mottagare, journal, utskick.urval.korning)


def _refuse_changed(journal: Journalfil, utskick: Utskick) -> None:
    """What was shown must still hold: another run may have sent to some of them meanwhile."""
    now = choose(utskick.rapport, utskick.forum.mottagare, journal.read(), utskick.urval.korning)
    if now != utskick.urval:
        raise UtskickStoppError("Ett annat utskick har hunnit före. Inget har skickats; kör kommandot igen.")
