"""What has changed in the data since quarters were closed, and what a report takes from closed quarters.

A change is told once: what the report of a closed later quarter has told is not told by the next.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from uppfoljning import __version__
from uppfoljning.errors import UnreadableError
from uppfoljning.facts.compare.avtryck import insats_names, make_avtryck
from uppfoljning.facts.compare.avtryck_json import (
    AvtrycksfilError,
    Berattat,
    Frystavtryck,
    avtryck_of,
    change_of,
    check_codes,
    plain_avtryck,
    plain_change,
    read_avtryck,
)
from uppfoljning.facts.compare.contents import contents
from uppfoljning.facts.compare.differences import compare
from uppfoljning.facts.compare.keys import SLAG, Andring, Andringsid, Avtryck, Insatsnamn, Nyckel, Varde
from uppfoljning.facts.compare.promises import Stangning, promises, unnamed_changes
from uppfoljning.facts.lage import latest_kvartal, merge
from uppfoljning.facts.plan import judge_all
from uppfoljning.model.frysning import Tidigare
from uppfoljning.model.frysta import Frysning, Frysta
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.json_text import json_text
from uppfoljning.text.plaintext import nfc


@dataclass(frozen=True, slots=True)
class Efterhand:
    """What has changed in the data about a closed quarter. ``verktyg`` closed it.

    ``insatser`` and ``namn`` are what the insatser and the aktörer were called then.
    """

    kvartal: Kvartal
    stangd: date
    sha256: str
    verktyg: str
    andringar: tuple[Andring, ...]
    insatser: Mapping[str, Insatsnamn] = field(default_factory=dict)
    namn: Mapping[str, str] = field(default_factory=dict)


class Rapporterat(NamedTuple):
    """A closed quarter's imprint, and its checksum."""

    avtryck: Avtryck
    sha256: str


@dataclass(frozen=True, slots=True)
class Sammanhang:
    """What a report takes from closed periods.

    ``rapporterat``: closed quarters that it is compared with, as they were reported. ``efterhand``: what has changed
    since in the data of closed quarters. ``tidigare``: earlier closings of the period itself.
    """

    rapporterat: Mapping[Kvartal, Rapporterat] = field(default_factory=dict)
    efterhand: tuple[Efterhand, ...] = ()
    tidigare: tuple[Tidigare, ...] = ()

    def reported_of(self, kvartal: Kvartal) -> Avtryck | None:
        """The imprint of a quarter as it was reported, when it is closed."""
        found = self.rapporterat.get(kvartal)
        return found.avtryck if found is not None else None


def frozen_imprint(frysning: Frysning) -> Frystavtryck:
    """The imprint of a closed period. Raises :class:`UnreadableError` when it can't be read."""
    try:
        found = read_avtryck(frysning.avtryck)
        check_codes(found)
        return found
    except AvtrycksfilError:
        raise UnreadableError("avtryck.json", str(frysning.period), frysning.manifest.verktyg) from None


def reported(fryst: Frystavtryck) -> Avtryck:
    """A closed quarter's imprint as it is compared with that of another quarter."""
    varden = {n: v for n, v in fryst.avtryck.varden.items() if n.slag != "svarstext"}
    return replace(fryst.avtryck, varden=varden, slag=fryst.slag)


def full_imprint(underlag: Underlag, kvartal: Kvartal, per: date, known: Mapping[Nyckel, Varde] = {}) -> Avtryck:
    """The imprint of a quarter with all that its report would show: every extract, and the content of each answer.

    ``known`` are the values of a closing that it is compared with.
    """
    lage = merge(underlag, kvartal, per)
    avtryck = make_avtryck(underlag, lage, judge_all(underlag, lage), known_by=date.max)
    return replace(avtryck, varden={**avtryck.varden, **dict(contents(underlag, kvartal, known))})


def context(underlag: Underlag, frysta: Frysta, kvartal: Kvartal, per: date, by: date | None = None) -> Sammanhang:
    """What the report of a quarter takes from closed ones. ``underlag`` must already be redacted for nobody special.

    ``by`` is the last day of the ``historik`` that names what has changed; by default the reference date. A quarter
    before that was judged later than ``per`` is left out: a comparison never goes back in time. Raises
    :class:`UnreadableError`.
    """
    before = [q for q in underlag.kvartal() if q < kvartal][-1:]
    return Sammanhang(
        rapporterat={q: r for q, r in _reported(frysta, before) if r.avtryck.per <= per},
        efterhand=tuple(since_closing(underlag, frysta, kvartal, by or per)),
        tidigare=frysta.tidigare.get(str(kvartal), ()),
    )


