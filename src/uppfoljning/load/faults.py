"""What a model refuses of a file: pydantic's errors as problems in Swedish, at their places, with how to mend each.

Errors are chosen by their ``type``, never by their English text. How to mend them: :mod:`uppfoljning.load.advice`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.formats.yaml.write import quoted, scalar
from uppfoljning.load.advice import Adviser
from uppfoljning.load.shape import Form, Slag, Vag, slag_at
from uppfoljning.load.unknown import UnknownField
from uppfoljning.model.fields import as_id
from uppfoljning.model.known import Kanda
from uppfoljning.text.candidates import find
from uppfoljning.text.mend import read_number, read_yes_or_no
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import nearest

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Told = tuple[str, str, str]
"""Code, what is wrong, how to mend it."""

_EXPECTED = {
    "string_type": "Här ska det stå en text",
    "int_type": "Här ska det stå ett heltal",
    "float_type": "Här ska det stå ett tal",
    "int_from_float": "Här ska det stå ett heltal",
    "bool_type": "Här ska det stå true eller false",
    "date_type": "Här ska det stå ett datum",
    "tuple_type": "Här ska det stå en lista",
    "dict_type": "Här ska det stå ett block med fält",
    "model_type": "Här ska det stå ett block med fält",
}
_LOOK = "Se exemplen i docs/data.md."
_FORMS = frozenset({"tuple_type", "dict_type", "model_type"})
_GLUED = re.compile(r"(.*?)\s+([A-Za-zÅÄÖåäö_]+):(\S.*)", re.DOTALL)


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


def _plain(number: Any) -> Any:
    """A limit as it is written in the file: 1 and not 1.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def translate(
    file: Yamlfil,
    error: ValidationError,
    model: type[BaseModel],
    taken: set[tuple[int, int]],
    known: Kanda,
    *,
    echo: bool = True,
) -> Iterator[Problem]:
    """One problem for each of pydantic's errors, at the place in ``file`` it is about.

    What stands at a place in ``taken`` is known to be wrong already; a field that is missing because its name is
    misspelt is told once, as misspelt.
    """
    yield from _Translator(file, model, known, echo=echo).run(error, taken)


