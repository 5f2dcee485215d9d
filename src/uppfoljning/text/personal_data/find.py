"""Personal data in free text, which no file of the project may hold: personnummer, telephone numbers, addresses.

A personnummer or samordningsnummer is a day of 01–31 (or 61–91), an optional century, a separator or none, and a
correct check digit by Luhn's formula (Skatteverket, SKV 704). Organisationsnummer have a third digit of 2 or more and
don't match a month.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from uppfoljning.text.plaintext import plain

# Combining characters: å may be written as a with a ring after it.
_LETTERS = "\\w\u0300-\u036f"
_DOT = r"(?:\.| ?[(\[](?:dot|punkt)[)\]] ?)"
_ADDRESS = re.compile(
    rf"(?<![{_LETTERS}.+&-])(?P<local>[{_LETTERS}.+&-]++)(?:@ ?| @ |%40| ?[(\[](?:at|snabel-?a)[)\]] ?)"
    rf"(?=(?P<domain>(?:[{_LETTERS}-]{{1,63}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}))",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"@|%40|[(\[](?:at|snabel)", re.IGNORECASE)
_FUNCTION = re.compile(
    "(?:admin|arkiv|bibliotek|bokning|brottsforebyggande|brottsforebyggare|dataskydd|diariet|diarium|ekonomi|epost"
    "|expedition|faktura|familj|foreningar|fritid|fritids|fritidsgard|helpdesk|info|information|kommun|kommunfullmaktige"
    "|kontakt|ks|kultur|lokalpolisomrade|mejl|namnd|no|noreply|orosanmalan|polis|post|postmaster|press|reception|rektor"
    "|registrator|registratur|reply|sakerhet|samverkan|social|styrgrupp|support|tips|trygghet|ungdom|ungdomar|vaxel|webb"
    "|webbredaktion|webmaster"
    r"|\w*(?:avdelning|center|centrum|enhet|forening|forvaltning|grupp|jour|kansli|kontor|mottagning|namnd|ombud|polis"
    "|radgivning|samordnare|samordning|service|skola|styrelse|tjanst|utskott))(?:en|et|na|n)?"
)
_CONSUMER = re.compile(
    r"(?:.*\.)?(?:(?:aol|bredband2?|comhem|fastmail|gmail|gmx|glocalnet|googlemail|home|hotmail|icloud|live|mail|mailbox"
    "|msn|outlook|passagen|posteo|proton|protonmail|rocketmail|spray|swipnet|tele2|telia|tuta|tutanota|yahoo|yandex|ymail)"
    r"\.[a-z]+|hey\.com|mac\.com|me\.com|pm\.me|web\.de|(?:hotmail|live|outlook|yahoo)\.co\.uk)"
)


def find_epostadresser(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end of the part before @, and end of each address to a person in ``text``, which is a plain text."""
    if not _POSSIBLE.search(text):
        return
    for found in _ADDRESS.finditer(text):
        local = found["local"].lstrip(".+&-")
        domain = re.sub(_DOT, ".", _fold(found["domain"]))
        named = any(re.search(r"[^\W\d_]", label) for label in domain.split(".")[:-1])
        if local and named and not _is_function(_fold(local), domain):
            yield found.end("local") - len(local), found.end("local"), found.end("domain")


