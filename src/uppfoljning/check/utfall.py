"""Rules about what the aktörer report as done or planned: days, places, counts and milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from uppfoljning.check.aterkoppling import at, whole_insatser
from uppfoljning.facts.events import is_at
from uppfoljning.facts.lage import merge_one
from uppfoljning.facts.stillestand import unexplained
from uppfoljning.model.codes import DONE
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag, counted_unit
from uppfoljning.text.candidates import advise
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, lista, nearest, number_word
from uppfoljning.words.plan import so_many

_LONG_AFTER = 366


def _report_elsewhere(underlag: Underlag, day: date) -> str:
    """How to mend an event that lies outside its quarter."""
    kvartal = Kvartal.of(day)
    if kvartal not in underlag.kvartal():
        return "Rätta datumet."
    return f"Redovisa det för {kvartal}; är det svaret redan lämnat, rätta det med rattar. Annars: rätta datumet."


def check_utfall(underlag: Underlag) -> Iterator[Problem]:
    """What happened lies in the quarter it is reported for, and milestones exist and are reached once."""
    insatser = whole_insatser(underlag)
    for post in underlag.svar:
        kvartal = post.target[2]
        for i, handelse in enumerate(post.svar.utfall.handelser):
            if handelse.datum is not None and not kvartal.start <= handelse.datum <= kvartal.slut:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "handelser", i, "datum"),
                    "utanfor-kvartalet",
                    f"{handelse.datum.isoformat()} ligger utanför {kvartal}, som svaret gäller.",
                    _report_elsewhere(underlag, handelse.datum),
                )
        insats = insatser.get(post.svar.insats)
        if insats is None:
            continue
        names = {moment.id: (moment.rubrik,) for moment in insats.moment}
        for i, klart in enumerate(post.svar.utfall.klara_moment):
            if klart.moment not in names:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "klara_moment", i, "moment"),
                    "okant-moment",
                    f'{insats.id} har inget moment "{klart.moment}".',
                    advise(klart.moment, names)
                    or f"{insats.id} har inga moment i insatser.yaml. Lägg till momentet där, eller ta bort det här.",
                )
            if klart.moment in [other.moment for other in post.svar.utfall.klara_moment[:i]]:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "klara_moment", i, "moment"),
                    "dubbelt-moment",
                    f'Momentet "{klart.moment}" står två gånger i samma svar.',
                    "Ta bort den ena.",
                )
            if klart.datum > kvartal.slut:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "klara_moment", i, "datum"),
                    "utanfor-kvartalet",
                    f"{klart.datum.isoformat()} ligger efter {kvartal}, som svaret gäller.",
                    _report_elsewhere(underlag, klart.datum),
                )


def check_individuals(underlag: Underlag) -> Iterator[Problem]:
    """Nothing is counted, dated or placed for insatser about individuals: small numbers would point people out.

    Where ``redovisa_antal`` lets counts through, they still have no place; small ones are hidden in every report.
    """
    insatser = whole_insatser(underlag)
    for post in underlag.svar:
        insats = insatser.get(post.svar.insats)
        if insats is None or not insats.individinsats:
            continue
        told: list[tuple[tuple[str, ...], object]] = [
            (("utfall", "handelser"), () if insats.redovisa_antal else post.svar.utfall.handelser),
            (("planerat",), post.svar.planerat),
            (("plats",), post.svar.plats),
        ]
        for steps, found in told:
            if found:
                yield underlag.problem(
                    *at(underlag, post, *steps),
                    "individuppgifter",
                    f"{insats.id} handlar om enskilda: {'' if insats.redovisa_antal else 'antal, '}dag och plats "
                    "redovisas inte.",
                    f"Ta bort {steps[-1]} och beskriv arbetet i allmänna ordalag i kommentar.",
                    key=True,
                )
        for i, handelse in enumerate(post.svar.utfall.handelser if insats.redovisa_antal else ()):
            if handelse.plats is not None:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "handelser", i, "plats"),
                    "individuppgifter",
                    f"{insats.id} handlar om enskilda: antalet får redovisas, men ingen plats.",
                    "Ta bort plats.",
                    key=True,
                )


def check_unit(underlag: Underlag) -> Iterator[Problem]:
    """Whether an event counts is written, never guessed: it is called what is counted, or says so by ``raknas``."""
    insatser = whole_insatser(underlag)
    for post in underlag.svar:
        insats = insatser.get(post.svar.insats)
        enhet = counted_unit(insats) if insats is not None else None
        if insats is None or insats.individinsats:
            continue
        for i, handelse in enumerate(post.svar.utfall.handelser):
            vad, named = handelse.vad, handelse.vad is not None and fold(handelse.vad) != fold(enhet or "")
            if enhet is None and not insats.platser and handelse.raknas is not None:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "handelser", i, "raknas"),
                    "raknas-utan-antal",
                    f"{insats.id} har inget antal i insatser.yaml att räkna mot.",
                    "Ta bort raknas. Det som har hänt redovisas ändå, med sitt eget ord.",
                    key=True,
                )
            elif enhet is not None and named and handelse.raknas is None:
                slip = f' Är det ett skrivfel: skriv "{enhet}".' if nearest(vad or "", [enhet]) is not None else ""
                yield underlag.problem(
                    *at(underlag, post, "utfall", "handelser", i, "vad"),
                    "annan-enhet",
                    f'Är "{vad}" en av insatsens {enhet}? Det går inte att veta om händelsen ska räknas.',
                    f"Lägg till raknas: true om den räknas som en av dem, annars raknas: false.{slip}",
                )


def check_place(underlag: Underlag) -> Iterator[Problem]:
    """What counts has been done where it was promised, unless the answer says that it counts all the same."""
    insatser = whole_insatser(underlag)
    for post in underlag.svar:
        insats = insatser.get(post.svar.insats)
        if insats is None or not insats.platser or insats.individinsats:
            continue
        for i, handelse in enumerate(post.svar.utfall.handelser):
            plats = handelse.plats
            if plats is None or handelse.raknas is not None or any(is_at(plats, p) for p in insats.platser):
                continue
            yield underlag.problem(
                *at(underlag, post, "utfall", "handelser", i, "plats"),
                "annan-plats",
                f"{underlag.visat(insats.id)} är lovad på en annan plats ({lista(list(insats.platser), 'eller')}) än "
                f"{plats}.",
                "Lägg till raknas: true om händelsen ändå räknas, annars raknas: false.",
                "varning",
            )


def check_done(underlag: Underlag) -> Iterator[Problem]:
    """What is said to be done has reached its number, or says why it hasn't."""
    posts: dict[str, list[Svarspost]] = defaultdict(list)
    for post in underlag.svar:
        posts[post.svar.insats].append(post)
    known = set(underlag.kvartal())
    for omrade, insats, _ in underlag.hela_insatser():
        mine = [post for post in posts[insats.id] if post.target[2] in known and post.kvartal in known]
        done = any(post.svar.genomforande in DONE for post in mine)
        if not done or counted_unit(insats) is None or any(post.skadad for post in mine):
            continue
        last = max(post.kvartal for post in mine)
        lage = merge_one(underlag, omrade, insats, mine, last)
        for a in lage.aktorer:
            short = unexplained(lage, a, last)
            if short is not None:
                yield underlag.problem(
                    *at(underlag, a.klart[0].post, "genomforande"),
                    "under-antalet",
                    f"{underlag.visat(insats.id)} är genomförd enligt svaret, men bara {so_many(short)} {short.enhet} "
                    "är rapporterade.",
                    f"Rapportera resten, eller skriv i avvikelse varför det inte blev {number_word(short.av)}. Pågår "
                    "arbetet: skriv pagar.",
                    "varning",
                )


