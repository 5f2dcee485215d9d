"""Rules about labels: within its kind, an id or a name means one thing.

What a reader sees as the same is the same. Case, spaces and how å is stored tell no two labels apart; nor do the marks
of å, ä and ö in an id, which has none in the files and has them where it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from uppfoljning.model import Aktor, Forum, Part, Samverkanspartner
from uppfoljning.model.underlag import Underlag, Vag, shown_id
from uppfoljning.text.plaintext import plain
from uppfoljning.text.problem import Niva, Problem
from uppfoljning.text.swedish import fold

_MEND_ID = "Byt id här, eller ta bort dubbletten."
_MEND_NAME = "Byt namn på det ena, så att det syns vem eller vad som menas."
_MEND_SHORT = "Byt förkortning här: insatsernas id visas med den."


class Label(NamedTuple):
    """A text that stands for something: what it is called, where it stands, and what it is compared as.

    ``owner`` is the path of what it stands for, which may have several labels alike; ``steps`` lead from there to it.
    ``shown`` is how it meets a reader, where that differs.
    """

    owner: Vag
    steps: Vag
    what: str
    text: str
    key: str
    mend: str
    shown: str = ""
    niva: Niva = "fel"


def _id_key(text: str) -> str:
    """An id as compared: without case and without the marks of its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _name_key(text: str) -> str:
    """A name as a reader sees it, without case."""
    return " ".join(plain(text).text.split()).casefold()


def _id(owner: Vag, what: str, text: str, shown: str = "") -> Label:
    return Label(owner, ("id",), what, text, _id_key(shown or text), _MEND_ID, shown)


def _names(owner: Vag, key: Callable[[str], str], named: Iterable[tuple[Vag, str | None]]) -> Iterator[Label]:
    for steps, text in named:
        if text is not None:
            yield Label(owner, steps, "Namnet" if steps != ("id",) else "Id", text, key(text), _MEND_NAME)


def _twice(underlag: Underlag, fil: str, *kinds: Iterable[Label]) -> Iterator[Problem]:
    """A problem for each label that stands for something else already; two that are alike are told of once."""
    told: set[tuple[Vag, Vag]] = set()
    for labels in kinds:
        seen: dict[str, Label] = {}
        for label in labels:
            first = seen.setdefault(label.key, label)
            pair = (first.owner, label.owner)
            if first.owner != label.owner and pair not in told:
                told.add(pair)
                yield _problem(underlag, fil, label, first)


def _problem(underlag: Underlag, fil: str, label: Label, first: Label) -> Problem:
    row = underlag.place(fil, (*first.owner, *first.steps)).rad
    name, other = label.shown or label.text, first.shown or first.text
    text = f'{label.what} "{label.text}"'
    if label.shown:
        text += f' visas som "{label.shown}" och'
    text += f" finns redan på rad {row}." if name == other else f' går inte att skilja från "{other}" på rad {row}.'
    kod = "dubbelt-id" if label.mend == _MEND_ID else "dubbelt-namn"
    return underlag.problem(fil, (*label.owner, *label.steps), kod, text, label.mend, label.niva)


_Named = Part | Aktor | Samverkanspartner | Forum


def check_agreement(underlag: Underlag) -> Iterator[Problem]:
    """Ids and names of parter, aktörer, samverkanspartner and forum. A part and an aktör may have the same name."""
    avtal = underlag.overenskommelse
    parter: list[tuple[Vag, _Named]] = [(("parter", i), p) for i, p in enumerate(avtal.parter)]
    aktorer: list[tuple[Vag, _Named]] = [(("aktorer", i), a) for i, a in enumerate(avtal.aktorer)]
    partner: list[tuple[Vag, _Named]] = [(("samverkanspartner", i), p) for i, p in enumerate(avtal.samverkanspartner)]
    forum: list[tuple[Vag, _Named]] = [(("forum", i), f) for i, f in enumerate(avtal.forum)]
    yield from _twice(
        underlag,
        underlag.avtalsfil,
        (_id(vag, "Id", one.id) for vag, one in (*parter, *aktorer, *partner)),
        (_id(vag, "Forumet", one.id) for vag, one in forum),
        *(
            [label for vag, one in kind for label in _names(vag, key, _called(one))]
            for kind, key in ((parter, _name_key), (aktorer, _name_key), (partner, _name_key), (forum, fold))
        ),
    )


