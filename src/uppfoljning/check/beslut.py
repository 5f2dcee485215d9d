"""Rules about decisions: an outcome belongs to a question that was asked, and settles it once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from uppfoljning.check.aterkoppling import whole_insatser
from uppfoljning.check.names import check_known
from uppfoljning.check.small_numbers import find_small
from uppfoljning.facts.beslut import find_questions, outcomes_in
from uppfoljning.model import BeslutBehovs
from uppfoljning.model.codes import SETTLED
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Beslutspost, Svarspost, Underlag, answer_chains
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold, lista, nearest
from uppfoljning.words.codes import UTFALL

_Asked = dict[tuple[str, str], dict[Kvartal, date]]
"""By insats and aktör: the quarters whose answers ask for a decision, and when that was first asked."""


def _asked(underlag: Underlag) -> _Asked:
    found: _Asked = defaultdict(dict)
    for post in underlag.svar:
        if post.svar.beslut_behovs is not None:
            insats, aktor, kvartal = post.target
            days = found[insats, aktor]
            days[kvartal] = min(days.get(kvartal, post.lamnad), post.lamnad)
    return found


def check_recorded(underlag: Underlag) -> Iterator[Problem]:
    """An outcome in ``beslut.yaml`` names an insats, an aktör and a quarter in which that aktör asked."""
    asked = _asked(underlag)
    for post in underlag.beslut:
        unknown = list(_check_names(underlag, post))
        yield from unknown or _check_question(underlag, asked, post)


def check_told(underlag: Underlag) -> Iterator[Problem]:
    """An outcome in an answer is about a question in an earlier one, and had come when the answer was given."""
    asked = _asked(underlag)
    for svar in underlag.svar:
        for post in outcomes_in(svar):
            if svar.target[2] <= post.beslut.kvartal:
                yield underlag.problem(
                    post.kalla.fil,
                    (*post.vag, "kvartal"),
                    "beslut",
                    f"Ett svar för {svar.target[2]} kan inte avgöra en fråga som ställs för {post.beslut.kvartal}.",
                    "Ange ett tidigare kvartal, eller skriv in beslutet i data/beslut.yaml.",
                )
            elif post.aktor in underlag.kanda_aktorer:
                yield from _check_question(underlag, asked, post)
            if post.beslut.datum > svar.lamnad:
                yield underlag.problem(
                    post.kalla.fil,
                    (*post.vag, "datum"),
                    "beslut-efter-svaret",
                    f"Beslutet är daterat {post.beslut.datum.isoformat()}, efter dagen då svaret lämnades "
                    f"({svar.lamnad.isoformat()}).",
                    "Rätta dagen.",
                )


def _check_names(underlag: Underlag, post: Beslutspost) -> Iterator[Problem]:
    fil, known = post.kalla.fil, underlag.kanda_insatser
    yield from check_known(underlag, fil, (*post.vag, "insats"), "insats", post.insats, known)
    yield from check_known(underlag, fil, (*post.vag, "aktor"), "aktor", post.aktor, underlag.kanda_svarande)


def _check_question(underlag: Underlag, asked: _Asked, post: Beslutspost) -> Iterator[Problem]:
    days, kvartal = asked.get((post.insats, post.aktor), {}), post.beslut.kvartal
    if kvartal not in days:
        if underlag.hel and post.insats in underlag.kanda_insatser:
            mine = sorted(days)
            rule = "Ange kvartalet vars svar har beslut_behovs."
            if not mine:
                rule = "Kontrollera insats och aktor: den aktören har inte ställt någon fråga om den insatsen."
            elif len(mine) == 1:
                rule = f"Frågan står i svaret för {mine[0]}."
            else:
                rule = f"Frågor står i svaren för {lista([str(q) for q in mine])}."
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "kvartal"),
                "beslut-utan-fraga",
                f'"{post.aktor}" bad inte om något beslut om {post.insats} i svaret för {kvartal}.',
                rule,
            )
    elif post.beslut.datum < days[kvartal]:
        yield underlag.problem(
            post.kalla.fil,
            (*post.vag, "datum"),
            "beslut-fore-fragan",
            f"Beslutet är daterat {post.beslut.datum.isoformat()}, före svaret som frågan ställdes i "
            f"({days[kvartal].isoformat()}).",
            "Kontrollera datumet och kvartalet.",
            "varning",
        )


def check_settled_once(underlag: Underlag) -> Iterator[Problem]:
    """A question is settled once, and nothing more comes of it; before that it may be put off or sent back."""
    chains: dict[str, list[tuple[Svarspost, ...]]] = defaultdict(list)
    for target, chain in sorted(answer_chains(underlag.svar).items(), key=lambda item: (item[0][2], item[0][1])):
        chains[target[0]].append(chain)
    recorded: dict[str, list[Beslutspost]] = defaultdict(list)
    for post in underlag.beslut:
        recorded[post.insats].append(post)
    for insats in sorted({*chains, *recorded}):
        for fraga in find_questions(chains[insats], recorded[insats], date.max):
            yield from _check_once(underlag, fraga.utfall)


def _check_once(underlag: Underlag, utfall: tuple[Beslutspost, ...]) -> Iterator[Problem]:
    def place(post: Beslutspost) -> Plats:
        return underlag.place(post.kalla.fil, post.vag)

    in_order = sorted(utfall, key=lambda p: (p.beslut.datum, place(p)))
    first = next((post for post in in_order if post.beslut.utfall in SETTLED), None)
    for post in in_order:
        found = post.beslut
        if first is None or post is first:
            continue
        if found.utfall in SETTLED or found.datum > first.beslut.datum:
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "utfall"),
                "dubblett",
                f"Frågan om {post.insats} i svaret för {found.kvartal} är redan avgjord i {place(first)}: "
                f"{UTFALL[first.beslut.utfall].lower()} {first.beslut.datum.isoformat()}.",
                "Ta bort det ena. Har frågan ställts på nytt: ange det kvartalet.",
            )


def check_deciders(underlag: Underlag) -> Iterator[Problem]:
    """Who is to decide may be anyone, but a name that is nearly a forum's is taken for a slip: its proposal is lost."""
    names = [f.namn for f in underlag.overenskommelse.forum]
    known = {fold(text) for f in underlag.overenskommelse.forum for text in (f.namn, f.id)}
    for post in underlag.svar:
        asked = post.svar.beslut_behovs
        if asked is None or asked.av is None or fold(asked.av) in known:
            continue
        near = nearest(asked.av, names)
        if near is not None:
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "beslut_behovs", "av"),
                "okant-forum",
                f'Forumet "{asked.av}" finns inte, så frågan kommer inte med bland förslagen till beslut.',
                f'Menade du "{near}"?',
                "varning",
            )


