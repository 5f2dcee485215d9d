"""Rules about decisions: an outcome belongs to a question that was asked, and settles it once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.check.names import check_each
from uppfoljning.facts.beslut import find_questions, other_matters, outcomes_in
from uppfoljning.model import BeslutBehovs, Svarsbeslut
from uppfoljning.model.codes import SETTLED
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Beslutspost, Svarspost, Underlag, Vag, answer_chains
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold, lista, nearest
from uppfoljning.words.codes import UTFALL

Asked = dict[tuple[str, str], dict[Kvartal, date]]
"""By insats and aktör: the quarters whose answers ask for a decision, and when that was first asked."""


def asked_in(underlag: Underlag) -> Asked:
    """Every question for decision in the answers."""
    found: Asked = defaultdict(dict)
    for post in underlag.svar:
        if post.svar.beslut_behovs is not None:
            insats, aktor, kvartal = post.target
            days = found[insats, aktor]
            days[kvartal] = min(days.get(kvartal, post.lamnad), post.lamnad)
    return found


def check_told(underlag: Underlag) -> Iterator[Problem]:
    """An outcome in an answer is about a question in an earlier one, and had come when the answer was given."""
    asked = asked_in(underlag)
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
            elif post.aktor in underlag.kanda_svarande:
                yield from check_question(underlag, asked, post)
            if post.beslut.datum > svar.lamnad:
                yield underlag.problem(
                    post.kalla.fil,
                    (*post.vag, "datum"),
                    "beslut-efter-svaret",
                    f"Beslutet är daterat {post.beslut.datum.isoformat()}, efter dagen då svaret lämnades "
                    f"({svar.lamnad.isoformat()}).",
                    "Rätta dagen.",
                )


def check_question(underlag: Underlag, asked: Asked, post: Beslutspost) -> Iterator[Problem]:
    """The aktör asked for a decision about the insats in that quarter's answer, and before it was decided."""
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
            yield from _check_once(underlag, [_Utfall(p.beslut, p.kalla.fil, p.vag, insats) for p in fraga.utfall])
    for arende in other_matters(underlag.ovriga_beslut(date.max)):
        yield from _check_once(underlag, [_Utfall(r.uppgifter, r.kalla.fil, r.vag) for r in arende.rader])


class _Utfall(NamedTuple):
    """What came of a question, where it stands, and the insats that it is about, if any."""

    beslut: Svarsbeslut
    fil: str
    vag: Vag
    insats: str = ""


def _check_once(underlag: Underlag, utfall: Sequence[_Utfall]) -> Iterator[Problem]:
    def place(found: _Utfall) -> Plats:
        return underlag.place(found.fil, found.vag)

    in_order = sorted(utfall, key=lambda u: (u.beslut.datum, place(u)))
    first = next((u for u in in_order if u.beslut.utfall in SETTLED), None)
    for u in in_order:
        if first is None or u is first:
            continue
        if u.beslut.utfall in SETTLED or u.beslut.datum > first.beslut.datum:
            asked = f"Frågan om {u.insats} i svaret för {u.beslut.kvartal}" if u.insats else "Frågan"
            yield underlag.problem(
                u.fil,
                (*u.vag, "utfall"),
                "dubblett",
                f"{asked} är redan avgjord i {place(first)}: {UTFALL[first.beslut.utfall].lower()} "
                f"{first.beslut.datum.isoformat()}.",
                "Ta bort det ena. Har frågan ställts på nytt: ange det kvartalet.",
            )


def check_concerned(underlag: Underlag) -> Iterator[Problem]:
    """The other insatser that a question concerns are others than the one that the answer is about."""
    for post in underlag.svar:
        asked = post.svar.beslut_behovs
        if asked is None:
            continue
        place: Vag = (*post.vag, "beslut_behovs", "insatser")
        yield from check_each(underlag, post.kalla.fil, place, asked.insatser)
        for i, insats in enumerate(asked.insatser):
            if insats == post.svar.insats:
                yield underlag.problem(
                    post.kalla.fil,
                    (*place, i),
                    "sig-sjalv",
                    f"Svaret handlar redan om {insats}.",
                    "Ta bort den ur listan: den är för de andra insatser som frågan gäller.",
                )


def check_deciders(underlag: Underlag) -> Iterator[Problem]:
    """Who is to decide may be anyone, but a name that is nearly a forum's is taken for a slip: its proposal is lost."""
    names = [f.namn for f in underlag.overenskommelse.forum]
    known = {fold(text) for f in underlag.overenskommelse.forum for text in (f.namn, f.id)}
    known |= {fold(text) for pair in underlag.namn.items() for text in pair}
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
            who = f"”{underlag.beslutare(asked.av)} …”" if asked.av else "namnet på den som beslutar"
            yield underlag.problem(
                post.kalla.fil,
                (*post.vag, "beslut_behovs", "forslag"),
                "forslag-utan-beslutare",
                "Förslaget säger inte vem som beslutar, och ska kunna läsas för sig.",
                f"Börja meningen med {who}.",
                "varning",
            )


def _names_decider(underlag: Underlag, asked: BeslutBehovs) -> bool:
    names = [underlag.beslutare(asked.av)] if asked.av else []
    return names_someone(asked.forslag or "", names or [f.namn for f in underlag.overenskommelse.forum])


def names_someone(text: str, names: list[str]) -> bool:
    """Whether a text names one of those who may decide."""
    return any(fold(name) in fold(text) for name in names)


RULES = (
    check_told,
    check_settled_once,
    check_proposals,
    check_concerned,
    check_deciders,
)