def check_partners(underlag: Underlag) -> Iterator[Problem]:
    """A samverkanspartner that is called as an aktör is most likely that aktör."""
    avtal, fil = underlag.overenskommelse, underlag.avtalsfil
    aktorer = {
        _name_key(text): (("aktorer", i), steps)
        for i, aktor in enumerate(avtal.aktorer)
        for steps, text in _called(aktor)
        if text is not None and steps != ("id",)
    }
    for i, partner in enumerate(avtal.samverkanspartner):
        found = aktorer.get(_name_key(partner.namn))
        if found is not None:
            row = underlag.place(fil, (*found[0], *found[1])).rad
            yield underlag.problem(
                fil,
                ("samverkanspartner", i, "namn"),
                "samma-namn",
                f'Samverkanspartnern "{partner.namn}" heter som en aktör på rad {row}.',
                "Är det samma: ta bort den här, och skriv aktörens id i insatserna. Annars: byt namn på den ena.",
                "varning",
            )


def _called(one: _Named) -> Iterator[tuple[Vag, str | None]]:
    """What a part, an aktör, a samverkanspartner or a forum may be called in an answer: by id too."""
    yield ("namn",), one.namn
    yield ("kortnamn",), getattr(one, "kortnamn", None)
    for i, name in enumerate(getattr(one, "kallas_aven", ())):
        yield ("kallas_aven", i), name
    yield ("id",), one.id


def check_plan(underlag: Underlag) -> Iterator[Problem]:
    """Huvudområden by id and förkortning; insatser by id, as written and as shown; moments within an insats.

    Two insatser may have the same rubrik, for the id stands beside it everywhere. Two huvudområden are told apart by
    what stands below them, which is less to go by.
    """
    fil = underlag.insatsfil
    omraden = [(("huvudomraden", i), h) for i, h in enumerate(underlag.huvudomraden)]
    ids = [label for vag, h in omraden for label in (_id(vag, "Huvudområdet", h.id), _short(vag, h.forkortning))]
    areas = list(_twice(underlag, fil, ids))
    yield from areas
    rubriker = [
        Label(vag, ("rubrik",), "Rubriken", h.rubrik, _name_key(h.rubrik), _MEND_NAME, niva="varning")
        for vag, h in omraden
    ]
    yield from _twice(underlag, fil, rubriker)
    at_fault = {p.plats for p in areas}
    insatser = []
    for h, insats, vag in underlag.insatser():
        insatser.append(_id(vag, "Insatsen", insats.id))
        shown = shown_id(h, insats.id)
        # With its förkortning, which is told once, every insats of the huvudområde is another's.
        if shown != insats.id and underlag.place(fil, (*vag[:2], "forkortning")) not in at_fault:
            insatser.append(_id(vag, "Insatsen", insats.id, shown))
    yield from _twice(underlag, fil, insatser)
    for _, insats, vag in underlag.hela_insatser():
        moment = [((*vag, "moment", i), m) for i, m in enumerate(insats.moment)]
        yield from _twice(
            underlag,
            fil,
            [_id(path, "Momentet", m.id) for path, m in moment],
            # A milestone that comes back is told by its day.
            [
                Label(path, ("rubrik",), "Momentet", m.rubrik, _name_key(f"{m.rubrik} {m.senast}"), _MEND_NAME)
                for path, m in moment
            ],
        )


def _short(owner: Vag, text: str) -> Label:
    return Label(owner, ("forkortning",), "Förkortningen", text, _id_key(text), _MEND_SHORT)


def check_figures(underlag: Underlag) -> Iterator[Problem]:
    """Sources by id and name; indicators by id, and by name where source and huvudområde are the same."""
    found = underlag.indikatorer
    kallor = [(("kallor", i), k) for i, k in enumerate(found.kallor)]
    indikatorer = [(("indikatorer", i), k) for i, k in enumerate(found.indikatorer)]
    yield from _twice(
        underlag,
        underlag.indikatorfil,
        [_id(vag, "Källan", k.id) for vag, k in kallor],
        [label for vag, k in kallor for label in _names(vag, _name_key, [(("namn",), k.namn)])],
        [_id(vag, "Indikatorn", k.id) for vag, k in indikatorer],
        [
            Label(vag, ("namn",), "Namnet", k.namn, f"{k.huvudomrade} {k.kalla} {_name_key(k.namn)}", _MEND_NAME)
            for vag, k in indikatorer
        ],
    )
