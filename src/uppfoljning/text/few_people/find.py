"""Where a text tells a number of people below five, by a rule that a person can check: what a number counts.

It counts the first noun after it. Is that a person or a case about one, it is told. With no noun after it
('endast tre deltog', 'de är tre', '3 st') it counts what the sentence, or else the one before it, speaks of: people are
told unless that is something else that was counted ('tre vandringar, två i Bro') or named ('mötena blev två').
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from uppfoljning.text.few_people.phrase import FIRST, NUMBERS, TOLD, Ord, Ordfoljd
from uppfoljning.text.few_people.words import Ordslag, words_of
from uppfoljning.text.plaintext import plain

_POSSIBLE = re.compile(
    r"(?<![0-9])[0-4](?![0-9])|\b(?:noll|två|tvenne|tre|trenne|fyra|en|ett|ing(?:en|et|a)|båda|bägge|duon?|trion?|"
    r"kvartett|paret|tvilling|trilling|brödrapar|tredje|fjärde|andre)",
    re.IGNORECASE,
)
_SINGULAR = words_of("en ett ingen inget")
_SINGULAR_ADJECTIVE = re.compile(r"\w+(?:d|en|t)")
_DEFINITE = re.compile(r"\w+(?:et|an|ngen|ppen|sen|nen)")
_ALSO_DESCRIBING = words_of("ung unga unge vuxen vuxna")
_THE = words_of("de dem dessa våra alla samtliga")
_PARENTS = re.compile("föräld.*|vårdnadshavar.*|mamma.*|pappa.*|vux.*")
_HELP = re.compile(r"\w*(?:vård|bistånd|stöd|boende|avslag|familjehem|kontaktperson|insats)\w*")
_REACH = 5

Vad = Literal["folk", "ensamt", "sak", "matt"]
"""What a number counts: people or cases, nothing that stands after it, anything else, or a measure such as years."""
_PASSED = frozenset({"smaord", "verb", "sak", "matt", "led"})


def find_few(text: str) -> list[tuple[int, int]]:
    """Start and end of each place where a text tells a number of people, or of cases about them, below five."""
    seen = plain(text)
    if not _POSSIBLE.search(seen.text):
        return []
    words = Ordfoljd(seen.text)
    found = list(_FewReader(words).find())
    spans = words.spans() if found else []
    return [seen.span(spans[first][0], spans[last][1]) for first, last in found]


class _FewReader:
    """Reads a text's words once, from the first to the last, and remembers what is spoken of."""

    def __init__(self, words: Ordfoljd) -> None:
        self.words = words
        self.at = words.at
        self.begins = FIRST
        """Where the sentence begins."""
        self.named: Vad | None = None
        self.counted: Vad | None = None
        """What the sentence has named, and counted."""
        self.before: Vad | None = None
        """What the sentence before it spoke of."""
        self.of_each = False
        """Whether the sentence is about each of those it names, and not about how many they are."""

    @property
    def about(self) -> Vad | None:
        """What a number without a noun counts, where that is known."""
        return self.counted or self.named or self.before

    def find(self) -> Iterator[tuple[int, int]]:
        """The first and the last word of each place."""
        known = -1
        for i, (_, slag, _) in enumerate(self.words.words):
            if slag in _PASSED:
                continue
            found = self._place(i, slag) if i > known else None
            if found is not None:
                yield found
                known = found[1]
            self._remember(i, slag)

    def _place(self, i: int, slag: Ordslag) -> tuple[int, int] | None:
        first, last = i, None
        if slag in {"tal", "en", "ingen", "bada"}:
            last = self._told(i)
        elif slag == "par":
            last = i
        elif slag == "fler" and self._counts(i + 1)[0] == "sak":
            self.counted = "sak"
        elif (slag == "ordning" or self.at(i).text == "enda") and self.at(i - 1).text in {"den", "det"}:
            first, last = i - 1, self._one_of_few(i)
        return (first, last) if last is not None else None

    def _remember(self, i: int, slag: Ordslag) -> None:
        if slag == "slut":
            self.before = self.counted or self.named
            self.begins, self.named, self.counted, self.of_each = i + 1, None, None, False
        elif slag in TOLD and self.at(i).text != "man":  # that is anyone
            self.named = "folk"
            self.of_each |= self.at(i - 1).text in {"varje", "var"}
        elif slag == "antal":
            self.named = "sak" if self._counts(i + 1)[0] == "sak" else "folk"
        elif slag == "andel":
            self.counted = "sak"
        elif self.named is None and (slag == "saker" or self._is_heading(i)):
            self.named = "sak"

    def _is_heading(self, i: int) -> bool:
        """Whether a colon ends the name of something else, before how many there are: 'Nya rutiner: 2'."""
        return self.at(i).text == ":" and self._counts(self.begins)[0] == "sak"

    def _told(self, i: int) -> int | None:
        """The last word of what tells a small number of people, where the number at ``i`` does."""
        word = self.at(i)
        if self.of_each or (word.slag == "tal" and self._goes_on(i + 1)):
            return None
        few, start = word.slag, i + 1
        if self.at(start).text == "(" and self.at(start + 2).text == ")":
            start += 3
        if few == "en" and self.at(start).text == "par":
            few, start = "tal", start + 1
        if self.at(start).text == "av":
            return self._told_of_some(i, start + 1)
        vad, last = self._counts(start, word.text if few in {"en", "ingen"} else "")
        if vad == "folk":
            self.counted = "folk"
            return None if self.words.is_general(i, last) or self._is_any(i, last, few) else last
        if vad == "sak" and (few in {"tal", "bada"} or self.words.is_only(i)):
            self.counted = "sak"
        return last if vad == "ensamt" and self._stands_alone(i, last, few) else None

    def _goes_on(self, i: int) -> bool:
        """Whether a number is the first of two: 'tre, fyra ungdomar', 'två till tre', 'två eller fem'."""
        return self.at(i).text in {"till", "eller", ",", "/", "-", "och", "à"} and self.at(i + 1).slag in NUMBERS

    def _counts(self, i: int, one: str = "") -> tuple[Vad, int]:
        """What a number counts whose next word is at ``i``, and the last word of that; ``one`` is *en* or *ingen*."""
        last = i - 1
        for _ in range(_REACH):
            word, after = self.at(last + 1), self.at(last + 2)
            if word.slag == "led" and after.text in {"och", "eller"}:
                last += 2
            elif _describes(word, after, one):
                last += 1
            else:
                break
        word = self.at(last + 1)
        if word.slag in TOLD:
            return "folk", last + 1
        if word.text.startswith("beslut") and self._is_about_someone(last + 2):
            return "folk", last + 3
        if word.slag == "matt":
            return "matt", last + 1
        if word.slag == "beskriver":  # after 'en' a word in -a is a thing, and one in -ade tells what someone did
            return ("ensamt", last) if word.is_verb else ("sak", last + 1)
        if word.slag not in {"sak", "saker"} or (
            self.at(last).text.endswith(("ade", "at")) and _DEFINITE.fullmatch(word.text)
        ):
            return "ensamt", last
        return "sak", last + 1

    def _is_about_someone(self, i: int) -> bool:
        """Whether a decision is about care or support for someone: 'om placering', 'enligt LVU'."""
        after = self.at(i + 1)
        return self.at(i).text in {"om", "enligt"} and (after.slag in TOLD or bool(_HELP.fullmatch(after.text)))

    def _told_of_some(self, i: int, k: int) -> int | None:
        """The same for a number of some: 'två av ungdomarna', 'två av fem', 'en av dem'."""
        while self.at(k).text in _THE:
            k += 1
        vad, last = self._counts(k + (self.at(k).slag in NUMBERS))
        if vad == "sak":
            self.counted = "sak"
        told = vad == "folk" or (vad == "ensamt" and self.about != "sak")
        return last if told and not self.words.is_more(i) else None

    def _is_any(self, i: int, last: int, few: str) -> bool:
        """Whether *ett samtal* or *ett ärende* is any: it is one only where it is said to be, or to have happened."""
        who = self.at(last)
        if few != "en" or who.slag != "arende":
            return False
        return who.text in {"samtal", "fall"} or not (self.at(last + 1).is_verb or self.words.is_only(i))

    def _stands_alone(self, i: int, last: int, few: str) -> bool:
        """Whether a number with no noun after it tells how many people there are."""
        words = self.words
        if few == "ingen" or words.is_label(i) or words.is_more(i) or words.is_idiom(i, last):
            return False
        if few == "en" and not words.is_one(i, last):
            return False
        if self.at(i).text.isdigit() and self.at(i - 1).slag == "sak" and (self.counted or self.named) != "folk":
            return False  # 'rutin 2'
        if few == "bada" and self.about is None:
            return self.at(last + 1).text == "två" or self.at(i - 1).slag == "slut"
        return self.about != "sak"

    def _one_of_few(self, i: int) -> int | None:
        """The last word of 'den tredje ungdomen', 'den enda avhopparen' or 'den ene'."""
        word = self.at(i)
        vad, last = self._counts(i + 1)
        who = self.at(last)
        if vad == "folk" and not _PARENTS.fullmatch(who.text):
            return last if who.slag == "folk" or word.text in {"tredje", "fjärde", "enda"} else None
        return i if vad == "ensamt" and word.text in {"ene", "andre"} else None


def _describes(word: Ord, after: Ord, one: str) -> bool:
    """Whether a word only says what those are like who are counted: 'nya', 'svårt utsatta'."""
    if word.text in _ALSO_DESCRIBING:
        return after.slag in TOLD or after.slag == "beskriver"
    if one and after.slag == "folk" and _SINGULAR_ADJECTIVE.fullmatch(word.text):
        return True
    plural = one in _SINGULAR and word.text.endswith(("a", "ade")) and word.text != "enda"
    return word.slag == "beskriver" and not plural
