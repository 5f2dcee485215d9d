"""Telephone numbers in free text, told from dates, amounts, codes and times by how the numbering plan builds them.

Four digits and four more are codes, of crimes and kommuner, also where they begin with a country's code (0045 1234
5678); a number in Denmark is written so only after a plus, or after a word such as 'ring'.

The area codes are those of the Swedish plan (Post- och telestyrelsen, svensk nummerplan), where no code begins another.
A number has at most nine digits after its first 0. Public services are left alone: 112, 114 14, 1177, 116 xxx, 020 and
077x.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_POSSIBLE = re.compile(r"[0-9](?:[^0-9A-Za-z\n]{0,4}[0-9]){4}")
_MOBILE = "7[0-689]"
_AREA = (
    "(?:8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90"
    "|(?:1[2457]|2[245789]|3[024789]|4[135789]|5[0-35-9]|6[124-9]|9[1-8])[0-9])"
)
_GROUPS = r"[0-9]{2,9}(?![0-9])(?:(?P<mark>[-. ])[0-9]{2,5}(?![0-9])(?:(?P=mark)[0-9]{2,5}(?![0-9])){0,3})?"
_NATIONAL = re.compile(
    rf"(?<![0-9])(?:\((?:0(?P<inside>{_AREA}|{_MOBILE}[0-9]?))\)[ ]?-?[ ]?"
    rf"|(?:\(0\)[ ]?|0)(?P<area>{_AREA}|{_MOBILE}[0-9]?)(?P<after>[ ]?[-/.][ ]?|[ ]))(?=(?P<groups>{_GROUPS}))"
)
_UNBROKEN = re.compile(rf"(?<![0-9])0(?:(?P<mobile>{_MOBILE}[0-9]{{7}})|(?={_AREA}[1-9])[0-9]{{8,9}})(?![0-9])")
_ABROAD = re.compile(
    r"(?:\+ ?|(?<![0-9A-Za-z])00(?=46|4[57]|358))(?P<rest>[1-9](?:(?:[ ().-]{0,3}|/(?!0))[0-9]){6,16})"
)
_WITHOUT_PLUS = re.compile(r"(?<![0-9A-Za-z+])46[ -]?(?:\(0\) ?)?7[02369](?:[ -]?[0-9]){7}(?![0-9A-Za-z])")
_WORD = (
    r"(?<![^\W\d_])(?:(?P<sms>sms(?:a|ar)?)|(?:tele(?:fon)?|tel|tfn|tlf|mobil(?:telefon)?|mob|direkt|fax)"
    r"(?:nr|nummer|numret)?|ring(?:a|er|de)?)(?![^\W\d_])"
)
_CODES = re.compile(r"[0-9]{4}(?:[ ./-]{1,3}[0-9]{4})+(?![0-9])")
_GAP = r"[.:( ]{0,4}(?:(?:nr|nummer|på|till|oss)[.: ]{0,3}){0,2}"
_CALLED = re.compile(rf"{_WORD}{_GAP}$", re.IGNORECASE)
_AFTER_WORD = re.compile(
    rf"{_WORD}"
    r"(?=(?P<gap>[^0-9\t\n!?;•]{0,30})(?P<groups>[1-9][0-9]{1,9}(?![0-9])(?:(?P<mark>[- ])[0-9]{2,4}(?![0-9])"
    r"(?:(?P=mark)[0-9]{2,4}(?![0-9])){0,3})?)(?![-:/,][1-9•]))",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r" ?(?:[,/]|och|eller) ?(?P<groups>[1-9][0-9]{1,2}(?P<mark>[- ])[0-9]{2,3}(?:(?P=mark)[0-9]{2,3}){0,2}(?![0-9]))"
)
_CLOSE = re.compile(_GAP)
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:19|20)[0-9]{2}/|[0-9][-.:,]|\b(?:isbn|issn|dnr|diarienr|diarienummer|ärendenr|ärendenummer|kl|klockan)\W{0,3})$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])(?:tel|tfn|telefon|mobil|mob|nr|nummer|sms|ring)$", re.IGNORECASE)
_OTHER_AFTER = re.compile(r"[-:][0-9]|[-_][^\W\d]|/(?:[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9-])")
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}[-/ ](?:(?:19|20)[0-9]{2}|[01][0-9][-/ ][0-3][0-9])(?![0-9])")
_LONGEST = 9
_LONGEST_ABROAD = {"1": 11, "45": 10, "47": 10}
"""Digits of a Swedish number after its first 0, and of some others with their country's code."""
_TOGETHER = 4
_CONTEXT = 40
_LONGEST_URL = 300


