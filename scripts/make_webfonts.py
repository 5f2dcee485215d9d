"""Makes the WOFF2 files that the HTML report carries within itself, from the TTF files that the PDF is set with.

They have every character that src/uppfoljning/text/glyphs.py lists. Alternate forms, which the report never asks for,
and hinting are left out. The typeface's licence reserves its name for unchanged files, so these have a name of their
own. Run it after changing the fonts.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
NAME = "Uppfoljning Sans"
_COPYRIGHT, _FAMILY, _CUT, _ID, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL = (0, 1, 2, 3, 4, 5, 6, 13, 14)
_KEPT = (_COPYRIGHT, _FAMILY, _CUT, _ID, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL)
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409


def shared_characters(paths: list[Path]) -> set[int]:
    """The code points that every cut has."""
    return set.intersection(*(set(TTFont(path).getBestCmap()) for path in paths))


def web_font(path: Path, characters: set[int]) -> bytes:
    """The cut as WOFF2."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(
        hinting=False,
        layout_features=["ccmp", "locl", "mark", "mkmk", "kern", "liga"],
        name_IDs=list(_KEPT),
        notdef_outline=True,
        drop_tables=["DSIG", "gasp"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    names = font["name"]
    cut = path.stem.rpartition("-")[2]
    version = names.getDebugName(_VERSION)
    for name_id, text in {
        _FAMILY: NAME,
        _CUT: cut,
        _ID: f"{version};{NAME} {cut}",
        _FULL: f"{NAME} {cut}",
        _POSTSCRIPT: f"{NAME.replace(' ', '')}-{cut}",
    }.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, _WINDOWS, _UNICODE, _ENGLISH)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def main() -> None:
    """Write a WOFF2 file beside every TTF file."""
    paths = sorted(FONTS.glob("*.ttf"))
    characters = shared_characters(paths)
    for path in paths:
        path.with_suffix(".woff2").write_bytes(web_font(path, characters))


if __name__ == "__main__":
    main()
