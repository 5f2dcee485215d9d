"""How well each insats can be followed: who answers, what is measured, by when, with which figures, and how freshly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Insats
from uppfoljning.model.codes import Grad
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.anchors import ankare
from uppfoljning.report.sections.five_questions import KALLA, five_questions
from uppfoljning.report.views.base import Statusvy
from uppfoljning.report.views.parts import Kvalitetsradvy, Kvalitetsvy
from uppfoljning.text.swedish import capitalized, lista, number_word, shorten
from uppfoljning.words.codes import GRAD
from uppfoljning.words.common import clean, is_part
from uppfoljning.words.problem import has_figures

_MAX_TITLE = 60


class _Material(NamedTuple):
    """What the columns are judged from."""

    underlag: Underlag
    lage: Lage
    siffror: Sifferlage


class _Kolumn(NamedTuple):
    """A column: its heading, what an insats has when the answer is yes, how it is judged and what the words mean."""

    rubrik: str
    har: str
    grad: Callable[[_Material, Bedomd], Grad]
    forklaring: str


def quality_view(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd], siffror: Sifferlage) -> Kvalitetsvy:
    """The view of how well the quarter's insatser can be followed, with the five questions."""
    current = [b for b in bedomda if b.lage.aktuell]
    material = _Material(underlag, lage, siffror)
    grader = [[k.grad(material, b) for k in _KOLUMNER] for b in current]
    return Kvalitetsvy(
        ingress=_weakest(grader),
        kolumner=tuple(k.rubrik for k in _KOLUMNER),
        rader=tuple(
            Kvalitetsradvy(
                b.visat_id,
                ankare(b.lage.insats),
                shorten(clean(b.lage.insats.rubrik), _MAX_TITLE),
                tuple(Statusvy(grad, GRAD[grad]) for grad in row),
            )
            for b, row in zip(current, grader, strict=True)
        ),
        summa=tuple(f"{sum(row[i] == 'ja' for row in grader)} av {len(grader)}" for i in range(len(_KOLUMNER))),
        forklaring=" ".join(
            [*(f"{k.rubrik}: {k.forklaring}" for k in _KOLUMNER), "I övrigt står det Nej. Summan räknar bara Ja."]
        ),
        fragor=five_questions(underlag, lage, current, siffror),
        kalla=KALLA,
    )


def _weakest(grader: Sequence[Sequence[Grad]]) -> str:
    """What is lacking most, and how many insatser lack nothing."""
    if not grader:
        return "Ingen insats ingår i kvartalet, så det finns inget att granska."
    whole = len(grader)
    yes = [sum(row[i] == "ja" for row in grader) for i in range(len(_KOLUMNER))]
    complete = sum(all(g == "ja" for g in row) for row in grader)
    if complete == whole:
        who = "Insatsen" if whole == 1 else "Båda insatserna" if whole == 2 else f"Alla {number_word(whole)} insatser"
        return f"{who} har Ja på allt."
    least = min(yes)
    names = [k.har for k, number in zip(_KOLUMNER, yes, strict=True) if number == least]
    if whole == 1:
        return f"Insatsen saknar {lista(names)}."
    many = f"av {number_word(whole)} insatser"
    if not least:
        weak = f"ingen {many} har {lista(names, 'eller')}"
    else:
        alike = f", och lika få har {lista(names[1:], 'respektive')}" if len(names) > 1 else ""
        weak = f"{'bara ' if 2 * least <= whole else ''}{number_word(least)} {many} har {names[0]}{alike}"
    return f"{capitalized(weak)}. {capitalized(number_word(complete)) if complete else 'Ingen'} har Ja på allt."


def _answering(material: _Material, b: Bedomd) -> Grad:
    named = [not is_part(material.underlag, a.aktor) for a in b.lage.insats.ansvariga]
    return _share(named)


def _share(found: Sequence[bool]) -> Grad:
    return "nej" if not any(found) else "ja" if all(found) else "delvis"


def _is_counted(insats: Insats) -> bool:
    frekvens, mal = insats.frekvens, insats.malsattning
    return bool(frekvens and frekvens.antal) or bool(mal and mal.antal)


def _measurable(_: _Material, b: Bedomd) -> Grad:
    insats = b.lage.insats
    if _is_counted(insats):
        return "ja"
    return "delvis" if insats.malsattning is not None or insats.moment else "nej"


def _dated(_: _Material, b: Bedomd) -> Grad:
    insats = b.lage.insats
    aim = insats.malsattning is not None and insats.malsattning.senast is not None
    dated = [m.senast is not None for m in insats.moment]
    if _is_counted(insats) or aim or insats.period.till is not None or (dated and all(dated)):
        return "ja"
    return "delvis" if any(dated) or insats.start is not None or insats.period.fran is not None else "nej"


def _indicated(material: _Material, b: Bedomd) -> Grad:
    insats, area = b.lage.insats, b.lage.huvudomrade
    for grad, mine in (
        ("ja", [i for i in material.siffror.indikatorer if insats.id in i.indikator.insatser]),
        ("delvis", [i for i in material.siffror.indikatorer if i.indikator.huvudomrade == area.id]),
    ):
        if has_figures(mine):
            return "ja" if grad == "ja" else "delvis"
    return "nej"


def _fresh(material: _Material, b: Bedomd) -> Grad:
    """Whether all who are to answer for the quarter have; those whose work is over have nothing more to say."""
    aktorer = b.lage.aktorer
    answered = [a.har_svarat or a.status == "behovs_inte" for a in aktorer]
    if _share(answered) != "nej":
        return _share(answered)
    order = material.lage.kvartal_i_ordning
    now = order.index(material.lage.kvartal)
    previous = order[now - 1] if now else None
    return "delvis" if any(previous in a.besvarade_kvartal for a in aktorer) else "nej"


_KOLUMNER = (
    _Kolumn(
        "Svarande aktör",
        "en utsedd aktör i varje del",
        _answering,
        "alla ansvariga är utsedda aktörer och inte bara parter (Delvis: några är det).",
    ),
    _Kolumn(
        "Att mäta med",
        "ett antal att mäta med",
        _measurable,
        "överenskommelsen anger ett antal (Delvis: ett mål i ord, eller ett moment att bocka av).",
    ),
    _Kolumn(
        "Datum",
        "ett datum att bli klar till",
        _dated,
        "alla moment har en sista dag, målet eller insatsen har ett slut, eller ett antal ska nås inom en viss tid "
        "(Delvis: bara en start, eller bara några moment har datum).",
    ),
    _Kolumn(
        "Indikator",
        "en egen indikator med siffror",
        _indicated,
        "en indikator med siffror är knuten till insatsen (Delvis: bara till dess huvudområde).",
    ),
    _Kolumn(
        "Färskt svar",
        "alla sina svar för kvartalet",
        _fresh,
        "alla ansvariga har svarat för kvartalet eller är klara (Delvis: bara några, eller det senaste svaret är från "
        "kvartalet innan).",
    ),
)
