"""What each answer says, as short checksums: which of its fields have changed since a closing, not what they say."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from uppfoljning.facts.compare.keys import Andring, Nyckel, Varde
from uppfoljning.facts.lage import effective
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag


def contents(underlag: Underlag, kvartal: Kvartal, known: Mapping[Nyckel, Varde]) -> Iterator[tuple[Nyckel, Varde]]:
    """A key for each answer up to a quarter; its value tells which of its fields have changed, not what they say.

    One that is ``known`` from a closing, but for letters that were then kept as two characters, is as it was.
    """
    for (insats, aktor, target), answer in effective(underlag.svar, kvartal).items():
        for nr, post in enumerate((*answer.ersatta, answer.post)):
            fields = _fields(post)
            kod = _digest(fields)
            parts = " ".join(f"{name}:{_digest(value)}" for name, value in fields.items())
            key = Nyckel("svarstext", insats, aktor, kvartal=str(target), nr=nr)
            as_it_was = key in known and _says(known[key], fields)
            yield key, known[key] if as_it_was else Varde(kod, parts, post.lamnad)


def _says(known: Varde, fields: Mapping[str, Any]) -> bool:
    """Whether an answer that was closed says this, however its letters were kept."""
    parts = dict(part.split(":") for part in known.ord.split())
    return parts.keys() == fields.keys() and all(
        parts[name] in {_digest(value), _digest(_apart(value))} for name, value in fields.items()
    )


def _apart(value: Any) -> Any:
    """A value with each letter and its marks as characters of their own, as a file may have them."""
    return json.loads(unicodedata.normalize("NFD", json.dumps(value, ensure_ascii=False)))


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