def half_year_context(underlag: Underlag, frysta: Frysta, halvar: Halvar) -> Sammanhang:
    """What the report of a half-year takes from closed quarters: the one before it, and the one before its last.

    Raises :class:`UnreadableError`.
    """
    quarters = [q for q in underlag.kvartal() if q.slut < halvar.slut][-2:]
    last = max((q for q in underlag.kvartal() if q.slut <= halvar.slut), default=None)
    closed = {q: f for q, f in frysta.kvartal().items() if last is not None and q <= last}
    by = underlag.sista_svarsdag(last) if last is not None else halvar.slut
    imprints = {q: frozen_imprint(f) for q, f in closed.items() if q in underlag.kvartal()}
    unnamed = _unnamed(underlag, frysta, imprints, by, by)
    return Sammanhang(
        dict(_reported(frysta, quarters)),
        tuple(_efterhand_of(frysta, underlag, q, changes) for q, changes in unnamed.items()),
        frysta.tidigare.get(str(halvar), ()),
    )


def _efterhand_of(frysta: Frysta, underlag: Underlag, kvartal: Kvartal, changes: Sequence[Andring]) -> Efterhand:
    frysning = frysta.kvartal()[kvartal]
    then, manifest = frozen_imprint(frysning).avtryck, frysning.manifest
    names, called = {**then.insatser, **insats_names(underlag)}, {**then.namn, **underlag.namn}
    return Efterhand(kvartal, manifest.stangd, frysning.avtryck_sha256, manifest.verktyg, tuple(changes), names, called)


def unnamed_promises(underlag: Underlag, frysta: Frysta) -> dict[Kvartal, list[Andring]]:
    """What has been promised otherwise since quarters were closed, without a word of it; damaged closings left out.

    By the closed quarter that last had it as it was.
    """
    return _unnamed(underlag, frysta, _readable(frysta), date.max, latest_kvartal(underlag).slut)


def frozen_names(frysta: Frysta) -> dict[str, Insatsnamn]:
    """What the insatser were called in closed quarters, as they were last."""
    return {name: about for _, f in sorted(_readable(frysta).items()) for name, about in f.avtryck.insatser.items()}


def frozen_aktorer(frysta: Frysta) -> dict[str, str]:
    """What the aktörer were called in closed quarters, as they were last."""
    return {aktor: name for _, f in sorted(_readable(frysta).items()) for aktor, name in f.avtryck.namn.items()}


def _readable(frysta: Frysta) -> dict[Kvartal, Frystavtryck]:
    imprints = {}
    for q, frysning in frysta.kvartal().items():
        with contextlib.suppress(UnreadableError):
            imprints[q] = frozen_imprint(frysning)
    return imprints


def _unnamed(
    underlag: Underlag, frysta: Frysta, imprints: Mapping[Kvartal, Frystavtryck], by: date, ended_by: date
) -> dict[Kvartal, list[Andring]]:
    now = {n: v for _, insats, _ in underlag.insatser() for n, v in promises(insats)}
    found: dict[Kvartal, list[Andring]] = {}
    for q, andring in unnamed_changes(underlag, now, closings(frysta, imprints), by, ended_by):
        found.setdefault(q, []).append(andring)
    return found


def _reported(frysta: Frysta, quarters: Iterable[Kvartal]) -> Iterator[tuple[Kvartal, Rapporterat]]:
    closed = frysta.kvartal()
    for kvartal in quarters:
        if kvartal in closed:
            yield kvartal, Rapporterat(reported(frozen_imprint(closed[kvartal])), closed[kvartal].avtryck_sha256)


def is_promise(andring: Andring) -> bool:
    """Whether a change is of what is promised: told in every report until ``historik`` names it."""
    return andring.nyckel.slag == "lofte" or (andring.nyckel.slag == "insats" and andring.till is None)


def closings(frysta: Frysta, imprints: Mapping[Kvartal, Frystavtryck]) -> list[Stangning]:
    """Closed quarters in order, as what was then promised is looked up in them."""
    closed = frysta.kvartal()
    return [
        Stangning(q, closed[q].manifest.stangd, replace(imprints[q].avtryck, slag=imprints[q].slag))
        for q in sorted(imprints)
    ]


