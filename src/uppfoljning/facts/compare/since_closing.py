"""What has changed in the data since quarters were closed, and what a report takes from closed quarters.

A change is told once: what the report of a closed later quarter has told is not told by the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from uppfoljning.errors import UnreadableError
from uppfoljning.facts.compare.avtryck import Avtryck, Insatsnamn, Nyckel, Varde, make_avtryck
from uppfoljning.facts.compare.avtryck_json import (
    SLAG,
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
from uppfoljning.facts.compare.differences import Andring, Andringsid, compare
from uppfoljning.facts.lage import effective, merge
from uppfoljning.facts.plan import judge_all
from uppfoljning.model.frysning import Tidigare
from uppfoljning.model.frysta import Frysning, Frysta
from uppfoljning.model.period import Halvar, Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.text.json_text import json_text


@dataclass(frozen=True, slots=True)
class Efterhand:
    """What has changed in the data about a closed quarter. ``verktyg`` closed it; ``insatser`` are the names then."""

    kvartal: Kvartal
    stangd: date
    sha256: str
    verktyg: str
    andringar: tuple[Andring, ...]
    insatser: Mapping[str, Insatsnamn] = field(default_factory=dict)


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
    return replace(fryst.avtryck, varden=varden)


def full_imprint(underlag: Underlag, kvartal: Kvartal, per: date) -> Avtryck:
    """The imprint of a quarter with all that its report would show: every extract, and the content of each answer."""
    lage = merge(underlag, kvartal, per)
    avtryck = make_avtryck(underlag, lage, judge_all(underlag, lage), known_by=date.max)
    return replace(avtryck, varden={**avtryck.varden, **dict(_contents(underlag, kvartal))})


def _contents(underlag: Underlag, kvartal: Kvartal) -> Iterator[tuple[Nyckel, Varde]]:
    """A key for each answer up to a quarter; its value tells which of its fields have changed, not what they say."""
    for (insats, aktor, target), answer in effective(underlag.svar, kvartal).items():
        for nr, post in enumerate((*answer.ersatta, answer.post)):
            fields = _fields(post)
            kod = _digest(fields)
            parts = " ".join(f"{name}:{_digest(value)}" for name, value in fields.items())
            yield Nyckel("svarstext", insats, aktor, kvartal=str(target), nr=nr), Varde(kod, parts, post.lamnad)


def _fields(post: Svarspost) -> dict[str, Any]:
    """What an answer says, by field; what it is about stands in its key, and an intern note is nobody else's."""
    said = post.svar.model_dump(mode="json", exclude={"insats", "intern", "lamnad"}, exclude_defaults=True)
    return {**dict(sorted(said.items())), "lamnad": post.lamnad.isoformat()}


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def changed_fields(andring: Andring) -> tuple[str, ...]:
    """Which fields of an answer have changed."""
    before, after = (dict(p.split(":") for p in v.ord.split()) if v else {} for v in (andring.fran, andring.till))
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


def context(underlag: Underlag, frysta: Frysta, kvartal: Kvartal, per: date) -> Sammanhang:
    """What the report of a quarter takes from closed ones. ``underlag`` must already be redacted for nobody special.

    A quarter before that was judged later than ``per`` is left out: a comparison never goes back in time. Raises
    :class:`UnreadableError`.
    """
    before = [q for q in underlag.kvartal() if q < kvartal][-1:]
    return Sammanhang(
        rapporterat={q: r for q, r in _reported(frysta, before) if r.avtryck.per <= per},
        efterhand=tuple(since_closing(underlag, frysta, kvartal)),
        tidigare=frysta.tidigare.get(str(kvartal), ()),
    )


def half_year_context(underlag: Underlag, frysta: Frysta, halvar: Halvar) -> Sammanhang:
    """What the report of a half-year takes from closed quarters: the one before it, and the one before its last.

    Raises :class:`UnreadableError`.
    """
    quarters = [q for q in underlag.kvartal() if q.slut < halvar.slut][-2:]
    return Sammanhang(dict(_reported(frysta, quarters)), tidigare=frysta.tidigare.get(str(halvar), ()))


def _reported(frysta: Frysta, quarters: Iterable[Kvartal]) -> Iterator[tuple[Kvartal, Rapporterat]]:
    closed = frysta.kvartal()
    for kvartal in quarters:
        if kvartal in closed:
            yield kvartal, Rapporterat(reported(frozen_imprint(closed[kvartal])), closed[kvartal].avtryck_sha256)


def since_closing(underlag: Underlag, frysta: Frysta, kvartal: Kvartal) -> Iterator[Efterhand]:
    """What is new, for a report of ``kvartal``, about each closed quarter up to it; nothing is told of two quarters."""
    closed = {q: f for q, f in frysta.kvartal().items() if q <= kvartal and q in underlag.kvartal()}
    imprints = {q: frozen_imprint(f) for q, f in closed.items()}
    told: set[Andringsid] = set()
    for q, frysning in closed.items():
        # What later reports have told, up to the one that is made; of the quarter itself, everything is told.
        reports = [f.berattat for later, f in imprints.items() if q < later < kvartal]
        known = _as_told(frysning, imprints[q], [b for berattat in reports for b in berattat])
        today = full_imprint(underlag, q, frysning.manifest.per)
        found = [a for a in compare(known, _of_kinds(today, imprints[q].slag)) if a.identity not in told]
        told |= {a.identity for a in found}
        if found:
            names = {**known.insatser, **today.insatser}
            manifest = frysning.manifest
            yield Efterhand(q, manifest.stangd, frysning.avtryck_sha256, manifest.verktyg, tuple(found), names)


def _of_kinds(avtryck: Avtryck, slag: frozenset[str]) -> Avtryck:
    """An imprint without the kinds of keys that weren't there when the quarter was closed."""
    return (
        avtryck
        if slag >= SLAG
        else replace(avtryck, varden={n: v for n, v in avtryck.varden.items() if n.slag in slag})
    )


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
    return replace(fryst.avtryck, varden=varden)


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
                }
                for e in sammanhang.efterhand
            ],
            "tidigare": [t.model_dump(mode="json") for t in sammanhang.tidigare],
        }
    )


def read_context(content: bytes) -> Sammanhang:
    """The context of a JSON text. Raises :class:`UnreadableError` when it is none that this version can read."""
    try:
        data = json.loads(content)
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
    )
