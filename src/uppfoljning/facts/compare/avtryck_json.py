"""An imprint as plain values for JSON, and back: what a closed quarter reported, readable without the tool."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from uppfoljning.facts.compare.keys import (
    FIRST_KINDS,
    SLAG,
    Andring,
    Avtryck,
    Insatsnamn,
    Loftesfalt,
    Momentkod,
    Nyckel,
    Varde,
)
from uppfoljning.facts.figures.statistics import Andelskod, Antalskod
from uppfoljning.facts.lage import Svarsstatus
from uppfoljning.facts.oenighet import Oenighetsslag
from uppfoljning.model import Beslutsutfall
from uppfoljning.model.aterkoppling import Genomforande, Planbedomning
from uppfoljning.model.insatser import Historikhandelse
from uppfoljning.model.period import Kvartal
from uppfoljning.text.json_text import json_text
from uppfoljning.text.plaintext import nfc

FORMAT = 1
_NUMBERS = frozenset({"ar", "tabell_ar", "nr"})
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CODES: Mapping[str, str] = {
    "plan": "|".join(get_args(Planbedomning)),
    "egen_bedomning": "|".join(get_args(Planbedomning)),
    "genomforande": "|".join(get_args(Genomforande)),
    "svar": "|".join(("lamnat", *get_args(Svarsstatus))),
    "insats": "aktuell|inte_aktuell",
    "moment": "|".join(get_args(Momentkod)),
    "antal": "[0-9]{1,18}",
    "planerat": f"{_DAY}(?: {_DAY})*",
    "oenighet": "olika",
    "tabell": "finns",
    "malet": "[0-9]{1,18} [0-9]{1,18}",
    "utslag": "|".join((*get_args(Antalskod), *get_args(Andelskod))),
    "beslut": f"oppen|forfallen|(?:{'|'.join(get_args(Beslutsutfall))}) {_DAY}(?: forfallen)?",
}
"""The codes that there are words for; a later version of the tool may have more."""
_WHAT: Mapping[str, tuple[str, ...]] = {
    "historik": get_args(Historikhandelse),
    "oenighet": get_args(Oenighetsslag),
    "lofte": get_args(Loftesfalt),
}


class AvtrycksfilError(ValueError):
    """The text is no imprint that this version can read."""


@dataclass(frozen=True, slots=True)
class Berattat:
    """What a report told of a closed quarter: its changes since the closing whose imprint has this checksum."""

    kvartal: Kvartal
    sha256: str
    andringar: tuple[Andring, ...]


@dataclass(frozen=True, slots=True)
class Frystavtryck:
    """A closed quarter's imprint, the kinds of keys that were then known, and what its report told of earlier ones."""

    avtryck: Avtryck
    slag: frozenset[str] = SLAG
    berattat: tuple[Berattat, ...] = field(default=())


def write_avtryck(fryst: Frystavtryck) -> str:
    """The imprint as JSON text."""
    return json_text(
        {
            "avtrycksformat": FORMAT,
            **plain_avtryck(fryst.avtryck),
            "slag": sorted(fryst.slag),
            "berattat": [
                {"kvartal": str(b.kvartal), "sha256": b.sha256, "andringar": [plain_change(a) for a in b.andringar]}
                for b in fryst.berattat
            ],
        }
    )


