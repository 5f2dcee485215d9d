"""Rules about the agreement itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from uppfoljning.check.labels import check_agreement, check_partners
from uppfoljning.check.names import check_known
from uppfoljning.model import Redovisning
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem

_MANY_YEARS = 20


def check_period(underlag: Underlag) -> Iterator[Problem]:
    """The agreement ends after it begins, and the last day for samråd lies before its end (section 3)."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    if avtal.giltig_till < avtal.giltig_fran:
        yield underlag.problem(
            fil, ("giltig_till",), "period", "Överenskommelsen slutar innan den börjar.", "Rätta datumen."
        )
    if avtal.forlangning and avtal.forlangning.samrad_senast > avtal.giltig_till:
        yield underlag.problem(
            fil,
            ("forlangning", "samrad_senast"),
            "samrad",
            "Sista dag för samråd ligger efter överenskommelsens slut.",
            "Rätta datumet.",
        )


def check_plausible(underlag: Underlag) -> Iterator[Problem]:
    """Years that are probably slips: an agreement of decades; a meeting, samråd or information outside its time."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    if avtal.giltig_till.year - avtal.giltig_fran.year > _MANY_YEARS:
        yield underlag.problem(
            fil,
            ("giltig_till",),
            "orimlig-tid",
            f"Överenskommelsen gäller i mer än {_MANY_YEARS} år.",
            "Kontrollera året.",
            "varning",
        )
    dated: list[tuple[date, Vag]] = [
        (mote.datum, ("kalender", "moten", i, "datum")) for i, mote in enumerate(avtal.kalender.moten)
    ]
    dated += [(i.datum, ("kalender", "information", n, "datum")) for n, i in enumerate(avtal.kalender.information)]
    dated += [
        (r.redovisad, ("kalender", "redovisningar", i, "redovisad"))
        for i, r in enumerate(avtal.kalender.redovisningar)
        if r.redovisad is not None and r.redovisad > r.halvar.slut
    ]
    if avtal.forlangning is not None and avtal.forlangning.samrad_senast < avtal.giltig_fran:
        dated.append((avtal.forlangning.samrad_senast, ("forlangning", "samrad_senast")))
    for day, vag in dated:
        if not avtal.giltig_fran <= day <= avtal.giltig_till + timedelta(days=366):
            yield underlag.problem(
                fil,
                vag,
                "utanfor-perioden",
                "Dagen ligger utanför överenskommelsens tid.",
                "Kontrollera året.",
                "varning",
            )


def check_lists(underlag: Underlag) -> Iterator[Problem]:
    """There is at least one part and one aktör, and at most one forum that holds the meeting."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    meeting = [i for i, f in enumerate(avtal.forum) if f.motesforum]
    for i in meeting[1:]:
        first = underlag.place(fil, ("forum", meeting[0], "motesforum"))
        yield underlag.problem(
            fil,
            ("forum", i, "motesforum"),
            "tva-motesforum",
            f"Bara ett forum kan hålla kvartalets möte, och {avtal.forum[meeting[0]].namn} är redan valt på rad "
            f"{first.rad}.",
            "Ta bort motesforum för det ena.",
            key=True,
        )
    for kind, items in (("parter", avtal.parter), ("aktorer", avtal.aktorer)):
        if not items and not underlag.kanda.of(kind):
            yield underlag.problem(fil, (kind,), "tom-lista", f"Listan {kind} är tom.", "Lägg till minst en.", key=True)


def check_references(underlag: Underlag) -> Iterator[Problem]:
    """Aktörer belong to a known part; meetings and redovisningar to a known forum."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    parter, forum = underlag.kanda.of("parter"), underlag.kanda.of("forum")
    for i, aktor in enumerate(avtal.aktorer):
        yield from check_known(underlag, fil, ("aktorer", i, "del_av"), "part", aktor.del_av, parter)
    named: list[tuple[str, Vag]] = [
        (mote.forum, ("kalender", "moten", i, "forum"))
        for i, mote in enumerate(avtal.kalender.moten)
        if mote.forum is not None
    ]
    named += [
        (name, ("kalender", "redovisningar", i, "forum", j))
        for i, redovisning in enumerate(avtal.kalender.redovisningar)
        for j, name in enumerate(redovisning.forum)
    ]
    for name, vag in named:
        yield from check_known(underlag, fil, vag, "forum", name, forum)


def check_kalender(underlag: Underlag) -> Iterator[Problem]:
    """Last days to answer lie after their quarter; dates lie where they can mean something."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    known = set(underlag.kvartal())
    seen: dict[Kvartal, str] = {}
    for key in _written(underlag):
        kvartal = Kvartal.parse(key)
        if kvartal in seen:
            yield underlag.problem(
                fil,
                ("kalender", "sista_svarsdag", key),
                "dubblett",
                f'"{key}" är samma kvartal som "{seen[kvartal]}" ovanför.',
                "Ta bort den ena raden.",
                key=True,
            )
        if kvartal is not None:
            seen.setdefault(kvartal, key)
        if kvartal is None or kvartal not in avtal.kalender.sista_svarsdag:
            continue
        vag = ("kalender", "sista_svarsdag", key)
        if avtal.kalender.sista_svarsdag[kvartal] <= kvartal.slut:
            yield underlag.problem(
                fil,
                vag,
                "svarsdag",
                f"Sista svarsdag för {kvartal} ligger före kvartalets slut ({kvartal.slut.isoformat()}).",
                "Sätt ett datum efter kvartalets slut.",
            )
        if kvartal not in known:
            yield underlag.problem(
                fil,
                vag,
                "utanfor-perioden",
                f"{kvartal} ligger utanför överenskommelsens tid.",
                "Ta bort raden eller rätta kvartalet.",
                "varning",
                key=True,
            )
    halvar = {Halvar.of(kvartal.start) for kvartal in known}
    for i, redovisning in enumerate(avtal.kalender.redovisningar):
        vag_datum: Vag = ("kalender", "redovisningar", i, "datum")
        if redovisning.halvar not in halvar:
            yield underlag.problem(
                fil,
                ("kalender", "redovisningar", i, "halvar"),
                "utanfor-perioden",
                f"{redovisning.halvar} ligger utanför överenskommelsens tid.",
                "Ta bort raden eller rätta halvåret.",
                "varning",
            )
        if redovisning.datum and redovisning.datum <= redovisning.halvar.slut:
            yield underlag.problem(
                fil,
                vag_datum,
                "redovisning",
                f"Redovisningen av {redovisning.halvar} ligger före halvårets slut.",
                "Kontrollera datumet.",
                "varning",
            )
        yield from _check_redovisad(underlag, i, redovisning)
    yield from _check_order(underlag)