def check_events(underlag: Underlag) -> Iterator[Problem]:
    """What is reported as done had happened when the answer was given, and is told once."""
    individual = {insats.id for _, insats, _ in underlag.insatser() if insats.individinsats}
    for post in underlag.svar:
        if post.skadad or post.lamnad < post.kvartal.start:
            continue
        seen = []
        for i, handelse in enumerate(post.svar.utfall.handelser):
            place = at(underlag, post, "utfall", "handelser", i, "datum")
            if handelse.datum is not None and handelse.datum > post.lamnad:
                yield underlag.problem(
                    *place,
                    "ej-hant",
                    f"{handelse.datum.isoformat()} ligger efter dagen då svaret lämnades ({post.lamnad.isoformat()}).",
                    "Har det inte hänt än hör det hemma i planerat; annars rätta dagen.",
                )
            if handelse.datum is None and "antal" not in handelse.model_fields_set:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "handelser", i),
                    "handelse-utan-dag",
                    "Händelsen har varken dag eller antal.",
                    "Lägg till datum, till exempel datum: " + post.target[2].slut.isoformat() + ". Är det kvartalets "
                    "summa: lägg till antal i stället, till exempel antal: 71.",
                )
            # Two conversations on a day look the same without a place; and a warning is read by all receivers.
            if handelse in seen and handelse.datum is not None and post.svar.insats not in individual:
                yield underlag.problem(
                    *place,
                    "samma-handelse",
                    "Samma händelse står två gånger i svaret.",
                    "Ta bort den ena. Var de två: skriv antal: 2.",
                    "varning",
                )
            seen.append(handelse)
        for i, klart in enumerate(post.svar.utfall.klara_moment):
            if klart.datum > post.lamnad:
                yield underlag.problem(
                    *at(underlag, post, "utfall", "klara_moment", i, "datum"),
                    "ej-hant",
                    f"{klart.datum.isoformat()} ligger efter den dag då svaret lämnades ({post.lamnad.isoformat()}).",
                    "Rätta dagen.",
                )


