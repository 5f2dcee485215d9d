"""Rules about figures that need more than one file: extracts of the same period, and growth over the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from uppfoljning.check.names import advise_on_two_files
from uppfoljning.formats.grid import Rutnat
from uppfoljning.load.tables.check import cell_name, find_cell, is_recorded
from uppfoljning.model.tabell import Tabell, newest_first, same_area
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.candidates import advise, find, nearest_ids
from uppfoljning.text.numbers import plain_number
from uppfoljning.text.problem import Plats, Problem
from uppfoljning.text.swedish import fold


def _at(tabell: Tabell, place: Plats | None, kod: str, text: str, help_text: str, niva: str = "fel") -> Problem:
    rutnat = tabell.rutnat or Rutnat(tabell.fil, ())
    cell = find_cell(rutnat.tabell, place)
    return rutnat.problem(cell, kod, text, help_text, "varning" if niva == "varning" else "fel")


def head_place(tabell: Tabell, nyckel: str) -> Plats | None:
    """Where a key's value stands in the head of a table's file."""
    for row in tabell.rutnat.tabell if tabell.rutnat is not None else ():
        if len(row) > 1 and fold(row[0].text) == nyckel:
            return row[1].plats
    return None


def check_extracts(underlag: Underlag) -> Iterator[Problem]:
    """Two extracts of the same figures must say when each was made, so that the later one can be chosen."""
    yield from same_period(underlag.tabeller)


def same_period(tabeller: Iterable[Tabell]) -> Iterator[Problem]:
    """The problem with each table that can't be told from another of the same period by its day of extraction."""
    for tabell, other in rivals(tabeller):
        place, kod = head_place(tabell, "uttag") or head_place(tabell, "period"), "tva-filer-for-en-period"
        text = f"Filen gäller samma period som {other.fil}: {tabell.period} {tabell.sista_ar}. "
        text += "Det går inte att se vilken som är senast."
        if tabell.uttag is None and other.uttag is not None:
            help_text = "lägg till en rad överst om när siffrorna togs ut: uttag;ÅÅÅÅ-MM-DD."
        elif tabell.uttag is None or other.uttag is None:
            help_text = "lägg till en rad överst i båda om när siffrorna togs ut: uttag;ÅÅÅÅ-MM-DD."
        elif tabell.uttag.fran == tabell.uttag.till:
            help_text = "rätta uttag i den ena."
        else:
            help_text = f"byt {tabell.uttag.text} mot dagen på raden uttag: uttag;ÅÅÅÅ-MM-DD."
        advice = advise_on_two_files(tabell.fil, other.fil, f"Ta bort den ena, eller {help_text}")
        yield _at(tabell, place, kod, text, advice)


def rivals(tabeller: Iterable[Tabell]) -> Iterator[tuple[Tabell, Tabell]]:
    """Each table that can't be told from another of its period by the day of extraction, with that other.

    Of two, the one named first is the one to mend: it has no day, or a less exact one, where the other has.
    """
    by_span: dict[tuple[str, int, int], list[Tabell]] = defaultdict(list)
    for tabell in sorted(tabeller, key=_exactness):
        if tabell.span is not None:
            by_span[tabell.span].append(tabell)
    for same in by_span.values():
        for number, tabell in enumerate(same):
            other = next((t for t in same[:number] if _unordered(t, tabell)), None)
            if other is not None:
                yield tabell, other


def _exactness(tabell: Tabell) -> tuple[int, str]:
    """Tables whose day of extraction is known best come first."""
    return ((tabell.uttag.till - tabell.uttag.fran).days if tabell.uttag else 10_000, tabell.fil)


def _unordered(one: Tabell, other: Tabell) -> bool:
    """Whether it can't be told which of two extracts is the later."""
    if one.uttag is None or other.uttag is None:
        return True
    return not (one.uttag.till < other.uttag.fran or other.uttag.till < one.uttag.fran)


def check_uttag(underlag: Underlag) -> Iterator[Problem]:
    """Figures can't have been extracted before the period they cover has ended."""
    for tabell in underlag.tabeller:
        if tabell.uttag and tabell.period and tabell.uttag.till <= tabell.period.slut(tabell.sista_ar):
            yield _at(
                tabell,
                head_place(tabell, "uttag"),
                "uttag-fore-periodens-slut",
                f"Uttaget är gjort innan perioden {tabell.period} {tabell.sista_ar} var slut.",
                "Rätta uttag, period eller årtal.",
            )


def check_growth(underlag: Underlag) -> Iterator[Problem]:
    """What is added up over the year never falls from one period to a later one."""
    yield from accumulated(underlag.tabeller)