class _Translator:
    def __init__(self, file: Yamlfil, model: type[BaseModel], known: Kanda, *, echo: bool) -> None:
        self.file = file
        self.model = model
        self.known = known
        self.echo = echo

    def run(self, error: ValidationError, taken: set[tuple[int, int]]) -> Iterator[Problem]:
        faults: list[tuple[Any, Vag, bool]] = [
            (fault, tuple(s for s in fault["loc"] if s != "[key]"), "[key]" in fault["loc"])
            for fault in error.errors(include_url=False)
        ]
        missing = [vag for fault, vag, _ in faults if fault["type"] == "missing"]
        explained: set[Vag] = set()
        unknown: dict[Vag, UnknownField] = {}
        for fault, vag, _ in faults:
            if fault["type"] == "extra_forbidden":
                lacking = [str(one[-1]) for one in missing if one[:-1] == vag[:-1] and one not in explained]
                unknown[vag] = UnknownField(self.adviser(vag), self.model, vag, fault["input"], lacking)
                explained |= unknown[vag].explains()
        for fault, vag, is_key in faults:
            nod = self.file.nod(vag)
            own_place = fault["type"] != "missing" and nod is not None and (nod.rad, nod.kolumn) in taken
            merged = fault["type"] == "missing" and nod is not None and "<<" in nod.nycklar
            told = fault["type"] == "missing" and vag in explained
            if own_place or merged or told:
                continue
            problem = self.problem(fault, vag, unknown, is_key=is_key)
            if problem.plats[1:3] not in taken:
                yield problem

    def adviser(self, vag: Vag) -> Adviser:
        """How to mend what stands at a place."""
        form = Form(self.known, echo=self.echo)
        nod = self.file.rot
        for step in vag:
            if nod is None:
                break
            found = nod.barn.get("insats") if isinstance(nod.barn, dict) else None
            if found is not None and isinstance(found.varde, str):
                form.insats = next(iter(find(found.varde, self.known.of("insatser"))), found.varde)
            nod = nod.child(step)
        return Adviser(self.file, self.model, form)

    def problem(self, fault: Any, vag: Vag, unknown: dict[Vag, UnknownField], *, is_key: bool) -> Problem:
        kind, nod = fault["type"], self.file.nod(vag)
        rad, kolumn, langd = (nod.rad, nod.kolumn, nod.langd) if nod is not None else (1, 1, 1)
        place = self.file.key_place(vag) if kind == "extra_forbidden" or is_key else None
        if nod is not None and nod.varde is None and kind != "missing":
            place = self.file.key_place(vag) or place
        if place is not None:
            (rad, kolumn), langd = place, self.file.key_length(vag)
        kod, meddelande, atgard = self.told(fault, vag, unknown)
        return self.file.problem_at(rad, kolumn, kod, meddelande, atgard, 1 if kind == "missing" else langd)

    def told(self, fault: Any, vag: Vag, unknown: dict[Vag, UnknownField]) -> Told:
        kind, value = fault["type"], fault["input"]
        adviser, slag, nod = self.adviser(vag), slag_at(self.model, vag), self.file.nod(vag)
        if kind == "missing":
            block = slag_at(self.model, vag[:-1])
            help_text = adviser.missing(block.bas, vag) if block is not None else f"Lägg till {vag[-1]}: …"
            return "falt-saknas", f'Fältet "{vag[-1]}" saknas i det här blocket.', help_text
        if kind == "extra_forbidden":
            return "okant-falt", unknown[vag].message(), unknown[vag].advice()
        alone = adviser.alone(slag, vag, value) if slag is not None else ""
        if kind == "literal_error":
            return self.word(fault, adviser, vag, alone)
        if kind == "value_error":
            wrong = fault["ctx"]["error"]
            return "ogiltigt", str(wrong), alone or getattr(wrong, "atgard", "")
        if kind == "string_too_short" and slag is not None:
            return "ogiltigt", "Texten är tom.", adviser.text(slag, nod, vag, None)
        if kind in _LIMITS:
            return ("ogiltigt", *_LIMITS[kind](fault))
        if kind == "string_pattern_mismatch":
            return ("ogiltigt", *self.pattern(fault, vag))
        expected = _EXPECTED.get(kind, "Värdet går inte att använda här")
        help_text = alone or (self.mend(kind, adviser, slag, nod, vag, value) if slag is not None else _LOOK)
        return "fel-slag", f"{expected}, men {_found(value)}.", help_text

    def word(self, fault: Any, adviser: Adviser, vag: Vag, alone: str) -> Told:
        value = fault["input"]
        allowed = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        wrong = f'"{value}" är inget av de värden som kan stå här.'
        if not isinstance(value, str):
            return (
                "okant-varde",
                f"Här ska det stå ett ord, men {_found(value)}.",
                alone or adviser.word(allowed, value),
            )
        glued = _GLUED.fullmatch(value)
        if glued and nearest(glued[1], allowed):
            help_text = (
                f"Skriv ett blanksteg efter kolonet, på en egen rad rakt under {vag[-1]}: {glued[2]}: {glued[3]}"
            )
            return "okant-varde", wrong, help_text
        return "okant-varde", wrong, adviser.word(allowed, value)

    def mend(self, kind: str, adviser: Adviser, slag: Slag, nod: Nod | None, vag: Vag, value: Any) -> str:
        if kind in _FORMS:
            return adviser.form_of(slag, vag, value)
        if kind == "string_type":
            return adviser.text(slag, nod, vag, value)
        if kind in {"int_type", "float_type", "int_from_float"}:
            return adviser.number(slag, nod, vag, value)
        if kind == "bool_type":
            return adviser.yes_or_no(nod, vag, value)
        if kind == "date_type":
            return adviser.day(slag, nod, vag, value)
        return _LOOK

    def pattern(self, fault: Any, vag: Vag) -> tuple[str, str]:
        pattern, text = fault["ctx"]["pattern"], str(fault["input"])
        if pattern == r"^[0-9]{4}$":
            code = text.strip().zfill(4)
            sure = f'Menade du "{code}", inom citattecken?' if code.isdecimal() and len(code) == 4 else ""
            return "Här ska det stå fyra siffror.", sure or 'Skriv fyra siffror inom citattecken, till exempel "0139".'
        if "ÅÄÖ" in pattern:
            short = re.sub("[^A-ZÅÄÖ0-9]", "", text.upper())[:8]
            return (
                "Här ska det stå en förkortning i versaler, högst åtta tecken.",
                f"Skriv till exempel {short or 'VÅL'}.",
            )
        return (
            "Ett id får bara ha bokstäverna a–z och A–Z, siffror och bindestreck.",
            f"Skriv {self.own_id(vag, text)}, utan å, ä, ö, understreck och blanksteg.",
        )

    def own_id(self, vag: Vag, text: str) -> str:
        """The id that a thing gets in place of one that can't be: told in the same way wherever it is named."""
        lists = [str(step) for step in vag if isinstance(step, str)]
        known = self.known.of(lists[-2]) if len(lists) > 1 else {}
        masked = mask(text)
        found = [one for one, names in known.items() if text.strip() in names] if masked == text else []
        one = found[0] if found else as_id(masked)
        return f'"{one}"' if one else "till exempel TOM-5"


