"""What a model refuses of a file: pydantic's errors as problems in Swedish, and the values taken out.

Errors are chosen by their ``type``, never by their English text. Values and places are pruned alike, so that the rest
can be checked in the same pass and a path into the model leads to the right place also afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_origin

from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import nearest, suggest

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from uppfoljning.formats.yaml.node import Yamlfil


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
        return f"här står ett tal ({mask(f'+{value}')[1:]})"  # a plus before a telephone number is no part of the value
    return "här står en text"


_EXPECTED: dict[str, tuple[str, str]] = {
    "string_type": (
        "Här ska det stå en text",
        "Skriv en text; sätt citattecken runt den om den ser ut som ett tal eller ett datum.",
    ),
    "int_type": ("Här ska det stå ett heltal", "Skriv ett heltal utan citattecken, till exempel 3."),
    "float_type": ("Här ska det stå ett tal", "Skriv bara talet, med decimalpunkt: 10 eller 2.5."),
    "int_from_float": ("Här ska det stå ett heltal", "Skriv ett heltal utan decimaler."),
    "bool_type": ("Här ska det stå true eller false", "Skriv true (ja) eller false (nej) utan citattecken."),
    "date_type": ("Här ska det stå ett datum", "Skriv ÅÅÅÅ-MM-DD utan citattecken, till exempel 2022-04-30."),
    "tuple_type": ("Här ska det stå en lista", "Skriv en punkt per rad med bindestreck, eller [a, b] på en rad."),
    "dict_type": ("Här ska det stå ett block med fält", "Skriv fälten på egna rader, indragna under namnet."),
    "model_type": ("Här ska det stå ett block med fält", "Skriv fälten på egna rader, indragna under namnet."),
}


_SPACED = re.compile(r"[0-9]{1,3}(?:[\u0020\u00a0\u2009\u202f][0-9]{3})+")


def _advice(kind: str, value: Any, atgard: str) -> str:
    """How to write what is expected, where what stands there shows how it was meant."""
    if kind == "int_type" and isinstance(value, str) and _SPACED.fullmatch(value):
        return f"Skriv talet utan mellanrum: {re.sub('[^0-9]', '', value)}."
    if kind == "tuple_type" and value is None:
        return "Skriv en punkt per rad med bindestreck, eller [] om listan är tom."
    return atgard


def _plain(number: Any) -> Any:
    """A limit as it is written in the file: 1 and not 1.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _limit(fault: Any) -> tuple[str, str]:
    ctx = fault["ctx"]
    low, high = (_plain(ctx.get(one, ctx.get(other))) for one, other in (("ge", "gt"), ("le", "lt")))
    if low is not None:
        return f"Talet är för litet; minst {low} krävs.", f"Skriv {low} eller mer."
    return f"Talet är för stort; högst {high} är tillåtet.", f"Skriv {high} eller mindre."


def _too_short(_: Any) -> tuple[str, str]:
    return "Texten är tom.", "Skriv något, eller ta bort fältet."


def _too_long(fault: Any) -> tuple[str, str]:
    return f"Texten är för lång; högst {fault['ctx']['max_length']} tecken får plats.", "Korta texten."


