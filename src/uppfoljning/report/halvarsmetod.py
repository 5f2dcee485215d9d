"""The annex of the half-yearly report: what stands in it, how the report was made, and the papers it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.indikator import Sifferlage
from uppfoljning.model import Halvarsfil
from uppfoljning.report.bilaga import HOW_PLANS_ARE_JUDGED, WHAT_IS_JUDGED, figures_text
from uppfoljning.report.grundvy import Faktavy, Lankvy
from uppfoljning.report.lagesord import answers_due
from uppfoljning.report.words import answers_text, clean, kvartal_text
from uppfoljning.state import Lage
from uppfoljning.swedish import antal, capitalized, datum, number_word
from uppfoljning.underlag import Underlag


def half_year_contents(underlag: Underlag, *, final: bool, asked: bool, whole: bool) -> Iterator[Lankvy]:
    """Every section, with the headings that the template gives them.

    ``asked``: a forum is asked to decide; ``whole``: something of the two pages stands in full in the annex.
    """
    if asked:
        yield Lankvy("forslag", "Förslag till beslut")
    yield Lankvy("lage", "Läget per huvudområde")
    if final:
        yield Lankvy("samrad", "Underlag för samråd om förlängning")
        yield Lankvy("lardomar", "Det här har vi lärt oss")
    yield Lankvy("insatserna", "Bilaga: insatserna")
    for huvudomrade in underlag.huvudomraden:
        yield Lankvy(f"huvudomrade-{huvudomrade.id.lower()}", clean(huvudomrade.rubrik))
    if whole:
        yield Lankvy("helt", "Texter i sin helhet")
    if final:
        yield Lankvy("parter", "Parternas åtaganden")
        yield Lankvy("fragor", "Fem frågor om resultatet")
    yield Lankvy("andrat", "Alla ändringar")
    yield Lankvy("beslut", "Beslut: väntande och avgjorda")
    yield Lankvy("svar", "Svaren")
    yield Lankvy("statistik", "Statistik och enkäter")
    yield Lankvy("siffermetod", "Så läses siffrorna")
    yield Lankvy("metod", "Så är rapporten gjord")
    yield Lankvy("underlag", "Underlag och versioner")


def answers_by_quarter(lagen: Sequence[Lage]) -> Iterator[str]:
    """How many answers came, quarter by quarter, as in 'Kvartal 1 2022: 27 av 31 svar har kommit.'."""
    for lage in lagen:
        due, given, late = _count(lage)
        text = answers_text(due, given, late) if due else "inga svar skulle lämnas"
        yield f"{capitalized(kvartal_text(lage.kvartal))}: {text[:1].lower()}{text[1:]}."


def _count(lage: Lage) -> tuple[int, int, int]:
    """Answers due for a quarter, given, and of these after the last day."""
    return answers_due([i for i in lage.insatser if i.aktuell])


def answers_in_all(lagen: Sequence[Lage]) -> str:
    """How many answers came in all: '230 av 248 svar har kommit under åtta kvartal, varav 12 efter sista svarsdag.'."""
    due, given, late = (sum(numbers) for numbers in zip(*map(_count, lagen), strict=True))
    if not due:
        return "Inga svar skulle lämnas."
    text = (
        f"{antal(given) if given else 'Inget'} av {antal(due)} svar har kommit under {number_word(len(lagen))} kvartal"
    )
    return f"{text}, varav {number_word(late, neuter=True)} efter sista svarsdag." if late else f"{text}."


def papers(underlag: Underlag, uppgifter: Halvarsfil, rubrik: str, siffror: Sifferlage) -> tuple[str, ...]:
    """The papers that the decision rests on: this report, the agreement, the statistics, and what the file adds."""
    kalla = underlag.overenskommelse.kalla
    sources = list(dict.fromkeys(figures_text(t) for t in siffror.tabeller if t.serier))
    rows = [
        f"Rapporten ”{rubrik}” med bilaga",
        f"{kalla.dokument}, {datum(kalla.datum)}",
        *(f"Statistik: {name}" for name in sources),
        *uppgifter.beslutsunderlag,
    ]
    return tuple(clean(text.rstrip(".")) for text in rows)


def half_year_method(underlag: Underlag, lage: Lage) -> tuple[Faktavy, ...]:
    """How the report was made, in terms that a politician can follow."""
    later = ""
    if lage.senaste_svar is not None and lage.senaste_svar > lage.per:
        later = f" Svar som har lämnats senare, till och med {datum(lage.senaste_svar)}, är med."
    return (
        WHAT_IS_JUDGED,
        HOW_PLANS_ARE_JUDGED,
        Faktavy(
            "Svar",
            "Varje ansvarig aktör svarar för varje kvartal. Utan svar visas det senaste svaret, med uppgift om vilket "
            "kvartal det gäller; inget svar betyder inte att inget är gjort.",
        ),
        Faktavy(
            "Det som inte är med",
            "Anteckningar som är märkta som interna ingår aldrig i den här rapporten. Aktörernas kommentarer och nästa "
            "steg är förkortade där de är långa, och slutar då med …; i kvartalsrapporten står de i sin helhet.",
        ),
        Faktavy("Referensdag", f"Läget är bedömt per {datum(lage.per)}.{later}"),
    )