def check_dates(underlag: Underlag) -> Iterator[Problem]:
    """Dates that can't be right: an answer before its quarter, a plan already past, a decision asked for too late."""
    told: set[str] = set()
    for post in underlag.svar:
        svar = post.svar
        if post.lamnad < post.kvartal.start and (svar.lamnad or post.kalla.fil not in told):
            place = at(underlag, post, "lamnad") if svar.lamnad else (post.kalla.fil, ("lamnad",))
            told.add(post.kalla.fil)
            yield underlag.problem(
                *place,
                "lamnad-fore",
                f"Svaret är daterat {post.lamnad.isoformat()}, innan {post.kvartal} börjar.",
                "Rätta dagen.",
            )
        long_after = post.lamnad > post.kvartal.slut + timedelta(days=_LONG_AFTER)
        if long_after and not svar.rattar and not post.skadad:
            place = at(underlag, post, "lamnad") if svar.lamnad else (post.kalla.fil, ("lamnad",))
            yield underlag.problem(
                *place,
                "lamnad-langt-efter",
                f"Svaret är daterat {post.lamnad.isoformat()}, mer än ett år efter {post.kvartal}.",
                "Kontrollera året.",
                "varning",
            )
        for i, planerat in enumerate(svar.planerat):
            if planerat.datum <= min(post.lamnad, post.kvartal.slut):
                yield underlag.problem(
                    *at(underlag, post, "planerat", i, "datum"),
                    "redan-passerat",
                    f"{planerat.datum.isoformat()} hade redan passerat när svaret lämnades.",
                    "Har det hänt hör det hemma i utfall; annars rätta datumet.",
                    "varning",
                )
        beslut = svar.beslut_behovs
        if beslut and beslut.senast and beslut.senast < post.lamnad:
            yield underlag.problem(
                *at(underlag, post, "beslut_behovs", "senast"),
                "redan-passerat",
                "Beslutet behövs före den dag då svaret lämnades.",
                "Kontrollera datumet.",
                "varning",
            )


RULES = (
    check_utfall,
    check_individuals,
    check_unit,
    check_place,
    check_done,
    check_events,
    check_dates,
)
