"""The form that a model wants, filled with what stands in the file: what the advice about a wrong form shows.

What can't be known is left open (``…``, ``ÅÅÅÅ-MM-DD``); nothing is guessed that reads as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from uppfoljning.formats.yaml.write import Lucka
from uppfoljning.model.fields import Hanvisning, Kortform, Textform, as_id
from uppfoljning.model.known import Kanda
from uppfoljning.model.period import Halvar, Kvartal, Tidpunkt
from uppfoljning.text.candidates import Labels, find
from uppfoljning.text.mend import read_days, read_number, read_point, read_yes_or_no
from uppfoljning.text.swedish import nearest, one_line, shorten

Vag = tuple[str | int, ...]
OPEN = Lucka("…")
_OPEN: Mapping[type, Lucka] = {
    date: Lucka("ÅÅÅÅ-MM-DD"),
    Tidpunkt: Lucka("ÅÅÅÅ-MM-DD"),
    Kvartal: Lucka("ÅÅÅÅ-K1"),
    Halvar: Lucka("ÅÅÅÅ-H1"),
}
_LONG_TEXT = 70
_SHORTENED = 40
_ID_PATTERN = "^[A-Za-z0-9]+(-"
_HYPHENS = re.compile(r"(?:^|\s+)-(?=\S)")
_MISSING = object()


class Slag(NamedTuple):
    """What a field holds: a model, ``tuple``, ``dict``, ``Literal`` or a kind of value; and what is said of it."""

    bas: Any
    inne: tuple[Any, ...]
    sagt: tuple[Any, ...]
    valfri: bool

    @property
    def is_block(self) -> bool:
        """Whether it is a block with fields of its own."""
        return isinstance(self.bas, type) and issubclass(self.bas, BaseModel)

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The lists whose ids may stand there."""
        return next((one.listor for one in self.sagt if isinstance(one, Hanvisning)), ())

    @property
    def pattern(self) -> str:
        """The form a text must have."""
        return next((str(one.schema.get("pattern", "")) for one in self.sagt if isinstance(one, Textform)), "")

    @property
    def kort(self) -> str:
        """The field that may stand alone for the block, if any."""
        return next((one.falt for one in self.sagt if isinstance(one, Kortform)), "")

    @property
    def is_id(self) -> bool:
        """Whether it is the id that a thing is given where it is described."""
        return self.pattern.startswith(_ID_PATTERN)


def slag_of(annotation: Any, said: tuple[Any, ...] = ()) -> Slag:
    """What an annotation says, without its wrappings."""
    optional = False
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, said = inner[0], said + inner[1:]
        elif origin in {Union, UnionType}:
            annotation, optional = next(one for one in inner if one is not type(None)), True
        else:
            return Slag(origin or annotation, inner, said, optional)


def field_of(model: type[BaseModel], name: str) -> Slag:
    """What a field of a model holds."""
    field = model.model_fields[name]
    return slag_of(field.annotation, tuple(field.metadata))


def slag_at(model: type[BaseModel], vag: Vag) -> Slag | None:
    """What stands at a path into a file, or None where the model has no such place."""
    here = slag_of(model)
    for step in vag:
        if here.is_block and isinstance(step, str) and step in here.bas.model_fields:
            here = field_of(here.bas, step)
        elif here.bas is tuple and isinstance(step, int):
            here = slag_of(here.inne[0])
        elif here.bas is dict:
            here = slag_of(here.inne[1])
        else:
            return None
    return here


