"""The words for one change between two quarters: what it is about, how it was and how it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.facts.compare.avtryck import planned_days, question_outcome
from uppfoljning.facts.compare.differences import is_turned
from uppfoljning.facts.compare.keys import DOLD, UNDATED, Andring, Avtrycksslag, Insatsnamn, Nyckel, Varde
from uppfoljning.model.codes import LATE
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Underlag
from uppfoljning.text.glyphs import spell_out
from uppfoljning.text.swedish import antal, as_label, capitalized, datum, lista, lower_first, plural, sentence, shorten
from uppfoljning.words.beslut import OTHER_DECISION
from uppfoljning.words.codes import (
    SVAR,
    historik_news,
    moment_word,
    oenighet_about,
    per_period,
    promise_label,
    promise_word,
    stated_word,
    utfall_word,
    utslag_word,
)
from uppfoljning.words.common import clean, kvartal_text, short_title

NOTHING = "–"
_SVAR: Mapping[str, str] = {"lamnat": SVAR["lamnad"], **{str(code): word for code, word in SVAR.items()}}
_STATES = {"beslut", "moment", "antal", "siffra", "utslag", "planerat", "tabell"}
_FURTHER_IN = "Ändrat längre in i texten"
_MAX_CELL = 160
_MAX_WHAT = 110


class Vardetext(NamedTuple):
    """A value before or after, as shown: ``kod`` where it has a shape, and ``kort`` what it is called in a sentence."""

    kod: str
    ord: str
    kort: str


_NONE = Vardetext("", NOTHING, NOTHING)


class Andringstext(NamedTuple):
    """A change in words: what it is about (``insats`` is the id, empty for figures), how it was and how it is.

    ``mening`` says the same as a sentence.
    """

    andring: Andring
    insats: str
    visat_id: str
    rubrik: str
    vad: str
    fran: Vardetext
    till: Vardetext
    mening: str


class Andringsord:
    """The words for a change. ``names`` holds what the insatser are called, ``called`` what aktörer have been."""

    def __init__(self, underlag: Underlag, names: Mapping[str, Insatsnamn], called: Mapping[str, str] = {}) -> None:
        self.underlag = underlag
        self.names = names
        self.called = {**called, **underlag.namn}

    def aktor(self, aktor: str) -> str:
        """An aktör's name, also one that is there no longer."""
        return spell_out(self.called.get(aktor, aktor))

    def text(self, andring: Andring, *, first: bool = False) -> Iterator[Andringstext]:
        """The change in words, where it is told by itself; ``first``: there was no quarter before."""
        nyckel = andring.nyckel
        if not is_told(andring):
            return
        vad, (fran, till) = self._what(andring), values(andring)
        if first:
            fran = _NONE
        said = f"{as_label(vad)} {till.ord}"
        text = said if fran.ord == NOTHING else f"{said.rstrip('.')}, förut {fran.kort}"
        name = self.names.get(nyckel.insats)
        yield Andringstext(
            andring,
            nyckel.insats if name else "",
            name.visat_id if name else "",
            short_title(name.rubrik if name else self._matter(nyckel)),
            shorten(clean(vad), _MAX_WHAT),
            fran,
            till,
            clean(sentence(text)),
        )

    def _matter(self, nyckel: Nyckel) -> str:
        """What a change that is about no insats is about: a decision, or a source of figures."""
        return OTHER_DECISION if nyckel.slag == "beslut" else self.underlag.kallnamn(nyckel.kalla)

    def together(self, texter: Sequence[Andringstext]) -> Andringstext:
        """Changes of one aktör's answers alike as one, with the insatser named in it."""
        first, number = texter[0], plural(len(texter), "insats", "insatser")
        vad = f"Svaret, {self.aktor(first.andring.nyckel.aktor)}"
        ids = lista([text.visat_id for text in texter])
        mening = f"{vad}: {first.till.ord}, förut {first.fran.kort}."
        return first._replace(insats="", visat_id="", rubrik=f"{number}: {ids}", vad=vad, mening=mening)

    def _what(self, andring: Andring) -> str:
        """What has changed, without its insats."""
        nyckel = andring.nyckel
        either = andring.till or andring.fran or Varde("")
        aktor = self.aktor(nyckel.aktor) if nyckel.aktor else ""
        kvartal = Kvartal.parse(nyckel.kvartal)
        match nyckel.slag:
            case "plan" | "malet" | "insats":
                return "Insatsen" if nyckel.slag == "insats" else "Planen"
            case "lofte":
                return _promised(nyckel, either, aktor)
            case "moment":
                return either.ord
            case "historik":
                return historik_news(nyckel.vad)
            case "lydelse":
                return f"Åtagandet, {aktor}" if aktor else "Insatsens text"
            case "planerat":
                return f"Planerat av {aktor}: {either.ord}"
            case "antal":
                return f"{capitalized(either.ord)}, räknade hittills"
            case "oenighet":
                about = " ".join(filter(None, (f"Svaren om {oenighet_about(nyckel.vad)}", either.ord)))
                return f"{about}, {kvartal_text(kvartal)}" if kvartal else about
            case "rattelse":
                return f"Rättat svar, {aktor}, {kvartal_text(kvartal) if kvartal else ''}"
            case "tabell":
                return f"Siffror för {nyckel.period} {nyckel.ar}".replace("  ", " ")
            case "siffra":
                return " ".join(filter(None, (either.namn, nyckel.period, str(nyckel.ar))))
            case "utslag":
                return either.namn
            case "beslut":
                return f"Fråga från {aktor}: {either.ord}" if aktor else either.ord
            case "genomforande":
                return f"Genomförandet, {aktor}"
            case "egen_bedomning":
                return f"Egen bedömning, {aktor}"
        return f"Svaret, {aktor}"


