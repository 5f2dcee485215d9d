"""Rules about how often and how many: a frequency and an aim say what is counted, and the text says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from uppfoljning.model import Frekvens
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import fold, lista, number_word, plain_spaces


def check_frekvens(underlag: Underlag) -> Iterator[Problem]:
    """A frequency is countable (antal and per) or in words (takt or ord); an aim says something."""
    fil = underlag.insatsfil
    for _, insats, vag in underlag.hela_insatser():
        if insats.frekvens is not None:
            fault = _frekvens_fault(insats.frekvens)
            if fault:
                yield underlag.problem(fil, (*vag, "frekvens"), "frekvens", *fault)
            yield from _own_numbers(underlag, insats.frekvens, (*vag, "frekvens"))
        mal = insats.malsattning
        counted = mal is not None and mal.antal is not None and insats.frekvens is not None and insats.frekvens.antal
        if counted and mal is not None and insats.frekvens is not None:
            one, other = insats.frekvens.enhet, mal.enhet
            if one is not None and other is not None and fold(one) != fold(other):
                yield underlag.problem(
                    fil,
                    (*vag, "malsattning", "enhet"),
                    "tva-enheter",
                    f"Frekvensen räknar {one} och målsättningen {other}, men en insats räknas på ett sätt.",
                    f'Skriv "{one}" här också, eller skriv målsättningen i ord i stället för antal.',
                )
        if mal is not None and mal.minst and mal.antal is None:
            yield underlag.problem(
                fil,
                (*vag, "malsattning", "minst"),
                "malsattning",
                "Målsättningen säger minst, men inte hur många.",
                "Lägg till antal, eller ta bort minst.",
                key=True,
            )
        if mal is not None and mal.antal is None and mal.riktning is None and mal.ord is None:
            yield underlag.problem(
                fil,
                (*vag, "malsattning"),
                "malsattning",
                "Målsättningen säger inte vad som ska nås.",
                "Skriv antal, riktning eller ord. Finns inget mål: ta bort malsattning.",
            )
        if mal is not None and mal.antal is not None and mal.enhet is None:
            yield underlag.problem(
                fil,
                (*vag, "malsattning"),
                "malsattning",
                "Målsättningen har ett antal men ingen enhet.",
                "Lägg till enhet, i plural, till exempel trygghetsvandringar.",
            )


def _own_numbers(underlag: Underlag, frekvens: Frekvens, vag: Vag) -> Iterator[Problem]:
    """Numbers for single years belong to a number a year, and to years of the agreement; 'minst' to a number."""
    avtal, fil = underlag.overenskommelse, underlag.insatsfil
    if frekvens.minst and frekvens.antal is None:
        yield underlag.problem(
            fil,
            (*vag, "minst"),
            "frekvens",
            "Frekvensen säger minst, men inte hur många.",
            "Lägg till antal och per, eller ta bort minst.",
            key=True,
        )
    if frekvens.antal_ar and (frekvens.antal is None or frekvens.per != "ar"):
        yield underlag.problem(
            fil,
            (*vag, "antal_ar"),
            "frekvens",
            "antal_ar ger enskilda år ett eget antal, och det hör till ett antal per år.",
            "Skriv antal och per: ar, eller ta bort antal_ar.",
            key=True,
        )
    for ar in frekvens.antal_ar:
        if not avtal.giltig_fran.year <= ar <= avtal.giltig_till.year:
            yield underlag.problem(
                fil,
                (*vag, "antal_ar", str(ar)),
                "frekvens",
                f"{ar} ligger utanför överenskommelsen ({avtal.giltig_fran.year}–{avtal.giltig_till.year}).",
                "Rätta året, eller ta bort det.",
                key=True,
            )


def check_numbers_in_text(underlag: Underlag) -> Iterator[Problem]:
    """A rubrik or beskrivning states no other number of what is counted than what is agreed."""
    for _, insats, vag in underlag.hela_insatser():
        mal, frekvens = insats.malsattning, insats.frekvens
        agreed = {n for n in (mal and mal.antal, frekvens and frekvens.antal) if n}
        agreed |= set(frekvens.antal_ar.values()) if frekvens is not None else set()
        units = {e for e in (mal and mal.enhet, frekvens and frekvens.enhet) if e}
        if not agreed or insats.individinsats:
            continue
        for name in ("rubrik", "beskrivning"):
            for number, text in numbers_of(getattr(insats, name), units):
                if number not in agreed:
                    told = lista([str(n) for n in sorted(agreed)], "eller")
                    yield underlag.problem(
                        underlag.insatsfil,
                        (*vag, name),
                        "annat-antal-i-text",
                        f"Texten säger ”{text}”, men antalet som följs upp är {told}.",
                        "Rätta det som är fel, så att de säger samma sak.",
                        "varning",
                    )


def numbers_of(text: str, units: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each number that stands before a unit in a text, with at most two words between, and the words as they stand."""
    stems = "|".join(re.escape(unit[: max(len(unit) - 2, 3)].casefold()) for unit in sorted(units))
    words = "|".join(sorted(_NUMBERS, key=len, reverse=True))
    pattern = rf"(?<![\w-])(\d{{1,4}}|{words})((?:\s+[a-zåäöé]+){{0,2}}?\s+(?:{stems})\w*)"
    for found in re.finditer(pattern, plain_spaces(text).casefold()):
        number = _NUMBERS.get(found[1]) or int(found[1])
        if not 1900 <= number <= 2200:
            yield number, text[found.start() : found.end()]


_NUMBERS = {word: n for n in range(1, 13) for word in (number_word(n), number_word(n, neuter=True))}


def _frekvens_fault(frekvens: Frekvens) -> tuple[str, str] | None:
    if (frekvens.antal is None) != (frekvens.per is None):
        return "Antal och per hör ihop, men bara det ena står här.", "Skriv båda, till exempel antal: 3 och per: ar."
    if frekvens.antal is not None and frekvens.takt is not None:
        return "Både antal och takt står här.", "Behåll det som överenskommelsen säger."
    if frekvens.antal is None and frekvens.takt is None and frekvens.ord is None:
        return "Frekvensen säger inte hur ofta.", "Skriv antal och per, takt eller ord."
    if frekvens.antal is not None and frekvens.enhet is None:
        return (
            "Frekvensen har ett antal men ingen enhet.",
            "Lägg till enhet, i plural, till exempel trygghetsvandringar.",
        )
    return None


RULES = (check_frekvens, check_numbers_in_text)
