"""E-mail addresses to persons in free text. An address to a function, such as a registrar's mailbox, is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

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
