"""Rules about ``mottagare.yaml``. It may hold persons' addresses, but neither secrets nor other personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppfoljning.check.texts import check_text
from uppfoljning.formats.yaml.node import Yamlfil
from uppfoljning.model.mottagare import Avsandare, Forummottagare, Mottagare, Mottagarfil, Server
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.candidates import advise
from uppfoljning.text.problem import Problem

_SECRET = re.compile("l[oö]sen|pass|pwd|token|secret|hemlig|nyckel|key|auth|anv[aä]ndar|user|login", re.IGNORECASE)
_QUOTED = re.compile('"([^"]*)"')
_WORDS = {
    *(name for model in (Mottagarfil, Avsandare, Server, Forummottagare, Mottagare) for name in model.model_fields),
    *("starttls", "tls", "true", "false"),
}
_FORMS = {"falt-saknas", "fel-slag", "okant-falt"}
"""Faults whose advice shows a form with nothing of the file in it."""
_ALLOWED = {"epostadress", "telefonnummer", "tecken-saknas"}
"""How to reach people is what the file is for, and it isn't set in the report's typeface."""


def check_mottagare(file: Yamlfil, found: Mottagarfil | None, underlag: Underlag | None) -> list[Problem]:
    """Every problem in the file, by its place alone: no line is shown, for it may hold an address or a secret."""
    problems = [p for p in [*file.problem, *check_text([file])] if p.kod not in _ALLOWED]
    if found is not None:
        problems += _check_forum(file, found, underlag)
        problems += _check_server(file, found)
    told = (p._replace(atgard="Ta bort det.") if p.kod == "personnummer" else p for p in problems)
    return [_without_values(p) for p in told]


def _check_forum(file: Yamlfil, found: Mottagarfil, underlag: Underlag | None) -> Iterator[Problem]:
    """A forum is one of the agreement's, and sends one message to each mailbox."""
    known = None if underlag is None else underlag.kanda.of("forum")
    for name, forum in found.forum.items():
        place = file.key_place(("forum", name))
        if known is not None and name not in known and place is not None:
            told, help_text = (
                "Forumet finns inte i överenskommelsen.",
                advise(name, known).replace('"', "”"),
            )
            yield file.problem_at(*place, "okant-forum", told, help_text, len(name))
        seen: dict[str, int] = {}
        for i, one in enumerate(forum.mottagare):
            nod = file.nod(("forum", name, "mottagare", i, "adress"))
            if one.adress.nyckel in seen and nod is not None:
                first = seen[one.adress.nyckel]
                told = f"Adressen står redan på rad {first}, och var och en ska bara få ett mejl."
                yield file.problem_at(nod.rad, nod.kolumn, "dubblett", told, "Ta bort den ena.", nod.langd)
            elif nod is not None:
                seen[one.adress.nyckel] = nod.rad
        if not forum.mottagare and place is not None and (known is None or name in known):
            told = "Forumet har inga mottagare, så ingen får dess rapporter."
            help_text = "Lägg till en punkt per mottagare, eller ta bort forumet."
            yield file.problem_at(*place, "inga-mottagare", told, help_text, len(name), "varning")


def _check_server(file: Yamlfil, found: Mottagarfil) -> Iterator[Problem]:
    """The ports have one way each to be encrypted (RFC 8314); the other is most likely a mistake."""
    server = found.server
    nod = file.nod(("server", "sakerhet"))
    if server is None or nod is None or (server.port, server.sakerhet) not in {(465, "starttls"), (587, "tls")}:
        return
    usual = "tls" if server.port == 465 else "starttls"
    told = f"Port {server.port} brukar ha {usual}, inte {server.sakerhet}."
    yield file.problem_at(nod.rad, nod.kolumn, "ovanlig-port", told, "Kontrollera porten.", nod.langd, "varning")


def _without_values(problem: Problem) -> Problem:
    """The problem without its line and its value, which may be a secret or an address that is just misspelt."""
    if problem.kod == "okant-falt" and _SECRET.search(problem.meddelande):
        problem = problem._replace(
            kod="hemlighet-i-fil",
            meddelande="Användarnamn, lösenord och token får inte stå i en fil i projektet.",
            atgard="Ta bort fältet. De ges i miljövariabler eller i nyckelringen: se docs/utskick.md. Har filen delats "
            "med någon: byt lösenordet.",
        )
    if problem.kod not in _FORMS:  # what is to be written in place of a line would repeat it
        problem = problem._replace(atgard=re.sub(r":?\n.*", ".", problem.atgard, flags=re.DOTALL))
    return problem._replace(
        meddelande=_QUOTED.sub(_known, problem.meddelande), atgard=_QUOTED.sub(_known, problem.atgard), rad_text=""
    )


def _known(quoted: re.Match[str]) -> str:
    """A quotation from the file, unless it is a word that the file may have."""
    return quoted[0] if quoted[1] in _WORDS else "”…”"
