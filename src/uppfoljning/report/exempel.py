"""What every page says when something in the report is invented."""

from __future__ import annotations

from uppfoljning.indikator import Sifferlage
from uppfoljning.state import Lage

_EXEMPEL = "Exempelsvar – inte verkliga uppgifter"
_EXEMPEL_SVAR = "Exempel – svaren är påhittade, statistiken är verklig"
_EXEMPEL_SIFFROR = "Exempel – siffror i statistiken är påhittade"
_EXEMPEL_ALLT = "Exempel – svar och siffror är påhittade"
_EXEMPEL_DELVIS = "Exempel – svaren och en del av siffrorna är påhittade"


def example_text(lage: Lage, siffror: Sifferlage, *, invented: bool = False) -> str:
    """The words for what is invented, empty when nothing is; ``invented``: so is something beside the answers."""
    if siffror.exempel and (lage.exempel or invented):
        return _EXEMPEL_ALLT if all(t.tabell.exempel for t in siffror.tabeller) else _EXEMPEL_DELVIS
    if siffror.exempel:
        return _EXEMPEL_SIFFROR
    if lage.exempel or invented:
        return _EXEMPEL_SVAR if siffror.tabeller else _EXEMPEL
    return ""
