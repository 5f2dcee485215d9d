"""A real Chromium, driven by Playwright, and axe-core inside it. For the heavy tests of the HTML report."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PHONE, SMALL_PHONE, DESK = (390, 844), (320, 640), (1280, 900)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")

SHAPES_AWAY = ".status { background-image: none !important; }"
"""axe can't tell the contrast of words beside a drawn shape. Without the shapes it can: the words stand beside them."""

TABLES_UNROLLED = """.rullbar { overflow: visible !important; }
.rullbar table { min-width: 0 !important; }
.rullbar :is(table, thead, tbody, tr, th, td) { display: block !important; position: static !important; }"""
"""Nor can it tell the contrast of cells that have been scrolled out of sight; laid below each other, all are seen."""


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless, asking nothing of the network on its own."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "Chromium saknas: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET])
        yield browser
        browser.close()


def open_page(browser: Any, page: Path, size: tuple[int, int] = DESK) -> Any:
    """The file in a window of its own, of the given size."""
    opened = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    opened.goto(page.as_uri())
    return opened


def axe_source() -> str:
    """axe-core, as it comes with axe-playwright-python."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None and spec.submodule_search_locations, "Kör scripts/forbered: axe-playwright-python saknas."
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Any) -> dict[str, Any]:
    """Everything that axe-core has to say about the page: all its rules, best practice too."""
    page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate("() => axe.run(document)")
    return found


def faults(found: dict[str, Any], kind: str) -> list[tuple[str, str]]:
    """(rule, element) of every violation, or of everything that axe couldn't decide."""
    return [(rule["id"], str(node["target"][0])) for rule in found[kind] for node in rule["nodes"]]
