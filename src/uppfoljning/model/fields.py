"""What all models share: kinds of fields, and a base that is frozen and strict.

Annotations are not postponed here: pydantic would have to evaluate each from text, on every start.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import core_schema

from uppfoljning.model.period import Halvar, Kvartal, Tidpunkt
from uppfoljning.text.mend import read_days, read_halvar, read_kvartal, read_point
from uppfoljning.text.swedish import lista

T = TypeVar("T")

MAX_TEXT = 20_000


class Textform:
    """A string's limits as one ready-made schema, since pydantic builds each of sixty such fields on every start."""

    def __init__(self, **limits: Any) -> None:
        self.schema = core_schema.str_schema(strict=True, **limits)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return self.schema


Text = Annotated[str, Textform(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)]
Id = Annotated[str, Textform(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60)]
"""The id that a thing is given where it is described."""
Lista = Annotated[tuple[T, ...], Field(strict=False)]


@dataclass(frozen=True)
class Hanvisning:
    """That a text is the id of something described elsewhere: in any of these lists of the files."""

    listor: tuple[str, ...]


@dataclass(frozen=True)
class Kortform:
    """That a block may be written as the value of this one field alone."""

    falt: str


# No pattern: whatever stands there, check/ answers with the ids that may.
_NAMED = Textform(strip_whitespace=True, min_length=1, max_length=200)
PartId = Annotated[str, _NAMED, Hanvisning(("parter",))]
SvarandeId = Annotated[str, _NAMED, Hanvisning(("aktorer", "parter"))]
DeltagareId = Annotated[str, _NAMED, Hanvisning(("samverkanspartner", "aktorer", "parter"))]
ForumId = Annotated[str, _NAMED, Hanvisning(("forum",))]
HuvudomradeId = Annotated[str, _NAMED, Hanvisning(("huvudomraden",))]
InsatsId = Annotated[str, _NAMED, Hanvisning(("insatser",))]
MomentId = Annotated[str, _NAMED, Hanvisning(("moment",))]
KallaId = Annotated[str, _NAMED, Hanvisning(("kallor",))]
IndikatorId = Annotated[str, _NAMED, Hanvisning(("indikatorer",))]


def as_id(text: str) -> str:
    """A text as an id: without dots over letters, and with hyphens for what else an id can't hold."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub("[^A-Za-z0-9]+", "-", plain).strip("-")[:60].strip("-")


class OgiltigtError(ValueError):
    """A value that can't be read as what it should be, with how to write it."""

    def __init__(self, meddelande: str, atgard: str) -> None:
        super().__init__(meddelande)
        self.atgard = atgard


def _kvartal(value: Any) -> Kvartal:
    found = Kvartal.parse(value) if isinstance(value, str) else value
    if isinstance(found, Kvartal):
        return found
    meant = read_kvartal(value) if isinstance(value, str) else ""
    advice = f"Skriv {meant}." if meant else "Skriv år, bindestreck, K och 1–4: 2022-K1."
    if isinstance(value, date):
        advice = f"Menade du {Kvartal.of(value)}?"
    raise OgiltigtError("Här ska det stå ett kvartal.", advice)


def _halvar(value: Any) -> Halvar:
    found = Halvar.parse(value) if isinstance(value, str) else value
    if isinstance(found, Halvar):
        return found
    meant = read_halvar(value) if isinstance(value, str) else ""
    advice = f"Skriv {meant}." if meant else "Skriv år, bindestreck, H och 1 eller 2: 2022-H1."
    if isinstance(value, date):
        advice = f"Menade du {Halvar.of(value)}?"
    raise OgiltigtError("Här ska det stå ett halvår.", advice)


def _tidpunkt(value: Any) -> Tidpunkt:
    if isinstance(value, Tidpunkt):
        return value
    found = Tidpunkt.parse(value) if isinstance(value, str | date) or type(value) is int else None
    if found is not None:
        return found
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    meant, days = read_point(text), read_days(text).days
    advice = "Skriv till exempel 2022-05-01, maj 2022, hösten 2021, 2022-K3 eller 2022."
    if days:
        advice = f"Menade du {lista([day.isoformat() for day in days], 'eller')}?"
    if meant:
        advice = f"Skriv {meant} utan citattecken." if meant == value else f"Skriv {meant}."
    raise OgiltigtError("Här ska det stå en tidpunkt.", advice)


def _ar(value: Any) -> int:
    """A year, which is text where it is a key."""
    found = int(value) if isinstance(value, str) and value.isdecimal() else value
    if type(found) is not int or not 1900 <= found <= 2200:
        raise OgiltigtError("Här ska det stå ett år.", "Skriv fyra siffror: 2022.")
    return found


_AS_TEXT = PlainSerializer(str, return_type=str)
KvartalFalt = Annotated[
    Kvartal, PlainValidator(_kvartal), _AS_TEXT, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-K[1-4]$"})
]
ArFalt = Annotated[int, PlainValidator(_ar), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}$"})]
HalvarFalt = Annotated[
    Halvar, PlainValidator(_halvar), _AS_TEXT, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-H[12]$"})
]
TidpunktFalt = Annotated[
    Tidpunkt,
    PlainValidator(_tidpunkt),
    PlainSerializer(lambda t: t.text, return_type=str),
    WithJsonSchema({"type": ["string", "integer"]}),
]


class Modell(BaseModel):
    """Base: frozen, no unknown fields, no silent conversion of types.

    ``visas`` are the fields that an example shows beside the required ones: those that a rule asks for.
    ``defer_build``: only the models that are files get a validator of their own.
    """

    visas: ClassVar[tuple[str, ...]] = ()
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
