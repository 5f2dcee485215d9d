"""A text about individuals that tells a number of people below five gets a warning, and ordinary words none.

The phrasings stand in ``tests/data_smatal``, one a line, and those that the documents name in ``docs/data.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bygge import K1, insats, svar, underlag
from conftest import ROOT
from uppfoljning.check.small_numbers import check_small_numbers
from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.model import Beslut, Svar
from uppfoljning.model.fields import Text
from uppfoljning.model.underlag import Beslutsrad
from uppfoljning.text.few_people.find import find_few
from uppfoljning.text.problem import Plats


def rows(name: str) -> list[str]:
    text = (Path(__file__).parent / "data_smatal" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


FEW, NONE = rows("sma_tal.txt"), rows("inga.txt")


def told(text: str) -> list[str]:
    return [text[start:end] for start, end in find_few(text)]


def test_every_small_number_of_people_is_found_and_no_ordinary_words_are() -> None:
    assert (len(FEW), len(NONE)) >= (300, 280)
    assert [text for text in FEW if not told(text)] == []
    assert {text: told(text) for text in NONE if told(text)} == {}


@pytest.mark.parametrize(
    "frame", ["{}.", "Arbetet går som det ska. {}.", "{}. Arbetet går som det ska.", "• {}\n\nKlart."]
)
def test_whatever_stands_around_them(frame: str) -> None:
    assert [text for text in FEW if not told(frame.format(text))] == []
    assert [text for text in NONE if told(frame.format(text))] == []


def test_the_words_that_tell_it_are_the_place_and_each_place_is_told() -> None:
    assert told("Under våren fick tre nya ungdomar stöd, och två familjer.") == ["tre nya ungdomar", "två familjer"]
    assert told("Endast tre deltog, och av fem klienter fullföljde två.") == ["tre", "två"]
    assert told("Två   personer och ３ ungdomar") == ["Två   personer", "３ ungdomar"]
    assert told("två\u00ad ungdomar, en 15–årig pojke och 2–3 barn") == [
        "två\u00ad ungdomar",
        "en 15–årig pojke",
        "2–3 barn",
    ]


PEOPLE = ["ungdomar", "pojkar", "klienter", "SIG-ungdomar", "gängmedlemmar", "hushåll", "syskon", "orossamtal", "SIP"]


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("number", ["två", "Tre", "4", "0", "3–4", "två eller tre", "ett par", "båda", "inga", "1"])
def test_any_number_below_five_before_people_or_cases(number: str, people: str) -> None:
    assert told(f"{number} {people} var aktuella") == [f"{number} {people}"[-len(told(f"{number} {people}")[0]) :]]


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize(
    "number",
    ["fem", "5", "tolv", "14", "2–5", "två till fem", "färre än fem", "färre än 5", "<5", "fler än fyra", "några",
     "1 000", "ett antal", "flera", "2022 års", "cirka 4 procent av alla", "hälften av alla", "många av våra"],
)  # fmt: skip
def test_and_none_of_five_or_more_or_that_is_not_told(number: str, people: str) -> None:
    assert told(f"{number} {people} var aktuella") == []


@pytest.mark.parametrize(
    "thing", ["möten", "skolor", "lampor", "nya rutiner", "socialsekreterare", "gånger", "timmar", "%"]
)
@pytest.mark.parametrize("number", ["två", "3", "4", "ett par", "båda", "inga"])
def test_nor_of_anything_else(number: str, thing: str) -> None:
    assert told(f"{number} {thing} under kvartalet") == []


@pytest.mark.parametrize("thing", ["möten", "skolor", "nya rutiner", "socialsekreterare", "gånger", "av lamporna"])
@pytest.mark.parametrize("number", ["två", "3", "12", "ett par"])
def test_nor_a_part_of_what_has_just_been_counted(number: str, thing: str) -> None:
    assert told(f"Det blev {number} {thing}, varav två i Bro.") == []
    assert told(f"Det blev {number} {thing}. Två var i Bro.") == []


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        ("Ungdomarna deltog.", True), ("Ärendena är avslutade.", True), ("", True), ("Arbetet fortsätter.", True),
        ("Mötena hölls.", False), ("Sex skolor bjöds in.", False), ("Antal möten följs.", False),
    ],
)  # fmt: skip
def test_a_number_alone_counts_what_was_spoken_of(before: str, is_told: bool) -> None:
    assert bool(told(f"{before} Tre var i Bro.")) is is_told


def test_what_the_documents_say_of_the_rule_is_what_it_does() -> None:
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    section = text.partition("### Små tal i text")[2].partition("\n### ")[0].partition("\n## ")[0]
    parts = re.split(r"^\*\*(.*?)\*\*", section, flags=re.MULTILINE)
    said = {
        head: re.findall(r"”(.*?)”", re.sub(r"\s+", " ", body))
        for head, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    assert [len(phrases) > 5 for phrases in said.values()] == [True, True, True]
    warned, unwarned, missed = said.values()
    assert [phrase for phrase in warned if not told(phrase)] == []
    assert [phrase for phrase in (*unwarned, *missed) if told(phrase)] == []


# --- which texts ---


def text_fields(model: type[BaseModel], *above: str) -> Iterator[tuple[str, ...]]:
    """The path of every free text in a model, also of fields that nobody has thought of yet."""
    for name, field in model.model_fields.items():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from text_fields(kind, *above, name)
            for inner in get_args(kind):
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    yield from text_fields(inner, *above, name)
        metadata = [
            *field.metadata,
            *(m for kind in get_args(field.annotation) for m in getattr(kind, "__metadata__", ())),
        ]
        if set(metadata) & set(get_args(Text)[1:]):
            yield (*above, name)


def with_text(model: type[BaseModel], path: tuple[str, ...], text: str) -> Any:
    """What a model is made of where one of its texts is given, and whatever else must be there."""
    required: dict[str, Any] = {
        "datum": date(2022, 2, 1), "vad": "möte", "fraga": "Vad?", "skal": "Fel.", "plan": "forsenad", "kvartal": K1,
        "utfall": "bifall", "text": "Ja.", "moment": "a", "insats": "A-1", "antecknat_av": "Samordnaren",
    }  # fmt: skip
    name, *below = path
    made = {n: required[n] for n, f in model.model_fields.items() if f.is_required() and n != name}
    if not below:
        return {**made, name: text}
    field = model.model_fields[name]
    kinds = [field.annotation, *get_args(field.annotation)]
    inner = next(k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel))
    value = with_text(inner, tuple(below), text)
    return {**made, name: (value,) if field.annotation is not inner and "tuple" in str(field.annotation) else value}


ANSWERED, DECIDED = list(text_fields(Svar)), list(text_fields(Beslut))
NO_TEXT = {"diarienummer", "paragraf"}


def test_the_texts_of_an_answer_are_found() -> None:
    assert {("kommentar",), ("orsak",), ("beslut_behovs", "forslag"), ("planerat", "vad"), ("overstyrning", "skal")} < {
        *ANSWERED
    }
    assert {("text",), ("av",), ("fraga",), ("diarienummer",)} <= {*DECIDED}


def warnings(text: str, path: tuple[str, ...] = ("kommentar",), **about: Any) -> list[tuple[str, str]]:
    fields = with_text(Svar, path, text)
    fields.pop("insats")
    project = underlag([insats("A-1", **about)], [svar("A-1", "fritid", K1, **fields)])
    return [(p.kod, p.niva) for p in check_small_numbers(project)]


@pytest.mark.parametrize("path", [p for p in ANSWERED if p[-1] not in NO_TEXT], ids=".".join)
def test_every_text_of_an_answer_is_looked_at(path: tuple[str, ...]) -> None:
    assert warnings("Tre ungdomar.", path, individinsats=True) == [("litet-tal-i-text", "varning")]
    assert warnings("Fem ungdomar.", path, individinsats=True) == []


def test_only_where_the_insats_is_about_individuals() -> None:
    assert warnings("Tre ungdomar.") == []


@pytest.mark.parametrize("path", [p for p in DECIDED if p[-1] not in NO_TEXT], ids=".".join)
@pytest.mark.parametrize("about", [{"insats": "A-1", "aktor": "fritid"}, {"insatser": ("A-2", "A-1")}])
def test_so_is_every_text_of_a_recorded_decision(path: tuple[str, ...], about: dict[str, Any]) -> None:
    row = Beslutsrad(Beslut.model_validate({**with_text(Beslut, path, "Tre ungdomar."), **about}), Plats("data/b.yaml"))
    both = replace(underlag([insats("A-1", individinsats=True), insats("A-2")]), beslutsrader=(row,))
    assert [p.plats.fil for p in check_small_numbers(both)] == ["data/b.yaml"]
    none = replace(underlag([insats("A-1"), insats("A-2")]), beslutsrader=(row,))
    assert list(check_small_numbers(none)) == []


def test_and_a_question_about_another_insats_that_concerns_it() -> None:
    asked = {"fraga": "Vem betalar för tre ungdomar?", "insatser": ["A-2"]}
    answer = svar("A-1", beslut_behovs=asked, kommentar="Tre ungdomar hjälpte till.")
    both = [insats("A-1"), insats("A-2", individinsats=True)]
    assert [p.kod for p in check_small_numbers(underlag(both, [answer]))] == ["litet-tal-i-text"]


def test_and_what_is_said_of_the_insats_on_the_way() -> None:
    change = {"handelse": "reviderad", "datum": date(2022, 5, 1), "skal": "Bara två ungdomar deltog."}
    project = underlag([insats("A-1", individinsats=True, historik=(change,))])
    assert [p.kod for p in check_small_numbers(project)] == ["litet-tal-i-text"]


# --- the place in the file ---


@pytest.mark.parametrize(
    ("lines", "kolumn", "place"),
    [
        (["a: Det är tre ungdomar."], 4, (1, 11, 12)),
        (["a: 'Det är på ''gång'': tre ungdomar.'"], 4, (1, 25, 12)),
        (['a: "Det är tre ungdomar."'], 4, (1, 12, 12)),
        (["a: >-", "  Det", "  är tre", "  ungdomar."], 4, (3, 6, 3)),
        (["a: |", "  Det är", "", "  tre ungdomar."], 4, (4, 3, 12)),
        (["a: Det är", "  tre ungdomar."], 4, (2, 3, 12)),
        (["a: Det a\u0308r", "  tre ungdomar."], 4, (2, 3, 12)),
        (["a: Det a\u0308r tre ungdomar."], 4, (1, 12, 12)),
        (['a: "Det \\u00e4r tre ungdomar."'], 4, None),
    ],
)
def test_the_words_are_pointed_out_however_the_text_is_written(
    lines: list[str], kolumn: int, place: tuple[int, int, int] | None
) -> None:
    text = "Det är på 'gång': tre ungdomar." if "gång" in lines[0] else "Det är tre ungdomar."
    ((start, end),) = find_few(text)
    assert Yamlfil("f.yaml", lines).place_of_part(Nod(text, 1, kolumn, 1), start, end) == place


# --- whatever is written ---


@given(
    st.lists(
        st.sampled_from([*" .,:;-–()\n%", "två", "en", "av", "de", "3", "ungdomar", "möten", "har", "och", "st", "x"])
    )
)
def test_any_words_in_any_order_are_read(words: list[str]) -> None:
    text = " ".join(words)
    spans = find_few(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    whole = f"{text} två ungdomar"
    assert all(0 <= start < end <= len(whole) for start, end in find_few(whole))


@pytest.mark.parametrize(
    "piece",
    ["två ", "två, ", "en ", "3 ", "två av de ", "två och ", "två-", "två (", "x", "-a", ". ", ".", ":", "\n \n",
     "1 000 ", "två nya ", "två hot- och ", "två till ", "årskurs 2 och "],
)  # fmt: skip
def test_a_long_text_takes_time_in_step_with_its_length(piece: str) -> None:
    """It would not end where some rule looked through the whole text for each of its words."""
    find_few("två " + piece * (100_000 // len(piece)))
