"""How a value without quotes is read: as a number, a date, true, nothing, or differently by different programs."""

from __future__ import annotations

import re

INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
NULL = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
SWITCH = frozenset({"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"})
LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")


def is_plain(text: str) -> bool:
    """Whether a text without quotes is read as that text by every program, and not as a number, a date or nothing."""
    number = any(form.fullmatch(text) for form in (INT, FLOAT, DATE, LEADING_ZERO, SEXAGESIMAL))
    return not number and text not in NULL | TRUE | FALSE | SWITCH