class _Number(NamedTuple):
    """What is built as a number: where it stands, and whether nothing beside it makes it part of something else."""

    start: int
    end: int
    free: bool = True


class _Parts(NamedTuple):
    """A number's area code, what follows that, the groups of the rest and what stands between them."""

    area: str
    after: str
    groups: list[str]
    mark: str


def find_telefonnummer(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each telephone number in ``text``, which is a plain text; they don't overlap."""
    if not _POSSIBLE.search(text):
        return
    last = -_TOGETHER
    for number in sorted((*_abroad(text), *_national(text), *_unbroken(text), *_after_word(text))):
        if number.start < last or not (number.free or number.start - last < _TOGETHER):
            continue
        yield number.start, number.end
        last = number.end
        # Numbers told in the same breath need no area code: 'och 390 06 01'.
        while (found := _NEXT.match(text, last)) and _is_grouped(re.split("[- ]", found["groups"])):
            yield found.span("groups")
            last = found.end()


def _national(text: str) -> Iterator[_Number]:
    """Numbers with something between the area code and the rest: 070-174 06 05, (08) 465 004 00, 031/3900600."""
    for found in _NATIONAL.finditer(text):
        area, after, mark = found["inside"] or found["area"], found["after"] or "", found["mark"] or ""
        groups = found["groups"].split(mark) if mark else [found["groups"]]
        end = found.end("groups")
        while len(groups) > 1 and len(area) + sum(map(len, groups)) > _LONGEST:
            end -= len(groups.pop()) + len(mark)
        parts = _Parts(area, after.strip() or after, groups, mark if len(groups) > 1 else "")
        if _is_built_right(parts):
            yield _Number(found.start(), end, _stands_free(text, found.start(), end, parts))


def _is_built_right(parts: _Parts) -> bool:
    """Whether digits make a number after their area code, and not a date, times or a number of a case."""
    area, after, groups, mark = parts
    length = sum(map(len, groups))
    if re.fullmatch(_MOBILE + "[0-9]?", area):
        return len(area) + length == _LONGEST and (not mark or mark == " " or after in {"", mark})
    shortest = 6 if area == "8" else 5
    if groups[0].startswith("0") or length < shortest or len(area) + length > _LONGEST:
        return False
    if len(groups) > 1 and (len(groups[0]) > 4 or re.fullmatch("(?:19|20)[0-9]{2}", groups[0])):
        return False
    date_like = [len(group) for group in groups] == [2, 4]
    mixed = mark in {".", "-"} and after not in {"", mark}
    return not (date_like or mixed or (after == "." and mark == " ") or (after == "/" and len(area) + length < 8))


def _stands_free(text: str, start: int, end: int, parts: _Parts) -> bool:
    """Whether what stands before and after leaves it a number of its own."""
    before = text[max(0, start - _CONTEXT) : start]
    mobile = parts.area.startswith("7")
    if _OTHER_BEFORE.search(before) or (parts.after == " " and not mobile and re.search("[0-9] $", before)):
        return False
    return mobile or len(parts.groups) > 1 or not _OTHER_AFTER.match(text, end)


def _unbroken(text: str) -> Iterator[_Number]:
    """Numbers in one piece: 0701740605, 0313900600."""
    for found in _UNBROKEN.finditer(text):
        start, end = found.span()
        before = text[max(0, start - _CONTEXT) : start]
        if _in_url(text, start):
            continue
        joined = re.search(r"[\w#=]$", before) or re.match("[^\\W0-9]", text[end : end + 1])
        if joined and not _WORD_BEFORE.search(before):
            continue
        alone = not (re.search(r"[^\W\d][-_/.]$", before) or _OTHER_AFTER.match(text, end))
        yield _Number(start, end, not _OTHER_BEFORE.search(before) and (found["mobile"] is not None or alone))


def _in_url(text: str, start: int) -> bool:
    before = re.split(r"\s", text[max(0, start - _LONGEST_URL) : start])[-1].lower()
    return "://" in before or "www." in before


def _abroad(text: str) -> Iterator[_Number]:
    """Numbers with a country's code: +46 (0)70-174 06 05, 0046313900600, 46701740605 and foreign ones after +."""
    for found in _WITHOUT_PLUS.finditer(text):
        before = text[max(0, found.start() - 2) : found.start()]
        yield _Number(*found.span(), not re.search("[0-9][ .,:/-]$", before))
    for found in _ABROAD.finditer(text):
        rest = found["rest"]
        if _YEARS.search(rest):
            continue
        swedish = re.match(r"46[ ().-]*(?:0[ ().-]*)?(?=[1-9])(?!20|77)", rest)
        first = swedish.end() if swedish is not None else 0
        longest = _LONGEST if swedish is not None else _LONGEST_ABROAD.get(rest[: 1 if rest[0] == "1" else 2], 15)
        groups: list[str] = []
        end = 0
        for group in re.finditer("[0-9]+", rest[first:]):
            if sum(map(len, groups)) + len(group[0]) > longest:
                break
            groups.append(group[0])
            end = first + group.end()
        length = sum(map(len, groups))
        if length >= 7 if swedish is not None else not rest.startswith("46") and _is_foreign(rest[:end], length):
            before = text[max(0, found.start() - _CONTEXT) : found.start()]
            codes = _CODES.match(text, found.start())
            if codes is None or codes.end() < found.start("rest") + end or _CALLED.search(before):
                yield _Number(found.start(), found.start("rest") + end, not re.search("[0-9] ?$", before))


def _is_foreign(rest: str, length: int) -> bool:
    """Whether digits after a plus are built as a foreign number and not as an amount, a share or a coordinate."""
    first = re.split("[^0-9]", rest)[0]
    if rest.startswith("1"):
        return length == 11 and rest.lstrip("1 (.-")[:1] not in {"", "0", "1"}
    if len(first) < 2 and not rest.startswith("7"):
        return False
    amount = re.fullmatch("[1-9][0-9]{0,2}(?: [0-9]{3})+", rest)
    return length >= (10 if amount else 9) and len(re.findall("[.]", rest)) != 1


def _after_word(text: str) -> Iterator[_Number]:
    """Numbers without area code that a word such as 'tel' or 'ring' stands before."""
    for found in _AFTER_WORD.finditer(text):
        groups, gap, end = re.split("[- ]", found["groups"]), found["gap"], found.end("groups")
        if re.search(r"\w[.] |[-/,+]$", gap):
            continue
        if _is_grouped(groups) or (_CLOSE.fullmatch(gap) and _is_local(groups, sms=bool(found["sms"]))):
            yield _Number(found.start("groups"), end)


def _is_grouped(groups: Sequence[str]) -> bool:
    """Whether digits are grouped as only telephone numbers are: 390 06 00, 465 004 00, 39 006 00."""
    sizes = [len(group) for group in groups]
    return sizes in ([3, 2, 2], [3, 3, 2], [2, 3, 2], [2, 2, 3])


def _is_local(groups: Sequence[str], *, sms: bool) -> bool:
    """Whether digits right after such a word are a subscriber's number: not a service's, a date's or an amount's."""
    digits, sizes = "".join(groups), [len(group) for group in groups]
    if not 5 <= len(digits) <= 10 or (digits.startswith("11") and len(digits) <= 6):
        return False
    if re.match("(?:19|20)[0-9]{2}", digits) and (sizes in ([8], [4, 2, 2]) or (sizes[0] == 4 and len(sizes) > 1)):
        return False
    if len(sizes) > 1 and sizes[0] <= 3 and set(sizes[1:]) == {3}:
        return sizes == [3, 3] and groups[-1] != "000"
    return not (sms and len(digits) == 5)
