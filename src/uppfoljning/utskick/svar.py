"""What a mail server's answer means, in Swedish, and what became of a message. RFC 5321 and RFC 3463 number them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from uppfoljning.personal import mask
from uppfoljning.problem import visible

Slag = Literal["skickad", "avvisad", "uppskjuten", "okant"]

_LONGEST = 300
_ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})(?!\S)")

_BY_ENHANCED = {
    "1.1": "adressen finns inte hos mottagaren",
    "1.2": "mottagarens domän finns inte",
    "1.3": "adressen går inte att använda",
    "1.8": "servern känner inte avsändarens domän",
    "1.10": "mottagarens domän tar inte emot e-post",
    "2.1": "mottagarens brevlåda är stängd",
    "2.2": "mottagarens brevlåda är full",
    "2.3": "mejlet är för stort för mottagaren",
    "3.4": "mejlet är för stort för servern",
    "7.0": "servern tar inte emot mejlet",
    "7.1": "servern tar inte emot mejl från avsändaren till mottagaren",
    "7.60": "avsändaren får inte skicka från den adressen",
}
_BY_CODE = {
    421: "servern stänger just nu",
    450: "mottagarens brevlåda går inte att nå just nu",
    451: "servern kan inte ta emot mejlet just nu",
    452: "servern har inte plats just nu",
    550: "mottagarens brevlåda går inte att nå",
    551: "mottagaren finns inte på den servern",
    552: "mejlet är för stort, eller brevlådan full",
    553: "adressen går inte att använda",
    554: "servern tar inte emot mejlet",
}


class Utfall(NamedTuple):
    """What became of a message, and the words for it."""

    slag: Slag
    ord: str


def refusal(kod: int, svar: bytes) -> Utfall | None:
    """What an answer means that isn't the one hoped for: refused for good, or to be tried again; None for no answer."""
    if not 400 <= kod < 600:
        return None
    return Utfall("avvisad" if kod >= 500 else "uppskjuten", f"{meaning(kod, svar)}: {clean(kod, svar)}")


def final(kod: int, svar: bytes) -> Utfall:
    """What the answer to a whole message means. Only 2xx says that it was taken, only 4xx and 5xx that it wasn't."""
    if 200 <= kod < 300:
        return Utfall("skickad", clean(kod, svar))
    return refusal(kod, svar) or Utfall("okant", "mejlet överlämnades, men servern svarade obegripligt")


def meaning(kod: int, svar: bytes) -> str:
    """What a refusal means, in a few words."""
    found = _ENHANCED.match(svar.decode("ascii", "replace"))
    if kod < 500 and found and found[2] == "7":
        return "servern vill att vi försöker igen senare"
    by_enhanced = _BY_ENHANCED.get(f"{found[2]}.{found[3]}") if found else None
    return by_enhanced or _BY_CODE.get(kod) or ("servern avvisade mejlet" if kod >= 500 else "servern bad oss vänta")


def clean(kod: int, svar: bytes) -> str:
    """The server's own words on one line, short, with nothing invisible or personal in them."""
    text = " ".join(svar.decode("utf-8", "replace").split())
    text = mask(visible(text))
    return f"{kod} {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}".rstrip()
