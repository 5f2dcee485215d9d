"""Mends the structure tree where veraPDF doesn't look: text in page margins becomes an artifact.

WeasyPrint marks margin text (the page number, the footer) as content of structure elements that no tree holds. A screen
reader would meet it as untagged content on every page; PDF/UA (ISO 14289-1, 7.1) wants it marked as artifact.
"""

from __future__ import annotations

from typing import Any


def margin_text_to_artifacts(document: Any, pdf: Any) -> None:
    """A finisher for ``write_pdf``: every marked content whose element is not in the tree becomes an artifact."""
    import pydyf

    objects = {o.reference: o for o in pdf.objects if isinstance(o, pydyf.Object) and o.number is not None}
    root = objects[pdf.catalog["StructTreeRoot"]]
    reachable = _reachable(objects, root["K"])
    numbers = objects[root["ParentTree"]]["Nums"]
    mapping = dict(zip(numbers[::2], numbers[1::2], strict=True))
    streams = [objects[o["Contents"]] for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Page"]
    for index, stream in enumerate(streams):
        owners = mapping[index]
        orphans = {mcid for mcid, owner in enumerate(owners) if owner not in reachable}
        for mcid in orphans:
            owners[mcid] = "null"
        _unmark(stream.stream, orphans, pydyf)


def _reachable(objects: dict[bytes, Any], kids: Any) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(kids)
    while waiting:
        reference = waiting.pop()
        element = objects.get(reference) if isinstance(reference, bytes) else None
        if element is None or reference in found or not isinstance(element, dict):
            continue
        found.add(reference)
        kids = element.get("K", [])
        waiting.extend(kids if isinstance(kids, list) else [kids])
    return found


def _unmark(operators: list[Any], orphans: set[int], pydyf: Any) -> None:
    """Turn ``/Span <</MCID n>> BDC`` into ``/Artifact <</Type /Pagination>> BDC`` for the orphans."""
    for position, operator in enumerate(operators):
        if isinstance(operator, dict) and operator.get("MCID") in orphans and operators[position + 1] == b"BDC":
            operators[position - 1] = "/Artifact"
            operators[position] = pydyf.Dictionary({"Type": "/Pagination"})