def _fold(text: str) -> str:
    """Without case and without the marks of å, ä, ö and é."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def _is_function(local: str, domain: str) -> bool:
    """Whether an address is clearly a function's: every word is one, or the organisation's own name beside one."""
    if _CONSUMER.fullmatch(domain):
        return False
    own = set(re.split("[.-]", domain)[:-1])
    words = [word for word in re.split(r"[\W\d_]+", local) if word]
    functions = [word for word in words if _FUNCTION.fullmatch(word)]
    return bool(functions) and all(word in own for word in words if word not in functions)


Personuppgift = Literal["personnummer", "telefonnummer", "epostadress"]

SLAG: dict[Personuppgift, str] = {
    "personnummer": "ett personnummer eller samordningsnummer",
    "telefonnummer": "ett telefonnummer",
    "epostadress": "en persons e-postadress",
}
"""The kinds, and what each is called after 'här står'."""

_POSSIBLY_PERSONAL = re.compile(r"@|%40|[(\[](?:at|snabel)|\d(?:[^\w\n]{0,4}\d){4}|[＠﹫]", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![0-9])(?P<century>1[89]|20)?(?P<six>[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01]))"
    r" ?[-+]? ?(?P<four>[0-9]{4})(?![0-9])"
)
_NEAR = 80


class Uppgift(NamedTuple):
    """A piece of personal data: its kind and where it stands. ``masked`` is the end of what is never shown."""

    slag: Personuppgift
    start: int
    end: int
    masked: int


def luhn(digits: str) -> bool:
    """Whether ten digits carry a correct check digit."""
    total = 0
    for position, character in enumerate(digits):
        product = int(character) * (2 - position % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


def find_uppgifter(text: str) -> list[Uppgift]:
    """All personal data in ``text`` in order, also in digits of other widths. What is of two kinds is told as one."""
    found = _find_all(text)
    told: list[Uppgift] = []
    for one in sorted(found, key=lambda u: (u.start, u.slag)):
        others = [u for u in told[-1:] if u.end > one.start]
        if one.slag == "telefonnummer" and others:
            continue
        if others and others[0].slag == "telefonnummer":
            told.pop()
        told.append(one)
    return told


def mask(text: str) -> str:
    """``text`` with the digits of every number and the part before @ replaced, so that a message never repeats one."""
    found = _find_all(text)
    if not found:
        return text
    characters = list(text)
    for one in found:
        for place in range(one.start, one.masked):
            if characters[place].isdecimal() or (one.slag == "epostadress" and not characters[place].isspace()):
                characters[place] = "•"
    return "".join(characters)


def mask_line(lines: Sequence[str], rad: int) -> str:
    """Line ``rad`` (from 1) as it may be shown: masked, also where a number goes on from one line to the next."""
    if not 0 < rad <= len(lines):
        return ""
    line = lines[rad - 1].replace("\t", " ")
    text = line.strip()
    before = " ".join(near.strip()[-_NEAR:] for near in lines[max(0, rad - 3) : rad - 1] if near.strip())
    after = " ".join(near.strip()[:_NEAR] for near in lines[rad : rad + 2] if near.strip())
    start = len(before) + 1
    alone, together = mask(line), mask(f"{before} {text} {after}")[start : start + len(text)]
    if together == text:
        return alone
    lead = len(line) - len(line.lstrip())
    return "".join(
        "•" if 0 <= place - lead < len(text) and together[place - lead] == "•" else character
        for place, character in enumerate(alone)
    )


def _find_all(text: str) -> list[Uppgift]:
    """Each kind on its own, so that one may stand in another."""
    if not _POSSIBLY_PERSONAL.search(text):
        return []
    from uppfoljning.text.personal_data.phone import find_telefonnummer

    seen = plain(text)
    found = []
    for number in _NUMBER.finditer(seen.text):
        if luhn(number["six"] + number["four"]):
            start, end = seen.span(*number.span())
            found.append(Uppgift("personnummer", start, end, end))
    rest = _NUMBER.sub(_blank, seen.text) if found else seen.text
    for start, end in find_telefonnummer(rest):
        start, end = seen.span(start, end)
        found.append(Uppgift("telefonnummer", start, end, end))
    for start, masked, end in find_epostadresser(seen.text):
        found.append(Uppgift("epostadress", *seen.span(start, end), seen.span(start, masked)[1]))
    return found


def _blank(number: re.Match[str]) -> str:
    return "•" * len(number[0]) if luhn(number["six"] + number["four"]) else number[0]
