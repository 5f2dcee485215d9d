"""Writes src/uppfoljning/text/glyphs.py: the characters that the report's typeface has. Run it after changing fonts."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "uppfoljning" / "text" / "glyphs.py"
FONTS = ROOT / "templates" / "fonts"


def ranges() -> list[tuple[int, int]]:
    """Spans of code points that every cut of the typeface has, and line breaks and soft hyphens."""
    common = set.intersection(*(set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))))
    points = sorted(common | {0x09, 0x0A, 0x0D, 0xAD})
    spans: list[tuple[int, int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1] = (spans[-1][0], point)
        else:
            spans.append((point, point))
    return spans


def source() -> str:
    """The module's text."""
    lines, line = [], '    "'
    for first, last in ranges():
        piece = rf"\U{first:08x}" + ("" if first == last else rf"-\U{last:08x}")
        if len(line) + len(piece) > 116:
            lines.append(line + '"')
            line = '    "'
        line += piece
    lines.append(line + '"')
    body = "\n".join(lines)
    return (
        '"""The characters that the report\'s typeface has. Made by scripts/make_glyphs.py; do not edit."""\n\n'
        "from __future__ import annotations\n\nimport re\n\n"
        f"_PRESENT = (\n{body}\n)\n\n"
        'MISSING = re.compile(f"[^{_PRESENT}]")\n'
        '"""Matches a character that the typeface lacks."""\n\n\n'
        "def spell_out(text: str) -> str:\n"
        '    """``text`` with every character that the typeface lacks written as its code point, ``[U+4E2D]``."""\n'
        '    return MISSING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)\n'
    )


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