def since_closing(underlag: Underlag, frysta: Frysta, kvartal: Kvartal, by: date) -> Iterator[Efterhand]:
    """What is new, for a report of ``kvartal``, about each closed quarter up to it; nothing is told of two quarters.

    What is promised is told until it is named, whatever earlier reports have told. What has been added, revised or
    ended by the book after a closing is no change of it. What another version judged is not judged again.
    """
    closed = {q: f for q, f in frysta.kvartal().items() if q <= kvartal and q in underlag.kvartal()}
    imprints = {q: frozen_imprint(f) for q, f in closed.items()}
    unnamed = _unnamed(underlag, frysta, imprints, by, by)
    told: set[Andringsid] = set()
    for q, frysning in closed.items():
        # What later reports have told, up to the one that is made; of the quarter itself, everything is told.
        reports = [f.berattat for later, f in imprints.items() if q < later < kvartal]
        known = _as_told(frysning, imprints[q], [b for berattat in reports for b in berattat])
        today = full_imprint(underlag, q, frysning.manifest.per, known.varden)
        own = frysning.manifest.verktyg == f"uppfoljning {__version__}"
        found = [
            a
            for a in compare(known, today)
            if a.identity not in told
            and not is_promise(a)
            and (own or a.nyckel.slag not in _JUDGED)
            and not _is_a_later_survey(a)
            and not _is_by_the_book(underlag, known, a)
        ]
        told |= {a.identity for a in found}
        found = [*unnamed.get(q, ()), *found]
        if found:
            yield _efterhand_of(frysta, underlag, q, found)


def _is_a_later_survey(andring: Andring) -> bool:
    """Whether a survey of the year has come since, or a first verdict with it: that is news, told among the changes."""
    slag = andring.nyckel.slag
    return andring.fran is None and (slag == "utslag" or (slag in {"tabell", "siffra"} and not andring.nyckel.period))


_JUDGED: frozenset[str] = frozenset({"plan", "malet", "utslag"})
"""What is judged, by rules that another version may have had otherwise."""
_AGREED: frozenset[str] = frozenset({"lydelse", "plan", "malet", "moment"})
"""What a revision or an end by the book changes."""


def _is_by_the_book(underlag: Underlag, known: Avtryck, andring: Andring) -> bool:
    """Whether a change comes of ``historik`` dated after the quarter: then it belongs among the changes alone."""
    insats = next((i for _, i, _ in underlag.insatser() if i.id == andring.nyckel.insats), None)
    later = [h.handelse for h in insats.historik if h.datum > known.kvartal.slut] if insats is not None else []
    if insats is not None and "tillkommen" in later and insats.id not in known.insatser:
        return True
    return bool(later) and andring.nyckel.slag in _AGREED


def _as_told(frysning: Frysning, fryst: Frystavtryck, berattat: list[Berattat]) -> Avtryck:
    """The closed quarter as a reader knows it, who has read the later reports too."""
    varden = {n: v for n, v in fryst.avtryck.varden.items() if n.slag in SLAG}
    for told in berattat:
        if told.sha256 != frysning.avtryck_sha256:
            continue  # of an earlier closing
        for andring in told.andringar:
            varden.pop(andring.nyckel, None)
            if andring.till is not None:
                varden[andring.nyckel] = andring.till
    return replace(fryst.avtryck, varden=varden, slag=fryst.slag)


def write_context(sammanhang: Sammanhang) -> str:
    """A context as JSON text, so that a closed quarter's report can be made again from its own folder alone."""
    return json_text(
        {
            "rapporterat": [
                {"sha256": sammanhang.rapporterat[q].sha256, **plain_avtryck(sammanhang.rapporterat[q].avtryck)}
                for q in sorted(sammanhang.rapporterat)
            ],
            "efterhand": [
                {
                    "kvartal": str(e.kvartal),
                    "stangd": e.stangd.isoformat(),
                    "sha256": e.sha256,
                    "verktyg": e.verktyg,
                    "andringar": [plain_change(a) for a in e.andringar],
                    "insatser": {name: list(about) for name, about in e.insatser.items()},
                    "namn": dict(e.namn),
                }
                for e in sammanhang.efterhand
            ],
            "tidigare": [t.model_dump(mode="json") for t in sammanhang.tidigare],
        }
    )


def read_context(content: bytes) -> Sammanhang:
    """The context of a JSON text. Raises :class:`UnreadableError` when it is none that this version can read."""
    try:
        data = json.loads(nfc(content.decode("utf-8")))
        return Sammanhang(
            {(found := avtryck_of(r)).kvartal: Rapporterat(found, r["sha256"]) for r in data["rapporterat"]},
            tuple(_efterhand(e) for e in data["efterhand"]),
            tuple(Tidigare.model_validate_json(json.dumps(t)) for t in data["tidigare"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise UnreadableError("sammanhang.json") from None


def _efterhand(data: Any) -> Efterhand:
    kvartal = Kvartal.parse(data["kvartal"])
    if kvartal is None:
        raise ValueError("kvartal")
    return Efterhand(
        kvartal,
        date.fromisoformat(data["stangd"]),
        data["sha256"],
        data["verktyg"],
        tuple(change_of(a) for a in data["andringar"]),
        {name: Insatsnamn(*about) for name, about in data["insatser"].items()},
        dict(data.get("namn", {})),
    )
