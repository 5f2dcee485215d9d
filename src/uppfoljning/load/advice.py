"""How to mend what a model refused: the right value where it can be known, else the form with what is to be filled in.

An advice is a sentence; what stands below it, on lines of their own, is to be written in the file as it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from uppfoljning.formats.yaml.node import Nod, Yamlfil
from uppfoljning.formats.yaml.write import Lucka, fields, in_line, item, lines, quoted, scalar
from uppfoljning.load.shape import OPEN, Form, Slag, Vag, field_of, slag_at, slag_of
from uppfoljning.text.candidates import advise, all_named, listed
from uppfoljning.text.mend import incomplete_day, read_days, read_number, read_yes_or_no
from uppfoljning.text.swedish import capitalized, fold, lista, nearest

_GLUED = re.compile(r"([A-Za-zÅÄÖåäö_]+):(\S.*)", re.DOTALL)
_AFTER_SENTENCE = re.compile(r"([.!?]),$")
_LONGEST = 14
"""How many lines of a form are shown; what is left is like it."""


class Adviser:
    """What is to be done about each kind of fault, at its place in a file."""

    def __init__(self, file: Yamlfil, model: type[BaseModel], form: Form) -> None:
        self.file = file
        self.model = model
        self.form = form

    # --- what stands in the file ---

    def source(self, nod: Nod | None) -> str:
        """A value as it is written, where it stands on one line."""
        if nod is None or nod.barn is not None or not self.form.echo:
            return ""
        return self.file.rader[nod.rad - 1][nod.kolumn - 1 :][: nod.langd]

    def is_quoted(self, nod: Nod | None) -> bool:
        """Whether a value stands within quotes."""
        return self.source(nod)[:1] in {'"', "'"}

    def written(self, vag: Vag, filled: Any, sentence: str, alone: str = "", *, key: str = "") -> str:
        """A sentence and what is to be written in place of what stands at ``vag``, under ``key`` if another.

        ``alone`` is the sentence where that is so short that it fits on the sentence's own line.
        """
        own = str(vag[-1]) if vag and isinstance(vag[-1], str) else ""
        key, nod = key or own, self.file.nod(vag)
        place = self.file.key_place(vag) if own else (nod.rad, nod.kolumn) if nod is not None else (1, 1)
        rad, kolumn = place or (1, 1)
        before = self.file.rader[rad - 1][: kolumn - 1] if vag and self.file.rader else ""
        if before.strip(" -"):
            text = f"{key}: {in_line(filled)}" if key else in_line(filled)
            return f"{alone or sentence.rstrip(':')}: {text}"
        if key:
            found = lines(key, filled)
        elif vag:
            found, before = item(filled), before.rstrip()[:-1]
        else:
            found = fields(filled)
        if len(found) == 1 and vag:
            return f"{alone or sentence.rstrip(':')}: {found[0]}"
        if len(found) > _LONGEST:
            found = [*found[:_LONGEST], f"{' ' * (len(found[_LONGEST]) - len(found[_LONGEST].lstrip()))}…"]
        first, *rest = found
        return "\n".join([f"{sentence}:", before + first, *(" " * len(before) + line for line in rest)])

    # --- values ---

    def alone(self, slag: Slag, vag: Vag, value: Any) -> str:
        """Where one value is wanted and stands in a list: the value alone."""
        if not (isinstance(value, list) and len(value) == 1 and vag) or slag.is_block or slag.bas in {tuple, dict}:
            return ""
        found = self.form.fill(slag, value)
        return "" if isinstance(found, Lucka) else self.written(vag, found, "Skriv")

    def text(self, slag: Slag, nod: Nod | None, vag: Vag, value: Any) -> str:
        """Where a text is wanted."""
        if slag.refers_to:
            return self._named(slag, vag, value)
        if value is None:
            return f"Skriv en text{self._or_remove(vag)}."
        if isinstance(value, dict):
            return self._with_colon(vag, value)
        if isinstance(value, list):
            texts = [one for one in value if isinstance(one, str | int | float)]
            if self.form.echo and texts and len(texts) == len(value):
                whole = " ".join(_AFTER_SENTENCE.sub(r"\1", f"{one},") for one in texts).removesuffix(",")
                return self.written(vag, whole, "Skriv texten utan bindestreck och [ ]")
            return "Skriv en text i stället för listan."
        found = self.source(nod)
        if not found:
            return "Sätt citattecken runt texten."
        if slag.pattern.endswith("{4}$") and found.isdecimal():
            code = quoted(found.zfill(4))
            return f"Skriv {code} med citattecken." if len(found) == 4 else f"Menade du {code}, med citattecken?"
        return f"Skriv {quoted(found)} med citattecken."

    def _named(self, slag: Slag, vag: Vag, value: Any) -> str:
        choices = self.form.choices(slag)
        if isinstance(value, str | int | float | date) and self.form.echo:
            return advise(str(value), choices)
        return listed(choices) or "Skriv ett id."

    def _with_colon(self, vag: Vag, value: dict[str, Any]) -> str:
        """A text that was read as a field, for the colon in it."""
        nod = self.file.nod(vag)
        if nod is None or not self.form.echo:
            return "Skriv en text, med citattecken runt om den har ett kolon."
        if self.file.rader[nod.rad - 1][nod.kolumn - 1 :].startswith("{"):
            text = ", ".join(f"{key}: {one}" if one is not None else key for key, one in value.items())
            return self.written(vag, text, "Skriv texten utan { }")
        last = max((place[0] for place in nod.nycklar.values()), default=nod.rad)
        found = [self.file.rader[nod.rad - 1][nod.kolumn - 1 :], *self.file.rader[nod.rad : last]]
        text = " ".join(line.strip() for line in found)
        return self.written(
            vag, text, "Ett kolon följt av blanksteg gör texten till ett fält. Sätt citattecken runt den"
        )

    def number(self, slag: Slag, nod: Nod | None, vag: Vag, value: Any) -> str:
        """Where a number is wanted."""
        whole = slag.bas is int
        if value is None:
            return f"Skriv ett tal{self._or_remove(vag)}."
        found = value if isinstance(value, int | float) and not isinstance(value, bool) else None
        if isinstance(value, str):
            found = read_number(value)
        if found is not None and whole and isinstance(found, float):
            if not found.is_integer():
                thousands = re.fullmatch(r"([0-9]{1,3})[.,]([0-9]{3})", self.source(nod).strip("\"'"))
                return f"Menade du {thousands[1]}{thousands[2]}?" if thousands else "Skriv ett heltal utan decimaler."
            found = int(found)
        if found is None or not self.form.echo:
            return "Skriv bara talet, utan citattecken, till exempel 3." if whole else "Skriv bara talet: 10 eller 2.5."
        low = next((one.ge for one in slag.sagt if getattr(one, "ge", None) is not None and found < one.ge), None)
        high = next((one.le for one in slag.sagt if getattr(one, "le", None) is not None and found > one.le), None)
        told = f"{low} eller mer" if low is not None else f"{high} eller mindre" if high is not None else str(found)
        return (
            f"Skriv {told}{', ' if ' ' in told else ' '}utan citattecken." if self.is_quoted(nod) else f"Skriv {told}."
        )

    def yes_or_no(self, nod: Nod | None, vag: Vag, value: Any) -> str:
        """Where true or false is wanted."""
        found = read_yes_or_no(str(value)) if isinstance(value, str | int) else None
        if found is None:
            return f"Skriv true (ja) eller false (nej){self._or_remove(vag) if value is None else ' utan citattecken'}."
        return f"Skriv {scalar(found)}{' utan citattecken' if self.is_quoted(nod) else ''}."

    def day(self, slag: Slag, nod: Nod | None, vag: Vag, value: Any) -> str:
        """Where a date is wanted."""
        if value is None:
            return f"Skriv ett datum, ÅÅÅÅ-MM-DD{self._or_remove(vag)}."
        text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        days = read_days(text)
        if days.sure and not days.days:
            return "Dagen finns inte. Skriv ett datum som finns: ÅÅÅÅ-MM-DD."
        if days.sure:
            return f"Skriv {days.days[0].isoformat()}{' utan citattecken' if self.is_quoted(nod) else ''}."
        if days.days:
            return f"Menade du {lista([day.isoformat() for day in days.days], 'eller')}? Skriv år, månad och dag."
        part = incomplete_day(text)
        if part:
            return f"Skriv hela datumet: {part}."
        return "Skriv ÅÅÅÅ-MM-DD utan citattecken, till exempel 2022-04-30."

    def word(self, allowed: Iterable[str], value: Any) -> str:
        """Where one of a few words is wanted."""
        names = list(allowed)
        near = nearest(str(value), names) if isinstance(value, str) else None
        if near is None:
            return f"Här kan stå: {', '.join(names)}."
        return f'Skriv "{near}".' if fold(near) == fold(str(value)) else f'Menade du "{near}"?'

    def _or_remove(self, vag: Vag) -> str:
        if vag and isinstance(vag[-1], int):
            return " efter bindestrecket, eller ta bort raden"
        return "" if self._is_required(vag) else f", eller ta bort {vag[-1]}"

    # --- forms ---

    def form_of(self, slag: Slag, vag: Vag, value: Any) -> str:
        """Where a list or a block is wanted, and something else stands: the whole form."""
        glued = _GLUED.fullmatch(value) if isinstance(value, str) and slag.is_block and self.form.echo else None
        if glued and nearest(glued[1], slag.bas.model_fields):
            return f"Skriv ett blanksteg efter kolonet: {glued[1]}: {glued[2]}"
        if slag.kort and not isinstance(value, list):
            return self._named(field_of(slag.bas, slag.kort), (), value)
        filled = self.form.fill(slag, value)
        if not vag and isinstance(value, list) and len(filled) and isinstance(filled.get(next(reversed(filled))), list):
            return self._before_list(filled)
        hyphen = self._hyphen(slag, vag, value, filled)
        if hyphen:
            return hyphen
        start = self._or_nothing(slag, vag) if value is None and vag and isinstance(vag[-1], str) else "Skriv"
        item_slag = slag_of(slag.inne[0]) if slag.bas is tuple else slag
        named = field_of(item_slag.bas, item_slag.kort) if item_slag.is_block and item_slag.kort else item_slag
        if slag.bas is tuple and named.refers_to and not isinstance(filled[0], dict):
            lead = "" if start == "Skriv" else f"{start.partition(' Annars')[0]} "
            if OPEN not in filled:
                return self.written(vag, filled, f"{lead}Skriv")
            single = isinstance(value, str) and "," not in value and self.form.echo
            told = advise(value, self.form.choices(named)) if single else listed(self.form.choices(named))
            return self.written(vag, filled, f"{lead}{told} Skriv det i en lista".strip())
        if item_slag.is_block:
            return self.written(vag, filled, self.so(f"{start} {self._told(slag, item_slag.bas)}"))
        return self.written(vag, filled, f"{start} en punkt per rad" if slag.bas is tuple else f"{start} så här", start)

    def _before_list(self, filled: dict[str, Any]) -> str:
        """A file that is a list: what is to stand before it."""
        name = next(reversed(filled))
        others = {key: value for key, value in filled.items() if key != name}
        return "\n".join([f"{self.so('Skriv detta före listan')}:", *fields(others), f"{name}:"])

    def _hyphen(self, slag: Slag, vag: Vag, value: Any, filled: Any) -> str:
        """A hyphen too little or too much before a block that is too long to be shown whole."""
        nod = self.file.nod(vag)
        if not self.form.cut or nod is None or not vag or self.form.open:
            return ""
        whole = self.file.rader[nod.rad - 1]
        if slag.bas is tuple and isinstance(value, dict) and not whole[: nod.kolumn - 1].strip() and nod.kolumn > 2:
            line = f"{' ' * (nod.kolumn - 3)}- {whole[nod.kolumn - 1 :]}"
            return f"Skriv ett bindestreck före det första fältet i varje punkt:\n{line}"
        if slag.is_block and isinstance(value, list) and len(value) == 1 and list(value[0]) == list(filled):
            line = whole[: nod.kolumn - 1] + "  " + whole[nod.kolumn - 1 :].removeprefix("-").lstrip()
            return f"Ta bort bindestrecket:\n{line}"
        return ""

    def so(self, sentence: str) -> str:
        """A sentence before a form, with what may stand in those of its fields that are left open."""
        told = [f"som {name} kan stå {lista(all_named(ids), 'eller')}" for name, ids in self.form.open.items() if ids]
        return f"{sentence}. {capitalized('; '.join(told))}. Så här" if told else f"{sentence}, så här"

    def _or_nothing(self, slag: Slag, vag: Vag) -> str:
        """How to say that there is nothing, before how to say what there is."""
        if slag.bas is tuple:
            return f"Finns inget: skriv {vag[-1]}: []. Annars: skriv"
        return "Skriv" if self._is_required(vag) else "Ta bort raden om den inte behövs. Annars: skriv"

    def _is_required(self, vag: Vag) -> bool:
        parent = slag_at(self.model, vag[:-1])
        fields_ = parent.bas.model_fields if parent is not None and parent.is_block else {}
        return str(vag[-1]) in fields_ and fields_[str(vag[-1])].is_required()

    def _told(self, slag: Slag, model: type[BaseModel]) -> str:
        """The fields of a block in words, the required ones first."""
        required = [name for name, field in model.model_fields.items() if field.is_required()]
        others = [name for name in model.model_fields if name not in required]
        which = "en punkt per rad" if slag.bas is tuple else "ett block"
        if not required:
            return f"{which} med det som behövs av {lista(others)}"
        return f"{which} med {lista(required)}{f' (och vid behov {lista(others)})' if others else ''}"

    def missing(self, model: type[BaseModel], vag: Vag) -> str:
        """What to add where a required field is missing."""
        name, slag = str(vag[-1]), field_of(model, str(vag[-1]))
        inner = slag_of(slag.inne[0]) if slag.bas is tuple else slag
        block = self.file.nod(vag[:-1])
        filled = self.form.fill(slag)
        found = lines(name, filled)
        if inner.refers_to:
            return f"Lägg till {found[0]} {listed(self.form.choices(inner))}".rstrip()
        if slag.bas is Literal:
            return f"Lägg till {name}: … Här kan stå: {', '.join(slag.inne)}."
        if block is None or len(found) == 1:
            return f"Lägg till {found[0]}"
        if self.file.rader[block.rad - 1][block.kolumn - 1 :].startswith("{"):
            return f"Lägg till {name}: {in_line(filled)}"
        return "\n".join([f"{self.so('Lägg till')}:", *(" " * (block.kolumn - 1) + line for line in found)])
