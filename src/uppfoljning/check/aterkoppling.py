"""Rules about what the aktörer answer."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import get_args

from uppfoljning.check.names import advise_on_two_files, check_answers, check_known
from uppfoljning.model import Genomforande, Insats
from uppfoljning.model.codes import NEEDS_REASON, OVER
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag, active_span, find_ansvarig, is_active
from uppfoljning.text.candidates import Labels
from uppfoljning.text.mentions import any_of
from uppfoljning.text.problem import Problem
from uppfoljning.text.swedish import lista, plain_spaces
from uppfoljning.words.codes import GENOMFORANDE_IS, GENOMFORANDE_WAS, PLAN

_CONTENT = (
    "genomforande",
    "egen_bedomning",
    "plats",
    "avvikelse",
    "orsak",
    "nasta_steg",
    "planerat",
    "beslut_behovs",
    "overstyrning",
)


def at(underlag: Underlag, post: Svarspost, *steps: str | int) -> tuple[str, tuple[str | int, ...]]:
    """File and path of a field of an answer."""
    return post.kalla.fil, (*post.vag, *steps)


def whole_insatser(underlag: Underlag) -> dict[str, Insats]:
    """The insatser without a fault of their own, by id."""
    return {insats.id: insats for _, insats, _ in underlag.hela_insatser()}


def _who_is(insats: str, names: list[str], aktor: str) -> str:
    """Who may answer instead, and what to do when it is the plan that is wrong."""
    if not names:
        return f"{insats} har ingen ansvarig i insatser.yaml. Lägg till en där, eller ta bort svaret."
    who = f"Ansvarig är {names[0]}" if len(names) == 1 else f"Ansvariga är {lista(names)}"
    return f"{who}. Ska {aktor} svara: lägg till {aktor} under ansvariga för {insats} i insatser.yaml."


def _own_insatser(underlag: Underlag, post: Svarspost) -> Labels:
    """The insatser that an answer of this aktör may be about, that quarter."""
    others = {
        insats.id
        for _, insats, _ in underlag.insatser()
        if not (find_ansvarig(insats, post.aktor) and is_active(underlag.overenskommelse, insats, post.kvartal))
    }
    return {
        one: names for one, names in underlag.kanda_insatser.items() if one not in others
    } or underlag.kanda_insatser


def check_who_and_when(underlag: Underlag) -> Iterator[Problem]:
    """An answer is about a known insats, by an aktör responsible for it, for a quarter in which it is due."""
    insatser, quarters = whole_insatser(underlag), set(underlag.kvartal())
    told: set[tuple[str, str]] = set()
    for post in underlag.svar:
        fil = post.kalla.fil
        if (fil, "aktor") not in told:
            told.add((fil, "aktor"))
            yield from check_answers(underlag, fil, ("aktor",), post.aktor)
        if post.kvartal not in quarters and (fil, "kvartal") not in told:
            told.add((fil, "kvartal"))
            avtal = underlag.overenskommelse
            yield underlag.problem(
                fil,
                ("kvartal",),
                "utanfor-perioden",
                f"{post.kvartal} ligger utanför överenskommelsen ({avtal.giltig_fran.isoformat()}–"
                f"{avtal.giltig_till.isoformat()}).",
                "Rätta kvartalet, eller ta bort filen.",
            )
        insats = insatser.get(post.svar.insats)
        if insats is None:
            if post.svar.insats not in underlag.kanda_insatser:
                known = _own_insatser(underlag, post)
                yield from check_known(underlag, *at(underlag, post, "insats"), "insats", post.svar.insats, known)
            continue
        if post.aktor in underlag.kanda_svarande and not _answers_for(underlag, insats, post):
            names = [ansvarig.aktor for ansvarig in insats.ansvariga]
            yield underlag.problem(
                *at(underlag, post, "insats"),
                "inte-ansvarig",
                f'"{post.aktor}" är inte ansvarig för {insats.id}.',
                _who_is(insats.id, names, post.aktor),
            )
        if post.kvartal in quarters and not is_active(underlag.overenskommelse, insats, post.kvartal):
            first, last = active_span(underlag.overenskommelse, insats)
            if last < post.kvartal.start:
                why = f"{insats.id} avslutades {last.isoformat()}, före {post.kvartal}."
            else:
                why = f"{insats.id} börjar först {first.isoformat()}, efter {post.kvartal}."
            yield underlag.problem(
                *at(underlag, post, "insats"),
                "inte-aktuell",
                why,
                "Ta bort svaret, eller rätta insatsens period eller historik.",
            )


def _answers_for(underlag: Underlag, insats: Insats, post: Svarspost) -> bool:
    """Whether an aktör is responsible for an insats, or was until a revision after the quarter that names it."""
    if find_ansvarig(insats, post.aktor) is not None:
        return True
    named = re.compile(any_of((post.aktor, *underlag.kanda_svarande.get(post.aktor, ()))))
    return any(
        change.datum > post.target[2].start and named.search(plain_spaces(change.andring or "").casefold())
        for change in insats.historik
        if change.handelse == "reviderad"
    )


def check_doubled(underlag: Underlag) -> Iterator[Problem]:
    """One answer per insats, aktör and quarter; a correction has something to correct, and comes after it."""
    originals: dict[tuple[str, str, Kvartal], list[Svarspost]] = defaultdict(list)
    corrections: dict[tuple[object, ...], list[Svarspost]] = defaultdict(list)
    for post in sorted(underlag.svar, key=lambda p: (p.lamnad, p.kalla)):
        if post.svar.rattar is None:
            originals[post.target].append(post)
        else:
            corrections[(*post.target, post.kvartal, post.lamnad)].append(post)
    for posts in originals.values():
        for extra in posts[1:]:
            yield underlag.problem(
                *at(underlag, extra, "insats"),
                "dubbelt-svar",
                f"{underlag.kallas(extra.aktor)} har redan svarat på {extra.svar.insats} för {extra.kvartal}: "
                f"{posts[0].kalla}.",
                advise_on_two_files(
                    extra.kalla.fil,
                    posts[0].kalla.fil,
                    "Ta bort det ena. Är det här en rättelse av det förra: lägg till rattar med kvartal och skal.",
                ),
            )
    for posts in corrections.values():
        for extra in posts[1:]:
            yield underlag.problem(
                *at(underlag, extra, "rattar"),
                "dubbel-rattelse",
                f"Samma svar rättas två gånger samma dag; den andra rättelsen står i {posts[0].kalla}.",
                "Ta bort den ena, eller ge den senare en egen dag med lamnad.",
                key=True,
            )
        post = posts[0]
        rattar = post.svar.rattar
        if rattar is None:
            continue
        if rattar.kvartal > post.kvartal:
            yield underlag.problem(
                *at(underlag, post, "rattar", "kvartal"),
                "rattar-framat",
                f"Rättelsen lämnas för {post.kvartal} men rättar {rattar.kvartal}, som kommer senare.",
                "Rätta kvartalet.",
            )
        first = originals.get(post.target)
        if first is None:
            if underlag.hel:
                yield underlag.problem(
                    *at(underlag, post, "rattar", "kvartal"),
                    "inget-att-ratta",
                    f"{underlag.kallas(post.aktor)} har inget svar på {post.svar.insats} för {rattar.kvartal} att "
                    "rätta.",
                    "Rätta kvartalet, eller ta bort rattar om det är ett nytt svar.",
                )
        elif post.lamnad < first[0].lamnad:
            yield underlag.problem(
                *at(underlag, post, "rattar"),
                "rattar-fore",
                f"Rättelsen är daterad {post.lamnad.isoformat()}, före svaret den rättar "
                f"({first[0].lamnad.isoformat()}).",
                "Rätta dagen med lamnad.",
                key=True,
            )


def check_content(underlag: Underlag) -> Iterator[Problem]:
    """An answer says how it goes, and gives reasons where the reader will ask for them."""
    for post in underlag.svar:
        svar = post.svar
        if post.skadad:
            continue
        if svar.oforandrat and svar.inget_att_rapportera:
            yield underlag.problem(
                *at(underlag, post, "oforandrat"),
                "motsagelse",
                "Svaret är både oförändrat och inget att rapportera.",
                "Behåll det ena.",
                key=True,
            )
        if svar.oforandrat or svar.inget_att_rapportera:
            yield from _check_short(underlag, post)
        elif svar.genomforande is None:
            yield underlag.problem(
                *at(underlag, post, "insats"),
                "genomforande-saknas",
                f"Svaret på {svar.insats} säger inte hur långt arbetet har kommit.",
                f"Lägg till genomforande ({lista(get_args(Genomforande), 'eller')}), oforandrat: true eller "
                "inget_att_rapportera: true.",
            )
        if svar.genomforande in NEEDS_REASON and svar.orsak is None:
            yield underlag.problem(
                *at(underlag, post, "genomforande"),
                "orsak-saknas",
                f"{svar.insats} {GENOMFORANDE_IS[svar.genomforande]}, men ingen orsak anges.",
                "Lägg till orsak.",
            )
        if svar.overstyrning is not None and svar.overstyrning.skal is None:
            yield underlag.problem(
                *at(underlag, post, "overstyrning"),
                "skal-saknas",
                "Bedömningen av planen överstyrs utan skäl.",
                "Lägg till skal under overstyrning.",
                key=True,
            )
        if svar.egen_bedomning in {"risk_for_forsening", "forsenad"} and not (svar.avvikelse or svar.orsak):
            yield underlag.problem(
                *at(underlag, post, "egen_bedomning"),
                "orsak-saknas",
                f"Aktören anger ”{PLAN[svar.egen_bedomning].lower()}” för {underlag.visat(svar.insats)} utan att säga "
                "varför.",
                "Lägg till avvikelse eller orsak.",
                "varning",
            )


def _check_short(underlag: Underlag, post: Svarspost) -> Iterator[Problem]:
    svar = post.svar
    field = "oforandrat" if svar.oforandrat else "inget_att_rapportera"
    said = [name for name in _CONTENT if getattr(svar, name)]
    if svar.utfall.handelser or svar.utfall.klara_moment:
        said.append("utfall")
    if said:
        yield underlag.problem(
            *at(underlag, post, said[0]),
            "motsagelse",
            f"Svaret på {svar.insats} har {field}: true men har ändå innehåll i {lista(said)}.",
            f"Ta bort {field}, eller flytta texten till kommentar.",
            key=True,
        )
    if svar.oforandrat and underlag.hel and not _has_earlier(underlag, post):
        yield underlag.problem(
            *at(underlag, post, "oforandrat"),
            "oforandrat",
            f"{underlag.kallas(post.aktor)} har inget tidigare svar på {svar.insats} som kan vara oförändrat.",
            "Skriv ett svar, eller inget_att_rapportera: true.",
            key=True,
        )


def _has_earlier(underlag: Underlag, post: Svarspost) -> bool:
    return any(
        other.svar.insats == post.svar.insats
        and other.aktor == post.aktor
        and other.target[2] < post.target[2]
        and other.svar.genomforande is not None
        for other in underlag.svar
    )


def check_regress(underlag: Underlag) -> Iterator[Problem]:
    """What has been reported as done is not under way again without a word of why."""
    by_aktor: dict[tuple[str, str], list[Svarspost]] = defaultdict(list)
    for post in underlag.svar:
        if post.svar.genomforande is not None and post.svar.rattar is None:
            by_aktor[(post.svar.insats, post.aktor)].append(post)
    for posts in by_aktor.values():
        posts.sort(key=lambda p: p.kvartal)
        for earlier, later in itertools.pairwise(posts):
            was, now = earlier.svar.genomforande, later.svar.genomforande
            if was is not None and now is not None and was in OVER and now != was and not later.svar.avvikelse:
                yield underlag.problem(
                    *at(underlag, later, "genomforande"),
                    "gar-bakat",
                    f"{underlag.visat(later.svar.insats)} {GENOMFORANDE_WAS[was]} för {earlier.kvartal} men "
                    f"{GENOMFORANDE_IS[now]} enligt svaret för {later.kvartal}.",
                    "Skriv varför i avvikelse, eller rätta det tidigare svaret.",
                    "varning",
                )


def check_muntligt(underlag: Underlag) -> Iterator[Problem]:
    """An answer given by word of mouth was given during or after its quarter, and before it was handed in."""
    for post in underlag.svar:
        said = post.svar.muntligt
        if said is None or post.skadad:
            continue
        if said.datum > post.lamnad:
            yield underlag.problem(
                *at(underlag, post, "muntligt", "datum"),
                "muntligt",
                f"Svaret gavs muntligt {said.datum.isoformat()}, efter dagen då det lämnades "
                f"({post.lamnad.isoformat()}).",
                "Rätta dagen, eller lägg till lamnad i svaret.",
            )
        elif said.datum < post.kvartal.start <= post.lamnad:
            yield underlag.problem(
                *at(underlag, post, "muntligt", "datum"),
                "muntligt",
                f"Svaret gavs muntligt {said.datum.isoformat()}, innan {post.kvartal} börjar.",
                "Rätta dagen.",
            )


def check_exempel(underlag: Underlag) -> Iterator[Problem]:
    """Invented answers and real ones are not mixed in one project."""
    invented = sorted({post.kalla.fil for post in underlag.svar if post.exempel})
    real = sorted({post.kalla.fil for post in underlag.svar if not (post.exempel or post.skadad)})
    if invented and real:
        yield underlag.problem(
            invented[0],
            ("exempel",),
            "blandat-exempel",
            f"Exempelsvar ligger bredvid verkliga svar (till exempel {real[0]}).",
            "Ta bort exempelfilerna innan verkliga svar läggs in. Rapporten märks som exempel så länge de är kvar.",
            "varning",
            key=True,
        )


RULES = (
    check_who_and_when,
    check_doubled,
    check_content,
    check_regress,
    check_muntligt,
    check_exempel,
)
