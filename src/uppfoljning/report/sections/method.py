"""The end of a report: who has answered, what the agreement leaves open, faults in the data, method and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.facts.answers import answers_due
from uppfoljning.facts.figures.judge import Sifferlage, Tabellage
from uppfoljning.facts.lage import Aktorslage, Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Halvarsfil
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.report.sections.avsnitt import FRAGOR, MOTET, STATISTIK
from uppfoljning.report.views.base import Faktavy
from uppfoljning.report.views.kvartal import Oppetvy, Svarsradvy
from uppfoljning.text.problem import Problem, visible
from uppfoljning.text.swedish import (
    antal,
    capitalized,
    datum,
    datumspann,
    lista,
    lower_first,
    number_word,
    plural,
    sentence,
)
from uppfoljning.words.codes import NOT_LATE_FOR_WANT_OF_ANSWERS, PLAN
from uppfoljning.words.common import aktor_namn, answers_text, clean, is_part, kvartal_text, parts_of_aktorer
from uppfoljning.words.figures import UNTOLD_WARNING
from uppfoljning.words.meeting import rules_text, stuck_text

WHAT_IS_JUDGED = Faktavy(
    "Vad som bedöms",
    "Rapporten säger hur arbetet går och, för sig, hur problemen utvecklas. Siffror om brott och trygghet påverkar "
    "aldrig bedömningen av en insats.",
)

HOW_PLANS_ARE_JUDGED = Faktavy(
    "Bedömningen av planen",
    f"Bedömningen härleds ur datum, antal och mål i överenskommelsen. {PLAN['forsenad']} betyder att ett satt datum "
    "har passerat utan att det är rapporterat klart, eller att tiden är slut utan att antalet är nått. Risk "
    "betyder att en månad eller ett kvartal har gått utan det som skulle göras, att arbetet är pausat, "
    "eller att mindre än 30 dagar återstår för var och en av de gånger som saknar datum och takten skulle "
    "behöva mer än fördubblas. Utan datum eller antal att mäta mot går planen inte att bedöma, och inte heller ett "
    "antal per år när bara en del av året ingår och inget antal är bestämt för den. Saknas svar "
    f"{NOT_LATE_FOR_WANT_OF_ANSWERS}, men det som var försenat eller riskerade att bli det enligt det senaste svaret "
    "är det tills ett nytt svar säger något annat. Aktörens egen bedömning visas bredvid. En aktör kan sätta "
    "bedömningen själv, med skäl; då visas båda. Kommer inget nytt svar gäller en sådan bedömning till nästa datum som "
    "insatsen ska hålla, och en försening eller en risk så länge inget värre har hänt.",
)


def answer_table(underlag: Underlag, bedomda: Sequence[Bedomd]) -> tuple[tuple[Svarsradvy, ...], Svarsradvy]:
    """A row for each aktör that owes answers for the quarter, and the sum."""
    avtal = underlag.overenskommelse
    part_of = parts_of_aktorer(underlag)
    by_aktor: dict[str, list[Aktorslage]] = {}
    for b in bedomda:
        for a in b.lage.aktorer:
            if b.lage.aktuell and a.status != "behovs_inte":
                by_aktor.setdefault(a.aktor, []).append(a)
    order = [*(p.id for p in avtal.parter), *(a.id for a in avtal.aktorer)]
    rows = []
    for aktor in sorted(by_aktor, key=lambda name: (order.index(part_of[name]), order.index(name))):
        name = aktor_namn(underlag, aktor)
        shown = f"{name} (aktör ej utsedd)" if is_part(underlag, aktor) else name
        rows.append(_count_row(shown, aktor_namn(underlag, part_of.get(aktor, aktor)), by_aktor[aktor]))
    everyone = [a for answers in by_aktor.values() for a in answers]
    return tuple(rows), _count_row("Summa", "", everyone)


def _count_row(name: str, part: str, answers: Sequence[Aktorslage]) -> Svarsradvy:
    short = sum(a.status in {"oforandrat", "inget_att_rapportera"} for a in answers)
    return Svarsradvy(
        aktor=name,
        part=part,
        antal=str(len(answers)),
        lamnade=str(sum(a.har_svarat for a in answers)),
        oforandrade=str(short),
        sena=str(sum(a.dagar_sen > 0 for a in answers)),
        saknas=str(sum(a.status == "inget_svar" for a in answers)),
    )


def open_points(underlag: Underlag, bedomda: Sequence[Bedomd]) -> tuple[Oppetvy, ...]:
    """What the agreement leaves open: as the data states it, and as the tool finds it."""
    avtal = underlag.overenskommelse
    rows = [Oppetvy("Överenskommelsen", clean(sentence(text))) for text in avtal.oppet]
    if avtal.kalender.tolkning:
        rows.append(Oppetvy("Kalendern", clean(sentence(avtal.kalender.tolkning))))
    rows += [Oppetvy(clean(a.namn), clean(sentence(a.tolkning))) for a in avtal.aktorer if a.tolkning]
    unnamed = [
        b.visat_id for b in bedomda if any(is_part(underlag, ansvarig.aktor) for ansvarig in b.lage.insats.ansvariga)
    ]
    if unnamed:
        rows.append(
            Oppetvy("Svarande aktör", f"Bara parten anges som ansvarig, ingen aktör är utsedd, för {lista(unnamed)}.")
        )
    for b in bedomda:
        insats = b.lage.insats
        texts = []
        if not insats.ansvariga and not insats.oppet:
            texts.append("Ingen ansvarig anges.")
        mal = insats.malsattning
        measured = (insats.frekvens and insats.frekvens.antal) or (mal and (mal.antal or mal.ord)) or insats.moment
        if not measured and not insats.oppet:
            texts.append("Inget antal eller datum att mäta mot anges.")
        texts += [sentence(text) for text in insats.oppet]
        if texts:
            rows.append(Oppetvy(f"{b.visat_id} {clean(insats.rubrik)}", clean(" ".join(texts))))
    return tuple(rows)


def warnings_view(problems: Sequence[Problem]) -> tuple[Faktavy, ...]:
    """The warnings about the data, by place; nothing of the files' own text is repeated."""
    return tuple(Faktavy(clean(str(p.plats)), clean(visible(p.meddelande)) or UNTOLD_WARNING) for p in problems)


