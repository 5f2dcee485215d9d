"""Projects with unusual data: very long words and texts, very many of a kind, or nothing at all. All is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from data_pdf.projekt import (
    Yaml,
    agreement,
    answer,
    answers,
    area,
    insats,
    write_figures,
    write_half_year,
    write_project,
)

SENTENCES = (
    "Samverkansgruppen träffades i kommunhuset och gick igenom lägesbilden för centrumområdet.",
    "Fältassistenterna och områdespoliserna har delat upp helgkvällarna mellan sig under hela perioden.",
    "Bostadsbolagets trygghetsvärdar lämnar veckovisa iakttagelser till trygghetssamordnaren.",
    "Belysningen vid gångtunneln är lagad.",
    "Skolornas elevhälsa vill ha en gemensam rutin för orosanmälningar före terminsstarten, och socialtjänsten har "
    "tagit fram ett första förslag som rektorerna nu läser.",
    "Kommunikationsavdelningen informerade om grannsamverkan.",
    "Vi väntar på fastighetsägarnas besked om kameraövervakningen.",
    "Föreningarna i föreningsrådet nattvandrade trots kylan, och uppslutningen var god.",
)
COMPOUND = (
    "Brottsförebyggande samverkansöverenskommelse om trygghetsskapande belysningsåtgärder, "
    "grannsamverkansinformation och föräldravandringsverksamhet i kollektivtrafiknära bostadsområden med "
    "hyresgästinflytande"
)
UNBROKEN = "Trygghetsskapandesamverkansöverenskommelseuppföljningsrapportering" * 4
LONG_AREA = "Trygghetsskapande åtgärder i kollektivtrafiknära centrummiljöer och bostadsgårdar"
LATE = {"moment": [{"id": "klar", "rubrik": "Handlingsplanen antagen", "senast": date(2022, 2, 15)}]}


def prose(length: int, start: int = 0) -> str:
    """Ordinary Swedish sentences, of at most that length and at least almost that."""
    text = " ".join(islice(cycle(SENTENCES[start:] + SENTENCES[:start]), length // 40 + 2))
    words = text[: length - 1].rpartition(" ")[0].rstrip(" ,.")
    return f"{words}."


def paragraphs(length: int) -> str:
    """Text of about that length with a paragraph for every sentence or two."""
    parts: list[str] = []
    for number, sentence in enumerate(cycle(SENTENCES)):
        if sum(map(len, parts)) > length:
            return "\n\n".join(parts)
        parts.append(sentence if number % 3 else f"{sentence} {SENTENCES[number % 5]}")
    raise AssertionError


def question(number: int) -> Yaml:
    """A decision that is asked for."""
    return {
        "fraga": f"Ska fråga {number} om trygghetsskapande belysning avgöras nu, eller vänta till budgetbeslutet?",
        "av": "Styrgruppen",
        "senast": date(2022, 9, number % 28 + 1),
    }


def two_parties(number: int, **changes: object) -> Yaml:
    """An agreement between a municipality and the police with that many aktörer, and a year and a half to go."""
    names = cycle(
        (
            *(
                "Socialförvaltningen",
                "Utbildningsförvaltningen",
                "Kultur- och fritidsförvaltningen",
                "Räddningstjänsten",
            ),
            *("Barn- och ungdomsenheten", "Samhällsbyggnadskontoret", "Fältgruppen", "Trygghetssamordnaren"),
        )
    )
    aktorer = [
        {
            "id": f"a{n}",
            "namn": name if n <= 8 else f"{name} {n}",
            "del_av": "polisen" if n % 4 == 0 else "kommunen",
        }
        for n, name in zip(range(1, number + 1), names, strict=False)
    ]
    return agreement(
        rubrik="Samverkansöverenskommelse mellan Provkommunen och Lokalpolisområde Prov",
        parter=[
            {"id": "kommunen", "namn": "Provkommunen", "uppfoljare": "samordnare"},
            {"id": "polisen", "namn": "Lokalpolisområde Prov", "kortnamn": "Polisen", "uppfoljare": "kommunpolis"},
        ],
        aktorer=aktorer,
        **changes,
    )


def long_titles(folder: Path) -> Path:
    """Titles of 200 characters everywhere that a title can stand."""
    asked = {"beslut_behovs": question(1)}
    titled = [
        insats("OMR-1", rubrik=COMPOUND[:200], **LATE),
        insats("OMR-2", rubrik=UNBROKEN[:200], **LATE),
        insats("OMR-3", rubrik=COMPOUND[:200], ansvariga=["a1", "a2"]),
        insats("OMR-4", rubrik=UNBROKEN[:200], ansvariga=["a2"]),
    ]
    said = [
        answer("OMR-1", **asked),
        answer("OMR-2", egen_bedomning="forsenad", orsak=prose(80), **asked),
        answer("OMR-3"),
    ]
    return write_project(folder, two_parties(2), [area(titled)], [answers(said)])


def twelve_aktorer(folder: Path) -> Path:
    """An insats that twelve are responsible for, with four answers missing, and one with a commitment for each."""
    everyone = [f"a{n}" for n in range(1, 13)]
    promised = [{"aktor": a, "atagande": SENTENCES[n % 8]} for n, a in enumerate(everyone)]
    filer = [
        answers(
            [answer("OMR-1", kommentar=prose(260, n % 8)), answer("OMR-2", genomforande="inte_paborjad")], aktor=aktor
        )
        for n, aktor in enumerate(everyone)
        if n % 3 != 1
    ]
    return write_project(
        folder,
        two_parties(12),
        [area([insats("OMR-1", ansvariga=everyone), insats("OMR-2", ansvariga=promised)])],
        filer,
    )


def long_answers(folder: Path) -> Path:
    """Answers of 5 000 characters: one paragraph, many paragraphs, and one word without an end."""
    texts = (prose(5000), paragraphs(5000), f"{prose(300)}\n\n{'Ordutanslut' * 40}")
    said = [
        answer(f"OMR-{n}", kommentar=text, avvikelse=prose(900, 2), nasta_steg=prose(90, 3))
        for n, text in enumerate(texts, 1)
    ]
    return write_project(folder, two_parties(1), [area([insats(f"OMR-{n}") for n in range(1, 4)])], [answers(said)])


def empty_areas(folder: Path) -> Path:
    """Huvudområden without insatser first, in the middle and last."""
    return write_project(
        folder,
        two_parties(1),
        [
            area([], "TA"),
            area([insats("OMR-1")]),
            area([], "TB"),
            area([], "TC"),
            area([insats("B-1")], "B"),
            area([], "TD"),
        ],
        [answers([answer("OMR-1"), answer("B-1")])],
    )


def hundred(folder: Path) -> Path:
    """A hundred insatser in six huvudområden, twenty aktörer, and two quarters of answers."""
    areas = [
        area(
            [_ordinary(f"H{a}-{n}", a * 17 + n) for n in range(1, 18 if a < 4 else 17)],
            f"H{a}",
            rubrik=("Trygga offentliga miljöer", "Ungdomar i riskzon", "Våld i nära relation")[a % 3] + f" {a + 1}",
            beskrivning=prose(200, a),
        )
        for a in range(6)
    ]
    owed: dict[str, list[tuple[int, str]]] = {}
    for number, one in enumerate(i for a in areas for i in a["insatser"]):
        for aktor in one["ansvariga"]:
            owed.setdefault(aktor, []).append((number, one["id"]))
    filer = [
        answers(
            [_said(number, insats_id, quarter) for number, insats_id in mine if (number + quarter) % 9],
            aktor=aktor,
            kvartal=f"2022-K{quarter}",
            lamnad=date(2022, 1 + 3 * quarter, 11),
        )
        for quarter in (1, 2)
        for aktor, mine in owed.items()
    ]
    return write_project(folder, two_parties(20), areas, filer)


def _ordinary(insats_id: str, number: int) -> Yaml:
    by_kind: tuple[Yaml, ...] = (
        {"moment": [{"id": "klar", "rubrik": "Rutinen antagen", "senast": date(2022, 1 + number % 12, 20)}]},
        {"moment": [], "frekvens": {"antal": 4, "per": "ar", "enhet": "trygghetsvandringar"}},
        {"moment": [], "frekvens": {"takt": "lopande"}},
        {},
    )
    titles = ("Trygghetsvandringar", "Gemensam lägesbild", "Föräldrautbildning", "Tillsyn av serveringstillstånd")
    ansvariga = [f"a{number % 20 + 1}"] + ([f"a{(number + 7) % 20 + 1}"] if number % 3 == 0 else [])
    return insats(
        insats_id,
        rubrik=f"{titles[number % 4]} i område {number}",
        beskrivning=prose(120 + number % 90, number % 8),
        ansvariga=ansvariga,
        raknas_av=ansvariga[0] if number % 4 == 1 else None,
        **by_kind[number % 4],
    )


def _said(number: int, insats_id: str, quarter: int) -> Yaml:
    said: Yaml = {
        "kommentar": prose(140 + 37 * number % 160, (number + 3 * quarter) % 8),
        "nasta_steg": SENTENCES[(number + quarter) % 8],
        "egen_bedomning": "risk_for_forsening" if (number + quarter) % 8 == 0 else "enligt_plan",
    }
    if said["egen_bedomning"] == "risk_for_forsening":
        said["avvikelse"] = SENTENCES[6]
    if number % 25 == 0:
        said["beslut_behovs"] = question(number)
    if number % 4 == 1:
        said["utfall"] = {"handelser": [{"datum": date(2022, 3 * quarter, 10), "plats": "Centrum"}]}
    return answer(insats_id, **said)


def no_answers(folder: Path) -> Path:
    """A project that nobody has answered anything in."""
    insatser = [insats(f"OMR-{n}", ansvariga=[f"a{n % 4 + 1}"]) for n in range(1, 9)]
    return write_project(folder, two_parties(4), [area(insatser)])


def long_areas(folder: Path) -> Path:
    """Huvudområden whose names have 80 characters, in many words and in one."""
    areas = [
        area([insats("A-1")], "A", rubrik=LONG_AREA),
        area([insats("B-1")], "B", rubrik=UNBROKEN[:80]),
        area([insats("C-1", **LATE)], "C", rubrik=f"{LONG_AREA} i C"),
    ]
    return write_project(folder, two_parties(1), areas, [answers([answer("A-1"), answer("B-1"), answer("C-1")])])


def long_names(folder: Path) -> Path:
    """Parties, aktörer and fora whose names are as long as they come, and a milestone with a long name."""
    avtal = agreement(
        rubrik=COMPOUND,
        parter=[
            {"id": "kommunen", "namn": f"Kommunalförbundet {LONG_AREA}", "uppfoljare": LONG_AREA},
            {"id": "polisen", "namn": f"Lokalpolisområde {UNBROKEN[:60]}", "uppfoljare": UNBROKEN[:60]},
        ],
        aktorer=[
            {"id": "a1", "namn": f"Enheten för {COMPOUND[:90]}", "del_av": "kommunen"},
            {"id": "a2", "namn": UNBROKEN[:90], "del_av": "polisen"},
        ],
        forum=[{"id": "styrgrupp", "namn": f"Styrgruppen för {COMPOUND[:90]}", "ser_intern": True}],
    )
    moment = [{"id": "m", "rubrik": f"{COMPOUND}, {UNBROKEN[:100]}", "senast": date(2022, 2, 15)}]
    insatser = [insats(f"OMR-{n}", ansvariga=["a1", "a2"], moment=moment) for n in range(1, 4)]
    return write_project(
        folder, avtal, [area(insatser)], [answers([answer("OMR-1"), answer("OMR-2", beslut_behovs=question(3))])]
    )


def long_figures(folder: Path) -> Path:
    """Series with long names and six years, in counts and in shares, and numbers as large as are read."""
    write_project(folder, two_parties(1), [area([insats("OMR-1")])], [answers([answer("OMR-1")])])
    names = [f"{sentence[:70].rstrip(' .,')} ({n})" for n, sentence in enumerate(SENTENCES)]
    counts = [(name, [str(30 + 7 * (n * year % 11) + n * 400) for year in range(1, 7)]) for n, name in enumerate(names)]
    counts.append((UNBROKEN[:60], ["12000", "13000", "11000", "14000", "12500", "99999"]))
    counts.append(
        (f"Alla {UNBROKEN[:50]}", ["123456789", "234567890", "345678901", "456789012", "567890123", "999999999"])
    )
    shares = [(name, [str(20 + (n * year) % 40) for year in range(1, 7)]) for n, name in enumerate(names)]
    write_figures(folder, counts, shares, first=2017)
    return folder


def twelve_decisions(folder: Path) -> Path:
    """Twelve questions that wait for a decision, two of them long, and two whose last day has passed."""
    insatser = [insats(f"OMR-{n}") for n in range(1, 13)]
    said = [answer(f"OMR-{n}", beslut_behovs=question(n)) for n in range(1, 13)]
    for long in said[3:5]:
        long["beslut_behovs"] = {**question(1), "fraga": f"{prose(600)[:-1]}?"}
    for late in said[6:8]:
        late["beslut_behovs"] = {**question(2), "senast": date(2022, 4, 20)}
    return write_project(folder, two_parties(1), [area(insatser)], [answers(said)])


def forty_late(folder: Path) -> Path:
    """Forty insatser whose day has passed, by eight aktörer."""
    insatser = [
        insats(f"OMR-{n}", ansvariga=[f"a{n % 8 + 1}"], rubrik=f"Trygghetsvandringar i stadsdel {n}", **LATE)
        for n in range(1, 41)
    ]
    filer = [
        answers(
            [answer(f"OMR-{n}", kommentar=prose(150, n % 8)) for n in range(1, 41) if n % 8 + 1 == a], aktor=f"a{a}"
        )
        for a in range(1, 8)
    ]
    return write_project(folder, two_parties(8), [area(insatser)], filer)


def all_at_once(folder: Path) -> Path:
    """Everything that page one may have to tell, much of each and with long words."""
    kinds: tuple[Yaml, ...] = (LATE, {})
    insatser = [
        insats(f"OMR-{n}", ansvariga=[f"a{n % 10 + 1}"], rubrik=COMPOUND[: 60 + 5 * n], **kinds[n % 2])
        for n in range(1, 25)
    ]
    areas = [area(insatser[n * 4 : n * 4 + 4], f"OMR{n}", rubrik=f"{LONG_AREA} {n}") for n in range(6)]
    filer = [
        answers(
            [
                answer(
                    f"OMR-{n}",
                    egen_bedomning="forsenad",
                    avvikelse=prose(200, n % 8),
                    beslut_behovs={**question(n), "fraga": f"{prose(330, n % 8)[:-1]}?"},
                )
                for n in range(1, 25)
                if n % 10 + 1 == a
            ],
            aktor=f"a{a}",
        )
        for a in range(1, 9)
    ]
    return write_project(folder, two_parties(10), areas, filer)


UNUSUAL: dict[str, Callable[[Path], Path]] = {
    "långa rubriker": long_titles,
    "tolv aktörer": twelve_aktorer,
    "långa svar": long_answers,
    "tomma huvudområden": empty_areas,
    "hundra insatser": hundred,
    "inga svar": no_answers,
    "långa huvudområden": long_areas,
    "långa namn": long_names,
    "långa siffror": long_figures,
    "tolv beslut": twelve_decisions,
    "fyrtio sena": forty_late,
    "allt på en gång": all_at_once,
}


def fifteen_questions(folder: Path) -> Path:
    """Fifteen questions for the committee, some with a proposal, some very long."""
    insatser = [insats(f"OMR-{n}") for n in range(1, 16)]
    said = [
        answer(
            f"OMR-{n}",
            beslut_behovs={
                "fraga": f"Fråga {n}: {prose(1900 if n % 5 == 0 else 90, n % 8)[:-1]}?",
                "av": "utskott" if n % 2 else "Utskottet",
                "senast": date(2022, 9, n),
                **({"forslag": f"Utskottet beslutar i fråga {n} följande: {prose(1900, n % 8)}"} if n % 5 == 3 else {}),
            },
        )
        for n in range(1, 16)
    ]
    return write_project(folder, two_parties(1), [area(insatser)], [answers(said)])


def thirty_late_and_done(folder: Path) -> Path:
    """Thirty late insatser and thirty that are done, with counts and a worry each."""
    insatser = [insats(f"OMR-{n}", rubrik=COMPOUND[: 40 + 2 * n], **LATE) for n in range(1, 31)]
    insatser += [insats(f"OMR-{n}", moment=[]) for n in range(31, 61)]
    said = [
        answer(
            f"OMR-{n}",
            genomforande="pagar" if n < 31 else "genomford",
            egen_bedomning="forsenad",
            orsak=prose(300, n % 8),
            utfall={"handelser": [{"datum": date(2022, 2, 3), "antal": n, "vad": SENTENCES[n % 8][:40]}]},
        )
        for n in range(1, 61)
    ]
    return write_project(folder, two_parties(1), [area(insatser)], [answers(said)])


def twelve_areas(folder: Path) -> Path:
    """Twelve huvudområden with long names, all with every kind of insats."""
    areas = [
        area(
            [insats(f"H{n}-1"), insats(f"H{n}-2", **LATE), insats(f"H{n}-3", moment=[])],
            f"H{n}",
            rubrik=f"{LONG_AREA[:70]} {n}",
        )
        for n in range(1, 13)
    ]
    return write_project(
        folder, two_parties(1), areas, [answers([answer(f"H{n}-{m}") for n in range(1, 13) for m in (1, 3)])]
    )


def long_case(folder: Path) -> Path:
    """A half-year's file and an agreement that say much: long texts, many lessons, papers and meetings."""
    avtal = two_parties(
        1,
        forlangning={
            "ar": 2,
            "villkor": prose(1900),
            "samrad_senast": date(2022, 12, 1),
            "kalla": "avsnitt 3",
        },
        kalender={"moten": [{"datum": date(2022, 9, n), "rubrik": prose(150, n % 8)[:-1]} for n in range(1, 21)]},
    )
    project = write_project(folder, avtal, [area([insats()])], [answers([answer(lardom=prose(1900, 3))])])
    uppgifter: Yaml = {
        "handlaggare": [LONG_AREA.lower(), "kommunpolis", prose(400)[:-1]],
        "arenden": [
            {
                "forum": "utskott",
                "diarienummer": "DNR " + "2022/4711 " * 12,
                "sammantrade": date(2022, 9, 15),
                "forslag": [f"Utskottet beslutar att {prose(700, n)}" for n in range(3)],
            }
        ],
        "lardomar": [f"Lärdom {n}: {prose(500 if n % 3 else 80, n % 8)}" for n in range(1, 16)],
        "beslutsunderlag": [f"Handling {n}: {prose(160, n % 8)}" for n in range(1, 21)],
    }
    write_half_year(project, uppgifter)
    write_half_year(project, uppgifter, "2022-H1-slut")
    return project


