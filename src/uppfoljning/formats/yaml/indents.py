"""Slips in how a line begins: tabs, a missing blank, colon or hyphen, an indent that fits nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from uppfoljning.formats.yaml.lines import Line, Mend, Trouble
from uppfoljning.text.swedish import number_word

_GLUED_COLON = re.compile(r"(?P<fore>[ \t]*(?:-[ \t]+)*)(?P<namn>[a-zåäö_]+):(?P<varde>\S.*)", re.IGNORECASE)
_GLUED_DASH = re.compile(r"(?P<fore>[ \t]*)-(?P<efter>[^\W\d_][\w ]*:.*)")
_GLUED_WORD = re.compile(r"[ \t]*-[^\W\d_].*")
_OTHER_COLON = re.compile(r"(?P<fore>[ \t]*(?:-[ \t]+)*)(?P<namn>[a-zåäö_]+)\s*(?:[=;：]|\s)\s*(?P<varde>.*)")


def tab(trouble: Trouble) -> Mend | None:
    """A tab after a hyphen; those in indents are told of line by line."""
    text = trouble.line(trouble.rad).text
    if text[trouble.kolumn - 1 : trouble.kolumn] != "\t" and "a tab character" not in trouble.said:
        return None
    mended = re.sub(r"^(\s*-)\t+", r"\1 ", text).replace("\t", " ")
    return Mend(trouble.rad, trouble.kolumn, "Här står en tabb.", "Skriv blanksteg i stället", (mended,))


def ended(trouble: Trouble) -> Mend | None:
    """Three dots on a line of their own."""
    if "<document start>" not in trouble.said:
        return None
    line = next((one for one in trouble.above(trouble.rad + 1) if one.text.startswith("...")), None)
    if line is None:
        return None
    return Mend(line.rad, 1, "En rad med tre punkter avslutar filen för YAML.", "Ta bort raden.")


def glued(trouble: Trouble) -> Mend | None:
    """A blank that is missing after a colon or a hyphen, on the line itself or on the one before."""
    if not any(said in trouble.said for said in ("expected ':'", "not allowed", "'-' indicator", "expected key")):
        return None
    here = trouble.from_rad if "simple key" in trouble.said else trouble.rad
    texts = (one for one in trouble.above(here) if re.search(r":[>|][-+]?$", one.text.rstrip()))
    for line in (trouble.line(here), trouble.previous(here), *itertools.islice(texts, 1)):
        found = _GLUED_DASH.fullmatch(line.text)
        if found:
            return Mend(
                line.rad,
                len(found["fore"]) + 1,
                "Ett blanksteg saknas efter bindestrecket.",
                "Skriv en punkt i en lista med bindestreck och blanksteg",
                (f"{found['fore']}- {found['efter']}",),
            )
        if _GLUED_WORD.fullmatch(line.text) and any(
            one.streck and one.indrag == line.indrag for one in (trouble.previous(line.rad), trouble.line(line.rad + 1))
        ):
            mended = f"{' ' * line.indrag}- {line.text.lstrip().removeprefix('-')}"
            told = "Ett blanksteg saknas efter bindestrecket."
            return Mend(line.rad, line.indrag + 1, told, "Skriv en punkt med bindestreck och blanksteg", (mended,))
        found = _GLUED_COLON.fullmatch(line.text)
        if found and not line.namn and not found["varde"].startswith("//"):
            return Mend(
                line.rad,
                len(found["fore"]) + len(found["namn"]) + 1,
                "Ett blanksteg saknas efter kolonet.",
                "Skriv ett blanksteg mellan kolonet och värdet",
                (f"{found['fore']}{found['namn']}: {found['varde']}",),
            )
    return None


def no_colon(trouble: Trouble) -> Iterator[Mend]:
    """A line that is no field: its colon is missing, or it goes on with the text above and must be indented."""
    fields = "mapping values" in trouble.said  # the parser took the line before for a text that this one goes on with
    if not fields and "expected ':'" not in trouble.said:
        return
    line = trouble.previous(trouble.rad) if fields else trouble.line(trouble.from_rad)
    before = trouble.previous(line.rad)
    found = _OTHER_COLON.fullmatch(line.text)
    if found and not line.namn:
        colon = Mend(
            line.rad,
            len(found["fore"]) + len(found["namn"]) + 1,
            "Ett kolon saknas efter fältets namn.",
            "Skriv kolon och ett blanksteg efter namnet",
            (f"{found['fore']}{found['namn']}: {found['varde']}".rstrip(),),
        )
        known = found["namn"] in trouble.names or "_" in found["namn"] or found["varde"][:1] in {">", "|", "[", "{"}
        goes_on = " " in before.rest.strip() and before.rest.rstrip()[-1] not in ".?!"
        if known or fields or not goes_on:
            yield colon
    above = next((one for one in trouble.above(line.rad) if one.namn), None)
    if fields or above is None:
        return
    yield Mend(
        line.rad,
        line.indrag + 1,
        "Raden är inget fält: den har inget kolon.",
        "Hör den till texten ovanför: dra in den. Är den ett fält: skriv dess namn, kolon, blanksteg och värdet",
        (" " * (above.start + 2) + line.text.strip(),),
    )


def folded(trouble: Trouble) -> Iterator[Mend]:
    """A text below ``>-`` or ``|`` whose lines don't begin in one column."""
    line = trouble.line(trouble.rad)
    if line.streck or re.fullmatch("[a-z_]+", line.namn):
        return  # a point or a field, and no text
    texts = [line]
    for one in trouble.above(line.rad):
        if (one.namn or one.streck) and re.fullmatch(r"[>|][-+0-9]*", one.rest.strip()):
            break
        texts.append(one)
    else:
        return
    told = f"Texten under {one.rest.strip()} ska börja i samma kolumn på alla rader."
    for moved, start in ((texts[-1], line.indrag), (line, texts[-1].indrag), (line, one.start + 2)):
        if moved.indrag != start:
            yield Mend(moved.rad, moved.indrag + 1, told, _begin(start), (" " * start + moved.text.strip(),))