def check_proposals(underlag: Underlag) -> Iterator[Problem]:
    """A proposal can be read alone: it says who decides."""
    for post in underlag.svar:
        asked = post.svar.beslut_behovs
        if asked is not None and asked.forslag is not None and not _names_decider(underlag, asked):
            who = f"”{_decider(underlag, asked.av)} …”" if asked.av else "namnet på den som beslutar"
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "beslut_behovs", "forslag"),
                "forslag-utan-beslutare",
                "Förslaget säger inte vem som beslutar, och ska kunna läsas för sig.",
                f"Börja meningen med {who}.",
                "varning",
            )


def _decider(underlag: Underlag, av: str) -> str:
    return next((f.namn for f in underlag.overenskommelse.forum if f.id == av), av)


def _names_decider(underlag: Underlag, asked: BeslutBehovs) -> bool:
    names = [_decider(underlag, asked.av)] if asked.av else []
    return names_someone(asked.forslag or "", names or [f.namn for f in underlag.overenskommelse.forum])


def names_someone(text: str, names: list[str]) -> bool:
    """Whether a text names one of those who may decide."""
    return any(fold(name) in fold(text) for name in names)


def check_small_numbers(underlag: Underlag) -> Iterator[Problem]:
    """No recorded outcome about individuals says how few they are; those in answers are looked at with these."""
    individual = {i.id for i in whole_insatser(underlag).values() if i.individinsats}
    for post in underlag.beslut:
        if post.insats in individual and find_small(post.beslut.text):
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "text"),
                "litet-tal-i-text",
                f"Texten säger hur få det är, och {post.insats} handlar om enskilda: antal under fem redovisas inte.",
                "Skriv i allmänna ordalag, till exempel ”några” eller ”färre än fem”.",
                "varning",
            )


RULES = (check_recorded, check_told, check_settled_once, check_proposals, check_small_numbers, check_deciders)