def _limit(fault: Any) -> tuple[str, str]:
    ctx = fault["ctx"]
    low, high = (_plain(ctx.get(one, ctx.get(other))) for one, other in (("ge", "gt"), ("le", "lt")))
    if low is not None:
        return f"Talet är för litet; minst {low} krävs.", f"Skriv {low} eller mer."
    return f"Talet är för stort; högst {high} är tillåtet.", f"Skriv {high} eller mindre."


def _too_long(fault: Any) -> tuple[str, str]:
    return f"Texten är för lång; högst {fault['ctx']['max_length']} tecken får plats.", "Korta texten."


_LIMITS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "string_too_long": _too_long,
}


_DOUBTS = frozenset({"tvetydigt", "inledande-nolla"})


def settle_doubts(file: Yamlfil, model: type[BaseModel]) -> None:
    """Say of a value that programs read differently what it is here, now that it is known what its field holds."""
    doubts = {(p.plats.rad, p.plats.kolumn) for p in file.problem if p.kod in _DOUBTS}
    if not doubts or file.rot is None:
        return
    meant: dict[tuple[int, int], str] = {}
    told_elsewhere = set()
    for vag, nod in _leaves(file.rot, ()):
        slag = slag_at(model, vag) if (nod.rad, nod.kolumn) in doubts and isinstance(nod.varde, str) else None
        if slag is None:
            continue
        found = _settled(slag, nod.varde)
        if found:
            meant[nod.rad, nod.kolumn] = found
        if slag.is_block or slag.bas in {tuple, dict, date, Literal}:
            told_elsewhere.add((nod.rad, nod.kolumn))
    file.problem = [
        p._replace(atgard=mask(meant.get(p.plats[1:3], p.atgard))) if p.kod in _DOUBTS else p
        for p in file.problem
        if p.kod not in _DOUBTS or p.plats[1:3] not in told_elsewhere
    ]


def _settled(slag: Slag, text: str) -> str:
    if slag.bas is bool:
        found = read_yes_or_no(text)
        return f"Skriv {scalar(found)}." if found is not None else ""
    if slag.bas is int:
        number = read_number(text)
        return f"Skriv {number}." if isinstance(number, int) else ""
    if slag.bas is str and not slag.refers_to:
        return f"Skriv {quoted(text)} med citattecken."
    return ""


def _leaves(nod: Nod, vag: Vag) -> Iterator[tuple[Vag, Nod]]:
    if isinstance(nod.barn, dict):
        for key, child in nod.barn.items():
            yield from _leaves(child, (*vag, key))
    elif isinstance(nod.barn, list):
        for number, child in enumerate(nod.barn):
            yield from _leaves(child, (*vag, number))
    else:
        yield vag, nod
