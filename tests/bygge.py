"""Small agreements built in memory, for tests of the pure stations."""

from __future__ import annotations

from datetime import date
from typing import Any

from uppfoljning.model import Huvudomrade, Overenskommelse, Svar
from uppfoljning.model.known import Kanda
from uppfoljning.model.period import Kvartal
from uppfoljning.model.underlag import Svarspost, Underlag
from uppfoljning.text.problem import Plats

K1, K2, K3, K4 = (Kvartal(2022, nr) for nr in (1, 2, 3, 4))


def avtal(**changes: Any) -> Overenskommelse:
    """An agreement for 2022–2023 between a municipality and the police, with three aktörer."""
    return Overenskommelse.model_validate(
        {
            "rubrik": "Överenskommelse i Exempelköping",
            "kommun": "Exempelköpings kommun",
            "kommunkod": "9999",
            "giltig_fran": date(2022, 1, 1),
            "giltig_till": date(2023, 12, 31),
            "kalla": {"dokument": "Åtgärdsplan", "datum": date(2022, 1, 1)},
            "parter": [
                {"id": "kommunen", "namn": "Exempelköpings kommun", "kortnamn": "Kommunen", "uppfoljare": "samordnare"},
                {"id": "lpo", "namn": "Lokalpolisområde Exempel", "kortnamn": "Polisen", "uppfoljare": "kommunpolis"},
            ],
            "aktorer": [
                {"id": "fritid", "namn": "Fritid", "del_av": "kommunen"},
                {"id": "skola", "namn": "Skola", "del_av": "kommunen"},
                {"id": "polisen", "namn": "Polisen", "del_av": "lpo"},
            ],
            "forum": [
                {"id": "styrgrupp", "namn": "Styrgruppen", "ser_intern": True},
                {"id": "utskott", "namn": "Utskottet"},
            ],
            **changes,
        }
    )


def insats(insats_id: str = "A-1", **fields: Any) -> dict[str, Any]:
    """The raw form of an insats, by default one that Fritid answers for."""
    return {
        "id": insats_id,
        "rubrik": f"Insats {insats_id}",
        "beskrivning": "Det som ska göras.",
        "ansvariga": ["fritid"],
        "kalla": {"avsnitt": "avsnitt 1"},
        **fields,
    }


def svar(insats_id: str = "A-1", aktor: str = "fritid", kvartal: Kvartal = K1, **fields: Any) -> Svarspost:
    """An answer; ``lamnad`` defaults to ten days after the quarter."""
    lamnad = fields.pop("lamnad", None) or date.fromordinal(kvartal.slut.toordinal() + 10)
    fil = fields.pop("fil", f"data/aterkoppling/{kvartal}/{aktor}.yaml")
    if not fields.get("oforandrat") and not fields.get("inget_att_rapportera"):
        fields.setdefault("genomforande", "pagar")
    raw = Svar.model_validate({"insats": insats_id, **fields})
    return Svarspost(kvartal, aktor, lamnad, False, raw, Plats(fil, 1, 1))


def underlag(insatser: list[dict[str, Any]], svar: tuple[Svarspost, ...] = (), **changes: Any) -> Underlag:
    """Everything read, with one huvudområde A."""
    agreement = avtal(**changes)
    huvudomrade = Huvudomrade.model_validate(
        {
            "id": "A",
            "forkortning": "Å",
            "rubrik": "Trygghet",
            "beskrivning": "Ett huvudområde.",
            "kalla": {"avsnitt": "avsnitt 1"},
            "insatser": insatser,
        }
    )
    return Underlag(
        overenskommelse=agreement,
        huvudomraden=(huvudomrade,),
        svar=svar,
        avtalsfil="data/overenskommelse.yaml",
        insatsfil="data/insatser.yaml",
        kanda=Kanda(
            {
                "insatser": {i["id"]: (i["rubrik"],) for i in insatser},
                "aktorer": {a.id: (a.namn,) for a in agreement.aktorer},
                "parter": {p.id: (p.namn,) for p in agreement.parter},
            }
        ),
    )