def _promised(nyckel: Nyckel, either: Varde, aktor: str) -> str:
    """What a promise is about: 'Målsättningen', 'Momentet Planen skriven', 'Ansvarig, Polisen'."""
    label = promise_label(nyckel.vad)
    match nyckel.vad:
        case "moment" | "plats":
            return f"{label} {either.ord}"
        case "ansvarig" | "raknas_av":
            return f"{label}, {aktor}"
        case "frekvens_ar":
            return f"{label} {nyckel.ar}"
    return label


def _promise(nyckel: Nyckel, varde: Varde) -> str:
    """A promise as it was or is: '6 trygghetsvandringar', '3 möten per år', 'senast 31 december 2023'."""
    kod = varde.kod
    match nyckel.vad:
        case "mal_antal" | "frekvens_ar":
            return f"{antal(int(kod))} {varde.ord}"
        case "frekvens_antal":
            number, _, per = kod.partition(" ")
            return f"{antal(int(number))} {varde.ord} per {per_period(per)}"
        case "moment":
            return "utan datum" if kod == UNDATED else f"senast {kod}"
        case "ansvarig" | "raknas_av" | "plats":
            return "ja"
    return promise_word(nyckel.vad, kod) or kod


_WITH_ITS_NUMBER = {"mal_enhet", "mal_minst", "frekvens_enhet", "frekvens_minst", "moment_rubrik"}


def is_told(andring: Andring) -> bool:
    """Whether a change is told by itself, and not with something else or because it says nothing."""
    codes = {v.kod for v in (andring.fran, andring.till) if v is not None}
    one_sided = andring.fran is None or andring.till is None
    match andring.nyckel.slag:
        case "svar_for":
            return False  # counted in the lead
        case "svar":
            return "inget_svar" in codes and "invantas" not in codes and not one_sided
        case "moment":
            return not (one_sided and codes == {"oppet"})
        case "planerat":
            return not one_sided  # a new date stands with its answer; one that has moved is news
        case "egen_bedomning":
            return not one_sided or not codes.isdisjoint(LATE)
        case "utslag":
            return is_turned(andring)
        case "siffra":
            return DOLD not in codes
        case "insats":
            return not (andring.fran is None and codes == {"inte_aktuell"})
        case "lydelse":
            return not one_sided or any(v.ord for v in (andring.fran, andring.till) if v is not None)
        case "lofte":
            return not (one_sided and andring.nyckel.vad in _WITH_ITS_NUMBER)
        case "malet":
            return andring.fran is None or andring.till is None
    return True


