"""What only the final report has: the basis for samråd on an extension, what was learnt, and five questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from uppfoljning.facts.figures.judge import Sifferlage
from uppfoljning.facts.lage import Lage
from uppfoljning.facts.plan import Bedomd
from uppfoljning.model import Halvarsfil
from uppfoljning.model.codes import STOPPED
from uppfoljning.model.period import days_between
from uppfoljning.model.underlag import Underlag
from uppfoljning.report.halvar.boxes import is_done
from uppfoljning.report.sections.ataganden import parties_view
from uppfoljning.report.sections.five_questions import KALLA, five_questions
from uppfoljning.report.views.base import Faktavy, Statusvy
from uppfoljning.report.views.halvar import Slutvy
from uppfoljning.report.views.kvartal import Radvy
from uppfoljning.text.swedish import datum, lista, number_word, plural, sentence
from uppfoljning.words.common import clean, is_part, name_of

LAW_FROM = date(2023, 7, 1)
"""Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete enters into force."""


def final_view(
    underlag: Underlag, lagen: Sequence[Lage], bedomda: Sequence[Bedomd], siffror: Sifferlage, uppgifter: Halvarsfil
) -> Slutvy:
    """The parts of the final report, over all quarters up to the last of ``lagen``."""
    lage = lagen[-1]
    return Slutvy(
        samrad=tuple(_samrad(underlag, lage, bedomda)),
        lardomar=tuple(_learnt(underlag, bedomda, uppgifter)),
        parter=parties_view(underlag, lage, bedomda),
        fragor=five_questions(underlag, lage, [b for b in bedomda if b.lage.aktuell], siffror, named=True),
        fragor_kalla=KALLA,
    )


def learnt_rows(slut: Slutvy) -> tuple[str, list[Radvy]]:
    """What has been learnt, as rows; a sentence where nothing is written down."""
    if not slut.lardomar:
        return "Inga lärdomar är nedskrivna, varken i svaren eller i uppgifterna till rapporten.", []
    return "", [Radvy("", "", "", Statusvy("", ""), text) for text in slut.lardomar]


def _learnt(underlag: Underlag, bedomda: Sequence[Bedomd], uppgifter: Halvarsfil) -> Iterator[str]:
    """What the file says has been learnt, then what each aktör has said in its answers, as last said."""
    yield from (clean(sentence(text)) for text in uppgifter.lardomar)
    for b in bedomda:
        for a in b.lage.aktorer:
            text = a.innehall.post.svar.lardom if a.innehall is not None else None
            if text:
                yield clean(f"{b.visat_id} {b.lage.insats.rubrik}, {name_of(a)}: {sentence(text)}")


def _samrad(underlag: Underlag, lage: Lage, bedomda: Sequence[Bedomd]) -> Iterator[Faktavy]:
    """By when and on what terms the agreement can be extended, what would go on, and the law that has come since."""
    avtal = underlag.overenskommelse
    yield Faktavy("Överenskommelsen gäller till", f"{datum(avtal.giltig_till)}.")
    if avtal.forlangning is not None:
        last = avtal.forlangning.samrad_senast
        left = days_between(lage.per, last)
        when = f"{plural(left, 'dag', 'dagar')} återstår" if left > 0 else "dagen har passerat"
        yield Faktavy("Samråd senast", f"{datum(last)}; {when if left else 'dagen är inne'}.")
        years = number_word(avtal.forlangning.ar, neuter=True)
        yield Faktavy(
            "Villkor", clean(f"{sentence(avtal.forlangning.villkor)} Förlängningen gäller {years} år i taget.")
        )
    else:
        yield Faktavy("Förlängning", "Överenskommelsen säger inget om förlängning.")
    yield Faktavy("Insatserna", _going_on(underlag, bedomda))
    if avtal.giltig_till >= LAW_FROM or lage.per >= LAW_FROM:
        yield Faktavy(
            "Lagen",
            "Från den 1 juli 2023 gäller lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete; en "
            "förlängning ska stämma med den.",
        )


def _going_on(underlag: Underlag, bedomda: Sequence[Bedomd]) -> str:
    """Which insatser are done, how many remain, and which nobody answers for."""
    current = [b for b in bedomda if b.lage.aktuell]
    done = [b for b in current if is_done(b)]
    nobody = [b.visat_id for b in current if not b.lage.aktorer]
    if not current:
        return "Ingen insats är aktuell."
    if len(current) == 1:
        text = "Insatsen är genomförd" if done else "Insatsen är inte genomförd"
    elif not done:
        text = f"Ingen av {len(current)} insatser är genomförd"
    elif len(done) == len(current):
        text = "Alla insatser är genomförda"
    else:
        are = "är genomförd" if len(done) == 1 else "är genomförda"
        rest = len(current) - len(done) - sum({a.genomforande for a in b.lage.aktorer} <= STOPPED for b in current)
        text = f"{lista([b.visat_id for b in done])} {are}; {number_word(rest)} av {len(current)} insatser återstår"
    if nobody:
        text += f"; ingen ansvarig är utsedd för {lista(nobody)}"
    unnamed = sum(is_part(underlag, a.aktor) for b in current for a in b.lage.aktorer)
    if unnamed:
        who = "ett åtagande" if unnamed == 1 else f"{number_word(unnamed, neuter=True)} åtaganden"
        text += f"; för {who} är bara parten ansvarig och ingen aktör utsedd"
    return f"{text}."