def _check_order(underlag: Underlag) -> Iterator[Problem]:
    """The last day to answer for a quarter lies before the next quarter's: the meetings come in order."""
    dated = underlag.overenskommelse.kalender.sista_svarsdag
    kvartal = underlag.kvartal()
    for earlier, later in pairwise(kvartal):
        first, then = underlag.sista_svarsdag(earlier), underlag.sista_svarsdag(later)
        if first >= then:
            wrong = earlier if earlier in dated else later
            key = next((k for k in _written(underlag) if Kvartal.parse(k) == wrong), str(wrong))
            yield underlag.problem(
                underlag.avtalsfil,
                ("kalender", "sista_svarsdag", key),
                "svarsdag",
                f"Sista svarsdag för {earlier} ({first.isoformat()}) ligger inte före den för {later} "
                f"({then.isoformat()}).",
                "Rätta datumen så att kvartalen kommer i ordning.",
            )


def _written(underlag: Underlag) -> tuple[str, ...]:
    """The quarters under ``sista_svarsdag`` as they are written in the file."""
    file = underlag.filer.get(underlag.avtalsfil)
    raw = file.nod(("kalender", "sista_svarsdag")) if file else None
    return tuple(raw.varde) if raw is not None and isinstance(raw.varde, dict) else ()


def _check_redovisad(underlag: Underlag, i: int, redovisning: Redovisning) -> Iterator[Problem]:
    """A half-year can't have been presented before it began; before its end it is at least odd."""
    day, halvar = redovisning.redovisad, redovisning.halvar
    if day is None or day > halvar.slut:
        return
    vag: Vag = ("kalender", "redovisningar", i, "redovisad")
    fil, odd = underlag.avtalsfil, day >= halvar.start
    when = "före halvårets slut" if odd else "innan halvåret börjar"
    yield underlag.problem(
        fil,
        vag,
        "redovisning",
        f"{halvar} är redovisat {day.isoformat()}, {when}.",
        "Kontrollera datumet." if odd else "Rätta datumet.",
        "varning" if odd else "fel",
    )


def check_avstamningar(underlag: Underlag) -> Iterator[Problem]:
    """A quarter is agreed to after its end, once by each known party; before the last day to answer it is odd."""
    fil, known = underlag.avtalsfil, set(underlag.kvartal())
    parter = underlag.kanda.of("parter")
    seen: set[tuple[Kvartal, str]] = set()
    for i, a in enumerate(underlag.overenskommelse.kalender.avstamningar):
        vag: Vag = ("kalender", "avstamningar", i)
        yield from check_known(underlag, fil, (*vag, "part"), "part", a.part, parter)
        if a.kvartal not in known:
            yield underlag.problem(
                fil,
                (*vag, "kvartal"),
                "utanfor-perioden",
                f"{a.kvartal} ligger utanför överenskommelsens tid.",
                "Rätta kvartalet, eller ta bort raden.",
            )
            continue
        if (a.kvartal, a.part) in seen:
            yield underlag.problem(
                fil,
                vag,
                "dubblett",
                f'Avstämningen av {a.kvartal} för parten "{a.part}" finns redan ovanför.',
                "Ta bort den ena raden.",
            )
        seen.add((a.kvartal, a.part))
        last_day = underlag.sista_svarsdag(a.kvartal)
        if a.datum <= a.kvartal.slut:
            yield underlag.problem(
                fil,
                (*vag, "datum"),
                "avstamning",
                f"{a.kvartal} är avstämt {a.datum.isoformat()}, inte efter kvartalets slut "
                f"({a.kvartal.slut.isoformat()}).",
                "Rätta datumet.",
            )
        elif a.datum < last_day:
            yield underlag.problem(
                fil,
                (*vag, "datum"),
                "avstamning",
                f"{a.kvartal} är avstämt {a.datum.isoformat()}, före sista svarsdag ({last_day.isoformat()}).",
                "Kontrollera datumet.",
                "varning",
            )


RULES = (
    check_plausible,
    check_agreement,
    check_partners,
    check_lists,
    check_references,
    check_kalender,
    check_avstamningar,
)