def read_avtryck(content: bytes) -> Frystavtryck:
    """The imprint of a JSON text. Raises :class:`AvtrycksfilError`."""
    try:
        data = json.loads(nfc(content.decode("utf-8")))
        if data["avtrycksformat"] != FORMAT:
            raise AvtrycksfilError("avtrycksformat")
        return Frystavtryck(
            avtryck_of(data),
            frozenset(data["slag"]),
            tuple(
                Berattat(_kvartal(b["kvartal"]), b["sha256"], tuple(change_of(a) for a in b["andringar"]))
                for b in data["berattat"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise AvtrycksfilError(str(error)) from None


def check_codes(fryst: Frystavtryck) -> None:
    """Raises :class:`AvtrycksfilError` for a code that this version has no words for."""
    told = [(a.nyckel, v) for b in fryst.berattat for a in b.andringar for v in (a.fran, a.till) if v is not None]
    for nyckel, varde in (*fryst.avtryck.varden.items(), *told):
        if nyckel.vad not in _WHAT.get(nyckel.slag, (nyckel.vad,)):
            raise AvtrycksfilError(nyckel.vad)
        if not re.fullmatch(_CODES.get(nyckel.slag, ".*"), varde.kod, re.DOTALL):
            raise AvtrycksfilError(varde.kod)


def plain_avtryck(avtryck: Avtryck) -> dict[str, Any]:
    """An imprint as plain values, its keys in order."""
    return {
        "kvartal": str(avtryck.kvartal),
        "per": avtryck.per.isoformat(),
        "varden": [{**_plain_key(nyckel), **_plain_value(avtryck.varden[nyckel])} for nyckel in sorted(avtryck.varden)],
        "insatser": {name: list(about) for name, about in avtryck.insatser.items()},
        "ordning": list(avtryck.insatser),
        "dagar": {name: sorted(days) for name, days in avtryck.dagar.items()},
        "kanda_slag": sorted(avtryck.slag),
        "namn": dict(avtryck.namn),
    }


def avtryck_of(data: Any) -> Avtryck:
    """The imprint of plain values. Raises what the values make it raise."""
    return Avtryck(
        _kvartal(data["kvartal"]),
        date.fromisoformat(data["per"]),
        {_key(row): _value(row) for row in data["varden"]},
        names_of(data),
        {name: frozenset(days) for name, days in data["dagar"].items()},
        frozenset(data.get("kanda_slag", FIRST_KINDS)),
        dict(data.get("namn", {})),
    )


def names_of(data: Any) -> dict[str, Insatsnamn]:
    """The names of the insatser, in their own order."""
    return {name: Insatsnamn(*data["insatser"][name]) for name in data["ordning"]}


def plain_change(andring: Andring) -> dict[str, Any]:
    """A change as plain values."""
    return {
        "nyckel": _plain_key(andring.nyckel),
        "fran": _plain_value(andring.fran) if andring.fran is not None else None,
        "till": _plain_value(andring.till) if andring.till is not None else None,
    }


def change_of(data: Any) -> Andring:
    """The change of plain values. Raises what the values make it raise."""
    return Andring(
        _key(data["nyckel"]),
        _value(data["fran"]) if data["fran"] is not None else None,
        _value(data["till"]) if data["till"] is not None else None,
    )


def _plain_key(nyckel: Nyckel) -> dict[str, str | int]:
    """Only what is filled: most of a key is empty."""
    return {name: value for name, value in nyckel._asdict().items() if value}


def _plain_value(varde: Varde) -> dict[str, str]:
    found = {"kod": varde.kod, "ord": varde.ord, "namn": varde.namn}
    if varde.dag is not None:
        found["varde_dag"] = varde.dag.isoformat()
    return {name: text for name, text in found.items() if text or name == "kod"}


def _key(row: Mapping[str, Any]) -> Nyckel:
    given = {name: row[name] for name in Nyckel._fields if name in row}
    if any(type(value) is not (int if name in _NUMBERS else str) for name, value in given.items()):
        raise AvtrycksfilError("not a key")
    return Nyckel(**given)


def _value(row: Mapping[str, Any]) -> Varde:
    day = row.get("varde_dag")
    texts = row["kod"], row.get("ord", ""), row.get("namn", "")
    if not all(isinstance(text, str) for text in texts):
        raise AvtrycksfilError("not a value")
    return Varde(texts[0], texts[1], date.fromisoformat(day) if day else None, texts[2])


def _kvartal(text: str) -> Kvartal:
    found = Kvartal.parse(text)
    if found is None:
        raise AvtrycksfilError(text)
    return found
