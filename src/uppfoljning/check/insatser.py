"""Rules about the plan: huvudområden and insatser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.check.labels import check_plan
from uppfoljning.check.names import check_answers, check_known
from uppfoljning.model import Insats
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.candidates import find, listed
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import lista


def check_lists(underlag: Underlag) -> Iterator[Problem]:
    """There is a huvudområde, and none is empty."""
    fil = underlag.insatsfil
    for i, huvudomrade in enumerate(underlag.huvudomraden):
        if not huvudomrade.insatser and underlag.hel:
            yield underlag.problem(
                fil,
                ("huvudomraden", i),
                "tomt-huvudomrade",
                f"Huvudområdet {huvudomrade.rubrik} har inga insatser.",
                "Lägg till dess insatser.",
                "varning",
            )
    if not underlag.huvudomraden and underlag.hel:
        yield underlag.problem(
            fil, ("huvudomraden",), "tom-lista", "Det finns inga huvudområden.", "Lägg till minst ett.", key=True
        )


def check_references(underlag: Underlag) -> Iterator[Problem]:
    """Every aktör, partner and insats that an insats names exists."""
    fil = underlag.insatsfil
    aktorer, insatser = underlag.kanda_aktorer, underlag.kanda_insatser
    for _, insats, vag in underlag.hela_insatser():
        for i, ansvarig in enumerate(insats.ansvariga):
            place = (*vag, "ansvariga", i, "aktor")
            partner = "Deltar {id} utan att svara: flytta den hit till samverkanspartner. "
            yield from check_answers(underlag, fil, place, ansvarig.aktor, partner)
        for i, name in enumerate(insats.samverkanspartner):
            yield from check_known(underlag, fil, (*vag, "samverkanspartner", i), "aktor", name, aktorer)
        if insats.raknas_av and insats.raknas_av not in aktorer:
            known = underlag.kanda_svarande
            mine = {one for ansvarig in insats.ansvariga for one in find(ansvarig.aktor, known)}
            those = {one: names for one, names in known.items() if one in mine}
            yield from check_known(underlag, fil, (*vag, "raknas_av"), "aktor", insats.raknas_av, those or known)
        others = {one: names for one, names in insatser.items() if one != insats.id}
        other = [(name, (*vag, "korsreferenser", i)) for i, name in enumerate(insats.korsreferenser)]
        other += [
            (change.ersatt_av, (*vag, "historik", i, "ersatt_av"))
            for i, change in enumerate(insats.historik)
            if change.ersatt_av
        ]
        for name, place in other:
            if name == insats.id or find(name, insatser) == [insats.id]:
                yield underlag.problem(
                    fil, place, "sig-sjalv", f"Insatsen {name} hänvisar till sig själv.", "Ta bort hänvisningen."
                )
            else:
                yield from check_known(underlag, fil, place, "insats", name, others)


def check_ansvariga(underlag: Underlag) -> Iterator[Problem]:
    """Nobody is responsible twice, and the one who counts is responsible; several need one who counts."""
    fil, aktorer = underlag.insatsfil, underlag.kanda_aktorer
    for _, insats, vag in underlag.hela_insatser():
        names = [ansvarig.aktor for ansvarig in insats.ansvariga]
        for i, name in enumerate(names):
            if name in names[:i]:
                yield underlag.problem(
                    fil,
                    (*vag, "ansvariga", i),
                    "dubbel-ansvarig",
                    f'"{name}" står två gånger som ansvarig.',
                    "Ta bort den ena; två åtaganden av samma aktör skrivs i ett.",
                )
        if insats.raknas_av and insats.raknas_av in aktorer and insats.raknas_av not in names:
            yield underlag.problem(
                fil,
                (*vag, "raknas_av"),
                "raknas-av",
                f'"{insats.raknas_av}" räknar men är inte ansvarig för {insats.id}.',
                listed({one: aktorer.get(one, ()) for one in names})
                or f"Lägg till {insats.raknas_av} under ansvariga, eller ta bort raknas_av.",
            )
        if _is_countable(insats) and len(names) > 1 and not insats.raknas_av:
            yield underlag.problem(
                fil,
                (*vag, "id"),
                "raknas-av",
                f"{insats.id} ska räknas och har flera ansvariga, men ingen är utsedd att räkna.",
                f"Lägg till raknas_av med den vars antal gäller: {lista(names, 'eller')}.",
            )


def _is_countable(insats: Insats) -> bool:
    frekvens, mal = insats.frekvens, insats.malsattning
    return bool(frekvens and frekvens.antal) or bool(mal and mal.antal)


def check_individuals(underlag: Underlag) -> Iterator[Problem]:
    """An insats about individuals has no number to reach: it would count people. Only there are counts let through."""
    for _, insats, vag in underlag.hela_insatser():
        if insats.redovisa_antal and not insats.individinsats:
            yield underlag.problem(
                underlag.insatsfil,
                (*vag, "redovisa_antal"),
                "individuppgifter",
                f"{insats.id} har redovisa_antal men är ingen individinsats.",
                "Ta bort redovisa_antal: andra insatsers antal redovisas ändå. Handlar den om enskilda: lägg till "
                "individinsats: true.",
                key=True,
            )
        for name in ("frekvens", "malsattning"):
            if insats.individinsats and getattr(getattr(insats, name), "antal", None) is not None:
                yield underlag.problem(
                    underlag.insatsfil,
                    (*vag, name, "antal"),
                    "individuppgifter",
                    f"{insats.id} handlar om enskilda och kan inte räknas.",
                    "Skriv i ord, eller ta bort individinsats.",
                    key=True,
                )


def check_period(underlag: Underlag) -> Iterator[Problem]:
    """An insats overlaps the agreement; its milestones are its own and lie in time."""
    avtal, fil = underlag.overenskommelse, underlag.insatsfil
    for _, insats, vag in underlag.hela_insatser():
        fran, till = insats.period.fran, insats.period.till
        if fran and till and till.till < fran.fran:
            yield underlag.problem(
                fil,
                (*vag, "period", "till"),
                "period",
                f"{insats.id} slutar innan den börjar.",
                "Rätta perioden.",
            )
        elif till and till.till < avtal.giltig_fran:
            yield underlag.problem(
                fil,
                (*vag, "period", "till"),
                "utanfor-perioden",
                f"{insats.id} slutar innan överenskommelsen börjar ({avtal.giltig_fran.isoformat()}).",
                "Rätta perioden, eller ta bort insatsen.",
            )
        elif fran and fran.fran > avtal.giltig_till:
            yield underlag.problem(
                fil,
                (*vag, "period", "fran"),
                "utanfor-perioden",
                f"{insats.id} börjar efter överenskommelsens slut ({avtal.giltig_till.isoformat()}).",
                "Rätta perioden, eller ta bort insatsen.",
            )
        if insats.start and insats.start.fran > avtal.giltig_till:
            yield underlag.problem(
                fil,
                (*vag, "start"),
                "utanfor-perioden",
                f"{insats.id} ska starta efter överenskommelsens slut.",
                "Rätta starten.",
            )
        for i, m in enumerate(insats.moment):
            if m.senast and m.senast.fran > avtal.giltig_till:
                yield underlag.problem(
                    fil,
                    (*vag, "moment", i, "senast"),
                    "utanfor-perioden",
                    f'Momentet "{m.rubrik}" ska vara klart efter överenskommelsens slut.',
                    "Kontrollera datumet.",
                    "varning",
                )


def check_historik(underlag: Underlag) -> Iterator[Problem]:
    """History is in order of time; what is replaced names its successor; nothing happens after the end."""
    avtal, fil = underlag.overenskommelse, underlag.insatsfil
    for _, insats, vag in underlag.hela_insatser():
        ended = None
        previous = None
        for i, change in enumerate(insats.historik):
            place = (*vag, "historik", i)
            if change.handelse == "ersatt" and change.ersatt_av is None:
                yield underlag.problem(
                    fil,
                    place,
                    "historik",
                    "Insatsen är ersatt, men det framgår inte av vilken.",
                    "Lägg till ersatt_av.",
                )
            if change.handelse == "reviderad" and change.andring is None:
                yield underlag.problem(
                    fil,
                    place,
                    "historik",
                    "Insatsen är reviderad, men det framgår inte vad som ändrades.",
                    "Lägg till andring.",
                )
            if previous is not None and change.datum < previous:
                yield underlag.problem(
                    fil, (*place, "datum"), "historik", "Historiken är inte i tidsordning.", "Flytta raden."
                )
            if ended is not None:
                yield underlag.problem(
                    fil,
                    place,
                    "historik",
                    f"{insats.id} är avslutad {ended.isoformat()} men har en senare händelse.",
                    "Ta bort händelsen, eller avslutet.",
                )
            if not avtal.giltig_fran <= change.datum <= avtal.giltig_till:
                yield underlag.problem(
                    fil,
                    (*place, "datum"),
                    "utanfor-perioden",
                    "Händelsen ligger utanför överenskommelsens tid.",
                    "Kontrollera datumet.",
                    "varning",
                )
            previous = change.datum
            if change.handelse in {"ersatt", "avslutad"}:
                ended = change.datum


def faulty(underlag: Underlag, problems: Sequence[Problem]) -> frozenset[str]:
    """The insatser in whose own entries the faults lie."""
    file = underlag.filer.get(underlag.insatsfil)
    if file is None:
        return frozenset()
    starts = sorted(
        (nod.rad, insats.id) for _, insats, vag in underlag.insatser() if (nod := file.nod(vag)) is not None
    )
    found = set()
    for problem in problems:
        if problem.niva == "fel" and problem.plats.fil == underlag.insatsfil:
            before = [name for rad, name in starts if rad <= problem.plats.rad]
            found.update(before[-1:])
    return frozenset(found)


def check_prose(underlag: Underlag) -> Iterator[Problem]:
    """A text that starts in the middle: a comma between brackets has cut a sentence in two."""
    lists: list[tuple[str, Vag, tuple[str, ...]]] = [
        (underlag.avtalsfil, ("oppet",), underlag.overenskommelse.oppet),
    ]
    for _, insats, vag in underlag.hela_insatser():
        lists += [(underlag.insatsfil, (*vag, name), getattr(insats, name)) for name in ("oppet", "tolkning")]
    for fil, vag, texts in lists:
        for i, text in enumerate(texts):
            if i > 0 and text[:1].islower():
                yield underlag.problem(
                    fil,
                    (*vag, i),
                    "delad-text",
                    "Texten börjar mitt i en mening: ett komma inom [ ] delar den i två.",
                    "Skriv listan med en punkt per rad och bindestreck i stället för [ ].",
                    "varning",
                )


RULES = (
    check_plan,
    check_lists,
    check_references,
    check_ansvariga,
    check_individuals,
    check_period,
    check_historik,
    check_prose,
)
