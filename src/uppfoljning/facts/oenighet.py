"""Where the aktörer of an insats say different things: how far it has come, whether its plan holds, or a count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uppfoljning.facts.events import add_up
from uppfoljning.facts.lage import Insatslage
from uppfoljning.model.period import Kvartal

Oenighetsslag = Literal["genomforande", "egen_bedomning", "antal"]


@dataclass(frozen=True, slots=True)
class Oenighet:
    """What is said of one thing, by aktör. Counts (of ``enhet``) are the quarter's; ``galler`` is whose is used."""

    slag: Oenighetsslag
    sagt: tuple[tuple[str, str], ...]
    enhet: str = ""
    galler: str | None = None


def find_oenighet(lage: Insatslage, kvartal: Kvartal) -> tuple[Oenighet, ...]:
    """Every disagreement on an insats at a quarter; the last known answers count, also where they are older."""
    found = []
    for aktorers in (
        Oenighet("genomforande", tuple((a.aktor, a.genomforande) for a in lage.aktorer if a.genomforande)),
        Oenighet("egen_bedomning", tuple((a.aktor, a.egen_bedomning) for a in lage.aktorer if a.egen_bedomning)),
    ):
        if len({value for _, value in aktorers.sagt}) > 1:
            found.append(aktorers)
    return (*found, *differing_counts(lage, kvartal))


def differing_counts(lage: Insatslage, kvartal: Kvartal) -> tuple[Oenighet, ...]:
    """The units of which the aktörer have reported different numbers for a quarter."""
    of_quarter = [h for h in lage.handelser if h.kvartal == kvartal]
    first = {enhet: found.vad for enhet, found in add_up(of_quarter, lambda h: h.enhet).items()}
    sums: dict[str, dict[str, int]] = {vad: {} for vad in first.values()}
    for (enhet, aktor), found in add_up(of_quarter, lambda h: (h.enhet, h.aktor)).items():
        sums[first[enhet]][aktor] = found.antal
    counter = lage.insats.raknas_av
    return tuple(
        Oenighet(
            "antal",
            tuple((aktor, str(number)) for aktor, number in sorted(by_aktor.items())),
            enhet,
            counter if counter in by_aktor else None,
        )
        for enhet, by_aktor in sorted(sums.items())
        if len(set(by_aktor.values())) > 1
    )
