"""Which report a forum is sent, and whether it may go: its own, made of the data as they are, or as it was closed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from uppfoljning.errors import SkadadError, UppfoljningError, UsageError
from uppfoljning.facts.redact.redact import choose_mottagare
from uppfoljning.load.files import Refusal, read_regular, write_atomic
from uppfoljning.load.frysta import MAX_BYTES, frysta_mapp, read_fryst
from uppfoljning.mail.message import Rapportfil, Slag
from uppfoljning.model import Forum
from uppfoljning.model.frysta import UNDERLAG, VY, Frysning, Frysperiod, quarters_of
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.pipeline.frys_check import report_for
from uppfoljning.pipeline.granska import Granskat, granska
from uppfoljning.pipeline.halvar import halvarsrapport
from uppfoljning.pipeline.kvartal import kvartalsrapport, make_pdf
from uppfoljning.report.views.halvar import Halvarsvy
from uppfoljning.text.swedish import datum, plain_spaces


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


def name_of(period: Frysperiod, forum: Forum, *, slut: bool) -> str:
    """The name of the report's file, without its ending: the same as the commands that make reports give it."""
    return f"{period}-{slag_of(period, slut=slut)}-{forum.id}"


def slag_of(period: Frysperiod, *, slut: bool) -> Slag:
    """The kind of report that a period has."""
    if isinstance(period, Kvartal):
        return "kvartal"
    return "slut" if slut else "halvar"


def the_forum(granskat: Granskat, name: str) -> Forum:
    """The forum asked for. Raises :class:`UsageError` when there is none of that name."""
    if granskat.underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    forum = choose_mottagare(granskat.underlag, name)
    if forum is None:
        raise UsageError("Överenskommelsen har inget forum.")
    return forum


def finished_report(project: Path, granskat: Granskat, forum: Forum, onskan: Onskan) -> Rapportfil:
    """The report that a forum is to have, when it is fit to be sent. ``granskat`` must be without faults.

    Raises :class:`UtskickStoppError` when it may not go, and :class:`UsageError` for a period that isn't there.
    """
    frysning = granskat.frysta.stangda.get(str(onskan.period)) if granskat.frysta is not None else None
    if frysning is not None and not onskan.slut:
        rapport = _closed(project, granskat, frysning, forum, onskan)
    else:
        rapport = _made(granskat, forum, onskan)
    if rapport.exempel and not onskan.exempel:
        raise UtskickStoppError(
            f"Rapporten går inte att skicka: den har påhittade uppgifter ({rapport.exempel}). Ta bort det som är märkt "
            "exempel: true ur data/. Är det ett prov: lägg till --exempel, så säger mejlet det."
        )
    return rapport


def _made(granskat: Granskat, forum: Forum, onskan: Onskan) -> Rapportfil:
    """The report made of the data as they are now, for this forum's eyes."""
    if isinstance(onskan.period, Halvar):
        rapport = halvarsrapport(granskat, onskan.period, onskan.per, forum.id, slut=onskan.slut)
    else:
        rapport = kvartalsrapport(granskat, onskan.period, onskan.per, forum.id)
    pdf = make_pdf(rapport)
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
    forslag = vy.forslag if isinstance(vy, Halvarsvy) else ()
    words = {"rubrik": vy.rubrik, "underrubrik": vy.underrubrik, "exempel": vy.exempel, "forslag": forslag}
    return _described(granskat, forum, onskan, pdf.innehall, words, rapport.datum, stangd=False)


def _closed(project: Path, granskat: Granskat, frysning: Frysning, forum: Forum, onskan: Onskan) -> Rapportfil:
    """The report as it was closed, byte for byte."""
    period = frysning.period
    if onskan.per is not None and onskan.per != frysning.manifest.per:
        raise UsageError(f"{period} är stängt, med läget per {frysning.manifest.per.isoformat()}. Kör utan --per.")
    listed = report_for(granskat, frysning, forum.id)
    if isinstance(period, Kvartal) and not forum.ser_intern:
        then = granska(frysta_mapp(project) / str(period) / UNDERLAG).underlag
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
    content = read_fryst(project, frysning, listed.fil)
    return _described(granskat, forum, onskan, content, words, frysning.manifest.per, stangd=True)


def _described(
    granskat: Granskat,
    forum: Forum,
    onskan: Onskan,
    content: bytes,
    words: dict[str, Any],
    per: date,
    *,
    stangd: bool,
) -> Rapportfil:
    underlag = granskat.underlag
    if underlag is None:
        raise UsageError("Underlaget går inte att läsa.")
    asked, slag = quarters_of(onskan.period), slag_of(onskan.period, slut=onskan.slut)
    case = None
    if isinstance(onskan.period, Halvar):
        cases = underlag.halvarsuppgifter(onskan.period, slut=onskan.slut).arenden
        case = next((c for c in cases if c.forum == forum.id), None)
    return Rapportfil(
        namn=f"{name_of(onskan.period, forum, slut=onskan.slut)}.pdf",
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
        intern=slag == "kvartal" and forum.ser_intern,
        forslag=len(words.get("forslag", ())),
        utan_svar=not any(post.kvartal in asked for post in underlag.svar),
        sammantrade=case.sammantrade if case is not None else None,
        diarienummer=(case.diarienummer or "") if case is not None else "",
    )


def lay_out(fil: Path, rapport: Rapportfil, per: date | None) -> bool:
    """Whether the report had to be written to ``rapporter/`` now. One that lies there must be the one to be sent.

    Raises :class:`UtskickStoppError`.
    """
    there = read_regular(fil, MAX_BYTES)
    if isinstance(there, Refusal):
        if there.kod != "saknas":
            raise UtskickStoppError(f"{fil}: {there.meddelande} Inget har skickats. {there.atgard}")
        write_atomic(fil, rapport.innehall)
        return True
    if there != rapport.innehall:
        command = "kvartal" if rapport.slag == "kvartal" else "halvar"
        final = " --slut" if rapport.slag == "slut" else ""
        day = f" --per {per.isoformat()}" if per is not None and not rapport.stangd else ""
        why = (
            f"{rapport.period} är stängt, och det här är inte den stängda rapporten."
            if rapport.stangd
            else f"Den är inte den som underlaget ger nu, per {rapport.per}."
        )
        raise UtskickStoppError(
            f"{fil} är inte aktuell. Inget har skickats. {why} Gör om den och läs den innan den skickas:\n"
            f"  uppfoljning {command} {rapport.period}{final} --mottagare {rapport.forum}{day}"
        )
    return False