def values(andring: Andring) -> tuple[Vardetext, Vardetext]:
    """How it was and how it is, as shown."""
    nyckel, slag = andring.nyckel, andring.nyckel.slag
    fran, till = (value_text(nyckel, v) for v in (andring.fran, andring.till))
    gone = _gone(slag)
    if andring.till is None and gone:
        till = _plain(gone)
    if fran.ord == till.ord:
        till = _plain(_FURTHER_IN)
    return fran, till


def _plain(text: str) -> Vardetext:
    return Vardetext("", text, lower_first(text))


def value_text(nyckel: Nyckel, varde: Varde | None) -> Vardetext:
    """A value before or after, as shown, with a shape where it has one; a dash where there was none."""
    slag = nyckel.slag
    if varde is None:
        return _NONE
    if slag == "lofte":
        return _plain(clean(_promise(nyckel, varde)))
    if slag == "malet":
        done, of = varde.kod.split()
        return _plain(clean(f"Målet är nått: {antal(int(done))} av {antal(int(of))} {varde.ord}"))
    word = _word(slag, varde.kod)
    if word:
        shaped = slag == "plan" or varde.kod == "inget_svar"
        return Vardetext(varde.kod if shaped else "", word, lower_first(word))
    text = clean(_free_text(slag, varde)) or NOTHING
    if slag == "beslut":
        return Vardetext("", text, lower_first(clean(_outcome(varde))))
    return Vardetext("", text, lower_first(text) if slag in _STATES else f"”{text.rstrip('.')}”")


def _word(slag: Avtrycksslag, kod: str) -> str:
    """The word for a value that is one of a few; empty for others."""
    match slag:
        case "plan" | "egen_bedomning" | "genomforande":
            return stated_word(kod)
        case "svar":
            return _SVAR[kod]
        case "insats":
            return "Ingår" if kod == "aktuell" else "Ingår inte"
        case "oenighet":
            return "Olika svar"
        case "tabell":
            return "Nya"
    return ""


def _gone(slag: Avtrycksslag) -> str:
    """What is said instead of a dash where something is no longer there."""
    match slag:
        case "beslut":
            return "Inte längre öppen"
        case "oenighet":
            return "Inte längre olika"
        case "siffra" | "utslag":
            return "Ingen siffra"
        case "tabell":
            return "Finns inte längre"
        case "lofte" | "insats":
            return "Inte längre"
        case "malet":
            return "Målet är inte nått"
    return ""


def _outcome(varde: Varde) -> str:
    """What has come of a question and when, or until when it is or was needed."""
    day = datum(varde.dag) if varde.dag is not None else ""
    utfall, late = question_outcome(varde)
    if utfall:
        return f"{utfall_word(utfall)} {day}{'; sista dagen har passerat' if late else ''}"
    return f"Öppen, {'behövdes' if late else 'behövs'} senast {day}" if day else "Öppen"


def _free_text(slag: Avtrycksslag, varde: Varde) -> str:
    """The words for a value that isn't one of a few."""
    day = datum(varde.dag) if varde.dag is not None else ""
    match slag:
        case "moment":
            ahead = f", senast {day}" if day else ""
            return f"{moment_word(varde.kod)}{ahead}" if varde.kod == "oppet" else f"{moment_word(varde.kod)} {day}"
        case "planerat":
            return lista([datum(date.fromisoformat(kod)) for kod in planned_days(varde)])
        case "historik":
            return f"{varde.namn}{day}: {shorten(varde.ord, _MAX_CELL)}"
        case "antal":
            return antal(int(varde.kod))
        case "beslut":
            settled = question_outcome(varde)[0]
            return f"{_outcome(varde)}: {shorten(varde.namn, 2 * _MAX_CELL)}" if settled else _outcome(varde)
        case "rattelse" | "lydelse":
            return shorten(varde.ord, _MAX_CELL)
        case "utslag":
            return f"{utslag_word(varde.kod)} ({varde.ord})"
    return varde.ord.replace(".", ",")
