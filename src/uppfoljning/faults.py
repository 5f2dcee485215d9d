"""pydantic's errors as problems in Swedish, chosen by their ``type`` and never by their English text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from uppfoljning.problem import Problem
from uppfoljning.swedish import suggest

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from uppfoljning.yamlfile import Yamlfil

Vag = tuple[str | int, ...]


def _found(value: Any) -> str:
    """What stands there, in words."""
    if value is None:
        return "värdet saknas"
    if isinstance(value, bool):
        return f"här står {'true' if value else 'false'}"
    if isinstance(value, dict):
        return "här står ett block med egna fält"
    if isinstance(value, list):
        return "här står en lista"
    if isinstance(value, date):
        return f"här står ett datum ({value.isoformat()})"
    if isinstance(value, int | float):
        return f"här står ett tal ({value})"
    return "här står en text"


_EXPECTED: dict[str, tuple[str, str]] = {
    "string_type": ("En text väntades", "Skriv en text; sätt citattecken runt den om den ser ut som ett tal."),
    "int_type": ("Ett heltal väntades", "Skriv ett heltal utan citattecken, till exempel 3."),
    "int_from_float": ("Ett heltal väntades", "Skriv ett heltal utan decimaler."),
    "bool_type": ("true eller false väntades", "Skriv true (ja) eller false (nej) utan citattecken."),
    "date_type": ("Ett datum väntades", "Skriv ÅÅÅÅ-MM-DD utan citattecken, till exempel 2022-04-30."),
    "tuple_type": ("En lista väntades", "Skriv en punkt per rad med bindestreck, eller [a, b] på en rad."),
    "dict_type": ("Ett block med fält väntades", "Skriv fälten på egna rader, indragna under namnet."),
    "model_type": ("Ett block med fält väntades", "Skriv fälten på egna rader, indragna under namnet."),
}


def _limit(ctx: dict[str, Any]) -> tuple[str, str]:
    low, high = ctx.get("ge", ctx.get("gt")), ctx.get("le", ctx.get("lt"))
    if low is not None:
        return f"Talet är för litet; minst {low} går.", f"Skriv {low} eller mer."
    return f"Talet är för stort; högst {high} går.", f"Skriv {high} eller mindre."


def _too_short(_: dict[str, Any]) -> tuple[str, str]:
    return "Texten är tom.", "Skriv något, eller ta bort fältet."


def _too_long(ctx: dict[str, Any]) -> tuple[str, str]:
    return f"Texten är för lång; högst {ctx['max_length']} tecken går.", "Korta texten."


def _pattern(ctx: dict[str, Any]) -> tuple[str, str]:
    if ctx["pattern"] == r"^[0-9]{4}$":
        return "Fyra siffror väntades.", 'Skriv fyra siffror inom citattecken, till exempel "0139".'
    if "ÅÄÖ" in ctx["pattern"]:
        return "En förkortning i versaler väntades, högst åtta tecken.", "Skriv till exempel VÅL."
    return (
        "Ett id får bara ha bokstäverna a–z, siffror och bindestreck.",
        "Skriv till exempel TOM-5 eller fritid-unga, utan å, ä, ö och blanksteg.",
    )


_BY_CONTEXT: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
}


def translate(file: Yamlfil, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each of pydantic's errors, at the place in ``file`` it is about."""
    for fault in error.errors(include_url=False):
        vag = tuple(step for step in fault["loc"] if step != "[key]")
        yield _translate_one(file, fault, vag, model, is_key="[key]" in fault["loc"])


def _translate_one(file: Yamlfil, fault: Any, vag: Vag, model: type[BaseModel], *, is_key: bool) -> Problem:
    kind = fault["type"]
    nod = file.nod(vag)
    rad, kolumn, langd = (nod.rad, nod.kolumn, nod.langd) if nod is not None else (1, 1, 1)
    place = file.key_place(vag) if kind == "extra_forbidden" or is_key else None
    if place is not None:
        (rad, kolumn), langd = place, len(str(vag[-1]))
    if nod is not None and nod.varde is None and vag and file.key_place(vag):
        (rad, kolumn), langd = file.key_place(vag) or (rad, kolumn), len(str(vag[-1]))

    if kind == "missing":
        name = str(vag[-1])
        return file.problem_at(
            rad, kolumn, "falt-saknas", f'Fältet "{name}" saknas i det här blocket.', f"Lägg till {name}: …"
        )
    if kind == "extra_forbidden":
        name = str(vag[-1])
        fields = _fields_at(model, vag[:-1])
        return file.problem_at(
            rad, kolumn, "okant-falt", f'Fältet "{name}" finns inte här.', suggest(name, fields, "Fälten är"), langd
        )
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        shown = f'"{fault["input"]}"' if isinstance(fault["input"], str) else _found(fault["input"])
        help_text = suggest(str(fault["input"]), allowed, "Värdena är")
        return file.problem_at(rad, kolumn, "okant-varde", f"{shown} går inte här.", help_text, langd)
    if kind == "value_error":
        return file.problem_at(
            rad, kolumn, "ogiltigt", str(fault["ctx"]["error"]), f"Rätta värdet; {_found(fault['input'])}.", langd
        )
    if kind in _BY_CONTEXT:
        meddelande, atgard = _BY_CONTEXT[kind](fault.get("ctx", {}))
        return file.problem_at(rad, kolumn, "ogiltigt", meddelande, atgard, langd)
    expected, atgard = _EXPECTED.get(kind, ("Värdet går inte att använda här", "Se exemplen i docs/data.md."))
    return file.problem_at(rad, kolumn, "fel-slag", f"{expected}, men {_found(fault['input'])}.", atgard, langd)


def _fields_at(model: type[BaseModel], vag: Vag) -> list[str]:
    """The names of the fields a block at ``vag`` may have."""
    current: Any = model
    for step in vag:
        if isinstance(step, str) and hasattr(current, "model_fields"):
            current = _inner_model(current.model_fields[step].annotation) if step in current.model_fields else None
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def _inner_model(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None