def _pattern(fault: Any) -> tuple[str, str]:
    pattern = fault["ctx"]["pattern"]
    if pattern == r"^[0-9]{4}$":
        return "Här ska det stå fyra siffror.", 'Skriv fyra siffror inom citattecken, till exempel "0139".'
    if "ÅÄÖ" in pattern:
        return "Här ska det stå en förkortning i versaler, högst åtta tecken.", "Skriv till exempel VÅL."
    plain = unicodedata.normalize("NFKD", mask(str(fault["input"])))
    plain = re.sub(r"[^A-Za-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    example = f'"{plain}"' if plain else "till exempel TOM-5"
    return (
        "Ett id får bara ha bokstäverna a–z och A–Z, siffror och bindestreck.",
        f"Skriv {example}, utan å, ä, ö, understreck och blanksteg.",
    )


_BY_CONTEXT: dict[str, Callable[[Any], tuple[str, str]]] = {
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
}


def translate(
    file: Yamlfil, error: ValidationError, model: type[BaseModel], taken: set[tuple[int, int]]
) -> Iterator[Problem]:
    """One problem for each of pydantic's errors, at the place in ``file`` it is about.

    What stands at a place in ``taken`` is known to be wrong already; a field that is missing because its name is
    misspelt is told once, as misspelt.
    """
    faults: list[tuple[Any, Vag, bool]] = [
        (fault, tuple(s for s in fault["loc"] if s != "[key]"), "[key]" in fault["loc"])
        for fault in error.errors(include_url=False)
    ]
    missing = {vag for fault, vag, _ in faults if fault["type"] == "missing"}
    misspelt = set()
    for fault, vag, _ in faults:
        if fault["type"] == "extra_forbidden":
            near = nearest(str(vag[-1]), _fields_at(model, vag[:-1]))
            misspelt |= {(*vag[:-1], near)} & missing if near else set()
    for fault, vag, is_key in faults:
        nod = file.nod(vag)
        own_place = fault["type"] != "missing" and nod is not None and (nod.rad, nod.kolumn) in taken
        merged = fault["type"] == "missing" and nod is not None and "<<" in nod.nycklar
        if own_place or merged or (fault["type"] == "missing" and vag in misspelt):
            continue
        problem = _translate_one(file, fault, vag, model, is_key=is_key)
        if problem.plats[1:3] not in taken:
            yield problem


def _translate_one(file: Yamlfil, fault: Any, vag: Vag, model: type[BaseModel], *, is_key: bool) -> Problem:
    kind = fault["type"]
    nod = file.nod(vag)
    rad, kolumn, langd = (nod.rad, nod.kolumn, nod.langd) if nod is not None else (1, 1, 1)
    place = file.key_place(vag) if kind == "extra_forbidden" or is_key else None
    if nod is not None and nod.varde is None and kind != "missing":
        place = file.key_place(vag) or place
    if place is not None:
        (rad, kolumn), langd = place, file.key_length(vag)

    if kind == "missing":
        name = str(vag[-1])
        return file.problem_at(
            rad, kolumn, "falt-saknas", f'Fältet "{name}" saknas i det här blocket.', f"Lägg till {name}: …"
        )
    if kind == "extra_forbidden":
        name = str(vag[-1])
        help_text = _help_unknown(file, name, model, vag, fault["input"])
        return file.problem_at(rad, kolumn, "okant-falt", f'Fältet "{name}" finns inte här.', help_text, langd)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        shown = f'"{fault["input"]}"' if isinstance(fault["input"], str) else _found(fault["input"])
        help_text = suggest(str(fault["input"]), allowed, "Värdena är")
        return file.problem_at(
            rad, kolumn, "okant-varde", f"{shown} är inget av de värden som kan stå här.", help_text, langd
        )
    if kind == "value_error":
        wrong = fault["ctx"]["error"]
        return file.problem_at(rad, kolumn, "ogiltigt", str(wrong), getattr(wrong, "atgard", ""), langd)
    if kind in _BY_CONTEXT:
        meddelande, atgard = _BY_CONTEXT[kind](fault)
        return file.problem_at(rad, kolumn, "ogiltigt", meddelande, atgard, langd)
    expected, atgard = _EXPECTED.get(kind, ("Värdet går inte att använda här", "Se exemplen i docs/data.md."))
    atgard = _advice(kind, fault["input"], atgard)
    if kind == "model_type" and _fields_at(model, vag):
        atgard = f"{atgard} Fälten är: {', '.join(_fields_at(model, vag))}."
    return file.problem_at(rad, kolumn, "fel-slag", f"{expected}, men {_found(fault['input'])}.", atgard, langd)


def _help_unknown(file: Yamlfil, name: str, model: type[BaseModel], vag: Vag, value: Any) -> str:
    """How to mend a field that isn't there: misspelt, in the wrong block, or the rest of a text cut by a comma."""
    fields = _fields_at(model, vag[:-1])
    if value is None and _shares_line(file, vag):
        return "Ett komma inom { } börjar ett nytt fält. Sätt citattecken runt texten om kommat hör dit."
    if name not in fields:
        block = _block_of(name, model)
        if block == "":
            return f"{name} ska stå längst till vänster i filen, utan indrag."
        if block is not None:
            return f"{name} hör hemma under {block}; kontrollera indraget."
    return suggest(name, fields, "Fälten är")


def _shares_line(file: Yamlfil, vag: Vag) -> bool:
    """Whether a key stands on the same line as another of its block, as between { }."""
    parent, place = file.nod(vag[:-1]), file.key_place(vag)
    if parent is None or place is None:
        return False
    return [rad for rad, _ in parent.nycklar.values()].count(place[0]) > 1


def _block_of(name: str, model: Any, under: str = "") -> str | None:
    """The nearest block that has a field called exactly ``name``: its key, '' for the file itself, or None."""
    if name in model.model_fields:
        return under
    for key, field in model.model_fields.items():
        inner = _inner_model(field.annotation)
        found = _block_of(name, inner, key) if inner is not None else None
        if found is not None:
            return found
    return None


def _fields_at(model: type[BaseModel], vag: Vag) -> list[str]:
    """The names of the fields a block at ``vag`` may have."""
    current: Any = model
    any_key = False
    for step in vag:
        if not isinstance(step, str) or not hasattr(current, "model_fields"):
            continue
        if any_key:  # a mapping whose keys are the user's own
            any_key = False
            continue
        field = current.model_fields.get(step)
        any_key = field is not None and get_origin(field.annotation) is dict
        current = _inner_model(field.annotation) if field is not None else None
    return list(current.model_fields) if hasattr(current, "model_fields") and not any_key else []


def _inner_model(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None


# In place of a required field of a whole file, so that what else stands in it can be checked. Nothing of it is shown:
# the fault that made it necessary stops every report.
_STAND_INS: dict[str, Any] = {
    "rubrik": "?",
    "kommun": "?",
    "kommunkod": "0000",
    "kalla": {"dokument": "?", "datum": date(2000, 1, 1)},
    "kvartal": "2000-K1",
    "halvar": "2000-H1",
    "lamnad": date(2200, 12, 31),
}


def prune(file: Yamlfil, value: Any, error: ValidationError) -> None:
    """Take out of ``value`` what the errors point at, and what can't stand without it; mark what lost something.

    ``file.beskuren`` must hold a copy of the places.
    """
    doomed: set[Vag] = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        vag = tuple(step for step in fault["loc"] if step != "[key]")
        if fault["type"] == "missing" and len(vag) == 1:
            name = str(vag[0])
            if name in _STAND_INS and isinstance(value, dict):
                value[name] = _STAND_INS[name]
                _mark(file.beskuren)
        elif vag:
            doomed.add(vag[:-1] if fault["type"] == "missing" else vag)
    # Later positions first, so that removing one doesn't move those still to be removed.
    for vag in sorted(doomed, key=lambda v: [(isinstance(s, int), s if isinstance(s, int) else 0) for s in v])[::-1]:
        _remove(file.beskuren, value, vag)


def _mark(nod: Nod | None) -> None:
    if nod is not None:
        nod.skadad = True


def _remove(nod: Nod | None, value: Any, vag: Vag) -> None:
    for step in vag[:-1]:
        if nod is None or nod.barn is None:
            return
        below = nod.child(step)
        if below is None:
            return
        if isinstance(step, int) or nod.skadad:
            below.skadad = True
        nod, value = below, value[step]
    last = vag[-1]
    if nod is None or nod.barn is None or nod.child(last) is None:
        return
    if len(vag) == 1:
        nod.skadad = True
    nod.remove(last)
    del value[last]


def damaged(nod: Nod | None) -> bool:
    """Whether a node lost something."""
    return nod is not None and nod.skadad


def raw_ids(nod: Nod | None, under: str) -> Iterator[str]:
    """All texts under the key ``id`` of items in lists called ``under``, also of items too faulty to use."""
    if nod is None or nod.barn is None:
        return
    if isinstance(nod.barn, list):
        for child in nod.barn:
            yield from raw_ids(child, under)
        return
    for key, child in nod.barn.items():
        if key == under and isinstance(child.barn, list):
            for item in child.barn:
                found = item.barn.get("id") if isinstance(item.barn, dict) else None
                if found is not None and isinstance(found.varde, str):
                    yield found.varde
        yield from raw_ids(child, under)
