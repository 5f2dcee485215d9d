"""What a word is to the number before it: a person or a case that it counts, or something that stands around those.

A word is looked up as it is written, in lower case. A person, or a case about one, may be the last part of a longer
word: 'gängmedlemmar', 'SIG-ärenden'. ``docs/data.md`` tells the rule.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

Ordslag = Literal[
    "tal",
    "fler",
    "en",
    "ingen",
    "bada",
    "ordning",
    "folk",
    "arende",
    "par",
    "antal",
    "andel",
    "sak",
    "saker",
    "matt",
    "led",
    "beskriver",
    "verb",
    "smaord",
    "slut",
    "tecken",
]
"""What a word is. Numbers: one below five, another one, *en*, *ingen*, *båda*, *tredje*. What they count: people, cases
about them, a group whose name tells its number, *antal*, *andel*, anything else, clearly several of something else, a
measure. Words around these: the first part of a compound, one that describes, a verb, a word that nobody counts, the
end of a sentence, another sign."""


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


_SMALL = "noll|två|tvenne|tre|trenne|fyra"
_LARGE = (
    r"fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra|tusen)\w*"
)
_SHAPES: tuple[tuple[re.Pattern[str], Ordslag], ...] = (
    (re.compile(".*-"), "led"),
    (re.compile(rf"(?:(?:[0-9]|en|ett|{_SMALL})-)?(?:[0-4]|{_SMALL})"), "tal"),
    (re.compile(r"[0-9]+-?årig\w*"), "beskriver"),
    (re.compile(rf"[0-9](?!.*åring(?:ar)?$).*|(?:\w+-)?(?:{_LARGE})"), "fler"),
)

_PEOPLE = words_of("""
    person personen personer personerna ungdom ungdomen ungdomar ungdomarna barn barnet barnen elev eleven elever
    eleverna individ individen individer individerna pojke pojken pojkar pojkarna flicka flickan flickor flickorna
    kille killen killar killarna tjej tjejen tjejer tjejerna grabb grabben grabbar grabbarna kvinna kvinnan kvinnor
    kvinnorna mamma mamman mammor mammorna pappa pappan pappor papporna förälder föräldern föräldrar föräldrarna
    vårdnadshavare vårdnadshavaren vårdnadshavarna föräldrapar föräldraparet syskon syskonet syskonen syskonpar
    syskonparet familj familjen familjer familjerna hushåll hushållet hushållen avhoppare avhopparen avhopparna
    klient klienten klienter klienterna brukare brukaren brukarna patient patienten patienter patienterna deltagare
    deltagaren deltagarna medlem medlemmen medlemmar medlemmarna åring åringen åringar åringarna yngling ynglingen
    ynglingar ynglingarna människa människan människor människorna brottsoffer brottsoffret brottsoffren gärningsman
    gärningsmannen gärningsmän gärningsmännen lagöverträdare lagöverträdaren lagöverträdarna missbrukare
    missbrukaren missbrukarna hyresgäst hyresgästen hyresgäster hyresgästerna kompis kompisen kompisar kompisarna
    kamrat kamraten kamrater kamraterna vittne vittnet vittnen vittnena
""")
_PEOPLE_ALONE = words_of("""
    man mannen män männen ung unga unge vuxen vuxna pers vän vännen vänner vännerna mor mödrar mödrarna far fäder
    fäderna bror brodern bröder bröderna syster systern systrar systrarna son sonen söner sönerna dotter dottern
    döttrar döttrarna kusin kusinen kusiner kusinerna mormor farmor morfar farfar
""")
"""People only as they stand: 'huvudmän' are none."""
_CASES = words_of("""
    ärende ärendet ärenden ärendena placering placeringen placeringar placeringarna omhändertagande omhändertagandet
    omhändertaganden omhändertagandena samtal samtalet samtalen avhopp avhoppet avhoppen anmälan anmälningar
    anmälningarna ansökan ansökningar ansökningarna utredning utredningen utredningar utredningarna bedömning
    bedömningen bedömningar bedömningarna insatsgrupp insatsgruppen insatsgrupper insatsgrupperna hembesök
    hembesöket hembesöken ungdomstjänst ungdomstjänsten ungdomstjänster ungdomstjänsterna ungdomskontrakt
    ungdomskontraktet ungdomskontrakten ungdomsövervakning ungdomsövervakningar ungdomsövervakningarna återfall
    återfallet återfallen gripande gripandet gripanden gripandena häktning häktningen häktningar häktningarna
    frihetsberövande frihetsberövanden frihetsberövandena inskrivning inskrivningen inskrivningar inskrivningarna
    utskrivning utskrivningen utskrivningar utskrivningarna kartläggning kartläggningen kartläggningar
    kartläggningarna genomförandeplan genomförandeplanen genomförandeplaner genomförandeplanerna vårdplan vårdplanen
    vårdplaner vårdplanerna vräkning vräkningen vräkningar vräkningarna avhysning avhysningen avhysningar
    avhysningarna sig-möte sig-mötet sig-möten sig-mötena sip-möte sip-mötet sip-möten sip-mötena nätverksmöte
    nätverksmötet nätverksmöten nätverksmötena
""")
_CASES_ALONE = words_of("sig sip sipar lvu lvm lpt fall fallet fallen individfall brottsfall avslut avslutet")
_PAIRS = words_of("""
    duo duon trio trion kvartett kvartetten paret tvillingpar tvillingparet tvillingar tvillingarna trillingar
    trillingarna brödrapar brödraparet
