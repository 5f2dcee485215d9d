"""What all models share: kinds of fields, and a base that is frozen and strict.

Annotations are not postponed here: pydantic would have to evaluate each from text, on every start.
"""

from datetime import date
from typing import Annotated, Any, TypeVar

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
Lista = Annotated[tuple[T, ...], Field(strict=False)]


class OgiltigtError(ValueError):
    """A value that can't be read as what it should be, with how to write it."""

    def __init__(self, meddelande: str, atgard: str) -> None:
        super().__init__(meddelande)
        self.atgard = atgard


def _kvartal(value: Any) -> Kvartal:
    found = Kvartal.parse(value) if isinstance(value, str) else value
    if not isinstance(found, Kvartal):
        raise OgiltigtError("Här ska det stå ett kvartal.", "Skriv år, bindestreck, K och 1–4: 2022-K1.")
    return found


def _halvar(value: Any) -> Halvar:
    found = Halvar.parse(value) if isinstance(value, str) else value
    if not isinstance(found, Halvar):
        raise OgiltigtError("Här ska det stå ett halvår.", "Skriv år, bindestreck, H och 1 eller 2: 2022-H1.")
    return found


def _tidpunkt(value: Any) -> Tidpunkt:
    if isinstance(value, Tidpunkt):
        return value
    found = Tidpunkt.parse(value) if isinstance(value, str | date) or type(value) is int else None
    if found is None:
        raise OgiltigtError(
            "Här ska det stå en tidpunkt.", "Skriv till exempel 2022-05-01, maj 2022, hösten 2021, 2022-K3 eller 2022."
        )
    return found


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

    ``defer_build``: only the three models that are files get a validator of their own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
