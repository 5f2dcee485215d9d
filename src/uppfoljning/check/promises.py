"""A promise isn't lowered unseen: what differs from a closed quarter is named in ``historik``, or warned of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppfoljning.facts.compare.avtryck import insats_names
from uppfoljning.facts.compare.keys import Nyckel
from uppfoljning.facts.compare.since_closing import frozen_aktorer, frozen_names, unnamed_promises
from uppfoljning.model.frysta import Frysta
from uppfoljning.model.underlag import Underlag, Vag
from uppfoljning.text.problem import Problem
from uppfoljning.words.changes import Andringsord

_FIELD: Mapping[str, Vag] = {
    "mal_antal": ("malsattning", "antal"),
    "mal_minst": ("malsattning", "minst"),
    "mal_enhet": ("malsattning", "enhet"),
    "mal_senast": ("malsattning", "senast"),
    "mal_riktning": ("malsattning", "riktning"),
    "mal_ord": ("malsattning", "ord"),
    "frekvens_antal": ("frekvens", "antal"),
    "frekvens_minst": ("frekvens", "minst"),
    "frekvens_enhet": ("frekvens", "enhet"),
    "frekvens_takt": ("frekvens", "takt"),
    "frekvens_ord": ("frekvens", "ord"),
    "start": ("start",),
    "period_fran": ("period", "fran"),
    "period_till": ("period", "till"),
}


def check_promises(underlag: Underlag, frysta: Frysta) -> Iterator[Problem]:
    """Everything that has been promised otherwise since a quarter was closed, without a word of it."""
    words = Andringsord(underlag, {**frozen_names(frysta), **insats_names(underlag)}, frozen_aktorer(frysta))
    places = {insats.id: vag for _, insats, vag in underlag.insatser()}
    for kvartal, changes in unnamed_promises(underlag, frysta).items():
        for andring in changes:
            for text in words.text(andring):
                vag = _place(underlag, places, andring.nyckel)
                closed = frysta.kvartal()[kvartal].manifest.stangd.isoformat()
                gone = andring.nyckel.slag == "insats"
                yield underlag.problem(
                    underlag.insatsfil,
                    vag,
                    "andrat-atagande",
                    f"{text.visat_id}: {text.mening} Det har ändrats sedan {kvartal} stängdes {closed}, och inget i "
                    "historik säger varför.",
                    _how_gone(text.visat_id) if gone else _how(text.mening, closed),
                    "varning",
                )


def _place(underlag: Underlag, places: Mapping[str, Vag], nyckel: Nyckel) -> Vag:
    """Where a promise stands, else its insats, else the list."""
    vag = places.get(nyckel.insats)
    if vag is None:
        return ("huvudomraden",)
    field = _FIELD.get(nyckel.vad, ())
    if nyckel.vad == "frekvens_ar":
        field = ("frekvens", "antal_ar", str(nyckel.ar))
    elif nyckel.vad == "raknas_av":
        field = ("raknas_av",)
    elif nyckel.vad in _LISTS:
        insats = next(i for _, i, _ in underlag.insatser() if i.id == nyckel.insats)
        rows = {
            "moment": [m.id for m in insats.moment],
            "moment_rubrik": [m.id for m in insats.moment],
            "ansvarig": [a.aktor for a in insats.ansvariga],
        }
        wanted = nyckel.aktor if nyckel.vad == "ansvarig" else nyckel.enhet
        found = rows.get(nyckel.vad, [])
        list_name = _LISTS[nyckel.vad]
        field = (list_name, found.index(wanted)) if wanted in found else (list_name,)
    file = underlag.filer.get(underlag.insatsfil)
    whole = (*vag, *field)
    while file is not None and len(whole) > len(vag) and file.nod(whole) is None:
        whole = whole[:-1]
    return whole if len(whole) > len(vag) else (*vag, "id")


def _how(mening: str, closed: str) -> str:
    told = mening.replace('"', "”").replace("\\", "/")  # it stands within quotes in the file
    return (
        f"Är det bestämt: lägg till en rad i historik, daterad efter {closed}: handelse: reviderad, datum, andring: "
        f'"{told}" och skal. Annars: skriv tillbaka det som gällde.'
    )


def _how_gone(visat_id: str) -> str:
    return (
        f"Lägg tillbaka {visat_id}. Ska den inte följas upp längre: skriv handelse: avslutad med datum och skal i dess "
        "historik."
    )


_LISTS = {"moment": "moment", "moment_rubrik": "moment", "ansvarig": "ansvariga", "plats": "platser"}
RULES = (check_promises,)
