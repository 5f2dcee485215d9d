"""Slips inside a line: quotation marks, brackets, colons and other characters that mean something else in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppfoljning.formats.yaml.lines import Line, Mend, Trouble
from uppfoljning.formats.yaml.write import quoted

_STARTS = "@`%*&!>|?,[{'\""
_PAIRS = {"[": "]", "{": "}"}
_SINGLE = re.compile(r"[0-9][0-9.-]*|true|false|\"[^\"]*\"|'[^']*'")
"""A value that no word follows."""
_NO_COLON = re.compile(r"([ \t]*(?:-[ \t]+)*[a-zåäö_]+) ([{\[].*)")
_BLOCK = re.compile(r"([>|][-+]?)\s+(\S.*)")


def quotes(trouble: Trouble) -> Mend | None:
    """A text that begins with a quotation mark and doesn't end with it, or has a backslash in it."""
    in_quotes = "quoted scalar" in trouble.said
    line = trouble.line(trouble.from_rad if in_quotes else trouble.rad)
    text = line.rest.rstrip()
    mark = text[:1]
    if mark not in {'"', "'"} or line.rad != (trouble.from_rad if in_quotes else trouble.rad):
        return None
    kolumn = len(line.before) + 1
    if "escape" in trouble.said and text.endswith(mark):
        return Mend(
            trouble.rad,
            trouble.kolumn,
            "Efter ett omvänt snedstreck står ett tecken som inte kan stå där.",
            "Byt citattecknen mot enkla (')",
            (line.before + quoted(text[1:-1]),),
        )
    if mark not in text[1:]:
        return _unclosed(line, mark)
    if in_quotes and text.endswith(mark):
        return None
    if text.endswith(mark) and text.count(mark) == 2:
        opened = (one for one in trouble.above(line.rad) if one.rest[:1] == mark and mark not in one.rest[1:])
        line = next(opened, line)
        return _unclosed(line, mark) if mark not in line.rest[1:] else None
    return Mend(
        line.rad,
        kolumn,
        "Texten börjar med ett citattecken men fortsätter efter det som avslutar.",
        "Sätt citattecken av annat slag runt hela texten",
        (line.before + quoted(text),),
    )


def quote_above(trouble: Trouble) -> Iterator[Mend]:
    """A quotation mark that was left open on a line above, so that the next one in the file seemed to end it."""
    for line in trouble.above(trouble.rad):
        mark = line.rest[:1]
        if mark in {'"', "'"} and mark not in line.rest[1:]:
            yield _unclosed(line, mark)
            return


def colon_before_bracket(trouble: Trouble) -> Mend | None:
    """A field whose colon is missing before [ ] or { }."""
    text = trouble.line(trouble.from_rad if "simple key" in trouble.said else trouble.rad).text
    found = _NO_COLON.fullmatch(text)
    if found is None:
        return None
    rad = trouble.from_rad if "simple key" in trouble.said else trouble.rad
    mended = f"{found[1]}: {found[2]}"
    told = ("Ett kolon saknas efter fältets namn.", "Skriv kolon och ett blanksteg efter namnet")
    return Mend(rad, len(found[1]) + 1, *told, (mended,))


def _unclosed(line: Line, mark: str) -> Mend:
    mended = f"{line.text.rstrip()}{mark}"
    told = "Citattecknet avslutas aldrig."
    return Mend(line.rad, len(line.before) + 1, told, "Sätt ut det också efter texten", (mended,))


def list_beside(trouble: Trouble) -> Mend | None:
    """A list that begins on its field's own line, or a text that begins with a hyphen."""
    if "sequence entries are not allowed" not in trouble.said:
        return None
    line = trouble.line(trouble.rad)
    point = line.rest.removeprefix("-").strip()
    if not line.namn or not line.rest.startswith("- "):
        return None
    as_list = (line.before.rstrip(), f"{' ' * line.start}  - {point}")
    if re.search(r":\s|^[\[{]", point):
        return Mend(trouble.rad, trouble.kolumn, "En lista kan inte börja här.", "Skriv den på raden under", as_list)
    return Mend(
        trouble.rad,
        trouble.kolumn,
        "Här står ett bindestreck, som börjar en lista.",
        "Är det en lista: skriv den på raden under. Hör strecket till texten: sätt citattecken runt den",
        (line.before + quoted(line.rest),),
    )