""")
_NOT_THESE = re.compile(
    r"(?:kontakt|resurs|nyckel|stöd|lednings)person\w*|(?:kontakt|stöd|jour|avlastnings|värd)famil\w*|"
    r"(?:mötes|kurs|utbildnings|konferens)(?:deltag|anmäl)\w*|(?:medarbetar|löne|utvecklings)samtal\w*|"
    r"(?:styr|arbets|projekt|lednings|nämnd|team|samverkans|kommitté|förenings|parti)\w*medlem\w*|"
    r"(?:bygg|miljö|bidrags|projekt|medels|upphandlings)\w*(?:ärende|ansök|anmäl)\w*|"
    "(?:ansvarig|anställd|förtroendevald|utbildad)[ae]?"
)
"""Those who do the work, places for people, and cases about other things."""

_SMALL_WORDS = words_of("""
    i på av till från för med hos under vid inom ur om utan mot efter före innan sedan kring mellan över genom
    enligt och men eller samt som när medan varav att än fast dvs det den de dem dessa denna vi han hon sin sitt
    sina deras hans hennes nu just redan ännu kvar inte ej också även fortfarande därefter hittills totalt
    sammanlagt tillsammans ihop idag numera bara endast därför då där här så nej ja ut in upp bort ner hem tillbaka
    alla varje
""")
VERBS = words_of("""
    är var varit blir blev blivit har hade haft får fick fått kom kommer kommit går gick gått tar tog tagit deltar
    deltog deltagit väljer valde valt står stod stått ska skall skulle vill ville kan kunde bör borde måste gör
    gjorde gjort avbryter avbröt avbrutit bryter bröt brutit föll faller återföll återfaller drog drar ligger låg
    lever bor mår avviker avvek avled dog greps grips finns fanns saknar saknas behöver behövde väntar pågår pågick
    ingår ingick kvarstår kvarstod återstår återstod återgått arbetar jobbar studerar fortsätter tackar följs söker
    omfattas bjöds skrevs hölls lämnar flyttar uteblir uteblev slutar fullföljer fullföljt anmält sökt nått mött
    misstänks åtalas döms uppgår uppgick klarar
""")
_DESCRIBING = words_of("""
    st stycken styck ny nytt enda enskilt annan annat lite f d mycket svårt nyligen helt väl kort lång gravid fler
    äldre yngre tidigare relativt särskilt ytterligare sådan sådant
""")
_LIKE_A_VERB = re.compile(r"\w+(?:ades|[^an]de|[^n]des|te|tes|[aio]ts|as|[^e]it)")
_LIKE_AN_ADJECTIVE = re.compile(r"\w+(?:(?<![aeo]rn)(?<!en)a|ade|[aei]nde|i[gs]|isk|iskt|igt|[ae]llt|ivt|ad|at)")

_THINGS = words_of("""
    möten skolor vandringar rutiner frågor svar utbildningar platser områden aktörer kontor föreningar tillfällen
    lägesbilder pass kurser parter bolag avtal träffar grupper lampor bänkar poliser förslag beslut
""")
"""What is often spoken of in the plural; in the definite form ('skolorna') every word is known."""
_SEVERAL_THINGS = re.compile(r"\w{2,}(?:[aeo]rna|[^i]ena)")
_MEASURES = re.compile(
    "år|års|månad(?:er|ers)?|veck(?:a|or|ors)|dag(?:ar|ars)?|dygn|timm(?:e|ar)|tim|minut(?:er)?|procent(?:enhet(?:er)?)?|"
    r"kr|kronor|kap\.?|m|km|mil|meter|miljon(?:er)?|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
)

_PEOPLE_LAST, _CASES_LAST = tuple(sorted(_PEOPLE)), tuple(sorted(_CASES))
_KNOWN: dict[str, Ordslag] = {
    **dict.fromkeys(_SMALL_WORDS, "smaord"),
    **dict.fromkeys(VERBS, "verb"),
    **dict.fromkeys(_DESCRIBING, "beskriver"),
    **dict.fromkeys(_PAIRS, "par"),
    **dict.fromkeys(("en", "ett"), "en"),
    **dict.fromkeys(("ingen", "inget", "inga"), "ingen"),
    **dict.fromkeys(("båda", "bägge"), "bada"),
    **dict.fromkeys(("ena", "ene", "andra", "andre", "tredje", "fjärde"), "ordning"),
    **dict.fromkeys(_THINGS, "saker"),
    **dict.fromkeys(("antal", "antalet"), "antal"),
    **dict.fromkeys(("andel", "andelen"), "andel"),
    **dict.fromkeys(".!?•", "slut"),
    **dict.fromkeys("%‰§°$€£", "matt"),
}
_OTHERWISE: tuple[tuple[re.Pattern[str], Ordslag], ...] = (
    (_MEASURES, "matt"),
    (_SEVERAL_THINGS, "saker"),
    (_LIKE_A_VERB, "verb"),
    (_LIKE_AN_ADJECTIVE, "beskriver"),
)


@functools.lru_cache(20_000)
def kind_of(word: str) -> Ordslag:
    """What a word in lower case is."""
    if (known := _KNOWN.get(word)) is not None:
        return known
    if not word[0].isalnum():
        return "slut" if word.isspace() else "tecken"
    for shape, slag in _SHAPES:
        if shape.fullmatch(word):
            return slag
    if _NOT_THESE.fullmatch(word):
        return "sak"
    for form in (word, word.removesuffix("s")):
        if form in _PEOPLE_ALONE or form.endswith(_PEOPLE_LAST):
            return "folk"
        last_part = form.rpartition("-")[2].partition(":")[0]
        if last_part in _CASES_ALONE or form.endswith(_CASES_LAST):
            return "arende"
    for shape, slag in _OTHERWISE:
        if shape.fullmatch(word):
            return slag
    return "sak"
