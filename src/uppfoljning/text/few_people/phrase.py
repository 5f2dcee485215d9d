"""The words of a text in order, and what is said around a number: a label, a general rule, those who do the work."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from uppfoljning.text.few_people.words import VERBS, Ordslag, kind_of, words_of

TOLD = frozenset({"folk", "arende", "par"})
"""What a number may not count when it is below five."""
NUMBERS = frozenset({"tal", "fler"})

_TOKEN = re.compile(
    r"[^\W\d_]\w*(?:[-:'’][^\W_]\w*)*-?|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|"
    r"[0-9]+(?:[.,:/-][0-9]+)*(?:-?[^\W\d_]+)*|[^\w\s.]|\.(?=\s+[^a-zåäö\s]|\W{0,3}\Z)|\n\s*\n"
)
"""A word, a number or a sign. A full stop is one only at the end of a sentence: 'st. personer' has none."""
_LABELS = re.compile(
    r"\w*(?:årskurs|klass|steg|fas|punkt|nivå|kapitel|avsnitt|bilaga|sida|etapp|modul|nummer|version|alternativ|våning|"
    r"vecka|zon|omgång|kvartal|termin|kategori|grad|stadi|tabell|figur|paragraf|insats|indikator|moment|åtgärd|fråga|"
    r"prioritet|område|ålder|kod|kvarter|rum|lokal|linje|grupp|del|mål|hus|port|plan|prio|sal|buss|skede)(?:en?|et|n|erna|arna|er|ar|na|s)?|"
    "åk|år|åldrarna|nr|kl|klockan|kap|sid|s|v|k|h|bil|den|halv"
)
_SHORT_LABELS = words_of("nr kl kap sid s v bil")
_WORKPLACE = re.compile(
    r"\w*(?:kontor|förvaltning|enhet|polis|tjänst|kommun|region|myndighet|nämnd|förening|part|aktör|bolag|team|"
    r"(?:styr|arbets|samverkans|lednings|projekt|referens)grupp)(?:en|et|er|ar|n|s)?|varje|respektive|vardera"
)
_WORK_GROUP = re.compile(r"\w*(?:styr|arbets|samverkans|lednings|projekt|referens)grupp\w*")
_FROM_WORKPLACES = re.compile(r"(?:\w*person|\w*medlem|\w*deltagar)(?:en|er|erna|men|mar|marna|e|na)?")
_AT_WORK = re.compile(r"anställ\w*|rekryter\w*|utbilda\w*|ansvarar|leder|tjänstgör|heltid|halvtid")
_ONLY = words_of("bara endast enbart blott ytterligare minst högst ännu åtminstone")
_IN_GENERAL = words_of("ska skall bör måste kan skulle kunde borde")
_WHEN = words_of("om när innan ifall varje då")


class Ord(NamedTuple):
    """A word or a sign, in lower case, and what it is; ``is_verb`` where it says for sure what someone does or did."""

    text: str
    slag: Ordslag
    is_verb: bool


@functools.lru_cache(20_000)
def _read(written: str) -> Ord:
    text = written.lower()
    return Ord(text, kind_of(text), text in VERBS or text.endswith(("ade", "ades", "des")))


_OUTSIDE = [Ord("", "slut", False)] * 8
"""What stands around a text, so that one may look at what is before and after any word of it."""
FIRST = len(_OUTSIDE)
"""The place of a text's first word."""


class Ordfoljd:
    """The words of a text. There is one at every place: before and after the text is an end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [*_OUTSIDE, *map(_read, _TOKEN.findall(text)), *_OUTSIDE]
        self.at = self.words.__getitem__

    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return [(0, 0)] * FIRST + [found.span() for found in _TOKEN.finditer(self.text)]

    def is_label(self, i: int) -> bool:
        """Whether a number names and does not count: 'årskurs 2 och 3', 'steg två', 'den 2 maj', '1. Ungdomar'."""
        word, before, after = self.at(i), self.at(i - 1), self.at(i + 1)
        if _LABELS.fullmatch(before.text) or (before.text == "." and self.at(i - 2).text in _SHORT_LABELS):
            return True
        if before.text in {"och", "till", "-", ",", "/"} and self.at(i - 2).slag in {*NUMBERS, "en"}:
            return bool(_LABELS.fullmatch(self.at(i - 3).text))
        if not word.text.isdigit():
            return False
        if before.text == "(":
            return self.at(i - 2).slag not in TOLD
        beside = {before.slag, after.slag} & {*NUMBERS, "matt"}
        return bool(beside) or (before.slag == "slut" and after.text in {".", ")"})

    def is_idiom(self, i: int, last: int) -> bool:
        """Whether a number stands in a phrase that counts nobody: 'två och två', 'en i taget', 'var och en'."""
        text, before = self.at(i).text, self.at(i - 1).text
        if self.at(last + 1).text == "i" and self.at(last + 2).text in {"taget", "rad", "sänder"}:
            return True
        if before == "och" and self.at(i - 2).text in {text, "var"}:
            return True
        return self.at(i + 1).text == "och" and self.at(i + 2).text == text

    def is_more(self, i: int) -> bool:
        """Whether it is the number that there are more than: 'fler än fyra ungdomar'."""
        return self.at(i - 1).text == "än" and self.at(i - 2).text in {"fler", "flera", "mer"}

    def is_only(self, i: int) -> bool:
        """Whether it is said that there is no more: 'bara en'."""
        return self.at(i - 1).text in _ONLY

    def is_one(self, i: int, last: int) -> bool:
        """Whether *en* without a noun is a number: 'bara en', 'en har', 'en sådan', 'en till', 'antalet är en'."""
        before, after = self.at(i - 1), self.at(last + 1)
        if self.is_only(i) or self.at(last).text in {"sådan", "sådant"}:
            return True
        if after.text == "till" and self.at(last + 2).slag in {"slut", "tecken", "verb"}:
            return True
        ends = after.slag in {"slut", "tecken"}
        return last == i and (after.is_verb or (ends and (before.text == ":" or before.text in VERBS)))

    def is_general(self, i: int, last: int) -> bool:
        """Whether people are spoken of in general, or those who do the work: 'en elev kan', 'två personer på polisen'.

        ``i`` is the place of the number and ``last`` of the people.
        """
        slag, before, after = self.at(i).slag, self.at(i - 1), self.at(last + 1)
        if self.is_more(i) or after.text in {"per", "vardera", "åt"} or self.is_idiom(i, last):
            return True
        if slag in {"en", "ingen"} and self._is_rule(last + 1):
            return True
        if slag == "en" and before.text in _WHEN:
            return True
        return self._is_at_work(last)

    def _is_rule(self, i: int) -> bool:
        """Whether what follows says what shall be: 'en elev kan få', 'ett barn som far illa ska'."""
        near = [self.at(k).text for k in range(i, i + 6)]
        return near[0] in _IN_GENERAL or (near[0] == "som" and not _IN_GENERAL.isdisjoint(near))

    def _is_at_work(self, last: int) -> bool:
        if not _FROM_WORKPLACES.fullmatch(self.at(last).text):
            return False
        near = [self.at(k).text for k in range(last + 1, last + 5)]
        if near[0] in {"från", "på", "vid", "i"} and any(_WORKPLACE.fullmatch(text) for text in near[1:3]):
            return True
        if any(_WORK_GROUP.fullmatch(self.at(k).text) for k in range(last - 5, last)):
            return True
        return any(_AT_WORK.fullmatch(text) for text in near)