def open_bracket(trouble: Trouble) -> Mend | None:
    """A bracket without its end, when what follows it is on another line."""
    if "expected ',' or" not in trouble.said or trouble.from_rad == trouble.rad:
        return None
    line = trouble.line(trouble.from_rad)
    missing: list[str] = []
    for c in line.text[line.start :]:
        if c in _PAIRS:
            missing.append(_PAIRS[c])
        elif missing and c == missing[-1]:
            missing.pop()
    if not missing:
        return None
    signs = "".join(reversed(missing))
    last = trouble.previous(trouble.rad) if line.text.rstrip().endswith(",") else line
    told = f"Parentesen som börjar här saknar sitt slut: {signs}"
    where = "Sätt ut det sist" if last.rad == line.rad else f"Sätt ut det sist på rad {last.rad}"
    return Mend(line.rad, trouble.from_kolumn, told, where, (last.text.rstrip().rstrip(",") + signs,), last.rad)


def in_bracket(trouble: Trouble) -> Mend | None:
    """Between [ ] or { } on one line: a comma that is missing, or a colon inside a text."""
    if "expected ',' or" not in trouble.said or trouble.from_rad != trouble.rad:
        return None
    text = trouble.line(trouble.rad).text
    start = trouble.kolumn - 1
    before, after = text[:start], text[start:]
    cut = max(before.rfind(c) for c in "[{,") + 1
    piece = before[cut:]
    word = re.search(r"(\s+)([a-z_]+)$", piece)
    left = piece[: word.start()] if word else ""
    is_field = word is not None and (word[2] in trouble.names or _SINGLE.fullmatch(left.partition(":")[2].strip()))
    if after.startswith(":") and word and is_field and ":" in left:
        at = cut + word.start()
        mended = f"{text[:at]}, {text[at:].lstrip()}"
        return Mend(trouble.rad, at + 1, "Ett komma saknas mellan två fält.", "Skriv ett komma", (mended,))
    if after[:1] in {"]", "}"}:
        right = "]" if "sequence" in trouble.said else "}"
        mended = f"{before}{right}{after[1:]}"
        return Mend(trouble.rad, trouble.kolumn, "Parentesen avslutas med fel tecken.", f"Skriv {right}", (mended,))
    name = re.match(r"\s*[\w]+:\s+", piece)
    at = cut + (name.end() if name else len(piece) - len(piece.lstrip()))
    end = min((n for n in (text.find(c, start) for c in ",]}") if n >= 0), default=len(text))
    told = text[at:end].rstrip()
    if not told or not (after.startswith(":") or told[0] in "\"'"):
        return None
    mended = text[:at] + quoted(told) + text[end:]
    why = (
        "Ett kolon följt av blanksteg kan inte stå i en text"
        if after.startswith(":")
        else "Texten fortsätter efter citattecknet"
    )
    return Mend(trouble.rad, trouble.kolumn, f"{why}.", "Sätt citattecken runt hela texten", (mended,))


def extra_bracket(trouble: Trouble) -> Mend | None:
    """A bracket that ends what never began."""
    text = trouble.line(trouble.rad).text
    if text[trouble.kolumn - 1 : trouble.kolumn] not in {"}", "]"}:
        return None
    mended = (text[: trouble.kolumn - 1] + text[trouble.kolumn :]).rstrip()
    return Mend(trouble.rad, trouble.kolumn, "Här står en parentes för mycket.", "Ta bort den", (mended,))


def odd_start(trouble: Trouble) -> Mend | None:
    """A text that begins with a character that means something else."""
    line = trouble.line(trouble.rad)
    text = line.rest.rstrip()
    if not text or text[0] not in _STARTS or trouble.kolumn <= len(line.before):
        return None
    if text[0] in _PAIRS and _PAIRS[text[0]] not in text:
        return None
    block = _BLOCK.fullmatch(text)
    if block:
        mended = (line.before + block[1], f"{' ' * line.start}  {block[2]}")
        told = f"Efter {block[1]} ska texten börja på raden under."
        return Mend(line.rad, len(line.before) + 1, told, "Flytta ned texten, indragen", mended)
    return Mend(
        line.rad,
        len(line.before) + 1,
        f"En text kan inte börja med {text[0]} utan citattecken.",
        "Sätt citattecken runt hela texten",
        (line.before + quoted(text),),
    )


def colon_in_text(trouble: Trouble) -> Mend | None:
    """A colon and a blank inside a text without quotation marks."""
    line = trouble.line(trouble.rad)
    if "mapping values" not in trouble.said or trouble.kolumn <= len(line.before):
        return None
    known = not line.streck or line.namn in trouble.names
    before = line.before if known else line.text[: line.start]
    mended = before + quoted(line.text[len(before) :].rstrip())
    return Mend(
        trouble.rad,
        trouble.kolumn,
        "Ett kolon följt av blanksteg kan inte stå i en text.",
        "Sätt citattecken runt hela texten",
        (mended,),
    )
