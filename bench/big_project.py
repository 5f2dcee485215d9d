"""Writes a large invented project, for measuring how cost grows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from uppfoljning.model.period import Kvartal

_AKTORER = 20


def write_project(folder: Path, insatser: int, quarters: int, areas: int = 1) -> int:
    """Write a project with that many insatser in so many huvudområden, each answered every quarter.

    Gives the number of answers.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    periods = [Kvartal(2020, 1)]
    while len(periods) < quarters:
        periods.append(periods[-1].next())
    (data / "overenskommelse.yaml").write_text(_agreement(periods), encoding="utf-8")
    (data / "insatser.yaml").write_text(_plan(insatser, areas), encoding="utf-8")
    for period in periods:
        target = data / "aterkoppling" / str(period)
        target.mkdir(parents=True)
        for aktor in range(min(_AKTORER, insatser)):
            (target / f"aktor-{aktor}.yaml").write_text(_answers(period, aktor, insatser), encoding="utf-8")
    return insatser * quarters


def _agreement(periods: list[Kvartal]) -> str:
    aktorer = "\n".join(f"  - {{id: aktor-{n}, namn: Aktör {n}, del_av: kommunen}}" for n in range(_AKTORER))
    return f"""exempel: true
rubrik: Överenskommelse i Exempelköping
kommun: Exempelköpings kommun
kommunkod: "9999"
giltig_fran: {periods[0].start}
giltig_till: {periods[-1].slut}
kalla: {{dokument: Åtgärdsplan, datum: {periods[0].start}}}
parter:
  - {{id: kommunen, namn: Exempelköpings kommun, uppfoljare: samordnare}}
  - {{id: polisen, namn: Lokalpolisområde Exempel, uppfoljare: kommunpolis}}
aktorer:
{aktorer}
"""


def _plan(insatser: int, areas: int) -> str:
    blocks = [
        f"""      - id: A-{n}
        rubrik: Insats nummer {n} för trygghet på allmän plats
        beskrivning: En beskrivning av vad som ska göras, av vem och för vem, i ett par rader ren text som vanligt.
        ansvariga: [aktor-{n % _AKTORER}]
        frekvens: {{antal: 4, per: ar, enhet: möten}}
        kalla: {{avsnitt: avsnitt 10, punkt: {n + 1}}}
"""
        for n in range(insatser)
    ]
    heads = [
        f"  - id: A{n or ''}\n    forkortning: A{n or ''}\n    rubrik: Trygghet {n or ''}\n"
        "    beskrivning: Ett huvudområde.\n"
        "    kalla: {avsnitt: avsnitt 10}\n    insatser:\n"
        for n in range(areas)
    ]
    each = -(-insatser // areas)
    return "huvudomraden:\n" + "".join(
        head + "".join(blocks[n * each : (n + 1) * each]) for n, head in enumerate(heads)
    )


def _answers(period: Kvartal, aktor: int, insatser: int) -> str:
    answers = [
        f"""  - insats: A-{n}
    genomforande: pagar
    egen_bedomning: enligt_plan
    utfall:
      handelser:
        - {{datum: {period.start + timedelta(days=10)}, plats: Centrum}}
    kommentar: >-
      Mötet hölls som det var tänkt och flera verksamheter var med. Det som kom fram har förts vidare.
    nasta_steg: Boka nästa möte.
"""
        for n in range(aktor, insatser, _AKTORER)
    ]
    lamnad = period.slut + timedelta(days=10)
    return f"exempel: true\nkvartal: {period}\naktor: aktor-{aktor}\nlamnad: {lamnad}\nsvar:\n" + "".join(answers)