def no_forum(folder: Path) -> Path:
    """An agreement of one party without any forum, that begins in April, with one answer."""
    avtal = agreement(forum=[], giltig_fran=date(2022, 4, 1))
    filer = [answers([answer()], kvartal="2022-K2", lamnad=date(2022, 7, 11))]
    return write_project(folder, avtal, [area([insats()])], filer)


def second_half(folder: Path) -> Path:
    """Answers for all of a year: the second half-year's report has one before it."""
    insatser = [insats("OMR-1"), insats("OMR-2", frekvens={"antal": 4, "per": "ar", "enhet": "möten"}, moment=[])]
    filer = [
        answers(
            [
                answer("OMR-1", genomforande="pagar" if quarter < 4 else "genomford"),
                answer("OMR-2", utfall={"handelser": [{"datum": date(2022, 3 * quarter, 10), "vad": "möten"}]}),
            ],
            kvartal=f"2022-K{quarter}",
            lamnad=date(2022 + quarter // 4, (3 * quarter) % 12 + 1, 11),
        )
        for quarter in range(1, 5)
    ]
    return write_project(folder, two_parties(1), [area(insatser)], filer)


HALF_YEARLY: dict[str, Callable[[Path], Path]] = {
    **UNUSUAL,
    "femton frågor": fifteen_questions,
    "trettio sena och trettio klara": thirty_late_and_done,
    "tolv huvudområden": twelve_areas,
    "långt ärende": long_case,
    "inget forum": no_forum,
    "andra halvåret": second_half,
}
"""The projects that the half-yearly report and the final one are tried on."""
