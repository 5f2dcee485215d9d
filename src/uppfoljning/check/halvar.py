"""Rules about the files of the half-yearly reports."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.check.beslut import names_someone
from uppfoljning.check.names import check_known
from uppfoljning.model.period import Halvar
from uppfoljning.model.underlag import Halvarspost, Underlag
from uppfoljning.text.problem import Problem


def check_half_years(underlag: Underlag) -> Iterator[Problem]:
    """A half-year's file is about a half-year of the agreement, and dated after it."""
    avtal = underlag.overenskommelse
    known = {Halvar.of(kvartal.start) for kvartal in underlag.kvartal()}
    for post in underlag.halvar:
        found = post.uppgifter
        if found.halvar not in known:
            yield underlag.problem(
                post.fil,
                ("halvar",),
                "utanfor-perioden",
                f"{found.halvar} ligger utanför överenskommelsen ({avtal.giltig_fran.isoformat()}–"
                f"{avtal.giltig_till.isoformat()}).",
                "Rätta halvåret, eller ta bort filen.",
            )
        if found.datum is not None and found.datum <= found.halvar.slut:
            yield underlag.problem(
                post.fil,
                ("datum",),
                "datum",
                f"Rapporten är daterad {found.datum.isoformat()}, innan halvåret är slut.",
                "Kontrollera datumet.",
                "varning",
            )
        yield from _check_cases(underlag, post)


def _check_cases(underlag: Underlag, post: Halvarspost) -> Iterator[Problem]:
    forum = {f.id: f.namn for f in underlag.overenskommelse.forum}
    known = underlag.kanda.of("forum")
    seen: set[str] = set()
    for i, case in enumerate(post.uppgifter.arenden):
        yield from check_known(underlag, post.fil, ("arenden", i, "forum"), "forum", case.forum, known)
        if case.forum in seen:
            yield underlag.problem(
                post.fil,
                ("arenden", i, "forum"),
                "dubblett",
                f'"{case.forum}" har redan ett ärende ovanför.',
                "Lägg ihop dem till ett.",
            )
        seen.add(case.forum)
        if case.sammantrade is not None and case.sammantrade <= post.uppgifter.halvar.slut:
            yield underlag.problem(
                post.fil,
                ("arenden", i, "sammantrade"),
                "datum",
                f"Sammanträdet {case.sammantrade.isoformat()} hålls innan halvåret är slut.",
                "Kontrollera datumet.",
                "varning",
            )
        for j, text in enumerate(case.forslag):
            if case.forum in forum and not names_someone(text, list(forum.values())):
                yield underlag.problem(
                    post.fil,
                    ("arenden", i, "forslag", j),
                    "forslag-utan-beslutare",
                    "Förslaget säger inte vem som beslutar, och ska kunna läsas för sig.",
                    f"Börja meningen med ”{forum[case.forum]} …”.",
                    "varning",
                )


RULES = (check_half_years,)
