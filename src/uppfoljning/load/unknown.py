"""How to mend a field that isn't there: misspelt, glued to its value, indented wrongly, or a text cut by a comma."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from uppfoljning.formats.yaml.node import Nod
from uppfoljning.formats.yaml.write import quoted
from uppfoljning.load.advice import Adviser
from uppfoljning.load.shape import Slag, Vag, field_of, slag_at, slag_of
from uppfoljning.text.swedish import fold, nearest, number_word

_BRACKET = re.compile(r"([\w-]+)[: ]([\[{].*[\]}])")
_GLUED = re.compile(r"([\w-]+):(\S.*)", re.DOTALL)


class UnknownField:
    """A field that a block of ``model`` doesn't have, with its value and the required fields that the block lacks."""

    def __init__(self, adviser: Adviser, model: type[BaseModel], vag: Vag, value: Any, missing: list[str]) -> None:
        self.adviser = adviser
        self.file = adviser.file
        self.model = model
        self.vag = vag
        self.name = str(vag[-1])
        self.value = value
        self.missing = missing
        here = slag_at(model, vag[:-1])
        self.here = here if here is not None and here.is_block else None
        self.fields = list(self.here.bas.model_fields) if self.here else []
        self.moved_to: Vag = ()

    def message(self) -> str:
        """What is wrong."""
        if self._glued():
            colon = f"{self.name}: ".partition(" ")[0]
            return f"Ett {'blanksteg saknas efter kolonet' if ':' in colon else 'kolon saknas efter fältets namn'}."
        return f'Fältet "{self.name}" finns inte här.'

    def explains(self) -> set[Vag]:
        """The missing fields that this one was meant as: they need not be told."""
        glued, block = self._glued(), self.vag[:-1]
        if glued:
            return {(*block, glued[0])}
        if self._belongs_elsewhere():
            return {self.moved_to} if self.moved_to else set()
        near = nearest(self.name, self.fields)
        if near is not None:
            return {(*block, near)}
        return {(*block, name) for name in self.missing} if self._stands_for() else set()

    def advice(self) -> str:
        """How to mend it."""
        glued = self._glued()
        if glued:
            return f"Skriv kolon och ett blanksteg efter namnet: {glued[0]}: {glued[1]}"
        if self.value is None and self._shares_line():
            return self._cut_by_comma()
        if self.name not in self.fields:
            elsewhere = self._belongs_elsewhere()
            if elsewhere:
                return elsewhere
        near = nearest(self.name, self.fields)
        if near is not None:
            return f'Skriv "{near}".' if fold(near) == fold(self.name) else f'Menade du "{near}"?'
        if self._stands_for() and self.here is not None:
            nod = self.file.nod(self.vag[:-1])
            filled = self.adviser.form.fill(self.here, nod.varde if nod is not None else {})
            told = self.adviser.so(f"Fältet heter {self.missing[0]}" if len(self.missing) == 1 else "Skriv båda fälten")
            return self.adviser.written(self.vag[:-1], filled, told)
        return f"Fälten är: {', '.join(self.fields)}." if self.fields else "Ta bort raden."

    def _glued(self) -> tuple[str, str] | None:
        """The field and its value, where the blank after the colon is missing: ``datum:2022-05-18``."""
        text = self.name if self.value is None else f"{self.name}: {self.value}"
        found = _GLUED.fullmatch(text) if self.value is None else _BRACKET.fullmatch(text)
        if found is None or not self.adviser.form.echo:
            return None
        name = found[1] if found[1] in self.fields else nearest(found[1], self.fields)
        return (name, found[2]) if name is not None else None

    def _stands_for(self) -> bool:
        """Whether it was most likely meant as the only required field that is missing, or is all that the block has."""
        nod = self.file.nod(self.vag[:-1])
        alone = nod is not None and len(nod.nycklar) == 1
        return bool(self.missing) and (len(self.missing) == 1 or alone) and not self._belongs_elsewhere()

    def _shares_line(self) -> bool:
        """Whether the key stands on the same line as another of its block, as between { }."""
        parent, place = self.file.nod(self.vag[:-1]), self.file.key_place(self.vag)
        if parent is None or place is None:
            return False
        return [rad for rad, _ in parent.nycklar.values()].count(place[0]) > 1

    def _cut_by_comma(self) -> str:
        parent = self.file.nod(self.vag[:-1])
        keys = list(parent.nycklar) if parent is not None else []
        before = keys[keys.index(self.name) - 1] if self.name in keys and keys.index(self.name) else ""
        rule = "Ett komma inom { } börjar ett nytt fält. Sätt citattecken runt texten om kommat hör dit"
        text = parent.varde.get(before) if parent is not None else None
        slag = field_of(self.here.bas, before) if self.here is not None and before in self.fields else None
        if type(text) is int and self.name.isdecimal() and slag is not None and self.adviser.form.echo:
            return self._decimal_comma(slag, before, text)
        if not isinstance(text, str) or not self.adviser.form.echo:
            return f"{rule}."
        return f"{rule}: {before}: {quoted(f'{text}, {self.name}')}"

    def _decimal_comma(self, slag: Slag, before: str, whole: int) -> str:
        """A number with a comma in it, which cut it in two."""
        rule = "Ett komma inom { } börjar ett nytt fält."
        if slag.bas is float:
            return f"{rule} Decimaler skrivs med punkt: {before}: {whole}.{self.name}"
        thousands = f" Menade du {before}: {whole}{self.name}?" if len(self.name) == 3 else ""
        return f"{rule}{thousands or ' Skriv ett heltal utan decimaler.'}"

    def _belongs_elsewhere(self) -> str:
        """Where the field has its place, if the indent alone is wrong."""
        return self._around() or self._inside_the_one_before() or self._in_a_block_of_its_own()

    def _around(self) -> str:
        for length in range(len(self.vag) - 2, -1, -1):
            around, nod = slag_at(self.model, self.vag[:length]), self.file.nod(self.vag[:length])
            if self._lacks(around, nod):
                return self._moved(nod, f"{self.name} ska stå längst till vänster i filen" if length == 0 else "")
        return ""

    def _inside_the_one_before(self) -> str:
        vag = self.vag[:-1]
        nod, slag = self.file.nod(vag), self.here
        keys = list(nod.nycklar) if nod is not None else []
        last = keys[keys.index(self.name) - 1] if self.name in keys and keys.index(self.name) else None
        while nod is not None and slag is not None:
            if isinstance(nod.barn, dict) and slag.is_block and last in slag.bas.model_fields:
                nod, slag, vag = nod.barn.get(str(last)), field_of(slag.bas, str(last)), (*vag, str(last))
            elif isinstance(nod.barn, list) and nod.barn and slag.bas is tuple:
                vag = (*vag, len(nod.barn) - 1)
                nod, slag = nod.barn[-1], slag_of(slag.inne[0])
            else:
                return ""
            if self._lacks(slag, nod):
                self.moved_to = (*vag, self.name)
                return self._moved(nod)
            last = next(reversed(nod.nycklar), None) if nod is not None else None
        return ""

    def _in_a_block_of_its_own(self) -> str:
        nod, here = self.file.nod(self.vag[:-1]), self.here
        if nod is None or here is None:
            return ""
        for name in self.fields:
            inner = field_of(here.bas, name)
            if inner.is_block and self.name in inner.bas.model_fields and name not in nod.nycklar:
                filled = self.adviser.form.fill(inner, {self.name: self.value})
                told = f"{self.name} hör hemma under {name}. Skriv så här"
                return self.adviser.written(self.vag, filled, told, key=name)
        return ""

    def _lacks(self, slag: Slag | None, nod: Nod | None) -> bool:
        known = slag is not None and slag.is_block and self.name in slag.bas.model_fields
        return known and nod is not None and isinstance(nod.barn, dict) and self.name not in nod.nycklar

    def _moved(self, nod: Nod | None, told: str = "") -> str:
        """The field's own lines with the indent of another block's fields."""
        own, place = self.file.nod(self.vag), self.file.key_place(self.vag)
        if nod is None or own is None or place is None:
            return ""
        first, (_, kolumn) = next(iter(nod.nycklar.items()))
        told = told or f"{self.name} hör till samma block som {first}"
        blanks = f"{number_word(kolumn - 1, neuter=True)} blanksteg" if kolumn > 1 else "inga blanksteg"
        text = self.file.rader[place[0] - 1][place[1] - 1 :]
        if own.barn is not None or not self.adviser.form.echo:
            return f"{told}. Ändra indraget: raden ska börja med {blanks}."
        return f"{told}. Ändra indraget, så att raden börjar med {blanks}:\n{' ' * (kolumn - 1)}{text}"
