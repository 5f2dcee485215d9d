"""An HTML page or a piece of one → a grid: headings and loose text as rows of one cell, tables as rows of cells.

Browsers' forgiveness is followed where pages need it (rows and cells without end tags); nothing is ever run or fetched.
A page whose tags are broken beyond that is refused, since the library's parser takes hours over such a page.
"""

from __future__ import annotations

import re

from uppfoljning.formats.grid import Rutnat
from uppfoljning.formats.html_parser import Reader
from uppfoljning.formats.html_table import TooLargeError
from uppfoljning.formats.refusals import PASTE, refuse, too_large
from uppfoljning.text.personal_data.find import mask
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import plural

_IS_HTML = re.compile(
    r"(?:^|>)[ \t]*<(?:!doctype\s+html|html|head|body|table|thead|tbody|tr|td)\b", re.IGNORECASE | re.MULTILINE
)
_DEAD = re.compile(
    r"<!--.*?(?:--!?>|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<[!?][^<>]*>?", re.IGNORECASE | re.DOTALL
)
_UNCLOSED = re.compile(r"<[A-Za-z/][^<>]*(?=<|\Z)")
_MAX_UNCLOSED = 50


def is_html(text: str) -> bool:
    """Whether a text is marked up as a page or a table, wherever in it that begins."""
    return _IS_HTML.search(text) is not None


def read_html(text: str, fil: str, noticed: tuple[str, ...] = ()) -> Rutnat | tuple[Problem, ...]:
    """The texts and tables of a page in reading order, with an empty row before and after each table."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    alive = _DEAD.sub(_blank, text)
    if sum(1 for _ in _UNCLOSED.finditer(alive)) > _MAX_UNCLOSED:
        return (refuse(fil, "trasig-html", "Sidans HTML är trasig: många taggar saknar sitt slut.", PASTE),)
    reader = Reader(fil)
    try:
        reader.feed(alive)
        reader.close()
        table = reader.finish()
    except TooLargeError:
        return (too_large(fil),)
    if reader.too_deep:
        return (refuse(fil, "djup-html", "Sidans HTML är nästlad orimligt djupt och läses inte.", PASTE),)
    return Rutnat(fil, table, [mask(line) for line in text.split("\n")], (*noticed, *_notices(reader)))


def _blank(found: re.Match[str]) -> str:
    """As many blanks, on as many lines, so that everything after keeps its place."""
    return re.sub(r"[^\n]", " ", found[0])


def _notices(reader: Reader) -> list[str]:
    said = []
    if reader.hidden_cells:
        said.append(f"{plural(reader.hidden_cells, 'dold cell', 'dolda celler')} på sidan lästes inte.")
    if reader.marks:
        shown = ", ".join(list(reader.marks)[:10])
        said.append(f"Upphöjda notmärken togs bort: {shown}{' med flera' if len(reader.marks) > 10 else ''}.")
    return said