def method(underlag: Underlag, lage: Lage) -> tuple[Faktavy, ...]:
    """How the report was made, in terms that a politician can follow."""
    avtal = underlag.overenskommelse
    days = avtal.kalender.svarsdagar_efter_kvartalet
    late = ""
    if lage.senaste_svar is not None and lage.senaste_svar > lage.per:
        late = (
            f" Svar som har lämnats efter referensdagen, till och med {datum(lage.senaste_svar)}, är med; de som kom "
            "efter sista svarsdag är märkta."
        )
    return (
        WHAT_IS_JUDGED,
        HOW_PLANS_ARE_JUDGED,
        Faktavy(
            "Svar",
            f"Varje ansvarig aktör svarar för varje kvartal, senast {days} dagar efter kvartalets slut om inget "
            "annat datum är satt. Utan svar visas det senaste svaret, med uppgift om vilket kvartal det gäller; inget "
            "svar betyder inte att inget är gjort. En rättelse ersätter det svar den rättar från och med det kvartal "
            "då den lämnas.",
        ),
        Faktavy(
            "Antal",
            "Antal läggs ihop över kvartalen från den aktör som räknar, så att samma sak inte räknas två gånger. Anger "
            "en annan aktör ett annat antal visas båda.",
        ),
        Faktavy(MOTET.rubrik, rules_text()),
        Faktavy(FRAGOR.rubrik, stuck_text()),
        Faktavy(
            "Referensdag",
            f"Läget är bedömt per {datum(lage.per)}; sista svarsdag är {datum(lage.sista_svarsdag)}.{late}",
        ),
    )


def _count_answers(posts: Sequence[Svarspost]) -> str:
    """'58 svar och 1 rättelse'."""
    corrections = sum(post.svar.rattar is not None for post in posts)
    text = f"{len(posts) - corrections} svar"
    return f"{text} och {plural(corrections, 'rättelse', 'rättelser')}" if corrections else text


def sources(
    underlag: Underlag, lage: Lage, siffror: Sifferlage, versions: Sequence[tuple[str, str]]
) -> tuple[Faktavy, ...]:
    """Which data and which tool the report stands on."""
    avtal = underlag.overenskommelse
    posts = [post for post in underlag.svar if post.kvartal <= lage.kvartal]
    answered = sorted({post.kvartal for post in posts})
    rows = [
        Faktavy("Överenskommelsen", clean(f"{avtal.kalla.dokument}, {datum(avtal.kalla.datum)}.")),
        Faktavy("Giltighetstid", f"{datumspann(avtal.giltig_fran, avtal.giltig_till)}."),
        Faktavy(
            "Svar",
            f"{_count_answers(posts)} från {lista([kvartal_text(q) for q in answered])}."
            if posts
            else "Inga svar finns ännu.",
        ),
    ]
    tables = list(dict.fromkeys(figures_text(t) for t in siffror.tabeller if t.serier))
    if tables:
        rows.append(Faktavy(STATISTIK.rubrik, f"{lista(tables)}."))
    rows += [Faktavy(label, text) for label, text in versions]
    return tuple(rows)


def figures_text(table: Tabellage) -> str:
    """A table by its source, the time it reaches to and when it was extracted."""
    tabell, last = table.tabell, max(serie.ar for serie in table.serier)
    when = f"{tabell.period.ord} {last}" if tabell.period is not None else str(last)
    extracted = f" (uttag {clean(tabell.uttag.text)})" if tabell.uttag is not None else ""
    return f"{clean(table.kalla.namn)} {when}{extracted}"


def answers_by_quarter(lagen: Sequence[Lage]) -> Iterator[str]:
    """How many answers came, quarter by quarter, as in 'Kvartal 1 2022: 27 av 31 svar har kommit.'."""
    for lage in lagen:
        due, given, late = _count(lage)
        text = answers_text(due, given, late) if due else "inga svar skulle lämnas"
        yield f"{capitalized(kvartal_text(lage.kvartal))}: {lower_first(text)}."


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