def accumulated(tabeller: Iterable[Tabell]) -> Iterator[Problem]:
    """A problem for each figure that is lower than the same year's figure in an earlier period."""
    latest: dict[tuple[str, int, int], Tabell] = {}
    for tabell in reversed(newest_first(t for t in tabeller if t.period is not None)):
        if tabell.span is not None:
            latest[tabell.span] = tabell
    known = _by_figure(latest.values())
    for tabell in latest.values():
        for serie in tabell.serier:
            for ar, value in serie.varden.items():
                before = _highest_before(known.get((tabell.kalla, serie.jamford, ar), ()), tabell)
                if value is None or before is None or before[0] <= value or is_recorded(tabell, serie, ar):
                    continue
                yield _at(
                    tabell,
                    serie.platser.get(ar),
                    "lagre-an-tidigare",
                    f"{serie.nyckel.text}: {value:.0f} för {tabell.period} {ar}, men {before[0]:.0f} redan för "
                    f"{before[1].period} i {before[1].fil}. Det som läggs ihop över året kan inte minska.",
                    "Rätta den siffra som är fel. Har källan ändrat sina siffror: lägg till raden avvikelse;"
                    f"{cell_name(tabell, serie, ar)};vad som har ändrats.",
                )


def _by_figure(tabeller: Iterable[Tabell]) -> dict[tuple[str, tuple[str, ...], int], list[tuple[float, Tabell]]]:
    """Every table's value of a figure, so that each is looked up once however many tables there are."""
    found: dict[tuple[str, tuple[str, ...], int], list[tuple[float, Tabell]]] = defaultdict(list)
    for tabell in tabeller:
        for serie in tabell.serier:
            folded = serie.jamford
            for ar, value in serie.varden.items():
                if value is not None:
                    found[tabell.kalla, folded, ar].append((value, tabell))
    return found


def _highest_before(known: Iterable[tuple[float, Tabell]], tabell: Tabell) -> tuple[float, Tabell] | None:
    month = tabell.period.manad if tabell.period is not None else 0
    earlier = [(v, other) for v, other in known if other.period is not None and other.period.manad < month]
    return max(earlier, key=lambda pair: pair[0], default=None)


def check_surveys(underlag: Underlag) -> Iterator[Problem]:
    """Two files of a survey may repeat a figure; when they differ, the day of extraction must tell them apart."""
    seen: dict[tuple[str, tuple[str, ...], int], tuple[float, Tabell]] = {}
    for tabell in underlag.tabeller:
        if tabell.slag != "enkat":
            continue
        for serie in tabell.serier:
            for ar, value in serie.varden.items():
                if value is None:
                    continue
                key = (tabell.kalla, serie.jamford, ar)
                earlier, other = seen.setdefault(key, (value, tabell))
                if earlier != value and _unordered(other, tabell):
                    yield _at(
                        tabell,
                        serie.platser.get(ar),
                        "olika-siffror",
                        f"{serie.nyckel.text} {ar} är {_shown(value)} här, men {_shown(earlier)} i {other.fil}.",
                        advise_on_two_files(
                            tabell.fil,
                            other.fil,
                            "Rätta den siffra som är fel, eller skriv i båda filerna när siffrorna togs ut: "
                            "uttag;2021-10-12.",
                        ),
                    )


def _shown(value: float) -> str:
    return plain_number(value)


def check_origin(underlag: Underlag) -> Iterator[Problem]:
    """A table's source is described among the sources, and its area is the agreement's municipality."""
    known = underlag.kanda.of("kallor")
    kommun = underlag.overenskommelse.kommun
    file = underlag.filer.get(underlag.indikatorfil)
    described = file is not None and file.rot is not None
    if file is None and underlag.tabeller:
        yield underlag.problem(
            underlag.indikatorfil,
            (),
            "saknas",
            "Filen finns inte, så inget säger vilka siffror som hör till problembilden.",
            "Skapa filen, med kallor och indikatorer.",
            "varning",
        )
    for tabell in underlag.tabeller:
        if described and tabell.kalla not in known and tabell.kalla != "?":
            misspelt = bool(find(tabell.kalla, known)) or nearest_ids(tabell.kalla, known)[1] > 0
            help_text = advise(tabell.kalla, known)
            yield _at(
                tabell,
                head_place(tabell, "kalla"),
                "okand-kalla",
                f'Källan "{tabell.kalla}" finns inte bland kallor i indikatorer.yaml.',
                help_text if misspelt else f"Lägg till den under kallor, med id och namn. {help_text}".rstrip(),
                "fel" if misspelt else "varning",
            )
        if tabell.omrade and not same_area(tabell.omrade, kommun):
            yield _at(
                tabell,
                head_place(tabell, "omrade"),
                "annat-omrade",
                f"Tabellen gäller {tabell.omrade}, men överenskommelsen gäller {kommun}.",
                "Kontrollera att det är rätt tabell. Andra områden får stå i kolumnen omrade, till jämförelse.",
                "varning",
            )


RULES = (check_extracts, check_uttag, check_growth, check_surveys, check_origin)
