"""What a date, a number, ja or nej, a quarter or a season was meant to be, from the ways in which people write them.

Each gives what to write instead, with whether it is sure; nothing is changed, for a person must see what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from uppfoljning.text.swedish import MANADER, number_word

_MONTHS = {name: number for number, name in enumerate(MANADER, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_QUOTES = "\"'“”„‟’‘«»"
_YEAR = r"(?P<ar>(?:19|20|21)[0-9]{2})"
_TIME = re.compile(r"(?:t|\s+(?:kl\.? ?)?)[0-9]{1,2}[:.][0-9]{2}.*$")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s*[-./ ]\s*(?P<manad>[0-9]{{1,2}})\s*[-./ ]\s*(?P<dag>[0-9]{{1,2}})")
_DIGITS = re.compile(rf"{_YEAR}(?P<manad>[0-9]{{2}})(?P<dag>[0-9]{{2}})")
_SHORT = re.compile(r"(?P<ar>[0-9]{2})(?P<mellan>[-./]?)(?P<manad>[0-9]{2})(?P=mellan)(?P<dag>[0-9]{2})")
_DAY_FIRST = re.compile(rf"(?P<dag>[0-9]{{1,2}})\s*[-./ ]\s*(?P<manad>[0-9]{{1,2}})\s*[-./ ]?\s*{_YEAR}")
_IN_WORDS = re.compile(
    rf"(?:[a-zåäö]+dag(?:en)?,? +)?(?:den +)?(?P<dag>[0-9]{{1,2}})(?::?[ae])? *(?P<manad>[a-z]+)\.?,? *{_YEAR}"
)
_WITHOUT_YEAR = re.compile(r"(?:den +)?(?P<dag>[0-9]{1,2})(?::?[ae])? *(?P<manad>[a-z]+)\.?")
_MONTH_ALONE = re.compile(rf"(?P<manad>[a-z]+)\.? *{_YEAR}|{_YEAR.replace('ar', 'ar2')}[-/.](?P<nr>[0-9]{{1,2}})")
_YES = frozenset({"ja", "j", "yes", "y", "true", "sant", "on", "på", "x", "1"})
_NO = frozenset({"nej", "n", "no", "false", "falskt", "off", "av", "0"})
_NUMBER = re.compile(r"[-−]?[0-9]+(?:[ \u00a0\u2009\u202f][0-9]{3})*(?:[.,][0-9]+)?")
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
_KVARTAL = re.compile(
    r"\b(?:(?:k|q|kvartal|kv)\.? ?(?P<efter>[1-4])|(?P<fore>[1-4])(?::?[ae])? ?(?:kvartalet|kvartal)"
    r"|(?P<ord>första|andra|tredje|fjärde) kvartalet)\b"
)
_HALVAR = re.compile(
    r"\b(?:(?:h|halvår)\.? ?(?P<efter>[12])|(?P<fore>[12])(?::?[ae])? ?(?:halvåret|halvår)"
    r"|(?P<ord>första|andra) halvåret)\b"
)
_SEASONS = {
    **dict.fromkeys(("vår", "våren", "vt", "vårterminen"), "våren"),
    **dict.fromkeys(("sommar", "sommaren"), "sommaren"),
    **dict.fromkeys(("höst", "hösten", "ht", "höstterminen"), "hösten"),
}
_SEASON = re.compile(rf"(?P<tid>[a-zåäö]+)[ -]*(?:{_YEAR}|(?P<kort>[0-9]{{2}}))")


class Days(NamedTuple):
    """The days that a text may mean, the likeliest first, and whether the only one is sure."""

    days: tuple[date, ...]
    sure: bool


def plain(text: str) -> str:
    """A text in lower case, without quotes around it, with one kind of hyphen and of blank."""
    return " ".join(text.translate(_DASHES).casefold().split()).strip(f"{_QUOTES} ").rstrip(".")


def _days(*tries: tuple[int, int, int]) -> tuple[date, ...]:
    found: list[date] = []
    for one in tries:
        try:
            found.append(date(*one))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def read_days(text: str) -> Days:
    """The days that '2022-5-3', '3 maj 2022', '20220503' or '3/5 2022' may mean."""
    text = _TIME.sub("", plain(text))
    found = _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text)
    if found:
        return Days(_days((int(found["ar"]), int(found["manad"]), int(found["dag"]))), True)
    found = _IN_WORDS.fullmatch(text)
    if found:
        month = _MONTHS.get(found["manad"], 0)
        return Days(_days((int(found["ar"]), month, int(found["dag"]))), month > 0)
    found = _DAY_FIRST.fullmatch(text)
    if found:
        ar, one, other = int(found["ar"]), int(found["dag"]), int(found["manad"])
        both = _days((ar, other, one), (ar, one, other))
        return Days(both, len(both) == 1)
    found = _SHORT.fullmatch(text)
    if found:
        return Days(_days((2000 + int(found["ar"]), int(found["manad"]), int(found["dag"]))), False)
    return Days((), False)


def incomplete_day(text: str) -> str:
    """'ÅÅÅÅ-05-03' for '3 maj' and '2022-05-DD' for 'maj 2022': what is known of a day, or nothing."""
    text = plain(text)
    found = _WITHOUT_YEAR.fullmatch(text)
    if found and found["manad"] in _MONTHS and 1 <= int(found["dag"]) <= 31:
        return f"ÅÅÅÅ-{_MONTHS[found['manad']]:02}-{int(found['dag']):02}"
    found = _MONTH_ALONE.fullmatch(text)
    if found:
        month = int(found["nr"]) if found["nr"] else _MONTHS.get(found["manad"], 0)
        return f"{found['ar'] or found['ar2']}-{month:02}-DD" if 1 <= month <= 12 else ""
    return f"{text}-MM-DD" if re.fullmatch(_YEAR, text) else ""


def read_yes_or_no(text: str) -> bool | None:
    """What 'ja', 'Yes' or 'nej' means."""
    word = plain(text)
    return True if word in _YES else False if word in _NO else None


def read_number(text: str) -> int | float | None:
    """The only number in a text: 12500 in '12 500', 2.5 in '2,5 %', 4 in 'fyra gånger'; None for none, or several."""
    words = {number_word(n): n for n in range(13)} | {number_word(1, neuter=True): 1}
    found: list[float] = [
        float(re.sub(r"[\s\u00a0\u2009\u202f]", "", n).replace(",", ".").replace("−", "-"))
        for n in _NUMBER.findall(text)
    ]
    found += [words[word] for word in plain(text).split() if word in words]
    if len(found) != 1:
        return None
    return int(found[0]) if float(found[0]).is_integer() else found[0]


def _one_year(text: str) -> str:
    years: Iterable[str] = re.findall(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", text)
    found = set(years)
    return found.pop() if len(found) == 1 else ""


def _numbered(text: str, pattern: re.Pattern[str], letter: str) -> str:
    text = plain(text)
    hits = list(pattern.finditer(text))
    ar = _one_year(text) or ("" if re.search("[0-9]{4}", text) else "ÅÅÅÅ")
    if len(hits) != 1 or not ar:
        return ""
    number = hits[0]["efter"] or hits[0]["fore"] or _ORDINALS[hits[0]["ord"]]
    return f"{ar}-{letter}{number}"


def read_kvartal(text: str) -> str:
    """'2022-K1' for 'kvartal 1 2022' or 'första kvartalet 2022', 'ÅÅÅÅ-K1' for 'K1', or nothing."""
    return _numbered(text, _KVARTAL, "K")


def read_halvar(text: str) -> str:
    """'2022-H1' for 'första halvåret 2022', or nothing."""
    return _numbered(text, _HALVAR, "H")


def read_point(text: str) -> str:
    """A point in time as it is to be written: a sure day, 'hösten 2021', 'maj 2022', '2022-K1'; or nothing."""
    days, sure = read_days(text)
    if sure and days:
        return days[0].isoformat()
    word = plain(text)
    if re.fullmatch(_YEAR, word):
        return word
    found = _SEASON.fullmatch(word)
    if found and found["tid"] in _SEASONS:
        return f"{_SEASONS[found['tid']]} {found['ar'] or '20' + found['kort']}"
    found = _MONTH_ALONE.fullmatch(word)
    if found:
        month = int(found["nr"]) if found["nr"] else _MONTHS.get(found["manad"], 0)
        return f"{MANADER[month - 1]} {found['ar'] or found['ar2']}" if 1 <= month <= 12 else ""
    period = read_kvartal(word) or read_halvar(word)
    return "" if period.startswith("Å") else period