class Form:
    """Fills forms with what stands in a file. Without ``echo`` nothing of it is repeated: it may be secret."""

    def __init__(self, known: Kanda, *, echo: bool = True) -> None:
        self.known = known
        self.echo = echo
        self.insats = ""
        """The insats that the place is about, whose moments may stand there."""
        self.open: dict[str, Labels] = {}
        """Fields whose id couldn't be known, and those that may stand there."""
        self.cut = False
        """Whether a text was too long to be repeated whole."""

    def choices(self, slag: Slag) -> Labels:
        """The ids that may stand at a place."""
        if slag.refers_to == ("moment",):
            return self.known.moment.get(self.insats, {})
        return self.known.of(*slag.refers_to)

    def fill(self, slag: Slag, value: Any = _MISSING) -> Any:
        """A value of the right form: from what stands there where it can be known, else open."""
        if isinstance(value, list) and len(value) == 1 and not (slag.is_block or slag.bas in {tuple, dict}):
            value = value[0]
        if slag.is_block:
            return self._block(slag.bas, value)
        if slag.bas is tuple:
            return self._list(slag_of(slag.inne[0]), value)
        if slag.bas is dict:
            return self._mapping(slag, value)
        return self._leaf(slag, value)

    def _leaf(self, slag: Slag, value: Any) -> Any:
        opening = _OPEN.get(slag.bas, OPEN) if isinstance(slag.bas, type) else OPEN
        if value is _MISSING or value is None or isinstance(value, dict | list) or not self.echo:
            return opening
        text = value.isoformat() if isinstance(value, date) else str(value)
        found = self._meant(slag, value, text)
        return opening if found is None else found

    def _meant(self, slag: Slag, value: Any, text: str) -> Any:
        if slag.refers_to:
            ids = find(text, self.choices(slag))
            return ids[0] if len(ids) == 1 else None
        if slag.bas is Literal:
            return nearest(text, slag.inne)
        if slag.bas is bool:
            return value if isinstance(value, bool) else read_yes_or_no(text)
        if slag.bas in {int, float}:
            number = value if isinstance(value, int | float) else read_number(text)
            whole = not isinstance(number, float) or slag.bas is float
            return number if whole and not isinstance(number, bool) else None
        if slag.bas is date:
            days = read_days(text)
            return days.days[0] if days.sure and days.days else None
        if slag.bas in {Kvartal, Halvar}:
            return text if slag.bas.parse(text) else None
        if slag.bas is Tidpunkt:
            if isinstance(value, date) or Tidpunkt.parse(value if type(value) is int else text):
                return value
            point = read_point(text)
            return (int(point) if point.isdecimal() else point) or None
        if slag.is_id:
            return as_id(text) or None
        if slag.pattern:
            text = text.zfill(4) if slag.pattern.endswith("{4}$") else text
            return text if re.fullmatch(slag.pattern, text) else None
        if len(text) <= _LONG_TEXT and "\n" not in text:
            return text
        self.cut = True
        return Lucka(shorten(one_line(text), _SHORTENED))

    def _list(self, item: Slag, value: Any) -> list[Any]:
        found: list[Any] = []
        if isinstance(value, list):
            found = [self.fill(item, one) for one in value]
        elif item.is_block:
            found = self._items(item, value)
        elif isinstance(value, dict):
            found = [self.fill(item, one) for one in value]
        elif isinstance(value, str) and (_HYPHENS.match(value) or (item.refers_to and "," in value)):
            parts = _HYPHENS.split(value) if _HYPHENS.match(value) else value.split(",")
            found = [self.fill(item, one.strip()) for one in parts if one.strip()]
        else:
            found = [self.fill(item, value)]
        return found or [self.fill(item)]

    def _items(self, item: Slag, value: Any) -> list[Any]:
        """Blocks of a list: from one block, from several under their ids, or from values alone."""
        if isinstance(value, dict) and len(value) > 1 and not self._taken(item.bas, value):
            return [self.fill(item, {key: one}) for key, one in value.items()]
        if item.kort and not isinstance(value, dict):
            return self._list(field_of(item.bas, item.kort), value)
        return [self.fill(item, value)]

    def _mapping(self, slag: Slag, value: Any) -> dict[Any, Any]:
        key, inner = (slag_of(one) for one in slag.inne)
        if isinstance(value, list):
            points = [one if isinstance(one, dict) else {one: _MISSING} for one in value if not isinstance(one, list)]
            value = {key: one for point in points for key, one in point.items()}
        if isinstance(value, dict) and value:
            return {self._leaf(key, k): self.fill(inner, v) for k, v in value.items()}
        return {self.fill(key): self.fill(inner, value)}

    def _block(self, model: type[BaseModel], value: Any) -> dict[str, Any]:
        if isinstance(value, list):
            value = self._from_list(model, value)
        given = self._taken(model, value) if isinstance(value, dict) else self._single(model, value)
        if isinstance(value, dict) and len(value) == 1 and not given:
            given = self._pair(model, *next(iter(value.items())))
        shown = {name for name, field in model.model_fields.items() if field.is_required()}
        others = set(getattr(model, "visas", ()))
        shown |= others if set(given) <= shown | others else set()
        if not shown and not given:
            shown = set(model.model_fields)
        filled = {}
        for name in model.model_fields:
            if name in given or name in shown:
                slag = field_of(model, name)
                filled[name] = self.fill(slag, given.get(name, _MISSING))
                if slag.refers_to and filled[name] == OPEN:
                    self.open[name] = self.choices(slag)
        return filled

    def _from_list(self, model: type[BaseModel], value: list[Any]) -> Any:
        """A block that stands as a list: the only point of it, or the list that belongs under one of the fields."""
        points = [one for one in value if isinstance(one, dict)]
        for name in model.model_fields:
            slag = field_of(model, name)
            inner = slag_of(slag.inne[0]) if slag.bas is tuple else None
            if inner is not None and inner.is_block and points and all(self._fits(inner.bas, one) for one in points):
                return {name: value}
        return {key: one for point in points for key, one in point.items()} if len(points) == len(value) else _MISSING

    def _fits(self, model: type[BaseModel], value: dict[str, Any]) -> bool:
        """Whether all fields of a block are the model's."""
        return bool(value) and all(key in model.model_fields for key in value)

    def _taken(self, model: type[BaseModel], value: dict[str, Any]) -> dict[str, Any]:
        """What of a block's fields the model knows, also misspelt.

        The only one that is unknown stands for the only one that is missing.
        """
        fields = model.model_fields
        given = {key: one for key, one in value.items() if key in fields}
        unknown = {key: one for key, one in value.items() if key not in fields}
        for key in list(unknown):
            near = nearest(str(key), [name for name in fields if name not in given])
            if near is not None:
                given[near] = unknown.pop(key)
        missing = [name for name, field in fields.items() if field.is_required() and name not in given]
        if len(missing) == len(unknown) == 1 and given:
            given[missing[0]] = next(iter(unknown.values()))
        return given

    def _pair(self, model: type[BaseModel], key: str, value: Any) -> dict[str, Any]:
        """A block written as one field: ``infort: 2022-05-03`` for ``moment: infort, datum: 2022-05-03``."""
        first = self._single(model, int(key) if key.isdecimal() else key)
        if isinstance(value, dict):
            return {**self._taken(model, value), **first}
        rest = self._single(model, value, without=set(first)) if first else {}
        return {**rest, **first} if rest else {}

    def _single(self, model: type[BaseModel], value: Any, without: Collection[str] = ()) -> dict[str, Any]:
        """A lone value in the field that it suits best."""
        if value is _MISSING or value is None or isinstance(value, dict | list) or not self.echo:
            return {}
        slags = {name: field_of(model, name) for name in model.model_fields if name not in without}
        name = next(self._suited(model, slags, value), None)
        if name is None:
            return {}
        if "id" in slags and slags["id"].is_id and name != "id":
            is_id = isinstance(value, str) and as_id(value) == value and value.islower()
            return {"id": value} if is_id else {"id": as_id(str(value)).lower(), name: value}
        return {name: value}

    def _suited(self, model: type[BaseModel], slags: Mapping[str, Slag], value: Any) -> Iterator[str]:
        text = value.isoformat() if isinstance(value, date) else str(value)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        kinds: tuple[set[Any], ...] = (
            {Literal},
            {Kvartal, Halvar},
            {date},
            {int, float} if number else set(),
            {Tidpunkt},
        )
        for kind in kinds:
            for name, slag in slags.items():
                wanted = slag.bas in kind or (Literal in kind and slag.refers_to)
                if wanted and self._meant(slag, value, text) is not None:
                    yield name
        yield from (n for n, s in slags.items() if s.pattern and not s.is_id and re.fullmatch(s.pattern, text))
        prose = [name for name, s in slags.items() if s.bas is str and not (s.refers_to or s.pattern)]
        yield from (name for name in prose if model.model_fields[name].is_required())
        yield from (name for name in prose if name == "ord")
