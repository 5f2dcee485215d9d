"""A short checksum of the data that a receiver's report stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uppfoljning.model.underlag import Underlag

if TYPE_CHECKING:
    from uppfoljning.facts.lage import Lage


def fingerprint(underlag: Underlag, lage: Lage, extra: str = "") -> str:
    """A short checksum of the data that the receiver's report stands on, independent of files and their order.

    ``extra`` is what only this kind of report stands on.
    """
    import hashlib

    from uppfoljning.facts.figures.extracts import is_known

    parts = [underlag.overenskommelse.model_dump_json(), *(h.model_dump_json() for h in underlag.huvudomraden)]
    parts += sorted(
        f"{p.kvartal} {p.aktor} {p.lamnad} {p.exempel} {p.svar.model_dump_json()} {p.individantal}"
        for p in underlag.svar
        if p.kvartal <= lage.kvartal
    )
    parts += [
        underlag.indikatorer.model_dump_json(),
        *sorted(t.text for t in underlag.tabeller if is_known(t, lage.kvartal)),
        extra,
        *sorted(
            f"{post.halvar} {case.forum} {case.sammantrade}"
            for post in underlag.halvar
            for case in post.uppgifter.arenden
            if case.sammantrade is not None and not post.slut
        ),
        *(post.uppgifter.model_dump_json() for post in underlag.kvartalsfiler if post.kvartal == lage.kvartal),
        *sorted(
            f"{b.insats} {b.aktor} {b.exempel} {b.beslut.model_dump_json()}"
            for b in underlag.beslut
            if b.beslut.datum <= lage.per
        ),
        *sorted(r.uppgifter.model_dump_json() for r in underlag.ovriga_beslut(lage.per)),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]
