"""A series → a small chart: every scale and position is computed here, and the template only draws.

All years share the width evenly, so that the columns of years in the table's head can name them. Counts begin at zero;
the shares of one group of rows share a scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from uppfoljning.facts.figures.judge import Serielage
from uppfoljning.facts.figures.statistics import wilson
from uppfoljning.report.views.figures import Diagramvy, Punktvy
from uppfoljning.text.numbers import one_decimal
from uppfoljning.text.swedish import lista, lower_first
from uppfoljning.words.figures import span_text, tal, verdict

_WIDTH = 100.0
_HEIGHT = 26.0
_MARGIN = 3.5
_BAND = 8.0
_LEAST_TOP = 10.0  # so that two or three cases more or fewer don't look like a leap


def scale_top(serier: Iterable[Serielage]) -> float:
    """The top of the scale that the shares of one group of rows have in common, in per cent."""
    values = [v for s in serier for _, v in s.visade if v is not None]
    values += [s.jamforelse[1] for s in serier if s.jamforelse]
    values += [interval[1] for s in serier for interval in intervals(s).values()]
    return max([*values, 1.0])


def intervals(serie: Serielage) -> dict[int, tuple[float, float]]:
    """Wilson's interval for each year whose number of answers is known, in per cent."""
    if serie.tabell.enhet != "procent":
        return {}
    numbers = dict(serie.svarande)
    return {
        ar: wilson(value, numbers[ar], serie.designeffekt)
        for ar, value in serie.visade
        if value is not None and numbers.get(ar)
    }


def draw(serie: Serielage, years: Sequence[int], top: float | None = None) -> Diagramvy | None:
    """The chart of a series over the years of its table; None when a single value, or one that is hidden, is all.

    ``top`` is the scale's; without it the series has a scale of its own, which reaches to the expected range.
    """
    values = {ar: v for ar, v in serie.visade if v is not None and ar in years}
    if len(values) < 2 or serie.serie.dolda:
        return None
    judged = serie.antal if serie.bedombar and serie.ar in years else None
    shares = intervals(serie)
    reach = [*([judged.hog] if judged else []), *(high for _, high in shares.values())]
    highest = top or max([*values.values(), *reach, _LEAST_TOP])
    step = _WIDTH / len(years)
    x = {ar: (i + 0.5) * step for i, ar in enumerate(years)}
    drawn = _HEIGHT - 2 * _MARGIN

    def y(value: float) -> float:
        return _HEIGHT - _MARGIN - drawn * value / highest

    breaks = [b.ar for b in serie.avbrott if b.ar in x]
    empty = [m.ar for m in serie.ingen_matning if m.ar in x and m.ar not in values]
    spann = []
    if judged is not None:
        low, high = y(judged.lag), y(judged.hog)
        spann.append((_f(x[serie.ar] - _BAND / 2), _f(high), _f(_BAND), _f(low - high)))
    return Diagramvy(
        titel=_alternative(serie, values, empty),
        bredd=_f(_WIDTH),
        hojd=_f(_HEIGHT),
        baslinje=_f(_HEIGHT - _MARGIN),
        linjer=tuple(_lines(values, breaks, x, y)),
        punkter=tuple(
            Punktvy(_f(x[ar]), _f(y(v)), "tidigare" if ar != serie.ar else "utanfor" if serie.tydlig else "innanfor")
            for ar, v in sorted(values.items())
        ),
        spann=tuple(spann),
        osakerhet=tuple((_f(x[ar]), _f(y(high)), _f(y(low))) for ar, (low, high) in shares.items() if ar in x),
        avbrott=tuple(_f(x[ar] - step / 2) for ar in breaks),
        tomma=tuple(_f(x[ar]) for ar in empty),
    )


def _lines(
    values: dict[int, float], breaks: Sequence[int], x: dict[int, float], y: Callable[[float], float]
) -> Iterable[str]:
    """Lines between years that follow each other: never across a year without a value, nor across a break."""
    run: list[int] = []
    for ar in sorted(values):
        if run and (ar != run[-1] + 1 or ar in breaks):
            yield from _line(run, values, x, y)
            run = []
        run.append(ar)
    yield from _line(run, values, x, y)


def _line(
    run: Sequence[int], values: dict[int, float], x: dict[int, float], y: Callable[[float], float]
) -> Iterable[str]:
    if len(run) > 1:
        yield " ".join(f"{_f(x[ar])},{_f(y(values[ar]))}" for ar in run)


def _alternative(serie: Serielage, values: dict[int, float], empty: Sequence[int]) -> str:
    told = lista([f"{tal(v, serie.tabell.enhet)} ({ar})" for ar, v in sorted(values.items())])
    text = f"{serie.serie.nyckel.text}: {lower_first(verdict(serie))}"
    if serie.antal is not None and serie.bedombar:
        text += f"; väntat {serie.ar}: {span_text(*serie.antal.spann)}"
    text += f". {told}"
    for ar in empty:
        text += f". {ar}: ingen mätning"
    return f"{text}."


def _f(value: float) -> str:
    return one_decimal(value)
