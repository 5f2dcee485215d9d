"""Rules about ``beslut.yaml``: each entry says what it is about, and that was asked."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.check.beslut import Asked, asked_in, check_question
from uppfoljning.check.names import check_each, check_known
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Beslutsrad, Underlag
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import lista


def check_recorded(underlag: Underlag) -> Iterator[Problem]:
    """An outcome in ``beslut.yaml`` says what it is about: insatser and whose question, or a question of its own."""
    asked, concerned = asked_in(underlag), _concerned(underlag)
    for rad in underlag.beslutsrader:
        wrong = [*_check_about(underlag, rad), *_check_names(underlag, asked, rad)]
        yield from wrong
        for post in () if wrong else rad.posts():
            home = concerned.get((post.insats, post.aktor, post.beslut.kvartal))
            if home is None or post.beslut.kvartal in asked.get((post.insats, post.aktor), {}):
                yield from check_question(underlag, asked, post)
            elif home not in rad.insatser:
                yield underlag.problem(
                    post.kalla.fil,
                    (*post.vag, "kvartal"),
                    "beslut-utan-fraga",
                    f"Frågan gäller också {post.insats}, men den står i svaret på {home}.",
                    f"Skriv insats: {home}.",
                )


def _concerned(underlag: Underlag) -> dict[tuple[str, str, Kvartal], str]:
    """By insats, aktör and quarter: the insats whose answer asks for a decision that concerns this one too."""
    return {
        (insats, post.target[1], post.target[2]): post.svar.insats
        for post in underlag.svar
        if post.svar.beslut_behovs is not None
        for insats in post.svar.beslut_behovs.insatser
    }


def _check_about(underlag: Underlag, rad: Beslutsrad) -> Iterator[Problem]:
    """An entry is about insatser and whose question it was, or about a question that stands in no answer."""
    found, fil = rad.uppgifter, rad.kalla.fil
    if found.insats is not None and found.insatser:
        yield underlag.problem(
            fil,
            (*rad.vag, "insats"),
            "motsagelse",
            "Här står både insats och insatser.",
            "Behåll insatser, med alla som beslutet gäller.",
            key=True,
        )
    if not rad.insatser and found.fraga is None:
        yield underlag.problem(
            fil,
            rad.vag,
            "falt-saknas",
            "Beslutet säger varken vilken insats eller vilken fråga det gäller.",
            "Lägg till insats och aktor om frågan står i ett svar, annars fraga.",
        )
    if rad.insatser and found.fraga is not None:
        yield underlag.problem(
            fil,
            (*rad.vag, "fraga"),
            "motsagelse",
            f"Beslutet gäller {lista(rad.insatser)}, och då står frågan i svaret.",
            "Ta bort fraga här.",
            key=True,
        )
    if rad.insatser and found.aktor is None:
        yield underlag.problem(
            fil,
            rad.vag,
            "falt-saknas",
            f"Beslutet gäller {lista(rad.insatser)} men säger inte vems fråga det avgör.",
            "Lägg till aktor: den vars svar frågan står i.",
        )


def _check_names(underlag: Underlag, asked: Asked, rad: Beslutsrad) -> Iterator[Problem]:
    """What is unknown is answered with those whose question it may be, where there is any."""
    found, fil = rad.uppgifter, rad.kalla.fil
    insatser, svarande = underlag.kanda_insatser, underlag.kanda_svarande
    if found.insats is not None and found.insats not in insatser:
        mine = {one: insatser[one] for one, aktor in asked if one in insatser and aktor == found.aktor}
        yield from check_known(underlag, fil, (*rad.vag, "insats"), "insats", found.insats, mine or insatser)
    yield from check_each(underlag, fil, (*rad.vag, "insatser"), found.insatser)
    if found.aktor is not None and found.aktor not in svarande:
        those = {aktor: svarande[aktor] for one, aktor in asked if aktor in svarande and one in rad.insatser}
        yield from check_known(underlag, fil, (*rad.vag, "aktor"), "aktor", found.aktor, those or svarande)
    if not rad.insatser and found.kvartal not in underlag.kvartal():
        avtal = underlag.overenskommelse
        yield underlag.problem(
            fil,
            (*rad.vag, "kvartal"),
            "utanfor-perioden",
            f"{found.kvartal} ligger utanför överenskommelsen ({avtal.giltig_fran.isoformat()}–"
            f"{avtal.giltig_till.isoformat()}).",
            "Rätta kvartalet.",
        )


RULES = (check_recorded,)