def no_hyphen(trouble: Trouble) -> Iterator[Mend]:
    """A point of a list without its hyphen: on this line, or on the first of the list."""
    line = trouble.line(trouble.rad)
    told = ("Ett bindestreck saknas.", "Börja punkten med bindestreck")
    if not line.streck and line.namn:
        for start in (line.start, line.start - 2):
            above = (one for one in trouble.above(line.rad) if one.streck and one.indrag == start)
            if any(one.namn == line.namn or one.rest.startswith("{") for one in above):
                yield Mend(line.rad, line.start + 1, *told, (f"{' ' * start}- {line.text.lstrip()}",))
    elif line.streck:
        opener = next((one for one in trouble.above(line.rad) if one.namn and one.start < line.indrag), None)
        child = trouble.line(opener.rad + 1) if opener is not None and not opener.rest.strip() else line
        if child.namn and child.rest.strip() and not child.streck and child.start >= line.indrag:
            yield Mend(child.rad, child.start + 1, *told, (f"{' ' * line.indrag}- {child.text.lstrip()}",))


def indent(trouble: Trouble) -> Iterator[Mend]:
    """A line, this or the one before, whose indent fits no block that is open: the nearest that does, first."""
    deeper = "mapping values" in trouble.said
    here, before = trouble.line(trouble.rad), trouble.previous(trouble.rad)
    if trouble.kolumn > len(here.before) + 1:
        return
    for line in (here, before):
        if not line.namn and not line.streck:
            continue
        prose = deeper and line is here and " " in before.rest.strip()
        rest = "Hör den till texten ovanför: sätt citattecken runt hela texten. Annars: b" if prose else "B"
        for start in _columns(trouble, line):
            yield Mend(
                line.rad,
                line.indrag + 1,
                "Raden har fel indrag: den står inte rakt under någon rad ovanför som den kan höra till.",
                f"{rest}{_begin(start)[1:]}",
                (" " * start + line.text.lstrip(),),
            )


def _columns(trouble: Trouble, line: Line) -> list[int]:
    """Where a line may begin, the likeliest first: a point so that its next field fits, then as near as may be."""
    found: set[int] = {0}
    limit = 10_000
    for one in trouble.above(line.rad):
        if one.namn and not one.rest.strip() and limit == 10_000:
            found.add(one.start + 2)  # a new list or block
        if line.streck and one.streck and one.indrag < limit:
            found.add(one.indrag)
        elif not line.streck and one.namn and one.start < limit:
            found.add(one.start)
        if one.namn or one.streck:
            limit = min(limit, one.indrag)
    after = trouble.line(line.rad + 1)
    fits = {after.start - line.start + line.indrag} if line.streck and after.namn and not after.streck else set()
    others = {one for one in found | fits if one >= 0} - {line.indrag}
    return sorted(others, key=lambda one: (one not in fits, abs(one - line.indrag), -one))[:5]


def _begin(start: int) -> str:
    return f"Börja raden med {number_word(start, neuter=True)} blanksteg" if start else "Börja raden utan blanksteg"
